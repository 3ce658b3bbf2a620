/** `.runline.yaml` on the disk: those from the workspace folder down to a runbook's own folder, nearer ones over farther. */
import { type BigIntStats, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import {
  CONFIG_NAME,
  type ProjectConfig,
  readConfig,
  rulesById,
  type Severities,
} from '../core/rules/index.ts';

/** What the files together say about one runbook. */
export interface FolderConfig {
  readonly rules: Severities;
  /** Globs of the nearest file that has any, relative to the workspace folder; null where none has. */
  readonly runbooks: readonly string[] | null;
  /** The files, farthest first, with what is wrong in each. */
  readonly files: readonly { readonly path: string; readonly problems: ProjectConfig['problems'] }[];
}

export const NO_CONFIG: FolderConfig = { rules: {}, runbooks: null, files: [] };

/** No more is read of a file than tells that it is too long. In bytes. */
const MAX_BYTES = 1024 * 1024;

/** Whether a path or URI is that of a `.runline.yaml`. */
export const isConfigFile = (path: string): boolean => basename(path) === CONFIG_NAME;

/** Reads `.runline.yaml` files; each is parsed once for as long as it stays the same on the disk. */
export class ConfigReader {
  readonly #known = new Map<string, { readonly stamp: string; readonly config: ProjectConfig }>();

  /** What holds for a file at `path`, from `root` down to its folder; both absolute. Nothing where it lies outside. */
  for(path: string, root: string): FolderConfig {
    const inside = relative(root, dirname(path));
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return NO_CONFIG;
    let merged = NO_CONFIG;
    let folder = root;
    for (const name of ['', ...inside.split(sep).filter((part) => part !== '')]) {
      folder = join(folder, name);
      const file = join(folder, CONFIG_NAME);
      const config = this.#read(file);
      if (config === null) continue;
      const base = relative(root, folder).split(sep).join('/');
      merged = {
        rules: { ...merged.rules, ...config.rules },
        runbooks: config.runbooks?.map((glob) => below(base, glob)) ?? merged.runbooks,
        files: [...merged.files, { path: file, problems: config.problems }],
      };
    }
    return merged;
  }

  #read(path: string): ProjectConfig | null {
    const stat = statOf(path);
    // Only a plain file: to open a pipe would wait for ever.
    if (stat?.isFile() !== true) return null;
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known.config;
    const config = read(path, stat.size);
    this.#known.set(path, { stamp, config });
    return config;
  }
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true });
  } catch {
    // A folder that may not be looked into has none for us.
    return undefined;
  }
}

function read(path: string, size: bigint): ProjectConfig {
  try {
    if (size > MAX_BYTES) throw new Error('it is too long');
    return readConfig(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), rulesById.keys());
  } catch (error) {
    const start = { offset: 0, line: 0, character: 0 };
    const message = `This file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { rules: {}, runbooks: null, problems: [{ range: { start, end: start }, message }] };
  }
}

/** A glob of a folder as one of the workspace folder. */
function below(base: string, glob: string): string {
  if (base === '') return glob;
  const [, not = '', rest = ''] = /^(!?)(?:\.?\/)*(.*)$/s.exec(glob) ?? [];
  return `${not}${base.replace(/[\\*?[\]{}()!+@]/g, '\\$&')}/${rest}`;
}
