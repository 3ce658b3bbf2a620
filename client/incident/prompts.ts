/** The questions that incident commands ask. Each answers undefined where the person backs out. */
import { basename } from 'node:path';
import { type QuickPickItem, type TextDocument, Uri, window, workspace } from 'vscode';
import {
  DEFAULT_SCALE,
  type IncidentSeverity,
  type IncidentState,
  STATUSES,
} from '../../core/incident/index.ts';
import type { WireRunbook } from '../../server/protocol.ts';
import type { Runline } from '../context.ts';
import type { Found } from './service.ts';

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

/** A scale and whose it is. */
export interface NamedScale {
  readonly from: string;
  readonly levels: readonly IncidentSeverity[];
}

/** The scale in force: this runbook's, else those of other runbooks of the workspace, else the default one. */
export async function scalesFor(
  ctx: Runline,
  document: TextDocument | undefined,
): Promise<readonly NamedScale[]> {
  const own = document === undefined ? null : await ctx.runbooks.get(document).catch(() => null);
  if (own !== null && own.severityScales.length > 0) return scalesOf(own);
  const others = await scalesOfWorkspace(ctx, document?.uri);
  return others.length > 0 ? others : [{ from: 'Default scale', levels: DEFAULT_SCALE }];
}

function scalesOf(runbook: WireRunbook): NamedScale[] {
  const from = runbook.title ?? basename(Uri.parse(runbook.uri).path);
  return runbook.severityScales
    .filter((scale) => scale.levels.length > 0)
    .map(({ levels }) => ({
      from,
      levels: levels.map(({ id, name, definition, response }) => ({ id, name, definition, response })),
    }));
}

/** Looks into a few runbooks and takes the first that has a scale: cheap, and a fleet of runbooks mostly shares one. */
async function scalesOfWorkspace(ctx: Runline, not: Uri | undefined): Promise<NamedScale[]> {
  const root = not ?? workspace.workspaceFolders?.[0]?.uri;
  const globs = root === undefined ? [] : ctx.config.runbookGlobs(root);
  if (globs.length === 0) return [];
  for (const uri of await workspace.findFiles(`{${globs.join(',')}}`, '**/{node_modules,.git}/**', 12)) {
    if (uri.toString() === not?.toString()) continue;
    try {
      const runbook = await ctx.runbooks.get(await workspace.openTextDocument(uri));
      const scales = runbook === null ? [] : scalesOf(runbook);
      if (scales.length > 0) return scales;
    } catch (error) {
      ctx.log.debug(`Reading ${uri.toString()} for its severities failed.`, error);
    }
  }
  return [];
}

export async function askSeverity(
  scales: readonly NamedScale[],
  now?: IncidentSeverity,
): Promise<{ readonly severity: IncidentSeverity; readonly scale: readonly IncidentSeverity[] } | undefined> {
  const several = scales.length > 1;
  const items = scales.flatMap(({ from, levels }) =>
    levels.map(
      (severity): Choice<{ severity: IncidentSeverity; scale: readonly IncidentSeverity[] }> => ({
        label: severity.name === null ? severity.id : `${severity.id} · ${severity.name}`,
        description: [
          severity.response === null ? '' : `respond: ${severity.response.text}`,
          severity.id === now?.id ? 'now' : '',
          several ? from : '',
        ]
          .filter(Boolean)
          .join(' · '),
        detail: severity.definition || undefined,
        value: { severity, scale: levels },
      }),
    ),
  );
  const picked = await window.showQuickPick(items, {
    title: now === undefined ? 'Declare incident · severity' : 'Severity',
    placeHolder: 'Unsure? Take the higher.',
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.value;
}

const statusHelp: Record<string, string> = {
  investigating: 'The cause is not known yet',
  identified: 'The cause is known',
  mitigated: 'Users are no longer affected',
  resolved: 'It is over; the clock stops',
  closed: 'The post-mortem is done',
  cancelled: 'It was a false alarm',
};

export async function askStatus(state: IncidentState): Promise<string | undefined> {
  const items = STATUSES.map((status): Choice<string> => {
    const label = status.charAt(0).toUpperCase() + status.slice(1);
    return {
      label,
      description: status === state.status ? 'now' : undefined,
      detail: statusHelp[status],
      value: status,
    };
  });
  const picked = await window.showQuickPick(items, {
    title: `${state.id} · status`,
    placeHolder: 'Where does it stand?',
  });
  return picked?.value;
}

/** A reason for the record; empty where none is given, undefined where the person backs out. */
export function askReason(title: string): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    prompt: 'Why? Enter alone leaves it out.',
    placeHolder: 'payments affected',
    ignoreFocusOut: true,
  });
}

export async function pickIncident(list: readonly Found[], title: string): Promise<Found | undefined> {
  if (list.length < 2) return list[0];
  const items = list.map(
    (found): Choice<Found> => ({
      label: `${found.state.severity.id} · ${found.state.title}`,
      description: found.state.status,
      detail: `${found.id} · declared ${found.state.declaredAt.replace('T', ' ').slice(0, 19)} UTC`,
      value: found,
    }),
  );
  return (await window.showQuickPick(items, { title, ignoreFocusOut: true }))?.value;
}
