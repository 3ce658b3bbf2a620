/** Words of headings and lines, without what only decorates them: emoji, numbers, marks. For matching; never shown. */
import type { Range } from '../../text.ts';
import { boundedCache } from '../lazy.ts';
import type { TableCell } from '../types.ts';
import type { FactLine } from './facts.ts';

/** Longer headings are sentences; cut so that no expression below sees long input. */
const MAX_TITLE = 200;

/**
 * What a heading says, in each of its languages: `🚨 2.1 Runbook Index` → `Runbook Index`; `Tổng Quan / Overview` → both.
 * Words without a Latin letter or digit at its start are decoration, which takes emoji that an encoding broke along.
 */
export function headingWords(title: string): readonly string[] {
  return words.get(title.slice(0, MAX_TITLE), (title) =>
    title
      .slice(0, MAX_TITLE)
      .split(/\s\/\s/)
      .map(undecorated)
      .filter((part) => part !== ''),
  );
}

const words = boundedCache<readonly string[]>(20_000, 2_000_000);

function undecorated(title: string): string {
  return title
    .replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\u200D)+/u, '')
    .trim()
    .replace(/^(?:[^A-Za-z0-9\s]+\s+)+/, '')
    .replace(/^(?:appendix|annex|section|part|chapter)\s+[\w.]{1,6}\s*[:.)–—-]\s*/i, '')
    .replace(/^\(?\d+(?:\.\d+)*[.):]?\s+/, '')
    .replace(/^(?:[^A-Za-z0-9\s]+\s+)+/, '')
    .replace(/(?:\s|:|\p{Extended_Pictographic}|\uFE0F|\u200D)+$/u, '');
}

/** Whether a heading says something in one of its languages. */
export function says(title: string, pattern: RegExp): boolean {
  return headingWords(title).some((part) => pattern.test(part));
}

/** `Owner: Platform`, `**Owner** — Platform`. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  /** The key is set off by marks: bold or italic. */
  readonly marked: boolean;
}

const MARK = /^[^A-Za-z0-9*_]{0,8}(?:\*{1,3}|_{1,3})(?=\S)/;

/** The pairs of a line; several where it separates them (`**Version**: 2 | **Owner**: Ops`). */
export function readPairs(line: FactLine): Pair[] {
  const marked = MARK.test(line.raw);
  const parts = line.text.split(/\s+[|·•]\s+/);
  const pairs = parts.flatMap((part) => onePair(part, marked) ?? []);
  return parts.length > 1 && pairs.length === parts.length ? pairs : one(onePair(line.text, marked));
}

function one(pair: Pair | null): Pair[] {
  return pair === null ? [] : [pair];
}

function onePair(text: string, marked: boolean): Pair | null {
  const match = (marked ? /^([^:]{1,60}?)\s*(?::|\s[-–—]\s)\s*(.*)$/s : /^([^:]{1,60}?)\s*:\s*(.*)$/s).exec(
    text,
  );
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const key = match[1].replace(/^[^A-Za-z0-9]+/, '').trim();
  return key === '' ? null : { key, value: match[2].trim(), marked };
}

/** From a row's first cell to its last; null for a row without cells. */
export function rowRange(row: readonly TableCell[]): Range | null {
  const first = row[0];
  const last = row.at(-1);
  return first === undefined || last === undefined ? null : { start: first.range.start, end: last.range.end };
}

/** Whether a text says something: not empty, a dash, `TBD`. */
export function isFilled(text: string): boolean {
  return !/^(?:|[-–—]+|n\/?a|tbd|todo|none|\?+|…|\.\.\.)$/i.test(text.trim());
}

/**
 * The alert that a heading names: `KubeNodeNotReady`, `etcdMembersDown [Deprecated]`; null where it is prose. One word of at
 * least `humps` capitals: two are also product names (`OpenShift`), so ask for three unless something else says alert.
 */
export function alertName(title: string, humps: number): string | null {
  const match =
    /^(?:alert(?:\s+name)?\s*:\s*)?([A-Za-z][A-Za-z0-9]{4,99})(?:\s*[[(][^\])]{1,40}[\])])?$/i.exec(
      title.trim().slice(0, MAX_TITLE),
    );
  const name = match?.[1];
  if (name === undefined) return null;
  return (name.match(/[A-Z]+[a-z0-9]+|[A-Z]{2,}$/g)?.length ?? 0) >= humps ? name : null;
}
