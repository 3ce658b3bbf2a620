/** lxc, incus, and the older lxc- programs. From documentation: Incus 6, LXD 5.21, LXC 6. */
import type { Verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
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
  stream,
  type Tool,
  terminal,
} from './table.ts';

const all = { resources: 'all' } as const;
const here: Partial<Outcome> = { network: false };
const session = opensSession('it opens a session');
const EXEC_VALUES = '--cwd --env --user --group --mode -n --project';

function inside(call: Call): Verdict | undefined {
  const words = call.parsed.rest ?? commandAfter(call, EXEC_VALUES, 1);
  return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
}

/** `incus query -X DELETE /1.0/instances/web`. */
function query(call: Call): Partial<Outcome> | undefined {
  const method = flagValue(call.parsed, '-X --request')?.value.toUpperCase();
  if (method === undefined || method === 'GET')
    return flagValue(call.parsed, '-d --data') ? { effect: 'mutate' } : undefined;
  return { effect: method === 'DELETE' ? 'destroy' : 'mutate' };
}

const asked = { when: { '-i --interactive': { mode: 'terminal' as const } } };

/** LXD's client and that of its successor, which know the same words. */
function client(program: 'lxc' | 'incus', project: string): Tool {
  return {
    names: program,
    source:
      program === 'lxc'
        ? 'help text or man page (Debian 12), and documentation: LXD 5.21'
        : 'from documentation: Incus 6',
    values:
      '-p --profile -c --config -s --storage -n --network --format -f --project -t --type -d --device --target -X --request --data --alias --description --timeout --lines',
    switches: '-v --verbose -q --quiet --debug --force-local --all',
    targets: { project: '--project' },
    network: true,
    ambient: { remote: `${program} remote get-default`, project },
    commands: {
      ...each(
        read(),
        `list, ls, info, version, config show|get, config device list|ls|show|get, config trust list|ls|show|list-tokens, config metadata show, config template list|show, image list|ls|info|show|alias list|get-property, image alias list|ls,
        network list|ls|show|info|get|list-leases|list-allocations, network acl list|show|get, network forward list|show, network zone list|show, network peer list|show, storage list|ls|show|info|get, storage volume list|ls|show|info|get, storage bucket list|show|get, profile list|ls|show|get, cluster list|ls|show|info|list-tokens|get|group list, project list|ls|show|info|get,
        snapshot list|ls|show, operation list|ls|show, warning list|ls|show, admin sql-help, wait, help`,
      ),
      ...each(read(here), 'remote list|ls|get-default, project get-current, alias list|ls, completion'),
      query: read({ values: '-X --request -d --data', decide: query }),
      monitor: read(stream),
      top: read(terminal),
      console: read({
        decide: (call) =>
          hasFlag(call.parsed, '--show-log') ? undefined : opensSession('it opens a session'),
      }),
      shell: session,
      exec: read({
        why: 'runs in the container',
        switches: '-t -T -n --force-interactive --force-noninteractive --disable-stdin',
        runs: inside,
        decide: (call) =>
          inside(call) === undefined
            ? { effect: 'unknown', why: `unknown: ${call.name} exec without a command` }
            : hasFlag(call.parsed, '-t --force-interactive')
              ? { mode: 'terminal' }
              : undefined,
      }),
      ...each(
        mutate({
          inverse: 'delete of the new one',
          resources: (call) =>
            call.parsed.operands
              .slice(-1)
              .filter((arg) => !arg.dynamic)
              .map((arg) => arg.value),
        }),
        'launch, init, create, copy, cp, import, publish',
      ),
      start: mutate({ ...all, inverse: 'stop of the same name' }),
      ...each(mutate({ ...all, inverse: 'pause of the same name' }), 'unpause, resume'),
      ...each(mutate(all), 'restart'),
      ...each(
        mutate({ resources: 'first', inverse: 'rename or move back' }),
        'move, mv, rename, snapshot rename',
      ),
      ...each(mutate({ resources: 'first', inverse: 'snapshot delete' }), 'snapshot, snapshot create'),
      ...each(
        mutate({
          resources: 'first',
          captureFirst: 'config show of the same name',
          inverse: 'config set with the value from before',
        }),
        'config set|unset|device, config device add|set|override|unset, config trust add|add-certificate|edit, config template create|edit, config metadata edit, file push|create, image copy|import|refresh|edit, image alias create|rename, network create|attach|attach-profile|set|unset|rename, network acl create|rule, network forward create|port, storage create|set|unset, storage volume create|attach|attach-profile|copy|move|rename|set|snapshot|import, storage bucket create|set, profile create|assign|apply|add|set|unset|copy|rename|device, cluster add|enable|edit|group|join|role|rename|restore|set|update-certificate, project create|set|unset|rename, warning ack|acknowledge, admin init|cluster|waitready|os, cluster group create|assign|add',
      ),
      ...each(
        mutate(terminal),
        'config edit, config device edit, file edit, network edit, network acl edit, storage edit, storage volume edit, profile edit, project edit, cluster edit',
      ),
      'admin init': mutate({
        decide: (call) => (hasFlag(call.parsed, '--auto --minimal --dump --preseed') ? undefined : terminal),
      }),
      ...each(local(), 'file pull, image export, export, storage volume export, storage bucket export'),
      'file mount': mutate(stream),
      ...each(
        local({ ...here, captureFirst: 'the list of the same kind' }),
        'remote add|remove|rm|rename|switch|set-default|set-url|generate-certificate, alias add|remove|rename, project switch',
      ),
      'project switch': local({
        ...here,
        resources: 'first',
        captureFirst: project,
        inverse: 'project switch back',
      }),
      stop: destroy({ ...all, ...asked, inverse: 'start of the same name' }),
      pause: destroy({ ...all, inverse: 'resume of the same name' }),
      ...each(
        destroy({
          ...all,
          ...asked,
          why: 'deletes the instance and its data',
          captureFirst: 'export of the same name',
          inverse: 'import of the export',
        }),
        'delete, rm',
      ),
      ...each(
        destroy({
          resources: 'first',
          why: 'throws away what came after the snapshot',
          captureFirst: 'snapshot create of what is there now',
          inverse: 'restore of that snapshot',
        }),
        'restore, snapshot restore, storage volume restore, storage volume snapshot restore',
      ),
      rebuild: destroy({
        resources: 'first',
        why: 'rebuilds the instance from an image, and loses its data',
        captureFirst: 'export of the same name',
      }),
      ...each(
        destroy({ resources: 'first' }),
        'snapshot delete|rm, image delete|rm, image alias delete, network delete|rm|detach|detach-profile, network acl delete, network forward delete, network zone delete, storage delete|rm, storage volume delete|rm|detach|detach-profile, storage volume snapshot delete, storage bucket delete, profile delete|rm|remove, profile device remove, cluster remove|rm|evacuate|revoke-token, cluster group delete|remove, project delete|rm, config device remove|rm, config trust remove|rm|revoke-token, config template delete, file delete|rm, operation delete, warning delete, admin shutdown|recover|sql',
      ),
    },
  };
}

