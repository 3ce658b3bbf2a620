/** Ceph. From documentation: Ceph Reef. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { valuesOf } from './common.ts';
import { openstack } from './openstack.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'help text or man page (Debian 12), and documentation: Ceph Reef';
/** What an option names in the gateway. */
const NAMED = valuesOf('--uid --bucket --object --access-key --rgw-zone --rgw-zonegroup --rgw-realm');
/** `config set WHO OPTION VALUE`. */
const setting = (call: Call): readonly string[] => {
  const words = call.parsed.operands.slice(0, 2).filter((arg) => !arg.dynamic);
  return words.length === 2 ? [words.map((arg) => arg.value).join('/')] : [];
};
const secret = read({ readsSecrets: true, why: 'prints a key' });

export const ceph: readonly Tool[] = [
  {
    names: 'ceph',
    source: SOURCE,
    values:
      '-c --conf -n --name --id --user -k --keyring -f --format -o -i --in-file --out-file -m --mon_host --connect-timeout --watch-channel',
    switches:
      '-s --status -w --watch --watch-debug --watch-info --watch-sec --watch-warn --watch-error --verbose --concise -v --version --yes-i-really-mean-it --yes-i-really-really-mean-it',
    targets: { cluster: '--cluster', host: '-m --mon_host' },
    network: true,
    ambient: { 'cluster|host': 'ceph fsid' },
    bare: read({
      decide: (call) => {
        if (
          hasFlag(call.parsed, '-w --watch --watch-debug --watch-info --watch-sec --watch-warn --watch-error')
        )
          return stream;
        if (hasFlag(call.parsed, '-s --status -v --version')) return undefined;
        return opensSession('ceph opens a prompt');
      },
    }),
    commands: {
      ...each(
        read(),
        `status, health, health detail, df, df detail, versions, version, features, fsid, quorum_status, report, time-sync-status, log last,
        osd tree|stat|df|perf|dump|find|metadata|ls|map|status|utilization|versions|getmap|getcrushmap|ok-to-stop|safe-to-destroy|lspools|numa-status|blocked-by|count-metadata|info|getmaxosd|df-tree,
        osd blocklist ls, osd pool ls|get|stats|get-quota|autoscale-status, osd pool application get, osd pool ls detail, osd crush dump|tree|ls|show-tunables, osd crush rule ls|dump, osd erasure-code-profile ls|get,
        pg stat|dump|query|ls|ls-by-osd|ls-by-pool|map|dump_stuck|debug|getmap|dump_json|ls-by-primary, mon stat|dump|getmap|metadata|versions|ok-to-stop|feature, mds stat|metadata|versions|ok-to-stop, mgr stat|dump|module|services|metadata|versions, mgr module ls,
        fs ls|status|dump|get, config dump|show|get|log|help|ls|show-with-defaults, config-key ls|dump|get|exists, crash ls|info|stat|ls-new, device ls|info|get-health-metrics|ls-by-daemon|ls-by-host, orch ls|ps|status, orch host ls, orch device ls, orch upgrade status|check, balancer status|eval, telemetry show|status|show-all,
        progress, progress json, osd deep-scrub-status, insights, iostat, node ls, service dump|status, fs subvolume ls|info, fs subvolumegroup ls, fs snapshot mirror|ls, nfs cluster, rbd task`,
      ),
      ...each(secret, 'auth ls|list|get|get-key|print-key|print_key|export'),
      ...each(
        mutate({ resources: 'first' }),
        `osd in|reweight|set|set-group|unset-group|scrub|deep-scrub|repair|set-full-ratio|set-backfillfull-ratio|set-nearfull-ratio|set-require-min-compat-client|require-osd-release|create|new|primary-affinity|pg-upmap|pg-upmap-items|rm-pg-upmap-items|reweight-by-utilization|reweight-by-pg|test-reweight-by-utilization|add-noout|rm-noout,
        osd crush reweight|add|set|add-bucket|move|link|set-device-class|rm-device-class|reweight-all|reweight-subtree|tunables|create-or-move, osd crush rule create-simple|create-replicated|create-erasure, osd pool create|set|rename|set-quota|mksnap, osd pool application enable|set, osd blocklist add|rm, osd erasure-code-profile set,
        pg repair|scrub|deep-scrub|force-recovery|force-backfill|cancel-force-recovery|cancel-force-backfill|repeer, config set|assimilate-conf, config-key set, auth add|caps|import, mon add|set-rank|enable-msgr2|scrub|compact, mgr module enable, fs new|set|reset_flag|add_data_pool|authorize, mds repaired,
        orch apply|restart|redeploy|start|reconfig|upgrade|pause|resume|set|cancel, orch daemon restart|start|add|redeploy|reconfig, orch host add|label|maintenance, orch upgrade start|pause|resume|stop, orch device, balancer on|mode|optimize|execute, telemetry on|send, crash archive|archive-all|prune, device monitoring, device light, tell, daemon, injectargs, nfs export, fs subvolume create|resize, fs subvolumegroup create, health mute|unmute, osd unset-noout, rbd mirror, osd unset, log`,
      ),
      'osd set': mutate({ resources: 'first', inverse: 'ceph osd unset with the same flag' }),
      'osd unset': mutate({ resources: 'first', inverse: 'ceph osd set with the same flag' }),
      'osd in': mutate({ resources: 'all', inverse: 'ceph osd out' }),
      ...each(mutate({ readsSecrets: true }), 'auth get-or-create|get-or-create-key'),
      'osd out': destroy({
        resources: 'all',
        why: 'ceph osd out moves its data away',
        captureFirst: 'ceph osd tree, and ceph osd ok-to-stop with the same id',
        inverse: 'ceph osd in',
      }),
      ...each(
        destroy({ resources: 'first' }),
        `osd down|purge|purge-new|purge-actual|destroy|rm|lost|stop|force-create-pg|pause, osd crush remove|rm|unlink, osd crush rule rm, osd pool delete|rm|rmsnap, osd erasure-code-profile rm, osd tier, mon remove|rm, fs rm|fail|rm_data_pool, fs subvolume rm, fs subvolumegroup rm, mds fail|rm|rmfailed, mgr fail, mgr module disable,
        auth del|rm, config rm, config reset, config-key del|rm, orch rm|stop, orch daemon rm|stop, orch host rm|drain, orch osd rm, orch device zap, balancer off, crash rm, device rm, pg mark_unfound_lost, telemetry off, nfs cluster delete`,
      ),
      'config set': mutate({
        resources: setting,
        captureFirst: 'ceph config get with the same words',
        inverse: 'ceph config set with the value from before, or ceph config rm',
      }),
      'config rm': destroy({
        resources: setting,
        captureFirst: 'ceph config get with the same words',
        inverse: 'ceph config set with the value from before',
      }),
      'config-key rm|del': destroy({
        resources: 'first',
        captureFirst: 'ceph config-key get with the same key',
        inverse: 'ceph config-key set with the value from before',
      }),
      'osd reweight|primary-affinity': mutate({
        resources: 'first',
        captureFirst: 'ceph osd tree: the weights',
        inverse: 'the same command with the weight from before',
      }),
      'osd crush reweight|move|set|add': mutate({
        resources: 'first',
        captureFirst: 'ceph osd getcrushmap -o FILE',
        inverse: 'ceph osd setcrushmap -i of that file',
      }),
      'osd setcrushmap': destroy({
        why: 'ceph osd setcrushmap moves data as the new map says',
        captureFirst: 'ceph osd getcrushmap -o FILE',
        inverse: 'ceph osd setcrushmap -i of that file',
      }),
      'osd pool set': mutate({
        resources: 'first',
        captureFirst: 'ceph osd pool get POOL all',
        inverse: 'ceph osd pool set with the value from before',
      }),
      'osd pool delete|rm': destroy({
        resources: 'first',
        scope: 'all',
        why: 'deletes the pool with all that is in it',
      }),
      'osd purge': destroy({
        resources: 'first',
        why: 'ceph osd purge removes the OSD for good',
        captureFirst: 'ceph osd safe-to-destroy with the same id',
      }),
      'auth del|rm': destroy({
        resources: 'first',
        captureFirst: 'ceph auth get with the same name (it shows a key)',
        inverse: 'ceph auth import of that',
      }),
      'mgr module disable': destroy({ resources: 'first', inverse: 'ceph mgr module enable' }),
      'mgr module enable': mutate({ resources: 'first', inverse: 'ceph mgr module disable' }),
      'balancer off': destroy({ inverse: 'ceph balancer on' }),
      'balancer on': mutate({ inverse: 'ceph balancer off' }),
      'orch apply': mutate({ dryRun: '--dry-run', captureFirst: 'ceph orch ls --export' }),
      'orch host drain': destroy({
        resources: 'first',
        scope: 'many',
        inverse: 'ceph orch host label rm HOST _no_schedule',
      }),
      'fs fail': destroy({ resources: 'first', inverse: 'ceph fs set NAME joinable true' }),
      'orch daemon restart|redeploy|reconfig': mutate({ resources: 'first' }),
      // `tell` and `daemon` talk to one daemon; most of what they are used for asks.
      ...each(
        mutate({
          decide: (call) => {
            const words = call.parsed.operands
              .slice(1)
              .map((arg) => arg.value)
              .join(' ');
            return /^(version|status|perf dump|config (show|get|diff)|dump_\w+|help|heap stats|ops|session ls|client ls|mon_status|quorum_status|log dump|damage ls)\b/.test(
              words,
            )
              ? verdict('read', `ceph ${call.path} … ${words} asks a daemon`)
              : undefined;
          },
        }),
        'tell, daemon',
      ),
    },
  },
  {
    names: 'rados',
    source: SOURCE,
    values: '-p --pool -N --namespace -n --name --id -t -b -c --conf --cluster --target-pool -s --snap',
    targets: { pool: '-p --pool', cluster: '--cluster' },
    network: true,
    ambient: { 'cluster|host': 'ceph fsid' },
    commands: {
      ...each(
        read(),
        'lspools, df, ls, stat, stat2, listxattr, getxattr, lssnap, listomapkeys, listomapvals, getomapval, listwatchers, list-inconsistent-pg, list-inconsistent-obj, list-inconsistent-snapset, lock list|info, export, listsnaps, getomapheader, mapext',
      ),
      watch: read(stream),
      ...each(local(), 'get'),
      ...each(
        mutate({ resources: 'first' }),
        'put, append, create, mkpool, setxattr, setomapval, bench, cp, cppool, mksnap, import, touch, notify, load-gen, lock get, setomapheader, set-alloc-hint, set-redirect, set-chunk, unset-manifest, tier-promote, tier-flush, tier-evict',
      ),
      ...each(
        destroy({ resources: 'first' }),
        'rm, rmpool, purge, cleanup, rmxattr, rmomapkey, clearomap, rmsnap, rollback, truncate, lock break',
      ),
    },
  },
  {
    names: 'rbd',
    source: SOURCE,
    values: '-p --pool -n --name --id -c --conf -s --size --image --snap --format --data-pool --namespace -m',
    targets: { pool: '-p --pool', cluster: '--cluster' },
    network: true,
    ambient: { 'cluster|host': 'ceph fsid' },
    commands: {
      ...each(
        read(),
        'ls, list, info, status, du, disk-usage, children, diff, showmapped, device list|ls, snap ls|list, lock ls|list, trash ls|list, mirror image status, mirror pool status|info, group ls|list, image-meta list|get, perf image iostat, pool stats, watch, merge-diff, bench-read',
      ),
      'perf image iotop': read(terminal),
      ...each(local(), 'export, export-diff'),
      ...each(
        mutate({ resources: 'first' }),
        'create, map, unmap, device map|unmap|attach|detach, snap create|add|protect|unprotect|rename, clone, copy, cp, deep cp|copy, import, import-diff, rename, mv, feature enable, bench, mirror image enable|promote|resync, mirror pool enable|peer, flatten, trash restore, lock add, migration prepare|execute, image-meta set, sparsify, pool init, config global|pool|image, group create|image',
      ),
      resize: mutate({
        resources: 'first',
        captureFirst: 'rbd info of the image: its size',
        when: { '--allow-shrink': { effect: 'destroy', why: 'rbd resize --allow-shrink cuts the image' } },
      }),
      ...each(
        destroy({ resources: 'first' }),
        'rm, remove, snap rm|remove|purge|rollback|revert, trash mv|move|rm|remove|purge, lock rm|remove, feature disable, mirror image disable|demote, mirror pool disable|demote, migration abort|commit, image-meta remove, group rm|remove',
      ),
      'snap create|add': mutate({ resources: 'first', inverse: 'rbd snap rm' }),
      'snap rollback|revert': destroy({
        resources: 'first',
        why: 'rbd snap rollback overwrites the image',
        captureFirst: 'rbd snap create of the image as it is',
        inverse: 'rbd snap rollback to that snapshot',
      }),
      'trash mv|move': destroy({ resources: 'first', inverse: 'rbd trash restore, while it is kept' }),
    },
  },
  {
    names: 'cephadm',
    source: SOURCE,
    values: '--fsid --name --image',
    network: true,
    ambient: { cluster: 'ceph fsid' },
    commands: {
      ...each(read(), 'ls, check-host, version, gather-facts, list-networks, inspect-image'),
      logs: read({
        decide: (call) => (call.parsed.rest?.some((arg) => arg.value === '-f') ? stream : undefined),
      }),
      shell: opensSession('cephadm shell opens a shell', {
        ...terminal,
        decide: (call) => {
          const words = commandAfter(call, '--fsid --name -c --config -k --keyring -m --mount', 0);
          return words.length === 0 ? undefined : call.judge.words(words, call.stdin);
        },
      }),
      ...each(mutate(), 'bootstrap, deploy, adopt, prepare-host, add-repo, pull, install, unit, run'),
      'rm-cluster|zap-osds': destroy({ scope: 'all', resources: valuesOf('--fsid') }),
      ...each(destroy({ resources: valuesOf('--name --fsid') }), 'rm-daemon, rm-repo'),
    },
  },
  {
    names: 'ceph-volume',
    source: SOURCE,
    values: '--osd-id --osd-fsid --data --block.db --block.wal',
    commands: {
      ...each(read(), 'inventory, lvm list'),
      ...each(
        mutate(),
        'lvm create|prepare|activate|batch|migrate|new-db|new-wal, raw prepare|activate, simple scan|activate',
      ),
      ...each(read(), 'raw list'),
      ...each(destroy({ resources: 'all' }), 'lvm zap|deactivate, raw zap'),
    },
  },
  {
    names: 'radosgw-admin',
    source: SOURCE,
    values:
      '--uid --bucket --display-name --rgw-zone --rgw-zonegroup --rgw-realm --object --max-size --max-objects --quota-scope --access-key --secret',
    network: true,
    ambient: { 'cluster|host': 'ceph fsid' },
    commands: {
      ...each(
        read(),
        'user list|stats, bucket list|stats|check, bucket limit check, bucket radoslist, metadata list, sync status|info, period get, zone get|list, zonegroup get|list, realm list|get, usage show, gc list, lc list|get, log list, quota get, reshard status|list, orphans list-jobs, datalog status',
      ),
      ...each(read({ readsSecrets: true, why: 'prints keys' }), 'user info, metadata get'),
      ...each(
        mutate({ resources: NAMED }),
        'user modify|enable, subuser create|modify, caps add, quota set|enable, bucket link|chown|reshard|sync, period update|commit, zone create|modify|default, zonegroup create|modify|add, realm create|default, reshard add|process, gc process, lc process, metadata put, sync init',
      ),
      ...each(mutate({ readsSecrets: true, resources: NAMED }), 'user create, key create'),
      ...each(
        destroy({ resources: NAMED }),
        'user rm|suspend, subuser rm, key rm, caps rm, bucket rm|unlink, object rm|unlink, quota disable, usage trim, zone delete, zonegroup delete|remove, realm rm|delete, period delete, metadata rm, reshard cancel, log rm, objects expire, datalog trim',
      ),
    },
  },
  openstack,
];
