/** What a person must do before a step runs. */
import { dialectOf, type Risk, readScript, type TargetWord } from '../shell/index.ts';

/** `none` one click; `confirm` look at the exact text first; `type` write the target's name. */
export function consentNeeded(risk: Risk): 'none' | 'confirm' | 'type' {
  if (risk === 'read-only') return 'none';
  return risk === 'destructive' ? 'type' : 'confirm';
}

/** From what is destroyed to where it stands: the first kind that a step names is what a person types. */
const TYPED_KINDS = [
  'resource',
  'table',
  'database',
  'bucket',
  'volume',
  'queue',
  'topic',
  'instance',
  'deployment',
  'service',
  'namespace',
  'cluster',
  'context',
  'host',
  'project',
  'account',
  'profile',
  'region',
];

/** The word to type before a destructive step: its target's name, else `fallback` (the step's id). Never empty. */
export function typedWord(targets: readonly TargetWord[], fallback: string): string {
  const rank = (target: TargetWord) => {
    const at = TYPED_KINDS.indexOf(target.kind);
    return at === -1 ? TYPED_KINDS.length : at;
  };
  // What holds a variable or a character that nobody sees cannot be typed, and must not stand for the whole.
  const named = targets.filter(({ value }) => /\S/.test(value) && !/[\p{C}\p{Zl}\p{Zp}$`]/u.test(value));
  const best = named.reduce<TargetWord | null>(
    (first, next) => (first === null || rank(next) < rank(first) ? next : first),
    null,
  );
  return best === null ? fallback : best.value.trim();
}

/** What a step destroys. */
export interface Destroyed {
  /** What its destructive commands name. */
  readonly targets: readonly TargetWord[];
  /** The first of them as written; null where the script cannot be taken apart. */
  readonly command: string | null;
}

/**
 * What the destructive commands among others aim at: a host that is only read is not what is lost.
 *
 * @param script As it will run.
 * @param all The targets of the whole, for languages that have no commands.
 */
export function destroyedBy(script: string, language: string, all: readonly TargetWord[]): Destroyed {
  const dialect = dialectOf(language);
  const commands = dialect === null ? [] : readScript(script, { dialect }).commands;
  const destructive = commands.filter(({ classification }) => classification.risk === 'destructive');
  const [first] = destructive;
  if (first === undefined) return { targets: all, command: null };
  const targets = new Map(
    destructive
      .flatMap(({ classification }) => classification.targets)
      .map((target) => [`${target.kind} ${target.value}`, target]),
  );
  return { targets: [...targets.values()], command: first.text };
}
