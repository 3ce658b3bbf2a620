import { boundedCache } from '../../runbook/lazy.ts';
import type { Section } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

const wordsOf = boundedCache<string>(10_000, 1_000_000);

/** The same heading twice in one section. */
export const duplicateHeading: Rule = {
  id: 'structure/duplicate-heading',
  title: 'Two headings with the same words',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a heading that has the words of an earlier one of the same level in the same section. The same words in different sections (`Diagnosis` below each alert) are fine. Where several in a row repeat, it is one finding: the heading above them is missing. Only in documents that are plainly runbooks.',
    why: 'In the outline the two look alike, and a link goes to the first of them. Often one is a copy that was not finished.',
    wrong: '## Recovery\n\n### Restart\n\n…\n\n### Restart\n\n…',
    right: '## Recovery\n\n### Restart the API\n\n…\n\n### Restart the queue\n\n…',
    source: 'markdownlint MD024, no-duplicate-heading, with siblings_only.',
  },
  *check({ runbook }): Iterable<Report> {
    /** By the section around them and their level, then by their words. */
    const known = new Map<number, Siblings>();
    const again: Again[] = [];
    for (const section of runbook.sections) {
      const words = wordsOf.get(section.title, () => section.title.replace(/\s+/g, ' ').trim().toLowerCase());
      if (words === '') continue;
      const place = ((section.parent ?? -1) + 1) * 8 + section.level;
      const siblings = known.get(place) ?? { count: 0, byWords: new Map() };
      known.set(place, siblings);
      const at = siblings.count++;
      const first = siblings.byWords.get(words);
      if (first === undefined) siblings.byWords.set(words, { section, at });
      else again.push({ section, at, first, place });
    }
    const runs = new Map<Again, Again[]>();
    const last = new Map<number, Again[]>();
    for (const one of again) {
      const before = last.get(one.place);
      const previous = before?.at(-1);
      if (before && previous && one.at === previous.at + 1 && one.first !== previous.first) {
        before.push(one);
        continue;
      }
      const run = [one];
      runs.set(one, run);
      last.set(one.place, run);
    }
    for (const [{ section, first }, run] of runs) {
      const line = first.section.headingRange.start.line + 1;
      const title = `“${excerpt(section.title, 50)}”`;
      yield {
        range: section.headingRange,
        message:
          run.length === 1
            ? `${title} is a heading of this section on line ${line} already. Join the two, or say in the words how they differ.`
            : `${title} and the ${run.length - 1 === 1 ? 'heading' : `${run.length - 1} headings`} after it repeat those from line ${line} on. Is a heading missing above, which says what these are about?`,
      };
    }
  },
};

/** A heading among those of its level in one section, by its number there. */
interface Place {
  readonly section: Section;
  readonly at: number;
}

interface Siblings {
  count: number;
  readonly byWords: Map<string, Place>;
}

/** A heading whose words were there before. */
interface Again extends Place {
  readonly first: Place;
  readonly place: number;
}
