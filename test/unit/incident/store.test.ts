import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listActive, markActive, syncActive, unmarkActive } from '../../../core/incident/index.ts';
import { finished, HIGH, MEDIUM, SCALE, started, store, temporary } from './play.ts';

const incident = { severity: MEDIUM, scale: SCALE, title: 'Orders stuck', runbook: 'docs/orders.md' };

test('opening claims the next free number of the UTC day and writes the declaration', async () => {
  using folder = temporary();
  const incidents = store(folder.path);
  const states = await Promise.all([1, 2, 3].map(() => incidents.open(incident)));
  expect(states.map((state) => state.id).toSorted()).toEqual([1, 2, 3].map((n) => `INC-2031-03-04-00${n}`));
  expect(states[0]).toMatchObject({
    title: 'Orders stuck',
    status: 'investigating',
    severity: MEDIUM,
    scale: SCALE,
  });
  expect((await incidents.list()).map((state) => state.id)).toHaveLength(3);
  await incidents.close();
});

test('another process sees what was written, and goes on with the same log', async () => {
  using folder = temporary();
  const now = () => new Date();
  const [one, two] = [store(folder.path, { now }), store(folder.path, { now, actor: { name: 'Kim' } })];
  const { id } = await one.open(incident);
  await two.addNote(id.toLowerCase(), 'from the other side');
  const state = await one.setSeverity(id, 'GRAVE', 'growing');
  expect(state.severity).toEqual(HIGH);
  expect(state.timeline.map((entry) => [entry.kind, entry.actor])).toEqual([
    ['declared', 'Noor'],
    ['note', 'Kim'],
    ['severity', 'Noor'],
  ]);
  expect(await two.verify(id)).toMatchObject({ ok: true, events: 3 });
  await Promise.all([one.close(), two.close()]);
});

test.each([
  ['emptied', () => '', 'empty'],
  ['cut off in its first line', (log: string) => log.slice(0, 40), 'empty'],
  ['the log of another incident', (_: string, other: string) => other, 'belongs to INC-2031-03-04-002'],
])('a log that is %s does not verify', async (_, tamper, message) => {
  using folder = temporary();
  const incidents = store(folder.path);
  const [{ id }, other] = [await incidents.open(incident), await incidents.open(incident)];
  await incidents.close();
  const read = (of: string) => readFileSync(incidents.logFile(of), 'utf8');
  writeFileSync(incidents.logFile(id), tamper(read(id), read(other.id)));
  expect(await incidents.verify(id)).toMatchObject({
    ok: false,
    line: 1,
    message: expect.stringContaining(message),
  });
});

test('steps go through the sink, with who ran them', async () => {
  using folder = temporary();
  const incidents = store(folder.path);
  const { id } = await incidents.open(incident);
  await incidents.sink(id).append(started('A', 'Check queue', 12, 'queuectl depth'));
  expect((await incidents.get(id)).timeline.at(-1)).toMatchObject({
    kind: 'step',
    outcome: 'running',
    actor: 'Noor',
  });
  await incidents.sink(id).append(finished('A', 'Check queue', 12, 0, 'depth 0'));
  expect((await incidents.get(id)).timeline).toHaveLength(2);
  await incidents.close();
});

test('what people type is redacted and made plain before it is written', async () => {
  using folder = temporary();
  const incidents = store(folder.path, { redact: async (text) => text.replaceAll('hunter2', '***') });
  const { id } = await incidents.open({ ...incident, title: 'hunter2\u202e leaked\n' });
  await incidents.addNote(id, 'it was hunter2\r\nand\u0007 more');
  await incidents.setSeverity(id, 'P1', 'hunter2');
  await incidents.setStatus(id, 'Identified', 'hunter2');
  const state = await incidents.get(id);
  expect(state.title).toBe('*** leaked');
  expect(state.timeline[1]?.event.data.text).toBe('it was ***\nand more');
  expect(readFileSync(incidents.logFile(id), 'utf8')).not.toContain('hunter2');
  await incidents.close();
});

