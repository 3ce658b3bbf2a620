/** The rules, one line each, and the one function that asks them all. */
import { commentOnly } from './block/comment-only.ts';
import { listing } from './block/listing.ts';
import { checker } from './check.ts';
import { ambientTarget } from './command/ambient-target.ts';
import { autoApprove } from './command/auto-approve.ts';
import { deprecated } from './command/deprecated.ts';
import { destructive } from './command/destructive.ts';
import { disablesProtection } from './command/disables-protection.ts';
import { endless } from './command/endless.ts';
import { fakeDryRun } from './command/fake-dry-run.ts';
import { ignoresHttpStatus } from './command/ignores-http-status.ts';
import { interactive } from './command/interactive.ts';
import { missingFile } from './command/missing-file.ts';
import { missingTool } from './command/missing-tool.ts';
import { needlessTerminal } from './command/needless-tty.ts';
import { notACommand } from './command/not-a-command.ts';
import { pgRestorePlain } from './command/pg-restore-plain.ts';
import { remoteScript } from './command/remote-script.ts';
import { unknownSubcommand } from './command/unknown-subcommand.ts';
import { unpinnedManifest } from './command/unpinned-manifest.ts';
import { unverifiedTls } from './command/unverified-tls.ts';
import { wholeSystem } from './command/whole-system.ts';
import { wideScope } from './command/wide-scope.ts';
import { emptyContact } from './contact/empty.ts';
import { embeddedJson } from './embedded/json.ts';
import { embeddedYaml } from './embedded/yaml.ts';
import { escalationOutOfOrder } from './escalation/out-of-order.ts';
import { mismatch } from './language/mismatch.ts';
import { missingLanguage } from './language/missing.ts';
import { prompt } from './language/prompt.ts';
import { proseInShell } from './language/prose-in-shell.ts';
import { shellInSql } from './language/shell-in-sql.ts';
import { sqlInShell } from './language/sql-in-shell.ts';
import { transcript } from './language/transcript.ts';
import { bareLocalhost } from './link/bare-localhost.ts';
import { brokenAnchor } from './link/broken-anchor.ts';
import { brokenFile } from './link/broken-file.ts';
import { orphan } from './link/orphan.ts';
import { runbookUrl } from './link/runbook-url.ts';
import { frontMatterFaults } from './metadata/front-matter.ts';
import { executableFrontMatter } from './metadata/front-matter-executable.ts';
import { missingOwner } from './metadata/owner.ts';
import { reviewInvalid } from './metadata/review-invalid.ts';
import { reviewMissing } from './metadata/review-missing.ts';
import { reviewOverdue } from './metadata/review-overdue.ts';
import { redirection } from './placeholder/redirection.ts';
import { unfilled } from './placeholder/unfilled.ts';
import { unquotedPlaceholder } from './placeholder/unquoted.ts';
import { literalSecret } from './secret/literal.ts';
import { secretOnCommandLine } from './secret/on-command-line.ts';
import { printedSecret } from './secret/printed.ts';
import { duplicateLevel } from './severity/duplicate-level.ts';
import { severityOutOfOrder } from './severity/out-of-order.ts';
import { undefinedLevel } from './severity/undefined-level.ts';
import { unreadableResponse } from './severity/unreadable-response.ts';
import { background } from './shell/background.ts';
import { partialFailure } from './shell/partial-failure.ts';
import { pipeHidesFailure } from './shell/pipe-hides-failure.ts';
import { recomputedName } from './shell/recomputed-name.ts';
import { shellCheck } from './shell/shellcheck.ts';
import { smartQuotes } from './shell/smart-quotes.ts';
import { sudoRedirect } from './shell/sudo-redirect.ts';
import { shellSyntax } from './shell/syntax.ts';
import { unquotedPath } from './shell/unquoted-path.ts';
import { unsetVariable } from './shell/unset-variable.ts';
import { invalidStatement } from './sql/invalid-statement.ts';
import { notInTransaction } from './sql/not-in-transaction.ts';
import { renamedColumn } from './sql/renamed-column.ts';
import { danglingReference } from './step/dangling-reference.ts';
import { duplicateId } from './step/duplicate-id.ts';
import { noExpectedOutput } from './step/no-expected-output.ts';
import { noRollback } from './step/no-rollback.ts';
import { noVerification } from './step/no-verification.ts';
import { vague } from './step/vague.ts';
import { brokenNumbering } from './structure/broken-numbering.ts';
import { duplicateHeading } from './structure/duplicate-heading.ts';
import { emptySection } from './structure/empty-section.ts';
import { headingSkip } from './structure/heading-skip.ts';
import { oneTitle } from './structure/one-title.ts';
import { requiredSections } from './structure/required-sections.ts';
import { sectionOrder } from './structure/section-order.ts';
import { titleMatchesAlert } from './structure/title-matches-alert.ts';
import { tocIncomplete } from './structure/toc-incomplete.ts';
import { unclosedFence } from './structure/unclosed-fence.ts';
import { suppressionWithoutReason, unusedSuppression } from './suppression.ts';
import { deceptive } from './text/deceptive.ts';
import { mojibake } from './text/mojibake.ts';
import type { Rule } from './types.ts';

