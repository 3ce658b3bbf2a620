/** Fixes of findings and comments that silence them as quick fixes, and all safe fixes of the document as one action. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type Finding, fixAll, rulesById, silencing, type TextEdit } from '../../core/rules/index.ts';
import { toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';
import { toDiagnostic } from './diagnostics.ts';

/** What `editor.codeActionsOnSave` may name; `source.fixAll` includes it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.runline`;

/** More findings than these on the lines asked about are not each offered to be silenced: each costs a look at the document. */
const MOST_SILENCED = 10;

/**
 * The actions for a place. With `snippets`, the cursor stands where the reason of a comment goes once it is inserted.
 */
export async function codeActions(
  open: OpenRunbook,
  params: CodeActionParams,
  snippets: boolean,
): Promise<CodeAction[]> {
  const { only } = params.context;
  const wanted = (kind: string) =>
    only === undefined ||
    only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
  const findings = await open.findings();
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) {
    const here = findings.filter(
      ({ range }) => range.end.line >= params.range.start.line && range.start.line <= params.range.end.line,
    );
    for (const finding of here) actions.push(...fixes(open, finding));
    actions.push(...silences(open, here, snippets));
  }
  if (wanted(FIX_ALL)) {
    const { edits, applied } = fixAll(findings);
    if (edits.length > 0)
      actions.push({
        title: `Fix what is certain in this file (${applied.length})`,
        kind: FIX_ALL,
        edit: edit(open, edits),
      });
  }
  return actions;
}

function fixes(open: OpenRunbook, finding: Finding): CodeAction[] {
  return finding.fixes.map((fix) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding)],
    isPreferred: fix.preferred,
    edit: edit(open, fix.edits),
  }));
}

/** One pair a rule and line, for all of its findings there: a comment silences them together. */
function silences(open: OpenRunbook, findings: readonly Finding[], snippets: boolean): CodeAction[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    // No comment of an untrusted workspace silences these.
    if (!open.trusted && rulesById.get(finding.rule)?.safety === true) continue;
    const key = `${finding.range.start.line} ${finding.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].slice(0, MOST_SILENCED).flatMap((group) =>
    silencing(open.runbook, group[0] as Finding).map(({ title, range, before, after }): CodeAction => {
      const place = toLspRange(range);
      const insertion = snippets
        ? {
            range: place,
            snippet: { kind: 'snippet' as const, value: `${literal(before)}$0${literal(after)}` },
          }
        : { range: place, newText: before + after };
      return {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: group.map(toDiagnostic),
        edit: {
          documentChanges: [{ textDocument: { uri: open.uri, version: open.version }, edits: [insertion] }],
        },
      };
    }),
  );
}

/** Text as a snippet shows it unchanged. */
function literal(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function edit(open: OpenRunbook, edits: readonly TextEdit[]): WorkspaceEdit {
  return {
    documentChanges: [
      {
        textDocument: { uri: open.uri, version: open.version },
        edits: edits.map(({ range, newText }) => ({ range: toLspRange(range), newText })),
      },
    ],
  };
}
