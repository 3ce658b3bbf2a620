import { type Action, actionsWithin, textOf } from '../support/actions.ts';
import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** A verification after a change that does not say what is good. */
export const noExpectedOutput: Rule = {
  id: 'step/no-expected-output',
  title: 'A verification does not say what is good',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a section that verifies a change (“Post-deployment validation”, “Verify the rollback”) with commands that only print something, where no word says what they should print and no transcript shows it.',
    why: 'At this point somebody decides whether the incident is over. A page of output that is neither good nor bad to a tired reader decides nothing.',
    wrong: '### Verify the rollback\n\n```bash\nkubectl get deployment ledger -n lantern\n```',
    right:
      '### Verify the rollback\n\n```bash\nkubectl get deployment ledger -n lantern\n```\n\nIt should show 3/3 ready, and the image of the release before.',
    source: 'Rootly, guides on runbooks: each command with the output that is expected.',
  },
  *check({ runbook }): Iterable<Report> {
    const { sections, source } = runbook;
    for (const { title, level, headingRange, range } of sections) {
      if (level === 1 || !VERIFIES.test(title) || !CHANGE.test(title) || BEFORE.test(title)) continue;
      const actions = actionsWithin(runbook, range);
      const shown = actions.find(({ classification }) => classification.effect === 'read');
      if (shown === undefined || actions.some(decides)) continue;
      if (SAYS.test(source.text.slice(headingRange.end.offset, range.end.offset))) continue;
      yield {
        range: headingRange,
        message: `“${excerpt(title, 50)}” does not say what is good: \`${excerpt(textOf(shown), 50)}\` prints something and succeeds either way. Write below it what it should show.`,
      };
    }
  },
};

const VERIFIES = /\b(?:verif|validat|smoke|confirm|health ?check)/i;
const CHANGE =
  /\b(?:post[- ]|after\b|roll ?back|fail ?over|restor|recover|migrat|deploy|resolution|upgrade|switch|rotation|cut ?over|release|fix\b)/i;
const BEFORE = /\b(?:pre[- ]|before\b|prior\b)|^pre/i;

/** Words, marks and comparisons by which a document says what is good or bad. */
const SAYS =
  /\b(?:should|expect|must|returns?|outputs?|results?|healthy|unhealthy|ok\b|200|running|ready|green|success|succeed|no errors?|empty|shows?|shown|see\b|appears?|means|if\b|match|equal|normal|below|above|under|within|zero|criteria|baseline)|[✅✓]|[<>≥≤]=?[ $]?\d|==|=>|->|- \[[ x]\]/i;

/** Whether its exit status already says whether it is good; nobody knows that of programs that no table knows. */
function decides(action: Action): boolean {
  const { effect } = action.classification;
  return (
    (effect !== 'read' && effect !== 'session') || action.command === null || DECIDES.test(textOf(action))
  );
}

const DECIDES =
  /\bcurl\b.*(?:\s-[a-zA-Z]*f|--fail)|\|\||&&|\btest\b|\[\[? |\bgrep -[a-zA-Z]*q|\b(?:rollout status|wait|watch|diff|pg_isready|ping|if|exit)\b/;
