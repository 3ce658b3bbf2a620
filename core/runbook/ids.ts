/**
 * Names of steps that survive edits elsewhere.
 *
 * A step is called what its info string says (`id`, else `name`), else `SLUG-N`: the slug of the nearest heading and the
 * ordinal of its kind in that section. Ordinals begin anew at each heading, so an edit in another section changes nothing.
 *
 * Kinds share a section, so they would share names. In each section the first kind that occurs of block, checklist,
 * instruction has the plain form; the others add their kind: `deploy-1`, `deploy-1-check`, `deploy-1-step`. A plain name
 * ends in a number and the others do not, and slugs are unique, so none of these can meet another.
 *
 * The slug is GitHub's, the one in the page's address. Of two headings with the same text the second is called
 * `diagnosis-1`, so adding a heading with the text of a later one does rename the later one's steps, as it changes the
 * links to it; the fix is the same for both, a name in the info string. Before the first heading the slug is `start`.
 * Where a given name is already taken, in that one document, `~2` and so on is added to the later one.
 */

/** What a step is. */
export type StepKind = 'block' | 'checklist' | 'instruction';

/** A step that has no name yet. */
export interface Unnamed {
  readonly kind: StepKind;
  /** Slug of the nearest heading, null before the first. */
  readonly slug: string | null;
  /** Given in the info string, else null. */
  readonly given: string | null;
}

const PRECEDENCE: readonly StepKind[] = ['block', 'checklist', 'instruction'];
const SUFFIX: Readonly<Record<StepKind, string>> = {
  block: '-block',
  checklist: '-check',
  instruction: '-step',
};

/** Names for steps in document order, one each, all different. */
export function nameSteps(steps: readonly Unnamed[]): string[] {
  const plain = new Map<string, StepKind>();
  for (const { slug, kind } of steps) {
    const key = slugOf(slug);
    const known = plain.get(key);
    if (known === undefined || PRECEDENCE.indexOf(kind) < PRECEDENCE.indexOf(known)) plain.set(key, kind);
  }
  // Given names come first: a name that somebody chose is not pushed aside by one that was counted.
  const taken = new Map<string, number>();
  const names = steps.map(({ given }) => (given === null ? '' : unused(given, taken)));
  const ordinals = new Map<string, number>();
  for (const [index, { slug, kind, given }] of steps.entries()) {
    const key = slugOf(slug);
    const counter = `${kind} ${key}`;
    const ordinal = (ordinals.get(counter) ?? 0) + 1;
    ordinals.set(counter, ordinal);
    if (given !== null) continue;
    const suffix = plain.get(key) === kind ? '' : SUFFIX[kind];
    names[index] = unused(`${key}-${ordinal}${suffix}`, taken);
  }
  return names;
}

function slugOf(slug: string | null): string {
  if (slug === null) return 'start';
  return slug === '' ? 'section' : slug;
}

/** `taken` holds names with the last number that was added to each. */
function unused(name: string, taken: Map<string, number>): string {
  let number = taken.get(name) ?? 0;
  let free = name;
  for (; taken.has(free); free = `${name}~${number}`) number = Math.max(number, 1) + 1;
  if (free !== name) taken.set(name, number);
  taken.set(free, 1);
  return free;
}
