/** docker, podman, nerdctl, compose and container runtimes. From documentation: Docker CLI reference 27, podman 5. */
import { unknown, type Verdict } from '../verdict.ts';
import { hasFlag, type Parsed, parseArgs, wordSet } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  NO_INPUT,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const RUN_VALUES = wordSet(
  `-a --attach --add-host --cap-add --cap-drop --cgroupns --cidfile -c --cpu-shares --cpus --cpuset-cpus -m --memory --memory-swap
  --device --dns --entrypoint -e --env --env-file --expose --gpus --group-add -h --hostname --health-cmd --health-interval
  --health-retries --health-timeout --ip --ipc --isolation -l --label --label-file --link --log-driver --log-opt --mount --name
  --network --net --network-alias --pid --pids-limit --platform -p --publish --pull --restart --runtime --security-opt --shm-size
  --stop-signal --stop-timeout --storage-opt --sysctl --tmpfs --ulimit -u --user --userns --uts -v --volume --volumes-from
  -w --workdir --index --detach-keys --profile`,
);

function optionsOf(call: Call): Parsed {
  return parseArgs(call.after, {
    values: RUN_VALUES,
    switches: new Set(),
    style: 'gnu',
    stopAtOperand: true,
  });
}

/** `exec [options] CONTAINER CMD…` */
function exec(call: Call): Verdict | undefined {
  const parsed = optionsOf(call);
  const words = parsed.operands.slice(1);
  if (words.length === 0) return undefined;
  const inner = call.judge.words(words, execInput(call, parsed));
  if (hasFlag(parsed, '-d --detach')) return { ...inner, mode: 'capture' };
  return inner;
}

/** compose gives its services a terminal and the input unless told otherwise; docker only with `-i`. */
function execInput(call: Call, parsed: Parsed): Call['stdin'] {
  if (/compose/.test(`${call.name} ${call.path}`)) return call.stdin;
  return hasFlag(parsed, '-i --interactive') ? call.stdin : NO_INPUT;
}

/** `-it` fails without a terminal, whatever runs behind it. */
function wantsTerminal(parsed: Parsed): boolean {
  return hasFlag(parsed, '-i --interactive') && hasFlag(parsed, '-t --tty');
}

function execMode(call: Call): Partial<Outcome> | undefined {
  const parsed = optionsOf(call);
  return parsed.operands.length > 1
    ? wantsTerminal(parsed)
      ? { mode: 'terminal' }
      : undefined
    : { effect: 'unknown', why: `unknown: ${call.name} ${call.path} without a command` };
}

function runCommand(call: Call): Verdict | undefined {
  const parsed = optionsOf(call);
  const words = parsed.operands.slice(1);
  const entry = parsed.flags.find((flag) => flag.name === '--entrypoint')?.value;
  const all = entry && entry.value !== '' ? [entry, ...words] : words;
  if (all.length === 0) return undefined;
  const inner = call.judge.words(
    all,
    hasFlag(parsed, '-i --interactive') || /compose/.test(call.path + call.name) ? call.stdin : NO_INPUT,
  );
  // Arguments of an image's own program are no command: what is in no table stays a plain start.
  if (inner.effect === 'unknown' && inner.mode === 'capture') return undefined;
  return hasFlag(parsed, '-d --detach') ? { ...inner, mode: 'capture' } : inner;
}

function runOptions(call: Call): Partial<Outcome> | undefined {
  const parsed = optionsOf(call);
  for (const flag of parsed.flags) {
    const value = flag.value?.value ?? '';
    const source = value.split(':')[0] ?? '';
    if (/^(-v|--volume)$/.test(flag.name) && /^\/(|etc|root|boot|var|usr|proc|sys)\/?$/.test(source)) {
      return { effect: 'destroy', why: `${call.name} run gives the container the host's ${source}` };
    }
    if (flag.name === '--mount' && /(src|source)=\/(,|$)/.test(value))
      return { effect: 'destroy', why: `${call.name} run gives the container the host's /` };
    if (flag.name === '--privileged' && value !== 'false')
      return { effect: 'destroy', why: `${call.name} run --privileged gives the container the host` };
    if (/^--(pid|ipc|uts|userns)$/.test(flag.name) && value === 'host')
      return { effect: 'destroy', why: `${call.name} run shares the host's ${flag.name.slice(2)}` };
  }
  if (hasFlag(parsed, '-d --detach')) return undefined;
  if (wantsTerminal(parsed) || (hasFlag(parsed, '-t --tty') && parsed.operands.length <= 1))
    return { mode: 'terminal' };
  if (parsed.operands.length <= 1 && hasFlag(parsed, '-p --publish')) return { mode: 'stream' };
  return undefined;
}

