import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../core/execution/types.ts';
import { GENESIS, hashOf, openLog, readEvents, verifyLog } from '../../../core/incident/index.ts';
import { verifyBytes } from '../../../core/incident/log/read.ts';
import { temporary } from './play.ts';

const note = (text: string) => ({ type: 'dev.runline.note.added', data: { text, summary: text } });
const options = { subject: 'INC-2031-03-04-001', source: 'runline://test' };

/** Writes a log of notes and returns its bytes. */
async function logOf(folder: string, texts: readonly string[]): Promise<Buffer> {
  const log = await openLog(join(folder, 'events.jsonl'), options);
  for (const text of texts) await log.append(note(text));
  await log.close();
  return readFileSync(log.file);
}

describe('append', () => {
  test('chains events from the genesis, numbers them, and orders their ids', async () => {
    using folder = temporary();
    const file = join(folder.path, 'deep', 'events.jsonl');
    const log = await openLog(file, { ...options, now: () => new Date('2031-03-04T10:00:00Z') });
    const events = await Promise.all(['one', 'two', 'three'].map((text) => log.append(note(text))));
    await log.close();
    expect(events.map((event) => event.sequence)).toEqual([1, 2, 3]);
    expect(events.map((event) => event.prevhash)).toEqual([GENESIS, events[0]?.hash, events[1]?.hash]);
    expect(events.map((event) => event.id)).toEqual(events.map((event) => event.id).toSorted());
    for (const event of events) expect(hashOf(event)).toBe(event.hash);
    expect(await readEvents(file)).toEqual(events);
    expect(await verifyLog(file)).toEqual({
      ok: true,
      events: 3,
      line: null,
      message: null,
      quarantinedBytes: 0,
      head: events[2]?.hash,
    });
  });

  test('goes on where another log left off, with rising ids even on a clock that was set back', async () => {
    using folder = temporary();
    const file = join(folder.path, 'events.jsonl');
    const late = await openLog(file, { ...options, now: () => new Date('2031-03-04T10:00:00Z') });
    const first = await late.append(note('late'));
    const early = await openLog(file, { ...options, now: () => new Date('2030-01-01T00:00:00Z') });
    const second = await early.append(note('early'));
    await Promise.all([late.close(), early.close()]);
    expect(second.sequence).toBe(2);
    expect(second.prevhash).toBe(first.hash);
    expect(second.id > first.id).toBe(true);
  });

  test('leaves no lock behind, and makes files of the mode that was asked for', async () => {
    using folder = temporary();
    const log = await openLog(join(folder.path, 'events.jsonl'), { ...options, mode: 0o600 });
    await log.append(note('one'));
    await log.close();
    expect(readdirSync(folder.path)).toEqual(['events.jsonl']);
    if (process.platform !== 'win32') expect(statSync(log.file).mode & 0o777).toBe(0o600);
  });

  test('keeps strings well-formed and numbers whole', async () => {
    using folder = temporary();
    const log = await openLog(join(folder.path, 'events.jsonl'), options);
    const event = await log.append({
      type: 'dev.runline.note.added',
      time: '2031-03-04T11:00:00+02:00',
      data: {
        summary: 'a\u0007b\nc\u202ed \ud800',
        text: 'x\udfff',
        ms: 1.6,
        odd: Number.NaN,
        none: undefined,
        '\ud800': -0,
      },
    });
    await log.close();
    expect(event.time).toBe('2031-03-04T09:00:00.000Z');
    expect(event.data).toEqual({ summary: 'ab cd \ufffd', text: 'x\ufffd', ms: 2, odd: null, '\ufffd': 0 });
    expect(await readEvents(log.file)).toEqual([event]);
    expect((await verifyLog(log.file)).ok).toBe(true);
  });

  test.each([
    ['a time that is none', { ...note('x'), time: 'yesterday' }],
    ['a type that is none', { type: 'Note', data: {} }],
    ['circular data', { type: 'dev.runline.note.added', data: circular() }],
  ])('refuses %s and writes nothing', async (_, draft) => {
    using folder = temporary();
    const log = await openLog(join(folder.path, 'events.jsonl'), options);
    await expect(log.append(draft)).rejects.toMatchObject({ code: 'bad-event' });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('says that the log cannot be written, and can be used again once it can', async () => {
    using folder = temporary();
    await writeFile(join(folder.path, 'in-the-way'), '');
    const log = await openLog(join(folder.path, 'in-the-way', 'events.jsonl'), options);
    await expect(log.append(note('x'))).rejects.toMatchObject({ code: 'log-unwritable' });
    await expect(log.append(note('y'))).rejects.toMatchObject({ code: 'log-unwritable' });
    await log.close();
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'leaves nothing half written in a folder that is read-only',
    async () => {
      using folder = temporary();
      await chmod(folder.path, 0o500);
      const log = await openLog(join(folder.path, 'events.jsonl'), options);
      await expect(log.append(note('x'))).rejects.toMatchObject({ code: 'log-unwritable' });
      await chmod(folder.path, 0o700);
      await log.append(note('y'));
      await log.close();
      expect((await readEvents(log.file)).map((event) => event.data.text)).toEqual(['y']);
    },
  );

  test('takes over a lock whose heartbeat stopped', async () => {
    using folder = temporary();
    const lock = join(folder.path, 'events.lock');
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    const log = await openLog(join(folder.path, 'events.jsonl'), options);
    expect((await log.append(note('x'))).sequence).toBe(1);
    await log.close();
  });

  test('several logs on one file take turns', async () => {
    using folder = temporary();
    const file = join(folder.path, 'events.jsonl');
    const logs = await Promise.all([1, 2, 3].map(() => openLog(file, options)));
    const acknowledged = await Promise.all(
      logs.flatMap((log, writer) => [...Array(20)].map((_, i) => log.append(note(`${writer}/${i}`)))),
    );
    await Promise.all(logs.map((log) => log.close()));
    expect(await verifyLog(file)).toMatchObject({ ok: true, events: 60 });
    const ids = new Set((await readEvents(file)).map((event) => event.id));
    expect(acknowledged.filter((event) => !ids.has(event.id))).toEqual([]);
  });
});

describe('a torn last line', () => {
  test.each([
    ['half an event', (line: string) => line.slice(0, 40)],
    [
      'half a character',
      (line: string) => Buffer.concat([Buffer.from(line.slice(0, 20)), Buffer.from([0xe2, 0x82])]),
    ],
    ['zeros, as after a power failure', () => Buffer.alloc(600)],
    ['zeros and a whole line', (line: string) => Buffer.concat([Buffer.alloc(10), Buffer.from(`${line}\n`)])],
  ])('%s is set aside, noted, and the chain goes on', async (_, tear) => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'two']);
    const file = join(folder.path, 'events.jsonl');
    const torn = Buffer.from(tear(whole.toString('utf8').split('\n')[1] ?? ''));
    appendFileSync(file, torn);

    const log = await openLog(file, options);
    const event = await log.append(note('three'));
    await log.close();

    expect(await verifyLog(file)).toMatchObject({ ok: true, events: 4, quarantinedBytes: 0 });
    const events = await readEvents(file);
    expect(events.map((one) => one.type.split('.').at(-1))).toEqual(['added', 'added', 'gap', 'added']);
    expect(events[2]?.data.quarantinedBytes).toBe(torn.length);
    expect(event.sequence).toBe(4);
    const aside = readdirSync(folder.path).filter((name) => name.startsWith('events.torn-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(folder.path, aside[0] ?? '')).equals(torn)).toBe(true);
  });

  test('verify counts its bytes and finds no fault', async () => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'two']);
    const result = verifyBytes(Buffer.concat([whole, Buffer.from('{"data":')]));
    expect(result).toMatchObject({ ok: true, events: 2, quarantinedBytes: 8 });
  });

  test('a whole last event that an editor left without its line end is kept', async () => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'two']);
    const file = join(folder.path, 'events.jsonl');
    writeFileSync(file, whole.subarray(0, -1));
    const log = await openLog(file, options);
    await log.append(note('three'));
    await log.close();
    expect((await readEvents(file)).map((event) => event.data.text)).toEqual(['one', 'two', 'three']);
    expect((await verifyLog(file)).ok).toBe(true);
  });

  test('in a file longer than one look at its end', async () => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'x'.repeat(400_000)]);
    const file = join(folder.path, 'events.jsonl');
    writeFileSync(file, Buffer.concat([whole, whole.subarray(0, whole.length - 10)]));
    const log = await openLog(file, options);
    await log.append(note('three'));
    await log.close();
    expect((await verifyLog(file)).ok).toBe(false);
    expect((await readEvents(file)).at(-1)?.data.text).toBe('three');
  });
});

