/** Azure CLI. From documentation: Azure CLI reference 2.60, and the source of 2.45. */
import { verdict } from '../verdict.ts';
import { isOpaque, wordSet } from '../words.ts';
import { asksFirst, COMMANDS, GROUPS, printsSecret, values } from './azCommands.ts';
import { leadingWords, outcomeOf } from './cloudVerbs.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, type Tool, terminal } from './table.ts';

const SWITCHES =
  '--debug --verbose --only-show-errors -h -y --yes --no-wait --dryrun -d -w --what-if -c --confirm-with-what-if';
const VALUES = `-g --resource-group -n --name --subscription -o --output --query --command-id --scripts --command -m --method -u --uri
  --url -b --body --node-count --instance-count --new-capacity --replicas -l --location --parameters -p --ids --id --image --repository
  --mode --cmd --exec-command -q --querytext -f --file --template-file --vault-name --account-name --cluster-name --http-method
  --action-on-unmanage --aou --assignee`;
/** What may stand among the words of a command. */
const KNOWN = wordSet('--debug --verbose --only-show-errors');

/** What an option names, from what stands for itself to what holds it. */
const NAMES = [
  '--image',
  '--repository',
  '--ids',
  '-n',
  '--name',
  '--assignee',
  '--id',
  '--queue-name',
  '--topic-name',
  '-s',
  '-g',
  '--resource-group',
];

function named(call: Call): readonly string[] {
  for (const name of NAMES) {
    const found = values(call, name)
      .filter((word) => !isOpaque(word) && !word.dynamic && word.value !== '')
      .map((word) => word.value);
    if (found.length > 0) return found;
  }
  return [];
}

/** Any command that is not listed, by the last of its words. */
function byVerb(call: Call): Outcome | undefined {
  const words = leadingWords(call, KNOWN);
  if (words.length === 0 || words.some((word) => word.dynamic)) return undefined;
  const path = words.map((word) => word.value).join(' ');
  const group = words[0]?.value ?? '';
  const known =
    GROUPS.has(group) && words.length > 1 ? outcomeOf(words.at(-1)?.value ?? '', true) : undefined;
  if (!known) return undefined;
  const secret = printsSecret(path) ? { readsSecrets: true, why: `az ${path} prints a credential` } : {};
  if (known.effect === 'read') return { ...known, why: `az ${path} reads`, ...secret };
  // A signature is computed here, and grants access.
  if (/ generate-sas$/.test(path)) return read(secret);
  if (known.effect === 'mutate' && scalesToNothing(words.at(-1)?.value ?? '', call))
    return destroy({ why: `az ${path} scales to 0 and takes it out of service`, resources: named });
  const noted = /^(delete|update|set|remove|purge|scale|upgrade)$/.test(words.at(-1)?.value ?? '');
  return {
    why: describe(path, known),
    ...(noted ? { captureFirst: `${path.replace(/^(.*) [\w-]+$/, 'az $1')} show with the same words` } : {}),
    ...inverseOf(path),
    ...known,
    ...secret,
    resources: named,
    ...(asksFirst(path) ? { asks: '-y --yes' } : {}),
  };
}

function scalesToNothing(verb: string, call: Call): boolean {
  const counts = ['--node-count', '--instance-count', '--new-capacity', '--replicas', '-c'];
  return /^(scale|resize)$/.test(verb) && counts.some((name) => values(call, name)[0]?.value === '0');
}

function describe(path: string, outcome: Outcome): string {
  if (outcome.effect === 'destroy') return `az ${path} destroys or takes out of service`;
  return outcome.effect === 'local-write' ? `az ${path} writes on this machine` : `az ${path} changes state`;
}

/** Verbs that another takes back. */
const OPPOSITES: Readonly<Record<string, string>> = {
  stop: 'start',
  deallocate: 'start',
  start: 'stop',
  pause: 'resume',
  resume: 'pause',
  activate: 'deactivate',
  deactivate: 'activate',
  enable: 'disable',
  disable: 'enable',
  lock: 'unlock',
  unlock: 'lock',
};

function inverseOf(path: string): Partial<Outcome> {
  const words = path.split(' ');
  const back = OPPOSITES[words.at(-1) ?? ''];
  return back === undefined
    ? {}
    : { inverse: `az ${[...words.slice(0, -1), back].join(' ')} with the same words` };
}

/** What is said of any command, laid under a listed one. */
function usual(key: string, outcome: Outcome): Outcome {
  const changes = outcome.effect !== 'read' && outcome.effect !== 'local-write';
  return {
    ...(changes ? { resources: named, ...inverseOf(key) } : {}),
    ...(asksFirst(key) ? { asks: '-y --yes' } : {}),
    ...(printsSecret(key) ? { readsSecrets: true } : {}),
    ...(/ scale$/.test(key) ? { decide: toNothing } : {}),
    ...outcome,
  };
}

function toNothing(call: Call): Partial<Outcome> | undefined {
  return scalesToNothing('scale', call)
    ? { effect: 'destroy', why: `az ${call.path} scales to 0 and takes it out of service` }
    : undefined;
}

const commands = Object.fromEntries(
  Object.entries(COMMANDS).map(([key, outcome]) => [key, usual(key, outcome)]),
);

export const azure: readonly Tool[] = [
  {
    names: 'az',
    source: 'from documentation: Azure CLI reference 2.60, and the source of 2.45',
    values: VALUES,
    switches: SWITCHES,
    targets: { subscription: '--subscription', 'resource-group': '-g --resource-group' },
    network: true,
    ambient: { subscription: 'az account show' },
    commands,
    bare: read({ network: false, why: 'az without a command prints help' }),
    judge: (call) =>
      call.args.some((arg) => arg.value === '-h')
        ? verdict('read', 'az -h prints help', { tool: 'az' })
        : undefined,
    otherwise: byVerb,
  },
  {
    names: 'azcopy',
    source: 'from documentation: AzCopy 10',
    values:
      '--recursive --include-pattern --exclude-pattern --from-to --log-level --cap-mbps --block-size-mb --overwrite --delete-destination --put-md5',
    switches: '--dry-run',
    network: true,
    commands: {
      ...each(read(), 'list'),
      ...each(read({ network: false }), 'jobs list|show, env, doc'),
      ...each(mutate(), 'bench'),
      ...each(
        mutate({ dryRun: '--dry-run', resources: (call) => places(call).slice(1) }),
        'copy, cp, c, make, set-properties',
      ),
      'jobs resume': mutate(),
      sync: mutate({
        dryRun: '--dry-run',
        resources: (call) => places(call).slice(1),
        when: {
          '--delete-destination=true|prompt': {
            effect: 'destroy',
            why: 'azcopy sync deletes what only the destination holds',
          },
          '--delete-destination=prompt': terminal,
        },
      }),
      ...each(destroy({ dryRun: '--dry-run', resources: places }), 'remove, rm'),
      ...each(destroy({ network: false }), 'jobs clean|remove'),
      login: local(terminal),
      'login status': read(),
      logout: local({ network: false }),
    },
  },
];

/** Places without the signatures that grant access to them. */
function places(call: Call): readonly string[] {
  return call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value.split('?', 1)[0] ?? '');
}
