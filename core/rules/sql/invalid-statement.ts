import { excerpt } from '../support/blocks.ts';
import { psqlTexts, splitSql } from '../support/psql.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Statements that no server takes, or not the one that they are sent to. */
export const invalidStatement: Rule = {
  id: 'sql/invalid-statement',
  title: 'A statement that the server refuses',
  severity: 'error',
  docs: {
    what: 'Reports SQL that is wrong for certain: `DELETE * FROM`, `INSERT` with more or fewer values than columns, and functions that PostgreSQL renamed in version 10; in `psql -c` also what only MySQL knows (`SHOW TABLES`, `USE`, `INTERVAL 5 MINUTE`, `LIMIT` behind `DELETE`) and a comma before `FROM`. `= NULL`, which is never true, is a warning, and so is `SET a = 1 AND b = 2`.',
    why: 'A query is written once and needed a year later. “syntax error at or near” says where it stopped, not what to write.',
    wrong: '```bash\npsql "$SHOP_URL" -c "DELETE FROM sessions WHERE expired LIMIT 1000"\n```',
    right:
      '```bash\npsql "$SHOP_URL" -c "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expired LIMIT 1000)"\n```',
    source: 'PostgreSQL documentation, SQL commands; release notes of PostgreSQL 10.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    if (block.effectiveLanguage === 'sql') {
      yield* faultsIn(block.content, 0, false);
      return;
    }
    for (const command of block.commands)
      if (!OTHERS.test(command.text))
        for (const { start, end } of psqlTexts(command.text))
          yield* faultsIn(command.text.slice(start, end), command.start + start, true);
  },
};

/** `psql` is the client of other servers too, which know other statements. */
const OTHERS =
  /pgbouncer|pgcat|odyssey|6432|cockroach|crdb|26257|redshift|5439|yugabyte|materialize|questdb|8812/i;

/** What is wrong with a text of SQL that begins at `base`. Placeholders and `…` make a statement a sketch: nothing is said then. */
function* faultsIn(sql: string, base: number, psql: boolean): Iterable<BlockReport> {
  if (/^\s*\\/.test(sql)) return;
  for (const { start, end } of splitSql(sql)) {
    if (end - start > LONGEST) continue;
    const text = blanked(sql.slice(start, end));
    if (/\.\.\.|…/.test(text)) continue;
    for (const form of psql ? [...anywhere, ...inPsql] : anywhere) {
      const fault = form(text);
      if (fault === undefined) continue;
      const from = base + start + fault.at;
      const at = { start: from, end: from + fault.length };
      yield {
        at,
        message: fault.message,
        severity: fault.severity ?? 'error',
        fixes:
          fault.write === undefined
            ? []
            : [
                {
                  title: `Write \`${fault.write}\``,
                  edits: [{ ...at, newText: fault.write }],
                  // What was refused would run: only a question may be mended unseen.
                  preferred: /^\s*(?:SELECT|EXPLAIN|WITH|SHOW)\b/i.test(text) && fault.severity !== 'warning',
                },
              ],
      };
      break;
    }
  }
}

/** A statement longer than this is not looked at. */
const LONGEST = 20_000;

interface Fault {
  /** Offset in the statement. */
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly severity?: 'warning';
  readonly write?: string;
}

type Form = (text: string) => Fault | undefined;

/** Strings without their words and comments as spaces, so that offsets stay. */
function blanked(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, (part) =>
    part.startsWith("'") ? `'${'_'.repeat(part.length - 2)}'` : ' '.repeat(part.length),
  );
}

function form(pattern: RegExp, message: string | ((at: string) => string), more: Partial<Fault> = {}): Form {
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    // The named part is the place; without one, all of it.
    const { at: part = found[0] } = found.groups ?? {};
    return {
      at: found.index + found[0].indexOf(part),
      length: part.length,
      message: typeof message === 'string' ? message : message(part),
      ...more,
    };
  };
}

