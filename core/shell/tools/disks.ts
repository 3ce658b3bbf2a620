/** Disks, volumes and file systems. From the man pages of Debian 12, and documentation of OpenZFS 2.2. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'from the man pages of Debian 12';

/** Partition editors: `-l` and `print` read, everything else rewrites the table. */
function partitions(call: Call): Partial<Outcome> | Verdict {
  const { parsed, name } = call;
  const words = parsed.operands.map((arg) => arg.value);
  if (
    hasFlag(
      parsed,
      '-l --list -p --print -v --verify -i -s -d -x --list-types -V --info -J --json -g --show-geometry',
    ) &&
    name !== 'parted'
  ) {
    // The letters differ: `sfdisk -d` dumps, `sgdisk -d` deletes; `fdisk -s` tells a size.
    const reads =
      name === 'fdisk'
        ? hasFlag(parsed, '-l --list -s -x -V')
        : name === 'sfdisk'
          ? hasFlag(parsed, '-l --list -d --dump -J --json -V --verify -g -s -T')
          : hasFlag(parsed, '-p --print -i --info -v --verify -l');
    const writes =
      name === 'sgdisk' &&
      hasFlag(parsed, '-d --delete -n --new -t --typecode -Z --zap-all -z --zap -o --clear -g -m -c -s');
    if (reads && !writes) return verdict('read', `${name} shows the partitions`);
  }
  if (name === 'parted') {
    const commands = words.slice(1);
    if (
      hasFlag(parsed, '-l --list') ||
      (commands.length > 0 &&
        commands.every((word) =>
          /^(print|free|all|devices|unit|s|B|MiB|GiB|MB|GB|%|KiB|align-check|opt|optimal|minimal|\d+)$/.test(
            word,
          ),
        ))
    )
      return verdict('read', 'parted prints the partitions');
    if (commands.length === 0) return { effect: 'destroy', why: 'parted opens a prompt', ...terminal };
  }
  const opens = /^(fdisk|cfdisk|gdisk|cgdisk)$/.test(name) && call.stdin.kind === 'inherited';
  return { effect: 'destroy', why: `${name} rewrites the partition table`, ...(opens ? terminal : {}) };
}

/** A file system is checked with `-n`, and repaired with anything else. */
function repairs(call: Call): Partial<Outcome> | Verdict | undefined {
  if (hasFlag(call.parsed, '-n -N --no-modify --readonly'))
    return verdict('read', `${call.name} only checks`);
  return hasFlag(call.parsed, '-y -p -a -f -L') || call.name === 'xfs_repair' ? undefined : terminal;
}

const LVM_VALUES =
  '-L --size -l --extents -n --name -o --options -S --select -O --sort --units -a --activate -i --stripes -m --mirrors -c --config --config';
const lvmDry = '-t --test';

