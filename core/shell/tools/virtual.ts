/** Virtual machines and image-based hosts. From the man pages of libvirt 9, and documentation of Proxmox VE 8 and rpm-ostree. */
import {
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

/** Proxmox names what it does by the first word. */
function byVerb(word: string): Outcome | undefined {
  if (
    /^(list|status|config|pending|listsnapshot|showcmd|nodes|df|cpusets|version|get|ls|cluster)$/.test(word)
  )
    return read();
  if (
    /^(destroy|stop|shutdown|suspend|delsnapshot|rollback|reset|delete|unlink|free|remove|reboot)$/.test(word)
  )
    return destroy();
  if (
    /^(start|resume|create|set|clone|migrate|snapshot|resize|move_disk|move-disk|template|restore|importdisk|unlock|mount|unmount|push|pull|add)$/.test(
      word,
    )
  )
    return mutate();
  return /^(enter|terminal|console|monitor)$/.test(word) ? runs('it opens a session', terminal) : undefined;
}

export const virtual: readonly Tool[] = [
  {
    names: 'virsh',
    source: 'from the man page of libvirt 9',
    values: '--type --duration --interval --timeout --config-file --file --xml --pool --cmd',
    targets: { host: '-c --connect' },
    bare: runs('virsh opens a prompt', terminal),
    commands: {
      ...each(
        read(),
        `list, dominfo, domstate, domblklist, domblkstat, domblkinfo, domiflist, domifaddr, domifstat, dommemstat, domstats, domid, domname, domuuid, domtime, domfsinfo, domhostname, domcontrol, domjobinfo, dumpxml, vcpuinfo, vcpucount, nodeinfo, nodecpustats, nodememstats, freecell, capabilities, domcapabilities, sysinfo, version, uri, hostname, help, guestinfo,
        net-list, net-info, net-dumpxml, net-dhcp-leases, pool-list, pool-info, pool-dumpxml, vol-list, vol-info, vol-path, vol-dumpxml, snapshot-list, snapshot-info, snapshot-dumpxml, snapshot-current, checkpoint-list, iface-list, nodedev-list, secret-list, blockjob, perf, cpu-stats`,
      ),
      event: read(stream),
      console: runs('virsh console opens a session', terminal),
      edit: mutate(terminal),
      dump: local(),
      screenshot: local(),
      start: mutate({ inverse: 'virsh shutdown' }),
      resume: mutate({ inverse: 'virsh suspend' }),
      suspend: destroy({ why: 'virsh suspend takes the machine out of service', inverse: 'virsh resume' }),
      ...each(
        mutate(),
        'define, create, autostart, setvcpus, setmem, setmaxmem, attach-device, attach-disk, attach-interface, migrate, restore, save-image-define, snapshot-create, snapshot-create-as, blockcommit, blockpull, blockcopy, blockresize, net-start, net-define, net-create, net-autostart, net-update, pool-start, pool-define, pool-create, pool-refresh, vol-create, vol-create-as, vol-clone, vol-resize, vol-upload, domrename, desc, metadata, send-key, domfsfreeze, domfsthaw, domfstrim, set-user-password, update-device, vcpupin, numatune, schedinfo, blkiotune',
      ),
      ...each(
        destroy(),
        'shutdown, destroy, reboot, reset, undefine, managedsave, managedsave-remove, save, detach-device, detach-disk, detach-interface, snapshot-delete, snapshot-revert, net-destroy, net-undefine, pool-destroy, pool-delete, pool-undefine, vol-delete, vol-wipe, checkpoint-delete, inject-nmi, domjobabort, nodedev-detach, nodedev-destroy, dompmsuspend',
      ),
      ...each(
        runs('it hands a command to the machine that no table sees'),
        'qemu-agent-command, qemu-monitor-command',
      ),
    },
  },
  {
    names: 'virt-install virt-clone virt-resize virt-customize virt-sysprep',
    source: 'from the man pages',
    values: '--name --memory --vcpus --disk --network --os-variant -o -n -f -a --add',
    bare: mutate({ dryRun: '--dry-run' }),
  },
  { names: 'virt-top', source: 'from the man page', bare: read(terminal) },
  {
    names: 'virt-df virt-filesystems virt-ls virt-cat virt-log virt-inspector virt-what virt-host-validate',
    source: 'from the man pages',
    bare: read(),
  },
  {
    names: 'qemu-img',
    source: 'from the man page of QEMU 7.2',
    values: '-f -O -o -b -F -T -s',
    commands: {
      ...each(read(), 'info, check, map, measure, compare, bench'),
      ...each(local(), 'create, convert, dd, bitmap, amend'),
      snapshot: read({
        when: {
          '-c': { effect: 'local-write' },
          '-a -d': { effect: 'destroy', why: 'reverts to a snapshot or deletes it' },
        },
      }),
      resize: local({ when: { '--shrink': { effect: 'destroy' } } }),
      ...each(destroy(), 'commit, rebase'),
    },
  },
  {
    names: 'qm pct pvesm pvesh pvecm pveum ha-manager',
    source: 'from documentation: Proxmox VE 8',
    otherwise: (call) => byVerb(call.parsed.operands[0]?.value ?? ''),
    commands: { list: read() },
  },
  {
    names: 'vzdump',
    source: 'from documentation: Proxmox VE 8',
    bare: local({ why: 'vzdump writes a backup' }),
  },
  {
    names: 'lxc incus',
    source: 'from documentation: Incus 6',
    values: '-p --profile -c --config -s --storage --format -f',
    commands: {
      ...each(
        read(),
        'list, ls, info, version, config show|get, image list|info, network list|show|info, storage list|show|info, profile list|show, cluster list|show, remote list, snapshot list, operation list, warning list',
      ),
      monitor: read(stream),
      console: runs('it opens a session', terminal),
      shell: runs('it opens a session', terminal),
      exec: read({
        why: 'runs in the container',
        runs: (call) => {
          const words = call.parsed.rest ?? call.parsed.operands.slice(1);
          return call.judge.words(words, call.stdin);
        },
      }),
      ...each(
        mutate(),
        'launch, init, start, restart, unpause, resume, create, copy, cp, move, mv, rename, snapshot, snapshot create, publish, restore, config set|unset|device, file push, image copy|import, network create|attach|set, storage create|set, profile create|assign|add|set, cluster add|enable',
      ),
      'file pull': local(),
      ...each(
        destroy(),
        'stop, pause, delete, rm, snapshot delete, snapshot restore, image delete, network delete, storage delete, profile delete, cluster remove|evacuate',
      ),
    },
  },
  {
    names: 'rpm-ostree ostree bootc',
    source: 'from documentation: rpm-ostree 2024',
    commands: {
      ...each(read(), 'status, db list|diff, log, refs, ls, cat, show, diff, admin status, fsck, usroverlay'),
      ...each(
        mutate(),
        'upgrade, update, install, deploy, rebase, kargs, initramfs, override replace, apply-live, switch, reload, refresh-md, cancel, admin deploy|pin, pull, remote add',
      ),
      ...each(
        destroy(),
        'uninstall, reset, cleanup, rollback, override reset|remove, admin undeploy|cleanup, prune, remote delete',
      ),
    },
  },
];
