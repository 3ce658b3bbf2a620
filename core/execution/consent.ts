/** What a person must do before a step runs. */
import type { Risk, TargetWord } from '../shell/types.ts';

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
  const named = targets.filter((target) => /\S/.test(target.value) && !/[\n\r$`]/.test(target.value));
  const best = named.reduce<TargetWord | null>(
    (first, next) => (first === null || rank(next) < rank(first) ? next : first),
    null,
  );
  return best === null ? fallback : best.value.trim();
}
