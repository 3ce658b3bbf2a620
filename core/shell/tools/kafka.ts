/** Message brokers: Kafka, RabbitMQ, NATS, MQTT. From documentation: Apache Kafka 3.8, RabbitMQ 4, NATS CLI 0.1. */
import { verdict } from '../verdict.ts';
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

const SOURCE = 'from documentation: Apache Kafka 3.8';
const CONNECTION = {
  host: '--bootstrap-server --broker-list --zookeeper --bootstrap-controller',
  topic: '--topic',
  group: '--group',
};
const VALUES = `--command-config --partitions --replication-factor --config --delete-config --add-config --entity-type --entity-name --producer --consumer
  --consumer.config --producer.config --property --reassignment-json-file --topics-to-move-json-file --broker-list --throttle --offset-json-file
  --to-datetime --by-duration --shift-by --to-offset --from-file --max-messages --timeout-ms --partition --offset --formatter --principal --allow-principal
  --deny-principal --operation --cluster --path-to-json-file --election-type --application-id --input-topics --num-records --record-size --throughput
  --producer-props --messages --broker-ids --topic-list --time --files --controller --cluster-id -t --cluster-id --exclude --include --whitelist`;

/** `kafka-topics.sh` and the like take what they do as an option. */
function kafka(
  names: string,
  reads: string,
  changes: string,
  destroys: string,
  more: Partial<Tool> = {},
): Tool {
  return {
    names,
    source: SOURCE,
    style: 'long',
    values: VALUES,
    switches: `${reads} ${changes} ${destroys} --execute --dry-run --all-topics --all-groups --under-replicated-partitions --unavailable-partitions --if-exists --if-not-exists --force --verbose --state --members --offsets --from-beginning --to-earliest --to-latest --to-current`,
    targets: CONNECTION,
    bare: read({
      when: {
        ...(changes ? { [changes]: { effect: 'mutate' as const } } : {}),
        ...(destroys ? { [destroys]: { effect: 'destroy' as const } } : {}),
      },
    }),
    ...more,
  };
}

function consumerGroups(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (!hasFlag(parsed, '--reset-offsets')) return undefined;
  return hasFlag(parsed, '--execute')
    ? { effect: 'destroy', why: 'resetting offsets skips messages or delivers them again' }
    : { why: '--reset-offsets without --execute only rehearses' };
}

function consoleConsumer(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--max-messages --timeout-ms') ? undefined : stream;
}

/** Types each line as a message. */
function typed(call: Call): Partial<Outcome> | undefined {
  return call.stdin.kind === 'inherited' ? terminal : undefined;
}

/** A ZooKeeper shell: `zookeeper-shell host:2181 ls /brokers`. */
function zookeeper(call: Call): Partial<Outcome> {
  const words = call.parsed.operands.map((arg) => arg.value);
  const word = call.name === 'zookeeper-shell' ? words[1] : words[0];
  if (word === undefined) {
    return call.stdin.kind === 'inherited'
      ? { effect: 'unknown', why: 'unknown: opens a prompt', ...terminal }
      : { effect: 'unknown', why: 'unknown: runs what its input gives it' };
  }
  if (
    /^(ls|ls2|get|stat|getAcl|listquota|version|sync|getEphemerals|getAllChildrenNumber|whoami|history|config)$/.test(
      word,
    )
  )
    return { effect: 'read' };
  return /^(delete|deleteall|rmr|delquota|removewatches)$/.test(word)
    ? { effect: 'destroy' }
    : { effect: 'mutate' };
}

function kcat(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-L -Q')) return undefined;
  if (hasFlag(parsed, '-P')) return { effect: 'mutate', why: 'kcat -P produces messages', ...typed(call) };
  return hasFlag(parsed, '-e -c') ? undefined : stream;
}

const RABBIT = 'from documentation: RabbitMQ 4';
const RABBIT_VALUES =
  '-t --timeout --formatter --longnames-domain --erlang-cookie --priority --apply-to --default-queue-type --descriptions';
const RABBIT_SWITCHES =
  '-l --longnames -q --quiet -s --silent --no-table-headers --local --online --offline --dry-run --if-empty --if-unused';
const NATS_VALUES = `-s --server --user --password --creds --nkey --timeout --js-api-prefix --count --subjects --storage --retention --max-msgs --max-bytes --max-age --queue --filter --deliver --ack --replicas --config --msgs --size`;

function nodeWait(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-t --timeout') ? undefined : stream;
}

