/** Clients of what runs in clusters: meshes, networks, backups, virtual machines, pipelines. From documentation. */
import { flagValue, hasFlag } from '../words.ts';
import { KUBE_AMBIENT, KUBE_CONTEXT } from './kubectl.ts';
import { objects } from './kubectlWords.ts';
import {
  type Call,
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
const follows = read({ switches: '-f', when: { '-f --follow': stream } });
const YES = '-y --yes --skip-confirmation';
const kube = {
  targets: { namespace: '-n --namespace', context: '--context --kube-context', kubeconfig: '--kubeconfig' },
  network: true,
} as const;
const shared = '-o --output -l --selector --kubeconfig';

/** `tkn pipelinerun delete build-7` → `pipelinerun/build-7`. */
function ofKind(call: Call): readonly string[] {
  const [kind] = call.path.split(' ');
  return call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => `${kind}/${arg.value}`);
}

/** A sub-command's answer is the same for every kind that it is used on. */
function ofKinds(
  kinds: string,
  commands: Readonly<Record<string, Outcome>>,
): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(
    Object.entries(commands).flatMap(([verbs, outcome]) =>
      verbs.split(', ').map((verb) => [`${kinds} ${verb}`, outcome]),
    ),
  );
}

export const clusterAddons: readonly Tool[] = [
  {
    names: 'istioctl',
    source: 'from documentation: istioctl 1.23',
    ...kube,
    switches: '-y --yes --skip-confirmation --purge --verify --force --dry-run -A --all-namespaces',
    values: `${shared} -i --istioNamespace -f --filename --set -s --revision -r --manifests -d --level --log_output_level --address --port --duration --injectConfigFile --dir`,
    ambient: KUBE_CONTEXT,
    commands: {
      ...each(
        read(),
        `version, proxy-status, ps, proxy-config, pc, ztunnel-config, zc, analyze, validate, profile list|dump|diff, manifest generate|diff|translate, tag list|generate,
        experimental describe|precheck|authz|check-inject|internal-debug|metrics|version|injector|wait|config, x describe|precheck|authz|check-inject|internal-debug|metrics|version|injector|wait|config,
        waypoint list|status|generate, remote-clusters`,
      ),
      ...each(read(here), 'completion, help'),
      'kube-inject': read({
        ...here,
        values: '-o --output',
        when: { '-o --output': { effect: 'local-write' } },
      }),
      ...each(read({ mode: 'stream', why: 'opens a local port until it is stopped' }), 'dashboard, dash, d'),
      'bug-report': local(),
      'create-remote-secret': read({
        readsSecrets: true,
        why: 'istioctl create-remote-secret prints a credential',
      }),
      ...each(
        mutate({
          asks: YES,
          dryRun: '--dry-run',
          scope: 'all',
          captureFirst: 'istioctl version; kubectl get istiooperator -A -o yaml',
        }),
        'install, apply, upgrade, manifest apply|install',
      ),
      'admin log': read({
        when: {
          '--level --reset --stack-trace-level': { effect: 'mutate', inverse: 'istioctl admin log --reset' },
        },
      }),
      ...each(
        mutate({ resources: 'first' }),
        'tag set, waypoint apply, operator init, experimental workload, x workload',
      ),
      ...each(
        destroy({ asks: YES, dryRun: '--dry-run', scope: 'all', inverse: 'istioctl install' }),
        'uninstall, x uninstall, experimental uninstall',
      ),
      ...each(destroy({ resources: 'first', asks: YES }), 'tag remove, operator remove, waypoint delete'),
    },
  },
  {
    names: 'linkerd',
    source: 'from documentation: Linkerd 2.16',
    ...kube,
    values: `${shared} -L --linkerd-namespace --api-addr --as -t --time-window --to --from --set --values`,
    ambient: KUBE_CONTEXT,
    // Its installers print manifests, for kubectl to apply or delete.
    commands: {
      ...each(
        read(),
        `check, version, install, install-cni, upgrade, inject, uninject, uninstall, prune, identity, profile, authz, diagnostics, diagnostics proxy-metrics|controller-metrics|endpoints|policy|profile,
        viz check|install|stat|stat-inbound|stat-outbound|edges|routes|authz|list|profile|uninstall|prune|allow-scrapes, multicluster check|gateways|install|link|link-gen|unlink|uninstall|allow,
        mc check|gateways|install|link|unlink|allow, jaeger check|install|list|uninstall, completion`,
      ),
      ...each(read(stream), 'viz tap|dashboard, jaeger dashboard'),
      'viz top': read(terminal),
    },
  },
  {
    names: 'cilium cilium-dbg hubble',
    source: 'from documentation: Cilium 1.16, Hubble 1.16',
    ...kube,
    values: `${shared} --last --since --until --from-pod --to-pod --pod --protocol --port --server --test --version --set --helm-set --values --destination-context --output-filename --type --from --related-to --verdict`,
    ambient: KUBE_CONTEXT,
    commands: {
      ...each(
        read(),
        `status, version, config view|get, config, context, hubble status, clustermesh status|inspect-policy-default-local-cluster, encryption status, bgp peers|routes, ip-masq list,
        endpoint list|get|log|health, policy get|trace|selectors|validate|wait, service list|get, identity list|get, node list, ip list|get, map list|get, metrics list, fqdn cache, bpf, lrp list, list nodes|namespaces, list, debuginfo`,
      ),
      ...each(read(stream), 'monitor, hubble port-forward|ui'),
      observe: read({ switches: '-f', when: { '-f --follow': stream } }),
      sysdump: local(),
      ...each(mutate({ why: 'deploys pods for its tests' }), 'connectivity test|perf'),
      ...each(
        mutate({
          dryRun: '--dry-run --dry-run-helm-values',
          scope: 'all',
          inverse: 'cilium uninstall, or helm rollback cilium',
        }),
        'install, upgrade',
      ),
      'hubble enable': mutate({ inverse: 'cilium hubble disable' }),
      'clustermesh enable|connect': mutate({ inverse: 'cilium clustermesh disable or disconnect' }),
      'config set': mutate({
        captureFirst: 'cilium config view',
        inverse: 'cilium config set with the value from before',
        resources: 'first',
      }),
      ...each(
        mutate(),
        'encryption rotate-key|create-key, policy import, service update, endpoint config|regenerate|labels, kvstore set, recorder update',
      ),
      ...each(
        destroy({ captureFirst: 'cilium config view' }),
        'uninstall, cleanup, hubble disable, clustermesh disable|disconnect, config delete, endpoint disconnect, policy delete, service delete, identity delete, kvstore delete, bpf ct flush, bpf nat flush, fqdn cache clean, recorder delete, map delete|flush',
      ),
    },
  },
  {
    names: 'calicoctl',
    source: 'from documentation: Calico 3.28',
    network: true,
    values: '-f --filename -o --output -c --config --ip --from --to --cidr --context',
    targets: { namespace: '-n --namespace', context: '--context' },
    ambient: KUBE_CONTEXT,
    commands: {
      ...each(read(), 'get, version, ipam show|check, node status|checksystem, validate'),
      'node diags': local(),
      convert: read(here),
      'datastore migrate export': read(),
      ...each(
        mutate({
          captureFirst: 'calicoctl get -o yaml of the same kind',
          inverse: 'calicoctl apply of the saved manifest',
        }),
        'apply, create, replace, patch, label, ipam configure, node run, datastore migrate import|unlock',
      ),
      ...each(
        destroy({
          resources: objects,
          captureFirst: 'calicoctl get -o yaml of the same kind',
          inverse: 'calicoctl apply of the saved manifest',
          values: '-f --filename',
        }),
        'delete, ipam release|split, datastore migrate lock',
      ),
    },
  },
  {
    names: 'velero',
    source: 'from documentation: Velero 1.14',
    ...kube,
    targets: { ...kube.targets, context: '--kubecontext' },
    switches: '--confirm --all --wait -w --force -f --dry-run --details',
    values: `${shared} --from-backup --from-schedule --include-namespaces --exclude-namespaces --include-resources --exclude-resources --namespace-mappings --schedule --ttl --storage-location --snapshot-location
      --volume-snapshot-locations --provider --bucket --backup-location-config --snapshot-location-config --secret-file --plugins --restore-volumes --existing-resource-policy --labels --access-mode --credential`,
    ambient: KUBE_CONTEXT,
    commands: {
      ...each(
        read(),
        'get, backup get|describe|logs, restore get|describe|logs, schedule get|describe, describe, logs, backup-location get, snapshot-location get, plugin get, repo get, version, completion, client config get',
      ),
      ...each(local(), 'debug, backup download, client config set'),
      ...each(
        mutate({ resources: 'first', inverse: 'velero backup delete' }),
        'backup create, create backup',
      ),
      ...each(
        mutate({
          resources: (call) => {
            const from = flagValue(call.parsed, '--from-backup --from-schedule');
            return from && !from.dynamic ? [from.value] : [];
          },
          scope: 'many',
          captureFirst: 'velero backup create of what is there now',
          when: {
            '--existing-resource-policy=update': {
              effect: 'destroy',
              why: 'velero restore overwrites what is there',
            },
          },
        }),
        'restore create, create restore',
      ),
      ...each(
        mutate({ resources: 'first', inverse: 'velero schedule delete' }),
        'schedule create, create schedule',
      ),
      'schedule pause': mutate({ resources: 'all', inverse: 'velero schedule unpause' }),
      'schedule unpause': mutate({ resources: 'all', inverse: 'velero schedule pause' }),
      ...each(
        mutate({ resources: 'first' }),
        'backup-location create|set, snapshot-location create|set, plugin add',
      ),
      install: mutate({ dryRun: '--dry-run', inverse: 'velero uninstall' }),
      ...each(
        destroy({
          resources: 'all',
          asks: '--confirm',
          why: 'velero backup delete deletes the backup and its data',
        }),
        'backup delete, delete backup',
      ),
      ...each(
        destroy({ resources: 'all', asks: '--confirm' }),
        'restore delete, delete restore, schedule delete, delete schedule, backup-location delete',
      ),
      'plugin remove': destroy({ resources: 'first', inverse: 'velero plugin add' }),
      uninstall: destroy({ asks: '-f --force', scope: 'all', inverse: 'velero install' }),
    },
  },
  {
    names: 'virtctl',
    source: 'from documentation: KubeVirt 1.3',
    ...kube,
    values: `${shared} --volume-name --disk-type --serial --grace-period --target --address --local-port --port --username -i --identity-file --size --image-path --storage-class --name --type --command -c`,
    ambient: KUBE_AMBIENT,
    commands: {
      ...each(
        read(),
        'version, fslist, userlist, guestosinfo, create, permitted-devices, objectgraph, completion',
      ),
      ...each(opensSession('it opens a session'), 'console'),
      ...each(read(stream), 'port-forward, vnc, usbredir'),
      ssh: opensSession('it opens a session', {
        decide: (call) => (flagValue(call.parsed, '-c --command') ? undefined : { mode: 'terminal' }),
        runs: (call) => {
          const command = flagValue(call.parsed, '-c --command');
          return command ? call.judge.script(command.value) : undefined;
        },
      }),
      scp: local({
        decide: (call) =>
          call.parsed.operands.at(-1)?.value.includes(':') ? { effect: 'mutate' } : undefined,
      }),
      start: mutate({ resources: 'first', inverse: 'virtctl stop' }),
      unpause: mutate({ resources: 'all', inverse: 'virtctl pause vm' }),
      migrate: mutate({ resources: 'first', inverse: 'virtctl migrate-cancel' }),
      addvolume: mutate({ resources: 'first', inverse: 'virtctl removevolume' }),
      ...each(
        mutate({ resources: 'first' }),
        'restart, soft-reboot, migrate-cancel, image-upload, expose, vmexport, memory-dump, credentials',
      ),
      ...each(destroy({ resources: 'first', inverse: 'virtctl start' }), 'stop, reset'),
      pause: destroy({
        resources: 'all',
        inverse: 'virtctl unpause',
        why: 'virtctl pause takes the machine out of service',
      }),
      removevolume: destroy({ resources: 'first', inverse: 'virtctl addvolume' }),
    },
  },
  {
    names: 'tkn',
    source: 'from documentation: Tekton CLI 0.38',
    ...kube,
    values: `${shared} -p --param -w --workspace -s --serviceaccount --last --limit --keep --keep-since --prefix-name --timeout -f --filename -i --image --labels -e`,
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    commands: {
      ...each(
        read(),
        'version, completion, hub search|info|get, bundle list, chain, chain payload|signature',
      ),
      ...ofKinds(
        'pipeline|p|pipelines|pipelinerun|pr|pipelineruns|task|t|tasks|taskrun|tr|taskruns|clustertask|ct|customrun|eventlistener|el|triggertemplate|tt|triggerbinding|tb|clustertriggerbinding|ctb|resolver',
        {
          'list, ls, describe, desc': read(),
          logs: follows,
          start: mutate({
            dryRun: '--dry-run',
            resources: ofKind,
            when: { '--showlog': stream },
            inverse: 'tkn pipelinerun cancel, or tkn taskrun cancel, of what it started',
          }),
          cancel: destroy({ resources: ofKind, inverse: 'tkn start with --last' }),
          'delete, rm': destroy({
            resources: ofKind,
            switches: '-f --force --all',
            asks: '-f --force',
            captureFirst: 'tkn describe -o yaml of it',
          }),
          export: read(),
          'sign, verify': local(),
        },
      ),
      ...each(mutate(), 'hub install|upgrade|downgrade|reinstall, bundle push'),
    },
  },
  {
    names: 'kn',
    source: 'from documentation: Knative client 1.15',
    ...kube,
    values: `${shared} --image --env -e --scale-min --scale-max --traffic --tag --port -f --filename --revision-name --concurrency-limit --sink --filter --broker`,
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    commands: {
      ...each(read(), 'version, completion, source list-types, plugin list'),
      ...ofKinds(
        'service|ksvc|services|revision|revisions|route|routes|broker|brokers|channel|channels|domain|domains|trigger|triggers|subscription|subscriptions|container|secret|secrets',
        {
          'list, ls, describe, export': read(),
          'create, apply, update, import, add': mutate({
            resources: ofKind,
            captureFirst: 'kn service describe -o yaml',
            inverse: 'kn service update --traffic to the revision from before',
          }),
          delete: destroy({
            resources: ofKind,
            captureFirst: 'kn service export',
            inverse: 'kn service apply of the saved export',
            decide: (call) => (hasFlag(call.parsed, '--all') ? { scope: 'all' } : undefined),
          }),
        },
      ),
      ...ofKinds('source apiserver|binding|ping|container', {
        'list, describe': read(),
        'create, update': mutate(),
        delete: destroy({ resources: ofKind }),
      }),
    },
  },
];
