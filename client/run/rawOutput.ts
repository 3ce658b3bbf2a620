/** Where the raw output of a run is, on the machine that ran it. */
import { existsSync } from 'node:fs';
import { runFolder, stateFolder } from '../../core/execution/index.ts';

/** The output file of a run, or null where this machine has none. The run's id comes from a log, so it may be anything. */
export function rawOutputFile(run: string): string | null {
  try {
    const { output } = runFolder(stateFolder(process.env), run);
    return existsSync(output) ? output : null;
  } catch {
    return null;
  }
}
