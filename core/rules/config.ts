/**
 * `.runline.yaml`: what a team sets for everyone who reads its runbooks. Data alone: nothing in it names a program, and
 * of what cannot be understood the rest still counts.
 */
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type Range, SourceText } from '../text.ts';
import type { Rule, Severity } from './types.ts';

export const CONFIG_NAME = '.runline.yaml';

/** What a severity may be set to, gravest first. */
export const SETTABLE: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];

/** Severity by rule id. */
export type Severities = Readonly<Record<string, Severity | 'off'>>;

/** Something in the file that does not count, and why. */
export interface ConfigProblem {
  readonly range: Range;
  /** One sentence or two; no trailing line breaks. */
  readonly message: string;
}

export interface ProjectConfig {
  readonly rules: Severities;
  /** Globs of the files that are runbooks, relative to the file's own folder; null where it does not say. */
  readonly runbooks: readonly string[] | null;
  readonly problems: readonly ConfigProblem[];
}

/** A longer file is not one that a person wrote; neither is a longer list, nor a longer glob. In characters. */
const MAX_LENGTH = 32 * 1024;
const MAX_GLOBS = 200;
const MAX_GLOB = 300;

const KEYS = ['rules', 'runbooks'];

/** Reads the text of a `.runline.yaml`. `known` are the ids of all rules. Never throws. */
export function readConfig(text: string, known: Iterable<string>): ProjectConfig {
  try {
    return readEntries(text, known);
  } catch (error) {
    // Nested too deeply for the parser's stack, say.
    const range = new SourceText(text).range(0, 0);
    const message = `This YAML cannot be read: ${sentence(error instanceof Error ? error.message : String(error))}`;
    return { rules: {}, runbooks: null, problems: [{ range, message }] };
  }
}

function readEntries(text: string, known: Iterable<string>): ProjectConfig {
  const source = new SourceText(text);
  const problems: ConfigProblem[] = [];
  const say = (start: number, end: number, message: string): void => {
    problems.push({ range: source.range(start, Math.max(end, start)), message });
  };
  if (text.length > MAX_LENGTH) {
    say(0, source.lineEnd(0), `This file is longer than ${MAX_LENGTH / 1024} KiB, so none of it is read.`);
    return { rules: {}, runbooks: null, problems };
  }
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  // Later errors are mostly the consequences of the first.
  for (const { pos, message } of [...document.errors.slice(0, 1), ...document.warnings.slice(0, 3)])
    say(pos[0], pos[1], `This YAML cannot be read: ${sentence(message)}`);

  const rules: Record<string, Severity | 'off'> = {};
  let runbooks: string[] | null = null;
  const ids = [...known];
  const reader: Reader = { document, say };
  for (const { key, start, end, value } of entriesOf(document.contents, 'The file', reader)) {
    if (key === 'rules')
      for (const entry of entriesOf(value, '`rules`', reader)) {
        const severity = severityIn(entry, ids, reader);
        if (severity !== null) rules[entry.key] = severity;
      }
    else if (key === 'runbooks') runbooks = globsIn(value, reader) ?? runbooks;
    else
      say(
        start,
        end,
        `There is no key \`${shown(key)}\` here${meant(key, KEYS)} The keys are rules and runbooks.`,
      );
  }
  problems.sort((a, b) => a.range.start.offset - b.range.start.offset);
  return { rules, runbooks, problems };
}

/**
 * What counts of a file that nobody vouches for: it may raise a safety rule to `error`, since nothing is graver; any other
 * word about one could weaken some of its findings.
 */
export function withoutWeakening(rules: Severities, byId: ReadonlyMap<string, Rule>): Severities {
  return Object.fromEntries(
    Object.entries(rules).filter(([id, severity]) => severity === 'error' || byId.get(id)?.safety !== true),
  );
}

interface Reader {
  readonly document: Document;
  say(start: number, end: number, message: string): void;
}

interface Entry {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly value: Node | null;
}

