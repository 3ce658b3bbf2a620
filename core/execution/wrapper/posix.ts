/**
 * A POSIX shell where there is no bash (dash, BusyBox ash), and zsh. Both source the step from a file of ours, with a trap on EXIT.
 * Functions and arrays are not carried: these shells cannot print them so that another could read them.
 */
import { quote } from '../../shell/quote.ts';
import type { Dump } from '../session/dump.ts';
import type { SessionState, SessionVariable } from '../session/state.ts';
import { quoteBytes, readWord, toBytes } from '../session/words.ts';

/**
 * The file that the shell runs: state restored, the step sourced, state saved on EXIT. A byte string.
 * Special builtins cannot be replaced by functions in these shells; `command` keeps the rest to themselves.
 */
export function posixWrapper(state: SessionState, stepFile: string, saveTo: string): string {
  const variables = state.variables.flatMap(({ name, attributes, value }) => {
    if (value === null || /[aAn]/.test(attributes)) return [];
    const assign = `${name}=${quoteBytes(value)}`;
    return [attributes.includes('x') ? `export ${assign}` : assign];
  });
  return [
    `trap ${quoteBytes(toBytes(saveOnExit(saveTo)))} EXIT`,
    ...(state.umask === null ? [] : [`umask ${quoteBytes(state.umask)}`]),
    ...state.unset.map((name) => `unset ${name}`),
    ...variables,
    ...(state.aliases === '' ? [] : [`eval ${quoteBytes(aliasCommands(state.aliases))} 2>/dev/null`]),
    `. ${toBytes(quote(stepFile, 'sh'))}`,
    '',
  ].join('\n');
}

/** The same for zsh. Exported variables and the folder come with the process, so only saving is left. */
export function zshWrapper(state: SessionState, stepFile: string, saveTo: string): string {
  const write = writeAll('builtin', ':', ':');
  const save = `__runline_code=$?; () { emulate -L zsh; unset -f builtin; { ${write}; } >| ${quote(saveTo, 'zsh')}; } 2>/dev/null`;
  return [
    `trap ${quoteBytes(toBytes(save))} EXIT`,
    ...(state.umask === null ? [] : [`umask ${quoteBytes(state.umask)}`]),
    `. ${toBytes(quote(stepFile, 'zsh'))}`,
    '',
  ].join('\n');
}

function saveOnExit(saveTo: string): string {
  const write = writeAll('command', 'set', 'command alias');
  return `{ __runline_code=$?; set +aefuvxC; { ${write}; } >| ${quote(saveTo, 'sh')}; } 2>/dev/null`;
}

/** @param own The word that keeps functions from standing in for a builtin. */
function writeAll(own: 'command' | 'builtin', variables: string, aliases: string): string {
  const separate = `${own} printf '\\0'`;
  return [
    `${own} printf '%s\\0' "$__runline_code"`,
    `${own} pwd`,
    separate,
    `${own} umask`,
    separate,
    'export -p',
    separate,
    variables,
    separate,
    aliases,
    `${own} printf '\\0end'`,
  ].join('; ');
}

/** Reads back what either trap wrote (a byte string); null where it is not all there. */
export function parsePosixDump(text: string, scope: Dump['scope']): Dump | null {
  const parts = text.split('\0');
  if (parts.length !== 7 || parts[6] !== 'end') return null;
  const [code, cwd, umask, exported, all, aliases] = parts as [string, ...string[]];
  const names = new Map<string, SessionVariable>();
  if (scope === 'all')
    for (const [name, value] of assignments(all ?? '', ''))
      names.set(name, { name, attributes: '', value, array: null });
  for (const [name, value] of assignments(exported ?? '', 'export '))
    names.set(name, { name, attributes: 'x', value, array: null });
  return {
    exitCode: Number(code),
    cwd: (cwd ?? '').replace(/\n$/, ''),
    umask: (umask ?? '').trim(),
    scope,
    variables: [...names.values()],
    locals: [],
    functions: null,
    aliases: scope === 'all' ? (aliases ?? '') : null,
    options: null,
  };
}

/** `NAME=word` lines after a fixed beginning; a line that is none is left out. */
function* assignments(text: string, prefix: string): Generator<[name: string, value: string]> {
  const head = new RegExp(`${prefix}([A-Za-z_]\\w*)=`, 'y');
  let at = 0;
  while (at < text.length) {
    head.lastIndex = at;
    const match = head.exec(text);
    const word = match === null ? null : readWord(text, head.lastIndex);
    if (match === null || word === null) {
      const line = text.indexOf('\n', at);
      at = line === -1 ? text.length : line + 1;
      continue;
    }
    yield [match[1] ?? '', word.value];
    at = word.end + 1;
  }
}

/** dash prints `name='value'`, bash `alias name='value'`: commands of both kinds become the second. */
function aliasCommands(text: string): string {
  const commands: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (text.startsWith('alias ', at)) at += 'alias '.length;
    if (text.startsWith('-- ', at)) at += '-- '.length;
    const word = readWord(text, at);
    if (word === null) break;
    if (word.end > at) commands.push(`alias ${text.slice(at, word.end)}`);
    at = word.end + 1;
  }
  return commands.join('\n');
}