function startsAll(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) => arg.dynamic) || call.parsed.operands.length > 1
    ? { scope: 'many' }
    : undefined;
}

function copy(call: Call): Partial<Outcome> | undefined {
  return /^[^/.][^/]*:/.test(call.parsed.operands[1]?.value ?? '')
    ? { effect: 'mutate', why: 'copies into the container' }
    : undefined;
}

const prune = destroy({ scope: 'many', why: 'prune deletes what is not in use' });

const compose: Readonly<Record<string, Outcome>> = {
  ...each(read(), 'ps, images, ls, port, top, version, config, convert, stats'),
  config: read({
    readsSecrets: true,
    switches: '-q --quiet --services',
    decide: (call) =>
      hasFlag(call.parsed, '-q --quiet --services --images --volumes --profiles --hash')
        ? { effect: 'read', readsSecrets: false }
        : undefined,
  }),
  logs: read({ switches: '-f', values: '--tail --since --until -n', when: { '-f --follow': stream } }),
  events: read(stream),
  watch: mutate(stream),
  attach: read(terminal),
  ...each(local(), 'pull, build, export'),
  up: mutate({
    mode: 'stream',
    values: '--scale -t --timeout --exit-code-from',
    when: { '-V --renew-anon-volumes': { effect: 'destroy', why: 'up -V throws anonymous volumes away' } },
    decide: (call) =>
      hasFlag(call.parsed, '-d --detach --wait --no-start') ? { mode: 'capture' } : undefined,
    inverse: 'docker compose stop of what was started',
  }),
  ...each(mutate(), 'start, restart, pause, unpause, create, scale, push, commit, publish'),
  start: mutate({ inverse: 'docker compose stop' }),
  stop: mutate({ inverse: 'docker compose start' }),
  cp: local({ decide: copy }),
  run: mutate({
    runs: runCommand,
    decide: (call) =>
      optionsOf(call).operands.length <= 1 && !hasFlag(optionsOf(call), '-d --detach')
        ? { mode: 'terminal' }
        : undefined,
  }),
  exec: read({ why: 'runs in the container', runs: exec, decide: execMode }),
  down: mutate({
    why: 'stops the services and removes their containers',
    switches: '-v',
    values: '--rmi -t --timeout',
    when: {
      '-v --volumes': {
        effect: 'destroy',
        why: 'down --volumes deletes the data of the services',
        scope: 'all',
      },
      '--rmi': { effect: 'destroy', why: 'down --rmi deletes the images' },
    },
    inverse: 'docker compose up -d',
  }),
  rm: destroy({ switches: '-v -f -s' }),
  kill: destroy(),
};

const GLOBAL = '-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey';

