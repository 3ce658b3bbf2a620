/** oc and OpenShift's other clients. From documentation: the OpenShift CLI reference 4.16, ROSA CLI 1.2, CRC 2. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { kubectlCommands, kubectlOptions } from './kubectl.ts';
import {
  execute,
  FILES,
  listed,
  namesOf,
  needsCommand,
  noting,
  objects,
  podRuns,
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
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DRY = '--dry-run --dry-run=client|server';
const here: Partial<Outcome> = { network: false };
const CONFIRMED = (why: string, resources?: Outcome['resources']): Outcome =>
  read({
    when: { '--confirm': { effect: 'destroy', scope: 'many', why } },
    ...(resources ? { resources } : {}),
  });

/** Only prints the pod that it would start. */
function debug(call: Call): ReturnType<NonNullable<Outcome['decide']>> {
  if (flagValue(call.parsed, '-o --output') || hasFlag(call.parsed, '--dry-run'))
    return verdict('read', 'oc debug prints the pod that it would start');
  return (call.parsed.rest ?? []).length === 0 ? { mode: 'terminal' } : wantsTerminal(call);
}

/** `set volume` and `set triggers` list, unless told to change something. */
const setOrList = (changes: string): Outcome =>
  read({
    values: FILES,
    resources: objects,
    when: { [changes]: { effect: 'mutate', inverse: 'oc rollout undo' } },
  });

const openshift: Readonly<Record<string, Outcome>> = {
  ...kubectlCommands,
  ...each(
    read(),
    `status, projects, adm top, adm node-logs, adm release, adm release info, adm build-chain, adm verify-image-signature, adm ocp-certificates,
    adm wait-for-stable-cluster, adm wait-for-node-reboot, adm policy who-can|scc-subject-review|scc-review, policy can-i|who-can|scc-subject-review|scc-review,
    image info, registry info, adm create-bootstrap-project-template|create-error-template|create-login-template|create-provider-selection-template`,
  ),
  'adm node-logs': read({
    values: '-u --unit --since --until -g --grep --role --path --boot',
    when: { '-f --follow': stream },
  }),
  process: read({
    values: `${FILES} --param --param-file --parameters`,
    why: 'oc process prints a filled template',
  }),
  whoami: read({
    when: { '-t --show-token': { readsSecrets: true, why: 'oc whoami -t prints a credential' } },
  }),
  ...each(read({ readsSecrets: true }), 'get-token, serviceaccounts get-token, sa get-token'),
  project: read({
    decide: (call) =>
      call.parsed.operands.length > 0
        ? {
            effect: 'local-write',
            why: 'oc project changes the current project of this machine',
            network: false,
          }
        : undefined,
    captureFirst: 'oc project -q',
    inverse: 'oc project with the project from before',
  }),
  login: local({
    leavesOpen: {},
    why: 'stores a login on this machine',
    asks: '-w --web',
    values: '-u --username -p --password --token',
    decide: (call) =>
      flagValue(call.parsed, '-p --password --token')
        ? verdict('local-write', 'stores a login on this machine')
        : undefined,
  }),
  logout: local({ why: 'ends the login of this machine', inverse: 'oc login' }),
  extract: local({
    readsSecrets: true,
    values: '--to --keys --confirm',
    decide: (call) =>
      flagValue(call.parsed, '--to')?.value === '-'
        ? verdict('read', 'oc extract prints the values', { readsSecrets: true })
        : undefined,
  }),
  rsync: mutate({
    values: '--strategy --exclude --include -c --container',
    resources: (call) => call.parsed.operands.slice(1, 2).map((arg) => arg.value),
    when: {
      '--delete': { effect: 'destroy', why: 'oc rsync --delete removes files that the source does not have' },
      '-w --watch': stream,
    },
  }),
  rsh: read({ why: 'runs in the container', runs: execute, decide: needsCommand }),
  debug: mutate({ resources: 'first', decide: debug, runs: podRuns }),
  'new-app': mutate({
    switches: '-L -S',
    dryRun: '--dry-run -L --list -S --search',
    inverse: 'oc delete all with the label of the application',
  }),
  'new-build': mutate({ dryRun: '--dry-run', inverse: 'oc delete bc of that name' }),
  'new-project': mutate({ resources: namesOf('project'), inverse: 'oc delete project' }),
  'start-build': mutate({
    values:
      '--from-dir --from-file --from-repo --from-archive --from-build --commit --env -e --build-arg --build-loglevel --list-webhooks',
    resources: 'first',
    when: { '-F --follow': stream },
    inverse: 'oc cancel-build',
  }),
  tag: mutate({
    dryRun: DRY,
    resources: (call) => call.parsed.operands.slice(-1).map((arg) => arg.value),
    captureFirst: 'oc get imagestreamtag of the tag, -o yaml',
    inverse: 'oc tag of the image from before',
    when: { '-d --delete': { effect: 'destroy', why: 'oc tag -d removes the tag' } },
  }),
  ...each(
    mutate({ dryRun: DRY }),
    `import-image, rollback, secrets link|add|unlink, registry login, adm add-role-to-user, adm new-project, adm groups new|add-users, adm certificate approve|deny,
    adm restart-kubelet, adm copy-to-node, adm catalog build|mirror, adm release new|mirror, adm pod-network join-projects|make-projects-global, adm migrate,
    adm node-image create|monitor, adm create-kubeconfig, image append|mirror, policy, adm policy`,
  ),
  ...each(local(), 'image extract, adm release extract, adm inspect, adm config'),
  'image mirror': mutate({ dryRun: '--dry-run' }),
  'adm must-gather': mutate({ why: 'creates pods that gather logs' }),
  idle: mutate({
    dryRun: '--dry-run',
    resources: 'all',
    why: 'oc idle scales the service to nothing until it is asked for',
  }),
  observe: runs('oc observe runs a command for every object', stream),
  'set volume|volumes': setOrList('--add --remove'),
  'set triggers': setOrList(
    '--auto --manual --remove --remove-all --from-image --from-config --from-github --from-webhook',
  ),
  'set env': noting({
    ...(kubectlCommands['set image|env|resources|selector|subject'] as Outcome),
    decide: listed,
  }),
  'set data|probe|deployment-hook|build-hook|build-secret|image-lookup|route-backends': noting(
    mutate({
      values: FILES,
      dryRun: `--local ${DRY}`,
      resources: objects,
      inverse: 'oc apply of the saved manifest',
    }),
  ),
  'rollout latest|retry': mutate({ dryRun: DRY, resources: namesOf('dc'), inverse: 'oc rollout undo' }),
  'rollout cancel': mutate({ resources: namesOf('dc'), inverse: 'oc rollout retry' }),
  'adm cordon': kubectlCommands.cordon as Outcome,
  'adm uncordon': kubectlCommands.uncordon as Outcome,
  'adm drain': kubectlCommands.drain as Outcome,
  'adm taint': { ...(kubectlCommands.taint as Outcome), decide: taint },
  ...each(
    destroy({ dryRun: DRY, resources: 'all', inverse: 'oc adm policy add-… with the same words' }),
    `adm policy remove-role-from-user|remove-role-from-group|remove-cluster-role-from-user|remove-cluster-role-from-group|remove-user|remove-group|remove-scc-from-user|remove-scc-from-group,
    policy remove-role-from-user|remove-role-from-group|remove-user|remove-group, adm groups remove-users`,
  ),
  'adm prune': CONFIRMED('oc adm prune --confirm removes objects'),
  'adm prune builds|deployments|images|auth|groups|renderedmachineconfigs': CONFIRMED(
    'oc adm prune --confirm removes objects',
  ),
  'adm groups prune': CONFIRMED('oc adm groups prune --confirm removes groups'),
  'adm groups sync': read({
    when: { '--confirm': { effect: 'mutate', why: 'oc adm groups sync --confirm changes groups' } },
  }),
  'adm upgrade': read({
    values: '--to --to-image',
    preview: 'oc adm upgrade without options lists what is on offer',
    captureFirst: 'oc get clusterversion -o yaml, and an etcd backup',
    when: {
      '--to --to-latest --to-image --clear --force': {
        effect: 'mutate',
        scope: 'all',
        why: 'oc adm upgrade changes the version of the cluster',
      },
    },
  }),
  'adm upgrade channel': mutate({
    captureFirst: 'oc get clusterversion -o yaml',
    inverse: 'oc adm upgrade channel with the channel from before',
  }),
  'adm upgrade status': read(),
  'adm reboot-machine-config-pool': destroy({
    resources: 'first',
    scope: 'many',
    why: 'reboots every node of the pool',
  }),
  'cancel-build': destroy({ resources: 'all', inverse: 'oc start-build' }),
};

