import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { inModules, root, runNode } from './processes.ts';

/** Where the packaged extension lies. */
export const vsix = join(root, 'dist/runline.vsix');

/**
 * Packages what `build` left in dist/, as `.vscodeignore` says.
 * @throws {Error} with all that vsce said
 */
export async function packageExtension(): Promise<void> {
  // The bundles hold every dependency; pictures in the README are linked relative to a repository that may not exist.
  const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const { code, output } = await runNode([
    inModules('@vscode/vsce/vsce'),
    'package',
    ...flags,
    '--out',
    vsix,
  ]);
  if (code !== 0) throw new Error(`vsce did not package the extension (exit ${code}).\n${output}`);
}

if (import.meta.main) {
  // From nothing, so that no file of an earlier build gets in.
  const dist = join(root, 'dist');
  if (existsSync(dist)) for (const entry of readdirSync(dist)) rmSync(join(dist, entry), { recursive: true });
  console.log(await build());
  await packageExtension();
  console.log(vsix);
}
