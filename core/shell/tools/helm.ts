/** helm and helmfile. From documentation: Helm 3.16, helmfile 0.169. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { KUBE_AMBIENT } from './kubectl.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, runs, type Tool } from './table.ts';

const DRY = '--dry-run --dry-run=client|server';
const here: Partial<Outcome> = { network: false };

function postRenderer(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--post-renderer')
    ? { effect: 'unknown', why: 'unknown: helm runs a post-renderer' }
    : undefined;
}

function render(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '--output-dir')) return { effect: 'local-write', ...postRenderer(call) };
  return postRenderer(call);
}

/** What releases were, so that they can be had again. Only `uninstall` takes several names. */
function note(call: Call): Partial<Outcome> {
  const { operands } = call.parsed;
  const names = /^(un|del)/.test(call.path) ? operands.slice(0, 3) : operands.slice(0, 1);
  const at = flagValue(call.parsed, '-n --namespace');
  const where = at ? ` -n ${at.text}` : '';
  const each = names.map(({ text }) => `helm history ${text}${where}; helm get values ${text}${where}`);
  return { captureFirst: each.join('; ') || 'helm history and helm get values of the release' };
}

const registry: Outcome = local({
  values: '-u --username -p --password',
  asks: '--password-stdin',
  why: 'stores a login on this machine',
  decide: (call) =>
    flagValue(call.parsed, '-p --password')
      ? verdict('local-write', 'stores a login on this machine')
      : undefined,
});

export const helm: readonly Tool[] = [
  {
    names: 'helm helm3',
    source: 'from documentation: Helm 3.16',
    values: `-f --values --set --set-string --set-file --set-json --set-literal --version --timeout --history-max --repo --username --password --keyring
      --kube-apiserver --kube-as-user --kube-as-group --kube-ca-file --kube-token --kubeconfig --registry-config --repository-cache --repository-config --burst-limit --qps
      -o --output --max --revision -l --selector --offset --filter -d --destination --untardir --post-renderer --post-renderer-args --description --ca-file --cert-file --key-file
      --name-template --labels --output-dir --api-versions --kube-version -s --show-only --max-col-width --app-version --key --passphrase-file --cascade --context`,
    switches: `--debug -i --install --atomic --wait --wait-for-jobs --create-namespace --reuse-values --reset-values --reset-then-reuse-values --force --no-hooks
      --cleanup-on-fail --devel --skip-crds --dependency-update --insecure-skip-tls-verify -a -A --all --all-namespaces -q --short -g --generate-name --render-subchart-notes --replace --keep-history --ignore-not-found
      --hide-notes --hide-secret --enable-dns --disable-openapi-validation --skip-schema-validation --take-ownership --pass-credentials --include-crds --is-upgrade --validate --verify`,
    targets: {
      namespace: '-n --namespace',
      context: '--kube-context',
      host: '--kube-apiserver',
      kubeconfig: '--kubeconfig',
    },
    network: true,
    bare: read({ ...here, why: 'helm prints help' }),
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    commands: {
      ...each(
        read(),
        'list, ls, status, history, hist, diff upgrade|rollback|revision|release, get notes|manifest|hooks|metadata',
      ),
      // Charts come from repositories, whatever cluster is current.
      ...each(
        read({ leavesOpen: {} }),
        'show, show all|chart|crds|readme|values, inspect, inspect all|chart|readme|values, search, search repo|hub',
      ),
      ...each(
        read(here),
        'lint, verify, repo list|ls, env, version, dependency list|ls, dep list|ls, dependencies list, help, plugin list|ls, completion, completion bash|zsh|fish|powershell, unittest',
      ),
      template: read({ ...here, decide: render }),
      ...each(read({ readsSecrets: true, why: 'helm get values may print secret values' }), 'get values|all'),
      ...each(read({ ...here, readsSecrets: true }), 'secrets view|dec|decrypt'),
      ...each(
        local({ leavesOpen: {} }),
        'repo add|update|up, pull, fetch, dependency update|build|up, dep update|build|up, dependencies update|build',
      ),
      ...each(local(here), 'repo remove|rm|index, package, create'),
      'repo add': local({ leavesOpen: {}, resources: 'first', inverse: 'helm repo remove' }),
      'repo remove|rm': local({
        ...here,
        resources: 'all',
        captureFirst: 'helm repo list',
        inverse: 'helm repo add with the address from before',
      }),
      'registry login': { ...registry, leavesOpen: {} },
      'registry logout': local({ inverse: 'helm registry login', leavesOpen: {} }),
      'plugin install|update|uninstall|up|rm': runs('helm plugins run their own code'),
      install: mutate({
        dryRun: DRY,
        resources: 'first',
        decide: postRenderer,
        inverse: 'helm uninstall',
        when: {
          '--replace': {
            effect: 'destroy',
            why: 'helm install --replace takes the name of a deleted release',
          },
        },
      }),
      upgrade: mutate({
        dryRun: DRY,
        resources: 'first',
        decide: (call) => ({ ...note(call), ...postRenderer(call) }),
        inverse: 'helm rollback to the revision from before',
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
        resources: 'first',
        decide: note,
        inverse: 'helm rollback to the revision from before',
        when: {
          '--force --cleanup-on-fail': {
            effect: 'destroy',
            why: 'helm rollback --force deletes and creates anew',
          },
        },
      }),
      test: mutate({ resources: 'first', why: 'helm test runs the test pods of the release' }),
      push: mutate({ leavesOpen: {}, resources: 'first' }),
      ...each(
        destroy({
          dryRun: '--dry-run',
          resources: 'all',
          decide: note,
          inverse:
            'helm rollback, only where it ran with --keep-history; else helm install with the saved values',
        }),
        'uninstall, delete, del, un',
      ),
    },
  },
  {
    names: 'helmfile',
    source: 'from documentation: helmfile 0.169',
    values:
      '-f --file -l --selector -e --environment -b --helm-binary --set --state-values-set --state-values-file --concurrency --args --values --context --output --output-dir --log-level --timeout',
    targets: { namespace: '-n --namespace', context: '--kube-context', environment: '-e --environment' },
    network: true,
    ambient: {
      'context|cluster|host|kubeconfig': 'kubectl config current-context',
      environment: 'helmfile list',
    },
    when: { '-i --interactive': { mode: 'terminal' } },
    commands: {
      ...each(read(), 'list, status, diff, build, show-dag, test'),
      ...each(read(here), 'template, lint, version, help, print-env, completion, cache info'),
      template: read({ ...here, when: { '--output-dir --output-dir-template': { effect: 'local-write' } } }),
      ...each(
        mutate({
          preview: 'helmfile diff',
          captureFirst: 'helm history of each release',
          inverse: 'helm rollback of each release',
        }),
        'apply, sync',
      ),
      charts: mutate({ preview: 'helmfile diff' }),
      ...each(local(), 'repos, deps, fetch, write-values, init, cache cleanup, create'),
      ...each(
        destroy({
          scope: 'all',
          preview: 'helmfile list',
          captureFirst: 'helm get values of each release',
          inverse: 'helmfile sync; data in volumes may be gone',
        }),
        'destroy, delete',
      ),
    },
  },
];
