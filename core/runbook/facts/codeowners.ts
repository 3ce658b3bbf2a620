/** Who owns a file by the lists that repositories keep: GitHub's and GitLab's CODEOWNERS, Kubernetes' and Chromium's OWNERS. */
import picomatch from 'picomatch';
import { parse } from 'yaml';

/** The owners of one file. */
export interface CodeOwners {
  /** As written: `@org/team`, `@user`, `a@example.org`. */
  readonly owners: readonly string[];
  /** The line that decides, 0-based. */
  readonly line: number;
}

const OWNER = /^(?:@[\w.-]+(?:\/[\w./-]+)?|@@[\w-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/;
const MAX_LENGTH = 2_000_000;

/**
 * Who owns `path`, relative to the folder that the list is about (the repository's root for CODEOWNERS, the folder of an
 * OWNERS file). Null where the list says nothing about it, and where the deciding line names nobody. Never throws.
 */
export function ownerFromCodeowners(text: string, path: string): CodeOwners | null {
  if (text.length > MAX_LENGTH) return null;
  const file = path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  return isOwnersFile(text) ? fromOwners(text, file) : fromCodeowners(text, file);
}

/** OWNERS files have keys, or one address a line; CODEOWNERS begin each line with a pattern. */
function isOwnersFile(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => /^[^#\s]/.test(line));
  return (
    lines.some((line) => /^(?:approvers|reviewers|filters|options)\s*:/.test(line)) ||
    (lines.length > 0 &&
      lines.every((line) =>
        /^(?:per-file\s|set noparent\b|file:|include\s|\*\s*(?:#.*)?$|[\w.+-]+@[\w.-]+\s*(?:#.*)?$)/.test(
          line,
        ),
      ))
  );
}

/**
 * The last matching line decides. GitLab's sections (`[Docs] @team`) each decide for themselves; the last one with an answer
 * is taken, and a line without owners has those of its section.
 */
function fromCodeowners(text: string, file: string): CodeOwners | null {
  let decided: CodeOwners | null = null;
  let defaults: readonly string[] = [];
  for (const [line, written] of text.split(/\r\n?|\n/).entries()) {
    const content = written.trim();
    if (content === '' || content.startsWith('#')) continue;
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(?=\s|$)(.*)$/.exec(content);
    if (section !== null) {
      defaults = ownersIn(section[1] ?? '');
      continue;
    }
    const [pattern, rest] = cut(content);
    if (!matches(pattern, file)) continue;
    const own = ownersIn(rest);
    decided = { owners: own.length > 0 ? own : defaults, line };
  }
  return decided === null || decided.owners.length === 0 ? null : decided;
}

/** The pattern, in which `\ ` is a blank, and what comes after it. */
function cut(line: string): [string, string] {
  let end = 0;
  while (end < line.length && !/\s/.test(line[end] ?? '')) end += line[end] === '\\' ? 2 : 1;
  return [line.slice(0, end).replace(/\\([ #])/g, '$1'), line.slice(end)];
}

function ownersIn(text: string): string[] {
  return (text.split(/(?:^|\s)#/, 1)[0] ?? '').split(/\s+/).filter((word) => OWNER.test(word));
}

/** As in .gitignore: `/docs/` from the root, `docs/` anywhere, `*.md` in any folder, `docs/*` not in folders below. */
function matches(pattern: string, file: string): boolean {
  if (pattern === '*' || pattern === '/**' || pattern === '**') return true;
  // Negation and ranges are no part of the format.
  if (pattern.startsWith('!') || pattern.length > 1_000) return false;
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '');
  const rooted = pattern.startsWith('/') || bare.includes('/');
  const glob = `${rooted ? '' : '**/'}${bare}`;
  // A pattern that ends in `/*` is about the folder's own files; any other name may be a folder.
  const globs = pattern.endsWith('/') ? [`${glob}/**`] : bare.endsWith('/*') ? [glob] : [glob, `${glob}/**`];
  try {
    return picomatch(globs, { dot: true, nobrace: true, noextglob: true, nonegate: true })(file);
  } catch {
    return false;
  }
}

function fromOwners(text: string, file: string): CodeOwners | null {
  return /^(?:approvers|reviewers|filters|options)\s*:/m.test(text)
    ? fromYaml(text, file)
    : fromLines(text, file);
}

/** Kubernetes: approvers own; `filters` are expressions over paths, of which the last that fits decides. */
function fromYaml(text: string, file: string): CodeOwners | null {
  let data: unknown;
  try {
    data = parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
  const filters = field(data, 'filters');
  let found: unknown = data;
  if (typeof filters === 'object' && filters !== null) {
    for (const [expression, value] of Object.entries(filters)) if (fits(expression, file)) found = value;
  }
  for (const key of ['approvers', 'reviewers']) {
    const names = field(found, key);
    const owners = Array.isArray(names)
      ? names.filter((name) => typeof name === 'string' && name !== '')
      : [];
    if (owners.length === 0) continue;
    const line = text.split(/\r\n?|\n/).findIndex((written) => written.trim().startsWith(`${key}:`));
    return { owners, line: Math.max(0, line) };
  }
  return null;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** Only the expressions that a glance can run in bounded time: an extension, everything. */
function fits(expression: string, file: string): boolean {
  if (/^\^?\.\*\$?$/.test(expression)) return true;
  const extension = /^(?:\^?\.\*)?\\\.(\w{1,10})\$$/.exec(expression)?.[1];
  return extension !== undefined && file.endsWith(`.${extension}`);
}

/** Chromium: an address a line; `per-file *.md=a@example.org` for some files. */
function fromLines(text: string, file: string): CodeOwners | null {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const all: string[] = [];
  let first = -1;
  for (const [line, written] of text.split(/\r\n?|\n/).entries()) {
    const content = (written.split('#', 1)[0] ?? '').trim();
    const special = /^per-file\s+([^=]{1,500})=(.*)$/.exec(content);
    if (special?.[1] !== undefined) {
      const owners = ownersIn((special[2] ?? '').replaceAll(',', ' '));
      const fitting = special[1].split(',').some((pattern) => matches(pattern.trim(), name));
      if (fitting && owners.length > 0) return { owners, line };
    } else if (OWNER.test(content)) {
      if (all.length === 0) first = line;
      all.push(content);
    }
  }
  return all.length === 0 ? null : { owners: all, line: first };
}
