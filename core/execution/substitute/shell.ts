/** Where placeholders stand in a script of bash, a POSIX shell or zsh. */
import type { FindPlaces, Place, PlaceholderSpan } from './substitute.ts';

/**
 * One level of the script: `code` is a command list, `double` a "…" string, `brace` a `${…}`, `arith` a `$((…))` or `((…))`,
 * `heredoc` a body whose expansions are live.
 */
interface Frame {
  readonly kind: 'code' | 'double' | 'brace' | 'arith' | 'heredoc';
  /** What ends it: a character, or an offset of the text. */
  readonly close: ')' | '`' | '"' | '}' | '))' | number | null;
  /** For `brace`: whether it stands in double quotes, where `'` means itself. */
  readonly quoted: boolean;
  /** Open parentheses in `arith`. */
  depth: number;
  /** Open `case` words in `code`: their patterns end with a `)` that closes nothing. */
  cases: number;
}

type Kind =
  | 'word'
  | 'single'
  | 'double'
  | 'brace'
  | 'ansi'
  | 'heredoc'
  | 'literal'
  | 'comment'
  | 'number'
  | 'name';

const RESERVED =
  /^(?:if|then|else|elif|fi|do|done|case|esac|while|until|for|in|function|time|select|coproc|repeat|foreach|end|nocorrect|noglob)$/;

/**
 * Reads the script once, from its start to its last placeholder. It follows quotes, substitutions, here-documents and comments
 * as POSIX 2.2–2.7 defines them, with bash's `$'…'`, `((…))` and `<(…)`. A placeholder's own text is never read.
 */
export const shellPlaces: FindPlaces = (text, spans) => new Scanner(text, spans).places();

class Scanner {
  readonly #text: string;
  readonly #spans: readonly PlaceholderSpan[];
  readonly #places: Place[] = [];
  readonly #frames: Frame[] = [frame('code', null)];
  readonly #heredocs: { readonly end: string; readonly literal: boolean; readonly tabs: boolean }[] = [];
  #at = 0;
  /** Whether the next character begins a word: a `#` there begins a comment. */
  #wordStart = true;

  constructor(text: string, spans: readonly PlaceholderSpan[]) {
    this.#text = text;
    this.#spans = spans;
  }

  places(): readonly Place[] {
    while (this.#places.length < this.#spans.length && this.#at < this.#text.length) this.#step();
    return this.#places;
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  get #next(): PlaceholderSpan | undefined {
    return this.#spans[this.#places.length];
  }

  #step(): void {
    const span = this.#next;
    if (span !== undefined && this.#at >= span.start) {
      this.#place(span, this.#kindHere(span), false);
      this.#wordStart = false;
      return;
    }
    const top = this.#top;
    if (typeof top.close === 'number' && this.#at >= top.close) {
      this.#frames.pop();
      return;
    }
    const outer = this.#frames.findLast((f) => f.kind === 'heredoc');
    if (outer !== undefined && typeof outer.close === 'number' && this.#at >= outer.close) {
      // What a here-document left open ends with it.
      while (this.#frames.pop() !== outer);
      return;
    }
    if (this.#text[this.#at] === '\\') this.#backslash();
    else if (top.kind === 'double' || top.kind === 'heredoc') this.#inDouble(top);
    else if (top.kind === 'arith') this.#inArithmetic(top);
    else this.#inCode(top);
  }

  #kindHere(span: PlaceholderSpan): Kind {
    const top = this.#top;
    if (this.#text[span.start - 1] === '$' && !this.#isEscaped(span.start - 1)) return 'name';
    if (top.kind === 'brace' && /\$\{[#!]?$/.test(this.#text.slice(Math.max(0, span.start - 3), span.start)))
      return 'name';
    switch (top.kind) {
      case 'arith':
        return 'number';
      case 'double':
        return 'double';
      case 'heredoc':
        return 'heredoc';
      case 'brace':
        return top.quoted ? 'brace' : 'word';
      case 'code':
        return 'word';
    }
  }

  #isEscaped(at: number): boolean {
    let count = 0;
    while (this.#text[at - 1 - count] === '\\') count++;
    return count % 2 === 1;
  }

  #place(span: PlaceholderSpan, kind: Kind, escaped: boolean): void {
    const after = this.#text[span.end] ?? '';
    // Inside backquotes a backslash is taken off before anything is read: one more layer for each pair.
    const layers = this.#frames.filter((f) => f.close === '`').length;
    const inDouble = this.#frames.some(
      (f, index) => f.close === '`' && index > 0 && isDouble(this.#frames[index - 1] as Frame),
    );
    if (layers > 0 && escaped) {
      this.#places.push(refusing('a backslash stands before it within backquotes'));
    } else {
      const dropped = escaped && (kind === 'word' || kind === 'name');
      const prefix = escaped && !dropped ? '\\\\' : '';
      this.#places.push({
        before: escaped ? 1 : 0,
        write: (value) => {
          let written = prefix + encode(value, kind, after);
          for (let i = 0; i < layers; i++)
            written = written.replace(inDouble ? /[\\$`"]/g : /[\\$`]/g, '\\$&');
          return written;
        },
      });
    }
    this.#at = span.end;
  }

  #backslash(): void {
    const span = this.#next;
    if (span !== undefined && span.start === this.#at + 1) {
      this.#place(span, this.#kindHere(span), true);
    } else this.#at += 2;
    this.#wordStart = false;
  }

  #inDouble(top: Frame): void {
    const char = this.#text[this.#at];
    if (char === top.close) {
      this.#frames.pop();
      this.#at++;
    } else if (char === '$' || char === '`') this.#expansion(true);
    else this.#at++;
  }

