/** The commands that docker, podman and nerdctl share. From documentation: the Docker CLI reference 27, podman 5. */
import { flagValue, hasFlag } from '../words.ts';
import {
  copy,
  exec,
  execMode,
  inspected,
  notes,
  RUN_OPTIONS,
  runCommand,
  runName,
  runOptions,
  startsAll,
  stopsMany,
} from './containerRun.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, stream, terminal } from './table.ts';

const registry: Partial<Outcome> = { network: true };

/** What a prune would take; there is no rehearsal of it. */
const WOULD_GO: Readonly<Record<string, string>> = {
  container: 'ps -a -f status=exited -f status=created',
  image: 'image ls -f dangling=true',
  volume: 'volume ls -f dangling=true',
  network: 'network ls -f dangling=true',
  builder: 'builder du',
  buildx: 'buildx du',
  system: 'system df -v',
};

/** `prune` of what nothing uses any more. */
export function prune(program: string, kind: string): Outcome {
  const shown = WOULD_GO[kind];
  return destroy({
    scope: 'all',
    switches: '-f -a --all --force --volumes --build --external',
    values: '--filter --keep-storage --max-used-space --min-free-space --reserved-space --builder',
    asks: '-f --force',
    why: `${program} ${kind} prune deletes what is not in use`,
    ...(shown ? { preview: `${program} ${shown}` } : {}),
  });
}

/** `login` takes the password from the terminal where nothing else gives it. */
export function logsIn(call: Call): Partial<Outcome> | undefined {
  return flagValue(call.parsed, '-p --password') || hasFlag(call.parsed, '--password-stdin --get-login')
    ? undefined
    : call.stdin.kind === 'inherited'
      ? terminal
      : undefined;
}

