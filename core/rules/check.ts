/** Asks rules about a runbook, each with its severity in force, and leaves out what the document's comments silence. */
import type { Runbook } from '../runbook/types.ts';
import { isStock } from '../secrets/index.ts';
import { blockAsker, placed } from './blockReports.ts';
import { literalSecret } from './secret/literal.ts';
import { shellCheck } from './shell/shellcheck.ts';
import { blocksOf } from './support/blocks.ts';
import type { ShellCheckAnswers } from './support/shellcheck.ts';
import { readSuppressions, suppress, unusedReports, unusedSuppression } from './suppression.ts';
import type { Finding, Report, Rule, Severity, WorkspaceFiles } from './types.ts';

export interface CheckOptions {
  /** Severity by rule id, in place of the rule's own; `off` silences it. */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  /** False where the document comes from an untrusted workspace: then its comments silence no safety rule. */
  readonly trusted?: boolean;
  /** The day by which dates are judged, as `2026-01-31`; the clock's by default. */
  readonly today?: string;
  /** What ShellCheck said about blocks; absent where nobody may ask it. */
  readonly shellCheck?: ShellCheckAnswers;
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

/** What asks rules about a runbook: everything that they have to say, sorted by place. Never rejects. */
export type CheckRunbook = (
  runbook: Runbook,
  files?: WorkspaceFiles,
  options?: CheckOptions,
) => Promise<Finding[]>;

/** The function that asks these rules, whose answers about blocks it keeps. */
export function checker(rules: readonly Rule[]): CheckRunbook {
  const rulesById = new Map(rules.map((rule) => [rule.id, rule]));
  const askBlock = blockAsker(rules);
  return async (runbook, files = noFiles, options = {}) => {
    const findings: Finding[] = [];
    const today = options.today ?? localDay(new Date());
    const context = {
      runbook,
      files,
      today,
      ...(options.shellCheck !== undefined && { shellCheck: options.shellCheck }),
    };
    const asked = new Set<string>();
    const add = (rule: Rule, report: Report): void => {
      const severity = options.severities?.[rule.id] ?? report.severity ?? severityOf(rule, runbook);
      if (severity !== 'off')
        findings.push({ ...report, rule: rule.id, severity, fixes: report.fixes ?? [] });
    };
    for (const rule of rules) {
      if ((options.severities?.[rule.id] ?? severityOf(rule, runbook)) === 'off') continue;
      try {
        if (rule.check !== undefined) {
          const reports = rule.check(context);
          // Most rules answer at once; to wait for each of them costs more than many of them do.
          for (const report of reports instanceof Promise ? await reports : reports) add(rule, report);
        }
        // Without a workspace, rules about files know nothing.
        if (files === noFiles && rule.id.startsWith('link/')) continue;
        // ShellCheck answers late, and not everywhere: a comment about it is never called unused.
        if (rule !== shellCheck) asked.add(rule.id);
      } catch (error) {
        options.onError?.(rule.id, error);
      }
    }
    for (const block of blocksOf(runbook))
      for (const { rule, report } of askBlock(block, options.onError))
        if (asked.has(rule.id)) add(rule, placed(runbook, block, report));
    findings.sort(byPlace);
    return silenced(runbook, masked(runbook, findings), asked, rulesById, options);
  };
}

/** Messages quote commands, and end up in the logs of a CI: a secret that was found is masked in all of them. */
function masked({ source }: Runbook, findings: readonly Finding[]): readonly Finding[] {
  const secrets = findings
    .filter(({ rule }) => rule === literalSecret.id)
    .map(({ range }) => source.slice(range))
    .filter((value) => value.length >= 6 && !isStock(value));
  if (secrets.length === 0) return findings;
  const mask = (text: string) => secrets.reduce((left, secret) => left.replaceAll(secret, '***'), text);
  return findings.map((finding) => ({
    ...finding,
    message: mask(finding.message),
    fixes: finding.fixes.map((fix) => ({ ...fix, title: mask(fix.title) })),
  }));
}

/** The day where the clock stands, as `2026-01-31`. */
function localDay(now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** What the comments of the document leave of the findings, and what is to be said about the comments. */
function silenced(
  runbook: Runbook,
  findings: readonly Finding[],
  asked: ReadonlySet<string>,
  rulesById: ReadonlyMap<string, Rule>,
  { severities, trusted = true }: CheckOptions,
): Finding[] {
  const comments = readSuppressions(runbook);
  const { findings: left, used } = suppress(comments, findings);
  const speaks = new Set(left);
  const kept = trusted
    ? left
    : findings.filter((finding) => speaks.has(finding) || rulesById.get(finding.rule)?.safety === true);
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
