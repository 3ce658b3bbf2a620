/** fish: its blocks and substitutions are read here, single commands as bash reads them. From documentation: The fish language. */
import { namesIn, type Piece, scriptOf } from './lexical.ts';
import type { Judge, Stdin } from './tools/table.ts';
import type { ShellScript } from './types.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from './verdict.ts';
import { plain, wordSet } from './words.ts';

interface Context {
  readonly judge: Judge;
  readonly functions: Map<string, readonly Line[]>;
  readonly depth: number;
  /** What stands on the input of a block that a pipe or a file feeds. */
  readonly stdin?: Stdin;
}

/** A statement: up to `;`, `&` or the end of its line. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly background: boolean;
  /** A pipe feeds it: the statement in front of it. */
  readonly piped: boolean;
}

/** Deeper nesting than this is not followed. */
const MAX_DEPTH = 12;
const OPENS = /^(if|while|for|switch|begin|function)(?=\s|$)/;
/** Builtins that only look, and ones that change only the session; bash does not know them. */
const READS = wordSet(
  'psub count contains functions status math string set_color argparse random path emit isatty',
);
const SESSION = wordSet(
  'abbr fish_add_path fish_vi_key_bindings fish_default_key_bindings block bind commandline complete history',
);

/** @param judge Judges single commands. */
export function readFish(script: string, masked: string, judge: Judge): ShellScript {
  const context: Context = { judge, functions: new Map(), depth: 0 };
  const lines = split(masked);
  const pieces: Piece[] = [];
  for (let i = 0; i < lines.length; ) {
    const end = blockEnd(lines, i);
    const first = lines[i] as Line;
    const last = lines[end - 1] as Line;
    pieces.push({ start: first.start, end: last.end, verdict: judgeLines(lines.slice(i, end), context) });
    i = end;
  }
  return scriptOf(script, masked, pieces, (text) => ({
    reads: namesIn(text, /\$([A-Za-z_]\w*)/g),
    sets: namesIn(text, /(?:^|[;\n]\s*)set\s+(?:-\S+\s+)*([A-Za-z_]\w*)/g),
  }));
}

/** The verdict over text that fish runs. */
export function judgeFish(text: string, judge: Judge): Verdict {
  return judgeLines(split(text), { judge, functions: new Map(), depth: 0 });
}

/** The index behind the statement at `i`, with the block that it opens. */
function blockEnd(lines: readonly Line[], i: number): number {
  let depth = 0;
  for (let at = i; at < lines.length; at++) {
    const word = leading((lines[at] as Line).text);
    if (OPENS.test(word)) depth++;
    else if (/^end(?=\s|$|[|<>&])/.test(word)) depth--;
    if (depth <= 0) return at + 1;
  }
  return lines.length;
}

/** A statement behind the words that may stand in front of any command. */
function leading(text: string): string {
  return text.replace(/^(?:(?:and|or|not|!|time|else)\s+)+(?=\S)/, '');
}