/** Verbs of clients that manage whole clusters. */
function byVerb(call: Call): Outcome {
  const words = call.parsed.operands.map((arg) => arg.value);
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word));
  if (has(/^(delete|destroy|uninstall|remove|revoke|purge|stop|hibernate|unlink|drain|cleanup)$/))
    return destroy({
      scope: 'many',
      ...(call.name === 'rosa' ? { asks: '-y --yes' } : call.name === 'crc' ? { asks: '-f --force' } : {}),
    });
  if (has(/^(login|logout|config)$/) && words[0] !== 'backplane') {
    if (has(/^(get|view|list)$/)) return read();
    return local({ why: 'stores a login on this machine' });
  }
  if (has(/^token$/)) return read({ readsSecrets: true });
  if (has(/^(console|tunnel)$/)) return read(stream);
  if (
    has(/^(list|ls|get|describe|show|status|version|whoami|verify|wait-for|info|ip|gather|analyze|download)$/)
  )
    return read();
  if (has(/^logs$/)) return read(hasFlag(call.parsed, '-w --watch -f --follow') ? stream : {});
  if (has(/^edit$/) && call.name === 'rosa') return mutate({ asks: '-y --yes' });
  return call.name === 'openshift-install' && has(/^install-config$/) ? local(terminal) : mutate();
}

export const openshiftClients: readonly Tool[] = [
  {
    names: 'oc',
    source: 'from documentation: OpenShift CLI reference 4.16, kubectl reference 1.31',
    ...kubectlOptions,
    bare: read({ network: false, why: 'oc prints help' }),
    targets: { ...kubectlOptions.targets, project: '--project' },
    switches: `${kubectlOptions.switches} --show-token --show-server --show-context --show-console -T --no-tty --confirm --to-latest --follow`,
    ambient: {
      'context|cluster|host|kubeconfig': 'oc whoami --show-context',
      'namespace|project': 'oc project -q',
    },
    commands: {
      ...openshift,
      ...each(read(here), 'config current-context|get-contexts|get-clusters|get-users'),
    },
  },
  {
    names: 'ocm rosa odf osdctl openshift-install crc',
    source: 'from documentation: ROSA CLI 1.2, openshift-install 4.16, CRC 2',
    values: '-c --cluster -o --output --region --profile --dir --storage-client --log-level',
    targets: { cluster: '-c --cluster', region: '--region', profile: '--profile' },
    network: true,
    otherwise: byVerb,
    bare: read(here),
    commands: { version: read() },
  },
];
