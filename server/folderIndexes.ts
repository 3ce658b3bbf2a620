/** The lists of a folder's documents: a README or an index beside them or one folder above. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FolderIndex } from '../core/rules/index.ts';
import { localTarget } from '../core/rules/support/links.ts';
import { parseRunbook } from '../core/runbook/index.ts';
import { boundedCache } from '../core/runbook/lazy.ts';

/** A folder with more entries, or a longer index, is not read. */
const MAX_ENTRIES = 5000;
const MAX_INDEX_BYTES = 512 * 1024;

const INDEX = /^(?:readme|index|_index|summary|runbooks|contents|toc)\.(?:md|markdown)$/i;
const MARKDOWN = /\.(?:md|markdown)$/i;

/** The indexes of the folder of `path` that link to other documents of it; both paths absolute, nothing outside of `root`. */
export function indexesOf(path: string, root: string): FolderIndex[] {
  const folder = dirname(path);
  const documents = namesIn(folder).filter((name) => !INDEX.test(name));
  const others = documents.filter((name) => name !== basename(path));
  const places = folder === root ? [folder] : [folder, dirname(folder)];
  const found: FolderIndex[] = [];
  for (const place of places)
    for (const name of namesIn(place)) {
      const file = join(place, name);
      if (!INDEX.test(name) || file === path) continue;
      const targets = targetsOf(file, root);
      const listed = others.filter((other) => targets.has(join(folder, other))).length;
      if (listed > 0)
        found.push({
          path: relative(folder, file).split(sep).join('/'),
          names: targets.has(path),
          listed,
          others: others.length,
        });
    }
  return found;
}

/** By time of change, which that of a folder is whenever a name comes or goes. */
const names = boundedCache<readonly string[]>(500, 100_000);

function namesIn(folder: string): readonly string[] {
  try {
    const { mtimeNs } = statSync(folder, { bigint: true });
    return names.get(`${mtimeNs} ${folder}`, () => {
      const found = readdirSync(folder);
      return found.length > MAX_ENTRIES ? [] : found.filter((name) => MARKDOWN.test(name));
    });
  } catch {
    return [];
  }
}

/** By path and time of change: an index is read again when it was written, not at each keystroke elsewhere. */
const read = boundedCache<ReadonlySet<string>>(200, 100_000);

/** Absolute paths of the files that a document links to. */
function targetsOf(file: string, root: string): ReadonlySet<string> {
  try {
    const { size, mtimeMs } = statSync(file);
    if (size > MAX_INDEX_BYTES) return new Set();
    return read.get(`${mtimeMs} ${size} ${root} ${file}`, () => {
      const targets = new Set<string>();
      for (const link of parseRunbook(readFileSync(file, 'utf8'), { path: file }).links) {
        const path = localTarget(link)?.path ?? '';
        if (path === '') continue;
        const full = path.startsWith('/') ? resolve(root, `.${path}`) : resolve(dirname(file), path);
        // Site generators leave the ending out.
        targets.add(full).add(`${full.replace(/\/$|\.html?$/i, '')}.md`);
      }
      return targets;
    });
  } catch {
    return new Set();
  }
}
