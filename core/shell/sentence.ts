/** A classification in words: what happens to what, why it has its risk, what to note first, how to undo it. */
import type { Classification, Effect, TargetWord } from './types.ts';

const LEADS: Readonly<Record<Effect, string>> = {
  read: 'Only reads',
  session: 'Changes only the session',
  'local-write': 'Writes on this machine',
  mutate: 'Changes state',
  unknown: 'Not known, so it counts as a change',
  destroy: 'Destroys',
};

/** One fact of an explanation. The first has no label: what happens, and why that is its risk. */
export interface ExplainedPart {
  readonly label: string | null;
  readonly text: string;
}

/** What a person should know before it runs, most important first; plain text, each part one line. */
export function explained(verdict: Classification): readonly ExplainedPart[] {
  const reasons = reasonsThatCount(verdict);
  const parts: ExplainedPart[] = [
    { label: null, text: `${LEADS[verdict.effect]}${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}` },
  ];
  const on = where(verdict);
  if (on !== '') parts.push({ label: 'Target', text: on });
  if (verdict.readsSecrets) parts.push({ label: 'Secrets', text: 'its output may hold some' });
  if (verdict.risk === 'read-only') return parts;
  if (verdict.preview !== null) parts.push({ label: 'Rehearse', text: verdict.preview });
  if (verdict.captureFirst !== null) parts.push({ label: 'Note first', text: verdict.captureFirst });
  if (verdict.inverse !== null) parts.push({ label: 'To undo', text: verdict.inverse });
  else if (verdict.effect === 'destroy') parts.push({ label: 'To undo', text: 'no way back is known' });
  return parts;
}

/** The same as one sentence. */
export function sentenceOf(verdict: Classification): string {
  const [what, ...rest] = explained(verdict);
  return `${[what?.text, ...rest.map(({ label, text }) => `${label?.toLowerCase()}: ${text}`)].join('; ')}.`;
}

/** `namespace prod`; a thing that is acted on is called by its name alone. */
export function targetInWords({ kind, value }: TargetWord): string {
  return kind === 'resource' ? value : `${kind} ${value}`;
}

/** Of a change the reasons for it: what merely reads besides explains nothing. At most three. */
function reasonsThatCount({ risk, reasons }: Classification): readonly string[] {
  const changing = risk === 'read-only' ? reasons : reasons.filter((reason) => !/ reads$/.test(reason));
  return (changing.length > 0 ? changing : reasons)
    .slice(0, 3)
    .map((reason) => reason.replace(/^unknown: /, ''));
}

/** Where it would act: what its words name, and what they leave to whatever is current. */
function where({ targets, ambient, scope, risk }: Classification): string {
  return [
    ...targets.map(targetInWords),
    ...(risk === 'read-only' || scope === 'one' ? [] : [scope === 'all' ? 'all there is' : 'more than one']),
    ...ambient.map(
      ({ kind, ask }) => `whatever ${kind} is current${ask === null ? '' : ` (${ask} says which)`}`,
    ),
  ].join(', ');
}
