/** gcloud, gsutil and bq. From documentation: Google Cloud CLI reference 480. */
import { judgeSql } from '../sql.ts';
import type { TargetWord } from '../types.ts';
import { highest, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, isOpaque, type Parsed, parseArgs, wordSet } from '../words.ts';
import { isVerb, outcomeOf } from './cloudVerbs.ts';
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

const SWITCHES = wordSet(
  `-q --quiet --help -h --log-http --user-output-enabled --async --no-user-output-enabled --follow --global --preemptible --all
  --no-async --allow-unauthenticated --no-allow-unauthenticated --tunnel-through-iap --internal-ip --recursive -r -R
  --force --promote --no-promote --no-traffic --to-latest --uri --dry-run --validate-only --delete-unmatched-destination-objects --auto-ack --stop-previous-version --all-versions -L -l`,
);
const VALUES = wordSet(
  '--command --project --zone --region --account --configuration --format --filter --limit --size --num-nodes --min-instances',
);
const TARGETS: Readonly<Record<string, string>> = {
  '--project': 'project',
  '--zone': 'zone',
  '--region': 'region',
  '--account': 'account',
  '--configuration': 'configuration',
  '--cluster': 'cluster',
  '--instance': 'instance',
};

const session: Outcome = { effect: 'unknown', why: 'unknown: opens a session', ...terminal };

/** Commands that their verb does not tell about; release tracks (`beta`, `alpha`) are left out. */
const COMMANDS: Readonly<Record<string, Outcome>> = {
  ...each(
    read(),
    'logging read, info, version, topic, help, cheat-sheet, config list, config get, config get-value, auth list, projects list, compute instances get-serial-port-output, functions logs read, app logs read, run services logs read, builds log, builds list, storage ls, storage cat, storage du, storage hash, asset search-all-resources, iam list-testable-permissions, endpoints services check-iam-policy, artifacts docker images scan, policy-troubleshoot iam, feedback, survey',
  ),
  ...each(
    read(stream),
    'logging tail, run services logs tail, app logs tail, functions logs tail, run services proxy, compute start-iap-tunnel, cloud-shell ssh-tunnel',
  ),
  ...each(
    read({ readsSecrets: true, why: 'prints a credential' }),
    'auth print-access-token, auth print-identity-token, auth application-default print-access-token, secrets versions access, sql generate-login-token, kms decrypt, iam service-accounts keys get-public-key, redis instances get-auth-string',
  ),
  'container clusters get-credentials': local({
    readsSecrets: true,
    why: 'stores cluster credentials on this machine',
  }),
  'container fleet memberships get-credentials': local({ readsSecrets: true }),
  'iam service-accounts keys create': mutate({
    readsSecrets: true,
    why: 'creates a credential and writes it to a file',
  }),
  'compute reset-windows-password': destroy({ readsSecrets: true }),
  ...each(
    local(),
    'config set, config unset, config configurations create, config configurations activate, config configurations delete, components update, components install, components remove, auth activate-service-account, auth configure-docker, auth revoke, auth application-default revoke, auth application-default set-quota-project, compute config-ssh',
  ),
  ...each(local(terminal), 'auth login, auth application-default login, init'),
  ...each(
    session,
    'sql connect, cloud-shell ssh, compute connect-to-serial-port, interactive, app instances ssh',
  ),
  ...each(
    { effect: 'unknown', why: 'unknown: starts something that no table sees' },
    'functions call, run jobs execute, scheduler jobs run, workflows run, workflows execute, builds triggers run, dataflow jobs run, dataproc jobs submit, builds submit, composer environments run',
  ),
  ...each(
    mutate(),
    'run deploy, app deploy, functions deploy, run services update-traffic, compute scp, compute instances simulate-maintenance-event, pubsub topics publish, pubsub subscriptions pull, sql export, sql import, logging write, storage cp, storage mv, storage setmeta, compute instance-groups managed rolling-action restart, compute instance-groups managed rolling-action start-update, compute url-maps invalidate-cdn-cache, dns record-sets transaction start, dns record-sets transaction add, dns record-sets transaction execute, kms encrypt, container images add-tag, services vpc-peerings connect, container images untag, tasks queues resume, sql instances restart, sql instances failover, sql instances clone, sql instances promote-replica',
  ),
  ...each(
    destroy(),
    'compute instance-groups managed rolling-action replace, pubsub subscriptions seek, sql instances restore-backup, sql backups restore, storage rm, container images delete, kms keys versions destroy, secrets versions destroy, secrets versions disable, tasks queues pause, tasks queues purge, services disable, app versions stop, container clusters delete, dns record-sets transaction remove, storage mv-all, sql instances promote-replica',
  ),
  ...each(
    destroy({ inverse: 'start it again with the same words' }),
    'compute instances stop, compute instances suspend',
  ),
  'compute instances start': mutate({ inverse: 'gcloud compute instances stop' }),
  'kms keys versions restore': mutate(),
  'storage rsync': mutate(),
  'projects undelete': mutate(),
};

