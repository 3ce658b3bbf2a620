/** Reading a log: its events, and whether its chain holds. */
import { readFile } from 'node:fs/promises';
import type { LogEvent } from '../../execution/types.ts';
import { fileErrorCode } from '../errors.ts';
import type { Verification } from '../types.ts';
import { GENESIS, isIntact, isWrittenAs, lineOf, parseLine } from './chain.ts';

const LF = 10;

/**
 * The events of a log in file order. Lines that are no events (torn, merged badly, from a later version) are left
 * out; `verifyLog` names them. A file that does not exist has no events. Other file errors reject.
 */
export async function readEvents(file: string): Promise<LogEvent[]> {
  return eventsOf(await bytesOf(file));
}

/** The events in the bytes of a log, as `readEvents` gives them. */
export function eventsOf(bytes: Buffer): LogEvent[] {
  const events: LogEvent[] = [];
  for (const line of linesOf(bytes)) {
    const event = parseLine(line.bytes.toString('utf8'));
    if (event !== null) events.push(event);
  }
  return events;
}

/**
 * Checks the chain of a log line by line, byte by byte. A last line without its line end is a write that a crash
 * cut off: it was never acknowledged, so it is counted in `quarantinedBytes` and is no fault of the chain.
 * An empty or missing file is an empty chain.
 */
export async function verifyLog(file: string): Promise<Verification> {
  return verifyBytes(await bytesOf(file));
}

/** `verifyLog` over bytes. */
export function verifyBytes(bytes: Buffer): Verification {
  let previous: LogEvent | null = null;
  let events = 0;
  let quarantinedBytes = 0;
  for (const line of linesOf(bytes)) {
    const event = parseLine(line.bytes.toString('utf8'));
    const fault = faultOf(event, line.bytes, previous);
    if (fault === null) {
      previous = event;
      events++;
    } else if (line.terminated) {
      return {
        ok: false,
        events,
        line: line.number,
        message: fault,
        quarantinedBytes,
        head: previous?.hash ?? null,
      };
    } else {
      quarantinedBytes = line.bytes.length;
    }
  }
  return { ok: true, events, line: null, message: null, quarantinedBytes, head: previous?.hash ?? null };
}

/** What is wrong with a line that follows `previous`, as one plain sentence, or null. */
function faultOf(event: LogEvent | null, bytes: Buffer, previous: LogEvent | null): string | null {
  if (bytes.length === 0) return 'The line is empty: it was inserted after the log was written.';
  if (event === null) return 'The line is not an event: it was damaged or inserted after it was written.';
  const expected = (previous?.sequence ?? 0) + 1;
  const exact = isWrittenAs(event, bytes);
  if (!exact && !isIntact(event)) {
    return 'The event does not have the hash that it was written with: the line was edited.';
  }
  if (!exact && !bytes.equals(Buffer.from(lineOf(event)))) {
    return 'The line is not written as the log writes it: white space, order or spelling was changed.';
  }
  if (event.sequence !== expected) {
    return `The event is number ${event.sequence} where ${expected} was expected: lines were removed, inserted or moved.`;
  }
  if (event.prevhash !== (previous?.hash ?? GENESIS)) {
    return 'The event does not follow the line above: a line was replaced, or two logs were joined.';
  }
  if (previous !== null && event.subject !== previous.subject) {
    return `The event belongs to ${event.subject}, the lines above to ${previous.subject}.`;
  }
  return null;
}

interface Line {
  /** 1-based. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly terminated: boolean;
}

function* linesOf(bytes: Buffer): Generator<Line> {
  let number = 1;
  for (let start = 0; start < bytes.length; number++) {
    const end = bytes.indexOf(LF, start);
    if (end === -1) {
      yield { number, bytes: bytes.subarray(start), terminated: false };
      return;
    }
    yield { number, bytes: bytes.subarray(start, end), terminated: true };
    start = end + 1;
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
