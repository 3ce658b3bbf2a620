/** crictl and ctr. From documentation: cri-tools 1.31, containerd 2. */
import { hasFlag } from '../words.ts';
import { exec, execMode, inspected, runCommand, startsAll } from './containerRun.ts';
import { destroy, each, local, mutate, type Outcome, read, stream, type Tool } from './table.ts';

const registry: Partial<Outcome> = { network: true };
const names = { resources: 'all', decide: startsAll } as const;

/** ctr says each thing by several words: `containers|container|c`, `rm|remove|delete|del`. */
const OBJECTS = {
  images: 'images|image|i',
  containers: 'containers|container|c',
  tasks: 'tasks|task|t',
  namespaces: 'namespaces|namespace|ns',
  snapshots: 'snapshots|snapshot',
  content: 'content',
  leases: 'leases',
} as const;
const RM = 'rm|remove|delete|del';
const LS = 'ls|list';

export const crictl: readonly Tool[] = [
  {
    names: 'crictl',
    source: 'from documentation: cri-tools 1.31',
    values:
      '-r --runtime-endpoint -i --image-endpoint -c --config -t --timeout --name --state --pod -l --label --image -o --output --template --tail --since --until --creds --auth -n --last --namespace --id --limit --runtime',
    switches: '-D --debug -a --all -q --quiet --no-trunc -v --verbose',
    targets: { host: '-r --runtime-endpoint' },
    commands: {
      ...each(
        read(),
        'ps, pods, images, image, inspecti, inspectp, info, version, imagefsinfo, img, runtime-config, metricsp, completion, metricdescs',
      ),
      inspect: read({ decide: inspected }),
      ...each(read({ switches: '-w', when: { '-w --watch': stream } }), 'stats, statsp'),
      events: read(stream),
      logs: read({ switches: '-f -p', when: { '-f --follow': stream } }),
      'port-forward': read({ mode: 'stream', why: 'opens a local port until it is stopped' }),
      config: read({ when: { '--set': { effect: 'local-write' } } }),
      ...each(local(), 'checkpoint'),
      pull: mutate({ ...registry, resources: 'first', inverse: 'crictl rmi' }),
      start: mutate({ ...names, inverse: 'crictl stop' }),
      stop: mutate({ ...names, inverse: 'the kubelet starts it again, else crictl start' }),
      stopp: mutate({
        ...names,
        why: 'crictl stopp stops the pod and its containers',
        inverse: 'the kubelet makes the pod anew',
      }),
      update: mutate(names),
      'update-runtime-config': mutate(),
      ...each(mutate({ inverse: 'crictl rm or rmp of what it made' }), 'create, run, runp'),
      attach: mutate({
        mode: 'terminal',
        why: 'types into the container',
        decide: (call) =>
          hasFlag(call.parsed, '-i --stdin') ? undefined : { effect: 'mutate', mode: 'stream' },
      }),
      ...each(
        destroy({
          ...names,
          switches: '-f --force -a --all',
          inverse: 'the kubelet makes what belongs to a pod anew',
        }),
        'rm, rmp',
      ),
      rmi: destroy({
        ...names,
        switches: '-a --all -q --prune',
        inverse: 'crictl pull',
        when: { '--prune -q': { scope: 'all' } },
      }),
      exec: read({ why: 'runs in the container', runs: exec, decide: execMode }),
    },
  },
  {
    names: 'ctr',
    source: 'help text or man page (Debian 12), and documentation: containerd 2',
    values:
      '-a --address --timeout --connect-timeout -u --user --platform --snapshotter --label --exec-id --cwd --fifo-dir -s --signal --mount --env --runtime --format --from --upload-started --downloading',
    switches: '--debug -q --quiet -t --tty --rm -d --detach --all-platforms',
    targets: { namespace: '-n --namespace', host: '-a --address' },
    commands: {
      ...each(
        read(),
        `version, info, plugins|plugin ${LS}, deprecations list, ${OBJECTS.images} ${LS}|check|usage|inspect, ${OBJECTS.containers} ${LS}, ${OBJECTS.tasks} ${LS}|ps|metrics|metric, ${OBJECTS.namespaces} ${LS}, ${OBJECTS.snapshots} ${LS}|info|tree|usage|diff|mounts, ${OBJECTS.content} ${LS}|get|active, ${OBJECTS.leases} ${LS}`,
      ),
      [`${OBJECTS.containers} info`]: read({
        readsSecrets: true,
        why: 'ctr containers info shows the environment, and the secrets in it',
      }),
      'events|event': read(stream),
      ...each(
        mutate({ ...registry, resources: 'first', inverse: 'ctr images rm' }),
        `${OBJECTS.images} pull, ${OBJECTS.content} fetch, ${OBJECTS.content} fetch-object`,
      ),
      ...each(
        mutate({ ...registry, resources: 'first' }),
        `${OBJECTS.images} push, ${OBJECTS.content} push-object`,
      ),
      ...each(
        local(),
        `${OBJECTS.images} export|tag|label|convert|mount|unmount, ${OBJECTS.content} edit|label`,
      ),
      [`${OBJECTS.images} import`]: mutate(),
      ...each(
        mutate({ resources: 'first' }),
        `${OBJECTS.containers} create|label|checkpoint|restore, ${OBJECTS.namespaces} create|c|label, ${OBJECTS.tasks} start|checkpoint, ${OBJECTS.snapshots} commit|label|mount|prepare|view|unpack, ${OBJECTS.leases} create, ${OBJECTS.content} ingest, install`,
      ),
      [`${OBJECTS.tasks} pause`]: mutate({ resources: 'first', inverse: 'ctr tasks resume' }),
      [`${OBJECTS.tasks} resume`]: mutate({ resources: 'first', inverse: 'ctr tasks pause' }),
      [`${OBJECTS.tasks} attach`]: mutate({ mode: 'terminal', why: 'types into the task' }),
      [`${OBJECTS.tasks} exec`]: read({
        why: 'runs in the container',
        runs: exec,
        decide: (call) =>
          hasFlag(call.parsed, '-t --tty') ? { ...execMode(call), mode: 'terminal' } : execMode(call),
      }),
      run: mutate({
        decide: (call) =>
          hasFlag(call.parsed, '-d --detach')
            ? undefined
            : hasFlag(call.parsed, '-t --tty')
              ? { mode: 'terminal' }
              : { mode: 'stream' },
        runs: (call) => runCommand({ ...call, after: call.after.filter((_, i) => i !== firstOperand(call)) }),
      }),
      ...each(
        destroy({ ...names, switches: '-f --force --sync' }),
        `${OBJECTS.images} ${RM}|prune, ${OBJECTS.containers} ${RM}, ${OBJECTS.tasks} ${RM}|kill|k, ${OBJECTS.namespaces} ${RM}, ${OBJECTS.snapshots} ${RM}, ${OBJECTS.content} ${RM}, ${OBJECTS.content} prune references, ${OBJECTS.leases} ${RM}`,
      ),
    },
  },
];

/** `ctr run IMAGE ID CMD…`: where the image stands among the words. */
function firstOperand(call: Parameters<typeof exec>[0]): number {
  const image = call.parsed.operands[0];
  return image ? call.after.indexOf(image) : -1;
}
