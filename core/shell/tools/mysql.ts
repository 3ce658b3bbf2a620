/** MySQL's and MariaDB's programs, and the tools around them. From documentation: MySQL 8.4, MariaDB 11, Percona Toolkit 3.6. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag, plain } from '../words.ts';
import { applyTool } from './apply.ts';
import { names } from './common.ts';
import { client, judgeClient } from './sqlClient.ts';
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

const MYSQL = 'help text or man page (Debian 12), and documentation: MySQL 8.4, MariaDB 11';
const VALUES = `-P --port -S --socket --protocol --defaults-file --defaults-extra-file --defaults-group-suffix --default-character-set --login-path
  --connect-timeout --ssl-ca --ssl-cert --ssl-key --ssl-mode --max-allowed-packet --net-buffer-length --delimiter --tee --prompt --plugin-dir --default-auth
  --set-gtid-purged --column-statistics --compression-algorithms --bind-address --server-public-key-path`;
const SWITCHES = `-p --password -N --skip-column-names -B --batch -s --silent -t --table -v --verbose -A --no-auto-rehash -f --force -q --quick -r --raw -H --html -X --xml -E --vertical -C --compress -w -i -b -n -U --safe-updates --single-transaction --routines --triggers --events --all-databases --ssl --print-defaults --no-defaults`;
const TARGETS = { host: '-h --host', user: '-u --user', database: '-D --database' };
const SERVER = { host: "mysql -e 'SELECT @@hostname'" };
const DATABASE = { ...SERVER, database: "mysql -e 'SELECT DATABASE()'" };

/** `-psecret` is a password, not the letters of other options; `-p` alone asks. */
function withoutPassword(tool: Tool): Tool {
  return {
    ...tool,
    judge: (call) => {
      if (!call.args.some((arg) => /^-p.+/.test(arg.value))) return undefined;
      const args = call.args.map((arg) => (/^-p.+/.test(arg.value) ? plain('--password=given') : arg));
      // The same table, with the password out of the way.
      return applyTool(tool, call.name, args, call.stdin, call.judge);
    },
  };
}

const asksPassword = (call: Call): Partial<Outcome> | undefined =>
  call.parsed.flags.some((flag) => /^(-p|--password)$/.test(flag.name) && flag.value === undefined)
    ? terminal
    : undefined;

function dump(call: Call): Partial<Outcome> | undefined {
  const file = hasFlag(call.parsed, '-r --result-file -T --tab')
    ? { effect: 'local-write' as const, why: 'mysqldump writes files' }
    : {};
  return { ...file, ...asksPassword(call) };
}

/** Its commands; several may stand behind each other, each with its values. */
const ADMIN_DESTROYS =
  /^(drop|shutdown|stop-slave|stop-replica|stop-all-slaves|flush-binary-log|flush-relay-log)$/;
const ADMIN_CHANGES =
  /^(create|kill|password|old-password|reload|refresh|flush-[\w-]+|start-slave|start-replica|start-all-slaves|debug)$/;
const ADMIN_READS = /^(ping|stat(us)?|version|ver|proc(esslist)?|var(iables)?|ext(ended-status)?|extended)$/;

function admin(call: Call): Outcome | undefined {
  const words = names(call);
  const drops = words.indexOf('drop');
  // Without `--force` it asks before it drops.
  const asked = drops >= 0 && !hasFlag(call.parsed, '-f --force') ? terminal : asksPassword(call);
  const after = (verb: string) => words.slice(words.indexOf(verb) + 1, words.indexOf(verb) + 2);
  if (words.some((word) => ADMIN_DESTROYS.test(word)))
    return destroy({
      ...asked,
      resources: () => (drops >= 0 ? after('drop') : []),
      ...(drops >= 0 && words[drops + 1] !== undefined
        ? {
            captureFirst: `mysqldump --single-transaction ${words[drops + 1]}`,
            inverse: 'create it again and load that dump',
          }
        : words.includes('shutdown')
          ? { inverse: 'start the server where it runs' }
          : words.some((word) => /^stop-(slave|replica)$/.test(word))
            ? { inverse: 'mysqladmin start-replica' }
            : {}),
    });
  if (words.some((word) => ADMIN_CHANGES.test(word)))
    return mutate({
      ...(words.some((word) => /^(old-)?password$/.test(word)) && words.length === 1 ? terminal : asked),
      ...(words[0] === 'create' ? { inverse: `mysqladmin drop ${words[1] ?? ''}` } : {}),
      resources: () => (words[0] === 'create' || words[0] === 'kill' ? after(words[0]) : []),
    });
  const repeats =
    hasFlag(call.parsed, '-i --sleep') && !hasFlag(call.parsed, '-c --count') ? stream : asksPassword(call);
  return ADMIN_READS.test(words[0] ?? '') ? read({ ...repeats }) : undefined;
}

