import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a test works in: a folder to copy, or files to write (path → text), or nothing. */
export type Workspace = string | Readonly<Record<string, string>>;

/** The folders of one VS Code run, all below one temporary folder. */
export interface Folders {
  /** The workspace that is opened: a copy, free to be changed. */
  readonly workspace: string;
  /** The home folder of everything that VS Code starts. */
  readonly home: string;
  /** VS Code's own data and extensions. */
  readonly data: string;
  readonly extensions: string;
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
  const remove = () => rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
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
