/** Secretlint's recommended rules, in process. API: https://github.com/secretlint/secretlint/tree/master/packages/%40secretlint/core */
import type { Secret } from './index.ts';
import { urlPasswords } from './patterns.ts';
import { isPlaceholder } from './placeholder.ts';

type Linter = (text: string) => Promise<readonly Secret[]>;

/** Texts are handed over in pieces of about this many characters, so that one call stays short. */
const pieceLength = 262_144;

/** Loaded once, on first use: it is a third of the server's code and start-up must not wait for it. */
let linter: Promise<Linter> | undefined;

/** What secretlint finds, without placeholders. Never rejects: where it cannot be loaded or fails, the answer is empty. */
export async function lintWithSecretlint(text: string): Promise<readonly Secret[]> {
  linter ??= load();
  try {
    const lint = await linter;
    const found: Secret[] = [];
    for (let start = 0; start < text.length; ) {
      const end = pieceEnd(text, start);
      for (const secret of await lint(text.slice(start, end)))
        found.push({ ...secret, start: secret.start + start, end: secret.end + start });
      start = end;
    }
    return found;
  } catch {
    return [];
  }
}

function pieceEnd(text: string, start: number): number {
  if (text.length - start <= pieceLength) return text.length;
  const lineEnd = text.indexOf('\n', start + pieceLength);
  return lineEnd < 0 || lineEnd > start + 2 * pieceLength ? start + pieceLength : lineEnd + 1;
}

async function load(): Promise<Linter> {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It is on by default, and keeps some ninety marks of every text that was ever looked through.
  secretLintProfiler.setEnabled(false);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
  return async (text) => {
    // Secretlint obeys directives in what it reads; the output of a program must not be able to switch redaction off.
    const content = text.replaceAll('secretlint-', 'secretlint_');
    const source = { filePath: 'text', content, contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.flatMap(({ range, ruleId }) =>
      refine({ start: range[0], end: range[1], kind: kindOf(ruleId) }, content),
    );
  };
}

/** Narrows a connection string to its password, so that a log still shows which host; drops placeholders. */
function refine(secret: Secret, content: string): readonly Secret[] {
  const text = content.slice(secret.start, secret.end);
  if (text.includes('://'))
    return [...urlPasswords(text)].map((inner) => ({
      ...inner,
      start: inner.start + secret.start,
      end: inner.end + secret.start,
    }));
  const value = text.replace(/^.*[=:]\s*["']?/s, '').replace(/["'\s]+$/, '');
  return isPlaceholder(text) || isPlaceholder(value) ? [] : [secret];
}

const kinds: Readonly<Record<string, string>> = {
  aws: 'AWS credential',
  gcp: 'Google Cloud key',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  npm: 'npm token',
  slack: 'Slack token',
  sendgrid: 'SendGrid key',
  privatekey: 'private key',
  basicauth: 'password in a URL',
  'database-connection-string': 'password in a URL',
};

function kindOf(ruleId: string): string {
  const name = ruleId.replace(/^.*secretlint-rule-/, '');
  return kinds[name] ?? `${name.replace(/-/g, ' ')} secret`;
}
