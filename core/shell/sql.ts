/** What SQL would do, statement by statement. Written from the manuals of PostgreSQL, MySQL, SQLite and SQL Server. */
import { isDestroyingFunction, isHarmlessFunction, isMutatingFunction, NO_FUNCTION } from './sqlFunctions.ts';
import { type SqlReading, type SqlToken, sqlStatements } from './sqlTokens.ts';
import type { Classification } from './types.ts';
import { highest, NOTHING, toClassification, unknown, type Verdict, verdict } from './verdict.ts';

/** The classification of SQL text: the highest over its statements. */
export function classifySql(sql: string): Classification {
  return toClassification(judgeSql(sql));
}

/** The same as a verdict. */
export function judgeSql(sql: string): Verdict {
  const usual = judgeReading(sql, { mysql: false });
  // Where databases read the text differently, the worse reading counts.
  return /#|\\'|--\S/.test(sql) ? highest(usual, judgeReading(sql, { mysql: true })) : usual;
}

/** Words that begin SQL and no program: typed into a shell they are a mistake. */
export function startsLikeSql(word: string): boolean {
  return /^(SELECT|INSERT|UPDATE|DELETE|DROP|TRUNCATE|ALTER|CREATE|VACUUM|REINDEX|GRANT|REVOKE|WITH|BEGIN|COMMIT|ROLLBACK)$/.test(
    word,
  );
}

function judgeReading(sql: string, reading: SqlReading): Verdict {
  let result = NOTHING;
  for (const statement of sqlStatements(sql, reading)) result = highest(result, judgeStatement(statement));
  return result;
}

function judgeStatement(tokens: readonly SqlToken[]): Verdict {
  let at = 0;
  while (tokens[at]?.kind === 'symbol' && tokens[at]?.value === '(') at++;
  const first = tokens[at];
  if (!first) return NOTHING;
  const rest = tokens.slice(at);
  if (first.kind === 'meta') return judgeMeta(first.value);
  let result: Verdict;
  if (first.kind !== 'word') {
    result = unknown(first.kind === 'param' ? 'the SQL text is a variable' : 'the SQL is not understood');
  } else {
    const judge = STATEMENTS[first.value];
    result = judge ? judge(rest) : unknown(`SQL ${first.value} is in no table`);
  }
  const meta = rest.find((token) => token.kind === 'meta');
  if (meta && meta !== first) result = highest(result, judgeMeta(meta.value));
  return result;
}

type StatementJudge = (tokens: readonly SqlToken[]) => Verdict;

const reads: StatementJudge = (tokens) => judgeQuery(tokens);
const session: StatementJudge = (tokens) =>
  verdict('session', `SQL ${tokens[0]?.value} changes only the session`);
const mutates: StatementJudge = (tokens) =>
  highest(verdict('mutate', `SQL ${label(tokens)} changes the database`), judgeFunctions(tokens));
const destroys: StatementJudge = (tokens) =>
  verdict('destroy', `SQL ${label(tokens)} destroys`, {
    scope: has(tokens, 'DATABASE') || has(tokens, 'SCHEMA') || has(tokens, 'CASCADE') ? 'all' : 'one',
  });
const unreadable: StatementJudge = (tokens) => {
  const word = tokens[0]?.value;
  let result = unknown(`SQL ${word} runs code that is not read`);
  for (const token of tokens) {
    if (token.kind !== 'string') continue;
    const words = token.value.toUpperCase();
    if (/\b(DELETE|DROP|TRUNCATE)\b/.test(words))
      result = highest(result, verdict('destroy', `SQL ${word} holds a statement that destroys`));
  }
  return result;
};

