/**
 * Runs ShellCheck over blocks: the text on standard input, never a file of the workspace, and never one that the workspace
 * names. Answers are kept by the text that was asked about, so that an edit asks about one block anew.
 */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { isAbsolute } from 'node:path';
import {
  readShellCheck,
  SHELLCHECK_ARGUMENTS,
  type ShellCheckAnswers,
  type ShellCheckComment,
  shellCheckScript,
} from '../core/rules/index.ts';
import type { BlockText, Runbook } from '../core/runbook/index.ts';
import { findOnPath, isProgram } from './searchPath.ts';

/** How long one block may take; milliseconds. */
const TIMEOUT = 10_000;
/** An answer longer than this is none. In bytes. */
const MAX_ANSWER = 4 * 1024 * 1024;
/** How many texts are remembered. */
const MAX_KEPT = 2_000;
/** How many run at once. */
const AT_ONCE = 2;

/**
 * The program to run for what somebody set: an absolute path, or a name that is looked up on the search path; undefined where
 * there is none. A relative path would name a file of whatever folder is open.
 */
export function shellCheckProgram(setting: string, searchPath = process.env.PATH ?? ''): string | undefined {
  if (isAbsolute(setting)) return isProgram(setting) ? setting : undefined;
  return findOnPath(setting, searchPath);
}

export class ShellChecks {
  readonly #program: string;
  readonly #onError: (error: unknown) => void;
  readonly #answers = new Map<string, readonly ShellCheckComment[]>();

  /** @param program Absolute path. @param onError Told of a run that failed; that block counts as one without remarks. */
  constructor(program: string, onError: (error: unknown) => void) {
    this.#program = program;
    this.#onError = onError;
  }

  /** What is known so far. */
  readonly known: ShellCheckAnswers = (block) => {
    const script = shellCheckScript(block);
    return (script === null ? undefined : this.#answers.get(script)) ?? [];
  };

  /**
   * Asks about each block of a runbook that is not known yet. Never rejects.
   *
   * @param signal Stops asking; what runs is ended.
   * @returns whether there is something new to say
   */
  async ask(runbook: Runbook, signal?: AbortSignal): Promise<boolean> {
    const scripts = new Set<string>();
    for (const step of runbook.steps) {
      const script = step.kind === 'block' ? shellCheckScript(step satisfies BlockText) : null;
      if (script !== null && !this.#answers.has(script)) scripts.add(script);
    }
    const waiting = [...scripts];
    const stopped = (): boolean => signal?.aborted ?? false;
    let news = false;
    const work = async (): Promise<void> => {
      for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
        if (stopped()) return;
        const comments = await this.#run(script, signal);
        if (stopped()) return;
        this.#keep(script, comments);
        if (comments.length > 0) news = true;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return news;
  }

  #keep(script: string, comments: readonly ShellCheckComment[]): void {
    if (this.#answers.size >= MAX_KEPT) this.#answers.delete(this.#answers.keys().next().value ?? '');
    this.#answers.set(script, comments);
  }

  async #run(script: string, signal: AbortSignal | undefined): Promise<ShellCheckComment[]> {
    try {
      return readShellCheck(await output(this.#program, script, signal), script);
    } catch (error) {
      if (signal?.aborted !== true) this.#onError(error);
      return [];
    }
  }
}

/** What the program prints about a script. @throws where it cannot be started, takes too long or prints too much */
function output(program: string, script: string, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    // Options from the environment would change what is said; a folder of nobody's has no file that could.
    const { SHELLCHECK_OPTS: _, ...env } = process.env;
    const child = spawn(program, SHELLCHECK_ARGUMENTS, {
      cwd: tmpdir(),
      env,
      shell: false,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: TIMEOUT,
      ...(signal !== undefined && { signal }),
    });
    const chunks: Buffer[] = [];
    let length = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > MAX_ANSWER) child.kill();
      else chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', (code, killed) => {
      // 1: it has remarks.
      if (code === 0 || code === 1) resolve(Buffer.concat(chunks).toString('utf8'));
      else
        reject(
          new Error(
            killed === null
              ? `${program} ended with status ${code}`
              : `${program} was ended: it took longer than ${TIMEOUT / 1000} seconds or said too much`,
          ),
        );
    });
    // It may end before it has read all.
    child.stdin.on('error', () => undefined);
    child.stdin.end(script);
  });
}