/** PostgreSQL 10 gave `xlog` and `location` the names `wal` and `lsn`. */
const xlog: Form = (text) => {
  const found = /\bpg_\w*xlog\w*(?=\s*\()/i.exec(text);
  const old = found?.[0] ?? '';
  if (
    !/^pg_(?:current_xlog_(?:location|insert_location|flush_location)|last_xlog_(?:receive|replay)_location|switch_xlog|xlog_replay_(?:pause|resume)|is_xlog_replay_paused|xlogfile_name(?:_offset)?|xlog_location_diff)$/i.test(
      old,
    )
  )
    return undefined;
  const now = old
    .toLowerCase()
    .replace('xlogfile', 'walfile')
    .replace('xlog_location_diff', 'wal_lsn_diff')
    .replace('xlog', 'wal')
    .replace('location', 'lsn');
  return {
    at: found?.index ?? 0,
    length: old.length,
    message: `PostgreSQL has no \`${old}\` since version 10. It is \`${now}\` now.`,
    write: now,
  };
};

/** `INSERT INTO t (a, b) VALUES (1)`. */
const counts: Form = (text) => {
  const found = /^\s*INSERT\s+INTO\s+[\w."]+\s*\(([^()]*)\)\s*VALUES\s*\(/i.exec(text);
  if (found === null) return undefined;
  const at = found[0].length - 1;
  const values = splitList(text, at);
  const columns = (found[1] ?? '').split(',').length;
  if (values === null || values.count === columns || /[$<{]/.test(found[1] ?? '')) return undefined;
  return {
    at,
    length: values.end - at,
    message: `${columns} ${columns === 1 ? 'column' : 'columns'} and ${values.count} ${values.count === 1 ? 'value' : 'values'}: the server refuses the row. Give each column one value.`,
  };
};

/** The number of values between the parenthesis at `open` and its end; null where it has none, or variables that may be several. */
function splitList(text: string, open: number): { count: number; end: number } | null {
  let depth = 0;
  let count = 1;
  for (let i = open; i < text.length; i++) {
    const char = text[i];
    if (char === '(' || char === '[') depth++;
    else if (char === ']') depth--;
    else if (char === ')' && --depth === 0) return { count, end: i + 1 };
    else if (char === ',' && depth === 1) count++;
    else if (char === '$' || char === '<' || char === '{' || char === '\\') return null;
  }
  return null;
}

/** Outside of all parentheses: what is inside belongs to a query of its own. */
function outer(text: string): string {
  let depth = 0;
  return [...text]
    .map((char) => {
      if (char === '(') depth++;
      const kept = depth === 0 ? char : ' '.repeat(char.length);
      if (char === ')') depth = Math.max(0, depth - 1);
      return kept;
    })
    .join('');
}

const anywhere: readonly Form[] = [
  form(
    /^\s*DELETE\s+(?<at>\*)\s+FROM\b/i,
    'DELETE takes whole rows, and the server refuses the `*`. Leave it out.',
  ),
  counts,
  (text) =>
    /^\s*UPDATE\b/i.test(text) && !/\b(?:CASE|BETWEEN)\b/i.test(text)
      ? form(
          /\bSET\s+[\w."]+\s*=\s*[^\s,()=]+\s+(?<at>AND)\s+[\w."]+\s*=[^=]/i,
          'SET takes commas between columns. With AND this is one value, true or false, for the first of them.',
          { severity: 'warning' },
        )(outer(text).replace(/\bWHERE\b[\s\S]*$/i, ''))
      : undefined,
  form(
    /\b(?:WHERE|AND|OR|ON|HAVING)\s+[\w."]+\s*(?<at>(?:=|!=|<>)\s*NULL)\b/i,
    (at) =>
      `\`${excerpt(at, 20)}\` is never true, so no row is found. Write \`${at.startsWith('=') ? 'IS NULL' : 'IS NOT NULL'}\`.`,
    { severity: 'warning' },
  ),
  xlog,
];

const inPsql: readonly Form[] = [
  (text) =>
    /^\s*(?:DELETE|UPDATE)\b/i.test(text)
      ? form(
          /\b(?<at>LIMIT)\s+[\w$]+\s*$/i,
          'PostgreSQL has no LIMIT for DELETE and UPDATE. Choose the rows in a query of their own: `WHERE id IN (SELECT id … LIMIT n)`.',
        )(outer(text))
      : undefined,
  form(
    /^\s*(?<at>SHOW\s+(?:TABLES|DATABASES|SCHEMAS|FULL\s+PROCESSLIST|PROCESSLIST|COLUMNS|CREATE\s+TABLE|ENGINE|GRANTS|INDEX|MASTER\s+STATUS|SLAVE\s+STATUS|REPLICA\s+STATUS|STATUS|VARIABLES))\b/i,
    (at) => `\`${excerpt(at, 30)}\` is MySQL’s. ${instead(at)}`,
  ),
  form(/^\s*(?<at>USE)\s+\w+\s*$/i, '`USE` is MySQL’s. Name the database with `psql --dbname`.'),
  form(/^\s*(?<at>DESC(?:RIBE)?)\s+[\w.]+\s*$/i, '`DESCRIBE` is MySQL’s. Write `\\d TABLE`.'),
  form(
    /^\s*(?<at>KILL)\s+(?:QUERY\s+|CONNECTION\s+)?[\w$<>]+\s*$/i,
    '`KILL` is MySQL’s. Write `SELECT pg_terminate_backend(PID)`.',
  ),
  form(
    /\b(?<at>ON\s+DUPLICATE\s+KEY\s+UPDATE)\b/i,
    '`ON DUPLICATE KEY UPDATE` is MySQL’s. Write `ON CONFLICT (…) DO UPDATE SET …`.',
  ),
  (text) => {
    const found = /\bINTERVAL\s+(\d+)\s+(SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)\b/i.exec(text);
    if (found === null) return undefined;
    const [all, number = '', unit = ''] = found;
    const write = `INTERVAL '${number} ${unit.toLowerCase()}'`;
    return {
      at: found.index,
      length: all.length,
      message: `PostgreSQL wants the length in quotes: \`${write}\`.`,
      write,
    };
  },
  form(
    /^\s*SELECT\b[^;()]*?(?<at>,)\s*FROM\s/i,
    'The comma before FROM is one too many: the server waits for another column.',
  ),
  form(
    /^\s*SELECT\s+(?<at>pg_(?:terminate|cancel)_backend\s*\(\s*pid\s*\))\s*$/i,
    '`pid` is a column, and the statement reads no table. Write the number, or add `FROM pg_stat_activity WHERE …`.',
  ),
];

function instead(words: string): string {
  if (/TABLES/i.test(words) && !/CREATE/i.test(words)) return 'Write `\\dt`.';
  if (/DATABASES|SCHEMAS/i.test(words)) return 'Write `\\l`.';
  if (/COLUMNS|CREATE|INDEX/i.test(words)) return 'Write `\\d TABLE`.';
  if (/PROCESSLIST/i.test(words)) return 'Ask `pg_stat_activity`.';
  if (/MASTER|SLAVE|REPLICA/i.test(words)) return 'Ask `pg_stat_replication` or `pg_stat_wal_receiver`.';
  return /VARIABLES/i.test(words)
    ? 'Ask `pg_settings`.'
    : 'PostgreSQL keeps such things in its `pg_stat_…` views.';
}
