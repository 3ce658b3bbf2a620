/** Database migrators that have many sub-commands of their own. From documentation: Alembic 1.13, Prisma 6, Flyway 10, Liquibase 4, Atlas. */
import { judgeSql } from '../sql.ts';
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { names } from './common.ts';
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

const ALEMBIC_NOTE = 'alembic current, and a dump of the database';

/** `prisma db execute --stdin` runs SQL that stands in the script. */
function execute(call: Call): Verdict {
  const { stdin } = call;
  if (!hasFlag(call.parsed, '--stdin'))
    return unknown(`prisma runs the file ${flagValue(call.parsed, '--file')?.text ?? ''}`);
  return stdin.kind === 'text' && !stdin.opaque
    ? judgeSql(stdin.text)
    : unknown('prisma runs SQL that is only known when it runs');
}

const FLYWAY_SWITCHES = '-X -q -n -community -teams -enterprise -outputType';

const LIQUIBASE_NOTE = 'liquibase history, and liquibase tag, and a dump of the database';

export const migrators: readonly Tool[] = [
  {
    names: 'alembic',
    source: 'help text or man page (Debian 12), and documentation: Alembic 1.13',
    values:
      '-c --config -n --name -x -m --message --rev-id --splice --head -r --rev-range --tag --sql-output --version-path --branch-label --depends-on -t --template',
    switches:
      '-1 -2 -3 -4 -5 --raiseerr -v --verbose --sql --purge --autogenerate -i --indicate-current -q --quiet',
    targets: { config: '-c --config' },
    network: true,
    // It says which database, with the password hidden.
    ambient: { database: 'alembic current --verbose' },
    commands: {
      ...each(read({ network: false }), 'history, heads, branches, show, list_templates'),
      ...each(read(), 'current, check'),
      ...each(local({ network: false }), 'revision, merge, init'),
      edit: local({ ...terminal, network: false }),
      upgrade: mutate({
        dryRun: '--sql',
        captureFirst: ALEMBIC_NOTE,
        inverse: 'alembic downgrade to the revision from before (check what data it would drop)',
      }),
      ensure_version: mutate(),
      downgrade: destroy({
        dryRun: '--sql',
        why: 'alembic downgrade may drop columns and tables',
        captureFirst: ALEMBIC_NOTE,
        inverse: 'alembic upgrade to the revision from before; dropped data comes back only from the dump',
        resources: 'first',
      }),
      stamp: destroy({
        dryRun: '--sql',
        why: 'alembic stamp changes what the database says it is, without migrating',
        captureFirst: 'alembic current',
        inverse: 'alembic stamp with the revision from before',
        resources: 'first',
      }),
    },
  },
  {
    names: 'prisma',
    source: 'from documentation: Prisma 6',
    values:
      '--schema --name -n --applied --rolled-back --from-url --to-url --from-schema-datamodel --to-schema-datamodel --from-migrations --to-migrations --shadow-database-url --file --url --port -p --config --generator -o --output --datasource-provider --sql',
    switches:
      '--create-only --skip-seed --skip-generate --force -f --accept-data-loss --force-reset --script --print --stdin --exit-code --check --from-empty --to-empty --watch',
    targets: { schema: '--schema' },
    network: true,
    // Its first line names the database and its host.
    ambient: { database: 'prisma migrate status' },
    commands: {
      ...each(read({ network: false }), 'validate, version, debug'),
      ...each(read({ when: { '-o --output': { effect: 'local-write' } } }), 'migrate status, migrate diff'),
      ...each(local({ network: false, when: { '--watch': stream } }), 'generate, init'),
      format: local({ network: false, dryRun: '--check' }),
      'db pull': local({ why: 'prisma db pull overwrites the schema file', dryRun: '--print' }),
      'migrate deploy': mutate({
        why: 'prisma migrate deploy applies migrations',
        preview: 'prisma migrate status',
        captureFirst: 'prisma migrate status, and a dump of the database',
        inverse: 'a new migration that takes it back (prisma has no downgrade), or restore that dump',
      }),
      'migrate resolve': mutate({
        why: 'prisma migrate resolve changes what the database says was applied',
        captureFirst: 'prisma migrate status',
      }),
      'migrate dev': destroy({ why: 'prisma migrate dev may reset the database' }),
      'migrate reset': destroy({
        why: 'prisma migrate reset drops the database',
        scope: 'all',
        asks: '-f --force',
        captureFirst: 'a dump of the database',
        inverse: 'restore that dump',
      }),
      'db push': mutate({
        preview: 'prisma migrate diff',
        when: {
          '--accept-data-loss --force-reset': {
            effect: 'destroy',
            why: 'prisma db push with this option drops data',
            captureFirst: 'a dump of the database',
            inverse: 'restore that dump',
          },
        },
      }),
      'db execute': read({ decide: execute }),
      'db seed': runs('it runs the seed of the project'),
      studio: mutate(stream),
      dev: mutate(stream),
    },
  },
  {
    names: 'flyway',
    source: 'from documentation: Flyway 10',
    style: 'long',
    values: '-url -user -password -locations -target -schemas -configFiles -environment -workingDirectory',
    switches: FLYWAY_SWITCHES,
    targets: { database: '-url', environment: '-environment' },
    network: true,
    ambient: { 'database|environment': 'flyway info' },
    commands: {
      ...each(read(), 'info, validate, version, check, diff, model'),
      migrate: mutate({
        decide: (call) =>
          hasFlag(call.parsed, '-dryRunOutput')
            ? verdict('local-write', 'flyway writes the SQL that it would run')
            : undefined,
        preview: 'flyway info; flyway migrate -dryRunOutput=FILE',
        captureFirst: 'flyway info, and a dump of the database',
        inverse: 'flyway undo (Teams), or a migration that takes it back',
      }),
      ...each(mutate(), 'baseline, deploy, prepare'),
      ...each(local(), 'generate, snapshot, init, add'),
      clean: destroy({
        why: 'flyway clean drops every object in its schemas',
        scope: 'all',
        captureFirst: 'a dump of the database',
        inverse: 'restore that dump',
      }),
      undo: destroy({
        captureFirst: 'flyway info, and a dump of the database',
        inverse: 'flyway migrate; dropped data comes back only from the dump',
      }),
      repair: destroy({
        why: 'flyway repair rewrites the history of migrations',
        captureFirst: 'a copy of flyway_schema_history',
        inverse: 'put that copy back',
      }),
    },
  },
  {
    names: 'liquibase',
    source: 'from documentation: Liquibase 4',
    style: 'long',
    values:
      '--url --username --password --changelog-file --changeLogFile --defaults-file --classpath --driver --default-schema-name --contexts --labels --label-filter --context-filter --log-level --output-file --reference-url --tag --count --search-path --changeset-id --changeset-author --changeset-path',
    switches: '--verbose --force --drop-dbclhistory --show-summary',
    targets: { database: '--url' },
    network: true,
    ambient: { database: 'liquibase status' },
    commands: {
      ...each(
        read(),
        'status, validate, diff, history, update-sql, updateSQL, rollback-sql, rollbackSQL, update-count-sql, updateCountSQL, update-to-tag-sql, rollback-count-sql, rollback-to-date-sql, rollback-one-changeset-sql, future-rollback-sql, futureRollbackSQL, future-rollback-count-sql, list-locks, listLocks, tag-exists, tagExists, unexpected-changesets, unexpectedChangeSets, calculate-checksum, calculateCheckSum, changelog-sync-sql, changelogSyncSQL, checks run, checks show, flow validate, help',
      ),
      ...each(
        mutate({
          captureFirst: LIQUIBASE_NOTE,
          inverse: 'liquibase rollback to that tag',
          preview: 'liquibase update-sql',
        }),
        'update, update-count, updateCount, update-to-tag, updateToTag, update-one-changeset',
      ),
      ...each(
        mutate({ why: 'liquibase marks changes as run without running them' }),
        'changelog-sync, changelogSync, changelog-sync-to-tag, mark-next-changeset-ran, markNextChangeSetRan',
      ),
      ...each(
        mutate(),
        'tag, release-locks, releaseLocks, register-changelog, sync-hub, execute-sql, executeSql, set-contexts, set-labels',
      ),
      'update-testing-rollback': destroy({ why: 'it takes back what it has just applied' }),
      ...each(
        destroy({
          captureFirst: LIQUIBASE_NOTE,
          inverse: 'liquibase update; dropped data comes back only from the dump',
          preview: 'liquibase rollback-sql',
        }),
        'rollback, rollback-count, rollbackCount, rollback-to-date, rollbackToDate, rollback-one-changeset, rollback-one-update',
      ),
      ...each(
        destroy({ scope: 'all', captureFirst: 'a dump of the database', inverse: 'restore that dump' }),
        'drop-all, dropAll',
      ),
      ...each(destroy(), 'clear-checksums, clearCheckSums, clearCheckSum'),
      ...each(
        local(),
        'generate-changelog, generateChangeLog, diff-changelog, diffChangeLog, snapshot, init project, init copy, db-doc, dbDoc, lpm',
      ),
    },
  },
  {
    // MongoDB's CLI and Ariga's schema tool share their name.
    names: 'atlas',
    source: 'from documentation: Atlas CLI 1 (MongoDB), Atlas 0.30 (Ariga)',
    values:
      '-o --output --tier --region --provider --members --url -u --to --dev-url --dir --format --schema -s --exclude --amount --revisions-schema -c --config --var --tx-mode --baseline',
    switches: '--auto-approve --dry-run --force --json --edit --allow-dirty',
    targets: {
      project: '--projectId',
      profile: '-P --profile',
      cluster: '--clusterName',
      environment: '--env',
    },
    network: true,
    commands: {
      version: read({ network: false }),
      ...each(
        read(),
        'migrate status|lint|validate|ls|test, schema inspect|diff|test|plan, schema plan list|lint|validate',
      ),
      ...each(
        local({ network: false }),
        'migrate diff|new|hash|import|edit|rm|checkpoint|rebase, schema fmt|clean-dev',
      ),
      'migrate apply': mutate({
        dryRun: '--dry-run',
        preview: 'atlas migrate status',
        captureFirst: 'atlas migrate status, and a dump of the database',
        inverse: 'atlas migrate down',
        leavesOpen: {},
      }),
      'migrate push': mutate(),
      'migrate down': destroy({ dryRun: '--dry-run', captureFirst: 'a dump of the database' }),
      'migrate set': destroy({ why: 'changes what the database says was applied' }),
      'schema apply': destroy({
        dryRun: '--dry-run',
        asks: '--auto-approve',
        why: 'atlas schema apply may drop what the schema does not name',
        captureFirst: 'atlas schema inspect, and a dump of the database',
      }),
      'schema clean': destroy({
        asks: '--auto-approve',
        dryRun: '--dry-run',
        scope: 'all',
        captureFirst: 'a dump of the database',
      }),
      'schema push': mutate(),
    },
    otherwise: mongoAtlas,
  },
];

