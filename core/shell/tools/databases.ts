/** Clients that speak SQL, and the tools of MySQL, ClickHouse and Cassandra. From documentation: MySQL 8.4, MariaDB 11, SQLite 3.46. */
import { judgeSql } from '../sql.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, isOpaque, plain } from '../words.ts';
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

/** What a client runs: text in options, files, or its standard input. */
interface Client {
  readonly names: string;
  readonly source: string;
  readonly style?: 'gnu' | 'long';
  /** Options with SQL in them, options with files of SQL. */
  readonly text: string;
  readonly file?: string;
  readonly values?: string;
  readonly switches?: string;
  readonly targets?: Readonly<Record<string, string>>;
  /** Operands from this one on are SQL. */
  readonly operands?: number;
  /** What kind of target the first operand is. */
  readonly first?: string;
  /** Options that keep the client open behind the text. */
  readonly stays?: string;
  /** Options that ask for a password. */
  readonly asks?: string;
}

function client(spec: Client): Tool {
  return {
    names: spec.names,
    source: spec.source,
    ...(spec.style ? { style: spec.style } : {}),
    values: `${spec.text} ${spec.file ?? ''} ${spec.values ?? ''}`,
    switches: spec.switches ?? '',
    targets: spec.targets ?? {},
    findTargets: (call) =>
      spec.first && call.parsed.operands[0]
        ? [{ kind: spec.first, value: call.parsed.operands[0].value }]
        : [],
    bare: read({ decide: (call) => judgeClient(call, spec) }),
  };
}

function judgeClient(call: Call, spec: Client): Verdict {
  const texts: Arg[] = [];
  let result: Verdict = NOTHING;
  const textNames = spec.text.split(' ');
  const fileNames = (spec.file ?? '').split(' ');
  for (const flag of call.parsed.flags) {
    if (textNames.includes(flag.name)) texts.push(flag.value ?? plain(''));
    else if (fileNames.includes(flag.name))
      result = highest(result, unknown(`${call.name} runs the file ${flag.value?.text ?? ''}`));
  }
  if (spec.operands !== undefined) texts.push(...call.parsed.operands.slice(spec.operands));
  for (const text of texts)
    result = highest(
      result,
      isOpaque(text) ? unknown(`${call.name} runs text that is a variable`) : judgeSql(text.value),
    );
  if (texts.length === 0 && result === NOTHING) result = fromInput(call);
  const stays = spec.stays && hasFlag(call.parsed, spec.stays) ? 'terminal' : result.mode;
  const asks =
    spec.asks &&
    call.parsed.flags.some((flag) => flag.value === undefined && spec.asks?.split(' ').includes(flag.name));
  return {
    ...(result === NOTHING ? verdict('read', `${call.name} runs no statement`) : result),
    mode: asks ? 'terminal' : stays,
    tool: call.name,
  };
}

function fromInput(call: Call): Verdict {
  switch (call.stdin.kind) {
    case 'text':
      return call.stdin.opaque
        ? unknown(`${call.name} runs text that is only known when it runs`)
        : judgeSql(call.stdin.text);
    case 'piped':
      return unknown(`${call.name} runs what ${call.stdin.from} gives it`);
    default:
      return unknown(`${call.name} opens a prompt`, terminal);
  }
}

const MYSQL = 'from documentation: MySQL 8.4, MariaDB 11';
const MYSQL_VALUES = `-P --port -S --socket --protocol --defaults-file --defaults-extra-file --defaults-group-suffix --default-character-set --login-path
  --connect-timeout --ssl-ca --ssl-cert --ssl-key --ssl-mode --max-allowed-packet --delimiter --tee --prompt --init-command`;
const MYSQL_SWITCHES = `-p --password -N --skip-column-names -B --batch -s --silent -t --table -v --verbose -A --no-auto-rehash -f --force -q --quick -r --raw -H --html -X --xml -E --vertical -C --compress -w -i -b -n -U --safe-updates --single-transaction --routines --triggers --events --all-databases --ssl`;
const MYSQL_TARGETS = { host: '-h --host', user: '-u --user', database: '-D --database' };

/** `-psecret` is a password, not the letters of other options; `-p` alone asks. */
function withoutPassword(tool: Tool): Tool {
  return {
    ...tool,
    judge: (call) => {
      if (!call.args.some((arg) => /^-p.+/.test(arg.value))) return undefined;
      const args = call.args.map((arg) => (/^-p.+/.test(arg.value) ? plain('--password=given') : arg));
      // The same table, with the password out of the way.
      return call.judge.words([plain(call.name), ...args], call.stdin);
    },
  };
}

