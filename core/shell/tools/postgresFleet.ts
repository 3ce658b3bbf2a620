/** What runs clusters of PostgreSQL and their backups. From documentation: Patroni 4, repmgr 5, pg_auto_failover 2, pgBackRest 2, Barman 3, WAL-G 3. */
import { hasFlag } from '../words.ts';
import { names, valuesOf } from './common.ts';
import { destroy, each, local, mutate, read, runs, stream, type Tool, terminal } from './table.ts';

export const postgresFleet: readonly Tool[] = [
  {
    names: 'patronictl',
    source: 'help text or man page (Debian 12), and documentation: Patroni 4',
    values:
      '-c --config-file --leader --primary --master --candidate --scheduled -r --role -d --dcs --dcs-url -f --format -W --watch -m --member -U --username --dbname -t --timeout --pg-version -s --set -p --pg --apply --replace',
    switches: '--force --wait --any --pending -k --insecure -e --extended --timestamp -q --quiet',
    targets: { config: '-c --config-file', member: '--member', store: '-d --dcs --dcs-url' },
    network: true,
    ambient: { 'config|store': 'patronictl list' },
    commands: {
      ...each(read({ when: { '-w -W --watch': stream } }), 'list, topology'),
      ...each(read({ network: false }), 'version'),
      ...each(read(), 'history, show-config, dsn'),
      query: runs('it runs SQL that is not read'),
      ...each(
        mutate({
          resources: 'first',
          asks: '--force',
          captureFirst: 'patronictl list',
          inverse: 'patronictl switchover back to the leader from before',
        }),
        'switchover, failover',
      ),
      ...each(mutate({ resources: 'all', asks: '--force', preview: 'patronictl list' }), 'restart, reload'),
      reinit: destroy({
        resources: 'all',
        asks: '--force',
        why: 'patronictl reinit deletes the data of the member and copies it anew',
      }),
      remove: destroy({
        ...terminal,
        resources: 'first',
        scope: 'all',
        why: 'patronictl remove deletes the cluster from the store',
      }),
      flush: destroy({ resources: 'all', asks: '--force', why: 'patronictl flush drops what is scheduled' }),
      pause: mutate({ why: 'patronictl pause turns automatic failover off', inverse: 'patronictl resume' }),
      resume: mutate({ inverse: 'patronictl pause' }),
      'edit-config': mutate({
        asks: '--force',
        captureFirst: 'patronictl show-config',
        inverse: 'patronictl edit-config with the values from before',
      }),
      ...each(mutate({ asks: '--force' }), 'demote-cluster, promote-cluster'),
    },
  },
  {
    names: 'repmgr',
    source: 'from documentation: repmgr 5',
    values:
      '-f --config-file -h --host -d --dbname -U --superuser -D --pgdata --node-id --node-name -L --log-level --upstream-node-id --event --limit',
    switches:
      '--dry-run -F --force --siblings-follow --force-rewind --csv --all --compact -v --verbose -c --fast-checkpoint',
    network: true,
    ambient: { config: 'repmgr node status' },
    commands: {
      ...each(
        read(),
        'cluster show|matrix|crosscheck|event, node status|check, daemon status, service status',
      ),
      ...each(
        mutate({ dryRun: '--dry-run', captureFirst: 'repmgr cluster show' }),
        'standby switchover|register|follow|clone, primary register, witness register, node rejoin, node service, daemon start|unpause, service unpause, daemon pause, service pause',
      ),
      'standby promote': destroy({
        dryRun: '--dry-run',
        why: 'a second primary, unless the old one is gone',
        captureFirst: 'repmgr cluster show',
      }),
      ...each(
        destroy({ dryRun: '--dry-run' }),
        'primary unregister, standby unregister, witness unregister, cluster cleanup, daemon stop',
      ),
    },
  },
  {
    names: 'pg_autoctl',
    source: 'from documentation: pg_auto_failover 2',
    values: '--pgdata --monitor --formation --group --name --hostname --pgport --dbname --auth',
    network: true,
    commands: {
      ...each(
        read({ when: { '--watch': terminal } }),
        'show state|events|uri|settings|standby-names|file|systemd, status, version, config check|get, inspect, watch',
      ),
      ...each(
        mutate(),
        'create monitor|postgres|formation, run, reload, restart, enable secondary|maintenance|ssl, disable maintenance, config set, set node, set formation, activate, perform switchover',
      ),
      run: mutate(stream),
      ...each(mutate({ captureFirst: 'pg_autoctl show state' }), 'perform failover|promotion'),
      ...each(destroy(), 'drop node|formation|monitor, stop, disable secondary'),
    },
  },
  {
    names: 'pgbackrest',
    source: 'from documentation: pgBackRest 2.53',
    values:
      '--stanza --config --repo --set --type --target --target-action --output --log-level-console --process-max --db-include --link-map --tablespace-map --pg1-path --annotation',
    switches: '--delta --force --online --no-online --dry-run',
    targets: { stanza: '--stanza' },
    network: true,
    ambient: { stanza: 'pgbackrest info' },
    commands: {
      ...each(read(), 'info, verify, version, help, repo-ls, repo-get, annotate, server-ping'),
      check: mutate({ why: 'pgbackrest check switches the WAL' }),
      ...each(mutate(), 'backup, stanza-create, stanza-upgrade, archive-push, archive-get, start'),
      server: mutate(stream),
      restore: destroy({
        why: 'pgbackrest restore replaces the data directory',
        resources: valuesOf('--stanza'),
        captureFirst: 'a copy of the data directory',
        inverse: 'put that copy back',
      }),
      stop: destroy({
        resources: valuesOf('--stanza'),
        why: 'no backup and no archiving until start',
        inverse: 'pgbackrest start',
      }),
      ...each(
        destroy({ resources: valuesOf('--stanza --set'), dryRun: '--dry-run' }),
        'expire, stanza-delete, repo-rm',
      ),
    },
  },
  {
    names: 'barman',
    source: 'help text or man page (Debian 12), and documentation: Barman 3.11',
    values:
      '-c --config --target-time --target-name --target-xid --target-action --remote-ssh-command --name --bwlimit -j --jobs --output-directory',
    network: true,
    commands: {
      ...each(
        read(),
        'list-servers, list-server, list-backups, list-backup, list-files, show-servers, show-server, show-backup, check, check-backup, status, replication-status, diagnose, verify-backup, config-show',
      ),
      ...each(
        mutate({ resources: 'first' }),
        'backup, cron, switch-wal, switch-xlog, keep, archive-wal, sync-info, sync-backup, sync-wals, put-wal, generate-manifest, config-switch, config-update',
      ),
      'get-wal': read(),
      'receive-wal': mutate({
        ...stream,
        when: { '--stop --create-slot --drop-slot --reset': { mode: 'capture' } },
        decide: (call) => (hasFlag(call.parsed, '--drop-slot --reset') ? { effect: 'destroy' } : undefined),
      }),
      ...each(
        destroy({
          why: 'barman recover replaces the directory that it writes to',
          resources: (call) => names(call).slice(2, 3),
          captureFirst: 'a copy of that directory',
        }),
        'recover, restore',
      ),
      delete: destroy({ resources: 'all' }),
      'lock-directory-cleanup': destroy(),
    },
  },
  {
    names: 'wal-g wal-e',
    source: 'from documentation: WAL-G 3',
    values: '--config --target-user-data --pgport --sentinel-user-data --restore-spec',
    switches: '--confirm --json --detail --pretty --full',
    network: true,
    commands: {
      ...each(read(), 'backup-list, wal-show, wal-verify, st ls, st check read, help, backup-show'),
      'st cat': read(),
      ...each(local({ resources: 'all' }), 'wal-fetch, st get, wal-restore'),
      'backup-fetch': destroy({
        why: 'wal-g backup-fetch fills the data directory',
        resources: 'first',
        captureFirst: 'a copy of the data directory',
      }),
      ...each(mutate(), 'backup-push, wal-push, backup-mark, copy, st put, wal-receive, binlog-push'),
      'wal-receive': mutate(stream),
      // Without the option WAL-G only says what it would delete.
      delete: read({
        why: 'wal-g delete without --confirm only rehearses',
        resources: 'all',
        when: {
          '--confirm': {
            effect: 'destroy',
            why: 'wal-g delete removes backups',
            preview: 'the same without --confirm',
          },
        },
      }),
      'st rm': destroy({ resources: 'all' }),
    },
  },
];
