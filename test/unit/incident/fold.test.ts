import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../core/execution/types.ts';
import {
  DEFAULT_SCALE,
  EVENT,
  findSeverity,
  fold,
  formatDuration,
  metricsOf,
  nextDeadline,
  tellingLine,
} from '../../../core/incident/index.ts';
import { lengthOf } from '../../../core/incident/metrics.ts';
import { finished, HIGH, MEDIUM, ODD, play, SCALE, started } from './play.ts';

let sequence = 0;

/** An event of a log, by its minute after 09:00. Hashes play no part here. */
function at(minute: number, type: string, data: Record<string, unknown>, day = '2031-03-04'): LogEvent {
  sequence++;
  const time = new Date(Date.parse(`${day}T09:00:00.000Z`) + minute * 60_000).toISOString();
  return {
    specversion: '1.0',
    id: `01${String(sequence).padStart(24, '0')}`,
    source: 'runline://test',
    type,
    subject: 'INC-2031-03-04-001',
    time,
    recordedtime: time,
    sequence,
    prevhash: '',
    hash: '',
    data,
  };
}

const declared = (minute = 0, data: Record<string, unknown> = {}) =>
  at(minute, EVENT.declared, {
    summary: 'Declared',
    title: 'Orders stuck',
    severity: MEDIUM,
    scale: SCALE,
    runbook: null,
    detectedAt: null,
    ...data,
  });
const status = (minute: number, to: string) =>
  at(minute, EVENT.statusChanged, { from: '', to, summary: `→ ${to}` });
const stepAt = (minute: number, draft: ReturnType<typeof started | typeof finished>) =>
  at(minute, draft.type, draft.data);

describe('fold', () => {
  test('a played incident', async () => {
    const { state } = await play();
    expect(state).toMatchObject({
      title: 'Orders stuck',
      severity: { id: 'P1' },
      status: 'resolved',
      runbook: 'docs/orders.md',
      detectedAt: '2031-03-04T09:05:00.000Z',
    });
    expect(state.responseDueAt).toBe(new Date(Date.parse(state.declaredAt) + 900_000).toISOString());
    expect(
      state.timeline.map(({ kind, outcome, summary, facts, evidence }) => [
        kind,
        outcome,
        summary,
        facts,
        evidence,
      ]),
    ).toEqual([
      ['declared', null, 'Declared P2 (Moderate): Orders stuck', [], null],
      ['step', 'failed', 'Check queue', ['exit 2', '0.4 s'], 'error: cannot reach queue-1'],
      ['note', null, 'Asked the vendor', [], null],
      ['severity', null, 'Severity P2 → P1', [], 'orders are lost'],
      ['step', 'succeeded', 'Restart queue', ['0.4 s'], 'started'],
      ['status', null, 'Status investigating → mitigated', [], null],
      ['status', null, 'Status mitigated → resolved', [], null],
    ]);
    expect(state.timeline[1]).toMatchObject({
      durationMs: 412,
      link: { path: 'docs/orders.md', line: 12, stepId: 'Check queue' },
    });
    expect(state.timeline[1]?.startedAt).not.toBeNull();
  });

  test('counts events by when they happened, whatever their order in the file', () => {
    const events = [declared(), status(30, 'resolved'), status(10, 'identified'), status(20, 'mitigated')];
    const state = fold(events);
    expect(state.status).toBe('resolved');
    expect(state.timeline.map((entry) => entry.time.slice(14, 16))).toEqual(['00', '10', '20', '30']);
    expect(fold(events.toReversed())).toEqual(state);
  });

  test('a step that is running is one entry, and its end takes its place', () => {
    const events = [
      declared(),
      stepAt(1, started('A', 'Check', 3, 'true')),
      stepAt(1, started('B', 'Check', 3, 'true')),
    ];
    expect(fold(events).timeline.map((entry) => entry.outcome)).toEqual([null, 'running', 'running']);
    const done = fold([...events, stepAt(2, finished('A', 'Check', 3, 0, 'fine'))]);
    expect(done.timeline.map((entry) => entry.outcome)).toEqual([null, 'running', 'succeeded']);
  });

  test('a correction takes the place of what it supersedes; a retraction leaves nothing', () => {
    const note = at(5, EVENT.noteAdded, { text: 'teh db', summary: 'teh db' });
    const wrong = at(6, EVENT.noteAdded, { text: 'other', summary: 'other' });
    const corrected = at(5, EVENT.noteCorrected, { text: 'the db', summary: 'the db', supersedes: note.id });
    const retracted = at(7, EVENT.noteRetracted, { supersedes: wrong.id });
    const state = fold([declared(), note, wrong, status(8, 'identified'), corrected, retracted]);
    expect(state.timeline.map((entry) => entry.summary)).toEqual(['Declared', 'the db', '→ identified']);
  });

  test('going back to an earlier status takes back what had been reached', () => {
    const reached = [declared(), status(5, 'mitigated'), status(9, 'resolved')];
    expect(fold(reached)).toMatchObject({ mitigatedAt: expect.any(String), resolvedAt: expect.any(String) });
    const reopened = fold([...reached, status(12, 'investigating')]);
    expect(reopened).toMatchObject({ status: 'investigating', mitigatedAt: null, resolvedAt: null });
    expect(reopened.acknowledgedAt).not.toBeNull();
  });

  test('a milestone set by hand wins over what a status implies', () => {
    const state = fold([
      declared(),
      at(3, EVENT.milestoneSet, { milestone: 'mitigated', at: '2031-03-04T09:04:00Z', previous: null }),
      status(8, 'mitigated'),
      at(9, EVENT.milestoneSet, { milestone: 'nonsense', at: 'never' }),
    ]);
    expect(state.mitigatedAt).toBe('2031-03-04T09:04:00.000Z');
  });

  test.each<[string, Record<string, unknown>]>([
    ['nothing', {}],
    [
      'wrong types',
      { title: 7, severity: [], scale: 'x', runbook: {}, detectedAt: 'soon', actor: null, summary: 1 },
    ],
    ['a severity as text', { severity: 'P0', scale: [null, 'P0', {}] }],
  ])('a declaration with %s still folds', (_, data) => {
    const state = fold([
      at(0, EVENT.declared, data),
      at(1, EVENT.stepFinished, { output: 3, step: 'x' }),
      at(2, 'dev.other.thing', {}),
    ]);
    expect(state.title).toEqual(expect.any(String));
    expect(state.severity.id).toEqual(expect.any(String));
    expect(state.timeline).toHaveLength(3);
  });

  test('no declaration is an error that says so', () => {
    expect(() => fold([])).toThrow(/no declaration/);
  });
});