function gcloud(call: Pick<Call, 'args' | 'judge'>): Verdict {
  const parsed = parseArgs(call.args, { values: VALUES, switches: SWITCHES, style: 'gnu', greedy: true });
  const words = parsed.operands.filter((arg, i) => !(i < 2 && /^(beta|alpha|preview)$/.test(arg.value)));
  if (words.length === 0) return verdict('read', 'gcloud without a command prints help');
  const found = lookUp(words);
  const path = words
    .slice(0, found.count)
    .map((word) => word.value)
    .join(' ');
  if (path === 'compute ssh' || path === 'cloud-shell ssh' || path === 'alpha cloud-shell ssh')
    return ssh(path, parsed, call);
  if (!found.outcome) {
    return unknown(
      words[found.count]?.dynamic
        ? 'gcloud has a sub-command that is a variable'
        : `gcloud ${words.map((word) => word.value).join(' ')} is in no table`,
    );
  }
  const outcome = raise(path, found.outcome, parsed);
  if (/^storage (rsync|cp|mv|rm)$/.test(path) && hasFlag(parsed, '--dry-run'))
    return verdict('read', `gcloud ${path} --dry-run only rehearses`);
  return verdict(outcome.effect, outcome.why ?? describe(`gcloud ${path}`, outcome), {
    mode: outcome.mode,
    readsSecrets: outcome.readsSecrets,
    inverse: outcome.inverse,
    scope: path === 'projects delete' ? 'all' : 'one',
  });
}

/** The longest known beginning of the words, else everything up to the first verb. */
function lookUp(words: readonly Arg[]): { outcome: Outcome | undefined; count: number } {
  const literal = words.findIndex((word) => word.dynamic);
  const limit = Math.min(literal < 0 ? words.length : literal, 7);
  for (let count = limit; count > 0; count--) {
    const outcome =
      COMMANDS[
        words
          .slice(0, count)
          .map((word) => word.value)
          .join(' ')
      ];
    if (outcome) return { outcome, count };
  }
  const path = words
    .slice(0, 2)
    .map((word) => word.value)
    .join(' ');
  if (path === 'compute ssh') return { outcome: undefined, count: 2 };
  for (let at = 1; at < limit; at++) {
    const word = words[at]?.value ?? '';
    if (isVerb(word)) return { outcome: outcomeOf(word), count: at + 1 };
  }
  return { outcome: undefined, count: limit };
}

function raise(path: string, outcome: Outcome, parsed: Parsed): Outcome {
  if (outcome.effect !== 'mutate') return outcome;
  if (/\bresize$/.test(path) && flagValue(parsed, '--size --num-nodes')?.value === '0')
    return destroy({ why: `gcloud ${path} resizes to 0 and takes it out of service` });
  if (path === 'storage rsync' && hasFlag(parsed, '--delete-unmatched-destination-objects'))
    return destroy({ why: 'gcloud storage rsync deletes what only the destination holds' });
  if (/\b(set-iam-policy|replace-iam-policy)$/.test(path))
    return destroy({ why: `gcloud ${path} replaces every binding` });
  return outcome;
}

