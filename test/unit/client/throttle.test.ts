import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createThrottle } from '../../../client/run/throttle.ts';

const collect = (): { readonly shown: string[]; readonly throttle: ReturnType<typeof createThrottle> } => {
  const shown: string[] = [];
  return {
    shown,
    throttle: createThrottle(
      (text) => shown.push(text),
      (dropped) => `[${dropped} left out]`,
    ),
  };
};

describe('the throttle of the output view', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows the first text at once', () => {
    const { shown, throttle } = collect();
    throttle.push('first\n');
    expect(shown).toEqual(['first\n']);
  });

  it('shows everything of a slow step, in order', () => {
    const { shown, throttle } = collect();
    for (let i = 0; i < 20; i++) {
      throttle.push(`line ${i}\n`);
      vi.advanceTimersByTime(50);
    }
    throttle.end();
    expect(shown.join('')).toBe(Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join(''));
  });

  it('leaves out the middle of a flood, says so, and shows its end', () => {
    const { shown, throttle } = collect();
    const line = `${'x'.repeat(999)}\n`;
    for (let i = 0; i < 5000; i++) throttle.push(line);
    throttle.push('the end\n');
    throttle.end();
    const text = shown.join('');
    expect(text.length).toBeLessThan(400_000);
    expect(text).toMatch(/\[4\.\d MB left out\]/);
    expect(text.endsWith('the end\n')).toBe(true);
  });

  it('stops its clock when there is nothing to show', () => {
    const { throttle } = collect();
    throttle.push('a');
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not cut a colour code in two', () => {
    const { shown, throttle } = collect();
    throttle.push('x');
    throttle.push(`${'x'.repeat(64 * 1024 - 3)}\x1b[31mred`);
    vi.advanceTimersByTime(40);
    expect(shown[1]?.endsWith('x')).toBe(true);
    vi.advanceTimersByTime(40);
    expect(shown[2]).toBe('\x1b[31mred');
  });
});
