/** HTTP clients: curl, wget, HTTPie. From curl --help all (7.88), wget --help (1.21), documentation of HTTPie. */
import { judgeHttp } from '../http.ts';
import { highest, NOTHING, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, hasFlag, isOpaque, plain } from '../words.ts';
import { type Call, read, type Tool } from './table.ts';

const CURL_VALUES = `-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data --data-ascii --data-binary --data-raw --data-urlencode --json
  -D --dump-header -e --referer -E --cert --cacert --capath --key -F --form --form-string -H --header -K --config -m --max-time --connect-timeout
  -o --output -O --output-dir -Q --quote -r --range -T --upload-file -u --user -U --proxy-user -w --write-out -x --proxy -X --request -y -Y -z
  --connect-to --resolve --retry --retry-delay --retry-max-time --limit-rate --interface --max-redirs --url --unix-socket --aws-sigv4 --oauth2-bearer --proto --tlsv1 --ciphers --dns-servers --netrc-file --max-filesize --socks5 --socks5-hostname --noproxy --hostpubsha256 --url-query --variable --expand-url`;
const CURL_SWITCHES =
  '-f --fail --fail-with-body -s --silent -S --show-error -L --location -I --head -i --include -k --insecure -v --verbose -g --globoff -G --get -n --netrc -N --no-buffer -O --remote-name -J -R -q -# --compressed --http1.1 --http2 -4 -6 -a -l -M -p -Z --parallel --retry-connrefused --retry-all-errors --ssl --ssl-reqd --tlsv1.2 --tlsv1.3';

const DATA =
  '-d --data --data-ascii --data-binary --data-raw --data-urlencode --json -F --form --form-string';

function curl(call: Call): Verdict {
  const { parsed } = call;
  const explicit = parsed.flags.findLast((flag) => flag.name === '-X' || flag.name === '--request')?.value;
  const method: Arg =
    explicit ??
    plain(
      hasFlag(parsed, '-I --head')
        ? 'HEAD'
        : hasFlag(parsed, '-G --get')
          ? 'GET'
          : hasFlag(parsed, '-T --upload-file')
            ? 'PUT'
            : hasFlag(parsed, DATA)
              ? 'POST'
              : 'GET',
    );
  const urls = [
    ...parsed.operands,
    ...parsed.flags
      .filter((flag) => flag.name === '--url')
      .flatMap((flag) => (flag.value ? [flag.value] : [])),
  ];
  const body = parsed.flags.find((flag) => DATA.split(' ').includes(flag.name))?.value?.value;
  let result: Verdict = NOTHING;
  for (const url of urls)
    result = highest(result, judgeHttp({ method, url: url.value, ...(body === undefined ? {} : { body }) }));
  if (urls.length === 0) result = unknown('curl without an address');
  if (hasFlag(parsed, '-K --config')) result = highest(result, unknown('curl reads its options from a file'));
  if (hasFlag(parsed, '-Q --quote'))
    result = highest(result, verdict('mutate', 'curl --quote sends commands to the server'));
  const output = parsed.flags.find((flag) => flag.name === '-o' || flag.name === '--output')?.value?.value;
  if (
    (output !== undefined && output !== '-' && output !== '/dev/null') ||
    hasFlag(parsed, '-O --remote-name')
  )
    result = highest(result, verdict('local-write', 'curl writes a file'));
  if (
    hasFlag(parsed, '-c --cookie-jar -D --dump-header') &&
    !/^-$/.test(parsed.flags.find((flag) => flag.name === '-D')?.value?.value ?? '')
  )
    result = highest(result, verdict('local-write', 'curl writes a file'));
  if (hasFlag(parsed, '-N --no-buffer')) result = highest(result, verdict('read', '', { mode: 'stream' }));
  return { ...result, tool: call.name };
}

function wget(call: Call): Verdict {
  const { parsed } = call;
  const post = parsed.flags.find((flag) => /^--(post|body)-(data|file)$/.test(flag.name));
  const explicit = parsed.flags.find((flag) => flag.name === '--method')?.value;
  const method = explicit ?? plain(post ? 'POST' : hasFlag(parsed, '--spider') ? 'HEAD' : 'GET');
  let result: Verdict = NOTHING;
  for (const url of parsed.operands) result = highest(result, judgeHttp({ method, url: url.value }));
  if (parsed.operands.length === 0) result = unknown('wget without an address');
  const output = parsed.flags.findLast((flag) => flag.name === '-O' || flag.name === '--output-document')
    ?.value?.value;
  const writes = !hasFlag(parsed, '--spider') && output !== '-' && output !== '/dev/null';
  if (writes) result = highest(result, verdict('local-write', 'wget writes a file'));
  return { ...result, tool: call.name };
}

function httpie(call: Call): Verdict {
  const words = call.parsed.operands;
  const first = words[0];
  if (first === undefined) return unknown(`${call.name} without an address`);
  const named = /^[A-Z]+$/.test(first.value) || (first.dynamic && isOpaque(first) && words.length > 1);
  const items = words.slice(named ? 2 : 1);
  const sends = items.some((item) => /(?<![=:])(:=|=|@)(?!=)/.test(item.value) && !/==/.test(item.value));
  const method = named ? first : plain(sends ? 'POST' : 'GET');
  return { ...judgeHttp({ method, url: (named ? words[1] : first)?.value ?? '' }), tool: call.name };
}

export const httpTools: readonly Tool[] = [
  {
    names: 'curl',
    source: 'curl --help all (7.88)',
    values: CURL_VALUES.replace(' -O ', ' '),
    switches: CURL_SWITCHES,
    bare: read({ decide: curl }),
  },
  {
    names: 'wget',
    source: 'wget --help (1.21)',
    values:
      '-O --output-document -o --output-file -a -P --directory-prefix -t --tries -T --timeout -U --user-agent --header --post-data --post-file --body-data --body-file --method --user --password -i --input-file -e --limit-rate --wait -w -l --level -A -R -D',
    switches:
      '-q --quiet -v -nv -S --server-response --spider -c -N -r -p -k -m -nc --no-check-certificate -b',
    bare: read({ decide: wget }),
  },
  {
    names: 'http https xh',
    source: 'from documentation: HTTPie 3',
    values: '-a --auth -A --auth-type --session --timeout -o --output --verify --proxy -p --print',
    bare: read({ decide: httpie }),
  },
];