function judgeLines(lines: readonly Line[], context: Context): Verdict {
  if (context.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  let result = NOTHING;
  for (let i = 0; i < lines.length; ) {
    const end = blockEnd(lines, i);
    result = highest(
      result,
      end - i > 1 ? judgeBlock(lines.slice(i, end), context) : judgeLine(lines[i] as Line, context),
    );
    i = end;
  }
  return result;
}

/** `for … end` and its kind: head, body, and what stands behind `end`. */
function judgeBlock(lines: readonly Line[], outer: Context): Verdict {
  const head = lines[0] as Line;
  const fed = head.piped || /^end\b.*</.test(lines.at(-1)?.text ?? '');
  const context: Context = fed ? { ...outer, stdin: { kind: 'piped', from: 'what feeds the block' } } : outer;
  const text = leading(head.text);
  const keyword = OPENS.exec(text)?.[1];
  const closed = /^end(?=\s|$|[|<>&])/.test(leading(lines.at(-1)?.text ?? ''));
  const body = lines.slice(1, closed ? -1 : undefined);
  const rest = text.slice(keyword?.length ?? 0).trim();
  let result = NOTHING;
  switch (keyword) {
    case 'function': {
      const name = rest.split(/\s+/)[0] ?? '';
      context.functions.set(name, [...(context.functions.get(name) ?? []), ...body]);
      const inner = deeper(context);
      inner.functions.delete(name);
      // Under the name of a program the body counts from here on, whoever calls it.
      const program = context.judge.words([plain(name)]).effect;
      const shadows = program !== 'unknown' && program !== 'destroy';
      result = shadows ? judgeLines(body, inner) : verdict('session', `defines the function ${name}`);
      break;
    }
    case 'for':
      result = highest(substitutions(rest, context).verdict, judgeLines(body, context));
      if (result.risk !== 'read-only' && result.scope === 'one') result = { ...result, scope: 'many' };
      break;
    case 'switch':
      result = highest(substitutions(rest, context).verdict, judgeLines(body.map(withoutCase), context));
      break;
    case 'while': {
      const condition = judgeText(rest, context);
      result = highest(condition, judgeLines(body, context));
      const leaves = body.some(({ text: line }) => /^(break|return|exit)\b/.test(leading(line)));
      if (!leaves && (/^(true|sleep\b)/.test(rest) || body.some(({ text: line }) => /^sleep\b/.test(line))))
        result = highest(result, verdict('read', 'a loop that never ends', { mode: 'stream' }));
      break;
    }
    default:
      result = highest(rest === '' ? NOTHING : judgeText(rest, context), judgeLines(body, context));
  }
  if (!closed) result = highest(result, unknown(`not understood: ${keyword} without end`));
  // `end | sort`, `end > file`
  const after = leading(lines.at(-1)?.text ?? '')
    .slice(3)
    .trim();
  if (closed && after !== '') result = highest(result, judgeText(`echo x ${after}`, context));
  const background = lines.at(-1)?.background ?? false;
  return background && result.mode !== 'capture' ? { ...result, mode: 'capture' } : result;
}

function withoutCase(line: Line): Line {
  return /^case(\s|$)/.test(line.text) ? { ...line, text: 'true' } : line;
}

function judgeLine(line: Line, context: Context): Verdict {
  const text = leading(line.text);
  if (/^(end|else|begin|break|continue)$/.test(text)) return NOTHING;
  if (OPENS.test(text)) return unknown(`not understood: ${text.split(/\s/)[0]} without end`);
  const judged = judgeText(text, context);
  return line.background && judged.mode !== 'capture' ? { ...judged, mode: 'capture' } : judged;
}

/** A single command or pipeline. */
function judgeText(written: string, context: Context): Verdict {
  if (context.depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  // `a && b`, and the second of `if a; and b`
  const parts = pieces(written, /&&|\|\|/y);
  if (parts.length > 1)
    return parts.reduce((sum, part) => highest(sum, judgeText(leading(part.trim()), context)), NOTHING);
  const { text, verdict: inner } = substitutions(leading(written), context);
  let result = inner;
  const members = pieces(text, /(?<![|>])\|(?!\|)/y).map((member) => member.trim());
  for (const [i, member] of members.entries()) {
    const name = /^[^\s;|<>]+/.exec(member)?.[0] ?? '';
    const body = context.functions.get(name);
    if (body) {
      const called = deeper(context);
      called.functions.delete(name);
      result = highest(result, judgeLines(body, called));
    }
    if (name === 'set') result = highest(result, judgeSet(member));
    else if (name === 'eval' && /^eval\s+(['"])[^'"$]*\1$/.test(member))
      result = highest(result, judgeLines(split(member.slice(6, -1)), deeper(context)));
    else if (SESSION.has(name))
      result = highest(result, verdict('session', `${name} changes only the session`, { tool: name }));
    if (body || name === 'set' || READS.has(name) || SESSION.has(name))
      members[i] = member.replace(name, 'echo');
  }
  const bash = members.join(' | ');
  return /^\s*(echo\b[^|<>&]*)?$/.test(bash)
    ? result
    : highest(result, context.judge.script(asBash(bash), context.stdin));
}

function judgeSet(text: string): Verdict {
  const words = text.split(/\s+/).slice(1);
  const listing = words.length === 0 || words.every((word) => /^-[gxUlS]+$/.test(word));
  const universal = words.some((word) => /^-\w*U/.test(word) || word === '--universal');
  if (listing) return verdict('read', 'set lists the variables', { tool: 'set', readsSecrets: true });
  return verdict(
    universal ? 'local-write' : 'session',
    universal ? 'set -U keeps a variable for every session' : 'set changes only the session',
    { tool: 'set' },
  );
}

/** fish escapes a quote inside single quotes; bash ends them for it. */
function asBash(text: string): string {
  return text.replace(/'((?:[^'\\]|\\.)*)'/gs, (_, inner: string) => `'${inner.replaceAll("\\'", "'\\''")}'`);
}

/** Text with its substitutions judged, and replaced by a variable: nobody knows what they give. */
function substitutions(text: string, context: Context): { readonly text: string; readonly verdict: Verdict } {
  let result = NOTHING;
  let out = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    if (char === "'") {
      const end = quoteEnd(text, at);
      out += text.slice(at, end);
      at = end;
    } else if (char === '"') {
      const end = quoteEnd(text, at);
      // Only `$( )` runs inside double quotes.
      const inner = text
        .slice(at + 1, end - 1)
        .replace(/\$\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g, (_, body: string) => {
          result = highest(result, judgeLines(split(body), deeper(context)));
          return '$input';
        });
      out += `"${inner}"`;
      at = end;
    } else if (char === '\\') {
      out += text.slice(at, at + 2);
      at += 2;
    } else if (char === '(') {
      const end = bracketEnd(text, at);
      result = highest(result, judgeLines(split(text.slice(at + 1, end - 1)), deeper(context)));
      out = `${out.replace(/\$$/, '')}$input`;
      at = end;
    } else {
      out += char;
      at++;
    }
  }
  return { text: out, verdict: result };
}

function deeper(context: Context): Context {
  return { ...context, functions: new Map(context.functions), depth: context.depth + 1 };
}

/** The index behind a quoted stretch. */
function quoteEnd(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[open]) return at + 1;
  }
  return text.length;
}

