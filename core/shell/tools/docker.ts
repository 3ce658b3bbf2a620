/** docker and its swarms. From documentation: the Docker CLI reference 27. */
import { flagValue, hasFlag } from '../words.ts';
import { applyTool } from './apply.ts';
import { composeWords, judgeCompose } from './compose.ts';
import { containerCommands, prune } from './containerCommands.ts';
import { type Front, frontTargets, inspected, notes, withLongFront } from './containerRun.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const here: Partial<Outcome> = { network: false };

const service = (call: Call) =>
  call.parsed.operands
    .slice(-1)
    .filter((arg) => !arg.dynamic)
    .map((arg) => arg.value);

/** To nothing, or away from a node. */
function outOfService(call: Call): Partial<Outcome> | undefined {
  const words = /scale$/.test(call.path) ? call.parsed.operands.map((arg) => arg.value) : [];
  if (words.some((word) => /=0+$/.test(word)) || flagValue(call.parsed, '--replicas')?.value === '0')
    return { effect: 'destroy', why: `docker ${call.path} to 0 takes the service out of service` };
  return flagValue(call.parsed, '--availability')?.value === 'drain'
    ? { effect: 'destroy', scope: 'many', why: 'docker node update drains the node' }
    : undefined;
}

const FRONT: Front = {
  values: '-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey',
  switches: '-D --debug --tls --tlsverify -v --version',
  long: { '-H': '--host', '-c': '--context', '-l': '--log-level', '-D': '--debug' },
};

