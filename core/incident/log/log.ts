/** The append-only log: what `append` resolved is on disk, whole, in order and chained, whatever happens next. */
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { incrementBase32, monotonicFactory } from 'ulid';
import type { EventDraft, EventSink, LogEvent } from '../../execution/types.ts';
import { fileErrorCode, IncidentError } from '../errors.ts';
import { EVENT } from '../events.ts';
import { GENESIS, seal } from './chain.ts';
import { cleanData, cleanTime, oneLine } from './clean.ts';
import { type Lease, takeLock } from './lock.ts';
import { quarantine, readTail } from './tail.ts';

export interface LogOptions {
  /** The incident's id, or the session's for a private log. */
  readonly subject: string;
  /** CloudEvents `source`: who writes. */
  readonly source: string;
  /** The wall clock; default the system's. */
  readonly now?: () => Date;
  /** Mode of a newly created file: 0o644 (default; the log is shared through git) or 0o600 for a private one. */
  readonly mode?: number;
}

export interface EventLog extends EventSink {
  readonly file: string;
  /**
   * Adds an event; resolves with it once it is durable (fsynced). Events that arrive while one fsync is under way
   * share the next. Rejects with an `IncidentError` (`bad-event`, `log-unwritable`, `log-busy`): then the event is
   * not in the log.
   */
  append(draft: EventDraft): Promise<LogEvent>;
  /** Waits for what was appended, gives the lock back and closes the file. A later `append` opens it again. */
  close(): Promise<void>;
}

/** An event that waits for its place in the chain. */
interface Pending {
  readonly type: string;
  readonly time: string | null;
  readonly data: Record<string, unknown>;
  readonly resolve: (event: LogEvent) => void;
  readonly reject: (error: unknown) => void;
}

/** How long the lock is kept after the last event, for the next one to find it taken already. */
const LINGER_MS = 20;
/** After this long the file is looked at anew, and another process that wants the lock gets its turn. */
const TURN_MS = 50;
/** Longer than those who wait for the lock sleep between two looks. */
const COURTESY_MS = 40;

/**
 * Opens a log for appending. Nothing is created or locked before the first event. Several processes of one machine
 * may append to one file: the lock `<file without .jsonl>.lock` is held from reading the tail to the fsync.
 */
export async function openLog(file: string, options: LogOptions): Promise<EventLog> {
  const now = options.now ?? (() => new Date());
  const ulid = monotonicFactory();
  const queue: Pending[] = [];
  const writer = createWriter(file, options.mode ?? 0o644, now, (draft, last) => chain(draft, last));
  /** Cleared in the same breath that finds the queue empty: an event must not arrive in between and wait for ever. */
  let draining = false;
  let drained: Promise<void> = Promise.resolve();

  function chain(draft: Omit<Pending, 'resolve' | 'reject'>, last: LogEvent | null): Sealed {
    const recordedtime = now().toISOString();
    let id = ulid(Date.parse(recordedtime));
    // Ids rise within a file even where its last writer's clock was ahead of ours.
    if (last !== null && id <= last.id) id = incrementBase32(last.id);
    return seal({
      specversion: '1.0',
      id,
      source: options.source,
      type: draft.type,
      subject: options.subject,
      time: draft.time ?? recordedtime,
      recordedtime,
      sequence: (last?.sequence ?? 0) + 1,
      prevhash: last?.hash ?? GENESIS,
      data: draft.data,
    });
  }

  async function drain(): Promise<void> {
    draining = true;
    while (queue.length > 0) {
      let batch: Pending[] = [];
      try {
        await writer.ready();
        batch = queue.splice(0);
        const events = await writer.write(batch);
        batch.forEach((pending, i) => {
          pending.resolve(events[i] as LogEvent);
        });
      } catch (error) {
        if (batch.length === 0) batch = queue.splice(0);
        const fault = asFault(error, file);
        for (const pending of batch) pending.reject(fault);
      }
    }
    draining = false;
  }

  return {
    file,
    append(draft) {
      return new Promise((resolve, reject) => {
        const time = draft.time === undefined ? null : cleanTime(draft.time);
        if (!/^[a-z0-9]+(\.[a-z0-9-]+)+$/.test(draft.type)) {
          throw new IncidentError('bad-event', `"${oneLine(draft.type, 60)}" is not an event type.`);
        }
        queue.push({ type: draft.type, time, data: cleanData(draft.data), resolve, reject });
        if (!draining) drained = drain();
      });
    },
    async close() {
      await drained;
      await writer.close();
    },
  };
}

