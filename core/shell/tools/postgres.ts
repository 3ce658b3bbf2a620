/** PostgreSQL's programs. From their --help (PostgreSQL 15) and documentation. */
import { judgeSql } from '../sql.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { isOpaque } from '../words.ts';
import { type Call, destroy, local, mutate, read, type Tool } from './table.ts';

const CONNECTION = {
  host: '-h --host',
  port: '-p --port',
  user: '-U --username',
  database: '-d --dbname',
};

const PSQL_VALUES =
  '-c --command -f --file -o --output -v --set --variable -F --field-separator -R --record-separator -P --pset -T --table-attr -L --log-file';
const PSQL_SWITCHES =
  '-A --no-align -a --echo-all -b --echo-errors -e --echo-queries -E -1 --single-transaction -q --quiet -t --tuples-only -x --expanded -X --no-psqlrc -w --no-password -W --password -l --list -H --html --csv -n -s -S -z -0';

function psql(call: Call): Verdict {
  let result: Verdict = NOTHING;
  let asked = false;
  for (const flag of call.parsed.flags) {
    if (/^(-c|--command)$/.test(flag.name)) {
      asked = true;
      if (flag.value === undefined || isOpaque(flag.value))
        result = highest(result, unknown('psql runs text that is a variable'));
      else result = highest(result, judgeSql(flag.value.value));
    } else if (/^(-f|--file)$/.test(flag.name)) {
      asked = true;
      result = highest(
        result,
        flag.value?.value === '-' ? fromInput(call) : unknown(`psql runs the file ${flag.value?.text ?? ''}`),
      );
    } else if (/^(-l|--list)$/.test(flag.name)) asked = true;
    else if (/^(-o|--output|-L|--log-file)$/.test(flag.name))
      result = highest(result, verdict('local-write', 'psql writes its output to a file'));
  }
  if (!asked) result = highest(result, fromInput(call));
  return result === NOTHING
    ? verdict('read', 'psql lists databases', { tool: 'psql' })
    : { ...result, tool: 'psql' };
}

function fromInput(call: Call): Verdict {
  switch (call.stdin.kind) {
    case 'text':
      return call.stdin.opaque
        ? unknown('psql runs text that is only known when it runs')
        : judgeSql(call.stdin.text);
    case 'piped':
      return unknown(`psql runs what ${call.stdin.from} gives it`);
    default:
      return unknown('psql opens a prompt', { mode: 'terminal' });
  }
}

/** The first operand is the database, or a connection string. */
function databaseTarget(call: Call): { kind: string; value: string }[] {
  const first = call.parsed.operands[0]?.value;
  return first === undefined ? [] : [{ kind: 'database', value: first }];
}

export const postgres: readonly Tool[] = [
  {
    names: 'psql',
    source: 'psql --help (15)',
    targets: CONNECTION,
    values: PSQL_VALUES,
    switches: PSQL_SWITCHES,
    bare: read({ decide: psql }),
    findTargets: databaseTarget,
  },
  {
    names: 'pg_dump pg_dumpall',
    source: 'pg_dump --help (15)',
    targets: CONNECTION,
    values:
      '-f --file -F --format -j --jobs -Z --compress -n --schema -N -t --table -T --exclude-table -S --superuser --role -E --encoding --lock-wait-timeout',
    switches: '-a -b -B -c --clean -C --create -O -s -v -x --if-exists --no-owner --no-acl -w -W -g -r',
    findTargets: databaseTarget,
    bare: read({
      why: 'pg_dump reads the database',
      when: { '-f --file': { effect: 'local-write', why: 'pg_dump writes a file' } },
    }),
  },
  {
    names: 'pg_basebackup',
    source: 'pg_basebackup --help (15)',
    targets: CONNECTION,
    values: '-D --pgdata -F --format -X --wal-method -S --slot -l --label -Z',
    bare: local({ why: 'pg_basebackup copies the cluster here' }),
  },
  {
    names: 'pg_restore',
    source: 'pg_restore --help (15)',
    targets: CONNECTION,
    values:
      '-f --file -F --format -j --jobs -L --use-list -n --schema -N -t --table -T --trigger -I --index -P --function -S --role',
    switches: '-l --list -a -c --clean -C --create -e -O -s -v -x -1 --if-exists --no-owner --no-acl -w -W',
    bare: mutate({
      why: 'pg_restore writes into the database',
      when: { '-c --clean': { effect: 'destroy', why: 'pg_restore --clean drops what it restores' } },
      decide: (call) =>
        call.parsed.flags.some((flag) => /^(-l|--list)$/.test(flag.name))
          ? verdict('read', 'pg_restore --list only lists', { tool: 'pg_restore' })
          : undefined,
    }),
  },
  {
    names: 'createdb createuser',
    source: 'createdb --help (15)',
    targets: { host: '-h --host', port: '-p --port', user: '-U --username' },
    values: '-D -E -l -O -T --template --owner --encoding -c -g',
    bare: mutate({ inverse: 'dropdb or dropuser' }),
  },
  {
    names: 'dropdb dropuser',
    source: 'dropdb --help (15)',
    targets: { host: '-h --host', port: '-p --port', user: '-U --username' },
    values: '--maintenance-db',
    findTargets: (call) => (call.name === 'dropdb' ? databaseTarget(call) : []),
    bare: destroy(),
  },
  {
    names: 'vacuumdb reindexdb clusterdb',
    source: 'vacuumdb --help (15)',
    targets: CONNECTION,
    values: '-j --jobs -t --table -n --schema -i --index',
    switches: '-a --all -z -f --full -v -q',
    bare: mutate(),
  },
  {
    names:
      'pg_isready pg_config pg_controldata pg_amcheck pg_waldump pg_verifybackup pg_test_fsync pg_test_timing',
    source: 'their --help (15)',
    targets: CONNECTION,
    values: '-t --timeout',
    bare: read(),
  },
  {
    names: 'pgbench',
    source: 'pgbench --help (15)',
    targets: { host: '-h --host', port: '-p --port', user: '-U --username' },
    values:
      '-c --client -j --jobs -T --time -t --transactions -f --file -s --scale -b -D -P -R -r -M -l -v -S -N',
    switches: '-i --initialize -n -C -S -N -v -l',
    bare: mutate({ why: 'pgbench puts load on the database and writes its own tables' }),
  },
  {
    names: 'pg_ctl pg_ctlcluster',
    source: 'pg_ctl --help (15)',
    values: '-D --pgdata -l --log -m --mode -o --options -t --timeout -p',
    commands: {
      status: read(),
      start: mutate({ inverse: 'pg_ctl stop' }),
      restart: mutate(),
      reload: mutate(),
      promote: destroy({ why: 'pg_ctl promote ends replication for good' }),
      stop: destroy({ why: 'pg_ctl stop takes the database out of service', inverse: 'pg_ctl start' }),
      logrotate: mutate(),
      'init|initdb': mutate(),
      kill: destroy(),
    },
  },
  { names: 'pg_resetwal pg_rewind', source: 'their --help (15)', values: '-D --pgdata', bare: destroy() },
  {
    names: 'pg_receivewal pg_recvlogical',
    source: 'their --help (15)',
    targets: CONNECTION,
    values: '-D -S --slot -f',
    bare: local({ mode: 'stream' }),
  },
];
