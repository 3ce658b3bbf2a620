/** The rules, one line each, and the one function that asks them all. */
import type { Runbook } from '../runbook/types.ts';
import { commentOnly } from './block/comment-only.ts';
import { destructive } from './command/destructive.ts';
import { endless } from './command/endless.ts';
import { interactive } from './command/interactive.ts';
import { emptyContact } from './contact/empty.ts';
import { embeddedJson } from './embedded/json.ts';
import { embeddedYaml } from './embedded/yaml.ts';
import { missingLanguage } from './language/missing.ts';
import { sqlInShell } from './language/sql-in-shell.ts';
import { brokenAnchor } from './link/broken-anchor.ts';
import { brokenFile } from './link/broken-file.ts';
import { redirection } from './placeholder/redirection.ts';
import { unfilled } from './placeholder/unfilled.ts';
import { literalSecret } from './secret/literal.ts';
import { unreadableResponse } from './severity/unreadable-response.ts';
import { shellSyntax } from './shell/syntax.ts';
import { mojibake } from './text/mojibake.ts';
import type { Finding, Rule, Severity, WorkspaceFiles } from './types.ts';

export type * from './types.ts';

/** Every rule, sorted by id. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  commentOnly,
  destructive,
  endless,
  interactive,
  emptyContact,
  embeddedJson,
  embeddedYaml,
  missingLanguage,
  sqlInShell,
  brokenAnchor,
  brokenFile,
  redirection,
  unfilled,
  literalSecret,
  unreadableResponse,
  shellSyntax,
  mojibake,
];

export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export interface CheckOptions {
  /** Severity by rule id, in place of the rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Told of a rule that threw; the others still speak. */
  readonly onError?: (rule: string, error: unknown) => void;
}

/** Where there is no workspace, rules about other files stay silent. */
const noFiles: WorkspaceFiles = { exists: () => undefined, anchors: () => undefined };

/** Everything that the rules have to say about a runbook, sorted by place. Never rejects. */
export async function checkRunbook(
  runbook: Runbook,
  files: WorkspaceFiles = noFiles,
  options: CheckOptions = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const wanted = options.severities?.[rule.id];
    if (wanted === 'off') continue;
    try {
      for (const report of await rule.check({ runbook, files }))
        findings.push({
          ...report,
          rule: rule.id,
          severity: wanted ?? report.severity ?? rule.severity,
          fixes: report.fixes ?? [],
        });
    } catch (error) {
      options.onError?.(rule.id, error);
    }
  }
  return findings.sort(
    (a, b) =>
      a.range.start.offset - b.range.start.offset ||
      a.range.end.offset - b.range.end.offset ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
