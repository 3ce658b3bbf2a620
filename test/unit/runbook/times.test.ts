/** Times of phases, deadlines, offsets, repeats and observations, in every place that names them, and what is none. */
import { describe, expect, test } from 'vitest';
import { parseRunbook, type TimedFact } from '../../../core/runbook/index.ts';

const brief = ({ kind, start, end, every, from, range }: TimedFact) =>
  `${range.start.line + 1} ${kind} ${start ?? ''}/${end ?? ''}/${every ?? ''} ${from ?? '-'}`;
const times = (...lines: string[]) => parseRunbook(lines.join('\n')).times.map(brief);

describe('phases', () => {
  test('of headings follow each other', () => {
    expect(
      times(
        '# Outage',
        '## 1. Assess (0-5 minutes)',
        '## 2. Contain (5–30 min)',
        '## 3. Repair (30 minutes - 2 hours)',
        '## 4. After that (2+ hours)',
      ),
    ).toEqual([
      '2 phase 0/300/ start',
      '3 phase 300/1800/ start',
      '4 phase 1800/7200/ start',
      '5 phase 7200// start',
    ]);
  });
  test('of bold lines, items and tables', () => {
    expect(times('**First steps (0-15 minutes):**', '', '**Next (15-60 minutes):**')).toEqual([
      '1 phase 0/900/ start',
      '3 phase 900/3600/ start',
    ]);
    expect(times('1. **At once** (0-15 min): call the baker', '2. **0-10 min**: look')).toEqual([
      '1 phase 0/900/ start',
      '2 phase 0/600/ start',
    ]);
    expect(times('| Time | Step |', '|---|---|', '| 0-15 min | Look |', '| 15-60 min | Mend |')).toEqual([
      '3 phase 0/900/ start',
      '4 phase 900/3600/ start',
    ]);
    expect(times('## First 15 minutes')).toEqual(['1 phase 0/900/ start']);
  });
  test.each([
    '## Quick bake (5 minutes)',
    '## Slow bake (10-15 minutes)',
    '- Latency (0-5 ms)',
    '- the oven takes 0-5 minutes to warm up',
    '## Rate 0-100%',
  ])('%s is an estimate or no time', (text) => expect(times(text)).toEqual([]));
});

describe('deadlines', () => {
  test.each([
    ['## Tell the bakers (Within 15 minutes)', '1 deadline /900/ start'],
    ['## Post-Mortem (Within 3 days)', '1 deadline /259200/ resolved'],
    ['- **Within 5 minutes:** ring the bell', '1 deadline /300/ start'],
    ['- Schedule the post-mortem within two days', '1 deadline /172800/ resolved'],
    ['1. [ ] Answer every letter within an hour', '1 deadline /3600/ -'],
    ['Post this in the kitchen within 5 minutes of the alarm:', '1 deadline /300/ -'],
    ['If it is a breach, tell the lawyers within 24 hours.', '1 deadline /86400/ -'],
    ['Each SEV1 requires a review within 3 days.', '1 deadline /259200/ -'],
    ['Bakers must acknowledge a page no later than 10 minutes.', '1 deadline /600/ -'],
    ['- Requests for deletion are processed within 30 days', '1 deadline /2592000/ -'],
  ])('%s', (text, expected) => expect(times(text)).toEqual([expected]));
  test('two in a line, and in a paragraph at their own lines', () => {
    expect(times('- Acknowledge within 10 minutes (P1) or 30 minutes (P2)')).toEqual([
      '1 deadline /600/ -',
      '1 deadline /1800/ -',
    ]);
    expect(times('Look first.', 'Then notify the head baker', 'within 30 minutes.')).toEqual([
      '3 deadline /1800/ -',
    ]);
  });
  test('what a section about telling lists, and what follows the incident', () => {
    expect(
      times('**Required notifications**:', '- [ ] Lawyers within 1 hour', '- [ ] Owners within 2 hours'),
    ).toEqual(['2 deadline /3600/ -', '3 deadline /7200/ -']);
    expect(times('**Timeline** (after resolution):', '- **Within 24 hours**: Draft')).toEqual([
      '2 deadline /86400/ resolved',
    ]);
  });
  test.each([
    'If it is not back within 10 minutes the oven stops.',
    '- Budget will be exhausted within 4 hours',
    'The certificate expires within 14 days.',
    '- Yeast: renewed within 30 days of expiry',
    'Alert should clear within 5 minutes.',
    'Pods restart within 2 minutes.',
    'The cake is expected to rise within 2 hours.',
    '- Notify the baker within 2 business days',
    '- **RTO**: within 15 minutes',
  ])('%s is none', (text) => expect(times(text)).toEqual([]));
  test('response times of a scale and escalation have readers of their own', () => {
    const text = [
      '## Severity',
      '- P1: all down. Respond within 15 minutes',
      '- P2: slow. Respond within 1 hour',
    ];
    expect(times(...text)).toEqual([]);
    expect(
      times(
        '## Escalation path',
        '1. **Baker**: on duty',
        '2. **Head baker lead**: Call within 15 minutes',
        '3. **Manager**',
      ),
    ).toEqual([]);
  });
});

