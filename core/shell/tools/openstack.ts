/** OpenStack. From documentation: OpenStackClient 6, and its entry points of 6.0. */
import { namesFrom } from './common.ts';
import { type Call, destroy, local, mutate, type Outcome, opensSession, read, type Tool } from './table.ts';

const READS =
  /^(list|show|help|complete|versions|availability-zone|usage|limits|configuration|top|stats|get|event-list|resource-list|output-show|interface-list|history|validate|check|find|query|search|diagnostics|match|failures|hook|summary|preview|log)$/;
const DESTROYS =
  /^(delete|remove|stop|rebuild|pause|suspend|shelve|unset|evacuate|reset|purge|abandon|cancel|clear|revoke|disable|offload|force-delete|detach|interface-detach|root-password|disassociate|failover|lock|reject|unmanage|abort|cleanup|kill|deactivate|undeploy|wipe|clean)$/;
const MUTATES =
  /^(create|set|add|start|reboot|unpause|resume|unshelve|migrate|resize|restore|update|save|import|attach|boot|live-migration|unlock|rescue|unrescue|confirm|revert|extend|associate|enable|issue|grant|authorize|accept|manage|cache|stage|dump|backup|image|snapshot|replace|promote|retype|rename|upload|activate|provision|inspect|adopt|passwd|copy|share|execute|signal|mark|append|complete-resize|adopt|refresh|deploy|allocate|upgrade|resync)$/;

/** The first of the words that is a verb; the older clients write it with a hyphen behind what it acts on. */
function verbOf(words: readonly string[]): { verb: string; at: number } | undefined {
  for (const [at, word] of words.entries()) {
    const verb = word.replace(
      /^(server|volume|image|net|network|port|router|subnet|stack|floatingip|loadbalancer|cluster)-/,
      '',
    );
    if (READS.test(verb) || DESTROYS.test(verb) || MUTATES.test(verb)) return { verb, at };
  }
  return undefined;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  stop: 'start',
  start: 'stop',
  pause: 'unpause',
  unpause: 'pause',
  suspend: 'resume',
  resume: 'suspend',
  shelve: 'unshelve',
  unshelve: 'shelve',
  lock: 'unlock',
  unlock: 'lock',
  add: 'remove',
  remove: 'add',
  set: 'unset',
};

/** What the client commands of OpenStack do, by the first of their words that is a verb. */
function outcome(call: Call): Outcome | undefined {
  const words = [
    ...call.path.split(' '),
    ...call.parsed.operands.map((arg) => (arg.dynamic ? '' : arg.value)),
  ].filter((word, i) => word !== '' || i > 0);
  const text = words.join(' ');
  if (/^(server )?ssh\b/.test(text)) return opensSession('it opens a session');
  const found = verbOf(words);
  if (!found) return undefined;
  const { verb, at } = found;
  const thing = words.slice(0, at).join(' ');
  const label = `${call.name} ${[...words.slice(0, at), words[at]].join(' ')}`;
  if (READS.test(verb)) return read({ why: `${label} reads` });
  if (verb === 'save') return local({ why: `${label} writes a file here` });
  const skip = at + 1 - call.path.split(' ').filter(Boolean).length;
  const opposite = OPPOSITES[verb];
  const shared: Partial<Outcome> = {
    resources: namesFrom(skip),
    ...(opposite && !/quota|property/.test(thing)
      ? { inverse: `${call.name} ${thing} ${opposite} with the same words` }
      : {}),
    ...(/^(delete|set|unset|remove|rebuild|resize|update)$/.test(verb)
      ? { captureFirst: `${call.name} ${thing} show with the same name` }
      : {}),
  };
  if (!DESTROYS.test(verb)) return mutate({ why: `${label} changes state`, ...shared });
  // Stacks ask before they go.
  const asks = /^(orchestration )?stack$/.test(thing) && verb === 'delete' ? { asks: '-y --yes' } : {};
  return destroy({ why: `${label} destroys or takes out of service`, ...shared, ...asks });
}

export const openstack: Tool = {
  names: 'openstack nova cinder neutron glance swift heat magnum',
  source: 'help text or man page (Debian 12), and documentation: OpenStackClient 6',
  values: `--os-username --os-password --os-auth-url -f --format -c --column --os-compute-api-version --os-interface --os-auth-type --os-token
    --limit --property --image --flavor --network --nic --key-name --security-group --volume --size --description --name --host --status
    --project-domain --user-domain --server --port --protocol --dst-port --remote-ip --proto --lines --sort-column --type --template -t
    --parameter -e --environment --user-data --availability-zone`,
  switches:
    '--wait --all-projects --all --long -y --yes --force --hard --soft --live-migration --debug -q --quiet -v --verbose --insecure --public --private --ingress --egress --purge --cascade',
  targets: { cloud: '--os-cloud', project: '--os-project-name --project', region: '--os-region-name' },
  network: true,
  ambient: { cloud: 'openstack configuration show', project: 'openstack configuration show' },
  bare: opensSession('it opens a prompt'),
  commands: {
    complete: read({ network: false }),
    'console log show': read(),
    'console url show': read({ readsSecrets: true, why: 'prints an address that grants access' }),
    'token issue': read({ readsSecrets: true, why: 'prints a token' }),
    'application credential create': mutate({ readsSecrets: true }),
    'ec2 credentials create': mutate({ readsSecrets: true }),
    'ec2 credentials list|show': read({ readsSecrets: true }),
    'secret get': read({
      decide: (call) =>
        call.parsed.flags.some((flag) =>
          /^(-p|--payload|--payload_content_type|-d|--decrypt)$/.test(flag.name),
        )
          ? { readsSecrets: true }
          : undefined,
    }),
    'coe cluster config': local({ readsSecrets: true, why: 'writes cluster credentials on this machine' }),
    'server image create': mutate({ resources: 'first' }),
    'server lock': mutate({ resources: 'all', inverse: 'openstack server unlock' }),
    'server unlock': mutate({ resources: 'all', inverse: 'openstack server lock' }),
    'keypair create': mutate({
      readsSecrets: true,
      resources: 'first',
      why: 'prints the private key where none is given',
    }),
    'image save|download': local(),
    'object save': local(),
    'server event list|show': read(),
    'server migration list|show': read(),
    'server backup create': mutate({ resources: 'first' }),
    'volume backup restore': destroy({ resources: 'all', why: 'overwrites the volume' }),
    'project purge': destroy({
      scope: 'all',
      dryRun: '--dry-run',
      values: '--project',
      resources: (call) =>
        call.parsed.flags
          .filter((flag) => flag.name === '--project' && flag.value)
          .map((flag) => flag.value?.value ?? ''),
      why: 'openstack project purge deletes all that is in the project',
    }),
  },
  otherwise: outcome,
};
