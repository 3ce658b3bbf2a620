/** Escalation: after which time who is told, in tables, lists, a column of the severity table and YAML. */

import type { Duration, EscalationEntry, SeverityScale, Table } from '../types.ts';
import { leadingDuration, parseDuration } from './duration.ts';
import type { FactLine, Facts } from './facts.ts';
import { isSeverityName, splitSeverity } from './severity.ts';

const HEADING = /escalat|communicat|notif|on-?call|paging|who to (?:call|tell)|stakeholder|update/i;
const TIME_HEADER =
  /^(?:time(?: elapsed| since.*| frame)?|timeframe|after|elapsed(?: time)?|when|duration|minutes?|t\+?|trigger time|threshold)$/i;
const ACTION_HEADER =
  /action|escalat|notif|contact|who|step|then|do\b|recipient|audience|tell|inform|owner|role/i;

/** `Escalation (15 min)`: the time stands in the header. */
const TIMED_HEADER = /^escalat\w*\s*\([^()]*\d[^()]*\)$/i;

/** Entries in document order. */
export function readEscalation(facts: Facts, scales: readonly SeverityScale[]): EscalationEntry[] {
  const entries: EscalationEntry[] = [];
  for (const table of facts.tables) {
    const scaled = scales.some((scale) => scale.range.start.offset === table.range.start.offset);
    if (scaled || table.header.some((cell) => TIMED_HEADER.test(cell.text)))
      entries.push(...fromSeverityTable(table));
    else entries.push(...fromTimeTable(table, facts), ...fromConditionTable(table));
  }
  for (const line of facts.lines) {
    const entry = line.list === null ? null : (fromTimedItem(line, facts) ?? fromCondition(line, facts));
    if (entry !== null) entries.push(entry);
  }
  for (const { facts: yaml, range } of facts.yaml) {
    for (const level of yaml.scales.flatMap((scale) => scale.levels)) {
      if (level.escalation === null) continue;
      const after = parseDuration(level.escalation.text);
      if (after.kind === 'unreadable') continue;
      entries.push({
        after,
        action: `Escalate ${label(level.key)}`,
        range: range(level.escalation.start, level.escalation.end),
      });
    }
  }
  return entries.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function label(severity: string): string {
  const { id, name } = splitSeverity(severity);
  return name === null ? id : `${id} - ${name}`;
}

/** `| Time | Action |`. */
function fromTimeTable(table: Table, facts: Facts): EscalationEntry[] {
  const time = table.header.findIndex((cell) => TIME_HEADER.test(cell.text));
  if (time === -1) return [];
  const action = table.header.findIndex((cell, index) => index !== time && ACTION_HEADER.test(cell.text));
  if (action === -1) return [];
  const escalates = table.header.some((cell) => /escalat|notif/i.test(cell.text));
  if (!escalates && !facts.titles(table.section).some((title) => HEADING.test(title))) return [];
  const entries: EscalationEntry[] = [];
  for (const row of table.rows) {
    const after = readAfter(row[time]?.text ?? '');
    const first = row[0]?.range.start;
    const last = row.at(-1)?.range.end;
    if (after === null || first === undefined || last === undefined) continue;
    entries.push({ after, action: row[action]?.text ?? '', range: { start: first, end: last } });
  }
  return entries;
}

function readAfter(text: string): Duration | null {
  const after = parseDuration(text.replace(/^(?:T\s*\+|\+|after|>)\s*/i, ''));
  return after.kind === 'unreadable' ? null : { ...after, text: text.trim() };
}

/** `| Condition | Escalate To |` with "P1 not acknowledged in 5 min" in it. */
function fromConditionTable(table: Table): EscalationEntry[] {
  const condition = table.header.findIndex((cell) =>
    /^(?:condition|situation|trigger|when|if|criteri(?:a|on))$/i.test(cell.text),
  );
  const who = table.header.findIndex((cell) => /^(?:escalate|notify|page|call|contact)\b/i.test(cell.text));
  if (condition === -1 || who === -1 || condition === who) return [];
  return table.rows.flatMap((row) => {
    const time = ELAPSED.exec(row[condition]?.text ?? '')?.[1];
    const first = row[0]?.range.start;
    const last = row.at(-1)?.range.end;
    if (time === undefined || first === undefined || last === undefined) return [];
    const action = `Escalate to ${row[who]?.text ?? ''}: ${row[condition]?.text ?? ''}`;
    return [{ after: parseDuration(time), action, range: { start: first, end: last } }];
  });
}

/** A severity table with a column "Escalation": a cell that names a time escalates after it. */
function fromSeverityTable(table: Table): EscalationEntry[] {
  const severity = table.header.findIndex((_, index) =>
    table.rows.some((row) => isSeverityName(row[index]?.text ?? '')),
  );
  const entries: EscalationEntry[] = [];
  for (const [index, header] of table.header.entries()) {
    if (!/escalat/i.test(header.text)) continue;
    const named = readAfter(/\(([^()]+)\)/.exec(header.text)?.[1] ?? '');
    for (const row of table.rows) {
      const cell = row[index];
      if (cell === undefined || /^(?:|-+|–|—|n\/a|none)$/i.test(cell.text)) continue;
      const after = named ?? timeIn(cell.text);
      if (after === null) continue;
      entries.push({ after, action: `${label(row[severity]?.text ?? '')}: ${cell.text}`, range: cell.range });
    }
  }
  return entries;
}

/** A cell that is a time, begins with one, or ends in "after" or "within" one. */
function timeIn(text: string): Duration | null {
  const whole = parseDuration(text);
  if (whole.kind !== 'unreadable') return whole;
  if (/^immediate(?:ly)?\b/i.test(text))
    return { text: /^\w+/.exec(text)?.[0] ?? text, seconds: 0, kind: 'fixed' };
  const inside = /\b(?:after|within|in)\s+(\d[^,;.()]{0,20})/i.exec(text)?.[1];
  return leadingDuration(text)?.after ?? (inside === undefined ? null : readAfter(inside));
}

/** `1. **15 minutes**: Management notification` under a heading about escalation or communication. */
function fromTimedItem(line: FactLine, facts: Facts): EscalationEntry | null {
  if (!facts.titles(line.section).some((title) => HEADING.test(title))) return null;
  const timed = leadingDuration(line.text);
  return timed === null ? null : { after: timed.after, action: timed.rest, range: line.range };
}

const ELAPSED =
  /(?:>=?|≥|\bafter|\blonger than|\bmore than|\bover|\bexceed(?:s|ing)?|(?:\bun|\bnot |n't )\w{0,12}(?:ed|e) (?:for|in|within|after))\s*(\d+(?:[.,]\d+)?\s*(?:minutes?|mins?|hours?|hrs?|h|days?)\b)/i;

/** "Escalate to X if:" above "Incident >1 hour without resolution". Rates and budgets with times in them are not meant. */
function fromCondition(line: FactLine, facts: Facts): EscalationEntry | null {
  const who = /\b(?:escalate|page|notify|call)\b.*\bif\b|\bescalat\w+ .*\b(?:when|if)\b/i.test(
    line.label ?? '',
  )
    ? line.label
    : null;
  if (who === null || !facts.titles(line.section).some((title) => HEADING.test(title))) return null;
  if (/\b(?:rate|latency|usage|budget|cpu|memory|queue)\b/i.test(line.text)) return null;
  const time = ELAPSED.exec(line.text)?.[1];
  if (time === undefined) return null;
  const action = who.replace(/\s*\b(?:if|when)\b[\s:]*$/i, '');
  return { after: parseDuration(time), action: `${action}: ${line.text}`, range: line.range };
}
