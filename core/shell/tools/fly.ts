/** Fly.io's command line. From documentation: flyctl 0.3. */

import { sessionOpened, unknown, type Verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
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

const AT_HOME = { network: false };
const YES = '-y --yes';

/** A count of 0, for all processes or for one (`web=0`). */
function toNothing(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) => /^([\w-]+=)?0$/.test(arg.value))
    ? { effect: 'destroy', why: `fly ${call.path} 0 takes it out of service` }
    : undefined;
}

/** What runs on the machine, else a session. */
function onMachine(call: Call): Verdict {
  const text = flagValue(call.parsed, '-C --command');
  const mode = hasFlag(call.parsed, '--pty') || !text ? 'terminal' : 'capture';
  if (!text || isOpaque(text) || /^(.*\/)?(ba|z|da|a)?sh$/.test(text.value))
    return sessionOpened(`fly ${call.path} opens a session`);
  return withDetails(call.judge.script(text.value), {
    mode,
    reason: `fly ${call.path} runs it on a machine`,
  });
}

const app = (call: Call): readonly string[] => {
  const operands = call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value);
  const named = flagValue(call.parsed, '-a --app');
  return operands.length > 0 ? operands : named && !named.dynamic ? [named.value] : [];
};

const LIVE = {
  captureFirst: 'fly releases --image: the image that runs',
  inverse: 'fly deploy --image with the image from before',
};

