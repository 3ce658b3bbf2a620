/** RabbitMQ's programs. From documentation: RabbitMQ 4. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
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
  terminal,
} from './table.ts';

const RABBIT = 'help text or man page (Debian 12), and documentation: RabbitMQ 4';
const RABBIT_VALUES =
  '-t --timeout --formatter --longnames-domain --erlang-cookie --priority --apply-to --default-queue-type --descriptions';
const RABBIT_SWITCHES =
  '-l --longnames -q --quiet -s --silent --no-table-headers --local --online --offline --dry-run --if-empty --if-unused';
function nodeWait(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-t --timeout') ? undefined : stream;
}

/** rabbitmqadmin 3 takes `list queues`, version 2 `queues list`. */
function rabbitmqadmin(call: Call): Outcome | undefined {
  const words = call.parsed.operands.map((arg) => arg.value);
  if (words.some((word) => /^(delete|purge|close|clear)$/.test(word)))
    return destroy({
      captureFirst: 'rabbitmqadmin export',
      resources: (given) => names(given).flatMap((word) => (word.startsWith('name=') ? [word.slice(5)] : [])),
    });
  if (words[0] === 'get') return mutate({ why: 'takes messages from the queue and puts them back, or not' });
  if (words.some((word) => /^(declare|publish|import|set|put|rebalance|grant|enable|disable)$/.test(word)))
    return mutate();
  if (words[0] === 'export' || (words[0] === 'definitions' && words[1] === 'export')) return local();
  return words.some((word) => /^(list|show|help|health_check|overview|nodes|status|ping)$/.test(word))
    ? read()
    : undefined;
}

/** The password may stand in the words, or is asked for. */
function addUser(call: Call): Partial<Outcome> | undefined {
  const user = names(call)[0];
  const alone = call.parsed.operands.length < 2;
  return {
    ...(user === undefined ? {} : { inverse: `rabbitmqctl delete_user ${user}` }),
    ...(alone && call.stdin.kind === 'inherited' ? terminal : {}),
  };
}

/** Printed where no file, or `-`, is given. */
function definitions(call: Call) {
  const file = names(call)[0];
  return file === '-'
    ? verdict('read', 'rabbitmqctl export_definitions prints users with the hashes of their passwords', {
        readsSecrets: true,
      })
    : undefined;
}

const NODE = { node: 'rabbitmqctl status' };
const QUEUE = {
  captureFirst: 'rabbitmqctl list_queues name messages, and export_definitions',
  resources: 'first',
} as const;

