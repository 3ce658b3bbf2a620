/** What SQL would do, statement by statement. Written from the manuals of PostgreSQL, MySQL, SQLite and SQL Server. */
import { judgeAlter, judgeCreate, judgeDelete, judgeUpdate, undoOf } from './sqlChanges.ts';
import { judgeFunctions, showsSecrets } from './sqlFunctions.ts';
import { judgeMeta } from './sqlMeta.ts';
import { enclosed, has, label, objectTarget } from './sqlNames.ts';
import { judgeDbcc, judgeProcedure } from './sqlServer.ts';
import { type SqlReading, type SqlToken, sqlStatements } from './sqlTokens.ts';
import type { Classification } from './types.ts';
import { highest, NOTHING, toClassification, unknown, type Verdict, verdict } from './verdict.ts';

/** The classification of SQL text: the highest over its statements. Never throws. */
export function classifySql(sql: string): Classification {
  try {
    return toClassification(judgeSql(sql));
  } catch {
    // Only nesting by the thousand gets here, such as a line of backslashes: the statements are deeper than the stack.
    return toClassification(unknown('not understood: the SQL is nested too deeply'));
  }
}

const STANDARD: SqlReading = { mysql: false, escapes: false };
const MYSQL: SqlReading = { mysql: true, escapes: true };

/** The same as a verdict. `mysql` says that a client of MySQL reads the text. */
export function judgeSql(sql: string, client?: 'mysql'): Verdict {
  if (client === 'mysql') {
    const usual = judgeReading(sql, MYSQL);
    return sql.includes("\\'") ? highest(usual, judgeReading(sql, { mysql: true, escapes: false })) : usual;
  }
  const usual = judgeReading(sql, STANDARD);
  // Where databases read the text differently, the worse reading counts.
  return /#|\\'|--\S/.test(sql) ? highest(usual, judgeReading(sql, MYSQL)) : usual;
}

/** Words that begin SQL and no program: typed into a shell they are a mistake. */
export function startsLikeSql(word: string): boolean {
  return /^(SELECT|INSERT|UPDATE|DELETE|DROP|TRUNCATE|ALTER|CREATE|VACUUM|REINDEX|GRANT|REVOKE|WITH|BEGIN|COMMIT|ROLLBACK)$/.test(
    word,
  );
}

function judgeReading(sql: string, reading: SqlReading): Verdict {
  let result = NOTHING;
  for (const statement of sqlStatements(sql, reading))
    for (const part of runOn(statement)) result = highest(result, judgeStatement(part));
  return result;
}

function judgeStatement(tokens: readonly SqlToken[]): Verdict {
  let at = 0;
  while (tokens[at]?.kind === 'symbol' && tokens[at]?.value === '(') at++;
  const first = tokens[at];
  if (!first) return NOTHING;
  const rest = tokens.slice(at);
  if (first.kind === 'meta') return judgeMeta(first.value, judgeSql);
  let result: Verdict;
  if (first.kind !== 'word') {
    result = unknown(first.kind === 'param' ? 'the SQL text is a variable' : 'the SQL is not understood');
  } else {
    const judge = STATEMENTS[first.value];
    result = judge ? judge(rest) : unknown(`SQL ${first.value} is in no table`);
  }
  const meta = rest.find((token) => token.kind === 'meta');
  if (meta && meta !== first) result = highest(result, judgeMeta(meta.value, judgeSql));
  return result;
}

/** Statements behind which SQL Server lets the next one follow without a semicolon. */
const RUNS_ON =
  /^(SELECT|WITH|USE|SET|PRINT|DECLARE|IF|ELSE|WHILE|BEGIN|COMMIT|WAITFOR|EXEC|EXECUTE|INSERT|UPDATE|DELETE|DROP|TRUNCATE)$/;
const STARTS =
  /^(DROP|TRUNCATE|DELETE|UPDATE|INSERT|ALTER|CREATE|EXEC|EXECUTE|MERGE|RESTORE|BACKUP|KILL|DBCC|SHUTDOWN|GRANT|REVOKE)$/;
