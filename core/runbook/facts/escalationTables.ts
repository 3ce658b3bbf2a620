/** Escalation in tables: by time, by role, by condition, and in a column of the severity table. */
import type { EscalationEntry, Table, TableCell } from '../types.ts';
import {
  elapsed,
  isAboutEscalation,
  label,
  readAfter,
  SOMEBODY,
  severityOf,
  timeIn,
} from './escalationWords.ts';
import type { Facts } from './facts.ts';
import { isSeverityName, splitSeverity } from './severity.ts';

const TIME_HEADER =
  /^(?:time(?: elapsed| since.*| frame| limit)?|timeframe|after|elapsed(?: time)?|when|duration|minutes?|t\+?|trigger time|threshold|wait(?: time)?|escalat\w+ (?:time|after))$/i;
const ACTION_HEADER =
  /action|escalat|notif|contact|who|step|then|do\b|recipient|audience|tell|inform|owner|role|responsib/i;
const CONDITION_HEADER =
  /^(?:condition|situation|trigger|scenario|when(?: to escalate)?|if|criteri(?:a|on)|event|issue|problem|reason)s?$/i;
const RECIPIENT_HEADER =
  /^(?:escalate|notify|page|call|contact|inform)\b|^escalation (?:to|target|contact|team)$|^who to\b/i;
const ROLE_HEADER =
  /^(?:role|team|service|component|area|issue domain|domain|category|system|issue type|type|level|escalation level|tier)$/i;
const ROLE_COLUMNS = /^(?:escalat\w*(?: (?:path|to|contact|point))?|next level|escalates to)$/i;
const NOTHING = /^(?:|[-–—]+|n\/?a|none|no|tbd|\?)$/i;

/** `Escalation (15 min)`: the time stands in the header. */
const TIMED_HEADER = /^escalat\w*\s*\([^()]*\d[^()]*\)$/i;

export function fromTable(table: Table, scaled: boolean, facts: Facts): EscalationEntry[] {
  if (scaled || table.header.some((cell) => TIMED_HEADER.test(cell.text))) return fromSeverityTable(table);
  const matrix = fromMatrix(table);
  if (matrix.length > 0) return matrix;
  const timed = fromTimeTable(table, facts);
  if (timed.length > 0) return timed;
  const conditions = fromConditionTable(table);
  return conditions.length > 0 ? conditions : fromRoleTable(table, facts);
}

/** `| Severity | 0 min | 15 min | 30 min |` with who is told then in the cells: one entry a cell. */
function fromMatrix(table: Table): EscalationEntry[] {
  const times = table.header.map(({ text }, index) => (index === 0 ? null : readAfter(text)));
  if (times.filter((time) => time?.kind === 'fixed').length < 2) return [];
  const entries: EscalationEntry[] = [];
  let people = 0;
  for (const row of table.rows) {
    const level = row[0]?.text ?? '';
    const severity = isSeverityName(level) ? splitSeverity(level).id : null;
    for (const [index, after] of times.entries()) {
      const cell = row[index];
      if (after?.kind !== 'fixed' || cell === undefined || NOTHING.test(cell.text)) continue;
      if (SOMEBODY.test(cell.text)) people++;
      const action = `${severity === null ? level : label(level)}: ${cell.text}`;
      entries.push({
        kind: severity === null ? 'time' : 'severity',
        severity,
        after,
        action,
        range: cell.range,
      });
    }
  }
  // Cells with numbers are a forecast or a measurement.
  return people * 2 > entries.length ? entries : [];
}

function rowRange(row: readonly TableCell[], table: Table) {
  const start = row[0]?.range.start ?? table.range.start;
  return { start, end: row.at(-1)?.range.end ?? start };
}

/** `| Time | Action |`. */
function fromTimeTable(table: Table, facts: Facts): EscalationEntry[] {
  const time = table.header.findIndex((cell) => TIME_HEADER.test(cell.text));
  if (time === -1) return [];
  const action = table.header.findIndex((cell, index) => index !== time && ACTION_HEADER.test(cell.text));
  if (action === -1) return [];
  const escalates = table.header.some((cell) => /escalat|notif/i.test(cell.text));
  if (!escalates && !facts.titles(table.section).some(isAboutEscalation)) return [];
  const entries: EscalationEntry[] = [];
  for (const row of table.rows) {
    const after = readAfter(row[time]?.text ?? '');
    if (after === null) continue;
    const told = row[action]?.text ?? '';
    const severity = row.map((cell) => severityOf(cell.text)).find((id) => id !== null) ?? null;
    entries.push({ kind: 'time', severity, after, action: told, range: rowRange(row, table) });
  }
  return entries;
}

/** `| Condition | Escalate To |` with "P1 not acknowledged in 5 min" in it. */
function fromConditionTable(table: Table): EscalationEntry[] {
  const condition = table.header.findIndex((cell) => CONDITION_HEADER.test(cell.text));
  const who = table.header.findIndex((cell) => RECIPIENT_HEADER.test(cell.text));
  if (condition === -1 || who === -1 || condition === who) return [];
  return table.rows.flatMap((row): EscalationEntry[] => {
    const text = row[condition]?.text ?? '';
    if (text === '' || NOTHING.test(row[who]?.text ?? '')) return [];
    return [
      {
        kind: 'condition',
        severity: severityOf(text),
        after: elapsed(text),
        action: `Escalate to ${row[who]?.text ?? ''}: ${text}`,
        range: rowRange(row, table),
      },
    ];
  });
}

/** `| Role | Primary | Secondary | Escalation |` in a section about it. */
function fromRoleTable(table: Table, facts: Facts): EscalationEntry[] {
  const role = table.header.findIndex((cell) => ROLE_HEADER.test(cell.text));
  const to = table.header.findIndex((cell, index) => index !== role && ROLE_COLUMNS.test(cell.text));
  if (role === -1 || to === -1) return [];
  if (!facts.titles(table.section).some(isAboutEscalation)) return [];
  return table.rows.flatMap((row): EscalationEntry[] => {
    const target = row[to]?.text ?? '';
    if (NOTHING.test(target) || (row[role]?.text ?? '') === '') return [];
    const names = row.flatMap((cell, index) =>
      index === role || NOTHING.test(cell.text) ? [] : [cell.text],
    );
    return [
      {
        kind: 'role',
        severity: null,
        after: timeIn(target),
        action: `${row[role]?.text ?? ''}: ${names.join(' → ')}`,
        range: rowRange(row, table),
      },
    ];
  });
}

/** A severity table with a column "Escalation", one entry a level; where times stand in headers, one a cell. */
function fromSeverityTable(table: Table): EscalationEntry[] {
  const severity = table.header.findIndex((_, index) =>
    table.rows.some((row) => isSeverityName(row[index]?.text ?? '')),
  );
  if (severity === -1) return [];
  const entries: EscalationEntry[] = [];
  for (const [index, header] of table.header.entries()) {
    if (!/escalat/i.test(header.text) || index === severity) continue;
    const named = readAfter(/\(([^()]+)\)/.exec(header.text)?.[1] ?? '');
    for (const row of table.rows) {
      const cell = row[index];
      const level = row[severity]?.text ?? '';
      if (cell === undefined || NOTHING.test(cell.text) || level === '') continue;
      entries.push({
        kind: 'severity',
        severity: splitSeverity(level).id,
        after: named ?? timeIn(cell.text),
        action: `${label(level)}: ${cell.text}`,
        range: cell.range,
      });
    }
  }
  return entries;
}
