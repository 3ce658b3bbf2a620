/** How the end of a step is said in a few words. Pure. */

import type { StepOutcome } from '../../core/execution/index.ts';
import { formatDuration } from '../../core/incident/index.ts';

export interface StepResult {
  readonly outcome: StepOutcome | 'running';
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number | null;
  /** Milliseconds since the epoch: when it ended, or began while it runs. */
  readonly at: number;
  /** The first telling line of its output, or null. */
  readonly line: string | null;
  readonly notes: readonly string[];
  /** Head and tail of the output, redacted. */
  readonly excerpt: string;
  /** The block as it was run, before substitution; null where that is not known any more. */
  readonly content: string | null;
}

/** `✓ 0.3 s`, `✗ exit 1 · 0.4 s`, `⊘ cancelled · 2 s`, `? unknown end`. */
export function outcomeText(result: StepResult): string {
  const duration = result.durationMs === null ? [] : [formatDuration(result.durationMs)];
  switch (result.outcome) {
    case 'running':
      return '◐ running';
    case 'succeeded':
      return ['✓', ...duration].join(' ');
    case 'cancelled':
      return ['⊘ cancelled', ...duration].join(' · ');
    case 'failed': {
      const end = result.exitCode !== null ? `exit ${result.exitCode}` : (result.signal ?? 'failed');
      return [`✗ ${end}`, ...duration].join(' · ');
    }
    default:
      return ['? unknown end', ...duration].join(' · ');
  }
}

/** The quiet text at the end of a line: how it ended, what it said if it failed, and how long ago. */
export function lineText(result: StepResult, now: number, changed: boolean): string {
  if (result.outcome === 'running') return outcomeText(result);
  const parts =
    result.outcome === 'failed'
      ? [
          `✗ ${result.exitCode !== null ? `exit ${result.exitCode}` : (result.signal ?? 'failed')}`,
          result.line ?? '',
        ]
      : [outcomeText(result)];
  return [...parts, ago(now - result.at), changed ? 'changed since' : '']
    .filter(Boolean)
    .map((part) => (part.length > 100 ? `${part.slice(0, 99)}…` : part))
    .join(' · ');
}

/** `just now`, `2 min ago`, `3 h ago`, `4 d ago`. */
export function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}