describe('evidence', () => {
  const output = (head: string, tail = '') => ({
    bytes: head.length + tail.length,
    truncated: tail !== '',
    head,
    tail,
  });
  test.each<[string, boolean, string, string | null]>([
    [
      'the first complaint after a failure',
      true,
      'Connecting…\npsql: could not connect to server\nhint: try again',
      'psql: could not connect to server',
    ],
    ['not a count of none', true, 'ran 3, 0 errors\nexit', 'exit'],
    ['the last line where nothing complains', true, 'a\nb\n\n', 'b'],
    ['the last line after success', false, 'error budget fine\nready 3/3\n---\n', 'ready 3/3'],
    ['nothing in blank output', true, ' \n\t\n', null],
    ['one plain line', true, '\u001b[31merror\u001b[0m:\tdown\u202e', '[31merror[0m: down'],
  ])('%s', (_, failed, head, expected) => {
    expect(tellingLine(output(head), failed)).toBe(expected);
  });

  test('a long line is cut and costs little', () => {
    const line = tellingLine(output('x'.repeat(5_000), `failed ${' '.repeat(50_000)}!`), true);
    expect(line?.length).toBeLessThanOrEqual(300);
  });
});

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [100, '0.1 s'],
  [412, '0.4 s'],
  [1_200, '1.2 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [59_499, '59 s'],
  [59_500, '1 min'],
  [250_000, '4 min 10 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [273_600_000, '3 d 4 h'],
  [-250_000, '−4 min 10 s'],
  [Number.NaN, 'unknown'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

describe('severities', () => {
  test.each(['P1', 'p1', 'grave', ' Grave ', 'P-1', 'P1 Grave', 'p1 - grave'])('%j is P1', (wanted) => {
    expect(findSeverity(SCALE, wanted)).toBe(HIGH);
  });

  test('the default scale is the commonest one: P0 to P3', () => {
    expect(DEFAULT_SCALE.map(({ id, name, response }) => [id, name, response?.seconds])).toEqual([
      ['P0', 'Critical', 900],
      ['P1', 'High', 3600],
      ['P2', 'Medium', 14_400],
      ['P3', 'Low', null],
    ]);
  });
});

describe('the clock', () => {
  const now = (minute: number) => new Date(Date.parse('2031-03-04T09:00:00Z') + minute * 60_000);
  test('counts down to the response and past it', () => {
    const state = fold([declared()]);
    expect(nextDeadline(state, now(20))).toEqual({
      kind: 'response',
      at: '2031-03-04T10:00:00.000Z',
      remainingMs: 2_400_000,
      overdue: false,
      summary: 'Response due (P2: 1 hour)',
    });
    expect(nextDeadline(state, now(61))).toMatchObject({ overdue: true, remainingMs: -60_000 });
  });

  test.each<[string, LogEvent[]]>([
    ['acknowledged', [declared(), at(1, EVENT.acknowledged, {})]],
    ['identified', [declared(), status(1, 'identified')]],
    ['cancelled', [declared(), status(1, 'cancelled')]],
    ['of a severity without a fixed time', [declared(0, { severity: ODD })]],
  ])('nothing is due once it is %s', (_, events) => {
    expect(nextDeadline(fold(events), now(2))).toBeNull();
  });
});

describe('metrics', () => {
  const metric = (events: LogEvent[], formula: string) =>
    metricsOf(fold(events)).find((one) => one.formula === formula)?.text;
  const set = (milestone: string, time: string) => at(50, EVENT.milestoneSet, { milestone, at: time });

  test('an end that is missing is not recorded', () => {
    expect(metric([declared()], 'resolved − declared')).toBe('not recorded');
    expect(lengthOf(fold([declared()])).text).toBe('not recorded');
  });

  test('across midnight, and across a change to summer time', () => {
    const events = [declared(), status(60 * 16, 'resolved')];
    expect(metric(events, 'resolved − declared')).toBe('16 h');
    const spring = [
      declared(),
      set('impactStarted', '2031-03-30T01:30:00+01:00'),
      set('impactEnded', '2031-03-30T03:30:00+02:00'),
    ];
    expect(metric(spring, 'impact ended − impact started')).toBe('1 h');
  });

  test('a negative length says that the times are out of order', () => {
    const events = [
      declared(),
      set('detected', '2031-03-04T09:30:00Z'),
      set('impactStarted', '2031-03-04T09:40:00Z'),
    ];
    expect(metric(events, 'detected − impact started')).toBe('−10 min (the recorded times are out of order)');
  });

  test('the length counts from the earliest kind of beginning that is recorded', () => {
    const base = [declared(), status(60, 'resolved')];
    expect(lengthOf(fold(base))).toMatchObject({ start: 'declared', text: '1 h' });
    const detected = [declared(0, { detectedAt: '2031-03-04T08:30:00Z' }), status(60, 'resolved')];
    expect(lengthOf(fold(detected))).toMatchObject({ start: 'detected', text: '1 h 30 min' });
    expect(lengthOf(fold([...detected, set('impactStarted', '2031-03-04T08:00:00Z')]))).toMatchObject({
      start: 'impactStarted',
      text: '2 h',
    });
  });

  test('time to the first command', () => {
    const events = [
      declared(),
      stepAt(4, started('A', 'x', 1, 'x')),
      stepAt(9, finished('A', 'x', 1, 0, '')),
    ];
    expect(metric(events, 'first step started − declared')).toBe('4 min');
  });
});

test('100,000 events fold within two seconds of processor time', () => {
  const events = [
    declared(),
    ...[...Array(100_000)].map((_, i) => at(i / 1000, EVENT.noteAdded, { text: `n${i}`, summary: `n${i}` })),
  ];
  const begin = process.cpuUsage();
  expect(fold(events).timeline).toHaveLength(100_001);
  expect(process.cpuUsage(begin).user / 1000).toBeLessThan(2_000);
});