export const rabbit: readonly Tool[] = [
  {
    names: 'rabbitmqctl',
    source: RABBIT,
    values: RABBIT_VALUES,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node', vhost: '-p --vhost' },
    network: true,
    ambient: NODE,
    commands: {
      ...each(
        read(),
        `status, cluster_status, environment, report, node_health_check, ping, version, help, authenticate_user, autocomplete,
        list_users, list_user_permissions, list_permissions, list_topic_permissions, list_user_topic_permissions, list_vhosts, list_vhost_limits, list_user_limits, list_queues, list_exchanges, list_bindings, list_connections, list_channels, list_consumers,
        list_policies, list_operator_policies, list_parameters, list_global_parameters, list_ciphers, list_feature_flags, list_unresponsive_queues, list_hashes, list_deprecated_features, list_stream_publishers, list_stream_consumers, schema_info, decode, describe_vhost, cluster_status_all, hash_password`,
      ),
      ...each(read({ decide: nodeWait }), 'wait'),
      ...each(read(), 'await_startup, await_online_nodes'),
      export_definitions: local({ decide: definitions, resources: 'first' }),
      ...each(
        mutate(),
        `set_user_tags, set_topic_permissions, set_operator_policy, set_parameter, set_global_parameter, set_vhost_limits, set_user_limits, set_vm_memory_high_watermark, set_disk_free_limit, set_log_level, set_cluster_name, set_vhost_tags, update_vhost_metadata,
        sync_queue, import_definitions, rotate_logs, join_cluster, change_cluster_node_type, rename_cluster_node, update_cluster_nodes, enable_feature_flag, trace_on, trace_off, restart_vhost, force_gc, resume_listener, resume_all_listeners, encode, enable_free_disk_space_monitoring, rebalance, activate_free_disk_space_monitoring, set_free_disk`,
      ),
      add_user: mutate({ decide: addUser, resources: 'first' }),
      change_password: mutate({
        resources: 'first',
        decide: (call) =>
          call.parsed.operands.length < 2 && call.stdin.kind === 'inherited' ? terminal : undefined,
      }),
      add_vhost: mutate({ resources: 'first', inverse: 'rabbitmqctl delete_vhost with its name' }),
      set_permissions: mutate({
        resources: 'first',
        captureFirst: 'rabbitmqctl list_permissions',
        inverse: 'set_permissions with the rights from before, or clear_permissions',
      }),
      set_policy: mutate({
        resources: 'first',
        captureFirst: 'rabbitmqctl list_policies',
        inverse: 'set_policy as before, or clear_policy',
      }),
      start_app: mutate({ inverse: 'rabbitmqctl stop_app' }),
      stop_app: destroy({
        why: 'rabbitmqctl stop_app takes the broker out of service',
        inverse: 'rabbitmqctl start_app',
      }),
      purge_queue: destroy({
        ...QUEUE,
        why: 'rabbitmqctl purge_queue deletes the messages of the queue',
      }),
      delete_queue: destroy(QUEUE),
      delete_vhost: destroy({
        resources: 'first',
        scope: 'all',
        captureFirst: 'rabbitmqctl export_definitions',
        inverse: 'import_definitions; messages are gone',
      }),
      ...each(
        destroy({
          resources: 'first',
          captureFirst: 'rabbitmqctl export_definitions',
          inverse: 'import_definitions',
        }),
        'delete_user, clear_permissions, clear_topic_permissions, clear_policy, clear_operator_policy',
      ),
      ...each(
        destroy({ why: 'deletes the data and the membership of the node', scope: 'all' }),
        'reset, force_reset',
      ),
      ...each(
        destroy(),
        `delete_shovel, delete_member, forget_cluster_node, stop, shutdown, close_connection, close_all_connections, close_all_user_connections, clear_parameter, clear_global_parameter, clear_password, clear_user_limits, clear_vhost_limits,
        cancel_sync_queue, force_boot, suspend_listener, suspend_all_listeners, kill_node, disable_free_disk_space_monitoring, force_standalone_khepri_boot`,
      ),
      ...each(runs('rabbitmqctl eval runs Erlang code'), 'eval, eval_file, exec'),
    },
  },
  {
    names: 'rabbitmq-diagnostics',
    source: 'from documentation: RabbitMQ 4',
    values: `${RABBIT_VALUES} --lines --interval`,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node' },
    network: true,
    ambient: NODE,
    commands: {
      ...each(read(terminal), 'observer'),
      remote_shell: opensSession('it opens a shell of the node'),
      ...each(read(stream), 'log_tail_stream, consume_event_stream'),
    },
    otherwise: (call) => (/^\w+$/.test(call.parsed.operands[0]?.value ?? '') ? read() : undefined),
    bare: read(),
  },
  {
    names: 'rabbitmq-plugins',
    source: RABBIT,
    values: RABBIT_VALUES,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node' },
    network: true,
    ambient: NODE,
    commands: {
      ...each(read(), 'list, is_enabled, directories, version, help'),
      enable: mutate({ inverse: 'rabbitmq-plugins disable' }),
      disable: destroy({ inverse: 'rabbitmq-plugins enable' }),
      set: destroy(),
    },
  },
  {
    names: 'rabbitmq-queues rabbitmq-streams',
    source: 'from documentation: RabbitMQ 4',
    values: RABBIT_VALUES,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node', vhost: '-p --vhost' },
    network: true,
    ambient: NODE,
    commands: {
      ...each(
        read(),
        'quorum_status, stream_status, check_if_node_is_quorum_critical, check_if_node_is_mirror_sync_critical, peek, help, list_stream_consumers',
      ),
      ...each(
        mutate(),
        'grow, rebalance, add_member, add_replica, set_stream_retention_policy, reclaim_quorum_memory, transfer_leadership, restart_stream',
      ),
      ...each(destroy(), 'shrink, delete_member, delete_replica'),
    },
  },
  {
    names: 'rabbitmq-upgrade',
    source: 'from documentation: RabbitMQ 4',
    values: RABBIT_VALUES,
    targets: { node: '-n --node' },
    network: true,
    ambient: NODE,
    commands: {
      drain: destroy({
        why: 'the node hands over its queues and takes no client',
        inverse: 'rabbitmq-upgrade revive',
      }),
      revive: mutate(),
      post_upgrade: mutate(),
      await_online_quorum_plus_one: read(),
      await_quorum_plus_one: read(),
    },
  },
  {
    names: 'rabbitmq-server',
    source: 'from documentation: RabbitMQ 4',
    style: 'long',
    bare: mutate({ decide: (call) => (hasFlag(call.parsed, '-detached') ? undefined : stream) }),
  },
  {
    names: 'rabbitmqadmin',
    source: RABBIT,
    values: '-P --port -p --password -c --config -f --format -d --depth -S --sort',
    targets: { host: '-H --host', vhost: '-V --vhost', user: '-u --username' },
    network: true,
    ambient: { host: 'rabbitmqadmin show overview' },
    otherwise: rabbitmqadmin,
    commands: { help: read() },
  },
];
