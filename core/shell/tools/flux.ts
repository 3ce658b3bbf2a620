/** flux. From documentation: Flux 2.4. */
import { flagValue, hasFlag } from '../words.ts';
import { KUBE_CONTEXT } from './kubectl.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, stream, type Tool } from './table.ts';

const here: Partial<Outcome> = { network: false };
const SILENT = '-s --silent';

/** `flux delete kustomization apps` → `kustomization/apps`. */
function named(call: Call): readonly string[] {
  const names = call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value);
  const [name] = names.slice(-1);
  return name === undefined || names.length < 2 ? [] : [`${names[names.length - 2]}/${name}`];
}

function exported(call: Call): Partial<Outcome> {
  const words = call.parsed.operands.map((arg) => arg.text).join(' ');
  const at = flagValue(call.parsed, '-n --namespace');
  return { captureFirst: `flux export ${words}${at ? ` -n ${at.text}` : ''}` };
}

export const flux: readonly Tool[] = [
  {
    names: 'flux',
    source: 'from documentation: Flux 2.4',
    values: `--timeout -o --output --kubeconfig --kube-api-burst --kube-api-qps --as --tail --since --kind --name --level --log-level --flux-namespace
      --source --path --interval --url --branch --tag --chart --chart-version --target-namespace --values --values-from --depends-on --health-check
      --secret-ref --username --password --private-key-file --owner --repository --hostname --components --components-extra --version --registry
      --kustomization-file --ignore-paths --source-ref --revision --creds --provider -l --label-selector --event --event-type`,
    switches:
      '--with-source --wait --force --reset --export --silent -s --dry-run --prune --recursive --personal --private',
    targets: { namespace: '-n --namespace', context: '--context --cluster', kubeconfig: '--kubeconfig' },
    network: true,
    // Its namespace is flux-system unless a word says otherwise.
    ambient: KUBE_CONTEXT,
    commands: {
      ...each(
        read(),
        'check, stats, tree, diff, export, trace, list, version, debug, debug helmrelease|hr|kustomization|ks',
      ),
      ...each(read(here), 'envsubst, completion, help, build'),
      'build artifact': local(here),
      get: read({ switches: '-w', when: { '-w --watch': stream } }),
      events: read({ when: { '-w --watch': stream } }),
      'debug helmrelease|hr': read({ when: { '--show-values': { readsSecrets: true } } }),
      'debug kustomization|ks': read({ when: { '--show-vars': { readsSecrets: true } } }),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      reconcile: mutate({
        resources: named,
        preview: 'flux diff kustomization',
        when: {
          '--force --reset': {
            effect: 'mutate',
            why: 'flux reconcile --force upgrades the release again, whatever failed before',
          },
        },
      }),
      create: mutate({
        resources: named,
        dryRun: '--export',
        decide: exported,
        inverse: 'flux delete of what it made, or kubectl apply of the saved export',
      }),
      'create secret': mutate({
        dryRun: '--export',
        readsSecrets: false,
        decide: (call) => (hasFlag(call.parsed, '--export') ? { readsSecrets: true } : undefined),
        inverse: 'kubectl delete secret of that name',
      }),
      install: mutate({ dryRun: '--export --dry-run', inverse: 'flux uninstall' }),
      bootstrap: mutate({
        why: 'flux bootstrap installs flux and pushes to the repository',
        inverse: 'flux uninstall, and a revert in the repository',
      }),
      'pull artifact': local(),
      ...each(mutate({ resources: 'first' }), 'push artifact, tag artifact'),
      migrate: mutate({ scope: 'all', captureFirst: 'flux export of all kinds' }),
      suspend: mutate({ resources: named, inverse: 'flux resume' }),
      resume: mutate({ resources: named, inverse: 'flux suspend' }),
      delete: destroy({
        resources: named,
        asks: SILENT,
        decide: exported,
        inverse: 'kubectl apply of the saved export; what it managed may be pruned',
      }),
      uninstall: destroy({
        scope: 'all',
        dryRun: '--dry-run',
        asks: SILENT,
        captureFirst: 'flux export of all sources, kustomizations and releases',
        inverse: 'flux bootstrap',
      }),
    },
  },
];
