/** How each step ended, beside its fence: a mark in the gutter and quiet text at the line's end. */
import {
  DecorationRangeBehavior,
  type DecorationRenderOptions,
  Disposable,
  MarkdownString,
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import type { WireRunbook } from '../../server/protocol.ts';
import type { Runbooks } from '../runbooks.ts';
import { lineText, outcomeText, type StepResult } from './resultText.ts';

export interface Results extends Disposable {
  /** @param id A step's id, or a command's (`ID.2`). */
  set(document: Uri, id: string, result: StepResult): void;
  get(document: Uri, id: string): StepResult | undefined;
  /** What stands at the line's ends, by id, for tests: decorations cannot be read back. */
  texts(document: Uri): Readonly<Record<string, string>>;
}

const outcomes = ['running', 'succeeded', 'failed', 'cancelled', 'unknown'] as const;

/** How often "2 min ago" is brought up to date. */
const agingMs = 30_000;

export function createResults(extensionUri: Uri, runbooks: Runbooks): Results {
  const results = new Map<string, Map<string, StepResult>>();
  const marks = perOutcome((outcome) => ({
    gutterIconPath: Uri.joinPath(extensionUri, 'images', 'gutter', `${outcome}.svg`),
    gutterIconSize: 'contain',
  }));
  const texts = perOutcome((outcome) => ({
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    after: {
      margin: '0 0 0 2em',
      color: new ThemeColor(outcome === 'failed' ? 'errorForeground' : 'editorCodeLens.foreground'),
    },
  }));
  const hovers = window.createTextEditorDecorationType({});

  const drawEditor = (editor: TextEditor, runbook: WireRunbook): void => {
    const own = results.get(editor.document.uri.toString());
    const all = placed(runbook, own ?? new Map()).filter(({ line }) => line < editor.document.lineCount);
    const lineOf = (line: number): Range => editor.document.lineAt(line).range;
    for (const outcome of outcomes) {
      const these = all.filter(({ result }) => result.outcome === outcome);
      // The mark stands at the line's start and the text at its end: a wrapped line has one of each.
      editor.setDecorations(
        marks[outcome],
        these.map(({ line }) => new Range(line, 0, line, 0)),
      );
      editor.setDecorations(
        texts[outcome],
        these.map(({ line, result, content }) => {
          const changed = result.content !== null && result.content !== content;
          const { end } = lineOf(line);
          return {
            range: new Range(end, end),
            renderOptions: { after: { contentText: lineText(result, Date.now(), changed) } },
          };
        }),
      );
    }
    editor.setDecorations(
      hovers,
      all.map(({ line, result }) => ({ range: lineOf(line), hoverMessage: hover(result) })),
    );
  };

  const draw = (document: TextDocument, runbook: WireRunbook): void => {
    for (const editor of window.visibleTextEditors)
      if (editor.document === document) drawEditor(editor, runbook);
  };

  const drawAll = async (only?: string): Promise<void> => {
    for (const editor of window.visibleTextEditors) {
      const key = editor.document.uri.toString();
      if ((only !== undefined && key !== only) || !results.has(key)) continue;
      const runbook = await runbooks.get(editor.document).catch(() => null);
      if (runbook !== null) drawEditor(editor, runbook);
    }
  };

  const timer = setInterval(() => void drawAll(), agingMs);
  const updates = runbooks.onDidUpdate(({ document, runbook }) => {
    if (results.has(document.uri.toString())) draw(document, runbook);
  });

  return {
    set(uri, id, result) {
      const key = uri.toString();
      const own = results.get(key) ?? new Map<string, StepResult>();
      own.delete(id);
      results.set(key, own.set(id, result));
      void drawAll(key);
    },
    get: (uri, id) => results.get(uri.toString())?.get(id),
    texts: (uri) =>
      Object.fromEntries(
        [...(results.get(uri.toString()) ?? [])].map(([id, result]) => [
          id,
          lineText(result, Date.now(), false),
        ]),
      ),
    dispose() {
      clearInterval(timer);
      Disposable.from(updates, hovers, ...Object.values(marks), ...Object.values(texts)).dispose();
    },
  };
}

function perOutcome(
  options: (outcome: (typeof outcomes)[number]) => DecorationRenderOptions,
): Readonly<Record<(typeof outcomes)[number], TextEditorDecorationType>> {
  const made = outcomes.map((outcome) => [outcome, window.createTextEditorDecorationType(options(outcome))]);
  return Object.fromEntries(made) as Record<(typeof outcomes)[number], TextEditorDecorationType>;
}

/** Where each result stands now: steps and commands are found again by id, whatever was edited around them. */
function placed(
  runbook: WireRunbook,
  results: ReadonlyMap<string, StepResult>,
): { readonly line: number; readonly result: StepResult; readonly content: string }[] {
  const places = new Map<string, { readonly line: number; readonly content: string }>();
  for (const { id, range, block } of runbook.steps) {
    if (block === undefined) continue;
    places.set(id, { line: range.start.line, content: block.content });
    for (const command of block.commands) {
      const content = block.content.slice(command.start, command.end);
      places.set(command.id, { line: command.range.start.line, content });
    }
  }
  // One result a line: where a step's own line is taken twice, the later result stands.
  const byLine = new Map<number, { line: number; result: StepResult; content: string }>();
  for (const [id, result] of results) {
    const place = places.get(id);
    if (place !== undefined) byLine.set(place.line, { ...place, result });
  }
  return [...byLine.values()];
}

/** Output is somebody else's text: a code block, never Markdown, never trusted. */
function hover(result: StepResult): MarkdownString {
  const message = new MarkdownString(undefined, false);
  const when = new Date(result.at);
  const local = when.toTimeString().slice(0, 8);
  const utc = when.toISOString().slice(11, 19);
  message.appendText(`${outcomeText(result)} · ${local}${local === utc ? '' : ` (${utc} UTC)`}`);
  for (const note of result.notes) message.appendMarkdown('\n\n').appendText(note);
  if (result.excerpt !== '') message.appendCodeblock(result.excerpt.slice(0, 4000), 'text');
  return message;
}
