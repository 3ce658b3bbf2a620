/** Which documents are runbooks: by path, by what they declare, by how they look. */
import picomatch from 'picomatch';
import type { Runbook } from './types.ts';

/**
 * Globs of runbooks, relative to the workspace, with `/`; they ignore case. `docs/RUNBOOK.md` is the commonest path in
 * public repositories (4,729 of them), then `docs/OPERATIONS_RUNBOOK.md` and `docs/runbooks/incident-response.md`. YAML
 * is taken by the double extension alone: `runbook.yml` and `playbook.yml` mostly belong to other tools.
 */
export const DEFAULT_RUNBOOK_GLOBS: readonly string[] = [
  '**/*runbook*.md',
  '**/runbooks/**/*.md',
  '**/operations/**/*.md',
  '**/*.runbook.{yaml,yml}',
  '**/*playbook*.md',
  '**/playbooks/**/*.md',
  '**/*incident{-,_,}response*.md',
  '**/*disaster{-,_,}recovery*.md',
  '**/on{-,_,}call*.md',
  '**/*[-_]on{-,_,}call*.md',
  '**/{on-call,oncall,on_call}/**/*.md',
  '**/operations.md',
];

const matchers = new Map<string, (path: string) => boolean>();

/** Whether a path is one of a runbook. Backslashes count as `/`. */
export function isRunbookPath(path: string, globs: readonly string[] = DEFAULT_RUNBOOK_GLOBS): boolean {
  const key = globs.join('\n');
  let matcher = matchers.get(key);
  if (matcher === undefined) {
    const usable = globs.filter((glob) => glob.trim() !== '');
    matcher = usable.length === 0 ? () => false : picomatch(usable, { nocase: true, dot: true });
    if (matchers.size > 50) matchers.clear();
    matchers.set(key, matcher);
  }
  return matcher(path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, ''));
}

/** Whether the document says that it is a runbook: `runbook:` in front matter, or `runbook: 1` at the root of YAML. */
export function declaresRunbook(runbook: Runbook): boolean {
  return runbook.declared;
}

const TELLING =
  /\b(?:symptoms?|diagnos(?:is|e|tics?)|mitigation|rollback|roll back|severity|escalation|incident (?:response|classification|management)|runbooks?|playbook|on-?call|post-?mortem|recovery procedures?|disaster recovery|troubleshooting|emergency|failover)\b/i;

/**
 * Whether a document looks like a runbook, for offering once to treat it as one: a severity scale, or blocks to run under
 * headings that only runbooks have (at least two, or one with a checklist or an escalation).
 */
export function looksLikeRunbook(runbook: Runbook): boolean {
  if (declaresRunbook(runbook)) return true;
  if (runbook.format === 'yaml') return false;
  const telling = runbook.sections.filter((section) => TELLING.test(section.title)).length;
  if (telling > 0 && runbook.severityScales.length > 0) return true;
  const runnable = runbook.steps.filter((step) => step.kind === 'block' && step.runnable).length;
  if (runnable === 0 || telling === 0) return false;
  return (
    telling >= 2 || runbook.escalation.length > 0 || runbook.steps.some((step) => step.kind === 'checklist')
  );
}