/** The entries of a mapping; nothing where there is none, with a message where there is something else. */
function entriesOf(node: unknown, what: string, { say }: Reader): Entry[] {
  if (node === null || node === undefined || (isScalar(node) && node.value === null)) return [];
  const [start, end] = placeOf(node);
  if (!isMap(node)) {
    say(start, end, `${what} has to be a mapping, a \`key: value\` on each line.`);
    return [];
  }
  const entries: Entry[] = [];
  for (const pair of node.items) {
    const [from, to] = placeOf(pair.key);
    const key = textOf(pair.key);
    if (key === null) say(from, to, `A key in ${what} has to be plain text.`);
    else entries.push({ key, start: from, end: to, value: (pair.value ?? null) as Node | null });
  }
  return entries;
}

function severityIn(
  { key, start, end, value }: Entry,
  ids: readonly string[],
  { say }: Reader,
): Severity | 'off' | null {
  if (!ids.includes(key)) {
    say(start, end, `There is no rule \`${shown(key)}\`${meant(key, ids)}`);
    return null;
  }
  const word = textOf(value);
  const severity = SETTABLE.find((candidate) => candidate === word);
  if (severity !== undefined) return severity;
  const [from, to] = value === null ? [start, end] : placeOf(value);
  const given = word === null || word === '' ? 'What is set here' : `\`${shown(word)}\``;
  say(from, to, `${given} is no severity. Write error, warning, info, hint or off.`);
  return null;
}

function globsIn(node: Node | null, { say }: Reader): string[] | null {
  const [start, end] = node === null ? [0, 0] : placeOf(node);
  if (!isSeq(node)) {
    say(start, end, '`runbooks` has to be a list of globs, such as `- docs/ops/**/*.md`.');
    return null;
  }
  if (node.items.length > MAX_GLOBS) {
    say(start, end, `\`runbooks\` has more than ${MAX_GLOBS} globs, so none of them is taken.`);
    return null;
  }
  const globs: string[] = [];
  for (const item of node.items) {
    const glob = textOf(item);
    const [from, to] = placeOf(item);
    if (glob === null || glob.trim() === '')
      say(from, to, 'A glob has to be text. Put it in quotes where it begins with `*`, `!` or `{`.');
    else if (glob.length > MAX_GLOB)
      say(from, to, `A glob of more than ${MAX_GLOB} characters is not taken.`);
    else globs.push(glob);
  }
  return globs;
}

/** The text of a scalar as written, so that `off` is no boolean under YAML 1.1; null for anything else. */
function textOf(node: unknown): string | null {
  if (!isScalar(node)) return null;
  return typeof node.value === 'string' ? node.value : (node.source ?? null);
}

function placeOf(node: unknown): [number, number] {
  const range = (node as Node | null)?.range;
  return range === null || range === undefined ? [0, 0] : [range[0], range[1]];
}

/** `, did you mean …?` or a full stop. */
function meant(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === null ? '.' : `. Did you mean \`${near}\`?`;
}

/**
 * The candidate that a misspelt word most likely means, or null: at most a third of it is wrong. Of an id without its
 * group, the name decides.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const given = word.slice(0, 100).toLowerCase();
  let best: string | null = null;
  let least = Math.floor(given.length / 3) + 1;
  for (const candidate of candidates) {
    const name = given.includes('/') ? candidate : (candidate.split('/').at(-1) ?? candidate);
    if (Math.abs(given.length - name.length) >= least) continue;
    const edits = distance(given, name);
    if (edits >= least) continue;
    least = edits;
    best = candidate;
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        i === 0
          ? j
          : Math.min(
              at(i - 1, j) + 1,
              at(i, j - 1) + 1,
              at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
              swapped ? at(i - 2, j - 2) + 1 : Number.MAX_SAFE_INTEGER,
            ),
      );
    }
  }
  return at(a.length, b.length);
}

/** Text of the file in a message: on one line, not too long, and no end of inline code. */
function shown(text: string): string {
  const line = text.replace(/[\s`]+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

function sentence(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
