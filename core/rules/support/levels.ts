/** Names of severity levels, as rules compare them. */
import { boundedCache } from '../../runbook/lazy.ts';

/** A level that is written as letters and a digit: `P1`, `SEV-1`, `Severity 1`. */
export interface LevelCode {
  /** What makes it equal to another: `p1`, `sev1`, `level1`, `tier1`. */
  readonly key: string;
  readonly family: 'p' | 'sev' | 'level' | 'tier';
  readonly number: number;
  /** As written, and where it begins in the text. */
  readonly text: string;
  readonly index: number;
}

const CODE =
  /\b(P|PRIORITY[ _-]?|S|SEV[ _-]?|SEVERITY[ _-]?|L|LEVEL[ _-]?|TIER[ _-]?)([0-9])(?![\w%]|\.\d)/gi;

const known = boundedCache<readonly LevelCode[]>(5_000, 1_000_000);

/** Every code in a text, in order. */
export function levelCodes(text: string): readonly LevelCode[] {
  return known.get(text, () => readCodes(text));
}

function readCodes(text: string): LevelCode[] {
  return [...text.matchAll(CODE)].map((match) => {
    const letters = (match[1] ?? '').toLowerCase();
    const family = letters.startsWith('p')
      ? 'p'
      : letters.startsWith('s')
        ? 'sev'
        : letters.startsWith('l')
          ? 'level'
          : 'tier';
    const number = Number(match[2]);
    return { key: `${family}${number}`, family, number, text: match[0], index: match.index };
  });
}

/** The code of a level's id, or null. */
export function codeOf(id: string): LevelCode | null {
  const [code] = levelCodes(id);
  return code !== undefined && code.index === 0 && code.text.length === id.trim().length ? code : null;
}

/** Words that name a level by themselves, gravest first; those of one line are as grave as each other. */
const GRAVITY: readonly (readonly string[])[] = [
  ['disaster', 'fatal', 'blocker', 'emergency'],
  ['critical', 'urgent', 'severe'],
  ['high', 'major'],
  ['medium', 'moderate', 'normal'],
  ['low', 'minor'],
  ['trivial', 'cosmetic', 'planning'],
];

/** How grave a level's word is, 0 the gravest; null where it is none of the plain words. */
export function gravity(word: string): number | null {
  const index = GRAVITY.findIndex((words) => words.includes(word.toLowerCase()));
  return index === -1 ? null : index;
}

/** The plain words of severity in a text, lower case. */
export function gravityWords(text: string): string[] {
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => gravity(word) !== null);
}