/** rabbitmqadmin 3 takes `list queues`, version 2 `queues list`. */
function rabbitmqadmin(call: Call): Outcome | undefined {
  const words = call.parsed.operands.map((arg) => arg.value);
  if (words.some((word) => /^(delete|purge|close|clear)$/.test(word))) return destroy();
  if (words[0] === 'get') return mutate({ why: 'takes messages from the queue and puts them back, or not' });
  if (words.some((word) => /^(declare|publish|import|set|put|rebalance|grant|enable|disable)$/.test(word)))
    return mutate();
  if (words[0] === 'export' || (words[0] === 'definitions' && words[1] === 'export'))
    return local({ readsSecrets: true });
  return words.some((word) => /^(list|show|help|health_check|overview|nodes|status|ping)$/.test(word))
    ? read()
    : undefined;
}

export const brokers: readonly Tool[] = [
  kafka('kafka-topics', '--list --describe', '--create --alter', '--delete'),
  {
    ...kafka(
      'kafka-consumer-groups kafka-share-groups',
      '--list --describe',
      '',
      '--delete --delete-offsets',
    ),
    bare: read({ when: { '--delete --delete-offsets': { effect: 'destroy' } }, decide: consumerGroups }),
  },
  {
    ...kafka('kafka-configs', '--describe', '--alter --add-config', '--delete-config'),
    bare: read({
      when: {
        '--alter --add-config': {
          effect: 'mutate',
          inverse: 'kafka-configs --alter with the values from before (note them first: --describe)',
        },
        '--delete-config': { effect: 'destroy' },
      },
    }),
  },
  kafka('kafka-acls', '--list', '--add', '--remove'),
  {
    ...kafka('kafka-console-consumer kafka-avro-console-consumer kafka-console-share-consumer', '', '', ''),
    bare: read({ decide: consoleConsumer }),
  },
  {
    ...kafka('kafka-console-producer kafka-avro-console-producer', '', '', ''),
    bare: mutate({ decide: typed, why: 'produces messages' }),
  },
  kafka('kafka-reassign-partitions', '--verify --generate --list', '--execute', '--cancel'),
  {
    ...kafka('kafka-delete-records', '', '', ''),
    bare: destroy({ why: 'kafka-delete-records deletes messages' }),
  },
  { ...kafka('kafka-leader-election kafka-preferred-replica-election', '', '', ''), bare: mutate() },
  {
    ...kafka(
      'kafka-broker-api-versions kafka-log-dirs kafka-get-offsets kafka-dump-log kafka-replica-verification kafka-consumer-perf-test kafka-e2e-latency',
      '',
      '',
      '',
    ),
    bare: read(),
  },
  {
    ...kafka('kafka-producer-perf-test kafka-verifiable-producer', '', '', ''),
    bare: mutate({ why: 'puts load on the brokers' }),
  },
  {
    ...kafka('kafka-run-class', '', '', ''),
    bare: runs('it runs any class', {
      decide: (call) =>
        /GetOffsetShell$|DumpLogSegments$/.test(call.parsed.operands[0]?.value ?? '')
          ? verdict('read', 'reads offsets')
          : undefined,
    }),
  },
  { ...kafka('kafka-streams-application-reset', '', '', ''), bare: destroy({ dryRun: '--dry-run' }) },
  {
    names:
      'kafka-storage kafka-metadata-quorum kafka-transactions kafka-cluster kafka-features kafka-delegation-tokens kafka-metadata-shell kafka-client-metrics kafka-groups',
    source: SOURCE,
    style: 'long',
    values: VALUES,
    targets: CONNECTION,
    bare: read({
      decide: (call) => (call.name === 'kafka-metadata-shell' ? terminal : undefined),
      when: {
        '--create': { effect: 'mutate' },
        '--alter': { effect: 'mutate' },
        '--delete --expire': { effect: 'destroy' },
      },
    }),
    commands: {
      ...each(read(), 'info, random-uuid, describe, list, find-hanging, cluster-id, list-endpoints'),
      format: destroy({ why: 'formats the storage of the broker' }),
      ...each(mutate(), 'upgrade, add-controller, version-mapping'),
      ...each(
        destroy(),
        'abort, force-terminate, forceTerminateTransaction, unregister, downgrade, disable, remove-controller',
      ),
    },
  },
  {
    names:
      'kafka-server-start zookeeper-server-start connect-distributed connect-standalone kafka-mirror-maker schema-registry-start',
    source: SOURCE,
    style: 'long',
    bare: mutate({
      decide: (call) => (hasFlag(call.parsed, '-daemon') ? undefined : stream),
      why: 'starts a server',
    }),
  },
  {
    names: 'kafka-server-stop zookeeper-server-stop schema-registry-stop',
    source: SOURCE,
    bare: destroy({ why: 'stops a server' }),
  },
  {
    names: 'zookeeper-shell zkCli',
    source: 'from documentation: ZooKeeper 3.9',
    style: 'long',
    values: '-server -timeout -zk-tls-config-file',
    targets: { host: '-server' },
    bare: read({ decide: zookeeper }),
  },
  {
    names: 'zkServer',
    source: 'from documentation: ZooKeeper 3.9',
    commands: {
      ...each(read(), 'status, version, print-cmd'),
      ...each(mutate(), 'start, restart, upgrade'),
      'start-foreground': mutate(stream),
      stop: destroy(),
    },
  },
  {
    names: 'kcat kafkacat',
    source: 'from documentation: kcat 1.7',
    values: '-o -c -f -X -F -G -K -D -p -r -s -Z -m',
    switches: '-L -C -P -Q -e -q -u -v -J -Z',
    targets: { host: '-b', topic: '-t' },
    bare: read({ decide: kcat }),
  },
  {
    names: 'rpk kafkactl',
    source: 'from documentation: Redpanda 24',
    values: '-X -p --partitions -r --replicas -n --num -o --offset -f --format -c --topic-config -g --group',
    targets: { host: '--brokers', context: '--context' },
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      const text = words.join(' ');
      if (/^(topic )?consume\b/.test(text))
        return read(hasFlag(call.parsed, '-n --num -e --exit') ? {} : stream);
      if (/^(topic )?produce\b/.test(text)) return mutate({ decide: typed });
      if (
        words.some((word) =>
          /^(delete|remove|trim-prefix|seek|reset|stop|disable|decommission|purge|uninstall|rm)$/.test(word),
        )
      )
        return destroy();
      if (
        words.some((word) =>
          /^(list|ls|describe|get|info|health|status|version|metadata|logdirs|offsets|show|print|check|lint)$/.test(
            word,
          ),
        )
      )
        return read();
      return words.some((word) =>
        /^(create|add-partitions|alter-config|alter|set|enable|import|apply|start|restart|maintenance|grant|clone|edit|use)$/.test(
          word,
        ),
      )
        ? mutate()
        : undefined;
    },
    commands: { version: read() },
  },
  {
    names: 'rabbitmqctl',
    source: RABBIT,
    values: RABBIT_VALUES,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node', vhost: '-p --vhost' },
    commands: {
      ...each(
        read(),
        `status, cluster_status, environment, report, node_health_check, ping, version, help, authenticate_user, autocomplete,
        list_users, list_user_permissions, list_permissions, list_topic_permissions, list_user_topic_permissions, list_vhosts, list_vhost_limits, list_user_limits, list_queues, list_exchanges, list_bindings, list_connections, list_channels, list_consumers,
        list_policies, list_operator_policies, list_parameters, list_global_parameters, list_ciphers, list_feature_flags, list_unresponsive_queues, list_hashes, list_deprecated_features, list_stream_publishers, list_stream_consumers, schema_info, decode, describe_vhost, cluster_status_all, hash_password`,
      ),
      ...each(read({ decide: nodeWait }), 'wait'),
      ...each(read(), 'await_startup, await_online_nodes'),
      export_definitions: local({ readsSecrets: true }),
      ...each(
        mutate(),
        `add_user, change_password, set_user_tags, set_permissions, set_topic_permissions, add_vhost, set_policy, set_operator_policy, set_parameter, set_global_parameter, set_vhost_limits, set_user_limits, set_vm_memory_high_watermark, set_disk_free_limit, set_log_level, set_cluster_name, set_vhost_tags, update_vhost_metadata,
        start_app, sync_queue, import_definitions, rotate_logs, join_cluster, change_cluster_node_type, rename_cluster_node, update_cluster_nodes, enable_feature_flag, trace_on, trace_off, restart_vhost, force_gc, resume_listener, resume_all_listeners, encode, enable_free_disk_space_monitoring, rebalance, activate_free_disk_space_monitoring, set_free_disk`,
      ),
      start_app: mutate({ inverse: 'rabbitmqctl stop_app' }),
      stop_app: destroy({
        why: 'rabbitmqctl stop_app takes the broker out of service',
        inverse: 'rabbitmqctl start_app',
      }),
      purge_queue: destroy({ why: 'rabbitmqctl purge_queue deletes the messages of the queue' }),
      ...each(
        destroy({ why: 'deletes the data and the membership of the node', scope: 'all' }),
        'reset, force_reset',
      ),
      ...each(
        destroy(),
        `delete_queue, delete_user, delete_vhost, delete_shovel, delete_member, forget_cluster_node, stop, shutdown, close_connection, close_all_connections, close_all_user_connections, clear_permissions, clear_topic_permissions, clear_policy, clear_operator_policy, clear_parameter, clear_global_parameter, clear_password, clear_user_limits, clear_vhost_limits,
        cancel_sync_queue, force_boot, suspend_listener, suspend_all_listeners, kill_node, disable_free_disk_space_monitoring, force_standalone_khepri_boot`,
      ),
      ...each(runs('rabbitmqctl eval runs Erlang code'), 'eval, eval_file, exec'),
    },
  },
  {
    names: 'rabbitmq-diagnostics',
    source: RABBIT,
    values: `${RABBIT_VALUES} --lines --interval`,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node' },
    commands: {
      ...each(read(terminal), 'observer'),
      remote_shell: runs('it opens a shell of the node', terminal),
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
    commands: {
      ...each(read(), 'list, is_enabled, directories, version, help'),
      enable: mutate({ inverse: 'rabbitmq-plugins disable' }),
      disable: destroy({ inverse: 'rabbitmq-plugins enable' }),
      set: destroy(),
    },
  },
  {
    names: 'rabbitmq-queues rabbitmq-streams',
    source: RABBIT,
    values: RABBIT_VALUES,
    switches: RABBIT_SWITCHES,
    targets: { node: '-n --node', vhost: '-p --vhost' },
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
    source: RABBIT,
    commands: {
      drain: destroy({ inverse: 'rabbitmq-upgrade revive' }),
      revive: mutate(),
      post_upgrade: mutate(),
      await_online_quorum_plus_one: read(),
      await_quorum_plus_one: read(),
    },
  },
  {
    names: 'rabbitmq-server',
    source: RABBIT,
    style: 'long',
    bare: mutate({ decide: (call) => (hasFlag(call.parsed, '-detached') ? undefined : stream) }),
  },
  {
    names: 'rabbitmqadmin',
    source: RABBIT,
    values: '-P --port -p --password -c --config -f --format -d --depth -S --sort',
    targets: { host: '-H --host', vhost: '-V --vhost', user: '-u --username' },
    otherwise: rabbitmqadmin,
    commands: { help: read() },
  },
  {
    names: 'nats',
    source: 'from documentation: NATS CLI 0.1',
    values: NATS_VALUES,
    switches: '-f --force --raw --json --all -a -n --no-context',
    targets: { host: '-s --server', context: '--context' },
    commands: {
      ...each(
        read(),
        'server check|info|list|ls|ping|report|request|mapping, stream|str|s ls|list|info|report|view|get|find|graph|state|subjects, consumer|con|c ls|list|info|report|graph, kv ls|get|status|history|info, object|obj ls|get|info, account info|report, context ls|list|show|info|validate, rtt, latency, schema info|search|ls|validate, errors, cheat, micro|service ls|list|info|stats|ping',
      ),
      'server check connection|jetstream|stream|consumer|server|kv|message|request|meta|credential|exporter':
        read(),
      'server report connections|accounts|jetstream|health|gateways|routes|leafnodes|mem|cpu': read(),
      ...each(
        read({ decide: (call) => (hasFlag(call.parsed, '--count') ? undefined : stream) }),
        'sub, subscribe',
      ),
      ...each(read(stream), 'events, traffic, kv watch, object watch, obj watch, server watch'),
      top: read(terminal),
      ...each(local(), 'context select|create|add|save|edit|rm|delete|copy, stream backup'),
      ...each(
        mutate(),
        'pub, publish, req, request, stream|str|s add|create|new|edit|restore|seal|copy|cluster, consumer|con|c add|create|new|edit|copy|next|sub|resume, kv put|create|add|update|revert|upgrade, object|obj put|add, bench, account backup|restore, server cluster|config|run|generate, auth',
      ),
      reply: mutate(stream),
      ...each(
        destroy(),
        'stream|str|s rm|delete|del|purge|rmm, consumer|con|c rm|delete|pause, kv rm|del|delete|purge|compact, object|obj rm|del|delete|seal, server cluster step-down, server cluster peer-remove',
      ),
    },
  },
  {
    names: 'mosquitto_sub',
    source: 'from the man page',
    values: '-h -p -t -u -P -q -C -W -i',
    targets: { host: '-h', topic: '-t' },
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-C -W') ? undefined : stream) }),
  },
  {
    names: 'mosquitto_pub',
    source: 'from the man page',
    values: '-h -p -t -u -P -q -m -f -i',
    targets: { host: '-h', topic: '-t' },
    bare: mutate({
      decide: (call) => (hasFlag(call.parsed, '-l -s') ? typed(call) : undefined),
      why: 'publishes a message',
    }),
  },
];
