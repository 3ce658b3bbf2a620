/** Signals to a whole process group, and what is left of one. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long each signal is given before the next, in milliseconds. */
export interface Patience {
  readonly interruptMs: number;
  readonly terminateMs: number;
}

export const PATIENCE: Patience = { interruptMs: 2000, terminateMs: 5000 };

/** Whether a process group has members that we may signal. Zombies that nobody waits for do not count on Linux. */
export function groupExists(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Sends a signal to a group, or to the process alone where it leads none. False where neither is there. */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  for (const target of [-group, group]) {
    try {
      process.kill(target, signal);
      return true;
    } catch {
      // Gone, or no group of its own.
    }
  }
  return false;
}

/**
 * Interrupts, then terminates, then kills a group; resolves once it is gone, or shortly after the kill.
 * @param leaderEnded Settles when the step itself has ended: what it leaves behind is then terminated without more patience,
 * since background jobs of a shell ignore interrupts.
 */
export async function stopGroup(
  group: number,
  leaderEnded: Promise<unknown>,
  patience: Patience,
): Promise<void> {
  let ended = false;
  const end = leaderEnded.then(
    () => {
      ended = true;
    },
    () => {
      ended = true;
    },
  );
  signalGroup(group, 'SIGINT');
  await Promise.race([end, gone(group, patience.interruptMs, () => ended)]);
  if (!groupExists(group)) return;
  signalGroup(group, 'SIGTERM');
  // A stopped process takes no signal but this one and the last.
  signalGroup(group, 'SIGCONT');
  await gone(group, patience.terminateMs, () => false);
  if (!groupExists(group)) return;
  signalGroup(group, 'SIGKILL');
  await gone(group, 1000, () => false);
}

/** Waits until a group is gone, the time is up, or `enough` says so. */
async function gone(group: number, milliseconds: number, enough: () => boolean): Promise<void> {
  const until = performance.now() + milliseconds;
  while (performance.now() < until && groupExists(group) && !enough()) await sleep(20);
}

/**
 * Processes outside of the group that carry this run's mark in their environment, as `name (pid)`. Linux only, elsewhere none:
 * other systems show no environments without a program.
 */
export async function survivors(run: string): Promise<string[]> {
  const mark = Buffer.from(`RUNLINE_RUN=${run}\0`);
  const found: string[] = [];
  const entries = await readdir('/proc').catch(() => []);
  for (const pid of entries.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const environment = await readFile(`/proc/${pid}/environ`).catch(() => null);
    if (environment === null || !environment.includes(mark)) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => null);
    if (name !== null) found.push(`${name.trim()} (${pid})`);
  }
  return found;
}