export const fly: Tool = {
  names: 'fly flyctl',
  source: 'from documentation: flyctl 0.3',
  values:
    '-c --config -t --access-token -o --org -r --region --image -i --image-label -n --vm-size --vm-memory --vm-cpus --strategy --wait-timeout -e --env --dockerfile --build-arg --name -x --expiry -s --size --process-group -g --group --max-per-region --signal --time --metadata -d --database -u --user --port -C --command --machine -p --password --body --cpu-kind',
  switches:
    '-y --yes -j --json --now --detach --stage --no-tail --pty --force -f --ha --remote-only --local-only --with-new-volumes --select --skip-health-checks',
  targets: { app: '-a --app', region: '-r --region', organization: '-o --org' },
  network: true,
  ambient: { app: 'fly status' },
  commands: {
    ...each(
      read(),
      'status, apps list, apps releases, releases, apps errors, info, platform regions, platform vm-sizes, platform status, regions list, scale show, checks list, ips list, ips private, certs list, certs show, certs check, volumes list, volumes show, volume list, volumes snapshots list, volume snapshots list, vol list, machine list, machine ls, machine status, machines list, machines status, postgres list, postgres users list, postgres db list, postgres config show, postgres events list, pg list, pg config show, mpg list, mpg status, secrets list, secret list, config show, config display, config validate, config env, auth whoami, orgs list, orgs show, doctor, image show, redis list, redis status, redis plans, tokens list, services list, storage list, storage status, dig, ping, wireguard list, logs show, incidents list, registry files, mysql list, extensions list, history, autoscale show, agent ping, synthetics agent, settings show',
    ),
    ...each(read(AT_HOME), 'version, help, docs, completion, tokens debug'),
    'tokens 3p': read(),
    ping: read(stream),
    logs: read({
      decide: (call) => (hasFlag(call.parsed, '-n --no-tail') ? undefined : stream),
      switches: '-n',
    }),
    'machine logs': read(stream),
    ...each(read({ readsSecrets: true, why: 'prints a token' }), 'auth token, auth docker'),
    'auth docker': local({ why: 'stores a login on this machine' }),
    ...each(
      mutate({ readsSecrets: true, why: 'prints a new token', inverse: 'fly tokens revoke' }),
      'tokens create, tokens create deploy, tokens create org, tokens create readonly, tokens create machine-exec, tokens create ssh, tokens attenuate, wireguard create, wireguard token create, ssh issue',
    ),
    ...each(local(terminal), 'auth login, auth signup'),
    ...each(
      local(),
      'auth logout, config save, version upgrade, settings autoupdate, settings analytics, wireguard websockets',
    ),
    launch: mutate({ asks: YES, why: 'fly launch makes an app and deploys it' }),
    deploy: mutate({ ...LIVE, resources: app }),
    'scale count': mutate({
      resources: (call) =>
        app(call)
          .filter((name) => !/^([\w-]+=)?\d+$/.test(name))
          .concat(named(call)),
      decide: toNothing,
      asks: YES,
      captureFirst: 'fly scale show',
      inverse: 'fly scale count with the number from before',
    }),
    ...each(
      mutate({ captureFirst: 'fly scale show', inverse: 'the same command with the value from before' }),
      'scale vm, scale memory, autoscale set, autoscale standard, autoscale balanced',
    ),
    'autoscale disable': destroy(),
    ...each(
      mutate({ resources: app }),
      'apps create, apps restart, apps open, restart, open, apps move, apps set-platform-version, image update',
    ),
    'apps resume': mutate({ resources: app }),
    resume: mutate({ resources: app }),
    ...each(
      mutate({
        resources: app,
        captureFirst: 'fly secrets list',
        inverse: 'fly secrets set with the value from before',
      }),
      'secrets set, secrets import, secret set, secret import',
    ),
    ...each(mutate({ resources: app }), 'secrets deploy, secrets sync, secret deploy'),
    ...each(mutate({ resources: 'all', inverse: 'fly machine stop' }), 'machine start, machines start'),
    ...each(
      mutate({ resources: 'all' }),
      'machine restart, machine clone, machine uncordon, machine lease, machine egress-ip, machines restart, machines clone',
    ),
    ...each(
      mutate({ asks: YES, resources: 'all', captureFirst: 'fly machine status --display-config' }),
      'machine update, machines update',
    ),
    ...each(runs('fly starts a machine', {}), 'machine run, m run, machines run'),
    ...each(
      mutate({ resources: 'first' }),
      'volumes create, volume create, vol create, volumes extend, volumes fork, volumes update, volumes snapshots create, volume snapshots create, ips allocate-v4, ips allocate-v6, ips allocate, certs add, certs create, certs setup, postgres create, postgres attach, postgres import, postgres restart, postgres config update, postgres renew-certs, postgres add_flycast, pg create, pg attach, mpg create, mpg attach, mpg proxy, regions add, regions set, regions backup, redis create, redis update, storage create, storage update, orgs create, orgs invite, dns-records import, domains add, mysql create, consul attach, ext sentry create, extensions sentry create, autoscale scale, checks handlers create, postgres backup create, postgres backup enable, postgres backup restore, postgres barman create',
    ),
    ...each(
      destroy({ asks: YES, resources: app }),
      'apps destroy, apps delete, apps rm, destroy, postgres failover, pg failover',
    ),
    ...each(
      destroy({ resources: app }),
      'apps suspend, suspend, secrets unset, secret unset, regions remove, checks handlers delete',
    ),
    ...each(
      destroy({ resources: 'all', inverse: 'fly machine start', captureFirst: 'fly machine list' }),
      'machine stop, machine suspend, machines stop, machine cordon',
    ),
    ...each(destroy({ resources: 'all' }), 'machine kill, machines kill, machine leases clear'),
    ...each(
      destroy({
        resources: 'all',
        asks: '-f --force -y --yes',
        captureFirst: 'fly machine status --display-config',
      }),
      'machine destroy, machine remove, machine rm, machines destroy, machines remove',
    ),
    ...each(
      destroy({ asks: YES, resources: 'all', captureFirst: 'fly volumes snapshots create' }),
      'volumes destroy, volumes delete, volumes rm, volume destroy, volume delete, vol destroy',
    ),
    ...each(
      destroy({ asks: YES, resources: 'first' }),
      'certs remove, certs delete, redis destroy, redis delete, storage destroy, storage delete, mpg destroy, mysql destroy, orgs delete, extensions sentry destroy, ext sentry destroy, wireguard remove',
    ),
    ...each(
      destroy({ resources: 'all' }),
      'ips release, postgres detach, pg detach, mpg detach, tokens revoke, orgs remove, consul detach, redis reset, dns-records delete',
    ),
    ...each(read({ decide: onMachine }), 'ssh console, console'),
    'machine exec': read({
      decide: (call) => {
        const text = call.parsed.operands.at(-1);
        return !text || isOpaque(text)
          ? unknown('fly machine exec runs what is not in the command')
          : withDetails(call.judge.script(text.value), { reason: 'fly machine exec runs it on the machine' });
      },
    }),
    ...each(opensSession('fly opens a session for files'), 'ssh sftp shell, sftp shell'),
    ...each(local(), 'ssh sftp get, sftp get'),
    ...each(read(), 'ssh sftp find, sftp find, ssh log'),
    'ssh sftp put': mutate(),
    'ssh establish': mutate(),
    ...each(runs('fly forwards a port', stream), 'proxy, redis proxy, mpg proxy'),
    ...each(opensSession('fly opens a prompt'), 'postgres connect, pg connect, mpg connect, redis connect'),
  },
};

function named(call: Call): readonly string[] {
  const name = flagValue(call.parsed, '-a --app');
  return name && !name.dynamic ? [name.value] : [];
}
