/** Disks, partitions, mounts and what checks a file system. */
import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import { type Call, destroy, mutate, type Outcome, read, stream, type Tool, terminal } from './table.ts';

/** Partition editors: `-l` and `print` read, everything else rewrites the table. */
function partitions(call: Call): Partial<Outcome> | Verdict {
  const { parsed, name } = call;
  const words = parsed.operands.map((arg) => arg.value);
  if (
    hasFlag(
      parsed,
      '-l --list -p --print -v --verify -i -s -d --dump -x --list-types -V --info -J --json -g --show-geometry -T',
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
  return {
    effect: 'destroy',
    why: `${name} rewrites the partition table`,
    captureFirst: 'sfdisk --dump of the device, into a file',
    inverse: 'sfdisk with that file, as long as nothing has written over the old places',
    ...(opens ? terminal : {}),
  };
}

/** A file system is checked with `-n`, and repaired with anything else. */
function repairs(call: Call): Partial<Outcome> | Verdict | undefined {
  if (hasFlag(call.parsed, '-n -N --no-modify --readonly'))
    return verdict('read', `${call.name} only checks`);
  if (call.name === 'xfs_repair')
    return hasFlag(call.parsed, '-L')
      ? { effect: 'destroy', why: 'xfs_repair -L throws the log away, and what was only written there' }
      : undefined;
  return hasFlag(call.parsed, '-y -p -a -A') || call.stdin.kind !== 'inherited' ? undefined : terminal;
}

export const disks: readonly Tool[] = [
  {
    names: 'lsblk',
    source: DEBIAN,
    values: '-E --dedup -I --include -e --exclude -o --output -w --width -x --sort --sysroot',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'findmnt',
    source: DEBIAN,
    values:
      '-w --timeout -d --direction -F --tab-file -N --task -O --options -o --output -S --source -T --target -M --mountpoint -t --types',
    noHelp: true,
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-p --poll') && !hasFlag(call.parsed, '-w --timeout -1 --first-only')
          ? stream
          : undefined,
    }),
  },
  {
    names: 'blkid lsscsi filefrag dumpe2fs xfs_info mountpoint nfsstat isoinfo sg_inq sg_map',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'mount',
    source: DEBIAN,
    values: '-t --types -o --options -L -U -O -T',
    switches: '-a --all -l --show-labels -v -r -w -n -f',
    bare: mutate({
      why: 'mount adds a file system',
      resources: (call) => names(call).slice(-1),
      captureFirst: 'findmnt of the path',
      inverse: 'umount of the same path',
      when: { '-a --all': { scope: 'many' }, '-f --fake': {} },
      decide: (call) =>
        call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-a --all')
          ? verdict('read', 'mount lists what is mounted')
          : undefined,
    }),
  },
  {
    names: 'umount',
    source: DEBIAN,
    values: '-t --types -O',
    bare: mutate({
      why: 'umount takes a file system away',
      resources: names,
      captureFirst: 'findmnt of the path',
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
  {
    names: 'fusermount fusermount3',
    source: DEBIAN,
    bare: mutate({
      resources: names,
      captureFirst: 'findmnt of the path',
      when: { '-z': { effect: 'destroy' } },
    }),
  },
  {
    names:
      'mkfs mkfs.ext2 mkfs.ext3 mkfs.ext4 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.msdos mkfs.exfat mkfs.ntfs mkfs.f2fs mkfs.nilfs2 mkfs.gfs2 mke2fs mkntfs mkswap mkdosfs newfs mkfs.bcachefs mkfs.minix',
    source: DEBIAN,
    values: '-t --type -L --label -m -b -i -I -N -O -E -d -U',
    switches: '-n -q -v -f -F -K -c -Q',
    bare: destroy({
      why: 'makes a file system over whatever is there',
      resources: (call) =>
        names(call)
          .filter((name) => name.startsWith('/'))
          .slice(0, 1),
      captureFirst: 'blkid and lsblk -f of the device',
      // The letter that only rehearses differs; for FAT `-n` is the name of the volume.
      decide: (call) => {
        const type = flagValue(call.parsed, '-t --type')?.value ?? call.name;
        const ext = /ext[234]$|^mke2fs$/.test(type) && hasFlag(call.parsed, '-n');
        const xfs = /xfs$/.test(type) && call.args.some((arg) => /^-[A-Za-z]*N/.test(arg.value));
        const ntfs = /ntfs$/.test(type) && hasFlag(call.parsed, '-n --no-action');
        return ext || xfs || ntfs ? verdict('read', `${call.name} only rehearses (dry run)`) : undefined;
      },
    }),
  },
  {
    names: 'wipefs',
    source: DEBIAN,
    values: '-t --types -o --offset',
    bare: read({
      dryRun: '-n --no-act',
      resources: names,
      when: {
        '-a --all -o --offset': {
          effect: 'destroy',
          why: 'wipefs erases the signatures of the device',
          captureFirst: 'wipefs --backup, or sfdisk --dump of the device',
        },
      },
    }),
  },
  {
    names: 'blkdiscard',
    source: DEBIAN,
    values: '-o --offset -l --length -p --step',
    bare: destroy({ why: 'blkdiscard discards everything on the device', resources: names }),
  },
  {
    names: 'badblocks',
    source: DEBIAN,
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
    source: DEBIAN,
    values: '-n --new -t --typecode -c --change-name -o --output -u -b',
    switches: '-l --list -s --script -p --print -d --dump -i -J --json -V --verify -g -T',
    bare: read({
      decide: partitions,
      resources: (call) => names(call).filter((name) => name.startsWith('/dev/')),
    }),
  },
  {
    names:
      'fsck e2fsck fsck.ext4 fsck.ext3 fsck.ext2 fsck.xfs fsck.vfat fsck.fat fsck.exfat dosfsck xfs_repair ntfsfix',
    source: DEBIAN,
    values: '-t -b -C',
    bare: mutate({
      decide: repairs,
      resources: names,
      why: 'checks and repairs a file system, which must not be mounted',
      preview: 'fsck -n of the same device',
    }),
  },
  {
    names: 'debugfs',
    source: DEBIAN,
    values: '-R -f',
    bare: read({
      when: { '-w': { effect: 'destroy' } },
      decide: (call) => (hasFlag(call.parsed, '-R -f') ? undefined : terminal),
    }),
  },
  {
    names: 'exportfs',
    source: DEBIAN,
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
    source: 'help text or man page (Debian 12), and documentation: GlusterFS 11',
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
