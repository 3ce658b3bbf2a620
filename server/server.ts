/**
 * The language server, wired: each request to its feature, over one cache of runbooks.
 * Documents that are no runbook get empty answers. Nothing here reaches the network, and no program runs but ShellCheck, in
 * trusted workspaces.
 */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { looksLikeRunbook } from '../core/runbook/index.ts';
import { codeActions } from './features/codeActions.ts';
import { codeLenses } from './features/codeLens.ts';
import { ConfigProblems, configDiagnostics } from './features/configFile.ts';
import { diagnostics, pullReport } from './features/diagnostics.ts';
import { hover } from './features/hover.ts';
import { wireRunbook } from './features/runbook.ts';
import { ShellCheckFeature } from './features/shellcheck.ts';
import { documentSymbols } from './features/symbols.ts';
import { foldersOf, offer, readClient, readFolders, readOptions, SILENT_CLIENT } from './initialize.ts';
import { isConfigFile } from './projectConfig.ts';
import { Methods, type RunbookParams, type WireRunbook } from './protocol.ts';
import { type OpenRunbook, RunbookCache } from './runbooks.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts';

/** How long typing must pause before findings are pushed to a client that cannot pull; milliseconds. */
const PUSH_DELAY = 100;

/** How long changes of files must pause before findings are computed anew; milliseconds. */
const WATCH_DELAY = 200;