test('the next part of a sentence says nothing about when this one counts from', () =>
  expect(times('Acknowledge within 5 min; hold the post-mortem later')).toEqual(['1 deadline /300/ -']));

describe('offsets', () => {
  test('in the parentheses of an item', () =>
    expect(times('## Release', '1. Freeze writes (T-10 min)')).toEqual(['2 offset -600// planned']));
  test.each([
    ['## T-7 days', '1 offset -604800// planned'],
    ['**Before (T-2 hours):**', '1 offset -7200// planned'],
    ['**During maintenance (T-0):**', '1 offset 0// planned'],
    ['- T+30 min: look again', '1 offset 1800// start'],
    ['1. Verify the ovens at T-15 minutes', '1 offset -900// planned'],
  ])('%s', (text, expected) => expect(times(text)).toEqual([expected]));
  test('after a start without one before count from it; with one, from the plan', () => {
    expect(times('**(T-1h):**', '', '**(T+1h):**')).toEqual([
      '1 offset -3600// planned',
      '3 offset 3600// planned',
    ]);
  });
  test.each(['Use a T-5 tray', '## AT-7 days', 'Model T-1000'])('%s is none', (text) =>
    expect(times(text)).toEqual([]),
  );
});

describe('repeats', () => {
  test.each([
    ['### Weekly Tasks', 604_800],
    ['**Automated Daily Backups:**', 86_400],
    ['#### Annual tests', 31_536_000],
    ['### Review (Monthly)', 2_592_000],
    ['### Status Update (every 15-30 min for P1)', 1800],
    ['- **Quarterly**: read everything again', 7_776_000],
    ['- **Ongoing**: Hourly updates', 3600],
    ['Set up a board and update hourly:', 3600],
    ['- [ ] Refresh the page every 15 min. Note the rank.', 900],
    ['- Continue daily walks', 86_400],
    ['4. Post updates every 10 minutes until it is over', 600],
    ['- Clean the chimney (quarterly)', 7_776_000],
    ['- Hold a drill every other Monday', 1_209_600],
    ['Stakeholder updates: every 15 minutes for SEV1', 900],
  ])('%s', (text, every) => expect(times(text)).toEqual([`1 repeat //${every} -`]));
  test('a column says how often', () => {
    expect(
      times(
        '| Test | Tần suất / Frequency |',
        '|---|---|',
        '| Fire | Monthly |',
        '| Flood | On every flood |',
        '| Mice | WAL + Daily look |',
      ),
    ).toEqual(['3 repeat //2592000 -', '5 repeat //86400 -']);
  });
  test('comments and crontab lines in blocks', () => {
    expect(
      times(
        '```bash',
        '# Run weekly to look at all',
        'look --all',
        '*/5 * * * * ping oven',
        '0 3 * * 1 sweep',
        '# - Daily backups at 02:00',
        '```',
      ),
    ).toEqual(['2 repeat //604800 -', '4 repeat //300 -', '5 repeat //604800 -', '6 repeat //86400 -']);
  });
  test.each([
    '- **Guests**: 10% more expected monthly',
    'Review the weekly report.',
    '# Daily Backup Failed',
    '- Rotation: Weekly, Monday 09:00',
    'The team has a weekly on-call rotation.',
    '- Shifts rotate weekly',
    'Metrics are scraped every 15 seconds.',
    '### Cost of ovens (Monthly)',
    '**Review Cycle**: Monthly',
    '- Every minute counts',
  ])('%s is none', (text) => expect(times(text)).toEqual([]));
  test('windows are no repeats', () => {
    expect(times('### Maintenance Windows', '- **Weekly**: Sunday 02:00-04:00')).toEqual([]);
  });
});

