import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { quietSettings } from '../../../scripts/lib/vscodeServer.ts';

/** What a test works in: a folder to copy, or files to write (path → text), or nothing. */
export type Workspace = string | Readonly<Record<string, string>>;

/** The settings of every test, under its own: VS Code's git would run the machine's git in each workspace. */
export const testSettings: Readonly<Record<string, unknown>> = { ...quietSettings, 'git.enabled': false };

/** The folders of one VS Code run, all below one temporary folder. */
export interface Folders {
  /** The workspace that is opened: a copy, free to be changed. */
  readonly workspace: string;
  /** The home folder of everything that VS Code starts. */
  readonly home: string;
  /** VS Code's own data and extensions. */
  readonly data: string;
  readonly extensions: string;
  /** Ends what the test left running and removes the folders. */
  remove(): void;
}

export function makeFolders(workspace: Workspace = {}): Folders {
  // The real path: what VS Code calls the folder must be what the test calls it, also where /tmp is a link.
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'runline-vscode-')));
  const folder = (name: string) => {
    mkdirSync(join(base, name));
    return join(base, name);
  };
  const folders = {
    workspace: folder('workspace'),
    home: folder('home'),
    data: folder('data'),
    extensions: folder('extensions'),
  };
  if (typeof workspace === 'string') cpSync(workspace, folders.workspace, { recursive: true });
  else {
    for (const [path, text] of Object.entries(workspace)) {
      mkdirSync(dirname(join(folders.workspace, path)), { recursive: true });
      writeFileSync(join(folders.workspace, path), text);
    }
  }
  const remove = () => {
    endLeftovers(folders.home);
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return { ...folders, remove };
}

/**
 * The environment that VS Code and everything in it gets: ours, with a home of its own and without what npm, Node and
 * the test runner added. A value of undefined in `extra` removes a name.
 */
export function environment(home: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env))
    if (!/^(npm_|NODE_|VITEST|VSCODE_|ELECTRON_|TEST$)/i.test(name)) env[name] = value;
  Object.assign(env, {
    HOME: home,
    USERPROFILE: home,
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
    ...extra,
  });
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name];
  return env;
}

/** Ends the processes that still have this home: a step may start a service that outlives it, and VS Code too. */
function endLeftovers(home: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`HOME=${home}`))
        process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended, or it belongs to someone else.
    }
  }
}
