/** SELinux, AppArmor, auditing, and what looks for intruders. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, inner, names } from './common.ts';
import { destroy, each, mutate, opensSession, read, stream, type Tool, terminal } from './table.ts';

export const security: readonly Tool[] = [
  {
    names:
      'getenforce sestatus aa-status apparmor_status getsebool seinfo sesearch sealert audit2why ausearch aureport aulast aulastlog ausyscall',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  {
    names: 'setenforce',
    source: DEBIAN_PAGES,
    bare: mutate({
      captureFirst: 'getenforce',
      inverse: 'setenforce 0',
      decide: (call) =>
        /^(0|permissive)$/i.test(call.parsed.operands[0]?.value ?? '')
          ? { effect: 'destroy', why: 'setenforce 0 switches SELinux off', inverse: 'setenforce 1' }
          : undefined,
    }),
  },
  {
    names: 'setsebool',
    source: DEBIAN_PAGES,
    bare: mutate({
      resources: 'first',
      captureFirst: 'getsebool NAME',
      inverse: 'setsebool with the value from before',
    }),
  },
  {
    names: 'semanage',
    source: DEBIAN,
    values: '-t --type -p --proto -s --seuser -r --range -f -i --input_file',
    bare: mutate({
      captureFirst: 'semanage export, into a file',
      inverse: 'semanage import of that file',
      when: { '-d --delete -D --deleteall': { effect: 'destroy' } },
      decide: (call) =>
        (hasFlag(call.parsed, '-l --list -E --extract') || call.parsed.operands[0]?.value === 'export') &&
        !hasFlag(call.parsed, '-d -D --delete --deleteall')
          ? verdict('read', 'semanage -l reads')
          : undefined,
    }),
  },
  {
    names: 'semodule',
    source: DEBIAN,
    values: '-i --install -r --remove -u --upgrade -e --enable -d --disable -s -X -p',
    switches: '-l --list -B --build -R -n -D',
    bare: mutate({
      when: { '-r --remove -d --disable': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l --list') && !hasFlag(call.parsed, '-i -r -u -e -d')
          ? verdict('read', 'semodule -l reads')
          : undefined,
    }),
  },
  {
    names: 'audit2allow',
    source: DEBIAN,
    values: '-i --input -m -M -o -t -p',
    bare: read({ when: { '-M -o': { effect: 'local-write', why: 'audit2allow writes a module' } } }),
  },
  {
    names: 'aa-enforce aa-complain apparmor_parser aa-genprof aa-logprof aa-autodep aa-cleanprof',
    source: DEBIAN,
    bare: mutate({
      resources: names,
      inverse: 'aa-enforce or aa-complain, whichever it was before (aa-status tells)',
      when: { '-R --remove': { effect: 'destroy' }, '-N --names -Q --skip-kernel-load -p --preprocess': {} },
      decide: (call) =>
        /^aa-(genprof|logprof)$/.test(call.name)
          ? terminal
          : call.name === 'aa-complain'
            ? {
                effect: 'destroy',
                why: 'aa-complain no longer enforces a profile',
                inverse: 'aa-enforce of the same profile',
              }
            : undefined,
    }),
  },
  {
    names: 'aa-disable aa-teardown aa-remove-unknown',
    source: DEBIAN,
    bare: destroy({ resources: names, inverse: 'aa-enforce of the same profile' }),
  },
  {
    names: 'auditctl augenrules',
    source: DEBIAN,
    values: '-a -A -w -p -k -S -F -e -b -f -r',
    bare: mutate({
      captureFirst: 'auditctl -l, into a file',
      inverse: 'auditctl -R of that file',
      when: { '-D -d -W': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-l -s -v --check') ? verdict('read', 'auditctl -l reads') : undefined,
    }),
  },
  {
    names: 'aide tripwire samhain',
    source: DEBIAN,
    values: '-c --config -r --report',
    bare: mutate({
      when: { '-i --init -u --update': { effect: 'mutate', why: 'makes the data base of the files anew' } },
      decide: (call) =>
        hasFlag(call.parsed, '-C --check --compare -E -D --config-check -v --version -m') ||
        (call.name === 'aide' && call.parsed.flags.length === 0)
          ? verdict('read', `${call.name} only checks`)
          : undefined,
    }),
  },
  {
    names: 'rkhunter chkrootkit lynis clamscan clamdscan debsecan oscap usg osqueryi',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-d --database -l --log --report --results --profile',
    bare: read({
      when: {
        '--remove': { effect: 'destroy', why: 'it deletes what it finds' },
        '--move --propupd --update': { effect: 'mutate' },
        '--results --report --log -l --logfile': { effect: 'local-write' },
        '--remediate': { effect: 'mutate' },
      },
      decide: (call) => {
        if (
          call.name === 'rkhunter' &&
          hasFlag(call.parsed, '-c --check') &&
          !hasFlag(call.parsed, '--sk --skip-keypress --cronjob')
        )
          return terminal;
        if (call.name === 'osqueryi')
          return call.parsed.operands.length === 0 && call.stdin.kind === 'inherited' ? terminal : undefined;
        return call.name === 'usg' && call.args[0]?.value === 'fix' ? { effect: 'mutate' } : undefined;
      },
    }),
  },
  {
    names: 'freshclam maldet',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    bare: mutate(),
  },
  {
    names: 'cscli',
    source: 'help text or man page (Debian 12), and documentation: CrowdSec 1.6',
    values: '-o -c -i --ip -d --duration -r --range -s',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words.some((word) => /^(delete|remove|flush|prune|disable)$/.test(word))) return destroy();
      return words.some((word) => /^(list|inspect|explain|status|show|version|metrics)$/.test(word))
        ? read()
        : mutate();
    },
    commands: { version: read(), metrics: read() },
  },
  {
    names: 'bwrap systemd-nspawn',
    source: DEBIAN,
    values:
      '-D --directory -M --machine -u --user --bind --ro-bind --dev-bind --tmpfs --proc --dev --setenv --unsetenv --chdir --profile',
    stopAtOperand: true,
    style: 'long',
    bare: mutate({
      why: 'starts a sandbox',
      runs: inner(),
      decide: (call) =>
        call.parsed.operands.length === 0 && call.parsed.rest === null
          ? opensSession('it opens a shell')
          : undefined,
    }),
  },
  {
    names: 'fail2ban-regex',
    source: DEBIAN,
    bare: read(),
  },
  {
    names: 'fail2ban-client',
    source: DEBIAN,
    values: '-c -s -p --loglevel --logtarget',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      if (words.some((word) => /^(stop|unban|unbanip|del\w+|flushlogs)$/.test(word)))
        return words.some((word) => /^unban/.test(word))
          ? mutate()
          : destroy({ inverse: 'fail2ban-client start' });
      if (/^(status|get|ping|version|banned|echo)$/.test(words[0] ?? '')) return read();
      return /^(set|start|reload|restart|add)$/.test(words[0] ?? '')
        ? mutate({
            resources: (inside) => names(inside).slice(-1),
            inverse: words.includes('banip')
              ? 'fail2ban-client set JAIL unbanip ADDRESS'
              : 'the same with the value from before',
          })
        : undefined;
    },
    commands: { ping: read() },
  },
  {
    names: 'utmpdump',
    source: DEBIAN,
    bare: read({ when: { '-r --reverse -o --output': { effect: 'local-write' } } }),
  },
  {
    names: 'falco',
    source: 'from documentation: Falco 0.38',
    bare: read({
      decide: (call) => (hasFlag(call.parsed, '-L -l --list --version -V --dry-run') ? undefined : stream),
    }),
  },
  {
    names: 'tpm2_getcap tpm2_pcrread',
    source: 'from documentation',
    bare: read(),
  },
  {
    names: 'clevis',
    source: 'from documentation: clevis 19',
    commands: {
      ...each(read(), 'luks list, luks report'),
      decrypt: read({ readsSecrets: true }),
      ...each(read(), 'encrypt'),
      ...each(mutate(terminal), 'luks bind, luks edit, luks regen, luks unlock'),
      'luks unbind': destroy(terminal),
      'luks pass': read({ readsSecrets: true }),
    },
  },
];
