import { describe, expect, it } from 'vitest';
import type { PanelEntry, PanelHeader, ToPanel } from '../../../client/incidentPanel/protocol.ts';
import {
  emptyModel,
  initialChoices,
  type Model,
  readChoices,
  receive,
  rows,
  visibleEntries,
} from '../../../client/webview/incidentPanel/store.ts';

const at = (minute: number, second = 0): string =>
  new Date(Date.UTC(2026, 0, 5, 14, minute, second)).toISOString();

const entry = (id: string, time: string, more: Partial<PanelEntry> = {}): PanelEntry => ({
  id,
  time,
  kind: 'note',
  outcome: null,
  summary: id,
  facts: [],
  evidence: null,
  excerpt: '',
  command: null,
  link: null,
  startedAt: null,
  durationMs: null,
  actor: '',
  hasLog: false,
  ...more,
});

const header: PanelHeader = {
  id: 'INC-2026-01-05-001',
  title: 'Checkout down',
  severity: { id: 'P1', name: null, definition: '', response: null, rank: 0, of: 4 },
  status: 'investigating',
  open: true,
  declaredAt: at(0),
  resolvedAt: null,
  deadline: null,
  severities: [],
  statuses: [],
  fault: null,
};

const snapshot = (sequence: number, entries: readonly PanelEntry[]): ToPanel => ({
  type: 'snapshot',
  sequence,
  now: at(30),
  header,
  entries,
});

const delta = (
  sequence: number,
  entries: readonly PanelEntry[],
  removed: readonly string[] = [],
): ToPanel => ({
  type: 'delta',
  sequence,
  now: at(30),
  header,
  entries,
  removed,
});

const ids = (model: Model): string[] => model.entries.map(({ id }) => id);
const received = (...messages: ToPanel[]): Model =>
  messages.reduce<Model>((model, message) => receive(model, message, Date.parse(at(30))).model, emptyModel);

describe('what the panel knows', () => {
  it('takes a snapshot whole, in order of time', () => {
    expect(ids(received(snapshot(4, [entry('b', at(2)), entry('a', at(1))])))).toEqual(['a', 'b']);
  });

  it('adds, changes and removes by a delta', () => {
    const model = received(
      snapshot(1, [entry('a', at(1)), entry('b', at(2))]),
      delta(2, [entry('c', at(3)), entry('a', at(1), { summary: 'changed' })], ['b']),
    );
    expect(model.entries.map(({ summary }) => summary)).toEqual(['changed', 'c']);
  });

  it.each([
    ['a message was lost', 3],
    ['a message came twice', 1],
  ])('asks again where %s, and keeps what it shows', (_, sequence) => {
    const before = received(snapshot(1, [entry('a', at(1))]));
    const result = receive(before, delta(sequence, [entry('b', at(2))]), 0);
    expect(result.gap).toBe(true);
    expect(result.model).toBe(before);
  });

  it('asks for a snapshot where a delta comes first', () => {
    expect(receive(emptyModel, delta(1, []), 0).gap).toBe(true);
  });

  it("goes by the host's clock", () => {
    expect(receive(emptyModel, snapshot(1, []), Date.parse(at(29))).model.skew).toBe(60_000);
  });

  it('says why there is nothing', () => {
    const model = received(snapshot(1, [entry('a', at(1))]), {
      type: 'missing',
      message: 'It cannot be read.',
    });
    expect(model).toMatchObject({ header: null, entries: [], missing: 'It cannot be read.' });
  });
});

describe('what the reader chose', () => {
  it.each([
    ['nothing', undefined],
    ['something else', 'x'],
    ['wrong types', { utc: 1, tab: {}, filter: [], open: 'a' }],
  ])('falls back where the state holds %s', (_, stored) => {
    expect(readChoices(stored)).toEqual(initialChoices);
  });

  it('comes back as it was stored', () => {
    const choices = { utc: false, tab: 'activity', filter: 'db', open: ['a'] } as const;
    expect(readChoices(JSON.parse(JSON.stringify(choices)))).toEqual(choices);
  });
});

describe('the list', () => {
  const model = received(
    snapshot(1, [
      entry('declared', at(0), { kind: 'declared' }),
      entry('check', at(1), {
        kind: 'step',
        outcome: 'failed',
        facts: ['exit 2'],
        startedAt: at(1),
        durationMs: 5000,
      }),
      entry('other', at(2), { kind: 'other' }),
      entry('note', at(12), { summary: 'The pool is exhausted' }),
    ]),
  );
  const withChoices = (choices: Partial<Model['choices']>): Model => ({
    ...model,
    choices: { ...model.choices, ...choices },
  });
  const listed = (choices: Partial<Model['choices']>, now = at(13)): string[] =>
    rows(withChoices(choices), Date.parse(now), (iso) => iso.slice(0, 10)).map(({ key }) => key);

  it('leaves plain events to the activity tab', () => {
    expect(visibleEntries(withChoices({ tab: 'timeline' })).map(({ id }) => id)).not.toContain('other');
    expect(visibleEntries(withChoices({ tab: 'activity' })).map(({ id }) => id)).toContain('other');
  });

  it('shows silences, but none in a filtered list', () => {
    expect(listed({})).toEqual(['declared', 'check', 'gap note', 'note']);
    expect(listed({ filter: 'e' })).toEqual(['declared', 'check', 'note']);
  });

  it('shows that nothing has happened for a while', () => {
    expect(listed({}, at(20)).at(-1)).toBe('gap now');
  });

  it('counts a silence from the end of a step, not from its start', () => {
    const long = received(
      snapshot(1, [
        entry('long', at(0), {
          kind: 'step',
          outcome: 'succeeded',
          startedAt: at(0),
          durationMs: 9 * 60_000,
        }),
        entry('next', at(10)),
      ]),
    );
    expect(rows(long, Date.parse(at(11)), () => 'day').map(({ key }) => key)).toEqual(['long', 'next']);
  });

  it('marks a new day', () => {
    const two = received(
      snapshot(1, [entry('a', '2026-01-05T23:59:00.000Z'), entry('b', '2026-01-06T00:01:00.000Z')]),
    );
    const keys = rows(two, Date.parse('2026-01-06T00:02:00Z'), (iso) => iso.slice(0, 10)).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(['a', 'day 2026-01-06', 'b']);
  });

  it.each([
    ['exit 2', ['check']],
    ['FAILED', ['check']],
    ['pool exhausted', ['note']],
    ['pool nothing', []],
  ])('filters by every word: %s', (filter, expected) => {
    expect(visibleEntries(withChoices({ filter })).map(({ id }) => id)).toEqual(expected);
  });
});
