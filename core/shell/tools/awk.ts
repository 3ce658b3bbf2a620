/** What an awk program does besides printing: `system()`, pipes, redirections. From documentation: the gawk manual 5.2. */
import { judgeFile } from '../redirect.ts';
import { atLeast, highest, NOTHING, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import { showsSecrets } from './secretFiles.ts';
import type { Call, Outcome, Stdin } from './table.ts';

/** A program whose strings are out of the way: each is `"n"`, the nth of the list. */
interface Code {
  readonly text: string;
  readonly strings: readonly string[];
}

/** An awk program: whether it writes, or runs something. */
export function awk(call: Call): Partial<Outcome> | Verdict | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-f --file')) return unknown('awk runs a program file');
  if (hasFlag(parsed, '-l --load')) return unknown('awk loads code');
  const given = flagValue(parsed, '-e --source');
  const program = given ?? parsed.operands[0];
  if (!program) return undefined;
  if (isOpaque(program)) return unknown('the awk program is a variable');
  const code = read(program.value);
  if (/@(load|include)\b/.test(code.text)) return unknown('awk loads code');
  if (/@\w+\s*\(/.test(code.text)) return unknown('awk calls a function whose name is a variable');
  const result = highest(commandsOf(code, call), filesOf(code));
  if (flagValue(parsed, '-i --include')?.value.startsWith('inplace'))
    return highest(verdict('local-write', 'awk rewrites its files'), result);
  if (result !== NOTHING) return result;
  const environment = /\bENVIRON\b(?!\s*\[\s*"\d+"\s*\])/.test(code.text)
    ? { readsSecrets: true, why: 'awk reads the environment' }
    : undefined;
  return environment ?? showsSecrets(call, given ? 0 : 1);
}

/** What awk prints into a pipe, or its own input. */
const FROM_AWK: Stdin = { kind: 'piped', from: 'awk' };

/** What it runs: each text is known as far as it stands in strings. */
function commandsOf(code: Code, call: Call): Verdict {
  let result = NOTHING;
  for (const { expression, called } of commandExpressions(code.text)) {
    const parts = expression.match(/"\d+"|[^"\s]+/g) ?? [];
    const text = parts
      .map((part) => (part.startsWith('"') ? (code.strings[Number(part.slice(1, -1))] ?? '') : '$found'))
      .join('');
    if (!parts[0]?.startsWith('"') || /^\s*\$found/.test(text)) {
      result = highest(result, unknown('awk runs a command that is only known when it runs'));
      continue;
    }
    const judged = withDetails(call.judge.script(text, FROM_AWK), { reason: 'awk runs a command' });
    result = highest(
      result,
      parts.length === 1 && !called
        ? judged
        : atLeast(judged, 'unknown', 'unknown: awk runs a command by system(), or one that is made of parts'),
    );
  }
  return result;
}

/** Expressions that are commands: in `system()`, behind the pipe of a `print`, before the one of a `getline`. */
function commandExpressions(text: string): { expression: string; called: boolean }[] {
  const found: { expression: string; called: boolean }[] = [];
  for (const match of text.matchAll(/\bsystem\s*\(/g)) {
    let depth = 1;
    let end = match.index + match[0].length;
    const start = end;
    for (; end < text.length && depth > 0; end++) {
      if (text[end] === '(') depth++;
      if (text[end] === ')') depth--;
    }
    found.push({ expression: text.slice(start, end - (depth === 0 ? 1 : 0)).trim(), called: true });
  }
  for (const match of text.matchAll(/(?<!\|)\|(?!\|)&?/g)) {
    const after = text.slice(match.index + match[0].length);
    const expression = /^\s*getline\b/.test(after)
      ? text
          .slice(0, match.index)
          .split(/[;{}(=\n]/)
          .at(-1)
      : after.split(/[;}\n]/)[0];
    found.push({ expression: (expression ?? '').trim(), called: false });
  }
  return found;
}

/** Files that `print > …` writes. */
function filesOf({ text, strings }: Code): Verdict {
  let code = text;
  for (let before = ''; before !== code; ) {
    before = code;
    code = code
      .replace(/(\bprintf?\b[^;}\n(]*)\([^()]*\)/g, '$1 _ ')
      .replace(/(?<!\bprintf?\s*)\((?:[^()]*)\)/g, ' _ ');
  }
  let result = NOTHING;
  for (const match of code.matchAll(/\bprintf?\b[^;}\n>]*(>>?)\s*([^;}\n]*)/g)) {
    const target = /^"(\d+)"\s*$/.exec(match[2] ?? '');
    const path = target ? (strings[Number(target[1])] ?? '') : null;
    result = highest(
      result,
      path === null ? verdict('local-write', 'awk writes files') : judgeFile(path, match[1] === '>>', false),
    );
  }
  return result;
}

/** Takes the contents of strings out, and those of regular expressions away. */
function read(program: string): Code {
  const strings: string[] = [];
  let text = '';
  let previous = '';
  for (let i = 0; i < program.length; i++) {
    const char = program[i] as string;
    const division = /[\w)\]$]/.test(previous);
    if (char === '"' || (char === '/' && !division)) {
      let end = i + 1;
      while (end < program.length && program[end] !== char && program[end] !== '\n')
        end += program[end] === '\\' ? 2 : 1;
      strings.push(char === '"' ? program.slice(i + 1, end).replace(/\\(["\\/])/g, '$1') : '');
      text += `"${strings.length - 1}"`;
      i = end;
      previous = '"';
      continue;
    }
    if (char === '#') {
      const end = program.indexOf('\n', i);
      if (end < 0) break;
      i = end;
    }
    text += program[i];
    if (!/\s/.test(char)) previous = char;
  }
  return { text, strings };
}
