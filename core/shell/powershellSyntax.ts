/** PowerShell's grammar, as far as judging needs it. From documentation: about_Parsing, about_Quoting_Rules. */

/** A word, with the code that stands in it. */
export interface PsWord {
  /** As written. */
  readonly text: string;
  /** Without quotes and backticks; expansions stay as their text. */
  readonly value: string;
  readonly dynamic: boolean;
  /** It began with a quote, so it is text: no keyword, no parameter. */
  readonly quoted: boolean;
  /** `{ … }`: code that runs when what it is given to runs it. */
  readonly blocks: readonly (readonly PsStatement[])[];
  /** `( … )`, `$( … )`, `@( … )`, `@{ … }`: code that runs where it stands. */
  readonly subs: readonly PsSub[];
  /** Methods that it calls. */
  readonly methods: readonly string[];
}

/** Code inside a word. */
export interface PsSub {
  readonly statements: readonly PsStatement[];
  /** `@{ name = value }`: what stands in front of `=` is no command. */
  readonly hash: boolean;
}

/** One command of a pipeline. */
export interface PsElement {
  readonly words: readonly PsWord[];
  /** Files that its output goes to; an empty one for `$null` and other streams is left out. */
  readonly writes: readonly { readonly path: string; readonly append: boolean }[];
}

/** A pipeline, or pipelines joined by `&&` and `||`. */
export interface PsStatement {
  readonly start: number;
  readonly end: number;
  readonly elements: readonly PsElement[];
  readonly background: boolean;
}

/** What was made of a script. */
export interface PsScript {
  readonly statements: readonly PsStatement[];
  /** Something was left open, or closed that was not open. */
  readonly fault: boolean;
}

/** Deeper nesting than this is no runbook's. */
const MAX_DEPTH = 100;
/** After the block of one of these a statement may begin at once. */
const CONTROL =
  /^(if|elseif|else|while|until|for|foreach|switch|do|try|catch|finally|trap|function|filter|begin|process|end|clean|data|class|enum|parallel|sequence)$/i;
const ASSIGNS = /^[-+*/%?]{0,2}=$/;

/** Reads a script. */
export function parsePowershell(text: string): PsScript {
  const parser = new Parser(text);
  const statements: PsStatement[] = [];
  for (;;) {
    statements.push(...parser.statements(''));
    if (parser.ended()) return { statements, fault: parser.fault };
    // A bracket too many: read on behind it.
    parser.fault = true;
    parser.next();
  }
}

class Parser {
  fault = false;
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  ended(): boolean {
    return this.at >= this.text.length;
  }

  next(): void {
    this.at++;
  }

  /** Statements up to a closing bracket, which is left, or the end. */
  statements(close: string): PsStatement[] {
    if (++this.depth > MAX_DEPTH) throw new RangeError('PowerShell nested too deeply');
    const found: PsStatement[] = [];
    for (;;) {
      this.skip(/[\s;]/);
      if (this.ended() || this.char() === ')' || this.char() === '}') break;
      const before = this.at;
      const statement = this.statement(close);
      if (statement) found.push(statement);
      if (this.at === before) this.at++;
    }
    this.depth--;
    return found;
  }

  private char(offset = 0): string {
    return this.text[this.at + offset] ?? '';
  }

