/**
 * The one cache: each open document is parsed once a version, and checked once a version and configuration.
 * Every feature reads from here; none parses or invalidates by itself.
 */
import { relative, sep } from 'node:path';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import {
  checkRunbook,
  type Finding,
  type ShellCheckAnswers,
  type WorkspaceFiles,
} from '../core/rules/index.ts';
import { declaresRunbook, isRunbookPath, parseRunbook, type Runbook } from '../core/runbook/index.ts';
import { AlertRuleReaders } from './alertRules.ts';
import { ConfigReader, type FolderConfig } from './projectConfig.ts';
import { type Settings, withConfig } from './settings.ts';
import { workspaceFiles } from './workspaceFiles.ts';

/** A document that is a runbook, at one version. */
export interface OpenRunbook {
  readonly uri: string;
  readonly version: number;
  readonly runbook: Runbook;
  /** Whether the workspace is trusted; if not, comments silence no safety rule. */
  readonly trusted: boolean;
  /** All findings, sorted by place. The same promise for every caller. */
  findings(): Promise<readonly Finding[]>;
}

export interface RunbookCacheHost {
  /** The editor's own settings; what `.runline.yaml` says is added here. */
  settings(uri: string): Promise<Settings>;
  trusted(): boolean;
  /** The files that have a say about a document, each time that they are asked. */
  onConfig(config: FolderConfig): void;
  /** Absolute paths of the workspace folders. */
  folders(): readonly string[];
  /** What ShellCheck has said so far; undefined where it may not be asked. */
  shellCheck(settings: Settings): ShellCheckAnswers | undefined;
  /** A rule that threw; the others still speak. */
  onRuleError(rule: string, uri: string, error: unknown): void;
}

/** For so many milliseconds programs, owners and indexes are taken to be what they were: no look at the disk each keystroke. */
const FRESH = 5_000;

/** What is known around a runbook, for a while. */
interface Around {
  readonly files: WorkspaceFiles;
  readonly generation: number;
  readonly trusted: boolean;
  readonly until: number;
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
  readonly #configs = new ConfigReader();
  readonly #alertRules = new AlertRuleReaders();
  /** By path. */
  readonly #files = new Map<string, Around>();
  #generation = 0;

  constructor(host: RunbookCacheHost) {
    this.#host = host;
  }

  /** The runbook of a document, or null where it is none. */
  async get(document: TextDocument): Promise<OpenRunbook | null> {
    const settings = this.#withConfig(document.uri, await this.#host.settings(document.uri));
    if (!this.#isRunbook(document, settings)) return null;
    const entry = this.#entry(document);
    return {
      uri: document.uri,
      version: entry.version,
      runbook: entry.runbook,
      trusted: this.#host.trusted(),
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
    this.#alertRules.forget();
  }

  close(uri: string): void {
    this.#entries.delete(uri);
    this.#files.delete(fsPath(uri));
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

  #withConfig(uri: string, settings: Settings): Settings {
    const folder = uri.startsWith('file:') ? this.#folderOf(uri) : null;
    if (folder === null) return settings;
    const config = this.#configs.for(fsPath(uri), folder);
    this.#host.onConfig(config);
    return withConfig(settings, config, this.#host.trusted());
  }

  #folderOf(uri: string): string | null {
    const path = fsPath(uri);
    const inside = this.#host.folders().filter((folder) => path === folder || path.startsWith(folder + sep));
    return inside.sort((a, b) => b.length - a.length)[0] ?? null;
  }

  #filesAround(path: string, folder: string): WorkspaceFiles {
    const trusted = this.#host.trusted();
    const known = this.#files.get(path);
    if (known?.generation === this.#generation && known.trusted === trusted && Date.now() < known.until)
      return known.files;
    const files = workspaceFiles(path, folder, {
      alertRules: this.#alertRules.of(folder),
      // What this machine has is nobody's business where the workspace is not trusted.
      searchPath: trusted ? process.env.PATH : undefined,
    });
    this.#files.set(path, { files, generation: this.#generation, trusted, until: Date.now() + FRESH });
    return files;
  }

  #findings(uri: string, entry: Entry, settings: Settings): Promise<readonly Finding[]> {
    if (entry.findings?.generation === this.#generation) return entry.findings.value;
    const folder = this.#folderOf(uri);
    const files =
      uri.startsWith('file:') && folder !== null ? this.#filesAround(fsPath(uri), folder) : undefined;
    const shellCheck = this.#host.shellCheck(settings);
    const value = checkRunbook(entry.runbook, files, {
      severities: settings.rules,
      ...(shellCheck !== undefined && { shellCheck }),
      trusted: this.#host.trusted(),
      onError: (rule, error) => this.#host.onRuleError(rule, uri, error),
    });
    entry.findings = { generation: this.#generation, value };
    return value;
  }
}

function fsPath(uri: string): string {
  return URI.parse(uri).fsPath;
}