/** `ON CONFLICT DO UPDATE`, `FOR UPDATE`, `ON DELETE`: here the word begins nothing. */
const CONTINUES = /^(DO|KEY|THEN|FOR|ON|AS|OR|BEFORE|AFTER|OF|NO|,|\()$/;

/** Parts where the next statement begins a line, or stands behind `IF`, `WHILE`, `BEGIN` and `USE`. */
function runOn(tokens: readonly SqlToken[]): (readonly SqlToken[])[] {
  const parts: (readonly SqlToken[])[] = [];
  let from = 0;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')') depth--;
    if (i === from || depth !== 0 || token.kind !== 'word' || !STARTS.test(token.value)) continue;
    const head = tokens[from]?.value ?? '';
    if (!(token.leads && RUNS_ON.test(head)) && !/^(IF|ELSE|WHILE|BEGIN|USE)$/.test(head)) continue;
    if (CONTINUES.test(tokens[i - 1]?.value ?? '')) continue;
    parts.push(tokens.slice(from, i));
    from = i;
  }
  parts.push(tokens.slice(from));
  return parts;
}

type StatementJudge = (tokens: readonly SqlToken[]) => Verdict;

const reads: StatementJudge = (tokens) => judgeQuery(tokens);
const session: StatementJudge = (tokens) =>
  verdict('session', `SQL ${tokens[0]?.value} changes only the session`);
/** Verbs whose object is what they change. */
const NAMED =
  /^(DROP|TRUNCATE|DELETE|UPDATE|CREATE|ALTER|INSERT|REPLACE|UPSERT|MERGE|VACUUM|REINDEX|REFRESH|CLUSTER|OPTIMIZE|REPAIR|RENAME|RESTORE|LOCK|COMMENT|DETACH|ATTACH|UNDROP)$/;
const writesFile: StatementJudge = (tokens) =>
  verdict('local-write', `SQL ${tokens[0]?.value} writes a file`);
const mutates: StatementJudge = (tokens) =>
  highest(
    verdict('mutate', `SQL ${label(tokens)} changes the database`, {
      targets: NAMED.test(tokens[0]?.value ?? '') ? objectTarget(tokens) : [],
      ...undoOf(tokens),
    }),
    judgeFunctions(tokens),
  );
const destroys: StatementJudge = (tokens) =>
  verdict('destroy', `SQL ${label(tokens)} destroys`, {
    scope: has(tokens, 'DATABASE') || has(tokens, 'SCHEMA') || has(tokens, 'CASCADE') ? 'all' : 'one',
    targets: NAMED.test(tokens[0]?.value ?? '') ? objectTarget(tokens) : [],
    ...undoOf(tokens),
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

/** One judge for several first words. */
function all(judge: StatementJudge, words: string): Readonly<Record<string, StatementJudge>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, judge]));
}

