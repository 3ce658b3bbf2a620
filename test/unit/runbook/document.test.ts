import GithubSlugger from 'github-slugger';
import { describe, expect, test } from 'vitest';
import {
  anchorsOf,
  DEFAULT_RUNBOOK_GLOBS,
  declaresRunbook,
  isRunbookPath,
  looksLikeRunbook,
  parseRunbook,
} from '../../../core/runbook/index.ts';

describe('sections', () => {
  const runbook = parseRunbook(
    'Lead\n# One `x` **y**\ntext\n## Two\n\nThree\n-----\n### Two\n# 🚨 End [link](a.md) #\n',
  );
  test('have plain titles, GitHub slugs, levels and parents', () => {
    expect(runbook.sections.map((s) => [s.title, s.slug, s.level, s.parent])).toEqual([
      ['One x y', 'one-x-y', 1, null],
      ['Two', 'two', 2, 0],
      ['Three', 'three', 2, 0],
      ['Two', 'two-1', 3, 2],
      ['🚨 End link', '-end-link', 1, null],
    ]);
  });
  test('end before the next heading of their level or higher', () => {
    expect(runbook.sections.map((s) => [s.range.start.line, s.range.end.line])).toEqual([
      [1, 7],
      [3, 4],
      [5, 7],
      [7, 7],
      [8, 9],
    ]);
    expect(runbook.sections[2]?.headingRange.end.line).toBe(6);
  });
  test('slugs are those of the library, however often a text recurs', () => {
    const titles = ['A', 'a-1', 'A', 'A', 'a', '??', '!!', 'B & C', 'Ünï côdé', 'a_b', 'A-1'];
    const theirs = new GithubSlugger();
    expect(parseRunbook(titles.map((title) => `# ${title}\n`).join('')).sections.map((s) => s.slug)).toEqual(
      titles.map((title) => theirs.slug(title)),
    );
  });
  test('a skipped level has the nearest higher heading as parent', () => {
    expect(parseRunbook('# a\n#### b\n## c\n').sections.map((s) => s.parent)).toEqual([null, 0, 0]);
  });
});

describe('front matter', () => {
  test('is read and taken off, lines stay', () => {
    const runbook = parseRunbook('---\ntitle: Down\nrunbook: {severity: P1}\n---\n```sh\nx\n```\n');
    expect(runbook.frontMatter?.data).toEqual({ title: 'Down', runbook: { severity: 'P1' } });
    expect(runbook.frontMatter?.range.end).toMatchObject({ line: 3, character: 3 });
    expect([runbook.title, runbook.steps[0]?.range.start.line, declaresRunbook(runbook)]).toEqual([
      'Down',
      4,
      true,
    ]);
  });
  test('a fault has its place', () => {
    const runbook = parseRunbook('---\ntitle: a\nb: [1\n---\n# T\n');
    expect(runbook.frontMatter?.data).toEqual({});
    expect(runbook.frontMatter?.error?.message).not.toBe('');
    expect(runbook.frontMatter?.error?.range.start.line).toBeGreaterThanOrEqual(2);
    expect(runbook.title).toBe('T');
  });
  test.each([
    ['a thematic break', '---\n\nSome text.\n\n---\n# T\n'],
    ['an end that is missing', '---\ntitle: a\n\n# T\n'],
    ['one further down', '# T\n\n---\na: 1\n---\n'],
  ])('%s is none', (_, text) => {
    const runbook = parseRunbook(text);
    expect([runbook.frontMatter, runbook.title]).toEqual([null, 'T']);
  });
  test('CRLF and a byte order mark', () => {
    const runbook = parseRunbook('\ufeff---\r\ntitle: a\r\n---\r\n# T\r\n');
    expect([runbook.frontMatter?.data.title, runbook.sections[0]?.range.start.line]).toEqual(['a', 3]);
  });
  test('aliases do not multiply it', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ];
    expect(parseRunbook(`---\n${bomb.join('\n')}\n---\n`).frontMatter?.error).not.toBeNull();
  });
  test('runbook: false declares nothing', () =>
    expect(declaresRunbook(parseRunbook('---\nrunbook: false\n---\n'))).toBe(false));
});

