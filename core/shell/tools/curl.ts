/** HTTP clients: curl, wget, HTTPie. From curl --help all (7.88) and documentation (8.10), wget --help (1.21), documentation of HTTPie 3. */
import { judgeHttp } from '../http.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, type Flag, hasFlag, isOpaque, type Parsed, plain } from '../words.ts';
import { type Call, local, read, type Tool, terminal } from './table.ts';

const CURL_VALUES = `-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data --data-ascii --data-binary --data-raw --data-urlencode --json
  -D --dump-header -e --referer -E --cert --cacert --capath --key -F --form --form-string -H --header -K --config -m --max-time --connect-timeout
  -o --output --output-dir -Q --quote -r --range -T --upload-file -u --user -U --proxy-user -w --write-out -x --proxy -X --request -y -Y -z -t -P
  --connect-to --resolve --retry --retry-delay --retry-max-time --limit-rate --interface --max-redirs --url --unix-socket --abstract-unix-socket --aws-sigv4
  --oauth2-bearer --proto --proto-default --tls-max --ciphers --tls13-ciphers --curves --dns-servers --netrc-file --max-filesize --socks4 --socks5
  --socks5-hostname --noproxy --hostpubsha256 --hostpubmd5 --pubkey --pass --cert-type --key-type --engine --crlfile --pinnedpubkey --proxy-header
  --proxy-cacert --url-query --variable --expand-url --expand-data --expand-header --trace --trace-ascii --stderr --hsts --alt-svc --etag-save
  --etag-compare --libcurl --keepalive-time --expect100-timeout --happy-eyeballs-timeout-ms --local-port --request-target --service-name --delegation
  --mail-from --mail-rcpt --mail-auth --login-options --rate --parallel-max --create-file-mode --ftp-method --ftp-port --time-cond --doh-url --preproxy
  --dns-interface --dns-ipv4-addr --dns-ipv6-addr --egd-file --ftp-account --ftp-ssl-ccc-mode -h --help --krb --proto-redir --proxy-capath
  --proxy-cert-type --proxy-cert --proxy-ciphers --proxy-crlfile --proxy-key --proxy-key-type --proxy-pass --proxy-pinnedpubkey --proxy-service-name
  --proxy-tls13-ciphers --proxy-tlsauthtype --proxy-tlspassword --proxy-tlsuser --random-file --sasl-authzid --socks5-gssapi-service
  --telnet-option --tftp-blksize --tlsauthtype --tlspassword --tlsuser --haproxy-clientip --ipfs-gateway --speed-limit --speed-time`;
const CURL_SWITCHES =
  '-f --fail --fail-with-body --fail-early -s --silent -S --show-error -L --location --location-trusted -I --head -i --include --show-headers -k --insecure -v --verbose -g --globoff -G --get -n --netrc --netrc-optional -N --no-buffer -O --remote-name --remote-name-all -J --remote-header-name -R -q --disable -# --progress-bar --no-progress-meter --compressed --http1.0 --http1.1 --http2 --http2-prior-knowledge --http3 -0 -1 -2 -3 -4 -6 -a -B -j -l -M -p -Z --parallel --parallel-immediate --retry-connrefused --retry-all-errors --ssl --ssl-reqd --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --path-as-is --raw --tcp-nodelay --tcp-fastopen --no-keepalive --anyauth --basic --digest --negotiate --ntlm --create-dirs --remove-on-error --no-clobber --styled-output --trace-time --trace-ids --post301 --post302 --post303 --proxy-insecure --next -V --version';

const DATA =
  '-d --data --data-ascii --data-binary --data-raw --data-urlencode --expand-data --json -F --form --form-string';
const FILES =
  '-o --output -c --cookie-jar -D --dump-header --trace --trace-ascii --stderr --hsts --alt-svc --etag-save --libcurl';

/** One request and its options: `--next` begins another. */
type Segment = Pick<Parsed, 'flags' | 'operands'>;