const swarmAndMore: Readonly<Record<string, Outcome>> = {
  ...each(
    read({ switches: '-q', values: '-f --filter --format' }),
    `context|config|service|node|stack|plugin|buildx|secret|checkpoint|model ls, context|config|node|stack|plugin|buildx|manifest|system|secret inspect, service ps, node ps, stack ps|services,
    builder du, buildx du|version, buildx imagetools inspect, buildx history ls|inspect|logs, scout cves|quickview|compare|recommendations|sbom|version|environment, scout, trust inspect, model ps|df|logs|status|inspect|list|version, desktop status|version,
    sbom, scan`,
  ),
  ...each(read(here), 'help, context show, context ls|list, completion, stack config'),
  'service inspect': read({
    values: '-f --format',
    decide: (call) => (hasFlag(call.parsed, '--pretty') ? undefined : inspected(call)),
  }),
  'service logs': read({ switches: '-f', values: '--tail -n --since', when: { '-f --follow': stream } }),
  'desktop logs': read({ switches: '-f', when: { '-f --follow': stream } }),
  'swarm join-token': read({
    readsSecrets: true,
    why: 'docker swarm join-token prints the token',
    when: { '--rotate': { effect: 'mutate' } },
  }),
  'swarm unlock-key': read({ readsSecrets: true, when: { '--rotate': { effect: 'mutate' } } }),
  'swarm ca': read({ when: { '--rotate': { effect: 'mutate', scope: 'all' } } }),
  'swarm unlock': mutate(terminal),
  ...each(local({ ...here, inverse: 'docker context rm' }), 'context create, context import'),
  ...each(local(here), 'context update|export'),
  'context use': local({
    ...here,
    resources: 'first',
    captureFirst: 'docker context show',
    inverse: 'docker context use with the context from before',
  }),
  ...each(
    local({
      values:
        '-f --file -t --tag --build-arg --target --platform -o --output --builder --name --driver --set --cache-from --cache-to',
      when: { '--push': { effect: 'mutate' } },
    }),
    'buildx build|b|bake|create|use|install',
  ),
  ...each(local(), 'trust key generate|load, model pull|tag|package, buildx history export|open'),
  ...each(local(terminal), 'init'),
  ...each(
    mutate({ resources: 'first' }),
    'swarm init|join|update, config create, secret create, plugin set|upgrade|create|push, buildx imagetools create, buildx stop, checkpoint create, trust sign, trust signer add, model push, scout config|enroll|repo|push, service create',
  ),
  'swarm join': mutate({
    values: '--token --advertise-addr --listen-addr --availability',
    resources: 'first',
    inverse: 'docker swarm leave',
  }),
  'swarm init': mutate({
    inverse: 'docker swarm leave --force',
    when: {
      '--force-new-cluster': {
        effect: 'destroy',
        scope: 'all',
        why: 'docker swarm init --force-new-cluster drops every other manager',
      },
    },
  }),
  'service update': mutate({
    resources: service,
    values:
      '--image --replicas --env-add --env-rm --limit-memory --limit-cpu --publish-add --publish-rm --constraint-add --constraint-rm --mount-add --mount-rm --secret-add --secret-rm --config-add --config-rm --update-delay --update-parallelism --label-add --label-rm --network-add --network-rm --args --rollback-order --update-order --stop-grace-period',
    decide: (call) => ({
      ...notes((names) => `docker service inspect --pretty ${names}`)(call),
      ...outOfService(call),
    }),
    inverse: 'docker service rollback',
  }),
  'service scale': mutate({
    resources: (call) =>
      call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value.replace(/=.*$/, '')),
    decide: outOfService,
    captureFirst: 'docker service ls',
    inverse: 'docker service scale back to the count from before',
  }),
  'service rollback': mutate({ resources: 'first', inverse: 'docker service rollback, once more' }),
  ...each(
    mutate({
      resources: 'first',
      values: '-c --compose-file --orchestrator --resolve-image',
      preview: 'docker stack config',
      captureFirst: 'docker stack services of the stack',
      inverse: 'docker service rollback of each service',
      when: {
        '--prune': {
          effect: 'destroy',
          why: 'docker stack deploy --prune removes what the file no longer holds',
        },
      },
    }),
    'stack deploy|up',
  ),
  'node update': mutate({
    resources: service,
    values: '--availability --role --label-add --label-rm',
    decide: outOfService,
    captureFirst: 'docker node inspect of the node',
    inverse: 'docker node update with the values from before',
  }),
  'node promote': mutate({ resources: 'all', inverse: 'docker node demote' }),
  'node demote': mutate({ resources: 'all', inverse: 'docker node promote' }),
  'plugin install': mutate({
    resources: 'first',
    asks: '--grant-all-permissions',
    inverse: 'docker plugin rm',
  }),
  'plugin enable': mutate({ resources: 'first', inverse: 'docker plugin disable' }),
  'plugin disable': mutate({ resources: 'first', switches: '-f', inverse: 'docker plugin enable' }),
  ...each(mutate(), 'desktop start|restart|enable|disable|update'),
  'desktop stop': mutate({ inverse: 'docker desktop start' }),
  'model run': mutate({ decide: (call) => (call.parsed.operands.length > 1 ? undefined : terminal) }),
  debug: opensSession('docker debug opens a session'),
  ...each(
    destroy({
      resources: 'all',
      switches: '-f',
      inverse: 'docker service create with the same options',
      decide: notes((names) => `docker service inspect ${names}`),
    }),
    'service rm|remove',
  ),
  ...each(
    destroy({ resources: 'all', values: '-c --compose-file', scope: 'many', inverse: 'docker stack deploy' }),
    'stack rm|down|remove',
  ),
  ...each(
    destroy({ resources: 'all', switches: '-f' }),
    'node rm|remove, config rm|remove, secret rm|remove, plugin rm|remove, context rm|remove, buildx rm, buildx history rm, manifest rm, checkpoint rm|remove, model rm, trust key rm, trust signer remove',
  ),
  'swarm leave': destroy({ switches: '-f', inverse: 'docker swarm join' }),
  'trust revoke': destroy({ resources: 'first', asks: '-y --yes', inverse: 'docker trust sign' }),
  'buildx prune': prune('docker', 'buildx'),
  'plugin prune': prune('docker', 'plugin'),
};

const table: Tool = {
  names: 'docker',
  bare: read({ network: false, why: 'docker prints help' }),
  source: 'help text or man page (Debian 12), and documentation: Docker CLI reference 27',
  values:
    '--host --context --config --log-level --tlscacert --tlscert --tlskey --format --filter --tail --since --until --last --file --env-file --progress --name',
  switches: '--debug --tls --tlsverify -a --all -q --quiet --no-trunc --force -D',
  findTargets: frontTargets(FRONT, { '--host': 'host', '--context': 'context' }),
  network: true,
  ambient: { 'context|host': 'docker context show' },
  commands: { ...containerCommands('docker'), ...swarmAndMore },
};

/** The table itself says what is left open, and to whom it talks. */
const { ambient: _ambient, network: _network, ...listed } = table;

export const docker: readonly Tool[] = [
  {
    ...listed,
    judge: ({ name, args, stdin, judge }) => {
      const words = composeWords(args, FRONT);
      if (!words) return applyTool(table, name, withLongFront(args, FRONT), stdin, judge);
      const found = judgeCompose('docker compose', words, stdin, judge);
      return found.tool === 'docker compose' ? { ...found, tool: name } : found;
    },
  },
];
