/** Nomad. From documentation: Nomad 1.8. */

import { withDetails } from '../verdict.ts';
import { hasFlag, isOpaque } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
} from './table.ts';
import { helps } from './terraformCommands.ts';

const VALUES = `-ca-cert -ca-path -client-cert -client-key -tls-server-name -token -type -name -policy -ttl -n -c -task -job -count -meta
  -payload -deadline -m -t -check-index -var -var-file -version -eval -filter -per-page -page-token -lines -log-level -path -index
  -description -rules-file -job-name -group -priority -consul-token -vault-token`;
const AT_HOME = { network: false };
const YES = '-yes -y -auto-approve';

/** What runs in the allocation, in a terminal where one is asked for. */
const inAllocation: Outcome = {
  effect: 'read',
  why: 'nomad alloc exec runs it in the allocation',
  runs: (call) => {
    const words = commandAfter(call, `${VALUES} -e`, 1);
    const [first] = words;
    if (!first || isOpaque(first)) return undefined;
    return withDetails(
      call.judge.words(words),
      hasFlag(call.parsed, '-i=false -t=false') ? {} : { mode: 'terminal' },
    );
  },
  decide: (call) =>
    commandAfter(call, `${VALUES} -e`, 1).length === 0
      ? opensSession('nomad alloc exec opens a session')
      : undefined,
};

/** It waits for the deployment unless it is detached; a stopped job stays for a while. */
const stop: Partial<Outcome> = {
  resources: 'all',
  asks: YES,
  captureFirst: 'nomad job inspect with the same name, into a file',
  inverse: 'nomad job run of that file, or nomad job start',
  why: 'nomad job stop takes the job out of service',
  when: { '-purge': { why: 'nomad job stop -purge forgets the job at once' } },
};

const scale = (call: Call): Partial<Outcome> | undefined =>
  call.parsed.operands.at(-1)?.value === '0'
    ? { effect: 'destroy', why: 'nomad job scale to 0 takes the group out of service' }
    : undefined;

