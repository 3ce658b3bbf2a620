/** What container clients run, and what they show. From documentation: the Docker CLI reference 27, podman 5. */
import type { Verdict } from '../verdict.ts';
import {
  type Arg,
  type FlagSpec,
  flagValue,
  hasFlag,
  isOpaque,
  type Parsed,
  parseArgs,
  plain,
  wordSet,
} from '../words.ts';
import { type Call, NO_INPUT, type Outcome, type Tool } from './table.ts';

/** Options of `run`, `create` and `exec` that take a value. */
export const RUN_OPTIONS = `-a --attach --add-host --annotation --authfile --blkio-weight --blkio-weight-device --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile -c --cpu-shares --cpu-count --cpu-percent --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpus --cpuset-cpus --cpuset-mems
  --conmon-pidfile --creds --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns --dns-option --dns-search --domainname --entrypoint -e --env --env-file --exec-id --expose --fifo-dir --gpus --group-add -h --hostname --health-cmd --health-interval
  --health-retries --health-start-interval --health-start-period --health-timeout --io-maxbandwidth --io-maxiops --ip --ip6 --ipc --isolation --kernel-memory -l --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address -m --memory --memory-reservation --memory-swap --memory-swappiness
  --mount --name --network --net --network-alias --oom-score-adj --pid --pids-limit --platform --pod --preserve-fds -p --publish --pull --restart --runtime --rootfs --sdnotify --secret --security-opt --shm-size
  --stop-signal --stop-timeout --storage-opt --subgidname --subuidname --sysctl --tmpfs --tz --ulimit --umask -u --user --userns --uts -v --volume --volume-driver --volumes-from
  -w --workdir --cwd --index --detach-keys --profile --env-from-file --from-file --project-directory --timeout`;

const RUN_VALUES = wordSet(RUN_OPTIONS);

/** Options that are the same by another name, or mean something else behind the sub-command. */
export interface Front {
  readonly values: string;
  readonly switches: string;
  /** Short options by their long name. */
  readonly long: Readonly<Record<string, string>>;
}

/** How the words of `run` and `create` are read. */
export function specOf(front: Front): FlagSpec {
  return {
    values: wordSet(front.values),
    switches: wordSet(front.switches),
    style: 'gnu',
    stopAtOperand: true,
  };
}

/** The words with the options in front of the sub-command by their long names, since behind it the same letters mean something else. */
export function withLongFront(args: readonly Arg[], front: Front): readonly Arg[] {
  const parsed = parseArgs(args, specOf(front));
  if (parsed.flags.length === 0 || parsed.rest) return args;
  const options = parsed.flags.map(({ name, value }) => {
    const long = front.long[name] ?? name;
    return value
      ? { text: `${long}=${value.text}`, value: `${long}=${value.value}`, dynamic: value.dynamic }
      : plain(long);
  });
  return [...options, ...parsed.operands];
}

/** Targets that options in front of the sub-command name: behind it, `--host` is an option of what runs in the container. */
export function frontTargets(
  front: Front,
  kinds: Readonly<Record<string, string>>,
): NonNullable<Tool['findTargets']> {
  return (call) =>
    parseArgs(call.args, specOf(front)).flags.flatMap(({ name, value }) => {
      const kind = kinds[front.long[name] ?? name];
      return kind && value ? [{ kind, value: value.value }] : [];
    });
}

function inCompose(call: Call): boolean {
  return /compose/.test(`${call.name} ${call.path}`);
}

/** The options in front of the image or the container, and the words from there on. */
export function optionsOf(call: Call): Parsed {
  return parseArgs(call.after, {
    values: RUN_VALUES,
    switches: new Set(),
    style: 'gnu',
    stopAtOperand: true,
  });
}

/** `exec [options] CONTAINER CMD…` */
export function exec(call: Call): Verdict | undefined {
  const parsed = optionsOf(call);
  const words = parsed.operands.slice(1);
  if (words.length === 0) return undefined;
  const inner = call.judge.words(words, execInput(call, parsed));
  return hasFlag(parsed, '-d --detach') ? { ...inner, mode: 'capture' } : inner;
}

/** compose gives its services a terminal and the input unless told otherwise; docker only with `-i`. */
function execInput(call: Call, parsed: Parsed): Call['stdin'] {
  if (inCompose(call)) return call.stdin;
  return hasFlag(parsed, '-i --interactive') ? call.stdin : NO_INPUT;
}

/** `-it` fails without a terminal, whatever runs behind it. */
function wantsTerminal(parsed: Parsed): boolean {
  return hasFlag(parsed, '-i --interactive') && hasFlag(parsed, '-t --tty');
}

/** `exec`: whether it needs a terminal, and whether a command is there. */
export function execMode(call: Call): Partial<Outcome> | undefined {
  const parsed = optionsOf(call);
  if (parsed.operands.length <= 1)
    return { effect: 'unknown', why: `unknown: ${call.name} ${call.path} without a command` };
  if (hasFlag(parsed, '--privileged'))
    return {
      effect: 'mutate',
      why: `${call.name} exec --privileged`,
      ...(wantsTerminal(parsed) ? { mode: 'terminal' as const } : {}),
    };
  return wantsTerminal(parsed) ? { mode: 'terminal' } : undefined;
}

