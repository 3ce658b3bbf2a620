/** Steps for a terminal; `script(1)` or a plain spawn stands in for the editor's. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StepRefused, type StepRequest, terminalStep } from '../../../core/execution/index.ts';
import { findScriptTool, scriptArguments, stripScriptLines } from '../../../core/execution/scriptTool.ts';
import { type Bench, bench, memoryLog } from './bench.ts';

let b: Bench;
beforeAll(() => {
  b = bench({ ...process.env, VSCODE_PID: '1', NODE_OPTIONS: '--inspect' });
});
afterAll(() => b.dispose());

const tool = findScriptTool(process.env.PATH ?? '');

/** Opens the "terminal" as an editor would: a session of its own, a pseudo-terminal by `script`, its environment on top of ours. */
async function open(script: string, changes: Partial<StepRequest> = {}, env = b.deps.env) {
  const step = await terminalStep(b.request(script, { mode: 'terminal', session: 'terminal', ...changes }), {
    ...b.deps,
    env,
    patience: { interruptMs: 150, terminateMs: 300 },
  });
  const merged: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries(step.env)) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  const child: ChildProcess = spawn(step.shellPath, step.shellArgs, {
    cwd: step.cwd,
    env: merged,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('close', () => step.closed());
  return { step, child };
}

describe.skipIf(tool === null)('a step in a terminal', () => {
  test('has a TTY, takes what is typed, is recorded, and keeps the session', async () => {
    const { step, child } = await open(
      'tty -s && read -r -p "Name: " name; echo "hello $name"; cd /; exit 3',
    );
    await sleep(300);
    child.stdin?.write('Ada\n');
    const { data } = await step.handle.finished;
    expect(data).toMatchObject({ outcome: 'failed', exitCode: 3, signal: null, notes: [] });
    expect((data.output as { head: string }).head).toBe('Name: Ada\nhello Ada\n');
    expect((await b.run('pwd; echo $name', { session: 'terminal' })).output.head).toBe('/\nAda\n');
  });

  test('leaves out what belongs to the editor, and guards no pager', async () => {
    const { step } = await open(
      'echo "${VSCODE_PID-none} ${NODE_OPTIONS-none} ${KUBE_EDITOR-none}"',
      {},
      {
        ...b.deps.env,
        KUBE_EDITOR: undefined,
      },
    );
    expect(step.env).toMatchObject({ VSCODE_PID: null, NODE_OPTIONS: null });
    expect((await step.handle.finished).data.output).toMatchObject({ head: 'none none none\n' });
  });

  test('a stop ends the whole group', async () => {
    const { step } = await open('trap "" INT; sleep 60 & sleep 60');
    await sleep(300);
    step.handle.cancel();
    expect((await step.handle.finished).data).toMatchObject({ outcome: 'cancelled' });
  }, 10_000);

  test('a terminal that is closed cancels its step', async () => {
    const { step } = await open('sleep 60');
    await sleep(300);
    step.closed();
    expect((await step.handle.finished).data).toMatchObject({ outcome: 'cancelled' });
  });
});

test('a terminal that never came leaves an unknown end, not none', async () => {
  const step = await terminalStep(b.request('true', { mode: 'terminal' }), b.deps);
  step.closed();
  step.closed();
  const { data } = await step.handle.finished;
  expect(data).toMatchObject({ outcome: 'unknown', exitCode: null });
  expect(data.notes).toContain('The terminal was closed before the step wrote its end.');
});

test('without a record there is no terminal', async () => {
  const { sink } = memoryLog(async () => {
    throw new Error('read-only file system');
  });
  await expect(terminalStep(b.request('true', { mode: 'terminal' }), { ...b.deps, sink })).rejects.toThrow(
    StepRefused,
  );
});

describe('script(1)', () => {
  test.each([
    ['util-linux', ['-q', '-e', '-f', '-c', "exec /bin/sh '/a b/k'", '/t']],
    ['busybox', ['-q', '-f', '-c', "exec /bin/sh '/a b/k'", '/t']],
    ['bsd', ['-q', '-F', '/t', '/bin/sh', '/a b/k']],
  ] as const)('%s', (flavour, args) => {
    expect(scriptArguments(flavour, '/a b/k', '/t')).toEqual(args);
  });

  test('its own lines are taken off', () => {
    expect(
      stripScriptLines(
        'Script started on 2024-01-01 00:00:00+00:00 [TERM="x"]\nScript done on time\r\nb\r\n\nScript done on 2024 [X]\n',
      ),
    ).toBe('Script done on time\r\nb\r\n');
    expect(stripScriptLines('plain\n')).toBe('plain\n');
  });

  test('is not looked for on Windows, and is BSD on macOS', () => {
    expect(findScriptTool(process.env.PATH ?? '', 'win32')).toBe(null);
    if (tool !== null)
      expect(findScriptTool(process.env.PATH ?? '', 'darwin')).toMatchObject({ flavour: 'bsd' });
  });
});
