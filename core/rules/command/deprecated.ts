import { blocksOf, contentRange } from '../support/blocks.ts';
import { operands, option, type Program, programs, withGap } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { BlockFix, BlockReport, Report, Rule } from '../types.ts';

/** Forms that their tools have given up. */
export const deprecated: Rule = {
  id: 'command/deprecated',
  title: 'A command is written in a form of the past',
  severity: 'warning',
  docs: {
    what: 'Reports commands and options that current versions of their tools refuse (a warning) or warn of (info), with what to write instead: `kubectl exec` without `--`, `kubectl run --generator`, `--delete-local-data`, options of Helm 2, `apt-key`, `aws ecr get-login`, `kafka-topics --zookeeper`, `docker-compose`.',
    why: 'The machine of whoever is on call is newer than the runbook. “unknown flag” is a poor start into an outage.',
    wrong: '```bash\nkubectl exec checkout-0 df -h\n```',
    right: '```bash\nkubectl exec checkout-0 -- df -h\n```',
    source:
      'Release notes and help texts: kubectl 1.18, 1.20 and 1.31, Helm 3, AWS CLI 2, Kafka 3.0, Terraform 0.15, apt-key(8), npm 8, Docker Compose 2.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, mentions)) {
      if (program.name === 'kubectl') yield* execWithoutDashes(program);
      for (const form of forms) {
        const word = form.tools.test(program.name) ? form.find(program) : undefined;
        if (word !== undefined)
          yield {
            at: word,
            severity: form.severity ?? 'warning',
            message: form.message,
            fixes: fixOf(form, block.content, word),
          };
      }
    }
  },
  *check({ runbook }): Iterable<Report> {
    // Once a document: a runbook that has one of them has many.
    if (!runbook.source.text.includes('docker-compose')) return;
    const ranges = blocksOf(runbook).flatMap((block) =>
      [...programs(block, ['docker-compose'])]
        .filter(({ name }) => name === 'docker-compose')
        .map(({ words: [{ start, end }] }) => contentRange(runbook, block, start, end)),
    );
    const [range] = ranges;
    if (range === undefined) return;
    const more = ranges.length - 1;
    yield {
      range,
      severity: 'info',
      message: `\`docker-compose\` is the first version of Compose: not maintained since July 2023, and missing where Docker was installed since. Write \`docker compose\`.${more === 0 ? '' : ` The runbook has it ${more === 1 ? 'once' : `${more} times`} more.`}`,
      fixes: [
        {
          title: `Write \`docker compose\`${more === 0 ? '' : ' everywhere'}`,
          edits: ranges.map((each) => ({ range: each, newText: 'docker compose' })),
          // The containers get names of another form.
          preferred: false,
        },
      ],
    };
  },
};

/** A form with what is to be said about it, and what to write in its place: the empty text takes it out. */
interface Form {
  readonly tools: RegExp;
  readonly find: (program: Program) => ShellWord | undefined;
  readonly severity?: 'info';
  readonly message: string;
  readonly write?: string;
}

const sub = (program: Program): string => operands(program)[0]?.value ?? '';

/** Sub-commands of kubectl that rehearse. */
const DRY =
  /^(?:annotate|apply|autoscale|cordon|create|delete|drain|expose|label|patch|replace|rollout|run|scale|set|taint|uncordon)$/;

