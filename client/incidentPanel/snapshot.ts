/** From the state of an incident to what the panel draws. Pure, so that it is tested without an editor. */

import type { LogEvent, OutputExcerpt } from '../../core/execution/index.ts';
import {
  EVENT,
  fold,
  type IncidentState,
  isOver,
  nextDeadline,
  STATUSES,
  type TimelineEntry,
} from '../../core/incident/index.ts';
import type { PanelEntry, PanelHeader, PanelSpan } from './protocol.ts';

export interface PanelContent {
  readonly header: PanelHeader;
  readonly entries: readonly PanelEntry[];
}

/**
 * @param fault The first fault of the hash chain, or null.
 * @param hasLog Whether the whole output of a run is on this machine.
 */
export function panelContent(
  events: readonly LogEvent[],
  now: Date,
  fault: string | null,
  hasLog: (run: string) => boolean,
): PanelContent {
  const state = fold(events);
  const starts = new Map<string, LogEvent>();
  for (const event of events) {
    if (event.type.endsWith('.step.started') && typeof event.data.run === 'string')
      starts.set(event.data.run, event);
  }
  return {
    header: headerOf(state, now, fault),
    entries: state.timeline.map((entry) => entryOf(entry, starts, hasLog)),
  };
}

function headerOf(state: IncidentState, now: Date, fault: string | null): PanelHeader {
  const deadline = nextDeadline(state, now);
  const rank = (id: string): number =>
    Math.max(
      0,
      state.scale.findIndex((level) => level.id === id),
    );
  const { id, name, definition, response } = state.severity;
  return {
    id: state.id,
    title: state.title,
    severity: {
      id,
      name,
      definition,
      response: response?.text ?? null,
      rank: rank(id),
      of: state.scale.length,
    },
    status: state.status,
    open: !isOver(state.status),
    declaredAt: state.declaredAt,
    resolvedAt: state.resolvedAt,
    deadline: deadline === null ? null : { label: 'respond', at: deadline.at },
    severities: spansOf(state, 'severity', rank),
    statuses: spansOf(state, 'status', (status) => (STATUSES as readonly string[]).indexOf(status)),
    fault,
  };
}

/** The stretches between changes; the first one begins where the incident was declared. */
function spansOf(
  state: IncidentState,
  kind: 'severity' | 'status',
  toneOf: (label: string) => number,
): PanelSpan[] {
  const first = state.timeline.find((entry) => entry.kind === 'declared');
  const changes = state.timeline.filter((entry) => entry.kind === kind);
  const points: { readonly label: string; readonly at: string; readonly entryId: string }[] = [];
  if (first !== undefined) {
    const label = kind === 'severity' ? nameOf(first.event.data.severity) : 'investigating';
    points.push({ label: label ?? state.severity.id, at: first.time, entryId: first.eventId });
  }
  for (const change of changes) {
    const label = nameOf(change.event.data.to);
    if (label !== null) points.push({ label, at: change.time, entryId: change.eventId });
  }
  const over = isOver(state.status) ? (state.timeline.at(-1)?.time ?? null) : null;
  return points.map(({ label, at, entryId }, index) => ({
    label,
    from: at,
    to: points[index + 1]?.at ?? over,
    tone: Math.max(0, toneOf(label)),
    entryId,
  }));
}

/** A severity's id or a status, as change events carry them. */
function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string')
    return value.id;
  return null;
}

function entryOf(
  entry: TimelineEntry,
  starts: ReadonlyMap<string, LogEvent>,
  hasLog: (run: string) => boolean,
): PanelEntry {
  const { data } = entry.event;
  const run = typeof data.run === 'string' ? data.run : null;
  const step = entry.kind === 'step' && run !== null;
  const command = step ? (starts.get(run)?.data.command ?? data.command) : null;
  // The reason of a change and of a refusal are somebody's words, not a program's.
  const said = entry.kind !== 'step' && entry.evidence !== null ? [`“${entry.evidence}”`] : [];
  return {
    // A step keeps its id from its start to its end, so that its row stays where it is.
    id: step ? run : entry.eventId,
    time: entry.startedAt ?? entry.time,
    kind: entry.event.type === EVENT.acknowledged ? 'status' : entry.kind,
    outcome: entry.outcome,
    summary: entry.kind === 'note' && typeof data.text === 'string' ? data.text : entry.summary,
    facts: [...entry.facts, ...riskFacts(starts.get(run ?? '')?.data.risk), ...said],
    evidence: entry.kind === 'step' ? entry.evidence : null,
    excerpt: step ? excerptOf(data.output) : '',
    command: typeof command === 'string' ? command : null,
    link: entry.link === null ? null : { path: entry.link.path, line: entry.link.line },
    startedAt: entry.startedAt,
    durationMs: entry.durationMs,
    actor: entry.actor,
    hasLog: step && hasLog(run),
  };
}

/** Reading is the normal case and says nothing. */
function riskFacts(risk: unknown): string[] {
  if (risk === 'mutating') return ['changes state'];
  return risk === 'destructive' ? ['destroys'] : [];
}

function excerptOf(output: unknown): string {
  const { head = '', tail = '', truncated = false, bytes = 0 } = (output ?? {}) as Partial<OutputExcerpt>;
  if (tail === '') return head;
  return truncated ? `${head}\n… ${bytes} bytes in all …\n${tail}` : `${head}\n${tail}`;
}

/** What has to be sent so that a panel that shows `before` shows `after`. */
export function difference(
  before: readonly PanelEntry[],
  after: readonly PanelEntry[],
): { readonly entries: readonly PanelEntry[]; readonly removed: readonly string[] } {
  const known = new Map(before.map((entry) => [entry.id, JSON.stringify(entry)]));
  const left = new Set(after.map((entry) => entry.id));
  return {
    entries: after.filter((entry) => known.get(entry.id) !== JSON.stringify(entry)),
    removed: before.filter((entry) => !left.has(entry.id)).map((entry) => entry.id),
  };
}
