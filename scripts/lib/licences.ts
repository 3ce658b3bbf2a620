import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The licence texts of every package that went into a bundle: their licences ask that the text goes along.
 * @param inputs the bundled files, relative to the root (esbuild's metafile)
 */
export function thirdPartyLicences(root: string, inputs: Iterable<string>): string {
  const folders = new Set<string>();
  for (const input of inputs) {
    const folder = packageFolder(root, input);
    if (folder !== undefined) folders.add(folder);
  }
  const entries = [...folders].map((folder) => entryOf(join(root, folder)));
  entries.sort((a, b) => (a.title < b.title ? -1 : 1));
  const lines = ['Runline contains the following packages.', ''];
  for (const { title, text } of entries) lines.push('-'.repeat(80), title, '', text.trim(), '');
  return lines.join('\n');
}

/** The nearest folder at or above a file that has a package.json with a name, below node_modules. */
function packageFolder(root: string, input: string): string | undefined {
  if (!input.includes('node_modules/')) return undefined;
  for (let folder = dirname(input); folder.includes('node_modules/'); folder = dirname(folder)) {
    const manifest = join(root, folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined)
      return folder;
  }
  return undefined;
}

function entryOf(folder: string): { title: string; text: string } {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text =
    file === undefined
      ? `(The package has no licence file; it names ${license}.)`
      : readFileSync(join(folder, file), 'utf8');
  return { title: `${name} ${version} (${license})`, text };
}