export const nomad: Tool = {
  names: 'nomad',
  source: 'from documentation: Nomad 1.8',
  style: 'long',
  values: VALUES,
  switches:
    '-tls-skip-verify -f -tail -follow -verbose -short -json -detach -yes -y -purge -global -force -stats -self -stale -enable -disable -ignore-system -keep-ineligible -monitor -no-color -allocs -prune -stderr -H -diff',
  targets: { host: '-address', region: '-region', namespace: '-namespace' },
  network: true,
  ambient: { host: 'echo "$NOMAD_ADDR"', namespace: 'echo "$NOMAD_NAMESPACE"' },
  judge: helps(VALUES),
  commands: {
    ...each(
      read(),
      'status, job status, job history, job inspect, job allocs, job deployments, job eval, job scaling-events, job validate, job action, node status, node meta read, node pool list, node pool info, node pool nodes, node pool jobs, alloc status, alloc checks, alloc fs, fs, deployment list, deployment status, eval list, eval status, server members, operator raft list-peers, operator autopilot get-config, operator autopilot health, operator scheduler get-config, operator metrics, operator client-state, acl policy list, acl policy info, acl role list, acl role info, acl auth-method list, acl auth-method info, acl token list, acl token self, acl binding-rule list, namespace list, namespace status, namespace inspect, quota list, quota status, quota inspect, volume status, plugin status, var list, recommendation list, recommendation info, scaling policy list, scaling policy info, sentinel list, sentinel read, agent-info, service list, service info, system state list, ui, inspect, setup consul-check, operator snapshot inspect, operator root keyring list, license get, operator raft info',
    ),
    ...each(read(AT_HOME), 'version, fmt-check, tls, help'),
    'job plan': read({ why: 'nomad job plan only compares' }),
    plan: read({ why: 'nomad plan only compares' }),
    validate: read(),
    ...each(read({ readsSecrets: true, why: 'prints secret values' }), 'var get, acl token info'),
    ...each(
      read({ decide: (call) => (hasFlag(call.parsed, '-f -follow') ? stream : undefined) }),
      'alloc logs, logs',
    ),
    ...each(read(stream), 'monitor, operator monitor, alloc fs -f'),
    ...each(
      local(AT_HOME),
      'fmt, job init, init, namespace init, tls ca create, tls cert create, volume init, var init, quota init, operator gossip keyring generate, config validate',
    ),
    ...each(local(), 'operator snapshot save, operator debug, operator api-save'),
    ...each(mutate({ readsSecrets: true }), 'acl bootstrap, acl token create'),
    login: local({ readsSecrets: true }),
    ...each(
      mutate({
        resources: 'first',
        preview: 'nomad job plan of the same file',
        captureFirst: 'nomad job history with the same name',
        inverse: 'nomad job revert to the version from before',
      }),
      'job run, run',
    ),
    ...each(
      mutate({
        resources: 'first',
        captureFirst: 'nomad job history with the same name',
        inverse: 'nomad job revert to the version from before',
      }),
      'job revert, job promote, job restart',
    ),
    'job restart': mutate({ resources: 'first', asks: YES }),
    ...each(
      mutate({
        resources: 'first',
        decide: scale,
        captureFirst: 'nomad job scaling-events',
        inverse: 'nomad job scale with the count from before',
      }),
      'job scale, scale',
    ),
    'job dispatch': runs('nomad job dispatch starts a job'),
    'job periodic force': runs('nomad job periodic force starts a job'),
    'job start': mutate({ resources: 'all', inverse: 'nomad job stop' }),
    ...each(
      mutate({ resources: 'first' }),
      'alloc restart, alloc signal, deployment promote, deployment resume, deployment unblock, node config, node meta apply, acl policy apply, acl role create, acl role update, acl token update, acl auth-method create, acl auth-method update, acl binding-rule create, acl binding-rule update, namespace apply, quota apply, node pool apply, volume create, volume register, volume snapshot create, var put, operator autopilot set-config, operator scheduler set-config, operator raft transfer-leadership, operator root keyring rotate, operator gossip keyring install, operator gossip keyring use, sentinel apply, server join, job tag apply, recommendation apply, setup consul, setup vault, license put, eval trigger',
    ),
    'node eligibility': mutate({
      resources: 'first',
      when: {
        '-disable': {
          effect: 'destroy',
          why: 'no new work goes to the node',
          inverse: 'nomad node eligibility -enable',
        },
      },
    }),
    'node drain': destroy({
      resources: 'first',
      asks: YES,
      scope: 'many',
      why: 'nomad node drain moves all work off the node',
      inverse: 'nomad node drain -disable, and nomad node eligibility -enable (the work does not move back)',
    }),
    ...each(destroy(stop), 'job stop, stop'),
    'alloc stop': destroy({ resources: 'first', why: 'the allocation stops, and is placed anew' }),
    'deployment fail|pause': destroy({ resources: 'first' }),
    'eval delete': destroy({ resources: 'all', asks: YES }),
    ...each(
      destroy({ resources: 'all' }),
      'acl policy delete, acl role delete, acl token delete, acl auth-method delete, acl binding-rule delete, namespace delete, quota delete, node pool delete, volume delete, volume deregister, volume detach, volume snapshot delete, var purge, operator raft remove-peer, operator root keyring remove, operator gossip keyring remove, server force-leave, system gc, system reconcile summaries, sentinel delete, service delete, node purge, job tag unset, recommendation dismiss',
    ),
    'operator snapshot restore': destroy({
      scope: 'all',
      why: 'replaces the state of the cluster',
      captureFirst: 'nomad operator snapshot save',
    }),
    ...each(inAllocation, 'alloc exec, exec'),
    agent: mutate({ ...stream, ...AT_HOME }),
  },
};
