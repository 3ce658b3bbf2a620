import type { Runbook } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { addEntry, documentPlace } from '../support/metadata.ts';
import { beyondRecall } from '../support/risk.ts';
import type { Report, Rule } from '../types.ts';

/** A runbook that speaks of its reviews, or of itself, without a date. */
export const reviewMissing: Rule = {
  id: 'metadata/review-missing',
  title: 'No date of the last review',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a runbook that names a review cycle without the date from which it counts, and one that destroys something without a known way back and names its owner or version, but not when it was last updated. A plain `Date:` counts; the plan of a single change is not asked. Only in documents that are plainly runbooks.',
    why: 'Without a date nobody can tell a runbook that was tried last week from one that describes systems of three years ago.',
    wrong: '# Restore the ledger\n\n**Owner**: Ledger team\n**Review cycle**: every 6 months',
    right:
      '# Restore the ledger\n\n**Owner**: Ledger team\n**Review cycle**: every 6 months\n**Last reviewed**: 2025-03-01',
    source: 'AWS Well-Architected OPS07-BP03.',
  },
  *check({ runbook, today }): Iterable<Report> {
    const { metadata } = runbook;
    if (metadata.some(({ key }) => key === 'last-updated' || key === 'next-review')) return;
    const fixes = addEntry(
      runbook,
      'last-reviewed',
      'Last reviewed',
      today,
      'I have reviewed it: add the date of today',
    );
    const cycle = metadata.find(({ key }) => key === 'review-cycle');
    if (cycle !== undefined) {
      yield {
        range: cycle.range,
        message: `The review cycle is “${cycle.value}”, but nothing says from when it counts. Add the date of the last review.`,
        fixes,
      };
      return;
    }
    if (HAPPENS_ONCE.test(runbook.title ?? '') || DATED.test(runbook.source.text.slice(0, 3000))) return;
    const place = aboutItself(runbook) ? documentPlace(runbook) : null;
    const command = place === null ? null : beyondRecall(runbook);
    if (place === null || command === null) return;
    yield {
      range: place,
      message: `\`${excerpt(command.text, 50)}\` on line ${command.range.start.line + 1} has no known way back, and nothing says when this runbook was last reviewed. Add the date.`,
      fixes,
    };
  },
};

/** A change that is made once is over when it is made. */
const HAPPENS_ONCE = /\bmigrat(?:ion|ing|e)\b.*(?:\b(?:plan|to)\b|→|->)|\bcut-?over\b/i;

/** A date among the first lines, under whatever name. */
const DATED = /^[ \t>*_-]{0,10}date(?:\*\*|__)?:[^\n]{0,20}\d/im;

function aboutItself({ metadata }: Runbook): boolean {
  return metadata.some(({ key }) => /^(?:owner|maintained-by|version|created|status)$/.test(key));
}
