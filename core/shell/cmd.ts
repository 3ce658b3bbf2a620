/** Windows cmd: its grammar and what its commands would do. From documentation: Windows Commands, cmd, if, for. */
import { namesIn, type Piece, scriptOf } from './lexical.ts';
import { judgeFile } from './redirect.ts';
import { isSecretFile } from './tools/secretFiles.ts';
import type { Judge } from './tools/table.ts';
import type { ShellScript } from './types.ts';
import {
  asNested,
  highest,
  maxNesting,
  NOTHING,
  sessionOpened,
  unknown,
  type Verdict,
  verdict,
  withDetails,
} from './verdict.ts';
import { judgeWindowsProgram } from './windows.ts';
import { plain, unknownWord } from './words.ts';

/** Deeper nesting than this is not followed. */
const MAX_DEPTH = 20;

/** @param judge Judges the programs that are not Windows' own. */
export function readCmd(script: string, masked: string, judge: Judge): ShellScript {
  const pieces: Piece[] = [];
  const labels = new Set<string>();
  for (const { start, end } of split(masked, true)) {
    const text = masked.slice(start, end);
    const label = /^:(?!:)\s*(\w+)/.exec(text)?.[1];
    if (label) labels.add(label.toLowerCase());
    if (isComment(text)) continue;
    let judged = judgeList(text, judge, 0);
    const jump = /^@?goto\s+:?(\w+)/i.exec(text)?.[1];
    if (jump && labels.has(jump.toLowerCase()))
      judged = withDetails(judged, { mode: 'stream', reason: 'a loop that never ends' });
    pieces.push({ start, end, verdict: judged });
  }
  return scriptOf(script, masked, pieces, (text) => ({
    reads: namesIn(text, /%([A-Za-z_]\w*)%/g),
    sets: namesIn(text, /\bset\s+(?:\/\w\s+)?"?([A-Za-z_]\w*)=/gi),
  }));
}

/** The verdict over text that cmd runs. */
export function judgeCmd(text: string, judge: Judge): Verdict {
  let result = NOTHING;
  for (const { start, end } of split(text, true)) {
    const line = text.slice(start, end);
    if (!isComment(line)) result = highest(result, judgeList(line, judge, 0));
  }
  return result;
}

/** `#` begins no comment here, but as a line of its own it only fails. */
function isComment(text: string): boolean {
  return /^(@?rem(\s|$)|:|#[^&|]*$)/i.test(text);
}

/**
 * Where commands stand: lines, and with `lines` false also what `&`, `&&`, `|` and `||` part. Round brackets group only where a
 * command begins, and in `if` and `for`; quotes and carets protect.
 */
function split(text: string, lines: boolean): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  const cut = (end: number): void => {
    const piece = text.slice(start, end);
    const from = start + (piece.length - piece.trimStart().length);
    const to = start + piece.trimEnd().length;
    if (to > from) found.push({ start: from, end: to });
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\n') {
      quoted = false;
      if (depth > 0) continue;
      cut(at);
      start = at + 1;
    } else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '^') at += text.startsWith('^\r\n', at) ? 2 : 1;
    else if (char === '(' && (depth > 0 || opens(text.slice(start, at)))) depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (!lines && depth === 0 && (char === '&' || char === '|') && text[at - 1] !== '>') {
      cut(at);
      start = at + 1;
    }
  }
  cut(text.length);
  // Brackets that do not close would hide what stands behind them.
  if (depth > 0) {
    const all = text.split(lines ? /\n/ : /[\n&|]+/);
    let at = 0;
    return all.map((piece) => {
      const from = text.indexOf(piece, at);
      at = from + piece.length;
      return { start: from, end: at };
    });
  }
  return found;
}

