/** Severity scales, from tables, from YAML and from lists. */

import type { Duration, SeverityLevel, SeverityScale, Table, TableCell } from '../types.ts';
import { parseDuration } from './duration.ts';
import type { Facts } from './facts.ts';
import { fromLists } from './severityLists.ts';

const CODE = '(?:P[0-9]|S[0-9]|L[0-9]|SEV(?:ERITY)?[ _-]?[0-9]|(?:LEVEL|PRIORITY|TIER)[ _-]?[0-9])';
const WORD =
  'critical|high|medium|low|major|minor|moderate|severe|emergency|urgent|normal|warning|warn|info|informational|information|notice|notification|blocker|trivial|cosmetic|disaster|fatal|none|planning';
const CODE_FIRST = new RegExp(String.raw`^(${CODE})(?![\w])\s*(?:[-–—:_/.|]+\s*|(?=[(A-Za-z]))?(.*)$`, 'is');
const CODE_IN_KEY = new RegExp(`^(${CODE})(?:[_-]+(.*))?$`, 'is');
const CODE_LAST = new RegExp(String.raw`^(.{1,40}?)\s*[-–—:(]\s*(${CODE})\s*\)?$`, 'is');
const WORD_FIRST = new RegExp(String.raw`^(${WORD})\b\s*(?:[-–—:/(]+\s*(.*))?$`, 'is');

/** Whether a text names a severity: `P0 - Critical`, `SEV-1`, `High`. */
export function isSeverityName(text: string): boolean {
  const clean = tidy(text);
  return CODE_FIRST.test(clean) || WORD_FIRST.test(clean) || CODE_LAST.test(clean) || CODE_IN_KEY.test(clean);
}

/**
 * What people say, and the rest: `P0 - Critical` and `P0_Critical` → `P0`, `Critical`; `Critical (P0)` the same;
 * `Critical` → `Critical`, null. Emoji and Markdown are expected to be gone or are skipped.
 */
export function splitSeverity(text: string): { id: string; name: string | null } {
  const clean = tidy(text);
  const coded = CODE_IN_KEY.exec(clean) ?? CODE_FIRST.exec(clean);
  if (coded?.[1] !== undefined) return { id: coded[1].trim(), name: rest(coded[2]) };
  const last = CODE_LAST.exec(clean);
  if (last?.[2] !== undefined) return { id: last[2].trim(), name: rest(last[1]) };
  const word = WORD_FIRST.exec(clean);
  if (word?.[1] !== undefined) return { id: word[1], name: rest(word[2]) };
  return { id: clean, name: null };
}

function tidy(text: string): string {
  // A coloured circle or a mis-decoded one stands before the name.
  return text
    .replace(/^[^\p{L}\d]+/u, '')
    .replace(/[\s*`]+$/, '')
    .trim();
}

function rest(text: string | undefined): string | null {
  const name = (text ?? '')
    .replace(/^[\s(]+|[\s)]+$/g, '')
    .replaceAll('_', ' ')
    .trim();
  return name === '' ? null : name;
}

/** Scales in document order. */
export function readSeverityScales(facts: Facts): SeverityScale[] {
  const scales: SeverityScale[] = [];
  for (const table of facts.tables) {
    const scale = fromTable(table);
    if (scale !== null) scales.push(scale);
  }
  for (const { facts: yaml, section, range } of facts.yaml) {
    for (const scale of yaml.scales) {
      scales.push({
        source: 'yaml',
        range: range(scale.start, scale.end),
        section,
        levels: scale.levels.map((level) => ({
          ...splitSeverity(level.key),
          ...(level.name === null ? {} : { name: level.name }),
          definition: level.definition,
          response: level.response === null ? null : responseOf(level.response.text),
          examples: level.examples,
          range: range(level.start, level.end),
          responseRange: level.response === null ? null : range(level.response.start, level.response.end),
        })),
      });
    }
  }
  scales.push(...fromLists(facts, scales));
  return scales.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

const HEADER = {
  severity:
    /^(?:incident |issue |alert )?(?:severity|severidad|priority|prioridad|level|sev|tier|class|classification)(?: level)?s?$/i,
  response:
    /\b(?:response|respond|first reply|acknowledge(?:ment)?|ack|respuesta)\b|^(?:sla|pager|reaction(?: time)?|time to respond)$/i,
  definition:
    /^(?:definition|description|criteria|meaning|impact|condition|what it means|when|scope|summary|label)s?\b/i,
  examples: /^(?:examples?|e\.g\.?|typical (?:cases|incidents))\b/i,
};

/** The column that a pattern fits, `except` left out. */
function column(table: Table, pattern: RegExp, ...except: number[]): number {
  return table.header.findIndex((cell, index) => pattern.test(cell.text) && !except.includes(index));
}

function fromTable(table: Table): SeverityScale | null {
  const severity = column(table, HEADER.severity);
  if (severity === -1) return null;
  const response = responseColumn(table, severity);
  const definition = column(table, HEADER.definition, severity, response);
  const examples = column(table, HEADER.examples, severity, response, definition);
  // Lists of risks, alerts and tasks have a severity column too; a scale defines each level once and begins with it.
  if (response === -1 && (definition === -1 || severity > 1)) return null;
  const rows = table.rows.filter((row) => row[severity]?.text.trim());
  const names = rows.map((row) => row[severity]?.text ?? '');
  if (rows.length < 2 || new Set(names.map((name) => tidy(name).toLowerCase())).size !== rows.length)
    return null;
  if (names.filter(isSeverityName).length * 2 <= names.length) return null;
  const levels = rows.map((row): SeverityLevel => {
    const cell = (index: number): TableCell | undefined => (index === -1 ? undefined : row[index]);
    const responseCell = cell(response);
    const time = responseCell === undefined ? null : responseOf(responseCell.text);
    const first = row[0]?.range.start;
    const last = row.at(-1)?.range.end;
    return {
      ...splitSeverity(row[severity]?.text ?? ''),
      definition: cell(definition)?.text ?? '',
      response: time,
      examples: splitExamples(cell(examples)?.text ?? ''),
      range: first !== undefined && last !== undefined ? { start: first, end: last } : table.range,
      responseRange: time === null || responseCell === undefined ? null : responseCell.range,
    };
  });
  return { source: 'table', range: table.range, section: table.section, levels };
}

/** The response column: the first that says so, else the first whose cells are mostly times. */
function responseColumn(table: Table, severity: number): number {
  const read = (index: number) =>
    table.rows.filter((row) => parseDuration(row[index]?.text ?? '').kind !== 'unreadable').length;
  const named = column(table, HEADER.response, severity);
  // "Response: check the logs" names an action, not a time.
  if (
    named !== -1 &&
    (/time|sla|within|target|ack/i.test(table.header[named]?.text ?? '') || read(named) > 0)
  )
    return named;
  const timed = column(table, /\btime\b|\bsla\b/i, severity);
  return timed !== -1 && read(timed) * 2 > table.rows.length ? timed : -1;
}

/** A response time; null where the text says that there is none. */
export function responseOf(text: string): Duration | null {
  return /^(?:|-+|–|—|n\/?a|none|no sla|not applicable|\?|tbd)$/i.test(text.trim())
    ? null
    : parseDuration(text);
}

/** Splits a list of examples at commas and semicolons outside parentheses. */
export function splitExamples(text: string): string[] {
  const examples: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (
      i === text.length ||
      (depth === 0 && (char === ';' || (char === ',' && /\s/.test(text[i + 1] ?? ' '))))
    ) {
      const example = text.slice(from, i).trim();
      if (example !== '') examples.push(example);
      from = i + 1;
    }
  }
  return examples;
}
