/** Lists of conditions and windows of change, with what introduces them, and lists that are neither. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const criteria = (...lines: string[]) =>
  parseRunbook(lines.join('\n')).criteria.map(
    ({ kind, items, range }) => `${range.start.line + 1} ${kind} ${items.length}`,
  );
const windows = (...lines: string[]) =>
  parseRunbook(lines.join('\n')).changeWindows.map(({ kind, range }) => `${range.start.line + 1} ${kind}`);

describe('criteria', () => {
  test.each([
    ['Rollback immediately if:', 'rollback'],
    ['**Roll back when any of the following is true:**', 'rollback'],
    ['**Escalate to the lead if:**', 'escalation'],
    ['**Scale Up Conditions**:', 'scaling'],
    ['Your baking is successful when:', 'acceptance'],
    ['The following conditions ring the bell:', 'other'],
  ])('%s', (line, kind) =>
    expect(criteria('# Baking', line, '- Too hot', '- Too cold')).toEqual([`2 ${kind} 2`]),
  );
  test.each([
    ['## When to Roll Back', 'rollback'],
    ['## Emergency Rollback Criteria', 'rollback'],
    ['### Escalation triggers', 'escalation'],
    ['### When a New Key Is Needed', 'other'],
    ['## Acceptance Criteria', 'acceptance'],
  ])('%s', (heading, kind) =>
    expect(criteria(heading, '', '- Too hot', '- Too cold')).toEqual([`1 ${kind} 2`]),
  );
  test('items of nested lists are not counted, and each item has its line', () => {
    const text = '## Rollback criteria\n\n- Too hot\n  - by far\n- Too cold';
    expect(parseRunbook(text).criteria[0]).toMatchObject({ title: 'Rollback criteria', section: 0 });
    expect(
      parseRunbook(text).criteria[0]?.items.map(({ text: item, range }) => [item, range.start.line]),
    ).toEqual([
      ['Too hot', 2],
      ['Too cold', 4],
    ]);
  });
  test('an introduction counts only right above its list', () => {
    expect(criteria('Rollback if:', '', 'Some words.', '', '- Too hot')).toEqual([]);
    expect(
      criteria('## Rollback Criteria', 'Roll back if:', '- Too hot', '', '**Notes**', '- Be calm'),
    ).toEqual(['2 rollback 1']);
  });
  test.each([
    ['orders', '**If the oven is out:**', '- Check the gas', '- Run `light`'],
    ['orders below a condition', 'When the budget is gone:', '- Freeze all', '- Prioritize rest'],
    ['steps', '## Rollback', '1. Stop', '2. Go back'],
    ['a state', '### Node conditions', '- Ready', '- Full'],
    ['checks', '## Checklist', '- [ ] Oven is hot'],
  ])('%s are none', (_, ...lines) => expect(criteria(...lines)).toEqual([]));
  test('YAML', () => {
    expect(
      criteria(
        '```yaml',
        'rollback:',
        '  automatic_triggers:',
        '    - Errors > 5%',
        '    - Slow',
        '  procedure: [Stop]',
        '```',
      ),
    ).toEqual(['3 rollback 2']);
  });
});

describe('windows', () => {
  test.each([
    ['Deploys are allowed Monday to Thursday, 09:00-16:00 UTC.', ['2 window']],
    ['- Releases are only permitted on weekdays', ['2 window']],
    ['- No deploys on Fridays after 14:00.', ['2 blackout']],
    ['- Rule 4: Never deploy on Fridays', ['2 blackout']],
    ['- Production changes are not allowed during business hours', ['2 blackout']],
    ['Change freeze: 15 December - 5 January', ['2 blackout']],
    ['- No changes are needed', []],
    ['- Do not deploy until every test is green', []],
    ['- No releases before the tests pass', []],
    ['Changes are tracked on the board', []],
    ['- Take the deployment of 09:00 out of the list', []],
  ])('a sentence: %s', (line, expected) => expect(windows('## Rules', line)).toEqual(expected));
  test('items', () => {
    expect(
      windows(
        '### Scheduled Maintenance Windows',
        '- **Weekly**: Sunday 02:00-04:00 UTC (few guests)',
        '- **Urgent baking**: on demand with an hour of notice',
        '- Notify the guests on Sunday',
      ),
    ).toEqual(['2 window', '3 window']);
    expect(windows('## Change freeze', '- December 20-31', '- Black Friday', '- Ask the lead')).toEqual([
      '2 blackout',
      '3 blackout',
    ]);
  });
  test('lines', () => {
    expect(
      windows('**Maintenance window:** Sundays 02:00-04:00', '', '**Code freeze:** Dec 20 - Jan 5'),
    ).toEqual(['1 window', '3 blackout']);
  });
  test('tables', () => {
    expect(
      windows(
        '## Deployment windows',
        '| Window | Time |',
        '|---|---|',
        '| Usual | Tue 10:00-12:00 |',
        '| Holiday freeze | Dec 20-31 |',
        '| Other | ask |',
      ),
    ).toEqual(['4 window', '5 blackout']);
  });
  test('YAML', () => {
    expect(
      windows(
        '```yaml',
        'schedule:',
        '  windows:',
        '    - Tuesday 2-4 AM PST',
        '  blackout_dates:',
        '    - Major holidays',
        'change_freeze: December 20-31',
        '```',
      ),
    ).toEqual(['4 window', '6 blackout', '7 blackout']);
  });
  test.each([
    [
      'steps of a maintenance',
      '### Planned Maintenance Window',
      '**Before (T-2 hours):**',
      '- [ ] Sunday is agreed',
      '1. Take a copy at 02:00',
    ],
    ['other windows', '## Windows servers', '- Patch on Sunday 02:00'],
    ['sentences', 'The maintenance window is agreed with the guests.'],
    ['measurements', '| Metric | Target | Window |', '|---|---|---|', '| Bread | 99% | 30 days |'],
  ])('%s are none', (_, ...lines) => expect(windows(...lines)).toEqual([]));
});

test('criteria are bound to the blocks of their section, else to those around it', () => {
  const bound = (text: string) => parseRunbook(text).criteria.map(({ steps }) => steps);
  const list = 'Roll back immediately if:\n\n- Error rate above 5%\n- Health checks fail\n';
  const block = '```bash\nhelm rollback shop\n```\n';
  expect(bound(`# R\n\n## Rollback\n\n${list}\n${block}`)).toEqual([['rollback-1']]);
  expect(bound(`# R\n\n## Rollback\n\n### How\n\n${block}\n### When\n\n${list}`)).toEqual([['how-1']]);
  expect(bound(`# R\n\n## Other\n\n${block}\n## When\n\n${list}`)).toEqual([[]]);
});
