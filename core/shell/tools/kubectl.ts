/** kubectl. From documentation: the kubectl reference 1.31. */
import {
  copy,
  created,
  createdSecret,
  deletion,
  execute,
  FILES,
  listed,
  namesOf,
  needsCommand,
  noting,
  objects,
  objectsButLast,
  patch,
  podRuns,
  remoteManifest,
  replaced,
  scale,
  secretOutput,
  taint,
  wantsTerminal,
} from './kubectlWords.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DRY = '--dry-run --dry-run=client|server';
const LOCAL_DRY = `--local ${DRY}`;
const MANY = {
  '-l --selector --field-selector': { scope: 'many' as const },
  '--all -A --all-namespaces': { scope: 'all' as const },
};

const UNDO_ROLLOUT = 'kubectl rollout undo --to-revision with the revision from before';
const APPLY_SAVED = 'kubectl apply of the saved manifest';
const history = (call: Call, same: string) => `${call.name} rollout history ${same}`;
const saved = (outcome: Outcome) => noting({ inverse: APPLY_SAVED, resources: objects, ...outcome });
const change = mutate({ values: FILES, dryRun: DRY, when: MANY, resources: objects, decide: remoteManifest });
const creates = { ...change, resources: created, inverse: 'kubectl delete of what it made' };
const here: Partial<Outcome> = { network: false };

/** Targets that the words of kubectl leave to the current context. */
export const KUBE_CONTEXT: Readonly<Record<string, string>> = {
  'context|cluster|host|kubeconfig': 'kubectl config current-context',
};
/** What kubectl and its kin leave to the current context. */
export const KUBE_AMBIENT: Readonly<Record<string, string>> = {
  ...KUBE_CONTEXT,
  namespace: "kubectl config view --minify -o jsonpath='{..namespace}'",
};

/** Nodes have no namespace. */
const onNodes: Partial<Outcome> = { leavesOpen: KUBE_CONTEXT, resources: namesOf('node') };

