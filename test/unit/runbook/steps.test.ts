import { describe, expect, test } from 'vitest';
import { parseInfo } from '../../../core/runbook/blocks/info.ts';
import { nameSteps } from '../../../core/runbook/ids.ts';
import { type BlockStep, findStep, parseRunbook } from '../../../core/runbook/index.ts';

const blocks = (text: string): BlockStep[] =>
  parseRunbook(text).steps.filter((step) => step.kind === 'block');
const block = (language: string, content: string): BlockStep => {
  const [step] = blocks(`\`\`\`${language}\n${content}\n\`\`\`\n`);
  if (step === undefined) throw new Error('no block');
  return step;
};

describe('steps', () => {
  const text = [
    '# Service down',
    '',
    'Intro.',
    '',
    '## Diagnose',
    '',
    '1. Look at the pods',
    '   ```bash',
    '   kubectl get pods',
    '   ```',
    '2. [Read on](#repair)',
    '3. Ask **Ada** `now`',
    '',
    '- [ ] Paged',
    '- [x] *Noted*',
    '  - [ ] nested',
    '- plain',
    '',
    '### Repair',
    '',
    '```',
    'restart',
    '```',
  ].join('\n');
  const runbook = parseRunbook(text);

  test('come in document order with kind, lines and section path', () => {
    expect(
      runbook.steps.map((step) => [
        step.kind,
        step.range.start.line + 1,
        step.range.end.line + 1,
        step.sectionPath.at(-1),
      ]),
    ).toEqual([
      ['instruction', 7, 7, 'Diagnose'],
      ['block', 8, 10, 'Diagnose'],
      ['instruction', 12, 12, 'Diagnose'],
      ['checklist', 14, 14, 'Diagnose'],
      ['checklist', 15, 15, 'Diagnose'],
      ['checklist', 16, 16, 'Diagnose'],
      ['block', 21, 23, 'Repair'],
    ]);
    expect(runbook.steps.at(-1)?.sectionPath).toEqual(['Service down', 'Diagnose', 'Repair']);
    expect(runbook.title).toBe('Service down');
  });
  test('items have plain text, number and tick; a link into the page is no instruction', () => {
    const items = runbook.steps.filter((step) => step.kind !== 'block');
    expect(items.map((item) => item.text)).toEqual([
      'Look at the pods',
      'Ask Ada now',
      'Paged',
      'Noted',
      'nested',
    ]);
    expect(items.map((item) => (item.kind === 'instruction' ? item.number : item.checked))).toEqual([
      1,
      3,
      false,
      true,
      false,
    ]);
  });
  test('items in a fence count where it is Markdown that is no form to fill in', () => {
    const kinds = (text: string) => parseRunbook(text).steps.map((step) => step.kind);
    expect(kinds('```markdown\n- [ ] a\n\n1. b\n```\n')).toEqual(['block', 'checklist', 'instruction']);
    expect(kinds('```text\n- [ ] a\n1. b\n```\n')).toEqual(['block']);
    expect(kinds('```markdown\n# Post-Mortem\n- [ ] a\n1. b\n```\n')).toEqual(['block']);
  });
  test('a block knows its nesting', () => {
    const [nested, quoted] = blocks('- a\n  1. b\n     ```\n     x\n     ```\n\n> ```\n> y\n> ```\n');
    expect([nested?.listDepth, nested?.quoted, quoted?.listDepth, quoted?.quoted]).toEqual([
      2,
      false,
      0,
      true,
    ]);
  });
  test('an empty block has an empty range and no text', () => {
    const step = block('bash', '');
    expect([step.content, step.runnable, blocks('```bash\n```')[0]?.content]).toEqual(['', false, '']);
    const empty = blocks('```bash\n```\n')[0];
    expect(empty?.contentRange.start).toEqual(empty?.contentRange.end);
  });
  test('an unclosed block says so', () => {
    expect(blocks('```bash\na\n').map((b) => b.closed)).toEqual([false]);
    expect(blocks('```bash\na\n```').map((b) => b.closed)).toEqual([true]);
  });
  test('content has LF, the source keeps its line ends', () => {
    const [step] = blocks('# T\r\n\r\n> ```sh\r\n> a\r\n> b\r\n> ```\r\n');
    expect(step?.content).toBe('a\nb');
    expect(step?.toSource(2)).toBe('# T\r\n\r\n> ```sh\r\n> a\r\n> '.length);
  });
});

