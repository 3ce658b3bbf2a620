/** The kernel of one machine, its start and its end: settings, modules, boot loader, power. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** `sysctl -w a=b` and `sysctl a=b` set; `-p` loads files. */
function sysctl(call: Call): Partial<Outcome> | undefined {
  const sets =
    hasFlag(call.parsed, '-w --write') || call.parsed.operands.some((arg) => arg.value.includes('='));
  if (sets) {
    const [name] = (call.parsed.operands[0]?.value ?? 'NAME').split('=');
    return {
      effect: 'mutate',
      why: 'sysctl changes the running kernel',
      captureFirst: `sysctl ${name}`,
      inverse: 'sysctl -w with the value from before',
    };
  }
  return hasFlag(call.parsed, '-p --load --system')
    ? { effect: 'mutate', why: 'sysctl loads settings from files', captureFirst: 'sysctl -a, into a file' }
    : undefined;
}

function settings(call: Call): readonly string[] {
  return call.parsed.operands
    .filter((arg) => arg.value.includes('=') && !arg.dynamic)
    .map((arg) => arg.value.split('=')[0] ?? '');
}

/** Programs of this table that only look with some of their options. */
const LOOKING: Readonly<Record<string, string>> = {
  swapon: '-s --show --summary',
  grubby: '--info --default-kernel --default-index --default-title',
  ldconfig: '-p -N --print-cache -v',
  dracut: '--list-modules --print-cmdline',
  efibootmgr: '-v --verbose',
  zramctl: '--output-all -n --noheadings -o --output --raw',
  dkms: '',
  chcpu: '-V',
  chmem: '-V',
};

function looking(call: Call): Partial<Outcome> | Verdict | undefined {
  const options = LOOKING[call.name];
  return options && hasFlag(call.parsed, options) && call.parsed.operands.length === 0
    ? verdict('read', `${call.name} reads`)
    : undefined;
}