const STATEMENTS: Readonly<Record<string, StatementJudge>> = {
  SELECT: reads,
  WITH: reads,
  VALUES: reads,
  TABLE: reads,
  SHOW: reads,
  DESCRIBE: reads,
  DESC: reads,
  FETCH: reads,
  HELP: reads,
  CHECK: reads,
  CHECKSUM: reads,
  STATUS: reads,
  LIST: reads,
  PRINT: reads,
  EXPLAIN: judgeExplain,
  ANALYZE: (tokens) => (isDml(tokens[1]) ? judgeStatement(tokens.slice(1)) : mutates(tokens)),
  ANALYSE: mutates,
  INSERT: (tokens) => (tokens[1]?.value === 'OVERWRITE' ? destroys(tokens) : judgeInsert(tokens)),
  UPSERT: mutates,
  REPLACE: mutates,
  UPDATE: judgeUpdate,
  DELETE: judgeDelete,
  MERGE: (tokens) =>
    tokens.some((t, i) => t.value === 'DELETE' && tokens[i - 1]?.value === 'THEN')
      ? destroys(tokens)
      : mutates(tokens),
  TRUNCATE: destroys,
  DROP: destroys,
  PURGE: destroys,
  SHUTDOWN: destroys,
  REASSIGN: destroys,
  LOAD: destroys,
  RESTORE: destroys,
  ALTER: judgeAlter,
  RENAME: destroys,
  CREATE: mutates,
  GRANT: mutates,
  REVOKE: mutates,
  COMMENT: mutates,
  VACUUM: (tokens) =>
    has(tokens, 'FULL') || has(tokens, 'INTO')
      ? verdict('destroy', 'SQL VACUUM FULL locks the table for as long as it takes')
      : mutates(tokens),
  REINDEX: mutates,
  REFRESH: mutates,
  CLUSTER: mutates,
  OPTIMIZE: mutates,
  REPAIR: mutates,
  CHECKPOINT: mutates,
  LOCK: mutates,
  UNLOCK: mutates,
  NOTIFY: mutates,
  KILL: mutates,
  FLUSH: mutates,
  STOP: mutates,
  CHANGE: mutates,
  IMPORT: mutates,
  INSTALL: mutates,
  BACKUP: mutates,
  SYSTEM: mutates,
  RESET: (tokens) =>
    /^(MASTER|SLAVE|REPLICA|BINARY|PERSIST)$/.test(tokens[1]?.value ?? '')
      ? destroys(tokens)
      : session(tokens),
  SET: (tokens) =>
    /^(GLOBAL|PERSIST|PERSIST_ONLY|PASSWORD|@@GLOBAL.*)$/i.test(tokens[1]?.value ?? '')
      ? mutates(tokens)
      : session(tokens),
  START: (tokens) => (tokens[1]?.value === 'TRANSACTION' ? session(tokens) : mutates(tokens)),
  BEGIN: session,
  COMMIT: (tokens) => (tokens[1]?.value === 'PREPARED' ? mutates(tokens) : session(tokens)),
  END: session,
  ROLLBACK: session,
  ABORT: session,
  SAVEPOINT: session,
  RELEASE: session,
  DISCARD: session,
  USE: session,
  LISTEN: session,
  UNLISTEN: session,
  CLOSE: session,
  MOVE: session,
  DEALLOCATE: session,
  DELIMITER: session,
  GO: session,
  EXIT: session,
  QUIT: session,
  ATTACH: session,
  DETACH: session,
  CONNECT: session,
  DECLARE: (tokens) => {
    const query = tokens.findIndex((token) => token.value === 'FOR');
    return query > 0 ? judgeStatement(tokens.slice(query + 1)) : session(tokens);
  },
  PREPARE: (tokens) => {
    const query = tokens.findIndex((token) => token.value === 'AS');
    return query > 0 ? judgeStatement(tokens.slice(query + 1)) : unreadable(tokens);
  },
  COPY: judgeCopy,
  UNLOAD: mutates,
  EXPORT: mutates,
  PRAGMA: (tokens) =>
    tokens.some((token) => token.value === '=') ||
    /^(WAL_CHECKPOINT|OPTIMIZE|INCREMENTAL_VACUUM)$/.test(tokens[1]?.value ?? '')
      ? mutates(tokens)
      : reads(tokens),
  DO: unreadable,
  CALL: unreadable,
  EXEC: unreadable,
  EXECUTE: unreadable,
  SOURCE: unreadable,
};

