/** The rules, one line each, and the one function that asks them all. */
import type { Runbook } from '../runbook/types.ts';
import { commentOnly } from './block/comment-only.ts';
import { blockAsker, placed } from './blockReports.ts';
import { destructive } from './command/destructive.ts';
import { endless } from './command/endless.ts';
import { fakeDryRun } from './command/fake-dry-run.ts';
import { interactive } from './command/interactive.ts';
import { needlessTerminal } from './command/needless-tty.ts';
import { notACommand } from './command/not-a-command.ts';
import { pgRestorePlain } from './command/pg-restore-plain.ts';
import { remoteScript } from './command/remote-script.ts';
import { unknownSubcommand } from './command/unknown-subcommand.ts';
import { emptyContact } from './contact/empty.ts';
import { embeddedJson } from './embedded/json.ts';
import { embeddedYaml } from './embedded/yaml.ts';
import { escalationOutOfOrder } from './escalation/out-of-order.ts';
import { missingLanguage } from './language/missing.ts';
import { sqlInShell } from './language/sql-in-shell.ts';
import { brokenAnchor } from './link/broken-anchor.ts';
import { brokenFile } from './link/broken-file.ts';
import { redirection } from './placeholder/redirection.ts';
import { unfilled } from './placeholder/unfilled.ts';
import { literalSecret } from './secret/literal.ts';
import { printedSecret } from './secret/printed.ts';
import { duplicateLevel } from './severity/duplicate-level.ts';
import { severityOutOfOrder } from './severity/out-of-order.ts';
import { undefinedLevel } from './severity/undefined-level.ts';
import { unreadableResponse } from './severity/unreadable-response.ts';
import { recomputedName } from './shell/recomputed-name.ts';
import { smartQuotes } from './shell/smart-quotes.ts';
import { sudoRedirect } from './shell/sudo-redirect.ts';
import { shellSyntax } from './shell/syntax.ts';
import { notInTransaction } from './sql/not-in-transaction.ts';
import { renamedColumn } from './sql/renamed-column.ts';
import { duplicateId } from './step/duplicate-id.ts';
import { duplicateHeading } from './structure/duplicate-heading.ts';
import { headingSkip } from './structure/heading-skip.ts';
import { oneTitle } from './structure/one-title.ts';
import { unclosedFence } from './structure/unclosed-fence.ts';
import { blocksOf } from './support/blocks.ts';
import {
  readSuppressions,
  suppress,
  suppressionWithoutReason,
  unusedReports,
  unusedSuppression,
} from './suppression.ts';
import { deceptive } from './text/deceptive.ts';
import { mojibake } from './text/mojibake.ts';
import type { Finding, Report, Rule, Severity, WorkspaceFiles } from './types.ts';

export type * from './types.ts';

/** Every rule, sorted by id. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  commentOnly,
  destructive,
  endless,
  fakeDryRun,
  interactive,
  needlessTerminal,
  notACommand,
  pgRestorePlain,
  remoteScript,
  unknownSubcommand,
  emptyContact,
  embeddedJson,
  embeddedYaml,
  escalationOutOfOrder,
  missingLanguage,
  sqlInShell,
  brokenAnchor,
  brokenFile,
  redirection,
  unfilled,
  literalSecret,
  printedSecret,
  duplicateLevel,
  severityOutOfOrder,
  undefinedLevel,
  unreadableResponse,
  recomputedName,
  smartQuotes,
  sudoRedirect,
  shellSyntax,
  notInTransaction,
  renamedColumn,
  duplicateId,
  duplicateHeading,
  headingSkip,
  oneTitle,
  unclosedFence,
  suppressionWithoutReason,
  unusedSuppression,
  deceptive,
  mojibake,
];

export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

const askBlock = blockAsker(rules);

export interface CheckOptions {
  /** Severity by rule id, in place of the rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** Told of a rule that threw; the others still speak. */
  readonly onError?: (rule: string, error: unknown) => void;
}

/** Where there is no workspace, rules about other files stay silent. */
const noFiles: WorkspaceFiles = { exists: () => undefined, anchors: () => undefined };

/** The rule's own severity for a document of this kind. */
function severityOf(rule: Rule, runbook: Runbook): Severity | 'off' {
  // The kind is worked out only where a rule asks for it.
  return rule.severityIn === undefined
    ? rule.severity
    : (rule.severityIn[runbook.profile.name] ?? rule.severity);
}

/** Everything that the rules have to say about a runbook, sorted by place. Never rejects. */
export async function checkRunbook(
  runbook: Runbook,
  files: WorkspaceFiles = noFiles,
  options: CheckOptions = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const asked = new Set<string>();
  const add = (rule: Rule, report: Report): void => {
    const severity = options.severities?.[rule.id] ?? report.severity ?? severityOf(rule, runbook);
    if (severity !== 'off') findings.push({ ...report, rule: rule.id, severity, fixes: report.fixes ?? [] });
  };
  for (const rule of rules) {
    if ((options.severities?.[rule.id] ?? severityOf(rule, runbook)) === 'off') continue;
    try {
      if (rule.check !== undefined)
        for (const report of await rule.check({ runbook, files })) add(rule, report);
      // Without a workspace, rules about files know nothing.
      if (files !== noFiles || !rule.id.startsWith('link/')) asked.add(rule.id);
    } catch (error) {
      options.onError?.(rule.id, error);
    }
  }
  for (const block of blocksOf(runbook))
    for (const { rule, report } of askBlock(block, options.onError))
      if (asked.has(rule.id)) add(rule, placed(runbook, block, report));
  findings.sort(byPlace);
  return silenced(runbook, findings, asked, options);
}

/** What the comments of the document leave of the findings, and what is to be said about the comments. */
function silenced(
  runbook: Runbook,
  findings: readonly Finding[],
  asked: ReadonlySet<string>,
  { severities }: CheckOptions,
): Finding[] {
  const comments = readSuppressions(runbook);
  const { findings: kept, used } = suppress(comments, findings);
  const rule = unusedSuppression.id;
  const severity = severities?.[rule] ?? unusedSuppression.severity;
  if (severity === 'off') return [...kept];
  const unused = unusedReports(comments, used, asked, new Set(rulesById.keys()));
  const added = unused.map((report): Finding => ({ ...report, rule, severity, fixes: [] }));
  return added.length === 0 ? [...kept] : [...kept, ...added].sort(byPlace);
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
