import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

describe('alerts', () => {
  const alerts = (text: string) =>
    parseRunbook(text).alerts.map(({ range, name, severity }) => [range.start.line + 1, name, severity]);
  test.each<[string, string, (string | number | null)[][]]>([
    [
      'a severity behind and before',
      '## Shop down (P1)\n## [SEV2] Slow pages\n',
      [
        [1, 'Shop down', 'P1'],
        [2, 'Slow pages', 'SEV2'],
      ],
    ],
    ['alert said', '## Alert: QueueLong\n', [[1, 'QueueLong', null]]],
    [
      'headings that end so, below alerts',
      '## Alert Response Procedures\n### High Error Rate Alert\n### Queue Alert\n### Test the Alert\n',
      [
        [2, 'High Error Rate Alert', null],
        [3, 'Queue Alert', null],
      ],
    ],
    ['names below alerts', '## Critical Alerts\n### ApiDown\n### Overview\n', [[2, 'ApiDown', null]]],
    [
      'a name above its parts',
      '# QueueTooLong [Deprecated]\n## Meaning\n## Impact\n',
      [[1, 'QueueTooLong', null]],
    ],
    ['one word above its parts', '# Watchdog\n## Meaning\n## Diagnosis\n', [[1, 'Watchdog', null]]],
  ])('%s', (_, text, expected) => expect(alerts(text)).toEqual(expected));
  test.each([
    ['levels', '## Critical (P0)\n## High Priority (P1)\n'],
    ['an alert elsewhere', '## Setup\n### High Error Rate Alert\n'],
    ['a product', '# OpenShift\n## Overview\n## Installation\n'],
    ['a topic', '## Alerts\n### Configure\n### Common alert\n'],
  ])('%s are none', (_, text) => expect(alerts(text)).toEqual([]));
});

const points = (text: string) =>
  parseRunbook(text).entryPoints.map(({ range, kind, text: said }) => [range.start.line + 1, kind, said]);

describe('alerts with what is told below them', () => {
  const told = (text: string) =>
    parseRunbook(text).alerts.map(({ name, severity, response }) => [
      name,
      severity,
      response?.seconds ?? null,
    ]);
  test.each<[string, (string | number | null)[][]]>([
    ['## Alert: QueueLong\n**Severity**: high\n**Respond within**: 5m\n', [['QueueLong', 'high', 300]]],
    ['## Shop down (P1)\n- **Response time**: 15 min\n', [['Shop down', 'P1', 900]]],
    ['## Alert: QueueLong\nSeverity: words in a sentence\n', [['QueueLong', null, null]]],
    ['## Alert: QueueLong\n### Impact\n- **Severity**: high\n', [['QueueLong', null, null]]],
    ['## Alert: QueueLong\na\n\nb\n\nc\n\nd\n\n**Severity**: high\n', [['QueueLong', null, null]]],
  ])('%j', (text, expected) => expect(told(text)).toEqual(expected));
  test('they stay entry points', () =>
    expect(points('## Alert: QueueLong\n**Severity**: high\n')).toEqual([[1, 'alert', 'QueueLong']]));
});

describe('errors', () => {
  test.each<[string, (string | number)[][]]>([
    ['Error messages you may see:\n\n- `pump dry`\n', [[3, 'error', 'pump dry']]],
    ['| Message | Fix |\n|---|---|\n| `pump is not set` | Set it |\n', [[3, 'error', 'pump is not set']]],
    [
      '## Known errors\n### Connection refused\n### Overview\n## Other\n### Connection lost\n',
      [[2, 'error', 'Connection refused']],
    ],
    ['| Message | Sent by |\n|---|---|\n| hello there | Ada |\n', []],
    ['Error budget left:\n\n- pump one\n', []],
  ])('%j', (text, expected) => expect(points(text)).toEqual(expected));
});