describe('links', () => {
  const links = (text: string) => {
    const runbook = parseRunbook(text);
    for (const link of runbook.links) expect(runbook.source.slice(link.range)).toBe(link.target);
    return runbook.links.map((link) => link.target);
  };
  test.each([
    ['inline', 'See [a **b**](x.md#y "title") and [c](<a b.md>).', ['x.md#y', 'a b.md']],
    ['several lines', 'one\ntwo [a](x.md)\nthree [b](y.md)', ['x.md', 'y.md']],
    ['images and nested', '[![alt](pic.png)](page.md)', ['pic.png', 'page.md']],
    [
      'autolinks',
      '<https://example.org/a> and <ops@example.org>',
      ['https://example.org/a', 'ops@example.org'],
    ],
    ['definitions', '[a][b]\n\n[b]: x.md "t"\n[c]: <y z.md>\n', ['x.md', 'y z.md']],
    ['definitions over lines', '[a]:\n  x.md\n  "t"\n[b]: y.md\ntext [c](z.md)\n', ['x.md', 'y.md', 'z.md']],
    ['definitions with a bad title', '[a]: x.md "t" u\n[b]: y.md\n', []],
    ['definitions inside text', 'text\n[a]: x.md\n', []],
    ['HTML', '<a href="x.md">x</a>\n\n<img src=\'p.png\'>\n', ['x.md', 'p.png']],
    [
      'in a heading, a list, a quote and a table',
      '# [a](1.md)\n- [b](2.md)\n> [c](3.md)\n\n| [d](4.md) |\n|---|\n| x [e](5.md) |',
      ['1.md', '2.md', '3.md', '4.md', '5.md'],
    ],
    ['parentheses', '[a](x_(y).md)', ['x_(y).md']],
    ['escapes', '\\[a](x.md) [b\\]](y.md)', ['y.md']],
    ['the same text twice', 'a.md [a.md](a.md)', ['a.md']],
    ['CRLF', 'x\r\n[a](x.md)\r\n', ['x.md']],
    ['code holds none', '`[a](x.md)` ``[b](` `y.md)``\n\n```\n[c](z.md)\n```\n', []],
    ['brackets alone', '[a] (b) [c](d e)', []],
  ])('%s', (_, text, expected) => expect(links(text)).toEqual(expected));
  test('a reference link is read as its text', () =>
    expect(parseRunbook('# See [the *plan*][p]\n\n[p]: x.md\n').title).toBe('See the plan'));
  test('have plain text', () => expect(parseRunbook('[a **b** `c`](x)').links[0]?.text).toBe('a b c'));
  test('take linear time', () => {
    const started = performance.now();
    for (const part of ['[', '[a](', '`', '`` ` ', '<a ', '![', '[a]: ', '<a href="'])
      parseRunbook(part.repeat(20_000)).links;
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe('tables', () => {
  test('have cells with plain text, source and place', () => {
    const text = '- a\n\n  | **H** `1` | b \\| c |\n  |---|:-:|\n  | x | |\n  | only |\n';
    const runbook = parseRunbook(text);
    const [table] = runbook.tables;
    expect(table?.header.map((cell) => [cell.text, cell.raw])).toEqual([
      ['H 1', '**H** `1`'],
      ['b | c', 'b \\| c'],
    ]);
    expect(table?.rows.map((row) => row.map((cell) => cell.text))).toEqual([
      ['x', ''],
      ['only', ''],
    ]);
    for (const cell of [table?.header, ...(table?.rows ?? [])].flat()) {
      if (cell !== undefined) expect(runbook.source.slice(cell.range)).toBe(cell.raw);
    }
    expect([table?.range.start.line, table?.range.end.line]).toEqual([2, 5]);
  });
  test('in a quote, without outer pipes, with the text of an earlier cell', () => {
    const runbook = parseRunbook('> a | a\n> --|--\n> 1 | 1\n');
    expect(runbook.tables[0]?.rows[0]?.map((cell) => cell.range.start.character)).toEqual([2, 6]);
  });
});

describe('anchors', () => {
  test('are slugs and HTML ids outside code', () => {
    const text =
      '# A b\n# A b\n<a id="x"></a>\n\n<h2 id=\'y\'>t</h2>\n\ntext <span name=z>q</span> `<i id="no">`\n\n```\n<a id="no"></a>\n```\n';
    expect([...anchorsOf(parseRunbook(text))]).toEqual(['a-b', 'a-b-1', 'x', 'y', 'z']);
  });
});

describe('variables', () => {
  test('needed from outside are those that nothing before sets', () => {
    const runbook = parseRunbook(
      '```bash\necho "$HOST"\nREGION=eu\n```\n```bash\necho $REGION $HOST $ID\n```\n```yaml\na: $NOT\n```\n',
    );
    const needs = runbook.steps.map((step) => (step.kind === 'block' ? step.variables : []));
    expect(needs).toEqual([['HOST'], ['HOST', 'ID'], []]);
    expect(runbook.variables.map((use) => [use.name, use.set.length, use.used.length])).toEqual([
      ['HOST', 0, 2],
      ['REGION', 1, 1],
      ['ID', 0, 1],
    ]);
    const [place] = runbook.variables[1]?.set ?? [];
    expect(place && runbook.source.slice(place)).toBe('REGION');
  });
});

describe('which documents are runbooks', () => {
  test.each([
    'docs/RUNBOOK.md',
    'RUNBOOK.md',
    'docs/OPERATIONS_RUNBOOK.md',
    'docs/runbooks/incident-response.md',
    'ops/Runbooks/deep/er/db.md',
    'docs/operations/backup.md',
    'api.runbook.yaml',
    'x/api.runbook.YML',
    'playbooks/phishing.md',
    'docs/INCIDENT_RESPONSE_PLAN.md',
    'docs/disaster-recovery.md',
    'docs/oncall.md',
    'docs/team-on-call.md',
    './docs/runbook.md',
    'docs\\runbooks\\a.md',
  ])('%s is', (path) => expect(isRunbookPath(path)).toBe(true));
  test.each([
    'README.md',
    'runbook.yml',
    'playbook.yml',
    'docs/function-calls.md',
    'src/operations.ts',
    'runbooks/x.txt',
  ])('%s is not', (path) => expect(isRunbookPath(path)).toBe(false));
  test('by globs of the user', () => {
    expect(isRunbookPath('a/b.md', ['a/**'])).toBe(true);
    expect(isRunbookPath('docs/RUNBOOK.md', ['a/**'])).toBe(false);
    expect(isRunbookPath('docs/RUNBOOK.md', [])).toBe(false);
    expect(DEFAULT_RUNBOOK_GLOBS).toContain('**/*runbook*.md');
  });
  test.each([
    ['blocks under telling headings', '# X\n## Symptoms\n## Diagnosis\n```sh\nls\n```\n', true],
    ['a block with a checklist and one telling heading', '# Rollback\n- [ ] a\n```sh\nls\n```\n', true],
    [
      'a severity scale',
      '# Severity\n| Severity | Response Time |\n|---|---|\n| P1 | 5 min |\n| P2 | 1 h |\n',
      true,
    ],
    ['a declaration', '---\nrunbook: true\n---\n', true],
    [
      'a README with one block',
      '# Tool\n## Installation\n```sh\nnpm i\n```\n## Usage\n```sh\nx\n```\n',
      false,
    ],
    ['prose', '# Symptoms\n## Diagnosis\n', false],
  ])('%s', (_, text, expected) => expect(looksLikeRunbook(parseRunbook(text))).toBe(expected));
});

test('a heading below link definitions begins at its own line', () => {
  const text = '[x]: y\n8. [Change](#change)\n- \n';
  const { links, sections } = parseRunbook(text);
  expect(sections[0]?.headingRange.start.line).toBe(1);
  const [link] = links.filter(({ target }) => target === '#change');
  expect(text.slice(link?.range.start.offset, link?.range.end.offset)).toBe('#change');
});
