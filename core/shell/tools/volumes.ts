/** Logical volumes, and file systems as they grow: LVM, ZFS, btrfs. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, names, numbers } from './common.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, stream, type Tool } from './table.ts';

const ZFS = 'help text or man page (Debian 12), and documentation: OpenZFS 2.2';
const LVM_VALUES =
  '-L --size -l --extents -n --name -o --options -S --select -O --sort --units -a --activate -i --stripes -m --mirrors -c --config -s --physicalextentsize --type --thinpool -V --virtualsize -T -d';
const LVM = { dryRun: '-t --test', values: LVM_VALUES, captureFirst: 'vgcfgbackup, and lvs of the volume' };

/** ZFS properties, snapshots and pools by name: the last operand is the data set. */
const dataset = (call: Call): readonly string[] => names(call).slice(-1);

export const volumes: readonly Tool[] = [
  {
    names: 'growpart resize2fs xfs_growfs fsadm',
    source: DEBIAN,
    values: '-d -r -m -D',
    bare: mutate({
      decide: grows,
      resources: 'first',
      dryRun: '-N --dry-run',
      why: 'makes a partition or a file system larger',
      captureFirst: 'df and lsblk of the device',
    }),
  },
  {
    names: 'tune2fs e2label swaplabel xfs_admin fatlabel ntfslabel exfatlabel btrfstune',
    source: DEBIAN,
    values: '-L -U -c -C -e -E -f -g -i -I -j -J -l -m -M -o -O -Q -r -T -u -z',
    switches: '-l -f',
    bare: mutate({
      resources: (call) => names(call).slice(0, 1),
      captureFirst: 'tune2fs -l or blkid of the device',
      inverse: 'the same command with the values from before',
      decide: (call) => {
        const { name, parsed } = call;
        if (name === 'tune2fs' && hasFlag(parsed, '-l')) return verdict('read', 'tune2fs -l reads');
        if (name === 'xfs_admin' && hasFlag(parsed, '-l -u') && !hasFlag(parsed, '-L -U'))
          return verdict('read', 'xfs_admin -l reads');
        if (/label$/.test(name) && name !== 'swaplabel' && parsed.operands.length < 2)
          return verdict('read', `${name} reads`);
        return name === 'swaplabel' && parsed.flags.length === 0
          ? verdict('read', 'swaplabel reads')
          : undefined;
      },
    }),
  },
  {
    names:
      'lvextend vgextend lvcreate vgcreate pvcreate pvresize pvmove lvrename vgrename vgimport vgimportclone vgmerge lvmdevices',
    source: DEBIAN,
    values: LVM_VALUES,
    bare: mutate({ ...LVM, decide: volume, resources: names }),
  },
  {
    names: 'vgchange lvchange pvchange lvconvert lvresize',
    source: DEBIAN,
    values: LVM_VALUES,
    bare: mutate({ ...LVM, decide: volume, resources: names }),
  },
  {
    names: 'vgcfgrestore',
    source: DEBIAN,
    values: '-f --file -M --metadatatype',
    switches: '-l --list -t --test --force',
    bare: destroy({
      dryRun: '-t --test',
      resources: names,
      why: 'vgcfgrestore puts older metadata of the group in place',
      captureFirst: 'vgcfgbackup of the group',
      inverse: 'vgcfgrestore of that backup',
      decide: (call) =>
        hasFlag(call.parsed, '-l --list') ? verdict('read', 'vgcfgrestore --list reads') : undefined,
    }),
  },
  {
    names: 'lvremove vgremove pvremove lvreduce vgreduce vgsplit',
    source: DEBIAN,
    values: LVM_VALUES,
    switches: '-y --yes -f --force -t --test -r --resizefs',
    bare: destroy({
      ...LVM,
      resources: names,
      inverse: 'vgcfgrestore, as long as nothing has written there since',
      decide: (call) =>
        hasFlag(call.parsed, '-y --yes -f --force -t --test') ||
        /^(vgreduce|pvremove|vgsplit)$/.test(call.name) ||
        call.stdin.kind !== 'inherited'
          ? undefined
          : { mode: 'terminal' },
    }),
  },
  { names: 'vgcfgbackup vgexport e2image xfs_metadump lvmdump', source: DEBIAN, bare: local() },
  {
    names: 'lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan lvmdiskscan vgck pvck lvmconfig',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read({
      decide: (call) =>
        call.args.some((arg) => /^--(cache|updatemetadata|repair|mknodes)/.test(arg.value))
          ? { effect: 'mutate' }
          : undefined,
    }),
  },
  {
    names: 'dmsetup',
    source: DEBIAN,
    values: '--table -c -C -o --options -O --sort -S --select -u --uuid',
    commands: {
      ...each(read(), 'ls, info, table, status, deps, targets, version, stats, splitname, help'),
      ...each(
        mutate({ resources: 'first' }),
        'create, reload, resume, rename, message, setgeometry, mknodes, mangle, load, udevcookies, udevcomplete',
      ),
      ...each(destroy({ resources: 'first' }), 'remove, remove_all, suspend, wipe_table, clear'),
      wait: read(),
    },
  },
  {
    names: 'zpool',
    source: ZFS,
    values: '-o -O -R -T',
    switches: '-v -n -f -P -H -p -L -g -x',
    commands: {
      ...each(read(), 'get, history, version, wait'),
      ...each(read({ decide: repeats }), 'status, list'),
      events: read({
        when: { '-f': stream, '-c': { effect: 'destroy', why: 'zpool events -c forgets all events' } },
      }),
      iostat: read({ decide: repeats }),
      // Without a pool these list what could be imported or upgraded.
      import: mutate({
        resources: 'first',
        inverse: 'zpool export of the same pool',
        values: '-d -c -o -R -T',
        decide: (call) =>
          call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-a')
            ? verdict('read', 'zpool import lists')
            : undefined,
      }),
      upgrade: mutate({
        resources: names,
        decide: (call) =>
          call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-a')
            ? verdict('read', 'zpool upgrade lists')
            : undefined,
      }),
      online: mutate({ resources: names, inverse: 'zpool offline of the same device' }),
      ...each(
        mutate({ resources: 'first' }),
        'scrub, clear, replace, trim, resilver, initialize, reguid, reopen, sync',
      ),
      set: mutate({
        resources: dataset,
        captureFirst: 'zpool get of the same property',
        inverse: 'zpool set with the value from before',
      }),
      attach: mutate({ resources: 'first', inverse: 'zpool detach of the new device' }),
      checkpoint: mutate({
        resources: names,
        inverse: 'zpool checkpoint -d',
        when: { '-d --discard': { effect: 'destroy', why: 'zpool checkpoint -d discards the checkpoint' } },
      }),
      ...each(mutate({ dryRun: '-n', resources: 'first' }), 'create, add'),
      offline: destroy({ resources: names, inverse: 'zpool online of the same device' }),
      export: destroy({ resources: names, inverse: 'zpool import of the same pool' }),
      split: destroy({ resources: 'first', dryRun: '-n' }),
      remove: destroy({ resources: names, dryRun: '-n' }),
      destroy: destroy({
        resources: names,
        inverse: 'zpool import -D of the same pool, as long as nothing has written there since',
      }),
      ...each(destroy({ resources: names }), 'detach, labelclear'),
    },
  },
  {
    names: 'zfs',
    source: ZFS,
    values: '-o -t -s -S -d -i -I',
    switches: '-r -R -n -v -f -F -p -H',
    commands: {
      ...each(
        read(),
        'list, get, diff, holds, userspace, groupspace, projectspace, send, version, key-status',
      ),
      ...each(mutate(), 'mount, share, unshare, load-key, bookmark, redact, jail, wait, program'),
      // Alone they list.
      ...each(
        read({
          decide: (call) =>
            call.parsed.operands.length > (call.path === 'allow' ? 1 : 0) || hasFlag(call.parsed, '-a')
              ? { effect: 'mutate' }
              : undefined,
        }),
        'mount, allow, upgrade',
      ),
      ...each(mutate({ resources: dataset, inverse: 'zfs destroy of what it made' }), 'create, clone'),
      set: mutate({
        resources: dataset,
        captureFirst: 'zfs get of the same property',
        inverse: 'zfs set with the value from before',
      }),
      inherit: mutate({
        resources: dataset,
        captureFirst: 'zfs get of the same property',
        inverse: 'zfs set with the value from before',
      }),
      rename: mutate({ resources: names, inverse: 'zfs rename back' }),
      promote: mutate({ resources: dataset, inverse: 'zfs promote of the former origin' }),
      hold: mutate({ resources: dataset, inverse: 'zfs release of the same' }),
      'change-key': mutate({ resources: dataset }),
      ...each(mutate({ resources: names, inverse: 'zfs mount of the same' }), 'unmount, umount'),
      ...each(mutate({ resources: names, inverse: 'zfs destroy of the snapshot' }), 'snapshot, snap'),
      ...each(
        mutate({
          dryRun: '-n',
          resources: dataset,
          when: { '-F': { effect: 'destroy', why: 'zfs receive -F rolls the target back first' } },
        }),
        'receive, recv',
      ),
      rollback: destroy({
        why: 'zfs rollback drops everything since the snapshot',
        resources: dataset,
        captureFirst: 'zfs diff of the snapshot, and zfs snapshot of the state of now',
      }),
      destroy: destroy({ dryRun: '-n', resources: names, when: { '-r -R': { scope: 'many' } } }),
      ...each(destroy({ resources: dataset }), 'release, unload-key, unallow'),
    },
  },
  {
    names: 'btrfs',
    source: DEBIAN,
    values: '-d -m -o',
    commands: {
      ...each(
        read(),
        'subvolume list|show|get-default|find-new, filesystem show|df|usage|du, scrub status, device stats|usage|scan, balance status, qgroup show, inspect-internal, send, property get, replace status, version, scrub limit, filesystem commit-stats',
      ),
      ...each(
        mutate(),
        'subvolume set-default|sync, filesystem resize|defragment|sync|label, scrub start|resume, balance start|resume, device add|replace, quota enable|rescan, receive, property set, replace start',
      ),
      ...each(
        mutate({ resources: dataset, inverse: 'btrfs subvolume delete of what it made' }),
        'subvolume create|snapshot',
      ),
      check: read({ when: { '--repair --init-csum-tree --init-extent-tree': { effect: 'destroy' } } }),
      ...each(
        destroy({ resources: names }),
        'subvolume delete, device remove|delete, balance cancel|pause, scrub cancel, quota disable, rescue, restore, replace cancel',
      ),
    },
  },
];

