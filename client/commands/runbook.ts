/** Commands about a document and about us. */
import { window } from 'vscode';
import type { Runline } from '../context.ts';
import { Refusal } from '../messages.ts';

export async function treatAsRunbook(ctx: Runline): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined)
    throw new Refusal('No document is open. Open the file, then treat it as a runbook.');
  if (document.languageId !== 'markdown' && document.languageId !== 'yaml') {
    throw new Refusal(
      `A runbook is Markdown or YAML, and this document is ${document.languageId}. Change its language mode first.`,
    );
  }
  await ctx.runbooks.treat(document.uri);
}

export function showLogs(ctx: Runline): void {
  ctx.log.show();
}
