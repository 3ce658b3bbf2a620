import { isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockFix, BlockReport, Rule, Stretch } from '../types.ts';

/** Sub-commands that people write and no version has. */
export const unknownSubcommand: Rule = {
  id: 'command/unknown-subcommand',
  title: 'A sub-command does not exist',
  severity: 'error',
  docs: {
    what: 'Reports sub-commands that are often written and that their tool does not have, such as `aws ecs exec-task` or `kubectl restart`, and names the one that is meant. It knows a short list and says nothing about others.',
    why: 'The tool answers with its usage text, in the middle of an incident, and the step has not happened.',
    wrong: '```bash\nkubectl restart deployment/web --namespace shop\n```',
    right: '```bash\nkubectl rollout restart deployment/web --namespace shop\n```',
    source:
      'Tried with kubectl 1.32, AWS CLI 1.45, Terraform and systemd; `oc` and `railway` by its issues and reference. Found in runbooks: `aws ecs exec-task`, `oc drain`, `kubectl rsh`.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage)) return;
    for (const statement of block.commands) {
      if (!/\b(?:aws|kubectl|oc|railway|systemctl|terraform)\b/.test(statement.text)) continue;
      for (const command of simpleCommands(block, statement)) {
        const { words } = peeled(command.words);
        const tool = words[0]?.value.replace(/^.*\//, '') ?? '';
        const confusions = Object.hasOwn(confused, tool) ? confused[tool] : undefined;
        if (confusions === undefined) continue;
        const named = subcommands(words);
        for (const count of [2, 1]) {
          const own = named.slice(0, count);
          const key = own.map(({ value }) => value).join(' ');
          const first = own[0];
          const last = own.at(-1);
          if (own.length < count || first === undefined || last === undefined) continue;
          const meant = Object.hasOwn(confusions, key) ? confusions[key] : undefined;
          if (meant === undefined) continue;
          const at = { start: first.start, end: last.end };
          const adjacent = /^\s*$/.test(block.content.slice(first.end, last.start)) || count === 1;
          yield {
            at,
            // A plugin could add one to these two.
            severity: tool === 'kubectl' || tool === 'oc' ? 'warning' : 'error',
            message: `\`${tool}\` has no \`${key}\`. ${meant.advice ?? `\`${tool} ${meant.words}\` is what it is called.`}`,
            fixes: adjacent && meant.words !== undefined ? [replace(at, meant, words)] : [],
          };
          break;
        }
      }
    }
  },
};

interface Meant {
  /** What stands in its place, where the rest of the command fits as it is. */
  readonly words?: string;
  readonly advice?: string;
}

function replace(at: Stretch, meant: Meant, words: readonly ShellWord[]): BlockFix {
  // An option that stands there already is not given twice.
  const newText = (meant.words ?? '')
    .split(' ')
    .filter((part) => !part.startsWith('--') || !words.some(({ value }) => value === part))
    .join(' ');
  return {
    title: `Write \`${newText}\``,
    edits: [{ ...at, newText }],
    preferred: true,
  };
}

const same = (words: string): Meant => ({ words });

const cluster: Readonly<Record<string, Meant>> = {
  restart: same('rollout restart'),
  list: same('get'),
  log: same('logs'),
  'rollout rollback': same('rollout undo'),
  'rollout revert': same('rollout undo'),
};

/** None of these was ever a command of its tool, or it was removed many versions ago. */
const confused: Readonly<Record<string, Readonly<Record<string, Meant>>>> = {
  aws: {
    'ecs exec-task': {
      words: 'ecs execute-command --interactive',
      advice: '`aws ecs execute-command` is meant, which wants `--interactive`.',
    },
    'ecs logs': { advice: 'The logs are in CloudWatch: `aws logs tail LOG-GROUP`.' },
    'ecs restart-service': {
      advice: '`aws ecs update-service --force-new-deployment` starts its tasks anew.',
    },
    'ec2 restart-instances': same('ec2 reboot-instances'),
    'ec2 list-instances': same('ec2 describe-instances'),
    'rds restart-db-instance': same('rds reboot-db-instance'),
    'rds list-db-instances': same('rds describe-db-instances'),
    's3 list': same('s3 ls'),
    's3 copy': same('s3 cp'),
    's3 delete': same('s3 rm'),
    'sts whoami': same('sts get-caller-identity'),
  },
  kubectl: {
    ...cluster,
    rollback: same('rollout undo'),
    rsh: { advice: '`oc` has it; with `kubectl` it is `kubectl exec -it POD -- sh`.' },
  },
  oc: {
    restart: same('rollout restart'),
    drain: same('adm drain'),
    cordon: same('adm cordon'),
    uncordon: same('adm uncordon'),
  },
  railway: {
    'logs cleanup': { advice: '`railway logs` only shows them; Railway keeps and drops them by itself.' },
  },
  systemctl: { logs: { advice: '`journalctl -u UNIT` shows the log of a unit.' } },
  terraform: {
    'state ls': same('state list'),
    rollback: { advice: 'Apply the earlier configuration instead.' },
  },
};

/** Global options before the sub-command that take the next word as their value. */
const withValue =
  /^-(?:n|s|H|M)$|^--(?:namespace|context|cluster|kubeconfig|user|server|token|as|as-group|profile|region|output|endpoint-url|query|host|machine|ca-bundle|request-timeout|cache-dir)$/;

/** The first two words that are no options. */
function subcommands(words: readonly ShellWord[]): ShellWord[] {
  const found: ShellWord[] = [];
  for (let i = 1; i < words.length && found.length < 2; i++) {
    const word = words[i];
    if (word === undefined) break;
    if (withValue.test(word.value)) i++;
    else if (!word.value.startsWith('-')) found.push(word);
  }
  return found;
}
