import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SHELLCHECK } from '../support/shellcheck.ts';
import { type Workspace, workspace } from './cli.ts';

const TEXT = '# Pods\n\n```bash\nkubectl get pods --namespace shop \\\n\n  --no-headers\n```\n';

let place: Workspace;
beforeEach(() => {
  place = workspace();
  place.write('runbooks/a.md', TEXT);
});
afterEach(() => place.remove());

describe('runline check --shellcheck', () => {
  test.skipIf(SHELLCHECK === undefined)(
    'adds what ShellCheck says; without the option it is not asked',
    async () => {
      const { out, status } = await place.run([
        'check',
        '--shellcheck',
        '--format',
        'json',
        '--fail-on',
        'warning',
      ]);
      expect(JSON.parse(out)).toMatchObject([
        { line: 6, column: 3, rule: 'shell/shellcheck', message: expect.stringContaining('SC2215') },
      ]);
      expect(status).toBe(1);
      expect((await place.run(['check', '--format', 'json'])).out).toBe('[]\n');
    },
  );

  test('says so where it is not installed', async () => {
    mkdirSync(place.path('empty'));
    const { err, status } = await place.run(['check', '--shellcheck'], {
      env: { PATH: place.path('empty') },
    });
    expect(err).toContain('--shellcheck needs ShellCheck');
    expect(status).toBe(2);
  });
});
