/**
 * What is open right now, as files: `.runline/active/` exists only while an incident or a step is open, with one file
 * for each. VS Code activates on that one path (`workspaceContains:.runline/active`), so that a reload resumes.
 */
import { mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorCode } from './errors.ts';

/** The folder inside `.runline`. */
export const ACTIVE_FOLDER = 'active';

/**
 * Notes that something is open.
 *
 * @param dir The `.runline` folder.
 * @param key An incident's id, or a step's run: any text.
 */
export async function markActive(dir: string, key: string): Promise<void> {
  const folder = join(dir, ACTIVE_FOLDER);
  for (let attempt = 1; ; attempt++) {
    await mkdir(folder, { recursive: true });
    try {
      await writeFile(join(folder, fileName(key)), '');
      return;
    } catch (error) {
      // Another process closed its last thing and removed the folder between the two calls.
      if (fileErrorCode(error) !== 'ENOENT' || attempt === 5) throw error;
    }
  }
}

/** Notes that it is closed; the folder goes with the last one. Unknown keys are fine. */
export async function unmarkActive(dir: string, key: string): Promise<void> {
  const folder = join(dir, ACTIVE_FOLDER);
  await rm(join(folder, fileName(key)), { force: true });
  try {
    await rmdir(folder);
  } catch (error) {
    const code = fileErrorCode(error);
    // Not empty (EEXIST on some systems), already gone, or in use on Windows.
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT' && code !== 'EPERM') throw error;
  }
}

/** The keys of what is open, sorted. */
export async function listActive(dir: string): Promise<string[]> {
  try {
    const names = await readdir(join(dir, ACTIVE_FOLDER));
    return names.map(keyOf).sort();
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Keys become file names on any system: what is not a letter, digit, `-` or `_` is written as `%` and hex. */
function fileName(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('')
    .slice(0, 200);
}

function keyOf(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
