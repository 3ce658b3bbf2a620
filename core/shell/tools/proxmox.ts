/** Proxmox VE's own tools. From documentation: Proxmox VE 8. */
import type { Verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const SOURCE = 'from documentation: Proxmox VE 8';
const session = opensSession('it opens a session');
const first = { resources: 'first' } as const;

/** The command behind the machine's number. */
function inside(call: Call): Verdict | undefined {
  const words = commandAfter(call, '--timeout --synchronous --pass-stdin --keep-env', 1);
  return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
}

const machine: Readonly<Record<string, Outcome>> = {
  ...each(
    read(),
    'list, status, config, pending, listsnapshot, showcmd, df, cpusets, help, wait, cloudinit dump|pending, guest exec-status, fstrim',
  ),
  ...each(session, 'enter, terminal, console, monitor'),
  ...each(mutate({ ...first, inverse: 'shutdown of the same number' }), 'start'),
  ...each(mutate({ ...first, inverse: 'destroy of the new number' }), 'create, clone, restore, importovf'),
  set: mutate({
    ...first,
    captureFirst: 'config of the same number',
    inverse: 'set with the values from before',
    when: { '--delete -delete': { effect: 'destroy', why: 'set --delete removes a setting or a disk' } },
  }),
  snapshot: mutate({ ...first, inverse: 'delsnapshot' }),
  resume: mutate({ ...first, inverse: 'suspend of the same number' }),
  ...each(
    mutate({ ...first, captureFirst: 'config of the same number' }),
    'migrate, remote-migrate, remote_migrate, resize, disk resize|move|import|rescan, move_disk, move-disk, move_volume, move-volume, importdisk, template, unlock, mount, push, sendkey, cloudinit update, nbdstop, rescan, guest cmd|passwd, mtunnel',
  ),
  ...each(mutate(first), 'unmount'),
  pull: local(),
  vncproxy: read(stream),
  ...each(
    read({
      why: 'runs in the machine',
      runs: inside,
      decide: (call) =>
        inside(call) === undefined
          ? { effect: 'unknown', why: `unknown: ${call.name} ${call.path} without a command` }
          : undefined,
    }),
    'exec, guest exec',
  ),
  ...each(destroy({ ...first, inverse: 'start of the same number' }), 'stop, shutdown'),
  suspend: destroy({ ...first, inverse: 'resume of the same number' }),
  ...each(destroy(first), 'reboot, reset'),
  destroy: destroy({
    ...first,
    why: 'deletes the machine and its disks',
    captureFirst: 'vzdump of the same number',
    inverse: 'qmrestore or pct restore of the backup',
  }),
  ...each(destroy({ ...first, captureFirst: 'listsnapshot of the same number' }), 'delsnapshot, rollback'),
  ...each(destroy(first), 'unlink, disk unlink, fsck'),
};

/** The rest names what it does by its words. */
function byVerb(call: Call): Outcome | undefined {
  for (const { value } of call.parsed.operands.slice(0, 3)) {
    if (
      /^(list|ls|status|config|nodes|nodelist|get|usage|path|scan|available|help|permissions|dump|pools|lspools|versions?|apiinfo|keys|schedule)$/.test(
        value,
      )
    )
      return read();
    if (
      /^(delete|remove|rm|destroy|delnode|free|purge|prune-backups|stop|disable|crm-command|destroycephfs)$/.test(
        value,
      )
    )
      return destroy({ captureFirst: 'the list of what is there' });
    if (
      /^(add|set|create|alloc|modify|migrate|relocate|update|updatecerts|expected|import|enable|start|init|install|keygen|download|push|extractconfig|restore|run|schedule-now|startall|order|qdevice|mtunnel|acme|ticket|realm|sync|append)$/.test(
        value,
      )
    )
      return mutate();
    if (/^stopall$/.test(value)) return destroy({ scope: 'all' });
    if (/^export$/.test(value)) return local();
    if (/^passwd$/.test(value)) return mutate(terminal);
  }
  return undefined;
}

export const proxmox: readonly Tool[] = [
  {
    names: 'qm pct',
    source: SOURCE,
    style: 'long',
    values:
      '--timeout -timeout --memory -memory --cores --storage --target -target --snapname --description --node --delete -delete --net0 --scsi0 --name --hostname --full --format --synchronous',
    commands: machine,
  },
  {
    names:
      'pvesm pvesh pvecm pveum ha-manager pveceph pveam pvesr pvenode pvesubscription pveversion pveperf',
    source: SOURCE,
    style: 'long',
    otherwise: byVerb,
    bare: read(),
    // A tool without sub-commands takes any word.
    commands: { help: read() },
  },
  {
    names: 'vzdump',
    source: SOURCE,
    style: 'long',
    values: '--storage --mode --compress --dumpdir --mailto --exclude --bwlimit',
    bare: local({
      resources: 'all',
      why: 'vzdump writes a backup',
      when: { '--stop -stop': { effect: 'mutate' } },
    }),
  },
  {
    names: 'qmrestore pctrestore',
    source: SOURCE,
    style: 'long',
    values: '--storage --pool --bwlimit',
    bare: mutate({
      resources: (call) => call.parsed.operands.slice(1, 2).map((arg) => arg.value),
      decide: (call) =>
        hasFlag(call.parsed, '--force -force')
          ? { effect: 'destroy', why: 'overwrites the machine that is there' }
          : undefined,
    }),
  },
];