describe('what is not there', () => {
  test.each([
    ['../../etc', 'bad-id'],
    ['INC-2031-03-04-001/../..', 'bad-id'],
    ['', 'bad-id'],
    ['INC-2031-03-04-999', 'unknown-incident'],
  ])('%j is %s for every method', async (id, code) => {
    using folder = temporary();
    const incidents = store(folder.path);
    const calls = [
      () => incidents.get(id),
      () => incidents.addNote(id, 'x'),
      () => incidents.setSeverity(id, 'P1'),
      () => incidents.setStatus(id, 'resolved'),
      () => incidents.verify(id),
      async () => incidents.sink(id).append({ type: 'dev.runline.note.added', data: {} }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ name: 'IncidentError', code });
    expect(existsSync(join(folder.path, '.runline'))).toBe(false);
  });

  test('an unknown severity names the scale, an unknown status the statuses', async () => {
    using folder = temporary();
    const incidents = store(folder.path);
    const { id } = await incidents.open(incident);
    await expect(incidents.setSeverity(id, 'P9')).rejects.toMatchObject({
      code: 'unknown-severity',
      message: expect.stringContaining('P1 (Grave), P2 (Moderate), P3'),
    });
    await expect(incidents.setStatus(id, 'gone')).rejects.toMatchObject({
      code: 'unknown-status',
      message: expect.stringContaining('investigating, identified'),
    });
    await expect(incidents.addNote(id, ' \n')).rejects.toMatchObject({ code: 'bad-event' });
    await expect(incidents.open({ ...incident, title: ' ' })).rejects.toMatchObject({ code: 'bad-event' });
    await incidents.close();
  });

  test('a folder that was never declared, or a damaged log, hides no other incident', async () => {
    using folder = temporary();
    const incidents = store(folder.path);
    const { id } = await incidents.open(incident);
    await mkdir(incidents.folder('INC-2031-03-04-007'));
    await mkdir(incidents.folder('INC-2031-03-04-008'));
    writeFileSync(incidents.logFile('INC-2031-03-04-008'), 'not a log\n');
    expect((await incidents.list()).map((state) => state.id)).toEqual([id]);
    expect(await incidents.verify('INC-2031-03-04-008')).toMatchObject({ ok: false, line: 1 });
    await incidents.close();
  });
});

test('the same severity or status again is no event', async () => {
  using folder = temporary();
  const incidents = store(folder.path);
  const { id } = await incidents.open(incident);
  await incidents.setSeverity(id, 'moderate');
  await incidents.setStatus(id, 'investigating');
  expect((await incidents.events(id)).length).toBe(1);
  await incidents.close();
});

describe('the active folder', () => {
  test('is there while an incident or a step is open, and gone with the last', async () => {
    using folder = temporary();
    const dir = join(folder.path, '.runline');
    const incidents = store(folder.path);
    const { id } = await incidents.open(incident);
    await markActive(dir, 'run/../1');
    expect(await listActive(dir)).toEqual([id, 'run/../1'].toSorted());
    await incidents.resolve(id);
    expect(existsSync(join(dir, 'active'))).toBe(true);
    await unmarkActive(dir, 'run/../1');
    await unmarkActive(dir, 'run/../1');
    expect(existsSync(join(dir, 'active'))).toBe(false);
    await incidents.setStatus(id, 'investigating');
    expect(await listActive(dir)).toEqual([id]);
    await incidents.close();
  });

  test('many at once leave nothing behind', async () => {
    using folder = temporary();
    const keys = [...Array(40)].map((_, i) => `step ${i}`);
    await Promise.all(
      keys.map(async (key) => {
        await markActive(folder.path, key);
        await unmarkActive(folder.path, key);
      }),
    );
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('is brought in line with the logs', async () => {
    using folder = temporary();
    const dir = join(folder.path, '.runline');
    const incidents = store(folder.path);
    const { id } = await incidents.open(incident);
    await unmarkActive(dir, id);
    await markActive(dir, 'a step that a crash left');
    await syncActive(dir, await incidents.list(), ['running']);
    expect(await listActive(dir)).toEqual([id, 'running']);
    await incidents.close();
  });

  test('is kept out of git, with locks and torn lines; a changed .gitignore is left alone', async () => {
    using folder = temporary();
    const incidents = store(folder.path);
    await incidents.open(incident);
    const ignore = join(folder.path, '.runline/.gitignore');
    expect(readFileSync(ignore, 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['/active/', '*.lock/', '*.torn-*']),
    );
    writeFileSync(ignore, 'mine\n');
    await incidents.open(incident);
    expect(readFileSync(ignore, 'utf8')).toBe('mine\n');
    await incidents.close();
  });
});
