/** What is handed to `psql -c`, and the statements in it. */

/** SQL that `psql` sends in one piece: offsets into the command's text, without quotes. */
export interface PsqlText {
  readonly start: number;
  readonly end: number;
  /** The quote around all of it, or the empty text where it is pieced together. */
  readonly quote: '"' | "'" | '';
  /** `--single-transaction` stands beside it. */
  readonly single: boolean;
}

interface Word {
  readonly start: number;
  readonly end: number;
}

/** Every text behind `-c` or `--command` of a `psql` in a command, also behind `kubectl exec … --` and the like. One pass. */
export function psqlTexts(command: string): PsqlText[] {
  const found: PsqlText[] = [];
  if (!command.includes('psql')) return found;
  for (const words of simpleCommands(command)) {
    const texts = words.map(({ start, end }) => command.slice(start, end));
    const at = texts.findIndex((text) => /^(?:[\w./-]*\/)?psql$/.test(text));
    if (at < 0) continue;
    const single = texts.some(
      (text, index) => index > at && /^(?:-[AabeEnNqsStxXz0]*1|--single-transaction)$/.test(text),
    );
    for (let i = at + 1; i < words.length; i++) {
      const text = texts[i] ?? '';
      const attached = /^--command=/.exec(text)?.[0].length;
      const word = attached === undefined ? words[i + 1] : words[i];
      if (
        word === undefined ||
        (attached === undefined && !/^(?:-[AabeEnNqsStxXz01]*c|--command)$/.test(text))
      )
        continue;
      found.push({ ...unquoted(command, word.start + (attached ?? 0), word.end), single });
      i++;
    }
  }
  return found;
}

function unquoted(text: string, start: number, end: number): Omit<PsqlText, 'single'> {
  const quote = text[start];
  const whole = (quote === '"' || quote === "'") && quoteEnd(text, start) === end && end - start >= 2;
  return whole ? { start: start + 1, end: end - 1, quote } : { start, end, quote: '' };
}

/** The words of each command between `|`, `;`, `&` and line ends. */
function simpleCommands(text: string): Word[][] {
  const commands: Word[][] = [];
  let words: Word[] = [];
  let start = -1;
  const finishWord = (end: number): void => {
    if (start >= 0) words.push({ start, end });
    start = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && text[i + 1] === '\n') {
      finishWord(i);
      i++;
    } else if (char === '\\') {
      if (start < 0) start = i;
      i++;
    } else if (char === '"' || char === "'") {
      if (start < 0) start = i;
      i = quoteEnd(text, i) - 1;
    } else if (/[|;&()\n]/.test(char)) {
      finishWord(i);
      if (words.length > 0) commands.push(words);
      words = [];
    } else if (/\s/.test(char)) finishWord(i);
    else if (start < 0) start = i;
  }
  finishWord(text.length);
  if (words.length > 0) commands.push(words);
  return commands;
}

/** The offset behind the closing quote; the end of the text where there is none. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

/** One statement: from its first word to its last character, without the `;`. */
export interface SqlPart {
  readonly start: number;
  readonly end: number;
}

/** Splits SQL at each `;` outside of strings and comments; parts with nothing in them are left out. One pass. */
export function splitSql(sql: string): SqlPart[] {
  const parts: SqlPart[] = [];
  let start = -1;
  let end = 0;
  for (let i = 0; i < sql.length; ) {
    const char = sql[i] as string;
    let next = i + 1;
    if (char === ';') {
      if (start >= 0) parts.push({ start, end });
      start = -1;
      i = next;
      continue;
    }
    if (char === '-' && sql[i + 1] === '-') {
      const line = sql.indexOf('\n', i);
      i = line < 0 ? sql.length : line;
      continue;
    }
    if (char === '/' && sql[i + 1] === '*') {
      const close = sql.indexOf('*/', i + 2);
      i = close < 0 ? sql.length : close + 2;
      continue;
    }
    if (/\s/.test(char)) {
      i = next;
      continue;
    }
    if (char === "'" || char === '"') {
      const close = sql.indexOf(char, next);
      next = close < 0 ? sql.length : close + 1;
    } else if (char === '\\') next = Math.min(sql.length, i + 2);
    else if (char === '$') {
      const tag = /^\$\w{0,60}\\?\$/.exec(sql.slice(i, i + 64))?.[0];
      const close = tag === undefined ? -1 : sql.indexOf(tag, i + tag.length);
      if (tag !== undefined && close >= 0) next = close + tag.length;
    }
    if (start < 0) start = i;
    end = next;
    i = next;
  }
  if (start >= 0) parts.push({ start, end });
  return parts;
}
