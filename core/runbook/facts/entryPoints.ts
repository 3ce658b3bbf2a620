/**
 * Where somebody who sees something wrong would enter the document.
 *
 * - `symptom`: items below "Symptoms" (heading, bold line or item), `**Symptom:** text`, `### Symptom: text`, rows of a table
 *   with a column of symptoms.
 * - `alert`: names that headings and bold lines bind to steps, tables of alerts with what to do, and rules in YAML (`- alert: QueueLong`, maps of alerts with
 *   a condition and a severity).
 * - `error`: quoted texts in symptoms (`"No connections available" errors`), `**Error:**` lines, columns of error messages.
 */
import type { Range } from '../../text.ts';
import type { Alert, BlockStep, EntryPoint, Table } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';
import { headingWords, isFilled, readPairs, says } from './words.ts';
import { type YamlNode, yamlTree } from './yamlTree.ts';

const SYMPTOMS =
  /^(?:(?:common|typical|possible|observed|main|key|user|visible|example)\s+)?(?:symptoms?|warning signs|signs(?: of \w+)?)(?:\s+(?:visible to users|observed|include|may include|are|of .{1,60}|and signs))?$|^(?:what (?:you|users) (?:will |may |might )?see|how (?:it|this) (?:shows|looks))$/i;
const ERROR_KEY = /^(?:error(?: (?:message|text))?|error messages?|message)$/i;
/** What introduces a list of messages. */
const ERRORS =
  /^(?:(?:common|typical|known|possible|example)\s+)?error (?:messages?|texts?)(?:\s+(?:that\s+)?(?:(?:you|users|clients) (?:may|might|will|can)?\s*see|include))?$/i;
/** What stands above headings of which each is an error. */
const KNOWN_ERRORS =
  /^(?:(?:known|common|typical|frequent|possible) errors?(?: messages?)?|error messages?)$/i;
/** A heading of an error says what goes wrong. */
const FAULT =
  /["“”]|\b(?:errors?|exceptions?|fail(?:s|ed|ure|ures)?|refused|denied|timed? ?outs?|timeouts?|invalid|not|no|cannot|can['’]t|unable|missing|exceeded|expired|lost|reset|unreachable|unavailable|forbidden|unauthorized|full|too many|already|conflict|exhausted|[45]\d\d)\b/i;
const QUOTED = /["“]([^"“”]{3,160})["”]/g;
const MAX_LINE = 600;

/** Entry points in document order. */
export function readEntryPoints(facts: Facts, alerts: readonly Alert[]): EntryPoint[] {
  const points: EntryPoint[] = alerts
    // A severity in a heading makes it urgent, not an alert that somebody is paged with.
    .filter(
      ({ severity, section, range }) =>
        severity === null ||
        facts.sections[section ?? -1]?.headingRange.start.offset !== range.start.offset ||
        !(facts.sections[section ?? -1]?.title ?? '').includes(severity),
    )
    .map(({ name, section, range }) => ({ kind: 'alert', text: name, section, range }));
  points.push(...fromLines(facts), ...fromHeadings(facts));
  for (const table of facts.tables) points.push(...fromTable(table));
  for (const step of facts.steps) if (step.kind === 'block') points.push(...fromBlock(step, facts));
  return points.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function symptom(text: string, section: number | null, range: Range): EntryPoint[] {
  const points: EntryPoint[] = [{ kind: 'symptom', text, section, range }];
  for (const [, quoted] of text.slice(0, MAX_LINE).matchAll(QUOTED)) {
    // One word in quotes is a name or a doubt, not a message.
    if (quoted !== undefined && /\S\s\S|\.\.\.$|…$/.test(quoted))
      points.push({ kind: 'error', text: quoted, section, range });
  }
  return points;
}

function fromLines(facts: Facts): EntryPoint[] {
  const points: EntryPoint[] = [];
  // The item that introduces symptoms below it, by how far it is indented.
  let opened: { section: number | null; indent: number } | null = null;
  for (const line of facts.lines) {
    const indent = indentOf(facts, line);
    if (opened !== null && (line.section !== opened.section || indent <= opened.indent)) opened = null;
    const [pair] = line.text.length > MAX_LINE ? [] : readPairs(line);
    const key = pair === undefined ? null : pair.key.replace(/^\d+[.)]\s*/, '');
    if (pair !== undefined && key !== null && (pair.marked || line.list !== null)) {
      if (SYMPTOMS.test(key)) {
        if (pair.value !== '') points.push(...symptom(pair.value, line.section, line.range));
        else if (line.list !== null) opened = { section: line.section, indent };
        continue;
      }
      if (pair.marked && ERROR_KEY.test(key) && isFilled(pair.value)) {
        points.push({ kind: 'error', text: unquoted(pair.value), section: line.section, range: line.range });
        continue;
      }
    }
    if (line.list === null || !isFilled(line.text)) continue;
    if (line.label !== null && says(line.label, ERRORS)) {
      points.push({ kind: 'error', text: unquoted(line.text), section: line.section, range: line.range });
      continue;
    }
    const labelled = line.label !== null && says(line.label, SYMPTOMS);
    // Below another label the list is about something else, whatever the heading says.
    const titled =
      line.label === null || labelled || /:$/.test(line.label) === false
        ? titledSymptoms(facts, line)
        : false;
    if (labelled || titled || opened !== null) points.push(...symptom(line.text, line.section, line.range));
  }
  return points;
}

function titledSymptoms(facts: Facts, line: FactLine): boolean {
  return line.section !== null && says(facts.sections[line.section]?.title ?? '', SYMPTOMS);
}

function indentOf(facts: Facts, line: FactLine): number {
  return /^\s*/.exec(facts.source.line(line.range.start.line).slice(0, 200))?.[0].length ?? 0;
}

function unquoted(text: string): string {
  return /^["“](.*)["”]$/s.exec(text)?.[1] ?? text;
}

/** `### Symptom: tokens are refused`, `### Error: connection refused`, `### "Address already in use"`. */
function fromHeadings(facts: Facts): EntryPoint[] {
  const points: EntryPoint[] = [];
  for (const [index, section] of facts.sections.entries()) {
    const [words = ''] = headingWords(section.title);
    const said = /^(symptoms?|errors?(?: message)?)\s*:\s*(\S.*)$/is.exec(words);
    if (said?.[1] !== undefined && said[2] !== undefined) {
      const range = section.headingRange;
      if (/^s/i.test(said[1])) points.push(...symptom(said[2], index, range));
      else points.push({ kind: 'error', text: unquoted(said[2]), section: index, range });
      continue;
    }
    if (section.parent !== null && says(facts.sections[section.parent]?.title ?? '', KNOWN_ERRORS)) {
      if (FAULT.test(words))
        points.push({ kind: 'error', text: unquoted(words), section: index, range: section.headingRange });
      continue;
    }
    const quoted = /^["“]([^"“”]{3,160})["”](?: (?:errors?|messages?))?$/.exec(
      section.title.slice(0, 200),
    )?.[1];
    if (quoted !== undefined)
      points.push({ kind: 'error', text: quoted, section: index, range: section.headingRange });
  }
  return points;
}

