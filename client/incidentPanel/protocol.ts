/**
 * What the incident panel and its host say to each other. Plain shapes alone: the webview bundles this file, and
 * `messages.ts` holds the same shapes as schemas, by which the host judges everything that arrives.
 */

/** A severity as the panel draws it; `rank` is its place in the scale, 0 the most severe. */
export interface PanelSeverity {
  readonly id: string;
  readonly name: string | null;
  readonly definition: string;
  /** The response time as the runbook writes it, or null. */
  readonly response: string | null;
  readonly rank: number;
  /** Number of levels in the scale. */
  readonly of: number;
}

/** The deadline that comes next, or the one that has passed. */
export interface PanelDeadline {
  /** What is due, as it follows "Next: ": "respond". */
  readonly label: string;
  /** RFC 3339. */
  readonly at: string;
}

/** A stretch of the severity or status lane. Times are RFC 3339; a null end is still going on. */
export interface PanelSpan {
  readonly label: string;
  readonly from: string;
  readonly to: string | null;
  /** 0 is the most severe, or the first status; chooses the tone. */
  readonly tone: number;
  readonly entryId: string;
}

export interface PanelEntry {
  readonly id: string;
  /** RFC 3339: when it happened. */
  readonly time: string;
  readonly kind: 'declared' | 'severity' | 'status' | 'note' | 'step' | 'skipped' | 'other';
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'unknown' | null;
  readonly summary: string;
  readonly facts: readonly string[];
  /** The first telling line of output, or null. */
  readonly evidence: string | null;
  /** Head and tail of the output, for the fold; empty where there is none. */
  readonly excerpt: string;
  /** The command as it ran, redacted; null for anything but a step. */
  readonly command: string | null;
  /** 1-based line of the runbook, or null. */
  readonly link: { readonly path: string; readonly line: number } | null;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  readonly actor: string;
  /** Whether the whole output of this step is on this machine. */
  readonly hasLog: boolean;
}

export interface PanelHeader {
  readonly id: string;
  readonly title: string;
  readonly severity: PanelSeverity;
  readonly status: string;
  readonly open: boolean;
  readonly declaredAt: string;
  readonly resolvedAt: string | null;
  readonly deadline: PanelDeadline | null;
  readonly severities: readonly PanelSpan[];
  readonly statuses: readonly PanelSpan[];
  /** The first fault of the log's hash chain, or null while it holds. */
  readonly fault: string | null;
}

/** From the host. A delta whose `sequence` is not one more than the last asks for a new snapshot. */
export type ToPanel =
  | {
      readonly type: 'snapshot';
      readonly sequence: number;
      /** The host's clock, so that a webview's own does not matter. */
      readonly now: string;
      readonly header: PanelHeader;
      readonly entries: readonly PanelEntry[];
    }
  | {
      readonly type: 'delta';
      readonly sequence: number;
      readonly now: string;
      readonly header: PanelHeader;
      /** New and changed entries, by id. */
      readonly entries: readonly PanelEntry[];
      /** Entries that are gone: a step's start, once its end has taken its place. */
      readonly removed: readonly string[];
    }
  | { readonly type: 'missing'; readonly message: string };

/** What the panel may ask for by a button. Every one of them is carried out by the host, in its own dialogs. */
export const panelActions = [
  'acknowledge',
  'severity',
  'status',
  'note',
  'postmortem',
  'resolve',
  'openRunbook',
  'openLog',
] as const;

/** From the panel. None carries text for the log, a path or a command. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: (typeof panelActions)[number] }
  | { readonly type: 'reveal'; readonly entryId: string }
  | { readonly type: 'output'; readonly entryId: string };
