/**
 * Open runbooks, as the server reads them: one answer a document version for everything that asks.
 * Also keeps the context key `runline.isRunbook`, and offers a file that looks like a runbook once.
 */
import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { WireRunbook } from '../server/protocol.ts';
import type { Config } from './config.ts';
import { Refusal } from './messages.ts';
import type { RunbookServer } from './server.ts';
import type { State } from './state.ts';

export interface Runbooks extends Disposable {
  /** The runbook of a document at its present version, or null where it is none. */
  get(document: TextDocument): Promise<WireRunbook | null>;
  /** After a visible runbook was opened or has changed. */
  readonly onDidUpdate: Event<{ readonly document: TextDocument; readonly runbook: WireRunbook }>;
  /** Takes a document for a runbook from now on. */
  treat(uri: Uri): Promise<void>;
  /** Looks at the active editor and at what is visible; called once the server is up. */
  refresh(): Promise<void>;
}

/** How long typing must pause before marks are put back in place, in milliseconds. */
const pause = 200;

const readable = (document: TextDocument): boolean =>
  (document.languageId === 'markdown' || document.languageId === 'yaml') &&
  document.uri.scheme !== 'runline-preview';

export function createRunbooks(
  server: RunbookServer,
  state: State,
  config: Config,
  log: LogOutputChannel,
): Runbooks {
  let cache = new WeakMap<
    TextDocument,
    { readonly version: number; readonly runbook: Promise<WireRunbook | null> }
  >();
  const updated = new EventEmitter<{ document: TextDocument; runbook: WireRunbook }>();
  const timers = new Map<TextDocument, NodeJS.Timeout>();

  const ask = async (document: TextDocument): Promise<WireRunbook | null> => {
    // A change may still be on its way to the server when the first answer is made.
    for (let attempt = 0; attempt < 5; attempt++) {
      const runbook = await server.runbook(document.uri);
      if (runbook === null || runbook.version === document.version) return runbook;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Refusal(
      `${workspace.asRelativePath(document.uri)} is still changing. Wait a moment, then try again.`,
    );
  };

  const get = (document: TextDocument): Promise<WireRunbook | null> => {
    if (!readable(document)) return Promise.resolve(null);
    const known = cache.get(document);
    if (known?.version === document.version) return known.runbook;
    const runbook = ask(document);
    cache.set(document, { version: document.version, runbook });
    runbook.catch(() => cache.delete(document));
    return runbook;
  };

  const look = async (document: TextDocument): Promise<void> => {
    try {
      const runbook = await get(document);
      if (document === window.activeTextEditor?.document) setContext(runbook !== null);
      if (runbook === null) return;
      if (runbook.steps.some(({ block }) => block?.runnable)) server.ensureLenses(document);
      updated.fire({ document, runbook });
    } catch (error) {
      log.debug(`Reading ${document.uri.toString()} as a runbook failed.`, error);
    }
  };

  const offer = async (document: TextDocument): Promise<void> => {
    const key = document.uri.toString();
    if (document.languageId !== 'markdown' || document.uri.scheme !== 'file') return;
    if (!config.offersRunbooks() || state.wasOffered(key) || (await get(document)) !== null) return;
    if (!(await server.looksLikeRunbook(document.uri))) return;
    state.setOffered(key);
    const yes = 'Treat as Runbook';
    const answer = await window.showInformationMessage(
      `${workspace.asRelativePath(document.uri)} looks like a runbook. Runline can check it and run its steps.`,
      yes,
      'Not for This File',
    );
    if (answer === yes) await treat(document.uri);
  };

  const treat = async (uri: Uri): Promise<void> => {
    state.treat(uri.toString());
    await server.treatAsRunbook(uri);
    for (const document of workspace.textDocuments) {
      if (document.uri.toString() !== uri.toString()) continue;
      cache.delete(document);
      await look(document);
    }
  };

  const later = (document: TextDocument): void => {
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(() => {
        timers.delete(document);
        void look(document);
      }, pause),
    );
  };

  const activeChanged = (): void => {
    const document = window.activeTextEditor?.document;
    if (document === undefined || !readable(document)) {
      // A panel or a terminal takes the focus; the runbook beside it stays the one that is meant.
      if (document !== undefined) setContext(false);
      return;
    }
    void look(document);
    void offer(document).catch((error) => log.debug('Offering a runbook failed.', error));
  };

  // Which documents are runbooks may be another matter now; the server reads the file anew each time.
  const lookAgain = (): void => {
    cache = new WeakMap();
    activeChanged();
  };
  const configs = workspace.createFileSystemWatcher('**/.runline.yaml');

  const subscriptions = Disposable.from(
    updated,
    configs,
    configs.onDidCreate(lookAgain),
    configs.onDidChange(lookAgain),
    configs.onDidDelete(lookAgain),
    workspace.onDidGrantWorkspaceTrust(lookAgain),
    window.onDidChangeActiveTextEditor(activeChanged),
    window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of editors) if (readable(editor.document)) void look(editor.document);
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      const visible = window.visibleTextEditors.some((editor) => editor.document === document);
      if (visible && readable(document)) later(document);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('runline.runbooks')) lookAgain();
    }),
    workspace.onDidCloseTextDocument((document) => {
      clearTimeout(timers.get(document));
      timers.delete(document);
    }),
  );

  return {
    get,
    onDidUpdate: updated.event,
    treat,
    async refresh() {
      await Promise.all(state.treated().map((uri) => server.treatAsRunbook(Uri.parse(uri))));
      for (const editor of window.visibleTextEditors)
        if (readable(editor.document)) await look(editor.document);
      activeChanged();
    },
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

function setContext(isRunbook: boolean): void {
  void commands.executeCommand('setContext', 'runline.isRunbook', isRunbook);
}