/** A query reads, unless a part of it writes. */
function judgeQuery(tokens: readonly SqlToken[]): Verdict {
  let result = verdict('read', `SQL ${tokens[0]?.value} reads`, { readsSecrets: tokens.some(isSecretTable) });
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.value === '(' && token.kind === 'symbol') depth++;
    if (token.value === ')' && token.kind === 'symbol') depth--;
    if (token.kind !== 'word') continue;
    const before = tokens[i - 1];
    if (
      /^(INSERT|UPDATE|DELETE|MERGE)$/.test(token.value) &&
      before?.kind === 'symbol' &&
      /[()]/.test(before.value)
    ) {
      // A common table expression that writes, or the statement behind the expressions.
      result = highest(result, judgeStatement(enclosed(tokens, i)));
    }
    if (token.value === 'INTO' && depth === 0 && tokens[0]?.value !== 'SHOW') {
      result = highest(result, verdict('mutate', 'SQL SELECT … INTO writes its result'));
    }
  }
  return highest(result, judgeFunctions(tokens));
}

/** Functions that are called: those that write, and those that nobody knows. */
function judgeFunctions(tokens: readonly SqlToken[]): Verdict {
  let result = NOTHING;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (next?.kind !== 'symbol' || next.value !== '(') continue;
    if (token.kind !== 'word' && token.kind !== 'name') continue;
    const name = token.value.toUpperCase();
    if (token.kind === 'word' && NO_FUNCTION.has(name)) continue;
    // `t (a, b)` behind INTO, FROM, JOIN or TABLE names columns; `AS t(a)` and `WITH t (a) AS` do too.
    if (
      /^(INTO|TABLE|AS|WITH|RECURSIVE|INDEX|ON|REFERENCES|KEY|EXISTS|VIEW|COPY|TYPE|USING|CONSTRAINT)$/.test(
        tokens[i - 1]?.value ?? '',
      )
    )
      continue;
    if (tokens[i - 1]?.value === ',' && /^AS$/.test(afterParens(tokens, i + 1)?.value ?? '')) continue;
    if (isDestroyingFunction(name))
      result = highest(result, verdict('destroy', `SQL ${name.toLowerCase()}() destroys`));
    else if (isMutatingFunction(name))
      result = highest(result, verdict('mutate', `SQL ${name.toLowerCase()}() changes state`));
    else if (!isHarmlessFunction(name) && /^(SELECT|WITH|VALUES|TABLE)$/.test(tokens[0]?.value ?? '')) {
      result = highest(result, unknown(`the SQL function ${name.toLowerCase()}() is in no table`));
    }
  }
  return result;
}

function judgeExplain(tokens: readonly SqlToken[]): Verdict {
  let at = 1;
  let analyze = false;
  if (tokens[1]?.value === '(') {
    const close = tokens.findIndex((token) => token.value === ')');
    const options = tokens.slice(2, close < 0 ? tokens.length : close);
    analyze = options.some(
      (token, i) => /^ANALY[ZS]E$/.test(token.value) && !/^(FALSE|OFF|0)$/.test(options[i + 1]?.value ?? ''),
    );
    at = close < 0 ? tokens.length : close + 1;
  } else {
    while (
      /^(ANALY[ZS]E|VERBOSE|FORMAT|EXTENDED|PLAN|QUERY|COSTS|BUFFERS|=|JSON|TREE|YAML|TEXT)$/.test(
        tokens[at]?.value ?? '',
      )
    ) {
      if (/^ANALY[ZS]E$/.test(tokens[at]?.value ?? '')) analyze = true;
      at++;
    }
  }
  if (!analyze) return verdict('read', 'SQL EXPLAIN shows the plan');
  return highest(judgeStatement(tokens.slice(at)), verdict('read', 'SQL EXPLAIN ANALYZE runs the statement'));
}

function judgeInsert(tokens: readonly SqlToken[]): Verdict {
  let result = mutates(tokens);
  for (const [i, token] of tokens.entries()) {
    if (
      i > 0 &&
      token.kind === 'word' &&
      /^(DELETE|UPDATE)$/.test(token.value) &&
      tokens[i - 1]?.value === '('
    ) {
      result = highest(result, judgeStatement(enclosed(tokens, i)));
    }
  }
  return result;
}

