/** Times as runbooks write them. */
import type { Duration } from '../types.ts';

const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  minuto: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hora: 3600,
  d: 86_400,
  day: 86_400,
  w: 604_800,
  wk: 604_800,
  week: 604_800,
};

const NUMBER = String.raw`\d{1,6}(?:[.,]\d{1,3})?`;
const UNIT = String.raw`(?:seconds?|secs?|s|minutes?|minutos?|mins?|m|hours?|horas?|hrs?|hr|h|days?|d|weeks?|wks?|w)(?![a-z])\.?`;
const AMOUNT = new RegExp(
  String.raw`^(${NUMBER})\s*(?:${UNIT}\s*)?(?:(?:-|–|—|to)\s*(${NUMBER})\s*)?(${UNIT})`,
  'i',
);
const MORE = new RegExp(String.raw`^(?:\s*,?\s*(?:and\s+)?)(${NUMBER})\s*(${UNIT})`, 'i');
const LEAD =
  /^(?:(?:respond|response|target|acknowledge|ack)\s*:?\s*)?(?:within|in|under|less than|up to|at most|max(?:imum)?(?: of)?|every|after|about|approx(?:imately|\.)?|<=?|≤|≥|>=?|~|≈|\+)?\s*(?:the\s+)?(?:first\s+)?/i;
const TAIL =
  /^(?:\s*(?:or less|max(?:imum)?|response|page response|page|sla|target|ack(?:nowledge(?:ment)?)?|after detection))*\s*(?:\(([^()]*)\))?\.?\s*$/i;
const CALENDAR =
  /^(?:within\s+|by\s+|in\s+)?(?:the\s+)?(?:next|same|following|one|1|\d+|a)?\s*-?\s*(?:business|working|work)[ -](?:days?|hours?|hrs?|weeks?)$|^(?:within\s+|by\s+)?(?:the\s+)?(?:next|same|following)\s+(?:day|week|month|sprint|release|planned work block|maintenance window|scheduled maintenance)$|^within\s+(?:a\s+)?(?:business|working) (?:day|hours?)$|^(?:best[ -]effort|best[ -]endeavou?rs?|planned sprint|backlog(?: ticket)?|daily|weekly|monthly|as needed|as time permits|when convenient|scheduled|during business hours|business hours|end of day|eod|\d+ días? hábil(?:es)?)$/i;
const BUSINESS = /\b(?:business|working|work) (?:hours?|hrs?|days?)\b|\bhábil/i;
const IMMEDIATE =
  /^(?:immediate(?:ly)?|now|instant(?:ly)?|at once|asap|inmediat[oa])(?:\s+(?:response|action|page))?\b/i;

/**
 * Reads a time. `fixed` has seconds; where a range or an upper bound is given, its end. `calendar` is a known form whose
 * length depends on the calendar or on goodwill. Anything else is `unreadable`. Never throws.
 */
export function parseDuration(text: string): Duration {
  const written = text.trim();
  const plain = written.replace(/[*`_]+/g, '').trim();
  const seconds = fixedSeconds(plain);
  if (seconds !== null) return { text: written, seconds, kind: 'fixed' };
  const unnoted = plain.replace(/\s*\([^()]*\)\s*$/, '').trim();
  const calendar =
    CALENDAR.test(plain) ||
    CALENDAR.test(unnoted) ||
    (BUSINESS.test(plain) && amount(plain.replace(LEAD, '')) !== null);
  return { text: written, seconds: null, kind: calendar ? 'calendar' : 'unreadable' };
}

function fixedSeconds(text: string): number | null {
  if (text.length > 80) return null;
  const immediate = IMMEDIATE.exec(text);
  if (immediate !== null) {
    const rest = text.slice(immediate[0].length).trim();
    if (rest === '' || rest === '.') return 0;
    const noted = /^(?:\(([^()]*)\)|[,/–—-]\s*(.+))$/.exec(rest);
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

/** An amount at the start of a text: `15 min`, `1-2 hours`, `1h30m`. */
function amount(text: string): { seconds: number; length: number } | null {
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

function toSeconds(number: string, unit: string): number {
  const singular = unit.toLowerCase().replace(/\.$/, '');
  const factor = UNITS[singular] ?? UNITS[singular.replace(/s$/, '')] ?? 0;
  return Math.round(Number(number.replace(',', '.')) * factor);
}

/**
 * A time at the start of a text, and what follows it: `15 minutes: tell the manager` → `15 minutes`, `tell the manager`.
 * Null where the text does not begin with a readable time followed by `:`, a dash or an arrow.
 */
export function leadingDuration(text: string): { after: Duration; rest: string } | null {
  const match = /^([^:→⇒]{1,40}?)\s*(?::|→|⇒|->|=>|\s[-–—]\s)\s*(\S.*)$/s.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const after = parseDuration(match[1].replace(/^(?:T\s*\+|\+|after|at)\s*/i, ''));
  if (after.kind !== 'fixed') return null;
  return { after: { ...after, text: match[1].trim() }, rest: match[2].trim() };
}
