/**
 * Steps of real runbooks, run as they stand. Their host names resolve to this machine (curl's connect-to, PGHOST, …),
 * cloud tools are doubles that only record, and every connect() of the whole process tree is traced.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Machine, makeMachine } from '../support/doubles.ts';
import { hasShared, SHARED } from '../support/shared.ts';
import { CLI, type Workspace, workspace } from './cli.ts';

let ws: Workspace;
let machine: Machine;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  ws = workspace();
  machine = await makeMachine(join(ws.folder, '..', 'machine'));
  env = machine.env;
});
afterEach(async () => {
  await machine.close();
  ws.remove();
});

function seed(prefix: string): string {
  const name = readdirSync(join(SHARED, 'seeds')).find((file) => file.startsWith(prefix));
  if (name === undefined) throw new Error(`no seed ${prefix}`);
  copyFileSync(join(SHARED, 'seeds', name), ws.path(`${prefix}-runbook.md`));
  return `${prefix}-runbook.md`;
}

interface Listed {
  steps: { id: string; kind: string; section: string[]; risk: string; runnable: boolean }[];
}

async function stepIn(file: string, heading: string, nth = 0): Promise<string> {
  const { steps } = (await ws.run(['list', file, '--format', 'json'])).json<Listed>();
  const found = steps.filter(
    (step) => step.kind === 'block' && step.section.some((title) => title.includes(heading)),
  )[nth];
  if (found === undefined) throw new Error(`no block under ${heading}`);
  return found.id;
}

describe.skipIf(!hasShared)('steps of real runbooks', () => {
  test('a diagnosis with placeholders: refused unfilled, quoted when filled', async () => {
    const file = seed('003');
    const id = await stepIn(file, 'Backend API Down');
    const refused = await ws.run(['run', file, id, '--yes'], { env });
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('task-id');
    expect(machine.calls()).toEqual([]);
  });

  test('a read-only block with variables runs each command as it stands', async () => {
    const file = seed('000');
    const id = await stepIn(file, '2. Initial Response');
    const result = await ws.run(['run', file, id, '--yes', '--format', 'json'], { env });
    expect(result.status, result.err).toBe(0);
    expect(machine.calls()).toContain('psql -h 127.0.0.1 -U reader -d store -c SELECT 1;');
    expect(machine.calls()).toContain('redis-cli -h 127.0.0.1 -p 1 ping');
  });

  test('a destructive step is refused without consent, and runs with it', async () => {
    const file = seed('000');
    const id = await stepIn(file, 'Cache Maintenance');
    expect((await ws.run(['run', file, id], { env })).status).toBe(2);
    expect(machine.calls()).toEqual([]);
    expect((await ws.run(['run', file, id, '--yes'], { env })).status).toBe(0);
    expect(machine.calls()[0]).toContain('FLUSHALL');
  });
});

/** strace itself is not on the PATH of the steps. */
const strace = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'strace'))
  .find((path) => existsSync(path));
const hasStrace =
  strace !== undefined &&
  spawnSync(strace, ['-f', '-e', 'trace=connect', '-o', '/dev/null', 'true']).status === 0;

describe.skipIf(!hasShared || !hasStrace)('nothing leaves this machine (strace)', () => {
  test('every socket that a real runbook opens stays on loopback', { timeout: 60_000 }, async () => {
    const file = seed('001');
    const { steps } = (await ws.run(['list', file, '--format', 'json'])).json<Listed>();
    const health = steps.find(
      (step) =>
        step.kind === 'block' && step.section.some((title) => title.includes('Health Check Endpoints')),
    );
    const trace = join(ws.folder, '..', 'connects.txt');
    const home = join(ws.folder, '..');
    // Not the synchronous form: the server that answers lives in this process.
    const traced = spawn(
      strace ?? '',
      [
        '-f',
        '-e',
        'trace=connect,sendto,sendmsg',
        '-o',
        trace,
        process.execPath,
        CLI,
        'run',
        file,
        health?.id ?? '',
        '--yes',
        '--format',
        'json',
      ],
      { cwd: ws.folder, env: { ...env, HOME: home, XDG_STATE_HOME: ws.state }, stdio: 'ignore' },
    );
    await once(traced, 'close');
    const sockets = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => /AF_INET6?\b/.test(line));
    // The trace is worth something only if it saw the requests that were made.
    expect(sockets.length).toBeGreaterThan(0);
    const loopback = /inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.[\d.]+)"/;
    expect(sockets.filter((line) => !loopback.test(line))).toEqual([]);
  });
});
