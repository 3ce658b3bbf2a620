/** What sets up clusters and their machines. From documentation: kubeadm 1.31, minikube 1.34, kind 0.24, k3s 1.31, talosctl 1.8. */
import { hasFlag, plain } from '../words.ts';
import {
  type Call,
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
  terminal,
} from './table.ts';

const here: Partial<Outcome> = { network: false };
const session = opensSession('it opens a session');
const BACKUP = 'an etcd snapshot, and a copy of /etc/kubernetes';

/** The command behind the machine's name, or a session there. */
function inMachine(skip: number, values = ''): Outcome {
  const words = (call: Call) => commandAfter(call, values, skip);
  return read({
    why: 'runs in the machine',
    decide: (call) => (words(call).length > 0 ? undefined : opensSession(`${call.name} opens a session`)),
    runs: (call) => {
      const inner = words(call);
      return inner.length > 0 ? call.judge.words(inner, call.stdin) : undefined;
    },
  });
}

export const clusterSetup: readonly Tool[] = [
  {
    names: 'kubeadm',
    source: 'from documentation: kubeadm 1.31',
    values:
      '-o --output --kubeconfig --config --apiserver-advertise-address --control-plane-endpoint --pod-network-cidr --service-cidr --kubernetes-version --token --discovery-token-ca-cert-hash --certificate-key --node-name --cri-socket --cert-dir --ttl --org --client-name --ignore-preflight-errors --skip-phases --upload-certs -v',
    targets: { host: '--control-plane-endpoint', kubeconfig: '--kubeconfig' },
    network: true,
    commands: {
      ...each(
        read(here),
        'version, completion, certs check-expiration, config print, config print init-defaults|join-defaults|upgrade-defaults|reset-defaults, config validate, config images list, token generate',
      ),
      ...each(read(), 'upgrade plan|diff, config view'),
      ...each(read({ readsSecrets: true }), 'token list, certs certificate-key, kubeconfig user'),
      ...each(local(here), 'certs generate-csr, config migrate, config images pull'),
      'config images pull': local(),
      init: mutate({ dryRun: '--dry-run', readsSecrets: true, inverse: 'kubeadm reset' }),
      'init phase': mutate({ dryRun: '--dry-run' }),
      join: mutate({
        dryRun: '--dry-run',
        inverse: 'kubectl drain and delete of the node, then kubeadm reset on it',
      }),
      'join phase': mutate({ dryRun: '--dry-run' }),
      'token create': mutate({ dryRun: '--dry-run', readsSecrets: true, inverse: 'kubeadm token delete' }),
      'token delete': destroy({ dryRun: '--dry-run', inverse: 'kubeadm token create' }),
      'certs renew': mutate({
        resources: (call) => call.parsed.operands.map((arg) => arg.value).filter((name) => name !== 'all'),
        captureFirst: 'a copy of /etc/kubernetes/pki',
        inverse: 'the copy of /etc/kubernetes/pki, put back',
      }),
      'upgrade apply': mutate({
        dryRun: '--dry-run',
        asks: '-y --yes -f --force',
        scope: 'all',
        preview: 'kubeadm upgrade plan, or kubeadm upgrade apply --dry-run',
        captureFirst: BACKUP,
      }),
      'upgrade node': mutate({ dryRun: '--dry-run', captureFirst: BACKUP }),
      reset: destroy({
        dryRun: '--dry-run',
        asks: '-f --force',
        scope: 'all',
        why: 'kubeadm reset removes the cluster from this machine',
        captureFirst: BACKUP,
        inverse: 'kubeadm init or join anew',
      }),
    },
  },
  {
    names: 'minikube',
    source: 'from documentation: minikube 1.34',
    values:
      '--driver --cpus --memory --disk-size --kubernetes-version --container-runtime -n --nodes --addons -o --output --node --log_file -b --bootstrapper --format --namespace --shell --alsologtostderr -v',
    targets: { profile: '-p --profile' },
    network: true,
    ambient: { profile: 'minikube profile' },
    commands: {
      ...each(
        read(),
        'status, ip, version, service list, profile list, node list, addons list, image ls|list, cache list, config view|get|defaults, docker-env, podman-env, ssh-key, ssh-host, update-check, options, completion, license',
      ),
      'profile list': read(),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      kubectl: inMinikube(),
      service: read({ decide: (call) => (hasFlag(call.parsed, '--url') ? undefined : { mode: 'stream' }) }),
      ...each(read(stream), 'tunnel, mount, dashboard'),
      dashboard: read(stream),
      ssh: inMachine(0, '-n --node -p --profile'),
      start: mutate({ inverse: 'minikube stop', network: true }),
      stop: mutate({ inverse: 'minikube start' }),
      pause: mutate({ inverse: 'minikube unpause' }),
      unpause: mutate({ inverse: 'minikube pause' }),
      'addons enable': mutate({ resources: 'first', inverse: 'minikube addons disable' }),
      'addons disable': mutate({ resources: 'first', inverse: 'minikube addons enable' }),
      'addons configure': mutate(terminal),
      ...each(
        mutate(),
        'node add|start|stop, image load|build|pull|push|tag|save, cache add|reload|sync, cp, update-context, profile',
      ),
      ...each(local(), 'config set|unset'),
      delete: destroy({
        why: 'minikube delete deletes the cluster',
        inverse: 'minikube start (an empty cluster)',
        when: { '--all --purge': { scope: 'all' } },
      }),
      ...each(destroy({ resources: 'first' }), 'node delete, image rm, cache delete'),
    },
  },
  {
    names: 'kind',
    source: 'from documentation: kind 0.24',
    values: '--image --config --kubeconfig --wait --loglevel --nodes',
    targets: { cluster: '-n --name' },
    commands: {
      ...each(read(), 'version, get clusters|nodes, completion, help'),
      'get kubeconfig': read({ readsSecrets: true }),
      ...each(local(), 'export kubeconfig|logs'),
      'create cluster': mutate({ inverse: 'kind delete cluster', network: true }),
      ...each(mutate(), 'load docker-image|image-archive, build node-image'),
      'delete cluster': destroy({
        why: 'kind delete cluster deletes the cluster',
        inverse: 'kind create cluster (an empty cluster)',
      }),
      'delete clusters': destroy({ scope: 'many', resources: 'all' }),
    },
  },
  {
    names: 'k3d',
    source: 'from documentation: k3d 5',
    values:
      '-i --image -a --agents -s --servers -p --port -v --volume --api-port -c --config -o --output --role --timeout --network',
    commands: {
      ...each(
        read(),
        'version, cluster list|ls|get, node list|ls|get, registry list|ls|get, completion, help, version list',
      ),
      'kubeconfig get|print': read({ readsSecrets: true }),
      ...each(local(), 'kubeconfig write|merge, config init|migrate'),
      'cluster create': mutate({ resources: 'first', inverse: 'k3d cluster delete', network: true }),
      'cluster start': mutate({ resources: 'all', inverse: 'k3d cluster stop' }),
      'cluster stop': mutate({ resources: 'all', inverse: 'k3d cluster start' }),
      ...each(
        mutate({ resources: 'first' }),
        'cluster edit, node create|start|stop|edit, registry create, image import',
      ),
      ...each(
        destroy({ resources: 'all', when: { '-a --all': { scope: 'all' } } }),
        'cluster delete|del|rm, node delete|del|rm, registry delete|del|rm',
      ),
    },
  },
  {
    names: 'k3s-uninstall k3s-agent-uninstall rke2-uninstall rke2-agent-uninstall k3s-killall rke2-killall',
    source: 'from documentation: k3s 1.31, RKE2 1.31',
    network: false,
    bare: destroy({
      scope: 'all',
      why: 'stops the cluster on this machine, or removes it',
      captureFirst: BACKUP,
    }),
  },
  {
    names: 'k3s rke2 k0s',
    source: 'from documentation: k3s 1.31, RKE2 1.31, k0s 1.31',
    values: '--config -c --data-dir -d --name --dir --etcd-s3-bucket --debug --token --server -o --out',
    commands: {
      ...each(
        read(),
        'version, check-config, status, etcd-snapshot ls|list, secrets-encrypt status, config validate|create, kubeconfig --help, etcd member-list, certificate check, sysinfo',
      ),
      ...each(read({ readsSecrets: true }), 'token list, kubeconfig admin|create'),
      ...each(mutate({ readsSecrets: true }), 'token create'),
      kubectl: rest(['kubectl']),
      crictl: rest(['crictl']),
      ctr: rest(['ctr']),
      ...each(
        mutate({ mode: 'stream', why: 'runs the node in the foreground' }),
        'server, agent, controller, worker',
      ),
      ...each(
        mutate(),
        'etcd-snapshot save, etcd-snapshot, secrets-encrypt prepare|rotate|reencrypt|enable|disable|rotate-keys, certificate rotate, token rotate, install, install controller|worker, start, backup, apply, airgap',
      ),
      ...each(
        destroy(),
        'etcd-snapshot delete|prune, token delete|invalidate, certificate rotate-ca, stop, reset, restore, etcd leave',
      ),
    },
    when: { '--cluster-reset': { effect: 'destroy', why: 'resets the cluster to one member' } },
  },
  {
    names: 'microk8s',
    source: 'from documentation: MicroK8s 1.31',
    commands: {
      ...each(read(), 'status, version, inspect, images list'),
      config: read({ readsSecrets: true }),
      kubectl: rest(['kubectl']),
      ctr: rest(['ctr']),
      helm: rest(['helm']),
      helm3: rest(['helm']),
      enable: mutate({ resources: 'all', inverse: 'microk8s disable' }),
      start: mutate({ inverse: 'microk8s stop' }),
      ...each(mutate(), 'join, refresh-certs, images import, addons repo, upgrade'),
      'add-node': mutate({ readsSecrets: true }),
      stop: destroy({ inverse: 'microk8s start' }),
      ...each(destroy({ resources: 'all' }), 'disable, leave, remove-node, reset, dbctl restore'),
      'dbctl backup': local(),
    },
  },
  {
    names: 'talosctl',
    source: 'from documentation: Talos 1.8',
    values:
      '-e --endpoints -f --file --tail --image --preserve --timeout -p --patch --config-patch --mode --namespace -o --output --talosconfig --wait --wait-timeout -i',
    targets: { host: '-n --nodes', context: '--context', cluster: '--cluster' },
    network: true,
    ambient: { 'context|cluster': 'talosctl config info', host: 'talosctl config info' },
    commands: {
      ...each(
        read(),
        'version, health, get, list, ls, stats, containers, processes, memory, mounts, disks, usage, du, service, services, etcd members|status|alarm, time, inspect dependencies, validate, image list, netstat, config info|contexts, cgroups',
      ),
      read: read(),
      ...each(read({ switches: '-f', when: { '-f --follow': stream } }), 'logs, dmesg'),
      events: read({ when: { '--duration --since --tail': { mode: 'capture' } }, ...stream }),
      dashboard: read(terminal),
      pcap: read(stream),
      ...each(
        local(),
        'gen, gen config|secrets|key|csr|crt, copy, cp, kubeconfig, support, config add|context|endpoint|endpoints|node|nodes|merge|new|remove, etcd snapshot, machineconfig patch|gen',
      ),
      ...each(
        mutate({ dryRun: '--dry-run' }),
        'apply-config, apply, patch, bootstrap, image pull, image default, rotate-ca, service start, conformance, cluster create, inject',
      ),
      edit: mutate({ dryRun: '--dry-run', ...terminal }),
      'service restart': mutate({ resources: 'first' }),
      ...each(mutate({ scope: 'many', inverse: 'talosctl rollback' }), 'upgrade, upgrade-k8s'),
      ...each(
        destroy({ scope: 'many' }),
        'reset, reboot, shutdown, rollback, restart, service stop, wipe disk, etcd leave|remove-member|forfeit-leadership|defrag, cluster destroy',
      ),
    },
  },
  {
    names: 'multipass',
    source: 'from documentation: Multipass 1.14',
    values:
      '-c --cpus -m --memory -d --disk -n --name --cloud-init --network --format -t --time -u --uid-map -g --gid-map -w --working-directory',
    commands: {
      ...each(read(), 'list, ls, info, get, find, networks, version, aliases, help'),
      ...each(session, 'shell, sh, connect'),
      exec: inMachine(1, '-d --working-directory'),
      start: mutate({ resources: 'all', inverse: 'multipass stop' }),
      stop: mutate({ resources: 'all', inverse: 'multipass start', when: { '--all': { scope: 'all' } } }),
      suspend: mutate({ resources: 'all', inverse: 'multipass start' }),
      launch: mutate({ inverse: 'multipass delete', network: true }),
      ...each(
        mutate({ resources: 'all' }),
        'restart, mount, umount, unmount, transfer, copy-files, clone, snapshot',
      ),
      recover: mutate({ resources: 'all', inverse: 'multipass delete' }),
      ...each(local(), 'set, alias, unalias, authenticate, prefer'),
      delete: destroy({
        resources: 'all',
        inverse: 'multipass recover, until multipass purge',
        when: { '-p --purge': { effect: 'destroy', inverse: 'none: the disk is gone' } },
      }),
      purge: destroy({
        scope: 'all',
        why: 'multipass purge deletes the disks of all deleted machines',
        preview: 'multipass list',
      }),
      restore: destroy({ resources: 'first', captureFirst: 'multipass snapshot of what is there now' }),
    },
  },
  {
    names: 'colima lima',
    source: 'from documentation: colima 0.7, Lima 1.0',
    values:
      '-p --profile -c --cpu -m --memory -d --disk -a --arch -r --runtime -f --format --log-level --set --name --vm-type',
    judge: ({ name, args, stdin, judge }) =>
      name === 'lima' && args.length > 0 && !args[0]?.value.startsWith('-')
        ? judge.words(args, stdin)
        : undefined,
    bare: session,
    commands: {
      ...each(
        read(),
        'list, ls, status, version, info, completion, validate, disk list|ls, snapshot list, show-ssh, sudoers',
      ),
      'ssh-config': read(),
      ssh: inMachine(0),
      shell: inMachine(1, '--workdir --shell'),
      kubernetes: mutate(),
      start: mutate({ inverse: 'stop of the same machine', network: true }),
      stop: mutate({ inverse: 'start of the same machine', resources: 'all' }),
      ...each(
        mutate(),
        'restart, create, clone, rename, copy, cp, update, disk create|resize|unlock, snapshot create, network create, template, nerdctl, model',
      ),
      edit: mutate(terminal),
      delete: destroy({
        resources: 'all',
        decide: (call) =>
          call.name === 'colima' && !hasFlag(call.parsed, '-f --force') ? terminal : undefined,
      }),
      rm: destroy({ resources: 'all' }),
      ...each(
        destroy({ resources: 'all' }),
        'factory-reset, prune, disk delete, snapshot delete|apply, kubernetes delete|reset, network delete',
      ),
    },
  },
];

/** `minikube kubectl -- get pods`. */
function inMinikube(): Outcome {
  return rest(['kubectl']);
}

/** The words behind are another program's. */
function rest(program: readonly string[]): Outcome {
  return read({
    why: `runs ${program.join(' ')}`,
    runs: (call) => {
      const words = call.after[0]?.value === '--' ? call.after.slice(1) : call.after;
      return call.judge.words([...program.map(plain), ...words], call.stdin);
    },
  });
}
