/** PostgreSQL's programs. From their --help (PostgreSQL 15) and documentation (17); Debian's pg_*cluster from their man pages. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names, valuesOf } from './common.ts';
import { connectionTargets } from './connection.ts';
import { client } from './sqlClient.ts';
import {
  type Call,
  destroy,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const CONNECTION = { host: '-h --host', port: '-p --port', user: '-U --username' };
const ASK = "psql -c '\\conninfo'";
const SERVER = { 'host|url|service': ASK };
const DATABASE = { ...SERVER, 'database|url|service': ASK };

/** A database in `-d`, or as the first operand; either may be a connection string. */
function databaseTarget(call: Call): { kind: string; value: string }[] {
  const given = call.parsed.flags.findLast((flag) => /^(-d|--dbname)$/.test(flag.name))?.value;
  const word = given ?? call.parsed.operands[0];
  return word === undefined ? [] : connectionTargets(word);
}

/** `-W` asks for the password on the terminal. */
function asksPassword(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-W --password') ? terminal : undefined;
}

const QUIET = { '-W --password': terminal };

/** Roles come with the hashes of their passwords, unless they are left out. */
function dumpAll(call: Call): Partial<Outcome> | undefined {
  const without = '--no-role-passwords -a --data-only -t --tablespaces-only -f --file';
  return call.name === 'pg_dumpall' && !hasFlag(call.parsed, without)
    ? { readsSecrets: true, why: 'pg_dumpall prints roles with the hashes of their passwords' }
    : undefined;
}

function restore(call: Call) {
  const { parsed } = call;
  const script = parsed.flags.findLast((flag) => /^(-f|--file)$/.test(flag.name))?.value;
  if (hasFlag(parsed, '-l --list')) return verdict('read', 'pg_restore --list only lists');
  if (hasFlag(parsed, '-d --dbname') || script === undefined) return asksPassword(call);
  return script.value === '-'
    ? verdict('read', 'pg_restore prints a script')
    : verdict('local-write', 'pg_restore writes a script');
}

/** `pg_receivewal` and `pg_recvlogical` receive for ever, unless they only make or drop their slot. */
function receiver(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  const starts = hasFlag(parsed, '--start');
  if (hasFlag(parsed, '--drop-slot'))
    return { effect: 'destroy', why: `${call.name} --drop-slot drops the replication slot` };
  if (hasFlag(parsed, '--create-slot') && !starts)
    return { effect: 'mutate', why: `${call.name} --create-slot keeps WAL until somebody reads it` };
  return hasFlag(parsed, '-E --endpos') ? undefined : stream;
}