function helper(call: Call): Partial<Outcome> {
  const asks = asksPassword(call) ?? {};
  if (/show|tuner/.test(call.name)) return asks;
  if (/binlog$/.test(call.name)) {
    if (hasFlag(call.parsed, '--raw -r --result-file'))
      return { effect: 'local-write', ...(hasFlag(call.parsed, '--stop-never') ? stream : asks) };
    return hasFlag(call.parsed, '--stop-never') ? stream : asks;
  }
  if (/check$/.test(call.name))
    return hasFlag(
      call.parsed,
      '-o --optimize --repair -r -a --analyze --auto-repair -g --check-upgrade --fix-db-names --fix-table-names',
    )
      ? { effect: 'mutate', ...asks }
      : asks;
  if (/import$/.test(call.name) && hasFlag(call.parsed, '-d --delete'))
    return { effect: 'destroy', why: `${call.name} --delete empties the table first`, ...asks };
  return { effect: 'mutate', ...asks };
}

/** `--sql` makes it a client of SQL; else it reads JavaScript or Python. */
function shell(call: Call) {
  const { parsed } = call;
  if (hasFlag(parsed, '-V --version')) return verdict('read', 'mysqlsh prints its version');
  if (hasFlag(parsed, '--sql --sqlc --sqlx'))
    return judgeClient(call, {
      text: '-e --execute',
      file: '-f --file',
      dialect: 'mysql',
      asks: '-p --password',
    });
  // `mysqlsh … -- util check-for-server-upgrade`
  const words = (parsed.rest ?? []).map((arg) => arg.value);
  const verb = words.find((word) =>
    /^[a-z]+(-[a-z]+)+$|^[a-z]+([A-Z][a-z]+)+$|^(status|describe)$/.test(word),
  );
  if (verb !== undefined) {
    if (/^(status|describe|check|list|get)/.test(verb)) return verdict('read', `mysqlsh ${verb} reads`);
    if (/^dump|^export/.test(verb)) return verdict('local-write', `mysqlsh ${verb} writes files`);
    if (/^(drop|dissolve|remove|force|reset)/.test(verb))
      return verdict('destroy', `mysqlsh ${verb} destroys`);
    return verdict('mutate', `mysqlsh ${verb} changes the server`);
  }
  return hasFlag(parsed, '-e --execute -f --file') || call.stdin.kind !== 'inherited' ? undefined : terminal;
}

function percona(call: Call): Outcome | ReturnType<typeof verdict> | Partial<Outcome> | undefined {
  const { name, parsed } = call;
  const execute = hasFlag(parsed, '--execute');
  if (name === 'pt-kill')
    return hasFlag(parsed, '--kill --kill-query --kill-busy-commands')
      ? { effect: 'destroy', ...(hasFlag(parsed, '--run-time') ? {} : stream) }
      : verdict('read', 'pt-kill only prints', hasFlag(parsed, '--run-time --daemonize') ? {} : stream);
  if (name === 'pt-archiver')
    return hasFlag(parsed, '--no-delete')
      ? { why: 'pt-archiver copies rows' }
      : { effect: 'destroy', why: 'pt-archiver deletes rows' };
  if (name === 'pt-heartbeat') {
    if (hasFlag(parsed, '--check')) return verdict('read', 'pt-heartbeat --check reads the lag');
    if (hasFlag(parsed, '--monitor'))
      return verdict(
        'read',
        'pt-heartbeat --monitor reads the lag',
        hasFlag(parsed, '--run-time') ? {} : stream,
      );
    return hasFlag(parsed, '--run-time --daemonize --stop') ? undefined : stream;
  }
  if (name === 'pt-slave-restart') return hasFlag(parsed, '--run-time --daemonize') ? undefined : stream;
  const change = flagValue(parsed, '--alter')?.value;
  if (execute && change !== undefined && /^\s*(drop|.*,\s*drop)\b/i.test(change))
    return { effect: 'destroy', why: `${name} alters the table, and drops part of it` };
  // Without it they only say what they would do.
  return /^(pt-online|pt-table-sync|gh-ost)/.test(name) && !execute
    ? verdict('read', `${name} without --execute only rehearses`)
    : undefined;
}

