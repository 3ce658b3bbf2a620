import { findSecrets, isStock, type Secret } from '../../secrets/index.ts';
import type { SourceText } from '../../text.ts';
import { type Chunk, chunksOf } from '../support/chunks.ts';
import type { Report, Rule } from '../types.ts';

/** Once a chunk is looked through, its secrets are at hand without waiting. */
const known = new WeakMap<Chunk, readonly Secret[]>();

async function secretsIn(source: SourceText): Promise<Secret[]> {
  const found: Secret[] = [];
  // No secret goes on behind a heading or a comment of its form.
  for (const { chunk, start: at } of chunksOf(source)) {
    let secrets = known.get(chunk);
    if (secrets === undefined) {
      secrets = await findSecrets(chunk.text);
      known.set(chunk, secrets);
    }
    for (const { start, end, kind } of secrets) found.push({ start: at + start, end: at + end, kind });
  }
  return found;
}

/** Passwords, tokens and keys written out in the document. The value itself never enters the message. */
export const literalSecret: Rule = {
  id: 'secret/literal',
  title: 'A secret stands in the document',
  severity: 'error',
  safety: true,
  docs: {
    what: 'Reports a password, token or key that is written out: in a URL, an assignment, a header or by its own shape. Placeholders (`$VAR`, `<token>`, `xxx`, `***`, `YOUR_KEY`, `user:pass@host`) are fine; a password that everybody guesses (`admin123`) is a hint.',
    why: 'A runbook is read by many, copied into chats and kept in history for ever. A secret in it is no longer one.',
    wrong: '```bash\npg_dump "postgres://backup:hunter2@db.internal/shop"\n```',
    right: '```bash\npg_dump "postgres://backup:${BACKUP_PASSWORD:?}@db.internal/shop"\n```',
    source: 'CWE-798, Use of Hard-coded Credentials. Token shapes: secretlint, recommended rules.',
  },
  async check({ runbook }): Promise<Report[]> {
    const { source } = runbook;
    return (await secretsIn(source)).map(({ start, end, kind }) =>
      isStock(source.text.slice(start, end))
        ? {
            range: source.range(start, end),
            severity: 'hint' as const,
            message: `This ${kind} is one that everybody guesses. Fine on a machine of your own; where a server has it, change it.`,
          }
        : {
            range: source.range(start, end),
            message: `${article(kind)} ${kind} stands here in plain text. Keep it in a secret store, name it by a variable, and change it where it is in use.`,
          },
    );
  },
};

function article(kind: string): string {
  return /^(?:[aeio]|AWS|API|npm)/i.test(kind) ? 'An' : 'A';
}
