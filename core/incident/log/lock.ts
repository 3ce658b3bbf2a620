/**
 * A lock between the processes of one machine: a folder, claimed by `mkdir`, with a file that says whose it is.
 * That file's modification time is a heartbeat. A lock is given up for dead when its process is gone, or when its heartbeat
 * stopped `STALE_MS` ago (a machine that was suspended, a process on another machine).
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileErrorCode, IncidentError } from '../errors.ts';

/** A heartbeat older than this belongs to nobody. */
export const STALE_MS = 10_000;
/** A lock without an owner is one that a crash met between two calls; its owner cannot take longer than this. */
const OWNERLESS_MS = 1_000;
const HEARTBEAT_MS = 2_000;
/** Longer than a stale lock lives, so that one is always outlived. */
const PATIENCE_MS = 15_000;

/** A lock that is held. */
export interface Lease {
  /** Whether someone else asked for it since it was taken. */
  wanted(): Promise<boolean>;
  /** Gives it back, unless it was taken away while this process was suspended. */
  release(): Promise<void>;
}

/**
 * Takes the lock, waiting for it if need be.
 *
 * @param folder Path of the lock; its parent must exist.
 * @throws IncidentError `log-busy` after 15 s; file errors as they come.
 */
export async function takeLock(folder: string): Promise<Lease> {
  const token = `${machine()} ${process.pid} ${randomBytes(8).toString('hex')}`;
  const deadline = performance.now() + PATIENCE_MS;
  for (let wait = 1; ; wait = Math.min(wait * 2, 16)) {
    if (await claim(folder, token)) {
      // Others who still wait ask again at their next look.
      await rm(wantedFile(folder), { force: true });
      return lease(folder, token);
    }
    await writeFile(wantedFile(folder), '').catch(() => {});
    await buryIfDead(folder);
    if (performance.now() > deadline) {
      throw new IncidentError(
        'log-busy',
        `Another process keeps ${folder} locked. Close it, or remove that folder if no Runline is running, and try again.`,
      );
    }
    await sleep(wait + Math.random() * wait);
  }
}

async function claim(folder: string, token: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    // Windows answers EPERM while a folder of that name is being deleted.
    if (
      fileErrorCode(error) === 'EEXIST' ||
      (process.platform === 'win32' && fileErrorCode(error) === 'EPERM')
    )
      return false;
    throw error;
  }
  try {
    await writeFile(join(folder, 'owner'), token, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = fileErrorCode(error);
    // Someone took the folder for dead between the two calls; try again.
    if (code === 'ENOENT' || code === 'EEXIST') return false;
    await rmdir(folder).catch(() => {});
    throw error;
  }
}

function lease(folder: string, token: string): Lease {
  const owner = join(folder, 'owner');
  const isOurs = async () => (await readFile(owner, 'utf8').catch(() => null)) === token;
  const beat = setInterval(async () => {
    const now = new Date();
    if (await isOurs()) await utimes(owner, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    wanted: async () => (await ageOf(wantedFile(folder))) !== null,
    async release() {
      clearInterval(beat);
      if (await isOurs()) await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 1 });
    },
  };
}

/**
 * Removes the lock if its owner is gone. Only one process may do that at a time (a second lock, beside), because a
 * lock that was judged dead may be a living one by the time it is removed.
 */
async function buryIfDead(folder: string): Promise<void> {
  if (!(await isDead(folder))) return;
  const spade = `${folder}.stale`;
  try {
    await mkdir(spade);
  } catch (error) {
    if (fileErrorCode(error) !== 'EEXIST') throw error;
    const age = await ageOf(spade);
    if (age !== null && age > STALE_MS) await rmdir(spade).catch(() => {});
    return;
  }
  try {
    if (await isDead(folder)) {
      const grave = `${folder}.${randomBytes(6).toString('hex')}`;
      await rename(folder, grave);
      await rm(grave, { recursive: true, force: true });
    }
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
  } finally {
    await rmdir(spade).catch(() => {});
  }
}

async function isDead(folder: string): Promise<boolean> {
  const file = join(folder, 'owner');
  const beat = await ageOf(file);
  if (beat === null) return ((await ageOf(folder)) ?? 0) > OWNERLESS_MS;
  if (beat > STALE_MS) return true;
  const owner = await readFile(file, 'utf8').catch(() => '');
  const [where, pid] = owner.split(' ');
  if (where !== machine() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return fileErrorCode(error) === 'ESRCH';
  }
}

/** Beside the lock, because a change inside it would pass for a sign of life. */
function wantedFile(folder: string): string {
  return `${folder}.wanted`;
}

async function ageOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  // A clock set back makes an age negative; that is not old.
  return found === null ? null : Date.now() - found.mtimeMs;
}

let machineName: string | null = null;

/**
 * Where a process id means something: this boot of this machine, in this process namespace. Two containers can
 * share a host name and still not see each other's processes.
 */
function machine(): string {
  if (machineName === null) {
    let name = hostname();
    if (process.platform === 'linux') {
      try {
        const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
        name = `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
      } catch {
        // Without /proc the host name has to do.
      }
    }
    machineName = name.replaceAll(' ', '_');
  }
  return machineName;
}
