/** What the rules find in the real runbooks, and what they are pinned to find: `test/fixtures/corpus-findings.json`. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { checkRunbook, type Severity } from '../../core/rules/index.ts';
import { parseRunbook } from '../../core/runbook/index.ts';
import { SHARED } from './shared.ts';

/** Rule → file, relative to the folder of real runbooks → 1-based lines, ascending, one a finding. */
export type PlacesFound = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export interface FoundPlace {
  readonly rule: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly severity: Severity;
}

/** Absolute. */
export const PINS = resolve(import.meta.dirname, '../fixtures/corpus-findings.json');

/** Dates in real runbooks are judged as of this day, so that nothing falls due by itself. */
const TODAY = '2026-11-25';

/** The real runbooks, relative to `SHARED`, with `/`: five seeds, and a folder for each repository of the corpus. */
export function realRunbooks(): string[] {
  return globSync(['seeds/*', 'corpus/*/**/*'], { cwd: SHARED })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(?:md|txt|ya?ml)$/i.test(path))
    .sort();
}

/** Text and model of a real runbook; `.txt` is Markdown. */
export function readReal(file: string) {
  return parseRunbook(readFileSync(join(SHARED, file), 'utf8'), { path: file.replace(/\.txt$/, '.md') });
}

/**
 * Checks every real runbook by its text alone, without files around it.
 * @throws {Error} that names rule and file where a rule throws
 */
export async function findInReal(): Promise<FoundPlace[]> {
  const places: FoundPlace[] = [];
  for (const file of realRunbooks()) {
    const findings = await checkRunbook(readReal(file), undefined, {
      today: TODAY,
      onError: (rule, cause) => {
        throw new Error(`${rule} failed on ${file}`, { cause });
      },
    });
    for (const { rule, range, severity } of findings)
      places.push({ rule, file, line: range.start.line + 1, severity });
  }
  return places;
}

/** The places by rule and file, both in alphabetical order. */
export function byRule(places: readonly FoundPlace[]): PlacesFound {
  const sorted = [...places].sort(
    (a, b) => compare(a.rule, b.rule) || compare(a.file, b.file) || a.line - b.line,
  );
  const result: Record<string, Record<string, number[]>> = {};
  for (const { rule, file, line } of sorted) {
    result[rule] ??= {};
    result[rule][file] ??= [];
    result[rule][file].push(line);
  }
  return result;
}

/** JSON with a line for each file of a rule, so that a changed pin is a small difference. */
export function pinsText(found: PlacesFound): string {
  const rules = Object.entries(found).map(([rule, files]) => {
    const rows = Object.entries(files).map(
      ([file, lines]) => `  ${JSON.stringify(file)}: ${JSON.stringify(lines)}`,
    );
    return ` ${JSON.stringify(rule)}: {\n${rows.join(',\n')}\n }`;
  });
  return `{\n${rules.join(',\n')}\n}\n`;
}

/** @throws {Error} where the file is missing or no JSON */
export function readPins(): PlacesFound {
  return JSON.parse(readFileSync(PINS, 'utf8'));
}

/** A sentence for each rule and file whose lines differ; none where all is as pinned. */
export function differences(pinned: PlacesFound, found: PlacesFound): string[] {
  const result: string[] = [];
  for (const rule of keys(pinned, found)) {
    const [before = {}, after = {}] = [pinned[rule], found[rule]];
    for (const file of keys(before, after)) {
      const gained = without(after[file] ?? [], before[file] ?? []);
      const lost = without(before[file] ?? [], after[file] ?? []);
      const parts = [
        gained.length > 0 ? `gained ${gained.join(', ')}` : '',
        lost.length > 0 ? `lost ${lost.join(', ')}` : '',
      ].filter((part) => part !== '');
      if (parts.length > 0) result.push(`${rule} in ${file}: ${parts.join('; ')}`);
    }
  }
  return result;
}

/** What the first has more of than the second; a line counts as often as it stands there. */
function without(lines: readonly number[], others: readonly number[]): number[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function keys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

/** By code units: the order must not depend on anybody's locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
