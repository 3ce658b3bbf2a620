/** Certificates and their keys: certbot, acme.sh, openssl, keytool. */
import { verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
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
const CERTIFICATE = 'gets or installs a certificate, which counts against the rate limit of the authority';
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
  if (hasFlag(call.parsed, '-pubout -pubin -check -out')) return undefined;
  return hasFlag(call.parsed, '-noout') && !hasFlag(call.parsed, '-text')
    ? undefined
    : { readsSecrets: true, why: `openssl ${call.path} prints a private key` };
}

function needsPassword(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-passin -passout -pass -password -k -kfile') ? undefined : terminal;
}

/** What an option shows goes to standard output, unless `-out` takes it. */
function prints(call: Call, options: string): Partial<Outcome> {
  return hasFlag(call.parsed, options) && !hasFlag(call.parsed, '-out')
    ? { readsSecrets: true, why: `openssl ${call.path} prints what is secret` }
    : {};
}

/** `s_client` sends what is typed, and ends with its input. */
function client(call: Call): Partial<Outcome> | undefined {
  return call.stdin.kind === 'inherited' ? terminal : undefined;
}

/** The first word stands with or without a dash: `-list` is keytool's. */
function keytool(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  const quiet =
    hasFlag(parsed, '-storepass -storepass:env -storepass:file -noprompt') || call.stdin.kind !== 'inherited';
  if (hasFlag(parsed, '-delete'))
    return {
      effect: 'destroy',
      why: 'keytool -delete removes an entry',
      captureFirst: 'a copy of the key store',
      inverse: 'the copy back',
      ...(quiet ? {} : terminal),
    };
  if (hasFlag(parsed, '-list -printcert -printcrl -printcertreq -showinfo'))
    return hasFlag(parsed, '-list') && !quiet ? terminal : undefined;
  if (hasFlag(parsed, '-exportcert -export') && !hasFlag(parsed, '-file'))
    return quiet ? undefined : terminal;
  return {
    effect: 'local-write',
    why: 'keytool changes the key store',
    captureFirst: 'a copy of the key store',
    inverse: 'the copy back',
    ...(quiet ? {} : terminal),
  };
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
    source: 'help text or man page (Debian 12), and documentation: certbot 2',
    values:
      '-d --domain --domains --cert-name -m --email --config-dir --work-dir --logs-dir -w --webroot-path --deploy-hook --pre-hook --post-hook -c --config --preferred-challenges --server --key-type --dns-route53-propagation-seconds --cert-path --reason',
    switches:
      '-n --non-interactive --noninteractive --dry-run --staging --test-cert --nginx --apache --standalone --webroot --manual --agree-tos --force-renewal --quiet -q --expand --no-eff-email --keep-until-expiring --dns-route53 --dns-cloudflare -v --redirect --no-redirect',
    targets: { domain: '-d --domain --domains', certificate: '--cert-name' },
    network: true,
    bare: mutate({
      dryRun: DRY,
      decide: asks,
      when: FORCE,
      why: CERTIFICATE,
      captureFirst: 'certbot certificates',
    }),
    commands: {
      ...each(read({ network: false }), 'certificates, plugins, help'),
      show_account: read(),
      renew: mutate({
        dryRun: DRY,
        when: { ...FORCE, '--manual': terminal },
        why: CERTIFICATE,
        captureFirst: 'certbot certificates',
      }),
      ...each(
        mutate({ dryRun: DRY, decide: asks, when: FORCE }),
        'certonly, run, auth, install, enhance, reconfigure, register, update_account',
      ),
      update_symlinks: mutate(),
      delete: destroy({
        decide: asks,
        network: false,
        resources: valuesOf('--cert-name -d --domain --domains'),
        captureFirst: 'a copy of /etc/letsencrypt, which stays secret',
        inverse: 'the copy back',
      }),
      revoke: destroy({
        decide: asks,
        resources: valuesOf('--cert-name --cert-path -d'),
        why: 'certbot revoke makes the certificate worthless, for good',
      }),
      unregister: destroy({ decide: asks }),
      rollback: destroy({ network: false }),
    },
  },
  {
    names: 'acme.sh acme',
    source: 'from documentation: acme.sh 3',
    values:
      '-d --domain -w --webroot --dns --reloadcmd --reload-cmd --server --key-file --fullchain-file --cert-file --ca-file -k --keylength --home --deploy-hook -m --email --days',
    targets: { domain: '-d --domain' },
    network: true,
    bare: read({ decide: acme, resources: valuesOf('-d --domain') }),
  },
  {
    names: 'openssl libressl',
    source: 'from the man pages of OpenSSL 3',
    style: 'long',
    values: OPENSSL_VALUES,
    switches: OPENSSL_SWITCHES,
    targets: { host: '-connect -host' },
    noHelp: true,
    bare: opensSession('openssl opens a prompt'),
    commands: {
      ...each(
        plainRead,
        'x509, crl, asn1parse, dgst, verify, version, ciphers, speed, sess_id, pkcs7, cms, smime, prime, errstr, list, help, rand, nseq, crl2pkcs7, storeutl, info, ts, md5, sha1, sha256, sha512, fipsinstall, mac, kdf',
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
      pkeyutl: read({ when: writes, decide: (call) => prints(call, '-decrypt') }),
      enc: read({ when: writes, decide: (call) => ({ ...prints(call, '-d'), ...needsPassword(call) }) }),
      base64: read({ when: writes }),
      pkcs12: read({
        when: {
          ...writes,
        },
        decide: (call) => ({
          ...(hasFlag(call.parsed, '-nokeys -noout -export') ? {} : prints(call, '-nodes -noenc -in')),
          ...needsPassword(call),
        }),
      }),
      passwd: read({
        decide: (call) =>
          call.parsed.operands.length === 0 && !hasFlag(call.parsed, '-in -stdin') ? terminal : undefined,
      }),
      ca: mutate({
        why: 'openssl ca changes the database of the authority',
        when: { '-revoke': { effect: 'destroy', why: 'openssl ca -revoke revokes a certificate' } },
        decide: (call) => (hasFlag(call.parsed, '-batch -gencrl') ? undefined : terminal),
      }),
      ...each(read({ decide: client, network: true }), 's_client'),
      ocsp: read({ when: writes, network: true }),
      ...each(read(stream), 's_server'),
      s_time: read({ network: true }),
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
    bare: read({ decide: keytool, resources: valuesOf('-alias') }),
  },
  {
    names: 'sslscan testssl testssl.sh sslyze ssl-cert-check certigo',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    bare: read(),
  },
  {
    names: 'mkcert',
    source: 'help text or man page (Debian 12), and documentation',
    switches: '-install -uninstall -CAROOT',
    style: 'long',
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-CAROOT')
          ? verdict('read', 'mkcert -CAROOT prints a path')
          : hasFlag(call.parsed, '-uninstall')
            ? { effect: 'destroy', inverse: 'mkcert -install' }
            : hasFlag(call.parsed, '-install')
              ? { effect: 'mutate', inverse: 'mkcert -uninstall' }
              : undefined,
    }),
  },
  {
    names: 'cmctl',
    source: 'from documentation: cert-manager 1.15',
    targets: { namespace: '-n --namespace', context: '--context' },
    network: true,
    ambient: { context: 'kubectl config current-context' },
    commands: {
      ...each(read(), 'status, status certificate, check, check api, version, inspect, inspect secret'),
      ...each(mutate(), 'renew, approve, create, create certificaterequest, x, upgrade'),
      deny: destroy({ resources: 'all' }),
    },
  },
  {
    names: 'update-ca-certificates update-ca-trust trust',
    source: DEBIAN,
    bare: local({
      decide: (call) =>
        call.name !== 'trust'
          ? undefined
          : /^(list|dump|check-format)$/.test(call.args[0]?.value ?? '')
            ? verdict('read', 'trust list reads')
            : call.args.some((arg) => arg.value === '--remove')
              ? { effect: 'destroy', why: 'trust anchor --remove takes trust away' }
              : undefined,
    }),
  },
];
