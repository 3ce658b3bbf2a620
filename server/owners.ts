/** Who owns a file by CODEOWNERS and OWNERS: the lists are found and read here, core says what they mean. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { ownerFromCodeowners } from '../core/runbook/index.ts';
import { boundedCache } from '../core/runbook/lazy.ts';

/** Where GitHub and GitLab look, in their order. */
const LISTS = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
/** A longer list is not read. */
const MAX_LIST_BYTES = 2 * 1024 * 1024;

export interface Owners {
  readonly owners: readonly string[];
  /** Of the list, relative to the workspace, with `/`. */
  readonly file: string;
  /** 1-based line of the list that decides. */
  readonly line: number;
}

/**
 * The owners of a file (both paths absolute): by the workspace's CODEOWNERS, else by the nearest OWNERS file up to the
 * workspace; null where neither says.
 */
export function ownersOf(path: string, workspace: string): Owners | null {
  for (const list of LISTS) {
    const found = read(workspace, join(workspace, list), workspace, path);
    if (found !== null) return found;
  }
  for (let folder = dirname(path); isWithin(workspace, folder); folder = dirname(folder)) {
    const found = read(workspace, join(folder, 'OWNERS'), folder, path);
    if (found !== null) return found;
    if (folder === dirname(folder)) return null;
  }
  return null;
}

function isWithin(workspace: string, folder: string): boolean {
  const inside = relative(workspace, folder);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function read(workspace: string, list: string, about: string, path: string): Owners | null {
  try {
    const stat = statSync(list, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || stat.size > MAX_LIST_BYTES) return null;
    const file = slashed(relative(about, path));
    // Rules ask after each edit; a list is read again when it has changed.
    const { found } = answers.get(`${list}\n${stat.mtimeMs} ${stat.size}\n${file}`, () => ({
      found: ownerFromCodeowners(readFileSync(list, 'utf8'), file),
    }));
    if (found === null) return null;
    return { owners: found.owners, file: slashed(relative(workspace, list)), line: found.line + 1 };
  } catch {
    // A list that cannot be read says nothing about the runbook.
    return null;
  }
}

const answers = boundedCache<{ readonly found: ReturnType<typeof ownerFromCodeowners> }>(1_000, 400_000);

function slashed(path: string): string {
  return path.split(sep).join('/');
}
