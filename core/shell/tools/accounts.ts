/** Accounts, groups and passwords of one machine. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  type Tool,
  terminal,
} from './table.ts';

/** The account stands last: `usermod -aG docker deploy`. */
const account = (call: Call): readonly string[] => names(call).slice(-1);

/** Setting a password loses the one from before; locking does not. */
function passwd(call: Call): Partial<Outcome> | undefined {
  const { parsed, stdin } = call;
  if (hasFlag(parsed, '-l --lock'))
    return { why: 'passwd -l locks the account', inverse: 'passwd -u of the same account' };
  if (hasFlag(parsed, '-u --unlock'))
    return { why: 'passwd -u unlocks the account', inverse: 'passwd -l of the same account' };
  if (hasFlag(parsed, '-e --expire -x --maxdays -n --mindays -w --warndays -i --inactive'))
    return {
      captureFirst: 'chage -l of the account',
      inverse: 'the same options with the values from before',
    };
  const lost = {
    effect: 'destroy' as const,
    why: 'passwd replaces the password, and nobody can put the old one back',
  };
  if (hasFlag(parsed, '-d --delete')) return { ...lost, why: 'passwd -d removes the password' };
  return hasFlag(parsed, '--stdin') || stdin.kind !== 'inherited' ? lost : { ...lost, ...terminal };
}

const LISTS = '-l --list';