export const postgres: readonly Tool[] = [
  {
    ...client({
      names: 'psql',
      source: 'psql --help (15)',
      text: '-c --command',
      file: '-f --file',
      connection: '-d --dbname',
      first: 'database',
      targets: CONNECTION,
      ambient: DATABASE,
      values: '-v --set --variable -F --field-separator -R --record-separator -P --pset -T --table-attr',
      writes: '-o --output -L --log-file',
      switches:
        '-A --no-align -a --echo-all -b --echo-errors -e --echo-queries -E --echo-hidden -1 --single-transaction -q --quiet -t --tuples-only -x --expanded -X --no-psqlrc -w --no-password -H --html --csv -n --no-readline -s --single-step -S --single-line -z -0',
      asks: '-W --password',
      stays: '-s --single-step',
      prints: '-l --list -V --version -? --help',
    }),
    // The database stands in `-d` or comes first; a second operand is the user.
    findTargets: databaseTarget,
  },
  client({
    names: 'pgcli litecli mssql-cli',
    source: 'help text or man page (Debian 12), and documentation: dbcli',
    text: '-e --execute -Q',
    connection: '-d --dbname',
    first: 'database',
    targets: CONNECTION,
    ambient: DATABASE,
    values: '-D --dsn -S -P --prompt --pgclirc --warn --ssh-tunnel',
    switches: '-w --no-password --auto-vertical-output',
    asks: '-W --password',
    prints: '-l --list -v --version --list-dsn --ping',
  }),
  {
    names: 'pg_dump pg_dumpall',
    source: 'pg_dump --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values:
      '-d --dbname -f --file -F --format -j --jobs -Z --compress -n --schema -N --exclude-schema -t --table -T --exclude-table --exclude-table-data -S --superuser --role -E --encoding --lock-wait-timeout --section --snapshot --filter -e --extension --rows-per-insert -l --database --extra-float-digits --include-foreign-data --restrict-key --exclude-database --table-and-children --exclude-table-and-children',
    switches:
      '-a --data-only -b -B -c --clean -C --create -O --no-owner -s --schema-only -v --verbose -x --no-privileges --if-exists --no-acl -w --no-password -W --password -g --globals-only -r --roles-only --tablespaces-only --no-role-passwords --inserts --column-inserts',
    findTargets: databaseTarget,
    bare: read({
      why: 'pg_dump reads the database',
      when: { '-f --file': { effect: 'local-write', why: 'pg_dump writes a file' }, ...QUIET },
      decide: dumpAll,
    }),
  },
  {
    names: 'pg_basebackup',
    source: 'pg_basebackup --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values:
      '-d --dbname -D --pgdata -F --format -X --wal-method -S --slot -l --label -Z --compress -c --checkpoint -r --max-rate -T --tablespace-mapping --waldir -t --target -i --incremental --manifest-checksums -s --status-interval',
    bare: local({ why: 'pg_basebackup copies the cluster here', when: QUIET }),
  },
  {
    names: 'pg_restore',
    source: 'pg_restore --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values:
      '-d --dbname -f --file -F --format -j --jobs -L --use-list -n --schema -N --exclude-schema -t --table -T --trigger -I --index -P --function -S --superuser --role --section --restrict-key --filter',
    switches:
      '-l --list -a --data-only -c --clean -C --create -e --exit-on-error -O --no-owner -s --schema-only -v -x --no-privileges -1 --single-transaction --if-exists --no-acl -w -W --password',
    // Its operand is the file of the dump.
    findTargets: (call) => (hasFlag(call.parsed, '-d --dbname') ? databaseTarget(call) : []),
    bare: mutate({
      why: 'pg_restore writes into the database',
      preview: 'pg_restore --list, and pg_restore -f - for the script',
      when: {
        '-c --clean': {
          effect: 'destroy',
          why: 'pg_restore --clean drops what it restores',
          captureFirst: 'a dump of the database as it is (pg_dump -Fc)',
          inverse: 'pg_restore --clean from that dump',
        },
      },
      resources: valuesOf('-d --dbname'),
      decide: restore,
    }),
  },
  {
    names: 'createdb',
    source: 'createdb --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values:
      '-D --tablespace -E --encoding -l --locale -O --owner -S --strategy -T --template --maintenance-db --lc-collate --lc-ctype --locale-provider --icu-locale --icu-rules --builtin-locale',
    switches: '-e --echo -w --no-password',
    bare: mutate({
      resources: 'first',
      when: QUIET,
      decide: (call) => {
        const name = names(call)[0];
        return name === undefined ? undefined : { inverse: `dropdb ${name}` };
      },
    }),
  },
  {
    names: 'createuser',
    source: 'createuser --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values: '-c --connection-limit -g --role --member-of -a --with-admin -m --with-member -v --valid-until',
    switches:
      '-e --echo -s --superuser -S --no-superuser -d --createdb -D --no-createdb -r --createrole -R --no-createrole -l --login -L --no-login -i --inherit -I --no-inherit --replication --no-replication --bypassrls --no-bypassrls -w --no-password',
    bare: mutate({
      resources: 'first',
      when: { '-P --pwprompt --interactive': terminal, ...QUIET },
      decide: (call) => {
        const name = names(call)[0];
        return name === undefined ? undefined : { inverse: `dropuser ${name}` };
      },
    }),
  },
  {
    names: 'dropdb dropuser',
    source: 'dropdb --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values: '--maintenance-db',
    switches: '-e --echo -f --force --if-exists -w',
    findTargets: (call) => (call.name === 'dropdb' ? databaseTarget(call) : []),
    bare: destroy({
      resources: 'first',
      when: { '-i --interactive': terminal, ...QUIET },
      decide: (call) => {
        const name = names(call)[0];
        // dropuser asks for the name where none is given.
        if (name === undefined)
          return call.name === 'dropuser' && call.parsed.operands.length === 0 ? terminal : undefined;
        return call.name === 'dropdb'
          ? {
              scope: 'all',
              captureFirst: `pg_dump -Fc -f ${name}.dump ${name}`,
              inverse: `createdb ${name} && pg_restore -d ${name} ${name}.dump`,
            }
          : { captureFirst: 'pg_dumpall --roles-only' };
      },
    }),
  },
  {
    names: 'vacuumdb clusterdb',
    source: 'vacuumdb --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values:
      '-d --dbname -j --jobs -t --table -n --schema -N --exclude-schema -P --parallel --min-xid-age --min-mxid-age --maintenance-db --tablespace --buffer-usage-limit',
    switches: '-a --all -z --analyze -Z --analyze-only -F --freeze -v -q',
    findTargets: databaseTarget,
    bare: mutate({
      resources: valuesOf('-t --table'),
      when: {
        '-f --full': { effect: 'destroy', why: 'VACUUM FULL locks each table for as long as it takes' },
        ...QUIET,
      },
      decide: (call) => (hasFlag(call.parsed, '-a --all') ? { scope: 'all' } : undefined),
    }),
  },
  {
    names: 'reindexdb',
    source: 'reindexdb --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values: '-d --dbname -j --jobs -t --table -S --schema -i --index --maintenance-db --tablespace',
    switches: '-a --all -e --echo -q --quiet -s --system -v --verbose -w --no-password --concurrently',
    findTargets: databaseTarget,
    bare: mutate({
      resources: valuesOf('-t --table -i --index'),
      when: { '-a --all': { scope: 'all' }, ...QUIET },
    }),
  },
  {
    names: 'pg_isready pg_amcheck',
    source: 'their --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values:
      '-d --dbname -t --timeout --table --relation -r --schema -s --index -i --exclude-table -j --jobs --database --startblock --endblock',
    findTargets: databaseTarget,
    bare: read({ when: QUIET }),
  },
  {
    names: 'pg_repack',
    source: 'help text or man page (Debian 12), and documentation: pg_repack 1.5',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values:
      '-d --dbname -t --table -I --parent-table -c --schema -s --tablespace -j --jobs -i --index -o --order-by -T --wait-timeout -C --exclude-extension',
    switches:
      '-a --all -n --no-order -N --dry-run -Z --no-analyze -k -D --no-kill-backend -x --only-indexes -S --moveidx',
    findTargets: databaseTarget,
    bare: mutate({
      dryRun: '-N --dry-run',
      why: 'pg_repack rewrites the table, and locks it for a moment at both ends',
      resources: valuesOf('-t --table'),
      when: QUIET,
    }),
  },
  {
    names: 'pgbench',
    source: 'pgbench --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: DATABASE,
    values: '-c --client -j --jobs -T --time -t --transactions -f --file -s --scale -b -D -P -R -r -M -L',
    switches: '-i --initialize -n -C -S -N -v -l',
    findTargets: (call) => (call.parsed.operands[0] ? connectionTargets(call.parsed.operands[0]) : []),
    bare: mutate({
      why: 'pgbench puts load on the database and writes its own tables',
      when: {
        '-i --initialize': { effect: 'destroy', why: 'pgbench -i drops and fills the tables pgbench_*' },
      },
    }),
  },
  {
    names: 'pg_receivewal pg_recvlogical',
    source: 'their --help (15)',
    targets: CONNECTION,
    network: true,
    ambient: SERVER,
    values:
      '-d --dbname -D --directory -S --slot -f --file -o --option -P --plugin -E --endpos -I --startpos -s -F -Z --compress',
    switches: '-n --no-loop -v --verbose -w --create-slot --drop-slot --start --if-not-exists -t --two-phase',
    bare: local({ decide: receiver, when: QUIET, resources: valuesOf('-S --slot') }),
  },
];
