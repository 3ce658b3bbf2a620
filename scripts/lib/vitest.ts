import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inModules, root, runNode } from './processes.ts';
import type { GroupResult } from './results.ts';
import type { VitestReport } from './vitestReporter.ts';

/**
 * Runs vitest over some folders.
 * @param grep only tests whose full name holds this
 * @param flags more of vitest's own flags
 */
export async function runVitest(
  group: string,
  folders: readonly string[],
  grep: string | undefined,
  flags: readonly string[] = [],
): Promise<readonly GroupResult[]> {
  const there = folders.filter((folder) => existsSync(join(root, folder)));
  if (there.length === 0) return [];
  const scratch = mkdtempSync(join(tmpdir(), 'runline-vitest-'));
  const file = join(scratch, 'report.json');
  const pattern = grep?.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    const { code, output } = await runNode(
      [
        inModules('vitest/vitest.mjs'),
        'run',
        ...there,
        '--passWithNoTests',
        '--reporter=dot',
        `--reporter=${join(import.meta.dirname, 'vitestReporter.ts')}`,
        ...(pattern === undefined ? [] : ['--testNamePattern', pattern]),
        ...flags,
      ],
      { env: { ...process.env, RUNLINE_VITEST_REPORT: file, NO_COLOR: '1' } },
    );
    const result = existsSync(file)
      ? readReport(group, JSON.parse(readFileSync(file, 'utf8')), grep !== undefined)
      : { group, passed: 0, failed: [], skipped: [] };
    // A run can also fail for what is in no report.
    if (code !== 0 && result.failed.length === 0)
      return [{ ...result, failed: [{ name: `vitest ends well (exit ${code})`, text: output }] }];
    return [result];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readReport(group: string, report: VitestReport, filtered: boolean): GroupResult {
  let passed = 0;
  const failed = report.faults.map(({ file, text }) => ({ name: file, text }));
  const skipped: { name: string; reason?: string }[] = [];
  for (const { file, name, state, text } of report.tests) {
    // Names made from test data may hold line ends.
    const full = `${file}: ${name}`.replace(/\s+/g, ' ');
    if (state === 'passed') passed++;
    else if (state === 'failed') failed.push({ name: full, text: text ?? '' });
    // What a filter leaves out was not asked for.
    else if (!filtered) skipped.push({ name: full, ...(text === undefined ? {} : { reason: text }) });
  }
  return { group, passed, failed, skipped };
}
