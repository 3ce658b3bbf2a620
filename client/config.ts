/** Settings. The only file that reads `workspace.getConfiguration`; the server asks for the rest by itself. */
import { type Uri, workspace } from 'vscode';

export interface Config {
  /** Globs of the files that are runbooks. */
  runbookGlobs(resource: Uri): readonly string[];
  /** Whether a Markdown file that looks like a runbook is offered as one. */
  offersRunbooks(): boolean;
}

export function createConfig(): Config {
  return {
    runbookGlobs(resource) {
      const globs = workspace.getConfiguration('runline', resource).get<unknown>('runbooks');
      return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [];
    },
    offersRunbooks: () => workspace.getConfiguration('runline').get<unknown>('offerRunbooks') !== false,
  };
}
