/** An incident played into a temporary folder, on a clock that each call moves on by a minute. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEvent } from '../../../core/execution/types.ts';
import {
  createIncidents,
  type IncidentState,
  type Incidents,
  type IncidentsOptions,
} from '../../../core/incident/index.ts';
import type { IncidentSeverity } from '../../../core/incident/types.ts';

export const SCALE: readonly IncidentSeverity[] = [
  {
    id: 'P1',
    name: 'Grave',
    definition: 'Down',
    response: { text: '15 minutes', seconds: 900, kind: 'fixed' },
  },
  {
    id: 'P2',
    name: 'Moderate',
    definition: 'Slow',
    response: { text: '1 hour', seconds: 3600, kind: 'fixed' },
  },
  {
    id: 'P3',
    name: null,
    definition: 'Odd',
    response: { text: 'Next business day', seconds: null, kind: 'calendar' },
  },
];

export const [HIGH, MEDIUM, ODD] = SCALE as [IncidentSeverity, IncidentSeverity, IncidentSeverity];

/** A folder that is removed by `using`. */
export function temporary(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'runline-incident-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function store(folder: string, options: Partial<IncidentsOptions> = {}): Incidents {
  let time = Date.parse('2031-03-04T09:10:00.000Z');
  return createIncidents(join(folder, '.runline'), {
    source: 'runline://test',
    actor: { name: 'Noor' },
    now: () => {
      time += 60_000;
      return new Date(time);
    },
    ...options,
  });
}

const step = (stepId: string, line: number) => ({
  path: 'docs/orders.md',
  sha256: 'a'.repeat(64),
  stepId,
  title: stepId,
  line,
  endLine: line + 2,
});

export function started(run: string, stepId: string, line: number, command: string) {
  return {
    type: 'dev.runline.step.started',
    data: {
      run,
      step: step(stepId, line),
      summary: stepId,
      language: 'bash',
      command,
      commandSha256: 'b'.repeat(64),
      mode: 'capture',
      risk: 'read-only',
      targets: [{ kind: 'host', value: 'queue-1' }],
      cwd: '/srv',
      inputs: {},
      consent: 'none-needed',
    },
  };
}

export function finished(run: string, stepId: string, line: number, exitCode: number, output: string) {
  return {
    type: 'dev.runline.step.finished',
    data: {
      run,
      step: step(stepId, line),
      summary: stepId,
      outcome: exitCode === 0 ? 'succeeded' : 'failed',
      exitCode,
      signal: null,
      durationMs: 412,
      commands: [],
      output: { bytes: output.length, truncated: false, head: output, tail: '' },
      notes: [],
    },
  };
}

export interface Played {
  readonly state: IncidentState;
  readonly events: LogEvent[];
}

/** Declared, one failed and one good step, a note, a change of severity, mitigated, resolved. */
export async function play(title = 'Orders stuck', note = 'Asked the vendor'): Promise<Played> {
  using folder = temporary();
  const incidents = store(folder.path);
  const { id } = await incidents.open({
    severity: MEDIUM,
    scale: SCALE,
    title,
    runbook: 'docs/orders.md',
    detectedAt: '2031-03-04T09:05:00Z',
  });
  const sink = incidents.sink(id);
  await sink.append(started('A', 'Check queue', 12, 'queuectl depth'));
  await sink.append(finished('A', 'Check queue', 12, 2, 'connecting\nerror: cannot reach queue-1\n'));
  await incidents.addNote(id, note);
  await incidents.setSeverity(id, 'p1', 'orders are lost');
  await sink.append(started('B', 'Restart queue', 20, 'queuectl restart'));
  await sink.append(finished('B', 'Restart queue', 20, 0, 'stopped\nstarted\n'));
  await incidents.setStatus(id, 'mitigated');
  const state = await incidents.resolve(id);
  const events = await incidents.events(id);
  await incidents.close();
  return { state, events };
}
