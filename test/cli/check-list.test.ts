import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasShared, SHARED } from '../support/shared.ts';
import { type Workspace, workspace } from './cli.ts';

let ws: Workspace;
beforeEach(() => {
  ws = workspace();
});
afterEach(() => ws.remove());

const RUNBOOK = `# Mailer

## Diagnosis

\`\`\`bash
mailq | head -5
postcat -q <queue-id>
\`\`\`

- [ ] Told the team
- [x] Paged

## Mitigation

1. Stop the sender

   \`\`\`bash
   systemctl restart postfix
   \`\`\`
`;

interface CheckRow {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  rule: string;
  severity: string;
  message: string;
  fixable: boolean;
}

describe('runline check', () => {
  test('JSON has one array, 1-based places and exit 1 at the limit', async () => {
    ws.write('mailer-runbook.md', RUNBOOK);
    const result = await ws.run(['check', 'mailer-runbook.md', '--format', 'json', '--fail-on', 'warning']);
    const rows = result.json<CheckRow[]>();
    const unfilled = rows.find((row) => row.rule === 'placeholder/unfilled');
    expect(unfilled).toMatchObject({
      file: 'mailer-runbook.md',
      line: 7,
      column: 12,
      endLine: 7,
      endColumn: 22,
    });
    expect(rows.every((row) => typeof row.fixable === 'boolean' && row.message !== '')).toBe(true);
    expect(result.status).toBe(1);
  });

  test('exits 0 where nothing reaches --fail-on, and with an empty folder', async () => {
    ws.write('quiet-runbook.md', '# Quiet\n\n```\nuptime\n```\n');
    expect((await ws.run(['check', '--format', 'json'])).status).toBe(0);
    expect((await ws.run(['check', '--fail-on', 'info', '--format', 'json'])).status).toBe(1);
    mkdirSync(ws.path('empty'));
    const empty = await ws.run(['check', 'empty', '--format', 'json']);
    expect([empty.status, empty.json()]).toEqual([0, []]);
  });

  test('a folder means the runbooks below it; --all every Markdown file; ignored paths neither', async () => {
    for (const name of [
      'docs/RUNBOOK.md',
      'docs/notes.md',
      'node_modules/x/runbook.md',
      'out/runbook.md',
      'deep/ops.runbook.yaml',
    ])
      ws.write(name, name.endsWith('.yaml') ? 'runbook: 1\nname: x\nsteps: [\n' : '# A\n\n[gone](gone.md)\n');
    ws.write('said.md', '---\nrunbook: 1\n---\n# A\n\n[gone](gone.md)\n');
    ws.write('.gitignore', '/out/\n');
    const files = async (...args: string[]) => [
      ...new Set(
        (await ws.run(['check', '--format', 'json', ...args])).json<CheckRow[]>().map((row) => row.file),
      ),
    ];
    expect(await files()).toEqual(['deep/ops.runbook.yaml', 'docs/RUNBOOK.md', 'said.md']);
    expect(await files('docs')).toEqual(['docs/RUNBOOK.md']);
    expect(await files('.', '--all')).toEqual(['docs/RUNBOOK.md', 'docs/notes.md', 'said.md']);
    expect(await files('docs/notes.md', 'out/runbook.md')).toEqual(['docs/notes.md', 'out/runbook.md']);
  });

  test('nested ignore files, negation and the repository’s own exclude file count as in git', async () => {
    for (const name of [
      'a/keep-runbook.md',
      'a/x-runbook.md',
      'b/no-runbook.md',
      'c/gone-runbook.md',
      '.d/runbook.md',
    ])
      ws.write(name, '# A\n\n[gone](gone.md)\n');
    ws.write('.gitignore', 'a/*\n!a/keep-runbook.md\n');
    ws.write('b/.gitignore', 'no-*\n');
    ws.write('.git/info/exclude', '/c/\n');
    // What is named like an ignore file and is none must not stop the rest.
    mkdirSync(ws.path('.d/.gitignore'));
    const rows = (await ws.run(['check', '--format', 'json'])).json<CheckRow[]>();
    expect([...new Set(rows.map((row) => row.file))]).toEqual(['.d/runbook.md', 'a/keep-runbook.md']);
  });

  test('without .git and .runline the current folder is the workspace, and a folder’s own name counts', async () => {
    ws.write('runbooks/db.md', '# A\n\n[gone](gone.md)\n');
    rmSync(ws.path('.git'), { recursive: true });
    for (const [given, cwd] of [
      ['runbooks', ws.folder],
      [ws.path('runbooks'), tmpdir()],
      [ws.path('runbooks'), '/'],
    ] as const) {
      const rows = (await ws.run(['check', given, '--format', 'json'], { cwd })).json<CheckRow[]>();
      expect(
        rows.map((row) => row.file),
        cwd,
      ).toEqual([`${given}/db.md`]);
    }
  });

  test('bad usage and unreadable input are exit 2 with a message on stderr alone', async () => {
    for (const args of [
      ['check', 'absent.md'],
      ['check', '--format', 'xml'],
      ['check', '--unknown'],
      ['check', '--fail-on', 'never'],
      ['list'],
      ['list', 'absent.md'],
      ['frobnicate'],
      [],
    ]) {
      const result = await ws.run(args);
      expect(result.status, args.join(' ')).toBe(2);
      if (args.length > 0) expect(result.out, args.join(' ')).toBe('');
    }
  });

  test('SARIF and GitHub forms carry every finding', async () => {
    ws.write('mailer-runbook.md', RUNBOOK);
    const rows = (await ws.run(['check', '--format', 'json'])).json<CheckRow[]>();
    const sarif = (await ws.run(['check', '--format', 'sarif'])).json<{
      version: string;
      runs: { results: unknown[] }[];
    }>();
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]?.results.length).toBe(rows.length);
    const github = (await ws.run(['check', '--format', 'github'])).out.trim().split('\n');
    expect(github.length).toBe(rows.length);
    expect(
      github.every((line) => /^::(error|warning|notice) file=mailer-runbook\.md,line=\d+,/.test(line)),
    ).toBe(true);
  });
});