function segments(call: Call): readonly Segment[] {
  const ends = call.args.flatMap((arg, i) => (arg.value === '--next' || arg.value === '-:' ? [i] : []));
  if (ends.length === 0)
    return [{ flags: call.parsed.flags, operands: [...call.parsed.operands, ...(call.parsed.rest ?? [])] }];
  // Both lists stand in the order of the words, so that one walk over each deals them out.
  const found = [...ends, call.args.length].map(() => ({ flags: [] as Flag[], operands: [] as Arg[] }));
  let at = 0;
  for (const flag of call.parsed.flags) {
    while (flag.index > (ends[at] ?? Number.POSITIVE_INFINITY)) at++;
    found[at]?.flags.push(flag);
  }
  at = 0;
  for (const [n, operand] of call.parsed.operands.entries()) {
    while ((call.parsed.operandIndexes[n] ?? 0) > (ends[at] ?? Number.POSITIVE_INFINITY)) at++;
    found[at]?.operands.push(operand);
  }
  return found;
}

const has = (segment: Segment, names: string): boolean => hasFlag(segment as Parsed, names);

function methodOf(segment: Segment): Arg {
  const explicit = segment.flags.findLast((flag) => flag.name === '-X' || flag.name === '--request')?.value;
  if (explicit) return explicit;
  if (has(segment, '-I --head')) return plain('HEAD');
  if (has(segment, '-G --get')) return plain('GET');
  if (has(segment, '-T --upload-file')) return plain('PUT');
  return plain(has(segment, DATA) ? 'POST' : 'GET');
}

function values(segment: Segment, names: string): readonly Arg[] {
  const wanted = names.split(' ');
  return segment.flags.flatMap((flag) => (flag.value && wanted.includes(flag.name) ? [flag.value] : []));
}

/** A file, and neither the screen nor nothing. */
function isFile(arg: Arg | undefined): boolean {
  return arg !== undefined && !/^(-|%|\/dev\/(null|stdout|stderr))$/.test(arg.value);
}

function request(segment: Segment): Verdict {
  const urls = [...segment.operands, ...values(segment, '--url --expand-url')];
  const data = values(segment, DATA);
  const method = methodOf(segment);
  const headers = values(segment, '-H --header').map((arg) => arg.value);
  let result: Verdict = NOTHING;
  for (const url of urls)
    result = highest(result, judgeUrl(url, method, headers, data, has(segment, '-T --upload-file')));
  const quoted = values(segment, '-Q --quote');
  if (quoted.length > 0)
    result = highest(
      result,
      quoted.some((arg) => /^[-+*]*\s*(dele|rmd|rm|rmdir)\b/i.test(arg.value))
        ? verdict('destroy', 'curl --quote deletes on the server')
        : verdict('mutate', 'curl --quote sends commands to the server'),
    );
  if (has(segment, '-K --config')) result = highest(result, unknown('curl reads its options from a file'));
  const outputs = values(segment, '-o --output');
  const saved = outputs.some(isFile) || has(segment, '-O --remote-name --remote-name-all');
  // What goes into a file, or nowhere, is not shown.
  if (outputs.length > 0 && !outputs.some((arg) => arg.value === '-'))
    result = { ...result, readsSecrets: false };
  if (saved || values(segment, FILES).some(isFile))
    result = highest(result, verdict('local-write', 'curl writes a file'));
  const named =
    has(segment, '-u --user --oauth2-bearer') ||
    headers.some((header) => /^(authorization|x-[\w-]*(token|key)|cookie)\s*:/i.test(header));
  if (named && has(segment, '-v --verbose --trace --trace-ascii'))
    result = highest(
      result,
      verdict('read', 'curl shows the credentials that it sends', { readsSecrets: true }),
    );
  return result;
}

function judgeUrl(
  url: Arg,
  method: Arg,
  headers: readonly string[],
  data: readonly Arg[],
  uploads: boolean,
): Verdict {
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(url.value)?.[1]?.toLowerCase();
  switch (scheme) {
    case 'ws':
    case 'wss':
    case 'telnet':
    case 'mqtt':
      return data.length > 0 || uploads
        ? unknown(`curl speaks ${scheme}`, { network: true })
        : verdict('read', `curl listens on ${scheme}`, { network: true, mode: 'stream' });
    case 'smtp':
    case 'smtps':
      return verdict('mutate', 'curl sends mail', { network: true });
    case 'file':
      return uploads ? verdict('local-write', 'curl writes a file') : verdict('read', 'curl reads a file');
    case 'ftp':
    case 'ftps':
    case 'sftp':
    case 'scp':
      return uploads
        ? verdict('mutate', 'curl uploads a file', { network: true })
        : verdict('read', 'curl fetches a file', { network: true });
    default: {
      const body = data.map((arg) => arg.value).join('&');
      return judgeHttp({ method, url: url.value, headers, ...(data.length > 0 ? { body } : {}) });
    }
  }
}

