import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, SnippetTextEdit, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { startClient, type TestClient, type TestClientOptions } from './client.ts';

const URI = 'file:///team/checkout-runbook.md';
const TEXT =
  '# Checkout\r\n\r\n```\r\nkubectl get nodes\r\n```\r\n\r\n1. Watch:\r\n\r\n   ```bash\r\n   tail -f /var/log/checkout.log\r\n   ```\r\n\r\n```\r\nkubectl get pods\r\n```\r\n';

let client: TestClient | undefined;
afterEach(async () => {
  await client?.stop();
  client = undefined;
});

async function opened(text: string, options: TestClientOptions = {}): Promise<TestClient> {
  client = await startClient(options);
  await client.open(URI, text);
  return client;
}

async function diagnostic(client: TestClient, rule: string) {
  const report = await client.pull(URI);
  if (report.kind !== 'full') throw new Error('expected a full report');
  const found = report.items.find(({ code }) => code === rule);
  if (found === undefined) throw new Error(`expected ${rule}`);
  return found;
}

function editsOf(action: CodeAction | undefined): (TextEdit | SnippetTextEdit)[] {
  const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument).toEqual({ uri: URI, version: 1 });
  return change?.edits ?? [];
}

/** As a client applies it: places are those of the text before. */
function applied(text: string, edits: readonly (TextEdit | SnippetTextEdit)[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: { line: number; character: number }) =>
    (starts[line] ?? 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((result, edit) => {
      if (!('newText' in edit)) throw new Error('expected plain text');
      return result.slice(0, offset(edit.range.start)) + edit.newText + result.slice(offset(edit.range.end));
    }, text);
}

describe('all that is certain', () => {
  test('is one action of its own kind, and leaves nothing to do', async () => {
    const client = await opened(TEXT);
    expect(client.initialized.capabilities.codeActionProvider).toEqual({
      codeActionKinds: ['quickfix', 'source.fixAll.runline'],
    });
    const missing = await diagnostic(client, 'language/missing');
    for (const only of ['source.fixAll.runline', 'source.fixAll', 'source']) {
      const actions = await client.actions(URI, missing, only);
      expect(actions.map(({ kind, title }) => [kind, title])).toEqual([
        ['source.fixAll.runline', 'Fix what is certain in this file (2)'],
      ]);
      expect(applied(TEXT, editsOf(actions[0]))).toBe(
        TEXT.replace('```\r\nkubectl get nodes', '```bash\r\nkubectl get nodes').replace(
          '```\r\nkubectl get pods',
          '```bash\r\nkubectl get pods',
        ),
      );
    }
    const fixed = applied(TEXT, editsOf((await client.actions(URI, missing, 'source.fixAll'))[0]));
    await client.change(URI, 2, fixed);
    expect(await client.actions(URI, missing, 'source.fixAll')).toEqual([]);
  });

  test('is not among quick fixes, nor are they among it', async () => {
    const client = await opened(TEXT);
    const missing = await diagnostic(client, 'language/missing');
    expect(new Set((await client.actions(URI, missing, 'quickfix')).map(({ kind }) => kind))).toEqual(
      new Set(['quickfix']),
    );
    expect(await client.actions(URI, missing, 'source.organizeImports')).toEqual([]);
    expect(await client.actions(URI, missing, 'refactor')).toEqual([]);
  });
});

describe('a finding', () => {
  test('has its fix first, preferred, and then the comments that silence it, each with its diagnostic', async () => {
    const client = await opened(TEXT);
    const missing = await diagnostic(client, 'language/missing');
    const actions = await client.actions(URI, missing, 'quickfix');
    expect(actions.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      [expect.stringContaining('bash'), true],
      ['Silence language/missing here', undefined],
      ['Silence language/missing in this file', undefined],
    ]);
    for (const action of actions) expect(action.diagnostics).toEqual([missing]);
  });

  test('is silenced by the comment, in a list and with CRLF', async () => {
    const client = await opened(TEXT);
    const endless = await diagnostic(client, 'command/endless');
    const [here, file] = (await client.actions(URI, endless, 'quickfix')).slice(-2);
    const text = applied(TEXT, editsOf(here));
    expect(text).toBe(
      TEXT.replace('   ```bash', '   <!-- runline-disable-next-line command/endless --  -->\r\n   ```bash'),
    );
    for (const silenced of [text, applied(TEXT, editsOf(file))]) {
      await client.change(URI, silenced === text ? 2 : 3, silenced);
      const report = await client.pull(URI);
      if (report.kind !== 'full') throw new Error('expected a full report');
      const codes = report.items.map(({ code }) => code);
      expect(codes).not.toContain('command/endless');
      // The reason is still to be written.
      expect(codes).toContain('suppression/no-reason');
    }
  });

  test('leaves the cursor at the reason where the client can', async () => {
    const client = await opened('# A\n\n```bash\ntail -f x.log\n```\n', { snippets: true });
    const endless = await diagnostic(client, 'command/endless');
    const here = (await client.actions(URI, endless)).find(({ title }) => title.endsWith(' here'));
    expect(editsOf(here)).toEqual([
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        snippet: { kind: 'snippet', value: '<!-- runline-disable-next-line command/endless -- $0 -->\n' },
      },
    ]);
  });

  test('of a safety rule is not offered to be silenced where that would not count', async () => {
    const text = '# A\n\n```bash\nkubectl delete namespace shop\n```\n';
    for (const trusted of [true, false]) {
      const client = await opened(text, { trusted });
      const titles = (await client.actions(URI, await diagnostic(client, 'command/destructive'))).map(
        ({ title }) => title,
      );
      expect(titles.includes('Silence command/destructive here')).toBe(trusted);
      await client.stop();
    }
  });
});
