import type { SeverityLevel, SeverityScale, Table } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { codeOf, gravity } from '../support/levels.ts';
import type { Report, Rule } from '../types.ts';

/** A level that a scale defines twice. */
export const duplicateLevel: Rule = {
  id: 'severity/duplicate-level',
  title: 'A level is defined twice',
  severity: 'warning',
  docs: {
    what: 'Reports a level that stands twice in one severity scale under different names (`P1 - Critical` and `P1 - High`), or a row that repeats the level before it where the next number is missing (`P1`, `P2`, `P2`, `P4`). Two rows of one level for two cases (`P1 - Data loss`, `P1 - Outage`) are fine.',
    why: 'Whoever declares an incident picks a level by its name. Of two with the same name, one has the wrong response time.',
    wrong: '| Severity | Response time |\n|---|---|\n| P1 - Critical | 15 minutes |\n| P1 - High | 1 hour |',
    right: '| Severity | Response time |\n|---|---|\n| P1 - Critical | 15 minutes |\n| P2 - High | 1 hour |',
  },
  *check({ runbook }): Iterable<Report> {
    for (const scale of runbook.severityScales) yield* twice(scale);
    for (const table of runbook.tables) yield* copied(table);
  },
};

function* twice(scale: SeverityScale): Iterable<Report> {
  const known = new Map<string, SeverityLevel>();
  for (const level of scale.levels) {
    const key = codeOf(level.id)?.key ?? level.id.toLowerCase();
    const first = known.get(key);
    if (first === undefined) known.set(key, level);
    // Names that are no words of severity tell two cases of one level apart.
    else if (isPlain(first) && isPlain(level))
      yield {
        range: level.range,
        message: `${level.id} is defined twice in this scale: on line ${first.range.start.line + 1}${named(first)} and here${named(level)}. Give one of them another level.`,
      };
  }
}

function isPlain({ name }: SeverityLevel): boolean {
  return name === null || gravity(name) !== null;
}

function named({ name }: SeverityLevel): string {
  return name === null ? '' : ` as “${excerpt(name, 30)}”`;
}

/**
 * A table that gives each level one row, and one of them twice: the same words in its first column, and the number that
 * should follow is missing. Two cases of a level would not skip the next one.
 */
function* copied(table: Table): Iterable<Report> {
  const [head] = table.header;
  if (
    head === undefined ||
    !/^(?:incident |alert )?(?:severity|priority|sev|level)(?: level)?$/i.test(head.text)
  )
    return;
  if (table.rows.length < 3 || !table.header.some(({ text }) => /\bresponse\b|\bsla\b/i.test(text))) return;
  const codes = table.rows.map((row) => codeOf(/^[\p{L}]+[ _-]?\d/u.exec(row[0]?.text ?? '')?.[0] ?? ''));
  const found: number[] = [];
  for (let at = 1; at < codes.length; at++) {
    const [before, here, after] = [codes[at - 1], codes[at], codes[at + 1]];
    if (!before || !here || before.family !== here.family) return;
    if (here.number === before.number + 1) continue;
    if (here.number !== before.number || after?.number !== here.number + 2) return;
    if (table.rows[at]?.[0]?.text !== table.rows[at - 1]?.[0]?.text) return;
    found.push(at);
    // The row after the copy is in order again.
    at++;
  }
  for (const at of found) {
    const cell = table.rows[at]?.[0];
    const code = codes[at];
    if (cell === undefined || !code) continue;
    yield {
      range: cell.range,
      message: `${code.text} stands in two rows, and number ${code.number + 1} in none. Give this row the level that is missing.`,
    };
  }
}