export const mysql: readonly Tool[] = [
  withoutPassword(
    client({
      names: 'mysql mariadb mycli',
      source: MYSQL,
      text: '-e --execute --init-command',
      values: VALUES,
      switches: SWITCHES,
      targets: TARGETS,
      ambient: DATABASE,
      first: 'database',
      asks: '-p --password',
      prints: '-V --version -? --print-defaults',
      dialect: 'mysql',
    }),
  ),
  withoutPassword({
    names: 'mysqldump mariadb-dump mysqlpump',
    source: MYSQL,
    values: `${VALUES} -r --result-file -T --tab -w --where --ignore-table --where --tables`,
    switches: `${SWITCHES} -B --databases -d --no-data -n --no-create-db`,
    targets: TARGETS,
    network: true,
    ambient: SERVER,
    findTargets: (call) =>
      hasFlag(call.parsed, '-A --all-databases')
        ? []
        : names(call)
            .slice(0, 1)
            .map((value) => ({ kind: 'database', value })),
    bare: read({
      why: 'mysqldump reads the database',
      decide: dump,
      when: {
        '--delete-master-logs --delete-source-logs': {
          effect: 'destroy',
          why: 'mysqldump deletes the binary logs',
        },
        '-F --flush-logs': { effect: 'mutate', why: 'mysqldump starts new log files on the server' },
      },
    }),
  }),
  withoutPassword({
    names: 'mysqladmin mariadb-admin',
    source: MYSQL,
    values: `${VALUES} -i --sleep -c --count`,
    switches: `${SWITCHES.replace(' -i ', ' ')} -r --relative -E --vertical -f --force`,
    targets: { host: '-h --host', user: '-u --user' },
    network: true,
    ambient: SERVER,
    commands: {
      ping: read({ decide: (call) => (hasFlag(call.parsed, '-i --sleep') ? stream : asksPassword(call)) }),
    },
    otherwise: admin,
  }),
  withoutPassword({
    names:
      'mysqlcheck mariadb-check mysqlshow mariadb-show mysqlimport mariadb-import mysqlslap mariadb-slap mysqlbinlog mariadb-binlog mysql_upgrade mariadb-upgrade mysqltuner mysqltuner.pl',
    source: MYSQL,
    values: `${VALUES} --start-datetime --stop-datetime --start-position --stop-position --result-file --limit -c --concurrency --query --iterations --fields-terminated-by`,
    switches: SWITCHES.replace(' -r ', ' '),
    targets: TARGETS,
    network: true,
    ambient: SERVER,
    bare: read({ decide: helper }),
  }),
  withoutPassword({
    names: 'mysqlsh',
    source: 'from documentation: MySQL Shell 8.4',
    values: `${VALUES} -e --execute -f --file --uri --result-format --dbuser --schema`,
    switches: `${SWITCHES} --sql --sqlc --sqlx --js --javascript --py --python --json -V --version`,
    targets: { ...TARGETS, host: '-h --host --uri', database: '-D --schema --database' },
    network: true,
    ambient: SERVER,
    bare: { effect: 'unknown', why: 'unknown: mysqlsh runs a script that is not read', decide: shell },
  }),
  {
    names: 'mysql_config_editor',
    source: 'from documentation: MySQL 8.4, MariaDB 11',
    values: '-G --login-path -h --host -u --user -S --socket -P --port',
    commands: {
      print: read({ resources: 'first' }),
      set: local({ when: { '-p --password': terminal } }),
      ...{ remove: destroy(), reset: destroy() },
    },
  },
  {
    names: 'mysql_secure_installation mariadb-secure-installation',
    source: 'from documentation: MySQL 8.4, MariaDB 11',
    network: true,
    bare: destroy({ ...terminal, why: 'drops accounts and the database test' }),
  },
  {
    names: 'mysql_install_db mariadb-install-db mysqld_multi',
    source: MYSQL,
    values: '--datadir --basedir --user --defaults-file',
    bare: mutate({
      decide: (call) => {
        const word = names(call)[0];
        if (word === 'report') return verdict('read', 'mysqld_multi report reads');
        return word === 'stop' ? { effect: 'destroy', inverse: 'mysqld_multi start' } : undefined;
      },
    }),
  },
  {
    names: 'innochecksum myisamchk perror ibd2sdi my_print_defaults mysqldumpslow mysql_tzinfo_to_sql',
    source: MYSQL,
    values: '-s -t -g --config-file',
    bare: read({
      decide: (call) =>
        (call.name === 'myisamchk' &&
          hasFlag(
            call.parsed,
            '-r --recover -o --safe-recover -q -B --backup -f --force -a --analyze -S -R',
          )) ||
        (call.name === 'innochecksum' && hasFlag(call.parsed, '-w --write'))
          ? { effect: 'destroy', why: `${call.name} writes into the table's file` }
          : undefined,
    }),
  },
  {
    names:
      'pt-query-digest pt-summary pt-mysql-summary pt-duplicate-key-checker pt-variable-advisor pt-diskstats pt-config-diff pt-deadlock-logger pt-slave-find pt-table-usage pt-visual-explain pt-index-usage pt-align pt-fingerprint pt-show-grants pt-slave-delay',
    source: 'help text or man page (Debian 12), and documentation: Percona Toolkit 3.6',
    values:
      '--limit --filter --since --until --type --order-by --review --history --output --host -h -u -p -P -S -D --run-time',
    network: true,
    bare: read({
      when: {
        '--review --history': { effect: 'mutate', why: 'it writes what it found into a table' },
        '--ask-pass': terminal,
      },
      decide: (call) => {
        if (call.name === 'pt-show-grants')
          return { readsSecrets: true, why: 'shows grants with password hashes' };
        if (call.name === 'pt-slave-delay')
          return { effect: 'destroy', why: 'stops replication to keep it behind', ...stream };
        return call.name === 'pt-diskstats' && !hasFlag(call.parsed, '--iterations') ? terminal : undefined;
      },
    }),
  },
  {
    names:
      'pt-online-schema-change pt-archiver pt-kill pt-table-sync pt-table-checksum pt-heartbeat pt-slave-restart pt-find pt-stalk gh-ost',
    source: 'help text or man page (Debian 12), and documentation: Percona Toolkit 3.6, gh-ost 1.1',
    values:
      '--alter --where --limit --busy-time --interval --table --host --source --dest --file --user --password --chunk-size --max-lag --run-time --replicate --databases --tables --match-command --max-load --critical-load --user -h -u -P -S -D',
    switches:
      '--execute --dry-run --print --purge --no-delete --kill --kill-query --update --monitor --check',
    targets: { database: '--database' },
    network: true,
    bare: mutate({
      dryRun: '--dry-run',
      when: { '--ask-pass': terminal },
      decide: percona,
    }),
  },
  {
    names: 'xtrabackup mariabackup mariadb-backup innobackupex mydumper myloader',
    source: 'help text or man page (Debian 12), and documentation: Percona XtraBackup 8, mydumper 0.16',
    values:
      '--target-dir --datadir -o --outputdir -d --directory -t --threads -B --database -h --host -u --user -p --password -P --port -S --socket --incremental-basedir --incremental-dir --stream --parallel --defaults-file -L -T',
    network: true,
    ambient: SERVER,
    targets: { host: '-h --host' },
    bare: local({
      decide: (call) => {
        if (hasFlag(call.parsed, '--copy-back --move-back'))
          return {
            effect: 'destroy',
            why: 'replaces the data directory',
            captureFirst: 'the data directory as it is, moved aside',
          };
        if (call.name !== 'myloader') return undefined;
        return hasFlag(call.parsed, '-o --overwrite-tables --drop-database --drop-table --purge-mode')
          ? { effect: 'destroy' }
          : { effect: 'mutate' };
      },
    }),
  },
];