/** The index behind the bracket that closes the one at `open`. */
function bracketEnd(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; ) {
    const char = text[at];
    if (char === "'" || char === '"') at = quoteEnd(text, at);
    else if (char === '\\') at += 2;
    else {
      if (char === '(') depth++;
      if (char === ')' && --depth === 0) return at + 1;
      at++;
    }
  }
  return text.length;
}

/** Text parted where a sticky pattern matches outside quotes and brackets. */
function pieces(text: string, pattern: RegExp): string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === "'" || char === '"') at = quoteEnd(text, at);
    else if (char === '\\') at += 2;
    else if (char === '(') at = bracketEnd(text, at);
    else {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match) {
        found.push(text.slice(start, at));
        at += match[0].length;
        start = at;
      } else at++;
    }
  }
  return [...found, text.slice(start)];
}

/** The statements of a text, comments left out. */
function split(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  let out = '';
  let piped = false;
  const cut = (end: number, background: boolean): void => {
    const piece = text.slice(start, end);
    const trimmed = out.trim();
    if (trimmed !== '') {
      const from = start + (piece.length - piece.trimStart().length);
      found.push({ start: from, end: start + piece.trimEnd().length, text: trimmed, background, piped });
    }
    piped = false;
    out = '';
  };
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    let next = at + 1;
    if (char === "'" || char === '"') next = quoteEnd(text, at);
    else if (char === '(') next = bracketEnd(text, at);
    else if (char === '\\') {
      next = at + 2;
      if (text[at + 1] === '\n') {
        out += ' ';
        at = next;
        continue;
      }
    } else if (char === '#' && /(^|[\s;])$/.test(text.slice(Math.max(0, at - 1), at))) {
      const end = text.indexOf('\n', at);
      next = end < 0 ? text.length : end;
      if (out.trim() === '') start = next;
      at = next;
      continue;
    } else if (char === '\n' || char === ';') {
      // A pipe or an operator at its end goes on in the next line.
      if (char === '\n' && /(\||&&)\s*$/.test(out)) {
        out += ' ';
        at = next;
        continue;
      }
      cut(at, false);
      start = next;
      at = next;
      continue;
    } else if (char === '|' && /^\|\s*(while|for|if|begin|switch)\b/.test(text.slice(at, at + 200))) {
      cut(at, false);
      piped = true;
      start = next;
      at = next;
      continue;
    } else if (
      char === '&' &&
      text[at + 1] !== '&' &&
      text[at - 1] !== '&' &&
      !/[<>]$/.test(out) &&
      !/^[>|]/.test(text.slice(next))
    ) {
      cut(at, true);
      start = next;
      at = next;
      continue;
    }
    out += text.slice(at, next);
    at = next;
  }
  cut(text.length, false);
  return found;
}
