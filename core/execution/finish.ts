/** The end of a step: state kept, output read, the event written. The same for every way of running one. */
import { readFile, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { finishedDraft } from './events.ts';
import { excerpt } from './output.ts';
import type { PreparedRun, StepDeps } from './prepare.ts';
import { type Dump, nextState } from './session/dump.ts';
import { saveState } from './session/state.ts';
import type { LogEvent, StepOutcome, StepRequest } from './types.ts';
import { parseBashDump } from './wrapper/bash.ts';
import { parsePosixDump } from './wrapper/posix.ts';

/** How the process ended, as far as it is known. */
export interface ProcessEnd {
  /** As a shell counts it: 128 and the signal where one ended the program. Null if unknown. */
  readonly code: number | null;
  /** The system refused to start it. */
  readonly neverStarted: boolean;
  readonly cancelled: boolean;
  readonly durationMs: number;
  readonly notes: readonly string[];
  /** A first look at the output: see `excerpt`. */
  readonly prepareOutput?: (text: string) => string;
}

/** Appends the one `step.finished`; rejects only if that fails. */
export async function finishRun(
  request: StepRequest,
  deps: StepDeps,
  run: PreparedRun,
  end: ProcessEnd,
): Promise<LogEvent> {
  const notes = [...run.notes, ...end.notes];
  const dump = await readDump(run);
  if (dump !== null) {
    try {
      await saveState(deps.stateFolder, request.session, nextState(run.previous, dump, run.beginning));
    } catch (error) {
      notes.push(`The session's state could not be written: ${(error as Error).message}`);
    }
  } else if (run.keeps !== null && !end.neverStarted) {
    notes.push(
      'What this step changed in the session (folder, variables, functions) was not kept: it was ended by a signal, replaced its own shell, or set an EXIT trap of its own.',
    );
  }
  const { exitCode, signal } = endOf(end.code, dump);
  const shorten = (text: string) => text.replaceAll(run.script, basename(run.script));
  const output = await excerpt(run.folder.output, run.redactor.redact, (text) =>
    shorten(end.prepareOutput?.(text) ?? text),
  );
  const draft = finishedDraft(request.run, request.source, (deps.now ?? (() => new Date()))(), {
    outcome: outcomeOf(end, exitCode, signal),
    exitCode,
    signal,
    durationMs: Math.round(end.durationMs * 10) / 10,
    output,
    notes: await Promise.all(notes.map((note) => run.redactor.redact(note))),
  });
  const [event] = await Promise.all([deps.sink.append(draft), tidy(request, run)]);
  return event;
}

function outcomeOf(end: ProcessEnd, exitCode: number | null, signal: string | null): StepOutcome {
  if (end.neverStarted) return 'failed';
  if (end.cancelled) return 'cancelled';
  if (exitCode === 0) return 'succeeded';
  return exitCode === null && signal === null ? 'unknown' : 'failed';
}

/** Tells `exit 143` from a SIGTERM: a shell that ends by itself saw the code that its parent sees. */
function endOf(code: number | null, dump: Dump | null): { exitCode: number | null; signal: string | null } {
  if (code === null || code <= 128 || dump?.exitCode === code) return { exitCode: code, signal: null };
  const named = Object.entries(constants.signals).find(([, number]) => number === code - 128);
  return named === undefined ? { exitCode: code, signal: null } : { exitCode: null, signal: named[0] };
}

async function readDump(run: PreparedRun): Promise<Dump | null> {
  if (run.keeps === null) return null;
  const text = await readFile(run.folder.state, 'latin1').catch(() => null);
  if (text === null) return null;
  if (run.keeps === 'bash') return parseBashDump(text);
  return parsePosixDump(text, run.keeps === 'zsh' ? 'exported' : 'all');
}

/** Takes away what held the whole environment, and a script that holds secret inputs. */
async function tidy(request: StepRequest, run: PreparedRun): Promise<void> {
  const files = [run.folder.state, `${run.folder.state}.names`, run.folder.prelude, run.folder.keeper];
  if (request.secretInputs.length > 0) files.push(run.script);
  await Promise.all(files.map((file) => rm(file, { force: true }).catch(() => undefined)));
}
