/** Makes values fit for a log line: strings well-formed, numbers whole, nothing that JSON cannot say. */
import { IncidentError } from '../errors.ts';

/** Longest summary, in UTF-16 code units. */
const SUMMARY_LENGTH = 300;

/** Nesting that no event has any use for. */
const MAX_DEPTH = 32;

/**
 * Control characters of C0 and C1, and the marks that reorder or hide text (bidirectional controls, zero-width
 * characters, line and paragraph separators, the byte order mark).
 */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Words of ASCII with single spaces between them: one line already. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** The text with each lone surrogate replaced by U+FFFD: UTF-8 has no bytes for them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** One line of plain text: white space collapsed, unseen characters removed, cut at `limit` code units with `…`. */
export function oneLine(text: string, limit: number = SUMMARY_LENGTH): string {
  if (text.length <= limit && PLAIN.test(text)) return text;
  const line = wellFormed(text)
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replace(UNSEEN, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (line.length <= limit) return line;
  return `${line
    .slice(0, limit - 1)
    .replace(/\p{Surrogate}$/u, '')
    .trimEnd()}…`;
}

/** Text of several lines: line ends as LF, unseen characters other than tab and LF removed. */
export function manyLines(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? c : ''))
    .trim();
}

/**
 * The `data` of an event as the log can hold it, so that any reader computes the same hash. Lone surrogates become
 * U+FFFD, fractions are rounded (RFC 8785 prints them as ECMAScript does, which few other readers do), what is not
 * finite becomes null, `undefined` and functions are left out, and `summary` becomes one plain line.
 *
 * @throws IncidentError `bad-event` for circular or very deep data.
 */
export function cleanData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const clean = cleanValue(data, 0) as Record<string, unknown>;
  if (typeof clean.summary === 'string') clean.summary = oneLine(clean.summary);
  return clean;
}

function cleanValue(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) {
    throw new IncidentError(
      'bad-event',
      `The event was not written: its data is nested deeper than ${MAX_DEPTH}.`,
    );
  }
  switch (typeof value) {
    case 'string':
      return wellFormed(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'number':
      if (!Number.isFinite(value)) return null;
      // Adding 0 turns -0 into 0: the two are one number to JSON, and must be one text.
      return Number.isSafeInteger(value)
        ? value + 0
        : Number.isSafeInteger(Math.round(value))
          ? Math.round(value) + 0
          : String(value);
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1) ?? null);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const clean = cleanValue(item, depth + 1);
    // `__proto__` assigned as a property would be lost.
    if (clean !== undefined && key !== '__proto__') result[wellFormed(key)] = clean;
  }
  return result;
}

/**
 * A time as the log writes it: RFC 3339 in UTC with milliseconds.
 *
 * @throws IncidentError `bad-event` where the text is no RFC 3339 time.
 */
export function cleanTime(time: string): string {
  if (/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/.test(time)) {
    const date = new Date(time);
    if (!Number.isNaN(date.getTime())) return date.toISOString();
  }
  throw new IncidentError(
    'bad-event',
    `"${oneLine(time, 60)}" is not a time. Write it as RFC 3339 with an offset, such as 2026-01-31T14:02:07Z.`,
  );
}
