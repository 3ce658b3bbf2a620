/** Commands that run steps. Each finds out what is meant; `runSelection` does the rest, by the same gates for all. */
import { type QuickPickItem, type TextDocument, Uri, window, workspace } from 'vscode';
import * as z from 'zod/mini';
import type { WireRunbook } from '../../server/protocol.ts';
import type { Runline } from '../context.ts';
import { Refusal } from '../messages.ts';
import { setInputs } from '../run/inputs.ts';
import { runSelection } from '../run/runner.ts';
import { findBlock, selectBlock, selectCommands, selectionAt, shortened } from '../run/selection.ts';
import { requireTrust } from '../trust.ts';

const stepArgs = z.tuple([z.string(), z.string()]);
const alternativeArgs = z.tuple([z.string(), z.string(), z.number()]);
const lineArgs = z.tuple([z.object({ lineNumber: z.number(), uri: z.optional(z.unknown()) })]);

const gone = (id: string): Refusal =>
  new Refusal(
    `There is no step ${id} in this document any more: it was edited meanwhile. Run it from where it stands now.`,
  );

/** `runline.run`: a lens gives document and step; from the palette it is the block at the cursor. */
export async function run(ctx: Runline, ...args: unknown[]): Promise<void> {
  const given = stepArgs.safeParse(args);
  if (!given.success) {
    const { document, runbook, line } = await atCursor(ctx);
    const step = runbook.steps.find(
      ({ block, range }) => block !== undefined && range.start.line <= line && line <= range.end.line,
    );
    const block = step === undefined ? undefined : findBlock(runbook, step.id);
    if (block === undefined) throw new Refusal('The cursor is in no block. Put it into the block to run.');
    return runSelection(ctx, document, selectBlock(runbook, block));
  }
  const [uri, stepId] = given.data;
  const { document, runbook } = await open(ctx, Uri.parse(uri));
  const block = findBlock(runbook, stepId);
  if (block === undefined) throw gone(stepId);
  await runSelection(ctx, document, selectBlock(runbook, block));
}

export async function runAlternative(ctx: Runline, ...args: unknown[]): Promise<void> {
  const [uri, stepId, index] = alternativeArgs.parse(args);
  const { document, runbook } = await open(ctx, Uri.parse(uri));
  const block = findBlock(runbook, stepId);
  const alternative = block?.block.alternatives[index];
  const selection =
    block && alternative
      ? selectCommands(runbook, block, alternative.commands, alternative.label)
      : undefined;
  if (selection === undefined) throw gone(stepId);
  await runSelection(ctx, document, selection);
}

/** `≡ 3 commands`: one of them, each with what it would do. */
export async function pickCommand(ctx: Runline, ...args: unknown[]): Promise<void> {
  const [uri, stepId] = stepArgs.parse(args);
  const { document, runbook } = await open(ctx, Uri.parse(uri));
  const block = findBlock(runbook, stepId);
  if (block === undefined) throw gone(stepId);
  const items = block.block.commands.map((command, index): QuickPickItem & { readonly index: number } => ({
    label: `${command.classification.risk === 'destructive' ? '⚠ ' : ''}${shortened(block.block.content.slice(command.start, command.end), 100)}`,
    description: `line ${command.range.start.line + 1}`,
    detail:
      command.classification.risk === 'read-only' ? undefined : command.classification.reasons.join('; '),
    index,
  }));
  const picked = await window.showQuickPick(items, {
    title: `${block.sectionPath.at(-1) ?? stepId} · run one command`,
    matchOnDetail: true,
  });
  const selection = picked === undefined ? undefined : selectCommands(runbook, block, [picked.index]);
  if (selection !== undefined) await runSelection(ctx, document, selection);
}

/** From the palette at the cursor, from a line number's menu at that line. */
export async function runCommandAtCursor(ctx: Runline, ...args: unknown[]): Promise<void> {
  const { document, runbook, line } = await atCursor(ctx);
  const given = lineArgs.safeParse(args.slice(0, 1));
  const at = given.success ? given.data[0].lineNumber - 1 : line;
  const selection = selectionAt(runbook, at);
  if (selection === undefined) {
    throw new Refusal(
      `Line ${at + 1} holds no command. Put the cursor on a command, or on the fence to run the whole block.`,
    );
  }
  const block = findBlock(runbook, selection.stepId);
  if (block?.block.runnable !== true)
    throw new Refusal(`The block at line ${at + 1} is not one that can be run.`);
  await runSelection(ctx, document, selection);
}

/** `◇ 2 inputs`: fills them in ahead of time. */
export async function inputs(ctx: Runline, ...args: unknown[]): Promise<void> {
  const [uri, stepId] = stepArgs.parse(args);
  const { runbook } = await open(ctx, Uri.parse(uri));
  const block = findBlock(runbook, stepId);
  if (block === undefined) throw gone(stepId);
  await setInputs(ctx, selectBlock(runbook, block));
}

export async function cancel(ctx: Runline): Promise<void> {
  const runs = ctx.runs.list();
  if (runs.length === 0) throw new Refusal('No step is running.');
  let [chosen] = runs;
  if (runs.length > 1) {
    const items = runs.map((running) => ({ label: running.title, run: running }));
    chosen = (await window.showQuickPick(items, { title: 'Cancel a running step' }))?.run;
  }
  chosen?.handle.cancel();
}

async function open(
  ctx: Runline,
  uri: Uri,
): Promise<{ readonly document: TextDocument; readonly runbook: WireRunbook }> {
  requireTrust('Running a step');
  const document = await workspace.openTextDocument(uri);
  return { document, runbook: await runbookOf(ctx, document) };
}

async function runbookOf(ctx: Runline, document: TextDocument): Promise<WireRunbook> {
  const runbook = await ctx.runbooks.get(document);
  if (runbook !== null) return runbook;
  throw new Refusal(
    `${workspace.asRelativePath(document.uri)} is not taken for a runbook, so nothing in it runs.`,
    [{ title: 'Treat as Runbook', command: 'runline.treatAsRunbook' }],
  );
}

async function atCursor(
  ctx: Runline,
): Promise<{ readonly document: TextDocument; readonly runbook: WireRunbook; readonly line: number }> {
  requireTrust('Running a step');
  const editor = window.activeTextEditor;
  if (editor === undefined)
    throw new Refusal('No runbook is open. Open one, and put the cursor into a block.');
  const runbook = await runbookOf(ctx, editor.document);
  return { document: editor.document, runbook, line: editor.selection.active.line };
}