/** What runs inside the container, where it is named. */
export function runCommand(call: Call): Verdict | undefined {
  const parsed = optionsOf(call);
  const words = parsed.operands.slice(1);
  const entry = parsed.flags.find((flag) => flag.name === '--entrypoint')?.value;
  const all = entry && entry.value !== '' ? [entry, ...words] : words;
  if (all.length === 0) return undefined;
  const inner = call.judge.words(
    all,
    hasFlag(parsed, '-i --interactive') || inCompose(call) ? call.stdin : NO_INPUT,
  );
  // Arguments of an image's own program are no command: what is in no table stays a plain start.
  if (inner.effect === 'unknown' && inner.mode === 'capture') return undefined;
  return hasFlag(parsed, '-d --detach') ? { ...inner, mode: 'capture' } : inner;
}

/** Folders whose writer owns the host. */
const HOST = /^\/(|etc|root|boot|var|usr|proc|sys|dev|bin|sbin|lib|home)\/?$/;

/** What of the host an option gives away; null where nothing. */
function hostGiven(name: string, value: string): string | null {
  if (/^(-v|--volume)$/.test(name)) {
    const [source = '', , modes = ''] = value.split(':');
    return HOST.test(source) && (source === '/' || !/(^|,)ro(,|$)/.test(modes))
      ? `the host's ${source}`
      : null;
  }
  if (name === '--mount') {
    const source = /(?:^|,)(?:src|source)=([^,]*)/.exec(value)?.[1] ?? '';
    return HOST.test(source) && (source === '/' || !/(^|,)(ro|readonly)(=true)?(,|$)/.test(value))
      ? `the host's ${source}`
      : null;
  }
  if (name === '--privileged' && value !== 'false') return 'the host (--privileged)';
  if (name === '--pid' && value === 'host') return "the host's processes";
  if (name === '--device' && /^\/dev\/(sd|nvme|vd|xvd|mapper|dm-|mem|md)/.test(value))
    return `the host's ${value}`;
  return null;
}

/** `run` and `create`: what the options let it reach, and whether it needs a terminal. */
export function runOptions(call: Call): Partial<Outcome> | undefined {
  const parsed = optionsOf(call);
  const mode = runMode(call, parsed);
  for (const { name, value } of parsed.flags) {
    const given = hostGiven(name, value?.value ?? '');
    if (given !== null)
      return { ...mode, effect: 'destroy', why: `${call.name} run gives the container ${given}` };
  }
  return mode;
}

function runMode(call: Call, parsed: Parsed): Partial<Outcome> {
  if (hasFlag(parsed, '-d --detach')) return {};
  const bare = parsed.operands.length <= 1;
  if (!inCompose(call) && (wantsTerminal(parsed) || (hasFlag(parsed, '-t --tty') && bare)))
    return { mode: 'terminal' };
  // Without a command the image's own program runs, and most of those are servers.
  const image = parsed.operands[0]?.value ?? '';
  return bare && image !== '' && !/(^|\/)hello-world(:|$)/.test(image) ? { mode: 'stream' } : {};
}

/** The name that a new container is given. */
export function runName(call: Call): readonly string[] {
  const name = flagValue(optionsOf(call), '--name');
  return name && !name.dynamic ? [name.value] : [];
}

/** What xargs appends. */
const INPUT = '$input';

/** How many containers `start` and its kind reach. */
export function startsAll(call: Call): Partial<Outcome> | undefined {
  const { operands } = call.parsed;
  if (hasFlag(call.parsed, '-a --all')) return { scope: 'all' };
  return operands.length !== 1 || operands.some((arg) => arg.dynamic) ? { scope: 'many' } : undefined;
}

/** Whoever stops what a substitution or a pipe names stops whatever happens to run. */
export function stopsMany(call: Call): Partial<Outcome> | undefined {
  const { operands } = call.parsed;
  const all = hasFlag(call.parsed, '-a --all');
  const listed = operands.some(
    (arg) => isOpaque(arg) && (/^["']?(\$\(|`)/.test(arg.text) || arg.value === INPUT),
  );
  if (all || operands.length === 0 || listed)
    return {
      effect: 'destroy',
      scope: all ? 'all' : 'many',
      why: `${call.name} ${call.path} takes out of service whatever the list names`,
    };
  return startsAll(call);
}

/** `CONTAINER:PATH`, and no path of this machine. */
export function copy(call: Call): Partial<Outcome> | undefined {
  const to = call.parsed.operands[1]?.value ?? '';
  return /^[^/.\\][^/\\]*:/.test(to) && !/^[A-Za-z]:[\\/]/.test(to)
    ? { effect: 'mutate', why: 'copies into the container' }
    : undefined;
}

/** A container's whole description holds its environment; a format that asks for something else does not. */
export function inspected(call: Call): Partial<Outcome> | undefined {
  if (
    /^(network|volume|image|node|plugin|context|pod|config|secret)$/.test(
      flagValue(call.parsed, '--type')?.value ?? '',
    )
  )
    return undefined;
  const format =
    flagValue(call.parsed, '-f --format --template')?.value ??
    flagValue(call.parsed, '-o --output')?.value ??
    '';
  const template = format.replace(/^(go-template|jsonpath|template)=/, '');
  const part =
    template.includes('{{') &&
    !/\bEnv\b|\{\{-?\s*(json|toJson|toPrettyJson|println|prettyjson)?\s*\.(Config|Spec|ContainerSpec|TaskTemplate)?\s*\}\}/i.test(
      template,
    );
  return part || /^(json)?path/.test(template)
    ? undefined
    : { readsSecrets: true, why: `${call.name} ${call.path} shows the environment, and the secrets in it` };
}

/** What to note first about what the operands name: a command on the same names. */
export function notes(make: (names: string) => string): NonNullable<Outcome['decide']> {
  return (call) => {
    const names = call.parsed.operands.filter((arg) => !arg.text.includes('\n')).map((arg) => arg.text);
    return names.length === 0 ? undefined : { captureFirst: make(names.join(' ')) };
  };
}
