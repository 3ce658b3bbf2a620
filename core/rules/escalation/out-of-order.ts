import type { EscalationEntry, Runbook } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** A time in an escalation policy that is earlier than the one before it. */
export const escalationOutOfOrder: Rule = {
  id: 'escalation/out-of-order',
  title: 'An escalation step out of order',
  severity: 'info',
  docs: {
    what: 'Reports a step of an escalation policy that is due before the step above it, where all others of at least four follow each other in time. Lists in which several steps go back are taken for waiting times, and are left alone.',
    why: 'People read such a list from the top and stop at the first step that is not due yet. Those below it are told too late.',
    wrong:
      '## Escalation\n\n- **15 minutes**: Team lead\n- **1 hour**: Engineering manager\n- **30 minutes**: Head of platform\n- **2 hours**: CTO',
    right:
      '## Escalation\n\n- **15 minutes**: Team lead\n- **30 minutes**: Engineering manager\n- **1 hour**: Head of platform\n- **2 hours**: CTO',
  },
  *check({ runbook }): Iterable<Report> {
    for (const steps of policies(runbook)) {
      if (steps.length < 4) continue;
      const back = steps.flatMap((step, index) => {
        const before = steps[index - 1];
        return before !== undefined && step.seconds < before.seconds ? [index] : [];
      });
      const [at] = back;
      const step = steps[at ?? -1];
      const before = steps[(at ?? 0) - 1];
      const first = steps[0];
      // A time at or before the first begins another list.
      if (back.length !== 1 || !step || !before || !first || step.seconds <= first.seconds) continue;
      yield {
        range: step.entry.range,
        message: `“${excerpt(step.text, 30)}” is earlier than “${excerpt(before.text, 30)}” in the step above. Put the steps in the order in which they are due, or mend the time.`,
      };
    }
  },
};

interface Timed {
  readonly entry: EscalationEntry;
  readonly text: string;
  readonly seconds: number;
}

/** Timed steps that stand on lines right below each other. */
function policies(runbook: Runbook): Timed[][] {
  const lists: Timed[][] = [];
  let line = -2;
  let severity: string | null = null;
  for (const entry of runbook.escalation) {
    const seconds = entry.after?.seconds ?? null;
    if (entry.kind !== 'time' || entry.after === null || seconds === null) continue;
    const { text } = entry.after;
    const fits =
      entry.range.start.line - line === 1 && (entry.severity === severity || entry.severity === null);
    // "Another 10 minutes" counts from the step above.
    const relative = /\b(?:another|further|more|additional|later|then)\b/i.test(`${text} ${entry.action}`);
    if (fits && !relative) lists.at(-1)?.push({ entry, text, seconds });
    else lists.push([{ entry, text, seconds }]);
    line = relative ? -2 : entry.range.end.line;
    if (!fits || entry.severity !== null) severity = entry.severity;
  }
  return lists;
}
