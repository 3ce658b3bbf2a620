import { excerpt } from '../support/blocks.ts';
import { type Program, programs } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Credentials for whoever answers. */
export const unverifiedTls: Rule = {
  id: 'command/unverified-tls',
  title: 'Credentials go to an unchecked server',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports `curl` and `wget` that send a password, token or cookie and do not check the certificate of the server (`-k`, `--insecure`, `--no-check-certificate`). Requests to this machine are fine.',
    why: 'Whoever stands in between can show any certificate, and gets the token. Nobody notices, least of all while something else is broken.',
    wrong:
      '```bash\ncurl -k -H "Authorization: Bearer $TOKEN" https://metrics.shop.example/api/v1/alerts\n```',
    right:
      '```bash\ncurl --cacert /etc/shop/ca.pem -H "Authorization: Bearer $TOKEN" https://metrics.shop.example/api/v1/alerts\n```',
    source: 'curl manual, `-k, --insecure`: “this option makes the transfer insecure”.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, ['curl', 'wget'])) {
      const word = insecure(program);
      if (word === undefined || !sendsSecret(program) || isLocal(program)) continue;
      yield {
        at: word,
        message: `With \`${excerpt(word.value, 30)}\` the certificate is not checked: the credentials go to whoever answers. Name the authority that signed it with \`${program.name === 'curl' ? '--cacert' : '--ca-certificate'}\`.`,
      };
    }
  },
};

function insecure({ name, words }: Program): ShellWord | undefined {
  if (name === 'curl') return words.find(({ value }) => /^(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)$/.test(value));
  return name === 'wget' ? words.find(({ value }) => value === '--no-check-certificate') : undefined;
}

function sendsSecret({ name, words }: Program): boolean {
  return words.some(
    ({ value }, index) =>
      /^(?:authorization|cookie|x-[\w-]*(?:token|key|auth)[\w-]*|[\w-]*api-?key|private-token)\s*:/i.test(
        value,
      ) ||
      /^--header=(?:authorization|cookie)/i.test(value) ||
      (index > 0 && /^(?:--user|--oauth2-bearer|--password|--http-password)(?:=|$)/.test(value)) ||
      (name === 'curl' && index > 0 && /^-[a-zA-Z]*[ub]$/.test(value)),
  );
}

/** A server on this machine, or one that is asked without TLS. */
function isLocal({ words }: Program): boolean {
  if (words.some(({ value }) => /^http:/i.test(value))) return true;
  return words.some(({ value }) =>
    /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)/i.test(value),
  );
}
