/** helm, argocd, flux and other deployers to clusters. From documentation: Helm 3.16, Argo CD 2.12, Flux 2.4. */
import { hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DRY = '--dry-run --dry-run=client|server';

function postRenderer(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--post-renderer')
    ? { effect: 'unknown', why: 'unknown: helm runs a post-renderer' }
    : undefined;
}

export const helm: readonly Tool[] = [
  {
    names: 'helm helm3',
    source: 'from documentation: Helm 3.16',
    values: `-f --values --set --set-string --set-file --set-json --version --timeout --history-max --repo --username --password --keyring
      --kube-apiserver --kube-as-user --kube-token --kubeconfig --registry-config --repository-cache --repository-config --burst-limit
      -o --output --max --revision -l --selector --offset --filter -d --destination --untardir --post-renderer --description --ca-file --cert-file --key-file`,
    switches: `--debug -i --install --atomic --wait --wait-for-jobs --create-namespace --reuse-values --reset-values --force --no-hooks
      --cleanup-on-fail --devel --skip-crds --dependency-update --insecure-skip-tls-verify -a -A --all --all-namespaces -q -g --generate-name --render-subchart-notes`,
    targets: { namespace: '-n --namespace', context: '--kube-context', host: '--kube-apiserver' },
    commands: {
      ...each(
        read(),
        'list, ls, status, history, hist, show, show all|chart|crds|readme|values, inspect, search, search repo|hub, template, lint, verify, repo list, env, version, dependency list, dep list, diff upgrade|rollback|revision|release, help, plugin list, completion, get notes|manifest|hooks|metadata',
      ),
      template: read({ decide: postRenderer }),
      ...each(read({ readsSecrets: true, why: 'helm get values may print secret values' }), 'get values|all'),
      ...each(
        local(),
        'repo add|update|remove|rm|index, pull, fetch, package, create, dependency update|build, dep update|build, registry login|logout',
      ),
      'plugin install|update|uninstall': runs('helm plugins run their own code'),
      install: mutate({ dryRun: DRY, decide: postRenderer, inverse: 'helm uninstall' }),
      upgrade: mutate({
        dryRun: DRY,
        decide: postRenderer,
        inverse: 'helm rollback to the revision from before (note it first: helm history)',
        when: {
          '--force': { effect: 'destroy', why: 'helm upgrade --force deletes and creates anew' },
          '--reset-values': {
            effect: 'destroy',
            why: 'helm upgrade --reset-values drops the values set before',
          },
        },
      }),
      rollback: mutate({
        dryRun: DRY,
        inverse: 'helm rollback to the revision from before',
        when: {
          '--force --cleanup-on-fail': {
            effect: 'destroy',
            why: 'helm rollback --force deletes and creates anew',
          },
        },
      }),
      ...each(mutate(), 'test, push'),
      ...each(
        destroy({ dryRun: '--dry-run', inverse: 'helm rollback, only where it ran with --keep-history' }),
        'uninstall, delete, del, un',
      ),
    },
  },
  {
    names: 'helmfile',
    source: 'from documentation',
    values: '-f --file -l --selector -e --environment',
    targets: { namespace: '-n --namespace', context: '--kube-context', environment: '-e --environment' },
    commands: {
      ...each(read(), 'list, status, diff, template, lint, version, build'),
      ...each(mutate(), 'apply, sync, charts'),
      ...each(local(), 'repos, deps, fetch, write-values'),
      ...each(destroy(), 'destroy, delete'),
    },
  },
  {
    names: 'argocd',
    source: 'from documentation: Argo CD 2.12',
    values: `--auth-token --client-crt --config --core-timeout --grpc-web-root-path -H --header --loglevel --logformat --port-forward-namespace
      --revision -o --output --timeout --resource --label -l --selector -p --parameter --project --repo --path --dest-server --dest-namespace --kind --resource-name --retry-limit --tail --since-seconds --container -c`,
    switches:
      '--grpc-web --insecure --plaintext --core --port-forward --prune --force --replace --async --dry-run --local --refresh --hard-refresh --cascade -y --yes --watch -w',
    targets: {
      host: '--server',
      context: '--argocd-context --kube-context',
      namespace: '-N --app-namespace',
    },
    commands: {
      ...each(
        read(),
        'app list|get|diff|history|resources|manifests|wait|get-resource, appset list|get, cluster list|get, proj list|get, repo list|get, version, account list|get|get-user-info|can-i, context, cert list, gpg list, app actions list, proj windows list',
      ),
      'app logs': read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(
        mutate(),
        'app set|patch|create|unset|add-source|edit|patch-resource, app actions run, appset create, proj create|set|edit|add-source|add-destination|windows, cluster add|set|rotate-auth, repo add, account update-password, app terminate-op, cert add-tls|add-ssh',
      ),
      'app sync': mutate({
        dryRun: '--dry-run',
        inverse: 'argocd app rollback to the id from before (argocd app history; automatic sync must be off)',
        when: {
          '--prune': { effect: 'destroy', why: 'argocd app sync --prune deletes what git no longer holds' },
          '--force --replace': { effect: 'destroy', why: 'argocd app sync --force deletes and creates anew' },
        },
      }),
      'app rollback': mutate({ inverse: 'argocd app sync' }),
      ...each(
        destroy(),
        'app delete|delete-resource, appset delete, cluster rm, proj delete, repo rm, account delete-token, cert rm, proj remove-source|remove-destination',
      ),
      'account generate-token': mutate({ readsSecrets: true }),
      'admin initial-password': read({ readsSecrets: true }),
      login: local({
        decide: (call) =>
          hasFlag(call.parsed, '--password --sso') ||
          call.args.some((arg) => arg.value.startsWith('--password'))
            ? undefined
            : terminal,
      }),
      ...each(local(), 'logout, relogin'),
    },
  },
  {
    names: 'flux',
    source: 'from documentation: Flux 2.4',
    values: '--timeout -o --output --kubeconfig --tail --since --kind --name --level',
    targets: { namespace: '-n --namespace', context: '--context' },
    commands: {
      ...each(read(), 'get, check, version, stats, tree, diff, export, trace, events, build, envsubst'),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(mutate(), 'reconcile, create, install, bootstrap, pull, push, tag'),
      suspend: mutate({ inverse: 'flux resume' }),
      resume: mutate({ inverse: 'flux suspend' }),
      ...each(destroy(), 'delete, uninstall'),
    },
    otherwise: (call) => {
      const first = call.parsed.operands[0]?.value;
      return first === 'get' ? read() : undefined;
    },
  },
  {
    names: 'istioctl linkerd cilium calicoctl velero kubeadm virtctl argo tkn kn',
    source: 'from documentation',
    values: '-o --output -l --selector --kubeconfig',
    switches: '-f --follow',
    targets: { namespace: '-n --namespace', context: '--context --kube-context' },
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      const text = words.join(' ');
      const follows = /\blogs?\b/.test(text) && hasFlag(call.parsed, '-f --follow') ? stream : {};
      if (
        words.some((word) => /^(delete|uninstall|reset|terminate|destroy|rm|remove|stop|cancel)$/.test(word))
      )
        return destroy();
      if (
        words.some((word) =>
          /^(get|list|ls|describe|logs|log|status|version|check|analyze|proxy-status|ps|proxy-config|pc|diagnostics|config-images|cert-expiration|check-expiration|show|explain|stat|top|edges|routes|lint|download|monitor|validate)$/.test(
            word,
          ),
        )
      )
        return read(follows);
      if (/^(ssh|console|vnc|connect|dashboard)\b/.test(text)) return read(terminal);
      return words.length === 0 ? read() : mutate();
    },
  },
];
