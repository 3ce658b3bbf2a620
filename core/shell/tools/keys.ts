/** Keys that are not of certificates: GnuPG, age, authorities of one's own. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import { destroy, each, local, mutate, read, type Tool, terminal } from './table.ts';

export const keys: readonly Tool[] = [
  {
    names: 'gpg gpg2',
    source: 'help text or man page (Debian 12), and the man page of GnuPG 2.2',
    values:
      '--tofu-policy --options --log-file --default-key --encrypt-to --group -z --auto-key-locate -o --output -r --recipient -u --local-user --keyserver --homedir --passphrase --passphrase-file --pinentry-mode',
    noHelp: false,
    bare: local({
      resources: (call) =>
        hasFlag(
          call.parsed,
          '--delete-keys --delete-key --delete-secret-keys --delete-secret-key --delete-secret-and-public-key --send-keys',
        )
          ? names(call)
          : [],
      why: 'gpg writes a file or its key ring',
      decide: (call) => {
        const { parsed } = call;
        if (
          hasFlag(
            parsed,
            '--delete-keys --delete-key --delete-secret-keys --delete-secret-key --delete-secret-and-public-key --gen-revoke --generate-revocation',
          )
        )
          return {
            effect: 'destroy',
            why: 'gpg removes a key',
            captureFirst: 'gpg --export-secret-keys of the key, into a file that stays secret',
            inverse: 'gpg --import of that file',
            ...(hasFlag(parsed, '--batch --yes') ? {} : terminal),
          };
        if (hasFlag(parsed, '--send-keys'))
          return { effect: 'mutate', why: 'gpg --send-keys publishes a key, for good', network: true };
        if (hasFlag(parsed, '--recv-keys --refresh-keys --locate-keys --receive-keys'))
          return { network: true };
        if (
          hasFlag(
            parsed,
            '--edit-key --full-generate-key --gen-key --full-gen-key --generate-key --sign-key --lsign-key --change-passphrase --passwd --quick-generate-key --card-edit',
          )
        )
          return hasFlag(parsed, '--batch') ? undefined : terminal;
        if (hasFlag(parsed, '-o --output')) return undefined;
        if (hasFlag(parsed, '-d --decrypt'))
          return verdict('read', 'gpg --decrypt prints what was secret', { readsSecrets: true });
        if (hasFlag(parsed, '--export-secret-keys --export-secret-subkeys'))
          return verdict('read', 'gpg prints a private key', { readsSecrets: true });
        return hasFlag(
          parsed,
          '--verify --list-keys -k --list-secret-keys -K --fingerprint --list-sigs --list-public-keys --show-keys --list-packets --export --check-sigs --card-status --print-md --search-keys --version --list-config --list-only --check-signatures --with-colons --export-ownertrust --export-ssh-key',
        )
          ? verdict('read', 'gpg reads')
          : undefined;
      },
    }),
  },
  {
    names: 'gpgconf gpg-connect-agent gpgv gpg-agent',
    source: 'help text or man page (Debian 12), and the man page of GnuPG 2.2',
    bare: read({
      when: {
        '--kill -K --reload -R --launch --create-socketdir --apply-defaults --change-options': {
          effect: 'mutate',
        },
        '--remove-socketdir': { effect: 'destroy' },
      },
      decide: (call) =>
        /^gpg-(agent|connect-agent)$/.test(call.name) && call.parsed.operands.length > 0
          ? { effect: 'mutate' }
          : undefined,
    }),
  },
  {
    names: 'age-keygen minisign signify',
    source: 'help text or man page (Debian 12), and documentation: age 1.2, minisign 0.11',
    values: '-o --output -r --recipient -R --recipients-file -i --identity -x -p -s -m -P',
    switches: '-d --decrypt -e --encrypt -a --armor -G -S -V -y',
    bare: read({
      when: { '-o --output': { effect: 'local-write' }, '-G -S': { effect: 'local-write' } },
      decide: (call) => {
        if (call.name === 'age-keygen')
          return hasFlag(call.parsed, '-o --output -y')
            ? undefined
            : { readsSecrets: true, why: 'age-keygen prints a private key' };
        if (/^(minisign|signify)$/.test(call.name))
          return hasFlag(call.parsed, '-G -S') && !hasFlag(call.parsed, '-W') ? terminal : undefined;
        return {
          ...(hasFlag(call.parsed, '-d --decrypt') && !hasFlag(call.parsed, '-o --output')
            ? { readsSecrets: true, why: 'age -d prints what was secret' }
            : {}),
          ...(hasFlag(call.parsed, '--passphrase') ||
          (hasFlag(call.parsed, '-p') && !hasFlag(call.parsed, '-d --decrypt'))
            ? terminal
            : {}),
        };
      },
    }),
  },
  {
    names: 'step',
    source: 'from documentation: step 0.27',
    values:
      '--ca-url --root --provisioner --san --not-after --not-before --password-file --context --profile --cert --key --issuer',
    switches: '-f --force --offline',
    targets: { host: '--ca-url' },
    commands: {
      ...each(
        read(),
        'certificate inspect|verify|fingerprint|lint|needs-renewal|format, ca health|roots|root, ca provisioner list, ca admin list, version, path, context list|current, ssh list|inspect|check-host|hosts|config, crypto jwt inspect|verify, crypto key inspect|fingerprint, crypto hash',
      ),
      ...each(
        mutate({ network: true }),
        'ca certificate, ca renew, ca rekey, ca sign, ca token, ca provisioner add|update, ca admin add|update, ssh certificate|login|renew|rekey',
      ),
      ...each(
        destroy({ network: true, resources: 'first' }),
        'ca revoke, ca provisioner remove, ca admin remove, ssh revoke',
      ),
      ...each(
        local(),
        'ca init, ca bootstrap, certificate create|sign|bundle|install|p12|key, context select, crypto keypair',
      ),
      ...each(destroy({ resources: 'first' }), 'certificate uninstall, context remove'),
    },
  },
  {
    names: 'cfssl cfssljson easyrsa certutil pk12util',
    source: 'help text or man page (Debian 12), and documentation: cfssl 1.6, Easy-RSA 3, NSS 3',
    style: 'long',
    values: '-d -n -i -o -k -w -f -t -s -ca -ca-key -config -profile -hostname',
    bare: local({
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        const flags = call.args.map((arg) => arg.value);
        if (call.name === 'cfssl')
          return /^(certinfo|info|version|bundle|scan|print-defaults)$/.test(word)
            ? verdict('read', `cfssl ${word} reads`)
            : word === 'revoke'
              ? { effect: 'destroy' }
              : undefined;
        if (call.name === 'easyrsa') {
          if (/^(show-.*|help|display-.*|verify-.*)$/.test(word))
            return verdict('read', `easyrsa ${word} shows`);
          const asks = flags.includes('--batch') || call.stdin.kind !== 'inherited' ? {} : terminal;
          return /^(revoke|revoke-.*|init-pki)$/.test(word)
            ? { effect: 'destroy', why: `easyrsa ${word} cannot be taken back`, ...asks }
            : asks;
        }
        if (flags.some((flag) => /^-(D|F)$/.test(flag)) && call.name === 'certutil')
          return { effect: 'destroy', why: 'certutil removes a certificate or a key' };
        return (call.name === 'certutil' && flags.some((flag) => /^-(L|K|V|O|U)$/.test(flag))) ||
          flags.includes('-l')
          ? verdict('read', `${call.name} lists`)
          : undefined;
      },
    }),
  },
  {
    names: 'getcert ipa-getcert',
    source: 'from documentation: certmonger 0.79',
    commands: {
      ...each(read(), 'list, list-cas, status'),
      ...each(
        mutate({ network: true }),
        'request, resubmit, refresh, refresh-ca, rekey, start-tracking, add-ca, modify-ca, add-scep-ca',
      ),
      ...each(destroy({ inverse: 'getcert start-tracking' }), 'stop-tracking, remove-ca'),
    },
  },
];
