/** Feeds a view no faster than it can draw; what comes faster is left out in the view, never in the output file. */

export interface Throttle {
  push(text: string): void;
  /** Shows what is left and stops. */
  end(): void;
}

/** One flush every 40 ms of at most 64 KiB: 1.6 MB/s, and 256 KiB that wait. */
const intervalMs = 40;
const flushSize = 64 * 1024;
const queueSize = 256 * 1024;

/** @param gap What is shown in place of text that was left out; its size is given in words. */
export function createThrottle(show: (text: string) => void, gap: (dropped: string) => string): Throttle {
  let queue = '';
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;

  const flush = (size: number): void => {
    if (dropped > 0) {
      show(
        gap(
          dropped < 1_000_000 ? `${Math.ceil(dropped / 1000)} kB` : `${(dropped / 1_000_000).toFixed(1)} MB`,
        ),
      );
      dropped = 0;
    }
    if (queue === '') {
      clearInterval(timer);
      timer = undefined;
      return;
    }
    // A cut in the middle of a colour code would show its rest as text.
    const sequence = queue.lastIndexOf('\x1b', size);
    const cut = queue.length <= size || sequence < size - 72 || sequence === 0 ? size : sequence;
    show(queue.slice(0, cut));
    queue = queue.slice(cut);
  };

  return {
    push(text) {
      queue += text;
      if (queue.length > queueSize) {
        const line = queue.indexOf('\n', queue.length - queueSize / 2);
        const cut = line < 0 ? queue.length - queueSize / 2 : line + 1;
        dropped += cut;
        queue = queue.slice(cut);
      }
      if (timer === undefined) {
        // The first text is shown at once: a click must be answered.
        flush(flushSize);
        timer = setInterval(() => flush(flushSize), intervalMs);
      }
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      if (queue !== '' || dropped > 0) flush(queue.length + 1);
    },
  };
}