function judgeUpdate(tokens: readonly SqlToken[]): Verdict {
  if (restricts(tokens)) {
    return highest(verdict('mutate', 'SQL UPDATE changes rows', { scope: 'many' }), judgeFunctions(tokens));
  }
  return verdict('destroy', 'SQL UPDATE without a real WHERE changes every row', { scope: 'all' });
}

function judgeDelete(tokens: readonly SqlToken[]): Verdict {
  return restricts(tokens)
    ? verdict('destroy', 'SQL DELETE removes rows', { scope: 'many' })
    : verdict('destroy', 'SQL DELETE without a real WHERE removes every row', { scope: 'all' });
}

/** Whether a WHERE stands there that is not always true. */
function restricts(tokens: readonly SqlToken[]): boolean {
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')') depth--;
    if (depth === 0 && token.kind === 'word' && token.value === 'WHERE')
      return !alwaysTrue(tokens.slice(i + 1));
  }
  return false;
}

/** `1=1`, `true`, `'a'='a'`, `x = x`, or any of these behind an OR. */
function alwaysTrue(condition: readonly SqlToken[]): boolean {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of condition) {
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')') depth--;
    if (depth === 0 && token.kind === 'word' && /^(RETURNING|LIMIT|ORDER)$/.test(token.value)) break;
    if (depth === 0 && token.kind === 'word' && token.value === 'OR') parts.push([]);
    else if (token.kind !== 'symbol' || !/[()]/.test(token.value)) parts.at(-1)?.push(token);
  }
  return parts.some((part) => {
    const [left, operator, right] = part;
    if (!left) return true;
    if (part.length === 1) return left.value === 'TRUE' || (left.kind === 'number' && left.value !== '0');
    if (part.length === 2) return left.value === 'NOT' && operator?.value === 'FALSE';
    if (part.length !== 3 || operator?.value !== '=' || !right) return false;
    return left.kind === right.kind && left.value === right.value && left.kind !== 'param';
  });
}

function judgeAlter(tokens: readonly SqlToken[]): Verdict {
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const next = tokens[i + 1]?.value ?? '';
    if (token.value === 'DROP' && !/^(DEFAULT|NOT|IDENTITY|EXPRESSION)$/.test(next))
      return alterDestroys('DROP');
    if (token.value === 'RENAME') return alterDestroys('RENAME');
    if (token.value === 'TRUNCATE' || token.value === 'UNLOGGED') return alterDestroys(token.value);
    if (token.value === 'TYPE' && i > 2) return alterDestroys('TYPE');
    if ((token.value === 'MODIFY' || token.value === 'CHANGE') && has(tokens, 'TABLE'))
      return alterDestroys(token.value);
    if (token.value === 'DELETE' && tokens[1]?.value === 'TABLE') return alterDestroys('DELETE');
  }
  return mutates(tokens);
}

function alterDestroys(word: string): Verdict {
  return verdict('destroy', `SQL ALTER … ${word} breaks what relies on the old shape`);
}

function judgeCopy(tokens: readonly SqlToken[]): Verdict {
  if (has(tokens, 'PROGRAM')) return verdict('destroy', 'SQL COPY … PROGRAM runs a program on the server');
  const inner = tokens[1]?.value === '(' ? judgeStatement(enclosed(tokens, 2)) : NOTHING;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.value === '(') depth++;
    if (token.value === ')') depth--;
    if (depth > 0 || token.kind !== 'word') continue;
    if (token.value === 'FROM') return highest(inner, verdict('mutate', 'SQL COPY … FROM loads rows'));
    if (token.value === 'TO') {
      const stdout = tokens[i + 1]?.value === 'STDOUT';
      return highest(
        inner,
        stdout
          ? verdict('read', 'SQL COPY … TO STDOUT reads')
          : verdict('local-write', 'SQL COPY … TO writes a file'),
      );
    }
  }
  return highest(inner, unknown('SQL COPY is not understood'));
}