const COLUMN = {
  symptom: /^(?:symptoms?|what you see|observed symptoms?)$/i,
  error: /^error(?: (?:message|text))?s?$/i,
  alert: /^alerts?(?: name)?$|^alertname$/i,
  /** Beside an alert: what it means and what to do. */
  answer:
    /\bcauses?\b|\bactions?\b|\bresponse\b|\bmeaning\b|\brunbook\b|\bresolution\b|\bwhat to do\b|\bseverity\b|\bcondition\b/i,
};

function fromTable(table: Table): EntryPoint[] {
  const column = (pattern: RegExp) => table.header.findIndex((cell) => pattern.test(cell.text));
  const [symptoms, answer] = [column(COLUMN.symptom), column(COLUMN.answer)];
  // A message beside what to do about it is one of an error.
  const solved = table.header.some((cell) => /^(?:fix(?:es)?|solution|resolution|remedy)$/i.test(cell.text));
  const own = column(COLUMN.error);
  const errors = own === -1 && solved ? column(/^messages?$/i) : own;
  const alerts = answer === -1 ? -1 : column(COLUMN.alert);
  return table.rows.flatMap((row) => {
    const points: EntryPoint[] = [];
    const { section } = table;
    const [seen, error, alert] = [row[symptoms], row[errors], row[alerts]];
    if (seen !== undefined && isFilled(seen.text)) points.push(...symptom(seen.text, section, seen.range));
    // A column "Error" also counts them.
    if (error !== undefined && /\p{L}{3}/u.test(error.text))
      points.push({ kind: 'error', text: unquoted(error.text), section, range: error.range });
    if (alert !== undefined && /\p{L}{2}/u.test(alert.text) && isFilled(alert.text))
      points.push({ kind: 'alert', text: alert.text, section, range: alert.range });
    return points;
  });
}

const RULE =
  /^[ \t]*-[ \t]+(["']?)alert\1[ \t]*:[ \t]*(["']?)([A-Za-z_][^"'\n#]{1,99}?)\2[ \t\r]*(?:#.*)?$/gm;
const RULES_KEY = /^(?:alert(?:s|ing)?(?:_?rules?|_definitions|_thresholds)?|rules)$/i;
const CONDITION_KEY = /^(?:condition|expr(?:ession)?|threshold|query|trigger)$/i;
const MAX_BLOCK = 200_000;

/** Rules of Prometheus in any fence; maps and lists of alerts in YAML. */
function fromBlock(step: BlockStep, facts: Facts): EntryPoint[] {
  if (!/alert/i.test(step.content) || step.content.length > MAX_BLOCK) return [];
  const place = (start: number, end: number) => facts.source.range(step.toSource(start), step.toSource(end));
  const points: EntryPoint[] = [];
  for (const match of step.content.matchAll(RULE)) {
    const at = match.index + match[0].indexOf('-');
    const range = place(at, match.index + match[0].trimEnd().length);
    points.push({ kind: 'alert', text: match[3] ?? '', section: step.section, range });
  }
  if (step.effectiveLanguage !== 'yaml' || points.length > 0) return points;
  const visit = (node: YamlNode, below: boolean): void => {
    const inside = below || RULES_KEY.test(node.key ?? '');
    const has = (pattern: RegExp) => node.entries.find(({ key }) => pattern.test(key ?? ''));
    if (inside && has(CONDITION_KEY) !== undefined && has(/^(?:severity|priority)$/i) !== undefined) {
      const name = node.key ?? has(/^(?:name|alert|alertname|title)$/i)?.text;
      if (name !== null && name !== undefined && name !== '')
        points.push({ kind: 'alert', text: name, section: step.section, range: place(node.start, node.end) });
      return;
    }
    for (const child of [...node.entries, ...node.items]) visit(child, inside);
  };
  for (const root of yamlTree(step.content)) visit(root, false);
  return points;
}
