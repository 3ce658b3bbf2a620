/** Certificates and keys: certbot, acme.sh, openssl, keytool, gpg. From documentation: certbot 2, and the man pages of OpenSSL 3. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
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

/** Asks, unless told not to. */
function asks(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-n --non-interactive --noninteractive') ? undefined : terminal;
}

const DRY = '--dry-run';
const FORCE = {
  '--force-renewal --renew-by-default': {
    effect: 'destroy' as const,
    why: 'a forced renewal counts against the rate limit of the authority',
  },
};

/** Options of openssl that take no value; all others take one. */
const OPENSSL_SWITCHES = `-noout -text -pubout -check -nodes -noenc -new -x509 -dates -enddate -startdate -subject -issuer -fingerprint -serial -hash
  -subject_hash -modulus -pubkey -showcerts -verify_quiet -quiet -brief -ign_eof -msg -debug -tls1 -tls1_1 -tls1_2 -tls1_3 -status -d -e -a -base64
  -pbkdf2 -salt -export -clcerts -nocerts -cacerts -nokeys -info -legacy -des3 -aes256 -aes128 -aes-256-cbc -aes-128-cbc -sha256 -sha384 -sha512 -sha1 -md5
  -hex -purpose -email -ocsp_uri -pubin -topk8 -nocrypt -batch -selfsign -utf8 -A -v -V -s -f -crl_check -no_ticket -trusted_first -partial_chain -prexit -no_check_time -r -p -genkey -modulus`;
const OPENSSL_VALUES = `-in -out -keyout -inkey -key -cert -CAfile -CApath -CA -CAkey -connect -servername -days -subj -config -extfile -extensions -newkey -name -passin -passout -pass
  -inform -outform -keyform -certfile -checkend -checkhost -checkip -checkemail -starttls -cipher -ciphersuites -host -port -accept -algorithm -pkeyopt -k -K -iv -md -kfile -untrusted
  -url -reqin -respout -keyin -ext -nameopt -certopt -addext -set_serial -verify_depth -verify_hostname -proxy -alpn -sigopt -sign -verify -signature -revoke -crl_reason -rand -writerand -engine`;

const writes = {
  '-out -keyout -writerand': { effect: 'local-write' as const, why: 'openssl writes a file' },
};
const plainRead = read({ when: writes });

/** A private key that goes to standard output. */
function printsKey(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '-pubout -pubin -check')) return undefined;
  return hasFlag(call.parsed, '-noout') && !hasFlag(call.parsed, '-text')
    ? undefined
    : { readsSecrets: true, why: `openssl ${call.path} prints a private key` };
}

function needsPassword(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-passin -passout -pass -password -k -kfile') ? undefined : terminal;
}

/** `s_client` sends what is typed, and ends with its input. */
function client(call: Call): Partial<Outcome> | undefined {
  return call.stdin.kind === 'inherited' ? terminal : undefined;
}

/** The first word stands with or without a dash: `-list` is keytool's. */
function keytool(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  const quiet = hasFlag(parsed, '-storepass -storepass:env -storepass:file -noprompt');
  if (hasFlag(parsed, '-delete'))
    return { effect: 'destroy', why: 'keytool -delete removes an entry', ...(quiet ? {} : terminal) };
  if (hasFlag(parsed, '-list -printcert -printcrl -printcertreq -showinfo'))
    return hasFlag(parsed, '-list') && !quiet ? terminal : undefined;
  if (hasFlag(parsed, '-exportcert -export') && !hasFlag(parsed, '-file'))
    return quiet ? undefined : terminal;
  return { effect: 'local-write', why: 'keytool changes the key store', ...(quiet ? {} : terminal) };
}

