import { describe, expect, it } from 'vitest';
import { addDays, cycleDays, daysBetween, lastDay, lengthInWords } from '../../../core/rules/support/days.ts';

describe('cycleDays', () => {
  it.each([
    ['Quarterly', 92],
    ['every 6 months', 186],
    ['6 months', 186],
    ['90 days', 90],
    ['Annually', 366],
    ['once a year', 366],
    ['once per quarter', 92],
    ['Monthly (first Tuesday)', 31],
    ['Bi-weekly', 14],
    ['every other month', 61],
    ['Semi-annual', 183],
    ['twice a year', 183],
    ['in three months', 93],
    ['every two weeks', 14],
  ])('reads %s', (text, days) => expect(cycleDays(text)).toBe(days));

  it.each([
    'After each incident',
    'as needed',
    '',
    'continuous',
    '0 months',
    'every release',
    'when the moon is up',
  ])('reads nothing of %j', (text) => expect(cycleDays(text)).toBeNull());
});

it('a month lasts to its last day', () => {
  expect(lastDay('2024-02')).toBe('2024-02-29');
  expect(lastDay('2025-12')).toBe('2025-12-31');
  expect(lastDay('2025-12-03')).toBe('2025-12-03');
});

it('counts days over months and years', () => {
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(daysBetween('2025-03-01', '2025-02-28')).toBe(-1);
  expect(daysBetween('2025-01-01', '2026-01-01')).toBe(365);
});

it.each([
  [1, '1 day'],
  [59, '59 days'],
  [61, '2 months'],
  [365, '12 months'],
  [800, '2 years'],
])('%i days are %s', (days, words) => expect(lengthInWords(days)).toBe(words));
