/** From events to what they amount to. Pure: the same events give the same state, in whatever order they are read. */
import type { LogEvent } from '../execution/types.ts';
import { responseDueAt } from './clock.ts';
import { IncidentError } from './errors.ts';
import { EVENT } from './events.ts';
import { severityOf, text } from './read.ts';
import { DEFAULT_SCALE } from './scale.ts';
import { timelineOf } from './timeline.ts';
import type { IncidentSeverity, IncidentState, IncidentStatus, Milestone, MilestoneFact } from './types.ts';

/** In the order of an incident's life. */
export const STATUSES: readonly IncidentStatus[] = [
  'investigating',
  'identified',
  'mitigated',
  'resolved',
  'closed',
  'cancelled',
];

/** Whether an incident with this status is over. */
export function isOver(status: IncidentStatus): boolean {
  return status === 'resolved' || status === 'closed' || status === 'cancelled';
}

/**
 * The state of one incident.
 *
 * Events count in the order in which they happened (`time`, then `sequence`), however late they were recorded. An
 * event whose `data.supersedes` names another takes that one's place; `….retracted` takes it and leaves nothing.
 *
 * @throws IncidentError `empty-log` where no event declares the incident.
 */
export function fold(events: readonly LogEvent[]): IncidentState {
  const effective = effectiveEvents(events);
  const declared = effective.find((event) => event.type === EVENT.declared);
  if (declared === undefined) {
    throw new IncidentError(
      'empty-log',
      'The log holds no declaration of an incident, so there is nothing to show.',
    );
  }
  const scale = Array.isArray(declared.data.scale)
    ? declared.data.scale.map(severityOf).filter((level) => level !== null)
    : [];
  let severity: IncidentSeverity =
    severityOf(declared.data.severity) ?? scale[0] ?? (DEFAULT_SCALE[0] as IncidentSeverity);
  let title = text(declared.data, 'title') ?? declared.subject;
  let status: IncidentStatus = 'investigating';
  const milestones = new Map<Milestone, MilestoneFact>();
  const set = (milestone: Milestone, at: string | null, event: LogEvent) => {
    if (at !== null && !Number.isNaN(Date.parse(at))) {
      milestones.set(milestone, { at: new Date(at).toISOString(), eventId: event.id });
    }
  };
  set('declared', declared.time, declared);
  set('detected', text(declared.data, 'detectedAt'), declared);

  for (const event of effective) {
    switch (event.type) {
      case EVENT.severityChanged:
        severity = severityOf(event.data.to) ?? severity;
        break;
      case EVENT.titleChanged:
        title = text(event.data, 'to') ?? title;
        break;
      case EVENT.acknowledged:
        set('acknowledged', event.time, event);
        break;
      case EVENT.statusChanged: {
        const to = asStatus(event.data.to);
        if (to === null) break;
        status = to;
        applyStatus(to, event, milestones, set);
        break;
      }
    }
  }
  // What was set by hand wins over what followed from a status, whenever it was said.
  for (const event of effective) {
    if (event.type !== EVENT.milestoneSet) continue;
    const milestone = asMilestone(event.data.milestone);
    if (milestone !== null) set(milestone, text(event.data, 'at') ?? event.time, event);
  }

  const at = (milestone: Milestone) => milestones.get(milestone)?.at ?? null;
  return {
    id: declared.subject,
    title,
    severity,
    scale: scale.length > 0 ? scale : [severity],
    status,
    runbook: text(declared.data, 'runbook'),
    declaredAt: declared.time,
    detectedAt: at('detected'),
    acknowledgedAt: at('acknowledged'),
    mitigatedAt: at('mitigated'),
    resolvedAt: at('resolved'),
    responseDueAt: responseDueAt(declared.time, severity),
    milestones: Object.fromEntries(milestones),
    timeline: timelineOf(effective),
  };
}

/** Events that still stand, in the order in which they happened. */
export function effectiveEvents(events: readonly LogEvent[]): LogEvent[] {
  const superseded = new Set<string>();
  for (const event of events) {
    const target = text(event.data, 'supersedes');
    if (target !== null) superseded.add(target);
  }
  const seen = new Set<string>();
  return events
    .filter((event) => {
      // Two clones merged by hand can hold one line twice.
      if (seen.has(event.id)) return false;
      seen.add(event.id);
      return !superseded.has(event.id) && !event.type.endsWith('.retracted');
    })
    .map((event) => ({ event, time: Date.parse(event.time) }))
    .sort(
      (a, b) => a.time - b.time || a.event.sequence - b.event.sequence || (a.event.id < b.event.id ? -1 : 1),
    )
    .map(({ event }) => event);
}

function applyStatus(
  to: IncidentStatus,
  event: LogEvent,
  milestones: Map<Milestone, MilestoneFact>,
  set: (milestone: Milestone, at: string, event: LogEvent) => void,
): void {
  const order: readonly IncidentStatus[] = ['identified', 'mitigated', 'resolved', 'closed'];
  const reached = order.indexOf(to);
  if (to === 'cancelled') return;
  // Going back opens again what had been reached.
  for (const later of order.slice(reached + 1)) milestones.delete(later as Milestone);
  if (reached === -1) return;
  if (!milestones.has('acknowledged')) set('acknowledged', event.time, event);
  if (!milestones.has(to as Milestone)) set(to as Milestone, event.time, event);
}

/** A status as someone wrote it, in any case, or null. */
export function asStatus(value: unknown): IncidentStatus | null {
  if (typeof value !== 'string') return null;
  const wanted = value.trim().toLowerCase();
  return STATUSES.find((status) => status === wanted) ?? null;
}

function asMilestone(value: unknown): Milestone | null {
  const known: readonly Milestone[] = [
    'impactStarted',
    'detected',
    'declared',
    'acknowledged',
    'identified',
    'mitigated',
    'impactEnded',
    'resolved',
    'closed',
  ];
  return known.find((milestone) => milestone === value) ?? null;
}
