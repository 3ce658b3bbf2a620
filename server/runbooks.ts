/**
 * The one cache: each open document is parsed once a version, and checked once a version and configuration.
 * Every feature reads from here; none parses or invalidates by itself.
 */
import { relative, sep } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { checkRunbook, type Finding } from '../core/rules/index.ts';
import { declaresRunbook, isRunbookPath, parseRunbook, type Runbook } from '../core/runbook/index.ts';
import type { Settings } from './settings.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** A document that is a runbook, at one version. */
export interface OpenRunbook {
  readonly uri: string;
  readonly version: number;
  readonly runbook: Runbook;
  /** All findings, sorted by place. The same promise for every caller. */
  findings(): Promise<readonly Finding[]>;
}

export interface RunbookCacheHost {
  settings(uri: string): Promise<Settings>;
  /** Absolute paths of the workspace folders. */
  folders(): readonly string[];
  /** A rule that threw; the others still speak. */
  onRuleError(rule: string, uri: string, error: unknown): void;
}

interface Entry {
  readonly version: number;
  readonly runbook: Runbook;
  /** Findings by generation of everything that is not the document: settings and other files. */
  findings: { readonly generation: number; readonly value: Promise<readonly Finding[]> } | null;
}

export class RunbookCache {
  readonly #host: RunbookCacheHost;
  readonly #entries = new Map<string, Entry>();
  readonly #treated = new Set<string>();
  #generation = 0;

  constructor(host: RunbookCacheHost) {
    this.#host = host;
  }

  /** The runbook of a document, or null where it is none. */
  async get(document: TextDocument): Promise<OpenRunbook | null> {
    const settings = await this.#host.settings(document.uri);
    if (!this.#isRunbook(document, settings)) return null;
    const entry = this.#entry(document);
    return {
      uri: document.uri,
      version: entry.version,
      runbook: entry.runbook,
      findings: () => this.#findings(document.uri, entry, settings),
    };
  }

  /** Parses a document whether or not it is a runbook. */
  parse(document: TextDocument): Runbook {
    return this.#entry(document).runbook;
  }

  /** Takes a document for a runbook from now on, wherever it lies. */
  treatAsRunbook(uri: string): void {
    this.#treated.add(uri);
  }

  /** Settings or other files have changed: findings must be computed anew, parses stay. */
  invalidateFindings(): void {
    this.#generation++;
  }

  close(uri: string): void {
    this.#entries.delete(uri);
  }

  #entry(document: TextDocument): Entry {
    const known = this.#entries.get(document.uri);
    if (known?.version === document.version) return known;
    const format = document.languageId === 'yaml' || /\.ya?ml$/i.test(document.uri) ? 'yaml' : 'markdown';
    const entry: Entry = {
      version: document.version,
      runbook: parseRunbook(document.getText(), { format }),
      findings: null,
    };
    this.#entries.set(document.uri, entry);
    return entry;
  }

  #isRunbook(document: TextDocument, settings: Settings): boolean {
    if (this.#treated.has(document.uri)) return true;
    const path = URI.parse(document.uri).path;
    const folder = this.#folderOf(document.uri);
    const relativePath =
      folder === null ? path.replace(/^\//, '') : relative(folder, fsPath(document.uri)).split(sep).join('/');
    if (isRunbookPath(relativePath, settings.runbooks)) return true;
    // Only a document that could declare itself is parsed to find out.
    return (
      /^runbook\s*:/m.test(document.getText().slice(0, 8192)) &&
      declaresRunbook(this.#entry(document).runbook)
    );
  }

  #folderOf(uri: string): string | null {
    const path = fsPath(uri);
    const inside = this.#host.folders().filter((folder) => path === folder || path.startsWith(folder + sep));
    return inside.sort((a, b) => b.length - a.length)[0] ?? null;
  }

  #findings(uri: string, entry: Entry, settings: Settings): Promise<readonly Finding[]> {
    if (entry.findings?.generation === this.#generation) return entry.findings.value;
    const folder = this.#folderOf(uri);
    const files =
      uri.startsWith('file:') && folder !== null ? workspaceFiles(fsPath(uri), folder) : undefined;
    const value = checkRunbook(entry.runbook, files, {
      severities: settings.rules,
      onError: (rule, error) => this.#host.onRuleError(rule, uri, error),
    });
    entry.findings = { generation: this.#generation, value };
    return value;
  }
}

function fsPath(uri: string): string {
  return URI.parse(uri).fsPath;
}
