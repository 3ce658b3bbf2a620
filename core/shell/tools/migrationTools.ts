/** Smaller database migrators, which share one vocabulary. From documentation, version by version at each table. */
import { judgeSql } from '../sql.ts';
import { unknown } from '../verdict.ts';
import { isOpaque } from '../words.ts';
import { names } from './common.ts';
import { connectionTargets } from './connection.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, stream, type Tool } from './table.ts';

const NOTE = 'which migrations are applied, and a dump of the database';
const apply: Partial<Outcome> = {
  captureFirst: NOTE,
  inverse: 'take the same migrations back (check what data that would drop)',
};
const back: Partial<Outcome> = {
  captureFirst: NOTE,
  inverse: 'apply them again; dropped data comes back only from the dump',
};

/** golang-migrate: `-path … -database … up|down|drop|goto|force`. */
const golang: Readonly<Record<string, Outcome>> = {
  version: read(),
  help: read({ network: false }),
  create: local({ network: false }),
  up: mutate(apply),
  // Either way, and so as bad as back.
  goto: destroy({ ...back, why: 'migrate goto may take migrations back' }),
  down: destroy({
    ...back,
    decide: (call) => (names(call).length === 0 ? { asks: '-all --all' } : undefined),
  }),
  drop: destroy({ ...back, scope: 'all', asks: '-f', why: 'migrate drop drops everything in the database' }),
  force: destroy({
    why: 'migrate force changes what the database says it is, without migrating',
    captureFirst: 'migrate version',
  }),
};

const GOOSE: Readonly<Record<string, Outcome>> = {
  status: read(),
  version: read(),
  validate: read({ network: false }),
  env: read({ network: false, readsSecrets: true }),
  create: local({ network: false }),
  fix: local({ network: false }),
  init: local({ network: false }),
  up: mutate(apply),
  'up-by-one': mutate(apply),
  'up-to': mutate(apply),
  down: destroy(back),
  'down-to': destroy(back),
  redo: destroy(back),
  reset: destroy({ ...back, scope: 'all' }),
};

/** `goose [driver dsn] up`: the driver and its connection string may stand in front. */
function goose(call: Call): Outcome | undefined {
  const word = names(call).find((name) => Object.hasOwn(GOOSE, name));
  return word === undefined ? undefined : GOOSE[word];
}

/** `typeorm query "DELETE …"` */
function query(call: Call) {
  const text = call.parsed.operands[0];
  return text === undefined || isOpaque(text)
    ? unknown(`${call.name} runs a query that is a variable`)
    : judgeSql(text.value);
}