  /** Passes over white space of a kind, comments and continued lines. */
  private skip(space: RegExp): void {
    for (; !this.ended(); ) {
      const char = this.char();
      if (space.test(char)) this.at++;
      else if (char === '`' && /^`\r?\n/.test(this.text.slice(this.at, this.at + 3))) {
        this.at = this.text.indexOf('\n', this.at) + 1;
      } else if (char === '#') this.at = this.indexOf('\n', this.at);
      else if (char === '<' && this.char(1) === '#') this.at = this.indexOf('#>', this.at + 2, 2);
      else return;
    }
  }

  private indexOf(needle: string, from: number, more = 0): number {
    const found = this.text.indexOf(needle, from);
    return found < 0 ? this.text.length : found + more;
  }

  private statement(close: string): PsStatement | undefined {
    const start = this.at;
    const elements: PsElement[] = [];
    let words: PsWord[] = [];
    let writes: { path: string; append: boolean }[] = [];
    let background = false;
    let end = start;
    const flush = (): void => {
      if (words.length > 0 || writes.length > 0) elements.push({ words, writes });
      words = [];
      writes = [];
    };
    for (;;) {
      this.skip(/[ \t\r]/);
      if (this.ended()) break;
      const char = this.char();
      if (char === '\n' || char === ';') {
        this.at++;
        break;
      }
      if (char === ')' || char === '}') {
        if (close === '') this.fault = true;
        break;
      }
      if (char === '|' || (char === '&' && this.char(1) === '&')) {
        this.at += this.char(1) === char ? 2 : 1;
        flush();
        this.skip(/\s/);
        continue;
      }
      if (char === '&' && words.length > 0) {
        background = true;
        this.at++;
        end = this.at;
        break;
      }
      const redirect = /^(\d|\*)?(>>?)(&\d)?/.exec(this.text.slice(this.at, this.at + 5));
      if (redirect) {
        this.at += redirect[0].length;
        if (redirect[3] === undefined) {
          this.skip(/[ \t]/);
          const target = this.word();
          if (target && !/^\$null$/i.test(target.value))
            writes.push({ path: target.value, append: redirect[2] === '>>' });
        }
        end = this.at;
        continue;
      }
      const word = this.word();
      if (!word) break;
      words.push(word);
      end = this.at;
      // A control word's block ends its statement: `if (x) { a } b`.
      const first = words[0];
      if (word.blocks.length > 0 && first && !first.quoted && CONTROL.test(first.value)) break;
    }
    flush();
    return elements.length === 0 ? undefined : { start, end, elements, background };
  }

  /** One word; undefined at a character that begins none. */
  private word(): PsWord | undefined {
    const start = this.at;
    const quoted = /^@?["']/.test(this.char() + this.char(1));
    let value = '';
    let dynamic = false;
    const blocks: (readonly PsStatement[])[] = [];
    const subs: PsSub[] = [];
    const methods: string[] = [];
    const nested = (close: string): readonly PsStatement[] => {
      const inner = this.statements(close);
      if (this.char() === close) this.at++;
      else this.fault = true;
      return inner;
    };
    const sub = (opening: number): void => {
      const from = this.at;
      const method = /(?:\.|::)(\w+)$/.exec(value)?.[1];
      if (method !== undefined && opening === 1) methods.push(method);
      this.at += opening;
      const hash = this.text[this.at - 1] === '{';
      subs.push({ statements: nested(hash ? '}' : ')'), hash });
      dynamic = true;
      value += this.text.slice(from, this.at);
    };
    for (; !this.ended(); ) {
      const char = this.char();
      const pair = char + this.char(1);
      if (/[\s;|)}]/.test(char)) break;
      if (char === '&') {
        if (this.at === start) {
          this.at++;
          value = '&';
        }
        break;
      }
      if (char === '>' && this.at > start) break;
      if (char === '=' && /^[$[]/.test(value) && !/["']/.test(value)) {
        // `$x=command`: the operator is a word of its own.
        if (this.at > start) break;
      }
      if (pair === "@'" || pair === '@"') {
        const body = this.hereString(char + this.char(1), subs);
        value += body.value;
        dynamic ||= body.dynamic;
      } else if (char === "'") {
        value += this.single();
      } else if (char === '"') {
        const body = this.double('"', subs);
        value += body.value;
        dynamic ||= body.dynamic;
      } else if (char === '`') {
        if (this.char(1) === '\n' || this.char(1) === '\r') break;
        value += this.char(1);
        this.at += 2;
      } else if (pair === '$(' || pair === '@(' || pair === '@{') sub(2);
      else if (pair === '${') {
        const end = this.indexOf('}', this.at, 1);
        value += this.text.slice(this.at, end);
        dynamic = true;
        this.at = end;
      } else if (char === '(') {
        // `if(…)`: a keyword is a word of its own.
        if (CONTROL.test(value) || /^(return|throw|in|param)$/i.test(value)) break;
        sub(1);
      } else if (char === '{') {
        if (this.at > start && !/[:=]$/.test(value)) break;
        this.at++;
        blocks.push(nested('}'));
        value += '{…}';
        if (this.char() !== '.') break;
      } else if (char === ',') {
        value += ',';
        this.at++;
        this.skip(/\s/);
      } else {
        if (char === '$') dynamic = true;
        value += char;
        this.at++;
        const assigned = /^(\$[\w:.]+)([-+*/%?]{0,2})=$/.exec(value);
        if (assigned && this.char() !== '=') {
          this.at = this.at - 1 - (assigned[2]?.length ?? 0);
          value = assigned[1] ?? '';
          break;
        }
        if (ASSIGNS.test(value) && value.endsWith('=')) break;
      }
    }
    if (this.at === start) return undefined;
    return { text: this.text.slice(start, this.at), value, dynamic, quoted, blocks, subs, methods };
  }

  private single(): string {
    let value = '';
    for (this.at++; !this.ended(); this.at++) {
      if (this.char() !== "'") value += this.char();
      else if (this.char(1) === "'") {
        value += "'";
        this.at++;
      } else {
        this.at++;
        return value;
      }
    }
    this.fault = true;
    return value;
  }

  /** Text with expansions, up to its closing quote or, in a here-string, its closing line. */
  private double(close: string, subs: PsSub[]): { value: string; dynamic: boolean } {
    let value = '';
    let dynamic = false;
    for (this.at++; !this.ended(); ) {
      const char = this.char();
      if (close === '"' ? char === '"' : this.text.startsWith(close, this.at)) {
        if (close === '"' && this.char(1) === '"') {
          value += '"';
          this.at += 2;
          continue;
        }
        this.at += close.length;
        return { value, dynamic };
      }
      if (char === '`') {
        value += this.char(1);
        this.at += 2;
      } else if (char === '$' && this.char(1) === '(') {
        const from = this.at;
        this.at += 2;
        subs.push({ statements: this.statements(')'), hash: false });
        this.at++;
        dynamic = true;
        value += this.text.slice(from, this.at);
      } else {
        if (char === '$' && /[\w{:]/.test(this.char(1))) dynamic = true;
        value += char;
        this.at++;
      }
    }
    this.fault = true;
    return { value, dynamic };
  }

  private hereString(open: string, subs: PsSub[]): { value: string; dynamic: boolean } {
    this.at++;
    if (open === '@"') return this.double('\n"@', subs);
    const end = this.text.indexOf("\n'@", this.at);
    if (end < 0) this.fault = true;
    const value = this.text.slice(this.at + 1, end < 0 ? this.text.length : end);
    this.at = end < 0 ? this.text.length : end + 3;
    return { value, dynamic: false };
  }
}