interface ListedStep {
  id: string;
  line: number;
  endLine: number;
  kind: string;
  section: string[];
  language: string | null;
  runnable: boolean;
  risk: string;
  mode: string;
  commands: {
    line: number;
    endLine: number;
    text: string;
    tool: string | null;
    risk: string;
    mode: string;
  }[];
  placeholders: { name: string; text: string; line: number; column: number }[];
  variables: string[];
  checked?: boolean;
}

describe('runline list', () => {
  test('describes blocks, commands, placeholders, checklist and instructions', async () => {
    ws.write('mailer-runbook.md', RUNBOOK);
    const { steps, title } = (await ws.run(['list', 'mailer-runbook.md', '--format', 'json'])).json<{
      title: string;
      steps: ListedStep[];
    }>();
    expect(title).toBe('Mailer');
    expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length);
    const [first] = steps;
    expect(first).toMatchObject({
      id: 'diagnosis-1',
      line: 5,
      endLine: 8,
      kind: 'block',
      section: ['Mailer', 'Diagnosis'],
      language: 'bash',
      runnable: true,
      placeholders: [{ name: 'queue-id', text: '<queue-id>', line: 7, column: 12 }],
    });
    expect(first?.commands.map((command) => [command.line, command.endLine, command.text])).toEqual([
      [6, 6, 'mailq | head -5'],
      [7, 7, 'postcat -q <queue-id>'],
    ]);
    expect(steps.filter((step) => step.kind === 'checklist').map((step) => step.checked)).toEqual([
      false,
      true,
    ]);
    expect(steps.find((step) => step.kind === 'instruction')).toMatchObject({ line: 15 });
    expect(steps.at(-1)).toMatchObject({ kind: 'block', line: 17, endLine: 19, risk: 'mutating' });
    expect(steps.at(-1)?.commands[0]).toMatchObject({ line: 18, tool: 'systemctl' });
  });

  test('says what blocks are for, what they show, and what must be filled in', async () => {
    ws.write(
      'roles.md',
      '# Roles\n\n```bash\n# Option 1: one\nls <dir>\n# Option 2: all\npwd\n```\n\n```console\n$ ls $SPOOL\na\nb\n```\n\n```bash\necho "Queue: https://queue.example.org"\nexport DAY=$1\n```\n\n```bash\n# ask the postmaster\n```\n',
    );
    const listed = (await ws.run(['list', 'roles.md', '--format', 'json'])).json<{
      steps: Record<string, unknown>[];
      inputs: unknown;
      variables: unknown;
    }>();
    expect(listed.steps.map(({ role, runnable }) => [role, runnable])).toEqual([
      ['run', true],
      ['run', true],
      ['run', true],
      ['manual', false],
    ]);
    const [menu, transcript, links] = listed.steps;
    expect(menu?.alternatives).toEqual([
      { label: 'one', commands: [1] },
      { label: 'all', commands: [2] },
    ]);
    expect(transcript?.expectedOutput).toEqual([{ command: 1, line: 12, endLine: 13 }]);
    expect(links?.links).toEqual([{ target: 'https://queue.example.org', text: 'Queue', line: 17 }]);
    expect(menu?.languageConfidence).toBe(1);
    expect(listed.inputs).toEqual([
      { name: 'dir', kind: 'placeholder', lines: [5] },
      { name: 'DAY', kind: 'positional', lines: [18] },
    ]);
    expect(listed.variables).toEqual([
      { name: 'SPOOL', exported: false, set: [], used: [11] },
      { name: 'DAY', exported: true, set: [18], used: [] },
    ]);
  });

  test('a byte order mark, CRLF, tabs and surrogate pairs: columns are UTF-16 code units of the text', async () => {
    ws.write('odd.md', '\ufeff# Odd\r\n\r\n- x\r\n\r\n\t```bash\r\n\techo "😀" <pod-name>\r\n\t```\r\n');
    const listed = (await ws.run(['list', 'odd.md', '--format', 'json'])).json<{
      title: string;
      steps: ListedStep[];
    }>();
    expect(listed.title).toBe('Odd');
    expect(listed.steps.find((step) => step.kind === 'block')).toMatchObject({
      line: 5,
      endLine: 7,
      placeholders: [{ name: 'pod-name', line: 6, column: 12 }],
    });
  });

  test('what a terminal would obey is spelled out in the pretty form, and kept as it is in JSON', async () => {
    ws.write('esc.md', '# T \u001b[2J\u202egnp\n\n```bash\necho \u001b[31m hi\n```\n');
    const pretty = await ws.run(['list', 'esc.md']);
    expect(pretty.out).toContain('T \\u{1b}[2J\\u{202e}gnp');
    expect(pretty.out).toContain('echo \\u{1b}[31m hi');
    const { title } = (await ws.run(['list', 'esc.md', '--format', 'json'])).json<{ title: string }>();
    expect(title).toContain('\u202e');
  });

  test('an edit in another section keeps the ids', async () => {
    ws.write('a.md', RUNBOOK);
    ws.write('b.md', RUNBOOK.replace('## Mitigation', '```bash\nuptime\n```\n\n## Mitigation'));
    const ids = async (file: string) =>
      (await ws.run(['list', file, '--format', 'json']))
        .json<{ steps: ListedStep[] }>()
        .steps.filter((step) => step.section.includes('Mitigation'))
        .map((step) => step.id);
    expect(await ids('b.md')).toEqual(await ids('a.md'));
  });
});

