/** Our own patterns: what general scanners leave out, and the commonest tokens without loading anything. */
import type { Secret } from './index.ts';
import { isPlaceholder, isReference, looksRandom } from './placeholder.ts';

/** A token that its own shape gives away. Bodies are bounded or disjoint from what follows, so that no match backtracks far. */
const shapes: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'Stripe live key', pattern: /\b[sr]k_live_\w{8,}/g },
  { kind: 'GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}/g },
  { kind: 'GitLab token', pattern: /\bglpat-[\w-]{20,}/g },
  { kind: 'Slack token', pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
  { kind: 'Slack webhook address', pattern: /\bhooks\.slack\.com\/services\/T\w+\/B\w+\/\w{12,}/g },
  { kind: 'AWS access key id', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'Google API key', pattern: /\bAIza[\w-]{35}/g },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { kind: 'Docker token', pattern: /\bdckr_pat_[\w-]{20,}/g },
  { kind: 'Vault token', pattern: /\bhv[bs]\.[\w-]{24,}/g },
  { kind: 'API key', pattern: /\bsk-[A-Za-z0-9][\w-]{19,}/g },
  { kind: 'JSON web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
];

/** Every secret that our patterns see; in no order, and they may overlap. */
export function matchPatterns(text: string): Secret[] {
  const found: Secret[] = [];
  for (const { kind, pattern } of shapes) {
    for (const match of text.matchAll(pattern)) {
      if (kind === 'API key' && !looksRandom(match[0])) continue;
      if (!isPlaceholder(match[0]))
        found.push({ start: match.index, end: match.index + match[0].length, kind });
    }
  }
  found.push(...privateKeys(text), ...urlPasswords(text), ...authorizationHeaders(text));
  found.push(...assignments(text), ...flags(text), ...sqlPasswords(text));
  return found;
}

/** A PEM body is at most this long here; an 8192-bit RSA key has about 6,500 characters. */
const longestKey = 16_384;

function* privateKeys(text: string): Iterable<Secret> {
  const begin = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const bodyStart = match.index + match[0].length;
    const rest = text.slice(bodyStart, bodyStart + longestKey);
    const closing = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(rest);
    // An output cut off before its END line still holds key material: take the base64 that follows.
    const body = closing
      ? rest.slice(0, closing.index)
      : (/^(?:[A-Za-z0-9+/=\s]|\\n)*/.exec(rest)?.[0] ?? '');
    if (body.replace(/[^A-Za-z0-9+/]/g, '').length < 16) continue;
    if (closing && /\.{3}|…|<|\$/.test(body)) continue;
    const end = bodyStart + (closing ? closing.index + closing[0].length : body.length);
    yield { start: match.index, end, kind: 'private key' };
    begin.lastIndex = end;
  }
}

/** Passwords in URLs (RFC 3986 userinfo): the characters between the first `:` after the user and the last `@` before the host. */
export function* urlPasswords(text: string): Iterable<Secret> {
  for (const match of text.matchAll(/:\/\//g)) {
    const start = match.index + 3;
    if (!/[A-Za-z]/.test(text[match.index - 1] ?? '')) continue;
    const authority = /^[^\s/"'`|\\?#]{0,400}/.exec(text.slice(start, start + 400))?.[0] ?? '';
    const at = authority.lastIndexOf('@');
    const userinfo = at < 0 ? userinfoWithMarks(text.slice(start, start + 400)) : authority.slice(0, at);
    const colon = passwordColon(userinfo);
    if (colon < 0) continue;
    const password = userinfo.slice(colon + 1);
    if (password === '' || isPlaceholder(password)) continue;
    // `user:pass@host`: a pair that says what belongs there.
    if (/^(?:user(?:name)?|usr|login):(?:pass(?:word|wd)?|pwd|secret)$/i.test(userinfo)) continue;
    yield { start: start + colon + 1, end: start + userinfo.length, kind: 'password in a URL' };
  }
}

/** Userinfo whose password has characters that should have been percent-encoded (`p/w?1`), up to its `@`. */
function userinfoWithMarks(rest: string): string {
  // `host:8443/path@x` is a port and a path.
  return /^[\w.%~-]{0,80}:(?!\d{1,5}[/?#])[^\s"'`@:]{1,120}(?=@[\w.[-])/.exec(rest)?.[0] ?? '';
}

/** The colon that ends the user; one inside `${USER:-x}` does not count. */
function passwordColon(userinfo: string): number {
  let depth = 0;
  for (let i = 0; i < userinfo.length; i++) {
    if (userinfo[i] === '{') depth++;
    else if (userinfo[i] === '}') depth--;
    else if (userinfo[i] === ':' && depth <= 0) return i;
  }
  return -1;
}

function* authorizationHeaders(text: string): Iterable<Secret> {
  const header =
    /\bauthorization["']?\s{0,2}[:=]\s{0,2}["']?(?:(bearer|basic|token|apikey)\s{1,3})?([^\s"'`,\\]{8,})/gi;
  for (const match of text.matchAll(header)) {
    const value = match[2] ?? '';
    if (isPlaceholder(value) || isReference(value, true)) continue;
    const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value);
    const enough = match[1] ? looksRandom(value) || mixed || value.length >= 24 : looksRandom(value);
    if (!enough) continue;
    const end = match.index + match[0].length;
    const kind = match[1] ? `${match[1].toLowerCase()} credential` : 'credential';
    yield { start: end - value.length, end, kind };
  }
}

/** A key's last word. What it names decides how much a value must prove: a password may be a plain word, a token may not. */
const passwordWord = 'password|passwd|passphrase|passwort|pwd|pass';
const tokenWord =
  'secret|token|(?:api|access|secret|private|signing|encryption|account|auth|master)[_-]?key|credentials?';
const assignment = new RegExp(
  `(?:(${passwordWord})|(${tokenWord}))(?:\\\\?["'])?\\s{0,4}(:=|=(?![=>~])|:(?!//|[-+?]))\\s{0,4}(\\\\?["'\`])?`,
  'gi',
);

function* assignments(text: string): Iterable<Secret> {
  for (const match of text.matchAll(assignment)) {
    const [whole, password, token, operator = '', opening = ''] = match;
    if (password?.toLowerCase() === 'pass' && /[A-Za-z]/.test(text[match.index - 1] ?? '')) continue;
    const start = match.index + whole.length;
    const quoted = opening !== '';
    if (opening === '`' && operator !== ':') continue; // a command substitution
    const value = readValue(text, start, opening);
    if (value === '' || isPlaceholder(value) || isReference(value, quoted)) continue;
    const key = keyBefore(text, match.index) + (password ?? token ?? '');
    const enough = password
      ? isPasswordValue(
          value,
          text.slice(start + value.length, start + value.length + 3),
          operator,
          quoted,
          key,
        )
      : looksRandom(value) ||
        (/^[A-Z][A-Z\d]*_[A-Z\d_]*$/.test(key) && value.length >= 8 && /\d/.test(value));
    if (enough) yield { start, end: start + value.length, kind: password ? 'password' : 'secret value' };
  }
}

/** A value as far as its quote, or as far as an unquoted word goes; one line, at most 400 characters. */
function readValue(text: string, start: number, opening: string): string {
  const rest = text.slice(start, start + 400);
  if (opening === '') return /^[^\s"'`,;&|)\\]*/.exec(rest)?.[0] ?? '';
  const end = rest.indexOf(opening);
  const value = end < 0 ? rest : rest.slice(0, end);
  return value.includes('\n') ? '' : value;
}

function keyBefore(text: string, end: number): string {
  return /[\w-]*$/.exec(text.slice(Math.max(0, end - 40), end))?.[0] ?? '';
}

function isPasswordValue(
  value: string,
  after: string,
  operator: string,
  quoted: boolean,
  key: string,
): boolean {
  if (value.length < 3) return false;
  if (quoted) return true;
  if (/^[,)]/.test(after) && value.toLowerCase() === key.toLowerCase()) return false; // a keyword argument handed on
  if (operator !== ':') return true;
  // `Password: see the vault` is prose; `password: hunter2` at a line's end is YAML.
  const telling =
    /[\d!@#%^&*+]/.test(value) || /pass|secret|change-?me|admin|root|qwerty|letmein/i.test(value);
  return telling && /^(?:\s*[\r\n]|\s*$|\s#|,|\s*\}|`|\s?\|)/.test(after);
}

/** Secrets given as arguments: `--password hunter2`, `mysql -phunter2`, `sshpass -p hunter2`, `curl -u admin:hunter2`. */
function* flags(text: string): Iterable<Secret> {
  const long = new RegExp(`--[a-z-]{0,30}?(?:(${passwordWord})|(${tokenWord}))[ \\t]{1,3}(["'])?`, 'gi');
  for (const match of text.matchAll(long)) {
    const start = match.index + match[0].length;
    const value = readValue(text, start, match[3] ?? '');
    if (value.length < 3 || value.startsWith('-') || isPlaceholder(value)) continue;
    if (isReference(value, match[3] !== undefined)) continue;
    if (match[1] ? true : looksRandom(value))
      yield { start, end: start + value.length, kind: match[1] ? 'password' : 'secret value' };
  }
  const short =
    /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n|;&]{0,200}?\s-p(["']|(?=\S))|\bsshpass\s{1,3}-p\s{0,3}(["'])?/g;
  for (const match of text.matchAll(short)) {
    const start = match.index + match[0].length;
    const value = readValue(text, start, match[1] || match[2] || '');
    if (value.length >= 3 && !isPlaceholder(value) && !isReference(value, false))
      yield { start, end: start + value.length, kind: 'password' };
  }
  const user = /\b(?:curl|wget|http|https)\b[^\n|;]{0,300}?\s(?:-u|--user)[ =]{0,2}["']?([\w.@-]{1,60}):/g;
  for (const match of text.matchAll(user)) {
    const start = match.index + match[0].length;
    const value = /^[^\s"'`;&|)]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
    if (value.length >= 3 && !isPlaceholder(value))
      yield { start, end: start + value.length, kind: 'password' };
  }
}

function* sqlPasswords(text: string): Iterable<Secret> {
  for (const match of text.matchAll(/\b(?:identified\s{1,4}by|password)\s{1,4}'([^'\n]{3,200})'/gi)) {
    const value = match[1] ?? '';
    if (isPlaceholder(value)) continue;
    const end = match.index + match[0].length - 1;
    yield { start: end - value.length, end, kind: 'password' };
  }
}
