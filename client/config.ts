/** Settings. The only file that reads `workspace.getConfiguration`; the server asks for the rest by itself. */
import { type Uri, workspace } from 'vscode';

export interface Config {
  /** Globs of the files that are runbooks. */
  runbookGlobs(resource: Uri): readonly string[];
  /** Whether a Markdown file that looks like a runbook is offered as one. */
  offersRunbooks(): boolean;
  /** The command line that SQL blocks are piped into, or undefined. Of the machine: no workspace can set it. */
  sqlClient(): string | undefined;
}

export function createConfig(): Config {
  return {
    runbookGlobs(resource) {
      const globs = workspace.getConfiguration('runline', resource).get<unknown>('runbooks');
      return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [];
    },
    sqlClient() {
      const client = workspace.getConfiguration('runline').get<unknown>('sqlClient');
      return typeof client === 'string' && client.trim() !== '' ? client : undefined;
    },
    offersRunbooks: () => workspace.getConfiguration('runline').get<unknown>('offerRunbooks') !== false,
  };
}
