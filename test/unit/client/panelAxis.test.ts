import { describe, expect, it } from 'vitest';
import { createAxis, placeBars } from '../../../client/webview/incidentPanel/axis.ts';
import {
  calendarDay,
  clockTime,
  countdown,
  elapsed,
  roughly,
} from '../../../client/webview/incidentPanel/time.ts';

const minute = 60_000;

describe('the time axis', () => {
  it('spreads a stretch of time over a width, and clamps what lies outside', () => {
    const axis = createAxis(0, 10 * minute, 600);
    expect([axis.x(-1), axis.x(0), axis.x(5 * minute), axis.x(99 * minute)]).toEqual([0, 0, 300, 600]);
  });

  it('has ticks on round times, no closer than their labels are wide', () => {
    for (const [span, width] of [
      [2 * minute, 300],
      [45 * minute, 900],
      [6 * 60 * minute, 320],
      [9 * 24 * 60 * minute, 600],
    ] as const) {
      const axis = createAxis(Date.UTC(2026, 0, 5, 14, 3), Date.UTC(2026, 0, 5, 14, 3) + span, width);
      const xs = axis.ticks.map((tick) => axis.x(tick));
      expect(xs.length).toBeGreaterThan(0);
      for (let i = 1; i < xs.length; i++) expect((xs[i] ?? 0) - (xs[i - 1] ?? 0)).toBeGreaterThan(60);
    }
  });

  it('puts ticks on the round times of the zone that is shown', () => {
    const halfHour = 30 * minute;
    const axis = createAxis(0, 4 * 60 * minute, 300, 5 * 60 * minute + halfHour);
    for (const tick of axis.ticks) expect((tick + halfHour) % (60 * minute)).toBe(0);
  });

  it('widens an empty stretch', () => {
    const axis = createAxis(1000, 1000, 100);
    expect(axis.to - axis.from).toBe(minute);
  });

  it('draws each bar wide enough to be seen and inside the axis', () => {
    const axis = createAxis(0, 60 * minute, 100);
    const bars = placeBars(
      [
        { from: 0, to: 1 },
        { from: 10, to: 20 },
        { from: 60 * minute, to: 61 * minute },
      ],
      axis,
      4,
    );
    for (const { x, width } of bars) {
      expect(width).toBeGreaterThanOrEqual(4);
      expect(x + width).toBeLessThanOrEqual(100);
    }
    expect(bars[1]?.x).toBeGreaterThan(bars[0]?.x ?? 99);
  });
});

describe('times in the panel', () => {
  it.each([
    [0, '00:00:00'],
    [1_421_000, '00:23:41'],
    [-5, '00:00:00'],
    [2 * 86_400_000 + 3_600_000, '2 d 01:00:00'],
  ])('%d ms have passed: %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });

  it.each([
    [0, '00:00'],
    [1, '00:01'],
    [724_000, '12:04'],
    [3_599_000, '59:59'],
    [3_600_000, '1 h'],
    [11_520_000, '3 h 12 min'],
  ])('%d ms are left: %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });

  it.each([
    [6 * minute, '6 min'],
    [64 * minute, '1 h 4 min'],
    [27 * 60 * minute, '1 d 3 h'],
  ])('%d ms of silence: %s', (ms, text) => {
    expect(roughly(ms)).toBe(text);
  });

  it('writes UTC, and nothing false for what is no time', () => {
    expect(clockTime('2026-01-05T14:02:07.900Z', true)).toBe('14:02:07');
    expect(calendarDay('2026-01-05T23:59:59Z', true)).toBe('2026-01-05');
    expect(clockTime('soon', true)).toBe('??:??');
  });
});
