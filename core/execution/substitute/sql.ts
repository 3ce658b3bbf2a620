/** Where placeholders stand in SQL. */
import { quote } from '../../shell/quote.ts';
import type { FindPlaces, Place } from './substitute.ts';

/** A string, a quoted name, a comment, a dollar quotation; the rest is code. Each alternative is linear. */
const TOKEN = /'(?:[^'])*'?|"[^"]*"?|`[^`]*`?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$(\w*)\$/g;

/** After these a bare word is the name of a thing, not a value. */
const NAME_FOLLOWS =
  /\b(?:from|join|into|update|table|schema|database|index|view|sequence|role|user|on|by|exists|only|cascade|analyze|vacuum|column)\s+$/i;

export const sqlPlaces: FindPlaces = (text, spans) => {
  // A placeholder's own characters open and close nothing.
  const masked = spans.reduce(
    (all, { start, end }) => all.slice(0, start) + '_'.repeat(end - start) + all.slice(end),
    text,
  );
  const tokens = tokenize(masked);
  let next = 0;
  return spans.map(({ start, end }): Place => {
    while (next < tokens.length && (tokens[next]?.end ?? 0) <= start) next++;
    const token = tokens[next];
    const first = token !== undefined && token.start < start && token.end >= end ? token.text : '';
    return { before: 0, write: (value) => write(value, first, masked.slice(Math.max(0, start - 80), start)) };
  });
};

function tokenize(text: string): { start: number; end: number; text: string }[] {
  const tokens: { start: number; end: number; text: string }[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    let end = TOKEN.lastIndex;
    if (match[0].startsWith('$')) {
      const close = text.indexOf(match[0], end);
      end = close === -1 ? text.length : close + match[0].length;
      TOKEN.lastIndex = end;
    }
    tokens.push({ start: match.index, end, text: match[0] });
  }
  return tokens;
}

function write(value: string, token: string, before: string): string {
  if (token.startsWith('--')) return value.replace(/[\r\n]+/g, ' ');
  if (token.startsWith('/*')) return value.replaceAll('*/', '* /').replaceAll('/*', '/ *');
  if (token.startsWith('$')) {
    if (value.includes('$')) throw new RangeError('a $ cannot stand in a dollar-quoted string');
    return value;
  }
  if (token.startsWith("'")) return safeBackslash(value).replaceAll("'", "''");
  if (token.startsWith('"')) return safeBackslash(value).replaceAll('"', '""');
  if (token.startsWith('`')) return safeBackslash(value).replaceAll('`', '``');
  if (/^-?\d{1,18}(?:\.\d{1,18})?$/.test(value)) return before.endsWith('-') ? ` ${value}` : value;
  if (NAME_FOLLOWS.test(before) && /^[A-Za-z_][\w.]*$/.test(value)) return value;
  return quote(safeBackslash(value), 'sql');
}

/** MySQL reads a backslash as an escape and other servers do not, so a value that would differ is refused. */
function safeBackslash(value: string): string {
  if (/\\$/.test(value) || (/\\/.test(value) && /['"`]/.test(value)))
    throw new RangeError(
      'a backslash together with a quotation mark means different things to different servers',
    );
  return value;
}
