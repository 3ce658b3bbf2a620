/** Which program runs which language. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { StepRefused } from './errors.ts';

/** How a step of some language is run. */
export type Interpreter =
  | { readonly kind: 'bash' | 'posix' | 'zsh'; readonly program: string; readonly extension: string }
  | { readonly kind: 'program'; readonly argv: readonly string[]; readonly extension: string }
  | { readonly kind: 'sql'; readonly bash: string; readonly client: string; readonly extension: string };

interface Entry {
  /** Tried in order; the first word is looked up. */
  readonly commands: readonly (readonly string[])[];
  readonly extension: string;
}

/** Languages with no state of their own: they get the session's exported variables and folder. */
const PROGRAMS: Readonly<Record<string, Entry>> = {
  fish: { commands: [['fish', '--no-config']], extension: '.fish' },
  javascript: { commands: [['node']], extension: '.js' },
  perl: { commands: [['perl']], extension: '.pl' },
  php: { commands: [['php']], extension: '.php' },
  powershell: {
    commands: [['pwsh', '-NoLogo', '-NoProfile', '-NonInteractive', '-File']],
    extension: '.ps1',
  },
  python: { commands: [['python3'], ['python']], extension: '.py' },
  ruby: { commands: [['ruby']], extension: '.rb' },
};

const ALIASES: Readonly<Record<string, string>> = {
  js: 'javascript',
  node: 'javascript',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  pl: 'perl',
  pwsh: 'powershell',
  ps1: 'powershell',
};

/** They share one session, in bash where there is one. */
const SHELLS = new Set([
  'bash',
  'sh',
  'shell',
  'console',
  'shellsession',
  'shell-session',
  'dash',
  'ash',
  'ksh',
  '',
]);

/**
 * The interpreter of a language, found on `path` (a `PATH`).
 * @param sqlClient A command line that reads SQL from its standard input: `psql "$DATABASE_URL"`.
 * @throws StepRefused where nothing runs the language, or the program is missing.
 */
export function findInterpreter(language: string, path: string, sqlClient: string | undefined): Interpreter {
  const written = language.trim().toLowerCase();
  const name = ALIASES[written] ?? written;
  if (SHELLS.has(name)) {
    const bash = findProgram('bash', path);
    if (bash !== null) return { kind: 'bash', program: bash, extension: '.sh' };
    const sh = findProgram('sh', path);
    if (sh !== null && name !== 'bash') return { kind: 'posix', program: sh, extension: '.sh' };
    throw missing('bash');
  }
  if (name === 'zsh') {
    const zsh = findProgram('zsh', path);
    if (zsh === null) throw missing('zsh');
    return { kind: 'zsh', program: zsh, extension: '.zsh' };
  }
  if (name === 'sql') {
    if (sqlClient === undefined || sqlClient.trim() === '')
      throw new StepRefused(
        'language',
        'SQL needs a client to run in, and none is set. Name one in the setting runline.sqlClient (in a terminal: RUNLINE_SQL_CLIENT), for example psql "$DATABASE_URL".',
      );
    const bash = findProgram('bash', path) ?? findProgram('sh', path);
    if (bash === null) throw missing('bash');
    return { kind: 'sql', bash, client: sqlClient, extension: '.sql' };
  }
  const entry = PROGRAMS[name];
  if (entry === undefined)
    throw new StepRefused(
      'language',
      `Nothing here runs ${language}. It can be read, copied and ticked off.`,
    );
  for (const [program, ...options] of entry.commands) {
    const found = program === undefined ? null : findProgram(program, path);
    if (found !== null) return { kind: 'program', argv: [found, ...options], extension: entry.extension };
  }
  throw missing(entry.commands[0]?.[0] ?? name);
}

function missing(program: string): StepRefused {
  return new StepRefused(
    'program',
    `\`${program}\` is not installed on this machine, or not on the PATH that Runline sees. Install it, or run this step elsewhere.`,
  );
}

/**
 * The absolute path of a program on a `PATH`, or null. Relative and empty entries are passed over: the folder of a
 * runbook must not decide which `kubectl` runs.
 */
export function findProgram(name: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not here: the next folder.
    }
  }
  return null;
}
