/** The one time axis that all lanes share. */

export interface Axis {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** Where a time lies, from 0 to `width`; times outside are clamped. */
  x(time: number): number;
  readonly ticks: readonly number[];
}

/** Distances between ticks that people read at once. */
const steps = [
  5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
].map((seconds) => seconds * 1000);

/** Room that a tick's label wants, in pixels. */
const labelRoom = 72;

/** An axis over a stretch of time. An empty or reversed stretch is widened to one minute. */
export function createAxis(from: number, to: number, width: number, zoneOffsetMs = 0): Axis {
  const end = to - from < 60_000 ? from + 60_000 : to;
  const span = end - from;
  const x = (time: number): number => Math.min(width, Math.max(0, ((time - from) / span) * width));
  const most = Math.max(1, Math.floor(width / labelRoom));
  const step = steps.find((candidate) => span / candidate <= most) ?? Math.ceil(span / most);
  const ticks: number[] = [];
  // Ticks fall on round times of the zone that is shown: 06:00, not 05:30.
  for (let t = Math.ceil((from + zoneOffsetMs) / step) * step - zoneOffsetMs; t <= end; t += step) {
    ticks.push(t);
  }
  return { from, to: end, width, x, ticks };
}

/**
 * Where bars are drawn so that each can be seen and aimed at: at least `least` wide, in order, a later one starting where an
 * earlier one that was widened ends, unless that would push it past the axis.
 */
export function placeBars(
  bars: readonly { readonly from: number; readonly to: number }[],
  axis: Axis,
  least = 3,
): { readonly x: number; readonly width: number }[] {
  let free = 0;
  return bars.map(({ from, to }) => {
    const wanted = axis.x(from);
    const width = Math.max(least, axis.x(to) - wanted);
    const x = Math.min(Math.max(wanted, Math.min(free, wanted + least)), Math.max(0, axis.width - width));
    free = x + width + 1;
    return { x, width };
  });
}
