/** A classification in words: what happens to what, why it has its risk, what to note first, how to undo it. */
import type { Classification, Effect, TargetWord } from './types.ts';

const LEADS: Readonly<Record<Effect, string>> = {
  read: 'Only reads',
  session: 'Changes only the session',
  'local-write': 'Writes on this machine',
  mutate: 'Changes',
  unknown: 'Not known, so it counts as a change',
  destroy: 'Destroys',
};

/** One fact of an explanation. The first has no label: what happens to what, and why that is its risk. */
export interface ExplainedPart {
  readonly label: string | null;
  readonly text: string;
}

/** What a person should know before it runs, most important first; plain text, each part one line. */
export function explained(verdict: Classification): readonly ExplainedPart[] {
  const parts: ExplainedPart[] = [{ label: null, text: whatHappens(verdict) }];
  if (verdict.ambient.length > 0)
    parts.push({ label: 'Not named, so whatever is current', text: leftOpen(verdict) });
  if (verdict.readsSecrets) parts.push({ label: 'Secrets', text: 'its output may hold some' });
  if (verdict.risk === 'read-only') return parts;
  if (verdict.captureFirst !== null) parts.push({ label: 'Note first', text: verdict.captureFirst });
  if (verdict.inverse !== null) parts.push({ label: 'To undo', text: verdict.inverse });
  else if (verdict.effect === 'destroy') parts.push({ label: 'To undo', text: 'no way back is known' });
  if (verdict.preview !== null) parts.push({ label: 'Rehearse', text: verdict.preview });
  return parts;
}

/** The same as one sentence. */
export function sentenceOf(verdict: Classification): string {
  const [what, ...rest] = explained(verdict);
  return `${[what?.text, ...rest.map(({ label, text }) => `${lower(label ?? '')}: ${text}`)].join('; ')}.`;
}

/** `namespace prod`; a thing that is acted on is called by its name alone. */
export function targetInWords({ kind, value }: TargetWord): string {
  return kind === 'resource' ? value : `${kind} ${value}`;
}

/** `Destroys pod/api-0 (namespace prod): kubectl delete removes objects from the cluster`. */
function whatHappens(verdict: Classification): string {
  const { effect, scope, risk, targets } = verdict;
  const things = targets.filter(({ kind }) => kind === 'resource').map(targetInWords);
  const places = targets.filter(({ kind }) => kind !== 'resource').map(targetInWords);
  if (risk !== 'read-only' && scope !== 'one')
    places.push(scope === 'all' ? 'all there is' : 'more than one');
  // "Changes" wants an object; where none is known it is the state of something.
  const object = things.length > 0 ? ` ${things.join(', ')}` : effect === 'mutate' ? ' state' : '';
  const reasons = reasonsThatCount(verdict);
  return [
    LEADS[effect],
    effect === 'unknown' && object !== '' ? ` to${object}` : object,
    places.length === 0 ? '' : ` (${places.join(', ')})`,
    reasons.length === 0 ? '' : `: ${reasons.join('; ')}`,
  ].join('');
}

/** Of a change the reasons for it: what merely reads besides explains nothing. At most three. */
function reasonsThatCount({ risk, reasons }: Classification): readonly string[] {
  const changing = risk === 'read-only' ? reasons : reasons.filter((reason) => !/ reads$/.test(reason));
  return (changing.length > 0 ? changing : reasons)
    .slice(0, 3)
    .map((reason) => reason.replace(/^unknown: /, ''));
}

function leftOpen({ ambient }: Classification): string {
  return ambient.map(({ kind, ask }) => (ask === null ? kind : `${kind} (${ask} says which)`)).join(', ');
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
