/** Database migrators. From documentation: Alembic 1.13, Prisma 5, Rails 7, Flyway 10, Liquibase 4, Knex, Sequelize, TypeORM, dbmate, golang-migrate. */
import { hasFlag } from '../words.ts';
import { destroy, each, local, mutate, read, runs, stream, type Tool, terminal } from './table.ts';

export const migrators: readonly Tool[] = [
  {
    names: 'alembic',
    source: 'from documentation: Alembic 1.13',
    values:
      '-c --config -n --name -x -m --message --rev-id --splice --head -r --rev-range --tag --sql-output',
    switches: '--raiseerr -v --verbose --sql --purge --autogenerate -i',
    targets: { config: '-c --config' },
    commands: {
      ...each(read(), 'current, history, heads, branches, show, check, list_templates'),
      ...each(local(), 'revision, merge, init'),
      edit: local(terminal),
      upgrade: mutate({
        dryRun: '--sql',
        inverse:
          'alembic downgrade to the revision from before (note it first: alembic current; check what data it would drop)',
      }),
      ensure_version: mutate(),
      downgrade: destroy({ dryRun: '--sql', why: 'alembic downgrade may drop columns and tables' }),
      stamp: destroy({
        dryRun: '--sql',
        why: 'alembic stamp changes what the database says it is, without migrating',
      }),
    },
  },
  {
    names: 'prisma',
    source: 'from documentation: Prisma 5',
    values: '--schema --name -n --applied --rolled-back --from-url --to-url --file --url --port',
    switches:
      '--create-only --skip-seed --skip-generate --force -f --accept-data-loss --force-reset --script --print --stdin',
    targets: { schema: '--schema' },
    commands: {
      ...each(read(), 'validate, version, migrate status, migrate diff, debug'),
      ...each(local(), 'generate, format, init, db pull'),
      'migrate deploy': mutate({ why: 'prisma migrate deploy applies migrations' }),
      'migrate resolve': mutate({ why: 'prisma migrate resolve changes what the database says was applied' }),
      'migrate dev': destroy({
        why: 'prisma migrate dev may reset the database',
        when: { '--create-only': {} },
      }),
      'migrate reset': destroy({ why: 'prisma migrate reset drops the database' }),
      'db push': mutate({
        when: {
          '--accept-data-loss --force-reset': {
            effect: 'destroy',
            why: 'prisma db push with this option drops data',
          },
        },
      }),
      ...each(runs('it runs SQL or a seed of the project'), 'db execute, db seed'),
      studio: mutate(stream),
    },
  },
  {
    names: 'rails',
    source: 'from documentation: Rails 7',
    values: '-e --environment',
    targets: { environment: '-e --environment' },
    commands: {
      ...each(read(), 'db:migrate:status, db:version, routes, about, stats, notes, time:zones'),
      ...each(mutate(), 'db:migrate, db:seed, db:create, db:setup, db:prepare'),
      ...each(
        destroy(),
        'db:rollback, db:drop, db:reset, db:schema:load, db:migrate:down, db:migrate:reset, db:purge, db:truncate_all',
      ),
      ...each(runs('rails opens a prompt', terminal), 'console, c, dbconsole, db'),
      ...each(runs('rails runs a server', stream), 'server, s'),
      runner: runs('rails runner runs code'),
      ...each(local(), 'generate, g, destroy, new'),
    },
  },
  {
    names: 'django-admin',
    source: 'from documentation: Django 5',
    values: '--settings --database -v',
    commands: {
      ...each(read(), 'check, showmigrations, sqlmigrate, diffsettings, version, dumpdata'),
      ...each(mutate(), 'migrate, loaddata, createcachetable, collectstatic'),
      ...each(destroy(), 'flush, sqlflush, clearsessions'),
      ...each(local(), 'makemigrations, startproject, startapp'),
      ...each(runs('it opens a prompt', terminal), 'shell, dbshell, createsuperuser'),
      runserver: runs('it runs a server', stream),
    },
  },
  {
    names: 'flyway',
    source: 'from documentation: Flyway 10',
    style: 'long',
    commands: {
      ...each(read(), 'info, validate, version, check'),
      ...each(mutate(), 'migrate, baseline'),
      ...each(destroy(), 'clean, undo, repair'),
    },
  },
  {
    names: 'liquibase',
    source: 'from documentation: Liquibase 4',
    style: 'long',
    commands: {
      ...each(read(), 'status, validate, diff, history, update-sql, updateSQL, rollback-sql, rollbackSQL'),
      ...each(mutate(), 'update, tag, release-locks, releaseLocks, changelog-sync, update-count'),
      ...each(destroy(), 'rollback, rollback-count, rollback-to-date, drop-all, dropAll, clear-checksums'),
      ...each(local(), 'generate-changelog, diff-changelog'),
    },
  },
  {
    names:
      'knex sequelize sequelize-cli typeorm typeorm-ts-node-commonjs dbmate migrate goose sqitch drizzle-kit',
    source: 'from documentation',
    values: '-d --dataSource -path -database -dir --url -e --env --migrations-path',
    style: 'gnu',
    commands: {
      ...each(
        read(),
        'status, migrate:status, db:migrate:status, migrate:list, migrate:currentVersion, migration:show, version, check, verify',
      ),
      ...each(
        mutate(),
        'up, migrate, migrate:latest, migrate:up, db:migrate, db:seed, db:seed:all, seed:run, migration:run, deploy, push, up-to, up-by-one',
      ),
      ...each(
        destroy(),
        'down, drop, rollback, redo, reset, force, revert, migrate:rollback, migrate:down, db:migrate:undo, db:migrate:undo:all, db:drop, migration:revert, schema:drop, down-to',
      ),
      ...each(
        local(),
        'create, new, migrate:make, migration:create, migration:generate, migration:new, generate, dump, add',
      ),
    },
    otherwise: (call) =>
      hasFlag(call.parsed, '-path') && call.parsed.operands[0]?.value === 'goto' ? mutate() : undefined,
  },
];
