/** Headings of a template: kept, with their slots filled. */
import type { Fact, Facts } from './facts.ts';

/** Slots in the order in which they are looked for: an id's slot holds a date's. */
const SLOTS: readonly (readonly [RegExp, keyof Pick<Facts, 'id' | 'date' | 'severityId' | 'title'>])[] = [
  [
    /\[(?:incident[ _-]*)?(?:id|number|#)\]|<(?:incident[ _-]*)?(?:id|number)>|\{\{\s*(?:incident[ _-]*)?id\s*\}\}|\bINC-[\w-]+|\bINC\d+/gi,
    'id',
  ],
  [
    /\[(?:incident[ _-]*)?date\]|<(?:incident[ _-]*)?date>|\{\{\s*(?:incident[ _-]*)?date\s*\}\}|\[?\bYYYY-MM-DD\b(?: HH:MM(?: UTC)?)?\]?|\b\d{4}-\d\d-\d\d\b/gi,
    'date',
  ],
  [
    /\[(?:sev(?:erity)?|priority|p)[ _-]?(?:[x#n0-9]|level)?\]|<(?:sev(?:erity)?|priority)[ _-]?(?:[xn#]|level)?>|\{\{\s*severity\s*\}\}|\bSEV-?[X0-9]\b|\bP[0-4X]\b/gi,
    'severityId',
  ],
  [
    /\[(?:[^\]]*(?:title|name|description|summary|incident)[^\]]*)\]|<(?:[^>]*(?:title|name|description|summary|incident)[^>]*)>|\{\{\s*[\w. ]*(?:title|name|description|summary)\s*\}\}/gi,
    'title',
  ],
];

/** A date or a place for one. */
const DATE = /\b\d{4}-\d\d-\d\d\b|YYYY-MM-DD|\[date\]|<date>/i;

/** A heading longer than this is prose that someone marked as a heading; it is left as it is. */
const LONGEST = 500;

/**
 * A heading with its slots filled. In the document's first heading, what follows a colon or a spaced dash is the
 * template's title for an incident that never was, and makes way for ours.
 */
export function fillHeading(text: string, facts: Facts, first: boolean): Fact {
  if (text.length > LONGEST) return { text, events: [] };
  const events: string[] = [];
  let filled = '';
  let titled = false;
  const cut = first ? titleAt(text) : -1;
  const put = (part: string) =>
    SLOTS.reduce(
      (rest, [pattern, name]) =>
        rest.replace(pattern, (slot) => {
          const fact = facts[name];
          events.push(...fact.events);
          titled ||= name === 'title';
          // `[SEV-X]` is a mark in front of a title: its brackets are style.
          return name === 'severityId' && slot.startsWith('[') ? `\\[${fact.text}\\]` : fact.text;
        }),
      part,
    );
  filled = put(text);
  if (cut !== -1 && !titled) {
    const sample = text.slice(cut);
    events.length = 0;
    const dated = DATE.test(sample);
    filled = `${put(text.slice(0, cut).trimEnd())} ${dated ? `${facts.date.text} - ` : ''}${facts.title.text}`;
    events.push(...facts.title.events, ...(dated ? facts.date.events : []));
  }
  return { text: filled, events };
}

/** Whether a heading has a place for the incident's title. */
export function takesTitle(text: string, first: boolean): boolean {
  const titleSlot = SLOTS.find(([, name]) => name === 'title')?.[0];
  return (
    text.length <= LONGEST &&
    ((first && titleAt(text) !== -1) || (titleSlot !== undefined && text.search(titleSlot) !== -1))
  );
}

/** Where a title begins after a colon or a spaced dash, or -1. */
function titleAt(text: string): number {
  const mark = /:\s|\s[-–—]\s/.exec(text);
  return mark === null ? -1 : mark.index + mark[0].length;
}
