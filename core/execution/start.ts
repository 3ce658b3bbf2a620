/** Runs a step whose output we keep: modes `capture` and `stream`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants as files, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { StepRefused } from './errors.ts';
import { startedDraft } from './events.ts';
import { finishRun, type ProcessEnd } from './finish.ts';
import { type PreparedRun, prepareRun, type StepDeps } from './prepare.ts';
import { groupExists, PATIENCE, stopGroup, survivors } from './process/group.ts';
import { followFile } from './process/tail.ts';
import { readExit, readProcess } from './runFolder.ts';
import { findScriptTool, scriptArguments } from './scriptTool.ts';
import { writePrivate } from './stateFolder.ts';
import type { LogEvent, RunHandle, StepRequest } from './types.ts';

/**
 * Starts a step and returns while it runs. The step is a process group of its own, with no terminal and nothing to read; stdout
 * and stderr go to one file, in order. `step.started` is durable before the process exists, unless the step only reads: then both
 * happen at once. `step.finished` follows exactly once.
 * @throws StepRefused where it cannot run, or where a step that changes something cannot be recorded. Nothing ran then.
 */
export async function startStep(request: StepRequest, deps: StepDeps): Promise<RunHandle> {
  const run = await prepareRun(request, deps);
  const started = startedDraft(request, run.startedAt, run.cwd, run.redactor).then((draft) =>
    deps.sink.append(draft),
  );
  if (request.risk !== 'read-only') {
    await started.catch(async (error: unknown) => {
      await rm(run.folder.folder, { recursive: true, force: true });
      throw new StepRefused(
        'log',
        `Nothing was run: the start of ${request.source.stepId} could not be written to the log (${message(error)}). A step that changes something runs only when it is recorded.`,
        { cause: error },
      );
    });
  } else started.catch(() => undefined);

  const clock = performance.now();
  const process = await launch(request, run);
  const tail = deps.onOutput === undefined ? null : followFile(run.folder.output, deps.onOutput);
  let stopped: Promise<void> | null = null;
  const end = async (): Promise<LogEvent> => {
    const { code, neverStarted, notes } = await process.ended;
    const durationMs = performance.now() - clock;
    if (stopped !== null) await stopped;
    await tail?.stop();
    // An end without its beginning would be no record: if the start could not be written, neither is this.
    await started;
    return await finishRun(request, deps, run, {
      code,
      neverStarted,
      cancelled: stopped !== null,
      durationMs,
      notes: [...notes, ...(await leftBehind(request, process.group, stopped !== null))],
    });
  };
  const finished = end();
  // Who does not wait for the end is not to be brought down by it.
  finished.catch(() => undefined);
  return {
    run: request.run,
    outputFile: run.folder.output,
    cancel() {
      stopped ??= process
        .group()
        .then((group) =>
          group === null ? undefined : stopGroup(group, process.ended, deps.patience ?? PATIENCE),
        );
    },
    finished,
  };
}

interface Launched {
  readonly ended: Promise<Pick<ProcessEnd, 'code' | 'neverStarted' | 'notes'>>;
  /** The process group that the program runs in; null where it never started. */
  group(): Promise<number | null>;
}

async function launch(request: StepRequest, run: PreparedRun): Promise<Launched> {
  const tool = request.mode === 'stream' ? findScriptTool(run.env.PATH ?? '') : null;
  let argv = ['/bin/sh', '-c', run.keeper];
  if (tool !== null) {
    await writePrivate(run.folder.keeper, run.keeper);
    argv = [tool.program, ...scriptArguments(tool.flavour, run.folder.keeper, '/dev/null')];
  }
  const output = openSync(run.folder.output, files.O_WRONLY | files.O_APPEND);
  let child: ChildProcess;
  try {
    child = spawn(argv[0] as string, argv.slice(1), {
      cwd: run.cwd,
      env: run.env,
      stdio: ['ignore', output, output],
      detached: true,
    });
  } catch (error) {
    return failed(error);
  } finally {
    closeSync(output);
  }
  const exited = new Promise<{ code: number | null; error: Error | null }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, error }));
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? (signal === null ? null : 128 + constants.signals[signal]), error: null }),
    );
  });
  const ended = exited.then(async ({ code, error }) => {
    if (error !== null) return { code: null, neverStarted: true, notes: [notStarted(error)] };
    const written = await readExit(run.folder);
    // `script` has an exit code of its own; the keeper's file is the program's.
    return { code: tool === null ? code : written, neverStarted: false, notes: [] };
  });
  const own = child.pid ?? null;
  return {
    ended,
    // Under `script` the program has a session of its own.
    group: async () => (tool === null ? own : ((await readProcess(run.folder))?.group ?? own)),
  };
}

function failed(error: unknown): Launched {
  return {
    ended: Promise.resolve({ code: null, neverStarted: true, notes: [notStarted(error)] }),
    group: async () => null,
  };
}

const notStarted = (error: unknown): string => `The process could not be started: ${message(error)}`;

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function leftBehind(
  request: StepRequest,
  group: () => Promise<number | null>,
  cancelled: boolean,
): Promise<string[]> {
  const id = await group();
  if (id !== null && groupExists(id))
    return [`Processes that the step left in the background are still running (process group ${id}).`];
  if (!cancelled) return [];
  const names = await survivors(request.run);
  return names.length === 0
    ? []
    : [`Still running, outside of the step's process group: ${names.join(', ')}.`];
}
