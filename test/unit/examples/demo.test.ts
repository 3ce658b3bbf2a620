import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DemoShell, demoBlocks, openDemo, snapshot } from './demoShell.ts';

let demo: DemoShell;
beforeEach(() => {
  demo = openDemo();
});
afterEach(() => demo.dispose());

/** What a reader sees who runs the demo runbook from top to bottom. */
const TOUR: readonly {
  readonly step: string;
  readonly contains: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly exitCode: number;
  readonly output: RegExp;
}[] = [
  { step: 'start', contains: 'ctl.mjs start', exitCode: 0, output: /runs at http:\/\/127\.0\.0\.1:\d+/ },
  {
    step: 'healthy',
    contains: 'ctl.mjs health',
    exitCode: 0,
    output: /^200 ok: 0 of 8 connections in use, 0 orders parked\n$/,
  },
  { step: 'break', contains: 'ctl.mjs break', exitCode: 0, output: /Sent 16 orders: 11 paid, 5 parked/ },
  {
    step: 'find',
    contains: 'export',
    exitCode: 0,
    output: /^$/,
  },
  {
    step: 'failing',
    contains: 'ctl.mjs health',
    exitCode: 1,
    output: /503 failing: 8 of 8 connections in use, 5 orders parked/,
  },
  {
    step: 'log',
    contains: 'grep -E',
    exitCode: 0,
    output: /WARN +pool nearly empty[^\n]*gift wrap[\s\S]*ERROR pool exhausted/,
  },
  { step: 'parked', contains: 'ls ', exitCode: 0, output: /^(ord-10\d\d\.json\n){5}$/ },
  {
    step: 'follow an order',
    contains: '<order-id>',
    exitCode: 0,
    output: /^\S+ ERROR pool exhausted[^\n]*ord-1014 is parked\n$/,
  },
  {
    step: 'restart',
    contains: '$RESTART_REASON',
    inputs: { RESTART_REASON: "pool exhausted; it's gift wrap" },
    exitCode: 0,
    output: /has stopped\n[^\n]*runs at http/,
  },
  {
    step: 'verify',
    contains: '--retry',
    exitCode: 0,
    output: /200 ok: 0 of 8 connections in use, 5 orders parked/,
  },
  { step: 'replay', contains: 'ctl.mjs replay', exitCode: 0, output: /4 replayed, 1 refused: ord-1014/ },
  { step: 'drop', contains: 'rm -rf', exitCode: 0, output: /^$/ },
  { step: 'stop', contains: '--purge', exitCode: 0, output: /has stopped\nDeleted / },
];

test.each([
  ['with what the system has', []],
  ['without curl', ['bash', 'cat', 'env', 'grep', 'ls', 'rm', 'tail']],
])('every block of the demo runbook does what it says, in order, %s', async (_name, tools) => {
  if (tools.length) demo.onlyTools(tools);
  const before = snapshot(demo.folder);
  const blocks = demoBlocks();
  expect(blocks).toHaveLength(TOUR.length);
  for (const [index, { step, contains, inputs, exitCode, output }] of TOUR.entries()) {
    const script = blocks[index] ?? '';
    expect(script, step).toContain(contains);
    const ran = await demo.run(script.replaceAll('<order-id>', 'ord-1014'), inputs);
    expect(ran.output, step).toMatch(output);
    expect(ran.exitCode, step).toBe(exitCode);
    if (step === 'restart')
      expect((await demo.run('cat "$CHECKOUT_LOG"')).output).toContain(
        "by hand: pool exhausted; it's gift wrap",
      );
    if (step === 'replay') expect(readdirSync(join(demo.state, 'parked'))).toEqual(['ord-1014.json']);
    if (step === 'drop') expect(existsSync(join(demo.state, 'parked'))).toBe(false);
  }
  expect(existsSync(demo.state)).toBe(false);
  expect(snapshot(demo.folder)).toEqual(before);
});

