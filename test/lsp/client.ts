/** A real client and the real server, joined in memory: tests speak the protocol and nothing is mocked. */
import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeLens,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { startServer } from '../../server/server.ts';

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Every diagnostics notification, in order. */
  readonly published: Published[];
  /** How often the server asked for diagnostics to be pulled again. */
  refreshes(): number;
  /** Resolves with the next notification about a document. */
  nextPublished(uri: string): Promise<Published>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  lenses(uri: string): Promise<CodeLens[]>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  symbols(uri: string): Promise<DocumentSymbol[]>;
  /** The actions at a diagnostic; of one kind alone with `only`. */
  actions(uri: string, diagnostic: Diagnostic, only?: string): Promise<CodeAction[]>;
  stop(): Promise<void>;
}

export interface TestClientOptions {
  /** Without it the client cannot pull. */
  readonly pull?: boolean;
  readonly folder?: string;
  /** The answer to `workspace/configuration`, section `runline`. */
  readonly settings?: unknown;
  readonly outline?: 'full' | 'steps';
  /** What the client says of the workspace; absent, it says nothing. */
  readonly trusted?: boolean;
  /** Whether edits may hold snippets. */
  readonly snippets?: boolean;
}

export async function startClient(options: TestClientOptions = {}): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  startServer(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const published: Published[] = [];
  const waiting: { uri: string; resolve: (value: Published) => void }[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    published.push(params);
    for (const waiter of waiting.splice(0)) {
      if (waiter.uri === params.uri) waiter.resolve(params);
      else waiting.push(waiter);
    }
  });
  connection.onRequest('workspace/configuration', (params: { items: unknown[] }) =>
    params.items.map(() => options.settings ?? null),
  );
  connection.onRequest('client/registerCapability', () => null);
  let refreshes = 0;
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    return null;
  });
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.listen();

  const capabilities: ClientCapabilities = {
    workspace: {
      configuration: options.settings !== undefined,
      diagnostics: { refreshSupport: true },
      workspaceEdit: { documentChanges: true, snippetEditSupport: options.snippets === true },
    },
    textDocument: options.pull === false ? {} : { diagnostic: {} },
  };
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: options.folder === undefined ? null : [{ uri: options.folder, name: 'workspace' }],
    capabilities,
    initializationOptions: { outline: options.outline, trusted: options.trusted },
  });
  await connection.sendNotification('initialized', {});

  const about = (uri: string) => ({ textDocument: { uri } });
  return {
    connection,
    initialized,
    published,
    refreshes: () => refreshes,
    nextPublished: (uri) => new Promise((resolve) => waiting.push({ uri, resolve })),
    open: (uri, text, languageId = 'markdown') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    pull: (uri, previousResultId) =>
      connection.sendRequest('textDocument/diagnostic', { ...about(uri), previousResultId }),
    lenses: async (uri) =>
      (await connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', about(uri))) ?? [],
    hover: (uri, line, character) =>
      connection.sendRequest('textDocument/hover', { ...about(uri), position: { line, character } }),
    symbols: async (uri) =>
      (await connection.sendRequest<DocumentSymbol[] | null>('textDocument/documentSymbol', about(uri))) ??
      [],
    actions: async (uri, diagnostic, only) =>
      (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
        ...about(uri),
        range: diagnostic.range,
        context: { diagnostics: [diagnostic], ...(only === undefined ? {} : { only: [only] }) },
      })) ?? [],
    async stop() {
      connection.dispose();
    },
  };
}
