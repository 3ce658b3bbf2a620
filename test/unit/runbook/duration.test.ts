import { describe, expect, test } from 'vitest';
import { leadingDuration, parseDuration } from '../../../core/runbook/index.ts';

const fixed: Record<string, number> = {
  '15 minutes': 900,
  '15 min': 900,
  '15m': 900,
  '90s': 90,
  '<5 minutes': 300,
  '< 5 min': 300,
  '<= 30 minutes': 1800,
  '≤ 1 hour': 3600,
  '1 hour': 3600,
  '1 hr': 3600,
  '4h': 14_400,
  '1.5 hours': 5400,
  '1h30m': 5400,
  '1 hour 30 minutes': 5400,
  '24 hours': 86_400,
  '5 day': 432_000,
  '1 week': 604_800,
  'Within 2 hours': 7200,
  'within the first 15 minutes': 900,
  'Every 15 min': 900,
  Immediate: 0,
  Immediately: 0,
  'Immediate response': 0,
  'Immediate (2 minutes)': 120,
  'Immediate (< 5 min)': 300,
  'Immediate (0-15 min)': 900,
  'Immediate (page on-call)': 0,
  '15-30 minutes': 1800,
  '1 – 2 hours': 7200,
  '30 minutes to 2 hours': 7200,
  '4 hours (critical SLA)': 14_400,
  '< 15 min page response': 900,
  '**15 minutes**': 900,
  '15 minutes.': 900,
  'five minutes': 300,
  'half an hour': 1800,
  'an hour': 3600,
  '500ms': 0.5,
  '< 4h': 14_400,
  '< 60 min': 3600,
  'Immediate (30 min)': 1800,
  'Within 3 days': 259_200,
  '8 hours (next business day)': 28_800,
  '2 horas': 7200,
  '30 Minuten': 1800,
  '1 month': 2_592_000,
};

const calendar = [
  'Next business day',
  'next day',
  'Same day',
  'Same business day',
  'Best effort',
  'best-effort',
  '4 business hours',
  '5 business days',
  '1 business day',
  'Within business day',
  'Within 2 business days',
  '< 4 hours (business hours)',
  'Next sprint',
  'Next planned work block',
  'Backlog ticket',
  'Daily',
  'Planned sprint',
  'Next maintenance window',
  '5 días hábiles',
  'Business hours',
  '1-2 sprints',
];

const unreadable = [
  '',
  'Page the on-call engineer',
  'N/A',
  'soon',
  '15',
  '24/7',
  'several minutes',
  'Check the logs for 15 minutes',
  '15 minutes after lunch on the second floor',
  '10 apples',
  'Requires a person within 24 hours',
];

describe('parseDuration', () => {
  for (const [text, seconds] of Object.entries(fixed)) {
    test(`"${text}" is ${seconds} s`, () =>
      expect(parseDuration(text)).toEqual({ text, seconds, kind: 'fixed' }));
  }
  for (const text of calendar) {
    test(`"${text}" depends on the calendar`, () =>
      expect(parseDuration(text)).toEqual({ text, seconds: null, kind: 'calendar' }));
  }
  for (const text of unreadable) {
    test(`"${text}" is unreadable`, () =>
      expect(parseDuration(text)).toEqual({ text, seconds: null, kind: 'unreadable' }));
  }
  test('keeps the text as written, trimmed', () => expect(parseDuration('  < 5 min ').text).toBe('< 5 min'));
  test('is quick on long nonsense', () => {
    const started = performance.now();
    for (const unit of ['1 ', '1 h ', 'in ', '(', '< ', '1h', '1-']) parseDuration(unit.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('leadingDuration', () => {
  test.each([
    ['15 minutes: Management notification', 900, 'Management notification'],
    ['Immediate (0-15 min): Start the bridge', 900, 'Start the bridge'],
    ['T+30 min - Page the lead', 1800, 'Page the lead'],
    ['1 hour → Tell customers', 3600, 'Tell customers'],
  ])('%s', (text, seconds, rest) => {
    const read = leadingDuration(text);
    expect([read?.after.seconds, read?.rest]).toEqual([seconds, rest]);
  });
  test.each(['Ongoing: hourly updates', 'Management: 15 minutes', '15 minutes'])(
    '%s begins with none',
    (text) => expect(leadingDuration(text)).toBeNull(),
  );
});