describe('ids', () => {
  const ids = (text: string) => parseRunbook(text).steps.map((step) => step.id);

  test('are the slug of the nearest heading and the ordinal in its section', () => {
    expect(ids('## Check pods!\n```sh\na\n```\n```sh\nb\n```\n## Next\n```sh\nc\n```\n')).toEqual([
      'check-pods-1',
      'check-pods-2',
      'next-1',
    ]);
  });
  test('a name in the info string wins, and does not move the others', () => {
    expect(
      ids('## A\n```sh {name=first}\na\n```\n```sh {"id":"x","name":"y"}\nb\n```\n```sh\nc\n```\n'),
    ).toEqual(['first', 'x', 'a-3']);
  });
  test('kinds of one section keep apart', () => {
    expect(ids('## A\n1. one\n   ```sh\n   x\n   ```\n- [ ] t\n')).toEqual(['a-1-step', 'a-1', 'a-1-check']);
    expect(ids('## A\n- [ ] t\n- [ ] u\n')).toEqual(['a-1', 'a-2']);
    expect(ids('## A\n1. one\n- [ ] t\n')).toEqual(['a-1-step', 'a-1']);
  });
  test('before the first heading, and under headings without letters', () => {
    expect(ids('```sh\na\n```\n# 🚨\n```sh\nb\n```\n')).toEqual(['start-1', 'section-1']);
  });
  test('an edit in another section does not change them', () => {
    const before = '## A\n```sh\na\n```\n## B\n```sh\nb\n```\n';
    const after = '## A\n```sh\na\n```\n```sh\nmore\n```\n- [ ] x\n## B\n```sh\nb\n```\n';
    expect(ids(after).at(-1)).toBe(ids(before).at(-1));
  });
  test('are unique whatever is written', () => {
    const step = (
      kind: 'block' | 'checklist' | 'instruction',
      slug: string | null,
      given: string | null = null,
    ) => ({
      kind,
      slug,
      given,
    });
    const names = nameSteps([
      step('block', 'a'),
      step('block', 'x', 'a-1'),
      step('block', 'x', 'a-1'),
      step('checklist', 'a', null),
      step('block', 'x', 'a-1-check'),
      step('block', null),
      step('block', 'start'),
      step('block', 'y', 'a-1~2'),
    ]);
    expect(new Set(names).size).toBe(names.length);
    expect(names[1]).toBe('a-1');
  });
  test('thousands of equal names take no quadratic time', () => {
    const started = performance.now();
    nameSteps(Array.from({ length: 50_000 }, () => ({ kind: 'block', slug: 's', given: 'same' }) as const));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('findStep', () => {
  const runbook = parseRunbook('## A\n```sh {name=v1.2}\na\n```\n```sh\nx\ny\n```\n- [ ] t\n');
  test.each([
    ['a-2', 'a-2', undefined],
    ['a-2.2', 'a-2', 'y'],
    ['v1.2', 'v1.2', undefined],
    ['v1.2.1', 'v1.2', 'a'],
    ['a-1-check', 'a-1-check', undefined],
  ])('%s', (id, step, command) => {
    const found = findStep(runbook, id);
    expect([found?.step.id, found?.command?.text]).toEqual([step, command]);
  });
  test.each(['a', 'a-2.3', 'a-2.0', 'a-2.', 'a-2.01', 'a-1-check.1', '', '.1'])('%j is none', (id) =>
    expect(findStep(runbook, id)).toBeUndefined(),
  );
});

describe('info strings', () => {
  test.each([
    ['bash', 'bash', {}],
    ['', null, {}],
    ['bash {name=x id="y z"}', 'bash', { name: 'x', id: 'y z' }],
    ["sh {name='a b' background}", 'sh', { name: 'a b', background: true }],
    [
      'sh {"name":"x","interactive":"false","background":true}',
      'sh',
      { name: 'x', interactive: 'false', background: true },
    ],
    ['bash name=x', 'bash', { name: 'x' }],
    ['{name=x}', null, { name: 'x' }],
    ['{.bash #setup}', 'bash', { id: 'setup' }],
    ['Bash', 'Bash', {}],
    ['sh{name=x}', 'sh', { name: 'x' }],
    ['js {1,3}', 'js', { '1': true, '3': true }],
    ['sh {"name":', 'sh', { name: true }],
    ['sh {"__proto__": "x"}', 'sh', {}],
  ])('%j', (info, language, attributes) => expect(parseInfo(info)).toEqual({ language, attributes }));
});

describe('languages', () => {
  test.each([
    ['bash', 'ls', 'bash', 'written', true],
    ['Shell', 'ls', 'sh', 'written', true],
    ['shell-session', '$ ls', 'console', 'written', true],
    ['pwsh', 'Get-Item x', 'powershell', 'written', true],
    ['yml', 'a: 1', 'yaml', 'written', false],
    ['json', '{}', 'json', 'written', false],
    ['mermaid', 'graph TD', 'mermaid', 'written', false],
    ['', 'kubectl get pods', 'bash', 'inferred', true],
    ['', '# look\ndocker ps | head\n./run.sh --now', 'bash', 'inferred', true],
    ['', '$ kubectl get pods\nNAME READY', 'console', 'inferred', true],
    ['', '{"a": [1, 2]}', 'json', 'inferred', false],
    ['', 'SELECT 1;\nUPDATE a SET b = 1;', 'sql', 'inferred', true],
    ['', 'spec:\n  replicas: 2\n  paused: true', 'yaml', 'inferred', false],
    ['', 'Severity: P1\nStatus: open\nWe are looking into it.', 'text', 'inferred', false],
    ['', 'NAME   READY\napi-1  1/1', 'text', 'inferred', false],
    ['', 'A=1\nB=2', 'text', 'inferred', false],
    ['', 'find out who is on call', 'text', 'inferred', false],
    ['', 'Make sure that it works.', 'text', 'inferred', false],
    ['', '', 'text', 'inferred', false],
    ['bash', '# check\nSELECT count(*)\nFROM jobs;\n\nREINDEX DATABASE x;', 'sql', 'corrected', true],
    ['bash', 'psql -c "x"\nSELECT 1;', 'bash', 'written', true],
    ['sql', '-- restore\ntar -xzf base.tgz\ncat > r.conf <<EOF\na = 1\nEOF', 'bash', 'corrected', true],
    ['sql', 'SELECT 1;', 'sql', 'written', true],
    ['sql', '-- by hand\n-- and write it down', 'sql', 'written', false],
  ])('%s %j', (language, content, effective, basis, runnable) => {
    const step = block(language, content);
    expect([step.effectiveLanguage, step.languageBasis, step.runnable]).toEqual([effective, basis, runnable]);
    expect(step.language).toBe(language === '' ? null : language);
  });
});

describe('what can be run', () => {
  test.each([
    ['comments alone', 'bash', '# Scale up\n# Tell the team', false],
    ['a comment and a command', 'bash', '# Scale up\nkubectl scale x', true],
    ['text output', 'output', 'ok', false],
    ['a Python one-off', 'python', 'import os\nprint(os.getcwd())', true],
    [
      'a Python file that names its path',
      'python',
      '#!/usr/bin/env python3\n# Planner\n# /opt/app/plan.py\nprint(1)',
      false,
    ],
    ['Python that only defines', 'python', 'import os\n\nclass A:\n    def b(self):\n        pass', false],
    ['Python comments', 'python', '# nothing', false],
    ['a JavaScript configuration', 'javascript', 'module.exports = {\n  a: 1,\n};', false],
    ['a JavaScript call', 'js', 'console.log(1)', true],
    ['TypeScript', 'ts', 'export const a = 1', false],
    ['a batch remark', 'cmd', 'REM stop\n:: it', false],
    ['a batch command', 'bat', 'net stop x', true],
  ])('%s', (_, language, content, runnable) => expect(block(language, content).runnable).toBe(runnable));

  test('nobody reads what a program does', () => {
    const step = block('python', 'print(1)');
    expect([step.risk, step.classification.reasons[0]?.startsWith('unknown:')]).toEqual(['mutating', true]);
    expect(block('yaml', 'a: 1').risk).toBe('read-only');
  });
});

describe('transcripts', () => {
  const typed = (language: string, content: string) =>
    block(language, content)
      .script.split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  test.each([
    ['console', '$ ls\na.txt\n$ cat a.txt\nhello', ['ls', 'cat a.txt']],
    ['console', 'user@host:~$ ls -l\ntotal 0', ['ls -l']],
    ['console', '[root@db ~]# systemctl status x\nactive', ['systemctl status x']],
    ['console', '# systemctl restart x', ['systemctl restart x']],
    ['console', '$ ls\n# only a remark', ['ls']],
    ['console', '$ kubectl get pods \\\n>   -n a\nNAME', ['kubectl get pods \\', '-n a']],
    ['console', '$ cat <<EOF\n> a\n> EOF\n$ ls', ['cat <<EOF', 'a', 'EOF', 'ls']],
    ['console', 'kubectl get pods', ['kubectl get pods']],
    ['console', 'E0620 17:55:33 writer.go:135] failed', []],
    ['bash', '$ ls\na.txt', ['ls']],
    ['bash', '# first\n$ ls', ['# first', 'ls']],
    ['bash', 'echo a\n$ b', ['echo a', '$ b']],
    ['powershell', 'PS C:\\> Get-Item x\nx', ['Get-Item x']],
  ])('%s %j', (language, content, expected) => {
    expect(typed(language, content)).toEqual(expected);
    expect(block(language, content).script).toHaveLength(content.length);
  });
});

describe('alternatives', () => {
  const labels = (content: string) =>
    block('bash', content).alternatives.map(({ label, commands }) => [label, ...commands]);
  test.each([
    [
      'docker ps  # For local development\nkubectl get nodes  # For Kubernetes\nuptime',
      [
        ['local development', 0],
        ['Kubernetes', 1],
      ],
    ],
    [
      '# For Docker\ndocker pull x\ndocker run x\n\n# For Kubernetes\nkubectl apply -f x',
      [
        ['Docker', 0, 1],
        ['Kubernetes', 2],
      ],
    ],
    [
      '# Restart it\ndocker restart a\n\n# Or for Kubernetes\nkubectl delete pod a\n\n# Look again\nuptime',
      [
        ['Restart it', 0],
        ['Kubernetes', 1],
      ],
    ],
    [
      'a1\n# OR\na2',
      [
        ['First', 0],
        ['Otherwise', 1],
      ],
    ],
    [
      '# Option 1: Roll back\nrollback\n\n# Option 2: Scale up\nscale\n\n# Option 3: Switch it off\n# by hand\n\n# Watch\nwatch x',
      [['Roll back', 0], ['Scale up', 1], ['Switch it off']],
    ],
  ])('%j', (content, expected) => expect(labels(content)).toEqual(expected));
  test.each([
    '# Backup\npg_dump x\n\n# Upload\naws s3 cp x y\n\n# Verify\npg_restore --list x',
    '# For container deployments\n# Build it\ndocker build .\n\n# Deploy\nkubectl set image x',
    '# Check for 10 minutes\nwatch x\n# For each pod\nkubectl get x',
    'a\nb',
    '# Option 1: alone\na',
  ])('none in %j', (content) => expect(labels(content)).toEqual([]));
});
