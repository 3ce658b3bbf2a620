/** The incidents of one `.runline` folder: every change is an event in that incident's log. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventDraft, EventSink, LogEvent } from '../execution/types.ts';
import { listActive, markActive, unmarkActive } from './active.ts';
import { fileErrorCode, IncidentError } from './errors.ts';
import { EVENT } from './events.ts';
import { asStatus, fold, isOver, STATUSES } from './fold.ts';
import { checkId, claimId, listIds, prepareFolder } from './folder.ts';
import { cleanTime, manyLines, oneLine } from './log/clean.ts';
import { type EventLog, openLog } from './log/log.ts';
import { readEvents, verifyLog } from './log/read.ts';
import { findSeverity } from './scale.ts';
import { declaredSummary } from './timeline.ts';
import type { IncidentSeverity, IncidentState, Milestone, Verification } from './types.ts';

export interface IncidentsOptions {
  /** CloudEvents `source` of what is written: `runline://cli`. */
  readonly source: string;
  /** Who acts; a name, never an address. */
  readonly actor: { readonly name: string };
  readonly now?: () => Date;
  /** Removes secrets from what people type. Default: text stays as it is. */
  readonly redact?: (text: string) => Promise<string>;
}

export interface OpenIncident {
  readonly severity: IncidentSeverity;
  /** The scale in force, most severe first. It is kept in the log: a later edit of the runbook changes nothing. */
  readonly scale: readonly IncidentSeverity[];
  readonly title: string;
  /** Path relative to the workspace, with `/`, or null. */
  readonly runbook: string | null;
  /** RFC 3339 with an offset. */
  readonly detectedAt?: string;
}

/**
 * All methods that take an id reject with an `IncidentError`: `bad-id`, `unknown-incident`, or what the log says.
 * Each change resolves with the state after it, once it is durable.
 */
export interface Incidents {
  open(incident: OpenIncident): Promise<IncidentState>;
  /** Newest first. Folders without a readable declaration are left out. */
  list(): Promise<IncidentState[]>;
  get(id: string): Promise<IncidentState>;
  /** The incident's events, in file order. */
  events(id: string): Promise<LogEvent[]>;
  /** Where steps of this incident write. Adds who acted. */
  sink(id: string): EventSink;
  /** `level`: a level's id or name, in any case. Rejects with `unknown-severity`. The level it has already is no event. */
  setSeverity(id: string, level: string, reason?: string): Promise<IncidentState>;
  /** Any status may follow any other; going back opens the incident again. Rejects with `unknown-status`. */
  setStatus(id: string, status: string, reason?: string): Promise<IncidentState>;
  acknowledge(id: string): Promise<IncidentState>;
  /** Says when something happened, in place of what a status implies. `at`: RFC 3339 with an offset. */
  setMilestone(id: string, milestone: Milestone, at: string, reason?: string): Promise<IncidentState>;
  /** `time`: when it happened, where that is not now. */
  addNote(id: string, text: string, time?: string): Promise<IncidentState>;
  /** Puts a note (an event's id) right: the new text stands in the timeline, the old one in the log. */
  correctNote(id: string, eventId: string, text: string): Promise<IncidentState>;
  resolve(id: string): Promise<IncidentState>;
  verify(id: string): Promise<Verification>;
  /** The incident's folder. Throws `bad-id`. */
  folder(id: string): string;
  logFile(id: string): string;
  /** Waits for what was appended and closes the logs. */
  close(): Promise<void>;
}