const asksPassword = (call: Call): Partial<Outcome> | undefined =>
  call.parsed.flags.some((flag) => /^(-p|--password)$/.test(flag.name) && flag.value === undefined)
    ? terminal
    : undefined;

function mysqlDump(call: Call): Partial<Outcome> | undefined {
  const file = hasFlag(call.parsed, '-r --result-file -T --tab')
    ? { effect: 'local-write' as const, why: 'mysqldump writes files' }
    : {};
  return { ...file, ...asksPassword(call) };
}

const admin: Outcome = mutate({ decide: asksPassword });

function mysqladmin(call: Call): Outcome | undefined {
  const first = call.parsed.operands[0]?.value ?? '';
  const repeats =
    hasFlag(call.parsed, '-i --sleep') && !hasFlag(call.parsed, '-c --count') ? stream : asksPassword(call);
  // Several commands may stand behind each other; a value of theirs is no command.
  const words = call.parsed.operands.map((arg) => arg.value);
  if (words.some((word) => /^(drop|shutdown|stop-slave|stop-replica|flush-binary-log)$/.test(word)))
    return destroy({ decide: asksPassword });
  if (
    words.some((word) =>
      /^(create|kill|password|old-password|reload|refresh|flush-\w+|start-slave|start-replica|debug)/.test(
        word,
      ),
    )
  )
    return admin;
  return /^(ping|status|version|processlist|proc|variables|extended-status|ext)/.test(first)
    ? read({ ...repeats })
    : undefined;
}

const CASSANDRA = 'from documentation: Apache Cassandra 5';

