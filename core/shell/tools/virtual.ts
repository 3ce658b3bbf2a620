/** Virtual machines and image-based hosts. From the man pages of libvirt 9 and QEMU 7.2, and documentation of rpm-ostree. */
import { flagValue, hasFlag } from '../words.ts';
import { notes } from './containerRun.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const here: Partial<Outcome> = { network: false };

/** The definition of a machine, network, pool or volume, as it is now. */
const defined = (dump: string): Partial<Outcome> => ({
  resources: 'first',
  decide: (call: Call) => {
    const name = call.parsed.operands[0] ?? flagValue(call.parsed, '--domain --network --pool --vol');
    return name ? { captureFirst: `virsh ${dump} ${name.text}` } : undefined;
  },
  inverse: 'virsh define of the saved XML',
});
const domain = defined('dumpxml');

/** `--interface eth0 --state down`, `domif-setlink web vnet0 down`. */
function link(call: Call): Partial<Outcome> | undefined {
  return call.args.some((arg) => arg.value === 'down')
    ? { effect: 'destroy', why: 'virsh takes the link of the machine down' }
    : undefined;
}

export const virtual: readonly Tool[] = [
  {
    names: 'virsh',
    source: 'from the man page of libvirt 9',
    values:
      '--type --duration --interval --timeout --config-file --file --xml --pool --cmd --domain --network --vol --name --count --size --target --source --driver --subdriver --persistent --disk-only --snapshotname --path --offset --length --state --mode -k -K -l --log -d --debug -e --escape',
    targets: { host: '-c --connect' },
    network: true,
    ambient: { host: 'virsh uri' },
    bare: opensSession('virsh opens a prompt'),
    commands: {
      ...each(
        read(),
        `list, dominfo, domstate, domblklist, domblkstat, domblkinfo, domblkerror, domiflist, domifaddr, domifstat, domif-getlink, dommemstat, domstats, domid, domname, domuuid, domtime, domfsinfo, domhostname, domcontrol, domjobinfo, domdisplay, vncdisplay, ttyconsole, domdirtyrate-calc, domlaunchsecinfo, get-user-sshkeys,
        dumpxml, vcpuinfo, vcpucount, guestvcpus, maxvcpus, emulatorpin, iothreadinfo, nodeinfo, nodecpumap, nodecpustats, nodememstats, node-memory-tune, freecell, freepages, capabilities, domcapabilities, pool-capabilities, sysinfo, version, uri, hostname, help, guestinfo, cpu-baseline, cpu-compare, cpu-models, hypervisor-cpu-compare, hypervisor-cpu-baseline, migrate-getspeed, migrate-getmaxdowntime, echo, pwd,
        domxml-from-native, domxml-to-native, managedsave-dumpxml, save-image-dumpxml, backup-dumpxml, net-list, net-info, net-dumpxml, net-dhcp-leases, net-name, net-uuid, net-port-list, net-port-dumpxml, nwfilter-list, nwfilter-dumpxml, nwfilter-binding-list, nwfilter-binding-dumpxml,
        pool-list, pool-info, pool-dumpxml, pool-name, pool-uuid, find-storage-pool-sources, find-storage-pool-sources-as, vol-list, vol-info, vol-path, vol-key, vol-name, vol-pool, vol-dumpxml, snapshot-list, snapshot-info, snapshot-dumpxml, snapshot-current, snapshot-parent, checkpoint-list, checkpoint-info, checkpoint-dumpxml, checkpoint-parent,
        iface-list, iface-dumpxml, iface-mac, iface-name, nodedev-list, nodedev-info, nodedev-dumpxml, secret-list, secret-dumpxml, blockjob, perf, cpu-stats`,
      ),
      dumpxml: read({ when: { '--security-info': { readsSecrets: true } } }),
      blockjob: read({
        when: { '--abort --pivot': { effect: 'destroy', why: 'virsh blockjob ends the job' } },
      }),
      'secret-get-value': read({ readsSecrets: true }),
      event: read({ decide: (call) => (hasFlag(call.parsed, '--list') ? undefined : stream) }),
      ...each(read(stream), 'net-event, pool-event, nodedev-event, secret-event'),
      console: opensSession('virsh console opens a session'),
      ...each(
        mutate({ ...domain, ...terminal }),
        'edit, snapshot-edit, managedsave-edit, save-image-edit, checkpoint-edit',
      ),
      ...each(mutate(terminal), 'net-edit, pool-edit, iface-edit, nwfilter-edit'),
      ...each(local(), 'dump, screenshot, vol-download'),
      start: mutate({ resources: 'first', inverse: 'virsh shutdown' }),
      resume: mutate({ resources: 'first', inverse: 'virsh suspend' }),
      suspend: destroy({
        resources: 'first',
        why: 'virsh suspend takes the machine out of service',
        inverse: 'virsh resume',
      }),
      ...each(
        mutate({ ...domain, inverse: 'the values from before, or virsh define of the saved XML' }),
        'autostart, setvcpus, setvcpu, setmem, setmaxmem, attach-device, attach-disk, attach-interface, change-media, update-device, domrename, desc, metadata, vcpupin, numatune, memtune, blkiotune, blkdeviotune, domiftune, schedinfo, iothreadadd, iothreadset, iothreadpin, set-lifecycle-action, set-user-password, set-user-sshkeys, set-user-sshkeys, guestvcpus',
      ),
      guestvcpus: read({ when: { '--enable --disable': { effect: 'mutate' } } }),
      'domif-setlink': mutate({
        ...domain,
        decide: link,
        inverse: 'virsh domif-setlink with the other state',
      }),
      ...each(
        mutate({ resources: 'first' }),
        `define, create, migrate, migrate-postcopy, migrate-setspeed, restore, save-image-define, managedsave-define, snapshot-create, snapshot-create-as, checkpoint-create, checkpoint-create-as, backup-begin, blockcommit, blockpull, blockcopy, blockresize, send-key, send-process-signal, domfsfreeze, domfsthaw, domfstrim, qemu-attach, nodesuspend,
        net-start, net-define, net-create, net-autostart, net-update, net-port-create, nwfilter-define, nwfilter-binding-create, pool-start, pool-define, pool-define-as, pool-create, pool-create-as, pool-build, pool-refresh, pool-autostart, vol-create, vol-create-as, vol-create-from, vol-clone, vol-resize, vol-upload, secret-define, secret-set-value, iface-define, iface-start, iface-begin, iface-commit, iface-bridge, nodedev-create, nodedev-define, nodedev-start, nodedev-reattach, allocpages`,
      ),
      'snapshot-create-as': mutate({ resources: 'first', inverse: 'virsh snapshot-delete' }),
      'pool-build': mutate({ resources: 'first', when: { '--overwrite': { effect: 'destroy' } } }),
      ...each(
        destroy({ resources: 'first', inverse: 'virsh start' }),
        'shutdown, destroy, managedsave, dompmsuspend',
      ),
      ...each(
        destroy({ resources: 'first' }),
        'reboot, reset, inject-nmi, domjobabort, managedsave-remove, save, dompmwakeup, crash, secret-undefine, nwfilter-undefine, nwfilter-binding-delete, iface-destroy, iface-undefine, iface-unbridge, iface-rollback, nodedev-detach, nodedev-destroy, nodedev-undefine, checkpoint-delete, iothreaddel',
      ),
      save: destroy({ resources: 'first', inverse: 'virsh restore' }),
      undefine: destroy({
        ...domain,
        when: {
          '--remove-all-storage --storage --wipe-storage': {
            effect: 'destroy',
            why: 'virsh undefine deletes the machine and its disks',
            inverse: 'a restored backup of the disks',
          },
        },
      }),
      ...each(
        destroy({ ...domain, inverse: 'virsh attach-device of the saved XML' }),
        'detach-device, detach-device-alias, detach-disk, detach-interface',
      ),
      'snapshot-delete': destroy({ ...defined('snapshot-list'), inverse: 'none: the snapshot is gone' }),
      'snapshot-revert': destroy({
        ...defined('snapshot-list'),
        why: 'virsh snapshot-revert throws away what came after the snapshot',
        inverse: 'virsh snapshot-revert to a snapshot of what was there',
      }),
      'net-destroy': destroy({ resources: 'first', inverse: 'virsh net-start' }),
      'net-undefine': destroy({ ...defined('net-dumpxml'), inverse: 'virsh net-define of the saved XML' }),
      'net-port-delete': destroy(),
      'pool-destroy': destroy({
        resources: 'first',
        inverse: 'virsh pool-start',
        why: 'virsh pool-destroy takes the pool out of service',
      }),
      'pool-undefine': destroy({ ...defined('pool-dumpxml'), inverse: 'virsh pool-define of the saved XML' }),
      'pool-delete': destroy({
        ...defined('vol-list'),
        scope: 'many',
        why: 'virsh pool-delete deletes the storage of the pool',
        inverse: 'a restored backup',
      }),
      ...each(
        destroy({
          resources: 'first',
          why: 'deletes the data of the volume',
          inverse: 'a restored backup of the volume',
        }),
        'vol-delete, vol-wipe',
      ),
      ...each(
        runs('it hands a command to the machine that no table sees'),
        'qemu-agent-command, qemu-monitor-command, lxc-enter-namespace',
      ),
    },
  },
  {
    names:
      'virt-install virt-clone virt-resize virt-customize virt-sysprep virt-sparsify virt-v2v virt-builder virt-edit virt-copy-in virt-make-fs',
    source: 'from the man pages',
    values:
      '--name --memory --vcpus --disk --network --os-variant -o -n -f -a --add -d --domain --file --original --size --format --run-command --install --location --cdrom',
    bare: mutate({
      dryRun: '--dry-run -n',
      resources: (call) => {
        const name = flagValue(call.parsed, '--name -n -d --domain');
        return name && !name.dynamic ? [name.value] : [];
      },
    }),
  },
  { names: 'virt-top', source: 'from the man page', bare: read(terminal) },
  { names: 'virt-viewer virt-manager', source: 'from the man pages', bare: mutate(stream) },
  {
    names:
      'virt-df virt-filesystems virt-ls virt-cat virt-log virt-inspector virt-what virt-host-validate virt-alignment-scan virt-xml-validate virt-diff virt-list-partitions virt-list-filesystems',
    source: 'from the man pages',
    bare: read(),
  },
  {
    names: 'virt-xml',
    source: 'from the man page',
    values: '--connect --disk --network --memory --vcpus --boot --cpu --events --graphics',
    bare: mutate({
      ...domain,
      dryRun: '--print-diff --print-xml',
      when: { '--remove-device': { effect: 'destroy' } },
    }),
  },
  {
    names: 'qemu-img',
    source: 'from the man page of QEMU 7.2',
    values: '-f -O -o -b -F -T -s -l -n -m --object --output',
    commands: {
      ...each(read(), 'info, check, map, measure, compare, bench'),
      check: read({
        when: { '-r': { effect: 'destroy', why: 'qemu-img check -r repairs the image, and may lose data' } },
      }),
      ...each(
        local({ resources: (call) => call.parsed.operands.slice(-1).map((arg) => arg.value) }),
        'convert, dd, bitmap, amend',
      ),
      create: local({ resources: 'first' }),
      snapshot: read({
        switches: '-l',
        resources: (call) => call.parsed.operands.slice(-1).map((arg) => arg.value),
        when: {
          '-c': { effect: 'local-write', inverse: 'qemu-img snapshot -d' },
          '-a -d': {
            effect: 'destroy',
            why: 'reverts to a snapshot or deletes it',
            captureFirst: 'cp of the image',
          },
        },
      }),
      resize: local({
        resources: 'first',
        captureFirst: 'cp of the image',
        when: { '--shrink': { effect: 'destroy' } },
      }),
      ...each(
        destroy({
          resources: (call) => call.parsed.operands.slice(-1).map((arg) => arg.value),
          captureFirst: 'cp of the image and its backing file',
        }),
        'commit, rebase',
      ),
    },
  },
  {
    names: 'VBoxManage vboxmanage',
    source: 'from documentation: VirtualBox 7',
    values: '--type --ostype --format --vmname --name',
    commands: {
      ...each(
        read(),
        'list, showvminfo, showhdinfo, showmediuminfo, getextradata, metrics, guestproperty get|enumerate',
      ),
      ...each(local(), 'export, clonemedium, createmedium, convertfromraw'),
      ...each(
        mutate({ resources: 'first', decide: notes((names) => `VBoxManage showvminfo ${names}`) }),
        'startvm, modifyvm, createvm, registervm, import, clonevm, setextradata, storageattach, storagectl, sharedfolder, movevm, guestproperty, natnetwork, hostonlyif, adoptstate, encryptvm',
      ),
      controlvm: destroy({ resources: 'first', inverse: 'VBoxManage startvm' }),
      snapshot: mutate({
        resources: 'first',
        decide: (call) => {
          const verb = call.parsed.operands[1]?.value;
          return /^(delete|restore|restorecurrent)$/.test(verb ?? '') ? { effect: 'destroy' } : undefined;
        },
      }),
      ...each(
        destroy({ resources: 'first' }),
        'unregistervm, closemedium, discardstate, modifymedium, hostonlyif remove',
      ),
    },
  },
  {
    names: 'rpm-ostree ostree bootc',
    source: 'help text or man page (Debian 12), and documentation: rpm-ostree 2024, bootc 1',
    network: true,
    commands: {
      ...each(
        read(here),
        'status, db list|diff|version, log, refs, ls, cat, show, diff, admin status, fsck, remote list|show-url|refs, rev-parse, config get, search, container image list',
      ),
      usroverlay: mutate({ why: 'mounts a writable /usr until the next boot', inverse: 'systemctl reboot' }),
      kargs: read({
        captureFirst: 'rpm-ostree kargs',
        inverse: 'rpm-ostree rollback, or kargs with the words from before',
        values: '--append --delete --replace --append-if-missing --delete-if-present',
        when: {
          '--append --append-if-missing --replace --delete --delete-if-present --editor': {
            effect: 'mutate',
          },
          '--editor': { mode: 'terminal' },
        },
      }),
      ...each(
        mutate({
          dryRun: '--check --preview --dry-run -n',
          captureFirst: 'rpm-ostree status',
          inverse: 'rpm-ostree rollback, or bootc rollback',
          when: { '-r --reboot --apply': { effect: 'destroy', why: 'reboots the machine' } },
        }),
        'upgrade, update, install, deploy, rebase, initramfs, initramfs-etc, override replace, apply-live, switch, reload, refresh-md, cancel, admin deploy|pin|unlock|upgrade|switch, pull, pull-local, remote add, commit, checkout, summary, static-delta, config set, edit, compose, init',
      ),
      ...each(
        destroy({ captureFirst: 'rpm-ostree status' }),
        'uninstall, remove, reset, cleanup, rollback, override reset|remove, admin undeploy|cleanup, prune, remote delete, install to-disk|to-filesystem|to-existing-root',
      ),
    },
  },
];
