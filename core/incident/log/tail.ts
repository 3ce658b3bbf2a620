/** The end of a log file: the last event, and what a crash may have left behind it. */
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogEvent } from '../../execution/types.ts';
import { fileErrorCode } from '../errors.ts';
import { GENESIS, isWrittenAs, parseLine } from './chain.ts';

/** Where the next event goes. */
export interface Tail {
  /** The last readable event, or null in an empty log. */
  readonly last: LogEvent | null;
  /** Bytes up to here are whole lines (or one whole event that lacks only its line end). */
  readonly end: number;
  /** True where the last event lacks its line end, as an editor may leave it. */
  readonly unterminated: boolean;
  /** Bytes after `end`: a line that was not wholly written. */
  readonly torn: Buffer;
}

const LF = 10;

/** Reads the tail of an open log of `size` bytes, without reading the rest. */
export async function readTail(handle: FileHandle, size: number): Promise<Tail> {
  for (let span = 65_536; ; span *= 4) {
    const from = Math.max(0, size - span);
    const bytes = Buffer.alloc(size - from);
    await readFully(handle, bytes, from);
    const tail = tailOf(bytes, from);
    if (tail !== null) return tail;
  }
}

async function readFully(handle: FileHandle, bytes: Buffer, from: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, from + done);
    if (bytesRead === 0) throw new Error('The log became shorter while it was read.');
    done += bytesRead;
  }
}

/** The tail in a file's last bytes, which begin at offset `from`; null where more of the file is needed. */
function tailOf(bytes: Buffer, from: number): Tail | null {
  let lines = bytes.lastIndexOf(LF) + 1;
  if (lines === 0 && from > 0) return null;
  // After a power failure a file can have its new length and not its new bytes: NULs, which no event holds.
  while (lines > 0) {
    const start = bytes.lastIndexOf(LF, lines - 2) + 1;
    if (start === 0 && from > 0) return null;
    if (lines === 1 || !bytes.subarray(start, lines).includes(0)) break;
    lines = start;
  }
  let last: LogEvent | null = null;
  for (let end = lines; end > 0 && last === null; ) {
    const start = end === 1 ? 0 : bytes.lastIndexOf(LF, end - 2) + 1;
    if (start === 0 && from > 0) return null;
    last = parseLine(bytes.toString('utf8', start, end - 1));
    end = start;
  }
  const rest = bytes.subarray(lines);
  const whole = parseLine(rest.toString('utf8'));
  if (whole !== null && isWrittenAs(whole, rest)) {
    const follows =
      whole.prevhash === (last?.hash ?? GENESIS) && whole.sequence === (last?.sequence ?? 0) + 1;
    if (follows) return { last: whole, end: from + bytes.length, unterminated: true, torn: Buffer.alloc(0) };
  }
  return { last, end: from + lines, unterminated: false, torn: Buffer.from(rest) };
}

/**
 * Moves torn bytes into a file of their own beside the log and cuts the log back to its whole lines.
 * The copy is durable before the cut, so that a crash in between loses nothing.
 *
 * @returns The name of the new file.
 */
export async function quarantine(file: string, handle: FileHandle, tail: Tail, now: Date): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('.', '');
  const stem = basename(file).replace(/\.jsonl$/, '');
  let name = `${stem}.torn-${stamp}`;
  let copy: FileHandle;
  for (let n = 2; ; n++) {
    try {
      copy = await open(join(dirname(file), name), 'wx', 0o600);
      break;
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST') throw error;
      name = `${stem}.torn-${stamp}-${n}`;
    }
  }
  try {
    await copy.writeFile(tail.torn);
    await copy.sync();
  } finally {
    await copy.close();
  }
  await handle.truncate(tail.end);
  await handle.sync();
  return name;
}
