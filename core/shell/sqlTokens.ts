/**
 * A small SQL lexer: enough to tell statements, keywords, strings and comments apart, for any of the common databases. Our own,
 * because a parser of one database's grammar gives up on what runbooks hold: another database's syntax, client commands (`\d`,
 * `.tables`, `GO`), placeholders, shell variables and half statements; and where it gives up, nothing can be called safe.
 */
import { lineEnd } from '../text.ts';

/** One token of a statement. */
export interface SqlToken {
  /** `param` is a shell variable, a bind parameter or a placeholder; `meta` a client command such as `\d` or `.tables`. */
  readonly kind: 'word' | 'name' | 'string' | 'symbol' | 'param' | 'number' | 'meta';
  /** Words in upper case; a `meta` is its whole line; the rest as written. */
  readonly value: string;
  /** A word as written. */
  readonly text?: string;
  /** It is the first on its line. */
  readonly leads?: boolean;
}

/** Databases disagree on what a comment and an escape are. */
export interface SqlReading {
  /** `#` begins a comment, `--` does only before a space: MySQL. */
  readonly mysql: boolean;
  /** `'\''` goes on. MySQL too, unless a setting says otherwise. */
  readonly escapes: boolean;
}

/** Splits SQL into statements of tokens; comments are gone, empty statements left out. */
export function sqlStatements(sql: string, reading: SqlReading): SqlToken[][] {
  const statements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  const finish = (): void => {
    if (current.length > 0) statements.push(current);
    current = [];
  };
  let i = 0;
  let lineStart = true;
  while (i < sql.length) {
    const char = sql[i] as string;
    if (char === '\n') lineStart = true;
    if (/\s/.test(char)) {
      i++;
      continue;
    }
    const atLineStart = lineStart;
    lineStart = false;
    if (char === '\\' || (char === '.' && atLineStart && current.length === 0)) {
      const end = lineEnd(sql, i);
      // `SELECT …\g`, `\watch` and `\gexec` end the statement in front of them, and belong to it.
      if (current.length > 0 && /^\\(g|watch|gx|gexec|gset|crosstabview)/.test(sql.slice(i, i + 14))) {
        current.push({ kind: 'meta', value: sql.slice(i, end).trim() });
        finish();
      } else if (atLineStart || current.length === 0) {
        finish();
        current.push({ kind: 'meta', value: sql.slice(i, end).trim() });
        finish();
      } else {
        current.push({ kind: 'meta', value: sql.slice(i, end).trim() });
      }
      i = end;
      continue;
    }
    if (char === ';') {
      finish();
      i++;
      continue;
    }
    const next = sql[i + 1];
    if (
      char === '-' &&
      next === '-' &&
      (!reading.mysql || i + 2 >= sql.length || /\s/.test(sql[i + 2] as string))
    ) {
      i = lineEnd(sql, i);
      continue;
    }
    if (char === '#' && reading.mysql) {
      i = lineEnd(sql, i);
      continue;
    }
    if (char === '/' && next === '*') {
      // MySQL runs what stands in `/*! … */`.
      if (sql[i + 2] === '!') {
        i += 3;
        while (/\d/.test(sql[i] ?? '')) i++;
        continue;
      }
      const end = sql.indexOf('*/', i + 2);
      i = end < 0 ? sql.length : end + 2;
      continue;
    }
    if (char === '*' && next === '/') {
      i += 2;
      continue;
    }
    if (char === "'") {
      const escapes = reading.escapes || /[eE]/.test(sql[i - 1] ?? '');
      const end = quoteEnd(sql, i, "'", escapes);
      current.push({ kind: 'string', value: sql.slice(i + 1, end - 1) });
      i = end;
      continue;
    }
    if (char === '"' || char === '`') {
      const end = quoteEnd(sql, i, char, reading.escapes && char === '"');
      const value = sql.slice(i + 1, end - 1);
      current.push({ kind: char === '`' && /\s/.test(value) ? 'param' : 'name', value });
      i = end;
      continue;
    }
    if (char === '$') {
      i = dollar(sql, i, current);
      continue;
    }
    const word = match(/[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y, sql, i);
    if (word !== '') {
      const upper = word.toUpperCase();
      i += word.length;
      // `E'…'`, `N'…'`: the prefix belongs to the string.
      if (/^[ENBXU]$/.test(upper) && sql[i] === "'") continue;
      // A line of SQL Server's clients that says `GO` ends what stands above it.
      if (upper === 'GO' && atLineStart && /^[ \t]*\d*[ \t]*(\n|$)/.test(sql.slice(i, i + 20))) finish();
      else current.push({ kind: 'word', value: upper, text: word, ...(atLineStart ? { leads: true } : {}) });
      continue;
    }
    const number = match(/\d[\w.]*/y, sql, i);
    if (number !== '') {
      current.push({ kind: 'number', value: number });
      i += number.length;
      continue;
    }
    const bind = match(/:['"]?[A-Za-z_]\w*['"]?|@@?[\w.]+|\{\{[^}]*\}\}|\?/y, sql, i);
    if (bind !== '' && sql[i - 1] !== ':') {
      current.push({ kind: 'param', value: bind });
      i += bind.length;
      continue;
    }
    current.push({ kind: 'symbol', value: char });
    i++;
  }
  finish();
  return statements;
}

/** `$$ … $$`, `$1`, `$NAME`, `${NAME}`, `$( … )`. */
function dollar(sql: string, at: number, into: SqlToken[]): number {
  const tag = match(/\$([A-Za-z_]\w*)?\$/y, sql, at);
  if (tag !== '') {
    const end = sql.indexOf(tag, at + tag.length);
    if (end >= 0) {
      into.push({ kind: 'string', value: sql.slice(at + tag.length, end) });
      return end + tag.length;
    }
  }
  if (sql[at + 1] === '(' || sql[at + 1] === '{') {
    const [open, close] = sql[at + 1] === '(' ? ['(', ')'] : ['{', '}'];
    let depth = 0;
    for (let i = at + 1; i < sql.length; i++) {
      if (sql[i] === open) depth++;
      if (sql[i] === close && --depth === 0) {
        into.push({ kind: 'param', value: sql.slice(at, i + 1) });
        return i + 1;
      }
    }
    into.push({ kind: 'param', value: sql.slice(at) });
    return sql.length;
  }
  const name = match(/\$\w+/y, sql, at);
  into.push(name === '' ? { kind: 'symbol', value: '$' } : { kind: 'param', value: name });
  return at + Math.max(1, name.length);
}

function quoteEnd(sql: string, start: number, quote: string, escapes: boolean): number {
  for (let i = start + 1; i < sql.length; i++) {
    if (escapes && sql[i] === '\\') i++;
    else if (sql[i] === quote) {
      if (sql[i + 1] === quote) i++;
      else return i + 1;
    }
  }
  return sql.length + 1;
}

function match(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}
