import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { inModules, root, runNode } from './processes.ts';
import type { GroupResult } from './results.ts';

/** What we read of vitest's JSON report. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
}

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
  try {
    const { code, output } = await runNode([
      inModules('vitest/vitest.mjs'),
      'run',
      ...there,
      '--passWithNoTests',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...(grep === undefined ? [] : ['--testNamePattern', grep.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')]),
      ...flags,
    ]);
    const result = existsSync(file)
      ? readReport(group, JSON.parse(readFileSync(file, 'utf8')), grep !== undefined)
      : { group, passed: 0, failed: [], skipped: [] };
    // Vitest also fails for what belongs to no test, such as an error that nobody caught.
    if (code !== 0 && result.failed.length === 0)
      return [{ ...result, failed: [{ name: `vitest ends well (exit ${code})`, text: output }] }];
    return [result];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readReport(group: string, report: Report, filtered: boolean): GroupResult {
  let passed = 0;
  const failed: { name: string; text: string }[] = [];
  const skipped: { name: string }[] = [];
  for (const file of report.testResults) {
    const path = relative(root, file.name);
    for (const test of file.assertionResults) {
      const name = `${path}: ${test.fullName.trim()}`;
      if (test.status === 'passed') passed++;
      else if (test.status === 'failed') failed.push({ name, text: (test.failureMessages ?? []).join('\n') });
      // What a filter leaves out was not asked for.
      else if (!filtered) skipped.push({ name });
    }
    // A file that could not be loaded has no tests.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
      failed.push({ name: path, text: file.message ?? 'The file could not be loaded.' });
  }
  return { group, passed, failed, skipped };
}
