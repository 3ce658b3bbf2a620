/** What `runline check` learns of the files around a runbook. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workspace, workspace } from './cli.ts';

interface Result {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

let place: Workspace;
beforeEach(() => {
  place = workspace();
});
afterEach(() => place.remove());

async function results(...args: string[]): Promise<string[]> {
  const { out } = await place.run(['check', '--format', 'json', ...args]);
  return (JSON.parse(out) as Result[]).map(({ file, line, rule }) => `${file}:${line} ${rule}`);
}

test('alert rules, scripts and an index of the workspace are looked at', async () => {
  place.write(
    'ops/rules.yml',
    'groups:\n  - rules:\n      - alert: TideLow\n        annotations:\n          runbook_url: runbooks/tide.md#gone\n',
  );
  place.write('scripts/look.sh', '#!/bin/sh\n');
  place.write('runbooks/README.md', '# All\n\n[a](a.md) [b](b.md) [c](c.md)\n');
  for (const name of ['a', 'b', 'c']) place.write(`runbooks/${name}.md`, `# ${name}\n`);
  place.write('runbooks/tide.md', '# Tide\n\n```bash\n./scripts/look.sh\n./scripts/see.sh\n```\n');
  expect(await results('runbooks')).toEqual([
    'runbooks/tide.md:1 link/orphan',
    'runbooks/tide.md:1 link/runbook-url',
    'runbooks/tide.md:5 command/missing-file',
  ]);
});

test('which programs the machine has is not: CI has others than whoever is on call', async () => {
  place.write('a-runbook.md', '# A\n\n```bash\nargocd app list\n```\n');
  expect(
    (await place.run(['check', '--format', 'json', 'a-runbook.md'], { env: { PATH: '/nowhere' } })).out,
  ).toBe('[]\n');
});
