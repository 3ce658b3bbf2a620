/** systemd's smaller programs: names, devices, boot loader, temporary files, mounts. */
import { verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
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

const SOURCE = 'help text or man page (Debian 12), and the man pages of systemd 252';

/** `resolvectl`, and by its old name `systemd-resolve`. */
const RESOLVES: Readonly<Record<string, Outcome>> = {
  ...each(read(), 'status, statistics, show-cache, show-server-state, log-level'),
  ...each(read({ network: true }), 'query, service, openpgp, tlsa'),
  ...each(
    mutate({ why: 'resolvectl empties or resets what the resolver knows' }),
    'flush-caches, reset-statistics, reset-server-features',
  ),
  monitor: read(stream),
  // With a link alone they tell what is set; with more they set it.
  ...each(
    read({
      captureFirst: 'resolvectl status',
      inverse: 'resolvectl revert of the link',
      decide: (call) =>
        call.parsed.operands.length > 1
          ? { effect: 'mutate', why: `resolvectl ${call.path} changes the resolver` }
          : undefined,
    }),
    'dns, domain, default-route, llmnr, mdns, dnsovertls, dnssec, nta',
  ),
  revert: mutate(),
};

function networking(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  if (
    /^(list|lldp|info|settle|verify|test|test-builtin|tree|introspect|get-property|is-installed|cat|capture|list-\w+|wait|label|status)$/.test(
      word,
    )
  )
    return read();
  if (word === 'monitor') return read(stream);
  if (/^(down|delete|remove|set-default|random-seed|unlink|cleanup)$/.test(word))
    return destroy({
      resources: (inside) => names(inside, 1),
      ...(word === 'down'
        ? { captureFirst: 'networkctl status of the link', inverse: 'networkctl up of the same link' }
        : {}),
    });
  if (word === 'edit') return mutate(terminal);
  return /^(up|renew|reload|reconfigure|forcerenew|trigger|control|call|set-property|emit|install|update|hwdb|mask|unmask|set-oneshot|set-timeout|kernel-identify|kernel-inspect|reboot-to-firmware)$/.test(
    word,
  )
    ? mutate({ resources: (inside) => names(inside, 1) })
    : undefined;
}

export const systemdOthers: readonly Tool[] = [
  {
    names: 'resolvectl',
    source: SOURCE,
    values: '-i --interface -p --protocol -t --type -c --class --legend',
    commands: RESOLVES,
    bare: read(),
  },
  {
    names: 'systemd-resolve',
    source: 'from documentation: the man pages of systemd 252',
    values: '-i --interface -t --type -c --class --set-dns --set-domain',
    bare: read({
      when: {
        '--set-dns --set-domain --set-llmnr --set-mdns --set-dnssec --flush-caches --reset-statistics --reset-server-features':
          { effect: 'mutate' },
        '--revert': { effect: 'destroy' },
      },
    }),
  },
  {
    names: 'networkctl bootctl busctl udevadm',
    source: SOURCE,
    values: '-p --property -n --name -q --query -a --attribute -s --subsystem-match --action -c -t --timeout',
    switches: '-a --attribute-walk --all --no-pager --no-legend',
    otherwise: networking,
    bare: read(),
    commands: { status: read() },
  },
  {
    names: 'systemd-tmpfiles',
    source: SOURCE,
    values: '--prefix --exclude-prefix --root --image --replace',
    bare: mutate({
      dryRun: '--dry-run',
      when: { '--remove --clean --purge': { effect: 'destroy', why: 'systemd-tmpfiles removes files' } },
      decide: (call) =>
        hasFlag(call.parsed, '--cat-config --tldr')
          ? verdict('read', 'systemd-tmpfiles --cat-config prints')
          : undefined,
    }),
  },
  {
    names:
      'systemd-sysusers systemd-hwdb systemd-machine-id-setup systemd-firstboot systemd-sysext systemd-confext',
    source: SOURCE,
    values: '--root --image --replace',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (/^(status|list|query)$/.test(word)) return read();
      return word === 'unmerge' ? destroy({ inverse: 'systemd-sysext merge' }) : mutate();
    },
    bare: mutate({
      dryRun: '--dry-run',
      decide: (call) =>
        hasFlag(call.parsed, '--cat-config') ? verdict('read', 'prints its configuration') : undefined,
    }),
    commands: { status: read() },
  },
  {
    names: 'systemd-mount',
    source: SOURCE,
    values: '-t --type -o --options --owner --timeout-idle-sec -p --property -H --host -M --machine',
    bare: mutate({
      inverse: 'systemd-umount of the same path',
      resources: names,
      decide: (call) =>
        hasFlag(call.parsed, '--list')
          ? verdict('read', 'systemd-mount --list reads')
          : hasFlag(call.parsed, '-u --umount')
            ? { inverse: 'systemd-mount of the same path' }
            : undefined,
    }),
  },
  {
    names: 'systemd-umount',
    source: SOURCE,
    bare: mutate({ resources: names, inverse: 'systemd-mount of the same path' }),
  },
  {
    names: 'systemd-creds',
    source: SOURCE,
    values: '--name --with-key --tpm2-device --not-after',
    commands: {
      ...each(read(), 'list, has-tpm2'),
      ...each(read({ readsSecrets: true }), 'cat'),
      decrypt: read({ readsSecrets: true }),
      encrypt: local(),
      setup: mutate(),
    },
  },
  {
    names: 'systemd-ask-password systemd-tty-ask-password-agent',
    source: SOURCE,
    bare: read({ readsSecrets: true, ...terminal }),
  },
  {
    names: 'systemd-cryptenroll',
    source: SOURCE,
    values: '--unlock-key-file --wipe-slot',
    style: 'long',
    bare: mutate({
      when: { '--wipe-slot': { effect: 'destroy', why: 'takes a key of the volume away' } },
      decide: (call) =>
        call.parsed.flags.length === 0
          ? verdict('read', 'systemd-cryptenroll lists')
          : flagValue(call.parsed, '--unlock-key-file')
            ? undefined
            : terminal,
    }),
  },
  {
    names: 'systemd-repart',
    source: SOURCE,
    bare: mutate({
      why: 'systemd-repart changes partitions',
      decide: (call) =>
        hasFlag(call.parsed, '--dry-run') && flagValue(call.parsed, '--dry-run')?.value === 'no'
          ? { effect: 'destroy' }
          : verdict('read', 'systemd-repart only rehearses'),
    }),
  },
  {
    names: 'oomctl userdbctl homectl portablectl',
    source: SOURCE,
    values: '-i --identity',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (
        /^(dump|list|inspect|user|group|groups-of-user|users-in-group|services|is-attached|status|ssh-authorized-keys)$/.test(
          word,
        )
      )
        return read();
      if (/^(remove|detach|deactivate|lock|lock-all|deactivate-all)$/.test(word))
        return destroy({ resources: (inside) => names(inside, 1) });
      return /^(passwd)$/.test(word)
        ? destroy(terminal)
        : /^(with)$/.test(word)
          ? runs('homectl runs a command')
          : mutate();
    },
    bare: read(),
    commands: { list: read() },
  },
];