/** Growing is safe, shrinking is not. */
function grows(call: Call): Partial<Outcome> | Verdict | undefined {
  if (call.name === 'resize2fs' && hasFlag(call.parsed, '-M'))
    return { effect: 'destroy', why: 'resize2fs -M shrinks the file system' };
  if (call.name === 'resize2fs' && hasFlag(call.parsed, '-P'))
    return verdict('read', 'resize2fs -P tells the smallest size');
  if (call.name === 'resize2fs' && call.parsed.operands.length > 1)
    return { effect: 'destroy', why: 'resize2fs to a given size may shrink the file system' };
  if (call.name === 'xfs_growfs' && hasFlag(call.parsed, '-n'))
    return verdict('read', 'xfs_growfs -n only tells');
  return call.name === 'fsadm' && call.parsed.operands[0]?.value === 'check'
    ? { why: 'fsadm checks and repairs' }
    : undefined;
}

function volume(call: Call): Partial<Outcome> | Verdict | undefined {
  const { name, parsed } = call;
  switch (name) {
    case 'lvextend':
    case 'lvrename':
    case 'vgrename':
      return name === 'lvextend' ? undefined : { inverse: `${name} back` };
    case 'lvcreate':
    case 'vgcreate':
    case 'pvcreate':
      return { inverse: `${name.replace('create', 'remove')} of the same name` };
    case 'lvconvert':
      return hasFlag(parsed, '--merge --repair --uncache --splitmirrors') ? { effect: 'destroy' } : undefined;
    case 'lvresize':
      return parsed.flags.some(
        (flag) => /^(-L|--size|-l|--extents)$/.test(flag.name) && !flag.value?.value.startsWith('+'),
      )
        ? { effect: 'destroy', why: 'lvresize to a given size may cut the volume' }
        : undefined;
    case 'vgchange':
    case 'lvchange':
      return parsed.flags.some(
        (flag) => /^(-a|--activate)$/.test(flag.name) && /n$/.test(flag.value?.value ?? ''),
      )
        ? {
            effect: 'destroy',
            why: `${name} -an takes volumes out of service`,
            inverse: `${name} -ay of the same`,
          }
        : undefined;
    default:
      return undefined;
  }
}

/** `zpool iostat 5` never ends, `zpool iostat 5 3` does. */
function repeats(call: Call): Partial<Outcome> | undefined {
  return numbers(call) === 1 ? stream : undefined;
}
