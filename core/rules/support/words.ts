/** The simple commands of a shell command, word by word: what rules about single flags and arguments ask. */
import { boundedCache } from '../../runbook/lazy.ts';
import type { BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';

/** A word; offsets into the block's content. */
export interface ShellWord {
  /** As written. */
  readonly text: string;
  /** Without the quotes around its parts; expansions stay as written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** `> file`, `2>> file`, `< file`. Here-documents and `2>&1` have no target. */
export interface Redirect {
  readonly operator: string;
  readonly target: ShellWord | null;
  readonly start: number;
  readonly end: number;
}

/** One program with its arguments. Words inside `$(…)` belong to the word around them. */
export interface SimpleCommand {
  /** Without keywords (`do`, `then`, `!`) and leading assignments. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** The operator before it: `|`, `&&`, `||`, `;`, `&`, a line break, or nothing. */
  readonly before: string;
  readonly start: number;
  readonly end: number;
}

const keywords: ReadonlySet<string> = new Set(
  'if then else elif while until do ! { time fi done }'.split(' '),
);

/** The simple commands of one statement of a block. Placeholders stand as words (`<pod>` is no redirection). Linear. */
export function simpleCommands(block: BlockText, command: ShellCommand): readonly SimpleCommand[] {
  const text = maskedScript(block).slice(command.start, command.end);
  return split.get(`${command.start} ${text}`, () => splitCommands(text, command.start));
}

/** By place and text: several rules ask for the same words, and an edit elsewhere changes neither. */
const split = boundedCache<readonly SimpleCommand[]>(20_000, 8_000_000);

const maskedScripts = new WeakMap<object, string>();

/** The script with placeholders made words of the same length. */
export function maskedScript(block: BlockText): string {
  let text = maskedScripts.get(block.key);
  if (text !== undefined) return text;
  text = '';
  let at = 0;
  for (const { start, end } of [...block.placeholders].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    text += block.script.slice(at, start) + block.script.slice(start, end).replace(/[^\w.\n-]/g, '_');
    at = end;
  }
  text += block.script.slice(at);
  maskedScripts.set(block.key, text);
  return text;
}

/** The simple commands of a text, with offsets counted from `base`. */
export function splitCommands(text: string, base = 0): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: ShellWord[] = [];
  let redirects: Redirect[] = [];
  let open: { operator: string; start: number } | null = null;
  let heredocs: string[] = [];
  let before = '';
  let i = 0;
  const finish = (separator: string): void => {
    while (
      words[0] !== undefined &&
      (keywords.has(words[0].text) || (words.length > 1 && /^[A-Za-z_]\w*\+?=/.test(words[0].text)))
    )
      words.shift();
    const parts = [...words, ...redirects];
    if (words.length > 0)
      commands.push({
        words,
        redirects,
        before,
        start: words[0]?.start ?? base,
        end: Math.max(...parts.map(({ end }) => end)),
      });
    if (parts.length > 0 || separator !== '\n') before = separator;
    words = [];
    redirects = [];
    open = null;
  };
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '\\' && /^\\\r?\n/.test(text.slice(i, i + 3))) i += text[i + 1] === '\r' ? 3 : 2;
    else if (char === '\n') {
      finish('\n');
      i++;
      for (const word of heredocs) i = afterHereDocument(text, i, word);
      heredocs = [];
    } else if (/\s/.test(char)) i++;
    else if (char === '#') {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (/[;&|()]/.test(char) && !text.startsWith('&>', i)) {
      const operator = /^(?:&&|\|\||\|&|;;|[;&|()])/.exec(text.slice(i, i + 2))?.[0] ?? char;
      finish(operator === '|&' ? '|' : operator);
      i += operator.length;
    } else {
      const redirect = /^(?:\d{0,2}(?:>>|>\||>&|<<<|<<-?|<&|<>|<(?!\()|>(?!\())|&>>?)/.exec(
        text.slice(i, i + 6),
      )?.[0];
      if (redirect !== undefined) {
        open = { operator: redirect, start: base + i };
        i += redirect.length;
        if (/[<>]&$/.test(redirect)) {
          const rest = /^[\d-]+/.exec(text.slice(i, i + 8))?.[0];
          if (rest !== undefined) {
            i += rest.length;
            redirects.push({ operator: redirect, target: null, start: open.start, end: base + i });
            open = null;
          }
        }
        continue;
      }
      const end = wordEnd(text, i);
      const word: ShellWord = {
        text: text.slice(i, end),
        value: unquote(text.slice(i, end)),
        start: base + i,
        end: base + end,
      };
      if (open === null) words.push(word);
      else {
        const here = /^<<-?$/.test(open.operator);
        if (here) heredocs.push(word.value);
        redirects.push({ ...open, target: here ? null : word, end: word.end });
        open = null;
      }
      i = end;
    }
  }
  finish('');
  return commands;
}

/** Where the line after the closing word begins. */
function afterHereDocument(text: string, start: number, word: string): number {
  let i = start;
  while (i < text.length) {
    const end = text.indexOf('\n', i);
    const line = text.slice(i, end < 0 ? text.length : end);
    i = end < 0 ? text.length : end + 1;
    if (line.trim() === word) break;
  }
  return i;
}

/** The end of the word that begins at `start`; at least one character further. */
function wordEnd(text: string, start: number): number {
  let i = start;
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '\\') i += 2;
    else if (char === "'") i = after(text, "'", i + 1);
    else if (char === '"') i = doubleEnd(text, i + 1);
    else if (char === '`') i = after(text, '`', i + 1);
    else if (/[$<>]/.test(char) && text[i + 1] === '(') i = parenEnd(text, i + 2);
    else if (char === '$' && text[i + 1] === '{') i = after(text, '}', i + 2);
    else if (/[\s;&|()<>]/.test(char)) break;
    else i++;
  }
  return Math.max(start + 1, Math.min(i, text.length));
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + 1;
}

