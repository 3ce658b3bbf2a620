/** Days as documents write them: ISO 8601, to the day or to the month. */

const DAY = 86_400_000;

/** The last day that a date covers: `2025-02` ends on `2025-02-28`. */
export function lastDay(date: string): string {
  const [year = 0, month = 1, day] = date.split('-').map(Number);
  return day === undefined ? new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) : date;
}

/** The day that lies so many days after another. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + Math.round(days) * DAY).toISOString().slice(0, 10);
}

/** Whole days from one to the other; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** A length in the unit that a person would take: `12 days`, `5 months`, `2 years`. */
export function lengthInWords(days: number): string {
  if (days < 60) return count(days, 'day');
  const months = Math.round(days / 30.44);
  return months < 24 ? count(months, 'month') : count(Math.floor(months / 12), 'year');
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** Days of a review cycle (`Quarterly`, `every 6 months`, `90 days`); null where it depends on events or cannot be read. */
export function cycleDays(text: string): number | null {
  const words = text.trim().toLowerCase().slice(0, 80);
  const named = NAMED.find(([pattern]) => pattern.test(words));
  if (named !== undefined) return named[1];
  const amount =
    /^(?:every |each |once (?:every |a |per )|per |in )?(?:(\d{1,3}|a|an|one|two|three|four|six|twelve)[ -])?(day|week|month|quarter|year)s?\b/.exec(
      words,
    );
  if (amount?.[2] === undefined) return null;
  const number = amount[1] === undefined ? 1 : (NUMBERS[amount[1]] ?? Number(amount[1]));
  const days = number * (UNITS[amount[2]] ?? 0);
  return days > 0 ? days : null;
}

const NAMED: readonly (readonly [RegExp, number])[] = [
  [/^(?:bi-?annual|semi-?annual|half-?year|twice (?:a|per) year)/, 183],
  [/^bi-?weekly|^fortnightly|^every (?:other|second) week/, 14],
  [/^(?:bi-?monthly|every (?:other|second) month)/, 61],
  [/^weekly/, 7],
  [/^monthly/, 31],
  [/^quarterly/, 92],
  [/^(?:annual|yearly)/, 366],
];
const UNITS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, quarter: 92, year: 366 };
const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  twelve: 12,
};
