/** Reads values out of an event's `data` without trusting their shape: logs come from other versions and other hands. */
import type { LogEvent, OutputExcerpt, StepFinishedData, StepSource } from '../execution/types.ts';
import type { Duration } from '../runbook/types.ts';
import type { IncidentSeverity } from './types.ts';

export type Data = Readonly<Record<string, unknown>>;

export function text(data: Data, key: string): string | null {
  const value = data[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(data: Data, key: string): number | null {
  const value = data[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function object(data: Data, key: string): Data | null {
  const value = data[key];
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Who did it; empty where the event does not say. */
export function actorOf(event: LogEvent): string {
  const actor = object(event.data, 'actor');
  return (actor === null ? null : text(actor, 'name')) ?? '';
}

/** A severity as `declared` and `severity.changed` carry it, or null. */
export function severityOf(value: unknown): IncidentSeverity | null {
  if (typeof value === 'string') return { id: value, name: null, definition: '', response: null };
  if (!isObject(value)) return null;
  const id = text(value, 'id');
  if (id === null) return null;
  return {
    id,
    name: text(value, 'name'),
    definition: text(value, 'definition') ?? '',
    response: durationOf(object(value, 'response')),
  };
}

function durationOf(data: Data | null): Duration | null {
  if (data === null) return null;
  const seconds = number(data, 'seconds');
  const kind = text(data, 'kind');
  const known = kind === 'fixed' || kind === 'calendar' ? kind : 'unreadable';
  return { text: text(data, 'text') ?? '', seconds, kind: seconds === null ? known : 'fixed' };
}

/** The place of a step, or null where an essential part is missing. */
export function stepOf(data: Data): StepSource | null {
  const step = object(data, 'step');
  if (step === null) return null;
  const path = text(step, 'path');
  const stepId = text(step, 'stepId');
  if (path === null || stepId === null) return null;
  const line = number(step, 'line') ?? 1;
  return {
    path,
    stepId,
    sha256: text(step, 'sha256') ?? '',
    title: text(step, 'title') ?? '',
    line,
    endLine: number(step, 'endLine') ?? line,
  };
}

export function outputOf(data: Data): OutputExcerpt | null {
  const output = object(data, 'output');
  if (output === null) return null;
  return {
    bytes: number(output, 'bytes') ?? 0,
    truncated: output.truncated === true,
    head: text(output, 'head') ?? '',
    tail: text(output, 'tail') ?? '',
  };
}

export function outcomeOf(data: Data): StepFinishedData['outcome'] {
  const outcome = text(data, 'outcome');
  return outcome === 'succeeded' || outcome === 'failed' || outcome === 'cancelled' ? outcome : 'unknown';
}
