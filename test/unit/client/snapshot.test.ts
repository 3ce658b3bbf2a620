import { describe, expect, it } from 'vitest';
import { difference, panelContent } from '../../../client/incidentPanel/snapshot.ts';
import type { LogEvent } from '../../../core/execution/index.ts';

let count = 0;
const event = (minute: number, type: string, data: Record<string, unknown>): LogEvent => {
  count += 1;
  return {
    specversion: '1.0',
    id: `E${String(count).padStart(4, '0')}`,
    source: 'runline://test',
    type: `dev.runline.${type}`,
    subject: 'INC-2026-01-05-001',
    time: new Date(Date.UTC(2026, 0, 5, 14, minute)).toISOString(),
    recordedtime: new Date(Date.UTC(2026, 0, 5, 14, minute)).toISOString(),
    sequence: count,
    prevhash: '',
    hash: '',
    data,
  };
};
const level = (id: string, seconds: number): Record<string, unknown> => ({
  id,
  name: null,
  definition: `${id} things`,
  response: { text: `${seconds / 60} minutes`, seconds, kind: 'fixed' },
});
const scale = [level('P1', 900), level('P2', 3600)];
const step = {
  path: 'runbooks/pods.md',
  sha256: '',
  stepId: 'check-1',
  title: 'Check',
  line: 12,
  endLine: 14,
};

const declared = event(0, 'incident.declared', {
  summary: 'Declared P2: Checkout down',
  title: 'Checkout down',
  severity: scale[1],
  scale,
  runbook: 'runbooks/pods.md',
});
const started = event(1, 'step.started', {
  run: 'R1',
  step,
  summary: 'Check',
  command: 'curl x',
  risk: 'mutating',
});
const finished = event(2, 'step.finished', {
  run: 'R1',
  step,
  summary: 'Check',
  outcome: 'failed',
  exitCode: 2,
  signal: null,
  durationMs: 400,
  output: { bytes: 9000, truncated: true, head: 'first', tail: 'could not connect' },
});
const raised = event(3, 'incident.severity.changed', {
  summary: 'Severity P2 → P1',
  from: scale[1],
  to: scale[0],
  reason: 'payments affected',
});
const note = event(4, 'note.added', { summary: 'two lines', text: 'two\nlines' });
const now = new Date(Date.UTC(2026, 0, 5, 14, 10));
const content = (...events: LogEvent[]): ReturnType<typeof panelContent> =>
  panelContent([declared, ...events], now, null, (run) => run === 'R1');

describe('what the panel is sent', () => {
  it('has the severity, its rank and the next deadline', () => {
    const { header } = content(raised);
    expect(header).toMatchObject({
      title: 'Checkout down',
      open: true,
      severity: { id: 'P1', rank: 0, of: 2, response: '15 minutes' },
      deadline: { label: 'respond', at: '2026-01-05T14:15:00.000Z' },
    });
  });

  it('has lanes without holes', () => {
    const { severities, statuses } = content(
      raised,
      event(5, 'incident.status.changed', { summary: 's', from: 'investigating', to: 'resolved' }),
    ).header;
    expect(severities.map(({ label, from, to }) => [label, from.slice(14, 16), to?.slice(14, 16)])).toEqual([
      ['P2', '00', '03'],
      ['P1', '03', '05'],
    ]);
    expect(statuses.map(({ label }) => label)).toEqual(['investigating', 'resolved']);
  });

  it('keeps the id and the place of a step from its start to its end', () => {
    const running = content(started).entries.find(({ kind }) => kind === 'step');
    const ended = content(started, finished).entries.find(({ kind }) => kind === 'step');
    expect(running).toMatchObject({ id: 'R1', outcome: 'running', time: started.time });
    expect(ended).toMatchObject({
      id: 'R1',
      outcome: 'failed',
      time: started.time,
      command: 'curl x',
      hasLog: true,
    });
    expect(ended?.facts).toEqual(['exit 2', '0.4 s', 'changes state']);
    expect(ended?.evidence).toBe('could not connect');
    expect(ended?.excerpt).toBe('first\n… 9000 bytes in all …\ncould not connect');
    expect(ended?.link).toEqual({ path: 'runbooks/pods.md', line: 12 });
  });

  it('shows reasons as words and notes whole', () => {
    const { entries } = content(raised, note);
    expect(entries.map(({ summary, facts }) => [summary, facts])).toContainEqual([
      'Severity P2 → P1',
      ['“payments affected”'],
    ]);
    expect(entries.at(-1)?.summary).toBe('two\nlines');
  });

  it('shows in the timeline who took it on', () => {
    const { entries, header } = content(
      event(1, 'incident.acknowledged', { summary: 'Acknowledged by ann' }),
    );
    expect(entries.at(-1)).toMatchObject({ kind: 'status', summary: 'Acknowledged by ann' });
    expect(header.deadline).toBeNull();
  });

  it('sends only what has changed', () => {
    const before = content(started).entries;
    const after = content(started, finished, note).entries;
    const change = difference(before, after);
    expect(change.entries.map(({ id }) => id)).toEqual(['R1', note.id]);
    expect(change.removed).toEqual([]);
    expect(difference(after, before).removed).toEqual([note.id]);
    expect(difference(after, after).entries).toEqual([]);
  });
});