function mongoAtlas(call: Call): Outcome | undefined {
  const words = names(call);
  const ambient = { leavesOpen: { 'project|profile': 'atlas config list' } };
  if (words.some((word) => /^(delete|pause|terminate|remove|stop|disable|revoke|reject)$/.test(word)))
    return destroy({
      ...ambient,
      ...(words.includes('pause') ? { inverse: 'atlas clusters start' } : {}),
      ...(words.some((word) => /^(delete|terminate)$/.test(word)) ? { asks: '--force' } : {}),
      resources: (given) => names(given).slice(2),
    });
  if (
    words.some((word) =>
      /^(list|ls|describe|get|watch|status|whoami|version|logs|download|inspect)$/.test(word),
    )
  )
    return words.some((word) => /^(download)$/.test(word)) ? local(ambient) : read(ambient);
  if (words[0] === 'auth' || words[0] === 'config')
    return local(flagValue(call.parsed, '--publicKey') ? { network: false } : { ...terminal });
  return words.some((word) =>
    /^(create|update|start|upgrade|add|enable|restore|failover|set|apply|invite|load|setup|acknowledge|assign|connect|sampleData)$/.test(
      word,
    ),
  )
    ? mutate({ ...ambient, ...(words.includes('connect') || words[0] === 'setup' ? terminal : {}) })
    : undefined;
}
