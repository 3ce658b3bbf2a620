/** PostgreSQL's programs that stand beside the server: its files, its start and stop. From their --help (15, 17) and Debian's man pages. */
import { hasFlag } from '../words.ts';
import { names, valuesOf } from './common.ts';
import { destroy, local, mutate, type Outcome, read, stream, type Tool, terminal } from './table.ts';

const clusterActions: Readonly<Record<string, Outcome>> = {
  status: read(),
  start: mutate({ inverse: 'stop it again' }),
  restart: mutate({ why: 'restarts the server: every connection is cut' }),
  reload: mutate(),
  promote: destroy({ why: 'promote ends replication for good' }),
  stop: destroy({ why: 'stop takes the database out of service', inverse: 'start it again' }),
  logrotate: mutate(),
  kill: destroy(),
};

export const postgresServer: readonly Tool[] = [
  {
    names:
      'pg_config pg_controldata pg_waldump pg_verifybackup pg_test_timing pg_lsclusters pg_conftool pg_walsummary oid2name pg_filedump',
    source: 'their --help (15)',
    values: '-D --pgdata -n --limit -s --start -e --end -t --timeline -p --path -r --rmgr -x --xid',
    bare: read({
      decide: (call) => {
        if (call.name === 'pg_waldump' && hasFlag(call.parsed, '-f --follow')) return stream;
        const [first, ...words] = names(call);
        // `pg_conftool 16 main set work_mem 64MB`
        if (call.name !== 'pg_conftool' || first === undefined) return undefined;
        const verb = [first, ...words].find((word) => /^(show|set|remove|edit)$/.test(word));
        if (verb === 'edit') return { effect: 'local-write', ...terminal };
        return verb === 'show' ? undefined : { effect: 'local-write', captureFirst: 'pg_conftool show all' };
      },
    }),
  },
  {
    names: 'pg_test_fsync initdb pg_combinebackup',
    source: 'their --help (17)',
    values: '-D --pgdata -f --filename -s -o --output -E --encoding -U -A --auth --locale --waldir',
    bare: local({ when: { '-W --pwprompt': terminal } }),
  },
  {
    names: 'pg_archivecleanup',
    source: 'pg_archivecleanup --help (15)',
    values: '-x --strip-extension',
    switches: '-d --debug -n --dry-run -b',
    bare: destroy({
      dryRun: '-n --dry-run',
      why: 'pg_archivecleanup deletes archived WAL',
      resources: 'first',
    }),
  },
  {
    names: 'pg_resetwal pg_rewind',
    source: 'their --help (15)',
    values:
      '-D --pgdata --target-pgdata --source-pgdata --source-server -l --next-wal-file -x --next-transaction-id -o --next-oid -m -O -e -u --config-file --wal-segsize',
    switches: '-f --force -n --dry-run -P --progress -R --write-recovery-conf -N --no-sync',
    bare: destroy({
      dryRun: '-n --dry-run',
      resources: valuesOf('-D --pgdata --target-pgdata'),
      captureFirst: 'a copy of the whole data directory',
      inverse: 'put that copy back',
    }),
  },
  {
    names: 'pg_checksums',
    source: 'pg_checksums --help (15)',
    values: '-D --pgdata -f --filenode',
    switches: '-c --check -P --progress -v --verbose -N --no-sync',
    bare: read({
      when: { '-d --disable -e --enable': { effect: 'mutate', why: 'rewrites every block of the cluster' } },
    }),
  },
  {
    names: 'pg_upgrade pg_createsubscriber',
    source: 'pg_upgrade --help (17)',
    values:
      '-b --old-bindir -B --new-bindir -d --old-datadir -D --new-datadir -j --jobs -o -O -p --old-port -P --new-port -s --socketdir -U --username --publisher-server --database --subscription --publication',
    switches: '-r --retain -v --verbose --clone -t --recovery-timeout',
    bare: mutate({
      dryRun: '-c --check -n --dry-run',
      why: 'moves the cluster to another version or role',
      when: {
        '-k --link': { effect: 'destroy', why: 'pg_upgrade --link leaves no old cluster to go back to' },
      },
    }),
  },
  {
    names: 'pg_ctl',
    source: 'pg_ctl --help (15)',
    values: '-D --pgdata -l --log -m --mode -o --options -t --timeout -p',
    commands: { ...clusterActions, 'init|initdb': mutate() },
  },
  {
    names: 'pg_ctlcluster',
    source: 'from the man page (Debian 12)',
    values: '-m --mode -o --options',
    otherwise: (call) => {
      const [version = '', cluster = '', action = ''] = names(call);
      const outcome = clusterActions[/^\d+(\.\d+)?-/.test(version) ? cluster : action];
      return outcome && { ...outcome, resources: () => [action === '' ? version : `${version}/${cluster}`] };
    },
  },
  {
    names: 'pg_createcluster pg_renamecluster pg_upgradecluster pg_backupcluster',
    source: 'from the man page (Debian 12)',
    values: '-d -u -g -p --port -s --locale -e --encoding -m --method -v',
    bare: mutate({
      decide: (call) => (call.name === 'pg_renamecluster' ? { effect: 'destroy' } : undefined),
    }),
  },
  {
    names: 'pg_dropcluster pg_restorecluster',
    source: 'from the man page (Debian 12)',
    bare: destroy({
      scope: 'all',
      why: 'deletes or replaces the whole cluster',
      resources: (call) => [names(call).slice(0, 2).join('/')],
    }),
  },
];
