/** The table of commands: those of the manifest, and those that lenses and the panel call. */
import type { Runline } from '../context.ts';
import {
  acknowledge,
  addNote,
  declareIncident,
  draftPostmortem,
  resolve,
  setSeverity,
  setStatus,
  showIncident,
} from './incident.ts';
import { cancel, inputs, pickCommand, run, runAlternative, runCommandAtCursor } from './run.ts';
import { showLogs, treatAsRunbook } from './runbook.ts';

export interface Command {
  /** What is being done, as it follows "Could not" in a message. */
  readonly doing: string;
  /** Arguments come from anywhere, so each command judges its own. */
  readonly execute: (ctx: Runline, ...args: unknown[]) => Promise<void> | void;
}

export const commandTable: Readonly<Record<string, Command>> = {
  'runline.run': { doing: 'run this step', execute: run },
  'runline.runCommandAtCursor': { doing: 'run this command', execute: runCommandAtCursor },
  'runline.cancel': { doing: 'cancel the step', execute: cancel },
  'runline.declareIncident': { doing: 'declare the incident', execute: declareIncident },
  'runline.showIncident': { doing: 'show the incident', execute: showIncident },
  'runline.acknowledge': { doing: 'acknowledge the incident', execute: acknowledge },
  'runline.setSeverity': { doing: 'set the severity', execute: setSeverity },
  'runline.setStatus': { doing: 'set the status', execute: setStatus },
  'runline.addNote': { doing: 'add the note', execute: addNote },
  'runline.resolve': { doing: 'resolve the incident', execute: resolve },
  'runline.draftPostmortem': { doing: 'draft the post-mortem', execute: draftPostmortem },
  'runline.treatAsRunbook': { doing: 'treat this file as a runbook', execute: treatAsRunbook },
  'runline.showLogs': { doing: 'show the logs', execute: showLogs },
  // Called by lenses alone; not in the palette.
  'runline.runAlternative': { doing: 'run this step', execute: runAlternative },
  'runline.pickCommand': { doing: 'run this command', execute: pickCommand },
  'runline.inputs': { doing: 'set the inputs', execute: inputs },
};
