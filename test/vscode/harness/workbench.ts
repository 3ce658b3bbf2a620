import { mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/lib/processes.ts';
import { type RunningServer, startServer } from '../../../scripts/lib/vscodeServer.ts';
import { launchBrowser } from './browser.ts';
import { environment, makeFolders, testSettings, type Workspace } from './folders.ts';

export interface VscodeOptions {
  /** A folder to copy, or files to write; default: an empty folder. */
  readonly workspace?: Workspace;
  /** The extension to install: a `.vsix`, or a folder used where it lies. Default: this repository, as it was built. */
  readonly extension?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Default true; false opens the workspace in Restricted Mode. */
  readonly trust?: boolean;
  /** Laid over ours; undefined removes a name. HOME and the XDG folders are new and empty unless they stand here. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Vscode {
  readonly server: RunningServer;
  /** The workspace that is open: a copy, absolute. */
  readonly workspace: string;
  /** The home folder of everything that VS Code started, absolute. */
  readonly home: string;
  /** The page of the workspace. */
  readonly url: string;
  /** Ends VS Code and removes its folders. */
  stop(): Promise<void>;
}

/** Starts a VS Code of its own on a copy of a workspace. */
export async function startVscode(options: VscodeOptions = {}): Promise<Vscode> {
  const folders = makeFolders(options.workspace);
  const extension = options.extension ?? root;
  const packaged = extension.endsWith('.vsix');
  // A folder of extensions that VS Code finds at its first start counts as installed.
  if (!packaged) symlinkSync(extension, join(folders.extensions, basename(extension)), 'junction');
  const server = await startServer({
    dataDir: folders.data,
    extensionsDir: folders.extensions,
    trust: options.trust ?? true,
    token: false,
    env: environment(folders.home, options.env),
    ...(packaged ? { vsix: extension } : {}),
    settings: { ...testSettings, ...options.settings },
  }).catch((error) => {
    folders.remove();
    throw error;
  });
  return {
    server,
    workspace: folders.workspace,
    home: folders.home,
    url: server.url({ folder: folders.workspace }),
    stop: async () => {
      await server.stop();
      folders.remove();
    },
  };
}

export interface WorkbenchOptions extends VscodeOptions {
  /** Default 1280 × 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A VS Code window and what a person does in it. Every function waits for what it needs, 15 s at most. */
export interface Workbench {
  readonly vscode: Vscode;
  readonly page: Page;
  /** Opens a file of the workspace in the first editor group, by its path relative to the workspace. */
  open(path: string): Promise<void>;
  /** Runs a command by its title in the palette. */
  command(title: string): Promise<void>;
  /** Puts the cursor at the start of a line of the active editor (1-based). */
  goToLine(line: number): Promise<void>;
  /** The code lenses that are drawn now, top to bottom. */
  lenses(): Promise<string[]>;
  /** Clicks a code lens by its text; of several that hold it, the one given (0-based). */
  clickLens(text: string, nth?: number): Promise<void>;
  /** Waits for a quick-pick or input box to be open, and for its title, prompt or placeholder to hold the text. */
  waitForInput(text?: string): Promise<Locator>;
  /** Types into the open quick-pick or input box. */
  type(text: string): Promise<void>;
  /** Types into the open input box and accepts. */
  answer(text: string): Promise<void>;
  /** The rows of the open quick-pick, as a screen reader reads them. */
  choices(): Promise<string[]>;
  /** Takes the row of the open quick-pick that holds the text. */
  pick(text: string): Promise<void>;
  /** Closes whatever is asking. */
  escape(): Promise<void>;
  /** Presses a button of a modal dialog; returns what the dialog said. */
  dialog(button: string): Promise<string>;
  /** What the notifications say, newest first. */
  notifications(): Promise<string[]>;
  /** The rows of the Problems view, as a screen reader reads them. */
  problems(): Promise<string[]>;
  /** The text of a status-bar item that holds the given text. */
  statusItem(text: string): Locator;
  /** Trusts the workspace, as "Manage Workspace Trust" does. */
  trust(): Promise<void>;
  /** The document inside the webview whose content matches a selector or holds a text (`text=…`). */
  webview(selector: string): Promise<FrameLocator>;
  /** Writes a PNG of the window. */
  screenshot(path: string): Promise<void>;
  /** Reloads the window and waits until it is there again. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

const patience = 15_000;

/** Opens a real VS Code window on a copy of a workspace, with the extension loaded. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vscode = await startVscode(options);
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  page.setDefaultTimeout(patience);
  const close = async () => {
    await browser.close();
    await vscode.stop();
  };
  const ready = async () => {
    // The theme is there once the settings and the extensions have been read from the server; the files come with it.
    await page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor({ timeout: 60_000 });
    await page.locator('.statusbar-item[id="status.problems"]').waitFor();
    await page.locator('.explorer-folders-view .monaco-list').waitFor();
  };
  try {
    await page.goto(vscode.url);
    await ready();
  } catch (error) {
    await close();
    throw error;
  }
  return { vscode, page, close, ...actions(page, ready) };
}

function actions(page: Page, ready: () => Promise<void>): Omit<Workbench, 'vscode' | 'page' | 'close'> {
  const widget = page.locator('.quick-input-widget:visible');
  const input = widget.locator('.quick-input-box input');
  const rows = widget.locator('.quick-input-list .monaco-list-row');
  const groups = page.locator('.editor-group-container');
  const lens = page.locator('.codelens-decoration a');
  const labels = (locator: Locator) =>
    locator.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));

  const waitForInput = async (text?: string) => {
    const one = text === undefined ? widget : widget.filter({ has: page.locator(`text=${text}`) });
    const held = text === undefined ? one : one.or(widget.filter({ has: page.getByPlaceholder(text) }));
    await held.first().waitFor();
    return widget;
  };
  const palette = async (text: string) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(text);
  };
  const command = async (title: string) => {
    await palette(`>${title}`);
    // A key binding or "similar commands" may follow the title.
    const row = `.monaco-list-row:is([aria-label="${title}"], [aria-label^="${title}, "])`;
    await widget.locator(row).first().click();
  };

  return {
    command,
    waitForInput,
    open: async (path) => {
      const name = path.split('/').at(-1) ?? path;
      // Beside a panel, a person opens files on the left.
      if ((await groups.count()) > 1) await command('View: Focus First Editor Group');
      await palette(path);
      await rows.filter({ hasText: name }).first().waitFor();
      await page.keyboard.press('Enter');
      await groups.first().locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
      await groups.first().locator('.view-lines').first().waitFor();
    },
    goToLine: async (line) => {
      await palette(`:${line}`);
      await page.keyboard.press('Enter');
      await widget.waitFor({ state: 'hidden' });
    },
    lenses: () => lens.allInnerTexts(),
    clickLens: async (text, nth = 0) => {
      await lens.filter({ hasText: text }).nth(nth).click();
    },
    type: async (text) => {
      await input.waitFor();
      await input.fill(text);
    },
    answer: async (text) => {
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    choices: async () => {
      await rows.first().waitFor();
      return labels(rows);
    },
    pick: async (text) => {
      await rows.filter({ hasText: text }).first().click();
    },
    escape: () => page.keyboard.press('Escape'),
    dialog: async (button) => {
      const box = page.locator('.monaco-dialog-box');
      const text = await box.locator('.dialog-message-container').textContent();
      await box.getByRole('button', { name: button }).click();
      await box.waitFor({ state: 'hidden' });
      return text ?? '';
    },
    notifications: () =>
      page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts(),
    problems: async () => {
      await command('Problems: Focus on Problems View');
      const list = page.locator('.markers-panel .monaco-list-row');
      await list.first().waitFor();
      return labels(list);
    },
    statusItem: (text) => page.locator('.statusbar-item', { hasText: text }),
    trust: async () => {
      await command('Workspaces: Manage Workspace Trust');
      const editor = page.locator('.workspace-trust-editor');
      await editor.getByRole('button', { name: 'Trust', exact: true }).click();
      await editor.getByText('You trust this folder', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await editor.waitFor({ state: 'hidden' });
    },
    webview: async (selector) => {
      const until = Date.now() + patience;
      const frames = page.locator('iframe.webview');
      for (;;) {
        for (let index = 0; index < (await frames.count()); index++) {
          const inner = frames.nth(index).contentFrame().frameLocator('iframe#active-frame');
          if (
            (await inner
              .locator(selector)
              .count()
              .catch(() => 0)) > 0
          )
            return inner;
        }
        if (Date.now() > until) throw new Error(`No webview has ${selector} after ${patience / 1000} s.`);
        await page.waitForTimeout(100);
      }
    },
    screenshot: async (path) => {
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    reload: async () => {
      await page.reload();
      await ready();
    },
  };
}
