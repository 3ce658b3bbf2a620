import type { BlockText } from '../../runbook/types.ts';
import { readScript } from '../../shell/index.ts';
import type { Classification, ShellCommand } from '../../shell/types.ts';
import { placed } from '../blockReports.ts';
import { blocksOf, excerpt, perBlock } from '../support/blocks.ts';
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
    return risk === 'destructive' ? [{ at: 'fence', message: message('', classification, 'destroys') }] : [];
  return commands
    .filter((command) => command.classification.risk === 'destructive')
    .map((command) => {
      const at = culprit(block, command);
      const kind = kindOf(command, block.content);
      const severity: Severity = kind === 'destroys' ? 'warning' : 'info';
      return {
        at,
        severity,
        message: message(block.content.slice(at.start, at.end), command.classification, kind),
      };
    });
});

/** Of `kubectl get … | xargs kubectl delete` the second part: the one that destroys. */
function culprit(block: BlockText, command: ShellCommand): Stretch {
  if (!/[|;&\n]/.test(command.text)) return command;
  const parts = simpleCommands(block, command);
  const found = parts.filter(
    ({ start, end }) => readScript(block.script.slice(start, end)).classification.risk === 'destructive',
  );
  return parts.length > 1 && found.length === 1 ? (found[0] ?? command) : command;
}

/** Whether it loses something, takes it out of service, or deletes what is made anew by itself. */
type Kind = 'destroys' | 'stops' | 'rebuilt';

/** Reasons of the tables for what is still there afterwards. */
const STOPS =
  /^(?!.*\bor takes\b).*\bout of service$|^(?:ends|stops) a process|\bevicts every pod\b|\bwhile it runs$|\bfor as long as it takes$|\bstop destroys or takes out of service$/;
/** Folders that a build or a program fills again. */
const REBUILT =
  /(?:^|\/)(?:\.?cache|tmp|node_modules|\.next|dist|build|target|__pycache__|\.terraform|\.pytest_cache)(?:\/|$)/;

function kindOf({ classification, text, start }: ShellCommand, content: string): Kind {
  const { reasons, targets, inverse } = classification;
  const [why = ''] = reasons;
  if (STOPS.test(why) && reasons.length === 1) return 'stops';
  if (inverse?.startsWith(MADE_ANEW) === true) return 'rebuilt';
  const things = targets.filter(({ kind }) => kind === 'resource').map(({ value }) => value);
  if (why === 'rm removes files' && things.length > 0 && things.every((path) => REBUILT.test(path)))
    return 'rebuilt';
  // `# Clear the cache` above the deletion of a key: the next request fills it again.
  const above = content.slice(0, start).trimEnd().split('\n').at(-1) ?? '';
  const keys = /^redis (?:DEL|UNLINK) /.test(why);
  return keys && /\bcache/i.test(`${text} ${above}`) ? 'rebuilt' : 'destroys';
}

/** How the tables begin the way back where a controller makes the thing anew. */
const MADE_ANEW = 'its controller makes';

function message(text: string, classification: Classification, kind: Kind): string {
  const subject = text === '' ? 'This block' : `\`${excerpt(text, 50)}\``;
  const [why = ''] = classification.reasons;
  const does = {
    destroys: 'is destructive',
    stops: 'takes something out of service',
    rebuilt: 'deletes what is made anew',
  }[kind];
  return `${subject} ${does}${why === '' ? '' : `: ${why}`}. ${wayBack(text, classification, kind)}`;
}

function wayBack(text: string, { inverse, captureFirst }: Classification, kind: Kind): string {
  if (inverse === null) return kind === 'destroys' ? 'No way back is known.' : 'Know what it serves first.';
  // Without a transaction there is nothing to roll back.
  const open = /\b(?:begin|start\s+transaction)\b/i.test(text);
  const way = (
    open ? inverse : inverse.replace(/^ROLLBACK while the transaction is open, else /, '')
  ).replace(/\.$/, '');
  // “From that dump”: the one that somebody takes before.
  const before = captureFirst !== null && /\b(?:that|the saved)\b/.test(way) ? ` after ${captureFirst}` : '';
  return `The way back${before === '' ? '' : ','}${before}: ${way}.`;
}