describe('the service', () => {
  const health = async (url: string) => {
    const response = await fetch(`${url}/health`);
    return { status: response.status, body: await response.json() };
  };
  const url = async () => (await demo.run('cat "$CHECKOUT_STATE/url"')).output.trim();

  test('answers 200, then 503 once its pool is empty, and 200 at the same address after a restart', async () => {
    await demo.run('node ctl.mjs start');
    const address = await url();
    expect(await health(address)).toMatchObject({
      status: 200,
      body: { status: 'ok', pool: { size: 8, inUse: 0 } },
    });
    await demo.run('node ctl.mjs break');
    expect(await health(address)).toMatchObject({
      status: 503,
      body: { status: 'failing', parkedOrders: 5 },
    });
    await demo.run('node ctl.mjs restart');
    expect(await url()).toBe(address);
    expect(await health(address)).toMatchObject({
      status: 200,
      body: { pool: { inUse: 0 }, parkedOrders: 5 },
    });
  });

  test.each([
    ['no JSON', 'POST', '/orders', 'what', 400],
    ['an id that is a path', 'POST', '/orders', '{"id":"../../etc/ord-1"}', 400],
    ['an unknown path', 'GET', '/admin', undefined, 404],
  ])('refuses %s and goes on', async (_name, method, path, body, status) => {
    await demo.run('node ctl.mjs start');
    const address = await url();
    const response = await fetch(address + path, { method, ...(body === undefined ? {} : { body }) });
    expect(response.status).toBe(status);
    expect((await health(address)).status).toBe(200);
  });

  test('keeps its files private', async () => {
    await demo.run('node ctl.mjs start; node ctl.mjs break');
    const mode = (name: string) => (statSync(join(demo.state, name)).mode & 0o777).toString(8);
    expect(['', 'checkout.log', 'service.json', 'parked', 'parked/ord-1012.json'].map(mode)).toEqual([
      '700',
      '600',
      '600',
      '700',
      '600',
    ]);
  });
});

describe('ctl', () => {
  test.each([['health'], ['status'], ['break'], ['replay']])(
    '%s says how to start a service that does not run',
    async (command) => {
      expect(await demo.run(`node ctl.mjs ${command}`)).toEqual({
        exitCode: 1,
        output: 'The checkout service is not running. Start it with: node ctl.mjs start\n',
      });
    },
  );

  test.each([
    ['nothing', '', 2],
    ['an unknown command', 'explode', 2],
    ['an option without its value', 'health --wait', 1],
  ])('refuses %s', async (_name, args, exitCode) => {
    expect((await demo.run(`node ctl.mjs ${args}`)).exitCode).toBe(exitCode);
  });

  test('starts one service, however often it is asked', async () => {
    await demo.run('node ctl.mjs start');
    const again = await demo.run('node ctl.mjs start');
    expect(again).toMatchObject({ exitCode: 0, output: expect.stringContaining('already runs') });
  });

  test('finds the log useful when the service cannot start', async () => {
    writeFileSync(join(demo.folder, 'service.mjs'), 'throw new Error("no lanterns today");\n');
    const ran = await demo.run('node ctl.mjs start');
    expect(ran).toMatchObject({ exitCode: 1, output: expect.stringContaining('did not start') });
    expect((await demo.run('cat "$CHECKOUT_STATE/checkout.log"')).output).toContain('no lanterns today');
  });

  test('never ends a process that is not the service', async () => {
    mkdirSync(demo.state, { mode: 0o700 });
    writeFileSync(join(demo.state, 'service.json'), JSON.stringify({ pid: process.pid, port: 9 }));
    expect(await demo.run('node ctl.mjs stop')).toEqual({
      exitCode: 0,
      output: 'The checkout service is not running\n',
    });
  });

  test('purges only its own files', async () => {
    await demo.run('node ctl.mjs start');
    writeFileSync(join(demo.state, 'notes.txt'), 'mine');
    expect((await demo.run('node ctl.mjs stop --purge')).output).toContain("files that are not the demo's");
    expect(readdirSync(demo.state)).toEqual(['notes.txt']);
  });

  test('refuses a state folder that is a link', async () => {
    mkdirSync(`${demo.state}-elsewhere`);
    symlinkSync(`${demo.state}-elsewhere`, demo.state);
    expect(await demo.run('node ctl.mjs start')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('not a folder of yours'),
    });
  });

  test('without CHECKOUT_STATE uses a folder of its own below the temporary folder', async () => {
    const ran = await demo.run(
      'unset CHECKOUT_STATE; export TMPDIR="$HOME"; node ctl.mjs state; node ctl.mjs state',
    );
    const [first, second] = ran.output.trim().split('\n');
    expect(first).toMatch(/\/checkout-demo-[^/]+-[0-9a-f]{8}$/);
    expect(second).toBe(first);
  });
});
