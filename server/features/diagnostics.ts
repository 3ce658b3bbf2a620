/** Findings as diagnostics. */
import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity, type DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Finding, Severity } from '../../core/rules/index.ts';
import { toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toDiagnostic(finding: Finding): Diagnostic {
  return {
    range: toLspRange(finding.range),
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    source: 'runline',
    message: finding.message,
  };
}

export async function diagnostics(open: OpenRunbook): Promise<Diagnostic[]> {
  return (await open.findings()).map(toDiagnostic);
}

/** The answer to a pull; `unchanged` where the client already holds these very diagnostics. */
export function pullReport(items: Diagnostic[], previous: string | undefined): DocumentDiagnosticReport {
  const resultId = createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
  return previous === resultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
}
