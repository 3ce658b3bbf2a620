/** The author's own warnings, and the commands that they stand beside. */
import { expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const cautions = (text: string) =>
  parseRunbook(text).cautions.map(({ kind, range, commands }) => [
    kind,
    range.start.line + 1,
    commands.map((command) => command.range.start.line + 1),
  ]);
const shell = (...lines: string[]) => cautions(['```bash', ...lines, '```'].join('\n'));

test.each<[string, string[], unknown[]]>([
  [
    'a condition above a command',
    ['# Scale up if needed', 'kubectl scale deploy/api --replicas=3'],
    [['conditional', 2, [3]]],
  ],
  [
    'two commands below one comment',
    ['# Drain if necessary', 'kubectl cordon n1', 'kubectl drain n1', '', 'ls'],
    [['conditional', 2, [3, 4]]],
  ],
  [
    'two kinds in one comment',
    ['# Purge if needed (CAUTION!)', 'redis-cli FLUSHALL'],
    [
      ['conditional', 2, [3]],
      ['caution', 2, [3]],
    ],
  ],
  ['a last resort', ['# last resort: force it', 'kubectl delete pod x --force'], [['last-resort', 2, [3]]]],
  ['a warning behind a command', ['terraform destroy  # be careful'], [['caution', 2, [2]]]],
  ['a warning over the whole block', ['# This cannot be undone', '', 'dropdb orders'], [['caution', 2, [4]]]],
  ['a condition without a command', ['# Restart if needed'], []],
  ['warnings that are looked for', ['# Check the log for warnings', 'grep -i warning app.log'], []],
  ['a condition that is not about need', ['# If the queue is long, look at it', 'redis-cli LLEN jobs'], []],
])('%s', (_, lines, expected) => {
  expect(shell(...lines)).toEqual(expected);
});

test('comments of SQL', () => {
  expect(cautions('```sql\n-- Reindex if needed\nREINDEX TABLE orders;\n```\n')).toEqual([
    ['conditional', 2, [3]],
  ]);
});

test.each([
  [
    'a heading',
    '## Migrate (if required)\n\n```bash\nalembic upgrade head\n```\n',
    [['conditional', 1, [4]]],
  ],
  ['a heading in brackets', '## Purge (DESTRUCTIVE)\n\n```bash\nrm -r cache\n```\n', [['caution', 1, [4]]]],
  [
    'an item with its fence',
    '1. **Reboot (last resort)**\n   ```bash\n   reboot\n   ```\n',
    [['last-resort', 1, [3]]],
  ],
  [
    'an item whose fence stands outside of it',
    '1. **Roll back if needed**\n\n```bash\nhelm rollback api\n```\n2. Next\n',
    [['conditional', 1, [4]]],
  ],
  ['an item without a command', '1. Fix by hand (last resort)\n', [['last-resort', 1, []]]],
  ['a paragraph', '**WARNING**: this will delete the data of everybody.\n', [['caution', 1, []]]],
  ['a GitHub alert', '> [!CAUTION]\n> Removes the volume.\n', [['caution', 1, []]]],
  ['an important note about loss', '> [!IMPORTANT]\n> This deletes all orders.\n', [['caution', 1, []]]],
  ['an important note about anything else', '> [!IMPORTANT]\n> Needs version 2.\n', []],
  ['a limit called warning', '- Warning: > 80 %\n- Critical: > 95 %\n', []],
  ['a heading about warnings', '## WARNING alerts\n\nDO NOT panic.\n', []],
])('%s', (_, text, expected) => {
  expect(cautions(text)).toEqual(expected);
});

test('a long line takes no time', () => {
  const from = performance.now();
  cautions(`${'if needed '.repeat(20_000)}\n\n- **${'warning '.repeat(20_000)}\n`);
  expect(performance.now() - from).toBeLessThan(1000);
});
