/** Where an incident lives: `.runline/incidents/INC-YYYY-MM-DD-NNN/`. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileErrorCode, IncidentError } from './errors.ts';
import { oneLine } from './log/clean.ts';
import { syncFolder } from './log/log.ts';

const ID = /^INC-\d{4}-\d\d-\d\d-\d{3,6}$/;

/** What in `.runline` is of this machine alone. */
const IGNORED = `# Written by Runline. What is listed here belongs to this machine; the rest may be shared.
/active/
*.lock/
*.lock.*
*.torn-*
*.part
`;

/** Logs are compared byte by byte, so git must leave their line ends alone. */
const ATTRIBUTES = '# Written by Runline.\n*.jsonl -text\n';

/**
 * An id as a person typed it, in its proper form.
 *
 * @throws IncidentError `bad-id`: it could name a path that is none of ours.
 */
export function checkId(id: string): string {
  const upper = id.trim().toUpperCase();
  if (ID.test(upper)) return upper;
  throw new IncidentError(
    'bad-id',
    `"${oneLine(id, 60)}" is not an incident. An id looks like INC-2026-01-31-001; \`runline incident list\` shows them.`,
  );
}

/** Ids of the incident folders, in order. */
export async function listIds(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(join(dir, 'incidents'), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && ID.test(entry.name))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Claims the next free number of a day by making its folder: two processes never get the same.
 *
 * @param day The UTC date, `YYYY-MM-DD`.
 */
export async function claimId(dir: string, day: string): Promise<string> {
  await prepareFolder(dir);
  const prefix = `INC-${day}-`;
  const taken = (await listIds(dir))
    .filter((id) => id.startsWith(prefix))
    .map((id) => Number(id.slice(prefix.length)));
  for (let number = Math.max(0, ...taken) + 1; ; number++) {
    const id = `${prefix}${String(number).padStart(3, '0')}`;
    try {
      await mkdir(join(dir, 'incidents', id));
    } catch (error) {
      if (fileErrorCode(error) === 'EEXIST') continue;
      throw error;
    }
    await syncFolder(join(dir, 'incidents'));
    return id;
  }
}

/** Makes the `.runline` folder, with the files that keep what is private to this machine out of git. */
export async function prepareFolder(dir: string): Promise<void> {
  await mkdir(join(dir, 'incidents'), { recursive: true });
  await writeNew(join(dir, '.gitignore'), IGNORED);
  await writeNew(join(dir, '.gitattributes'), ATTRIBUTES);
}

/** Writes a file unless there is one: someone may have changed it. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (fileErrorCode(error) !== 'EEXIST') throw error;
  }
}
