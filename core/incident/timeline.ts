/** The timeline: one entry for each thing that happened; a step is one entry, from its start to its end. */
import type { LogEvent } from '../execution/types.ts';
import { formatDuration } from './duration.ts';
import { EVENT } from './events.ts';
import { tellingLine } from './evidence.ts';
import { oneLine } from './log/clean.ts';
import { actorOf, number, outcomeOf, outputOf, severityOf, stepOf, text } from './read.ts';
import { severityLabel } from './scale.ts';
import type { TimelineEntry } from './types.ts';

/** @param events Those that still stand, in the order in which they happened. */
export function timelineOf(events: readonly LogEvent[]): TimelineEntry[] {
  const started = new Map<string, LogEvent>();
  const finished = new Set<string>();
  for (const event of events) {
    const run = text(event.data, 'run');
    if (run === null) continue;
    if (event.type === EVENT.stepStarted) started.set(run, event);
    if (event.type === EVENT.stepFinished) finished.add(run);
  }
  const timeline: TimelineEntry[] = [];
  for (const event of events) {
    const run = text(event.data, 'run');
    if (event.type === EVENT.stepStarted && run !== null && finished.has(run)) continue;
    timeline.push(entryOf(event, run === null ? undefined : started.get(run)));
  }
  return timeline;
}

function entryOf(event: LogEvent, start: LogEvent | undefined): TimelineEntry {
  const base: TimelineEntry = {
    eventId: event.id,
    time: event.time,
    kind: 'other',
    outcome: null,
    summary: oneLine(
      text(event.data, 'summary') ?? event.type.replace(/^dev\.runline\./, '').replaceAll('.', ' '),
    ),
    facts: [],
    evidence: null,
    link: linkOf(event),
    startedAt: null,
    durationMs: null,
    actor: actorOf(event),
    event,
  };
  const reason = text(event.data, 'reason');
  switch (event.type) {
    case EVENT.declared:
      return { ...base, kind: 'declared' };
    case EVENT.severityChanged: {
      const from = severityOf(event.data.from);
      const to = severityOf(event.data.to);
      const change = from === null || to === null ? base.summary : `Severity ${from.id} → ${to.id}`;
      return {
        ...base,
        kind: 'severity',
        summary: change,
        evidence: reason === null ? null : oneLine(reason),
      };
    }
    case EVENT.statusChanged:
      return { ...base, kind: 'status', evidence: reason === null ? null : oneLine(reason) };
    case EVENT.noteAdded:
    case EVENT.noteCorrected:
      return { ...base, kind: 'note', summary: oneLine(text(event.data, 'text') ?? base.summary) };
    case EVENT.stepStarted:
      return { ...base, kind: 'step', outcome: 'running', startedAt: event.time };
    case EVENT.stepFinished:
      return finishedStep(base, event, start);
    case EVENT.stepSkipped:
      return { ...base, kind: 'skipped', evidence: reason === null ? null : oneLine(reason) };
    default:
      return base;
  }
}

function finishedStep(base: TimelineEntry, event: LogEvent, start: LogEvent | undefined): TimelineEntry {
  const outcome = outcomeOf(event.data);
  const durationMs = number(event.data, 'durationMs');
  const exitCode = number(event.data, 'exitCode');
  const signal = text(event.data, 'signal');
  const output = outputOf(event.data);
  const facts: string[] = [];
  if (outcome === 'cancelled') facts.push('cancelled');
  if (outcome === 'unknown') facts.push('unknown end');
  if (exitCode !== null && (exitCode !== 0 || outcome === 'failed')) facts.push(`exit ${exitCode}`);
  if (signal !== null) facts.push(signal);
  if (durationMs !== null) facts.push(formatDuration(durationMs));
  // The end is on the wall clock, the length on a monotonic one: the start is known only from its own event.
  return {
    ...base,
    kind: 'step',
    outcome,
    facts,
    evidence: output === null ? null : tellingLine(output, outcome === 'failed'),
    startedAt: start?.time ?? null,
    durationMs,
    actor: base.actor || (start === undefined ? '' : actorOf(start)),
  };
}

function linkOf(event: LogEvent): TimelineEntry['link'] {
  const step = stepOf(event.data);
  return step === null ? null : { path: step.path, line: step.line, stepId: step.stepId };
}

/** `Declared SEV1 (Critical): Checkout down`, as the declaration's summary says it. */
export function declaredSummary(title: string, severity: Parameters<typeof severityLabel>[0]): string {
  return oneLine(`Declared ${severityLabel(severity)}: ${title}`);
}
