/** The bash grammar, through unbash: a script's statements, its first fault, and words as classification wants them. */
import {
  type Assignment,
  type Command,
  forEachChild,
  type HereDoc,
  type ParsedScript,
  parse,
  type Statement,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { expandBraces } from './braces.ts';
import type { ShellError } from './types.ts';
import type { Arg } from './words.ts';

/** A stretch of a script that stands for a word still to be filled in. */
export interface Mask {
  readonly start: number;
  readonly end: number;
}

/** What the grammar made of a script. */
export interface Grammar {
  readonly script: ParsedScript;
  /** The first fault. What begins after it was not understood. */
  readonly error: ShellError | null;
}

/** Characters; a longer script is no runbook's, and is not parsed. */
const MAX_SOURCE = 1_000_000;

/** Parses a script. Never throws; a fault of the parser itself is an error at 0. */
export function parseScript(text: string): Grammar {
  if (text.length > MAX_SOURCE) {
    return {
      script: EMPTY_SCRIPT,
      error: { offset: 0, message: 'the script is longer than a million characters' },
    };
  }
  try {
    const script = parse(text);
    let first: ShellError | null = null;
    for (const fault of script.errors ?? []) {
      if (!first || fault.pos < first.offset) first = { offset: fault.pos, message: fault.message };
    }
    return { script, error: first ?? droppedText(script, text) };
  } catch (fault) {
    return { script: EMPTY_SCRIPT, error: { offset: 0, message: `the grammar gave up: ${String(fault)}` } };
  }
}

/** The parser passes over some tokens without a word (`ls (`): text between statements that is no separator is a fault. */
function droppedText(script: ParsedScript, text: string): ShellError | null {
  let at = 0;
  const check = (end: number): ShellError | null => {
    for (let i = at; i < end; i++) {
      const char = text[i] as string;
      if (char === '#') {
        const newline = text.indexOf('\n', i);
        i = newline < 0 ? end : newline;
      } else if (!/[\s;&\\]/.test(char)) return { offset: i, message: `unexpected token '${char}'` };
    }
    return null;
  };
  for (const statement of script.commands) {
    const found = statement.pos > at ? check(statement.pos) : null;
    if (found) return found;
    at = Math.max(at, statementEnd(statement, text));
  }
  return check(text.length);
}

/** Replaces masks by word characters of the same length, so that offsets stay. */
export function applyMasks(text: string, masks: readonly Mask[] | undefined): string {
  if (!masks || masks.length === 0) return text;
  let result = '';
  let at = 0;
  for (const mask of [...masks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, Math.min(mask.start, text.length));
    const end = Math.max(start, Math.min(mask.end, text.length));
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\n\r]/g, 'x');
    at = end;
  }
  return result + text.slice(at);
}

const NEEDS_PARTS = /[$`{<>]/;
const EXPANSIONS = new Set([
  'SimpleExpansion',
  'ParameterExpansion',
  'CommandExpansion',
  'ArithmeticExpansion',
  'ProcessSubstitution',
  'BraceExpansion',
]);

/** A word of the tree as a word of ours. */
export function toArg(word: Word): Arg {
  return { text: word.text, value: word.value, dynamic: NEEDS_PARTS.test(word.text) && hasExpansion(word) };
}

/** The words of a command's arguments; `NAME=value` arguments (`export A=b`) keep their text. */
export function argsOf(command: Command): Arg[] {
  const args: Arg[] = [];
  if (command.name) pushWord(args, command.name);
  for (const part of command.suffix) {
    if (part.type === 'Word') pushWord(args, part);
    else if (part.type === 'Assignment') args.push(assignmentArg(part));
  }
  return args;
}

/** A word as the words that its braces make of it. */
function pushWord(args: Arg[], word: Word): void {
  if (word.text.includes('{') && word.parts?.some((part) => part.type === 'BraceExpansion')) {
    const texts = expandBraces(word.text);
    if (texts.length > 1) {
      const parsed = parse(`: ${texts.join(' ')}`).commands[0]?.command;
      if (parsed?.type === 'Command') {
        for (const part of parsed.suffix) if (part.type === 'Word') args.push(toArg(part));
        return;
      }
    }
  }
  args.push(toArg(word));
}

/** `A="b c"` as one word. */
function assignmentArg(part: Assignment): Arg {
  const value = part.value;
  if (value.type !== 'Word')
    return { text: part.text, value: part.text, dynamic: NEEDS_PARTS.test(part.text) };
  const arg = toArg(value);
  const before = part.text.slice(0, part.text.length - value.text.length);
  return { text: part.text, value: before + arg.value, dynamic: arg.dynamic };
}

/** Whether a word holds an unquoted `*`, `?` or `[…]`. */
export function hasGlob(word: Word): boolean {
  return (
    /[*?[]/.test(word.text) &&
    (word.parts ?? []).some((part) => part.type === 'Glob' || part.type === 'ExtendedGlob')
  );
}

function hasExpansion(node: SyntaxNode): boolean {
  let found = false;
  forEachChild(node, (child) => {
    if (!found) found = EXPANSIONS.has(child.type) || hasExpansion(child);
  });
  return found;
}

const NEEDS_SCRIPTS = /\$\(|`|<\(|>\(|\$\{[\s|]/;

/** Scripts of `$( )`, backticks and `<( )` inside a node, not those inside its statements. */
export function nestedScripts(node: SyntaxNode): ParsedScript[] {
  const found: ParsedScript[] = [];
  collect(node, found);
  return found;
}

function collect(node: SyntaxNode, found: ParsedScript[]): void {
  if ('text' in node && typeof node.text === 'string' && !NEEDS_SCRIPTS.test(node.text)) return;
  forEachChild(node, (child) => {
    if (child.type === 'Script') found.push(child as ParsedScript);
    else if (child.type !== 'Statement' && child.type !== 'CompoundList') collect(child, found);
  });
}

/** The end of a statement with the bodies of its heredocs, which stand after its line. */
export function statementEnd(statement: Statement, text: string): number {
  let end = statement.end;
  if (!text.slice(statement.pos, end).includes('<<')) return end;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc') end = Math.max(end, heredocEnd(node, text));
    // A substitution may have a source of its own, and ends inside the statement anyway.
    else if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(statement);
  return end;
}

function heredocEnd(heredoc: HereDoc, text: string): number {
  return Math.min(heredoc.closing?.end ?? heredoc.body.end, text.length);
}

const EMPTY_SCRIPT: ParsedScript = { type: 'Script', pos: 0, end: 0, shebang: undefined, commands: [] };
