/** Incidents as the editor sees them: those of every workspace folder, and the current one, which steps are recorded in. */
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  type LogOutputChannel,
  RelativePattern,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { EventSink } from '../../core/execution/index.ts';
import {
  createIncidents,
  type IncidentState,
  type Incidents,
  isOver,
  listActive,
  type OpenIncident,
} from '../../core/incident/index.ts';
import { redactText } from '../run/redact.ts';
import type { CurrentIncident, State } from '../state.ts';

/** An incident and where it lies. */
export interface Found extends CurrentIncident {
  readonly state: IncidentState;
}

export interface IncidentService extends Disposable {
  /** The incident that steps are recorded in, as last read, or undefined. */
  current(): Found | undefined;
  /** Incidents that are not over, newest first, as last read. */
  open(): readonly Found[];
  /** All incidents of the workspace, newest first. */
  all(): readonly Found[];
  readonly onDidChange: Event<void>;
  /** The `.runline` folders that may hold incidents. */
  dirs(): string[];
  /** The incidents of one `.runline` folder. */
  at(dir: string): Incidents;
  declare(dir: string, incident: OpenIncident): Promise<Found>;
  makeCurrent(incident: CurrentIncident | undefined): void;
  /** Where steps of an incident are written; what is written shows at once. */
  sink(incident: CurrentIncident): EventSink;
  /** Reads everything again; also finds what was open before a reload. */
  refresh(): Promise<void>;
  /** Reads one incident again, after a change that we made. */
  refreshOne(incident: CurrentIncident): Promise<void>;
}

/** How often the current log is looked at: file watchers are silent on network and container mounts. */
const pollMs = 1000;

/** Who writes, as the log names it. */
export const eventSource = 'runline://editor';

