import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLI, type Workspace, workspace } from './cli.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;

let ws: Workspace;
beforeEach(() => {
  ws = workspace();
});
afterEach(() => ws.remove());

const FENCE = '```';
const RUNBOOK = `# Store

## Read

${FENCE}bash
echo "hello $((40 + 2))"
${FENCE}

${FENCE}bash
cd /
COLOUR=green
${FENCE}

${FENCE}bash
pwd; echo "$COLOUR"
${FENCE}

## Fill

${FENCE}bash
printf '%s\\n' <order-id> "in quotes: <order-id>"
${FENCE}

${FENCE}bash
echo "region $STORE_REGION"
${FENCE}

## Change

${FENCE}bash
touch changed.txt
${FENCE}

${FENCE}bash
rm changed.txt
${FENCE}

${FENCE}bash
echo before
exit 3
${FENCE}

${FENCE}bash
echo "token=ghp_0123456789abcdefghijABCDEFGHIJ012345"; printf '\\033[31mred\\033[0m\\n'
${FENCE}

${FENCE}text
nothing to run
${FENCE}
`;

interface LoggedEvent {
  id: string;
  type: string;
  sequence: number;
  hash: string;
  prevhash: string;
  data: {
    exitCode?: number | null;
    outcome?: string;
    durationMs?: number;
    signal?: string | null;
    commands?: unknown[];
    output?: { bytes: number; truncated: boolean; head: string; tail: string };
    [key: string]: unknown;
  };
}

const run = (args: string[], options?: Parameters<Workspace['run']>[1]) =>
  ws.run(['run', 'store-runbook.md', ...args, '--format', 'json'], options);

const finished = (events: LoggedEvent[]) => events.filter((event) => event.type.endsWith('step.finished'));

