/** podman, nerdctl and buildah. From documentation: podman 5, nerdctl 2, buildah 1.37. */
import { flagValue, hasFlag } from '../words.ts';
import { applyTool } from './apply.ts';
import { composeWords, judgeCompose } from './compose.ts';
import { containerCommands, logsIn } from './containerCommands.ts';
import {
  type Front,
  frontTargets,
  inspected,
  notes,
  startsAll,
  stopsMany,
  withLongFront,
} from './containerRun.ts';
import {
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
} from './table.ts';

const registry: Partial<Outcome> = { network: true };

const podmanCommands: Readonly<Record<string, Outcome>> = {
  ...containerCommands('podman'),
  ...each(
    read(),
    `container|image|network|volume|pod|secret|manifest exists, container list|ls|mount, image ls|list|tree|trust|diff, image trust show, pod ps|ls|list|inspect|top|exists, secret ls|list, machine ls|list|inspect|info,
    system connection list|ls, system connection, system locks, healthcheck run, quadlet list|print, artifact ls|list|inspect, farm list|ls, mount, help, completion, network exists`,
  ),
  'secret inspect': read({ when: { '--showsecret': { readsSecrets: true } } }),
  'pod logs': read({ switches: '-f', when: { '-f --follow': stream } }),
  'pod stats': read({
    mode: 'stream',
    decide: (call) => (hasFlag(call.parsed, '--no-stream') ? { mode: 'capture' } : undefined),
  }),
  'system check': read({
    when: { '-r --repair': { effect: 'mutate' }, '-f --force': { effect: 'destroy' } },
  }),
  ...each(
    read({ values: '-f --filename', when: { '-f --filename': { effect: 'local-write' } } }),
    'generate kube|spec, kube generate',
  ),
  'generate systemd': read({ switches: '-f --files', when: { '-f --files': { effect: 'local-write' } } }),
  ...each(
    local(),
    'volume export, artifact extract, image scp, system connection add|default|rename, machine cp',
  ),
  ...each(local(registry), 'artifact pull'),
  ...each(
    mutate({ resources: 'first' }),
    `pod create|clone, secret create, init, container init|clone|cleanup|restore, machine init|set|os, network reload|update, volume import|mount|unmount|umount|reload, unmount, umount, container umount|unmount, image mount|unmount|umount|sign,
    image trust set, system migrate|renumber, artifact add, quadlet install, farm create|update|build`,
  ),
  ...each(mutate({ ...registry, resources: 'first' }), 'artifact push, container runlabel'),
  'auto-update': mutate({
    ...registry,
    dryRun: '--dry-run',
    scope: 'many',
    captureFirst: 'podman images --digests',
    inverse: 'podman tag of the images from before, then systemctl restart of the units',
  }),
  ...each(mutate({ resources: 'all', decide: startsAll, inverse: 'podman pod stop' }), 'pod start'),
  ...each(mutate({ resources: 'all', decide: startsAll }), 'pod restart'),
  'pod stop': mutate({
    resources: 'all',
    decide: stopsMany,
    values: '-t --time',
    inverse: 'podman pod start',
  }),
  'pod pause': mutate({ resources: 'all', decide: startsAll, inverse: 'podman pod unpause' }),
  'pod unpause': mutate({ resources: 'all', decide: startsAll, inverse: 'podman pod pause' }),
  'container checkpoint': mutate({ resources: 'all', inverse: 'podman container restore' }),
  ...each(
    mutate({
      resources: 'first',
      inverse: 'podman kube down of the same file',
      when: {
        '--down': {
          effect: 'destroy',
          why: 'podman kube play --down removes the pods of the file',
          inverse: 'podman kube play of the same file',
        },
        '--replace --force': {
          effect: 'destroy',
          why: 'podman kube play --replace deletes and creates anew',
        },
        '-w --wait': stream,
      },
    }),
    'kube play, play kube',
  ),
  'kube apply': mutate({ ...registry, resources: 'first' }),
  'system service': mutate({ ...stream, why: 'serves the API until it is stopped' }),
  'machine start': mutate({ resources: 'first', inverse: 'podman machine stop' }),
  'machine stop': mutate({ resources: 'first', inverse: 'podman machine start' }),
  'machine ssh': read({
    why: 'runs in the machine',
    decide: (call) =>
      call.parsed.operands.length > 1 || call.parsed.rest
        ? undefined
        : opensSession('podman machine ssh opens a session'),
    runs: (call) => {
      const words = commandAfter(call, '--username', 1);
      return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
    },
  }),
  unshare: read({
    why: 'runs in the user namespace',
    runs: (call) => {
      const words = commandAfter(call, '', 0);
      return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
    },
    decide: (call) =>
      call.parsed.operands.length > 0 || call.parsed.rest
        ? undefined
        : { effect: 'unknown', mode: 'terminal' },
  }),
  login: local({
    ...registry,
    values: '-u --username -p --password',
    why: 'stores a login on this machine',
    decide: logsIn,
  }),
  ...each(
    destroy({
      resources: 'all',
      switches: '-f -a',
      decide: (call) => ({ ...startsAll(call), ...notes((names) => `podman pod inspect ${names}`)(call) }),
      inverse: 'podman kube play of a saved podman kube generate',
    }),
    'pod rm|kill',
  ),
  'kube down': destroy({
    resources: 'first',
    inverse: 'podman kube play of the same file',
    when: {
      '--force': {
        effect: 'destroy',
        why: 'podman kube down --force deletes the volumes too',
        inverse: 'a restored backup of the volumes',
      },
    },
  }),
  ...each(
    destroy({ resources: 'all', switches: '-f' }),
    'untag, image untag, secret rm, manifest rm|remove, system connection remove|rm, artifact rm, quadlet rm, farm remove|rm',
  ),
  'machine rm': destroy({
    resources: 'first',
    asks: '-f --force',
    why: 'podman machine rm deletes the machine and all in it',
  }),
  'machine reset': destroy({ asks: '-f --force', scope: 'all' }),
  'system reset': destroy({
    asks: '-f --force',
    scope: 'all',
    why: 'podman system reset deletes all containers, images and volumes',
    preview: 'podman system df -v',
  }),
};

