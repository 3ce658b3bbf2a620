import { describe, expect, it } from 'vitest';
import { clockText } from '../../../client/incident/clockText.ts';
import { titleFor } from '../../../client/incident/title.ts';
import { ago, lineText, outcomeText, type StepResult } from '../../../client/run/resultText.ts';
import type { IncidentState } from '../../../core/incident/index.ts';
import type { WireRunbook } from '../../../server/protocol.ts';

const result = (more: Partial<StepResult>): StepResult => ({
  outcome: 'succeeded',
  exitCode: 0,
  signal: null,
  durationMs: 300,
  at: 0,
  line: null,
  notes: [],
  excerpt: '',
  content: null,
  ...more,
});

describe('how the end of a step is said', () => {
  it.each([
    ['success', result({}), '✓ 0.3 s', '✓ 0.3 s · 2 min ago'],
    [
      'failure',
      result({ outcome: 'failed', exitCode: 1, line: 'unable to connect' }),
      '✗ exit 1 · 0.3 s',
      '✗ exit 1 · unable to connect · 2 min ago',
    ],
    [
      'a signal',
      result({ outcome: 'failed', exitCode: null, signal: 'SIGKILL' }),
      '✗ SIGKILL · 0.3 s',
      '✗ SIGKILL · 2 min ago',
    ],
    [
      'cancel',
      result({ outcome: 'cancelled', exitCode: null }),
      '⊘ cancelled · 0.3 s',
      '⊘ cancelled · 0.3 s · 2 min ago',
    ],
    [
      'an unknown end',
      result({ outcome: 'unknown', exitCode: null, durationMs: null }),
      '? unknown end',
      '? unknown end · 2 min ago',
    ],
    ['running', result({ outcome: 'running', durationMs: null }), '◐ running', '◐ running'],
  ])('%s', (_, value, short, long) => {
    expect(outcomeText(value)).toBe(short);
    expect(lineText(value, 2 * 60_000, false)).toBe(long);
  });

  it('says that the block is not what was run', () => {
    expect(lineText(result({}), 0, true)).toBe('✓ 0.3 s · just now · changed since');
  });

  it('cuts an endless first line', () => {
    expect(
      lineText(result({ outcome: 'failed', exitCode: 1, line: 'x'.repeat(5000) }), 0, false).length,
    ).toBeLessThan(150);
  });

  it.each([
    [59_999, 'just now'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [200_000_000, '2 d ago'],
  ])('%d ms: %s', (ms, text) => {
    expect(ago(ms)).toBe(text);
  });
});

describe('the status bar', () => {
  const declared = '2026-01-05T14:00:00.000Z';
  const state = (more: Partial<IncidentState>): IncidentState => ({
    id: 'INC-2026-01-05-001',
    title: 'Checkout down',
    severity: {
      id: 'P1',
      name: null,
      definition: '',
      response: { text: '15 minutes', seconds: 900, kind: 'fixed' },
    },
    scale: [],
    status: 'investigating',
    runbook: null,
    declaredAt: declared,
    detectedAt: null,
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    responseDueAt: '2026-01-05T14:15:00.000Z',
    milestones: {},
    timeline: [],
    ...more,
  });

  it.each([
    ['counts down', {}, '14:02:56', '$(flame) P1 · respond in 12:04', 'plain'],
    ['warns at the end', {}, '14:14:30', '$(flame) P1 · respond in 00:30', 'warning'],
    ['says that it is overdue', {}, '14:16:05', '$(flame) P1 · response overdue by 01:05', 'error'],
    [
      'says how long it has lasted once someone is on it',
      { acknowledgedAt: declared },
      '14:23:41',
      '$(flame) P1 · investigating · 23 min',
      'plain',
    ],
    [
      'needs no response time',
      { responseDueAt: null },
      '14:23:41',
      '$(flame) P1 · investigating · 23 min',
      'plain',
    ],
  ])('%s', (_, more, time, text, tone) => {
    const clock = clockText(state(more), new Date(`2026-01-05T${time}.000Z`));
    expect(clock).toMatchObject({ text, tone });
    expect(clock.tooltip).toContain('Checkout down');
  });
});

describe('the title that an incident is offered', () => {
  const step = (line: number, ...sectionPath: string[]): WireRunbook['steps'][number] => ({
    id: `s-${line}`,
    kind: 'block',
    range: { start: { line, character: 0 }, end: { line: line + 2, character: 0 } },
    sectionPath,
  });
  const runbook: WireRunbook = {
    uri: 'file:///x.md',
    version: 1,
    title: 'Operations',
    severityScales: [],
    templates: [],
    steps: [
      step(10, 'Operations', '1. Health checks'),
      step(20, 'Operations', '🚨 2. API is down', 'Diagnosis'),
      step(30, 'Operations', 'API is down', 'Resolution', '2.1 Restart the pool'),
    ],
  };

  it.each([
    ['names the trouble, not the routine heading', 20, 'API is down'],
    ['takes the section whose words the cursor is in', 15, 'API is down'],
    ['leaves out the number', 5, 'Health checks'],
    ['takes the deepest telling heading', 31, 'Restart the pool'],
    ['past the last block, stays with it', 99, 'Restart the pool'],
  ])('%s', (_, line, title) => {
    expect(titleFor(runbook, line)).toBe(title);
  });

  it('falls back to the title', () => {
    expect(titleFor({ ...runbook, steps: [] }, 0)).toBe('Operations');
  });
});
