/** Lengths of time, as people read them. */

/**
 * Milliseconds below a tenth of a second (`12 ms`), tenths below ten seconds (`1.2 s`), whole seconds below a minute
 * (`42 s`), then the two largest units (`4 min 10 s`, `2 h 5 min`, `3 d 4 h`), the smaller left out where it is zero.
 * Negative lengths carry a minus sign.
 *
 * @param ms Milliseconds.
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  if (ms < 0) return `−${formatDuration(-ms)}`;
  const whole = Math.round(ms);
  if (whole < 100) return `${whole} ms`;
  if (whole < 9_950) return `${(whole / 1000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
