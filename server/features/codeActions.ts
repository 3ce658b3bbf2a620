/** Fixes of findings as quick fixes. */
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import { toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';
import { toDiagnostic } from './diagnostics.ts';

export async function codeActions(open: OpenRunbook, params: CodeActionParams): Promise<CodeAction[]> {
  const only = params.context.only;
  if (only !== undefined && !only.some((kind) => CodeActionKind.QuickFix === kind || kind === '')) return [];
  const actions: CodeAction[] = [];
  for (const finding of await open.findings()) {
    const range = toLspRange(finding.range);
    if (range.end.line < params.range.start.line || range.start.line > params.range.end.line) continue;
    for (const fix of finding.fixes) {
      actions.push({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(finding)],
        isPreferred: fix.preferred,
        edit: {
          documentChanges: [
            {
              textDocument: { uri: open.uri, version: open.version },
              edits: fix.edits.map((edit) => ({ range: toLspRange(edit.range), newText: edit.newText })),
            },
          ],
        },
      });
    }
  }
  return actions;
}
