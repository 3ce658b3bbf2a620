/** Axes of databases, brokers, HTTP and migrators beyond the risk: where they act, how they are rehearsed and undone. */
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';

const targets = (command: string) =>
  explainCommand(command).targets.map(({ kind, value }) => `${kind}:${value}`);

describe('what it acts on', () => {
  test.each<[string, readonly string[]]>([
    [
      'psql -h db-1 -d orders -c "DELETE FROM carts WHERE id = 1"',
      ['host:db-1', 'database:orders', 'resource:carts'],
    ],
    [
      'psql "postgresql://app:hunter2@db-1/orders" -c "DROP TABLE carts"',
      ['host:db-1', 'database:orders', 'resource:carts'],
    ],
    ['psql "host=db-1 dbname=orders password=x" -c "SELECT 1"', ['host:db-1', 'database:orders']],
    ['psql -d orders -c "TRUNCATE public.carts"', ['database:orders', 'resource:public.carts']],
    ['psql -d orders -c "DROP TABLE $TABLE"', ['database:orders']],
    [
      'mysql -h m1 -psecret -e "UPDATE carts SET a = 1 WHERE id = 1" shop',
      ['host:m1', 'database:shop', 'resource:carts'],
    ],
    ['dropdb -h db-1 orders', ['resource:orders', 'host:db-1', 'database:orders']],
    ['dropdb "$NAME"', ['database:$NAME']],
    ['pg_ctlcluster 16 main stop', ['resource:16/main']],
    [
      'redis-cli -h cache-1 -n 2 DEL cart:1 cart:2',
      ['host:cache-1', 'database:2', 'resource:cart:1', 'resource:cart:2'],
    ],
    ['redis-cli -u redis://:pw@cache-1:6379/2 FLUSHDB', ['host:cache-1:6379', 'database:2']],
    [
      'mongosh "mongodb://u:p@m1/shop" --eval "db.carts.drop()"',
      ['host:m1', 'database:shop', 'resource:carts'],
    ],
    [
      'kafka-topics --bootstrap-server k1:9092 --delete --topic orders',
      ['resource:orders', 'host:k1:9092', 'topic:orders'],
    ],
    ['rabbitmqctl -p shop delete_queue billing.retry', ['resource:billing.retry', 'vhost:shop']],
    ['nats stream rm ORDERS -f', ['resource:ORDERS']],
    ['curl -X DELETE https://es-1:9200/logs-2023', ['host:es-1:9200', 'resource:logs-2023']],
    ['curl -X DELETE "https://api.example.com/orders/$ID"', ['host:api.example.com']],
    ['alembic downgrade ae1027a6acf', ['resource:ae1027a6acf']],
  ])('%s', (command, expected) => {
    expect([...targets(command)].sort()).toEqual([...expected].sort());
  });

  test.each([
    'psql "postgresql://app:hunter2@db-1/orders" -c "SELECT 1"',
    'mongosh "mongodb://app:hunter2@m1/shop" --eval "db.carts.count()"',
    'redis-cli -u redis://app:hunter2@cache-1 PING',
    'migrate -path db -database postgres://app:hunter2@db-1/orders up',
    'mysql -phunter2 -e "SELECT 1"',
    'curl https://app:hunter2@api.example.com/x',
    'curl -X PUT https://app:hunter2@api.example.com/x',
  ])('no password is shown: %s', (command) => {
    expect(JSON.stringify(explainCommand(command))).not.toContain('hunter2');
  });
});

describe('what the words leave open', () => {
  test.each<[string, readonly string[]]>([
    ['psql -c "SELECT 1"', ['host', 'database']],
    ['psql -d orders -c "SELECT 1"', ['host']],
    ['psql "$DATABASE_URL" -c "SELECT 1"', []],
    ['psql service=billing -c "SELECT 1"', []],
    ['PGHOST=db-1 PGDATABASE=orders psql -c "SELECT 1"', []],
    ['mysql -h m1 shop -e "SELECT 1"', []],
    ['redis-cli FLUSHALL', ['host', 'database']],
    ['mongosh --eval "db.carts.drop()" shop', ['host']],
    ['alembic upgrade head', ['database']],
    ['alembic history', []],
    ['RAILS_ENV=production rails db:migrate', ['database']],
    ['sqlite3 app.db "DELETE FROM jobs"', []],
    ['nodetool drain', ['host']],
    ['nodetool -h cass-1 drain', []],
  ])('%s', (command, expected) => {
    const { ambient } = explainCommand(command);
    expect(ambient.map(({ kind }) => kind)).toEqual(expected);
  });

  test('each command that says which only reads, and shows no secret', () => {
    const commands = [
      'psql -c "SELECT 1"',
      'mysql -e "SELECT 1"',
      'redis-cli PING',
      'mongosh --eval "db.stats()"',
      'cqlsh -e "DESCRIBE KEYSPACES"',
      'alembic current',
      'prisma migrate deploy',
      'flyway migrate',
      'liquibase update',
      'rails db:migrate',
      'php artisan migrate',
      'amtool silence query',
      'nodetool drain',
      'nats stream ls',
      'influx query x',
      'knex migrate:latest',
      'sqlcmd -Q "SELECT 1"',
      'clickhouse-client -q "SELECT 1"',
      'patronictl pause',
      'pgbackrest backup',
      'rabbitmqctl status',
    ];
    for (const command of commands) {
      const { ambient } = explainCommand(command);
      expect(ambient.length, command).toBeGreaterThan(0);
      for (const { ask } of ambient) {
        const found = ask === null ? null : explainCommand(ask);
        expect({ command, ask, risk: found?.risk, mode: found?.mode, secrets: found?.readsSecrets }).toEqual({
          command,
          ask,
          risk: 'read-only',
          mode: 'capture',
          secrets: false,
        });
      }
    }
  });
});