describe('runline explain', () => {
  test('one command', async () => {
    const result = await ws.run(['explain', 'kubectl -n prod delete pod x', '--format', 'json']);
    expect(result.json()).toMatchObject({
      command: 'kubectl -n prod delete pod x',
      risk: 'destructive',
      mode: 'capture',
      readsSecrets: false,
    });
  });

  test('a stream of lines', async () => {
    const input = [
      '{"command":"ls"}',
      '{"command":"top"}',
      '{"command":"DELETE FROM t","language":"sql"}',
    ].join('\n');
    const rows = (await ws.run(['explain', '--jsonl'], { input })).lines<{
      risk: string;
      mode: string;
      reasons: string[];
    }>();
    expect(rows.map((row) => [row.risk, row.mode])).toEqual([
      ['read-only', 'capture'],
      ['read-only', 'terminal'],
      ['destructive', 'capture'],
    ]);
  });

  test('a line that is not JSON is exit 2', async () => {
    expect((await ws.run(['explain', '--jsonl'], { input: 'ls\n' })).status).toBe(2);
  });
});

describe.skipIf(!hasShared)('over the real runbooks', () => {
  test('check and list answer on every seed', async () => {
    const seeds = readdirSync(join(SHARED, 'seeds')).filter((name) => name.endsWith('.txt'));
    expect(seeds.length).toBe(5);
    for (const seed of seeds) {
      const path = join(SHARED, 'seeds', seed);
      const before = readFileSync(path);
      const listed = await ws.run(['list', path, '--format', 'json']);
      expect(listed.status, seed).toBe(0);
      expect(listed.json<{ steps: unknown[] }>().steps.length, seed).toBeGreaterThan(10);
      const checked = await ws.run(['check', path, '--format', 'json']);
      expect([0, 1], seed).toContain(checked.status);
      expect(checked.err, seed).toBe('');
      expect(readFileSync(path).equals(before), seed).toBe(true);
    }
  });

  test('check --all answers on the whole corpus', { timeout: 300_000 }, async () => {
    const result = await ws.run([
      'check',
      '--all',
      join(SHARED, 'corpus'),
      '--format',
      'json',
      '--fail-on',
      'error',
    ]);
    expect([0, 1]).toContain(result.status);
    expect(result.err).toBe('');
    expect(result.json<unknown[]>().length).toBeGreaterThan(100);
  });
});
