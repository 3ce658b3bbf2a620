import type { MetadataEntry, Runbook } from '../../runbook/types.ts';
import { addDays, cycleDays, daysBetween, lastDay, lengthInWords } from '../support/days.ts';
import { dateFix } from '../support/metadata.ts';
import type { Report, Rule } from '../types.ts';

/** So old may a runbook grow that says nothing about its own reviews. */
const HALF_A_YEAR = 180;

/** A review that is due by the document's own dates. */
export const reviewOverdue: Rule = {
  id: 'metadata/review-overdue',
  title: 'A review is overdue',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a date of the next review that has passed, and a last update that is longer ago than the review cycle which the document names. Where it names no cycle, it is a hint when the last update is more than 180 days ago. Only in documents that are plainly runbooks, and say nothing of being retired or complete.',
    why: 'Systems move and runbooks stay. Whoever follows one at night should know that nobody has looked at it since hosts, names and flags changed.',
    wrong: '# Restore the ledger\n\n**Last updated**: 2019-03-01\n**Next review**: 2019-09-01',
    right: '# Restore the ledger\n\n**Last updated**: 2019-03-01\n**Next review**: 2199-09-01',
    source: 'AWS Well-Architected OPS07-BP03 asks that runbooks are kept up to date.',
  },
  *check({ runbook, today }): Iterable<Report> {
    if (isOver(runbook)) return;
    const next = newest(runbook, 'next-review');
    const last = newest(runbook, 'last-updated');
    if (next !== null) {
      const due = lastDay(next.date);
      if (due < today)
        yield {
          range: next.entry.range,
          message: `The next review was due ${lengthInWords(daysBetween(due, today))} ago (${next.date}). Review the runbook, and set the next date.`,
        };
      return;
    }
    if (last === null) return;
    const cycle = runbook.metadata.find(
      ({ key, value }) => key === 'review-cycle' && cycleDays(value) !== null,
    );
    const from = lastDay(last.date);
    const age = daysBetween(from, today);
    const limit = cycle === undefined ? HALF_A_YEAR : (cycleDays(cycle.value) ?? HALF_A_YEAR);
    if (addDays(from, limit) >= today) return;
    const fixes = dateFix(runbook, last.entry, today, 'I have reviewed it: set the date to today');
    yield cycle === undefined
      ? {
          range: last.entry.range,
          severity: 'hint',
          message: `The last update is ${lengthInWords(age)} old. Check that the runbook still holds, and renew the date.`,
          fixes,
        }
      : {
          range: last.entry.range,
          message: `The last update is ${lengthInWords(age)} old, and the review cycle is “${cycle.value}”. Review the runbook, and renew the date.`,
          fixes,
        };
  },
};

const RETIRED = /\b(?:archived?|deprecated|obsolete|superseded|retired|withdrawn|historical)\b/i;

/** `**Migration status**: ✅ Complete` on a line of its own. */
const COMPLETE =
  /^[ \t>*_-]{0,10}\w{0,20} ?status(?:\*\*|__)?:(?:\*\*|__)?[^\w\n]{0,8}(?:completed?|done|closed)\b/im;

/** So far from a date, in characters, other lines speak of the document too. */
const BESIDE = 300;

/** Whether it says that it is retired, or that what it describes is done. */
function isOver({ metadata, title, source }: Runbook): boolean {
  return (
    RETIRED.test(title ?? '') ||
    metadata.some(({ key, value }) => key === 'status' && RETIRED.test(value)) ||
    metadata.some(
      ({ key, range: { start, end } }) =>
        /^(?:last-updated|next-review)$/.test(key) &&
        COMPLETE.test(source.text.slice(Math.max(0, start.offset - BESIDE), end.offset + BESIDE)),
    )
  );
}

/** Of several entries the one with the latest date; the first of equal ones. */
function newest(
  runbook: Runbook,
  key: MetadataEntry['key'],
): { readonly entry: MetadataEntry; readonly date: string } | null {
  let found: { entry: MetadataEntry; date: string } | null = null;
  for (const entry of runbook.metadata)
    if (
      entry.key === key &&
      entry.date !== null &&
      (found === null || lastDay(entry.date) > lastDay(found.date))
    )
      found = { entry, date: entry.date };
  return found;
}
