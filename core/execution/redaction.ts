/** Secrets taken out of everything that leaves the machine's private folder. */
import { findSecrets } from '../secrets/index.ts';

/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Shorter values would blot out ordinary words. */
const SHORTEST = 4;

/** Whether a name says that its value is a secret: `DB_PASSWORD`, `api-token`, `AWS_SECRET_ACCESS_KEY`. */
export function isSecretName(name: string): boolean {
  return /pass|secret|token|key|credential/i.test(name);
}

/** The values of an environment's variables that are secret by name; paths, switches and short words are not taken for secrets. */
export function secretValues(variables: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(variables)
    .filter(([name, value]) => isSecretName(name) && value !== undefined && isSecretValue(value))
    .map(([, value]) => value as string);
}

const isSecretValue = (value: string): boolean =>
  value.length >= 8 && !/^[/~.]/.test(value) && !/^\s*(?:true|false|\d+)\s*$/i.test(value);

export interface Redactor {
  /** The text with every secret replaced. Does not reject: where the search itself fails, no text is let through. */
  redact(text: string): Promise<string>;
}

/**
 * Replaces secrets in texts: these values, in plain and as programs encode them, and whatever
 * `core/secrets` recognises by its form.
 */
export function redactor(values: readonly string[]): Redactor {
  const pattern = patternOf(values);
  return {
    async redact(text) {
      if (text === '') return text;
      const known = pattern === null ? text : text.replace(pattern, REDACTED);
      try {
        const found = await findSecrets(known);
        return replaceAt(known, found);
      } catch {
        return '[not shown: the search for secrets failed]';
      }
    },
  };
}

function replaceAt(text: string, found: readonly { readonly start: number; readonly end: number }[]): string {
  if (found.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of found) {
    if (start < from) continue;
    parts.push(text.slice(from, start), REDACTED);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** One alternation of literals, longest first, so that no part of a longer secret is left standing. */
function patternOf(values: readonly string[]): RegExp | null {
  const forms = new Set<string>();
  for (const value of values)
    for (const form of encodings(value)) if (form.length >= SHORTEST) forms.add(form);
  if (forms.size === 0) return null;
  const sorted = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

/** A secret as it may turn up: plain, in URLs, JSON, XML, shell quotes, hex, Base64 at each of its three alignments, or line by line. */
function* encodings(value: string): Generator<string> {
  if (value.trim().length < SHORTEST) return;
  yield value;
  const lines = value.split(/\r?\n/);
  if (lines.length > 1) for (const line of lines) if (line.trim().length >= 8) yield line.trim();
  const bytes = Buffer.from(value, 'utf8');
  const url = encodeURIComponent(bytes.toString('utf8'));
  yield url;
  yield url.replaceAll('%20', '+');
  yield url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  yield JSON.stringify(value).slice(1, -1);
  yield JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/');
  yield value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  yield value.replaceAll("'", "'\\''");
  if (bytes.length < 6) return;
  yield bytes.toString('hex');
  yield bytes.toString('hex').toUpperCase();
  for (let shift = 0; shift < 3; shift++) {
    // Only the characters that the secret alone decides; its neighbours share the first and the last.
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
    const whole = shifted.toString('base64').replace(/=+$/, '');
    const core = whole.slice([0, 2, 3][shift], Math.floor((shifted.length * 8) / 6));
    if (core.length < 8) continue;
    yield core;
    yield core.replaceAll('+', '-').replaceAll('/', '_');
  }
}
