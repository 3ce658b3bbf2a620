/** Block devices: arrays, encryption, drives, loops, iSCSI. */

import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
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

/** Without a file for the key it asks for the pass phrase. */
function wantsKey(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-d --key-file') || call.stdin.kind !== 'inherited' ? undefined : terminal;
}

const HEADER: Partial<Outcome> = {
  resources: 'first',
  captureFirst: 'cryptsetup luksHeaderBackup, into a file that stays secret',
  inverse: 'cryptsetup luksHeaderRestore of that file',
};

export const blockDevices: readonly Tool[] = [
  {
    names: 'mdadm',
    source: DEBIAN,
    values: '-l --level -n --raid-devices -c --config -e --metadata -x --spare-devices --size --backup-file',
    switches: '-D --detail -E --examine -Q --query --scan -s -v',
    bare: mutate({
      resources: (call) => names(call).filter((name) => name.startsWith('/dev/')),
      captureFirst: 'mdadm --detail of the array',
      decide: (call) => {
        if (
          hasFlag(
            call.parsed,
            '-S --stop --zero-superblock -f --fail --set-faulty -r --remove -C --create -K --update-subarray --kill-subarray',
          )
        )
          return { effect: 'destroy', why: 'mdadm stops, fails or overwrites devices' };
        if (hasFlag(call.parsed, '-F --follow --monitor'))
          return hasFlag(call.parsed, '-1 --oneshot') ? undefined : stream;
        return hasFlag(
          call.parsed,
          '-D --detail -E --examine -Q --query --detail-platform --examine-badblocks -X --examine-bitmap',
        )
          ? verdict('read', 'mdadm --detail reads')
          : undefined;
      },
    }),
  },
  {
    names: 'cryptsetup',
    source: DEBIAN,
    values:
      '-d --key-file -S --key-slot -c --cipher -s --key-size --type --header --header-backup-file -h --hash --pbkdf -i --iter-time --label --new-keyfile',
    switches: '-q --batch-mode -v -y',
    commands: {
      ...each(read(), 'status, isLuks, luksUUID, benchmark, tcryptDump'),
      luksDump: read({
        when: { '--dump-volume-key --dump-master-key': { readsSecrets: true, ...terminal } },
      }),
      ...each(
        mutate({ decide: wantsKey, resources: 'first' }),
        'open, luksOpen, luksAddKey, luksChangeKey, create, plainOpen, tcryptOpen, luksConvertKey, luksResume',
      ),
      ...each(mutate({ resources: 'first' }), 'close, luksClose, resize, refresh, config, token'),
      luksHeaderBackup: local({ resources: 'first' }),
      ...each(
        destroy({
          ...HEADER,
          decide: (call) => (hasFlag(call.parsed, '-q --batch-mode') ? wantsKey(call) : terminal),
        }),
        'luksFormat, luksRemoveKey, luksKillSlot, reencrypt',
      ),
      ...each(destroy({ ...HEADER, asks: '-q --batch-mode' }), 'erase, luksErase, luksHeaderRestore'),
      luksSuspend: destroy({ resources: 'first', inverse: 'cryptsetup luksResume' }),
    },
  },
  {
    names: 'smartctl',
    source: DEBIAN,
    values: '-d -n -l -g -T',
    bare: read({ when: { '-t --test -s --smart -o -S -X': { effect: 'mutate' } } }),
  },
  {
    names: 'hdparm',
    source: DEBIAN,
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
    source: DEBIAN,
    commands: {
      ...each(
        read(),
        'list, list-subsys, smart-log, error-log, id-ctrl, id-ns, show-regs, fw-log, get-log, get-feature, list-ns, list-ctrl, version, show-topology, get-ns-id, effects-log, endurance-log, self-test-log, list-secondary, id-uuid, telemetry-log, show-hostnqn, gen-hostnqn, get-lba-status, verify, compare, help',
      ),
      ...each(
        mutate(),
        'set-feature, fw-download, fw-commit, connect, discover, connect-all, create-ns, attach-ns, device-self-test',
      ),
      ...each(
        destroy({ resources: 'first' }),
        'format, sanitize, disconnect, disconnect-all, reset, subsystem-reset, delete-ns, detach-ns, write, write-zeroes, dsm',
      ),
    },
  },
  {
    names: 'multipathd targetcli vdo stratis',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-k -n --name',
    otherwise: (call) => {
      const text = names(call).join(' ');
      if (
        /^(show|list|ls|status|report|daemon (version|redundancy)|key list|pool list|filesystem list|blockdev list|help|version)\b/.test(
          text,
        ) ||
        /^\/\S* ls\b/.test(text)
      )
        return read();
      if (
        /\b(del|delete|remove|destroy|stop|deactivate|clearconfig|fail|suspend|shutdown|unset|debug)\b/.test(
          text,
        )
      )
        return destroy({ resources: (inside) => names(inside).slice(-1) });
      return mutate({ resources: (inside) => names(inside).slice(-1) });
    },
    bare: read({
      decide: (call) => {
        const text = flagValue(call.parsed, '-k')?.value;
        if (text !== undefined)
          return /^(show|list)\b/.test(text)
            ? undefined
            : /^(del|remove|fail|suspend|shutdown)\b/.test(text)
              ? { effect: 'destroy' }
              : { effect: 'mutate' };
        return call.name === 'targetcli'
          ? {
              effect: 'unknown',
              why: 'unknown: targetcli opens a prompt',
              ...(call.stdin.kind === 'inherited' ? terminal : {}),
            }
          : undefined;
      },
    }),
    commands: { list: read() },
  },
  {
    names: 'multipath',
    source: DEBIAN,
    values: '-v',
    bare: mutate({
      when: { '-f -F': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l -t -T -c') ? verdict('read', 'multipath -ll reads') : undefined,
    }),
  },
  {
    names: 'blockdev',
    source: DEBIAN,
    style: 'long',
    bare: read({
      resources: names,
      decide: (call) =>
        call.args.some((arg) => /^--(set|flushbufs|rereadpt)/.test(arg.value))
          ? { effect: 'mutate', captureFirst: 'blockdev --report of the device' }
          : undefined,
    }),
  },
  {
    names: 'losetup',
    source: DEBIAN,
    values: '-o --offset --sizelimit -b --sector-size -j --associated -O --output',
    switches: '-a --all -l --list -f --find -P -r --show -n -J',
    bare: mutate({
      resources: names,
      inverse: 'losetup -d of the device',
      when: {
        '-d --detach': { inverse: 'losetup of the same file' },
        '-D --detach-all': { effect: 'destroy', scope: 'all' },
      },
      decide: (call) =>
        (call.args.length === 0 ||
          hasFlag(call.parsed, '-a -l --all --list -j') ||
          (hasFlag(call.parsed, '-f --find') && call.parsed.operands.length === 0)) &&
        !hasFlag(call.parsed, '-d -D --detach --detach-all')
          ? verdict('read', 'losetup lists loop devices')
          : undefined,
    }),
  },
  {
    names: 'partprobe partx kpartx fstrim xfs_freeze fsfreeze e4defrag xfs_fsr udisksctl',
    source: DEBIAN,
    values: '-o --output -t --type -b --block-device -p',
    bare: mutate({
      resources: names,
      dryRun: '-n --dry-run',
      decide: (call) => {
        const { name, parsed } = call;
        if (/^(partx|kpartx)$/.test(name) && hasFlag(parsed, '-l -s --show'))
          return verdict('read', `${name} lists partitions`);
        if (/^(partx|kpartx)$/.test(name) && hasFlag(parsed, '-d --delete')) return { effect: 'destroy' };
        if (name === 'partprobe')
          return hasFlag(parsed, '-d') ? verdict('read', 'partprobe -d changes nothing') : undefined;
        if (/freeze$/.test(name))
          return hasFlag(parsed, '-f --freeze')
            ? {
                effect: 'destroy',
                why: `${name} -f stops all writing to the file system`,
                inverse: `${name} -u of the same path`,
              }
            : undefined;
        if (name === 'e4defrag' && hasFlag(parsed, '-c')) return verdict('read', 'e4defrag -c only measures');
        if (name !== 'udisksctl') return undefined;
        const word = parsed.operands[0]?.value ?? '';
        if (/^(status|info|dump)$/.test(word)) return verdict('read', `udisksctl ${word} reads`);
        return word === 'monitor'
          ? verdict('read', 'udisksctl monitor reads', stream)
          : word === 'power-off'
            ? { effect: 'destroy' }
            : undefined;
      },
    }),
  },
  {
    names: 'iscsiadm',
    source: 'help text or man page (Debian 12), and documentation: open-iscsi 2.1',
    values:
      '-m --mode -t --type -p --portal -T --targetname -o --op -n --name -v --value -I --interface -r --sid -P --print -d',
    targets: { host: '-p --portal' },
    bare: read({
      network: true,
      when: {
        '-l --login -R --rescan': { effect: 'mutate', inverse: 'iscsiadm --logout of the same target' },
        '-u --logout': {
          effect: 'destroy',
          why: 'iscsiadm --logout takes disks away',
          inverse: 'iscsiadm --login of the same target',
        },
        '-o=new|update --op=new|update': { effect: 'mutate' },
        '-o=delete --op=delete': { effect: 'destroy' },
      },
      decide: (call) =>
        flagValue(call.parsed, '-m --mode')?.value === 'discovery'
          ? { effect: 'mutate', why: 'iscsiadm -m discovery writes what it finds to its data base' }
          : undefined,
    }),
  },
];
