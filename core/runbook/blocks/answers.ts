/**
 * Answers: lines of a shell block that no shell is meant to get. A program printed them, or they are words for people
 * below a command that has no prompt. Each is known by its shape: the head of a table and its rows, a log line, `key: value`,
 * JSON, an error, an elision, an address, a quoted message, a sentence. A line that the command model knows as a command
 * is never taken for one, whatever it looks like, so that nothing which destroys is hidden.
 */
import { readScript } from '../../shell/index.ts';
import type { ShellDialect } from '../../shell/types.ts';
import { LineFollower, SHELL_LINE } from './shellText.ts';

/** `output` of a program, `words` for people; null for a line that a shell gets, a comment or a blank line. */
export type Answer = 'output' | 'words' | null;

/** What each line of a script is. Empty where no line is an answer. */
export function answersOf(script: string, dialect: ShellDialect): readonly Answer[] {
  if (!MAYBE.test(script)) return [];
  const lines = script.split('\n');
  const answers: Answer[] = lines.map(() => null);
  const follower = new LineFollower();
  let found = false;
  let table = false;
  /** What the paragraph's last line was, and how deep it stood. */
  let before: Answer = null;
  let depth = 0;
  /** Whether a command stands above, and no comment between. */
  let below = false;
  /** Whether no bracket was left open so far: a block in which one was is not searched for JSON again and again. */
  const json = { search: true };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const text = line.trim();
    if (follower.fresh && text !== '' && !text.startsWith('#')) {
      const length = jsonLength(lines, at, json) || messageLength(lines, at, dialect);
      if (length > 0) {
        const kind = text.startsWith('{') || text.startsWith('[') ? 'output' : 'words';
        answers.fill(kind, at, at + length);
        at += length - 1;
        before = kind;
        depth = 0;
        found = true;
        continue;
      }
      const cells: boolean =
        /\S\s{2,}\S/.test(text) || (before !== null && /^\S+$/.test(text) && !SHELL_LINE.test(text));
      const ruled: boolean = cells && isRule((lines[at + 1] ?? '').trim());
      table ||= isTableHead(text) || isRule(text) || ruled;
      let answer: Answer = table && isRow(text) && !changes(text, dialect) ? 'output' : null;
      answer ??= shapeOf(text, dialect);
      // `Name: …` below a command is what it printed, elsewhere it is a note.
      if (answer === 'words' && below && KEY.test(text)) answer = 'output';
      if (answer === null && before !== null && follows(line, text, depth)) answer = before;
      // `: exit status 1` is the rest of an error, although a shell knows `:`.
      const elsewhere = TYPED_ELSEWHERE.test(text);
      const rest = elsewhere || (before !== null && text.startsWith(': '));
      if (rest) answer = elsewhere ? 'words' : before;
      if (answer !== null && !table && !rest && isCommand(text, dialect)) answer = null;
      answers[at] = answer;
      if (answer !== null) {
        if (before === null) depth = indentOf(line);
        before = answer;
        found = true;
        continue;
      }
    }
    // A blank line or a comment ends a paragraph, and a table with it.
    table = false;
    before = null;
    if (text.startsWith('#')) below = false;
    if (follower.take(line)) below = true;
  }
  return found ? answers : [];
}

