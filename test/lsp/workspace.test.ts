/** What rules learn of the files around a runbook, through the server. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Methods } from '../../server/protocol.ts';
import { startClient, type TestClient } from './client.ts';

let root: string;
let client: TestClient;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-lsp-'));
});
afterEach(async () => {
  await client.stop();
  rmSync(root, { recursive: true });
});

const uri = (name: string) => pathToFileURL(join(root, name)).href;

async function codes(name: string): Promise<unknown[]> {
  const report = await client.pull(uri(name));
  if (report.kind !== 'full') throw new Error('expected a full report');
  return report.items.map(({ code }) => code);
}

async function refreshed(action: () => Promise<void>): Promise<void> {
  const before = client.refreshes();
  await action();
  for (let waited = 0; client.refreshes() === before; waited += 10) {
    if (waited > 5000) throw new Error('nothing was refreshed');
    await sleep(10);
  }
}

describe('programs of this machine', () => {
  const TEXT = '# A\n\n```bash\nargocd app list\n```\n';
  const path = process.env.PATH;
  beforeEach(() => {
    // A machine with nothing on it.
    process.env.PATH = join(root, 'bin');
  });
  afterEach(() => {
    process.env.PATH = path;
  });

  test('are looked up once the workspace is trusted, and not before', async () => {
    client = await startClient({ folder: pathToFileURL(root).href, trusted: false });
    await client.open(uri('a-runbook.md'), TEXT);
    expect(await codes('a-runbook.md')).toEqual([]);
    await refreshed(() => client.connection.sendNotification(Methods.trustGranted));
    expect(await codes('a-runbook.md')).toEqual(['command/missing-tool']);
  });
});

describe('alert rules', () => {
  test('are read again when a rule file has changed', async () => {
    const rules = (anchor: string) =>
      `groups: [{rules: [{alert: TideLow, annotations: {runbook_url: docs/tides-runbook.md#${anchor}}}]}]\n`;
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'rules.yml'), rules('gone'));
    client = await startClient({ folder: pathToFileURL(root).href });
    await client.open(uri('docs/tides-runbook.md'), '# Tides\n\n## Low\n\nWait.\n');
    expect(await codes('docs/tides-runbook.md')).toEqual(['link/runbook-url']);
    writeFileSync(join(root, 'rules.yml'), rules('low'));
    await refreshed(() =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uri('rules.yml'), type: 2 }],
      }),
    );
    expect(await codes('docs/tides-runbook.md')).toEqual([]);
  });
});
