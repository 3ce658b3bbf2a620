/** Puts a draft on disk without ever touching what someone wrote. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileErrorCode } from '../errors.ts';

export interface WrittenPostmortem {
  /** Where the draft is. */
  readonly path: string;
  /** False where that very text was there already. */
  readonly written: boolean;
  /** True where an earlier draft was edited: it was left as it is, and this one stands beside it. */
  readonly besideEdited: boolean;
}

/** Hashes of what was generated, by path from the folder: a file with another hash was edited. */
type Generated = Record<string, string>;

/**
 * Writes a draft. The file is replaced only where it is, byte for byte, what was generated before; otherwise the
 * draft goes to `<name>.new.md`, or `<name>.new-2.md` and so on where those were edited too.
 *
 * @param folder The incident's folder; it also keeps `postmortem.generated.json`.
 * @param target The file; default `postmortem.md` in the folder.
 */
export async function writePostmortem(
  folder: string,
  content: string,
  target: string = join(folder, 'postmortem.md'),
): Promise<WrittenPostmortem> {
  const wanted = resolve(target);
  const record = join(folder, 'postmortem.generated.json');
  const generated = await readGenerated(record);
  await mkdir(dirname(wanted), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    const path = attempt === 0 ? wanted : beside(wanted, attempt);
    const key = relative(folder, path).replaceAll('\\', '/');
    const there = await readFile(path, 'utf8').catch((error: unknown) => {
      if (fileErrorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (there === content) return { path, written: false, besideEdited: attempt > 0 };
    if (there !== null && generated[key] !== hash(there)) continue;
    // The record first: a crash in between leaves a file that counts as edited, never one that is lost.
    await replace(record, `${JSON.stringify({ ...generated, [key]: hash(content) }, null, 2)}\n`).catch(
      (error: unknown) => {
        // An incident that cannot be written to can still be drafted elsewhere; the next draft then goes beside this one.
        if (!key.startsWith('../') || fileErrorCode(error) === null) throw error;
      },
    );
    await replace(path, content);
    return { path, written: true, besideEdited: attempt > 0 };
  }
}

function beside(path: string, attempt: number): string {
  const stem = path.replace(/\.(md|markdown)$/i, '');
  return `${stem}.new${attempt === 1 ? '' : `-${attempt}`}.md`;
}

/** Writes a file whole or not at all. */
async function replace(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    await writeFile(part, text, { flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function readGenerated(path: string): Promise<Generated> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
  } catch {
    // Unreadable: then every file counts as edited, which loses nothing.
    return {};
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