/** Nothing is looked at line by line in a block without any of these. */
const MAYBE =
  /:(?:\s|$)|:\/\/|^[ \t]*[A-Z][A-Z_]+ |\d\d:\d\d|\.{3}|…|^[ \t]*["'[{]|[-=]{5}|[.!?]$|^[ \t]*(?:Warning|Normal|Error) |[✓✔✅❌✗]| = |\.\w+:\d+\]| [a-z]+ [a-z]+ [a-z]+|[/"]\S{0,255} (?:[a-z]{1,12} )?[a-z]{1,12}(?: \(|$)|^[ \t]*(?:evicting |HTTP\/\d|[-dl][r-][w-]|total \d|\d+ bytes |PING |Filesystem )|[=-][>#] |> /m;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The head of a table of `kubectl`, `docker`, `aws`: words in capitals with two blanks or more between them. */
export function isTableHead(text: string): boolean {
  const cells = text.split(/\t|\s{2,}/);
  if (cells.length > 1 && cells.every((cell) => /^[A-Z(%#][A-Z0-9_%()/.# -]*$/.test(cell))) return true;
  if (/^Filesystem\s+\S.*\sMounted on$/.test(text)) return true;
  return /^(?:NAME|NAMESPACE|REPOSITORY|PID|USER|CONTAINER ID|LAST SEEN|STATUS)(?:\s+[A-Z][A-Z0-9_%()/-]*)+$/.test(
    text,
  );
}

/** A line of dashes between the head and the rows, or around the cells. */
function isRule(text: string): boolean {
  return /^[-=+|─━]+(?:\s+[-=+|─━]+)*$/.test(text) && text.length >= 5 && /[-=─━]{3}/.test(text);
}

/** A row has its cells two blanks apart, or is short; options and operators belong to commands. */
function isRow(text: string): boolean {
  if (isTableHead(text) || isRule(text)) return true;
  return /\s{2,}|\t/.test(text) || !/\s-{1,2}[A-Za-z]|[|;&$`]/.test(text);
}

const LOG_LINE =
  /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d\b|[IWEF]\d{4} \d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\[?(?:INFO|WARN(?:ING)?|ERROR|DEBUG|FATAL|TRACE)\](?:\s|:)|(?:INFO|WARN(?:ING)?|ERROR|DEBUG|FATAL|TRACE)(?::|\s{2,})|(?:\d+ )?[\w.-]{1,40}\.(?:go|py|c|rs|java):\d+\]|(?:Warning|Normal)\s{2,}[A-Z]|\w{1,40}=[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d )/;
const ERROR = /^(?:[Ee]rror|ERROR|[Ff]atal|[Pp]anic|Traceback|Exception)\b.{0,40}?:(?:\s|$)/;
const KEY = /^(?:- )?["']?[A-Za-z][\w /.()-]{0,48}["']?:(?:\s|$)/;
/** What `kubectl` says that it did to an object: `node/web-1 cordoned`, `pod "web-1" deleted`. No shell is given such a line. */
const DONE =
  /^(?:[a-z][\w.-]{1,80}\/[\w.:-]{1,253}|[a-z][\w.-]{1,80} "[\w.:/-]{1,253}") (?:(?:force |successfully |already )?(?:created|configured|unchanged|deleted|patched|scaled|labeled|annotated|tainted|untainted|cordoned|uncordoned|drained|evicted|restarted|replaced|edited|exposed|rolled back|rolled out)|image updated|condition met)(?: \([\w -]{1,40}\))?$|^evicting pod [\w.-]+\/[\w.-]+$/;
/** What well-known programs print: the head of an HTTP response, lines of `ls -l` and `ping`. */
const PRINTED =
  /^(?:HTTP\/\d(?:\.\d)? \d{3}\b|[-dlbcps](?:[r-][w-][xsS-]){2}[r-][w-][xtT-][.+@]?\s+\d+\s|total \d+[KMG]?$|\d+ bytes from \S|PING \S+ \()/;
/** Typed in another program than a shell, which would write a file named `SELECT` for `shop=> SELECT 1;`. */
const TYPED_ELSEWHERE =
  /^(?:[a-z_]\w{0,40}[=-][>#]|(?:mysql|sqlite|mongo|cqlsh(?::\w{1,40})?|redis [\w.:-]{1,60}|MariaDB \[[^\]\n]{1,40}\]|\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}(?:\[\d+\])?)>|>>>)\s+\S/;
const ALERT_LABEL = /^- \w{1,40} = \S/;
const ELISION = /^(?:\.{3}|…|<snip>|\[(?:\.{3}|…|snip)\])(?:$|[\w .]*$)/;
const MARK = /^[✓✔✅❌✗☑☒]/u;
const ADDRESS = /^(?:[a-z][a-z0-9+.]{1,10}):\/\/\S+$/;
const SETTING = /^[A-Za-z][\w.]{0,60} += +(?:"[^"]*"|'[^']*'|[\w.:/-]+(?: \* [\w.]+)?)$/;
/** A sentence: it begins with a capital, has some words, ends like one, and nothing in it means something to a shell. */
const SENTENCE = /^[A-Z][a-z]+(?:['’][a-z]+)?(?: [^\s|;&$<>`={}]+){3,40}[.!?:]?$/;

function shapeOf(text: string, dialect: ShellDialect): Answer {
  if (isTableHead(text) || isRule(text) || LOG_LINE.test(text) || ERROR.test(text)) return 'output';
  if (
    PRINTED.test(text) ||
    DONE.test(text) ||
    MARK.test(text) ||
    ALERT_LABEL.test(text) ||
    ELISION.test(text) ||
    SETTING.test(text)
  )
    return 'output';
  if (ADDRESS.test(text)) return 'words';
  const key = KEY.exec(text)?.[0];
  // `Run: rm -rf x` names a command that changes something: better shown than lost.
  if (key !== undefined && !changes(text.slice(key.length), dialect))
    return /^[A-Z][a-z]/.test(text) ? 'words' : 'output';
  return isSentence(text) ? 'words' : null;
}

/** Words that sentences have and commands have not. */
const SMALL_WORDS = /\b(?:the|is|are|was|to|of|that|this|for|not|and|have|has|will|be|with|an?|it|you|we)\b/g;

/** Whether a line reads like a sentence of prose, or like the beginning of one that goes on below. */
export function isSentence(text: string): boolean {
  if (text.length > 400 || /\s-{1,2}\w|\s\/\w/.test(text)) return false;
  if (SENTENCE.test(text)) return /\b[a-z]{2,}\b/.test(text);
  if (!/^[A-Z][a-z]+(?: [^\s|;&$<>`={}]+){5,60}$/.test(text)) return false;
  return (text.match(SMALL_WORDS)?.length ?? 0) >= 2;
}

/** A line of the same paragraph: deeper than its first, or in columns. */
function follows(line: string, text: string, depth: number): boolean {
  if (SHELL_LINE.test(text)) return false;
  return indentOf(line) > depth || /\S\s{2,}\S/.test(text) || /^[\])}]/.test(text);
}

/** Lines of JSON that begin here: an opening bracket alone, a quote, bracket or brace below it, and an end. */
function jsonLength(lines: readonly string[], at: number, state: { search: boolean }): number {
  if (!state.search || !/^\s*[[{]\s*$|^\s*\{\s*"[^"]*"\s*:.*\}\s*,?$/.test(lines[at] ?? '')) return 0;
  let depth = 0;
  for (let index = at; index < lines.length; index++) {
    const text = (lines[index] ?? '').trim();
    if (index > at && text !== '' && !/^["'[{\]}\d.…-]|^(?:true|false|null)\b/.test(text)) return 0;
    depth += bracketsIn(text);
    if (depth <= 0) return index > at || text.length > 2 ? index - at + 1 : 0;
  }
  state.search = false;
  return 0;
}

function bracketsIn(text: string): number {
  let depth = 0;
  for (const char of text.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return depth;
}

/** Lines of a message that stands in quotes by itself: a shell would look for a program of that name. */
function messageLength(lines: readonly string[], at: number, dialect: ShellDialect): number {
  const first = (lines[at] ?? '').trim();
  const quote = first[0] ?? '';
  if ((quote !== '"' && quote !== "'") || /^.\s*[[{-]/.test(first)) return 0;
  // Far more than that is no message.
  for (let index = at; index < Math.min(lines.length, at + 40); index++) {
    const text = (lines[index] ?? '').trim();
    const end = text.indexOf(quote, index === at ? 1 : 0);
    if (end === -1) continue;
    const whole = lines
      .slice(at, index + 1)
      .join('\n')
      .trim();
    const message = end === text.length - 1 && /\s/.test(whole) && !/[$`]/.test(whole);
    return message && !isCommand(whole, dialect) ? index - at + 1 : 0;
  }
  return 0;
}

/** Whether the command model knows what stands there, or cannot rule out that it runs something. */
function isCommand(text: string, dialect: ShellDialect): boolean {
  // `status:`, `External ID:`, `E0620 17:55:33`, `{"level":"info"}`: no program is called that.
  if (
    !SHELL_LINE.test(text) &&
    /^(?:\S+:(?:\s|$)|[A-Z\d[({"'✓✔✅❌✗….-])/u.test(text) &&
    !/`|\$\(|[|;&]/.test(text)
  )
    return false;
  if (/`|\$\(/.test(text) || /[|;&]\s*(?:sudo\s+)?\w/.test(text))
    return SHELL_LINE.test(text) || changes(text, dialect);
  const { commands } = readScript(text, { dialect });
  return commands.some(({ classification: { reasons, effect } }) => {
    return effect !== 'unknown' || !/in no table|not understood/.test(reasons[0] ?? '');
  });
}

/** Whether it is known to change something. */
export function changes(text: string, dialect: ShellDialect): boolean {
  const { effect } = readScript(text, { dialect }).classification;
  return effect === 'mutate' || effect === 'destroy' || effect === 'local-write';
}
