import type { Report, Rule } from '../types.ts';

/** A heading two or more levels below the one before it. */
export const headingSkip: Rule = {
  id: 'structure/heading-skip',
  title: 'A heading skips a level',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a heading that is more than one level below the heading before it (`##`, then `####`), once for each section in which that happens. Only in documents that are plainly runbooks.',
    why: 'The outline is how somebody in a hurry finds the place. A level that is missing makes a part look like a part of something else.',
    wrong: '## Recover the database\n\n#### Check the replica',
    right: '## Recover the database\n\n### Check the replica',
    source: 'markdownlint MD001, heading-increment.',
  },
  *check({ runbook }): Iterable<Report> {
    const told = new Set<number>();
    for (const [index, section] of runbook.sections.entries()) {
      const before = runbook.sections[index - 1];
      if (before === undefined || section.level <= before.level + 1) continue;
      // Below one heading, the first says it for all.
      if (told.has(section.parent ?? -1)) continue;
      told.add(section.parent ?? -1);
      yield {
        range: section.headingRange,
        message: `This heading of level ${section.level} follows one of level ${before.level}. Make it level ${before.level + 1}, or add the heading that is missing between them.`,
      };
    }
  },
};
