/** Commands of incidents. Whatever they change is an event of the log first, and shown after. */
import { type TextDocument, Uri, window, workspace } from 'vscode';
import * as z from 'zod/mini';
import type { Runline } from '../context.ts';
import { draftFor } from '../incident/postmortem.ts';
import { askReason, askSeverity, askStatus, pickIncident, scalesFor } from '../incident/prompts.ts';
import type { Found } from '../incident/service.ts';
import { titleFor } from '../incident/title.ts';
import { Refusal } from '../messages.ts';
import { pathInWorkspace, runlineFolder } from '../places.ts';
import { requireTrust } from '../trust.ts';

const incidentArgs = z.tuple([z.object({ dir: z.string(), id: z.string() })]);

export async function declareIncident(ctx: Runline): Promise<void> {
  requireTrust('Declaring an incident');
  const editor = window.activeTextEditor;
  const document = editor?.document.uri.scheme === 'file' ? editor.document : undefined;
  const place =
    document?.uri ?? workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file')?.uri;
  if (place === undefined) {
    throw new Refusal(
      'An incident is kept in a folder, and none is open. Open the folder of your runbooks first.',
    );
  }
  const runbook = document === undefined ? null : await ctx.runbooks.get(document).catch(() => null);
  const chosen = await askSeverity(await scalesFor(ctx, document));
  if (chosen === undefined) return;
  const title = await window.showInputBox({
    title: 'Declare incident · title',
    prompt: 'What is wrong, in a few words?',
    value: runbook === null || editor === undefined ? '' : titleFor(runbook, editor.selection.active.line),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'Say in a few words what is wrong.' : undefined),
  });
  if (title === undefined) return;
  requireTrust('Declaring an incident');
  const declared = await ctx.incidents.declare(dirOf(place, document), {
    severity: chosen.severity,
    scale: chosen.scale,
    title: title.trim(),
    runbook: runbook === null || document === undefined ? null : pathInWorkspace(document.uri),
  });
  ctx.panel.show(declared);
}

/** A workspace folder's own `.runline`, or that of a document's workspace. */
function dirOf(place: Uri, document: TextDocument | undefined): string {
  return document === undefined ? Uri.joinPath(place, '.runline').fsPath : runlineFolder(place);
}

export async function showIncident(ctx: Runline, ...args: unknown[]): Promise<void> {
  const incident = await meant(ctx, args, 'Show which incident?', ctx.incidents.all());
  if (incident === undefined) return;
  ctx.incidents.makeCurrent(incident);
  ctx.panel.show(incident);
}

export async function acknowledge(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Acknowledge which incident?');
  if (incident === undefined) return;
  await ctx.incidents.at(incident.dir).acknowledge(incident.id);
  await ctx.incidents.refreshOne(incident);
}

export async function setSeverity(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Set the severity of which incident?');
  if (incident === undefined) return;
  const { scale, severity } = incident.state;
  const chosen = await askSeverity([{ from: incident.id, levels: scale }], severity);
  if (chosen === undefined || chosen.severity.id === severity.id) return;
  const reason = await askReason(`Severity ${severity.id} → ${chosen.severity.id}`);
  if (reason === undefined) return;
  await ctx.incidents.at(incident.dir).setSeverity(incident.id, chosen.severity.id, reason);
  await ctx.incidents.refreshOne(incident);
}

export async function setStatus(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Set the status of which incident?');
  if (incident === undefined) return;
  const status = await askStatus(incident.state);
  if (status !== undefined && status !== incident.state.status) await changeStatus(ctx, incident, status);
}

export async function resolve(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Resolve which incident?');
  if (incident !== undefined) await changeStatus(ctx, incident, 'resolved');
}

async function changeStatus(ctx: Runline, incident: Found, status: string): Promise<void> {
  const reason = await askReason(`Status ${incident.state.status} → ${status}`);
  if (reason === undefined) return;
  await ctx.incidents.at(incident.dir).setStatus(incident.id, status, reason);
  await ctx.incidents.refreshOne(incident);
}

export async function addNote(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Add a note to which incident?');
  if (incident === undefined) return;
  const text = await window.showInputBox({
    title: `${incident.id} · note`,
    prompt: 'What did you see, decide or hear?',
    ignoreFocusOut: true,
  });
  if (text === undefined || text.trim() === '') return;
  await ctx.incidents.at(incident.dir).addNote(incident.id, text);
  await ctx.incidents.refreshOne(incident);
}

export async function draftPostmortem(ctx: Runline, ...args: unknown[]): Promise<void> {
  requireTrust('Writing to an incident');
  const incident = await meant(ctx, args, 'Draft the post-mortem of which incident?', ctx.incidents.all());
  if (incident !== undefined) await draftFor(ctx, incident);
}

/** The incident that a command is about: the one it was called with, the current one, or the one that is picked. */
async function meant(
  ctx: Runline,
  args: readonly unknown[],
  question: string,
  among: readonly Found[] = ctx.incidents.open(),
): Promise<Found | undefined> {
  const given = incidentArgs.safeParse(args.slice(0, 1));
  if (given.success) {
    const [{ dir, id }] = given.data;
    const found = ctx.incidents.all().find((incident) => incident.dir === dir && incident.id === id);
    if (found !== undefined) return found;
  }
  const current = ctx.incidents.current();
  if (current !== undefined) return current;
  if (among.length === 0) {
    throw new Refusal('No incident is open. Declare one first.', [
      { title: 'Declare Incident', command: 'runline.declareIncident' },
    ]);
  }
  return pickIncident(among, question);
}
