/** Numbers about an incident, each with its formula: vendors mean different things by one name. */
import { formatDuration } from './duration.ts';
import type { IncidentState, Milestone } from './types.ts';

export interface Metric {
  /** `Time to resolve`. */
  readonly name: string;
  /** `resolved − declared`. */
  readonly formula: string;
  /** Null where an end is not recorded. May be negative: then the recorded times are out of order. */
  readonly ms: number | null;
  /** `45 min`, or `not recorded`. */
  readonly text: string;
  /** The events that the ends come from. */
  readonly events: readonly string[];
}

const WORDS: Readonly<Record<Milestone, string>> = {
  impactStarted: 'impact started',
  detected: 'detected',
  declared: 'declared',
  acknowledged: 'acknowledged',
  identified: 'identified',
  mitigated: 'mitigated',
  impactEnded: 'impact ended',
  resolved: 'resolved',
  closed: 'closed',
};

const DEFINITIONS: readonly (readonly [string, Milestone, Milestone])[] = [
  ['Time to detect', 'detected', 'impactStarted'],
  ['Time to acknowledge', 'acknowledged', 'detected'],
  ['Time to acknowledge', 'acknowledged', 'declared'],
  ['Time to identify', 'identified', 'detected'],
  ['Time to mitigate', 'mitigated', 'impactStarted'],
  ['Time to mitigate', 'mitigated', 'detected'],
  ['Time to resolve', 'resolved', 'impactStarted'],
  ['Time to resolve', 'resolved', 'declared'],
  ['Impact', 'impactEnded', 'impactStarted'],
];

/** The metrics of one incident, in the order of its life. */
export function metricsOf(state: IncidentState): Metric[] {
  return [...DEFINITIONS.map(([name, end, start]) => metric(state, name, end, start)), firstCommand(state)];
}

/** `end − start` between two milestones. */
export function metric(state: IncidentState, name: string, end: Milestone, start: Milestone): Metric {
  const from = state.milestones[start];
  const to = state.milestones[end];
  return measured(
    name,
    `${WORDS[end]} − ${WORDS[start]}`,
    from === undefined || to === undefined ? null : Date.parse(to.at) - Date.parse(from.at),
    from === undefined || to === undefined ? [] : [...new Set([from.eventId, to.eventId])],
  );
}

/** How long it lasted: to its resolution, from the earliest beginning that is recorded. */
export function lengthOf(state: IncidentState): Metric & { readonly start: Milestone } {
  const start = startOf(state);
  return { ...metric(state, 'Duration', 'resolved', start), start };
}

/** The earliest kind of beginning that is recorded: impact started, else detected, else declared. */
export function startOf(state: IncidentState): Milestone {
  if (state.milestones.impactStarted !== undefined) return 'impactStarted';
  return state.milestones.detected === undefined ? 'declared' : 'detected';
}

/** `impactStarted` in words. */
export function milestoneWords(milestone: Milestone): string {
  return WORDS[milestone];
}

function firstCommand(state: IncidentState): Metric {
  const first = state.timeline
    .filter((entry) => entry.kind === 'step' && entry.startedAt !== null)
    .map((entry) => ({ at: Date.parse(entry.startedAt ?? ''), eventId: entry.eventId }))
    .sort((a, b) => a.at - b.at)[0];
  return measured(
    'Time to first command',
    'first step started − declared',
    first === undefined ? null : first.at - Date.parse(state.declaredAt),
    first === undefined ? [] : [first.eventId],
  );
}

function measured(name: string, formula: string, ms: number | null, events: readonly string[]): Metric {
  const text =
    ms === null
      ? 'not recorded'
      : ms < 0
        ? `${formatDuration(ms)} (the recorded times are out of order)`
        : formatDuration(ms);
  return { name, formula, ms, text, events };
}
