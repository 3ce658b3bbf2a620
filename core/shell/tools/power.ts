/** Power, firmware and what a machine is set up from. */

import { sessionOpened, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

function runlevel(call: Call): Outcome | undefined {
  const level = call.parsed.operands[0]?.value ?? '';
  if (/^(q|Q|u|U)$/.test(level)) return mutate();
  return /^([0-6sSaAbBcC])$/.test(level)
    ? destroy({ why: `${call.name} ${level} changes the run level`, scope: 'all' })
    : undefined;
}

function ipmi(call: Call): Outcome | Verdict | undefined {
  const text = call.parsed.operands.map((arg) => arg.value).join(' ');
  if (
    /^(chassis )?power (status)\b|^chassis (status|selftest|restart_cause)|^(sdr|sensor( list)?$|sensor (list|get)|sel( |$)(?!clear|delete)|fru( print)?|mc (info|selftest|watchdog get)|lan print|user (list|summary)|sol (info|status)|bmc info|channel (info|getaccess)|dcmi|session info)/.test(
      text,
    )
  )
    return read();
  if (
    /^(chassis )?power (off|cycle|reset|soft|diag)\b|^sel (clear|delete)|^(mc|bmc) reset|^user disable/.test(
      text,
    )
  )
    return destroy({ why: `ipmitool ${text} takes the machine out of service, or removes its log` });
  if (/^sol activate/.test(text)) return sessionOpened('opens a console');
  if (/^(shell|exec)\b/.test(text)) return runs('ipmitool takes commands', text === 'shell' ? terminal : {});
  return text !== '' ? mutate() : undefined;
}

export const power: readonly Tool[] = [
  {
    names: 'canonical-livepatch kpatch',
    source: 'from documentation',
    commands: {
      ...each(read(), 'status, list, help, version, info'),
      ...each(mutate(), 'enable, refresh, load, install, config'),
      ...each(destroy(), 'disable, unload, uninstall'),
    },
  },
  {
    names: 'pro ua',
    source: 'from documentation: Ubuntu Pro client 30',
    switches: '--assume-yes --all --simulate-with-token-info --dry-run',
    commands: {
      ...each(read(), 'status, help, version, security-status, api, collect-logs'),
      ...each(mutate({ asks: '--assume-yes' }), 'attach, enable, refresh, config, auto-attach'),
      fix: mutate({ dryRun: '--dry-run' }),
      ...each(destroy({ asks: '--assume-yes' }), 'detach, disable'),
    },
  },
  {
    names: 'cloud-init',
    source: 'help text or man page (Debian 12), and documentation: cloud-init 23',
    commands: {
      ...each(read(), 'status, query, analyze, features, schema'),
      status: read({ when: { '-w --wait': {} } }),
      clean: destroy({ why: 'cloud-init clean makes the next boot set the machine up anew' }),
      ...each(mutate(), 'init, modules, single, devel, collect-logs'),
    },
  },
  {
    names: 'kdumpctl kdump-config',
    source: 'from documentation',
    commands: {
      ...each(read(), 'status, show, showmem, estimate, test'),
      ...each(mutate(), 'start, restart, rebuild, load, reload, reset-crashkernel'),
      ...each(destroy(), 'stop, unload'),
    },
  },
  {
    names: 'ipmitool',
    source: 'help text or man page (Debian 12), and documentation: ipmitool 1.8',
    values: '-I -H -U -P -L -f -E -p -C',
    targets: { host: '-H', user: '-U' },
    network: false,
    otherwise: ipmi,
    commands: { help: read() },
  },
  {
    names: 'fwupdmgr',
    source: 'from documentation: fwupd 1.8',
    switches: '-y --assume-yes --no-reboot-check --force',
    commands: {
      ...each(
        read(),
        'get-devices, get-updates, get-upgrades, get-history, get-remotes, get-details, get-results, get-topology, security, verify',
      ),
      ...each(
        mutate(),
        'refresh, enable-remote, disable-remote, report-history, modify-config, clear-results',
      ),
      ...each(
        mutate({ why: 'installs firmware', asks: '-y --assume-yes' }),
        'update, upgrade, install, reinstall, activate',
      ),
      ...each(destroy({ asks: '-y --assume-yes' }), 'downgrade'),
    },
  },
  {
    names: 'storcli storcli64 perccli megacli MegaCli64 arcconf ssacli',
    source: 'from documentation',
    bare: runs('a RAID controller with these words is in no table', {
      decide: (call) => {
        const text = call.args.map((arg) => arg.value.toLowerCase()).join(' ');
        if (/\b(del(ete)?|clear|init(ialize)?|erase|-cfgclr|-cfglddel|offline|missing|remove)\b/.test(text))
          return { effect: 'destroy' };
        return undefined;
      },
    }),
    judge: (call) => {
      const words = call.args.map((arg) => arg.value.toLowerCase());
      return words.length > 0 &&
        words.some((word) =>
          /^(show|-ldinfo|-pdlist|-adpallinfo|-adpbbucmd|getconfig|getlogs|-cfgdsply)$/.test(word),
        ) &&
        !words.some(
          (word) =>
            /^(del|delete|set|start|stop|clear|erase|add|create|modify|remove|init|flash|download)/.test(
              word,
            ) || word.includes('='),
        )
        ? verdict('read', `${call.name} shows`)
        : undefined;
    },
  },
  {
    names: 'shutdown',
    source: DEBIAN,
    style: 'long',
    noHelp: false,
    bare: destroy({
      why: 'shutdown takes the machine out of service',
      scope: 'all',
      inverse: 'shutdown -c, until the time has come',
      decide: (call) =>
        call.args.some((arg) => arg.value === '-c')
          ? verdict('mutate', 'shutdown -c cancels a planned shutdown')
          : call.args.every((arg) => /^(-k|--show)$/.test(arg.value)) &&
              call.args.some((arg) => arg.value === '--show')
            ? verdict('read', 'shutdown --show tells what is planned')
            : undefined,
    }),
  },
  {
    names: 'reboot poweroff halt',
    source: DEBIAN,
    bare: destroy({
      why: 'takes the machine out of service',
      scope: 'all',
      decide: (call) =>
        hasFlag(call.parsed, '-w --wtmp-only') ? verdict('local-write', 'only writes a record') : undefined,
    }),
  },
  {
    names: 'kexec',
    source: DEBIAN,
    values: '-p -t --initrd --append --command-line',
    bare: destroy({
      why: 'takes the machine out of service',
      scope: 'all',
      decide: (call) =>
        hasFlag(call.parsed, '-e --exec')
          ? undefined
          : hasFlag(call.parsed, '-l --load -p --load-panic')
            ? verdict('mutate', 'kexec -l loads a kernel for later')
            : hasFlag(call.parsed, '-u --unload')
              ? verdict('mutate', 'kexec -u forgets the kernel that was loaded')
              : undefined,
    }),
  },
  {
    names: 'init telinit',
    source: DEBIAN,
    bare: runs('it changes the run level'),
    commands: { 0: destroy({ scope: 'all' }), 6: destroy({ scope: 'all' }) },
    otherwise: runlevel,
  },
  {
    names: 'rtcwake',
    source: DEBIAN,
    values: '-m --mode -s --seconds -t --time -d',
    bare: destroy({
      why: 'suspends the machine',
      dryRun: '-n --dry-run',
      decide: (call) =>
        /\b(show|no)\b/.test(call.args.map((arg) => arg.value).join(' '))
          ? verdict('mutate', 'sets the alarm of the clock')
          : undefined,
    }),
  },
  {
    names: 'rfkill',
    source: DEBIAN,
    commands: {
      ...each(read(), 'list'),
      event: read(stream),
      unblock: mutate({ inverse: 'rfkill block' }),
      ...each(destroy({ inverse: 'rfkill unblock', resources: 'first' }), 'block, toggle'),
    },
    bare: read(),
  },
];