  #inArithmetic(top: Frame): void {
    const char = this.#text[this.#at];
    if (char === '(') top.depth++;
    if (char === ')') {
      if (top.depth === 0) {
        this.#frames.pop();
        this.#at += this.#text[this.#at + 1] === ')' ? 2 : 1;
        return;
      }
      top.depth--;
    }
    if (char === '$' || char === '`') this.#expansion(false);
    else this.#at++;
  }

  /** `$…` or a backquote. */
  #expansion(quoted: boolean): void {
    const text = this.#text;
    if (text[this.#at] === '`') {
      const open = this.#frames.findLastIndex((f) => f.close === '`');
      if (open === -1) this.#push(frame('code', '`'), 1);
      else {
        this.#frames.length = open;
        this.#at++;
      }
      return;
    }
    if (text.startsWith('$((', this.#at)) this.#push(frame('arith', '))'), 3);
    else if (text.startsWith('$(', this.#at)) this.#push(frame('code', ')'), 2);
    else if (text.startsWith('${', this.#at)) this.#push(frame('brace', '}', quoted), 2);
    else if (!quoted && text.startsWith("$'", this.#at)) this.#quotation('ansi', 2);
    else this.#at++;
  }

  #push(next: Frame, length: number): void {
    this.#frames.push(next);
    this.#at += length;
    this.#wordStart = true;
  }

  #inCode(top: Frame): void {
    const text = this.#text;
    const char = text[this.#at] as string;
    const begins = this.#wordStart;
    this.#wordStart = false;
    if (char === '`' || char === '$') {
      this.#expansion(top.kind === 'brace' && top.quoted);
    } else if (char === "'" && !(top.kind === 'brace' && top.quoted)) {
      this.#quotation('single', 1);
    } else if (char === '"') this.#push(frame('double', '"'), 1);
    else if (top.kind === 'brace') {
      if (char === '}') this.#frames.pop();
      this.#at++;
    } else if (char === '#' && begins) this.#comment();
    else if (text.startsWith('<<<', this.#at)) {
      this.#at += 3;
    } else if (text.startsWith('<<', this.#at)) this.#heredocWord();
    else if (text.startsWith('((', this.#at) && begins) this.#push(frame('arith', '))'), 2);
    else if (char === '(') this.#push(frame('code', ')'), 1);
    else if (char === ')') {
      if (top.close === ')' && top.cases === 0) this.#frames.pop();
      this.#at++;
      this.#wordStart = true;
    } else if (char === '\n') {
      this.#at++;
      this.#wordStart = true;
      this.#bodies();
    } else this.#wordOrSpace(top, char, begins);
  }

  #wordOrSpace(top: Frame, char: string, begins: boolean): void {
    if (/[\s;&|<>]/.test(char)) {
      this.#at++;
      this.#wordStart = true;
      return;
    }
    WORD.lastIndex = this.#at;
    const word = WORD.exec(this.#text)?.[0] ?? char;
    const limit = this.#next?.start ?? this.#text.length;
    if (begins && word === 'case') top.cases++;
    if (begins && word === 'esac') top.cases = Math.max(0, top.cases - 1);
    this.#at = Math.min(this.#at + word.length, Math.max(limit, this.#at + 1));
  }

  /** `'…'` or `$'…'`: to its end, with the placeholders in it. */
  #quotation(kind: 'single' | 'ansi', opening: number): void {
    this.#at += opening;
    while (this.#at < this.#text.length) {
      const span = this.#next;
      if (span !== undefined && this.#at >= span.start) this.#place(span, kind, false);
      else if (kind === 'ansi' && this.#text[this.#at] === '\\') {
        if (span !== undefined && span.start === this.#at + 1) this.#place(span, kind, true);
        else this.#at += 2;
      } else if (this.#text[this.#at++] === "'") return;
    }
  }

  #comment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#until(end === -1 ? this.#text.length : end, 'comment');
    this.#wordStart = true;
  }

  #until(end: number, kind: Kind): void {
    for (let span = this.#next; span !== undefined && span.start < end; span = this.#next)
      this.#place(span, kind, false);
    this.#at = Math.max(this.#at, end);
  }

  #heredocWord(): void {
    HEREDOC.lastIndex = this.#at;
    const match = HEREDOC.exec(this.#text);
    if (match === null) {
      this.#at += 2;
      return;
    }
    const word = match[2] ?? '';
    this.#heredocs.push({
      end: word.replace(/\\(.)|['"]/g, '$1'),
      literal: /['"\\]/.test(word),
      tabs: match[1] === '-',
    });
    this.#at += match[0].length;
  }

  /** At the start of a line: the bodies of the here-documents that the line before announced. */
  #bodies(): void {
    const heredoc = this.#heredocs.shift();
    if (heredoc === undefined) return;
    let lineStart = this.#at;
    while (lineStart < this.#text.length) {
      const lineEnd = this.#text.indexOf('\n', lineStart);
      const line = this.#text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
      if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.end) break;
      lineStart = lineEnd === -1 ? this.#text.length : lineEnd + 1;
    }
    if (heredoc.literal) {
      this.#until(lineStart, 'literal');
    } else {
      this.#frames.push(frame('heredoc', lineStart));
      while (this.#at < lineStart && this.#places.length < this.#spans.length) this.#step();
      this.#at = Math.max(this.#at, lineStart);
      while (this.#top.kind === 'heredoc' || this.#frames.some((f) => f.close === lineStart))
        this.#frames.pop();
    }
    if (this.#heredocs.length === 0) return;
    const next = this.#text.indexOf('\n', this.#at);
    this.#at = next === -1 ? this.#text.length : next + 1;
    this.#bodies();
  }
}

const WORD = /[^\s;&|<>()`$'"\\#]+|#/y;
const HEREDOC = /<<(-?)[ \t]*((?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])+)/y;

function frame(kind: Frame['kind'], close: Frame['close'], quoted = false): Frame {
  return { kind, close, quoted, depth: 0, cases: 0 };
}

const isDouble = (f: Frame): boolean => f.kind === 'double' || (f.kind === 'brace' && f.quoted);

const refusing = (reason: string): Place => ({
  before: 0,
  write: () => {
    throw new RangeError(reason);
  },
});

function encode(value: string, kind: Kind, after: string): string {
  switch (kind) {
    case 'word':
      return isPlain(value, after) ? value : `'${value.replaceAll("'", "'\\''")}'`;
    case 'single':
      return value.replaceAll("'", "'\\''");
    case 'double':
      return value.replace(/[\\$`"]/g, '\\$&');
    case 'brace':
      // Bash looks for pairs of these there, though they mean nothing; no spelling of them works in every shell.
      if (/['()<>]/.test(value))
        throw new RangeError("none of ' ( ) < > can stand in a ${…} within double quotes");
      return value.replace(/[\\$`"}]/g, '\\$&');
    case 'ansi':
      return value.replace(/[\\']/g, '\\$&');
    case 'heredoc':
      return withoutBreaks(value, 'a here-document').replace(/[\\$`]/g, '\\$&');
    case 'literal':
      return withoutBreaks(value, 'a here-document');
    case 'comment':
      return value.replace(/[\r\n]+/g, ' ');
    case 'number':
      if (!/^\d{1,18}$/.test(value)) throw new RangeError('only a whole number can stand in arithmetic');
      return value;
    case 'name':
      if (!/^[A-Za-z_]\w*$/.test(value)) throw new RangeError('only the name of a variable can stand there');
      return value;
  }
}

/** A line break could end the document early: its last line is a word that the value may hold. */
function withoutBreaks(value: string, where: string): string {
  if (/[\r\n]/.test(value)) throw new RangeError(`a line break cannot stand in ${where}`);
  return value;
}

/** Whether a value means itself without quotes, next to whatever stands around it. */
function isPlain(value: string, after: string): boolean {
  if (!/^[\w@+:./-]+$/.test(value) || value.includes('..') || RESERVED.test(value)) return false;
  // `2>file` names a descriptor.
  return !(/[<>]/.test(after) && /^\d+$/.test(value));
}
