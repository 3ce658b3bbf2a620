/** SQL that changes rows and shapes, and how it is undone. From the manuals of PostgreSQL, MySQL and ClickHouse. */
import { judgeFunctions } from './sqlFunctions.ts';
import { has, label, objectOf, objectTarget } from './sqlNames.ts';
import type { SqlToken } from './sqlTokens.ts';
import { restricts } from './sqlWhere.ts';
import { type Details, highest, type Verdict, verdict } from './verdict.ts';

/** An UPDATE: every row where no WHERE restricts it. */
export function judgeUpdate(tokens: readonly SqlToken[]): Verdict {
  const details = ofRows(tokens);
  if (restricts(tokens)) {
    return highest(
      verdict('mutate', 'SQL UPDATE changes rows', { scope: 'many', ...details }),
      judgeFunctions(tokens),
    );
  }
  return verdict('destroy', 'SQL UPDATE without a real WHERE changes every row', {
    scope: 'all',
    ...details,
  });
}

/** A DELETE: every row where no WHERE restricts it. */
export function judgeDelete(tokens: readonly SqlToken[]): Verdict {
  const details = ofRows(tokens);
  return restricts(tokens)
    ? verdict('destroy', 'SQL DELETE removes rows', { scope: 'many', ...details })
    : verdict('destroy', 'SQL DELETE without a real WHERE removes every row', { scope: 'all', ...details });
}

/** Rows that are changed in place: a copy of them is the way back, a count of them the rehearsal. */
function ofRows(tokens: readonly SqlToken[]): Details {
  const table = objectOf(tokens);
  const where = has(tokens, 'WHERE') ? ' with the same WHERE' : '';
  const copy =
    table === undefined ? 'a copy of the rows' : `CREATE TABLE ${table}_before AS SELECT * FROM ${table}`;
  return {
    targets: objectTarget(tokens),
    preview: `SELECT count(*) FROM ${table ?? 'the same table'}${where}`,
    captureFirst: `${copy}${where}`,
    inverse: 'ROLLBACK while the transaction is open, else put the rows back from that copy',
  };
}

/** An ALTER that breaks what relies on the old shape, or loses data; undefined where it only adds or sets. */
export function judgeAlter(tokens: readonly SqlToken[]): Verdict | undefined {
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const next = tokens[i + 1]?.value ?? '';
    if (token.value === 'DROP' && !/^(DEFAULT|NOT|IDENTITY|EXPRESSION)$/.test(next))
      return alterDestroys(tokens, 'DROP');
    if (token.value === 'RENAME') return alterDestroys(tokens, 'RENAME');
    if (token.value === 'TRUNCATE' || token.value === 'UNLOGGED') return alterDestroys(tokens, token.value);
    if (token.value === 'TYPE' && retypes(tokens, i)) return alterDestroys(tokens, 'TYPE');
    if ((token.value === 'MODIFY' || token.value === 'CHANGE') && tokens[1]?.value === 'TABLE')
      return alterDestroys(tokens, token.value);
    if (token.value === 'DELETE' && tokens[1]?.value === 'TABLE') return alterDestroys(tokens, 'DELETE');
    if (token.value === 'RESETLOGS') return alterDestroys(tokens, 'RESETLOGS');
    if (/^(OFFLINE|DISMOUNT|IMMEDIATE)$/.test(token.value) && tokens[1]?.value === 'DATABASE')
      return alterDestroys(tokens, token.value);
  }
  // SQL Server's `ALTER TABLE t ALTER COLUMN c int` names a type at once.
  const column = tokens.findIndex(
    (t, i) => i > 1 && t.value === 'COLUMN' && tokens[i - 1]?.value === 'ALTER',
  );
  if (column > 0 && /^(word|name)$/.test(tokens[column + 2]?.kind ?? '')) {
    const word = tokens[column + 2]?.value ?? '';
    if (!/^(SET|DROP|ADD|RESET|RESTART|TYPE|COMMENT)$/.test(word)) return alterDestroys(tokens, 'COLUMN');
  }
  return undefined;
}