const forms: readonly Form[] = [
  {
    tools: /^(?:kubectl|oc)$/,
    find: (program) => option(program, /^--delete-local-data$/),
    severity: 'info',
    message:
      '`--delete-local-data` is deprecated since kubectl 1.20, which calls it `--delete-emptydir-data`.',
    write: '--delete-emptydir-data',
  },
  {
    tools: /^kubectl$/,
    find: (program) => (sub(program) === 'run' ? option(program, /^--generator(?:=.*)?$/) : undefined),
    message:
      '`--generator` does nothing since kubectl 1.18, and newer ones refuse it: `run` makes a pod and nothing else. Leave the option out, or use `kubectl create deployment`.',
  },
  {
    tools: /^(?:kubectl|oc)$/,
    find: (program) => (sub(program) === 'get' ? option(program, /^--export$/) : undefined),
    message:
      '`--export` is refused since kubectl 1.18. Leave it out, and take status, uid and resourceVersion out of the answer.',
  },
  {
    tools: /^kubectl$/,
    // What plugins take is theirs.
    find: (program) => (DRY.test(sub(program)) ? option(program, /^--dry-run$/) : undefined),
    severity: 'info',
    message: '`--dry-run` without a value is deprecated since kubectl 1.18. Write `--dry-run=client`.',
    write: '--dry-run=client',
  },
  {
    tools: /^helm$/,
    find: (program) =>
      /^(?:delete|uninstall)$/.test(sub(program)) ? option(program, /^--purge$/) : undefined,
    message:
      'Helm 3 refuses `--purge`: it forgets a release that is uninstalled anyway. Leave the option out.',
    write: '',
  },
  {
    tools: /^helm$/,
    find: (program) =>
      operands(program)
        .slice(0, 1)
        .find(({ value }) => value === 'init'),
    message:
      '`helm init` set up the server side of Helm 2. Helm 3 has none, and refuses the command. Leave the step out.',
  },
  {
    tools: /^helm$/,
    find: (program) => (sub(program) === 'install' ? option(program, /^--name(?:=.*)?$/) : undefined),
    message:
      'Helm 3 refuses `--name`: the name of the release stands in front of the chart, as in `helm install NAME CHART`.',
  },
  {
    tools: /^apt-key$/,
    find: ({ words }) => words[0],
    message:
      '`apt-key` is deprecated, and gone from Debian 13 on. Put the key into a file under `/etc/apt/keyrings`, and name that with `signed-by` in the source.',
  },
  {
    tools: /^aws$/,
    find: (program) =>
      sub(program) === 'ecr' ? operands(program).find(({ value }) => value === 'get-login') : undefined,
    message:
      'AWS CLI 2 has no `ecr get-login`. Write `aws ecr get-login-password`, and pipe it to `docker login --username AWS --password-stdin REGISTRY`.',
  },
  {
    tools: /^kafka-(?:topics|consumer-groups|reassign-partitions)(?:\.sh)?$/,
    find: (program) => option(program, /^--zookeeper(?:=.*)?$/),
    message:
      '`--zookeeper` is refused since Kafka 3.0. Write `--bootstrap-server` with the address of a broker.',
  },
  {
    tools: /^terraform$/,
    find: (program) => (sub(program) === 'destroy' ? option(program, /^--?force$/) : undefined),
    message:
      '`terraform destroy -force` is refused since Terraform 0.15. Leave it out, and read what goes before you confirm.',
    write: '',
  },
  {
    tools: /^terraform$/,
    find: (program) =>
      operands(program)
        .slice(0, 1)
        .find(({ value }) => value === 'taint'),
    severity: 'info',
    message:
      '`terraform taint` is deprecated: it changes the state before anybody sees a plan. Write `terraform apply -replace=ADDRESS`.',
  },
  {
    tools: /^npm$/,
    find: (program) =>
      /^(?:i|ci|install|prune)$/.test(sub(program))
        ? option(program, /^--(?:production|only=prod(?:uction)?)$/)
        : undefined,
    severity: 'info',
    message: 'npm warns of this option since version 8. Write `--omit=dev`.',
    write: '--omit=dev',
  },
];

/** What one of the forms has in its text: all else is not taken apart. */
const mentions = [
  ' exec ',
  '--delete-local-data',
  '--generator',
  '--export',
  '--dry-run',
  'helm ',
  'apt-key',
  'get-login',
  '--zookeeper',
  'terraform ',
  '--production',
  '--only=',
];

function fixOf({ write }: Form, content: string, word: ShellWord): BlockFix[] {
  if (write === undefined) return [];
  const edit =
    write === ''
      ? { start: withGap(content, word), end: word.end, newText: '' }
      : { start: word.start, end: word.end, newText: write };
  return [
    {
      title: write === '' ? `Take out \`${word.value}\`` : `Write \`${write}\``,
      edits: [edit],
      preferred: true,
    },
  ];
}

/** `kubectl exec POD COMMAND`. */
function* execWithoutDashes(program: Program): Iterable<BlockReport> {
  const words = program.words.slice(1);
  const at = words.findIndex(({ value }) => !value.startsWith('-'));
  if (words[at]?.value !== 'exec' || words.some(({ value }) => value === '--')) return;
  const found: ShellWord[] = [];
  for (let i = at + 1; i < words.length && found.length < 2; i++) {
    const word = words[i] as ShellWord;
    if (
      /^(?:-[it]*[nc]|--namespace|--container|--context|--cluster|--kubeconfig|--pod-running-timeout)$/.test(
        word.value,
      )
    )
      i++;
    else if (!word.value.startsWith('-')) found.push(word);
  }
  const [, command] = found;
  // What a variable or a substitution stands for may be the pod's other half, or nothing.
  if (command === undefined || !/^[\w./]/.test(command.text)) return;
  yield {
    at: command,
    message:
      '`kubectl exec` wants `--` in front of the command: since kubectl 1.31 it refuses anything else.',
    fixes: [
      {
        title: 'Put `--` in front of the command',
        edits: [{ start: command.start, end: command.start, newText: '-- ' }],
        preferred: true,
      },
    ],
  };
}
