import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { type Ended, inModules, root, runNode } from './processes.ts';
import type { GroupResult } from './results.ts';

/** The checks that are no tests of behaviour; each counts as one test a program. */
export const checks = {
  types: () =>
    group('types', {
      'type check': () => runNode([inModules('typescript/bin/tsc'), '-p', '.']),
      'type check of the webviews': () => runNode([inModules('typescript/bin/tsc'), '-p', 'client/webview']),
    }),
  lint: () =>
    group('lint', {
      'format and lint': () => runNode([inModules('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '.']),
    }),
  imports: () => group('imports', { 'import directions': () => runNode(['scripts/check-imports.mjs']) }),
  docs: () => group('docs', { 'generated documentation is up to date': documentation }),
  build: () => group('build', { 'every bundle builds': bundles }),
} as const;

type Check = () => Promise<Ended | { readonly skipped: string }>;

async function group(name: string, all: Readonly<Record<string, Check>>): Promise<readonly GroupResult[]> {
  const results: GroupResult[] = [];
  for (const [test, check] of Object.entries(all)) {
    const result = await check();
    if ('skipped' in result)
      results.push({ group: name, passed: 0, failed: [], skipped: [{ name: test, reason: result.skipped }] });
    else if (result.code === 0) results.push({ group: name, passed: 1, failed: [], skipped: [] });
    else results.push({ group: name, passed: 0, failed: [{ name: test, text: result.output }], skipped: [] });
  }
  return results;
}

async function documentation(): Promise<Ended | { skipped: string }> {
  const script = 'scripts/generate-docs.mjs';
  if (!existsSync(join(root, script))) return { skipped: `${script} is not there` };
  return runNode([script, '--check']);
}

async function bundles(): Promise<Ended> {
  return build().then(
    (output) => ({ code: 0, output }),
    (error: Error) => ({ code: 1, output: error.message }),
  );
}
