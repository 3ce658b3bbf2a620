/** Where private things live: sessions, raw output, private logs. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * The folder of the machine for Runline's private files; it is not created here.
 * `$XDG_STATE_HOME/runline` where that is set and absolute (XDG Base Directory Specification 0.8), else
 * `~/.local/state/runline`, on macOS `~/Library/Application Support/runline`, on Windows `%LOCALAPPDATA%\runline`.
 */
export function stateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') {
    const local = env.LOCALAPPDATA ?? win32.join(env.USERPROFILE ?? homedir(), 'AppData', 'Local');
    return win32.join(local, 'runline');
  }
  const given = env.XDG_STATE_HOME;
  if (given !== undefined && posix.isAbsolute(given)) return posix.join(given, 'runline');
  const home = env.HOME !== undefined && posix.isAbsolute(env.HOME) ? env.HOME : homedir();
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support', 'runline')
    : posix.join(home, '.local', 'state', 'runline');
}

/** The session of a runbook (absolute path) within an incident, or outside of any: 32 hex digits, fit for a file name. */
export function sessionId(runbookPath: string, incident: string | null): string {
  return createHash('sha256')
    .update(JSON.stringify(['runline session', runbookPath, incident]))
    .digest('hex')
    .slice(0, 32);
}

/** Makes a folder that only its owner can read, and those above it that are missing. */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/** Writes a file that only its owner can read. */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}

/** The same, so that a reader sees the old content or the new and nothing between. */
export async function replacePrivate(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writePrivate(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