/** Serves one client over a connection; returns at once, the connection keeps the process alive. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const settings = new Map<string, Promise<Settings>>();
  const pushes = new Map<string, NodeJS.Timeout>();
  let client = SILENT_CLIENT;
  let options = readOptions({});
  let folders: string[] = [];
  let watched: NodeJS.Timeout | undefined;
  /** Whether a configuration is among what changed since. */
  let configured = false;

  const configs = new ConfigProblems(
    (uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics }),
    (uri) => documents.get(uri) !== undefined,
  );
  const cache = new RunbookCache({
    settings: settingsOf,
    trusted: () => options.trusted,
    onConfig: (config) => configs.read(config),
    folders: () => folders,
    shellCheck: (settings) => shellChecks.answers(settings),
    onRuleError: (rule, uri, error) =>
      connection.console.error(`Rule ${rule} failed on ${uri}: ${String(error)}`),
  });

  const shellChecks: ShellCheckFeature = new ShellCheckFeature({
    mayStart: () => options.mayStart,
    settings: settingsOf,
    runbook: async (uri) => {
      const document = documents.get(uri);
      return document === undefined ? null : ((await cache.get(document))?.runbook ?? null);
    },
    onNews: () => refreshFindings(),
    onError: (error) => connection.console.error(`ShellCheck failed: ${String(error)}`),
  });

  connection.onInitialize((params) => {
    client = readClient(params);
    options = readOptions(params);
    folders = readFolders(params);
    return offer(client);
  });

  connection.onInitialized(() => {
    if (client.configuration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'runline' });
    if (client.watchFiles)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*' }],
      });
    if (!client.folders) return;
    connection.workspace.onDidChangeWorkspaceFolders((change) => {
      const removed = new Set(foldersOf(change.removed));
      folders = [...folders.filter((folder) => !removed.has(folder)), ...foldersOf(change.added)];
      refreshFindings();
    });
  });

  connection.onDidChangeConfiguration(() => {
    settings.clear();
    shellChecks.forgetPrograms();
    refreshFindings();
    askShellCheck();
  });

  connection.onNotification(Methods.trustGranted, () => {
    options = { ...options, trusted: true, mayStart: true };
    refreshFindings();
    askShellCheck();
    refreshLenses();
  });

  // Only files that came or went, or the text of a linked document with its anchors, of a configuration or of rules for
  // alerts, can change another one's findings.
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const matters = changes.some(
      ({ uri, type }) =>
        !/\/(\.runline|\.git|node_modules)\//.test(uri) &&
        (type !== FileChangeType.Changed || /\.(md|markdown|ya?ml)$/i.test(uri)),
    );
    if (!matters) return;
    // A build or a checkout changes many at once.
    clearTimeout(watched);
    configured ||= changes.some(({ uri }) => isConfigFile(uri));
    watched = setTimeout(() => {
      configs.forgetGone();
      refreshFindings();
      // Which documents are runbooks may be another matter now.
      if (configured) refreshLenses();
      configured = false;
    }, WATCH_DELAY);
  });

  function settingsOf(uri: string): Promise<Settings> {
    if (!client.configuration) return Promise.resolve(DEFAULT_SETTINGS);
    let known = settings.get(uri);
    if (known === undefined) {
      known = connection.workspace
        .getConfiguration({ scopeUri: uri, section: 'runline' })
        .then(readSettings, () => DEFAULT_SETTINGS);
      settings.set(uri, known);
    }
    return known;
  }

  function askShellCheck(): void {
    for (const { uri } of documents.all()) shellChecks.schedule(uri);
  }

  function refreshLenses(): void {
    if (client.pull) void connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  function refreshFindings(): void {
    cache.invalidateFindings();
    if (client.pull) {
      if (client.refresh) connection.languages.diagnostics.refresh();
    } else {
      for (const document of documents.all()) push(document);
    }
  }

  documents.onDidOpen(({ document }) => configs.forget(document.uri));
  documents.onDidChangeContent(({ document }) => {
    // Also told of a document that was opened.
    shellChecks.schedule(document.uri);
    if (!client.pull) push(document);
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(pushes.get(document.uri));
    pushes.delete(document.uri);
    shellChecks.close(document.uri);
    settings.delete(document.uri);
    cache.close(document.uri);
    if (!client.pull) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  function push(document: TextDocument): void {
    clearTimeout(pushes.get(document.uri));
    const send = async () => {
      pushes.delete(document.uri);
      const items = await diagnosticsOf(document);
      const current = documents.get(document.uri);
      if (current?.version === document.version)
        await connection.sendDiagnostics({
          uri: document.uri,
          version: document.version,
          diagnostics: items,
        });
    };
    pushes.set(
      document.uri,
      setTimeout(() => void send().catch((error) => connection.console.error(String(error))), PUSH_DELAY),
    );
  }

  async function diagnosticsOf(document: TextDocument): Promise<Diagnostic[]> {
    if (isConfigFile(document.uri)) return configDiagnostics(document.getText());
    const open = await cache.get(document);
    return open === null ? [] : diagnostics(open);
  }

  /** Looks the document up, honours cancellation, and turns a fault into an empty answer and a line in the log. */
  async function answer<T>(
    uri: string,
    token: CancellationToken,
    empty: T,
    feature: (open: OpenRunbook) => T | Promise<T>,
  ): Promise<T> {
    const document = documents.get(uri);
    if (document === undefined) return empty;
    try {
      const open = await cache.get(document);
      if (token.isCancellationRequested) throw cancelled();
      if (open === null) return empty;
      const result = await feature(open);
      if (token.isCancellationRequested) throw cancelled();
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      connection.console.error(
        `A request about ${uri} failed: ${error instanceof Error ? error.stack : String(error)}`,
      );
      return empty;
    }
  }

  connection.languages.diagnostics.on(async (params, token) => {
    const { uri } = params.textDocument;
    const document = documents.get(uri);
    const items =
      document !== undefined && isConfigFile(uri)
        ? configDiagnostics(document.getText())
        : await answer(uri, token, [], diagnostics);
    return pullReport(items, params.previousResultId);
  });
  connection.onHover((params, token) =>
    answer(params.textDocument.uri, token, null, (open) => hover(open, params.position)),
  );
  connection.onDocumentSymbol((params, token) =>
    answer(params.textDocument.uri, token, [], (open) => documentSymbols(open, options.outline)),
  );
  connection.onCodeLens((params, token) => answer(params.textDocument.uri, token, [], codeLenses));
  connection.onCodeAction((params, token) =>
    answer(params.textDocument.uri, token, [], (open) => codeActions(open, params, client.snippets)),
  );

  connection.onRequest(Methods.runbook, (params: RunbookParams, token: CancellationToken) =>
    answer<WireRunbook | null>(params.textDocument.uri, token, null, wireRunbook),
  );
  connection.onRequest<boolean, void>(Methods.looksLikeRunbook, async (params: RunbookParams) => {
    const document = documents.get(params.textDocument.uri);
    if (document === undefined) return false;
    return (await cache.get(document)) === null && looksLikeRunbook(cache.parse(document));
  });
  connection.onRequest(Methods.treatAsRunbook, async (params: RunbookParams) => {
    cache.treatAsRunbook(params.textDocument.uri);
    refreshFindings();
    refreshLenses();
    return null;
  });

  connection.onShutdown(() => shellChecks.stop());
  documents.listen(connection);
  connection.listen();
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
