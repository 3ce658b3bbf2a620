/** Dates as people write them: ISO, month names of the languages below, and figures where their order is beyond doubt. */

/** Languages whose month names are read: those in which runbooks turned up, and their neighbours. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'pl'];

let months: ReadonlyMap<string, number> | null = null;

/** Month names, long and short, as `Intl` gives them; a name that means two months in two languages is left out. */
function monthNames(): ReadonlyMap<string, number> {
  if (months !== null) return months;
  const names = new Map<string, number>([['sept', 9]]);
  for (const language of LANGUAGES) {
    for (const options of [
      { month: 'long' },
      { month: 'short' },
      { month: 'long', day: 'numeric' },
    ] as const) {
      const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const parts = format.formatToParts(new Date(Date.UTC(2001, month - 1, 1)));
        const name = folded(parts.find(({ type }) => type === 'month')?.value ?? '');
        if (!/^\p{L}{3,}$/u.test(name)) continue;
        const known = names.get(name);
        names.set(name, known === undefined || known === month ? month : 0);
      }
    }
  }
  months = names;
  return names;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

const FIGURES =
  /(?<![\d/.-])(?:(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?|(\d{1,2})([-/.])(\d{1,2})\6(\d{4})|(\d{1,2})[-/](\d{4}))(?![\d/]|[.-]\d)/;
const DAY_MONTH =
  /(?<![\p{L}\d])(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?(\p{L}{3,12})\.?,?[\s-]+(?:de\s+)?(\d{4})(?!\d)/u;
const MONTH_DAY = /(?<![\p{L}\d])(\p{L}{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4})(?!\d)/u;
const MONTH = /(?<![\p{L}\d])(\p{L}{3,12})\.?,?[\s-]+(?:de\s+)?(\d{4})(?!\d)/u;

/**
 * The first date in a text, in ISO 8601 at the precision that is written: `2025-07-01`, `2025-07`. Null where there is none,
 * where no such day exists, and where `03/04/2025` can be read two ways.
 */
export function readDate(text: string): string | null {
  const written = text.slice(0, 120);
  // Every form has a year of four figures; most texts have none.
  if (!/\d{4}/.test(written)) return null;
  return figures(written) ?? named(written);
}

function figures(text: string): string | null {
  const match = FIGURES.exec(text);
  if (match === null) return null;
  if (match[1] !== undefined) return iso(match[1], match[3], match[4]);
  if (match[10] !== undefined) return iso(match[10], match[9]);
  const [first, second, year] = [match[5] ?? '', match[7] ?? '', match[8] ?? ''];
  // `1.7.2025`: nobody writes the month first with dots.
  if (match[6] === '.' || Number(first) > 12 || first === second) return iso(year, second, first);
  return Number(second) > 12 ? iso(year, first, second) : null;
}

function named(text: string): string | null {
  const dayFirst = DAY_MONTH.exec(text);
  const day = dayFirst === null ? null : month(dayFirst[2]);
  if (dayFirst !== null && day !== null) return iso(dayFirst[3], day, dayFirst[1]);
  const monthFirst = MONTH_DAY.exec(text);
  const first = monthFirst === null ? null : month(monthFirst[1]);
  if (monthFirst !== null && first !== null) return iso(monthFirst[3], first, monthFirst[2]);
  const bare = MONTH.exec(text);
  const alone = bare === null ? null : month(bare[1]);
  return bare !== null && alone !== null ? iso(bare[2], alone) : null;
}

function month(name = ''): string | null {
  const number = monthNames().get(folded(name)) ?? 0;
  return number === 0 ? null : String(number);
}

function iso(year = '', month = '', day?: string): string | null {
  const [y, m, d] = [Number(year), Number(month), Number(day ?? '1')];
  const date = new Date(Date.UTC(y, m - 1, d));
  // Date rolls the 31st of February over into March.
  if (y < 1970 || y > 2200 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return null;
  return date.toISOString().slice(0, day === undefined ? 7 : 10);
}
