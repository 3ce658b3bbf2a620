/** Whether a run that somebody else may have started goes on: another window, the command line, or this one before a reload. */
import { readFile } from 'node:fs/promises';
import { readExit, readProcess, runFolder } from './runFolder.ts';

/** False for a run that has ended, that was lost, or that this machine does not know. */
export async function isRunning(stateFolder: string, run: string): Promise<boolean> {
  if (!/^[0-9A-Z]{26}$/.test(run)) return false;
  const folder = runFolder(stateFolder, run);
  if ((await readExit(folder)) !== null) return false;
  const keeper = await readProcess(folder);
  if (keeper === null) return false;
  try {
    process.kill(keeper.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (keeper.startTicks === null) return true;
  // The id may have gone to another process since.
  const stat = await readFile(`/proc/${keeper.pid}/stat`, 'latin1').catch(() => null);
  if (stat === null) return false;
  return (
    stat
      .slice(stat.lastIndexOf(')') + 1)
      .trim()
      .split(' ')[19] === keeper.startTicks
  );
}