/** kubectl's sub-commands, which clients of its kind share. */
export const kubectlCommands: Readonly<Record<string, Outcome>> = {
  ...each(read(here), 'options, completion, help, plugin, plugin list'),
  ...each(read({ leavesOpen: KUBE_CONTEXT }), 'explain, api-resources, api-versions, cluster-info, whoami'),
  version: read({
    leavesOpen: KUBE_CONTEXT,
    decide: (call) => (call.parsed.flags.some(({ name }) => name === '--client') ? here : undefined),
  }),
  'cluster-info dump': read({ when: { '--output-directory': { effect: 'local-write' } } }),
  get: read({ values: FILES, when: { '-w --watch --watch-only': stream }, decide: secretOutput }),
  describe: read({ values: FILES }),
  logs: read({ switches: '-f -p', when: { '-f --follow': stream } }),
  log: read({ switches: '-f', when: { '-f --follow': stream } }),
  ...each(read(), 'top, top pod|pods|po'),
  'top node|nodes|no': read({ leavesOpen: KUBE_CONTEXT }),
  events: read({ when: { '-w --watch': stream } }),
  ...each(read(), 'auth can-i|whoami, rollout history'),
  'auth reconcile': saved(change),
  'rollout status': read({ values: FILES }),
  'config get-contexts|current-context|get-clusters|get-users': read(here),
  'config view': read({ ...here, switches: '--raw', when: { '--raw': { readsSecrets: true } } }),
  diff: read({ values: FILES }),
  wait: read({ values: FILES }),
  kustomize: read({
    ...here,
    values: '-o --output',
    when: {
      '-o --output': { effect: 'local-write' },
      '--enable-exec --enable-alpha-plugins --enable-helm': {
        effect: 'unknown',
        why: 'unknown: kustomize runs plugins',
      },
    },
  }),
  'create token': read({ readsSecrets: true, why: 'kubectl create token prints a credential' }),
  ...each(
    local({
      ...here,
      why: 'changes the kubeconfig of this machine',
      resources: 'first',
      captureFirst: 'kubectl config view, and cp of the kubeconfig',
      inverse: 'the copy of the kubeconfig, put back',
    }),
    'config use-context|use|set-context|set-cluster|set-credentials|set|unset|rename-context|delete-context|delete-cluster|delete-user',
  ),
  'config use-context|use': local({
    ...here,
    why: 'changes the current context of this machine',
    resources: 'first',
    captureFirst: 'kubectl config current-context',
    inverse: 'kubectl config use-context with the context from before',
  }),
  cp: local({
    decide: copy,
    resources: (call) => call.parsed.operands.slice(1, 2).map((arg) => arg.value),
  }),
  ...each(creates, 'create, expose, autoscale'),
  create: { ...creates, decide: createdSecret },
  expose: { ...creates, resources: objects },
  autoscale: { ...creates, resources: objects, inverse: 'kubectl delete hpa of what it made' },
  'certificate approve|deny': mutate({ values: FILES, resources: namesOf('csr'), leavesOpen: KUBE_CONTEXT }),
  apply: saved({
    ...change,
    inverse: `kubectl rollout undo of the workloads, or ${APPLY_SAVED}`,
    captureFirst: 'kubectl get -o yaml of the objects in the manifest',
    when: {
      ...MANY,
      '--prune': {
        effect: 'destroy',
        why: 'kubectl apply --prune deletes what the manifest no longer holds',
      },
      '--force': { effect: 'destroy', why: 'kubectl apply --force deletes and creates anew' },
    },
  }),
  'apply view-last-applied': read({ values: FILES }),
  'apply set-last-applied': saved(change),
  'apply edit-last-applied': saved({ ...change, ...terminal }),
  replace: saved({
    ...change,
    decide: replaced,
    when: {
      ...MANY,
      '--force': { effect: 'destroy', why: 'kubectl replace --force deletes and creates anew' },
    },
  }),
  patch: saved({ ...change, dryRun: LOCAL_DRY, decide: patch }),
  label: saved({
    ...change,
    dryRun: LOCAL_DRY,
    decide: listed,
    inverse: 'set the old label again, or remove it with KEY-',
  }),
  annotate: saved({
    ...change,
    dryRun: LOCAL_DRY,
    decide: listed,
    inverse: 'set the old annotation again, or remove it with KEY-',
  }),
  'set image|env|resources|selector|subject': noting(
    {
      ...change,
      dryRun: LOCAL_DRY,
      values: `${FILES} -e --env --from --prefix --keys --requests --limits`,
      decide: listed,
      inverse: UNDO_ROLLOUT,
    },
    history,
  ),
  'set selector|subject': saved({ ...change, dryRun: LOCAL_DRY }),
  'set serviceaccount|sa': noting(
    { ...change, dryRun: LOCAL_DRY, resources: objectsButLast, inverse: UNDO_ROLLOUT },
    (call) => `${call.name} rollout history ${objectsButLast(call).join(' ')}`,
  ),
  scale: noting(
    mutate({
      values: FILES,
      dryRun: DRY,
      when: MANY,
      decide: scale,
      resources: objects,
      inverse: 'kubectl scale back to the replica count from before',
    }),
    (call, same) =>
      objects(call).length === 1 && !/ -[fkl] /.test(` ${same} `)
        ? `${call.name} get ${same} -o jsonpath='{.spec.replicas}'`
        : `${call.name} get ${same}`,
  ),
  'rollout restart': noting(
    mutate({ values: FILES, when: MANY, resources: objects, inverse: UNDO_ROLLOUT }),
    history,
  ),
  'rollout undo': noting(
    mutate({
      values: FILES,
      dryRun: DRY,
      resources: objects,
      inverse: 'kubectl rollout undo --to-revision to the revision from before',
    }),
    history,
  ),
  'rollout pause': mutate({ resources: objects, inverse: 'kubectl rollout resume' }),
  'rollout resume': mutate({ resources: objects, inverse: 'kubectl rollout pause' }),
  cordon: mutate({ ...onNodes, dryRun: DRY, when: MANY, inverse: 'kubectl uncordon' }),
  uncordon: mutate({ ...onNodes, dryRun: DRY, when: MANY, inverse: 'kubectl cordon' }),
  drain: noting(
    destroy({
      ...onNodes,
      dryRun: DRY,
      scope: 'many',
      why: 'kubectl drain evicts every pod of the node',
      inverse: 'kubectl uncordon (the pods do not move back)',
    }),
    (call) => {
      const node = call.parsed.operands[0];
      const where =
        node && !node.dynamic ? ` --field-selector spec.nodeName=${node.value.replace(/^.*\//, '')}` : '';
      return `${call.name} get pods -A -o wide${where}; ${call.name} get pdb -A`;
    },
  ),
  taint: noting(
    mutate({
      ...onNodes,
      dryRun: DRY,
      when: MANY,
      decide: taint,
      resources: objects,
      inverse: 'kubectl taint with the same key and effect, and a - behind',
    }),
  ),
  delete: noting(
    destroy({
      values: FILES,
      switches: '-i --interactive',
      dryRun: DRY,
      when: MANY,
      decide: deletion,
      resources: objects,
      inverse: APPLY_SAVED,
    }),
  ),
  edit: saved(mutate({ values: FILES, ...terminal })),
  run: mutate({
    values: FILES,
    dryRun: DRY,
    resources: (call) =>
      namesOf('pod')({ ...call, parsed: { ...call.parsed, operands: call.parsed.operands.slice(0, 1) } }),
    inverse: 'kubectl delete pod of that name',
    when: { '--privileged': { effect: 'destroy', why: 'kubectl run --privileged gives the pod the node' } },
    decide: wantsTerminal,
    runs: podRuns,
  }),
  debug: mutate({ resources: 'first', decide: wantsTerminal, runs: podRuns }),
  exec: read({ values: FILES, why: 'runs in the container', runs: execute, decide: needsCommand }),
  attach: read({
    mode: 'stream',
    when: {
      '-i --stdin': { effect: 'mutate', mode: 'terminal', why: 'kubectl attach -i types into the container' },
    },
  }),
  'port-forward': read({
    mode: 'stream',
    why: 'kubectl port-forward opens a local port until it is stopped',
  }),
  proxy: read({
    mode: 'stream',
    leavesOpen: KUBE_CONTEXT,
    why: 'kubectl proxy opens the API on a local port until it is stopped',
  }),
};