const STATEMENTS: Readonly<Record<string, StatementJudge>> = {
  SELECT: reads,
  WITH: reads,
  VALUES: reads,
  TABLE: reads,
  SHOW: (tokens) =>
    tokens[1]?.value === 'CREATE' && tokens[2]?.value === 'USER'
      ? verdict('read', 'SQL SHOW CREATE USER shows the hash of a password', { readsSecrets: true })
      : reads(tokens),
  DESCRIBE: judgeExplain,
  DESC: judgeExplain,
  FETCH: reads,
  ...all(reads, 'HELP CHECK CHECKSUM STATUS LIST PRINT EXISTS HANDLER WAITFOR WARNINGS IF WHILE'),
  ELSE: session,
  WATCH: (tokens) => verdict('read', `SQL ${label(tokens)} never ends`, { mode: 'stream' }),
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
  // `LOAD 'library'` is PostgreSQL's.
  LOAD: (tokens) => (/^(DATA|XML)$/.test(tokens[1]?.value ?? '') ? destroys(tokens) : mutates(tokens)),
  RESTORE: (tokens) =>
    /^(FILELISTONLY|HEADERONLY|LABELONLY|VERIFYONLY)$/.test(tokens[1]?.value ?? '')
      ? reads(tokens)
      : destroys(tokens),
  UNINSTALL: destroys,
  REMOVE: destroys,
  RM: destroys,
  UNDROP: mutates,
  FLASHBACK: destroys,
  RECOVER: mutates,
  STARTUP: mutates,
  ALTER: (tokens) => judgeAlter(tokens) ?? mutates(tokens),
  RENAME: destroys,
  CREATE: (tokens) => judgeCreate(tokens) ?? mutates(tokens),
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
  CANCEL: mutates,
  RELOAD: mutates,
  RECONNECT: mutates,
  SUSPEND: mutates,
  ENABLE: mutates,
  DISABLE: mutates,
  PAUSE: mutates,
  RESUME: mutates,
  CLONE: mutates,
  BINLOG: mutates,
  XA: (tokens) => (tokens[1]?.value === 'RECOVER' ? reads(tokens) : mutates(tokens)),
  SECURITY: mutates,
  MSCK: mutates,
  INVALIDATE: mutates,
  COMPUTE: mutates,
  CACHE: mutates,
  UNCACHE: mutates,
  PUT: mutates,
  GET: mutates,
  EXCHANGE: mutates,
  CONFIGURE: mutates,
  SPLIT: mutates,
  DENY: mutates,
  RECONFIGURE: mutates,
  BULK: mutates,
  DBCC: judgeDbcc,
  RESET: (tokens) =>
    tokens[1]?.value === 'QUERY'
      ? mutates(tokens)
      : /^(MASTER|SLAVE|REPLICA|BINARY|PERSIST)$/.test(tokens[1]?.value ?? '')
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
  ROLLBACK: (tokens) => (tokens[1]?.value === 'PREPARED' ? destroys(tokens) : session(tokens)),
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
  // SQLite's go for the session; ClickHouse's change the server.
  ATTACH: (tokens) => (CLICKHOUSE.test(tokens[1]?.value ?? '') ? mutates(tokens) : session(tokens)),
  DETACH: (tokens) => (CLICKHOUSE.test(tokens[1]?.value ?? '') ? destroys(tokens) : session(tokens)),
  CONNECT: session,
  CONSISTENCY: session,
  TRACING: session,
  EXPAND: session,
  PAGING: session,
  LOGIN: session,
  COLUMN: session,
  COL: session,
  TTITLE: session,
  BREAK: session,
  CLEAR: session,
  VARIABLE: session,
  DEFINE: session,
  ACCEPT: session,
  WHENEVER: session,
  CHARSET: session,
  NOTEE: session,
  NOPAGER: session,
  NOWARNING: session,
  REHASH: session,
  EGO: session,
  ARCHIVE: reads,
  TEE: writesFile,
  SPOOL: (tokens) => (tokens[1]?.value === 'OFF' ? session(tokens) : writesFile(tokens)),
  CAPTURE: (tokens) => (tokens[1]?.value === 'OFF' ? session(tokens) : writesFile(tokens)),
  PAGER: unreadable,
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
    /^(WAL_CHECKPOINT|OPTIMIZE|INCREMENTAL_VACUUM|SHRINK_MEMORY)$/.test(tokens[1]?.value ?? '') ||
    (tokens[2]?.value === '(' && !/^(\w+_(INFO|XINFO|LIST|CHECK))$/.test(tokens[1]?.value ?? ''))
      ? mutates(tokens)
      : reads(tokens),
  DO: unreadable,
  CALL: unreadable,
  EXEC: (tokens) => judgeProcedure(tokens, unreadable),
  EXECUTE: (tokens) => judgeProcedure(tokens, unreadable),
  SOURCE: unreadable,
};

/** A query reads, unless a part of it writes. */
function judgeQuery(tokens: readonly SqlToken[]): Verdict {
  let result = verdict('read', `SQL ${tokens[0]?.value} reads`, { readsSecrets: showsSecrets(tokens) });
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.value === '(' && token.kind === 'symbol') depth++;
    if (token.value === ')' && token.kind === 'symbol') depth--;
    if (token.kind !== 'word') continue;
    const before = tokens[i - 1];
    if (
      result.effect !== 'destroy' &&
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

function isDml(token: SqlToken | undefined): boolean {
  return token?.kind === 'word' && /^(SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|FORMAT)$/.test(token.value);
}

/** What ClickHouse attaches and detaches. */
const CLICKHOUSE = /^(TABLE|DICTIONARY|VIEW|PARTITION|PERMANENTLY)$/;
