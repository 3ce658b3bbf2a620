/**
 * The hash chain of a log.
 *
 * A log is a file of lines that end in LF. Each line is the canonical JSON (RFC 8785) of one event, and nothing else:
 *
 *     hash = "sha256:" + hex(SHA-256(0x00 ‖ prevhash ‖ canonical JSON of the event without its `hash`))
 *
 * `prevhash` enters as the text that stands in the event, in UTF-8; it is the `hash` of the line above, and `sha256:`
 * with 64 zeros on the first line. `sequence` is 1 on the first line and one more on each. Anyone can check a line:
 * `{ printf '\0%s' "$(jq -r .prevhash line)"; jq -cSj 'del(.hash)' line; } | sha256sum`.
 *
 * What this shows: an edit, deletion, insertion or change of order inside a log. What it does not: a log cut short at
 * its end or written anew as a whole, unless the last hash was published elsewhere.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { LogEvent } from '../../execution/types.ts';

/** `prevhash` of the first event of a log. */
export const GENESIS = `sha256:${'0'.repeat(64)}`;

/** The hash that belongs to an event, computed over everything but its own `hash`. */
export function hashOf(event: Omit<LogEvent, 'hash'>): string {
  const { hash: _, ...rest } = event as LogEvent;
  return digest(event.prevhash, canonical(rest));
}

/** An event with its hash, and its line in the log with the line end. Serializes `data` once, for both. */
export function seal(event: Omit<LogEvent, 'hash'>): { readonly event: LogEvent; readonly line: string } {
  const { data, ...envelope } = event;
  // Canonical JSON sorts keys: `data` comes first, `hash` right behind it.
  const start = `{"data":${canonical(data)},`;
  const end = canonical(envelope).slice(1);
  const hash = digest(event.prevhash, start + end);
  return { event: { ...event, hash }, line: `${start}"hash":"${hash}",${end}\n` };
}

function digest(prevhash: string, json: string): string {
  return `sha256:${createHash('sha256').update('\0').update(prevhash).update(json).digest('hex')}`;
}

/** Whether `bytes` are, to the byte, the line that the log writes for this event, with the hash that belongs to it. */
export function isWrittenAs(event: LogEvent, bytes: Buffer): boolean {
  const { hash: _, ...rest } = event;
  try {
    // Composed as `seal` writes it; should an event have keys of its own, the two differ and the caller looks closer.
    return bytes.equals(Buffer.from(seal(rest).line).subarray(0, -1));
  } catch {
    return false;
  }
}

/** Whether an event has the hash that belongs to it; false for what cannot be hashed. */
export function isIntact(event: LogEvent): boolean {
  try {
    return hashOf(event) === event.hash;
  } catch {
    // A lone surrogate or a cycle: the log never wrote it.
    return false;
  }
}

/** The event's line in the log, without the line end. */
export function lineOf(event: LogEvent): string {
  return canonical(event);
}

function canonical(value: object): string {
  // `undefined` comes only from values that are not JSON at all, never from an object.
  return canonicalize(value) ?? '{}';
}

/** Reads one line; null where it is not an event. Nothing is said about its hash. */
export function parseLine(line: string): LogEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  return isEvent(value) ? value : null;
}

function isEvent(value: unknown): value is LogEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Record<string, unknown>;
  const texts = ['id', 'source', 'type', 'subject', 'time', 'recordedtime', 'prevhash', 'hash'];
  return (
    event.specversion === '1.0' &&
    texts.every((name) => typeof event[name] === 'string') &&
    Number.isSafeInteger(event.sequence) &&
    typeof event.data === 'object' &&
    event.data !== null &&
    !Array.isArray(event.data) &&
    !Number.isNaN(Date.parse(event.time as string))
  );
}
