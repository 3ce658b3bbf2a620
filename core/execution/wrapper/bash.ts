/**
 * Bash 3.2 and later. Bash itself runs the step's file, so `$0`, `BASH_SOURCE` and `LINENO` are the block's own; our part comes
 * before it as `BASH_ENV` ("Bash Startup Files" in its manual) and after it as a trap on EXIT. No program is started.
 */
import { quote } from '../../shell/quote.ts';
import type { Dump } from '../session/dump.ts';
import type { SessionFunction, SessionState, SessionVariable } from '../session/state.ts';
import { quoteBytes, readWord, skipArray, toBytes } from '../session/words.ts';

/** Options that change how a script is read and that people set on purpose; all are off in a fresh shell. */
const OPTIONS = [
  'autocd',
  'cdable_vars',
  'cdspell',
  'dotglob',
  'extglob',
  'failglob',
  'globstar',
  'inherit_errexit',
  'lastpipe',
  'localvar_inherit',
  'nocaseglob',
  'nocasematch',
  'nullglob',
  'xpg_echo',
];

/**
 * The file that bash reads before the step.
 * @param saveTo Where the state is written at the end.
 * @param bashEnv The user's own `BASH_ENV`, for the programs that the step starts.
 * @returns A byte string.
 */
export function bashPrelude(state: SessionState, saveTo: string, bashEnv: string | undefined): string {
  const plain = state.variables.filter((variable) => !variable.attributes.includes('n'));
  const references = state.variables.filter((variable) => variable.attributes.includes('n'));
  return [
    bashEnv === undefined
      ? '\\builtin unset BASH_ENV'
      : `\\builtin export BASH_ENV=${quoteBytes(toBytes(bashEnv))}`,
    `\\builtin trap ${quoteBytes(toBytes(saveOnExit(saveTo)))} EXIT`,
    ...(state.umask === null ? [] : [`\\builtin umask ${quoteBytes(state.umask)}`]),
    // A value that this bash cannot set must not keep the others from being set.
    '{',
    ':',
    ...state.unset.map((name) => `\\builtin unset -v ${name}`),
    ...[...plain, ...references].map(declaration),
    '} 2>/dev/null',
    state.aliases === '' ? '' : `\\builtin eval ${quoteBytes(state.aliases)} 2>/dev/null`,
    ...(state.options.length === 0 ? [] : [`\\builtin shopt -s ${state.options.join(' ')} 2>/dev/null`]),
    ...state.functions.flatMap((fn) => [
      `\\builtin eval ${quoteBytes(fn.text)} 2>/dev/null`,
      ...(fn.exported ? [`\\builtin export -f -- ${quoteBytes(fn.name)} 2>/dev/null`] : []),
    ]),
    // Last, so that no line of ours is read with an alias in force.
    '\\builtin shopt -s expand_aliases',
    '',
  ].join('\n');
}

function declaration({ name, attributes, value, array }: SessionVariable): string {
  const options = attributes === '' ? '--' : `-${attributes}`;
  // Only the bare word `declare` may be followed by parentheses.
  if (array !== null) return `\\builtin eval ${quoteBytes(`declare ${options} ${name}=${array}`)}`;
  return `\\builtin declare ${options} ${name}${value === null ? '' : `=${quoteBytes(value)}`}`;
}

/**
 * The trap. It must work whatever the block did before: in POSIX mode, which an assignment turns on, no function can stand in for
 * `unset` and `trap`; `unset -f builtin` then makes `\builtin` trustworthy, and a backslash keeps aliases away. The word `end` says
 * that everything was written.
 */