function ssh(path: string, parsed: Parsed, call: Pick<Call, 'judge'>): Verdict {
  const command = flagValue(parsed, '--command');
  const words = parsed.rest?.filter((arg) => !arg.value.startsWith('-')) ?? [];
  if (command) {
    return isOpaque(command)
      ? unknown(`gcloud ${path} runs text that is only known when it runs`)
      : withDetails(call.judge.script(command.value), { reason: `gcloud ${path} runs it on the instance` });
  }
  if (words.length > 0 && !parsed.rest?.[0]?.value.startsWith('-')) return call.judge.words(words);
  return unknown(`gcloud ${path} opens a session`, { mode: 'terminal' });
}

function describe(label: string, outcome: Outcome): string {
  if (outcome.effect === 'read') return `${label} reads`;
  return outcome.effect === 'destroy'
    ? `${label} destroys or takes out of service`
    : outcome.effect === 'local-write'
      ? `${label} writes on this machine`
      : `${label} changes state`;
}

function targets(args: readonly Arg[]): TargetWord[] {
  const found: TargetWord[] = [];
  for (const [i, arg] of args.entries()) {
    const equals = arg.value.indexOf('=');
    const kind = TARGETS[equals < 0 ? arg.value : arg.value.slice(0, equals)];
    const value = equals < 0 ? args[i + 1]?.value : arg.value.slice(equals + 1);
    if (kind && value !== undefined) found.push({ kind, value });
  }
  return found;
}

/** Only copies out of the bucket stay on this machine. */
function copies(call: Call): Partial<Outcome> | Verdict | undefined {
  const to = call.parsed.operands.at(-1)?.value ?? '';
  return /^(gs|s3):/.test(to) || call.parsed.operands.at(-1)?.dynamic
    ? undefined
    : verdict('local-write', `gsutil ${call.path} writes on this machine`);
}

function bqQuery(call: Call): Verdict {
  const text = call.parsed.operands[0];
  const sql =
    text ??
    (call.stdin.kind === 'text' && !call.stdin.opaque
      ? { value: call.stdin.text, dynamic: false, text: '' }
      : undefined);
  if (hasFlag(call.parsed, '--dry_run')) return verdict('read', 'bq query --dry_run only estimates');
  let result =
    !sql || isOpaque(sql) ? unknown('bq query runs text that is not in the command') : judgeSql(sql.value);
  if (hasFlag(call.parsed, '--replace'))
    result = highest(verdict('destroy', 'bq query --replace overwrites the table'), result);
  else if (hasFlag(call.parsed, '--destination_table'))
    result = highest(result, verdict('mutate', 'bq query writes a table'));
  return { ...result, tool: call.name };
}