describe('verify', () => {
  test('any byte changed, removed or added before the last line end is found', async () => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'zwei \u{1f6a8} \ufffd', '', 'four']);
    const last = whole.length - 1;
    fc.assert(
      fc.property(fc.nat(last - 1), fc.integer({ min: 1, max: 255 }), fc.nat(2), (at, change, how) => {
        const changed = Buffer.from(whole);
        changed[at] = ((changed[at] ?? 0) + change) % 256;
        const bytes = [
          changed,
          Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]),
          Buffer.concat([whole.subarray(0, at), Buffer.from([change]), whole.subarray(at)]),
        ][how] as Buffer;
        if (bytes.equals(whole)) return;
        const result = verifyBytes(bytes);
        expect(result.ok).toBe(false);
        expect(result.line).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, (lines: string[]) => string[], number, RegExp]>([
    ['an edited text', (l) => l.with(1, (l[1] ?? '').replaceAll('two', 'TWO')), 2, /edited/],
    ['an edited text with its hash made anew', (l) => l.with(1, rehashed(l[1] ?? '')), 3, /does not follow/],
    ['a removed line', (l) => l.toSpliced(1, 1), 2, /number 3 where 2/],
    ['a removed first line', (l) => l.slice(1), 1, /number 2 where 1/],
    ['a line twice', (l) => l.toSpliced(1, 0, l[0] ?? ''), 2, /number 1 where 2/],
    ['two lines exchanged', (l) => [l[0] ?? '', l[2] ?? '', l[1] ?? ''], 2, /number 3 where 2/],
    ['an empty line', (l) => l.toSpliced(1, 0, ''), 2, /empty/],
    ['merge marks', (l) => l.toSpliced(2, 0, '<<<<<<< ours'), 3, /not an event/],
    ['line ends of Windows', (l) => l.map((line) => `${line}\r`), 1, /not written as/],
    ['keys in another order', (l) => l.with(0, reordered(l[0] ?? '')), 1, /not written as/],
    ['a lone surrogate', (l) => l.with(0, (l[0] ?? '').replaceAll('one', '\\ud800')), 1, /edited/],
  ])('%s is named with its line', async (_, change, line, message) => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'two', 'three']);
    const lines = whole.toString('utf8').trimEnd().split('\n');
    const result = verifyBytes(Buffer.from(`${change(lines).join('\n')}\n`));
    expect(result).toMatchObject({ ok: false, line, events: line - 1 });
    expect(result.message).toMatch(message);
  });

  test('an empty and a missing log are empty chains', async () => {
    using folder = temporary();
    const empty = { ok: true, events: 0, line: null, head: null };
    expect(await verifyLog(join(folder.path, 'none.jsonl'))).toMatchObject(empty);
    expect(verifyBytes(Buffer.alloc(0))).toMatchObject(empty);
    expect(await readEvents(join(folder.path, 'none.jsonl'))).toEqual([]);
  });

  test('a damaged line hides no other from readers', async () => {
    using folder = temporary();
    const whole = await logOf(folder.path, ['one', 'two', 'three']);
    const file = join(folder.path, 'events.jsonl');
    writeFileSync(file, whole.toString('utf8').replace(/\n.*\n/, '\n{"specversion":"1.0"}\n[1]\nnull\n'));
    expect((await readEvents(file)).map((event) => event.data.text)).toEqual(['one', 'three']);
  });
});

function circular(): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  data.self = data;
  return data;
}

function rehashed(line: string): string {
  const { hash: _, ...event } = JSON.parse(line.replaceAll('two', 'TWO')) as LogEvent;
  return line.replaceAll('two', 'TWO').replace(/"hash":"[^"]*"/, `"hash":"${hashOf(event)}"`);
}

function reordered(line: string): string {
  const { data, ...rest } = JSON.parse(line) as LogEvent;
  return JSON.stringify({ ...rest, data });
}
