/** Runs the built command line as other tools do: a process, its streams and its exit status. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const CLI = join(ROOT, 'dist/cli.js');

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** `out` as JSON. */
  json<T>(): T;
  /** `out` as one JSON value a line. */
  lines<T>(): T[];
}

export interface Workspace {
  readonly folder: string;
  readonly state: string;
  write(name: string, text: string): string;
  path(name: string): string;
  run(
    args: readonly string[],
    options?: { input?: string; env?: NodeJS.ProcessEnv; cwd?: string },
  ): Promise<Outcome>;
  start(args: readonly string[], options?: { env?: NodeJS.ProcessEnv }): ChildProcess;
  remove(): void;
}

/** A fresh folder with a `.git`, so that it is a workspace of its own, and a private state folder beside it. */
export function workspace(): Workspace {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing. Run npm run build first.');
  const base = mkdtempSync(join(tmpdir(), 'runline-cli-'));
  const folder = join(base, 'workspace');
  const state = join(base, 'state');
  mkdirSync(join(folder, '.git'), { recursive: true });
  const environment = (env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    HOME: base,
    LANG: 'C.UTF-8',
    XDG_STATE_HOME: state,
    ...env,
  });
  return {
    folder,
    state,
    path: (name) => join(folder, name),
    write(name, text) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    run: (args, options = {}) =>
      new Promise((done, fail) => {
        const child = spawn(process.execPath, [CLI, ...args], {
          cwd: options.cwd ?? folder,
          env: environment(options.env),
          stdio: ['pipe', 'pipe', 'pipe'],
        });
        const out: Buffer[] = [];
        const err: Buffer[] = [];
        child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
        child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
        child.on('error', fail);
        child.on('close', (status) => {
          const text = Buffer.concat(out).toString();
          done({
            status,
            out: text,
            err: Buffer.concat(err).toString(),
            json: () => JSON.parse(text),
            lines: () =>
              text
                .split('\n')
                .filter((line) => line !== '')
                .map((line) => JSON.parse(line)),
          });
        });
        child.stdin.end(options.input ?? '');
      }),
    start: (args, options = {}) =>
      spawn(process.execPath, [CLI, ...args], {
        cwd: folder,
        env: environment(options.env),
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
