/** What rules may ask of other files, answered from the disk and never from outside the workspace folder. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { WorkspaceFiles } from '../core/rules/index.ts';
import { anchorsOf, parseRunbook } from '../core/runbook/index.ts';
import { lazy } from '../core/runbook/lazy.ts';
import { AlertRuleReader } from './alertRules.ts';
import { indexesOf } from './folderIndexes.ts';
import { ownersOf } from './owners.ts';
import { onPath } from './searchPath.ts';

/** A linked file larger than this is not read for its anchors. */
const MAX_LINKED_BYTES = 4 * 1024 * 1024;

export interface WorkspaceFilesOptions {
  /** The search path of programs (`PATH`); without one, nobody may know what this machine has. */
  readonly searchPath?: string | undefined;
  /** Shared by the runbooks of a root, so that rule files are read once. */
  readonly alertRules?: AlertRuleReader;
}

/**
 * Files around a runbook at `path` (absolute), no farther than `root`. A link that leaves the root is not answered (undefined).
 * A target that begins with `/` is looked up from the root, as repository hosts do. Owners, indexes and programs are looked up
 * once for each object that this returns; whether a file exists, each time.
 */
export function workspaceFiles(
  path: string,
  root: string,
  { searchPath, alertRules = new AlertRuleReader(root) }: WorkspaceFilesOptions = {},
): WorkspaceFiles {
  const locate = (target: string): string | undefined => {
    const full = target.startsWith('/') ? resolve(root, `.${target}`) : resolve(dirname(path), target);
    const inside = relative(root, full);
    return inside.startsWith('..') || isAbsolute(inside) ? undefined : full;
  };
  const owners = lazy(() => ownersOf(path, root)?.owners ?? []);
  const programs = new Map<string, boolean>();
  return {
    own: {
      name: basename(path),
      path: relative(root, path).split(sep).join('/'),
      owners,
    },
    exists(target) {
      const full = locate(target);
      return full === undefined ? undefined : existsSync(full);
    },
    anchors(target) {
      const full = locate(target);
      if (full === undefined || !/\.(md|markdown)$/i.test(full)) return undefined;
      try {
        if (statSync(full).size > MAX_LINKED_BYTES) return undefined;
        return anchorsOf(parseRunbook(readFileSync(full, 'utf8'), { path: full }));
      } catch {
        return undefined;
      }
    },
    onPath(program) {
      if (searchPath === undefined) return undefined;
      let found = programs.get(program);
      if (found === undefined) {
        found = onPath(program, searchPath);
        programs.set(program, found);
      }
      return found;
    },
    alertRules: () => alertRules.read(),
    indexes: lazy(() => indexesOf(path, root)),
  };
}
