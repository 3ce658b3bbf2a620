/** The process of a step: its record, its output, its group, and the ways it can be stopped. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StepFinishedData, StepRefused, startStep } from '../../../core/execution/index.ts';
import { type Bench, bench, memoryLog } from './bench.ts';

let b: Bench;
beforeAll(() => {
  b = bench();
});
afterAll(() => b.dispose());

const patience = { interruptMs: 150, terminateMs: 300 };

describe('the record', () => {
  test('a step that changes something starts only after its start is durable', async () => {
    const marker = join(b.work, 'ran');
    let ranBefore = false;
    const log = memoryLog(async (draft) => {
      if (!draft.type.endsWith('started')) return;
      await sleep(80);
      ranBefore = readdirSync(b.work).includes('ran');
    });
    await b.run(`touch ${marker}`, { risk: 'mutating', consent: 'confirmed' }, { sink: log.sink });
    expect(ranBefore).toBe(false);
    expect(readdirSync(b.work)).toContain('ran');
    expect(log.events.map((event) => event.type)).toEqual([
      'dev.runline.step.started',
      'dev.runline.step.finished',
    ]);
  });

  test('a step that only reads does not wait for it, and still ends after it', async () => {
    let startDurable = 0;
    let firstOutput = 0;
    const log = memoryLog(async (draft) => {
      if (!draft.type.endsWith('started')) return;
      await sleep(150);
      startDurable = performance.now();
    });
    const handle = await startStep(b.request('echo hi'), {
      ...b.deps,
      sink: log.sink,
      onOutput: () => {
        firstOutput ||= performance.now();
      },
    });
    await handle.finished;
    expect(firstOutput).toBeLessThan(startDurable);
    expect(log.events.map((event) => event.type)).toEqual([
      'dev.runline.step.started',
      'dev.runline.step.finished',
    ]);
  });

  test('where the log cannot be written, what changes something is refused, and what reads says so at its end', async () => {
    const { sink } = memoryLog(async () => {
      throw new Error('no space left');
    });
    const refused = b.run('touch never', { risk: 'destructive', consent: 'typed' }, { sink });
    await expect(refused).rejects.toThrow(StepRefused);
    await expect(refused).rejects.toThrow(/Nothing was run.*check-1.*no space left/);
    expect(readdirSync(b.work)).not.toContain('never');
    const runs = readdirSync(join(b.deps.stateFolder, 'runs')).length;
    await b.run('true', { risk: 'mutating' }, { sink }).catch(() => undefined);
    expect(readdirSync(join(b.deps.stateFolder, 'runs')).length).toBe(runs);
    await expect(b.run('true', {}, { sink })).rejects.toThrow('no space left');
  });

  test('holds what ran, without secrets', async () => {
    const log = memoryLog();
    await b.run(
      "curl -H 'Authorization: Bearer correct-horse-battery' https://shop.example:1/ -m 1; echo ok",
      { inputs: { token: 'correct-horse-battery', name: 'x' }, secretInputs: ['token'] },
      { sink: log.sink },
    );
    const [started, finished] = log.events.map((event) => event.data);
    expect(started).toMatchObject({
      summary: 'Check the service',
      inputs: { token: '[redacted]', name: 'x' },
      mode: 'capture',
      risk: 'read-only',
      consent: 'none-needed',
      cwd: b.work,
    });
    expect(finished).toMatchObject({ outcome: 'succeeded', exitCode: 0, signal: null, commands: [] });
    expect(JSON.stringify(log.events)).not.toContain('correct-horse');
  });

  test('what is kept on disk is private and holds no secret input', async () => {
    const request = b.request('echo "$TOKEN" >/dev/null', {
      inputs: { TOKEN: 'correct-horse' },
      secretInputs: ['TOKEN'],
    });
    await (await startStep(request, b.deps)).finished;
    const folder = join(b.deps.stateFolder, 'runs', request.run);
    expect(readdirSync(folder).sort()).toEqual(['exit', 'output.log', 'pid', 'run.json']);
    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(
        file === 'exit' || file === 'pid' ? 0o044 : 0,
      );
      expect(readFileSync(join(folder, file), 'latin1')).not.toContain('correct');
    }
    for (const path of [b.deps.stateFolder, join(b.deps.stateFolder, 'runs'), folder])
      expect(statSync(path).mode & 0o077, path).toBe(0);
  });
});

describe('output', () => {
  test('300,000 lines come whole and in order, and the record keeps both ends', async () => {
    let seen = 0;
    const data = await b.run(
      'for ((i = 0; i < 300000; i++)); do echo "line $i"; done',
      {},
      {
        onOutput: (chunk) => {
          seen += chunk.length;
        },
      },
    );
    expect(seen).toBe(data.output.bytes);
    expect(data.output.bytes).toBe(3_488_890);
    expect(data.output.truncated).toBe(true);
    expect(data.output.head.startsWith('line 0\nline 1\n')).toBe(true);
    expect(data.output.tail.endsWith('line 299998\nline 299999\n')).toBe(true);
    for (const part of [data.output.head, data.output.tail])
      expect(Buffer.byteLength(part)).toBeLessThanOrEqual(4096);
  });

  test('one line of 200 MB costs no memory', async () => {
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = before;
    const data = await b.run(
      'head -c 200000000 /dev/zero | tr "\\0" x',
      {},
      {
        onOutput: () => {
          most = Math.max(most, process.memoryUsage().rss);
        },
      },
    );
    expect(data.output.bytes).toBe(200_000_000);
    expect(data.output.head).toBe('x'.repeat(4096));
    expect(data.output.tail).toBe('x'.repeat(4096));
    expect((most - before) / 1e6).toBeLessThan(100);
  });

  test('bytes that are not UTF-8 and control characters do no harm', async () => {
    const data = await b.run(
      String.raw`printf 'a\xff\xfe\033[31mred\033[0m\033]52;c;aGk=\007\0b\r\n10%%\r100%%\n'`,
    );
    expect(data.output.head).toBe('a\ufffd\ufffdredb\n100%\n');
  });

  test('stream shows what comes when it comes, on a terminal', async () => {
    const times: number[] = [];
    const handle = await startStep(
      b.request('for i in 1 2 3; do echo $i; sleep 0.15; done | grep .; [ -t 1 ] && exit 3', {
        mode: 'stream',
      }),
      { ...b.deps, onOutput: () => times.push(performance.now()) },
    );
    const data = (await handle.finished).data as unknown as StepFinishedData;
    expect(data.output.head).toBe('1\n2\n3\n');
    expect(data.exitCode).toBe(3);
    expect(times.length).toBeGreaterThanOrEqual(3);
  });
});

describe('stopping', () => {
  const cases: [what: string, script: string, mode: 'capture' | 'stream'][] = [
    ['a sleeping step', 'sleep 60', 'capture'],
    ['a step that ignores interrupts', 'trap "" INT; sleep 60 & wait; sleep 60', 'capture'],
    ['a step that ignores everything it can', 'trap "" INT TERM HUP; while :; do sleep 60; done', 'capture'],
    ['a child that ignores SIGTERM', 'sh -c \'trap "" INT TERM; sleep 60; sleep 60\'; echo after', 'capture'],
    ['a background job', 'sleep 60 & sleep 60', 'capture'],
    ['a stopped step', 'kill -STOP $$', 'capture'],
    ['a stream', 'while :; do echo tick; sleep 0.1; done', 'stream'],
  ];
  test.each(cases)('%s', async (_, script, mode) => {
    const handle = await startStep(b.request(script, { mode }), { ...b.deps, patience });
    await sleep(mode === 'stream' ? 300 : 120);
    const begun = performance.now();
    handle.cancel();
    handle.cancel();
    const data = (await handle.finished).data as unknown as StepFinishedData;
    expect(data.outcome).toBe('cancelled');
    expect(performance.now() - begun).toBeLessThan(2500);
    expect(running(handle.run)).toEqual([]);
  });

  test('who left the group is named', async () => {
    const handle = await startStep(b.request('setsid sleep 8 & sleep 60'), { ...b.deps, patience });
    await sleep(150);
    handle.cancel();
    const data = (await handle.finished).data as unknown as StepFinishedData;
    const [left] = running(handle.run);
    expect(data.notes.join()).toContain(`sleep (${left})`);
    process.kill(left as number, 'SIGKILL');
  });

  test('a grandchild that holds the output open does not keep the step from ending', async () => {
    const begun = performance.now();
    const handle = await startStep(b.request('sleep 20 & echo started'), b.deps);
    const data = (await handle.finished).data as unknown as StepFinishedData;
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(data).toMatchObject({ outcome: 'succeeded', output: { head: 'started\n' } });
    expect(data.notes).toEqual([expect.stringMatching(/background are still running \(process group \d+\)/)]);
    for (const pid of running(handle.run)) process.kill(pid, 'SIGKILL');
  });

  test('what ended before the stop keeps its end', async () => {
    const handle = await startStep(b.request('exit 3'), b.deps);
    const event = await handle.finished;
    handle.cancel();
    expect(event.data).toMatchObject({ outcome: 'failed', exitCode: 3 });
  });
});

/** Living processes of a run, by the mark in their environment. */
function running(run: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`RUNLINE_RUN=${run}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('what cannot start', () => {
  test.each([
    [{ language: 'zsh' }, 'program', /`zsh` is not installed on this machine/],
    [{ language: 'ruby' }, 'program', /`ruby` is not installed/],
    [{ language: 'sql' }, 'language', /SQL needs a client/],
    [{ language: 'cobol' }, 'language', /Nothing here runs cobol/],
    [{ cwd: '/no/such/folder' }, 'folder', /\/no\/such\/folder does not exist/],
  ])('%j', async (changes, code, message) => {
    const before = b.events.length;
    const tools = join(b.folder, 'tools');
    mkdirSync(tools, { recursive: true });
    const start = startStep(b.request('echo 1', { session: 'none', ...changes }), {
      ...b.deps,
      env: { ...b.deps.env, PATH: !('cwd' in changes) ? tools : process.env.PATH },
    });
    const error = await start.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StepRefused);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(b.events.length).toBe(before);
  });

  test('an environment too large for the system is a failed step, not a lost one', async () => {
    const env = { ...b.deps.env, HUGE: 'x'.repeat(4_000_000) };
    const data = await b.run('true', { session: 'huge' }, { env });
    expect(data).toMatchObject({ outcome: 'failed', exitCode: null });
    expect(data.notes).toEqual([expect.stringMatching(/^The process could not be started: .*E2BIG/)]);
  });

  test('a session file that is not ours is no obstacle', async () => {
    const folder = join(b.deps.stateFolder, 'sessions');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'torn.json'), '{"version":1,"variab');
    expect((await b.run('echo fine', { session: 'torn' })).output.head).toBe('fine\n');
    rmSync(join(folder, 'torn.json'));
  });

  test.each(['../escape', 'a/b', ''])('an id that leaves the folder is refused: %j', async (run) => {
    await expect(startStep(b.request('true', { run }), b.deps)).rejects.toThrow(/not a run's id/);
  });
});
