/** Directories and tickets: Kerberos, LDAP, FreeIPA, Samba. */
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
  opensSession,
  read,
  type Tool,
  terminal,
} from './table.ts';

/** A query of kadmin, as one text. */
function kadmin(call: Call): Partial<Outcome> {
  const text = flagValue(call.parsed, '-q')?.value ?? call.parsed.operands.map((arg) => arg.value).join(' ');
  if (text === '')
    return call.stdin.kind === 'inherited'
      ? opensSession('kadmin opens a prompt')
      : { effect: 'unknown', why: 'unknown: kadmin runs its input' };
  if (/^(list\w*|get\w*|getprivs|q|quit|help|\?|listprincs|getprinc)\b/.test(text)) return {};
  if (/^(del\w*|ktremove|ktrem|purgekeys|cpw|change_password|modprinc .*-clearpolicy)\b/.test(text))
    return { effect: 'destroy', why: 'kadmin removes principals or keys, or replaces a password' };
  return { effect: 'mutate', why: 'kadmin changes the directory' };
}

/** Entries of an LDIF that stands in the script. */
function ldif(call: Call): Partial<Outcome> | undefined {
  const text = call.stdin.kind === 'text' && !call.stdin.opaque ? call.stdin.text : '';
  return /^changetype:\s*(delete|modrdn)\b|^(delete|replace):/im.test(text)
    ? {
        effect: 'destroy',
        why: 'the LDIF deletes or replaces what is there',
        captureFirst: 'ldapsearch of the entries, into a file',
      }
    : undefined;
}

const LDAP_VALUES = '-H -h -p -D -w -y -b -s -f -F -l -z -o -O -R -U -X -Y -e -E -S -a -T -d';
const LDAP = { host: '-H -h' };
const PASSWORD = { '-W': terminal };

