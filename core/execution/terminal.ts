/** A step for a real terminal: the same wrapper, as the process of a terminal that someone else opens. */
import { type FSWatcher, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { removedNames } from './environment.ts';
import { StepRefused } from './errors.ts';
import { startedDraft } from './events.ts';
import { finishRun } from './finish.ts';
import { prepareRun, type StepDeps } from './prepare.ts';
import { PATIENCE, signalGroup, stopGroup } from './process/group.ts';
import { readExit, readProcess } from './runFolder.ts';
import { findScriptTool, scriptArguments, stripScriptLines } from './scriptTool.ts';
import { writePrivate } from './stateFolder.ts';
import type { LogEvent, RunHandle, StepRequest } from './types.ts';

/** What a terminal is opened with, and the step that runs in it. */
export interface TerminalStep {
  readonly shellPath: string;
  readonly shellArgs: string[];
  /** On top of the environment that the terminal would have; null takes a variable away. */
  readonly env: Record<string, string | null>;
  readonly cwd: string;
  readonly handle: RunHandle;
  /** To be called when the terminal has closed. Where the program wrote no end, the step ends here, as unknown. */
  closed(): void;
}

const { SIGHUP: HUP, SIGTERM: TERM } = constants.signals;
const POLL_MS = 200;
/** What a program has to end after a signal. */
const GRACE_MS = 2000;
/** What the file system has to show an end that was already written. */
const SETTLE_MS = 250;

/**
 * Prepares a step for a terminal and records its start; the caller opens the terminal at once. Its output is recorded by
 * `script(1)` where there is one, into `handle.outputFile`.
 * @throws StepRefused where it cannot run or cannot be recorded.
 */
export async function terminalStep(request: StepRequest, deps: StepDeps): Promise<TerminalStep> {
  const run = await prepareRun(request, deps);
  const { folder } = run;
  await writePrivate(folder.keeper, run.keeper);
  try {
    await deps.sink.append(await startedDraft(request, run.startedAt, run.cwd, run.redactor));
  } catch (error) {
    await rm(folder.folder, { recursive: true, force: true });
    throw new StepRefused(
      'log',
      `Nothing was run: the start of ${request.source.stepId} could not be written to the log (${(error as Error).message}).`,
      { cause: error },
    );
  }
  const tool = findScriptTool(run.env.PATH ?? '');
  const clock = performance.now();
  const watching = watchEnd(() => readExit(folder), folder.folder);
  let stopped: Promise<void> | null = null;
  let isClosed = false;

  const finish = async (): Promise<LogEvent> => {
    const code = await watching.ended;
    const durationMs = performance.now() - clock;
    if (stopped !== null) await stopped;
    return await finishRun(request, deps, run, {
      code,
      neverStarted: false,
      // Who closes the terminal of a running program ends it.
      cancelled: stopped !== null || (isClosed && (code === 128 + HUP || code === 128 + TERM)),
      durationMs,
      notes: [
        ...(code === null ? ['The terminal was closed before the step wrote its end.'] : []),
        ...(tool === null ? ['The output was not recorded: `script` is not installed on this machine.'] : []),
      ],
      prepareOutput: stripScriptLines,
    });
  };
  const finished = finish();
  finished.catch(() => undefined);
  return {
    shellPath: tool?.program ?? '/bin/sh',
    shellArgs: tool === null ? [folder.keeper] : scriptArguments(tool.flavour, folder.keeper, folder.output),
    env: { ...Object.fromEntries(removedNames(deps.env).map((name) => [name, null])), ...run.env },
    cwd: run.cwd,
    handle: {
      run: request.run,
      outputFile: folder.output,
      cancel() {
        // The keeper leads its group under `script` and as a terminal's own process. Elsewhere the group may be ours: never that.
        stopped ??= readProcess(folder).then((found) =>
          found === null
            ? watching.give(null)
            : stopGroup(found.pid, watching.ended, deps.patience ?? PATIENCE),
        );
      },
      finished,
    },
    closed() {
      if (isClosed) return;
      isClosed = true;
      void giveUp();
    },
  };

  /**
   * `script` blocks the hang-up that a closing terminal sends, and the keeper outlives it so as to write the end:
   * the program gets it from here.
   */
  async function giveUp(): Promise<void> {
    for (const signal of [null, 'SIGHUP', 'SIGTERM'] as const) {
      const found = await readProcess(folder);
      if (signal !== null && found !== null) signalGroup(found.pid, signal);
      const grace = signal === null ? SETTLE_MS : GRACE_MS;
      const code = await Promise.race([watching.ended, sleep(found === null ? SETTLE_MS : grace, null)]);
      if (code !== null) return;
    }
    watching.give(null);
  }
}

interface Watching {
  /** The exit code, or null where none will come. */
  readonly ended: Promise<number | null>;
  give(code: number | null): void;
}

/** Waits for the exit file: told by the system where it tells, else five looks a second. */
function watchEnd(look: () => Promise<number | null>, folder: string): Watching {
  let give: (code: number | null) => void = () => undefined;
  const given = new Promise<number | null>((resolve) => {
    give = resolve;
  });
  const check = () =>
    void look().then((code) => {
      if (code !== null) give(code);
    });
  const timer = setInterval(check, POLL_MS);
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(folder, check);
    watcher.on('error', () => undefined);
  } catch {
    // The timer is enough.
  }
  const ended = given.finally(() => {
    clearInterval(timer);
    watcher?.close();
  });
  return { ended, give };
}
