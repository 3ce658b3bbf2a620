/** Kafka and ZooKeeper, with the clients around them. From documentation: Apache Kafka 3.8, ZooKeeper 3.9. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { names, valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  opensSession,
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

const NAMED = valuesOf('--topic --group --entity-name');

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
    network: true,
    bare: read({
      resources: NAMED,
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
  const group = flagValue(parsed, '--group');
  const of = group && !group.dynamic ? ` --group ${group.value}` : '';
  return hasFlag(parsed, '--execute')
    ? {
        effect: 'destroy',
        why: 'resetting offsets skips messages or delivers them again',
        preview: 'the same without --execute',
        captureFirst: `kafka-consumer-groups --describe${of}`,
        inverse: '--reset-offsets --from-file or --to-offset with the offsets from before',
      }
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
      ? opensSession('opens a prompt')
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
  // Without a mode it produces what its input gives it.
  if (hasFlag(parsed, '-P') || (!hasFlag(parsed, '-C -G') && call.stdin.kind !== 'inherited'))
    return { effect: 'mutate', why: 'kcat -P produces messages', ...typed(call) };
  return hasFlag(parsed, '-e -c') ? undefined : stream;
}

export const kafkaTools: readonly Tool[] = [
  {
    ...kafka('kafka-topics', '--list --describe', '--create --alter', '--delete'),
    bare: read({
      resources: NAMED,
      when: {
        '--create': { effect: 'mutate', inverse: 'kafka-topics --delete with the same --topic' },
        '--alter': { effect: 'mutate', captureFirst: 'kafka-topics --describe' },
        '--delete': {
          effect: 'destroy',
          why: 'kafka-topics --delete deletes the topic and its messages',
          captureFirst: 'kafka-topics --describe, and a copy of the messages',
        },
      },
    }),
  },
  {
    ...kafka(
      'kafka-consumer-groups kafka-share-groups',
      '--list --describe',
      '',
      '--delete --delete-offsets',
    ),
    bare: read({
      resources: NAMED,
      when: {
        '--delete --delete-offsets': {
          effect: 'destroy',
          captureFirst: 'kafka-consumer-groups --describe with the same --group',
        },
      },
      decide: consumerGroups,
    }),
  },
  {
    ...kafka('kafka-configs', '--describe', '--alter --add-config', '--delete-config'),
    bare: read({
      resources: NAMED,
      when: {
        '--alter --add-config': {
          effect: 'mutate',
          captureFirst: 'kafka-configs --describe with the same entity',
          inverse: 'kafka-configs --alter --add-config with the values from before',
        },
        '--delete-config': {
          effect: 'destroy',
          captureFirst: 'kafka-configs --describe with the same entity',
          inverse: 'kafka-configs --alter --add-config with the values from before',
        },
      },
    }),
  },
  {
    ...kafka('kafka-acls', '--list', '--add', '--remove'),
    bare: read({
      resources: NAMED,
      when: {
        '--add': { effect: 'mutate', inverse: 'kafka-acls --remove with the same words' },
        '--remove': {
          effect: 'destroy',
          asks: '--force',
          captureFirst: 'kafka-acls --list',
          inverse: 'kafka-acls --add with the same words',
        },
      },
    }),
  },
  {
    ...kafka('kafka-console-consumer kafka-avro-console-consumer kafka-console-share-consumer', '', '', ''),
    bare: read({ decide: consoleConsumer }),
  },
  {
    ...kafka('kafka-console-producer kafka-avro-console-producer', '', '', ''),
    bare: mutate({ decide: typed, why: 'produces messages', resources: NAMED }),
  },
  {
    ...kafka('kafka-reassign-partitions', '--verify --generate --list', '--execute', '--cancel'),
    bare: read({
      when: {
        '--execute': {
          effect: 'mutate',
          preview: 'kafka-reassign-partitions --generate',
          captureFirst: 'the current assignment, which it prints',
          inverse: 'kafka-reassign-partitions --execute with that assignment',
        },
        '--cancel': { effect: 'destroy' },
      },
    }),
  },
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
  {
    ...kafka('kafka-streams-application-reset', '', '', ''),
    bare: destroy({ dryRun: '--dry-run', resources: valuesOf('--application-id') }),
  },
  {
    names:
      'kafka-storage kafka-metadata-quorum kafka-transactions kafka-cluster kafka-features kafka-delegation-tokens kafka-metadata-shell kafka-client-metrics kafka-groups',
    source: SOURCE,
    style: 'long',
    values: VALUES,
    targets: CONNECTION,
    network: true,
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
      inverse: 'stop it with its -stop script',
      decide: (call) => (hasFlag(call.parsed, '-daemon') ? undefined : stream),
      why: 'starts a server',
    }),
  },
  {
    names: 'kafka-server-stop zookeeper-server-stop schema-registry-stop',
    source: SOURCE,
    bare: destroy({ why: 'stops a server', inverse: 'start it with its -start script' }),
  },
  {
    names: 'zookeeper-shell zkCli zkCli.sh',
    source: 'from documentation: ZooKeeper 3.9',
    style: 'long',
    values: '-server -timeout -zk-tls-config-file',
    targets: { host: '-server' },
    network: true,
    bare: read({ decide: zookeeper }),
  },
  {
    names: 'zkServer zkServer.sh',
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
    source: 'help text or man page (Debian 12), and documentation: kcat 1.7',
    values: '-o -c -f -X -F -G -K -D -p -r -s -Z -m',
    switches: '-L -C -P -Q -e -q -u -v -J -Z',
    targets: { host: '-b', topic: '-t' },
    network: true,
    bare: read({ decide: kcat }),
  },
  {
    names: 'rpk kafkactl',
    source: 'from documentation: Redpanda 24',
    values: '-X -p --partitions -r --replicas -n --num -o --offset -f --format -c --topic-config -g --group',
    targets: { host: '--brokers', context: '--context' },
    network: true,
    ambient: { 'host|context|profile': 'rpk profile print' },
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
        return destroy({ resources: (given) => names(given).slice(2) });
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
];
