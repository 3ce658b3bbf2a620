/** Runs the demo as a reader would: its blocks in bash, in the demo's folder, with variables kept from block to block. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';

export const examplesFolder = fileURLToPath(new URL('../../../examples/', import.meta.url));

export interface Ran {
  readonly exitCode: number;
  /** Standard output, then standard error. */
  readonly output: string;
}

export interface DemoShell {
  /** The copy of `examples/demo` that blocks run in. */
  readonly folder: string;
  /** The state folder that the demo uses in it. */
  readonly state: string;
  /** Runs a script; exported variables stay for the next one. */
  run(script: string, inputs?: Readonly<Record<string, string>>): Promise<Ran>;
  /** From here on the blocks find Node and these programs alone. */
  onlyTools(names: readonly string[]): void;
  /** Stops the service and deletes the copy. */
  dispose(): Promise<void>;
}

/** A shell in a fresh copy of the demo, with a state folder of its own. */
export function openDemo(): DemoShell {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'demo-test-')));
  const folder = join(root, 'demo');
  const state = join(root, 'state');
  cpSync(join(examplesFolder, 'demo'), folder, { recursive: true });
  // The Node that runs the tests is the one that the blocks find.
  const path = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);
  let env: Record<string, string> = { PATH: path, HOME: root, CHECKOUT_STATE: state };

  const run = (script: string, inputs: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    new Promise((resolve) => {
      const saved = join(root, 'env');
      const whole = `trap 'env -0 > "${saved}"' EXIT\n${script}\n`;
      execFile(
        'bash',
        ['-c', whole],
        { cwd: folder, env: { ...env, ...inputs } },
        (error, stdout, stderr) => {
          const pairs = readFileSync(saved, 'utf8').split('\0').filter(Boolean);
          env = Object.fromEntries(
            pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
          );
          resolve({
            exitCode: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
            output: stdout + stderr,
          });
        },
      );
    });

  return {
    folder,
    state,
    run,
    onlyTools: (names) => {
      const bin = join(root, 'bin');
      mkdirSync(bin);
      symlinkSync(process.execPath, join(bin, 'node'));
      for (const name of names) {
        const found = path.split(delimiter).find((part) => existsSync(join(part, name)));
        if (found) symlinkSync(join(found, name), join(bin, name));
      }
      env = { ...env, PATH: bin };
    },
    dispose: async () => {
      await run('node ctl.mjs stop');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder with its text, to see that nothing was written there. */
export function snapshot(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, 'utf8')];
    }),
  );
}

/** The bash blocks of the demo runbook in document order, read by a plain CommonMark parser. */
export function demoBlocks(): string[] {
  const text = readFileSync(join(examplesFolder, 'demo', 'demo-runbook.md'), 'utf8');
  return new MarkdownIt()
    .parse(text, {})
    .filter((token) => token.type === 'fence' && token.info.startsWith('bash'))
    .map((token) => token.content);
}
