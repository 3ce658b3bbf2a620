import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readEvents, verifyLog } from '../../../core/incident/index.ts';
import { temporary } from './play.ts';

/** Each kill takes a quarter of a second; the suite does a few, `RUNLINE_KILLS=500` does them all. */
const KILLS = Number(process.env.RUNLINE_KILLS ?? 12);

test(`${KILLS} kills of two writers at random moments lose no acknowledged event`, {
  timeout: 20_000 + KILLS * 3_000,
}, async () => {
  using folder = temporary();
  const file = join(folder.path, 'events.jsonl');
  const acknowledged = new Set<string>();
  let quarantined = 0;
  for (let killed = 0; killed < KILLS; killed += 2) {
    const writers = ['a', 'b'].map((name) => spawnWriter(file, name, acknowledged));
    await Promise.all(writers.map((writer) => writer.first));
    for (const writer of writers) {
      await sleep(Math.random() * 60);
      writer.child.kill('SIGKILL');
    }
    await Promise.all(writers.map((writer) => writer.ended));
    const result = await verifyLog(file);
    expect(result).toMatchObject({ ok: true, message: null });
    quarantined += Math.sign(result.quarantinedBytes);
  }
  const events = await readEvents(file);
  const ids = new Set(events.map((event) => event.id));
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(events.map((event) => event.source)).size).toBe(2);
  if (KILLS > 100)
    console.log(`${acknowledged.size} acknowledged, ${events.length} in the log, ${quarantined} torn tails`);
});

function spawnWriter(file: string, name: string, acknowledged: Set<string>) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, 'appender.ts'), file, name],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    },
  );
  let text = '';
  const first = new Promise<void>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const lines = text.split('\n');
      // What stands after the last line end was cut off by the kill.
      text = lines.pop() ?? '';
      for (const id of lines) acknowledged.add(id);
      resolve();
    });
    child.once('exit', (code) => reject(new Error(`The writer ended by itself with ${code}.`)));
  });
  return { child, first, ended: once(child, 'close') };
}