export const disks: readonly Tool[] = [
  {
    names:
      'lsblk blkid findmnt lsscsi lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan lvmdiskscan filefrag dumpe2fs xfs_info mountpoint nfsstat showmount rpcinfo',
    source: SOURCE,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'mount',
    source: SOURCE,
    values: '-t --types -o --options -L -U -O -T',
    switches: '-a --all -l --show-labels -v -r -w -n -f',
    bare: mutate({
      why: 'mount adds a file system',
      inverse: 'umount of the same path',
      decide: (call) =>
        call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-a --all')
          ? verdict('read', 'mount lists what is mounted')
          : undefined,
    }),
  },
  {
    names: 'umount',
    source: SOURCE,
    values: '-t --types -O',
    bare: mutate({
      why: 'umount takes a file system away',
      inverse: 'mount of the same path',
      when: {
        '-f --force -l --lazy': {
          effect: 'destroy',
          why: 'umount -f and -l take a file system away while it is in use',
        },
        '-a --all': { effect: 'destroy', scope: 'all' },
      },
    }),
  },
  { names: 'fusermount fusermount3', source: SOURCE, bare: mutate() },
  {
    names:
      'mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.exfat mkfs.ntfs mkfs.f2fs mke2fs mkswap mkdosfs newfs',
    source: SOURCE,
    values: '-t --type -L -m -b -i -N -O -E -d -U',
    bare: destroy({ why: 'makes a file system over whatever is there', dryRun: '-n' }),
  },
  {
    names: 'wipefs',
    source: SOURCE,
    values: '-t --types -o --offset',
    bare: read({
      dryRun: '-n --no-act',
      when: {
        '-a --all -o --offset': { effect: 'destroy', why: 'wipefs erases the signatures of the device' },
      },
    }),
  },
  { names: 'blkdiscard', source: SOURCE, bare: destroy() },
  {
    names: 'badblocks',
    source: SOURCE,
    values: '-b -c -o',
    bare: read({
      when: {
        '-w': { effect: 'destroy', why: 'badblocks -w writes over the device' },
        '-n': { effect: 'mutate' },
      },
    }),
  },
  {
    names: 'fdisk sfdisk sgdisk gdisk cgdisk cfdisk parted',
    source: SOURCE,
    values: '-n --new -t --typecode -c --change-name -o --output -u -b',
    switches: '-l --list -s --script -p --print -d --dump -i',
    bare: read({ decide: partitions }),
  },
  {
    names:
      'growpart resize2fs xfs_growfs partprobe partx kpartx fstrim tune2fs e2label swaplabel lvextend vgextend lvcreate vgcreate pvcreate pvresize pvmove lvrename vgrename vgimport vgchange lvchange pvchange vgcfgrestore lvconvert lvresize losetup xfs_admin xfs_freeze fsfreeze',
    source: SOURCE,
    values: LVM_VALUES,
    bare: mutate({ dryRun: lvmDry, decide: volume }),
  },
  {
    names: 'lvremove vgremove pvremove lvreduce vgreduce',
    source: SOURCE,
    values: LVM_VALUES,
    bare: destroy({
      dryRun: lvmDry,
      decide: (call) =>
        hasFlag(call.parsed, '-y --yes -f --force') || call.name === 'vgreduce' || call.name === 'pvremove'
          ? undefined
          : terminal,
    }),
  },
  { names: 'vgcfgbackup vgexport e2image xfs_metadump', source: SOURCE, bare: local() },
  {
    names: 'fsck e2fsck fsck.ext4 fsck.ext3 fsck.xfs fsck.vfat xfs_repair ntfsfix',
    source: SOURCE,
    values: '-t -b -C',
    bare: mutate({ decide: repairs }),
  },
  {
    names: 'debugfs',
    source: SOURCE,
    values: '-R -f',
    bare: read({
      when: { '-w': { effect: 'destroy' } },
      decide: (call) => (hasFlag(call.parsed, '-R -f') ? undefined : terminal),
    }),
  },
  {
    names: 'mdadm',
    source: SOURCE,
    values: '-l --level -n --raid-devices -c --config -e --metadata -x --spare-devices --size --backup-file',
    switches: '-D --detail -E --examine -Q --query --scan -s -v',
    bare: mutate({
      decide: (call) => {
        if (
          hasFlag(call.parsed, '-S --stop --zero-superblock -f --fail --set-faulty -r --remove -C --create')
        )
          return { effect: 'destroy', why: 'mdadm stops, fails or overwrites devices' };
        if (hasFlag(call.parsed, '-F --follow --monitor')) return stream;
        return hasFlag(call.parsed, '-D --detail -E --examine -Q --query --detail-platform')
          ? verdict('read', 'mdadm --detail reads')
          : undefined;
      },
    }),
  },
  {
    names: 'zpool',
    source: 'from documentation: OpenZFS 2.2',
    values: '-o -O -R -T',
    switches: '-v -n -f -P -H -p -L -g -x',
    commands: {
      ...each(read(), 'status, list, get, history, version, wait, events'),
      events: read({ when: { '-f': stream } }),
      iostat: read({
        decide: (call) =>
          call.parsed.operands.filter((arg) => /^\d+$/.test(arg.value)).length === 1 ? stream : undefined,
      }),
      ...each(
        mutate(),
        'scrub, online, attach, set, import, clear, replace, upgrade, trim, resilver, initialize, reguid, reopen, checkpoint, sync',
      ),
      ...each(mutate({ dryRun: '-n' }), 'create, add'),
      ...each(destroy(), 'destroy, offline, detach, remove, export, labelclear, split'),
    },
  },
  {
    names: 'zfs',
    source: 'from documentation: OpenZFS 2.2',
    values: '-o -t -s -S -d -i -I',
    switches: '-r -R -n -v -f -F -p -H',
    commands: {
      ...each(
        read(),
        'list, get, diff, holds, userspace, groupspace, projectspace, send, version, key-status, allow',
      ),
      ...each(
        mutate(),
        'create, clone, mount, hold, inherit, promote, rename, share, set, unmount, umount, unshare, load-key, change-key, bookmark, upgrade, redact',
      ),
      ...each(mutate({ inverse: 'zfs destroy of the snapshot' }), 'snapshot, snap'),
      ...each(
        mutate({
          dryRun: '-n',
          when: { '-F': { effect: 'destroy', why: 'zfs receive -F rolls the target back first' } },
        }),
        'receive, recv',
      ),
      rollback: destroy({ why: 'zfs rollback drops everything since the snapshot' }),
      destroy: destroy({ dryRun: '-n', when: { '-r -R': { scope: 'many' } } }),
      ...each(destroy(), 'release, unload-key, unallow'),
    },
  },
  {
    names: 'btrfs',
    source: SOURCE,
    values: '-d -m -o',
    commands: {
      ...each(
        read(),
        'subvolume list|show|get-default, filesystem show|df|usage|du, scrub status, device stats|usage|scan, balance status, qgroup show, inspect-internal, send, property get, replace status, version',
      ),
      ...each(
        mutate(),
        'subvolume create|snapshot|set-default|sync, filesystem resize|defragment|sync|label, scrub start|resume, balance start|resume, device add|replace, quota enable|rescan, receive, property set, replace start',
      ),
      check: read({ when: { '--repair --init-csum-tree --init-extent-tree': { effect: 'destroy' } } }),
      ...each(
        destroy(),
        'subvolume delete, device remove|delete, balance cancel|pause, scrub cancel, quota disable, rescue, restore, replace cancel',
      ),
    },
  },
  {
    names: 'cryptsetup',
    source: SOURCE,
    values: '-d --key-file -S --key-slot -c --cipher -s --key-size --type --header',
    commands: {
      ...each(read(), 'status, luksDump, isLuks, luksUUID, benchmark'),
      ...each(
        mutate({ decide: (call) => (hasFlag(call.parsed, '-d --key-file') ? undefined : terminal) }),
        'open, luksOpen, luksAddKey, luksChangeKey, create',
      ),
      ...each(mutate(), 'close, luksClose, resize, refresh, luksHeaderBackup, config'),
      ...each(
        destroy(),
        'luksFormat, erase, luksErase, luksKillSlot, luksRemoveKey, luksHeaderRestore, reencrypt, luksSuspend',
      ),
    },
  },
  {
    names: 'smartctl',
    source: SOURCE,
    values: '-d -n -l -g -T',
    bare: read({ when: { '-t --test -s --smart -o -S -X': { effect: 'mutate' } } }),
  },
  {
    names: 'hdparm',
    source: SOURCE,
    bare: mutate({
      decide: (call) =>
        call.args.every((arg) => /^-[iItTgCHvV]+$|^\/dev\//.test(arg.value))
          ? verdict('read', 'hdparm reads')
          : call.args.some((arg) =>
                /^--(security-erase|trim-sector-ranges|write-sector|make-bad-sector)/.test(arg.value),
              )
            ? destroy()
            : undefined,
    }),
  },
  {
    names: 'nvme',
    source: SOURCE,
    commands: {
      ...each(
        read(),
        'list, list-subsys, smart-log, error-log, id-ctrl, id-ns, show-regs, fw-log, get-log, get-feature, list-ns, version',
      ),
      ...each(
        mutate(),
        'set-feature, fw-download, fw-commit, connect, discover, connect-all, create-ns, attach-ns, device-self-test',
      ),
      ...each(
        destroy(),
        'format, sanitize, disconnect, disconnect-all, reset, subsystem-reset, delete-ns, detach-ns, write, write-zeroes, dsm',
      ),
    },
  },
  {
    names: 'multipath',
    source: SOURCE,
    values: '-v',
    bare: mutate({
      when: { '-f -F': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l -t -T -c') ? verdict('read', 'multipath -ll reads') : undefined,
    }),
  },
  {
    names: 'exportfs',
    source: SOURCE,
    values: '-o -i',
    bare: mutate({
      when: { '-u': { effect: 'destroy' } },
      decide: (call) =>
        call.args.length === 0 ||
        (hasFlag(call.parsed, '-v -s') &&
          call.parsed.operands.length === 0 &&
          !hasFlag(call.parsed, '-a -r -u'))
          ? verdict('read', 'exportfs lists exports')
          : undefined,
    }),
  },
  {
    names: 'gluster',
    source: 'from documentation: GlusterFS 11',
    values: '--mode',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (
        words.some((word) =>
          /^(delete|stop|detach|remove-brick|reset|force|replace-brick|reset-brick|disable)$/.test(word),
        )
      )
        return destroy();
      return words.some((word) => /^(info|status|list|help|top|get|version|profile)$/.test(word))
        ? read()
        : mutate();
    },
    commands: { version: read() },
  },
];

function volume(call: Call): Partial<Outcome> | Verdict | undefined {
  const { name, parsed } = call;
  if (name === 'tune2fs') return hasFlag(parsed, '-l') ? verdict('read', 'tune2fs -l reads') : undefined;
  if (name === 'losetup') {
    if (call.args.length === 0 || hasFlag(parsed, '-a -l --all --list -j'))
      return verdict('read', 'losetup lists loop devices');
    return undefined;
  }
  if (/^(partx|kpartx)$/.test(name) && hasFlag(parsed, '-l -s --show'))
    return verdict('read', `${name} lists partitions`);
  if (name === 'partx' && hasFlag(parsed, '-d --delete')) return { effect: 'destroy' };
  if (name === 'fstrim')
    return hasFlag(parsed, '-n --dry-run') ? verdict('read', 'fstrim --dry-run only rehearses') : undefined;
  if (/^(growpart|resize2fs)$/.test(name)) {
    if (hasFlag(parsed, '-N --dry-run')) return verdict('read', `${name} --dry-run only rehearses`);
    return hasFlag(parsed, '-M')
      ? { effect: 'destroy', why: 'resize2fs -M shrinks the file system' }
      : undefined;
  }
  if (name === 'lvconvert')
    return hasFlag(parsed, '--merge --repair --uncache') ? { effect: 'destroy' } : undefined;
  if (name === 'lvresize')
    return parsed.flags.some(
      (flag) => /^(-L|--size|-l|--extents)$/.test(flag.name) && !flag.value?.value.startsWith('+'),
    )
      ? { effect: 'destroy', why: 'lvresize to a given size may cut the volume' }
      : undefined;
  if (/^(vgchange|lvchange)$/.test(name))
    return parsed.flags.some(
      (flag) => /^(-a|--activate)$/.test(flag.name) && /n$/.test(flag.value?.value ?? ''),
    )
      ? { effect: 'destroy', why: `${name} -an takes volumes out of service`, inverse: `${name} -ay` }
      : undefined;
  return name === 'vgcfgrestore' && !hasFlag(parsed, '-l --list') ? { effect: 'destroy' } : undefined;
}
