import { type Action, actionsOf, changesSystem, placeOf, textOf } from '../support/actions.ts';
import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** A change that can be taken back, in a document that never says how. */
export const noRollback: Rule = {
  id: 'step/no-rollback',
  title: 'No way back is written down',
  severity: 'info',
  // An alert’s page is about one sign; the way back is often in the procedure that it names.
  severityIn: { alert: 'off', lenient: 'off' },
  docs: {
    what: 'Reports, once in a procedure, an incident runbook or a service manual, the first command whose change could be taken back if its state were noted before, where the whole document has no word of rolling back, reverting or restoring. Lists of commands to look up, and what is deleted to free space, are not asked.',
    why: 'When the change turns out to be the wrong one, somebody has to find the way back under pressure, and what would be needed for it is gone by then.',
    wrong: '```bash\nkubectl scale deployment/ledger --replicas=0 -n lantern\n```',
    right:
      '```bash\nkubectl scale deployment/ledger --replicas=0 -n lantern\n```\n\nRollback: scale to the number of replicas from before, 6 in production.',
    source: 'AWS Well-Architected, REL08-BP01: a change whose reversal nobody has tested is an anti-pattern.',
  },
  *check({ runbook }): Iterable<Report> {
    const action = actionsOf(runbook).find(needsWayBack);
    if (action === undefined || BACK.test(runbook.source.text)) return;
    const { inverse, captureFirst } = action.classification;
    yield {
      range: placeOf(runbook, action),
      message: `Nothing in this document says how to take \`${excerpt(textOf(action), 50)}\` back. Note before it: ${captureFirst}. The way back: ${inverse}.`,
    };
  },
};

const BACK =
  /\b(?:(?<!no[- ])roll(?:s|ing|ed)?[ -]?back|revert|undo|back[ -]?out|(?<![-_/])restor|downgrade|irreversible|cannot be undone)|\bprevious (?:value|version|state|configuration)|\b(?:scale|switch|change|put|set|turn) \w{0,20} ?back\b/i;

/** Changes that a controller, a package manager or the next start puts right again need no plan. */
const LIGHT =
  /\b(?:rollout restart|delete (?:pods?|po|jobs?|leases?|events?)|create|annotate|label|install|uninstall|push|cordon|uncordon|start|restart|enable)\b|\bDELETE \S{1,200}\/cache\b|\bFLUSHDB\b/i;

/** Headings of what is no change to a running system: commands to look up, and clearing away what nobody needs. */
const NO_CHANGE =
  /\bcommands$|\b(?:cheat ?sheet|command reference|(?:common|useful|quick|handy) commands)\b|\b(?:disk|storage) (?:space|full|usage)\b|\b(?:clean(?:ing)?[ -]?up|free(?:ing)? (?:up )?space)\b/i;

function needsWayBack(action: Action): boolean {
  const { inverse, captureFirst } = action.classification;
  return (
    changesSystem(action) &&
    !action.block.sectionPath.some((title) => NO_CHANGE.test(title)) &&
    action.command !== null &&
    inverse !== null &&
    captureFirst !== null &&
    // Placeholders and parts that nobody knows stand masked in it.
    !/x{5}|\$input/.test(captureFirst + inverse) &&
    !LIGHT.test(action.command.text)
  );
}