export const docker: readonly Tool[] = [
  {
    names: 'docker podman nerdctl',
    source: 'from documentation: Docker CLI reference 27, podman 5',
    values: `${GLOBAL} --format -f --filter --tail -n --since --until --last --project-directory --file --env-file --parallel --ansi --progress`,
    switches: '-D --debug --tls --tlsverify -a --all -q --quiet --no-trunc',
    targets: { host: '-H --host', context: '-c --context', project: '-p --project-name' },
    commands: {
      ...each(
        read(),
        `ps, images, top, diff, history, port, version, info, search, system df|info, network|volume|image|container|context|config|service|node|stack|plugin|buildx|manifest ls,
        network|volume|image|container|context|config|node|stack|plugin|buildx|manifest|system inspect, service inspect|ps, node ps, stack ps|services, container top|diff|port|stats, image history, context show,
        secret ls|inspect, builder du, buildx du|version, pod ps|inspect|top, machine ls|list|inspect, healthcheck run, scout cves|quickview, swarm ca`,
      ),
      ls: read(),
      'container ls|list|ps': read(),
      'image ls|list': read(),
      inspect: read({ readsSecrets: false }),
      ...each(
        read({ switches: '-f', when: { '-f --follow': stream } }),
        'logs, container logs, service logs',
      ),
      ...each(
        read({
          mode: 'stream',
          decide: (call) => (hasFlag(call.parsed, '--no-stream') ? { mode: 'capture' } : undefined),
        }),
        'stats, container stats',
      ),
      ...each(
        read({
          mode: 'stream',
          decide: (call) => (hasFlag(call.parsed, '--until') ? { mode: 'capture' } : undefined),
        }),
        'events, system events',
      ),
      ...each(read({ mode: 'stream' }), 'wait, container wait'),
      ...each(
        local({ values: '-f --file -t --tag --build-arg --target' }),
        'pull, build, tag, save, load, import, export, image pull|build|tag|save|load|import, buildx build|bake|create|use, container export, trust, context create|use|update, builder build',
      ),
      ...each(local({ readsSecrets: true, why: 'stores a login on this machine' }), 'login, logout'),
      login: local({
        readsSecrets: true,
        why: 'stores a login on this machine',
        decide: (call) =>
          hasFlag(call.parsed, '--password-stdin -p --password') ? undefined : { mode: 'terminal' },
      }),
      ...each(local({ decide: copy }), 'cp, container cp'),
      ...each(
        mutate({ decide: startsAll }),
        'start, restart, pause, unpause, rename, update, create, commit, push, container start|restart|pause|unpause|rename|update|create|commit, image push, manifest push|create|annotate',
      ),
      ...each(mutate({ decide: startsAll, inverse: 'docker start' }), 'stop, container stop'),
      ...each(
        mutate(),
        `network create|connect|disconnect, volume create, service create|update|scale|rollback, stack deploy|up, node update|promote|demote, swarm init|join|update|unlock, config create, secret create,
        plugin install|enable|disable|set|upgrade, machine start|stop|init, pod create|start|stop|restart, system migrate|renumber, generate systemd, kube play|generate, play kube`,
      ),
      ...each(mutate({ runs: runCommand, decide: runOptions }), 'run, container run'),
      ...each(read({ why: 'runs in the container', runs: exec, decide: execMode }), 'exec, container exec'),
      ...each(read(terminal), 'attach, container attach'),
      ...each(
        destroy({ switches: '-f -v', decide: startsAll }),
        'rm, rmi, kill, container rm|kill|remove, image rm|remove, volume rm|remove, network rm|remove, service rm|remove, stack rm|down|remove, node rm, config rm, secret rm, plugin rm, context rm, buildx rm, pod rm|kill, machine rm, swarm leave, system reset, manifest rm, untag',
      ),
      ...each(prune, 'system|volume|network|image|container|builder|buildx|pod prune'),
      ...Object.fromEntries(Object.entries(compose).map(([key, outcome]) => [`compose ${key}`, outcome])),
    },
  },
  {
    names: 'docker-compose podman-compose',
    source: 'from documentation: Docker Compose reference 2',
    values:
      '-f --file --project-directory --env-file --profile --ansi --parallel --progress --tail --since --until -n --index',
    targets: { project: '-p --project-name', host: '-H --host', context: '-c --context' },
    commands: compose,
  },
  {
    names: 'crictl ctr',
    source: 'from documentation',
    values:
      '-r --runtime-endpoint -i --image-endpoint -c --config -t --timeout -n --namespace -a --address --name --state --pod -l --label -o --output --tail',
    switches: '-f',
    commands: {
      ...each(
        read(),
        'ps, pods, images, image, inspect, inspecti, inspectp, info, version, imagefsinfo, stats, statsp, img, i ls, images ls, containers ls, c ls, tasks ls, t ls, namespaces ls, snapshots ls',
      ),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(mutate(), 'pull, start, create, run, runp, update'),
      ...each(destroy(), 'rm, rmi, rmp, stop, stopp, images rm, containers rm, tasks kill|rm'),
      exec: read({ why: 'runs in the container', runs: exec, decide: execMode }),
    },
  },
  {
    names: 'skopeo crane dive cosign',
    source: 'from documentation',
    bare: read({
      decide: (call) => {
        const first = call.parsed.operands[0]?.value ?? '';
        if (/^(delete)$/.test(first)) return { effect: 'destroy' };
        if (/^(copy|cp|push|tag|append|mutate|sign|attach|sync|attest)$/.test(first))
          return { effect: 'mutate' };
        if (call.name === 'dive') return { mode: 'terminal' };
        return undefined;
      },
    }),
  },
  {
    names: 'minikube kind k3d multipass colima lima',
    source: 'from documentation',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value).join(' ');
      if (
        /^(status|ip|list|get|version|logs|service list|profile list|cluster list|node list|info|global-status|port|validate|box list)/.test(
          words,
        )
      )
        return read();
      if (/^(delete|destroy|cluster delete|purge|prune)/.test(words)) return destroy();
      if (/^(ssh|shell|console)/.test(words)) return unknown('opens a session', { mode: 'terminal' });
      return words === '' ? read() : mutate();
    },
  },
];
