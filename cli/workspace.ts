/** Where a command keeps and finds things: the `.runline` folder of the workspace, and the private state folder. */
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { redactor, stateFolder } from '../core/execution/index.ts';
import { createIncidents, type Incidents } from '../core/incident/index.ts';
import { parseRunbook, type SeverityScale } from '../core/runbook/index.ts';
import { readText, runbooksIn, workspaceOf } from './files.ts';
import { type Io, UsageError } from './io.ts';

/** The `--dir` option, else the workspace's `.runline`. */
export function runlineFolder(io: Io, dir: string | undefined): string {
  if (dir === '') throw new UsageError('--dir takes a folder; it was given nothing.');
  return dir === undefined ? join(workspaceOf(io.cwd), '.runline') : resolve(io.cwd, dir);
}

/** The incidents of a `.runline` folder, written to by this person through the command line. */
export function incidentsIn(folder: string, io: Io): Incidents {
  return createIncidents(folder, {
    source: 'runline://cli',
    actor: { name: personOf(io) },
    redact: redactor([]).redact,
  });
}

export function privateState(io: Io): string {
  return stateFolder(io.env);
}

/** A short name for the log; never an address. */
function personOf(io: Io): string {
  try {
    return userInfo().username;
  } catch {
    return io.env.USER ?? 'unknown';
  }
}

/** A severity scale, and the file that defines it as messages name it. */
export interface ScaleSource {
  readonly scale: SeverityScale;
  readonly file: string;
}

/** The first severity scale of a file, or null. A file that cannot be read is a usage error. */
export function scaleOf(path: string, file: string): ScaleSource | null {
  const scale = parseRunbook(readText(path, file), { path }).severityScales[0];
  return scale === undefined ? null : { scale, file };
}

/** The first scale that a runbook of the workspace defines, or null. Nothing after it is read. */
export function workspaceScale(io: Io): ScaleSource | null {
  const folder = workspaceOf(io.cwd);
  for (const file of runbooksIn(folder, io.cwd)) {
    try {
      const found = scaleOf(join(folder, file), file);
      if (found !== null) return found;
    } catch {
      // A runbook that cannot be read has no say in the scale; `check` names it.
    }
  }
  return null;
}