/** One stretch of holding the lock, and what was learned about the file under it. */
interface Turn {
  readonly lease: Lease;
  readonly handle: FileHandle;
  readonly since: number;
  last: LogEvent | null;
  size: number;
}

type Sealed = ReturnType<typeof seal>;
type Chain = (draft: Omit<Pending, 'resolve' | 'reject'>, last: LogEvent | null) => Sealed;

/** The one place that touches the file. `ready` takes the lock and learns the tail, `write` makes events durable. */
function createWriter(file: string, mode: number, now: () => Date, chain: Chain) {
  let turn: Turn | null = null;
  let linger: NodeJS.Timeout | null = null;
  let busy: Promise<unknown> = Promise.resolve();

  /** Runs one thing at a time: the timer that ends a turn must not meet a write. */
  function exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = busy.then(work, work);
    busy = result.catch(() => {});
    return result;
  }

  async function begin(): Promise<Turn> {
    await mkdir(dirname(file), { recursive: true });
    const lease = await takeLock(file.replace(/(\.jsonl)?$/, '.lock'));
    try {
      const handle = await openFile();
      try {
        const since = performance.now();
        const found = { lease, handle, since, last: null, size: (await handle.stat()).size };
        await learnTail(found);
        return found;
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      await lease.release();
      throw error;
    }
  }

  async function end(): Promise<void> {
    if (linger !== null) clearTimeout(linger);
    linger = null;
    const ended = turn;
    turn = null;
    await ended?.handle.close().catch(() => {});
    await ended?.lease.release();
  }

  /** Opens the file anew each turn, because git and editors replace files by renaming. */
  async function openFile(): Promise<FileHandle> {
    const isNew = (await stat(file).catch(() => null)) === null;
    const handle = await open(file, 'a+', mode);
    if (isNew) {
      await handle.sync();
      await syncFolder(dirname(file));
    }
    return handle;
  }

  async function learnTail(found: Turn): Promise<void> {
    const tail = await readTail(found.handle, found.size);
    found.last = tail.last;
    if (tail.unterminated) await put(found, '\n');
    if (tail.torn.length === 0) return;
    const name = await quarantine(file, found.handle, tail, now());
    found.size = tail.end;
    const gap = chain(
      {
        type: EVENT.gap,
        time: null,
        data: {
          summary: `A line that was not wholly written was set aside: ${tail.torn.length} bytes in ${name}`,
          actor: { kind: 'system', name: 'runline' },
          quarantinedBytes: tail.torn.length,
          file: name,
        },
      },
      found.last,
    );
    await put(found, gap.line);
    found.last = gap.event;
  }

  return {
    ready: () =>
      exclusively(async () => {
        if (linger !== null) clearTimeout(linger);
        linger = null;
        if (turn !== null && performance.now() - turn.since > TURN_MS) {
          const wanted = await turn.lease.wanted();
          await end();
          if (wanted) await sleep(COURTESY_MS);
        }
        turn ??= await begin();
      }),

    write: (batch: readonly Pending[]) =>
      exclusively(async () => {
        if (turn === null) throw new Error('The log is not open.');
        const events: LogEvent[] = [];
        const lines: string[] = [];
        let previous = turn.last;
        for (const draft of batch) {
          const sealed = chain(draft, previous);
          previous = sealed.event;
          events.push(previous);
          lines.push(sealed.line);
        }
        try {
          await put(turn, lines.join(''));
        } catch (error) {
          await end();
          throw error;
        }
        turn.last = previous;
        linger = setTimeout(() => void exclusively(end), LINGER_MS);
        return events;
      }),

    close: () => exclusively(end),
  };
}

/** Appends text durably; on failure cuts the file back, so that nothing stays half written. */
async function put(turn: Turn, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length; ) {
      done += (await turn.handle.write(bytes, done, bytes.length - done, null)).bytesWritten;
    }
    await turn.handle.sync();
    turn.size += bytes.length;
  } catch (error) {
    await turn.handle.truncate(turn.size).catch(() => {});
    throw error;
  }
}

/** Makes new names in a folder durable. Windows cannot open folders and needs no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function asFault(error: unknown, file: string): IncidentError {
  if (error instanceof IncidentError) return error;
  const code = fileErrorCode(error);
  const [why, then] =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? ['the disk is full', 'Make room, then try again.']
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? ['it is not writable', 'Make it writable, then try again.']
        : [code ?? String(error), 'Look after that folder, then try again.'];
  return new IncidentError(
    'log-unwritable',
    `The event was not recorded: ${file} could not be written (${why}). ${then}`,
    { cause: error },
  );
}
