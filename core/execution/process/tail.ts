/** Follows a file that grows. */
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 262_144;
const SLOWEST_MS = 100;
const FASTEST_MS = 8;

export interface Tail {
  /** Reads what is left, hands it on, and ends. */
  stop(): Promise<void>;
}

/**
 * Hands on what a file has and gets, in order, at most 256 KiB at a time, and waits where the receiver answers with a promise. It polls, because file
 * watchers are silent on network and container mounts: at first every 8 ms, and ten times a second where nothing comes.
 * The file must exist. A callback that throws ends the tail, not the step.
 */
export function followFile(path: string, onOutput: (chunk: Uint8Array) => unknown): Tail {
  let stopping = false;
  let wake: () => void = () => undefined;
  const follow = async (): Promise<void> => {
    const file = await open(path, 'r');
    try {
      let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      let delay = FASTEST_MS;
      for (;;) {
        const last = stopping;
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null);
        if (bytesRead > 0) {
          // The receiver may keep it: a full buffer is given away, a little is copied.
          const isFull = bytesRead > CHUNK_BYTES / 2;
          const chunk = isFull ? buffer.subarray(0, bytesRead) : Buffer.from(buffer.subarray(0, bytesRead));
          if (isFull) buffer = Buffer.allocUnsafe(CHUNK_BYTES);
          await onOutput(chunk);
          delay = FASTEST_MS;
          continue;
        }
        if (last) return;
        await pause(delay);
        delay = Math.min(SLOWEST_MS, delay * 1.5);
      }
    } finally {
      await file.close();
    }
  };
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const done = follow().catch(() => undefined);
  return {
    stop() {
      stopping = true;
      wake();
      return done;
    },
  };
}
