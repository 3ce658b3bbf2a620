import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, installPackages } from './debian.ts';
import { onPath } from './onPath.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder === undefined
        ? []
        : [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
            join(folder, 'Chromium/Application/chrome.exe'),
          ],
  ),
};

/** An installed Chromium, Chrome or Edge; `RUNLINE_CHROMIUM` names another. */
export function findBrowser(): string | undefined {
  const named = process.env.RUNLINE_CHROMIUM;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return (
    names.map(onPath).find((path) => path !== undefined) ??
    places[process.platform]?.find((p) => existsSync(p))
  );
}

/**
 * A browser to test in: the installed one, else, on Debian as root, the one that we install.
 * @returns its path, or why there is none
 */
export async function ensureBrowser(): Promise<{ path: string } | { reason: string }> {
  const found = findBrowser();
  if (found !== undefined) return { path: found };
  const named = process.env.RUNLINE_CHROMIUM;
  if (named !== undefined && named !== '')
    return { reason: `RUNLINE_CHROMIUM is ${named}, which is not there` };
  if (!canInstall())
    return {
      reason: 'no Chromium, Chrome or Edge on this machine (install one, or name it in RUNLINE_CHROMIUM)',
    };

  console.log('Installing Chromium (apt-get)');
  const reason = await installPackages(['chromium', 'fonts-dejavu-core']);
  if (reason !== undefined) return { reason };
  const installed = findBrowser();
  return installed === undefined
    ? { reason: 'apt-get installed the package chromium, which brought no browser' }
    : { path: installed };
}
