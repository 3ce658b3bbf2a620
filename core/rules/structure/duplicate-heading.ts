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
    what: 'Reports a heading that has the words of an earlier one of the same level in the same section. The same words in different sections (`Diagnosis` below each alert) are fine. Only in documents that are plainly runbooks.',
    why: 'In the outline the two look alike, and a link goes to the first of them. Often one is a copy that was not finished.',
    wrong: '## Recovery\n\n### Restart\n\n…\n\n### Restart\n\n…',
    right: '## Recovery\n\n### Restart the API\n\n…\n\n### Restart the queue\n\n…',
    source: 'markdownlint MD024, no-duplicate-heading, with siblings_only.',
  },
  *check({ runbook }): Iterable<Report> {
    /** By the section around them and their level, then by their words. */
    const known = new Map<number, Map<string, Section>>();
    for (const section of runbook.sections) {
      const words = wordsOf.get(section.title, () => section.title.replace(/\s+/g, ' ').trim().toLowerCase());
      if (words === '') continue;
      const place = ((section.parent ?? -1) + 1) * 8 + section.level;
      const siblings = known.get(place) ?? new Map<string, Section>();
      known.set(place, siblings);
      const first = siblings.get(words);
      if (first === undefined) siblings.set(words, section);
      else
        yield {
          range: section.headingRange,
          message: `“${excerpt(section.title, 50)}” is a heading of this section on line ${first.headingRange.start.line + 1} already. Join the two, or say in the words how they differ.`,
        };
    }
  },
};
