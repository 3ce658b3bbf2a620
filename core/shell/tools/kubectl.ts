/** kubectl and oc. From documentation: the kubectl reference 1.31 and the OpenShift CLI reference 4.16. */
import { type Verdict, verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  NO_INPUT,
  type Outcome,
  read,
  runs,
  session,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const FILES = '-f --filename -k --kustomize';
const DRY = '--dry-run --dry-run=client|server';
const MANY = { '-l --selector --all -A --all-namespaces': { scope: 'many' as const } };

function secretOutput(call: Call): Partial<Outcome> | undefined {
  const kinds = call.parsed.operands.map((arg) => arg.value.toLowerCase()).join(',');
  const format = flagValue(call.parsed, '-o --output --template')?.value ?? '';
  if (/(^|,)secrets?(\.v1)?(,|\/|$)/.test(kinds) && !/^(|name|wide)$/.test(format)) {
    return { readsSecrets: true, why: 'kubectl get secret prints secret values' };
  }
  return undefined;
}

/** The command behind `--`, in front of which kubectl's own options stand anywhere; else behind the pod. */
function executed(call: Call): readonly Arg[] {
  const dashes = call.path === 'exec' ? call.after.findIndex((arg) => arg.value === '--') : -1;
  if (dashes >= 0) return call.after.slice(dashes + 1);
  return commandAfter(call, '-c --container -n --namespace -f --filename --context --pod-running-timeout', 1);
}

/** Without a command it opens a session. Without `-i` it finds an empty input. */
function execute(call: Call): Verdict | undefined {
  const words = executed(call);
  const interactive =
    hasFlag(call.parsed, '-i --stdin') ||
    /^-[a-z]*i/.test(call.after.find((arg) => /^-[it]+$/.test(arg.value))?.value ?? '');
  if (words.length === 0) return undefined;
  return call.judge.words(words, interactive ? call.stdin : NO_INPUT);
}

function scale(call: Call): Partial<Outcome> | undefined {
  const replicas = flagValue(call.parsed, '--replicas')?.value;
  if (replicas === '0')
    return { effect: 'destroy', why: 'kubectl scale to 0 takes the workload out of service' };
  return undefined;
}

function patch(call: Call): Partial<Outcome> | undefined {
  const text = flagValue(call.parsed, '-p --patch')?.value ?? '';
  if (/"?finalizers"?\s*:\s*(null|\[\s*\])/.test(text)) {
    return {
      effect: 'destroy',
      why: 'kubectl patch removes finalizers, so that deletion skips its clean-up',
    };
  }
  if (/"?replicas"?\s*:\s*0\b/.test(text)) return { effect: 'destroy', why: 'kubectl patch scales to 0' };
  return undefined;
}

function copy(call: Call): Partial<Outcome> | undefined {
  const to = call.parsed.operands[1]?.value ?? '';
  return to.includes(':') ? { effect: 'mutate', why: 'kubectl cp writes into the container' } : undefined;
}

function remoteManifest(call: Call): Partial<Outcome> | undefined {
  const file = flagValue(call.parsed, FILES)?.value ?? '';
  return /^https?:/.test(file)
    ? { scope: 'many', why: `kubectl ${call.path} takes its manifest from ${file}` }
    : undefined;
}

function taint(call: Call): Partial<Outcome> | undefined {
  const evicts = call.parsed.operands.some((arg) => /:NoExecute$/.test(arg.value));
  return evicts
    ? { effect: 'destroy', why: 'kubectl taint NoExecute evicts the pods of the node' }
    : undefined;
}

const UNDO_ROLLOUT = 'kubectl rollout undo (note the revision first: kubectl rollout history)';
const change = mutate({ values: FILES, dryRun: DRY, when: MANY, decide: remoteManifest });

export const kubectl: readonly Tool[] = [
  {
    names: 'kubectl oc k kubecolor microk8s.kubectl',
    source: 'from documentation: kubectl reference 1.31, OpenShift CLI reference 4.16',
    values: `-v --v --as --as-group --as-uid --cache-dir --certificate-authority --client-certificate --client-key
      --request-timeout --tls-server-name --token --user --password --username --profile-output --vmodule --log-file --log-dir
      -o --output -l --selector --field-selector -c --container --since --since-time --tail --sort-by --template -L --label-columns
      --timeout --for --replicas --current-replicas --resource-version --type -p --patch --patch-file --field-manager --to-revision
      --image --overrides --restart --env --port --target-port --name --external-ip --protocol --min --max --cpu-percent --grace-period
      --from-literal --from-file --from-env-file --limit --max-log-requests --subresource --raw --revision --chunk-size --duration
      --pod-selector --cascade --clusterrole --serviceaccount --group --verb --resource --target --copy-to --profile`,
    switches: `-A --all-namespaces --insecure-skip-tls-verify --match-server-version --warnings-as-errors --disable-compression
      --show-labels --no-headers --all --force --ignore-not-found --now --wait --overwrite --record --server-side --force-conflicts
      --recursive -R --local --prune --previous --timestamps --all-containers --prefix --ignore-daemonsets --delete-emptydir-data
      --delete-local-data --disable-eviction --save-config --validate --list --containers --dry-run -i -t -it -q --quiet`,
    targets: {
      namespace: '-n --namespace',
      context: '--context',
      cluster: '--cluster',
      host: '-s --server',
      kubeconfig: '--kubeconfig',
    },
    network: true,
    ambient: {
      'context|cluster|host|kubeconfig': 'kubectl config current-context',
      namespace: "kubectl config view --minify -o jsonpath='{..namespace}'",
    },
    everywhere: { namespace: '-A --all-namespaces' },
    commands: {
      ...each(read(), 'explain, api-resources, api-versions, version, options, completion, help, whoami'),
      get: read({ values: FILES, when: { '-w --watch --watch-only': stream }, decide: secretOutput }),
      describe: read({ values: FILES }),
      logs: read({ switches: '-f -p', when: { '-f --follow': stream } }),
      log: read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(read(), 'top, top pod|pods|po|node|nodes|no'),
      events: read({ when: { '-w --watch': stream } }),
      'cluster-info': read(),
      'cluster-info dump': read(),
      ...each(
        read(),
        'auth can-i|whoami, rollout history, config get-contexts|current-context|get-clusters|get-users',
      ),
      'rollout status': read({ values: FILES }),
      'config view': read({ when: { '--raw': { readsSecrets: true } } }),
      diff: read({ values: FILES }),
      wait: read({ values: FILES }),
      kustomize: read({
        when: { '--enable-exec': { effect: 'unknown', why: 'unknown: kustomize runs plugins' } },
      }),
      'create token': read({ readsSecrets: true, why: 'kubectl create token prints a credential' }),
      ...each(
        local({ why: 'changes the kubeconfig of this machine' }),
        'config use-context|set-context|set-cluster|set-credentials|set|unset|rename-context|delete-context|delete-cluster|delete-user',
      ),
      cp: local({ decide: copy }),
      ...each(
        change,
        'apply, create, expose, patch, label, annotate, set, autoscale, replace, certificate approve|deny|csr',
      ),
      apply: {
        ...change,
        inverse: UNDO_ROLLOUT,
        when: {
          ...MANY,
          '--prune': {
            effect: 'destroy',
            why: 'kubectl apply --prune deletes what the manifest no longer holds',
          },
          '--force': { effect: 'destroy', why: 'kubectl apply --force deletes and creates anew' },
        },
      },
      ...each(change, 'apply set-last-applied|edit-last-applied|view-last-applied'),
      replace: {
        ...change,
        when: { '--force': { effect: 'destroy', why: 'kubectl replace --force deletes and creates anew' } },
      },
      patch: { ...change, decide: patch },
      label: { ...change, inverse: 'set the old label again, or remove it with KEY-' },
      annotate: { ...change, inverse: 'set the old annotation again, or remove it with KEY-' },
      'set image|env|resources|selector|serviceaccount|subject': { ...change, inverse: UNDO_ROLLOUT },
      scale: mutate({
        values: FILES,
        dryRun: DRY,
        when: MANY,
        decide: scale,
        inverse:
          'kubectl scale back to the replica count from before (note it first: kubectl get … -o jsonpath={.spec.replicas})',
      }),
      'rollout restart': mutate({ values: FILES, inverse: UNDO_ROLLOUT }),
      'rollout undo': mutate({
        values: FILES,
        dryRun: DRY,
        inverse: 'kubectl rollout undo --to-revision to the revision from before',
      }),
      'rollout pause': mutate({ inverse: 'kubectl rollout resume' }),
      'rollout resume': mutate({ inverse: 'kubectl rollout pause' }),
      'rollout latest|retry|cancel': mutate(),
      cordon: mutate({ dryRun: DRY, inverse: 'kubectl uncordon' }),
      uncordon: mutate({ dryRun: DRY, inverse: 'kubectl cordon' }),
      drain: destroy({
        dryRun: DRY,
        scope: 'many',
        why: 'kubectl drain evicts every pod of the node',
        inverse: 'kubectl uncordon (the pods do not move back)',
      }),
      taint: mutate({
        dryRun: DRY,
        when: MANY,
        decide: taint,
        inverse: 'kubectl taint with the same key and effect, and a - behind',
      }),
      delete: destroy({
        values: FILES,
        dryRun: DRY,
        when: MANY,
        why: 'kubectl delete removes objects from the cluster',
        inverse:
          'kubectl apply of the saved manifest (save it first: kubectl get … -o yaml; volumes may be gone)',
      }),
      edit: mutate({ values: FILES, ...terminal }),
      run: mutate({
        dryRun: DRY,
        when: { '-i --stdin -t --tty': terminal },
        runs: (call) =>
          call.parsed.rest?.length ? call.judge.words(call.parsed.rest, call.stdin) : undefined,
      }),
      debug: mutate({
        when: { '-i --stdin -t --tty': terminal },
        runs: (call) =>
          call.parsed.rest?.length ? call.judge.words(call.parsed.rest, call.stdin) : undefined,
      }),
      exec: read({ why: 'runs in the container', runs: execute, decide: needsCommand }),
      rsh: read({ why: 'runs in the container', runs: execute, decide: needsCommand }),
      attach: read({ mode: 'stream', when: { '-i --stdin -t --tty': terminal } }),
      'port-forward': read({
        mode: 'stream',
        why: 'kubectl port-forward opens a local port until it is stopped',
      }),
      proxy: read({ mode: 'stream', why: 'kubectl proxy opens the API on a local port until it is stopped' }),
      // OpenShift's own.
      ...each(
        read(),
        'status, projects, get-token, adm top, adm node-logs, adm inspect, adm must-gather|release',
      ),
      'adm must-gather': mutate({ why: 'creates pods that gather logs' }),
      project: session(),
      login: local({ why: 'stores a login on this machine' }),
      logout: local(),
      extract: local({ readsSecrets: true }),
      rsync: mutate(),
      ...each(
        mutate(),
        'new-app, new-project, start-build, tag, import-image, adm policy, adm cordon|uncordon, process, idle, policy',
      ),
      'adm policy remove-role-from-user|remove-role-from-group|remove-cluster-role-from-user|remove-cluster-role-from-group|remove-user|remove-group':
        destroy(),
      'adm drain': destroy({ dryRun: DRY }),
      'adm prune': read({
        when: { '--confirm': { effect: 'destroy', why: 'oc adm prune --confirm removes objects' } },
      }),
      'adm upgrade': read({
        when: {
          '--to --to-latest --to-image --clear --force': {
            effect: 'mutate',
            scope: 'all',
            why: 'oc adm upgrade changes the version of the cluster',
          },
        },
      }),
      'adm release': read(),
      'adm certificate': mutate(),
      'adm taint': mutate({ decide: taint }),
      'cancel-build': destroy(),
      plugin: read(),
    },
  },
  {
    names: 'kubectx kubens',
    source: 'from documentation',
    bare: local({
      why: 'may switch the current context or namespace of this machine',
      when: { '-d': { effect: 'local-write' } },
    }),
  },
  {
    names: 'ocm rosa odf osdctl openshift-install crc',
    source: 'from documentation',
    values: '-c --cluster -o --output --region --profile --dir --storage-client',
    targets: { cluster: '-c --cluster', region: '--region', profile: '--profile' },
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (
        words.some((word) =>
          /^(delete|destroy|uninstall|remove|revoke|purge|stop|hibernate|unlink|drain)$/.test(word),
        )
      )
        return destroy();
      if (words.some((word) => /^(login|logout|config)$/.test(word)) && words[0] !== 'backplane')
        return local({ why: 'stores a login on this machine' });
      if (words.some((word) => /^(console|tunnel)$/.test(word))) return read(stream);
      return words.some((word) =>
        /^(list|ls|get|describe|show|status|version|whoami|verify|wait-for|logs|info|ip)$/.test(word),
      )
        ? read()
        : mutate();
    },
    bare: read(),
    commands: { version: read() },
  },
  {
    names: 'stern kail kubetail',
    source: 'from documentation',
    values: '-c --container -l --selector -s --since --tail -o --output -e --exclude -i --include',
    targets: { namespace: '-n --namespace', context: '--context' },
    bare: read({ mode: 'stream' }),
  },
  {
    names: 'k9s',
    source: 'from documentation',
    targets: { namespace: '-n --namespace', context: '--context' },
    values: '-c --command -l --logLevel -r --refresh',
    bare: runs('k9s is an interactive session', { mode: 'terminal' }),
  },
  {
    names: 'kustomize kubeconform kubeval kube-score kube-linter',
    source: 'from documentation',
    commands: { ...each(read(), 'build, version, cfg, score, lint'), edit: local(), create: local() },
    otherwise: (call) =>
      call.name === 'kustomize' ? undefined : verdict('read', `${call.name} checks manifests`),
    bare: read(),
  },
];

function needsCommand(call: Call): Partial<Outcome> | undefined {
  if (executed(call).length > 0) {
    const asks =
      call.path === 'exec' && hasFlag(call.parsed, '-i --stdin') && hasFlag(call.parsed, '-t --tty');
    return asks
      ? { mode: 'terminal', why: 'kubectl exec -it runs in the container, in a terminal' }
      : undefined;
  }
  return { effect: 'unknown', why: `unknown: ${call.name} ${call.path} opens a session`, mode: 'terminal' };
}
