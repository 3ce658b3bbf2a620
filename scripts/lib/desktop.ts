import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onPath } from './onPath.ts';
import { run, start, stop } from './processes.ts';
import { quietSettings } from './vscodeServer.ts';

/** An open VS Code: where it is, when it ends, and how to end it. */
export interface Demo {
  readonly address: string;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * A desktop VS Code that can open a window of its own here: `code` in PATH, new enough, with a screen, and neither the
 * remote helper of that name (in a VS Code terminal over SSH, or in WSL) nor run as root, which it refuses.
 */
export async function usableDesktop(): Promise<string | undefined> {
  const { platform, env } = process;
  if (env.VSCODE_IPC_HOOK_CLI !== undefined || env.WSL_DISTRO_NAME !== undefined) return undefined;
  if (platform === 'linux' && (!(env.DISPLAY || env.WAYLAND_DISPLAY) || process.getuid?.() === 0))
    return undefined;
  const code = onPath('code');
  if (code === undefined) return undefined;
  const { output } = await run(code, ['--version'], options).catch(() => ({ output: '' }));
  const [, major, minor] = /^(\d+)\.(\d+)\.\d+/m.exec(output) ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 101) ? code : undefined;
}

/** On Windows `code` is a batch file. */
const options = { shell: process.platform === 'win32' };

/** What to open, and where the profile may lie. */
export interface DesktopOptions {
  readonly data: string;
  readonly vsix: string;
  readonly folder: string;
  readonly file: string;
}

/**
 * Opens a window on a folder and one of its files in a profile of its own, so that the user's settings and extensions stay as they are.
 * @throws {Error} with what VS Code said if it does not install the extension
 */
export async function openDesktop(code: string, { data, vsix, folder, file }: DesktopOptions): Promise<Demo> {
  const profile = join(data, 'data');
  mkdirSync(join(profile, 'User'), { recursive: true });
  // The folder is this repository's own examples; a newcomer can run them without a question first.
  const settings = { ...quietSettings, 'security.workspace.trust.enabled': false };
  writeFileSync(join(profile, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const folders = ['--user-data-dir', profile, '--extensions-dir', join(data, 'extensions')];
  const installed = await run(code, [...folders, '--install-extension', vsix], options);
  if (installed.code !== 0)
    throw new Error(`VS Code did not install ${vsix} (exit ${installed.code}).\n${installed.output}`);

  const child = start(code, [...folders, '--new-window', '--wait', folder, file], {
    ...options,
    stdio: 'ignore',
  });
  return {
    address: pathToFileURL(folder).href,
    ended: new Promise((done) => child.once('close', () => done())),
    stop: async () => {
      endWindow(profile);
      await stop(child);
    },
  };
}

/** `code` only asks for the window; VS Code itself notes its process in its profile, which here is ours. */
function endWindow(profile: string): void {
  try {
    process.kill(Number(readFileSync(join(profile, 'code.lock'), 'utf8')), 'SIGTERM');
  } catch {
    // The window is closed already.
  }
}
