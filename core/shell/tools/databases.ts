/** Clients of other databases, and their tools. From documentation, version by version at each table. */
import { judgeSql } from '../sql.ts';
import { highest, unknown, verdict } from '../verdict.ts';
import { flagValue, hasFlag, plain } from '../words.ts';
import { names } from './common.ts';
import { client, judgeClient } from './sqlClient.ts';
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

const CLICKHOUSE_VALUES =
  '--port --format -f --config-file -C --max_memory_usage --max_execution_time --param_id --structure -S --input-format --output-format --send_timeout --receive_timeout --connection';

/** `bcp orders.dbo.carts out carts.csv`: what stands second says which way. */
function bulkCopy(call: Call) {
  const words = call.parsed.operands;
  const direction = words[1]?.value.toLowerCase();
  if (direction === 'out' || direction === 'format') return verdict('local-write', 'bcp out writes a file');
  return direction === 'queryout' && words[0]
    ? highest(verdict('local-write', 'bcp queryout writes a file'), judgeSql(words[0].value))
    : undefined;
}

/** Oracle's `exp` and `imp` families run in batch; without an account they ask. */
function pump(call: Call): Partial<Outcome> | undefined {
  const words = call.args.map((arg) => arg.value.toLowerCase());
  if (words.some((word) => /^help=y/.test(word))) return { effect: 'read', why: 'prints help' };
  if (call.name.startsWith('exp')) return { effect: 'local-write', why: `${call.name} writes a dump` };
  return words.some((word) => /^table_exists_action=(replace|truncate)/.test(word))
    ? { effect: 'destroy', why: 'impdp replaces the tables that it finds' }
    : { effect: 'mutate', why: `${call.name} loads a dump` };
}

const COCKROACH_READS =
  'node status|ls, version, debug zip, debug doctor, debug tsdump, cert list, statement-diag list, nodelocal ls, userfile list|ls, auth-session list, gen, sqlfmt, convert-url';

