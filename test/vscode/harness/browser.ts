import { type Browser, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../scripts/lib/browser.ts';
import type { RunningServer } from '../../../scripts/lib/vscodeServer.ts';

/**
 * Starts the machine's browser without a window. It resolves no name but the loopback's, so that no page can reach out.
 * @throws {Error} if there is no browser; `npm test` skips these tests then
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error(
      'There is no Chromium, Chrome or Edge here. Install one, or name it in RUNLINE_CHROMIUM.',
    );
  return chromium.launch({
    executablePath,
    // Interrupts are ours: a last picture is taken before the browser ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

export interface PageOptions {
  readonly workspace: string;
  /** The extension under development, absolute. */
  readonly extensionDevelopmentPath?: string;
  /** The program whose `run()` holds the tests, absolute. */
  readonly extensionTestsPath?: string;
}

/** Goes to the workspace's page; VS Code takes what it must load from the address. */
export async function goToWorkspace(page: Page, server: RunningServer, options: PageOptions): Promise<void> {
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  const payload = (['extensionDevelopmentPath', 'extensionTestsPath'] as const).flatMap((name) => {
    const path = options[name];
    return path === undefined ? [] : [[name, remote(path)]];
  });
  await page.goto(server.url({ folder: options.workspace, payload: JSON.stringify(payload) }));
}
