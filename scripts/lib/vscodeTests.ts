import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runSuite } from '../../test/vscode/harness/runSuite.ts';
import { suites } from '../../test/vscode/suites.ts';
import { ensureBrowser } from './browser.ts';
import { root } from './processes.ts';
import type { GroupResult } from './results.ts';
import { runVitest } from './vitest.ts';
import { installVscode } from './vscodeServer.ts';

/** The Mocha suites of `test/vscode/suite`, each in a VS Code of its own. */
export async function runSuites(grep: string | undefined): Promise<readonly GroupResult[]> {
  const files = testsIn('test/vscode/suite');
  const reason = await prepare();
  if (reason !== undefined) return [allSkipped('vscode', files, reason)];
  const results: GroupResult[] = [];
  for (const file of files) {
    const name = file.replace(/\.test\.ts$/, '');
    const options = { ...suites[name], ...(grep === undefined ? {} : { grep }) };
    const { tests } = await runSuite(join(root, 'test/vscode/suite', file), options);
    const those = (state: string) => tests.filter((test) => test.state === state);
    results.push({
      group: `vscode ${name}`,
      passed: those('passed').length,
      failed: those('failed').map((test) => ({ name: test.name, text: test.failure ?? '' })),
      skipped: those('skipped').map((test) => ({ name: test.name })),
    });
  }
  return results;
}

/** The tests of `test/vscode/workbench`, which drive the window as a person does. */
export async function runWorkbench(grep: string | undefined): Promise<readonly GroupResult[]> {
  const folder = 'test/vscode/workbench';
  const files = testsIn(folder);
  if (files.length === 0) return [];
  const reason = await prepare();
  if (reason !== undefined) return [allSkipped('workbench', files, reason)];
  return runVitest('workbench', [folder], grep, ['--config', 'test/vscode/vitest.config.mjs']);
}

/** Makes a VS Code and a browser be there; returns why they are not. */
async function prepare(): Promise<string | undefined> {
  const browser = await ensureBrowser();
  if ('reason' in browser) return browser.reason;
  if (installVscode()) console.log('Installed the VS Code server build into .vscode-test/');
  return undefined;
}

function testsIn(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}

/** One skipped test a file: what is in it is not known without running it. */
function allSkipped(group: string, files: readonly string[], reason: string): GroupResult {
  return { group, passed: 0, failed: [], skipped: files.map((file) => ({ name: file, reason })) };
}
