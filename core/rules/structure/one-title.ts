import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** More than one heading of level 1. */
export const oneTitle: Rule = {
  id: 'structure/one-title',
  title: 'More than one title',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports the second heading of level 1: a document has one title. It is reported once, however many follow. Only in documents that are plainly runbooks.',
    why: 'The title says which runbook this is, in the list of runbooks and in the log of an incident. The sections below a second title seem to belong to another document.',
    wrong: '# Restart the API\n\n# Verify',
    right: '# Restart the API\n\n## Verify',
    source: 'markdownlint MD025, single-title.',
  },
  *check({ runbook }): Iterable<Report> {
    const [first, second, ...rest] = runbook.sections.filter(({ level }) => level === 1);
    if (first === undefined || second === undefined) return;
    const others =
      rest.length === 0 ? '' : ` So ${rest.length === 1 ? 'does one' : `do ${rest.length}`} more below.`;
    yield {
      range: second.headingRange,
      message: `This heading has level 1, as the title “${excerpt(first.title, 40)}” on line ${first.headingRange.start.line + 1} has.${others} Begin sections with ##.`,
    };
  },
};