export function createIncidentService(state: State, log: LogOutputChannel): IncidentService {
  const changed = new EventEmitter<void>();
  const folders = new Map<string, Incidents>();
  const sizes = new Map<string, string>();
  let found: readonly Found[] = [];
  const queued = new Map<string, Promise<void>>();
  let last: Promise<void> = Promise.resolve();

  const at = (dir: string): Incidents => {
    let incidents = folders.get(dir);
    if (incidents === undefined) {
      incidents = createIncidents(dir, {
        source: eventSource,
        actor: { name: userName() },
        redact: redactText,
      });
      folders.set(dir, incidents);
    }
    return incidents;
  };

  /** `.runline` folders that may hold incidents. */
  const dirs = (): string[] => {
    const roots = (workspace.workspaceFolders ?? [])
      .filter((folder) => folder.uri.scheme === 'file')
      .map((folder) => join(folder.uri.fsPath, '.runline'));
    return [...new Set([...roots, ...folders.keys()])];
  };

  const publish = async (next: readonly Found[]): Promise<void> => {
    const gone = open().filter((one) => !next.some(({ dir, id }) => dir === one.dir && id === one.id));
    found = [...next].sort((a, b) => b.state.declaredAt.localeCompare(a.state.declaredAt));
    await commands.executeCommand('setContext', 'runline.hasIncident', found.length > 0);
    changed.fire();
    // Deleted, or left behind by a checkout: what is shown as open must be what steps can be recorded in.
    for (const one of gone) {
      void window.showWarningMessage(
        `The log of ${one.id} can no longer be read at ${workspace.asRelativePath(logFile(one))}. Steps are not recorded in it now; when the log is back, the incident is too.`,
      );
    }
  };

  const readAll = async (): Promise<void> => {
    const next: Found[] = [];
    for (const dir of dirs()) {
      try {
        for (const incident of await at(dir).list()) {
          const one = { dir, id: incident.id, state: incident };
          if (!isOver(incident.status)) sizes.set(logFile(one), await sizeOf(logFile(one)));
          next.push(one);
        }
      } catch (error) {
        log.warn(`The incidents in ${dir} cannot be read.`, error);
      }
    }
    await publish(next);
  };

  const readOne = async (incident: CurrentIncident): Promise<void> => {
    const file = logFile(incident);
    // The size is taken first: what is appended while we read is then found by the next look.
    sizes.set(file, await sizeOf(file));
    const others = (): Found[] =>
      found.filter((other) => other.id !== incident.id || other.dir !== incident.dir);
    try {
      const one = { dir: incident.dir, id: incident.id, state: await at(incident.dir).get(incident.id) };
      await publish([...others(), one]);
    } catch (error) {
      log.warn(`${incident.id} cannot be read.`, error);
      if ((await sizeOf(file)) !== '' || others().length === found.length) return;
      await publish(others());
    }
  };

  /** Readings never overlap, and those that wait for the same thing are one. */
  const enqueue = (key: string, read: () => Promise<void>): Promise<void> => {
    const waiting = queued.get(key);
    if (waiting !== undefined) return waiting;
    const turn = last.then(() => {
      queued.delete(key);
      return read();
    });
    queued.set(key, turn);
    last = turn.catch((error) => log.warn('Reading incidents failed.', error));
    return turn;
  };
  const refresh = (): Promise<void> => enqueue('', readAll);
  const refreshOne = (incident: CurrentIncident): Promise<void> =>
    enqueue(logFile(incident), () => readOne(incident));

  const logFile = (incident: CurrentIncident): string => at(incident.dir).logFile(incident.id);

  const poll = async (): Promise<void> => {
    for (const dir of dirs()) {
      const known = new Set(open().map(({ id }) => id));
      const active = await listActive(dir);
      // Someone opened an incident on the command line, or pulled one.
      if (active.some((id) => id.startsWith('INC-') && !known.has(id))) return refresh();
    }
    for (const incident of open()) {
      const file = logFile(incident);
      if ((await sizeOf(file)) !== sizes.get(file)) await refreshOne(incident);
    }
  };

  const open = (): readonly Found[] => found.filter((incident) => !isOver(incident.state.status));

  const current = (): Found | undefined => {
    const wanted = state.currentIncident();
    const running = open();
    const remembered = running.find((incident) => incident.id === wanted?.id && incident.dir === wanted.dir);
    return remembered ?? (running.length === 1 ? running[0] : undefined);
  };

  const timer = setInterval(
    () => void poll().catch((error) => log.debug('Polling the log failed.', error)),
    pollMs,
  );
  const watchers = (workspace.workspaceFolders ?? []).map((folder) =>
    workspace.createFileSystemWatcher(new RelativePattern(folder, '.runline/incidents/*/events.jsonl')),
  );
  const watching = watchers.flatMap((watcher) => [
    watcher,
    watcher.onDidCreate(refresh),
    watcher.onDidDelete(refresh),
    watcher.onDidChange(() => void poll()),
  ]);

  return {
    current,
    open,
    dirs,
    all: () => found,
    onDidChange: changed.event,
    at,
    refresh,
    refreshOne,
    async declare(dir, incident) {
      const opened = await at(dir).open(incident);
      const made = { dir, id: opened.id, state: opened };
      state.setCurrentIncident({ dir, id: opened.id });
      await refreshOne(made);
      return made;
    },
    makeCurrent(incident) {
      state.setCurrentIncident(incident === undefined ? undefined : { dir: incident.dir, id: incident.id });
      changed.fire();
    },
    sink(incident) {
      const inner = at(incident.dir).sink(incident.id);
      return {
        async append(draft) {
          const event = await inner.append(draft);
          void refreshOne(incident);
          return event;
        },
      };
    },
    dispose() {
      clearInterval(timer);
      Disposable.from(changed, ...watching).dispose();
      for (const incidents of folders.values()) void incidents.close();
    },
  };
}

/** The workspace that a `.runline` folder belongs to. */
export const workspaceOfDir = (dir: string): Uri => Uri.file(dirname(dir));

/** Size and time of a file as one text, empty where there is none. */
async function sizeOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Some containers run as a user that no table names.
    return 'unknown';
  }
}