export const databases: readonly Tool[] = [
  client({
    names: 'sqlite3 duckdb sqlite-utils sqlcipher',
    source: 'help text or man page (Debian 12), and documentation: SQLite 3.46',
    style: 'long',
    text: '-cmd -c',
    file: '-init',
    values: '-separator -nullvalue -newline -mmap -maxsize -vfs -lookaside -pagecache',
    switches:
      '-batch -bail -readonly -header -headers -csv -json -line -column -html -list -table -box -markdown -echo -noheader -stats -safe -interactive -ascii -quote -tabs -append -deserialize',
    operands: 1,
    first: 'database',
    stays: '-interactive',
    prints: '-version --version -help',
    local: true,
  }),
  {
    names: 'sqldiff sqlite3_analyzer litestream',
    source: 'from documentation: SQLite 3.46, Litestream 0.3',
    values: '--table -config -o -timestamp -if-replica-exists',
    bare: read(),
    commands: {
      ...each(read(), 'databases, generations, snapshots, wal, version'),
      replicate: mutate({ ...stream, network: true }),
      restore: local({
        network: true,
        why: 'litestream restore writes the database file',
        resources: valueOfOutput,
      }),
    },
    otherwise: (call) => (call.name === 'litestream' ? undefined : read()),
  },
  client({
    names: 'sqlcmd',
    source: 'from documentation: SQL Server 2022',
    text: '-Q -q --query --initial-query',
    file: '-i --input-file',
    values: '-s -w -h -t -l -v -r -m -a -k',
    switches: '-E -C -N -b -I -e -y -Y -G -W -u -R -x -X -L -p',
    targets: { host: '-S --server', database: '-d --database-name', user: '-U --user-name', password: '-P' },
    ambient: { host: "sqlcmd -Q 'SELECT @@SERVERNAME'", database: "sqlcmd -Q 'SELECT DB_NAME()'" },
    writes: '-o --output-file',
    stays: '-q --initial-query',
    prints: '-? -L --version',
  }),
  {
    names: 'bcp',
    source: 'from documentation: SQL Server 2022',
    style: 'long',
    values: '-P -t -r -b -F -L -f -e -a -q',
    targets: { host: '-S', user: '-U', database: '-d' },
    network: true,
    bare: mutate({ why: 'bcp in loads rows', resources: 'first', decide: bulkCopy }),
  },
  client({
    names: 'clickhouse-client clickhouse-local',
    source: 'from documentation: ClickHouse 24',
    text: '-q --query',
    file: '--queries-file --multiquery-file',
    values: `${CLICKHOUSE_VALUES} --password`,
    switches:
      '--multiquery -n --secure -s --progress -t --time -m --multiline --echo --stacktrace --ask-password',
    targets: { host: '-h --host', user: '-u --user', database: '-d --database' },
    ambient: {
      host: "clickhouse-client -q 'SELECT hostName()'",
      database: "clickhouse-client -q 'SELECT currentDatabase()'",
    },
    asks: '--ask-password',
    prints: '-V --version',
  }),
  {
    names: 'clickhouse',
    source: 'from documentation: ClickHouse 24',
    judge: (call) => {
      const first = call.args[0];
      if (/^(client|local)$/.test(first?.value ?? ''))
        return call.judge.words([plain(`clickhouse-${first?.value}`), ...call.args.slice(1)], call.stdin);
      if (/^(status|extract-from-config|format|obfuscator|compressor|disks)$/.test(first?.value ?? ''))
        return verdict('read', `clickhouse ${first?.value} reads`);
      if (/^(stop)$/.test(first?.value ?? ''))
        return verdict('destroy', 'clickhouse stop takes the server out of service', {
          inverse: 'clickhouse start',
        });
      return /^(start|restart)$/.test(first?.value ?? '')
        ? verdict('mutate', `clickhouse ${first?.value} changes state`)
        : unknown(`clickhouse ${first?.text ?? ''} is in no table`);
    },
  },
  {
    names: 'clickhouse-backup',
    source: 'from documentation: clickhouse-backup 2',
    network: true,
    values:
      '-c --config -t --tables --tables -d --diff-from --diff-from-remote --partitions -m --restore-database-mapping',
    commands: {
      ...each(read(), 'tables, list, print-config, default-config, help'),
      ...each(mutate(), 'create, upload, create_remote'),
      download: local(),
      ...each(
        mutate({
          when: { '--rm --drop': { effect: 'destroy', why: 'drops the tables before it restores them' } },
        }),
        'restore, restore_remote',
      ),
      ...each(
        destroy({ resources: (call) => names(call, 1) }),
        'delete local|remote, clean, clean_remote_broken',
      ),
      ...each(mutate(stream), 'watch, server'),
    },
  },
  client({
    names: 'trino presto hive beeline impala-shell vsql usql snowsql spark-sql',
    source: 'from documentation',
    style: 'long',
    text: '-e --execute -q --query',
    file: '-f --file --filename -i',
    values:
      '--catalog --schema --user -n -p -d -c -a -w -r -s --accountname --username --dbname --output-format',
    targets: { host: '--server -h --host -u' },
    prints: '--version -V',
  }),
  client({
    names: 'sqlplus sqlcl',
    source: 'from documentation: Oracle Database 23',
    style: 'long',
    text: '--no-such-option',
    values: '-R -M -C -F',
    switches: '-s -S -silent -l -L -nolog',
    prints: '-V -v -version -H',
    ambient: { database: 'printenv ORACLE_SID TWO_TASK' },
  }),
  {
    names: 'expdp impdp exp imp',
    source: 'from documentation: Oracle Database 23',
    network: true,
    bare: mutate({ decide: pump }),
  },
  {
    names: 'lsnrctl',
    source: 'from documentation: Oracle Database 23',
    commands: {
      ...each(read({ resources: 'first' }), 'status, services, version, show, help'),
      ...each(mutate({ resources: 'first', inverse: 'lsnrctl stop' }), 'start, reload, save_config, set'),
      stop: destroy({ why: 'nobody new can connect', inverse: 'lsnrctl start', resources: 'first' }),
    },
    bare: opensSession('lsnrctl opens a prompt'),
  },
  {
    names: 'rman dgmgrl asmcmd srvctl',
    source: 'from documentation: Oracle Database 23',
    style: 'long',
    network: true,
    bare: runs('it runs commands that are not read', {
      decide: (call) => {
        const word = names(call)[0] ?? '';
        if (call.name === 'srvctl' || call.name === 'asmcmd') {
          if (/^(stop|remove|disable|rm|umount|dropdg|kill)$/.test(word)) return { effect: 'destroy' };
          if (/^(status|config|ls|lsdg|du|pwd|lsct|find|getenv)$/.test(word))
            return verdict('read', `${call.name} ${word} reads`);
        }
        return call.args.length === 0 ||
          (call.name === 'rman' &&
            call.stdin.kind === 'inherited' &&
            !call.args.some((a) => /^@|cmdfile/i.test(a.value)))
          ? terminal
          : undefined;
      },
    }),
  },
  {
    names: 'cockroach',
    source: 'from documentation: CockroachDB 24',
    values: '--certs-dir --format -e --execute -f --file -u --user -p --port --cluster-name --set',
    switches: '--insecure --self --wait',
    targets: { host: '--host --url', database: '-d --database' },
    network: true,
    ambient: { host: 'printenv COCKROACH_HOST COCKROACH_URL' },
    commands: {
      ...each(read(), COCKROACH_READS),
      sql: read({
        leavesOpen: {
          host: 'printenv COCKROACH_HOST COCKROACH_URL',
          database: "cockroach sql -e 'SHOW database'",
        },
        decide: (call) => judgeClient(call, { text: '-e --execute', file: '-f --file' }),
      }),
      ...each(
        mutate(),
        'init, node recommission, start, start-single-node, nodelocal upload, userfile upload|get, import, statement-diag cancel|delete, connect',
      ),
      ...each(
        mutate({ when: { '--background': { mode: 'capture' } }, ...stream }),
        'start, start-single-node',
      ),
      'node drain': destroy({ why: 'the node stops serving', resources: 'first' }),
      'node decommission': destroy({
        resources: 'all',
        inverse: 'cockroach node recommission, while it is not yet finished',
        preview: 'cockroach node decommission --dry-run',
        dryRun: '--dry-run',
      }),
      ...each(destroy(), 'quit, auth-session logout, userfile delete, debug recover apply-plan'),
      ...each(local({ network: false }), 'cert create-ca|create-node|create-client'),
      workload: mutate({ why: 'puts load on the cluster' }),
      demo: opensSession('cockroach demo opens a prompt'),
    },
  },
  {
    names:
      'mysqld mariadbd mysqld_safe mariadbd-safe clickhouse-server cassandra postgres postmaster influxd',
    source: 'help text or man page (Debian 12), and documentation',
    values: '--defaults-file --datadir --config-file -D -p',
    bare: mutate({ why: 'starts a server', ...stream, when: { '-V --version': { mode: 'capture' } } }),
  },
  {
    names: 'influx',
    source: 'help text or man page (Debian 12), and documentation: InfluxDB 2, and the shell of 1.8',
    style: 'long',
    values:
      '-t --token -f --file -q --query -database -execute -precision --start --stop -p --predicate -i --id -r --retention -u --username --format',
    switches: '--hide-headers --json --skip-verify --force -F',
    targets: { host: '--host -host', organisation: '-o --org', bucket: '-b --bucket -n --name' },
    network: true,
    ambient: { 'host|config': 'influx config', 'organisation|config': 'influx config' },
    commands: {
      ...each(
        read(),
        'bucket list|ls, org list|members, user list, task list, task run list, task log list, ping, version, config list|ls, server-config, telegrafs, v1 auth list, v1 dbrp list, dashboards, stacks, export, export all, bucket-schema list, scripts list, remote list, replication list',
      ),
      query: read({
        why: 'influx query reads, unless it ends in to()',
        decide: (call) => (/\bto\s*\(/.test(names(call)[0] ?? '') ? { effect: 'mutate' } : undefined),
      }),
      'auth list': read({ readsSecrets: true }),
      config: read({ network: false }),
      'v1 shell': opensSession('influx v1 shell opens a prompt'),
      ...each(
        mutate(),
        'bucket update, task create|update|retry-failed, task run retry, org create|update, user create|update, apply, v1 auth create, v1 dbrp create, telegrafs create|update, scripts create|update, bucket-schema create, org members add',
      ),
      'user password': mutate(terminal),
      setup: mutate({ asks: '-f --force' }),
      write: mutate({ when: { '--dry-run': {} }, dryRun: '--dry-run' }),
      'write dryrun': read({ network: false }),
      'bucket create': mutate({ inverse: 'influx bucket delete' }),
      ...each(local({ network: false }), 'config create|set|rm|update'),
      'auth create': mutate({ readsSecrets: true }),
      backup: local({ resources: 'first' }),
      restore: mutate({
        when: { '--full': { effect: 'destroy', why: 'replaces everything on the server' } },
      }),
      delete: destroy({ why: 'influx delete removes points', captureFirst: 'influx backup' }),
      ...each(
        destroy({ captureFirst: 'influx backup' }),
        'bucket delete, org delete, task delete, user delete, auth delete|inactive, stacks rm|remove|uninstall, v1 auth delete, v1 dbrp delete, telegrafs rm, dashboards delete, scripts delete, org members remove',
      ),
      'auth active': mutate({ inverse: 'influx auth inactive' }),
    },
    bare: read({
      decide: (call) => {
        const text = flagValue(call.parsed, '-execute');
        if (text) return judgeSql(text.value);
        if (hasFlag(call.parsed, '-import')) return { effect: 'mutate', why: 'influx -import writes points' };
        return opensSession('influx opens a prompt');
      },
    }),
  },
];

function valueOfOutput(call: Call): readonly string[] {
  const output = flagValue(call.parsed, '-o');
  return output && !output.dynamic ? [output.value] : [];
}
