/** Wires the client: makes each part once, hands it what it needs, and registers the commands. */
import { commands, type ExtensionContext, type Uri, window, workspace } from 'vscode';
import { commandTable } from './commands/index.ts';
import { createConfig } from './config.ts';
import type { Runline } from './context.ts';
import { createIncidentService } from './incident/service.ts';
import { createIncidentStatusBar } from './incident/statusBar.ts';
import { createIncidentPanel } from './incidentPanel/panel.ts';
import { showError } from './messages.ts';
import { createActiveRuns } from './run/active.ts';
import { createOutputTerminals } from './run/output.ts';
import { createPreviews } from './run/preview.ts';
import { rawOutputFile } from './run/rawOutput.ts';
import { restoreResults, tidyMarks } from './run/restore.ts';
import { createResults } from './run/results.ts';
import { createRunbooks } from './runbooks.ts';
import { createServer } from './server.ts';
import { createState } from './state.ts';

/** What tests may ask for where the editor's own API gives no answer. Not for anything else. */
export interface TestApi {
  /** The quiet text at the line's end, by step id: decorations cannot be read back. */
  resultTexts(document: Uri): Readonly<Record<string, string>>;
}

export async function activate(extension: ExtensionContext): Promise<TestApi> {
  const log = window.createOutputChannel('Runline', { log: true });
  const config = createConfig();
  const state = createState(extension.workspaceState);
  const server = createServer(extension, log);
  const runbooks = createRunbooks(server, state, config, log);
  const previews = createPreviews();
  const output = createOutputTerminals();
  const runs = createActiveRuns();
  const results = createResults(extension.extensionUri, runbooks);
  const incidents = createIncidentService(state, log);
  const panel = createIncidentPanel(extension, incidents, log, rawOutputFile);
  const ctx: Runline = {
    extension,
    log,
    config,
    state,
    server,
    runbooks,
    previews,
    output,
    runs,
    results,
    incidents,
    panel,
  };

  extension.subscriptions.push(
    log,
    runbooks,
    previews,
    output,
    runs,
    results,
    incidents,
    panel,
    createIncidentStatusBar(incidents),
    workspace.onDidGrantWorkspaceTrust(() => void incidents.refresh()),
    { dispose: () => void server.stop() },
  );
  for (const [id, { doing, execute }] of Object.entries(commandTable)) {
    const handler = async (...args: unknown[]): Promise<void> => {
      try {
        await execute(ctx, ...args);
      } catch (error) {
        // Not awaited: the message may stay open, and whoever called us must not wait for it.
        void showError(log, doing, error);
      }
    };
    extension.subscriptions.push(commands.registerCommand(id, handler));
  }

  // Commands answer at once; the server and the logs are read beside.
  void server
    .start()
    .then(() => runbooks.refresh())
    .catch((error) => showError(log, 'start the language server', error));
  await incidents.refresh().catch((error) => log.error('Reading the incidents failed.', error));
  restoreResults(ctx);
  await Promise.all(incidents.dirs().map((dir) => tidyMarks(ctx, dir))).catch((error) =>
    log.error('Tidying up failed.', error),
  );
  return { resultTexts: (document) => results.texts(document) };
}
