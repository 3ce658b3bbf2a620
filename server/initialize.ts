/** The first exchange with a client: what it can do and asks for, and what it is offered. */
import { type InitializeParams, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { FIX_ALL } from './features/codeActions.ts';

/** What a client can do. */
export interface Client {
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  readonly watchFiles: boolean;
  /** Asks for diagnostics by itself. */
  readonly pull: boolean;
  /** Can be told to ask for them again. */
  readonly refresh: boolean;
  readonly folders: boolean;
  /** Takes snippets in edits. */
  readonly snippets: boolean;
}

/** What a client may ask for in `initializationOptions`. */
export interface Options {
  /** `steps` where the client shows headings itself. */
  readonly outline: 'full' | 'steps';
  /** False where the client knows that the workspace is not trusted; a client that says nothing knows no such workspaces. */
  readonly trusted: boolean;
  /** Whether a program may be started: only where the client says in so many words that it trusts the workspace. */
  readonly mayStart: boolean;
}

/** A client that has not said anything yet. */
export const SILENT_CLIENT: Client = {
  configuration: false,
  watchFiles: false,
  pull: false,
  refresh: false,
  folders: false,
  snippets: false,
};

export function readClient({ capabilities: { workspace, textDocument } }: InitializeParams): Client {
  return {
    configuration: workspace?.configuration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    pull: textDocument?.diagnostic !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport === true,
    folders: workspace?.workspaceFolders === true,
    snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
  };
}

export function readOptions({
  initializationOptions,
}: Pick<InitializeParams, 'initializationOptions'>): Options {
  return {
    outline: initializationOptions?.outline === 'steps' ? 'steps' : 'full',
    trusted: initializationOptions?.trusted !== false,
    mayStart: initializationOptions?.trusted === true,
  };
}

/** Absolute paths of the workspace folders that lie on a disk. */
export function readFolders({ workspaceFolders, rootUri }: InitializeParams): string[] {
  return foldersOf(workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []));
}

export function foldersOf(folders: readonly { readonly uri: string }[]): string[] {
  return folders.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => URI.parse(uri).fsPath);
}

export function offer(client: Client): InitializeResult {
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
      codeActionProvider: { codeActionKinds: ['quickfix', FIX_ALL] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: 'runline' },
  };
}
