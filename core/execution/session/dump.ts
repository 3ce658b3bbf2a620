/** From what a shell said at its end to the state that the next step begins with. */
import type { SessionFunction, SessionState, SessionVariable } from './state.ts';
import { toBytes } from './words.ts';

/** What a shell wrote down on its way out. Texts are byte strings. */
export interface Dump {
  /** `$?` as the shell saw it. */
  readonly exitCode: number;
  readonly cwd: string;
  readonly umask: string;
  /** `all` where unexported variables are among them. */
  readonly scope: 'all' | 'exported';
  readonly variables: readonly SessionVariable[];
  /** Names that were local to the function that the shell ended in: their values are not the session's. */
  readonly locals: readonly string[];
  /** Null where the shell cannot list them: the session's stay. */
  readonly functions: readonly SessionFunction[] | null;
  readonly aliases: string | null;
  readonly options: readonly string[] | null;
}

/** What the step began with. */
export interface Beginning {
  /** The environment before the session's own variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Octal digits, of the process that started the step. */
  readonly umask: string;
  readonly hostname: string;
  /** The user's login shell: what bash calls `SHELL` where the environment has none. */
  readonly loginShell: string;
  /** Names of variables that must not be written to disk. */
  readonly secretNames: readonly string[];
}

/** What shells set by themselves, cannot be set again, or would bend how the next step is read (`IFS`). */
const NEVER = new Set(
  (
    'BASH BASHOPTS BASHPID COLUMNS COMP_WORDBREAKS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD HOSTTYPE IFS LINENO LINES ' +
    'MACHTYPE OLDPWD OPTARG OPTERR OPTIND OSTYPE PIPESTATUS POSIXLY_CORRECT PPID PS1 PS2 PS3 PS4 PWD RANDOM RUNLINE_RUN SECONDS SHELLOPTS SHLVL SRANDOM ' +
    'UID ZDOTDIR _'
  ).split(' '),
);
const NEVER_PREFIX = /^(?:BASH_|COMP_|READLINE_|__runline_)/;

/** Without them nothing of the next step would work, so a step that unsets them does so for itself alone. */
const NEVER_UNSET = new Set(['PATH', 'HOME']);

/** The state after a step: only what differs from its beginning. Read-only marks are dropped, so that a block can be run twice. */
export function nextState(previous: SessionState, dump: Dump, beginning: Beginning): SessionState {
  const env = new Map(Object.entries(beginning.env).map(([name, value]) => [toBytes(name), toBytes(value)]));
  const secret = new Set(beginning.secretNames.map(toBytes));
  const local = new Set(dump.locals);
  const present = new Set(dump.variables.map((variable) => variable.name));
  const carriable = (name: string) =>
    /^[A-Za-z_]\w*$/.test(name) && !NEVER.has(name) && !NEVER_PREFIX.test(name) && !secret.has(name);

  const variables = dump.variables
    .map((variable) => ({ ...variable, attributes: variable.attributes.replace('r', '') }))
    .filter(
      (variable) =>
        carriable(variable.name) && !local.has(variable.name) && !isUnchanged(variable, env, beginning),
    );
  const kept = previous.variables.filter(
    (variable) =>
      carriable(variable.name) &&
      (local.has(variable.name) ||
        (dump.scope === 'exported' && !present.has(variable.name) && !variable.attributes.includes('x'))),
  );
  return {
    version: 1,
    cwd: dump.cwd,
    previousCwd: dump.cwd === beginning.cwd ? previous.previousCwd : beginning.cwd,
    umask: Number.parseInt(dump.umask, 8) === Number.parseInt(beginning.umask, 8) ? null : dump.umask,
    variables: [...variables, ...kept],
    unset: [...env.keys()].filter(
      (name) => carriable(name) && !present.has(name) && !NEVER_UNSET.has(name) && !local.has(name),
    ),
    functions: dump.functions ?? previous.functions,
    aliases: dump.aliases ?? previous.aliases,
    options: dump.options ?? previous.options,
  };
}

function isUnchanged(
  variable: SessionVariable,
  env: ReadonlyMap<string, string>,
  { hostname, loginShell }: Beginning,
): boolean {
  if (variable.attributes === 'x') return env.get(variable.name) === variable.value;
  // Bash gives these a value, unexported, where the environment has none.
  if (variable.attributes !== '' || env.has(variable.name)) return false;
  return (
    (variable.name === 'TERM' && variable.value === 'dumb') ||
    (variable.name === 'HOSTNAME' && variable.value === toBytes(hostname)) ||
    (variable.name === 'SHELL' && variable.value === toBytes(loginShell))
  );
}