/** The commands that docker, podman and nerdctl share. */
export function containerCommands(program: string): Readonly<Record<string, Outcome>> {
  const again = `${program} run with the same options`;
  const onAll = { resources: 'all', decide: startsAll } as const;
  const remove = destroy({
    resources: 'all',
    switches: '-f -v -l',
    values: '-t --time --cidfile',
    decide: (call) => ({ ...startsAll(call), ...notes((names) => `${program} inspect ${names}`)(call) }),
    why: `${program} rm removes the container and what was written in it`,
    inverse: again,
  });
  const stop = mutate({
    resources: 'all',
    values: '-t --time --timeout -s --signal --cidfile',
    decide: stopsMany,
    inverse: `${program} start`,
  });
  const inspect = read({ values: '-f --format --type', decide: inspected });
  return {
    ...each(
      read({ switches: '-l --latest -a -q -s', values: '-f --filter --format -n --last' }),
      'ps, images, top, diff, history, port, version, info, system df|info, network|volume|image|container ls|list, network|volume|image inspect, container top|diff|port, container ps, image history, manifest inspect',
    ),
    search: read(registry),
    inspect,
    'container inspect': inspect,
    ...each(
      read({ switches: '-f', values: '--tail -n --since --until', when: { '-f --follow': stream } }),
      'logs, container logs',
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
        decide: (call) =>
          hasFlag(call.parsed, '--until') || flagValue(call.parsed, '--stream')?.value === 'false'
            ? { mode: 'capture' }
            : undefined,
      }),
      'events, system events',
    ),
    ...each(read({ mode: 'stream', values: '--condition -i --interval' }), 'wait, container wait'),
    ...each(
      local({ values: '-f --file -t --tag --build-arg --target --platform -o --output' }),
      'save, load, import, export, image save|load|import, container export',
    ),
    ...each(
      local({ ...registry, resources: 'first', values: '--platform', inverse: `${program} rmi` }),
      'pull, image pull',
    ),
    ...each(
      local({
        ...registry,
        values:
          '-f --file -t --tag --build-arg --target --platform -o --output --secret --ssh --label --cache-from --cache-to --network --progress --iidfile --build-context --add-host --cgroup-parent --cpu-period --cpu-quota -c --cpu-shares --cpuset-cpus --cpuset-mems --isolation -m --memory --memory-swap --shm-size --ulimit --metadata-file --no-cache-filter --security-opt --squash-all --allow --annotation --attest --builder --call --provenance --sbom',
      }),
      'build, image build, builder build',
    ),
    ...each(
      local({
        resources: (call) => call.parsed.operands.slice(1, 2).map((arg) => arg.value),
        captureFirst: `${program} image inspect of the tag`,
        inverse: `${program} tag of the image from before`,
      }),
      'tag, image tag',
    ),
    login: local({
      ...registry,
      values: '-u --username -p --password',
      why: 'stores a login on this machine',
      decide: logsIn,
    }),
    logout: local({ why: 'removes a login from this machine', inverse: `${program} login` }),
    ...each(
      local({ decide: copy, resources: (call) => call.parsed.operands.slice(1, 2).map((arg) => arg.value) }),
      'cp, container cp',
    ),
    ...each(mutate(onAll), 'restart, container restart'),
    ...each(mutate({ ...onAll, inverse: `${program} stop` }), 'start, container start'),
    ...each(stop, 'stop, container stop'),
    ...each(mutate({ ...onAll, inverse: `${program} unpause` }), 'pause, container pause'),
    ...each(mutate({ ...onAll, inverse: `${program} pause` }), 'unpause, container unpause'),
    ...each(mutate({ resources: 'first', inverse: `${program} rename back` }), 'rename, container rename'),
    ...each(
      mutate({
        resources: 'all',
        values:
          '-c --cpu-shares --cpus --cpuset-cpus --cpuset-mems -m --memory --memory-swap --memory-reservation --pids-limit --restart --blkio-weight --cpu-period --cpu-quota',
        decide: (call) => ({
          ...startsAll(call),
          ...notes((names) => `${program} inspect --format '{{json .HostConfig}}' ${names}`)(call),
        }),
        inverse: `${program} update with the values from before`,
      }),
      'update, container update',
    ),
    ...each(
      mutate({ values: '-c --change -m --message -a --author', inverse: `${program} rmi of the new image` }),
      'commit, container commit',
    ),
    ...each(
      mutate({ ...registry, values: '--platform', resources: 'first' }),
      'push, image push, manifest push',
    ),
    ...each(mutate({ resources: 'first' }), 'manifest create|annotate|add'),
    'network connect': mutate({
      values: '--ip --ip6 --alias --link',
      resources: 'all',
      inverse: `${program} network disconnect`,
    }),
    'network disconnect': mutate({ switches: '-f', resources: 'all', inverse: `${program} network connect` }),
    'network create': mutate({
      resources: 'first',
      values: '-d --driver -o --opt --subnet --gateway --ip-range --label',
      inverse: `${program} network rm`,
    }),
    'volume create': mutate({
      resources: 'first',
      values: '-d --driver -o --opt --label',
      inverse: `${program} volume rm`,
    }),
    ...each(
      mutate({
        ...registry,
        values: RUN_OPTIONS,
        runs: runCommand,
        decide: runOptions,
        resources: runName,
        inverse: `${program} rm -f of the new container`,
      }),
      'run, container run',
    ),
    ...each(
      mutate({
        ...registry,
        values: RUN_OPTIONS,
        resources: runName,
        decide: (call) => {
          const { mode: _, ...rest } = runOptions(call) ?? {};
          return rest;
        },
        inverse: `${program} rm of the new container`,
      }),
      'create, container create',
    ),
    ...each(
      read({ values: RUN_OPTIONS, why: 'runs in the container', runs: exec, decide: execMode }),
      'exec, container exec',
    ),
    ...each(
      read({
        mode: 'stream',
        decide: (call) =>
          hasFlag(call.parsed, '--no-stdin')
            ? undefined
            : { effect: 'mutate', mode: 'terminal', why: 'types into the container' },
      }),
      'attach, container attach',
    ),
    ...each(remove, 'rm, container rm|remove'),
    ...each(
      destroy({ resources: 'all', values: '-s --signal', decide: startsAll, inverse: `${program} start` }),
      'kill, container kill',
    ),
    ...each(
      destroy({
        resources: 'all',
        switches: '-f',
        decide: startsAll,
        why: `${program} rmi removes the image`,
        values: '--platform',
        inverse: `${program} pull, where a registry has it`,
      }),
      'rmi, image rm|remove',
    ),
    ...each(
      destroy({
        resources: 'all',
        switches: '-f',
        decide: startsAll,
        why: `${program} volume rm deletes the data of the volume`,
        captureFirst: 'a tar of the volume, made by a container that mounts it',
        inverse: 'a new volume, filled from the tar',
      }),
      'volume rm|remove',
    ),
    ...each(
      destroy({
        resources: 'all',
        switches: '-f',
        decide: notes((names) => `${program} network inspect ${names}`),
        inverse: `${program} network create with the same options`,
      }),
      'network rm|remove',
    ),
    ...Object.fromEntries(
      ['system', 'volume', 'network', 'image', 'container', 'builder', 'pod'].map((kind) => [
        `${kind} prune`,
        prune(program, kind),
      ]),
    ),
  };
}
