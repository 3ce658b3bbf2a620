/** docker compose and docker-compose, podman-compose. From documentation: Docker Compose reference 2.30. */
import { type Arg, hasFlag, parseArgs } from '../words.ts';
import { applyTool } from './apply.ts';
import {
  copy,
  exec,
  execMode,
  type Front,
  frontTargets,
  optionsOf,
  runCommand,
  runOptions,
  specOf,
  withLongFront,
} from './containerRun.ts';
import {
  type Call,
  destroy,
  each,
  type Judge,
  local,
  mutate,
  type Outcome,
  read,
  type Stdin,
  stream,
  type Tool,
} from './table.ts';

const DRY = '--dry-run';
const here: Partial<Outcome> = { network: false };

/** Scaling to nothing takes the service away. */
function scaled(call: Call): Partial<Outcome> | undefined {
  const values = call.parsed.flags
    .filter((flag) => flag.name === '--scale')
    .map((flag) => flag.value?.value ?? '');
  const words = /scale$/.test(call.path) ? call.parsed.operands.map((arg) => arg.value) : [];
  return [...values, ...words].some((word) => /=0+$/.test(word))
    ? { effect: 'destroy', why: `${call.name} ${call.path} to 0 takes the service out of service` }
    : undefined;
}

const change = mutate({ dryRun: DRY, resources: 'all' });

const commands: Readonly<Record<string, Outcome>> = {
  ...each(read(), 'ps, images, ls, port, top, volumes, alpha viz'),
  ...each(read(here), 'version, help'),
  ...each(
    read({
      ...here,
      readsSecrets: true,
      switches: '-q --quiet --services --images --volumes --profiles --variables --environment',
      values: '-o --output --hash --format',
      when: { '-o --output': { effect: 'local-write' } },
      decide: (call) =>
        hasFlag(
          call.parsed,
          '-q --quiet --services --images --volumes --networks --profiles --hash --variables --models',
        )
          ? { readsSecrets: false }
          : undefined,
    }),
    'config, convert',
  ),
  logs: read({ switches: '-f', values: '--tail --since --until -n', when: { '-f --follow': stream } }),
  stats: read({
    mode: 'stream',
    decide: (call) => (hasFlag(call.parsed, '--no-stream') ? { mode: 'capture' } : undefined),
  }),
  events: read(stream),
  wait: read({ mode: 'stream', when: { '--down-project': { effect: 'mutate' } } }),
  watch: mutate({ ...stream, dryRun: DRY }),
  attach: read({
    mode: 'stream',
    decide: (call) =>
      hasFlag(call.parsed, '--no-stdin')
        ? undefined
        : { effect: 'mutate', mode: 'terminal', why: 'types into the service' },
  }),
  ...each(local({ dryRun: DRY, resources: 'all' }), 'pull, build, export'),
  up: mutate({
    mode: 'stream',
    dryRun: DRY,
    resources: 'all',
    values: '--scale -t --timeout --exit-code-from --wait-timeout --pull --attach --no-attach',
    when: {
      '-V --renew-anon-volumes': { effect: 'destroy', why: 'up -V throws anonymous volumes away' },
    },
    decide: (call) => ({
      ...(hasFlag(call.parsed, '-d --detach --wait --no-start') ? { mode: 'capture' as const } : {}),
      ...scaled(call),
    }),
    captureFirst: 'docker compose images',
    inverse: 'docker compose up -d with the images from before, or docker compose stop of what was started',
  }),
  ...each(change, 'restart, create, push, commit, publish, bridge'),
  push: mutate({ dryRun: DRY, resources: 'all', network: true }),
  scale: mutate({
    dryRun: DRY,
    decide: scaled,
    captureFirst: 'docker compose ps',
    inverse: 'docker compose scale back',
  }),
  start: mutate({ dryRun: DRY, resources: 'all', inverse: 'docker compose stop' }),
  stop: mutate({ dryRun: DRY, resources: 'all', values: '-t --timeout', inverse: 'docker compose start' }),
  pause: mutate({ dryRun: DRY, resources: 'all', inverse: 'docker compose unpause' }),
  unpause: mutate({ dryRun: DRY, resources: 'all', inverse: 'docker compose pause' }),
  cp: local({ decide: copy, dryRun: DRY }),
  run: mutate({
    runs: runCommand,
    decide: runOptions,
    resources: (call) =>
      optionsOf(call)
        .operands.slice(0, 1)
        .filter((arg) => !arg.dynamic)
        .map((arg) => arg.value),
  }),
  exec: read({ why: 'runs in the container', runs: exec, decide: execMode }),
  down: mutate({
    why: 'stops the services and removes their containers',
    dryRun: DRY,
    scope: 'many',
    resources: 'all',
    switches: '-v',
    values: '--rmi -t --timeout',
    when: {
      '-v --volumes': {
        effect: 'destroy',
        why: 'down --volumes deletes the data of the services',
        scope: 'all',
        captureFirst: 'docker compose volumes, and a backup of what is in them',
        inverse: 'docker compose up -d, and a restored backup of the volumes',
      },
      '--rmi': {
        effect: 'destroy',
        why: 'down --rmi deletes the images',
        inverse: 'docker compose pull or build, then docker compose up -d',
      },
    },
    inverse: 'docker compose up -d',
  }),
  rm: destroy({
    dryRun: DRY,
    resources: 'all',
    switches: '-v -f -s --force --stop --volumes',
    asks: '-f --force',
    why: 'removes stopped containers, and what was written in them',
    inverse: 'docker compose up -d',
  }),
  kill: destroy({ dryRun: DRY, resources: 'all', values: '-s --signal', inverse: 'docker compose start' }),
};

