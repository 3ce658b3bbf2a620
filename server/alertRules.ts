/** The alert rules of a workspace: Prometheus rule files, and `PrometheusRule` objects of its operator. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { AlertRule } from '../core/rules/index.ts';
import { boundedCache } from '../core/runbook/lazy.ts';

/** A workspace with more is not known as a whole, and then nothing is said about it. */
const MAX_ENTRIES = 20_000;
const MAX_FILES = 2000;
const MAX_FILE_BYTES = 1024 * 1024;

const PASSED_OVER = new Set(
  '.git .hg .runline .terraform .venv bower_components build dist node_modules out target vendor venv'.split(
    ' ',
  ),
);

/** Reads the rules of a folder and all below it, once; links to elsewhere are not followed. */
export class AlertRuleReader {
  readonly #root: string;
  #rules: Promise<readonly AlertRule[] | undefined> | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** Undefined where there is too much to read, or a file of rules that cannot be read. Never rejects. */
  read(): Promise<readonly AlertRule[] | undefined> {
    this.#rules ??= readAll(this.#root).catch(() => undefined);
    return this.#rules;
  }
}

/** A reader for each root: the runbooks below it share what was read. */
export class AlertRuleReaders {
  readonly #readers = new Map<string, AlertRuleReader>();

  of(root: string): AlertRuleReader {
    const known = this.#readers.get(root) ?? new AlertRuleReader(root);
    this.#readers.set(root, known);
    return known;
  }

  /** Files have changed: all is read again when it is asked for. */
  forget(): void {
    this.#readers.clear();
  }
}

async function readAll(root: string): Promise<AlertRule[] | undefined> {
  const files = await yamlFiles(root);
  if (files === undefined) return undefined;
  const rules: AlertRule[] = [];
  for (const file of files) {
    const { size, mtimeMs } = await lstat(file);
    if (size > MAX_FILE_BYTES) continue;
    const name = relative(root, file).split(sep).join('/');
    const found = await known.get(`${mtimeMs} ${size} ${name} ${root}`, () => readRules(file, name));
    // Helm's templates and the like: which alerts they make, nobody knows here.
    if (found === undefined) return undefined;
    rules.push(...found);
  }
  return rules;
}

/** By time of change: what was not written since is not read again. */
const known = boundedCache<Promise<readonly AlertRule[] | undefined>>(2 * MAX_FILES, 1_000_000);

async function readRules(file: string, name: string): Promise<readonly AlertRule[] | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    return /\balert["']?\s*:/.test(text) ? rulesIn(text, name) : [];
  } catch {
    return undefined;
  }
}

/** Undefined where there are too many. */
async function yamlFiles(root: string): Promise<string[] | undefined> {
  const files: string[] = [];
  const folders = [root];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    seen += entries.length;
    if (seen > MAX_ENTRIES) return undefined;
    for (const entry of entries) {
      if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) folders.push(join(folder, entry.name));
      else if (entry.isFile() && /\.ya?ml$/i.test(entry.name)) files.push(join(folder, entry.name));
    }
  }
  return files.length > MAX_FILES ? undefined : files.sort();
}

/** The alerts of one file; undefined where it is no plain YAML. */
export function rulesIn(text: string, file: string): AlertRule[] | undefined {
  const rules: AlertRule[] = [];
  const documents = parseAllDocuments(text, { logLevel: 'silent', strict: false });
  if (!Array.isArray(documents)) return rules;
  for (const document of documents) {
    if (document.errors.length > 0) return undefined;
    const { groups, spec } = record(document.toJS({ maxAliasCount: 100 }));
    const { groups: ofObject } = record(spec);
    for (const group of list(groups ?? ofObject)) {
      const { rules: entries } = record(group);
      for (const entry of list(entries)) {
        const { alert, annotations } = record(entry);
        if (typeof alert !== 'string') continue;
        const { runbook_url: address, runbook } = record(annotations);
        const url = address ?? runbook;
        const plain = typeof url === 'string' && !/\{\{|\$\{/.test(url) ? url.trim() : null;
        rules.push({ name: alert, file, runbookUrl: plain });
      }
    }
  }
  return rules;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
