/** Incidents: an append-only log, and what is folded from it. */
import type { LogEvent } from '../execution/types.ts';
import type { Duration } from '../runbook/types.ts';

export type IncidentStatus =
  | 'investigating'
  | 'identified'
  | 'mitigated'
  | 'resolved'
  | 'closed'
  | 'cancelled';

/** A severity as the incident took it from the scale in force when it was declared. */
export interface IncidentSeverity {
  readonly id: string;
  readonly name: string | null;
  readonly definition: string;
  readonly response: Duration | null;
}

/** What the events of one incident amount to: a fold, computed, never stored. Times are RFC 3339, UTC. */
export interface IncidentState {
  /** `INC-YYYY-MM-DD-NNN`. */
  readonly id: string;
  readonly title: string;
  readonly severity: IncidentSeverity;
  /** The scale that was in force, most severe first. */
  readonly scale: readonly IncidentSeverity[];
  readonly status: IncidentStatus;
  /** Workspace-relative path of the runbook it was declared from, or null. */
  readonly runbook: string | null;
  readonly declaredAt: string;
  /** Where the declaration says so, else null. */
  readonly detectedAt: string | null;
  /** When someone said so, or when the status first left `investigating`. */
  readonly acknowledgedAt: string | null;
  readonly mitigatedAt: string | null;
  readonly resolvedAt: string | null;
  /** Absolute: declaredAt plus the severity's response time; null where the response time has no fixed length. */
  readonly responseDueAt: string | null;
  /** The points in time that are recorded, each with the event that says so. */
  readonly milestones: Readonly<Partial<Record<Milestone, MilestoneFact>>>;
  readonly timeline: readonly TimelineEntry[];
}

/** A point in time that metrics are computed from; one that no event set is not recorded. */
export type Milestone =
  | 'impactStarted'
  | 'detected'
  | 'declared'
  | 'acknowledged'
  | 'identified'
  | 'mitigated'
  | 'impactEnded'
  | 'resolved'
  | 'closed';

export interface MilestoneFact {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly eventId: string;
}

/** One line of the timeline. */
export interface TimelineEntry {
  readonly eventId: string;
  readonly time: string;
  /** A step is one entry: its end, or its start while it runs. */
  readonly kind: 'declared' | 'severity' | 'status' | 'note' | 'step' | 'skipped' | 'other';
  /** For steps: `running` until it ended. */
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown' | null;
  /** One line of plain words: "Check database connectivity". */
  readonly summary: string;
  /** `exit 2`, `0.4 s`, … in this order. */
  readonly facts: readonly string[];
  /** The first telling line of output, or null. */
  readonly evidence: string | null;
  /** Where it stands in the runbook; lines 1-based. */
  readonly link: { readonly path: string; readonly line: number; readonly stepId: string } | null;
  /** Start and length on the time axis, for steps. */
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  readonly actor: string;
  readonly event: LogEvent;
}

/** What `verify` says of one chain. */
export interface Verification {
  readonly ok: boolean;
  readonly events: number;
  /** 1-based line of the first fault, or null. */
  readonly line: number | null;
  readonly message: string | null;
  /** A torn last line that was set aside: its bytes, or 0. */
  readonly quarantinedBytes: number;
  /** Hash of the last good event. */
  readonly head: string | null;
}
