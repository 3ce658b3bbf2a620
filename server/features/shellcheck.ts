/**
 * ShellCheck beside the rules: asked once typing pauses, in trusted workspaces alone, and heard when its answer is there.
 * Findings never wait for it.
 */
import type { ShellCheckAnswers } from '../../core/rules/index.ts';
import type { Runbook } from '../../core/runbook/index.ts';
import type { Settings } from '../settings.ts';
import { ShellChecks, shellCheckProgram } from '../shellcheck.ts';

/** How long typing must pause before blocks are asked about; milliseconds. */
const DELAY = 500;

export interface ShellCheckHost {
  /** Whether a program may be started for the workspace. */
  mayStart(): boolean;
  settings(uri: string): Promise<Settings>;
  /** The runbook of an open document as it is now; null where it is none. */
  runbook(uri: string): Promise<Runbook | null>;
  /** Something new is known about a document: its findings are to be asked for again. */
  onNews(uri: string): void;
  /** A run that failed. */
  onError(error: unknown): void;
}

interface Pending {
  readonly timer: NodeJS.Timeout;
  readonly stop: AbortController;
}

export class ShellCheckFeature {
  readonly #host: ShellCheckHost;
  readonly #pending = new Map<string, Pending>();
  /** By what is set as the path; null where there is no such program. */
  readonly #programs = new Map<string, ShellChecks | null>();

  constructor(host: ShellCheckHost) {
    this.#host = host;
  }

  /** What is known, for settings; undefined where it may not be asked, or is not installed. */
  answers(settings: Settings): ShellCheckAnswers | undefined {
    return this.#checks(settings)?.known;
  }

  /** A document was opened, or has changed. */
  schedule(uri: string): void {
    this.close(uri);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      this.#ask(uri, stop.signal).catch((error) => this.#host.onError(error));
    }, DELAY);
    timer.unref();
    this.#pending.set(uri, { timer, stop });
  }

  close(uri: string): void {
    const pending = this.#pending.get(uri);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    pending.stop.abort();
    this.#pending.delete(uri);
  }

  /** Settings have changed: a program may have been installed, or another one named. */
  forgetPrograms(): void {
    this.#programs.clear();
  }

  /** Ends everything that runs. */
  stop(): void {
    for (const uri of [...this.#pending.keys()]) this.close(uri);
  }

  async #ask(uri: string, signal: AbortSignal): Promise<void> {
    const checks = this.#checks(await this.#host.settings(uri));
    const runbook = checks === undefined ? null : await this.#host.runbook(uri);
    if (checks === undefined || runbook === null || signal.aborted) return;
    if ((await checks.ask(runbook, signal)) && !signal.aborted) this.#host.onNews(uri);
  }

  #checks({ shellcheck: { enabled, path } }: Settings): ShellChecks | undefined {
    if (!enabled || !this.#host.mayStart()) return undefined;
    let checks = this.#programs.get(path);
    if (checks === undefined) {
      const program = shellCheckProgram(path);
      checks = program === undefined ? null : new ShellChecks(program, this.#host.onError);
      this.#programs.set(path, checks);
    }
    return checks ?? undefined;
  }
}
