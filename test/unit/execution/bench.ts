/** What the tests of execution share: a private folder, a log in memory, and steps in a session. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import {
  type EventDraft,
  type EventSink,
  type LogEvent,
  type StepDeps,
  type StepFinishedData,
  type StepRequest,
  startStep,
} from '../../../core/execution/index.ts';

/** A log that keeps its events in memory, and can be slow or broken. */
export function memoryLog(append: (draft: EventDraft) => Promise<void> = async () => undefined) {
  const events: LogEvent[] = [];
  const sink: EventSink = {
    async append(draft) {
      await append(draft);
      const time = draft.time ?? new Date().toISOString();
      const event: LogEvent = {
        specversion: '1.0',
        id: ulid(),
        source: 'runline://test',
        type: draft.type,
        subject: 'test',
        time,
        recordedtime: time,
        sequence: events.length + 1,
        prevhash: '',
        hash: '',
        data: draft.data,
      };
      events.push(event);
      return event;
    },
  };
  return { events, sink };
}

export interface Bench {
  /** Holds `state` and `work`. */
  readonly folder: string;
  readonly work: string;
  readonly deps: StepDeps;
  readonly events: readonly LogEvent[];
  request(script: string, changes?: Partial<StepRequest>): StepRequest;
  /** Runs a script to its end. */
  run(script: string, changes?: Partial<StepRequest>, deps?: Partial<StepDeps>): Promise<StepFinishedData>;
  dispose(): void;
}

export function bench(env: NodeJS.ProcessEnv = process.env): Bench {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'runline-execution-')));
  const work = realpathSync(mkdtempSync(join(folder, 'work-')));
  const { events, sink } = memoryLog();
  const deps: StepDeps = { sink, stateFolder: join(folder, 'state'), env };
  const request = (script: string, changes: Partial<StepRequest> = {}): StepRequest => ({
    run: ulid(),
    source: {
      path: 'docs/runbook.md',
      sha256: '0'.repeat(64),
      stepId: 'check-1',
      title: 'Check the service',
      line: 3,
      endLine: 5,
    },
    language: 'bash',
    script,
    mode: 'capture',
    risk: 'read-only',
    targets: [],
    cwd: work,
    inputs: {},
    secretInputs: [],
    session: 'session',
    consent: 'none-needed',
    ...changes,
  });
  return {
    folder,
    work,
    deps,
    events,
    request,
    async run(script, changes, more) {
      const handle = await startStep(request(script, changes), { ...deps, ...more });
      return (await handle.finished).data as unknown as StepFinishedData;
    },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
