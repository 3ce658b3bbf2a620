import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { Methods, type WireRunbook } from '../../server/protocol.ts';
import { startClient, type TestClient, type TestClientOptions } from './client.ts';

const URI = 'file:///team/checkout-runbook.md';

const TEXT = `# Checkout

## Diagnosis

\`\`\`bash
kubectl get pods -n shop
kubectl logs deploy/checkout -n shop
\`\`\`

Look a task up:

\`\`\`bash
queue-admin show <task-id>
\`\`\`

## Mitigation

\`\`\`bash
kubectl delete pod checkout-0 -n shop
\`\`\`

\`\`\`
kubectl get nodes
\`\`\`

See [the policy](#escalation).

| Severity | Definition | Response Time |
| --- | --- | --- |
| P1 - Critical | Nobody can pay | 15 minutes |
| P2 - High | Some cannot pay | Next business day |
`;

let client: TestClient | undefined;
const folders: string[] = [];
afterEach(async () => {
  await client?.stop();
  client = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function started(options?: TestClientOptions): Promise<TestClient> {
  client = await startClient(options);
  return client;
}

describe('diagnostics', () => {
  test('are pulled with a result id, and unchanged the second time', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const first = await client.pull(URI);
    if (first.kind !== 'full') throw new Error('expected a full report');
    const codes = first.items.map((item) => item.code);
    expect(codes).toContain('placeholder/unfilled');
    expect(codes).toContain('command/destructive');
    expect(codes).toContain('language/missing');
    expect(codes).toContain('link/broken-anchor');
    expect(first.items.every((item) => item.source === 'runline')).toBe(true);
    const second = await client.pull(URI, first.resultId);
    expect(second).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.change(URI, 2, TEXT.replace('#escalation', '#mitigation'));
    const third = await client.pull(URI, first.resultId);
    if (third.kind !== 'full') throw new Error('expected a full report');
    expect(third.items.map((item) => item.code)).not.toContain('link/broken-anchor');
  });

  test('are pushed with their version to a client that cannot pull, and cleared on close', async () => {
    const client = await started({ pull: false });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    let next = client.nextPublished(URI);
    await client.open(URI, TEXT);
    expect(await next).toMatchObject({ version: 1 });
    next = client.nextPublished(URI);
    await client.change(URI, 2, `${TEXT}\n`);
    await client.change(URI, 3, '# Nothing wrong\n');
    expect(await next).toEqual({ uri: URI, version: 3, diagnostics: [] });
    next = client.nextPublished(URI);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    expect((await next).diagnostics).toEqual([]);
  });

  test('follow the settings: severities and globs', async () => {
    const client = await started({
      settings: {
        rules: { 'language/missing': 'off', 'command/destructive': 'error' },
        runbooks: ['**/*.md'],
      },
    });
    const other = 'file:///team/notes.md';
    await client.open(other, TEXT);
    const report = await client.pull(other);
    if (report.kind !== 'full') throw new Error('expected a full report');
    expect(report.items.map((item) => item.code)).not.toContain('language/missing');
    expect(report.items.find((item) => item.code === 'command/destructive')?.severity).toBe(1);
  });

  test('look for linked files in the workspace', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runline-lsp-'));
    folders.push(folder);
    writeFileSync(join(folder, 'other.md'), '# Here\n');
    const uri = pathToFileURL(join(folder, 'a-runbook.md')).href;
    const client = await started({ folder: pathToFileURL(folder).href });
    await client.open(
      uri,
      '# A\n\n[there](other.md#here) [gone](gone.md) [lost](other.md#lost) [out](../../etc/passwd)\n',
    );
    const report = await client.pull(uri);
    if (report.kind !== 'full') throw new Error('expected a full report');
    expect(report.items.map((item) => [item.code, item.range.start.character])).toEqual([
      ['link/broken-file', 30],
      ['link/broken-anchor', 54],
    ]);
  });
});

describe('files that change', () => {
  const changed = (client: TestClient, ...changes: { uri: string; type: number }[]) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });

  test('ask for new findings once, and only where they can change one', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    await client.pull(URI);
    await changed(
      client,
      { uri: 'file:///team/app.log', type: 2 },
      { uri: 'file:///team/node_modules/a/b.md', type: 1 },
    );
    await changed(client, { uri: 'file:///team/.runline/incidents/INC/events.jsonl', type: 2 });
    await sleep(400);
    expect(client.refreshes()).toBe(0);
    for (let i = 0; i < 20; i++) await changed(client, { uri: `file:///team/new-${i}.txt`, type: 1 });
    await changed(client, { uri: 'file:///team/linked.md', type: 2 });
    await sleep(400);
    expect(client.refreshes()).toBe(1);
  });
});

