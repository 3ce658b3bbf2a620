/** The exact text of a step, whole, in a read-only document beside the question. */
import {
  Disposable,
  EventEmitter,
  languages,
  type TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

export interface Previews extends Disposable {
  /** Shows a text; the answer closes it again. */
  show(preview: Preview): Promise<Disposable>;
}

export interface Preview {
  /** Becomes the tab's name. */
  readonly title: string;
  readonly text: string;
  readonly language: PreviewLanguage;
}

/**
 * Language ids of our own, by which the manifest wraps lines and shows invisible, control and look-alike characters in these
 * documents, whatever the user's settings are elsewhere: what is shown is all that runs.
 */
export type PreviewLanguage = 'runline-preview' | 'runline-preview-shell' | 'runline-preview-sql';

export const previewScheme = 'runline-preview';

export function createPreviews(): Previews {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(previewScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  let count = 0;

  const close = async (uri: Uri): Promise<void> => {
    texts.delete(uri.toString());
    const tabs = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => (tab.input as Partial<TabInputText> | undefined)?.uri?.toString() === uri.toString());
    if (tabs.length > 0) await window.tabGroups.close(tabs, true);
  };

  return {
    async show({ title, text, language }) {
      count += 1;
      // The number makes the address new each time: a document that was shown once never changes under the eyes.
      const uri = Uri.from({
        scheme: previewScheme,
        path: `/${title.replaceAll(/[\\/\n]/g, ' ')}`,
        query: String(count),
      });
      texts.set(uri.toString(), text);
      const document = await workspace.openTextDocument(uri);
      await languages.setTextDocumentLanguage(document, language).then(undefined, () => undefined);
      await window.showTextDocument(document, {
        viewColumn: ViewColumn.Beside,
        preserveFocus: true,
        preview: true,
      });
      return new Disposable(() => void close(uri));
    },
    dispose() {
      Disposable.from(provider, changed).dispose();
    },
  };
}
