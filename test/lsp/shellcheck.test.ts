import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Methods } from '../../server/protocol.ts';
import { SHELLCHECK } from '../support/shellcheck.ts';
import { startClient, type TestClient, type TestClientOptions } from './client.ts';

const TEXT = '# Pods\n\n```bash\nkubectl get pods --namespace shop \\\n\n  --no-headers\n```\n';

let root: string;
let client: TestClient | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-lsp-shellcheck-'));
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
  rmSync(root, { recursive: true });
});

const uri = (): string => pathToFileURL(join(root, 'a-runbook.md')).href;

async function started(options: TestClientOptions = {}): Promise<TestClient> {
  client = await startClient({ folder: pathToFileURL(root).href, trusted: true, ...options });
  return client;
}

/** The messages of ShellCheck among the diagnostics. */
async function remarks(client: TestClient): Promise<string[]> {
  const report = await client.pull(uri());
  if (report.kind !== 'full') throw new Error('expected a full report');
  return report.items.filter(({ code }) => code === 'shell/shellcheck').map(({ message }) => String(message));
}

/** Waits until the server asks for diagnostics to be pulled again. */
async function refreshed(client: TestClient, before: number): Promise<void> {
  while (client.refreshes() === before) await sleep(20);
}

describe.skipIf(SHELLCHECK === undefined)('ShellCheck', () => {
  test('is heard once typing pauses, and again after an edit', async () => {
    const client = await started({ settings: {} });
    await client.open(uri(), TEXT);
    expect(await remarks(client)).toEqual([]);
    await refreshed(client, 0);
    expect(await remarks(client)).toEqual([
      'This flag is used as a command name. Bad line break or missing [ .. ]? (ShellCheck SC2215).',
    ]);
    await client.change(uri(), 2, TEXT.replace('\\\n\n', '\\\n'));
    expect(await remarks(client)).toEqual([]);
    const before = client.refreshes();
    await client.change(uri(), 3, TEXT.replace('# Pods', '# All pods'));
    // The block is as it was: the answer is there at once.
    expect(await remarks(client)).toHaveLength(1);
    expect(client.refreshes()).toBe(before);
  });

  test('takes its severity from the settings, and is silenced like a rule', async () => {
    const client = await started({ settings: { rules: { 'shell/shellcheck': 'hint' } } });
    await client.open(uri(), TEXT);
    await refreshed(client, 0);
    const report = await client.pull(uri());
    if (report.kind !== 'full') throw new Error('expected a full report');
    expect(report.items.find(({ code }) => code === 'shell/shellcheck')?.severity).toBe(4);
    const comment = '<!-- runline-disable-next-line shell/shellcheck -- on purpose -->\n```bash';
    await client.change(uri(), 2, TEXT.replace('```bash', comment));
    const after = await client.pull(uri());
    if (after.kind !== 'full') throw new Error('expected a full report');
    expect(after.items.map(({ code }) => code)).not.toContain('shell/shellcheck');
    expect(after.items.map(({ code }) => code)).not.toContain('suppression/unused');
  });
});

describe.skipIf(process.platform === 'win32')('nothing runs', () => {
  let ran: string;
  let path: string;
  beforeEach(() => {
    ran = join(root, 'ran');
    path = join(root, 'checker');
    writeFileSync(path, `#!/bin/sh\ntouch '${ran}'\necho '{"comments":[]}'\n`);
    chmodSync(path, 0o755);
  });
  const wait = () => sleep(1200);

  test('in a workspace that is not trusted, until it is', async () => {
    const client = await started({ trusted: false, settings: { shellcheck: { enabled: true, path } } });
    await client.open(uri(), TEXT);
    await wait();
    expect(existsSync(ran)).toBe(false);
    await client.connection.sendNotification(Methods.trustGranted);
    while (!existsSync(ran)) await sleep(20);
  });

  test('for a client that does not say that it trusts the workspace', async () => {
    const folder = pathToFileURL(root).href;
    client = await startClient({ folder, settings: { shellcheck: { enabled: true, path } } });
    await client.open(uri(), TEXT);
    await wait();
    expect(existsSync(ran)).toBe(false);
  });

  test('where it is turned off', async () => {
    const client = await started({ settings: { shellcheck: { enabled: false, path } } });
    await client.open(uri(), TEXT);
    await wait();
    expect(existsSync(ran)).toBe(false);
  });

  test('for a document that is no runbook', async () => {
    const client = await started({
      settings: { shellcheck: { enabled: true, path }, runbooks: ['none/*.md'] },
    });
    await client.open(uri(), TEXT);
    await wait();
    expect(existsSync(ran)).toBe(false);
  });

  test('before typing pauses, and a comment about it is not called unused meanwhile', async () => {
    const client = await started({ settings: { shellcheck: { enabled: true, path } } });
    await client.open(
      uri(),
      TEXT.replace('```bash', '<!-- runline-disable-next-line shell/shellcheck -- on purpose -->\n```bash'),
    );
    const report = await client.pull(uri());
    if (report.kind !== 'full') throw new Error('expected a full report');
    expect(report.items.map(({ code }) => code)).not.toContain('suppression/unused');
    expect(existsSync(ran)).toBe(false);
  });
});