describe('entry points', () => {
  test.each<[string, string, (string | number)[][]]>([
    [
      'below a heading',
      '### 🔍 Symptoms\n- `/health` is 500\n- Slow\n### Diagnosis\n- Look\n',
      [
        [2, 'symptom', '/health is 500'],
        [3, 'symptom', 'Slow'],
      ],
    ],
    ['below a bold line', '## Y\n**Symptoms:**\n- a b\n\n**Resolution:**\n- c\n', [[3, 'symptom', 'a b']]],
    [
      'below an item',
      '## Y\n- **Symptoms**:\n  - a b\n  - c\n- **Cause**: d\n- e\n',
      [
        [3, 'symptom', 'a b'],
        [4, 'symptom', 'c'],
      ],
    ],
    [
      'in a bold line',
      '**Symptoms**: All is down\n\n**Symptom:** `disk is full`\n',
      [
        [1, 'symptom', 'All is down'],
        [3, 'symptom', 'disk is full'],
      ],
    ],
    ['in a heading', '### Symptom: tokens are refused\n', [[1, 'symptom', 'tokens are refused']]],
    ['in a table', '| Symptom | Cause |\n|---|---|\n| Slow | load |\n| - | x |\n', [[3, 'symptom', 'Slow']]],
    [
      'quoted errors',
      '### Symptoms\n- "Upload failed" errors\n- the "big" one\n',
      [
        [2, 'symptom', '"Upload failed" errors'],
        [2, 'error', 'Upload failed'],
        [3, 'symptom', 'the "big" one'],
      ],
    ],
    [
      'error lines and headings',
      '**Error**: `Database is locked`\n### Error: "Out of memory"\n### "Connection refused" error\n',
      [
        [1, 'error', 'Database is locked'],
        [2, 'error', 'Out of memory'],
        [3, 'error', 'Connection refused'],
      ],
    ],
    [
      'a table of messages',
      '| Error Message | Fix |\n|---|---|\n| `No such host` | x |\n| 12 | y |\n',
      [[3, 'error', 'No such host']],
    ],
    [
      'tables of alerts',
      '| Alert | Likely cause | First action |\n|---|---|---|\n| Disk full | logs | clean |\n',
      [[3, 'alert', 'Disk full']],
    ],
    ['bound alerts', '## A\n- **Alert**: `ApiDown`\n- **Severity**: High\n', [[2, 'alert', 'ApiDown']]],
    [
      'rules',
      '```yaml\ngroups:\n  - name: g\n    rules:\n      - alert: QueueLong\n        expr: x > 1\n      - alert: "Queue gone"\n```\n',
      [
        [5, 'alert', 'QueueLong'],
        [7, 'alert', 'Queue gone'],
      ],
    ],
    [
      'maps of alerts',
      '```yaml\nalerting_rules:\n  disk:\n    high_disk:\n      condition: disk > 90%\n      severity: critical\n```\n',
      [[4, 'alert', 'high_disk']],
    ],
    [
      'lists of alerts',
      '```yaml\nalerts:\n  - name: slow\n    threshold: 2s\n    severity: warning\n```\n',
      [[3, 'alert', 'slow']],
    ],
  ])('%s', (_, text, expected) => expect(points(text)).toEqual(expected));
  test.each([
    ['a heading with a severity', '### Shop down (P1)\n'],
    ['other lists', '### Steps\n- "Press this button"\n- b\n'],
    ['prose about symptoms', 'The symptoms: many.\n'],
    ['a switch', '```yaml\nalert: true\nalerts:\n  email: x\n```\n'],
    ['counts of alerts', '| Alerts | Team |\n|---|---|\n| 12 | blue |\n'],
    ['counts of errors', '| Errors | Requests |\n|---|---|\n| 3 % | 9 |\n'],
  ])('%s is none', (_, text) => expect(points(text)).toEqual([]));
  test('places are exact', () => {
    const runbook = parseRunbook('> ```yaml\n> - alert: QueueLong\n>   expr: x\n> ```\n');
    expect(runbook.entryPoints.map(({ range }) => runbook.source.slice(range))).toEqual([
      '- alert: QueueLong',
    ]);
  });
});

describe('long lines', () => {
  const parts = [
    '**Symptom**: ',
    '"a b" ',
    '**a** | ',
    'a: ',
    'RUN-001 runbook ',
    '1 ',
    '🚨 ',
    'P1 (',
    '- alert: x ',
    '[a](b.md) ',
    'Owner: x · ',
    'July 1, ',
    '1/1/2 ',
    'A',
    '=',
    '@a/b ',
  ];
  test.each(parts)('of %s are read in time', (part) => {
    const long = part.repeat(Math.ceil(60_000 / part.length));
    const text = `# ${long}\n\n${long}\n\n## Symptoms\n\n- ${long}\n\n| File | Symptom |\n|---|---|\n| ${long.replaceAll('|', ' ')} | x |\n\n## Related documentation\n\n- ${long}\n\n## Contacts\n\n- **${long}\n\n---\n\n${long}\n`;
    const started = performance.now();
    const runbook = parseRunbook(text);
    const lists = [
      runbook.metadata,
      runbook.references,
      runbook.scripts,
      runbook.roles,
      runbook.alerts,
      runbook.entryPoints,
      runbook.contacts,
    ];
    for (const { range } of lists.flat()) expect(range.end.offset).toBeLessThanOrEqual(text.length);
    void runbook.profile;
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
