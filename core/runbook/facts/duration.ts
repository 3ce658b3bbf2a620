/** Times as runbooks write them. */
import type { Duration } from '../types.ts';

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
const MONTH = 2_592_000;
const QUARTER = 7_776_000;
const YEAR = 31_536_000;

/** Without the plural's ending; other languages as far as runbooks were seen in them. */
const UNITS: readonly (readonly [seconds: number, words: string])[] = [
  [0.001, 'milliseconds?|msecs?|ms'],
  [SECOND, 'seconds?|secs?|segundos?|secondes?|sekunden?|s'],
  [MINUTE, 'minutes?|minutos?|minuten?|mins?|phút|m'],
  [HOUR, 'hours?|horas?|heures?|stunden?|hrs?|giờ|h'],
  [DAY, 'days?|días?|dias?|jours?|tage?|ngày|d'],
  [WEEK, 'weeks?|semanas?|semaines?|wochen?|wks?|tuần|w'],
  [MONTH, 'months?|mos?'],
  [QUARTER, 'quarters?'],
  [YEAR, 'years?|yrs?'],
];

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'forty-five': 45,
  sixty: 60,
  ninety: 90,
  half: 0.5,
  'half an': 0.5,
  'half a': 0.5,
};

const DIGITS = String.raw`\d{1,6}(?:[.,]\d{1,3})?`;
const NUMBER = `(?:${DIGITS}|half an?|${Object.keys(NUMBERS)
  .filter((word) => word.length > 2 && !word.includes(' '))
  .join('|')}|an?)`;
const UNIT = String.raw`(?:${UNITS.map(([, words]) => words).join('|')})(?![\p{L}])\.?`;

/** The source of a pattern for an amount (`15 min`, `1-2 hours`, `half an hour`) inside other patterns; needs the flags `iu`. */
export const AMOUNT_SOURCE = String.raw`(?:${DIGITS}\s*(?:-|–|—|to)\s*)?${NUMBER}[\s-]?\s?${UNIT}`;

const AMOUNT = new RegExp(
  String.raw`^(${NUMBER})[\s-]?\s*(?:${UNIT}\s*)?(?:(?:-|–|—|to)\s*(${NUMBER})\s*)?(${UNIT})`,
  'iu',
);
const MORE = new RegExp(String.raw`^(?:\s*,?\s*(?:and\s+)?)(${DIGITS})\s*(${UNIT})`, 'iu');
const LEAD =
  /^(?:(?:respond|response|target|acknowledge|ack|page|reply|react)\s*:?\s*)?(?:within|in|under|less than|no more than|up to|at most|max(?:imum)?(?: of)?|every|after|about|approx(?:imately|\.)?|menos de|dentro de|en|<=?|≤|≥|>=?|~|≈|\+)?\s*(?:the\s+)?(?:first\s+)?/i;
const TAIL =
  /^(?:\s*(?:or less|or sooner|max(?:imum)?|response(?: time)?|page response|page|sla|target|ack(?:nowledge(?:ment|d)?)?|initial response|after detection|24\/7|24x7))*\s*(?:[[(]([^()[\]]*)[\])])?\.?\s*$/i;
const CALENDAR =
  /^(?:within\s+|by\s+|in\s+|<\s*)?(?:the\s+)?(?:next|same|following|one|1|\d+|\d+\s*[-–]\s*\d+|a)?\s*-?\s*(?:business|working|work)[ -](?:days?|hours?|hrs?|weeks?)$|^(?:within\s+|by\s+|in\s+)?(?:the\s+)?(?:next|same|following|this|current)\s+(?:day|morning|week|month|quarter|sprint|iteration|cycle|release|deploy(?:ment)?|work(?:ing)? (?:block|session)|planned work block|(?:scheduled )?maintenance(?: window)?)$|^within\s+(?:a\s+)?(?:business|working) (?:day|hours?)$|^(?:within\s+)?(?:\d+|one|two)(?:\s*[-–]\s*\d+)?\s+sprints?$|^(?:best[ -]effort|best[ -]endeavou?rs?|planned sprint|(?:product )?backlog(?: ticket| item)?|daily|weekly|monthly|quarterly|as needed|as time permits|as (?:schedule|capacity) (?:permits|allows)|when (?:convenient|possible|able)|whenever possible|scheduled|planned|(?:during |within )?(?:business|working|office) hours(?: only)?|end of (?:the )?(?:(?:business )?day|week|sprint)|eod|eow|eob|cob|\d+ d[ií]as? hábil(?:es)?)$/i;