export const migrationTools: readonly Tool[] = [
  {
    names: 'migrate',
    source: 'from documentation: golang-migrate 4.18',
    style: 'long',
    ...databaseOption(
      '-database --database',
      '-source -lock-timeout -prefetch --source --lock-timeout --prefetch -ext -dir -digits -format -tz',
    ),
    switches: '-verbose -version -help -all -seq --verbose -f',
    targets: { folder: '-path --path' },
    network: true,
    commands: { ...golang },
  },
  {
    names: 'goose',
    source: 'from documentation: goose 3.22',
    style: 'long',
    values: '-table -certfile -ssl-cert -ssl-key -env -timeout',
    switches: '-v -s -allow-missing -no-versioning -no-color -h -version',
    targets: { folder: '-dir' },
    network: true,
    findTargets: (call) =>
      call.parsed.operands
        .slice(1, 2)
        .flatMap((word) => (/[=:/$]/.test(word.value) ? connectionTargets(word) : [])),
    otherwise: goose,
  },
  {
    names: 'dbmate',
    source: 'from documentation: dbmate 2',
    switches: '-v --verbose --no-dump-schema --strict --wait --exit-code --quiet --pending',
    network: true,
    ...databaseOption(
      '-u --url',
      '-e --env --env-file -d --migrations-dir --migrations-table -s --schema-file --wait-timeout --wait-interval',
    ),
    commands: {
      ...each(read(), 'status, wait'),
      ...each(local(), 'new, n, dump'),
      ...each(mutate(apply), 'up, migrate'),
      ...each(mutate(), 'create, load'),
      ...each(destroy(back), 'down, rollback'),
      drop: destroy({ ...back, scope: 'all', why: 'dbmate drop drops the database' }),
    },
  },
  {
    names: 'knex',
    source: 'from documentation: Knex 3',
    values:
      '--knexfile --cwd --migrations-directory --migrations-table-name --client --connection -x --specific',
    switches: '--all --debug --verbose --esm',
    targets: { environment: '--env' },
    network: true,
    ambient: { environment: 'knex migrate:status' },
    commands: {
      ...each(read(), 'migrate:status, migrate:list, migrate:currentVersion'),
      ...each(mutate(apply), 'migrate:latest, migrate:up'),
      ...each(mutate(), 'seed:run, migrate:unlock'),
      ...each(destroy(back), 'migrate:rollback, migrate:down'),
      ...each(local({ network: false }), 'migrate:make, seed:make, init'),
    },
  },
  {
    names: 'sequelize sequelize-cli',
    source: 'from documentation: sequelize-cli 6',
    values:
      '--config --options-path --migrations-path --seeders-path --models-path --to --from --seed --name --attributes',
    targets: { environment: '--env', database: '--url' },
    network: true,
    ambient: { 'environment|database': 'sequelize db:migrate:status' },
    commands: {
      ...each(read(), 'db:migrate:status'),
      ...each(mutate(apply), 'db:migrate'),
      ...each(mutate(), 'db:seed, db:seed:all, db:create, db:migrate:schema:timestamps:add'),
      ...each(destroy(back), 'db:migrate:undo, db:migrate:undo:all, db:seed:undo, db:seed:undo:all, db:drop'),
      ...each(
        local({ network: false }),
        'init, init:config, init:migrations, init:models, init:seeders, migration:generate, migration:create, model:generate, model:create, seed:generate, seed:create',
      ),
    },
  },
  {
    names: 'typeorm typeorm-ts-node-commonjs typeorm-ts-node-esm mikro-orm',
    source: 'from documentation: TypeORM 0.3, MikroORM 6',
    values: '-d --dataSource -t --transaction --timestamp --config --class -m --migration -f --from --to',
    switches: '-p --pretty -o --outputJs --check --dr --dryrun --fake -r --run --dump --drop-db --fk-checks',
    targets: { config: '-d --dataSource' },
    network: true,
    commands: {
      ...each(
        read(),
        'migration:show, schema:log, migration:list, migration:pending, migration:check, debug, version',
      ),
      query: read({ decide: query }),
      ...each(mutate(apply), 'migration:run, migration:up'),
      ...each(mutate(), 'cache:clear, seeder:run, database:create, schema:create'),
      'schema:sync': destroy({
        ...back,
        why: 'schema:sync drops what the entities do not name',
        preview: 'typeorm schema:log',
      }),
      'schema:update': destroy({ ...back, dryRun: '--dump' }),
      ...each(destroy(back), 'migration:revert, migration:down, schema:drop, migration:fresh, schema:fresh'),
      ...each(
        local(),
        'migration:create, migration:generate, entity:create, subscriber:create, init, seeder:create, generate-entities, cache:generate',
      ),
    },
  },
  {
    names: 'drizzle-kit',
    source: 'from documentation: Drizzle Kit 0.30',
    values: '--config --dialect --schema --out --url --name',
    network: true,
    commands: {
      ...each(read(), 'check, export'),
      ...each(local(), 'generate, introspect, pull, up'),
      drop: destroy({ network: false, why: 'drizzle-kit drop deletes migrations from the folder' }),
      migrate: mutate(apply),
      push: mutate({
        ...apply,
        when: { '--force': { effect: 'destroy', why: 'drizzle-kit push --force accepts the loss of data' } },
      }),
      studio: mutate(stream),
    },
  },
  {
    names: 'sqitch',
    source: 'help text or man page (Debian 12), and documentation: Sqitch 1.4',
    values:
      '--to-change --to -t --target --plan-file -f --set -s --from --onto --mode --engine --top-dir -r -c -n --note -h --db-host -d --db-name -u -p --registry',
    switches: '--verify --no-verify --log-only -y -v --verbose -q',
    network: true,
    ambient: { database: 'sqitch status' },
    commands: {
      ...each(read(), 'status, log, verify, plan, show, help, check'),
      ...each(local({ network: false }), 'init, add, tag, config, engine, target, rework, bundle'),
      deploy: mutate({ ...apply, inverse: 'sqitch revert --to the change from before' }),
      upgrade: mutate(),
      ...each(destroy({ ...back, asks: '-y' }), 'revert, rebase, checkout'),
    },
  },
  {
    names: 'diesel',
    source: 'from documentation: Diesel 2.2',
    switches: '-a --all -f --force --locked-schema',
    network: true,
    ...databaseOption('--database-url', '--migration-dir --config-file -n --number --table-name'),
    commands: {
      ...each(read(), 'migration list, migration pending, print-schema, help, completions'),
      ...each(local({ network: false }), 'migration generate, bash-completion'),
      ...each(mutate(apply), 'migration run'),
      ...each(mutate(), 'setup, database setup'),
      ...each(destroy(back), 'migration revert, migration redo, database reset, database drop'),
    },
  },
  {
    names: 'sqlx sea-orm-cli',
    source: 'from documentation: sqlx-cli 0.8, sea-orm-cli 1',
    switches: '-y -f --force --dry-run --ignore-missing -r --check',
    network: true,
    ...databaseOption(
      '-D --database-url -u',
      '--source --target-version -n --num -d --migration-dir --database-schema -o --output-dir',
    ),
    commands: {
      ...each(read(), 'migrate info, migrate status'),
      ...each(
        local(),
        'prepare, migrate add, migrate generate, migrate init, migrate build-script, generate entity',
      ),
      ...each(mutate({ ...apply, dryRun: '--dry-run' }), 'migrate run, migrate up, migrate'),
      ...each(mutate(), 'database create, database setup, db create, db setup'),
      ...each(
        destroy({ ...back, dryRun: '--dry-run' }),
        'migrate revert, migrate down, migrate fresh, migrate refresh, migrate reset',
      ),
      ...each(
        destroy({ ...back, asks: '-y', scope: 'all' }),
        'database drop, database reset, db drop, db reset',
      ),
    },
  },
  {
    names:
      'node-pg-migrate db-migrate migrate-mongo pgroll tern yoyo phinx graphile-migrate shmig umzug rambler pgmigrate skeema',
    source: 'help text or man page (Debian 12), and documentation',
    values:
      '-d --database-url -m --migrations-dir -f --file --config -e --environment --env -t --target -c --configuration --postgres-url --schema -j --database --password -p',
    switches: '--fake --dry-run --no-lock -v --verbose --allow-unsafe --brief',
    network: true,
    commands: {
      ...each(read(), 'status, list, list:pending, check, verify, diff, lint, version, latest, analyze'),
      ...each(
        mutate({ ...apply, dryRun: '--dry-run' }),
        'up, apply, migrate, deploy, run, start, complete, seed:run, mark, develop, break-lock',
      ),
      push: mutate({
        ...apply,
        dryRun: '--dry-run',
        when: {
          '--allow-unsafe': {
            effect: 'destroy',
            why: 'skeema push --allow-unsafe drops what the files do not name',
          },
        },
      }),
      ...each(mutate(), 'watch'),
      ...each(
        destroy({ ...back, dryRun: '--dry-run' }),
        'down, rollback, reset, redo, revert, drop, unmark, uncommit, reapply',
      ),
      ...each(
        local({ network: false }),
        'create, new, init, make, generate, pull, format, add-environment, seed:create, commit, renumber',
      ),
    },
  },
];

/** Options that hold the connection string, and others that take a value. */
function databaseOption(options: string, values: string): Pick<Tool, 'values' | 'ambient' | 'findTargets'> {
  const wanted = options.split(' ');
  return {
    values: `${options} ${values}`,
    ambient: { 'database|host|url': '' },
    findTargets: (call) =>
      call.parsed.flags.flatMap((flag) =>
        wanted.includes(flag.name) && flag.value ? connectionTargets(flag.value) : [],
      ),
  };
}
