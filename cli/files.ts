/** Finding runbooks on the disk, and the workspace that a command works in. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { declaresRunbook, isRunbookPath, parseRunbook } from '../core/runbook/index.ts';
import { UsageError } from './io.ts';

/** A file to read: where it is, and how it is called in results (as given, with `/`). */
export interface InputFile {
  readonly path: string;
  readonly name: string;
}

/** The nearest folder upward with `.runline` or `.git`, else the folder itself. */
export function workspaceOf(folder: string): string {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, '.runline')) || existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return resolve(folder);
  }
}

/** Reads a text file; what is wrong with it is a usage error that names it. */
export function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${reason(error)}`);
  }
}

/**
 * The files that a list of paths means. A file named is always taken; a folder means the runbooks below it, or with `all`
 * every Markdown file. `.git`, `node_modules` and git-ignored paths are left out.
 */
export function expandPaths(paths: readonly string[], cwd: string, all: boolean): InputFile[] {
  const files = new Map<string, InputFile>();
  for (const given of paths.length > 0 ? paths : ['.']) {
    const path = resolve(cwd, given);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new UsageError(`${given} does not exist.`);
    if (!stat.isDirectory()) {
      files.set(path, { path, name: slashed(given) });
      continue;
    }
    const prefix = given === '.' ? '' : `${slashed(given).replace(/\/+$/, '')}/`;
    for (const found of walk(path)) {
      if (all ? /\.(md|markdown)$/i.test(found) : isRunbook(path, found))
        files.set(join(path, found), { path: join(path, found), name: prefix + found });
    }
  }
  return [...files.values()];
}

/** Whether a file below a folder is a runbook: by its path in the workspace, or because it says so itself. */
function isRunbook(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (isRunbookPath(slashed(relative(workspaceOf(folder), path)))) return true;
  if (!/\.(md|markdown|ya?ml)$/i.test(name)) return false;
  try {
    const text = readFileSync(path, 'utf8');
    return /^runbook\s*:/m.test(text.slice(0, 8192)) && declaresRunbook(parseRunbook(text, { path }));
  } catch {
    return false;
  }
}

/** Files below a folder, sorted, relative to it and with `/`. */
function* walk(root: string): Generator<string> {
  const repository = repositoryOf(root);
  const ignores: { base: string; rules: Ignore }[] = [];
  // Ignore files above the folder count as well, up to the repository's root.
  if (repository !== null) {
    const above: string[] = [];
    for (
      let current = dirname(root);
      current.startsWith(repository) && root !== repository;
      current = dirname(current)
    ) {
      above.unshift(current);
      if (current === repository) break;
    }
    for (const folder of above) addIgnores(ignores, folder);
  }
  yield* walkFolder(root, '', ignores);
}

function* walkFolder(
  root: string,
  inside: string,
  ignores: readonly { base: string; rules: Ignore }[],
): Generator<string> {
  const folder = join(root, inside);
  const here = [...ignores];
  addIgnores(here, folder);
  let entries: import('node:fs').Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name === '.git' || entry.name === 'node_modules' || ignored(here, `${path}${sep}`)) continue;
      yield* walkFolder(root, name, here);
    } else if (!ignored(here, path) && (entry.isFile() || (entry.isSymbolicLink() && isFile(path)))) {
      yield name;
    }
  }
}

function addIgnores(list: { base: string; rules: Ignore }[], folder: string): void {
  const file = join(folder, '.gitignore');
  if (existsSync(file)) list.push({ base: folder, rules: ignore().add(readFileSync(file, 'utf8')) });
}

/** The nearest ignore file that has a say decides, as git does. */
function ignored(list: readonly { base: string; rules: Ignore }[], path: string): boolean {
  for (const { base, rules } of list.toReversed()) {
    const verdict = rules.test(slashed(relative(base, path)) + (path.endsWith(sep) ? '/' : ''));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}

function repositoryOf(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return null;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function slashed(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** Why a file operation failed, in words. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it does not exist.';
  if (code === 'EACCES' || code === 'EPERM') return 'permission was denied.';
  if (code === 'EISDIR') return 'it is a folder.';
  return error instanceof Error ? error.message : String(error);
}

/** A name for messages where only a path is at hand. */
export const shortName = (path: string): string => basename(path);