/** `-u admin` without a password asks for it. */
function asksPassword(flags: readonly Flag[]): boolean {
  return flags.some(
    (flag) =>
      /^(-u|--user|-U|--proxy-user)$/.test(flag.name) &&
      flag.value !== undefined &&
      !flag.value.dynamic &&
      flag.value.value !== '' &&
      !flag.value.value.includes(':') &&
      !/^<.*>$/.test(flag.value.value),
  );
}

function curl(call: Call): Verdict {
  const { parsed } = call;
  if (hasFlag(parsed, '-V --version -M --manual -h --help'))
    return verdict('read', 'curl prints about itself');
  let result: Verdict = NOTHING;
  for (const segment of segments(call)) result = highest(result, request(segment));
  const addressed =
    parsed.operands.length + (parsed.rest?.length ?? 0) > 0 || hasFlag(parsed, '--url --expand-url');
  if (!addressed) result = highest(result, unknown('curl without an address'));
  if (hasFlag(parsed, '-N --no-buffer')) result = highest(result, verdict('read', '', { mode: 'stream' }));
  return { ...result, mode: asksPassword(parsed.flags) ? 'terminal' : result.mode, tool: call.name };
}

function wget(call: Call): Verdict {
  const { parsed } = call;
  const post = parsed.flags.find((flag) => /^--(post|body)-(data|file)$/.test(flag.name));
  const explicit = parsed.flags.find((flag) => flag.name === '--method')?.value;
  const method = explicit ?? plain(post ? 'POST' : hasFlag(parsed, '--spider') ? 'HEAD' : 'GET');
  const headers = parsed.flags.flatMap((flag) =>
    flag.name === '--header' && flag.value ? [flag.value.value] : [],
  );
  const body = post?.name.endsWith('-data') ? post.value?.value : undefined;
  const urls = [...parsed.operands, ...(parsed.rest ?? [])];
  let result: Verdict = NOTHING;
  for (const url of urls)
    result = highest(
      result,
      judgeHttp({ method, url: url.value, headers, ...(body === undefined ? {} : { body }) }),
    );
  if (hasFlag(parsed, '-i --input-file'))
    result = highest(result, verdict('read', 'wget reads addresses from a file', { network: true }));
  else if (urls.length === 0)
    result = hasFlag(parsed, '-V --version')
      ? verdict('read', 'wget prints its version')
      : unknown('wget without an address');
  const output = parsed.flags.findLast((flag) => flag.name === '-O' || flag.name === '--output-document')
    ?.value?.value;
  const writes =
    !hasFlag(parsed, '--spider -V --version') &&
    output !== '-' &&
    output !== '/dev/null' &&
    output !== '/dev/stdout';
  if (writes)
    result = highest({ ...result, readsSecrets: false }, verdict('local-write', 'wget writes a file'));
  const log = parsed.flags.find((flag) => /^(-o|-a|--output-file|--append-output)$/.test(flag.name))?.value
    ?.value;
  if (log !== undefined && log !== '-' && !log.startsWith('/dev/'))
    result = highest(result, verdict('local-write', 'wget writes its log to a file'));
  const asks = hasFlag(parsed, '--ask-password');
  return { ...result, mode: asks ? 'terminal' : result.mode, tool: call.name };
}

