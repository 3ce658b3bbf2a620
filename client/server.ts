/** The language server as the client sees it: started once, asked by our own requests. */
import { type ExtensionContext, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import {
  CodeLensRequest,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';
import { Methods, type RunbookParams, type WireRunbook } from '../server/protocol.ts';
import { createLensCommands } from './lensCommands.ts';

export interface RunbookServer {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The runbook as the server last parsed it; null where the document is none, or not open. */
  runbook(uri: Uri): Promise<WireRunbook | null>;
  looksLikeRunbook(uri: Uri): Promise<boolean>;
  treatAsRunbook(uri: Uri): Promise<void>;
  /** Asks for the lenses of a document again where there were none: they were asked for before it was known to be a runbook. */
  ensureLenses(document: TextDocument): void;
}

/** Documents that can be read anywhere; only those of `file` can be run. */
const schemes = ['file', 'untitled', 'vscode-vfs', 'github', 'vscode-test-web'];

export function createServer(extension: ExtensionContext, log: LogOutputChannel): RunbookServer {
  const module = Uri.joinPath(extension.extensionUri, 'dist', 'server.js').fsPath;
  const lenses = createLensCommands();
  extension.subscriptions.push(lenses);
  const bare = new WeakSet<TextDocument>();
  const client = new LanguageClient(
    'runline',
    'Runline',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    },
    {
      documentSelector: schemes.flatMap((scheme) => [
        { scheme, language: 'markdown' },
        { scheme, language: 'yaml' },
      ]),
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // VS Code's own Markdown support lists the headings; the server adds the steps.
      initializationOptions: () => ({ outline: 'steps', trusted: workspace.isTrusted }),
      diagnosticPullOptions: { onChange: true, onSave: true },
      middleware: {
        provideCodeLenses: async (document, token, next) => {
          const found = (await next(document, token)) ?? [];
          if (found.length > 0 || token.isCancellationRequested) bare.delete(document);
          else bare.add(document);
          return found.map((lens) => lenses.settle(lens));
        },
      },
      markdown: { isTrusted: false, supportHtml: false },
    },
  );
  extension.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => {
      client
        .sendNotification(Methods.trustGranted)
        .catch((error) => log.error('Telling the server of the trust failed.', error));
    }),
  );
  const ask = <R>(method: string, uri: Uri): Promise<R> =>
    client.sendRequest<R>(method, {
      textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
    } satisfies RunbookParams);
  return {
    start: () => client.start(),
    stop: () => client.dispose(),
    runbook: (uri) => ask<WireRunbook | null>(Methods.runbook, uri),
    looksLikeRunbook: (uri) => ask<boolean>(Methods.looksLikeRunbook, uri),
    treatAsRunbook: (uri) => ask<void>(Methods.treatAsRunbook, uri),
    ensureLenses(document) {
      if (!bare.delete(document)) return;
      client.getFeature(CodeLensRequest.method).getProvider(document)?.onDidChangeCodeLensEmitter.fire();
    },
  };
}
