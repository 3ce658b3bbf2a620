/** `runline incident …`: the same incidents, in the same log, as the editor. */
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DEFAULT_SCALE,
  findSeverity,
  type IncidentSeverity,
  type IncidentState,
  nextDeadline,
} from '../../core/incident/index.ts';
import { isInside, slashed, workspaceOf } from '../files.ts';
import { type Command, type Io, oneOf, paint, UsageError, visible } from '../io.ts';
import { incidentsIn, runlineFolder, scaleOf, workspaceScale } from '../workspace.ts';

const ACTIONS = ['open', 'list', 'show', 'severity', 'status', 'note', 'resolve', 'verify'] as const;

export const incident: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      severity: { type: 'string' },
      title: { type: 'string' },
      runbook: { type: 'string' },
      dir: { type: 'string' },
      format: { type: 'string', default: 'pretty' },
    },
  });
  const json = oneOf('format', values.format, ['pretty', 'json']) === 'json';
  const [name, ...rest] = positionals;
  const action = ACTIONS.find((candidate) => candidate === name);
  if (action === undefined) throw new UsageError(`runline incident takes one of: ${ACTIONS.join(', ')}.`);
  const incidents = incidentsIn(runlineFolder(io, values.dir), io);

  /** The positional arguments that an action needs, by name. */
  const need = (...names: string[]): string[] => {
    if (rest.length !== names.length)
      throw new UsageError(
        `runline incident ${action} takes ${names.join(' and ') || 'no further arguments'}.`,
      );
    return rest;
  };
  const show = (state: IncidentState, line: string) =>
    io.out(json ? `${JSON.stringify(summary(state))}\n` : `${line}\n`);

  switch (action) {
    case 'open': {
      need();
      if (values.severity === undefined)
        throw new UsageError('runline incident open needs --severity LEVEL.');
      if (values.title === undefined || values.title.trim() === '')
        throw new UsageError('runline incident open needs --title TEXT.');
      const scale = scaleInForce(values.runbook, io);
      const severity = findSeverity(scale, values.severity);
      const runbook = values.runbook === undefined ? null : workspacePath(values.runbook, io);
      const state = await incidents.open({ severity, scale, title: values.title, runbook });
      show(state, state.id);
      return 0;
    }
    case 'list': {
      need();
      const states = await incidents.list();
      if (json) io.out(`${JSON.stringify(states.map(summary), null, 2)}\n`);
      else if (states.length === 0) io.out('No incidents.\n');
      else for (const state of states) io.out(`${headline(state, io)}\n`);
      return 0;
    }
    case 'show': {
      const [id = ''] = need('ID');
      const state = await incidents.get(id);
      if (json)
        io.out(
          `${JSON.stringify({ ...summary(state), timeline: state.timeline.map(({ event: _, ...entry }) => entry) }, null, 2)}\n`,
        );
      else showTimeline(state, io);
      return 0;
    }
    case 'severity': {
      const [id = '', level = ''] = need('ID', 'LEVEL');
      const state = await incidents.setSeverity(id, level);
      show(state, `${state.id} is now ${state.severity.id}.`);
      return 0;
    }
    case 'status': {
      const [id = '', status = ''] = need('ID', 'STATUS');
      const state = await incidents.setStatus(id, status);
      show(state, `${state.id} is now ${state.status}.`);
      return 0;
    }
    case 'note': {
      const [id = '', text = ''] = need('ID', 'TEXT');
      if (text.trim() === '') throw new UsageError('A note needs a text.');
      show(await incidents.addNote(id, text), 'Noted.');
      return 0;
    }
    case 'resolve': {
      const [id = ''] = need('ID');
      const state = await incidents.resolve(id);
      show(state, `${state.id} is resolved.`);
      return 0;
    }
    case 'verify': {
      const [id = ''] = need('ID');
      const result = await incidents.verify(id);
      if (json) io.out(`${JSON.stringify(result)}\n`);
      else if (result.ok) {
        const torn =
          result.quarantinedBytes > 0
            ? `; a torn last line of ${result.quarantinedBytes} bytes is not part of it`
            : '';
        io.out(
          `${id}: ${result.events} events, the chain is whole${torn}.\n  head ${result.head ?? 'none'}\n`,
        );
      } else io.out(`${id}: the chain is broken at line ${result.line}: ${result.message}\n`);
      return result.ok ? 0 : 1;
    }
  }
};

/** The scale of the runbook, else of the workspace, else ours; says which. */
function scaleInForce(runbook: string | undefined, io: Io): readonly IncidentSeverity[] {
  const own = runbook === undefined ? null : scaleOf(resolve(io.cwd, runbook), runbook);
  const found = own ?? workspaceScale(io);
  const levels: readonly IncidentSeverity[] =
    found?.scale.levels.map(({ id, name, definition, response }) => ({ id, name, definition, response })) ??
    DEFAULT_SCALE;
  const from =
    found === null ? 'the default scale' : `${found.file}, line ${found.scale.range.start.line + 1}`;
  io.err(`Severities: ${visible(`${levels.map(({ id }) => id).join(', ')} (${from})`)}.\n`);
  return levels;
}

function workspacePath(given: string, io: Io): string {
  const path = resolve(io.cwd, given);
  const root = workspaceOf(io.cwd);
  return slashed(isInside(root, path) ? relative(root, path) : path);
}

function summary(state: IncidentState): object {
  const {
    id,
    title,
    severity,
    status,
    runbook,
    declaredAt,
    acknowledgedAt,
    mitigatedAt,
    resolvedAt,
    responseDueAt,
  } = state;
  return {
    id,
    title,
    severity: severity.id,
    severityName: severity.name,
    status,
    runbook,
    declaredAt,
    acknowledgedAt,
    mitigatedAt,
    resolvedAt,
    responseDueAt,
  };
}

function headline(state: IncidentState, io: Io): string {
  return `${paint(io, 'bold', state.id)}  ${visible(state.severity.id.padEnd(8))} ${state.status.padEnd(13)} ${visible(state.title)}`;
}

function showTimeline(state: IncidentState, io: Io): void {
  io.out(`${headline(state, io)}\n`);
  const next = nextDeadline(state, new Date());
  if (next !== null) io.out(`  next: ${next.summary} at ${next.at.slice(11, 19)} UTC\n`);
  const marks = { succeeded: '✓', failed: '✗', cancelled: '⊘', running: '◐', unknown: '?' } as const;
  for (const entry of state.timeline) {
    const mark = entry.outcome === null ? '●' : marks[entry.outcome];
    const facts = entry.facts.length > 0 ? `  ${paint(io, 'dim', entry.facts.join(' · '))}` : '';
    io.out(`  ${entry.time.slice(11, 19)}  ${mark} ${visible(entry.summary)}${facts}\n`);
    if (entry.evidence !== null) io.out(`            ${paint(io, 'dim', entry.evidence)}\n`);
  }
}
