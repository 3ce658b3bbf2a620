/** Clients beside kubectl that read clusters, switch contexts or check manifests. From documentation. */
import { hasFlag } from '../words.ts';
import { KUBE_AMBIENT } from './kubectl.ts';
import { each, local, read, runs, type Tool, terminal } from './table.ts';

const SOURCE = 'from documentation: kubectx 0.9, stern 1.30, k9s 0.32, kustomize 5';

export const kubeClients: readonly Tool[] = [
  {
    names: 'kubectx kubens',
    source: SOURCE,
    bare: read({
      why: 'lists the contexts or namespaces',
      resources: (call) =>
        call.parsed.operands.filter((arg) => !arg.dynamic && arg.value !== '-').map((arg) => arg.value),
      decide: (call) =>
        call.parsed.operands.length > 0 ||
        hasFlag(call.parsed, '-d -u --unset') ||
        call.args.some((arg) => arg.value === '-')
          ? {
              effect: 'local-write',
              why: 'switches the current context or namespace of this machine',
              captureFirst: `${call.name} -c`,
              inverse: `${call.name} -`,
            }
          : undefined,
    }),
  },
  {
    names: 'stern kail kubetail',
    source: SOURCE,
    values:
      '-c --container -l --selector -s --since --tail -o --output -e --exclude -i --include -E --exclude-container --container-state --template --template-file -T --field-selector --node',
    targets: { namespace: '-n --namespace --ns', context: '--context', kubeconfig: '--kubeconfig' },
    network: true,
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    bare: read({
      mode: 'stream',
      decide: (call) => (hasFlag(call.parsed, '--no-follow --dry-run') ? { mode: 'capture' } : undefined),
    }),
  },
  {
    names: 'k9s',
    source: SOURCE,
    targets: { namespace: '-n --namespace', context: '--context', kubeconfig: '--kubeconfig' },
    values: '-c --command -l --logLevel -r --refresh --logFile --cluster',
    network: true,
    ambient: KUBE_AMBIENT,
    everywhere: { namespace: '-A --all-namespaces' },
    bare: runs('k9s is an interactive session', terminal),
    commands: each(read({ network: false }), 'version, info, help, completion'),
  },
  {
    names: 'kustomize',
    source: SOURCE,
    values: '-o --output --load-restrictor --helm-command --stack-trace',
    when: {
      '--enable-exec --enable-alpha-plugins --enable-helm': {
        effect: 'unknown',
        why: 'unknown: kustomize runs plugins',
      },
    },
    commands: {
      ...each(read(), 'version, help, completion, openapi, cfg cat|count|grep|tree, cfg'),
      build: read({ when: { '-o --output': { effect: 'local-write' } } }),
      ...each(local(), 'edit, create, localize, cfg fmt|annotate|set|create-setter, init'),
      ...each(runs('kustomize fn runs functions'), 'fn, fn run, cfg run'),
    },
  },
  {
    names: 'kubeconform kubeval kube-score kube-linter pluto kubepug datree conftest',
    source: 'from documentation',
    bare: read({ why: 'checks manifests' }),
  },
];