export const identity: readonly Tool[] = [
  {
    names: 'klist kvno',
    source: 'help text or man page (Debian 12), and documentation: MIT Kerberos 1.20',
    values: '-k -t -c',
    bare: read({ when: { '-K': { readsSecrets: true } } }),
  },
  {
    names: 'kinit',
    source: 'help text or man page (Debian 12), and documentation: MIT Kerberos 1.20',
    values: '-t -c -l -r -S -T -X -s',
    network: true,
    bare: local({
      why: 'kinit gets a ticket, and keeps it on this machine',
      inverse: 'kdestroy',
      decide: (call) =>
        hasFlag(call.parsed, '-k -R -V') && hasFlag(call.parsed, '-k -R')
          ? undefined
          : call.stdin.kind === 'inherited'
            ? terminal
            : undefined,
    }),
  },
  {
    names: 'kdestroy kswitch',
    source: 'help text or man page (Debian 12), and documentation: MIT Kerberos 1.20',
    values: '-c -p',
    bare: local({ why: 'gives the tickets of this machine up', inverse: 'kinit' }),
  },
  {
    names: 'kpasswd',
    source: 'from documentation: MIT Kerberos 1.20',
    network: true,
    bare: destroy({ why: 'kpasswd replaces a password', ...terminal }),
  },
  {
    names: 'kadmin kadmin.local',
    source: 'help text or man page (Debian 12), and documentation: MIT Kerberos 1.20',
    values: '-q -p -k -t -r -s -w -c',
    network: true,
    bare: read({ decide: kadmin }),
  },
  {
    names: 'ktutil',
    source: 'from documentation: MIT Kerberos 1.20',
    bare: opensSession('ktutil opens a prompt', {
      decide: (call) => (call.stdin.kind === 'inherited' ? terminal : {}),
    }),
  },
  {
    names: 'kdb5_util',
    source: 'help text or man page (Debian 12), and documentation: MIT Kerberos 1.20',
    values: '-r -d -k -M -sf',
    commands: {
      ...each(read(), 'tabdump, list_mkeys'),
      dump: local({ readsSecrets: false }),
      ...each(mutate(), 'stash, add_mkey, use_mkey, update_princ_encryption, ark'),
      ...each(destroy(), 'destroy, load, create, purge_mkeys'),
    },
  },
  {
    names: 'ldapsearch ldapwhoami ldapcompare ldapurl',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: LDAP_VALUES,
    targets: LDAP,
    network: true,
    bare: read({
      when: PASSWORD,
      decide: (call) =>
        call.parsed.operands.some((arg) =>
          /^(userPassword|sambaNTPassword|unicodePwd|krbPrincipalKey)$/i.test(arg.value),
        )
          ? { readsSecrets: true }
          : undefined,
    }),
  },
  {
    names: 'ldapadd ldapmodify',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: LDAP_VALUES,
    switches: '-n -v -c -a -x -M -Z -Q',
    targets: LDAP,
    network: true,
    bare: mutate({
      when: PASSWORD,
      dryRun: '-n',
      decide: ldif,
      captureFirst: 'ldapsearch of the entries, into a file',
    }),
  },
  {
    names: 'ldapdelete ldapmodrdn ldappasswd ldapexop',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: LDAP_VALUES,
    switches: '-n -v -c -x -M -Z -Q -r',
    targets: LDAP,
    network: true,
    bare: destroy({
      when: PASSWORD,
      dryRun: '-n',
      resources: names,
      captureFirst: 'ldapsearch of the entries, into a file',
      inverse: 'ldapadd of that file',
      decide: (call) =>
        call.name === 'ldappasswd'
          ? { why: 'ldappasswd replaces a password' }
          : call.name === 'ldapexop'
            ? /^whoami$/.test(call.parsed.operands[0]?.value ?? '')
              ? verdict('read', 'ldapexop whoami reads')
              : undefined
            : undefined,
    }),
  },
  {
    names: 'slapcat slaptest slapacl slapauth slapdn slapschema',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: '-b -n -l -f -F -a -s',
    bare: read({
      when: { '-l': { effect: 'local-write' } },
      decide: (call) =>
        call.name === 'slapcat'
          ? { readsSecrets: true, why: 'slapcat shows password hashes' }
          : call.name === 'slaptest' && hasFlag(call.parsed, '-f') && hasFlag(call.parsed, '-F')
            ? { effect: 'mutate' }
            : undefined,
    }),
  },
  {
    names: 'slapadd slapindex slapmodify',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: '-b -n -l -f -F',
    switches: '-u -q -v -c',
    bare: mutate({ dryRun: '-u' }),
  },
  {
    names: 'slappasswd',
    source: 'help text or man page (Debian 12), and documentation: OpenLDAP 2.5',
    values: '-s -h -T',
    bare: read({ decide: (call) => (hasFlag(call.parsed, '-s -T -g') ? undefined : terminal) }),
  },
  {
    names: 'ipa',
    source: 'help text or man page (Debian 12), and documentation: FreeIPA 4',
    style: 'long',
    network: true,
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      const resources = (inside: Call) => names(inside, 1);
      if (
        /(^|-)(show|find|status|ping|env|help|plugins|console-help|whoami|is-enabled|verify|resolve|check)$/.test(
          word,
        )
      )
        return read();
      if (/-(del|remove|disable|remove-\w+|revoke|purge|archive-del|unprovision)$|-remove-/.test(word))
        return destroy({ resources });
      if (/^(passwd)$/.test(word)) return destroy({ resources, ...terminal });
      if (word === 'console') return opensSession('ipa console opens a prompt');
      return /vault-retrieve$/.test(word) ? read({ readsSecrets: true }) : mutate({ resources });
    },
    commands: { ping: read() },
  },
  {
    names: 'samba-tool net wbinfo smbstatus smbclient testparm pdbedit smbpasswd smbcontrol',
    source: 'help text or man page (Debian 12), and documentation: Samba 4.17',
    values: '-U --user -H -S --server -c --command -W -s -I -p -u -d',
    network: false,
    bare: read({
      decide: (call) => {
        const { name, parsed } = call;
        const words = parsed.operands.map((arg) => arg.value);
        if (/^(wbinfo|smbstatus|testparm)$/.test(name))
          return hasFlag(parsed, '--set-auth-user --change-secret')
            ? { effect: 'mutate' }
            : testparmAsks(call);
        if (name === 'smbclient') {
          const text = flagValue(parsed, '-c --command')?.value;
          if (hasFlag(parsed, '-L --list')) return { network: true };
          if (text === undefined)
            return {
              effect: 'unknown',
              why: 'unknown: smbclient opens a prompt',
              network: true,
              ...(call.stdin.kind === 'inherited' ? terminal : {}),
            };
          if (/(^|;)\s*(del|rm|rmdir|deltree|rename)\b/.test(text))
            return { effect: 'destroy', network: true };
          return /(^|;)\s*(put|mput|mkdir|setmode)\b/.test(text)
            ? { effect: 'mutate', network: true }
            : /(^|;)\s*m?get\b/.test(text)
              ? { effect: 'local-write', network: true }
              : { network: true };
        }
        if (name === 'pdbedit')
          return hasFlag(parsed, '-x --delete')
            ? { effect: 'destroy' }
            : hasFlag(parsed, '-a --create -r --modify -c -i -e -P')
              ? { effect: 'mutate' }
              : hasFlag(parsed, '-w')
                ? { readsSecrets: true }
                : undefined;
        if (name === 'smbpasswd')
          return hasFlag(parsed, '-x')
            ? { effect: 'destroy' }
            : hasFlag(parsed, '-d -e -n')
              ? { effect: 'mutate' }
              : {
                  effect: 'destroy',
                  why: 'smbpasswd replaces a password',
                  ...(hasFlag(parsed, '-s') ? {} : terminal),
                };
        if (name === 'smbcontrol')
          return words.some((word) => /^(shutdown|close-share|kill-client-ip)$/.test(word))
            ? { effect: 'destroy' }
            : words.some((word) => /^(ping|pool-usage|debuglevel)$/.test(word))
              ? undefined
              : { effect: 'mutate' };
        if (
          words.some((word) =>
            /^(delete|remove|leave|demote|disable|destroy|removemembers|setpassword|unexpire|del|drop)$/.test(
              word,
            ),
          )
        )
          return { effect: 'destroy' };
        return words.some((word) =>
          /^(list|show|info|status|testjoin|lookup|search|ping|level|showrepl|query|dbcheck|listall|getpassword|processes|time|getlocalsid|getdomainsid)$/.test(
            word,
          ),
        ) && !words.some((word) => /^(add|create|set|join|edit|modify|enable)$/.test(word))
          ? hasFlag(parsed, '--fix')
            ? { effect: 'mutate' }
            : words.includes('getpassword')
              ? { readsSecrets: true }
              : undefined
          : { effect: 'mutate' };
      },
    }),
  },
];

/** `testparm` waits for a key before it prints. */
function testparmAsks(call: Call): Partial<Outcome> | undefined {
  return call.name === 'testparm' &&
    !hasFlag(call.parsed, '-s --suppress-prompt') &&
    call.stdin.kind === 'inherited'
    ? terminal
    : undefined;
}
