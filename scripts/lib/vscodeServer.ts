import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, run, start, stop } from './processes.ts';
import { npm } from './setup.mjs';

/**
 * The VS Code server build as the npm registry has it: the workbench, extension host, terminal and webviews of the
 * VS Code release of the same number, served to a browser.
 */
const version = '4.139.1';
const cache = join(root, '.vscode-test');
const home = join(cache, `code-server-${version}`);
const vscode = join(home, 'node_modules/code-server/lib/vscode');
const stamp = join(home, 'installed');
const program = join(vscode, 'out/server-main.js');

/**
 * Installs the server build into `.vscode-test/` once; 600 MB, about 20 s.
 * @returns whether there was anything to do
 * @throws {Error} with npm's own message if it cannot reach its registry
 */
export function installVscode(): boolean {
  if (existsSync(stamp) && existsSync(program)) return false;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  // Its install scripts compile native modules for minutes; terminals and search come with prebuilt ones.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  npm(['install', '--prefix', home, `code-server@${version}`, ...quiet], home);
  npm(['install', '--omit=dev', ...quiet], vscode);
  npm(['install', '--omit=dev', ...quiet], join(vscode, 'extensions'));
  writeFileSync(stamp, `${version}\n`);
  return true;
}

export interface ServerOptions {
  /** A folder for all that the server writes; it should be new or ours. */
  readonly dataDir: string;
  /** Where extensions are installed. */
  readonly extensionsDir: string;
  /** A packaged extension to install first. */
  readonly vsix?: string;
  /** VS Code settings beside `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False: folders open in Restricted Mode. True: workspace trust is off, every folder is trusted. */
  readonly trust: boolean;
  /** Ask every request for a random token. Off only where a test drives the browser. */
  readonly token: boolean;
  /** Lets a page run extension tests (`extensionTestsPath` in the payload). */
  readonly testDriver?: boolean;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export interface RunningServer {
  /** `127.0.0.1:<port>`: the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  /** The page's address, with the token if there is one; `query` is added to it. */
  url(query: Readonly<Record<string, string>>): string;
  /** Everything that the server has said so far. */
  log(): string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A window without greetings, AI, updates or anything else that would ask the network. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // It asks about the repository around the opened folder.
  'git.openRepositoryInParentFolders': 'never',
  'update.mode': 'none',
  'telemetry.telemetryLevel': 'off',
};

/**
 * Starts the installed server build on a loopback port and resolves when it listens.
 * @throws {Error} with all that the server said, if it ends first or does not listen within a minute
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { dataDir, extensionsDir } = options;
  const machine = join(dataDir, 'data/Machine');
  mkdirSync(machine, { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  writeFileSync(
    join(machine, 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, null, 2),
  );

  // An empty gallery: the extension search would ask open-vsx.org at every start.
  const env = { ...(options.env ?? process.env), EXTENSIONS_GALLERY: '{}' };
  const folders = ['--server-data-dir', dataDir, '--extensions-dir', extensionsDir];
  const common = [program, ...folders, '--accept-server-license-terms', '--telemetry-level', 'off'];
  if (options.vsix !== undefined) {
    const { code, output } = await run(process.execPath, [...common, '--install-extension', options.vsix], {
      env,
    });
    if (code !== 0) throw new Error(`VS Code did not install ${options.vsix} (exit ${code}).\n${output}`);
  }

  const token = options.token ? randomBytes(24).toString('base64url') : undefined;
  const args = [...common, '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  if (token === undefined) args.push('--without-connection-token');
  else {
    // In a file: arguments can be read by every user of the machine.
    const file = join(dataDir, 'connection-token');
    writeFileSync(file, token, { mode: 0o600 });
    args.push('--connection-token-file', file);
  }
  if (options.testDriver) args.push('--enable-smoke-test-driver');
  if (options.trust) args.push('--disable-workspace-trust');

  const lines: string[] = [];
  const child = start(process.execPath, args, { env });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const port = await new Promise<number>((listening, failed) => {
    const fail = (what: string) => failed(new Error(`The VS Code server ${what}.\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail('did not listen within a minute'), 60_000);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`ended (exit ${code}) before it listened`);
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > 10_000) lines.shift();
        const found = /^Extension host agent listening on (\d+)/.exec(line);
        if (found === null) return;
        clearTimeout(timer);
        listening(Number(found[1]));
      });
    }
  }).catch(async (error) => {
    await stop(child);
    throw error;
  });

  const authority = `127.0.0.1:${port}`;
  return {
    authority,
    url: (query) =>
      `http://${authority}/?${new URLSearchParams({ ...(token === undefined ? {} : { tkn: token }), ...query })}`,
    log: () => lines.join('\n'),
    ended,
    stop: () => stop(child),
  };
}