function saveOnExit(saveTo: string): string {
  const names = quote(`${saveTo}.names`, 'bash');
  const write = [
    `\\builtin printf '%s\\0' "$__runline_code" "\${FUNCNAME[0]-}"`,
    '\\builtin pwd',
    "\\builtin printf '\\0'",
    '\\builtin umask',
    "\\builtin printf '\\0'",
    '\\builtin local -p',
    "\\builtin printf '\\0'",
    '\\builtin declare -p',
    "\\builtin printf '\\0'",
    '\\builtin alias -p',
    "\\builtin printf '\\0'",
    '\\builtin shopt -s',
    // One by one: in a list of all of them a here-document could look like the next function.
    `\\builtin declare -F >| ${names}`,
    'while IFS= \\builtin read -r __runline_f',
    'do \\builtin printf \'\\0%s\\0\' "$__runline_f"',
    '\\builtin declare -f -- "${__runline_f#declare -* }"',
    `done < ${names}`,
    "\\builtin printf '\\0end'",
  ].join('; ');
  return [
    '{ __runline_code=$?',
    'POSIXLY_CORRECT=',
    '\\trap - DEBUG ERR RETURN',
    '\\unset -f builtin',
    '\\unset -v POSIXLY_CORRECT',
    '\\builtin set +aefuvxC',
    `{ ${write}; } >| ${quote(saveTo, 'bash')}; } 2>/dev/null`,
  ].join('; ');
}

/** Reads back what the trap wrote (a byte string); null where it is not all there. */
export function parseBashDump(text: string): Dump | null {
  const parts = text.split('\0');
  if (parts.length < 9 || parts.length % 2 === 0 || parts.at(-1) !== 'end') return null;
  const [code, fn, cwd = '', umask = '', locals = '', variables = '', aliases = '', options = ''] = parts;
  return {
    exitCode: Number(code),
    cwd: cwd.replace(/\n$/, ''),
    umask: umask.trim(),
    scope: 'all',
    variables: parseDeclarations(variables),
    // Outside of functions `local` prints nothing; inside, bash 5.2 prints `name=value` lines, others `declare` lines.
    locals: fn === '' ? [] : localNames(locals),
    functions: functionsOf(parts.slice(8, -1)),
    aliases,
    options: OPTIONS.filter((option) => new RegExp(`^${option}[ \\t]+on$`, 'm').test(options)),
  };
}

/** `declare -p`, as every bash since 3.2 prints it. A line that cannot be read is left out. */
export function parseDeclarations(text: string): SessionVariable[] {
  const found: SessionVariable[] = [];
  const head = /declare -(\S+) ([A-Za-z_]\w*)(=?)/y;
  let at = 0;
  while (at < text.length) {
    head.lastIndex = at;
    const match = head.exec(text);
    const next = match === null ? null : readValue(text, head.lastIndex, match);
    if (next === null) {
      // Go on at the next line that can begin one.
      const line = text.indexOf('\ndeclare -', at);
      at = line === -1 ? text.length : line + 1;
      continue;
    }
    found.push(next.variable);
    at = next.end + 1;
  }
  return found;
}

function readValue(
  text: string,
  at: number,
  [, flags = '', name = '', equals = '']: RegExpExecArray,
): { variable: SessionVariable; end: number } | null {
  const attributes = flags === '-' ? '' : flags;
  const variable = { name, attributes, value: null, array: null };
  if (equals === '') return text[at] === '\n' || at === text.length ? { variable, end: at } : null;
  const isArray = /[aA]/.test(attributes);
  if (isArray && text[at] === '(') {
    const end = skipArray(text, at);
    return end === null ? null : { variable: { ...variable, array: text.slice(at, end) }, end };
  }
  const word = readWord(text, at);
  if (word === null) return null;
  // Bash 3.2 quotes the whole of an array.
  if (isArray) return { variable: { ...variable, array: word.value }, end: word.end };
  return { variable: { ...variable, value: word.value }, end: word.end };
}

function localNames(text: string): string[] {
  return [...text.matchAll(/^(?:declare -\S+ )?([A-Za-z_]\w*)(?==|$)/gm)].map((match) => match[1] ?? '');
}

/** Pairs of a line of `declare -F` and the function's text. */
function functionsOf(parts: readonly string[]): SessionFunction[] {
  const found: SessionFunction[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const match = /^declare -(\S+) (.+)$/s.exec(parts[i] ?? '');
    if (match !== null)
      found.push({
        name: match[2] ?? '',
        text: parts[i + 1] ?? '',
        exported: (match[1] ?? '').includes('x'),
      });
  }
  return found;
}