/** `ALTER [COLUMN] c [SET DATA] TYPE int`, and not a column of that name. */
function retypes(tokens: readonly SqlToken[], at: number): boolean {
  let from = at - 1;
  while (from > 1 && tokens[from]?.value !== ',' && tokens[from]?.value !== 'ALTER') from--;
  return from > 1 && tokens[from]?.value === 'ALTER' && at - from > 1;
}

function alterDestroys(tokens: readonly SqlToken[], word: string): Verdict {
  return verdict('destroy', `SQL ALTER … ${word} breaks what relies on the old shape`, {
    targets: objectTarget(tokens),
    captureFirst:
      'a dump of the schema (pg_dump --schema-only, SHOW CREATE TABLE), and of the data that goes',
    inverse:
      word === 'RENAME'
        ? 'RENAME it back'
        : 'the reverse ALTER; data that is gone comes back only from the dump',
  });
}

/** `CREATE OR REPLACE TABLE`; what else is replaced holds no data. */
export function judgeCreate(tokens: readonly SqlToken[]): Verdict | undefined {
  return tokens[1]?.value === 'OR' && has(tokens.slice(0, 6), 'TABLE')
    ? verdict('destroy', 'SQL CREATE OR REPLACE TABLE drops the table that stands there', {
        captureFirst: 'a dump of the table that stands there',
      })
    : undefined;
}

/** How a change is undone, and what to note for that first. */
export function undoOf(tokens: readonly SqlToken[]): Details {
  const name = objectOf(tokens);
  const kind = tokens[1]?.value ?? '';
  switch (tokens[0]?.value) {
    case 'CREATE': {
      if (has(tokens, 'REPLACE'))
        return {
          captureFirst: 'the definition from before',
          inverse: 'CREATE it again from the definition from before',
        };
      const what = tokens.find((token, i) => i > 0 && CREATED.test(token.value))?.value;
      return name === undefined || what === undefined ? {} : { inverse: `DROP ${what} ${name}` };
    }
    case 'DROP':
    case 'TRUNCATE':
      return /^(TABLE|DATABASE|SCHEMA|KEYSPACE|TABLESPACE|OWNED|MATERIALIZED|COLUMN)$/.test(kind) ||
        tokens[0].value === 'TRUNCATE'
        ? {
            captureFirst: 'a dump of what goes (pg_dump, mysqldump), restored once elsewhere',
          }
        : {
            captureFirst: 'its definition (\\d+, SHOW CREATE)',
            inverse: 'CREATE it again from its definition',
          };
    case 'INSERT':
      return { inverse: 'DELETE the rows that it inserted, by their keys' };
    case 'GRANT':
      return { inverse: 'REVOKE the same' };
    case 'REVOKE':
      return { captureFirst: 'what is granted now (\\dp, SHOW GRANTS)', inverse: 'GRANT the same again' };
    case 'ALTER': {
      const setting = tokens[3]?.text;
      if (kind === 'SYSTEM' && tokens[2]?.value === 'SET' && setting)
        return {
          captureFirst: `SHOW ${setting}`,
          inverse: `ALTER SYSTEM SET ${setting} to the value from before`,
        };
      if (kind === 'TABLE' && has(tokens, 'ADD')) return { inverse: `${label(tokens)} … DROP what it adds` };
      return {};
    }
    case 'SET': {
      const variable = tokens[2]?.text;
      return /^(GLOBAL|PERSIST)$/.test(kind) && variable
        ? {
            captureFirst: `SELECT @@GLOBAL.${variable}`,
            inverse: `SET ${kind} ${variable} to the value from before`,
          }
        : {};
    }
    default:
      return {};
  }
}

const CREATED =
  /^(TABLE|INDEX|VIEW|DATABASE|SCHEMA|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER|TYPE|EXTENSION|ROLE|USER|PUBLICATION|SUBSCRIPTION|KEYSPACE|EVENT)$/;
