/** `runline postmortem`: the draft, written from what the log holds. */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { draftPostmortem, readEvents, writePostmortem } from '../../core/incident/index.ts';
import { parseRunbook, type Template } from '../../core/runbook/index.ts';
import { readText, workspaceOf } from '../files.ts';
import { type Command, type Io, oneOf, UsageError, visible } from '../io.ts';
import { incidentsIn, runlineFolder } from '../workspace.ts';

export const postmortem: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      dir: { type: 'string' },
      format: { type: 'string', default: 'pretty' },
    },
  });
  const format = oneOf('format', values.format, ['pretty', 'json']);
  const [id, ...rest] = positionals;
  if (id === undefined || rest.length > 0) throw new UsageError('runline postmortem takes one incident id.');
  const folder = runlineFolder(io, values.dir);
  const incidents = incidentsIn(folder, io);
  const state = await incidents.get(id);
  const template = state.runbook === null ? null : templateOf(state.runbook, folder, io);
  const draft = draftPostmortem(state, await readEvents(incidents.logFile(id)), {
    template,
    now: new Date(),
  });
  const target = values.out === undefined ? undefined : outFile(values.out, io);
  const result = await writePostmortem(incidents.folder(id), draft, target);
  const shown = relativeTo(io.cwd, result.path);
  if (format === 'json') io.out(`${JSON.stringify({ path: shown, edited: result.besideEdited })}\n`);
  else {
    io.out(`${shown}\n`);
    if (result.besideEdited)
      io.err('The earlier draft was edited and was left as it is; the new one stands beside it.\n');
  }
  return 0;
};

function outFile(given: string, io: Io): string {
  const path = resolve(io.cwd, given);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (given === '' || (stat !== undefined && !stat.isFile()))
    throw new UsageError(`--out takes a file; "${given}" is none.`);
  return path;
}

/** The runbook's own template, where the runbook can still be read. */
function templateOf(runbook: string, folder: string, io: Io): Template | null {
  const candidates = isAbsolute(runbook)
    ? [runbook]
    : [resolve(dirname(folder), runbook), resolve(workspaceOf(io.cwd), runbook), resolve(io.cwd, runbook)];
  const path = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
  if (path === undefined) {
    io.err(`The runbook ${visible(runbook)} cannot be found, so the draft has the default shape.\n`);
    return null;
  }
  const parsed = parseRunbook(readText(path, runbook), { path });
  return parsed.templates.find((template) => template.kind === 'postmortem') ?? null;
}

function relativeTo(cwd: string, path: string): string {
  const inside = relative(cwd, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
