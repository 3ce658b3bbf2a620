import type { ShellCommand } from '../../shell/types.ts';
import { placed } from '../blockReports.ts';
import { blocksOf, excerpt, perBlock } from '../support/blocks.ts';
import { type PsqlText, psqlTexts, type SqlPart, splitSql } from '../support/psql.ts';
import type { BlockFix, BlockReport, Report, Rule } from '../types.ts';

/** Statements that PostgreSQL refuses inside a transaction, sent together with others. */
export const notInTransaction: Rule = {
  id: 'sql/not-in-transaction',
  title: 'A statement cannot run inside a transaction',
  severity: 'error',
  docs: {
    what: 'Reports `psql -c` with several statements of which one cannot run inside a transaction block: `VACUUM`, `CREATE INDEX CONCURRENTLY`, `REINDEX … CONCURRENTLY`, `CREATE` or `DROP DATABASE`, `ALTER SYSTEM` and the like. `psql` sends the text of one `-c` in one piece, and the server makes it one transaction.',
    why: 'The server refuses the statement, and nothing else of the text is done either.',
    wrong: '```bash\npsql "$SHOP_URL" -c "VACUUM orders; VACUUM items;"\n```',
    right: '```bash\npsql "$SHOP_URL" -c "VACUUM orders;" -c "VACUUM items;"\n```',
    source:
      'PostgreSQL documentation: psql, option -c; protocol flow, multiple statements in a simple query.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const reports = refused(block);
      if (reports.length === 0 || (!block.runnable && block.role !== 'listing')) continue;
      for (const report of reports) yield placed(runbook, block, report);
    }
  },
};

const refused = perBlock(({ commands }): readonly BlockReport[] =>
  commands.flatMap((command) => psqlTexts(command.text).flatMap((text) => refusedIn(command, text) ?? [])),
);

function refusedIn(command: ShellCommand, text: PsqlText): BlockReport | null {
  const sql = command.text.slice(text.start, text.end);
  // A command of psql's own takes the whole text.
  if (/^\s*\\/.test(sql)) return null;
  const parts = splitSql(sql);
  if (parts.length < 2 && !(text.single && parts.length === 1)) return null;
  const part = parts.find(({ start, end }) => refuses(sql.slice(start, end)));
  if (part === undefined) return null;
  const base = command.start + text.start;
  const shown = `\`${excerpt(sql.slice(part.start, part.end), 40)}\``;
  const edits = text.single ? [] : split(sql, parts, text, base);
  return {
    at: { start: base + part.start, end: base + part.end },
    message: text.single
      ? `${shown} cannot run inside a transaction, and \`--single-transaction\` makes one. Run it by itself.`
      : `${shown} cannot run inside a transaction, and psql sends the ${parts.length} statements of this -c as one. Give each a -c of its own.`,
    fixes:
      edits.length === 0 ? [] : [{ title: 'Give each statement a -c of its own', edits, preferred: true }],
  };
}

/** The forms that call `PreventInTransactionBlock` in PostgreSQL 17. */
const forms: readonly RegExp[] = [
  /^VACUUM\b/i,
  /^(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE)\s/i,
  /^CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s/i,
  /^DROP\s+INDEX\s+CONCURRENTLY\s/i,
  /^REINDEX\s+(?:\([^)]{0,100}\)\s*)?(?:(?:INDEX|TABLE)\s+CONCURRENTLY|SCHEMA|DATABASE|SYSTEM)\s/i,
  /^REINDEX\s*\([^)]{0,100}\bCONCURRENTLY\b/i,
  /^ALTER\s+SYSTEM\s/i,
  /^ALTER\s+DATABASE\s+\S{1,100}\s+SET\s+TABLESPACE\s/i,
  /^DISCARD\s+ALL\s*$/i,
  /^CLUSTER\s*$/i,
];

function refuses(statement: string): boolean {
  const head = statement.slice(0, 300);
  return forms.some((form) => form.test(head));
}

/** Between two statements the quote is closed and opened again. None where a comment stands between them. `base` is where the SQL begins. */
function split(sql: string, parts: readonly SqlPart[], { quote }: PsqlText, base: number): BlockFix['edits'] {
  if (quote === '') return [];
  const edits: BlockFix['edits'][number][] = [];
  for (let i = 1; i < parts.length; i++) {
    const from = parts[i - 1]?.end ?? 0;
    const to = parts[i]?.start ?? 0;
    const gap = sql.slice(from, to);
    if (!/^\s*;\s*$/.test(gap)) return [];
    edits.push({
      start: base + from + gap.indexOf(';') + 1,
      end: base + to,
      newText: `${quote} -c ${quote}`,
    });
  }
  return edits;
}
