/** From a request to everything that a process needs; refuses what cannot run before anything is recorded. */
import { stat } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { baseEnvironment } from './environment.ts';
import { StepRefused } from './errors.ts';
import { variableInputs } from './inputs.ts';
import { findInterpreter, type Interpreter } from './interpreters.ts';
import { type Redactor, redactor, secretValues } from './redaction.ts';
import { type RunFolder, record, runFolder, scriptPath } from './runFolder.ts';
import type { Beginning } from './session/dump.ts';
import {
  exportedVariables,
  loadState,
  type SessionState,
  saveState,
  withVariables,
} from './session/state.ts';
import { toBytes, toText } from './session/words.ts';
import { privateFolder, writePrivate } from './stateFolder.ts';
import type { EventSink, StepRequest } from './types.ts';
import { bashPrelude } from './wrapper/bash.ts';
import { keeperScript } from './wrapper/keeper.ts';
import { posixWrapper, zshWrapper } from './wrapper/posix.ts';

/** What running a step needs from outside. */
export interface StepDeps {
  readonly sink: EventSink;
  /** See `stateFolder`. Made where it is missing. */
  readonly stateFolder: string;
  /** The environment that the session begins with: the user's, not only the process's own. */
  readonly env: NodeJS.ProcessEnv;
  /** Raw bytes as they come, at most 256 KiB each; the next wait for a promise that it returns. The output is complete without it. */
  readonly onOutput?: (chunk: Uint8Array) => unknown;
  readonly now?: () => Date;
  /** The command line that SQL is piped into. */
  readonly sqlClient?: string;
  /** How long a cancelled step is given; for tests. */
  readonly patience?: { readonly interruptMs: number; readonly terminateMs: number };
}

/** A step that is ready to start: its files are written, nothing runs. */
export interface PreparedRun {
  readonly folder: RunFolder;
  /** The text of the process above the program: see `wrapper/keeper.ts`. */
  readonly keeper: string;
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly notes: readonly string[];
  readonly redactor: Redactor;
  /** How the state that the shell leaves is read; null where the language keeps none. */
  readonly keeps: Interpreter['kind'] | null;
  readonly previous: SessionState;
  readonly beginning: Beginning;
  readonly script: string;
  readonly startedAt: Date;
}

/** @throws StepRefused with what is missing. */
export async function prepareRun(request: StepRequest, deps: StepDeps): Promise<PreparedRun> {
  if (process.platform === 'win32')
    throw new StepRefused(
      'platform',
      'Steps cannot be run on Windows itself. Open the folder in WSL or over Remote-SSH and run them there.',
    );
  const startedAt = (deps.now ?? (() => new Date()))();
  const variables = variableInputs(request.inputs, request.script, request.variables);
  const lasting = withoutNames(variables, request.secretInputs);
  const loaded = await loadState(deps.stateFolder, request.session);
  const previous = withVariables(loaded, lasting);
  const { cwd, notes } = await workingFolder(request.cwd, previous.cwd);

  const base = baseEnvironment(deps.env, request.mode !== 'terminal');
  const exported = exportedVariables(previous);
  const unset = new Set(previous.unset.map(toText));
  const path = exported.PATH ?? base.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  const interpreter = findInterpreter(request.language, path, deps.sqlClient);

  const folder = runFolder(deps.stateFolder, request.run);
  const script = scriptPath(folder, request.source.stepId, interpreter.extension);
  const launch = launchOf(interpreter, { previous, folder, script, bashEnv: deps.env.BASH_ENV });
  // A shell of the session restores its variables itself, with their attributes; other programs get what is exported.
  const inherited = launch.restores
    ? base
    : { ...Object.fromEntries(Object.entries(base).filter(([name]) => !unset.has(name))), ...exported };
  const env: Record<string, string> = {
    ...inherited,
    ...variables,
    PWD: cwd,
    RUNLINE_RUN: request.run,
  };
  if (previous.previousCwd !== null) env.OLDPWD = toText(previous.previousCwd);
  if (request.mode === 'stream') env.TERM ??= 'xterm-256color';

  await privateFolder(folder.folder);
  await Promise.all([
    writePrivate(folder.record, JSON.stringify(record(request, startedAt.toISOString(), process.pid))),
    writePrivate(script, scriptText(request, interpreter)),
    writePrivate(folder.output, ''),
    ...(launch.prelude === null ? [] : [writePrivate(folder.prelude, Buffer.from(launch.prelude, 'latin1'))]),
    ...(Object.keys(lasting).length === 0 ? [] : [saveState(deps.stateFolder, request.session, previous)]),
  ]);
  const secrets = request.secretInputs.map((name) => request.inputs[name] ?? '');
  return {
    folder,
    keeper: keeperScript(launch.argv, launch.env, folder),
    env,
    cwd,
    notes,
    redactor: redactor([...secrets, ...secretValues({ ...base, ...exported })]),
    keeps: launch.prelude === null ? null : interpreter.kind,
    previous,
    beginning: {
      env: base,
      cwd: toBytes(cwd),
      umask: process.umask().toString(8),
      hostname: hostname(),
      loginShell: loginShell(),
      secretNames: request.secretInputs,
    },
    script,
    startedAt,
  };
}