function opens(before: string): boolean {
  const text = before.trim();
  return (
    text === '' ||
    /^[@(]*$/.test(text) ||
    /^[@(]*(if|for)\b/i.test(text) ||
    /(^|[&|(\s])(if|for)\b[^&|]*$|[&|]\s*@?$|\b(do|else)\s*@?$/i.test(text)
  );
}

function judgeList(text: string, judge: Judge, depth: number): Verdict {
  if (depth > MAX_DEPTH) return unknown('the nesting is too deep to read');
  let result = NOTHING;
  for (const { start, end } of split(text, false)) {
    const part = text.slice(start, end);
    if (!isComment(part)) result = highest(result, judgePart(part, judge, depth));
  }
  return result;
}

function judgePart(written: string, judge: Judge, depth: number): Verdict {
  const text = written.replace(/^@+\s*/, '').trim();
  if (text === '') return NOTHING;
  if (text.startsWith('(')) {
    const close = closing(text, 0);
    const inner = judgeList(text.slice(1, close), judge, depth + 1);
    return highest(inner, judgeTail(text.slice(close + 1), judge, depth));
  }
  if (/^if\b/i.test(text)) return judgeIf(text, judge, depth);
  if (/^for\b/i.test(text)) return judgeFor(text, judge, depth);
  const { command, writes } = withoutRedirections(text);
  return highest(judgeCommand(command, judge, depth), writes);
}

/** What stands behind a group: a redirection, or `else`. */
function judgeTail(text: string, judge: Judge, depth: number): Verdict {
  const rest = text.trim();
  if (rest === '') return NOTHING;
  const other = /^else\b(.*)$/is.exec(rest)?.[1];
  if (other !== undefined) return judgeList(other, judge, depth + 1);
  return withoutRedirections(rest).writes;
}

function judgeIf(text: string, judge: Judge, depth: number): Verdict {
  const head =
    /^if\s+(?:\/i\s+)?(?:not\s+)?(?:(?:exist|defined|errorlevel|cmdextversion)\s+(?:"[^"]*"|\S+)|(?:"[^"]*"|[^\s=]+)\s*==\s*(?:"[^"]*"|[^\s(]+)|(?:"[^"]*"|\S+)\s+(?:equ|neq|lss|leq|gtr|geq)\s+(?:"[^"]*"|\S+))\s*/i.exec(
      text,
    );
  if (!head) return unknown('the condition of if is not understood');
  return judgeList(text.slice(head[0].length), judge, depth + 1);
}

function judgeFor(text: string, judge: Judge, depth: number): Verdict {
  const head = /^for\s+(?:\/([dlrf])\s+)?(?:("[^"]*"|[^%\s(]+)\s+)?%%?~?\w\s+in\s*\(/i.exec(text);
  if (!head) return unknown('the set of for is not understood');
  const open = head[0].length - 1;
  const close = closing(text, open);
  const body = /^\s*do\b(.*)$/is.exec(text.slice(close + 1))?.[1];
  if (body === undefined) return unknown('for has no command');
  let result = judgeList(body, judge, depth + 1);
  const set = text.slice(open + 1, close).trim();
  const backquotes = /usebackq/i.test(head[2] ?? '');
  const command = (backquotes ? /^`(.*)`$/s : /^'(.*)'$/s).exec(set)?.[1];
  if (head[1]?.toLowerCase() === 'f' && command !== undefined)
    result = highest(result, judgeList(command.replace(/\^([|&<>])/g, '$1'), judge, depth + 1));
  return result.risk === 'read-only' || result.scope !== 'one' ? result : { ...result, scope: 'many' };
}

/** The index of the bracket that closes the one at `open`; the end where none does. */
function closing(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '^') at++;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  return text.length;
}

/** A command without its redirections, and what those write. */
function withoutRedirections(text: string): { readonly command: string; readonly writes: Verdict } {
  let writes = NOTHING;
  const empties = /^(type\s+nul|break|rem|cd\.)\s*>/i.test(text);
  const command = text.replace(
    /"[^"]*"|\^[\s\S]|(?:(?<=\s)\d)?(>>?|<)\s*(&\d|"[^"]*"|[^\s<>&|]+)/g,
    (whole: string, operator?: string, target?: string) => {
      if (operator === undefined || target === undefined) return whole;
      const path = target.replaceAll('"', '');
      if (operator !== '<' && !target.startsWith('&') && !/^(nul|con)$/i.test(path))
        writes = highest(writes, judgeFile(path.replaceAll('\\', '/'), operator === '>>', empties));
      return ' ';
    },
  );
  return { command: command.trim(), writes };
}

/** Words by white space; quotes hold together, carets are taken away. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:"[^"]*"?|\^[\s\S]|[^\s"^])+/g))
    words.push(
      word.replace(/\^([\s\S])/g, (_, char: string) => (char === '\n' || char === '\r' ? '' : char)),
    );
  return words.filter((word) => word !== '');
}

function judgeCommand(text: string, judge: Judge, depth: number): Verdict {
  const raw = wordsOf(text);
  const words = raw.map((word) => word.replace(/^"([^"]*)"$/, '$1'));
  const first = words[0];
  if (first === undefined) return NOTHING;
  if (/^(echo|type)?[.:\\/]?$/i.test(first) && /^echo/i.test(first))
    return verdict('read', 'echo prints', { tool: 'echo' });
  if (/^(%[^%]|%%|![A-Za-z])/.test(first)) return unknown('the command word is a variable');
  const name = first
    .toLowerCase()
    .replace(/^.*[\\/]/, '')
    .replace(/\.exe$/, '');
  if (name === 'call' || name === 'start') return judgeCall(name, words.slice(1), judge);
  if (name === 'cmd') {
    const at = words.findIndex((word) => /^\/[ckr]$/i.test(word));
    if (at < 0)
      return sessionOpened('cmd opens a shell', { mode: 'terminal', nesting: 'opaque', tool: 'cmd' });
    const inner = raw
      .slice(at + 1)
      .join(' ')
      .replace(/^"(.*)"$/s, '$1');
    const judged = judgeList(inner, judge, depth + 1);
    return { ...judged, nesting: maxNesting(judged.nesting, 'read') };
  }
  // `cd..`, `cd\`, `dir/b`: the switch or the path may stand at once behind the word.
  const glued =
    /^(cd|chdir|dir|del|erase|rd|rmdir|md|type|copy|ipconfig|cls|ping|tasklist|taskkill|shutdown)([./\\].*)$/i.exec(
      first,
    );
  const given =
    glued && !/^\.(exe|bat|cmd|com)$/i.test(glued[2] ?? '')
      ? [glued[1] ?? '', glued[2] ?? '', ...words.slice(1)]
      : words;
  const known = judgeWindowsProgram([
    (given[0] ?? '').replace(/^.*[\\/](?=[\w-]+\.(?:exe|com)$)/i, ''),
    ...given.slice(1),
  ]);
  if (known) {
    const secret =
      /^(type|more|findstr|find)$/i.test(name) &&
      given.slice(1).some((word) => isSecretFile(word.replaceAll('\\', '/')));
    return secret ? withDetails(known, { readsSecrets: true }) : known;
  }
  return judge.words([
    plain(first.replaceAll('\\', '/')),
    ...words.slice(1).map((word) => (/%|!\w+!/.test(word) ? unknownWord(word) : plain(word))),
  ]);
}

function judgeCall(name: string, given: readonly string[], judge: Judge): Verdict {
  let words = given;
  if (name === 'start') {
    // The first quoted word is a title, and words with a slash are start's own.
    while (words[0] !== undefined && (/^\/\w/.test(words[0]) || words[0] === '' || /\s/.test(words[0])))
      words = words.slice(1);
  }
  const first = words[0];
  if (first === undefined || /^:|\.(bat|cmd|ps1|vbs)$/i.test(first) || /%/.test(first))
    return unknown(`${name} runs ${first ?? 'another shell'}`, { tool: name, nesting: 'opaque' });
  const inner = judgeWindowsProgram(words) ?? judge.words(words.map(plain));
  const judged = asNested(inner);
  return name === 'start'
    ? highest(judged, verdict('mutate', 'start opens another program', { tool: judged.tool }))
    : judged;
}