const FRONT: Front = {
  values:
    '-f --file -p --project-name --project-directory --env-file --profile --ansi --parallel --progress -H --host -c --context --log-level --tlscacert --tlscert --tlskey --podman-path --podman-args --in-pod',
  switches:
    '-D --debug --verbose --all-resources --compatibility --dry-run --no-ansi --tls --tlsverify --skip-hostname-check -v --version -h',
  long: { '-f': '--file', '-p': '--project-name', '-H': '--host', '-c': '--context', '-D': '--debug' },
};

const table: Tool = {
  names: 'compose',
  bare: read({ network: false, why: 'prints help' }),
  source: 'help text or man page (Debian 12), and documentation: Docker Compose reference 2.30',
  values:
    '--file --host --context --project-name --project-directory --env-file --profile --ansi --parallel --progress --log-level --tlscacert --tlscert --tlskey --tail --since --until --index',
  switches:
    '--debug --verbose --all-resources --compatibility --no-ansi --dry-run --volumes --remove-orphans --build --force-recreate -d --detach --no-deps --no-recreate --wait --no-start --no-build --quiet-pull -V --renew-anon-volumes --abort-on-container-exit --abort-on-container-failure --always-recreate-deps --no-color --no-log-prefix --attach-dependencies --include-deps --ignore-buildable --ignore-pull-failures -a --all -y --yes',
  findTargets: frontTargets(FRONT, { '--project-name': 'project', '--host': 'host', '--context': 'context' }),
  network: true,
  ambient: { 'context|host': 'docker context show', project: 'docker compose ls --all' },
  commands,
};

/** `docker --context prod compose up` → the words behind `compose`, with the options in front of it. */
export function composeWords(args: readonly Arg[], front: Front): readonly Arg[] | undefined {
  const at = parseArgs(args, specOf(front)).operandIndexes[0];
  if (at === undefined || args[at]?.value !== 'compose') return undefined;
  return [...args.slice(0, at), ...args.slice(at + 1)];
}

/** For podman and nerdctl, which have no contexts. */
const others: Tool = { ...table, ambient: { project: '' } };

/** Judges the words behind `docker compose`; `name` is what the reasons call it. */
export function judgeCompose(
  name: string,
  args: readonly Arg[],
  stdin: Stdin,
  judge: Judge,
): ReturnType<typeof applyTool> {
  return applyTool(/^docker/.test(name) ? table : others, name, withLongFront(args, FRONT), stdin, judge);
}

export const compose: readonly Tool[] = [
  {
    names: 'docker-compose podman-compose',
    source: 'help text or man page (Debian 12), and documentation: Docker Compose reference 2.30',
    judge: ({ name, args, stdin, judge }) => judgeCompose(name, args, stdin, judge),
    commands,
  },
];
