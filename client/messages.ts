/** What is said when something cannot be done: what happened, to what, what now. */

import { commands, type LogOutputChannel, window } from 'vscode';
import { StepRefused } from '../core/execution/index.ts';
import { IncidentError } from '../core/incident/index.ts';
import { fileFault } from './fileFault.ts';

/** A button under a message. */
export interface Remedy {
  readonly title: string;
  readonly command: string;
  readonly args?: readonly unknown[];
}

/** Something that is not done, for a reason that the message gives in full. Shown as a warning, not as a fault. */
export class Refusal extends Error {
  readonly remedies: readonly Remedy[];

  constructor(message: string, remedies: readonly Remedy[] = []) {
    super(message);
    this.name = 'Refusal';
    this.remedies = remedies;
  }
}

const showLogs: Remedy = { title: 'Show Logs', command: 'runline.showLogs' };

/**
 * Shows an error and logs it. Refusals and the domain's own errors are shown as they stand; anything else names what
 * was being done and offers the log.
 *
 * @param doing What was being done, as it follows "Could not": "run this step".
 */
export async function showError(log: LogOutputChannel, doing: string, error: unknown): Promise<void> {
  if (error instanceof Refusal || error instanceof StepRefused || error instanceof IncidentError) {
    log.info(error.message);
    await offer(window.showWarningMessage, error.message, error instanceof Refusal ? error.remedies : []);
    return;
  }
  log.error(`Could not ${doing}.`, error instanceof Error ? (error.stack ?? error.message) : String(error));
  const message = fileFault(error) ?? (error instanceof Error ? error.message : String(error));
  await offer(window.showErrorMessage, `Could not ${doing}: ${message}`, [showLogs]);
}

async function offer(
  show: (message: string, ...items: string[]) => Thenable<string | undefined>,
  message: string,
  remedies: readonly Remedy[],
): Promise<void> {
  const chosen = await show(message, ...remedies.map((remedy) => remedy.title));
  const remedy = remedies.find((candidate) => candidate.title === chosen);
  if (remedy !== undefined) await commands.executeCommand(remedy.command, ...(remedy.args ?? []));
}
