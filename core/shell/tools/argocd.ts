/** argocd and argo, and what they roll out. From documentation: Argo CD 2.12, Argo Workflows 3.5, Argo Rollouts 1.7. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { KUBE_AMBIENT } from './kubectl.ts';
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

const here: Partial<Outcome> = { network: false };

/** The application's name, as written. */
function app(call: Call): string {
  const name = call.parsed.operands[0];
  return name ? ` ${name.text}` : '';
}

/** A refresh asks the repository anew, and writes that into the application. */
const refreshes: Outcome = read({
  when: {
    '--hard-refresh --refresh': {
      effect: 'mutate',
      why: 'argocd refreshes the application from its repository',
    },
  },
});

const setting: Outcome = mutate({
  resources: 'first',
  decide: (call) => ({ captureFirst: `argocd app get${app(call)} -o yaml` }),
  inverse: 'argocd app set with the values from before',
});

export const argo: readonly Tool[] = [
  {
    names: 'argocd',
    source: 'from documentation: Argo CD 2.12',
    values: `--auth-token --client-crt --client-crt-key --config --core-timeout --grpc-web-root-path -H --header --http-retry-max --loglevel --logformat --port-forward-namespace
      --redis-name --repo-server-name --server-crt --server-name --controller-name --kube-context
      --revision --revisions -o --output --timeout --resource --label -l --selector -p --parameter --project --repo --path --dest-server --dest-namespace --dest-name --kind --group --resource-name
      --retry-limit --tail --since-seconds --since --until-time --container -c --filter --pod --sync-policy --values --helm-set --kustomize-image --source-position --source-name --source-positions
      --local --local-repo-root --strategy --name --annotations -a --sync-option --propagation-policy --patch --patch-type --type --account --current-password --new-password --expires-in -e --id
      --username --password --ssh-private-key-path --namespace --in-cluster --system-namespace --service-account -d --description -s --src --kubeconfig --upsert-policy --permission --object`,
    switches: `--grpc-web --insecure --plaintext --core --port-forward --prune --force --replace --async --dry-run --refresh --hard-refresh --cascade -y --yes --watch -w --sso
      --server-side --server-side-generate --apply-out-of-sync-only --preview-changes --health --sync --operation --suspended --degraded --delete --upsert --previous`,
    targets: {
      host: '--server',
      context: '--argocd-context --kube-context',
      namespace: '-N --app-namespace',
    },
    network: true,
    ambient: { 'host|context': 'argocd context' },
    commands: {
      ...each(
        read(),
        `app list|history|resources|manifests|wait|get-resource, appset list|get|generate, cluster list|get, proj list|get, repo list|get, repocreds list|get, version, account list|get|get-user-info|can-i, cert list, gpg list|get,
        app actions list, proj windows list, proj role list|get|list-tokens, admin app get-reconcile-results|diff-reconcile-results|generate-spec, admin cluster stats|namespaces|shards,
        admin settings validate|rbac|resource-overrides, admin settings rbac can|validate, admin notifications template get, admin notifications trigger get|run, admin proj generate-spec|generate-allow-list, admin repo generate-spec`,
      ),
      ...each(read(here), 'completion, help, account bcrypt, configure'),
      'app get': refreshes,
      'app diff': refreshes,
      'app logs': read({ switches: '-f', when: { '-f --follow': stream } }),
      context: read({
        ...here,
        decide: (call) =>
          call.parsed.operands.length > 0 || hasFlag(call.parsed, '--delete')
            ? {
                effect: 'local-write',
                why: 'argocd context switches the server for this machine',
                captureFirst: 'argocd context',
                inverse: 'argocd context with the one from before',
              }
            : undefined,
      }),
      ...each(setting, 'app set|unset|add-source|remove-source'),
      'app patch': { ...setting, inverse: 'argocd app patch with the values from before' },
      'app edit': { ...setting, mode: 'terminal', inverse: 'argocd app edit with the values from before' },
      'app patch-resource': mutate({
        resources: 'first',
        decide: (call) => ({ captureFirst: `argocd app manifests${app(call)} --source live` }),
      }),
      'app create': mutate({ resources: 'first', inverse: 'argocd app delete' }),
      'app actions run': mutate({ resources: 'first' }),
      'app terminate-op': mutate({ resources: 'all', inverse: 'argocd app sync' }),
      'app sync': mutate({
        resources: 'all',
        dryRun: '--dry-run',
        preview: 'argocd app diff, or argocd app sync --dry-run',
        decide: (call) => ({
          captureFirst: `argocd app history${app(call)}`,
          ...(hasFlag(call.parsed, '--preview-changes') ? terminal : {}),
        }),
        inverse: 'argocd app rollback to the id from before (automatic sync must be off)',
        when: {
          '--prune': { effect: 'destroy', why: 'argocd app sync --prune deletes what git no longer holds' },
          '--force --replace': { effect: 'destroy', why: 'argocd app sync --force deletes and creates anew' },
          '-l --selector --project': { scope: 'many' },
        },
      }),
      'app rollback': mutate({
        resources: 'first',
        decide: (call) => ({ captureFirst: `argocd app history${app(call)}` }),
        inverse: 'argocd app sync',
        when: {
          '--prune': {
            effect: 'destroy',
            why: 'argocd app rollback --prune deletes what that revision did not hold',
          },
        },
      }),
      ...each(
        mutate({ resources: 'first' }),
        `appset create, appset update, proj create|set|edit|add-source|add-destination|add-destination-service-account|add-orphaned-ignore|add-signature-key|add-source-namespace|allow-cluster-resource|allow-namespace-resource|deny-cluster-resource|deny-namespace-resource,
        proj role create|add-policy|add-group|remove-policy|remove-group, proj windows, proj windows add|update|enable-manual-sync|disable-manual-sync, cluster add|set|rotate-auth, repo add, repocreds add, cert add-tls|add-ssh, gpg add,
        admin import, admin cluster generate-spec, admin redis-initial-password, admin initial-password reset`,
      ),
      'appset create': mutate({ resources: 'first', inverse: 'argocd appset delete', dryRun: '--dry-run' }),
      'proj edit': mutate({ resources: 'first', ...terminal, captureFirst: 'argocd proj get -o yaml' }),
      'proj create': mutate({ resources: 'first', inverse: 'argocd proj delete' }),
      'repo add': mutate({ resources: 'first', inverse: 'argocd repo rm' }),
      'cluster add': mutate({ resources: 'first', asks: '-y --yes', inverse: 'argocd cluster rm' }),
      'admin import': mutate({
        dryRun: '--dry-run',
        scope: 'all',
        captureFirst: 'argocd admin export, into a file',
        inverse: 'argocd admin import of the saved export',
        when: {
          '--prune': {
            effect: 'destroy',
            why: 'argocd admin import --prune deletes what the backup does not hold',
          },
        },
      }),
      'account update-password': mutate({
        decide: (call) =>
          flagValue(call.parsed, '--new-password') && flagValue(call.parsed, '--current-password')
            ? undefined
            : terminal,
      }),
      ...each(
        destroy({
          resources: 'first',
          decide: (call) => ({ captureFirst: `argocd app get${app(call)} -o yaml` }),
          inverse: 'argocd app create from the saved definition; what it ran has to be deployed again',
        }),
        'app delete|confirm-deletion',
      ),
      'app delete-resource': destroy({
        resources: (call) => {
          const { parsed } = call;
          const [kind, name] = [flagValue(parsed, '--kind'), flagValue(parsed, '--resource-name')];
          return kind && name && !kind.dynamic && !name.dynamic ? [`${kind.value}/${name.value}`] : [];
        },
        decide: (call) => ({ captureFirst: `argocd app manifests${app(call)} --source live` }),
        inverse: 'argocd app sync',
      }),
      'appset delete': destroy({
        resources: 'all',
        captureFirst: 'argocd appset get -o yaml',
        inverse: 'argocd appset create of the saved definition',
      }),
      ...each(
        destroy({ resources: 'first', captureFirst: 'argocd get of the same name, -o yaml' }),
        'cluster rm|remove, proj delete|rm, repo rm|remove, repocreds rm|remove, cert rm, gpg rm, proj remove-source|remove-destination|remove-destination-service-account|remove-orphaned-ignore|remove-signature-key|remove-source-namespace, proj windows delete',
      ),
      ...each(
        destroy({ resources: 'first', why: 'who uses the token or role is locked out' }),
        'account delete-token, proj role delete|delete-token',
      ),
      ...each(mutate({ readsSecrets: true, resources: 'first' }), 'proj role create-token'),
      'account generate-token': mutate({ readsSecrets: true, inverse: 'argocd account delete-token' }),
      ...each(
        read({ readsSecrets: true }),
        'admin initial-password, admin export, admin cluster kubeconfig, account session-token',
      ),
      'admin dashboard': read(stream),
      login: local({
        leavesOpen: {},
        why: 'stores a login on this machine',
        asks: '--password --sso --core',
        resources: 'first',
        decide: (call) =>
          flagValue(call.parsed, '--password')
            ? verdict('local-write', 'stores a login on this machine')
            : undefined,
      }),
      relogin: local({
        why: 'stores a login on this machine',
        decide: (call) =>
          flagValue(call.parsed, '--password') || hasFlag(call.parsed, '--sso') ? undefined : terminal,
      }),
      logout: local({ inverse: 'argocd login' }),
    },
  },
  {
    names: 'argo',
    source: 'from documentation: Argo Workflows 3.5',
    values:
      '-o --output -l --selector --field-selector --kubeconfig -p --parameter -f --parameter-file --from --entrypoint --generate-name --name --serviceaccount --labels --priority --node-field-selector --tail --since --since-time -c --container --grep --older --prefix --status --template --message --phase',
    switches: '--watch -w --log --wait --dry-run --server-dry-run --follow --strict',
    targets: {
      namespace: '-n --namespace',
      context: '--context',
      host: '-s --argo-server',
      kubeconfig: '--kubeconfig',
    },
    network: true,
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    commands: {
      ...each(
        read(),
        'list, get, lint, version, wait, cron list|get|lint, template list|get|lint, cluster-template list|get|lint, archive list|get|list-label-keys|list-label-values, executor-plugin build',
      ),
      get: read({ when: { '-w --watch': stream } }),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(read(stream), 'watch, server'),
      'auth token': read({ readsSecrets: true }),
      submit: mutate({
        dryRun: '--dry-run --server-dry-run',
        when: { '-w --watch --log': stream },
        inverse: 'argo stop of the new workflow',
      }),
      ...each(
        mutate({ resources: 'all', when: { '--log': stream } }),
        'resubmit, retry, node, archive resubmit|retry',
      ),
      suspend: mutate({ resources: 'all', inverse: 'argo resume' }),
      resume: mutate({ resources: 'all', inverse: 'argo suspend' }),
      ...each(
        mutate(),
        'cron create|update|backfill, template create|update, cluster-template create|update',
      ),
      'cron suspend': mutate({ resources: 'all', inverse: 'argo cron resume' }),
      'cron resume': mutate({ resources: 'all', inverse: 'argo cron suspend' }),
      cp: local(),
      ...each(
        destroy({ resources: 'all', dryRun: '--dry-run', captureFirst: 'argo get -o yaml of it' }),
        'delete, stop, terminate, cron delete, template delete, cluster-template delete, archive delete',
      ),
    },
  },
  {
    names: 'kubectl-argo-rollouts',
    source: 'from documentation: Argo Rollouts 1.7',
    values: '-o --output --kubeconfig --as --token --to-revision --timeout --timeout-seconds -t --template',
    targets: { namespace: '-n --namespace', context: '--context', kubeconfig: '--kubeconfig' },
    network: true,
    ambient: KUBE_AMBIENT,
    commands: {
      ...each(
        read({ when: { '-w --watch': stream } }),
        'get, get rollout|experiment, list, list rollouts|experiments, lint, version, status',
      ),
      status: read(),
      dashboard: read(stream),
      ...each(
        mutate({ resources: 'first', inverse: 'kubectl argo rollouts undo' }),
        'promote, restart, retry, retry rollout|experiment, set image, create',
      ),
      pause: mutate({ resources: 'all', inverse: 'kubectl argo rollouts promote' }),
      abort: mutate({ resources: 'all', inverse: 'kubectl argo rollouts retry rollout' }),
      undo: mutate({
        resources: 'first',
        inverse: 'kubectl argo rollouts undo --to-revision to the revision from before',
      }),
      'terminate analysisrun|experiment': destroy({ resources: 'all' }),
    },
  },
];
