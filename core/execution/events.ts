/** The events of a step, as drafts for a log. Their shapes: `types.ts`. */
import { createHash } from 'node:crypto';
import type { Redactor } from './redaction.ts';
import type {
  EventDraft,
  OutputExcerpt,
  StepFinishedData,
  StepOutcome,
  StepRequest,
  StepSource,
  StepStartedData,
} from './types.ts';

export const STEP_STARTED = 'dev.runline.step.started';
export const STEP_FINISHED = 'dev.runline.step.finished';
export const STEP_SKIPPED = 'dev.runline.step.skipped';

/** What shows instead of the value of a secret input. */
const HIDDEN = '[redacted]';

/** The start of a step, with nothing secret in it. */
export async function startedDraft(
  request: StepRequest,
  time: Date,
  cwd: string,
  redactor: Redactor,
): Promise<EventDraft> {
  const inputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.inputs))
    inputs[name] = request.secretInputs.includes(name) ? HIDDEN : await redactor.redact(value);
  const data: StepStartedData = {
    run: request.run,
    step: request.source,
    summary: request.source.title,
    language: request.language,
    command: await redactor.redact(request.script),
    commandSha256: createHash('sha256').update(request.script).digest('hex'),
    mode: request.mode,
    risk: request.risk,
    targets: await Promise.all(
      request.targets.map(async ({ kind, value }) => ({ kind, value: await redactor.redact(value) })),
    ),
    cwd,
    inputs,
    consent: request.consent,
  };
  return { type: STEP_STARTED, time: time.toISOString(), data: { ...data } };
}

/** How a step ended. */
export interface StepEnd {
  readonly outcome: StepOutcome;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly durationMs: number;
  readonly output: OutputExcerpt;
  readonly notes: readonly string[];
}

export function finishedDraft(run: string, source: StepSource, time: Date, end: StepEnd): EventDraft {
  const data: StepFinishedData = { run, step: source, summary: source.title, ...end, commands: [] };
  return { type: STEP_FINISHED, time: time.toISOString(), data: { ...data } };
}

/** A step that a person decided not to run; `reason` in their words, or null. */
export function skippedDraft(source: StepSource, reason: string | null, time: Date): EventDraft {
  return {
    type: STEP_SKIPPED,
    time: time.toISOString(),
    data: { step: source, summary: source.title, reason },
  };
}
