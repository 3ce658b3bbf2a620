/** Ceph and OpenStack. From documentation: Ceph Reef, OpenStackClient 6. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import {
  commandAfter,
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

const SOURCE = 'from documentation: Ceph Reef';
const secret = read({ readsSecrets: true, why: 'prints a key' });

/** What the client commands of OpenStack do, by the first of their words that is a verb. */
function openstackOutcome(words: readonly string[]): Outcome | undefined {
  const text = words.join(' ');
  if (/^server ssh\b/.test(text)) return runs('it opens a session', terminal);
  if (/^token issue\b/.test(text)) return read({ readsSecrets: true, why: 'prints a token' });
  if (/^(application credential|ec2 credentials) create\b/.test(text)) return mutate({ readsSecrets: true });
  for (const word of words) {
    const verb = word.replace(/^(server|volume|image|net|network|port|router|subnet|stack|floatingip)-/, '');
    if (
      /^(list|show|help|complete|versions|availability-zone|usage|limits|configuration|top|stats|get|event-list|resource-list|output-show|interface-list|history|validate|check|find)$/.test(
        verb,
      )
    )
      return read();
    if (
      /^(delete|remove|stop|rebuild|pause|suspend|shelve|unset|evacuate|reset|purge|abandon|cancel|clear|revoke|disable|offload|force-delete|detach|interface-detach|root-password|disassociate|failover|lock)$/.test(
        verb,
      )
    )
      return destroy();
    if (
      /^(create|set|add|start|reboot|unpause|resume|unshelve|migrate|resize|restore|update|save|import|attach|boot|live-migration|unlock|rescue|unrescue|confirm|revert|extend|associate|enable|issue|grant|authorize|accept|manage|cache|stage|dump|backup|image|snapshot)$/.test(
        verb,
      )
    )
      return verb === 'save' ? local() : mutate();
  }
  return undefined;
}