export const databases: readonly Tool[] = [
  withoutPassword(
    client({
      names: 'mysql mariadb mycli',
      source: MYSQL,
      text: '-e --execute',
      values: MYSQL_VALUES,
      switches: MYSQL_SWITCHES,
      targets: MYSQL_TARGETS,
      first: 'database',
      asks: '-p --password',
    }),
  ),
  withoutPassword({
    names: 'mysqldump mariadb-dump',
    source: MYSQL,
    values: `${MYSQL_VALUES} -r --result-file -T --tab -w --where --ignore-table`,
    switches: `${MYSQL_SWITCHES} -B --databases -d --no-data`,
    targets: MYSQL_TARGETS,
    bare: read({
      why: 'mysqldump reads the database',
      decide: mysqlDump,
      when: {
        '--delete-master-logs --delete-source-logs': {
          effect: 'destroy',
          why: 'mysqldump deletes the binary logs',
        },
      },
    }),
  }),
  withoutPassword({
    names: 'mysqladmin mariadb-admin',
    source: MYSQL,
    values: `${MYSQL_VALUES} -i --sleep -c --count`,
    switches: MYSQL_SWITCHES.replace(' -i ', ' '),
    targets: { host: '-h --host', user: '-u --user' },
    commands: {
      ping: read({ decide: (call) => (hasFlag(call.parsed, '-i --sleep') ? stream : asksPassword(call)) }),
    },
    otherwise: mysqladmin,
  }),
  withoutPassword({
    names:
      'mysqlcheck mariadb-check mysqlshow mariadb-show mysqlimport mariadb-import mysqlslap mysqlbinlog mariadb-binlog mysql_upgrade mariadb-upgrade mysqltuner mysqltuner.pl pt-query-digest',
    source: MYSQL,
    values: `${MYSQL_VALUES} --start-datetime --stop-datetime --start-position --stop-position -r --result-file --limit`,
    switches: MYSQL_SWITCHES.replace(' -r ', ' '),
    targets: MYSQL_TARGETS,
    bare: read({
      decide: (call) => {
        const asks = asksPassword(call) ?? {};
        if (/show|digest|tuner/.test(call.name)) return asks;
        if (/binlog$/.test(call.name)) return hasFlag(call.parsed, '--stop-never') ? stream : asks;
        if (/check$/.test(call.name))
          return hasFlag(call.parsed, '-o --optimize --repair -a --analyze --auto-repair') ||
            call.args.some((arg) => arg.value === '-r')
            ? { effect: 'mutate', ...asks }
            : asks;
        if (/import$/.test(call.name) && hasFlag(call.parsed, '--delete'))
          return { effect: 'destroy', ...asks };
        return { effect: 'mutate', ...asks };
      },
    }),
  }),
  {
    names: 'pt-online-schema-change pt-archiver pt-kill pt-table-sync pt-table-checksum gh-ost',
    source: 'from documentation: Percona Toolkit 3.6',
    values: '--alter --where --limit --busy-time --interval --table --database --host',
    bare: mutate({
      decide: (call) => {
        if (call.name === 'pt-kill')
          return hasFlag(call.parsed, '--kill --kill-query')
            ? { effect: 'destroy' }
            : verdict('read', 'pt-kill only prints');
        if (call.name === 'pt-archiver') return { effect: 'destroy', why: 'pt-archiver deletes rows' };
        if (/^(pt-online|pt-table-sync|gh-ost)/.test(call.name))
          return hasFlag(call.parsed, '--execute')
            ? undefined
            : verdict('read', `${call.name} without --execute only rehearses`);
        return undefined;
      },
    }),
  },
  {
    names: 'xtrabackup mariabackup innobackupex mydumper myloader',
    source: 'from documentation: Percona XtraBackup 8',
    values: '--target-dir --datadir -o --outputdir -d --directory -t --threads -B --database',
    bare: local({
      decide: (call) => {
        if (hasFlag(call.parsed, '--copy-back --move-back'))
          return { effect: 'destroy', why: 'replaces the data directory' };
        if (call.name !== 'myloader') return undefined;
        return hasFlag(call.parsed, '-o --overwrite-tables') ? { effect: 'destroy' } : { effect: 'mutate' };
      },
    }),
  },
  client({
    names: 'sqlite3 duckdb',
    source: 'from documentation: SQLite 3.46',
    style: 'long',
    text: '-cmd -c',
    file: '-init',
    values: '-separator -nullvalue -newline -mmap -maxsize -vfs -lookaside -pagecache',
    switches:
      '-batch -bail -readonly -header -headers -csv -json -line -column -html -list -table -box -markdown -echo -noheader -stats -safe -interactive -ascii -quote -tabs -append -deserialize',
    operands: 1,
    first: 'database',
    stays: '-interactive',
  }),
  client({
    names: 'sqlcmd',
    source: 'from documentation: SQL Server 2022',
    text: '-Q -q --query --initial-query',
    file: '-i --input-file',
    values: '-P -o -s -w -h -t -l -v -r -m -a -k',
    switches: '-E -C -N -b -I -e -y -Y -G -W -u -R -x -X -L -p',
    targets: { host: '-S --server', database: '-d --database-name', user: '-U --user-name' },
    stays: '-q --initial-query',
  }),
  {
    names: 'bcp',
    source: 'from documentation: SQL Server 2022',
    style: 'long',
    values: '-S -U -P -d -t -r -b -F -L -f -e -a -q',
    targets: { host: '-S', user: '-U', database: '-d' },
    bare: mutate({
      decide: (call) => {
        const words = call.parsed.operands;
        const direction = words[1]?.value.toLowerCase();
        if (direction === 'out' || direction === 'format')
          return verdict('local-write', 'bcp out writes a file');
        return direction === 'queryout' && words[0]
          ? highest(verdict('local-write', 'bcp queryout writes a file'), judgeSql(words[0].value))
          : undefined;
      },
    }),
  },
  client({
    names: 'clickhouse-client clickhouse-local',
    source: 'from documentation: ClickHouse 24',
    text: '-q --query',
    file: '--queries-file --multiquery-file',
    values:
      '--port --format -f --config-file -C --password --max_memory_usage --max_execution_time --param_id --structure -S --input-format --output-format',
    switches: '--multiquery -n --secure -s --progress -t --time -m --multiline --echo --stacktrace',
    targets: { host: '-h --host', user: '-u --user', database: '-d --database' },
  }),
  {
    names: 'clickhouse',
    source: 'from documentation: ClickHouse 24',
    judge: (call) => {
      const first = call.args[0];
      if (/^(client|local)$/.test(first?.value ?? ''))
        return call.judge.words([plain(`clickhouse-${first?.value}`), ...call.args.slice(1)], call.stdin);
      if (/^(status|extract-from-config|format|obfuscator|compressor)$/.test(first?.value ?? ''))
        return verdict('read', `clickhouse ${first?.value} reads`);
      if (/^(stop)$/.test(first?.value ?? ''))
        return verdict('destroy', 'clickhouse stop takes the server out of service');
      return /^(start|restart)$/.test(first?.value ?? '')
        ? verdict('mutate', `clickhouse ${first?.value} changes state`)
        : unknown(`clickhouse ${first?.text ?? ''} is in no table`);
    },
  },
  {
    ...client({
      names: 'cqlsh',
      source: CASSANDRA,
      text: '-e --execute',
      file: '-f --file',
      values:
        '-p --password --request-timeout --connect-timeout --encoding --cqlversion --cqlshrc --protocol-version',
      switches: '--ssl --debug --no-color --tty -C',
      targets: { user: '-u --username', keyspace: '-k --keyspace' },
      first: 'host',
    }),
  },
  {
    names: 'nodetool',
    source: CASSANDRA,
    values: '-p --port -u --username -pw --password -pwf -t --tag -kt -cf --column-family --keyspace -st -et',
    targets: { host: '-h --host' },
    commands: {
      ...each(
        read(),
        `status, info, ring, tpstats, tablestats, cfstats, compactionstats, compactionhistory, netstats, gossipinfo, describecluster, describering, proxyhistograms, tablehistograms, cfhistograms, listsnapshots, version, gcstats, getendpoints, getcompactionthroughput, getstreamthroughput, getlogginglevels, statusbinary,
        statusgossip, statushandoff, statusbackup, toppartitions, profileload, help, getconcurrentcompactors, failuredetector, viewbuildstatus, getsstables, getseeds, rangekeysample, gettimeout, clientstats, repair_admin, bootstrap_status, datapaths, getcompactionthreshold`,
      ),
      ...each(
        mutate(),
        'repair, flush, compact, cleanup, snapshot, rebuild, refresh, upgradesstables, scrub, setcompactionthroughput, setstreamthroughput, setlogginglevel, enableautocompaction, enablebinary, enablegossip, enablehandoff, enablebackup, garbagecollect, setconcurrentcompactors, settimeout, reloadseeds, reloadssl, verify, relocatesstables, rebuild_index, bootstrap, import, settraceprobability, resumehandoff, setcachecapacity, invalidatekeycache, invalidaterowcache, invalidatecountercache, reloadtriggers, bootstrap resume, replayb, enableauditlog',
      ),
      ...each(
        destroy(),
        'drain, decommission, removenode, assassinate, move, clearsnapshot, stop, stopdaemon, disablebinary, disablegossip, disablehandoff, disablebackup, disableautocompaction, pausehandoff, truncatehints, resetlocalschema, disableauditlog, removetoken',
      ),
    },
  },
  client({
    names: 'trino presto hive beeline impala-shell vsql usql snowsql',
    source: 'from documentation',
    style: 'long',
    text: '-e --execute -q --query',
    file: '-f --file --filename -i',
    values: '--catalog --schema --user -u -n -p -d -c -a -w -r -s --accountname --username --dbname',
    targets: { host: '--server -h' },
  }),
  client({
    names: 'sqlplus',
    source: 'from documentation: Oracle Database 23',
    style: 'long',
    text: '--no-such-option',
    values: '-R -M -C -F',
    switches: '-s -S -silent -l -L',
    first: 'database',
  }),
  {
    names: 'rman expdp impdp',
    source: 'from documentation: Oracle Database 23',
    style: 'long',
    bare: runs('it runs commands that are not read'),
  },
  {
    names: 'cockroach',
    source: 'from documentation: CockroachDB 24',
    values: '--url --certs-dir --format -e --execute -f --file -u --user -p --port --cluster-name',
    switches: '--insecure',
    targets: { host: '--host --url', database: '-d --database' },
    commands: {
      ...each(
        read(),
        'node status|ls, version, debug zip, debug doctor, cert list, statement-diag list, nodelocal ls, auth-session list',
      ),
      sql: read({
        decide: (call) =>
          judgeClient(call, { names: '', source: '', text: '-e --execute', file: '-f --file' }),
      }),
      ...each(mutate(), 'init, node recommission, start, start-single-node, nodelocal upload, import'),
      ...each(destroy(), 'node drain|decommission, quit'),
      ...each(local(), 'cert create-ca|create-node|create-client'),
      workload: mutate(),
      demo: runs('cockroach demo opens a prompt', terminal),
    },
  },
  {
    names: 'mysqld mariadbd mysqld_safe clickhouse-server cassandra',
    source: 'from documentation',
    values: '--defaults-file --datadir --config-file',
    bare: mutate({ why: 'starts a server', ...stream }),
  },
  {
    names: 'influx',
    source: 'from documentation: InfluxDB 2',
    values: '-o --org -t --token -b --bucket -f --file -q --query -database -execute -precision',
    targets: { host: '--host -host', organisation: '-o --org', bucket: '-b --bucket' },
    commands: {
      ...each(
        read(),
        'query, bucket list|ls, org list, user list, task list, ping, version, v1 shell, auth list, config list, server-config, telegrafs',
      ),
      'v1 shell': runs('influx v1 shell opens a prompt', terminal),
      ...each(
        mutate(),
        'write, bucket create|update, task create|update, org create, user create|password, setup, apply, v1 auth create',
      ),
      'auth create': mutate({ readsSecrets: true }),
      backup: local(),
      ...each(
        destroy(),
        'delete, bucket delete, org delete, task delete, user delete, auth delete|inactive, restore, stacks rm',
      ),
    },
    bare: read({
      decide: (call) => {
        const text = flagValue(call.parsed, '-execute');
        return text
          ? judgeSql(text.value)
          : { effect: 'unknown', why: 'unknown: influx opens a prompt', ...terminal };
      },
    }),
  },
];
