/** Supabase's command line. From documentation: Supabase CLI 2. */
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

const AT_HOME = { network: false };
const YES = '--yes';

/** The database of the project, or the one of this machine. */
const isRemote = (call: Call): boolean => hasFlag(call.parsed, '--linked --db-url --project-ref');
const reset = (call: Call): Partial<Outcome> =>
  isRemote(call)
    ? {
        why: 'supabase db reset drops every table of the remote database',
        scope: 'all',
        captureFirst: 'supabase db dump -f, for the data as well',
        // It asks before it touches a remote database.
        ...(hasFlag(call.parsed, '--yes') ? {} : terminal),
      }
    : { why: 'supabase db reset drops the database of this machine', ...AT_HOME };

export const supabase: Tool = {
  names: 'supabase',
  source: 'from documentation: Supabase CLI 2',
  values:
    '-f --file -p --password -s --schema -o --output --env-file --workdir --network-id --profile --dns-resolver --org-id --region --size --last --version -x --exclude --level --query --lang --swift-access-control --type --branch-id -n --name --prefix --timestamp --status --domain --custom-hostname',
  switches:
    '--linked --local --yes --debug --dry-run --experimental --include-all --include-roles --include-seed --no-backup --data-only --role-only --no-verify-jwt --create-ticket --all -r --recursive',
  targets: { project: '--project-ref', database: '--db-url' },
  network: true,
  ambient: { 'project|database': 'supabase projects list' },
  commands: {
    ...each(
      read(),
      'projects list, migration list, migrations list, db diff, db lint, db advisors, secrets list, functions list, orgs list, branches list, domains get, vanity-subdomains get, vanity-subdomains check-availability, network-restrictions get, network-bans get, ssl-enforcement get, postgres-config get, sso list, sso info, sso show, backups list, snippets list, encryption get-root-key, config diff, storage ls, test db, services, inspect report',
    ),
    ...each(
      read(),
      'inspect db locks, inspect db bloat, inspect db blocking, inspect db cache-hit, inspect db calls, inspect db db-stats, inspect db index-sizes, inspect db index-stats, inspect db index-usage, inspect db long-running-queries, inspect db outliers, inspect db replication-slots, inspect db role-configs, inspect db role-connections, inspect db role-stats, inspect db seq-scans, inspect db table-index-sizes, inspect db table-record-counts, inspect db table-sizes, inspect db table-stats, inspect db total-index-size, inspect db total-table-sizes, inspect db traffic-profile, inspect db unused-indexes, inspect db vacuum-stats',
    ),
    'db diff': read({ when: { '-f --file': { effect: 'local-write' } } }),
    'inspect report': local(),
    ...each(
      read({ readsSecrets: true, why: 'prints keys of the project' }),
      'projects api-keys, encryption get-root-key, branches get',
    ),
    status: read({ ...AT_HOME, readsSecrets: true, why: 'prints the keys of the stack of this machine' }),
    ...each(read(AT_HOME), 'help, completion'),
    ...each(
      local(AT_HOME),
      'init, unlink, migration new, migrations new, functions new, seed buckets, bootstrap, stop, gen keys, test new, logout',
    ),
    link: local({ captureFirst: 'supabase projects list: the one that is linked' }),
    ...each(
      local(),
      'gen types, gen types typescript, db pull, migration fetch, functions download, db schema declarative sync',
    ),
    'gen types': read(),
    'gen types typescript': read(),
    'db dump': read({
      decide: (call) => (hasFlag(call.parsed, '-f --file') ? { effect: 'local-write' } : undefined),
    }),
    ...each(
      local({ ...AT_HOME, why: 'starts containers on this machine', effect: 'mutate' }),
      'start, db start',
    ),
    'gen signing-key': local({ readsSecrets: true }),
    'gen bearer-jwt': read({ readsSecrets: true }),
    'db push': mutate({
      dryRun: '--dry-run',
      asks: YES,
      scope: 'many',
      captureFirst: 'supabase migration list, and supabase db dump',
      why: 'supabase db push applies migrations to the remote database',
      when: { '--include-seed': { why: 'applies migrations and seeds to the remote database' } },
    }),
    'config push': mutate({ asks: YES, preview: 'supabase config diff' }),
    ...each(mutate(), 'migration up, migrations up'),
    ...each(
      mutate({
        captureFirst: 'supabase migration list',
        inverse: 'supabase migration repair with the other status',
      }),
      'migration repair, migrations repair',
    ),
    ...each(
      mutate({ resources: 'all' }),
      'functions deploy, projects create, orgs create, branches create, branches update, branches unpause, sso add, sso update, domains create, domains activate, domains reverify, vanity-subdomains activate, network-restrictions update, ssl-enforcement update, postgres-config update, encryption update-root-key, storage cp, seed',
    ),
    'branches pause': destroy({ resources: 'first' }),
    'secrets set': mutate({
      resources: (call) =>
        call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value.split('=', 1)[0] ?? ''),
      captureFirst: 'supabase secrets list: it shows digests only',
    }),
    'db reset': destroy({ decide: reset }),
    ...each(destroy({ decide: reset }), 'migration down, migrations down'),
    ...each(
      destroy({ asks: YES, resources: 'all' }),
      'secrets unset, projects delete, branches delete, storage rm',
    ),
    ...each(
      destroy({ resources: 'all' }),
      'functions delete, sso remove, domains delete, vanity-subdomains delete, network-bans remove, postgres-config delete, storage mv, branches disable, backups restore, migration squash, migrations squash',
    ),
    'secrets unset': destroy({ resources: 'all', asks: YES }),
    'migration squash': local(),
    stop: local({
      ...AT_HOME,
      effect: 'destroy',
      why: 'supabase stop takes the stack of this machine away',
      inverse: 'supabase start',
      when: { '--no-backup': { why: 'deletes the data of the stack of this machine' } },
    }),
    'functions serve': runs('supabase functions serve runs the project', { ...stream, ...AT_HOME }),
    login: local({ asks: '--token' }),
  },
};