/** As bash finds it: from the user's own record, `/bin/sh` where there is none. */
function loginShell(): string {
  try {
    return userInfo().shell || '/bin/sh';
  } catch {
    // A user id without a record, as containers have them.
    return '/bin/sh';
  }
}

interface Launch {
  readonly argv: readonly string[];
  /** For the program alone. */
  readonly env: Readonly<Record<string, string>>;
  /** A byte string, or null. */
  readonly prelude: string | null;
  /** Whether the prelude sets the session's variables. */
  readonly restores: boolean;
}

function launchOf(
  interpreter: Interpreter,
  run: { previous: SessionState; folder: RunFolder; script: string; bashEnv: string | undefined },
): Launch {
  const { previous, folder, script, bashEnv } = run;
  switch (interpreter.kind) {
    case 'bash':
      return {
        argv: [interpreter.program, script],
        env: { BASH_ENV: folder.prelude },
        prelude: bashPrelude(previous, folder.state, bashEnv),
        restores: true,
      };
    case 'posix':
      return {
        argv: [interpreter.program, folder.prelude],
        env: {},
        prelude: posixWrapper(previous, script, folder.state),
        restores: true,
      };
    case 'zsh':
      return {
        argv: [interpreter.program, '-f', folder.prelude],
        env: {},
        prelude: zshWrapper(previous, script, folder.state),
        restores: false,
      };
    case 'sql':
      return {
        argv: [interpreter.bash, '-c', `${interpreter.client} < "$0"`, script],
        env: {},
        prelude: null,
        restores: false,
      };
    case 'program':
      return { argv: [...interpreter.argv, script], env: {}, prelude: null, restores: false };
  }
}

/** The file's text. PHP prints what stands outside its tags, and a runbook's block has none as a rule. */
function scriptText(request: StepRequest, interpreter: Interpreter): string {
  const text = request.script.endsWith('\n') ? request.script : `${request.script}\n`;
  return interpreter.extension === '.php' && !/^\s*<\?/.test(text) ? `<?php ${text}` : text;
}

/** The folder that the session is in, else the one that it begins in. */
async function workingFolder(
  first: string,
  last: string | null,
): Promise<{ cwd: string; notes: readonly string[] }> {
  if (last !== null) {
    const cwd = toText(last);
    if (await isFolder(cwd)) return { cwd, notes: [] };
    if (await isFolder(first))
      return {
        cwd: first,
        notes: [`The session's folder ${cwd} no longer exists; the step ran in ${first}.`],
      };
  }
  if (await isFolder(first)) return { cwd: first, notes: [] };
  throw new StepRefused(
    'folder',
    `The step's folder ${first} does not exist. Create it, or move the runbook to where it belongs.`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function withoutNames(
  values: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