/** Client commands: psql's backslashes and sqlite's dots. */
function judgeMeta(line: string): Verdict {
  const [name = '', ...words] = line.split(/\s+/);
  const copy = /^\\copy$/i.test(name);
  if (copy) return judgeMetaCopy(line);
  if (/^\\!/.test(name) || /^\.(shell|system)$/.test(name))
    return verdict('destroy', `${name} runs a command of the shell`);
  if (
    /^\\(d\w*\+?|d[A-Z]\w*\+?|l\+?|z|sf\+?|sv\+?|x|t|a|timing|conninfo|c|connect|echo|qecho|warn|q|h|\?|pset|set|unset|encoding|errverbose|g|gx|gset|p|r|s|if|elif|else|endif|H|f|C|T|crosstabview|gdesc|bind|prompt|dt|du)$/.test(
      name,
    )
  ) {
    if (name === '\\g' && words.length > 0) return verdict('local-write', 'writes its result to a file');
    return verdict('read', `${name} reads`);
  }
  if (
    /^\.(tables|schema|databases|indexes|indices|headers?|mode|dump|stats|show|timer|width|quit|exit|help|print|bail|echo|nullvalue|separator|fullschema|dbinfo|eqp|explain|sha3sum|recover|cd|dbconfig|limit|lint|prompt|scanstats|selftest)$/.test(
      name,
    )
  ) {
    return verdict('read', `${name} reads`);
  }
  // MySQL's `\G` ends a statement as `;` does.
  if (/^\\G;?$/.test(name)) return NOTHING;
  if (/^\\watch$/.test(name)) return verdict('read', '\\watch repeats the query', { mode: 'stream' });
  if (/^\\(o|w|out)$/.test(name) || /^\.(output|once|backup|save|log|excel|archive)$/.test(name))
    return verdict('local-write', `${name} writes a file`);
  if (/^\.(import|restore)$/.test(name)) return verdict('destroy', `${name} replaces data`);
  if (/^\\password$/.test(name)) return verdict('mutate', '\\password sets a password', { mode: 'terminal' });
  if (/^\\(e|ef|ev|edit)$/.test(name)) return unknown(`${name} runs what is edited`, { mode: 'terminal' });
  return unknown(`${name} runs statements that are not read`);
}

function judgeMetaCopy(line: string): Verdict {
  if (/\bprogram\b/i.test(line)) return verdict('destroy', '\\copy … program runs a program');
  const direction = /\b(from|to)\b(?![^(]*\))/i.exec(line)?.[1]?.toLowerCase();
  const query = /^\\copy\s*\((.*)\)\s*to\b/is.exec(line)?.[1];
  const inner = query ? judgeSql(query) : NOTHING;
  if (direction === 'from') return verdict('mutate', '\\copy … from loads rows');
  return highest(
    inner,
    /\bto\s+(p?stdout)\b/i.test(line)
      ? verdict('read', '\\copy reads')
      : verdict('local-write', '\\copy … to writes a file'),
  );
}

function enclosed(tokens: readonly SqlToken[], from: number): SqlToken[] {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as SqlToken;
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')' && depth-- === 0) return tokens.slice(from, i);
  }
  return tokens.slice(from);
}

function afterParens(tokens: readonly SqlToken[], open: number): SqlToken | undefined {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.value === '(') depth++;
    if (tokens[i]?.value === ')' && --depth === 0) return tokens[i + 1];
  }
  return undefined;
}

function has(tokens: readonly SqlToken[], word: string): boolean {
  return tokens.some((token) => token.kind === 'word' && token.value === word);
}

function isDml(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' && /^(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|FORMAT)$/.test(token.value);
}

function isSecretTable(token: SqlToken): boolean {
  return /^(pg_shadow|pg_authid|pg_user_mapping)$/i.test(token.value);
}

/** `CREATE INDEX`, `DROP TABLE`: the words that say what. */
function label(tokens: readonly SqlToken[]): string {
  const [first, second] = tokens;
  return second?.kind === 'word' &&
    /^(CREATE|DROP|ALTER|TRUNCATE|REFRESH|RESET|PURGE|LOAD|FLUSH)$/.test(first?.value ?? '')
    ? `${first?.value} ${second.value}`
    : (first?.value ?? '');
}
