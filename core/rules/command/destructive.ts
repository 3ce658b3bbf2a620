import type { Classification } from '../../shell/types.ts';
import { placed } from '../blockReports.ts';
import { blocksOf, excerpt, perBlock } from '../support/blocks.ts';
import type { BlockReport, Report, Rule } from '../types.ts';

/** Commands that destroy. */
export const destructive: Rule = {
  id: 'command/destructive',
  title: 'A command destroys something',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports each command that deletes or overwrites what cannot be brought back by the same means: data, volumes, databases, instances, branches.',
    why: 'A runbook is read in a hurry. Whoever runs the line must see before, not after, that it cannot be taken back.',
    wrong: '```bash\nkubectl delete pvc data-db-0\n```',
    right:
      '```bash\nkubectl get pvc data-db-0 -o yaml > pvc-data-db-0.yaml\n```\n\nDelete the claim only after the backup was verified, in a step of its own.',
    source:
      'PagerDuty, Incident Response, "During an incident": say what an action will do, and what its risks are, before doing it.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const reports = destroying(block);
      // A file that is only shown here is run all the same, somewhere else.
      if (reports.length === 0 || (!block.runnable && block.role !== 'listing')) continue;
      for (const report of reports) yield placed(runbook, block, report);
    }
  },
};

const destroying = perBlock((block): readonly BlockReport[] => {
  const { commands, risk, classification } = block;
  // A block in another language has no commands of its own: the block as a whole is judged.
  if (commands.length === 0)
    return risk === 'destructive' ? [{ at: 'fence', message: message('', classification) }] : [];
  return commands
    .filter((command) => command.classification.risk === 'destructive')
    .map((command) => ({ at: command, message: message(command.text, command.classification) }));
});

function message(text: string, { reasons, inverse }: Classification): string {
  const subject = text === '' ? 'This block' : `\`${excerpt(text, 50)}\``;
  const [why = ''] = reasons;
  const undo = inverse === null ? 'No way back is known.' : `The way back: ${inverse.replace(/\.$/, '')}.`;
  return `${subject} is destructive${why === '' ? '' : `: ${why}`}. ${undo}`;
}
