import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { type Demo, openDesktop, usableDesktop } from './desktop.ts';
import { onPath } from './onPath.ts';
import { packageExtension, vsix } from './package.ts';
import { onInterrupt, root, start } from './processes.ts';
import { installVscode, startServer } from './vscodeServer.ts';

const { values } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
  },
});
const folder = join(root, 'examples');
/** Open from the start: the runbook of the five-minute tour. */
const file = join(folder, 'demo/demo-runbook.md');

const data = mkdtempSync(join(tmpdir(), 'runline-start-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

let demo: Demo | undefined;
let interrupted = false;
onInterrupt(async () => {
  interrupted = true;
  await demo?.stop();
  process.exit(0);
});
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(): Promise<void> {
  console.log(await build());
  await packageExtension();
  // Someone who asks for no window wants the address, so the browser build.
  const desktop = values['no-open'] ? undefined : await usableDesktop();
  demo =
    desktop === undefined ? await openServer() : await openDesktop(desktop, { data, vsix, folder, file });
  console.log(`Runline is open at ${demo.address}`);
  if (desktop === undefined && !values['no-open']) openInBrowser(demo.address);
  await demo.ended;
  if (interrupted) return;
  console.log('VS Code has ended.');
  process.exit(0);
}

/** The VS Code server build: on the loopback alone, and behind a token that only the printed address has. */
async function openServer(): Promise<Demo> {
  if (installVscode()) console.log('Installed the VS Code server build into .vscode-test/');
  const server = await startServer({
    dataDir: join(data, 'data'),
    extensionsDir: join(data, 'extensions'),
    vsix,
    // The folder is this repository's own examples; a newcomer can run them without a question first.
    trust: true,
    token: true,
    port: Number(values.port),
  });
  const payload = JSON.stringify([['openFile', `vscode-remote://${server.authority}${file}`]]);
  return { address: server.url({ folder, payload }), ended: server.ended, stop: server.stop };
}

/** Shows the address in the system's browser, where there is one; the printed line stands in any case. */
function openInBrowser(address: string): void {
  const [command, args]: [string | undefined, string[]] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['explorer', [address]]
        : [process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? onPath('xdg-open') : undefined, [address]];
  if (command !== undefined) start(command, args, { stdio: 'ignore' }).unref();
}
