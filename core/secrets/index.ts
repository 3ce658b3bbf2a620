/**
 * Secrets in a text: where they stand and what they are. A leaf, so that the rule that warns of a secret
 * and the redaction that keeps it out of a log decide alike.
 */
import { matchPatterns } from './patterns.ts';
import { lintWithSecretlint } from './secretlint.ts';

export { isStock } from './placeholder.ts';

/** A secret's own characters (not the key before it): offsets in UTF-16 code units, `end` exclusive. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** What it is, in words that fit after "a": `password`, `password in a URL`, `GitHub token`. */
  readonly kind: string;
}

/**
 * Every secret in a text: our own patterns joined with secretlint's recommended rules.
 * Sorted by place, overlaps merged. Placeholders (`<token>`, `$TOKEN`, `YOUR_KEY`, `***`) are not secrets.
 * Secretlint is loaded on the first call; if it fails, our own patterns still count.
 */
export async function findSecrets(text: string): Promise<readonly Secret[]> {
  if (text === '') return [];
  const own = matchPatterns(text);
  const others = await lintWithSecretlint(text);
  return mergeSecrets([...own, ...others]);
}

/** The part of {@link findSecrets} that needs no loading: our own patterns alone. */
export function findSecretsSync(text: string): readonly Secret[] {
  return mergeSecrets(matchPatterns(text));
}

/** Sorts and joins overlapping secrets; the one that begins first, else the longer one, gives the kind. */
function mergeSecrets(found: readonly Secret[]): Secret[] {
  const sorted = found.filter((s) => s.end > s.start).sort((a, b) => a.start - b.start || b.end - a.end);
  const merged: Secret[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last === undefined || next.start >= last.end) merged.push(next);
    else if (next.end > last.end) merged[merged.length - 1] = { ...last, end: next.end };
  }
  return merged;
}
