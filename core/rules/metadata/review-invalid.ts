import type { MetadataEntry, Runbook } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { addDays } from '../support/days.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** Dates of a document's updates and reviews that cannot be. */
export const reviewInvalid: Rule = {
  id: 'metadata/review-invalid',
  title: 'A date of update or review cannot be right',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a date of the last update that lies in the future, and a date of the last update, the next review or the creation that no calendar has (`2025-02-30`). One that can be read two ways (`03/04/2025`) is a hint, with both readings to choose from. Only in documents that are plainly runbooks.',
    why: 'The date tells how far the text can be trusted. One that is wrong tells nothing, and no tool can remind anybody of the next review.',
    wrong: '# Restore the ledger\n\n**Last updated**: 2025-02-30',
    right: '# Restore the ledger\n\n**Last updated**: 2025-02-28',
    source: 'ISO 8601 for the form that everybody reads the same.',
  },
  *check({ runbook, today }): Iterable<Report> {
    for (const entry of runbook.metadata) {
      const name = NAMES[entry.key];
      if (name === undefined) continue;
      const written = FIGURES.exec(entry.value.slice(0, 120));
      // The other side of the world may have tomorrow already.
      if (entry.key === 'last-updated' && entry.date !== null && entry.date > addDays(today, 1))
        yield {
          range: entry.range,
          message: `The last update lies in the future (${entry.date}). Correct the date.`,
        };
      else if (entry.date === null && written !== null) {
        const readings = readingsOf(written);
        yield readings.length === 2
          ? {
              range: entry.range,
              severity: 'hint',
              message: `“${excerpt(written[0], 20)}” can be ${readings[0]} or ${readings[1]}. Write ${name} as year-month-day.`,
              fixes: choices(runbook, entry, written[0], readings),
            }
          : {
              range: entry.range,
              message: `“${excerpt(written[0], 20)}” is no day of the calendar. Correct ${name}.`,
            };
      }
    }
  },
};

const NAMES: Readonly<Partial<Record<MetadataEntry['key'], string>>> = {
  'last-updated': 'the date of the last update',
  'next-review': 'the date of the next review',
  created: 'the date of its creation',
};

/** Three figures that are meant as a date: the year first, or last with four digits. */
const FIGURES =
  /(?<![\d./-])(?:((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6((?:19|20)\d{2}))(?![\d/]|[.-]\d)/;

/** The days that it can mean, the day first and the month first; none where it can mean none. */
function readingsOf(match: RegExpExecArray): string[] {
  const [year, a, b] =
    match[1] === undefined ? [match[8], match[5], match[7]] : [match[1], match[3], match[4]];
  const days = [`${year}-${two(b)}-${two(a)}`, `${year}-${two(a)}-${two(b)}`];
  return match[1] === undefined ? [...new Set(days)].filter(exists) : [];
}

function two(figures = ''): string {
  return figures.padStart(2, '0');
}

function exists(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day;
}

function choices(
  { source }: Runbook,
  entry: MetadataEntry,
  written: string,
  readings: readonly string[],
): Fix[] {
  const at = source.slice(entry.range).indexOf(written);
  if (at < 0) return [];
  const start = entry.range.start.offset + at;
  return readings.map((day) => ({
    title: `Write ${day}`,
    edits: [{ range: source.range(start, start + written.length), newText: day }],
    preferred: false,
  }));
}