const PODMAN_FRONT: Front = {
  values:
    '-c --connection --url --log-level --identity --root --runroot --storage-driver --storage-opt --config --cgroup-manager --conmon --events-backend --hooks-dir --module --network-cmd-path --network-config-dir --runtime --runtime-flag --tmpdir --volumepath --out --context -H --host',
  switches: '-r --remote --syslog --transient-store -v --version',
  long: { '-c': '--connection', '-r': '--remote', '-H': '--url', '--host': '--url' },
};

const podmanTable: Tool = {
  names: 'podman',
  bare: read({ network: false, why: 'podman prints help' }),
  source: 'from documentation: podman 5',
  values:
    '--connection --url --log-level --identity --root --runroot --storage-driver --format --filter --tail --since --until --file --env-file --authfile --name',
  switches: '--remote -a --all -q --quiet --force -l --latest',
  findTargets: frontTargets(PODMAN_FRONT, { '--connection': 'connection', '--url': 'host' }),
  ambient: { 'connection|host': 'podman system connection list' },
  commands: podmanCommands,
};

const NERDCTL_FRONT: Front = {
  values:
    '-n --namespace -a --address -H --host --snapshotter --storage-driver --cni-path --cni-netconfpath --data-root --cgroup-manager --hosts-dir --bridge-ip --host-gateway-ip',
  switches: '--debug --debug-full --insecure-registry --experimental -v --version',
  long: { '-n': '--namespace', '-a': '--address', '-H': '--address', '--host': '--address' },
};

const nerdctlTable: Tool = {
  names: 'nerdctl',
  bare: read({ network: false, why: 'nerdctl prints help' }),
  source: 'from documentation: nerdctl 2',
  values:
    '--namespace --address --snapshotter --format --filter --tail --since --until --file --env-file --name',
  switches: '-a --all -q --quiet --force',
  findTargets: frontTargets(NERDCTL_FRONT, { '--namespace': 'namespace', '--address': 'host' }),
  commands: {
    ...containerCommands('nerdctl'),
    ...each(
      read(),
      'namespace|ns ls|list|inspect, apparmor ls|list|inspect, builder debug, ipfs registry, help, completion',
    ),
    'namespace|ns create|update': mutate({ resources: 'first' }),
    'namespace|ns rm|remove': destroy({ resources: 'all', scope: 'all' }),
    ...each(local(), 'image convert|encrypt|decrypt, apparmor load|unload'),
    inspect: read({ values: '-f --format --type --mode', decide: inspected }),
  },
};

export const podman: readonly Tool[] = [
  {
    names: 'podman podman-remote',
    source: podmanTable.source,
    judge: ({ name, args, stdin, judge }) => {
      const words = composeWords(args, PODMAN_FRONT);
      if (!words) {
        const front = withLongFront(args, PODMAN_FRONT);
        const found = applyTool(podmanTable, name, front, stdin, judge);
        // Only another machine's podman is reached over a network.
        const far =
          name === 'podman-remote' || front.some((arg) => /^--(remote$|url=|connection=)/.test(arg.value));
        return far ? { ...found, network: true } : found;
      }
      const found = judgeCompose('podman compose', words, stdin, judge);
      return found.tool === 'podman compose' ? { ...found, tool: name } : found;
    },
  },
  {
    names: 'nerdctl',
    source: nerdctlTable.source,
    judge: ({ name, args, stdin, judge }) => {
      const words = composeWords(args, NERDCTL_FRONT);
      if (!words) return applyTool(nerdctlTable, name, withLongFront(args, NERDCTL_FRONT), stdin, judge);
      const found = judgeCompose('nerdctl compose', words, stdin, judge);
      return found.tool === 'nerdctl compose' ? { ...found, tool: name } : found;
    },
  },
  {
    names: 'buildah',
    source: 'help text or man page (Debian 12), and documentation: buildah 1.37',
    values:
      '-f --file -t --tag --build-arg --target --platform --format --filter -u --user -v --volume -o --output --authfile --creds --name --chown --workingdir --entrypoint --cmd --env --label --port -a --annotation',
    commands: {
      ...each(read(), 'images, containers, ps, version, info, diff, manifest exists'),
      ...each(read({ decide: inspected }), 'inspect'),
      'manifest inspect': read(),
      ...each(
        local(),
        'bud, build, build-using-dockerfile, pull, from, commit, add, copy, config, mount, umount, unmount, tag, rename, source, manifest create|add|annotate|remove',
      ),
      push: mutate(registry),
      'manifest push': mutate(registry),
      login: local({
        ...registry,
        decide: (call) => (flagValue(call.parsed, '-p --password') ? undefined : logsIn(call)),
      }),
      logout: local(),
      ...each(
        mutate({
          runs: (call) => {
            const words = commandAfter(
              call,
              '-v --volume -u --user --workingdir --env -e --isolation --network --cap-add',
              call.path === 'run' ? 1 : 0,
            );
            return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
          },
        }),
        'run, unshare',
      ),
      ...each(destroy({ resources: 'all', switches: '-f -a' }), 'rm, delete, rmi, manifest rm'),
      prune: destroy({ scope: 'all', asks: '-f --force' }),
    },
  },
];
