/** The folder of one run: everything that is needed to follow it, and to find it again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepRequest } from './types.ts';

/** Paths; all of them private to their owner. */
export interface RunFolder {
  readonly folder: string;
  /** What runs and for whom, as JSON ({@link RunRecord}). */
  readonly record: string;
  /** The keeper's process id, and its line of `/proc/<pid>/stat` where there is one. */
  readonly pid: string;
  /** The exit code and a line break, once the program has ended. */
  readonly exit: string;
  /** Raw output, growing. */
  readonly output: string;
  /** What the shell saved at its end. */
  readonly state: string;
  /** Our part of the shell's start. */
  readonly prelude: string;
  readonly keeper: string;
}

/** Enough to write the end of a step that another process started. Values of inputs are not in it. */
export interface RunRecord {
  readonly version: 1;
  readonly run: string;
  readonly session: string;
  readonly source: StepRequest['source'];
  readonly language: string;
  readonly mode: StepRequest['mode'];
  readonly secretInputs: readonly string[];
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** The process that started it. */
  readonly owner: number;
}

/** @throws RangeError where the run's id could leave the folder. */
export function runFolder(stateFolder: string, run: string): RunFolder {
  if (!/^[\w-]{1,64}$/.test(run)) throw new RangeError(`"${run}" is not a run's id.`);
  const folder = join(stateFolder, 'runs', run);
  return {
    folder,
    record: join(folder, 'run.json'),
    pid: join(folder, 'pid'),
    exit: join(folder, 'exit'),
    output: join(folder, 'output.log'),
    state: join(folder, 'state'),
    prelude: join(folder, 'prelude'),
    keeper: join(folder, 'keeper'),
  };
}

/** The step's script: its name is what a shell puts before its messages. */
export function scriptPath(folder: RunFolder, stepId: string, extension: string): string {
  const name = stepId
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(0, 60);
  return join(folder.folder, `${name === '' ? 'step' : name}${extension}`);
}

export const record = (request: StepRequest, startedAt: string, owner: number): RunRecord => ({
  version: 1,
  run: request.run,
  session: request.session,
  source: request.source,
  language: request.language,
  mode: request.mode,
  secretInputs: request.secretInputs,
  startedAt,
  owner,
});

/** The process above a step's program. */
export interface KeeperProcess {
  readonly pid: number;
  /** Its process group, and so the program's. */
  readonly group: number;
  /** When it started, in clock ticks since boot: tells it from a later process with the same id. Null where there is no `/proc`. */
  readonly startTicks: string | null;
}

/** What the keeper wrote of itself, or null while it has not. */
export async function readProcess(folder: RunFolder): Promise<KeeperProcess | null> {
  const text = await readWhole(folder.pid);
  const pid = text === null ? Number.NaN : Number.parseInt(text, 10);
  if (text === null || !Number.isSafeInteger(pid) || pid <= 1) return null;
  // proc_pid_stat(5): after the name in parentheses come state, parent, group, …; the start is field 22.
  const fields = text
    .slice(text.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  const group = text.includes(')') ? Number(fields[2]) : pid;
  return {
    pid,
    group: group > 1 ? group : pid,
    startTicks: text.includes(')') ? (fields[19] ?? null) : null,
  };
}

/** The program's exit code as a shell counts it (128 and the signal), or null while it is not written. */
export async function readExit(folder: RunFolder): Promise<number | null> {
  const text = await readWhole(folder.exit);
  return text !== null && /^\d{1,3}\n$/.test(text) ? Number(text) : null;
}

/** A file that ends with a line break; null where it is missing or still being written. */
async function readWhole(path: string): Promise<string | null> {
  try {
    const text = await readFile(path, 'latin1');
    return text.endsWith('\n') ? text : null;
  } catch {
    return null;
  }
}