describe('observations', () => {
  test.each([
    ['```bash\n# Watch the logs for 15 minutes\ntail -f oven.log\n```', '2 observation /900/ -'],
    ['```sh\n# 5. Monitor for 2 hours\n```', '2 observation /7200/ -'],
    ['```sh\n# Wait 5 minutes, look again\n```', '2 observation /300/ -'],
    ['- Keep the old oven running for 1 hour', '1 observation /3600/ -'],
    ['Wait for about ten minutes.', '1 observation /600/ -'],
    ['**Wait for the dough (5-10 minutes).**', '1 observation /600/ -'],
    ['Look. Then watch the tray for the next 2 hours.', '1 observation /7200/ -'],
    ['| Oven hot | Wait 1 hour, retry |\n|---|---|\n| Tray hot | Wait 2 hours |', '3 observation /7200/ -'],
  ])('%s', (text, expected) => expect(times(text)).toEqual([expected]));
  test.each([
    '- Oven load > 80% for 3 minutes',
    '- Keep backups for 30 days',
    '- Check the logs for the last 10 minutes',
    '- Check for trays older than 10 minutes',
    '- Burned for 5 minutes',
    '> 2nd crash: wait 20s',
  ])('%s is none', (text) => expect(times(text)).toEqual([]));
});

describe('YAML', () => {
  const yaml = (...lines: string[]) => times('```yaml', ...lines, '```');
  test('plans', () => {
    expect(yaml('timeline:', '  t+0_minutes:', '    - ring', '  t+4_hours: rest')).toEqual([
      '3 offset 0// start',
      '5 offset 14400// start',
    ]);
    expect(yaml('T-2h: freeze', 'T+30m: thaw')).toEqual([
      '2 offset -7200// planned',
      '3 offset 1800// planned',
    ]);
    expect(
      yaml(
        'backup:',
        '  frequency: daily',
        'updates: Every hour',
        'drills:',
        '  monthly:',
        '    - fire',
        'review: Quarterly',
      ),
    ).toEqual(['3 repeat //86400 -', '4 repeat //3600 -', '6 repeat //2592000 -', '8 repeat //7776000 -']);
    expect(
      yaml('schedule: "0 2 * * *"', 'soak_time: 1 hour', '0-15_minutes: [look]', '15-60_minutes: [mend]'),
    ).toEqual([
      '2 repeat //86400 -',
      '3 observation /3600/ -',
      '4 phase 0/900/ start',
      '5 phase 900/3600/ start',
    ]);
  });
  test.each([
    ['retention', 'logs:', '  retention: monthly', '  interval: daily', '  rotation: weekly'],
    ['a manifest', 'apiVersion: batch/v1', 'spec:', '  schedule: "0 2 * * *"'],
    ['a workflow', 'on:', '  schedule: [daily]', 'jobs: {}'],
    ['real time', 'frequency: real-time', 'duration: 2-4 hours'],
  ])('%s is none', (_, ...lines) => expect(yaml(...lines)).toEqual([]));
});

test('words are kept, and long lines are quick', () => {
  const [fact] = parseRunbook('- Reply to **every letter within 5 minutes** of it.').times;
  expect(fact).toMatchObject({ text: 'within 5 minutes', section: null });
  const started = performance.now();
  for (const word of ['wait for 5 minutes, ', 'within 5 minutes (P1) or ', 'every ', 'T-2 ', '0-5 min '])
    void parseRunbook(`- ${word.repeat(10_000)}`).times;
  expect(performance.now() - started).toBeLessThan(3000);
});
