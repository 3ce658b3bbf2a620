import { boundedCache } from '../../runbook/lazy.ts';
import { findSecrets, type Secret } from '../../secrets/index.ts';
import type { Report, Rule } from '../types.ts';

/** By the text of a part, so that an edit looks at one part anew. */
const cache = boundedCache<Promise<readonly Secret[]>>(20_000, 8_000_000);
/** A line that begins a part: no secret goes on behind a heading or a comment of its form. */
const PART = /^(?=#{1,6}[ \t])/m;

async function secretsIn(text: string): Promise<Secret[]> {
  const found: Secret[] = [];
  let at = 0;
  for (const part of text.split(PART)) {
    for (const { start, end, kind } of await cache.get(part, () => findSecrets(part)))
      found.push({ start: at + start, end: at + end, kind });
    at += part.length;
  }
  return found;
}

/** Passwords, tokens and keys written out in the document. The value itself never enters the message. */
export const literalSecret: Rule = {
  id: 'secret/literal',
  title: 'A secret stands in the document',
  severity: 'error',
  docs: {
    what: 'Reports a password, token or key that is written out: in a URL, an assignment, a header or by its own shape. Placeholders (`$VAR`, `<token>`, `xxx`, `***`, `YOUR_KEY`) are fine.',
    why: 'A runbook is read by many, copied into chats and kept in history for ever. A secret in it is no longer one.',
    wrong: '```bash\npg_dump "postgres://backup:hunter2@db.internal/shop"\n```',
    right: '```bash\npg_dump "postgres://backup:${BACKUP_PASSWORD:?}@db.internal/shop"\n```',
    source: 'CWE-798, Use of Hard-coded Credentials. Token shapes: secretlint, recommended rules.',
  },
  async check({ runbook }): Promise<Report[]> {
    const { source } = runbook;
    return (await secretsIn(source.text)).map(({ start, end, kind }) => ({
      range: source.range(start, end),
      message: `${article(kind)} ${kind} stands here in plain text. Keep it in a secret store, name it by a variable, and change it where it is in use.`,
    }));
  },
};

function article(kind: string): string {
  return /^(?:[aeio]|AWS|API|npm)/i.test(kind) ? 'An' : 'A';
}
