/** Finding one's way among the tokens of a statement: parentheses, keywords, the object that it names. */
import type { SqlToken } from './sqlTokens.ts';
import type { TargetWord } from './types.ts';

/** From `from` up to the parenthesis that closes around it. */
export function enclosed(tokens: readonly SqlToken[], from: number): SqlToken[] {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as SqlToken;
    if (token.kind === 'symbol' && token.value === '(') depth++;
    if (token.kind === 'symbol' && token.value === ')' && depth-- === 0) return tokens.slice(from, i);
  }
  return tokens.slice(from);
}

/** The token behind the parenthesis that opens at `open`. */
export function afterParens(tokens: readonly SqlToken[], open: number): SqlToken | undefined {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]?.value === '(') depth++;
    if (tokens[i]?.value === ')' && --depth === 0) return tokens[i + 1];
  }
  return undefined;
}

/** Whether a keyword (upper case) stands anywhere in a statement. */
export function has(tokens: readonly SqlToken[], word: string): boolean {
  return tokens.some((token) => token.kind === 'word' && token.value === word);
}

/** `CREATE INDEX`, `DROP TABLE`: the words that say what. */
export function label(tokens: readonly SqlToken[]): string {
  const [first, next] = tokens;
  const second = next?.value === 'OR' && tokens[2]?.value === 'REPLACE' ? tokens[3] : next;
  return second?.kind === 'word' &&
    /^(CREATE|DROP|ALTER|REFRESH|RESET|PURGE|LOAD|FLUSH|DBCC|EXEC|DETACH)$/.test(first?.value ?? '')
    ? `${first?.value} ${second.value}`
    : (first?.value ?? '');
}

/** Words between a verb and the name of its object. */
const NOISE =
  /^(IF|NOT|EXISTS|ONLY|CONCURRENTLY|TABLE|VIEW|MATERIALIZED|FOREIGN|TEMP|TEMPORARY|UNLOGGED|UNIQUE|INDEX|DATABASE|SCHEMA|KEYSPACE|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER|TYPE|DOMAIN|EXTENSION|ROLE|USER|GROUP|TABLESPACE|PUBLICATION|SUBSCRIPTION|POLICY|RULE|SERVER|EVENT|PARTITION|DICTIONARY|BUCKET|COLUMN|OWNED|BY|FROM|INTO|OR|REPLACE|LOW_PRIORITY|QUICK|IGNORE|CLUSTERED|NONCLUSTERED|ALL|TO|LOGIN|AGGREGATE|COLLATION|STATISTICS|EXTERNAL|STREAM|TASK|PIPE|STAGE|WAREHOUSE)$/;

/** The name of what a statement changes, as written (`public.orders`); undefined where it is a variable or not there. */
export function objectOf(tokens: readonly SqlToken[]): string | undefined {
  let at = 1;
  while (tokens[at]?.kind === 'word' && NOISE.test(tokens[at]?.value ?? '')) at++;
  const parts: string[] = [];
  for (;;) {
    const token = tokens[at];
    if (token?.kind !== 'word' && token?.kind !== 'name') return undefined;
    const text = token.text ?? token.value;
    // A part of it is a variable of the shell.
    if (/[$`{}<>]/.test(text) || tokens[at + 1]?.kind === 'param') return undefined;
    parts.push(text);
    if (tokens[at + 1]?.value !== '.') return parts.join('.');
    at += 2;
  }
}

/** The same as a target, where there is one. */
export function objectTarget(tokens: readonly SqlToken[]): readonly TargetWord[] {
  const name = objectOf(tokens);
  return name === undefined ? [] : [{ kind: 'resource', value: name }];
}