export type { CheckOptions, CheckRunbook } from './check.ts';
export {
  CONFIG_NAME,
  type ConfigProblem,
  nearest,
  type ProjectConfig,
  readConfig,
  SETTABLE,
  type Severities,
  withoutWeakening,
} from './config.ts';
export { type AppliedFix, applyEdits, type FixAll, fixAll, fixText } from './fixAll.ts';
export { type Silencing, silencing } from './silencing.ts';
export {
  readShellCheck,
  SHELLCHECK_ARGUMENTS,
  type ShellCheckAnswers,
  type ShellCheckComment,
  shellCheckScript,
} from './support/shellcheck.ts';
export type * from './types.ts';

/** Every rule, sorted by id. A new rule is one file and one line here. */
export const rules: readonly Rule[] = [
  commentOnly,
  listing,
  ambientTarget,
  autoApprove,
  deprecated,
  destructive,
  disablesProtection,
  endless,
  fakeDryRun,
  ignoresHttpStatus,
  interactive,
  missingFile,
  missingTool,
  needlessTerminal,
  notACommand,
  pgRestorePlain,
  remoteScript,
  unknownSubcommand,
  unpinnedManifest,
  unverifiedTls,
  wholeSystem,
  wideScope,
  emptyContact,
  embeddedJson,
  embeddedYaml,
  escalationOutOfOrder,
  mismatch,
  missingLanguage,
  prompt,
  proseInShell,
  shellInSql,
  sqlInShell,
  transcript,
  bareLocalhost,
  brokenAnchor,
  brokenFile,
  orphan,
  runbookUrl,
  frontMatterFaults,
  executableFrontMatter,
  missingOwner,
  reviewInvalid,
  reviewMissing,
  reviewOverdue,
  redirection,
  unfilled,
  unquotedPlaceholder,
  literalSecret,
  secretOnCommandLine,
  printedSecret,
  duplicateLevel,
  severityOutOfOrder,
  undefinedLevel,
  unreadableResponse,
  background,
  partialFailure,
  pipeHidesFailure,
  recomputedName,
  shellCheck,
  smartQuotes,
  sudoRedirect,
  shellSyntax,
  unquotedPath,
  unsetVariable,
  invalidStatement,
  notInTransaction,
  renamedColumn,
  danglingReference,
  duplicateId,
  noExpectedOutput,
  noRollback,
  noVerification,
  vague,
  brokenNumbering,
  duplicateHeading,
  emptySection,
  headingSkip,
  oneTitle,
  requiredSections,
  sectionOrder,
  titleMatchesAlert,
  tocIncomplete,
  unclosedFence,
  suppressionWithoutReason,
  unusedSuppression,
  deceptive,
  mojibake,
];

export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** Everything that the rules have to say about a runbook, sorted by place. Never rejects. */
export const checkRunbook = checker(rules);