const BUSINESS = /\b(?:business|working|work|office) (?:hours?|hrs?|days?)\b|\bhábil/i;
const IMMEDIATE =
  /^(?:immediate(?:ly)?|now|instant(?:ly)?|at once|right away|asap|inmediat[oa]|imediat[oa]|sofort|immédiat(?:e|ement)?)(?:\s+(?:response|action|page|attention|escalation))?(?![\p{L}])/iu;

/**
 * Reads a time. `fixed` has seconds; where a range or an upper bound is given, its end. `calendar` is a known form whose
 * length depends on the calendar or on goodwill. Anything else is `unreadable`. Never throws.
 */
export function parseDuration(text: string): Duration {
  const written = text.trim();
  const plain = written.replace(/[*`_]+/g, '').trim();
  const seconds = fixedSeconds(plain);
  if (seconds !== null) return { text: written, seconds, kind: 'fixed' };
  const short = plain.length <= 120;
  const unnoted = short ? plain.replace(/\s*\([^()]*\)\s*$/, '').trim() : '';
  const calendar =
    short &&
    (CALENDAR.test(plain) ||
      CALENDAR.test(unnoted) ||
      (BUSINESS.test(plain) && amount(plain.replace(LEAD, '')) !== null));
  return { text: written, seconds: null, kind: calendar ? 'calendar' : 'unreadable' };
}

function fixedSeconds(text: string): number | null {
  if (text.length > 80) return null;
  const immediate = IMMEDIATE.exec(text);
  if (immediate !== null) {
    const rest = text.slice(immediate[0].length).trim();
    if (/^[.!]?$/.test(rest)) return 0;
    const noted = /^(?:[[(]([^()[\]]*)[\])]|[,/–—-]\s*(.+))$/.exec(rest);
    if (noted === null) return null;
    return fixedSeconds((noted[1] ?? noted[2] ?? '').trim()) ?? (noted[1] !== undefined ? 0 : null);
  }
  const body = text.replace(LEAD, '');
  const read = amount(body);
  if (read === null) return null;
  const tail = TAIL.exec(body.slice(read.length));
  if (tail === null || BUSINESS.test(text.replace(/\(next business day\)/i, ''))) return null;
  return read.seconds;
}

/** An amount at the start of a text: `15 min`, `1-2 hours`, `1h30m`; of a range the end. */
export function amount(text: string): { seconds: number; length: number } | null {
  const match = AMOUNT.exec(text);
  if (match === null) return null;
  let seconds = toSeconds(match[2] ?? match[1] ?? '', match[3] ?? '');
  let length = match[0].length;
  for (let more = MORE.exec(text.slice(length)); more !== null; more = MORE.exec(text.slice(length))) {
    seconds += toSeconds(more[1] ?? '', more[2] ?? '');
    length += more[0].length;
  }
  return { seconds, length };
}

const unitPatterns = UNITS.map(([seconds, words]) => [seconds, new RegExp(`^(?:${words})$`, 'iu')] as const);

/** Seconds of a number and a unit as written; 0 for a unit that is none. */
export function toSeconds(number: string, unit: string): number {
  const word = unit.trim().replace(/\.$/, '');
  const factor = unitPatterns.find(([, pattern]) => pattern.test(word))?.[0] ?? 0;
  const value = NUMBERS[number.toLowerCase()] ?? Number(number.replace(',', '.'));
  const seconds = value * factor;
  return factor < 1 ? Math.round(seconds * 1000) / 1000 : Math.round(seconds);
}

/**
 * A time at the start of a text, and what follows it: `15 minutes: tell the manager` → `15 minutes`, `tell the manager`.
 * Null where the text does not begin with a readable time followed by `:`, a dash or an arrow.
 */
export function leadingDuration(text: string): { after: Duration; rest: string } | null {
  const match = /^([^:→⇒]{1,40}?)\s*(?::|→|⇒|->|=>|\s[-–—]{1,2}\s)\s*(\S.*)$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const after = parseDuration(match[1].replace(/^(?:T\s*\+|\+|after|at)\s*/i, ''));
  if (after.kind !== 'fixed') return null;
  return { after: { ...after, text: match[1].trim() }, rest: match[2].trim() };
}