describe('whether it talks to a server', () => {
  test.each<[string, boolean]>([
    ['psql -c "SELECT 1"', true],
    ['redis-cli PING', true],
    ['curl -s https://api.example.com', true],
    ['kafka-topics --list --bootstrap-server k1:9092', true],
    ['alembic current', true],
    ['alembic heads', false],
    ['sqlite3 app.db "SELECT 1"', false],
    ['pg_controldata /srv/pg', false],
    ['promtool check config prometheus.yml', false],
    ['promtool query instant http://prometheus:9090 up', true],
    ['prisma generate', false],
  ])('%s', (command, network) => {
    expect(explainCommand(command).network).toBe(network);
  });
});

describe('how it is rehearsed', () => {
  test.each([
    ['psql -d orders -c "DELETE FROM carts WHERE stale"', 'SELECT count(*) FROM carts with the same WHERE'],
    ['alembic upgrade head', 'alembic upgrade --sql'],
    [
      'kafka-consumer-groups --bootstrap-server k --group g --reset-offsets --to-latest --topic o --execute',
      'the same without --execute',
    ],
    ['liquibase update', 'liquibase update-sql'],
    ['python manage.py migrate', 'manage.py migrate --plan; manage.py sqlmigrate for the SQL of one'],
    ['redis-cli --cluster rebalance cache-1:6379', 'redis-cli --cluster rebalance --cluster-simulate'],
    [
      'pt-online-schema-change --execute --alter "ADD x INT" D=shop,t=carts',
      'pt-online-schema-change --dry-run',
    ],
    ['mongorestore /backup/shop', 'mongorestore --dryRun'],
  ])('%s', (command, preview) => {
    expect(explainCommand(command).preview).toBe(preview);
  });
});

describe('how it is undone, and what to note first', () => {
  test.each<[string, string | null, string | null]>([
    ['createdb orders', null, 'dropdb orders'],
    [
      'dropdb orders',
      'pg_dump -Fc -f orders.dump orders',
      'createdb orders && pg_restore -d orders orders.dump',
    ],
    ['psql -c "CREATE INDEX CONCURRENTLY idx_carts ON carts (id)"', null, 'DROP INDEX idx_carts'],
    [
      'psql -c "ALTER SYSTEM SET work_mem = \'64MB\'"',
      'SHOW work_mem',
      'ALTER SYSTEM SET work_mem to the value from before',
    ],
    [
      'mysql -e "SET GLOBAL max_connections = 800"',
      'SELECT @@GLOBAL.max_connections',
      'SET GLOBAL max_connections to the value from before',
    ],
    [
      'redis-cli CONFIG SET maxmemory 2gb',
      'redis-cli CONFIG GET maxmemory',
      'CONFIG SET maxmemory to the value from before',
    ],
    ['mongosh shop --eval "db.carts.drop()"', 'mongodump -c carts', 'mongorestore from that dump'],
    ['rabbitmqctl stop_app', null, 'rabbitmqctl start_app'],
    ['pg_ctl stop', null, 'start it again'],
    [
      'amtool silence expire 1f2e',
      'amtool silence query -o json',
      'amtool silence add with the matchers from before',
    ],
    ['nodetool disablebinary', null, 'nodetool enablebinary'],
    ['alembic stamp head', 'alembic current', 'alembic stamp with the revision from before'],
    [
      'curl -X PUT https://api.example.com/flags/new -d 1',
      'curl -s https://api.example.com/flags/new > before.json',
      'PUT back what was there',
    ],
    ['redis-cli SHUTDOWN', null, null],
  ])('%s', (command, captureFirst, inverse) => {
    expect(explainCommand(command)).toMatchObject({ captureFirst, inverse });
  });
});