export const kernel: readonly Tool[] = [
  {
    names: 'sysctl',
    source: DEBIAN,
    values: '-r --pattern',
    switches: '-a --all -n --values -N --names -w --write -q --quiet -e --ignore -p --load --system',
    bare: read({ decide: sysctl, resources: settings }),
  },
  {
    names: 'dmesg',
    source: DEBIAN,
    values:
      '-l --level -f --facility -n --console-level -s --buffer-size -F --file --since --until --time-format',
    switches:
      '-T --ctime -H --human -w --follow -W --follow-new -C --clear -c --read-clear -k -u -x -e -L -r -t -P --nopager',
    bare: read({
      when: {
        '-w --follow -W --follow-new': stream,
        '-C --clear -c --read-clear': {
          effect: 'destroy',
          why: 'dmesg -C clears the ring buffer',
          captureFirst: 'dmesg, into a file',
        },
        '-n --console-level -D --console-off -E --console-on': { effect: 'mutate' },
      },
    }),
  },
  {
    names: 'modprobe',
    source: DEBIAN_PAGES,
    bare: mutate({
      resources: 'first',
      inverse: 'modprobe -r of the same module',
      when: {
        '-r --remove': {
          effect: 'destroy',
          why: 'modprobe -r unloads a module',
          inverse: 'modprobe of the same module',
        },
        '-c --showconfig -D --show-depends --resolve-alias -R': {},
      },
      dryRun: '-n --show --dry-run',
      decide: (call) =>
        hasFlag(call.parsed, '-c --showconfig -D --show-depends --resolve-alias') &&
        !hasFlag(call.parsed, '-r --remove')
          ? verdict('read', 'modprobe only shows')
          : undefined,
    }),
  },
  {
    names: 'rmmod',
    source: DEBIAN_PAGES,
    bare: destroy({ resources: names, inverse: 'modprobe of the same module' }),
  },
  {
    names:
      'insmod depmod update-initramfs mkinitramfs update-grub grub-mkconfig grub2-mkconfig grub-install grub2-install grubby dracut mkinitcpio locale-gen update-locale grub-reboot grub2-reboot grub-set-default grub2-set-default kernel-install chcpu chmem',
    source: DEBIAN,
    values: '-o --output -k -u',
    bare: mutate({
      dryRun: '-n --dry-run',
      decide: (call) =>
        looking(call) ??
        (/mkconfig$/.test(call.name) && !hasFlag(call.parsed, '-o --output')
          ? verdict('read', `${call.name} prints the configuration`)
          : undefined),
    }),
  },
  {
    names: 'grub-editenv grub2-editenv',
    source: DEBIAN,
    otherwise: (call) => {
      const word = call.parsed.operands[1]?.value ?? '';
      return word === 'list' ? read() : word === 'unset' ? destroy() : mutate();
    },
    bare: read(),
    commands: { list: read() },
  },
  { names: 'ldconfig', source: DEBIAN, bare: mutate({ decide: looking }) },
  {
    names: 'efibootmgr',
    source: DEBIAN,
    values: '-b --bootnum -o --bootorder -n --bootnext -L -l -d -p -t',
    bare: read({
      when: {
        '-c --create -o --bootorder -n --bootnext -a --active -A --inactive -t --timeout -N -T': {
          effect: 'mutate',
          captureFirst: 'efibootmgr -v',
          inverse: 'efibootmgr -o with the order from before',
        },
        '-B --delete-bootnum -O --delete-bootorder -D --remove-dups': { effect: 'destroy' },
      },
    }),
  },
  {
    names: 'mokutil sbctl',
    source: 'from documentation',
    bare: read({
      when: {
        '--import --enable-validation --password --trust-mok': { effect: 'mutate', ...terminal },
        '--delete --reset --disable-validation --revoke-import': { effect: 'destroy', ...terminal },
      },
      decide: (call) => {
        const word = call.name === 'sbctl' ? (call.parsed.operands[0]?.value ?? '') : '';
        if (/^(reset|remove-file|remove-bundle)$/.test(word)) return { effect: 'destroy' };
        return word !== '' && !/^(status|verify|list-files|list-bundles|list-enrolled-keys)$/.test(word)
          ? { effect: 'mutate' }
          : undefined;
      },
    }),
  },
  {
    names: 'swapon',
    source: DEBIAN,
    values: '-p --priority -o --options -L -U',
    bare: mutate({
      resources: names,
      inverse: 'swapoff of the same',
      decide: (call) => (call.args.length === 0 ? verdict('read', 'swapon lists') : looking(call)),
    }),
  },
  {
    names: 'swapoff',
    source: DEBIAN,
    bare: mutate({ resources: names, captureFirst: 'swapon --show', inverse: 'swapon of the same' }),
  },
  {
    names: 'zramctl',
    source: DEBIAN,
    values: '-s --size -a --algorithm -t --streams -o --output',
    bare: read({
      when: {
        '-f --find -s --size -a --algorithm': { effect: 'mutate' },
        '-r --reset': { effect: 'destroy' },
      },
    }),
  },
  {
    names: 'tuned-adm',
    source: 'help text or man page (Debian 12), and documentation: TuneD 2.22',
    commands: {
      ...each(read(), 'list, active, recommend, verify, profile_info'),
      ...each(
        mutate({ captureFirst: 'tuned-adm active', inverse: 'tuned-adm profile with the one from before' }),
        'profile, auto_profile',
      ),
      off: destroy({
        captureFirst: 'tuned-adm active',
        inverse: 'tuned-adm profile with the one from before',
      }),
    },
  },
  {
    names: 'cpupower',
    source: DEBIAN,
    values: '-c --cpu -g -d -u -f',
    commands: {
      ...each(read(), 'frequency-info, idle-info, info, monitor, powercap-info'),
      ...each(
        mutate({
          captureFirst: 'cpupower frequency-info',
          inverse: 'the same command with the values from before',
        }),
        'frequency-set, idle-set, set',
      ),
    },
  },
  {
    names: 'dkms',
    source: DEBIAN,
    values: '-m -v -k -a',
    commands: {
      status: read(),
      ...each(mutate(), 'add, build, install, autoinstall, match'),
      ...each(destroy(), 'remove, uninstall, unbuild'),
    },
  },
];