/** @param dir The `.runline` folder; it is made when the first incident opens. */
export function createIncidents(dir: string, options: IncidentsOptions): Incidents {
  const now = options.now ?? (() => new Date());
  const redact = options.redact ?? (async (text: string) => text);
  const actor = { kind: 'human', name: oneLine(options.actor.name, 80) };
  const logs = new Map<string, Promise<EventLog>>();

  const folder = (id: string) => join(dir, 'incidents', checkId(id));
  const logFile = (id: string) => join(folder(id), 'events.jsonl');

  function logOf(id: string): Promise<EventLog> {
    const key = checkId(id);
    let log = logs.get(key);
    if (log === undefined) {
      log = openLog(logFile(key), { subject: key, source: options.source, now });
      logs.set(key, log);
    }
    return log;
  }

  async function append(id: string, draft: EventDraft): Promise<LogEvent> {
    const log = await logOf(id);
    return log.append({ ...draft, data: { actor, ...draft.data } });
  }

  async function events(id: string): Promise<LogEvent[]> {
    const found = await readEvents(logFile(id));
    if (found.length === 0) await mustExist(id);
    return found;
  }

  async function mustExist(id: string): Promise<void> {
    if ((await stat(logFile(id)).catch(() => null)) !== null) return;
    throw new IncidentError(
      'unknown-incident',
      `There is no incident ${checkId(id)} in ${dir}. \`runline incident list\` shows those that there are.`,
    );
  }

  const get = async (id: string): Promise<IncidentState> => fold(await events(id));

  const typed = async (text: string) => manyLines(await redact(manyLines(text)));
  const because = async (reason: string | undefined) =>
    reason === undefined || reason.trim() === '' ? {} : { reason: await typed(reason) };

  async function setStatus(id: string, wanted: string, reason?: string): Promise<IncidentState> {
    const to = asStatus(wanted);
    if (to === null) {
      throw new IncidentError(
        'unknown-status',
        `"${oneLine(wanted, 60)}" is not a status. It is one of ${STATUSES.join(', ')}.`,
      );
    }
    const state = await get(id);
    if (state.status !== to) {
      const data = {
        from: state.status,
        to,
        ...(await because(reason)),
        summary: `Status ${state.status} → ${to}`,
      };
      await append(id, { type: EVENT.statusChanged, data });
    }
    await (isOver(to) ? unmarkActive(dir, state.id) : markActive(dir, state.id));
    return get(id);
  }

  return {
    folder,
    logFile,
    get,
    events,
    setStatus,
    resolve: (id) => setStatus(id, 'resolved'),

    async open(incident) {
      const title = oneLine(await redact(manyLines(incident.title)), 200);
      if (title === '')
        throw new IncidentError('bad-event', 'An incident needs a title: say in a few words what is wrong.');
      const detectedAt = incident.detectedAt === undefined ? null : cleanTime(incident.detectedAt);
      const id = await claimId(dir, now().toISOString().slice(0, 10));
      await append(id, {
        type: EVENT.declared,
        data: {
          summary: declaredSummary(title, incident.severity),
          title,
          severity: incident.severity,
          scale: incident.scale,
          runbook: incident.runbook,
          detectedAt,
        },
      });
      await markActive(dir, id);
      return get(id);
    },

    async list() {
      const states: IncidentState[] = [];
      for (const id of await listIds(dir)) {
        try {
          states.push(await get(id));
        } catch (error) {
          // A folder that was claimed and never declared, or a log that cannot be read, must not hide the others.
          if (!(error instanceof IncidentError) && fileErrorCode(error) === null) throw error;
        }
      }
      return states.sort((a, b) =>
        a.declaredAt === b.declaredAt ? (a.id < b.id ? 1 : -1) : a.declaredAt < b.declaredAt ? 1 : -1,
      );
    },

    sink: (id) => {
      checkId(id);
      return {
        async append(draft) {
          await mustExist(id);
          return append(id, draft);
        },
      };
    },

    async setSeverity(id, level, reason) {
      const state = await get(id);
      const to = findSeverity(state.scale, level);
      if (to.id === state.severity.id) return state;
      const data = {
        from: state.severity,
        to,
        ...(await because(reason)),
        summary: `Severity ${state.severity.id} → ${to.id}`,
      };
      await append(id, { type: EVENT.severityChanged, data });
      return get(id);
    },

    async acknowledge(id) {
      const state = await get(id);
      if (state.acknowledgedAt !== null) return state;
      await append(id, { type: EVENT.acknowledged, data: { summary: `Acknowledged by ${actor.name}` } });
      return get(id);
    },

    async setMilestone(id, milestone, at, reason) {
      const state = await get(id);
      const time = cleanTime(at);
      const data = {
        milestone,
        at: time,
        previous: state.milestones[milestone]?.at ?? null,
        ...(await because(reason)),
        summary: `${milestone} set to ${time}`,
      };
      await append(id, { type: EVENT.milestoneSet, data });
      return get(id);
    },

    async addNote(id, note, time) {
      await get(id);
      const body = await typed(note);
      if (body === '') throw new IncidentError('bad-event', 'The note is empty: there is nothing to record.');
      await append(id, {
        type: EVENT.noteAdded,
        ...(time === undefined ? {} : { time }),
        data: { text: body, summary: oneLine(body) },
      });
      return get(id);
    },

    async correctNote(id, eventId, note) {
      const original = (await events(id)).find((event) => event.id === eventId);
      if (
        original === undefined ||
        (original.type !== EVENT.noteAdded && original.type !== EVENT.noteCorrected)
      ) {
        throw new IncidentError('bad-event', `${oneLine(eventId, 60)} is not a note of ${checkId(id)}.`);
      }
      const body = await typed(note);
      await append(id, {
        type: EVENT.noteCorrected,
        time: original.time,
        data: { supersedes: original.id, text: body, summary: oneLine(body) },
      });
      return get(id);
    },

    async verify(id) {
      await mustExist(id);
      const result = await verifyLog(logFile(id));
      if (!result.ok) return result;
      // An incident begins with its declaration: a log without a line was emptied, or its first write never ended.
      const [first] = await readEvents(logFile(id));
      const fault =
        first === undefined || result.events === 0
          ? 'The log is empty: an incident begins with its declaration.'
          : first.subject === checkId(id)
            ? null
            : `The event belongs to ${oneLine(first.subject, 60)}, not to ${checkId(id)}: the log of another incident stands here.`;
      return fault === null ? result : { ...result, ok: false, line: 1, message: fault };
    },

    async close() {
      for (const log of logs.values()) await (await log).close();
    },
  };
}

/**
 * Makes `.runline/active/` say what the logs say: after a pull or a crash the two can differ.
 *
 * @param runningSteps Keys of the steps that run; marks of others are taken for left over.
 */
export async function syncActive(
  dir: string,
  incidents: readonly IncidentState[],
  runningSteps: readonly string[],
): Promise<void> {
  const open = new Set(runningSteps);
  for (const state of incidents) if (!isOver(state.status)) open.add(state.id);
  for (const key of await listActive(dir)) if (!open.has(key)) await unmarkActive(dir, key);
  if (open.size > 0) await prepareFolder(dir);
  for (const key of open) await markActive(dir, key);
}