export const ceph: readonly Tool[] = [
  {
    names: 'ceph',
    source: SOURCE,
    values:
      '-c --conf -n --name --id --user -k --keyring -f --format -o -i --in-file --out-file -m --mon_host --connect-timeout --watch-channel',
    switches:
      '-s --status -w --watch --watch-debug --watch-info --watch-sec --watch-warn --watch-error --verbose --concise -v --version --yes-i-really-mean-it --yes-i-really-really-mean-it',
    targets: { cluster: '--cluster', host: '-m --mon_host' },
    bare: read({
      decide: (call) => {
        if (
          hasFlag(call.parsed, '-w --watch --watch-debug --watch-info --watch-sec --watch-warn --watch-error')
        )
          return stream;
        if (hasFlag(call.parsed, '-s --status -v --version')) return undefined;
        return { effect: 'unknown', why: 'unknown: ceph opens a prompt', ...terminal };
      },
    }),
    commands: {
      ...each(
        read(),
        `status, health, health detail, df, df detail, versions, version, features, fsid, quorum_status, report, time-sync-status, log last,
        osd tree|stat|df|perf|dump|find|metadata|ls|map|status|utilization|versions|getmap|getcrushmap|ok-to-stop|safe-to-destroy|lspools|numa-status|blocked-by|count-metadata|info|getmaxosd|df-tree,
        osd blocklist ls, osd pool ls|get|stats|get-quota|autoscale-status, osd pool application get, osd pool ls detail, osd crush dump|tree|ls|show-tunables, osd crush rule ls|dump, osd erasure-code-profile ls|get,
        pg stat|dump|query|ls|ls-by-osd|ls-by-pool|map|dump_stuck|debug|getmap|dump_json|ls-by-primary, mon stat|dump|getmap|metadata|versions|ok-to-stop|feature, mds stat|metadata|versions|ok-to-stop, mgr stat|dump|module|services|metadata|versions, mgr module ls,
        fs ls|status|dump|get, auth ls|list, config dump|show|get|log|help|ls|show-with-defaults, config-key ls|dump|get|exists, crash ls|info|stat|ls-new, device ls|info|get-health-metrics|ls-by-daemon|ls-by-host, orch ls|ps|status, orch host ls, orch device ls, orch upgrade status|check, balancer status|eval, telemetry show|status|show-all,
        progress, progress json, osd deep-scrub-status, insights, iostat, node ls, service dump|status, fs subvolume ls|info, fs subvolumegroup ls, fs snapshot mirror|ls, nfs cluster, rbd task`,
      ),
      ...each(secret, 'auth get|get-key|print-key|print_key|export'),
      ...each(
        mutate(),
        `osd in|reweight|set|set-group|unset-group|scrub|deep-scrub|repair|set-full-ratio|set-backfillfull-ratio|set-nearfull-ratio|set-require-min-compat-client|require-osd-release|create|new|primary-affinity|pg-upmap|pg-upmap-items|rm-pg-upmap-items|reweight-by-utilization|reweight-by-pg|test-reweight-by-utilization|add-noout|rm-noout,
        osd crush reweight|add|set|add-bucket|move|link|set-device-class|rm-device-class|reweight-all|reweight-subtree|tunables|create-or-move, osd crush rule create-simple|create-replicated|create-erasure, osd pool create|set|rename|set-quota|mksnap, osd pool application enable|set, osd blocklist add|rm, osd erasure-code-profile set,
        pg repair|scrub|deep-scrub|force-recovery|force-backfill|cancel-force-recovery|cancel-force-backfill|repeer, config set|assimilate-conf, config-key set, auth add|caps|import, mon add|set-rank|enable-msgr2|scrub|compact, mgr module enable, fs new|set|reset_flag|add_data_pool|authorize, mds repaired,
        orch apply|restart|redeploy|start|reconfig|upgrade|pause|resume|set|cancel, orch daemon restart|start|add|redeploy|reconfig, orch host add|label|maintenance, orch upgrade start|pause|resume|stop, orch device, balancer on|mode|optimize|execute, telemetry on|send, crash archive|archive-all|prune, device monitoring, device light, tell, daemon, injectargs, nfs export, fs subvolume create|resize, fs subvolumegroup create, health mute|unmute, osd unset-noout, rbd mirror, osd unset, log`,
      ),
      'osd set': mutate({ inverse: 'ceph osd unset with the same flag' }),
      'osd unset': mutate({ inverse: 'ceph osd set with the same flag' }),
      'osd in': mutate({ inverse: 'ceph osd out' }),
      ...each(mutate({ readsSecrets: true }), 'auth get-or-create|get-or-create-key'),
      'osd out': destroy({ why: 'ceph osd out moves its data away', inverse: 'ceph osd in' }),
      ...each(
        destroy(),
        `osd down|purge|purge-new|purge-actual|destroy|rm|lost|stop|force-create-pg|pause, osd crush remove|rm|unlink, osd crush rule rm, osd pool delete|rm|rmsnap, osd erasure-code-profile rm, osd tier, mon remove|rm, fs rm|fail|rm_data_pool, fs subvolume rm, fs subvolumegroup rm, mds fail|rm|rmfailed, mgr fail, mgr module disable,
        auth del|rm, config rm, config reset, config-key del|rm, orch rm|stop, orch daemon rm|stop, orch host rm|drain, orch osd rm, orch device zap, balancer off, crash rm, device rm, pg mark_unfound_lost, telemetry off, nfs cluster delete`,
      ),
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
    commands: {
      ...each(
        read(),
        'lspools, df, ls, stat, stat2, listxattr, getxattr, lssnap, listomapkeys, listomapvals, getomapval, listwatchers, list-inconsistent-pg, list-inconsistent-obj, list-inconsistent-snapset, lock list|info, export',
      ),
      ...each(local(), 'get'),
      ...each(
        mutate(),
        'put, append, create, mkpool, setxattr, setomapval, bench, cp, cppool, mksnap, import, touch, notify, load-gen, lock get',
      ),
      ...each(
        destroy(),
        'rm, rmpool, purge, cleanup, rmxattr, rmomapkey, clearomap, rmsnap, rollback, truncate, lock break',
      ),
    },
  },
  {
    names: 'rbd',
    source: SOURCE,
    values: '-p --pool -n --name --id -c --conf -s --size --image --snap --format --data-pool --namespace -m',
    targets: { pool: '-p --pool', cluster: '--cluster' },
    commands: {
      ...each(
        read(),
        'ls, list, info, status, du, disk-usage, children, diff, showmapped, device list|ls, snap ls|list, lock ls|list, trash ls|list, mirror image status, mirror pool status|info, group ls|list, image-meta list|get, perf image iostat, pool stats, watch, merge-diff, bench-read',
      ),
      'perf image iotop': read(terminal),
      ...each(local(), 'export, export-diff'),
      ...each(
        mutate(),
        'create, map, unmap, device map|unmap|attach|detach, snap create|add|protect|unprotect|rename, clone, copy, cp, deep cp|copy, import, import-diff, rename, mv, feature enable, bench, mirror image enable|promote|resync, mirror pool enable|peer, flatten, trash restore, lock add, migration prepare|execute, image-meta set, sparsify, pool init, config global|pool|image, group create|image',
      ),
      resize: mutate({
        when: { '--allow-shrink': { effect: 'destroy', why: 'rbd resize --allow-shrink cuts the image' } },
      }),
      ...each(
        destroy(),
        'rm, remove, snap rm|remove|purge|rollback|revert, trash mv|move|rm|remove|purge, lock rm|remove, feature disable, mirror image disable|demote, mirror pool disable|demote, migration abort|commit, image-meta remove, group rm|remove',
      ),
    },
  },
  {
    names: 'cephadm',
    source: SOURCE,
    values: '--fsid --name --image',
    commands: {
      ...each(read(), 'ls, check-host, version, logs, gather-facts, list-networks, inspect-image'),
      shell: runs('cephadm shell opens a shell', {
        ...terminal,
        decide: (call) => {
          const words = commandAfter(call, '--fsid --name -c --config -k --keyring -m --mount', 0);
          return words.length === 0 ? undefined : call.judge.words(words, call.stdin);
        },
      }),
      ...each(mutate(), 'bootstrap, deploy, adopt, prepare-host, add-repo, pull, install, unit, run'),
      ...each(destroy(), 'rm-daemon, rm-cluster, zap-osds, rm-repo'),
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
      ...each(destroy(), 'lvm zap|deactivate'),
    },
  },
  {
    names: 'radosgw-admin',
    source: SOURCE,
    values:
      '--uid --bucket --display-name --rgw-zone --rgw-zonegroup --rgw-realm --object --max-size --max-objects --quota-scope --access-key --secret',
    commands: {
      ...each(
        read(),
        'user list|stats, bucket list|stats|check, bucket limit check, bucket radoslist, metadata list, sync status|info, period get, zone get|list, zonegroup get|list, realm list|get, usage show, gc list, lc list|get, log list, quota get, reshard status|list, orphans list-jobs, datalog status',
      ),
      ...each(read({ readsSecrets: true, why: 'prints keys' }), 'user info, metadata get'),
      ...each(
        mutate(),
        'user modify|enable, subuser create|modify, caps add, quota set|enable, bucket link|chown|reshard|sync, period update|commit, zone create|modify|default, zonegroup create|modify|add, realm create|default, reshard add|process, gc process, lc process, metadata put, sync init',
      ),
      ...each(mutate({ readsSecrets: true }), 'user create, key create'),
      ...each(
        destroy(),
        'user rm|suspend, subuser rm, key rm, caps rm, bucket rm|unlink, object rm|unlink, quota disable, usage trim, zone delete, zonegroup delete|remove, realm rm|delete, period delete, metadata rm, reshard cancel, log rm, objects expire, datalog trim',
      ),
    },
  },
  {
    names: 'openstack nova cinder neutron glance swift heat magnum',
    source: 'from documentation: OpenStackClient 6',
    values:
      '--os-username --os-password --os-auth-url -f --format -c --column --os-compute-api-version --os-interface --limit --property',
    targets: { cloud: '--os-cloud', project: '--os-project-name --project', region: '--os-region-name' },
    bare: runs('it opens a prompt', terminal),
    commands: {
      complete: read(),
      'console log show': read(),
      'console url show': read({ readsSecrets: true }),
      'server image create': mutate(),
      'server lock': mutate({ inverse: 'openstack server unlock' }),
    },
    otherwise: (call) => {
      const words = [...call.path.split(' '), ...call.parsed.operands.map((arg) => arg.value)].filter(
        (word) => word !== '',
      );
      return openstackOutcome(words);
    },
  },
];