function httpie(call: Call): Verdict {
  const { parsed } = call;
  const words = [...parsed.operands, ...(parsed.rest ?? [])];
  const first = words[0];
  if (first === undefined)
    return hasFlag(parsed, '--version')
      ? verdict('read', `${call.name} prints its version`)
      : unknown(`${call.name} without an address`);
  const named =
    /^[A-Za-z]+$/.test(first.value) && words.length > 1
      ? true
      : first.dynamic && isOpaque(first) && words.length > 1 && !/[:=@]/.test(words[1]?.value ?? ':');
  const items = words.slice(named ? 2 : 1);
  const bodies = items.filter(
    (item) => /^[^:=@]*(?::=|=|@)/.test(item.value) && !/^[^:=@]*==/.test(item.value),
  );
  const headers = items.filter((item) => /^[\w-]+:(?!=)/.test(item.value)).map((item) => item.value);
  // Input that is piped in is the body.
  const piped = call.stdin.kind !== 'inherited' && !hasFlag(parsed, '-I --ignore-stdin');
  const sends = bodies.length > 0 || piped || hasFlag(parsed, '--raw');
  const method = named ? first : plain(sends ? 'POST' : 'GET');
  if (hasFlag(parsed, '--offline'))
    return { ...verdict('read', `${call.name} --offline sends nothing`), tool: call.name };
  let result = judgeHttp({ method, url: (named ? words[1] : first)?.value ?? '', headers });
  if (hasFlag(parsed, '-d --download -o --output')) {
    const output = parsed.flags.find((flag) => /^(-o|--output)$/.test(flag.name))?.value;
    if (output === undefined || isFile(output))
      result = highest(
        { ...result, readsSecrets: false },
        verdict('local-write', `${call.name} writes a file`),
      );
  }
  if (hasFlag(parsed, '-S --stream')) result = highest(result, verdict('read', '', { mode: 'stream' }));
  const user = parsed.flags.findLast((flag) => /^(-a|--auth)$/.test(flag.name))?.value;
  const type = parsed.flags.findLast((flag) => /^(-A|--auth-type)$/.test(flag.name))?.value?.value ?? 'basic';
  const asks = user && !user.dynamic && !user.value.includes(':') && /^(basic|digest)$/.test(type);
  return { ...result, mode: asks ? 'terminal' : result.mode, tool: call.name };
}

export const httpTools: readonly Tool[] = [
  {
    names: 'curl curlie',
    source: 'curl --help all (7.88); from documentation: curl 8.10',
    values: CURL_VALUES,
    switches: CURL_SWITCHES,
    bare: read({ decide: curl }),
  },
  {
    names: 'wget wget2',
    source: 'wget --help (1.21)',
    values:
      '-O --output-document -o --output-file -a --append-output -P --directory-prefix -t --tries -T --timeout --connect-timeout --read-timeout -U --user-agent --header --post-data --post-file --body-data --body-file --method --user --password --http-user --http-password --proxy-user --proxy-password -i --input-file -e --execute --limit-rate -w --wait -l --level -A -R -D -I -X -Q --load-cookies --save-cookies --referer --certificate --private-key --ca-certificate --cut-dirs --retry-on-http-error --waitretry --report-speed -B --base --config --rejected-log --start-pos --progress --dns-timeout --quota --bind-address --restrict-file-names --prefer-family --use-askpass --local-encoding --remote-encoding --default-page --compression --secure-protocol --certificate-type --private-key-type --ca-directory --crl-file --pinnedpubkey --ciphers --ftp-user --ftp-password --warc-file --warc-header --warc-max-size --warc-dedup --warc-tempdir --backups --accept --reject --accept-regex --reject-regex --regex-type --domains --exclude-domains --follow-tags --ignore-tags --include-directories --exclude-directories',
    switches:
      '-q --quiet -v -nv -S --server-response --spider -c --continue -N -r --recursive -p -k -m --mirror -nc -np -nd -nH --no-check-certificate -b --background --ask-password --content-disposition --no-proxy -4 -6 -E -K -H',
    bare: read({ decide: wget }),
  },
  {
    names: 'http https xh xhs',
    source: 'help text or man page (Debian 12), and documentation: HTTPie 3',
    values:
      '-a --auth -A --auth-type --session --session-read-only --timeout -o --output --verify --proxy -p --print -s --style --pretty --cert --cert-key --max-redirects --raw --ssl --ciphers --default-scheme --format-options --boundary --response-charset --response-mime --max-headers',
    switches:
      '-j --json -f --form --multipart -h --headers -m --meta -b --body -v --verbose --all -S --stream -d --download -c --continue -q --quiet -F --follow --check-status -I --ignore-stdin --offline --debug -x --compress --chunked --ignore-netrc --version',
    bare: read({ decide: httpie }),
  },
  {
    names: 'aria2c axel',
    source: 'help text or man page (Debian 12), and documentation: aria2 1.37',
    network: true,
    values: '-d --dir -o --out -x -s -i --input-file -n -U --header',
    bare: local({ why: 'it fetches a file' }),
  },
  {
    names: 'lynx w3m links elinks',
    source: 'help text or man page (Debian 12), and documentation',
    network: true,
    bare: read({
      decide: (call) =>
        call.args.some((arg) => /^--?(dump|source|head|listonly|dump_source|version)$/.test(arg.value))
          ? undefined
          : terminal,
    }),
  },
];
