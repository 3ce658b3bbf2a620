/** Clouds whose command lines are a tree of things with a verb at the end. From documentation: doctl 1.110, hcloud 1.45, oci 3, and the others' pages. */
import { wordSet } from '../words.ts';
import { isVerb, outcomeOf } from './cloudVerbs.ts';
import { namesFrom, valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** Verbs of theirs that the great clouds do not have. */
const MORE: Readonly<Record<string, Outcome>> = {
  ...words(
    destroy(),
    'power-off poweroff shutdown terminate destroy rebuild power-cycle powercycle reset reset-password softreset softstop garbage-collection delete-selected nuke decommission evict',
  ),
  ...words(
    mutate(),
    'power-on poweron reboot create-deployment change-type change-ptr add-label attach-to-network add-tag boot action enable-rescue promote restart-app snapshot',
  ),
  ...words(read(), 'ratelimit me options plans regions sizes account'),
  ...words(opensSession('opens a session'), 'ssh console-ssh shell'),
};

/** A command whose verb is the first of its words that is one. `quiet` answers what it asks before it deletes. */
function byVerb(
  quiet: string | undefined,
  secrets: RegExp,
  sessions: RegExp,
): (call: Call) => Outcome | undefined {
  return (call) => {
    const operands = call.parsed.operands;
    // Of a thing with listed commands, the first words are in the path.
    const path = call.path.split(' ').filter(Boolean);
    for (const [i, word] of operands.entries()) {
      if (word.dynamic || i > 6) return undefined;
      path.push(word.value);
      const text = path.join(' ');
      if (sessions.test(text)) return opensSession(`${call.name} ${text} opens a session`);
      if (secrets.test(text))
        return read({ readsSecrets: true, why: `${call.name} ${text} prints a credential` });
      const known =
        MORE[word.value] ?? (path.length > 1 && isVerb(word.value) ? outcomeOf(word.value) : undefined);
      if (!known) continue;
      const why = `${call.name} ${text} ${known.effect === 'read' ? 'reads' : known.effect === 'destroy' ? 'destroys or takes out of service' : 'changes state'}`;
      if (known.effect === 'read') return { ...known, why };
      return {
        why,
        ...known,
        resources: (inner) => namesFrom(i + 1)(inner).concat(IDS(inner)),
        ...(quiet && /delete|terminate|destroy|remove/.test(word.value) ? { asks: quiet } : {}),
      };
    }
    return undefined;
  };
}

const IDS = valuesOf(
  '--instance-id --id --name --cluster-id --bucket-name --volume-id --compartment-id --server-id',
);

function words(outcome: Outcome, list: string): Readonly<Record<string, Outcome>> {
  return Object.fromEntries([...wordSet(list)].map((word) => [word, outcome]));
}

const NEVER = /^$/;
const AT_HOME = { network: false };
const FOLLOW = { '-f --follow': stream };

export const otherClouds: readonly Tool[] = [
  {
    names: 'doctl',
    source: 'from documentation: doctl 1.110',
    values:
      '-t --access-token --api-url -c --config -o --output --format --region --size --image --spec --type --tag-name --ssh-keys --count --name --vpc-uuid --version --node-pool --ssh-user --ssh-command --tail --record-type --record-data --record-name --record-ttl --expiry-seconds',
    switches:
      '-f --force --wait --no-header -v --verbose --interactive --follow --dangerous --update-kubeconfig --set-current-context',
    targets: { context: '--context' },
    network: true,
    ambient: { context: 'doctl auth list' },
    commands: {
      version: read(AT_HOME),
      'auth init': local(terminal),
      'auth list': read(AT_HOME),
      'auth switch|remove': local(AT_HOME),
      'registry login|logout': local(),
      'registry docker-config': read({ readsSecrets: true }),
      'kubernetes|k8s|k cluster|clusters|c kubeconfig|kubecfg|config|k8scfg save|add|remove|delete': local({
        readsSecrets: true,
      }),
      'kubernetes|k8s|k cluster|clusters|c kubeconfig|kubecfg|config show|exec-credential': read({
        readsSecrets: true,
      }),
      'apps|app|a logs|l': read({ when: FOLLOW }),
      'apps|app|a console': opensSession('doctl apps console opens a session'),
      'databases|database|db|d connection|conn': read({
        readsSecrets: true,
        why: 'prints a connection with its password',
      }),
      'compute|c ssh': opensSession('doctl compute ssh opens a session', {
        mode: 'terminal',
        values: '--ssh-command',
        decide: (call) => {
          const text = call.parsed.flags.find((flag) => flag.name === '--ssh-command')?.value;
          return text && !text.dynamic ? call.judge.script(text.value) : undefined;
        },
      }),
      'serverless|sandbox|sbx|sls connect|deploy|init|install|undeploy': mutate(),
      'projects|project resources assign': mutate(),
    },
    otherwise: byVerb('-f --force', /^(databases|db) user (get|reset)$/, NEVER),
  },
  {
    names: 'hcloud',
    source: 'help text or man page (Debian 12), and documentation: hcloud 1.45',
    values:
      '-c --config -o --output -l --selector --type --image --location --datacenter --name --ssh-key --network --volume --user-data-from-file --poll-interval --server --format --size --rules-file -u --user',
    switches: '--quiet --debug --no-header',
    targets: { context: '--context' },
    network: true,
    ambient: { context: 'hcloud context active' },
    commands: {
      ...words(read(AT_HOME), 'version'),
      'context list|active': read(AT_HOME),
      'context use|delete': local(AT_HOME),
      'context create': local({ ...AT_HOME, asks: '--token-from-env' }),
      'server ssh': opensSession('hcloud server ssh opens a session'),
      'server create': mutate({
        readsSecrets: true,
        why: 'prints the password of root where no key is given',
      }),
      'server reset-password': destroy({ readsSecrets: true, resources: 'first' }),
      'server request-console': read({ readsSecrets: true }),
      'server enable-rescue': mutate({ readsSecrets: true, resources: 'first' }),
      'server poweroff|shutdown': destroy({ resources: 'all', inverse: 'hcloud server poweron' }),
      'server poweron': mutate({ resources: 'all', inverse: 'hcloud server shutdown' }),
      'config list|get': read(AT_HOME),
      'config set|unset|add|remove': local(AT_HOME),
    },
    otherwise: byVerb(undefined, NEVER, NEVER),
  },
  {
    names: 'oci',
    source: 'from documentation: OCI CLI 3',
    values:
      '--config-file --region --query --output --compartment-id -c --instance-id --auth --display-name --from-json --file --action --wait-for-state --max-wait-seconds --namespace --bucket-name --name --cluster-id --object-name --secret-id --prefix -bn -ns',
    switches: '--force --debug --all --raw-output --no-retry',
    targets: { profile: '--profile', region: '--region', compartment: '--compartment-id -c' },
    network: true,
    ambient: { profile: 'oci iam region-subscription list' },
    commands: {
      'setup config|keys|bootstrap|repair-file-permissions': local(terminal),
      'session authenticate': local(terminal),
      'session validate': read(),
      'compute instance action': mutate({
        values: '--action',
        resources: IDS,
        when: {
          '--action=STOP|SOFTSTOP|RESET|SOFTRESET|DIAGNOSTICREBOOT|stop|softstop|reset|softreset': {
            effect: 'destroy',
            why: 'oci compute instance action takes the instance out of service',
          },
        },
      }),
      'os object get|bulk-download': local(),
      'os preauth-request create': mutate({ readsSecrets: true }),
      'secrets secret-bundle get|get-secret-bundle-by-name': read({ readsSecrets: true }),
      'ce cluster create-kubeconfig': local({ why: 'changes the kubeconfig of this machine' }),
      'ce cluster generate-token': read({ readsSecrets: true }),
      'iam auth-token create': mutate({ readsSecrets: true }),
      'os object bulk-delete': destroy({ dryRun: '--dry-run', asks: '--force', scope: 'many' }),
      'os object sync': mutate({ dryRun: '--dry-run', when: { '--delete': { effect: 'destroy' } } }),
      'db autonomous-database generate-wallet': local({ readsSecrets: true }),
      'raw-request': {
        effect: 'unknown',
        why: 'unknown: oci raw-request',
        values: '--http-method --target-uri',
        when: { '--http-method=DELETE': { effect: 'destroy', why: 'HTTP DELETE destroys' } },
      },
    },
    otherwise: byVerb('--force', NEVER, NEVER),
  },
  {
    names: 'linode-cli scw ibmcloud civo vultr-cli upctl exo',
    source: 'from documentation: their own pages',
    values:
      '--format --text --json --label --region --type --image -o --output -p --profile --zone -g --resource-group --project-id --name --size -c --config -r --acct -a -u --apikey',
    switches: '-f --force -y --yes --no-headers --all --wait -q --quiet',
    targets: { profile: '-p --profile', region: '--region', zone: '--zone' },
    network: true,
    commands: {
      ...words(read(AT_HOME), 'version help'),
      'config get|dump|info|list|show': read(AT_HOME),
      'config set|unset|use|reset|profile|import|validate': local(AT_HOME),
      ...words(local(terminal), 'login configure init'),
      ...words(local(AT_HOME), 'logout'),
      'ks|cs cluster|clusters config': local({ why: 'changes the kubeconfig of this machine' }),
      'kubernetes config|kubeconfig': read({ readsSecrets: true }),
      'k8s kubeconfig install|uninstall': local(),
      'k8s kubeconfig get': read({ readsSecrets: true }),
      'lke kubeconfig-view': read({ readsSecrets: true }),
      'iam oauth-tokens': read({ readsSecrets: true }),
      'iam api-key create': mutate({ readsSecrets: true }),
      'ce app|application logs': read({ when: FOLLOW }),
      target: local({ why: 'shows or changes the target of this machine' }),
      'plugin list|show|repos': read(AT_HOME),
      'plugin install|uninstall|update|repo-add': local(),
    },
    otherwise: byVerb(
      '-f --force -y --yes',
      /^(databases|db) [\w-]*credentials-view$|^secrets-manager secret$|^secret version access$/,
      /^(instance server (ssh|console)|compute instance ssh|server ssh)$/,
    ),
  },
  {
    names: 'aliyun',
    source: 'from documentation: Alibaba Cloud CLI 3',
    values: '--region --profile -p --output --RegionId --InstanceId --endpoint --version',
    targets: { profile: '--profile -p', region: '--region --RegionId' },
    network: true,
    // An operation of the API, in capitals: `aliyun ecs DeleteInstance`.
    otherwise: (call) => {
      const [, operation] = call.parsed.operands;
      const verb =
        operation && !operation.dynamic ? (/^[A-Z][a-z]+/.exec(operation.value)?.[0] ?? operation.value) : '';
      if (/^(Describe|List|Get|Query|Check|Search|ls|stat|du)$/.test(verb)) return read();
      if (
        /^(Delete|Remove|Release|Stop|Detach|Revoke|Unassociate|Terminate|Disable|Reset|Cancel|rm|Deactivate)$/.test(
          verb,
        )
      )
        return destroy({ resources: valuesOf('--InstanceId --DBInstanceId --ClusterId --BucketName') });
      return /^[A-Z][a-z]+$/.test(verb) || /^(cp|sync|mb)$/.test(verb) ? mutate() : undefined;
    },
    commands: {
      configure: local({ ...terminal, ...AT_HOME }),
      'configure list|get': read(AT_HOME),
      'configure set|switch|delete': local(AT_HOME),
      version: read(AT_HOME),
    },
  },
];
