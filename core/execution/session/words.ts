/**
 * Reading back what shells print so that it can be read back: `declare -p`, `export -p`, `set`.
 * Texts are "byte strings": one character a byte (latin1), because a shell's values need not be UTF-8.
 */

/** A word's value, and where the text goes on. */
export interface Word {
  readonly value: string;
  readonly end: number;
}

/** UTF-8 text as a byte string. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A byte string as text; what is not UTF-8 becomes U+FFFD. */
export const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** A byte string as one literal word of any POSIX shell. */
export const quoteBytes = (bytes: string): string => `'${bytes.replaceAll("'", "'\\''")}'`;

/**
 * One shell word from `start`: bare characters, `'…'`, `"…"`, `$'…'` and backslashes, joined.
 * It ends before blank or line break. Null where a quotation never closes.
 */
export function readWord(text: string, start: number): Word | null {
  const parts: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text[at];
    if (char === ' ' || char === '\n' || char === '\t') break;
    let part: Word | null;
    if (char === "'") part = readSingle(text, at + 1);
    else if (char === '"') part = readDouble(text, at + 1);
    else if (char === '$' && text[at + 1] === "'") part = readAnsi(text, at + 2);
    else if (char === '\\') part = { value: text[at + 1] === '\n' ? '' : (text[at + 1] ?? ''), end: at + 2 };
    else part = readBare(text, at);
    if (part === null) return null;
    parts.push(part.value);
    at = part.end;
  }
  return { value: parts.join(''), end: Math.min(at, text.length) };
}

/** The end of a parenthesised array value whose `(` stands at `start`, or null where it never closes. */
export function skipArray(text: string, start: number): number | null {
  let at = start + 1;
  while (at < text.length) {
    const char = text[at];
    if (char === ')') return at + 1;
    if (char === "'" || char === '"' || char === '\\' || char === '$') {
      const part =
        char === "'"
          ? readSingle(text, at + 1)
          : char === '"'
            ? readDouble(text, at + 1)
            : char === '$' && text[at + 1] === "'"
              ? readAnsi(text, at + 2)
              : { end: at + (char === '\\' ? 2 : 1) };
      if (part === null) return null;
      at = part.end;
    } else at++;
  }
  return null;
}

const BARE = /[^\s'"\\$]+/y;

function readBare(text: string, at: number): Word {
  BARE.lastIndex = at;
  const value = BARE.exec(text)?.[0] ?? text[at] ?? '';
  return { value, end: at + Math.max(1, value.length) };
}

function readSingle(text: string, at: number): Word | null {
  const end = text.indexOf("'", at);
  return end === -1 ? null : { value: text.slice(at, end), end: end + 1 };
}

const DOUBLE = /[^"\\]+/y;

function readDouble(text: string, start: number): Word | null {
  const parts: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') return { value: parts.join(''), end: at + 1 };
    if (char === '\\') {
      const next = text[at + 1] ?? '';
      if (next !== '\n') parts.push('"\\$`'.includes(next) ? next : `\\${next}`);
      at += 2;
    } else {
      DOUBLE.lastIndex = at;
      const run = DOUBLE.exec(text)?.[0] ?? '';
      parts.push(run);
      at += run.length;
    }
  }
  return null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ANSI = /[^'\\]+/y;
const NUMERIC = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c(.)|C-(.))/y;

/** `$'…'` as bash's manual, "ANSI-C Quoting", and zsh's `(q)` flags write it. */
function readAnsi(text: string, start: number): Word | null {
  const parts: string[] = [];
  let at = start;
  while (at < text.length) {
    const char = text[at];
    if (char === "'") return { value: parts.join(''), end: at + 1 };
    if (char !== '\\') {
      ANSI.lastIndex = at;
      const run = ANSI.exec(text)?.[0] ?? '';
      parts.push(run);
      at += run.length;
      continue;
    }
    NUMERIC.lastIndex = at;
    const match = NUMERIC.exec(text);
    if (match === null) {
      const next = text[at + 1] ?? '';
      parts.push(ESCAPES[next] ?? next);
      at += 2;
      continue;
    }
    const [whole, octal, hex, short, long, control, zshControl] = match;
    const unicode = short ?? long;
    if (octal !== undefined) parts.push(String.fromCharCode(Number.parseInt(octal, 8) & 0xff));
    else if (hex !== undefined) parts.push(String.fromCharCode(Number.parseInt(hex, 16)));
    else if (unicode !== undefined) {
      const code = Number.parseInt(unicode, 16);
      parts.push(toBytes(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'));
    } else {
      const key = control ?? zshControl ?? '';
      parts.push(key === '?' ? '\x7f' : String.fromCharCode(key.charCodeAt(0) & 0x1f));
    }
    at += whole.length;
  }
  return null;
}