function doubleEnd(text: string, from: number, depth = 0): number {
  let i = from;
  while (i < text.length) {
    if (text[i] === '\\') i += 2;
    else if (text[i] === '"') return i + 1;
    else if (text.startsWith('$(', i)) i = parenEnd(text, i + 2, depth + 1);
    else i++;
  }
  return i;
}

/** Nested deeper than this, nothing more is told apart. */
const DEEPEST = 100;

function parenEnd(text: string, from: number, depth = 0): number {
  if (depth > DEEPEST) return text.length;
  let open = 1;
  let i = from;
  while (i < text.length) {
    const char = text[i];
    if (char === '\\') i += 2;
    else if (char === "'") i = after(text, "'", i + 1);
    else if (char === '"') i = doubleEnd(text, i + 1, depth);
    else {
      if (char === '(') open++;
      else if (char === ')' && --open === 0) return i + 1;
      i++;
    }
  }
  return i;
}

/** Quotes taken off, except inside `$(…)`. */
function unquote(text: string): string {
  let value = '';
  let i = 0;
  let double = false;
  while (i < text.length) {
    const char = text[i] as string;
    if (char === '\\') {
      value += text[i + 1] ?? '';
      i += 2;
    } else if (char === "'" && !double) {
      const end = after(text, "'", i + 1);
      value += text.slice(i + 1, end - 1);
      i = end;
    } else if (char === '"') {
      double = !double;
      i++;
    } else if (text.startsWith('$(', i)) {
      const end = parenEnd(text, i + 2);
      value += text.slice(i, end);
      i = end;
    } else {
      value += char;
      i++;
    }
  }
  return value;
}

/** The words without `sudo`, `env`, `nohup` and the like before the program, with whether `sudo` was among them. */
export function peeled(words: readonly ShellWord[]): { words: readonly ShellWord[]; sudo: boolean } {
  let at = 0;
  let sudo = false;
  for (;;) {
    const name = words[at]?.value;
    if (name === 'sudo') sudo = true;
    else if (name !== 'env' && name !== 'nohup' && name !== 'command' && name !== 'time') break;
    at++;
    while (at < words.length) {
      const value = words[at]?.value ?? '';
      if (/^-[ugCphrtTD]$|^--(?:user|group|host|chdir)$/.test(value) && name === 'sudo') at += 2;
      else if (value.startsWith('-') || /^[A-Za-z_]\w*=/.test(value)) at++;
      else break;
    }
  }
  return { words: words.slice(at), sudo };
}
