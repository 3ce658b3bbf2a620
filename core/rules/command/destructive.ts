import type { BlockText } from '../../runbook/types.ts';
import { readScript } from '../../shell/index.ts';
import type { Classification, ShellCommand } from '../../shell/types.ts';
import { placed } from '../blockReports.ts';
import { blocksOf, excerpt, perBlock } from '../support/blocks.ts';
import { type Loss, lossOf, MADE_ANEW } from '../support/loss.ts';
import { simpleCommands } from '../support/words.ts';
import type { BlockReport, Report, Rule, Severity, Stretch } from '../types.ts';

/** Commands that destroy. */
export const destructive: Rule = {
  id: 'command/destructive',
  title: 'A command destroys something',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports each command that deletes or overwrites what cannot be brought back by the same means: data, volumes, databases, instances, branches. What only stops, or is made anew by itself (a process, a pod, a cache), is an info.',
    why: 'A runbook is read in a hurry. Whoever runs the line must see before, not after, that it cannot be taken back.',
    wrong: '```bash\nkubectl delete pvc data-db-0\n```',
    right:
      '```bash\nkubectl get pvc data-db-0 -o yaml > pvc-data-db-0.yaml\n```\n\nDelete the claim only after the backup was verified, in a step of its own.',
    source:
      'PagerDuty, Incident Response, "During an incident": say what an action will do, and what its risks are, before doing it.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const found = destroying(block);
      // A file that is only shown here is run all the same, somewhere else.
      if (found.length === 0 || (!block.runnable && block.role !== 'listing')) continue;
      for (const { report, loss } of found) {
        // The next request fills a cache again.
        const soft =
          loss === 'cached' && /\bcache/i.test([block.title, ...block.sectionPath.slice(-1)].join(' '));
        yield placed(runbook, block, soft ? { ...report, severity: 'info' } : report);
      }
    }
  },
};

interface Found {
  readonly report: BlockReport;
  readonly loss: Loss;
}

const destroying = perBlock((block): readonly Found[] => {
  const { commands, risk, classification } = block;
  // A block in another language has no commands of its own: the block as a whole is judged.
  if (commands.length === 0)
    return risk === 'destructive'
      ? [{ report: { at: 'fence', message: message('', classification, 'destroys') }, loss: 'destroys' }]
      : [];
  return commands
    .filter((command) => command.classification.risk === 'destructive')
    .map((command) => foundIn(block, command))
    .filter(({ loss }) => loss !== 'undone');
});

function foundIn(block: BlockText, command: ShellCommand): Found {
  const at = culprit(block, command);
  const own = lossOf(command, block);
  // `# Clear the cache` right above the key.
  const above = block.content.slice(0, command.start).trimEnd().split('\n').at(-1) ?? '';
  const loss = own === 'cached' && /\bcache/i.test(`${command.text} ${above}`) ? 'rebuilt' : own;
  const severity: Severity = loss === 'destroys' || loss === 'cached' ? 'warning' : 'info';
  const text = block.content.slice(at.start, at.end);
  return { report: { at, severity, message: message(text, command.classification, loss) }, loss };
}

/** Of `kubectl get … | xargs kubectl delete` the second part: the one that destroys. */
function culprit(block: BlockText, command: ShellCommand): Stretch {
  if (!/[|;&\n]/.test(command.text)) return command;
  const parts = simpleCommands(block, command);
  const found = parts.filter(
    ({ start, end }) => readScript(block.script.slice(start, end)).classification.risk === 'destructive',
  );
  return parts.length > 1 && found.length === 1 ? (found[0] ?? command) : command;
}

function message(text: string, classification: Classification, loss: Loss): string {
  const subject = text === '' ? 'This block' : `\`${excerpt(text, 50)}\``;
  if (loss === 'unnamed')
    return `${subject} names no kind of object, and is refused as it stands. Write the kind before the name: \`pod NAME\`, or \`pod/NAME\`.`;
  const [why = ''] = classification.reasons;
  const does =
    loss === 'stops'
      ? 'takes something out of service'
      : loss === 'rebuilt'
        ? 'deletes what is made anew'
        : 'is destructive';
  return `${subject} ${does}${why === '' ? '' : `: ${why}`}. ${wayBack(text, classification, loss)}`;
}

function wayBack(text: string, { inverse, captureFirst }: Classification, loss: Loss): string {
  if (loss === 'rebuilt' && inverse?.startsWith(MADE_ANEW) !== true)
    return 'What it holds until then is gone.';
  if (inverse === null) return loss === 'stops' ? 'Know what it serves first.' : 'No way back is known.';
  // Without a transaction there is nothing to roll back.
  const open = /\b(?:begin|start\s+transaction)\b/i.test(text);
  const way = (
    open ? inverse : inverse.replace(/^ROLLBACK while the transaction is open, else /, '')
  ).replace(/\.$/, '');
  // “From that dump”: the one that somebody takes before. A placeholder is masked there, and would tell nobody anything.
  const named = captureFirst !== null && !/x{4}|\$input/.test(captureFirst);
  const before = named && /\b(?:that|the saved)\b/.test(way) ? ` after ${captureFirst}` : '';
  return `The way back${before === '' ? '' : ','}${before}: ${way}.`;
}
