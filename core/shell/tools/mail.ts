/** Mail: sending it, its queues, its servers. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names, valuesOf } from './common.ts';
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

function exim(call: Call): Partial<Outcome> | undefined {
  const flags = call.args.map((arg) => arg.value);
  if (flags.some((flag) => /^-Mrm|^-Mg/.test(flag)))
    return { effect: 'destroy', why: 'exim removes mail from the queue' };
  if (flags.some((flag) => /^-(bp\w*|bt|bv|bV|bP|bh|be|Mvh|Mvb|Mvl|Mvc|Mset|C)$/.test(flag)))
    return undefined;
  return {
    effect: 'mutate',
    why: 'exim sends mail, or changes its queue',
    ...(flags.includes('-bd') && flags.includes('-bdf') ? stream : {}),
  };
}

export const mail: readonly Tool[] = [
  {
    names: 'mail mailx s-nail bsd-mailx mutt neomutt',
    source: DEBIAN,
    values: '-s -a -c -b -r -S -f -u -i -e -H -A -q',
    network: true,
    bare: mutate({
      why: 'sends a message',
      decide: (call) => (call.stdin.kind === 'inherited' ? terminal : undefined),
    }),
  },
  {
    names: 'sendmail msmtp swaks ssmtp nullmailer-inject',
    source: DEBIAN,
    values: '-f -F -C -a -s -t --to --from --server --header --body -au -ap',
    style: 'long',
    network: true,
    bare: mutate({
      why: 'sends a message',
      decide: (call) =>
        call.args.some((arg) => /^-(bp|bv|bt)$/.test(arg.value)) ||
        call.args.some((arg) => /^--(serverinfo|pretend|print-only|dump)/.test(arg.value))
          ? verdict('read', `${call.name} shows or checks`)
          : call.args.some((arg) => arg.value === '-q') ||
              call.name === 'swaks' ||
              call.stdin.kind !== 'inherited'
            ? undefined
            : terminal,
    }),
  },
  {
    names: 'mailq exiqgrep exigrep exiwhat exinext eximstats exiqsumm pflogsumm qshape',
    source: DEBIAN,
    bare: read(),
  },
  {
    names: 'newaliases postalias postmap',
    source: DEBIAN,
    values: '-q -d -c -s',
    bare: mutate({
      decide: (call) =>
        call.name !== 'newaliases' && hasFlag(call.parsed, '-q -s')
          ? verdict('read', `${call.name} looks up`)
          : undefined,
      when: { '-d': { effect: 'destroy', why: 'removes an entry of the table' } },
    }),
  },
  { names: 'postcat', source: DEBIAN, bare: read() },
  {
    names: 'postqueue',
    source: DEBIAN,
    values: '-s -i -c',
    bare: mutate({
      why: 'postqueue tries to deliver again',
      decide: (call) => (hasFlag(call.parsed, '-p -j') ? verdict('read', 'postqueue -p reads') : undefined),
    }),
  },
  {
    names: 'postsuper',
    source: DEBIAN,
    values: '-d -h -H -r -c -e -f',
    bare: mutate({
      resources: valuesOf('-d -h -H -r'),
      when: {
        '-d': {
          effect: 'destroy',
          why: 'postsuper -d deletes mail',
          preview: 'postqueue -p',
          captureFirst: 'postcat -q of the message, into a file',
        },
        '-h': { inverse: 'postsuper -H of the same message' },
      },
      decide: (call) =>
        hasFlag(call.parsed, '-d') && call.args.some((arg) => arg.value === 'ALL')
          ? { scope: 'all' }
          : undefined,
    }),
  },
  {
    names: 'postconf',
    source: DEBIAN,
    values: '-c -X -C',
    bare: read({
      when: {
        '-e -#': {
          effect: 'mutate',
          why: 'postconf -e changes main.cf',
          captureFirst: 'postconf -n, into a file',
          inverse: 'postconf -e with the value from before',
        },
        '-X': {
          effect: 'destroy',
          why: 'postconf -X removes a setting',
          captureFirst: 'postconf -n, into a file',
          inverse: 'postconf -e with the value from before',
        },
      },
      // `postconf name=value` sets without any option.
      decide: (call) =>
        call.parsed.operands.some((arg) => arg.value.includes('=')) ? { effect: 'mutate' } : undefined,
    }),
  },
  {
    names: 'postfix',
    source: DEBIAN,
    values: '-c -D',
    commands: {
      ...each(read(), 'status, check'),
      ...each(mutate(), 'start, reload, flush, upgrade-configuration, set-permissions'),
      'start-fg': mutate(stream),
      ...each(
        destroy({ inverse: 'postfix start', why: 'takes the mail server out of service' }),
        'stop, abort',
      ),
    },
  },
  { names: 'exim exim4', source: DEBIAN, style: 'long', bare: read({ decide: exim }) },
  {
    names: 'doveadm',
    source: 'help text or man page (Debian 12), and documentation: Dovecot 2.3',
    values: '-u -c -o -f -S -A -F',
    otherwise: (call) => {
      const words = call.parsed.operands.map((arg) => arg.value);
      const text = words.join(' ');
      if (
        /^(kick|expunge|purge|stop|mailbox (delete|unsubscribe|cache (purge|remove))|quota recalc|proxy kick|director (remove|flush|down)|force-resync|move|penalty flush)/.test(
          text,
        )
      )
        return destroy({ resources: (inside) => names(inside, 1) });
      if (
        /^(who|search|fetch|get|user|config|log (errors|find|test)|mailbox (list|status|metadata list|metadata get|path)|quota get|replicator status|stats dump|service status|process status|instance list|index|dump|acl (get|list|rights|debug)|penalty$|proxy list|director (status|map)|auth (lookup|test|cache)|pw|help|version)/.test(
          text,
        )
      )
        return read(words[0] === 'pw' && !hasFlag(call.parsed, '-p') ? terminal : {});
      return mutate();
    },
    commands: { who: read() },
  },
  {
    names: 'dovecot',
    source: 'help text or man page (Debian 12), and documentation: Dovecot 2.3',
    values: '-c',
    bare: mutate({
      why: 'starts the server',
      when: { '-F': stream },
      decide: (call) =>
        hasFlag(call.parsed, '-n -a --version --build-options')
          ? verdict('read', 'dovecot -n shows its configuration')
          : undefined,
    }),
    commands: { stop: destroy({ inverse: 'dovecot' }), reload: mutate() },
  },
  {
    names: 'doveconf rspamadm opendkim-testkey spamassassin rspamc',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-h -P -c -d -s -k -t',
    bare: read({
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (/^(learn_spam|learn_ham|fuzzy_add)$/.test(word)) return { effect: 'mutate' };
        if (/^(fuzzy_del|fuzzy_delhash)$/.test(word)) return { effect: 'destroy' };
        return word === 'dkim_keygen' ? { readsSecrets: true } : undefined;
      },
    }),
  },
  { names: 'archivemail', source: DEBIAN_PAGES, bare: destroy({ dryRun: '-n --dry-run' }) },
  { names: 'formail reformime munpack', source: DEBIAN, bare: local() },
];