describe('a document that is no runbook', () => {
  const other = 'file:///team/notes.md';

  test('gets empty answers, and is offered where it looks like one', async () => {
    const client = await started();
    await client.open(other, TEXT);
    expect(await client.pull(other)).toMatchObject({ kind: 'full', items: [] });
    expect(await client.lenses(other)).toEqual([]);
    expect(await client.hover(other, 5, 3)).toBeNull();
    expect(await client.symbols(other)).toEqual([]);
    expect(await client.connection.sendRequest(Methods.runbook, { textDocument: { uri: other } })).toBeNull();
    expect(
      await client.connection.sendRequest(Methods.looksLikeRunbook, { textDocument: { uri: other } }),
    ).toBe(true);
    await client.connection.sendRequest(Methods.treatAsRunbook, { textDocument: { uri: other } });
    expect(await client.lenses(other)).not.toEqual([]);
    expect(
      await client.connection.sendRequest(Methods.looksLikeRunbook, { textDocument: { uri: other } }),
    ).toBe(false);
  });

  test('is one where its front matter says so', async () => {
    const client = await started();
    await client.open(other, `---\nrunbook: 1\n---\n${TEXT}`);
    expect(await client.lenses(other)).not.toEqual([]);
  });

  test('plain prose is not offered', async () => {
    const client = await started();
    await client.open(other, '# Holiday plans\n\nWe go to the sea.\n');
    expect(
      await client.connection.sendRequest(Methods.looksLikeRunbook, { textDocument: { uri: other } }),
    ).toBe(false);
  });
});

describe('code lenses', () => {
  test('stand on the fence, in one order, only what applies', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const lenses = await client.lenses(URI);
    expect(lenses.map((lens) => [lens.range.start.line, lens.command?.title])).toEqual([
      [4, '▷ Run'],
      [4, '≡ 2 commands ▾'],
      [11, '▷ Run… •'],
      [11, '◇ 1 input'],
      [17, '⚠ Run… destroys: pod/checkout-0'],
      [21, '▷ Run'],
    ]);
    expect(lenses[0]?.command?.arguments).toEqual([URI, 'diagnosis-1']);
  });

  test('offer a choice by name', async () => {
    const client = await started();
    await client.open(
      URI,
      '# R\n\n```bash\ndocker-compose ps   # for local development\nkubectl get pods    # for Kubernetes\n```\n',
    );
    expect((await client.lenses(URI)).map((lens) => lens.command?.title)).toEqual([
      '▷ Run: local development',
      'Kubernetes',
      '≡ 2 commands ▾',
    ]);
  });
});

describe('hover', () => {
  test('says what a command would do', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const hover = await client.hover(URI, 18, 3);
    expect(hover?.contents).toMatchObject({ kind: 'markdown' });
    expect(JSON.stringify(hover?.contents)).toMatch(/\*\*destructive\*\*/);
    expect(JSON.stringify(hover?.contents)).toMatch(
      /Destroys pod.{1,3}checkout.{1,3}0 .*namespace shop.*Not named, so whatever is current: context/,
    );
  });

  test('names a placeholder and a severity', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    expect(JSON.stringify(await client.hover(URI, 12, 18))).toContain('`<task-id>`');
    expect(JSON.stringify(await client.hover(URI, 29, 4))).toContain('(900 s)');
    expect(JSON.stringify(await client.hover(URI, 30, 4))).toContain('no fixed length');
  });

  test('lets no text of the document become live Markdown', async () => {
    const client = await started();
    await client.open(
      URI,
      '| Severity | Definition | Response Time |\n|---|---|---|\n| P1 | [x](command:quit) <img src=x> | 5 min |\n',
    );
    const value = JSON.stringify(await client.hover(URI, 2, 4));
    expect(value).not.toContain('[x](command:quit)');
    expect(value).not.toContain('<img');
  });
});

describe('symbols, fixes and our own request', () => {
  test('nest steps in sections, or list the steps alone', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const [top] = await client.symbols(URI);
    expect(top?.name).toBe('Checkout');
    expect(top?.children?.map((child) => child.name)).toEqual(['Diagnosis', 'Mitigation']);
    expect(top?.children?.[0]?.children?.[0]?.name).toBe('kubectl get pods -n shop');
    await client.stop();
    const flat = await started({ outline: 'steps' });
    await flat.open(URI, TEXT);
    expect((await flat.symbols(URI)).map((symbol) => symbol.name)).not.toContain('Diagnosis');
  });

  test('offer the fix of a finding as a versioned edit', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const report = await client.pull(URI);
    if (report.kind !== 'full') throw new Error('expected a full report');
    const missing = report.items.find((item) => item.code === 'language/missing');
    if (missing === undefined) throw new Error('expected language/missing');
    const [action] = await client.actions(URI, missing);
    expect(action?.kind).toBe('quickfix');
    expect(action?.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri: URI, version: 1 } });
  });

  test('hand the client the runbook that the rules saw', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    const wire = await client.connection.sendRequest<WireRunbook>(Methods.runbook, {
      textDocument: { uri: URI },
    });
    expect(wire.version).toBe(1);
    expect(wire.title).toBe('Checkout');
    const destructive = wire.steps.find((step) => step.block?.classification.risk === 'destructive');
    expect(destructive?.block?.content).toBe('kubectl delete pod checkout-0 -n shop');
    expect(wire.severityScales[0]?.levels.map((level) => [level.id, level.response?.seconds])).toEqual([
      ['P1', 900],
      ['P2', null],
    ]);
  });

  test('bad positions and unknown documents are answered, not thrown', async () => {
    const client = await started();
    await client.open(URI, TEXT);
    expect(await client.hover(URI, 9999, 0)).toBeNull();
    expect(await client.hover('file:///nowhere-runbook.md', 0, 0)).toBeNull();
    expect(await client.lenses('file:///nowhere-runbook.md')).toEqual([]);
  });
});
