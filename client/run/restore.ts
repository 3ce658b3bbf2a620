/** After a reload: what the current incident's log says of each step stands beside its fence again. */
import { Uri, workspace } from 'vscode';
import { isRunning, type StepOutcome, stateFolder } from '../../core/execution/index.ts';
import { listActive, syncActive } from '../../core/incident/index.ts';
import type { Runline } from '../context.ts';
import { workspaceOfDir } from '../incident/service.ts';

export function restoreResults(ctx: Runline): void {
  const current = ctx.incidents.current();
  if (current === undefined) return;
  for (const { kind, outcome, link, durationMs, time, evidence, event } of current.state.timeline) {
    if (kind !== 'step' || link === null || outcome === null) continue;
    const { exitCode, signal, notes } = event.data;
    // What ran when the window went away, and has no end in the log, is not known to run still.
    const end: StepOutcome = outcome === 'running' ? 'unknown' : outcome;
    ctx.results.set(Uri.joinPath(workspaceOfDir(current.dir), link.path), link.stepId, {
      outcome: end,
      exitCode: typeof exitCode === 'number' ? exitCode : null,
      signal: typeof signal === 'string' ? signal : null,
      durationMs,
      at: Date.parse(time),
      line: evidence,
      notes: Array.isArray(notes) ? notes.filter((note) => typeof note === 'string') : [],
      excerpt: '',
      content: null,
    });
  }
}

/**
 * Makes the marks of what is open true again: steps that ended while no window was there would activate the extension for
 * ever, and an incident that came with a pull has none yet.
 *
 * @param dir A `.runline` folder.
 */
export async function tidyMarks(ctx: Runline, dir: string): Promise<void> {
  if (!workspace.isTrusted) return;
  const state = stateFolder(process.env);
  const running: string[] = [];
  for (const key of await listActive(dir)) {
    const run = /^step-(.+)$/.exec(key)?.[1];
    if (run !== undefined && (await isRunning(state, run))) running.push(key);
  }
  await syncActive(dir, await ctx.incidents.at(dir).list(), running);
}
