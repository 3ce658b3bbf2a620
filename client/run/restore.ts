/** After a reload: what the current incident's log says of each step stands beside its fence again. */
import { Uri } from 'vscode';
import type { StepOutcome } from '../../core/execution/index.ts';
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
