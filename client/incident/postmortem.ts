/** Draft Post-Mortem: the runbook's own template, the log's facts, a file beside the log, opened. */
import { basename } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { draftPostmortem, writePostmortem } from '../../core/incident/index.ts';
import type { Template } from '../../core/runbook/index.ts';
import type { Runline } from '../context.ts';
import { type Found, workspaceOfDir } from './service.ts';

export async function draftFor(ctx: Runline, incident: Found): Promise<void> {
  const store = ctx.incidents.at(incident.dir);
  const [state, events, template] = await Promise.all([
    store.get(incident.id),
    store.events(incident.id),
    templateOf(ctx, incident),
  ]);
  const draft = draftPostmortem(state, events, { template, now: new Date() });
  const { path, besideEdited } = await writePostmortem(store.folder(incident.id), draft);
  ctx.log.info(`The post-mortem of ${incident.id} was drafted to ${path}.`);
  await window.showTextDocument(await workspace.openTextDocument(Uri.file(path)), { preview: false });
  if (besideEdited) {
    void window.showInformationMessage(
      `The earlier draft was edited and is left as it is. The new one is ${basename(path)}, beside it.`,
    );
  }
}

/** The first post-mortem template of the runbook that the incident was declared from, or null. */
async function templateOf(ctx: Runline, incident: Found): Promise<Pick<Template, 'content'> | null> {
  const path = incident.state.runbook;
  if (path === null) return null;
  try {
    const document = await workspace.openTextDocument(Uri.joinPath(workspaceOfDir(incident.dir), path));
    const runbook = await ctx.runbooks.get(document);
    const found = runbook?.templates.find((template) => template.kind === 'postmortem');
    return found === undefined ? null : { content: found.content };
  } catch (error) {
    // A runbook that has moved meanwhile must not keep the draft from being written.
    ctx.log.warn(`The template of ${path} cannot be read; the draft has Runline's own shape.`, error);
    return null;
  }
}
