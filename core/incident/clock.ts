/** What is due, and when. An aid while someone looks at it: nothing here pages anyone. */
import type { IncidentSeverity, IncidentState } from './types.ts';

/** Something that is due at an absolute time. */
export interface Deadline {
  readonly kind: 'response';
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Negative once it is overdue. */
  readonly remainingMs: number;
  readonly overdue: boolean;
  /** `Response due (P1: 15 minutes)`. */
  readonly summary: string;
}

/** `from` plus the response time of a severity; null where it has no fixed length ("Next business day"). */
export function responseDueAt(from: string, severity: IncidentSeverity): string | null {
  const seconds = severity.response?.seconds ?? null;
  const start = Date.parse(from);
  if (seconds === null || Number.isNaN(start)) return null;
  const due = new Date(start + seconds * 1000);
  return Number.isNaN(due.getTime()) ? null : due.toISOString();
}

/** The next deadline of an incident, overdue ones included, or null: acknowledged, over, or nothing to count to. */
export function nextDeadline(state: IncidentState, now: Date): Deadline | null {
  const over = state.status === 'resolved' || state.status === 'closed' || state.status === 'cancelled';
  if (over || state.acknowledgedAt !== null || state.responseDueAt === null) return null;
  const remainingMs = Date.parse(state.responseDueAt) - now.getTime();
  const allowed = state.severity.response?.text ?? '';
  return {
    kind: 'response',
    at: state.responseDueAt,
    remainingMs,
    overdue: remainingMs < 0,
    summary: `Response due (${state.severity.id}: ${allowed})`,
  };
}
