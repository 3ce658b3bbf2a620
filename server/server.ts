/**
 * The language server, wired: each request to its feature, over one cache of runbooks.
 * Documents that are no runbook get empty answers; nothing here runs a program or reaches the network.
 */
import {
  type CancellationToken,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { looksLikeRunbook } from '../core/runbook/index.ts';
import { codeActions } from './features/codeActions.ts';
import { codeLenses } from './features/codeLens.ts';
import { diagnostics, pullReport } from './features/diagnostics.ts';
import { hover } from './features/hover.ts';
import { wireRunbook } from './features/runbook.ts';
import { documentSymbols } from './features/symbols.ts';
import { Methods, type RunbookParams, type WireRunbook } from './protocol.ts';
import { type OpenRunbook, RunbookCache } from './runbooks.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts';

/** How long typing must pause before findings are pushed to a client that cannot pull; milliseconds. */
const PUSH_DELAY = 100;

/** How long changes of files must pause before findings are computed anew; milliseconds. */
const WATCH_DELAY = 200;

/** What a client may ask for in `initializationOptions`. */
interface Options {
  /** `steps` where the client shows headings itself. */
  readonly outline: 'full' | 'steps';
}

/** Serves one client over a connection; returns at once, the connection keeps the process alive. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const settings = new Map<string, Promise<Settings>>();
  const pushes = new Map<string, NodeJS.Timeout>();
  let client = { configuration: false, watchFiles: false, pull: false, refresh: false, folders: false };
  let options: Options = { outline: 'full' };
  let folders: string[] = [];
  let watched: NodeJS.Timeout | undefined;

  const cache = new RunbookCache({
    settings: (uri) => {
      if (!client.configuration) return Promise.resolve(DEFAULT_SETTINGS);
      let known = settings.get(uri);
      if (known === undefined) {
        known = connection.workspace
          .getConfiguration({ scopeUri: uri, section: 'runline' })
          .then(readSettings, () => DEFAULT_SETTINGS);
        settings.set(uri, known);
      }
      return known;
    },
    folders: () => folders,
    onRuleError: (rule, uri, error) =>
      connection.console.error(`Rule ${rule} failed on ${uri}: ${String(error)}`),
  });

  connection.onInitialize((params: InitializeParams) => {
    const { workspace, textDocument } = params.capabilities;
    client = {
      configuration: workspace?.configuration === true,
      watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      pull: textDocument?.diagnostic !== undefined,
      refresh: workspace?.diagnostics?.refreshSupport === true,
      folders: workspace?.workspaceFolders === true,
    };
    options = { outline: params.initializationOptions?.outline === 'steps' ? 'steps' : 'full' };
    const roots =
      params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    folders = roots.filter((uri) => uri.startsWith('file:')).map((uri) => URI.parse(uri).fsPath);
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...(client.pull
          ? {
              diagnosticProvider: {
                identifier: 'runline',
                interFileDependencies: true,
                workspaceDiagnostics: false,
              },
            }
          : {}),
        hoverProvider: true,
        documentSymbolProvider: true,
        codeLensProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'runline' },
    };
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
      const removed = new Set(change.removed.map((folder) => URI.parse(folder.uri).fsPath));
      const added = change.added
        .filter((folder) => folder.uri.startsWith('file:'))
        .map((folder) => URI.parse(folder.uri).fsPath);
      folders = [...folders.filter((folder) => !removed.has(folder)), ...added];
      refreshFindings();
    });
  });

  connection.onDidChangeConfiguration(() => {
    settings.clear();
    refreshFindings();
  });

  // Only files that came or went, or the text of a linked document with its anchors, can change another one's findings.
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const matters = changes.some(
      ({ uri, type }) =>
        !/\/(\.runline|\.git|node_modules)\//.test(uri) &&
        (type !== FileChangeType.Changed || /\.(md|markdown)$/i.test(uri)),
    );
    if (!matters) return;
    // A build or a checkout changes many at once.
    clearTimeout(watched);
    watched = setTimeout(refreshFindings, WATCH_DELAY);
  });

  function refreshFindings(): void {
    cache.invalidateFindings();
    if (client.pull) {
      if (client.refresh) connection.languages.diagnostics.refresh();
    } else {
      for (const document of documents.all()) push(document);
    }
  }

  documents.onDidChangeContent(({ document }) => {
    if (!client.pull) push(document);
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(pushes.get(document.uri));
    pushes.delete(document.uri);
    settings.delete(document.uri);
    cache.close(document.uri);
    if (!client.pull) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  function push(document: TextDocument): void {
    clearTimeout(pushes.get(document.uri));
    const send = async () => {
      pushes.delete(document.uri);
      const open = await cache.get(document);
      const items = open === null ? [] : await diagnostics(open);
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
    const report = await answer(params.textDocument.uri, token, null, (open) =>
      pullReport(open, params.previousResultId),
    );
    return report ?? pullReport(null, params.previousResultId);
  });
  connection.onHover((params, token) =>
    answer(params.textDocument.uri, token, null, (open) => hover(open, params.position)),
  );
  connection.onDocumentSymbol((params, token) =>
    answer(params.textDocument.uri, token, [], (open) => documentSymbols(open, options.outline)),
  );
  connection.onCodeLens((params, token) => answer(params.textDocument.uri, token, [], codeLenses));
  connection.onCodeAction((params, token) =>
    answer(params.textDocument.uri, token, [], (open) => codeActions(open, params)),
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
    if (client.pull) await connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
    return null;
  });

  documents.listen(connection);
  connection.listen();
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