/** Options that kubectl and oc share. */
export const kubectlOptions = {
  values: `-v --v --as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key
    --request-timeout --tls-server-name --token --user --password --username --profile-output --vmodule --log-file --log-dir
    -o --output -l --selector --field-selector -c --container --since --since-time --tail --sort-by --template -L --label-columns
    --timeout --for --replicas --current-replicas --resource-version --type -p --patch --patch-file --field-manager --to-revision
    --image --overrides --override-type --restart --env --port --target-port --name --external-ip --protocol --min --max --cpu-percent --grace-period
    --from-literal --from-file --from-env-file --limit --max-log-requests --subresource --raw --revision --chunk-size --duration
    --pod-selector --cascade --clusterrole --role --serviceaccount --group --verb --resource --resource-name --target --copy-to --profile --schedule
    --from --audience --address --api-prefix --www --output-directory --namespaces --hard --rule --class --default-backend
    --limit-bytes --pod-running-timeout --prune-allowlist --prune-whitelist --skip-wait-for-delete-timeout --retries --image-pull-policy
    --docker-server --docker-username --docker-password --docker-email --cert --key --tcp --node-port --labels --annotations --custom`,
  switches: `-A --all-namespaces --insecure-skip-tls-verify --match-server-version --warnings-as-errors --disable-compression
    --show-labels --no-headers --all --force --ignore-not-found --now --wait --overwrite --record --server-side --force-conflicts
    --recursive -R --local --prune --previous --timestamps --all-containers --prefix --ignore-daemonsets --delete-emptydir-data
    --delete-local-data --disable-eviction --save-config --validate --list --containers --dry-run -i -t -it --stdin --tty -q --quiet
    --raw-output --minify --flatten --client --short --rm --command --attach --watch -w --watch-only --show-managed-fields --edit --privileged --interactive --allow-missing-template-keys --expose --leave-stdin-open
    --ignore-errors --append-hash --openapi-patch --keep-annotations --output-watch-events --use-protocol-buffers --sum --no-color`,
  targets: {
    namespace: '-n --namespace',
    context: '--context',
    cluster: '--cluster',
    host: '-s --server',
    kubeconfig: '--kubeconfig',
  },
  network: true,
  everywhere: { namespace: '-A --all-namespaces' },
} as const;

export const kubectl: readonly Tool[] = [
  {
    names: 'kubectl k kubecolor microk8s.kubectl',
    source: 'help text or man page (Debian 12), and documentation: kubectl reference 1.31',
    ...kubectlOptions,
    bare: read({ network: false, why: 'kubectl prints help' }),
    ambient: KUBE_AMBIENT,
    commands: kubectlCommands,
  },
];