function acme(call: Call): Outcome {
  const { parsed } = call;
  if (hasFlag(parsed, '--revoke --remove --uninstall --deactivate --deactivate-account')) return destroy();
  if (hasFlag(parsed, '--force') && hasFlag(parsed, '--issue --renew --renew-all -r'))
    return destroy({ why: 'a forced renewal counts against the rate limit of the authority' });
  return hasFlag(
    parsed,
    '--issue --renew -r --renew-all --cron --install-cert --installcert --deploy --install --upgrade --register-account --update-account --set-default-ca --install-cronjob --uninstall-cronjob --signcsr --set-notify',
  )
    ? mutate()
    : hasFlag(parsed, '--list --info --version -v --help -h --showcsr')
      ? read()
      : runs('acme.sh with these options is in no table');
}

export const certificates: readonly Tool[] = [
  {
    names: 'certbot certbot-auto letsencrypt',
    source: 'from documentation: certbot 2',
    values:
      '-d --domain --domains --cert-name -m --email --config-dir --work-dir --logs-dir -w --webroot-path --deploy-hook --pre-hook --post-hook -c --config --preferred-challenges --server --key-type --dns-route53-propagation-seconds --cert-path --reason',
    switches:
      '-n --non-interactive --noninteractive --dry-run --staging --test-cert --nginx --apache --standalone --webroot --manual --agree-tos --force-renewal --quiet -q --expand --no-eff-email --keep-until-expiring --dns-route53 --dns-cloudflare -v --redirect --no-redirect',
    targets: { domain: '-d --domain --domains', certificate: '--cert-name' },
    bare: mutate({ dryRun: DRY, decide: asks, when: FORCE }),
    commands: {
      ...each(read(), 'certificates, show_account, plugins, help'),
      renew: mutate({ dryRun: DRY, when: { ...FORCE, '--manual': terminal } }),
      ...each(
        mutate({ dryRun: DRY, decide: asks, when: FORCE }),
        'certonly, run, auth, install, enhance, reconfigure, register, update_account',
      ),
      update_symlinks: mutate(),
      ...each(destroy({ decide: asks }), 'delete, revoke, unregister'),
      rollback: destroy(),
    },
  },
  {
    names: 'acme.sh acme',
    source: 'from documentation: acme.sh 3',
    values:
      '-d --domain -w --webroot --dns --reloadcmd --reload-cmd --server --key-file --fullchain-file --cert-file --ca-file -k --keylength --home --deploy-hook -m --email --days',
    targets: { domain: '-d --domain' },
    bare: read({ decide: acme }),
  },
  {
    names: 'openssl libressl',
    source: 'from the man pages of OpenSSL 3',
    style: 'long',
    values: OPENSSL_VALUES,
    switches: OPENSSL_SWITCHES,
    targets: { host: '-connect -host' },
    noHelp: true,
    bare: runs('openssl opens a prompt', terminal),
    commands: {
      ...each(
        plainRead,
        'x509, crl, ocsp, asn1parse, dgst, verify, version, ciphers, speed, sess_id, pkcs7, cms, smime, prime, errstr, list, help, rand, nseq, crl2pkcs7, storeutl, info, ts, md5, sha1, sha256, sha512, fipsinstall, mac, kdf',
      ),
      req: read({
        when: writes,
        decide: (call) =>
          hasFlag(call.parsed, '-new -x509 -newkey') && !hasFlag(call.parsed, '-subj -config -batch')
            ? terminal
            : undefined,
      }),
      ...each(read({ when: writes, decide: printsKey }), 'rsa, ec, dsa, pkey, pkcs8'),
      ...each(
        read({
          when: writes,
          decide: (call) => (hasFlag(call.parsed, '-out') ? undefined : { readsSecrets: true }),
        }),
        'genrsa, genpkey, gendsa',
      ),
      ...each(plainRead, 'ecparam, dsaparam, dhparam'),
      ...each(plainRead, 'pkeyparam'),
      pkeyutl: read({ when: { ...writes, '-decrypt': { readsSecrets: true } } }),
      enc: read({ when: { ...writes, '-d': { readsSecrets: true } }, decide: needsPassword }),
      base64: read({ when: writes }),
      pkcs12: read({
        when: {
          ...writes,
          '-nodes -noenc': { readsSecrets: true, why: 'openssl pkcs12 -nodes prints a private key' },
        },
        decide: needsPassword,
      }),
      passwd: read({
        decide: (call) =>
          call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-in -stdin') ? terminal : undefined,
      }),
      ca: mutate({
        why: 'openssl ca changes the database of the authority',
        when: { '-revoke': { effect: 'destroy' } },
        decide: (call) => (hasFlag(call.parsed, '-batch -gencrl') ? undefined : terminal),
      }),
      ...each(read({ decide: client }), 's_client'),
      ...each(read(stream), 's_server'),
      s_time: read(),
      rehash: local(),
    },
  },
  {
    names: 'keytool',
    source: 'from documentation: JDK 17 tools',
    style: 'long',
    values:
      '-keystore -storepass -alias -file -storetype -keyalg -keysize -validity -dname -srckeystore -destkeystore -srcstoretype -deststoretype -srcstorepass -deststorepass -keypass -ext -srcalias -destalias -sslserver -infile -outfile -new -jarfile -storepass:env -storepass:file',
    switches:
      '-list -v -rfc -noprompt -trustcacerts -cacerts -delete -importcert -import -exportcert -export -genkeypair -genkey -importkeystore -printcert -certreq -changealias -storepasswd -keypasswd',
    targets: { keystore: '-keystore -destkeystore' },
    noHelp: true,
    bare: read({ decide: keytool }),
  },
  {
    names: 'gpg gpg2',
    source: 'from the man page of GnuPG 2.2',
    values:
      '-o --output -r --recipient -u --local-user --keyserver --homedir --passphrase --passphrase-file --pinentry-mode',
    noHelp: false,
    bare: local({
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
            ...(hasFlag(parsed, '--batch --yes') ? {} : terminal),
          };
        if (hasFlag(parsed, '--send-keys')) return { effect: 'mutate' };
        if (hasFlag(parsed, '--edit-key --full-generate-key --gen-key --full-gen-key --generate-key'))
          return hasFlag(parsed, '--batch') ? undefined : terminal;
        if (hasFlag(parsed, '-o --output')) return undefined;
        if (hasFlag(parsed, '-d --decrypt'))
          return verdict('read', 'gpg --decrypt prints what was secret', { readsSecrets: true });
        if (hasFlag(parsed, '--export-secret-keys --export-secret-subkeys'))
          return verdict('read', 'gpg prints a private key', { readsSecrets: true });
        return hasFlag(
          parsed,
          '--verify --list-keys -k --list-secret-keys -K --fingerprint --list-sigs --list-public-keys --show-keys --list-packets --export --check-sigs --card-status --print-md --search-keys --version',
        )
          ? verdict('read', 'gpg reads')
          : undefined;
      },
    }),
  },
  {
    names: 'sslscan testssl testssl.sh sslyze ssl-cert-check certigo',
    source: 'from documentation',
    bare: read(),
  },
  {
    names: 'mkcert',
    source: 'from documentation',
    switches: '-install -uninstall -CAROOT',
    style: 'long',
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-CAROOT') ? verdict('read', 'mkcert -CAROOT prints a path') : undefined,
    }),
  },
  {
    names: 'cmctl',
    source: 'from documentation: cert-manager 1.15',
    targets: { namespace: '-n --namespace', context: '--context' },
    commands: {
      ...each(read(), 'status, status certificate, check, check api, version, inspect, inspect secret'),
      ...each(mutate(), 'renew, approve, create, create certificaterequest, x, upgrade'),
      deny: destroy(),
    },
  },
  {
    names: 'update-ca-certificates update-ca-trust trust',
    source: 'from the man pages of Debian 12',
    bare: local({
      decide: (call) => (call.args[0]?.value === 'list' ? verdict('read', 'trust list reads') : undefined),
    }),
  },
];