export const googleCloud: readonly Tool[] = [
  {
    names: 'gcloud',
    source: 'from documentation: Google Cloud CLI reference 480',
    judge: (call) => {
      if (call.args.some((arg) => arg.value === '--help' || arg.value === '-h'))
        return verdict('read', 'gcloud --help prints help');
      return withDetails(gcloud(call), { targets: targets(call.args), tool: 'gcloud' });
    },
  },
  {
    names: 'firebase',
    source: 'from documentation: Firebase CLI 13',
    values: '--only --except --config --token -m --message --limit -n --lines --region',
    targets: { project: '-P --project' },
    commands: {
      ...each(
        read(),
        'projects:list, apps:list, functions:list, functions:log, functions:config:get, hosting:sites:list, hosting:channel:list, firestore:indexes, firestore:databases:list, database:get, database:instances:list, remoteconfig:get, remoteconfig:versions:list, target, ext:list, login:list, help, apps:sdkconfig, appdistribution:testers:list, apphosting:backends:list',
      ),
      ...each(
        read({ readsSecrets: true, why: 'prints secret values' }),
        'functions:secrets:access, functions:config:export, auth:export',
      ),
      ...each(local(), 'logout, use, target:apply, target:clear, functions:config:clone, experiments:enable'),
      ...each(local(terminal), 'login, init, login:ci, login:add'),
      ...each(
        mutate(),
        'deploy, functions:config:set, functions:secrets:set, hosting:clone, hosting:channel:create, hosting:channel:deploy, database:set, database:update, database:push, database:import, firestore:databases:create, apps:create, projects:create, auth:import, ext:install, ext:update, remoteconfig:rollback, hosting:sites:create',
      ),
      'functions:secrets:set': mutate(terminal),
      ...each(
        destroy(),
        'functions:delete, functions:config:unset, functions:secrets:destroy, functions:secrets:prune, hosting:disable, hosting:channel:delete, hosting:sites:delete, firestore:delete, firestore:databases:delete, database:remove, ext:uninstall, apps:delete',
      ),
      ...each(local(stream), 'serve, emulators:start'),
      'functions:shell': { effect: 'unknown', why: 'unknown: opens a prompt', ...terminal },
      'emulators:exec': { effect: 'unknown', why: 'unknown: runs a script beside the emulators' },
    },
  },
  {
    names: 'cloud-sql-proxy cloud_sql_proxy alloydb-auth-proxy',
    source: 'from documentation',
    style: 'long',
    values: '-instances --port --address',
    bare: read({ mode: 'stream', why: 'opens a local port until it is stopped' }),
  },
  {
    names: 'gsutil',
    source: 'from documentation: gsutil 5',
    values: '-o -h -i -u -s -c -b -l -t -x',
    switches: '-m -q -D -DD -r -R -n -d -a -L -z -v',
    commands: {
      ...each(
        read(),
        'ls, stat, cat, du, hash, version, help, versioning get, lifecycle get, iam get, acl get, cors get, label get, logging get, retention get, bucketpolicyonly get, ubla get, kms authorize, test, perfdiag',
      ),
      cp: mutate({ decide: copies }),
      mv: destroy({ why: 'gsutil mv deletes the source' }),
      rsync: mutate({
        switches: '-d -n -r',
        dryRun: '-n',
        when: { '-d': { effect: 'destroy', why: 'gsutil rsync -d deletes what only the destination holds' } },
        decide: (call) =>
          hasFlag(call.parsed, '-d') || hasFlag(call.parsed, '-n') ? undefined : copies(call),
      }),
      ...each(
        mutate(),
        'mb, setmeta, rewrite, compose, versioning set, lifecycle set, acl set|ch, iam ch, cors set, label set|ch, logging set, defstorageclass set, notification create, web set, requesterpays set',
      ),
      'iam set': destroy({ why: 'gsutil iam set replaces every binding' }),
      ...each(destroy(), 'rm, rb, notification delete, retention lock'),
      config: local(terminal),
      signurl: read({ readsSecrets: true, why: 'gsutil signurl grants access' }),
    },
  },
  {
    names: 'bq',
    source: 'from documentation: bq 2.1',
    style: 'long',
    values:
      '--project_id --location --format --dataset_id --destination_table --max_rows -n --schema --source_format --table',
    switches:
      '-f -r -q --dry_run --replace --append_table --use_legacy_sql --nouse_legacy_sql --apilog --quiet --force --recursive -d -t -m -j -a',
    targets: { project: '--project_id', location: '--location' },
    commands: {
      ...each(read(), 'ls, show, head, wait, version, help, get-iam-policy'),
      query: read({ decide: bqQuery }),
      ...each(
        mutate({ when: { '--replace': { effect: 'destroy', why: 'bq --replace overwrites the table' } } }),
        'load, mk, update, cp, insert, undelete, partition, mkdef',
      ),
      mk: mutate({ when: { '--replace': { effect: 'destroy' } } }),
      extract: mutate(),
      ...each(destroy(), 'rm, cancel, truncate, set-iam-policy'),
      init: local(terminal),
      shell: { effect: 'unknown', why: 'unknown: bq shell opens a prompt', ...terminal },
    },
  },
];