export const incus: readonly Tool[] = [
  client('incus', 'incus project get-current'),
  client('lxc', 'lxc project list'),
  {
    names: 'lxd',
    source: 'help text or man page (Debian 12), and documentation: LXD 5.21',
    commands: {
      ...each(read(), 'version, waitready, help'),
      init: mutate({
        decide: (call) => (hasFlag(call.parsed, '--auto --minimal --dump --preseed') ? undefined : terminal),
      }),
      ...each(destroy(), 'shutdown, recover, sql, cluster'),
      'cluster list-database|show': read(),
    },
  },
  {
    names: 'lxc-attach',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    values: '-n --name -P --lxcpath -v --set-var -u --uid -g --gid -s --namespaces -R -o',
    stopAtOperand: true,
    bare: read({
      why: 'runs in the container',
      runs: (call) => {
        const words = call.parsed.rest ?? call.parsed.operands;
        return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
      },
      decide: (call) =>
        (call.parsed.rest ?? call.parsed.operands).length > 0
          ? undefined
          : opensSession('lxc-attach opens a session'),
    }),
  },
  {
    names: 'lxc-ls lxc-info lxc-config lxc-checkconfig',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    bare: read(),
  },
  {
    names: 'lxc-top',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    bare: read(terminal),
  },
  {
    names: 'lxc-monitor',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    bare: read(stream),
  },
  {
    names: 'lxc-console',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    bare: session,
  },
  {
    names: 'lxc-wait',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    bare: read(stream),
  },
  {
    names: 'lxc-start lxc-create lxc-copy lxc-unfreeze lxc-cgroup lxc-device',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    values: '-n --name -P --lxcpath -t --template -N -f --rcfile',
    targets: { resource: '-n --name' },
    bare: mutate({ resources: 'first' }),
  },
  {
    names: 'lxc-snapshot',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    values: '-n --name -d --destroy -r --restore -c --comment -N --newname',
    bare: mutate({ when: { '-L --list': {}, '-d --destroy -r --restore': { effect: 'destroy' } } }),
  },
  {
    names: 'lxc-stop lxc-destroy lxc-freeze',
    source: 'help text or man page (Debian 12), and documentation: LXC 6',
    values: '-n --name -P --lxcpath -t --timeout',
    targets: { resource: '-n --name' },
    bare: destroy({ resources: 'first' }),
  },
];
