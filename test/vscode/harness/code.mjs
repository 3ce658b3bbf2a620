// A program that takes the flags of desktop VS Code, and does with the server build and a browser what that one does
// with a window: runs the tests of `--extensionTestsPath`, prints the extension host's console, and ends with the
// suite's exit code. So one runner serves both.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, parseArgs } from 'node:util';
import { onInterrupt } from '../../../scripts/lib/processes.ts';
import { startServer } from '../../../scripts/lib/vscodeServer.ts';
import { goToWorkspace, launchBrowser } from './browser.ts';

/** What VS Code itself says on the console of a healthy window; the server build lacks some native modules. */
const noise =
  /AgentHost|agentHost|ChatModel|open-vsx|AccountPolicyGate|spdlog|native-watchdog|serviceWorker\.js|^Creating a socket|connection token|reconnection-grace-time|builtin extensions from gallery/;

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
const dataDir = String(values['user-data-dir']);

const server = await startServer({
  dataDir,
  extensionsDir: String(values['extensions-dir']),
  settings: readSettings(join(dataDir, 'User/settings.json')),
  trust: values['disable-workspace-trust'] === true,
  token: false,
  testDriver: true,
});
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });

let finishing = false;
async function finish(code) {
  if (finishing) return;
  finishing = true;
  await browser.close().catch(() => {});
  await server.stop();
  process.exit(code);
}

onInterrupt(async () => {
  const picture = process.env.RUNLINE_TEST_PICTURE;
  if (picture !== undefined) {
    mkdirSync(dirname(picture), { recursive: true });
    await page.screenshot({ path: picture, timeout: 5000 }).then(
      () => console.log(`What the window showed at the end: ${picture}`),
      () => {},
    );
  }
  await finish(130);
});
page.on('crash', () => {
  console.log('The browser page crashed.');
  finish(1);
});
server.ended.then(() => {
  if (!finishing) console.log(`The VS Code server ended.\n${server.log()}`);
  finish(1);
});

await page.exposeFunction('codeAutomationLog', (type, args) => {
  const line = format(...args);
  if (line.trim() !== '' && !noise.test(line)) console.log(`[${type}] ${line}`);
});
await page.exposeFunction('codeAutomationExit', finish);
await goToWorkspace(page, server, {
  workspace: positionals[0],
  extensionDevelopmentPath: String(values.extensionDevelopmentPath),
  extensionTestsPath: String(values.extensionTestsPath),
});

function readSettings(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
