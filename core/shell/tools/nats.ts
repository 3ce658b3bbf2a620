/** NATS, MQTT and Pulsar. From documentation: NATS CLI 0.1, Mosquitto 2, Pulsar 3. */
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const NATS_VALUES = `-s --server --user --password --creds --nkey --timeout --js-api-prefix --count --subjects --storage --retention --max-msgs --max-bytes --max-age --queue --filter --deliver --ack --replicas --config --msgs --size`;

/** Types each line as a message. */
function typed(call: Call): Partial<Outcome> | undefined {
  return call.stdin.kind === 'inherited' ? terminal : undefined;
}

/** `stream add` asks for what no option says. */
function declares(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--defaults --config --subjects --filter --pull --input --force -f') ||
    call.stdin.kind !== 'inherited'
    ? undefined
    : terminal;
}

/** Pulsar's admin: a noun, a verb with a dash, a name. */
function pulsarAdmin(call: Call): Outcome | undefined {
  const [, verb = ''] = names(call);
  const named = { resources: (given: Call) => names(given).slice(2, 3) };
  if (
    /^(delete|remove|unload|terminate|clear|skip|expire|reset|stop|trigger-offload|revoke|truncate|analyze-)/.test(
      verb,
    )
  )
    return destroy(named);
  if (
    /^(list|get|stats|internal|peek|info|describe|status|partitioned-stats|policies|permissions|subscriptions|lookup|bookies|healthcheck|brokers|is-|examine|last-message|namespaces|topics|version|compaction-status|offload-status|range)/.test(
      verb,
    )
  )
    return read();
  return /^(create|set|update|grant|enable|disable|compact|offload|start|restart|upload|trigger|split|expire|put|register)/.test(
    verb,
  )
    ? mutate(named)
    : undefined;
}

export const nats: readonly Tool[] = [
  {
    names: 'nats',
    source: 'from documentation: NATS CLI 0.1',
    values: NATS_VALUES,
    switches: '-f --force --raw --json --all -a -n --no-context',
    targets: { host: '-s --server', context: '--context' },
    network: true,
    ambient: { 'context|host': 'nats context info' },
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
      ...each(local({ network: false }), 'context select|create|add|save|edit|rm|delete|copy'),
      'stream|str|s backup': local({ resources: 'first' }),
      ...each(
        mutate(),
        'pub, publish, req, request, stream|str|s edit|restore|copy|cluster, consumer|con|c edit|copy|next|sub|resume, kv put|create|add|update|revert|upgrade, object|obj put|add, bench, account backup|restore, server cluster|config|run|generate, auth',
      ),
      ...each(
        mutate({ decide: declares, resources: 'first', inverse: 'nats stream rm, or consumer rm' }),
        'stream|str|s add|create|new, consumer|con|c add|create|new',
      ),
      reply: mutate(stream),
      ...each(
        destroy({ asks: '-f --force', resources: 'first', captureFirst: 'nats stream backup' }),
        'stream|str|s rm|delete|del|purge|rmm|seal',
      ),
      ...each(
        destroy({ asks: '-f --force', resources: 'all', captureFirst: 'nats consumer info' }),
        'consumer|con|c rm|delete',
      ),
      'consumer|con|c pause': destroy({
        asks: '-f --force',
        resources: 'all',
        inverse: 'nats consumer resume',
      }),
      ...each(
        destroy({ asks: '-f --force', resources: 'all', captureFirst: 'nats kv get' }),
        'kv rm|del|delete|purge|compact',
      ),
      ...each(
        destroy({ asks: '-f --force', resources: 'all', captureFirst: 'nats object get' }),
        'object|obj rm|del|delete|seal',
      ),
      ...each(
        mutate({ why: 'another server becomes the leader' }),
        'server cluster step-down|sd, stream|str|s cluster step-down|sd, consumer|con|c cluster step-down|sd, server raft step-down',
      ),
      ...each(
        destroy({ asks: '-f --force' }),
        'server cluster peer-remove, server raft peer-remove, stream|str|s cluster peer-remove, stream|str|s peer-remove',
      ),
    },
  },
  {
    names: 'mosquitto_sub',
    source: 'from the man page',
    values: '-h -p -t -u -P -q -C -W -i -A --cafile --cert --key -k -x -V -F -L -T',
    targets: { host: '-h', topic: '-t' },
    network: true,
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-C -W') ? undefined : stream) }),
  },
  {
    names: 'mosquitto_pub',
    source: 'from the man page',
    values: '-h -p -t -u -P -q -m -f -i -A --cafile --cert --key -k -x -V --will-topic -L --repeat',
    targets: { host: '-h', topic: '-t' },
    network: true,
    bare: mutate({
      decide: (call) => (hasFlag(call.parsed, '-l -s') ? typed(call) : undefined),
      why: 'publishes a message',
    }),
  },
  {
    names: 'pulsar-admin',
    source: 'from documentation: Pulsar 3',
    values:
      '--auth-params --auth-plugin -s --subscription -m --messages -n --count -t --time -p --partitions -c --clusters',
    switches: '-f --force -d --deleteSchema',
    targets: { host: '--admin-url' },
    network: true,
    ambient: { host: 'pulsar-admin brokers list' },
    otherwise: pulsarAdmin,
  },
  {
    names: 'pulsar-client',
    source: 'from documentation: Pulsar 3',
    values:
      '--auth-params --auth-plugin -s --subscription-name -n --num-messages -m --messages -t --subscription-type',
    targets: { host: '--url' },
    network: true,
    commands: {
      produce: mutate({ resources: 'first' }),
      consume: mutate({
        why: 'consuming acknowledges messages',
        resources: 'first',
        when: { '-n=0 --num-messages=0': stream },
      }),
      read: read(),
    },
  },
];
