import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from './checks.ts';
import { ensurePrograms } from './debian.ts';
import { onInterrupt, root, stopAll } from './processes.ts';
import type { GroupResult } from './results.ts';
import { printSummary, sum } from './results.ts';
import { runVitest } from './vitest.ts';
import { runSuites, runWorkbench } from './vscodeTests.ts';

/**
 * npm test [-- --only GROUP,GROUP] [--grep TEXT]
 * Runs every group in order, however many fail, and ends with the sum over all. Exit 1 if anything failed.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });

// Data that is not part of the repository; tests over it skip themselves by name where it is absent.
const shared = resolve(root, process.env.RUNLINE_SHARED || '../shared');
process.env.RUNLINE_SHARED = shared;

type Group = (grep: string | undefined) => Promise<readonly GroupResult[]>;

const groups: Readonly<Record<string, Group>> = {
  ...checks,
  unit: async (grep) => {
    await ensurePrograms();
    return runVitest('unit', ['test/unit'], grep);
  },
  lsp: (grep) => runVitest('lsp', ['test/lsp'], grep),
  cli: (grep) => runVitest('cli', ['test/cli'], grep),
  vscode: runSuites,
  workbench: runWorkbench,
};

const names = values.only?.split(',') ?? Object.keys(groups);
const unknown = names.filter((name) => groups[name] === undefined);
if (unknown.length > 0) {
  console.error(
    `No test group is called ${unknown.join(', ')}. There are ${Object.keys(groups).join(', ')}.`,
  );
  process.exit(2);
}
onInterrupt(async () => {
  await stopAll();
  process.exit(130);
});

const results: GroupResult[] = [];
for (const name of names) {
  const started = Date.now();
  const group = groups[name] as Group;
  const found = await group(values.grep).catch((error: Error): readonly GroupResult[] => [
    {
      group: name,
      passed: 0,
      failed: [{ name: `${name} runs`, text: error.stack ?? String(error) }],
      skipped: [],
    },
  ]);
  results.push(...found);
  const { passed, failed, skipped } = sum(found);
  const counts = [
    `${passed} passed`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ];
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${name.padEnd(10)} ${counts.filter((part) => part !== '').join(', ')} (${seconds} s)`);
}
const remarks = existsSync(join(shared, 'seeds'))
  ? []
  : [`${shared} is not there; tests over it skip themselves.`];
printSummary(results, remarks);
process.exit(sum(results).failed > 0 ? 1 : 0);