describe('runline run', () => {
  beforeEach(() => {
    ws.write('store-runbook.md', RUNBOOK);
  });

  test('prints a start and an end in the form of the log', async () => {
    const result = await run(['read-1']);
    const events = result.lines<LoggedEvent>();
    expect(result.status).toBe(0);
    expect(events.map((event) => event.type)).toEqual([
      'dev.runline.step.started',
      'dev.runline.step.finished',
    ]);
    const end = events[1];
    expect(end?.data).toMatchObject({ exitCode: 0, signal: null, outcome: 'succeeded', commands: [] });
    expect(end?.data.output).toEqual({ bytes: 9, truncated: false, head: 'hello 42\n', tail: '' });
    expect(end?.prevhash).toBe(events[0]?.hash);
    expect(events.every((event) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(event.id))).toBe(true);
  });

  test('carries folder and variables from step to step, and from call to call', async () => {
    const together = finished((await run(['read-2', 'read-3'])).lines<LoggedEvent>());
    expect(together[1]?.data.output?.head).toBe('/\ngreen\n');
    const later = finished((await run(['read-3'])).lines<LoggedEvent>());
    expect(later[0]?.data.output?.head).toBe('/\ngreen\n');
  });

  test('an unfilled placeholder is exit 2 that names it, also with --yes; --set fills it, any case, quoted', async () => {
    for (const extra of [[], ['--yes']]) {
      const refused = await run(['fill-1', ...extra]);
      expect([refused.status, refused.out]).toEqual([2, '']);
      expect(refused.err).toContain('order-id');
    }
    const value = `a'b"; rm -rf ~ $(id) \`id\``;
    const filled = await run(['fill-1', '--set', `ORDER-ID=${value}`, '--yes']);
    expect(filled.status, filled.err).toBe(0);
    expect(finished(filled.lines<LoggedEvent>())[0]?.data.output?.head).toBe(
      `${value}\nin quotes: ${value}\n`,
    );
  });

  test('an unset variable is exit 2 that names it; --set or the environment sets it', async () => {
    const refused = await run(['fill-2', '--yes']);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain('STORE_REGION');
    const set = await run(['fill-2', '--set', 'store_region=north']);
    expect(finished(set.lines<LoggedEvent>())[0]?.data.output?.head).toBe('region north\n');
    const inherited = await run(['fill-2'], { env: { STORE_REGION: 'south' } });
    expect(finished(inherited.lines<LoggedEvent>())[0]?.data.output?.head).toContain('region');
  });

  test('--set sets what has a default, what a program reads by itself and what the environment has; the last one counts', async () => {
    ws.write(
      'vars.md',
      `# V\n\n${FENCE}bash\necho "\${ZONE:-none} $HOME"; sh -c 'echo "[$BEHIND]"'\n${FENCE}\n\n${FENCE}python\nimport os; print(os.environ["BEHIND"])\n${FENCE}\n`,
    );
    const set = ['--set', 'zone=old', '--set', 'Zone=a=b\nc', '--set', 'home=/h', '--set', 'BEHIND=x'];
    const result = await ws.run(['run', 'vars.md', 'v-1', 'v-2', '--yes', '--format', 'json', ...set]);
    expect(result.status, result.err).toBe(0);
    expect(finished(result.lines<LoggedEvent>()).map((end) => end.data.output?.head)).toEqual([
      'a=b\nc /h\n[x]\n',
      'x\n',
    ]);
    const typo = await ws.run(['run', 'vars.md', 'v-1', '--set', 'no-such=1']);
    expect([typo.status, typo.err]).toEqual([0, expect.stringContaining('no-such fills nothing')]);
  });

  test('what needs a terminal is exit 2 without one, and runs without input with --yes', async () => {
    ws.write('tty.md', `# T\n\n${FENCE}bash\nread -r answer; echo "got [$answer]"\n${FENCE}\n`);
    const refused = await ws.run(['run', 'tty.md', 't-1']);
    expect([refused.status, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('needs a terminal');
    const result = await ws.run(['run', 'tty.md', 't-1', '--yes', '--format', 'json'], { input: 'typed\n' });
    expect(finished(result.lines<LoggedEvent>())[0]?.data.output?.head).toBe('got []\n');
  });

  test('a reader that goes away loses no event', async () => {
    ws.write('slow.md', `# S\n\n${FENCE}bash\nsleep 0.3; echo done; exit 3\n${FENCE}\n`);
    const child = ws.start(['run', 'slow.md', 's-1', '--format', 'json']);
    await once(child.stdout as Readable, 'data');
    child.stdout?.destroy();
    const [status] = await once(child, 'close');
    expect(status).toBe(1);
    const logs = join(ws.state, 'runline', 'logs');
    const [log = ''] = readdirSync(logs).filter((name) => name.endsWith('.jsonl'));
    expect(readFileSync(join(logs, log), 'utf8')).toContain('step.finished');
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s cancels the step and lets its end be written',
    async (signal) => {
      ws.write('slow.md', `# S\n\n${FENCE}bash\nsleep 60\n${FENCE}\n`);
      const child = ws.start(['run', 'slow.md', 's-1', '--format', 'json']);
      let out = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (!out.includes('finished')) child.kill(signal);
      });
      expect(await once(child, 'close')).toEqual([1, null]);
      expect(out.match(/step\.finished/g)).toHaveLength(1);
      expect(out).toContain('"outcome":"cancelled"');
    },
  );

  test('a state folder or an output that cannot be written is exit 2, in words', async () => {
    const state = await run(['read-1'], { env: { XDG_STATE_HOME: '/dev/null' } });
    expect([state.status, state.out]).toEqual([2, '']);
    expect(state.err).toContain('XDG_STATE_HOME');
    if (!existsSync('/dev/full')) return;
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [CLI, 'list', 'store-runbook.md'], {
      cwd: ws.folder,
      stdio: ['ignore', full, 'pipe'],
    });
    let err = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    expect(await once(child, 'close')).toEqual([2, null]);
    closeSync(full);
    expect(err).toMatch(/^runline: standard output cannot be written: .*\n$/);
  });

  describe.skipIf(process.platform !== 'linux' || !hasScript)('at a terminal (script)', () => {
    /** Runs with a terminal of its own; `answers` are typed when their question is there. */
    async function typed(
      args: string[],
      answers: [RegExp, string][],
    ): Promise<{ status: unknown; out: string }> {
      const child = spawn(
        'script',
        ['-qec', [process.execPath, CLI, 'run', ...args].join(' '), '/dev/null'],
        {
          cwd: ws.folder,
          env: {
            PATH: process.env.PATH,
            HOME: ws.folder,
            XDG_STATE_HOME: ws.state,
            TERM: 'xterm',
            SHELL: '/bin/sh',
          },
        },
      );
      const left = [...answers];
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        if (left[0]?.[0].test(out)) child.stdin.write(left.shift()?.[1] ?? '');
      });
      const [status] = await once(child, 'close');
      return { status, out };
    }

    test('a secret is asked for and not echoed', async () => {
      ws.write('ask.md', `# A\n\n${FENCE}bash\ntest <API_TOKEN> = "$WORD" && echo same\n${FENCE}\n`);
      const { status, out } = await typed(
        ['ask.md', 'a-1'],
        [
          [/API_TOKEN: /, 'hunter2\r'],
          [/WORD: /, 'hunter2\r'],
        ],
      );
      expect(status).toBe(0);
      expect(out).toContain('same');
      expect(out.match(/hunter2/g)).toHaveLength(1);
    });

    test('a destructive step shows its text, its variables and nothing hidden; the wrong word and Ctrl+C refuse it', async () => {
      ws.write('gone.md', `# G\n\n${FENCE}bash\nrm -rf "$PLACE/x" \u202egnp\n${FENCE}\n`);
      const set = ['--set', `PLACE=${ws.folder}`];
      ws.write('x', '');
      const wrong = await typed(['gone.md', 'g-1', ...set], [[/Type g-1/, 'y\r']]);
      expect(wrong.status).toBe(1);
      expect(wrong.out).toContain('rm -rf "$PLACE/x" \\u{202e}gnp');
      expect(wrong.out).toContain(`with PLACE=${ws.folder}`);
      expect((await typed(['gone.md', 'g-1', ...set], [[/Type g-1/, '\u0003']])).status).toBe(2);
      expect(existsSync(ws.path('x'))).toBe(true);
      expect((await typed(['gone.md', 'g-1', ...set], [[/Type g-1/, 'g-1\r']])).status).toBe(0);
      expect(existsSync(ws.path('x'))).toBe(false);
    });
  });

  test('what changes state wants --yes where nobody can be asked', async () => {
    const refused = await run(['change-1']);
    expect([refused.status, refused.out]).toEqual([2, '']);
    expect(refused.err).toMatch(/mutating/);
    expect(existsSync(ws.path('changed.txt'))).toBe(false);
    expect((await run(['change-1', '--yes'])).status).toBe(0);
    expect(existsSync(ws.path('changed.txt'))).toBe(true);
    expect((await run(['change-2'])).status).toBe(2);
    expect(existsSync(ws.path('changed.txt'))).toBe(true);
    expect((await run(['change-2', '--yes'])).status).toBe(0);
    expect(existsSync(ws.path('changed.txt'))).toBe(false);
  });

  test('stops at the first failure with exit 1 and the step’s own code', async () => {
    const result = await run(['change-3', 'read-1', '--yes']);
    expect(result.status).toBe(1);
    const ends = finished(result.lines<LoggedEvent>());
    expect(ends.length).toBe(1);
    expect(ends[0]?.data).toMatchObject({ exitCode: 3, outcome: 'failed' });
  });

  test('redacts secrets and control characters in everything that is logged', async () => {
    const result = await run(['change-4', '--yes']);
    expect(result.out).not.toContain('ghp_0123456789');
    expect(finished(result.lines<LoggedEvent>())[0]?.data.output?.head).toMatch(/red\n$/);
    expect(result.out).not.toContain('\\u001b');
  });

  test('--dry-run shows the exact text and runs nothing', async () => {
    const result = await run(['change-1', '--dry-run']);
    expect(result.status).toBe(0);
    expect(result.json()).toMatchObject({ step: 'change-1', script: 'touch changed.txt', risk: 'mutating' });
    expect(existsSync(ws.path('changed.txt'))).toBe(false);
    expect(existsSync(ws.state)).toBe(false);
  });

  test('one command of a block', async () => {
    const result = await run(['read-3.2', '--set', 'COLOUR=blue']);
    expect(finished(result.lines<LoggedEvent>())[0]?.data.output?.head).toBe('blue\n');
  });

  test('unknown and unrunnable steps are exit 2', async () => {
    for (const id of ['nope', 'read-1.9', 'change-5']) {
      const result = await run([id, '--yes']);
      expect([result.status, result.out], id).toEqual([2, '']);
    }
  });

  test('leaves nothing in the workspace, and private files in the state folder', async () => {
    await run(['read-1']);
    expect(readdirSync(ws.folder).sort()).toEqual(['.git', 'store-runbook.md']);
    const logs = join(ws.state, 'runline', 'logs');
    const [log] = readdirSync(logs).filter((name) => name.endsWith('.jsonl'));
    expect(statSync(logs).mode & 0o077).toBe(0);
    expect(statSync(join(logs, log ?? '')).mode & 0o077).toBe(0);
  });

  test('pretty shows the output as it comes', async () => {
    const result = await ws.run(['run', 'store-runbook.md', 'read-1']);
    expect(result.out).toMatch(/▷ Read.*\nhello 42\n✓ /s);
  });

  test('the document is never touched', async () => {
    await run(['fill-1', '--set', 'order-id=1', '--yes']);
    expect(readFileSync(ws.path('store-runbook.md'), 'utf8')).toBe(RUNBOOK);
  });
});

describe('SQL', () => {
  beforeEach(() => {
    ws.write('store-runbook.md', `# Store\n\n${FENCE}sql\nSELECT 1;\n${FENCE}\n`);
  });

  test('is refused without a client, and piped into the one that is named', async () => {
    const refused = await run(['store-1']);
    expect([refused.status, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain('RUNLINE_SQL_CLIENT');
    const piped = await run(['store-1'], { env: { RUNLINE_SQL_CLIENT: 'sed s/SELECT/asked/' } });
    expect(finished(piped.lines<LoggedEvent>())[0]?.data.output?.head).toBe('asked 1;\n');
  });
});

describe('what a value makes of a step', () => {
  test('counts: a destructive word filled in wants the word typed, or --yes', async () => {
    ws.write('store-runbook.md', `# Store\n\n${FENCE}bash\n<tool> -f nothing-here.txt\n${FENCE}\n`);
    const result = await run(['store-1', '--set', 'tool=rm', '--yes']);
    const [started] = result.lines<LoggedEvent>();
    expect(started?.data).toMatchObject({ risk: 'destructive', consent: 'yes-flag' });
  });
});