export const accounts: readonly Tool[] = [
  {
    names: 'useradd adduser groupadd addgroup newusers',
    source: DEBIAN,
    values:
      '-u --uid -g --gid -G --groups -d --home-dir --home -s --shell -c --comment --gecos -e --expiredate -f --inactive -k --skel -p --password -K --key -b --base-dir -Z --ingroup --firstuid --lastuid',
    switches:
      '-m -r --system -M -N -U -o -D --defaults --create-home --disabled-password --disabled-login --no-create-home',
    bare: mutate({
      resources: account,
      inverse: 'userdel or groupdel of the same name',
      decide: (call) => {
        if (call.name === 'adduser' && call.parsed.operands.length < 2 && call.stdin.kind === 'inherited')
          return hasFlag(call.parsed, '--disabled-password --disabled-login --system --gecos --comment')
            ? undefined
            : terminal;
        return call.name === 'useradd' && hasFlag(call.parsed, '-D --defaults') && call.args.length === 1
          ? verdict('read', 'useradd -D shows its defaults')
          : undefined;
      },
    }),
  },
  {
    names: 'usermod groupmod chsh chfn lchsh',
    source: DEBIAN,
    values:
      '-u --uid -g --gid -G --groups -d --home -s --shell -c --comment -e --expiredate -f --inactive -l --login -p --password -n --new-name -R --root -h -o -r -w',
    switches: '-a --append -L --lock -U --unlock -m --move-home',
    bare: mutate({
      resources: account,
      captureFirst: 'getent passwd and id of the account',
      inverse: 'usermod with the values from before',
      decide: (call) =>
        /^(chsh|chfn)$/.test(call.name) && call.parsed.flags.length === 0
          ? terminal
          : call.name === 'chsh' && hasFlag(call.parsed, '-l --list-shells')
            ? verdict('read', 'chsh -l lists shells')
            : undefined,
    }),
  },
  {
    names: 'chpasswd chgpasswd',
    source: DEBIAN,
    values: '-c -R -s',
    bare: destroy({
      why: 'replaces passwords, and nobody can put the old ones back',
      scope: 'many',
      asks: '',
    }),
  },
  {
    names: 'pwconv grpconv pwunconv grpunconv pwck grpck',
    source: DEBIAN,
    switches: '-r -q -s',
    bare: mutate({
      decide: (call) =>
        /ck$/.test(call.name)
          ? hasFlag(call.parsed, '-r --read-only')
            ? verdict('read', `${call.name} -r only checks`)
            : terminal
          : undefined,
    }),
  },
  {
    names: 'userdel deluser groupdel delgroup',
    source: DEBIAN,
    values: '-R --root -P --backup-to --group',
    bare: destroy({
      why: 'removes an account or a group',
      resources: names,
      captureFirst: 'getent passwd and id of the account, and a copy of its home',
      inverse: 'useradd with the same ids (its files may be gone)',
    }),
  },
  {
    names: 'gpasswd',
    source: DEBIAN,
    values: '-a --add -d --delete -M --members -A --administrators',
    bare: mutate({
      resources: account,
      captureFirst: 'getent group of the group',
      inverse: 'gpasswd -d in place of -a, or -a in place of -d',
      when: { '-d --delete -r --remove-password --delete-password': { effect: 'destroy' } },
      decide: (call) =>
        hasFlag(call.parsed, '-a --add -d --delete -M --members -A -r -R') ? undefined : terminal,
    }),
  },
  {
    names: 'passwd',
    source: DEBIAN,
    values: '-x --maxdays -n --mindays -w --warndays -i --inactive -R --root',
    switches: '-l -u -d -e -S -a -q -f',
    bare: mutate({
      resources: 'first',
      decide: (call) =>
        hasFlag(call.parsed, '-S --status') ? verdict('read', 'passwd -S reads') : passwd(call),
    }),
  },
  {
    names: 'chage',
    source: DEBIAN,
    values: '-d -E -I -m -M -W --expiredate --lastday --maxdays --mindays --inactive --warndays',
    bare: mutate({
      resources: 'first',
      captureFirst: 'chage -l of the account',
      inverse: 'chage with the values from before',
      decide: (call) =>
        hasFlag(call.parsed, LISTS)
          ? verdict('read', 'chage -l reads')
          : hasFlag(
                call.parsed,
                '-d -E -I -m -M -W --expiredate --lastday --maxdays --mindays --inactive --warndays',
              )
            ? undefined
            : terminal,
    }),
  },
  {
    names: 'faillock pam_tally2 pam-auth-update authselect',
    source: DEBIAN,
    values: '--user -u --dir',
    bare: read({
      when: {
        '--reset -r': { effect: 'mutate', why: 'forgets failed logins' },
        '--enable --disable --remove --package --force': { effect: 'mutate' },
      },
      decide: (call) => {
        if (call.name === 'pam-auth-update' && call.args.length === 0)
          return { effect: 'mutate', ...terminal };
        const word = call.parsed.operands[0]?.value ?? '';
        return call.name === 'authselect' &&
          !/^(current|list|show|check|test|list-features|requirements|backup-list|)$/.test(word)
          ? {
              effect: 'mutate',
              captureFirst: 'authselect current',
              inverse: 'authselect select of the profile from before',
            }
          : undefined;
      },
    }),
  },
  {
    names: 'lslogins getsubids quota repquota warnquota',
    source: DEBIAN,
    bare: read(),
  },
  {
    names: 'setquota edquota quotaon quotaoff quotacheck xfs_quota',
    source: DEBIAN,
    values: '-c -t -f',
    bare: mutate({
      captureFirst: 'repquota of the file system',
      inverse: 'setquota with the values from before',
      decide: (call) => {
        if (call.name === 'edquota') return hasFlag(call.parsed, '-p') ? undefined : terminal;
        if (call.name === 'quotaoff')
          return { effect: 'destroy', why: 'quotaoff lifts the quotas', inverse: 'quotaon' };
        if (call.name !== 'xfs_quota') return undefined;
        const text = call.parsed.flags
          .filter((flag) => flag.name === '-c')
          .map((flag) => flag.value?.value ?? '');
        if (text.length === 0) return opensSession('xfs_quota opens a prompt');
        return text.every((command) => /^(report|quota|df|free|print|state|dump|help)\b/.test(command))
          ? verdict('read', 'xfs_quota reports')
          : undefined;
      },
    }),
  },
  {
    names: 'visudo',
    source: DEBIAN,
    values: '-f --file -x --export',
    bare: local({
      why: 'opens an editor',
      mode: 'terminal',
      decide: (call) =>
        hasFlag(call.parsed, '-c --check') ? verdict('read', 'visudo -c checks the file') : undefined,
    }),
  },
  {
    names: 'realm adcli',
    source: 'help text or man page (Debian 12), and documentation: realmd 0.17',
    values: '-U --user --computer-ou -D --domain --login-user',
    network: true,
    commands: {
      ...each(read(), 'list, discover, info, testjoin'),
      ...each(
        mutate({ why: 'joins the machine to a domain, with a password that it asks for', ...terminal }),
        'join',
      ),
      ...each(mutate(), 'permit, update, preset-computer, create-user, create-group, add-member'),
      ...each(
        destroy(),
        'leave, deny, delete-user, delete-group, delete-computer, remove-member, reset-computer',
      ),
    },
  },
  {
    names: 'sss_cache nscd',
    source: 'help text or man page (Debian 12), and documentation: SSSD 2.8',
    values: '-u -g -d -n -i --invalidate',
    bare: mutate({
      why: 'empties a cache of names',
      decide: (call) =>
        call.name === 'nscd' && hasFlag(call.parsed, '-g --statistics')
          ? verdict('read', 'nscd -g reads')
          : undefined,
    }),
  },
  {
    names: 'sssctl',
    source: 'help text or man page (Debian 12), and documentation: SSSD 2.8',
    commands: {
      ...each(
        read(),
        'domain-list, domain-status, user-checks, user-show, group-show, netgroup-show, config-check, access-report, cert-show, logs-fetch',
      ),
      ...each(mutate(), 'cache-expire, client-data-backup, debug-level, cache-index, cache-upgrade'),
      ...each(destroy(), 'cache-remove, client-data-restore, logs-remove'),
    },
  },
];
