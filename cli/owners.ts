/** Who owns a file by CODEOWNERS and OWNERS: the lists are found and read here, core says what they mean. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ownerFromCodeowners } from '../core/runbook/index.ts';
import { slashed, workspaceOf } from './files.ts';

/** Where GitHub and GitLab look, in their order. */
const LISTS = ['.github/CODEOWNERS', '.gitlab/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

export interface Owners {
  readonly owners: readonly string[];
  /** Of the list, relative to the workspace, with `/`. */
  readonly file: string;
  /** 1-based line of the list that decides. */
  readonly line: number;
}

/** The owners of an absolute path: by the workspace's CODEOWNERS, else by the nearest OWNERS file; null where neither says. */
export function ownersOf(path: string): Owners | null {
  const workspace = workspaceOf(dirname(path));
  for (const list of LISTS) {
    const found = read(workspace, join(workspace, list), workspace, path);
    if (found !== null) return found;
  }
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = read(workspace, join(folder, 'OWNERS'), folder, path);
    if (found !== null) return found;
    if (folder === workspace || folder === dirname(folder) || relative(workspace, folder).startsWith('..'))
      return null;
  }
}

function read(workspace: string, list: string, about: string, path: string): Owners | null {
  if (!existsSync(list)) return null;
  try {
    const found = ownerFromCodeowners(readFileSync(list, 'utf8'), relative(about, path).split(sep).join('/'));
    if (found === null) return null;
    return { owners: found.owners, file: slashed(relative(workspace, list)), line: found.line + 1 };
  } catch {
    // A list that cannot be read says nothing about the runbook.
    return null;
  }
}
