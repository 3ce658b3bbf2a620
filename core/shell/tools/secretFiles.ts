/** Files whose content is a credential, and commands that show one. */
import type { Arg } from '../words.ts';
import type { Call } from './table.ts';

/** By the last part of the path. */
const NAMES =
  /^(\.env(\.[\w-]+)?|\.netrc|\.pgpass|\.my\.cnf|\.mylogin\.cnf|\.npmrc|\.pypirc|\.htpasswd|\.git-credentials|\.vault-token|\.vault_pass(\.txt)?|\.s3cfg|\.erlang\.cookie|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|ssh_host_\w+_key|shadow-?|gshadow-?|kubeconfig|(super-)?admin\.conf|credentials(\.(json|csv|ya?ml|tfrc\.json))?|application_default_credentials\.json|client_secrets?\.json|service-?account[\w-]*\.json|secrets?\.(ya?ml|json|env|txt|toml)|auth\.json|chap-secrets|wp-config\.php|debian\.cnf|krb5\.keytab|master\.key|privkey\d*\.pem)$/;
/** By its ending. */
const ENDINGS = /\.(pem|key|p12|pfx|jks|keystore|keytab|kdbx|ppk|env|ovpn)$/;
/** By where it stands. */
const PLACES =
  /(^|\/)(\.aws\/(credentials|config)|\.kube\/config|\.docker\/config\.json|\.config\/gh\/hosts\.yml|\.config\/rclone\/rclone\.conf|\.cargo\/credentials(\.toml)?|run\/secrets\/.+|etc\/wireguard\/[^/]+\.conf|etc\/kubernetes\/(?:controller-manager|scheduler|kubelet)\.conf)$|^\/proc\/[^/]+\/environ$/;
/** Nothing to hide: examples, the public half of a key, a certificate and its chain. */
const PUBLIC =
  /\.(example|sample|template|dist|tpl|pub)$|(^|\/)((full)?chain\d*|cert\d*|cacerts?|ca|ca-?(bundle|cert)s?|ca-certificates|[\w.-]*[._-](cert|crt|ca|chain|csr))\.pem$|^\/etc\/ssl\/certs\/|(^|\/)\.aws\/config$/;

/** Whether reading a file shows a credential. */
export function isSecretFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (NAMES.test(name) || ENDINGS.test(name) || PLACES.test(path)) && !PUBLIC.test(path);
}

/** What a command that prints its files (operands from `skip` on) or its input shows of a secret. */
export function showsSecrets(call: Call, skip = 0): { readsSecrets: true; why: string } | undefined {
  const files: readonly Arg[] = [...call.parsed.operands, ...(call.parsed.rest ?? [])];
  const file = files.slice(skip).find((arg) => isSecretFile(arg.value))?.value ?? secretInput(call);
  return file === undefined ? undefined : { readsSecrets: true, why: `${call.name} shows ${file}` };
}

/** The file on standard input, where it is a secret. */
export function secretInput(call: Pick<Call, 'stdin'>): string | undefined {
  return call.stdin.kind === 'piped' && isSecretFile(call.stdin.from) ? call.stdin.from : undefined;
}

/** Names of variables whose value is a credential. */
const SECRET_VARIABLE =
  /(PASS(WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|CREDENTIALS?|DATABASE_URL|REDIS_URL|MONGO(DB)?_UR[IL]|DSN|CONNECTION_STRING|AUTH|_KEY)$/i;

/** Whether a variable of that name holds a credential; `$PWD` is where one stands. */
export function isSecretVariable(name: string): boolean {
  return SECRET_VARIABLE.test(name) && !/^(OLD)?PWD$/.test(name);
}
