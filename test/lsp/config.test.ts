import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Methods } from '../../server/protocol.ts';
import { startClient, type TestClient, type TestClientOptions } from './client.ts';

const TEXT =
  '# Checkout\n\n```bash\nkubectl delete namespace shop\n```\n\n```bash\ntail -f /var/log/checkout.log\n```\n';

let root: string;
let client: TestClient | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runline-lsp-config-'));
  mkdirSync(join(root, 'notes'));
});
afterEach(async () => {
  await client?.stop();
  client = undefined;
  rmSync(root, { recursive: true });
});

const uri = (name: string): string => pathToFileURL(join(root, name)).href;
const configure = (text: string, folder = ''): void =>
  writeFileSync(join(root, folder, '.runline.yaml'), text);

async function started(options: TestClientOptions = {}): Promise<TestClient> {
  client = await startClient({ folder: pathToFileURL(root).href, ...options });
  return client;
}

/** `rule severity` of each diagnostic; 1 is an error, 4 a hint. */
async function pulled(client: TestClient, name: string): Promise<string[]> {
  const report = await client.pull(uri(name));
  if (report.kind !== 'full') throw new Error('expected a full report');
  return report.items.map((item) => `${item.code} ${item.severity}`);
}

const changed = (client: TestClient, type: number, name = '.runline.yaml') =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uri(name), type }],
  });

describe('.runline.yaml', () => {
  test('sets severities below the settings and above the rules', async () => {
    configure('rules:\n  command/destructive: hint\n  command/endless: error\n');
    const client = await started({ settings: { rules: { 'command/endless': 'warning' } } });
    await client.open(uri('a-runbook.md'), TEXT);
    expect(await pulled(client, 'a-runbook.md')).toEqual(['command/destructive 4', 'command/endless 2']);
  });

  test('says which files are runbooks, from where it lies', async () => {
    configure('runbooks: ["*.md"]\n', 'notes');
    const client = await started();
    await client.open(uri('notes/a.md'), TEXT);
    await client.open(uri('a.md'), TEXT);
    expect(await pulled(client, 'notes/a.md')).not.toEqual([]);
    expect(await pulled(client, 'a.md')).toEqual([]);
  });

  test('is followed when it comes, changes and goes', async () => {
    const client = await started();
    await client.open(uri('a-runbook.md'), TEXT);
    const before = await pulled(client, 'a-runbook.md');
    for (const [severity, type] of [
      ['off', 1],
      ['error', 2],
    ] as const) {
      configure(`rules:\n  command/destructive: ${severity}\n`);
      await changed(client, type);
      await refreshed(client);
      expect(
        (await pulled(client, 'a-runbook.md')).filter((item) => item.startsWith('command/destructive')),
      ).toEqual(severity === 'off' ? [] : ['command/destructive 1']);
    }
    rmSync(join(root, '.runline.yaml'));
    await changed(client, 3);
    await refreshed(client);
    expect(await pulled(client, 'a-runbook.md')).toEqual(before);
  });

  test('is judged where it is open, by its text', async () => {
    const client = await started();
    await client.open(uri('.runline.yaml'), 'rules:\n  command/endles: off\n', 'yaml');
    const report = await client.pull(uri('.runline.yaml'));
    expect(report).toMatchObject({
      items: [
        {
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 16 } },
          severity: 2,
          source: 'runline',
          message: 'There is no rule `command/endles`. Did you mean `command/endless`?',
        },
      ],
    });
    await client.change(uri('.runline.yaml'), 2, 'rules:\n  command/endless: off\n');
    expect(await pulled(client, '.runline.yaml')).toEqual([]);
  });

  test('is shown where it is wrong and not open, until it is opened or gone', async () => {
    configure('rules:\n  command/endless: of\n');
    const client = await started();
    const shown = client.nextPublished(uri('.runline.yaml'));
    await client.open(uri('a-runbook.md'), TEXT);
    expect(await pulled(client, 'a-runbook.md')).toContain('command/endless 4');
    expect((await shown).diagnostics.map(({ message }) => message)).toEqual([
      '`of` is no severity. Write error, warning, info, hint or off.',
    ]);
    await pulled(client, 'a-runbook.md');
    expect(client.published).toHaveLength(1);
    const cleared = client.nextPublished(uri('.runline.yaml'));
    await client.open(uri('.runline.yaml'), 'rules:\n  command/endless: of\n', 'yaml');
    expect((await cleared).diagnostics).toEqual([]);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uri('.runline.yaml') },
    });
    const again = client.nextPublished(uri('.runline.yaml'));
    await pulled(client, 'a-runbook.md');
    expect((await again).diagnostics).toHaveLength(1);
    const gone = client.nextPublished(uri('.runline.yaml'));
    rmSync(join(root, '.runline.yaml'));
    await changed(client, 3);
    expect((await gone).diagnostics).toEqual([]);
  });
});

describe('an untrusted workspace', () => {
  const all = 'rules:\n  command/destructive: off\n  command/endless: off\nrunbooks: []\n';

  test('weakens no safety rule, nor takes a document out, until it is trusted', async () => {
    configure(all);
    const client = await started({ trusted: false });
    await client.open(uri('a-runbook.md'), `<!-- runline-disable-file -- fine -->\n${TEXT}`);
    expect(await pulled(client, 'a-runbook.md')).toEqual(['command/destructive 2']);
    await client.connection.sendNotification(Methods.trustGranted);
    await refreshed(client);
    expect(await pulled(client, 'a-runbook.md')).toEqual([]);
  });

  test('leaves the settings of the editor as they are', async () => {
    configure('rules:\n  command/destructive: hint\n');
    const client = await started({ trusted: false, settings: { rules: { 'command/destructive': 'off' } } });
    await client.open(uri('a-runbook.md'), TEXT);
    expect(await pulled(client, 'a-runbook.md')).toEqual(['command/endless 4']);
  });

  test.each([true, undefined])('is none where the client says %s', async (trusted) => {
    configure('rules:\n  command/destructive: off\n');
    const client = await started(trusted === undefined ? {} : { trusted });
    await client.open(uri('a-runbook.md'), TEXT);
    expect(await pulled(client, 'a-runbook.md')).toEqual(['command/endless 4']);
  });
});

/** Waits until the server has asked once more for diagnostics to be pulled. */
async function refreshed(client: TestClient): Promise<void> {
  const before = seen.get(client) ?? 0;
  for (let waited = 0; client.refreshes() <= before; waited += 10) {
    if (waited > 5000) throw new Error('the server asked for no new pull');
    await sleep(10);
  }
  seen.set(client, client.refreshes());
}
const seen = new WeakMap<TestClient, number>();
