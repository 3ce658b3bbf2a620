import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const found = (text: string) =>
  parseRunbook(text).references.map(({ range, kind, id, title, target }) => [
    range.start.line + 1,
    kind,
    id,
    title,
    target,
  ]);

describe('references', () => {
  test.each<[string, string, (string | number | null)[][]]>([
    [
      'a table of ids',
      '## Appendix B: Runbook Index\n\n| Runbook | Description | Location |\n|---|---|---|\n| RUN-001 | Restart the shop | /runbooks/restart.md |\n| RUN-002 | Fail over | |\n',
      [
        [5, 'index', 'RUN-001', 'Restart the shop', '/runbooks/restart.md'],
        [6, 'index', 'RUN-002', 'Fail over', null],
      ],
    ],
    [
      'a table with a column of ids',
      '## X\n| ID | Title | Runbook |\n|---|---|---|\n| KV-1 | Warm up | [here](warm.md) |\n',
      [[4, 'index', 'KV-1', 'Warm up', 'warm.md']],
    ],
    [
      'a table of links and of files',
      '## X\n| Runbook | Use |\n|---|---|\n| [Fail over](./failover.md) | x |\n\n| File | Purpose |\n|---|---|\n| `docs/START.md` | x |\n| **[b.md](b.md)** | y |\n',
      [
        [4, 'index', null, 'Fail over', './failover.md'],
        [8, 'index', null, 'docs/START.md', 'docs/START.md'],
        [9, 'index', null, 'b.md', 'b.md'],
      ],
    ],
    [
      'lists',
      '## 🔗 Related documentation\n- [A](a.md)\n- 📘 **[B](../b/)** - about b\n- [RUN-7: Seven](seven.md)\n- [c.yml](c.yml)\n- [Web](https://example.org/x)\n- `docs/D.md` — d\n',
      [
        [2, 'index', null, 'A', 'a.md'],
        [3, 'index', null, 'B', '../b/'],
        [4, 'index', 'RUN-7', 'Seven', 'seven.md'],
        [7, 'index', null, 'docs/D.md', 'docs/D.md'],
      ],
    ],
    [
      'lists of ids, and the web below runbooks',
      '## Runbook index\n- RB-01: Start\n- OPS-02 - Stop\n- [Wiki](https://wiki.example.org/runbooks/3)\n',
      [
        [2, 'index', 'RB-01', 'Start', null],
        [3, 'index', 'OPS-02', 'Stop', null],
        [4, 'index', null, 'Wiki', 'https://wiki.example.org/runbooks/3'],
      ],
    ],
    ['a label above the list', '## X\n\n**See also:**\n- [A](a.md)\n', [[4, 'index', null, 'A', 'a.md']]],
    [
      'parts of an index',
      '## Documentation index\n### For operators\n- [A](a.md)\n',
      [[3, 'index', null, 'A', 'a.md']],
    ],
    [
      'a heading',
      '## RUN-003: Clear the cache\n',
      [[1, 'index', 'RUN-003', 'Clear the cache', '#run-003-clear-the-cache']],
    ],
    [
      'ids that the text mentions',
      '# X\nFollow SEC-001 runbook, then RB-12.\n\n- See playbook: OPS-9\n\n```markdown\n4. Start: follow NET-2 procedure\n```\n',
      [
        [2, 'mentioned', 'SEC-001', null, null],
        [2, 'mentioned', 'RB-12', null, null],
        [4, 'mentioned', 'OPS-9', null, null],
        [7, 'mentioned', 'NET-2', null, null],
      ],
    ],
  ])('%s', (_, text, references) => expect(found(text)).toEqual(references));

  test.each([
    ['a table of contents', '## Table of contents\n- [A](#a)\n- [B](#b)\n## Documentation\n- [A](#a)\n'],
    ['links in prose and in steps', '## Steps\n1. Read [A](a.md)\n- [B](b.md)\n\nSee [C](c.md).\n'],
    ['an index item that is a sentence', '## References\n- As said in [A](a.md)\n'],
    [
      'other ids',
      '# X\nADR-004, CVE-2024-1234, AES-256, JIRA-12, SEV-1 and INFRA-101 in the runbook for UTF-8.\n',
    ],
    [
      'tools',
      '## Tools\n| Tool | Purpose | Documentation |\n|---|---|---|\n| Pager | call | /docs/pager |\n',
    ],
    [
      'configuration files',
      '## X\n| File | Purpose |\n|---|---|\n| `a.yml` | x |\n| `b.md` | y |\n| `.env` | z |\n',
    ],
    ['a decision', '## ADR-004: Use queues\n'],
    ['small letters', '# X\nthe run-001 runbook\n'],
  ])('%s is none', (_, text) => expect(found(text)).toEqual([]));

  test('the place of a mention is its id', () => {
    const runbook = parseRunbook('Then follow the SEC-001 runbook.');
    expect(runbook.references.map(({ range }) => runbook.source.slice(range))).toEqual(['SEC-001']);
  });
});

describe('scripts', () => {
  const scripts = (text: string) =>
    parseRunbook(text).scripts.map(({ range, path, purpose }) => [range.start.line + 1, path, purpose]);
  test('tables', () =>
    expect(
      scripts(
        '| Script | Purpose | Usage |\n|---|---|---|\n| check.sh | look | `./check.sh` |\n| bin/restore | bring back | x |\n| the big one | ? | y |\n\n| File | Description |\n|---|---|\n| `a/b.py` | x |\n| a.yml | y |\n| [run.sh](ops/run.sh) | z |\n',
      ),
    ).toEqual([
      [3, 'check.sh', 'look'],
      [4, 'bin/restore', 'bring back'],
      [9, 'a/b.py', 'x'],
      [11, 'run.sh', 'z'],
    ]));
  test.each([
    ['configuration', '| File | Purpose |\n|---|---|\n| `.env` | x |\n| Dockerfile | y |\n'],
    ['commands with arguments', '| Command | Description |\n|---|---|\n| `./a.sh --all` | x |\n'],
    ['no purpose', '| File | Size |\n|---|---|\n| a.sh | 3 |\n'],
  ])('%s is none', (_, text) => expect(scripts(text)).toEqual([]));
});
