import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The repository root, absolute. */
export const root = resolve(import.meta.dirname, '../..');

/** A file of an installed package, absolute. */
export const inModules = (path: string): string => join(root, 'node_modules', path);

/** A program that ended: its exit code (null if a signal ended it) and all that it said, both streams as they came. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const live = new Set<ChildProcess>();

// Whatever ends us, nothing that we started stays behind.
process.on('exit', () => {
  for (const child of live) signalGroup(child, 'SIGKILL');
});

/** Starts a program as the head of a process group of its own, so that `stop` reaches its children too. */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  live.add(child);
  child.on('exit', () => live.delete(child));
  child.on('error', () => live.delete(child));
  return child;
}

/** Ends a started program and its children: politely, then after five seconds for certain. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((done) => child.once('exit', done));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
  // Children that outlived their parent's polite end.
  signalGroup(child, 'SIGKILL');
}

/** Runs a program to its end and collects what it says. Rejects only if it cannot be started. */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { readonly show?: boolean } = {},
): Promise<Ended> {
  const { show = false, ...spawnOptions } = options;
  const child = start(command, args, spawnOptions);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (show) process.stdout.write(chunk);
    });
  }
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Runs a JavaScript or TypeScript program under the Node that runs us. */
export function runNode(
  args: readonly string[],
  options: SpawnOptions & { readonly show?: boolean } = {},
): Promise<Ended> {
  return run(process.execPath, args, options);
}

let interrupted = false;
let atInterrupt: () => void = () => process.exit(130);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A terminal and npm may each send one.
    if (interrupted) return;
    interrupted = true;
    atInterrupt();
  });
}

/** What to do at an interrupt instead of ending at once; it must end the process. It is called once. */
export function onInterrupt(act: () => void): void {
  atInterrupt = act;
}

/** Ends everything that we started. */
export async function stopAll(): Promise<void> {
  await Promise.all([...live].map(stop));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
