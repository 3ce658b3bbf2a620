/** What is wrong in `.runline.yaml`, as diagnostics: of an open one by its text, of another one by what is on the disk. */
import { existsSync } from 'node:fs';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type ConfigProblem, readConfig, rulesById } from '../../core/rules/index.ts';
import { toLspRange } from '../convert.ts';
import type { FolderConfig } from '../projectConfig.ts';

/** The diagnostics of a `.runline.yaml` by its text. */
export function configDiagnostics(text: string): Diagnostic[] {
  return readConfig(text, rulesById.keys()).problems.map(toDiagnostic);
}

function toDiagnostic({ range, message }: ConfigProblem): Diagnostic {
  return { range: toLspRange(range), severity: DiagnosticSeverity.Warning, source: 'runline', message };
}

/** Shows what is wrong in files that are read but not open: nobody asks for their diagnostics, so they are pushed. */
export class ConfigProblems {
  readonly #send: (uri: string, diagnostics: Diagnostic[]) => void;
  readonly #isOpen: (uri: string) => boolean;
  /** By URI, what was sent last. */
  readonly #sent = new Map<string, readonly ConfigProblem[]>();

  constructor(send: (uri: string, diagnostics: Diagnostic[]) => void, isOpen: (uri: string) => boolean) {
    this.#send = send;
    this.#isOpen = isOpen;
  }

  /** Files that were just read. */
  read({ files }: FolderConfig): void {
    for (const { path, problems } of files) {
      const uri = URI.file(path).toString();
      const sent = this.#sent.get(uri);
      if (sent === problems || (sent === undefined && problems.length === 0) || this.#isOpen(uri)) continue;
      this.#sent.set(uri, problems);
      this.#send(uri, problems.map(toDiagnostic));
    }
  }

  /** Takes back what was said of a file: it was opened, and is now judged by its text. */
  forget(uri: string): void {
    if ((this.#sent.get(uri)?.length ?? 0) > 0) this.#send(uri, []);
    this.#sent.delete(uri);
  }

  /** Takes back what was said of files that are gone. */
  forgetGone(): void {
    for (const uri of [...this.#sent.keys()]) if (!existsSync(URI.parse(uri).fsPath)) this.forget(uri);
  }
}
