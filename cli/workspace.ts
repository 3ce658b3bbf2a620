/** Where a command keeps and finds things: the `.runline` folder of the workspace, and the private state folder. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { redactor, stateFolder } from '../core/execution/index.ts';
import { createIncidents, type Incidents } from '../core/incident/index.ts';
import { parseRunbook, type SeverityScale } from '../core/runbook/index.ts';
import { expandPaths, workspaceOf } from './files.ts';
import type { Io } from './io.ts';

/** The `--dir` option, else the workspace's `.runline`. */
export function runlineFolder(io: Io, dir: string | undefined, start: string = io.cwd): string {
  return dir === undefined ? join(workspaceOf(start), '.runline') : resolve(io.cwd, dir);
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

/** The first severity scale of a file, or null. */
export function scaleOf(path: string): SeverityScale | null {
  return parseRunbook(readFileSync(path, 'utf8'), { path }).severityScales[0] ?? null;
}

/** The first scale that any runbook of the workspace defines, or null. */
export function workspaceScale(io: Io): SeverityScale | null {
  for (const file of expandPaths([workspaceOf(io.cwd)], io.cwd, false)) {
    try {
      const scale = scaleOf(file.path);
      if (scale !== null) return scale;
    } catch {
      // A runbook that cannot be read has no say in the scale; `check` names it.
    }
  }
  return null;
}
