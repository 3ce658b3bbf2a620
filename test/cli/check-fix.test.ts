import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Workspace, workspace } from './cli.ts';

interface Result {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
}

let place: Workspace;
beforeEach(() => {
  place = workspace();
});
afterEach(() => place.remove());

const results = async (...args: string[]): Promise<string[]> =>
  (await place.run(['check', '--format', 'json', ...args]))
    .json<Result[]>()
    .map(({ file, rule, severity }) => `${file} ${rule} ${severity}`);

const ENDLESS = '# A\n\n```bash\ntail -f /var/log/shop.log\n```\n';

describe('runline check and .runline.yaml', () => {
  test('severities count, nearer ones over farther, and --no-config leaves them out', async () => {
    place.write('.runline.yaml', 'rules:\n  command/endless: error\n');
    place.write('runbooks/deep/.runline.yaml', 'rules:\n  command/endless: off\n');
    place.write('runbooks/a.md', ENDLESS);
    place.write('runbooks/deep/b.md', ENDLESS);
    expect(await results('runbooks')).toEqual(['runbooks/a.md command/endless error']);
    expect((await place.run(['check', 'runbooks'])).status).toBe(1);
    expect(await results('--no-config', 'runbooks')).toEqual([
      'runbooks/a.md command/endless hint',
      'runbooks/deep/b.md command/endless hint',
    ]);
    expect((await place.run(['check', '--no-config', 'runbooks'])).status).toBe(0);
  });

  test('the globs say which files of a folder are checked', async () => {
    place.write('.runline.yaml', 'runbooks:\n  - ops/*.md\n');
    place.write('ops/a.md', ENDLESS);
    place.write('runbooks/b.md', ENDLESS);
    expect(await results()).toEqual(['ops/a.md command/endless hint']);
    expect(await results('--no-config')).toEqual(['runbooks/b.md command/endless hint']);
    // A file that is named is always taken.
    expect(await results('runbooks/b.md')).toEqual(['runbooks/b.md command/endless hint']);
  });

  test('what is wrong is said once, with its place; the rest counts, and the status is 2', async () => {
    place.write('.runline.yaml', 'rules:\n  command/endles: off\n  command/endless: error\n');
    place.write('runbooks/a.md', ENDLESS);
    place.write('runbooks/b.md', ENDLESS);
    const { out, err, status } = await place.run(['check', '--format', 'json', 'runbooks']);
    expect(JSON.parse(out)).toMatchObject([{ severity: 'error' }, { severity: 'error' }]);
    expect(err).toBe(
      'runline: .runline.yaml:2:3: There is no rule `command/endles`. Did you mean `command/endless`?\n',
    );
    expect(status).toBe(2);
  });

  test('files above the workspace have no say', async () => {
    writeFileSync(`${place.folder}/../.runline.yaml`, 'rules:\n  command/endless: off\n');
    place.write('runbooks/a.md', ENDLESS);
    expect(await results('runbooks')).toEqual(['runbooks/a.md command/endless hint']);
  });
});

describe('runline check --fix', () => {
  const BROKEN =
    '\ufeff# A\r\n\r\n```\r\nkubectl get nodes\r\n```\r\n\r\nTrailing  \r\n\r\n```\nkubectl get pods\n```';
  const MENDED = BROKEN.replace('```\r\nkubectl', '```bash\r\nkubectl').replace(
    '```\nkubectl',
    '```bash\nkubectl',
  );

  test('writes what is certain and not another byte, once, and reports what is left', async () => {
    const path = place.write('runbooks/a.md', `${BROKEN}\n\n${ENDLESS.slice(5)}`);
    chmodSync(path, 0o640);
    const first = await place.run(['check', '--fix', '--format', 'json', 'runbooks']);
    expect(first.err).toBe('Fixed 2 findings in 1 file.\n');
    expect(first.json<Result[]>().map(({ rule }) => rule)).toEqual(['command/endless']);
    expect(readFileSync(path, 'utf8')).toBe(`${MENDED}\n\n${ENDLESS.slice(5)}`);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const { mtimeNs } = statSync(path, { bigint: true });
    expect((await place.run(['check', '--fix', 'runbooks'])).err).toBe('Fixed 0 findings in 0 files.\n');
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(mtimeNs);
  });

  test('--fix-dry-run names the fixes and writes nothing', async () => {
    const path = place.write('runbooks/a.md', BROKEN);
    const { err, out } = await place.run(['check', '--fix-dry-run', '--format', 'json', 'runbooks']);
    expect(err).toMatch(
      /^runbooks\/a\.md:3: .+ \(language\/missing\)\nrunbooks\/a\.md:9: .+ \(language\/missing\)\nWould fix 2 findings in 1 file; nothing was written\.\n$/,
    );
    expect(JSON.parse(out)).toHaveLength(2);
    expect(readFileSync(path, 'utf8')).toBe(BROKEN);
  });

  test('leaves a finding that is silenced or turned off', async () => {
    const silenced = BROKEN.replace(
      '```\r\n',
      '<!-- runline-disable-next-line language/missing -- a diagram -->\r\n```\r\n',
    );
    const path = place.write('runbooks/a.md', silenced);
    expect((await place.run(['check', '--fix', 'runbooks'])).err).toBe('Fixed 1 finding in 1 file.\n');
    expect(readFileSync(path, 'utf8')).toContain('a diagram -->\r\n```\r\n');
    place.write('.runline.yaml', 'rules:\n  language/missing: off\n');
    const other = place.write('runbooks/b.md', BROKEN);
    expect((await place.run(['check', '--fix', 'runbooks'])).err).toBe('Fixed 0 findings in 0 files.\n');
    expect(readFileSync(other, 'utf8')).toBe(BROKEN);
  });

  test('leaves a file alone whose bytes it does not understand', async () => {
    mkdirSync(place.path('runbooks'));
    const bytes = Buffer.concat([
      Buffer.from('# A\n\n```\nkubectl get nodes\n```\n'),
      Buffer.from([0xe9, 0x0a]),
    ]);
    writeFileSync(place.path('runbooks/a.md'), bytes);
    const { err } = await place.run(['check', '--fix', 'runbooks']);
    expect(err).toBe(
      'runline: runbooks/a.md is not UTF-8 text, so nothing in it is fixed.\nFixed 0 findings in 0 files.\n',
    );
    expect(readFileSync(place.path('runbooks/a.md')).equals(bytes)).toBe(true);
  });

  test('says which of the findings it would mend', async () => {
    place.write('runbooks/a.md', BROKEN);
    expect((await place.run(['check', 'runbooks'])).out).toContain(
      '(2 with a fix in the editor, 2 with --fix)',
    );
  });

  test('takes one of the two at a time', async () => {
    const { status, err } = await place.run(['check', '--fix', '--fix-dry-run']);
    expect([status, err]).toEqual([2, 'runline: Give either --fix or --fix-dry-run.\n']);
  });
});
