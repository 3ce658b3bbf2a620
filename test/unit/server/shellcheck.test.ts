import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { readSettings } from '../../../server/settings.ts';
import { ShellChecks, shellCheckProgram } from '../../../server/shellcheck.ts';
import { SHELLCHECK } from '../../support/shellcheck.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runline-shellcheck-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that notes how it was called, and does what is said. */
function program(does: string, name = 'checker'): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/sh\nprintf '%s\\n' "$@" >> '${path}.arguments'\npwd >> '${path}.folder'\necho "[$SHELLCHECK_OPTS]" >> '${path}.options'\ncat >> '${path}.input'\n${does}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const noted = (path: string, what: string): string =>
  existsSync(`${path}.${what}`) ? readFileSync(`${path}.${what}`, 'utf8') : '';

const document = (...scripts: string[]) =>
  parseRunbook(scripts.map((script) => `\`\`\`bash\n${script}\n\`\`\`\n`).join('\n'), {
    path: 'a-runbook.md',
  });

function blockOf(runbook: ReturnType<typeof document>, index = 0) {
  const block = runbook.steps.filter((step) => step.kind === 'block')[index];
  if (block === undefined) throw new Error('no block');
  return block;
}

function checks(path: string): { checks: ShellChecks; errors: string[] } {
  const errors: string[] = [];
  return { checks: new ShellChecks(path, (error) => errors.push(String(error))), errors };
}

const ANSWER =
  '{"comments":[{"file":"-","line":2,"endLine":2,"column":6,"endColumn":9,"level":"error","code":2068,"message":"A  remark.","fix":null}]}';

describe.skipIf(process.platform === 'win32')('a program that answers', () => {
  it('gets the block on standard input, placeholders as words, and nothing from the workspace', async () => {
    const path = program(`echo '${ANSWER}'; exit 1`);
    const { checks: all, errors } = checks(path);
    const runbook = document('echo "🔥" <pod-name>\necho $@ {{ region }}');
    process.env.SHELLCHECK_OPTS = '--external-sources';
    try {
      expect(await all.ask(runbook)).toBe(true);
    } finally {
      delete process.env.SHELLCHECK_OPTS;
    }
    const input = noted(path, 'input');
    expect(input).toMatch(/^echo "🔥" _pod-name_\necho \$@ [\w ]+$/);
    expect(input.length).toBe(blockOf(runbook).content.length);
    expect(noted(path, 'arguments')).toMatch(/^--norc\n--format=json1\n--shell=bash\n/);
    expect(noted(path, 'arguments')).toMatch(/\n-\n$/);
    expect(noted(path, 'folder').trim()).not.toBe(process.cwd());
    expect(noted(path, 'options')).toBe('[]\n');
    const [comment, ...others] = all.known(blockOf(runbook));
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ code: 2068, severity: 'error' });
    expect(blockOf(runbook).content.slice(comment?.start, comment?.end)).toBe('$@ ');
    expect(errors).toEqual([]);
  });

  it('is asked once for each text, and not again', async () => {
    const path = program(`echo '{"comments":[]}'`);
    const { checks: all } = checks(path);
    await all.ask(document('uptime', 'uptime', 'df -h'));
    expect(noted(path, 'folder').trim().split('\n')).toHaveLength(2);
    expect(await all.ask(document('df -h', 'uptime'))).toBe(false);
    expect(noted(path, 'folder').trim().split('\n')).toHaveLength(2);
  });

  it('is not asked about other languages, broken blocks, SQL and very long ones', async () => {
    const path = program(`echo '{"comments":[]}'`);
    const { checks: all } = checks(path);
    await all.ask(
      parseRunbook('```python\nprint(1)\n```\n\n```text\nuptime\n```\n', { path: 'a-runbook.md' }),
    );
    await all.ask(
      document('if true; then', 'SELECT * FROM entries WHERE amount > 1;', 'uptime\n'.repeat(4000)),
    );
    expect(noted(path, 'folder')).toBe('');
  });

  it.each([
    ['fails', 'exit 2', 'status 2'],
    ['prints something else', 'echo hello', 'JSON'],
    ['prints another JSON', "echo '{}'", 'comments'],
  ])('that %s is told of, and its block has no remarks', async (_, does, words) => {
    const { checks: all, errors } = checks(program(does));
    const runbook = document('uptime');
    expect(await all.ask(runbook)).toBe(false);
    expect(all.known(blockOf(runbook))).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(words);
  });

  it('that is stopped is ended, and its block is asked about again', async () => {
    const path = program(`[ -e '${join(folder, 'go')}' ] || exec sleep 60\necho '${ANSWER}'`);
    const { checks: all, errors } = checks(path);
    const runbook = document('uptime\necho $@ x');
    const stop = new AbortController();
    const asked = all.ask(runbook, stop.signal);
    while (noted(path, 'input') === '') await new Promise((done) => setTimeout(done, 20));
    stop.abort();
    expect(await asked).toBe(false);
    writeFileSync(join(folder, 'go'), '');
    expect(await all.ask(runbook)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('is an absolute path, or a name on the search path; never a path below the folder that is open', () => {
    const path = program('true', 'shellcheck');
    expect(shellCheckProgram(path, '')).toBe(path);
    expect(shellCheckProgram('shellcheck', folder)).toBe(path);
    expect(shellCheckProgram('shellcheck', 'bin:.')).toBeUndefined();
    expect(shellCheckProgram('./shellcheck', folder)).toBeUndefined();
    expect(shellCheckProgram('bin/shellcheck', folder)).toBeUndefined();
    expect(shellCheckProgram('', folder)).toBeUndefined();
    expect(shellCheckProgram(folder, folder)).toBeUndefined();
    expect(shellCheckProgram(join(folder, 'absent'), folder)).toBeUndefined();
  });
});

describe.skipIf(SHELLCHECK === undefined)('ShellCheck itself', () => {
  it('takes the options, and says what is left over', async () => {
    const { checks: all, errors } = checks(SHELLCHECK ?? '');
    const runbook = document('kubectl get pods \\\n\n  --no-headers', 'cd /srv\nrm $x');
    expect(await all.ask(runbook)).toBe(true);
    expect(all.known(blockOf(runbook)).map(({ code }) => code)).toEqual([2215]);
    expect(all.known(blockOf(runbook, 1))).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe('its settings', () => {
  const { shellcheck: byDefault } = readSettings({});
  it.each([
    [undefined, byDefault],
    [{ enabled: false }, { enabled: false, path: 'shellcheck' }],
    [{ enabled: 'no', path: 3 }, byDefault],
    [{ path: '/opt/shellcheck' }, { enabled: true, path: '/opt/shellcheck' }],
    ['nonsense', byDefault],
  ])('%j', (value, wanted) => {
    expect(readSettings({ shellcheck: value }).shellcheck).toEqual(wanted);
  });
});
