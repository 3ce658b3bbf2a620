/** Finding runbooks on the disk, and the workspace that a command works in. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { declaresRunbook, isRunbookPath, parseRunbook } from '../core/runbook/index.ts';
import { ConfigReader } from '../server/projectConfig.ts';
import { UsageError } from './io.ts';

/** A file to read: where it is, and how it is called in results (as given, with `/`). */
export interface InputFile {
  readonly path: string;
  readonly name: string;
}

/** The nearest folder upward with `.runline` or `.git`, else `fallback`. */
export function workspaceOf(folder: string, fallback: string = folder): string {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, '.runline')) || existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return resolve(fallback);
  }
}

/** Reads a text file as an editor does, without a byte order mark; what is wrong with it is a usage error that names it. */
export function readText(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${reason(error)}`);
  }
}

/**
 * The files that a list of paths means. A file named is always taken; a folder means the runbooks below it, or with `all`
 * every Markdown file. `.git`, `node_modules` and git-ignored paths are left out. `configs` is null where no `.runline.yaml`
 * has a say.
 */
export function expandPaths(
  paths: readonly string[],
  cwd: string,
  all: boolean,
  configs: ConfigReader | null = new ConfigReader(),
): InputFile[] {
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
    for (const found of all ? markdownIn(path) : runbooksIn(path, cwd, configs)) {
      const full = join(path, found);
      if (!files.has(full)) files.set(full, { path: full, name: prefix + found });
    }
  }
  return [...files.values()];
}

function* markdownIn(folder: string): Generator<string> {
  for (const found of walk(folder)) if (/\.(md|markdown)$/i.test(found)) yield found;
}

/**
 * The runbooks below a folder, relative to it and with `/`, found as they are asked for. Their paths are judged from the
 * workspace; where a folder outside the current one has none, its own name counts as well (`elsewhere/runbooks`). The globs are
 * those of `.runline.yaml`, where it has any and `configs` is not null, else the default ones.
 */
export function* runbooksIn(
  folder: string,
  cwd: string,
  configs: ConfigReader | null = new ConfigReader(),
): Generator<string> {
  const root = workspaceOf(folder, isInside(cwd, folder) ? cwd : dirname(folder));
  let globs: readonly string[] | undefined;
  let globsOf = '';
  for (const found of walk(folder)) {
    const path = join(folder, found);
    if (dirname(path) !== globsOf) {
      globsOf = dirname(path);
      globs = configs?.for(path, root).runbooks ?? undefined;
    }
    if (isRunbookPath(slashed(relative(root, path)), globs) || saysSo(path)) yield found;
  }
}

/** How much of a file is read to see whether it calls itself a runbook. */
const HEAD_BYTES = 8192;

function saysSo(path: string): boolean {
  if (!/\.(md|markdown|ya?ml)$/i.test(path)) return false;
  try {
    if (!/^(?:\ufeff)?runbook\s*:/m.test(headOf(path))) return false;
    return declaresRunbook(parseRunbook(readText(path, path), { path }));
  } catch {
    return false;
  }
}

function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** Whether a path is a folder or lies in it. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
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

/** A repository's `.git/info/exclude` counts less than its `.gitignore`, as in git. */
function addIgnores(list: { base: string; rules: Ignore }[], folder: string): void {
  for (const name of ['.git/info/exclude', '.gitignore']) {
    try {
      list.push({ base: folder, rules: ignore().add(readFileSync(join(folder, name), 'utf8')) });
    } catch {
      // None here, or none that can be read: git goes on without it too.
    }
  }
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
  if (code === 'ENOTDIR') return 'it is no folder.';
  if (code === 'EROFS') return 'the file system is read-only.';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full.';
  return `${error instanceof Error ? error.message : String(error)}.`;
}
