/** Words for times inside of sentences: how often, within what, for how long, how far from a planned start. */
import { AMOUNT_SOURCE, amount, toSeconds } from './duration.ts';

/** A time that a text names, with its words' place in it. */
export interface Found {
  readonly seconds: number;
  readonly at: number;
  readonly text: string;
}

const FREQUENCIES: readonly (readonly [seconds: number, words: string])[] = [
  [3600, 'hourly|once an hour|per hour'],
  [86_400, 'daily|nightly|once (?:a|per) (?:day|night)'],
  [604_800, 'weekly|once (?:a|per) week'],
  [1_209_600, 'bi-?weekly|fortnightly'],
  [2_592_000, 'monthly|once (?:a|per) month'],
  [7_776_000, 'quarterly|once (?:a|per) quarter'],
  [15_552_000, 'semi-?annual(?:ly)?|half-yearly|bi-?annual(?:ly)?|twice (?:a|per) year'],
  [31_536_000, 'annual(?:ly)?|yearly|once (?:a|per) year'],
];

/** The source of a pattern for `weekly`, `once a day`. */
export const OFTEN_SOURCE = `(?:${FREQUENCIES.map(([, words]) => words).join('|')})`;
const UNIT_WORD =
  'second|minute|hour|day|night|morning|evening|weekday|week|month|quarter|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day';
/** The source of a pattern for `every 10 minutes`, `each Monday`; needs the flags `iu`. */
export const EVERY_SOURCE = String.raw`(?:every|each)\s+(?:(?:other|single)\s+)?(?:${AMOUNT_SOURCE}|(?:${UNIT_WORD})\b)`;

const patterns = FREQUENCIES.map(([seconds, words]) => [seconds, new RegExp(`^(?:${words})$`, 'i')] as const);
const EVERY = new RegExp(`^${EVERY_SOURCE}`, 'iu');

/** Seconds of `weekly`, `every 15-30 min`, `every other Monday`; null where the text is no such thing. */
export function frequency(text: string): number | null {
  const plain = text.trim().toLowerCase();
  const word = patterns.find(([, pattern]) => pattern.test(plain));
  if (word !== undefined) return word[0];
  const every = EVERY.exec(plain)?.[0];
  if (every === undefined || every.length !== plain.length) return null;
  const rest = every.replace(/^(?:every|each)\s+/, '');
  const double = rest.startsWith('other ') ? 2 : 1;
  const unit = rest.replace(/^(?:other|single)\s+/, '');
  const read = amount(unit) ?? amount(`1 ${unit}`);
  if (read !== null && read.seconds >= 1) return read.seconds * double;
  return (/week(?!day)|(?:mon|tues|wednes|thurs|fri|satur|sun)day/.test(unit) ? 604_800 : 86_400) * double;
}

const ANY_FREQUENCY = new RegExp(`(?<![\\w-])(?:${OFTEN_SOURCE}(?![\\w-])|${EVERY_SOURCE})`, 'giu');

/** Every frequency in a text. */
export function frequencies(text: string): Found[] {
  if (!/every|each|ly\b|annual|once|twice|per /i.test(text)) return [];
  return [...text.matchAll(ANY_FREQUENCY)].flatMap((match) => {
    const seconds = frequency(match[0]);
    return seconds === null ? [] : [{ seconds, at: match.index, text: match[0].replace(/\.$/, '') }];
  });
}

const WITHIN = new RegExp(
  String.raw`\b(?:within|in under|in less than|(?:no|not) later than|in no more than)\s+(?:the\s+)?(?:(?:first|next|following)\s+)?(${AMOUNT_SOURCE})`,
  'giu',
);
const OR_WITHIN = new RegExp(
  String.raw`^\s*(?:\([^()]{1,30}\)|for \S{1,12})?\s*(?:,\s*(?:(?:or|and)\s+)?|(?:or|and)\s+)(?:within\s+)?(${AMOUNT_SOURCE})\s*(?:\(|for\s)`,
  'iu',
);

/** `within 48 hours`; `within 10 minutes (P1) or 30 minutes (P2)` are two. */
export function withins(text: string): (Found & { readonly end: number })[] {
  const found: (Found & { end: number })[] = [];
  if (!/within|in under|less than|more than|later than/i.test(text)) return found;
  for (const match of text.matchAll(WITHIN)) {
    const read = amount(match[1] ?? '');
    if (read === null) continue;
    let end = match.index + match[0].length;
    // Days of work have no fixed length; what lies before an expiry is no deadline for anybody.
    if (
      /^\s+(?:business|working)\b|^\s+of\s+(?:the\s+)?(?:expir|each other|one another)/i.test(
        text.slice(end, end + 40),
      )
    )
      continue;
    found.push({ seconds: read.seconds, at: match.index, text: match[0].replace(/\.$/, ''), end });
    for (let more = OR_WITHIN.exec(text.slice(end, end + 80)); more?.[1] !== undefined; ) {
      const next = amount(more[1]);
      if (next === null) break;
      const at = end + more[0].lastIndexOf(more[1]);
      end = at + more[1].length;
      found.push({ seconds: next.seconds, at, text: more[1], end });
      more = OR_WITHIN.exec(text.slice(end, end + 80));
    }
  }
  return found;
}

/** Where an order may begin: at the start of a sentence or a part of it. Only looked at: the mark may end another match. */
const START = String.raw`(?<=^|[.;:!?,(–—]\s{1,3}|\s--?\s|\b(?:and|then|to|or|please)\s)`;
const ABOUT = String.raw`(?:(?:at (?:least|most)|no more than|about|up to|approx(?:imately|\.)?|around|another|a minimum of|a further|roughly|for|the next|~)\s*)*`;
const WATCH = new RegExp(
  String.raw`${START}(monitor|watch|observe|check|keep|let|hold|soak|leave|track|stay|pause|bake)\b([^.;!?]{0,90}?)\s(?:for|over|during)\s+${ABOUT}(?:the\s+)?(?:next\s+|following\s+)?(${AMOUNT_SOURCE})`,
  'giu',
);
const WAIT = new RegExp(String.raw`${START}(?:wait|allow|pause)\s+${ABOUT}(${AMOUNT_SOURCE})`, 'giu');
const WAIT_FOR = new RegExp(
  String.raw`${START}wait\s+(?:for\s+)?[^.;!?\d]{0,60}\s\(\s*(?:up to|about|~|usually|typically|takes?)?\s*(${AMOUNT_SOURCE})[^()]{0,20}\)`,
  'giu',
);

/** `Monitor metrics for 2 hours`, `Wait 5 minutes`: how long somebody who does as told looks at it. */
export function observations(text: string): Found[] {
  if (
    !/\b(?:monitor|watch|observe|check|keep|let|hold|soak|leave|track|stay|pause|bake|wait|allow)\b/i.test(
      text,
    )
  )
    return [];
  const found = new Map<number, Found>();
  const add = (match: RegExpMatchArray, written: string) => {
    const read = amount(written);
    const at = (match.index ?? 0) + match[0].lastIndexOf(written);
    if (read !== null && read.seconds > 0)
      found.set(at, { seconds: read.seconds, at, text: match[0].replace(/\.$/, '') });
  };
  for (const match of text.matchAll(WATCH)) {
    const [, verb = '', between = '', written = ''] = match;
    if (
      /\b(?:last|past|previous|older|more than|longer than|less than|down|stuck|pending|if|when|that have|open for)\b|[<>]/i.test(
        between,
      )
    )
      continue;
    if (
      /^(?:keep|leave|hold)$/i.test(verb) &&
      !/\b(?:running|open|up|active|alive|on|eye|watch\w*|monitor\w*|standby|in place|enabled|available|it|them|warm|idle)\b/i.test(
        between,
      )
    )
      continue;
    add(match, written);
  }
  for (const match of text.matchAll(WAIT)) {
    // "2nd crash: wait 20s" is what a machine does.
    if (
      !/\b(?:crash|attempt|retry|try)\s*:?\s*$/i.test(text.slice(Math.max(0, match.index - 20), match.index))
    )
      add(match, match[1] ?? '');
  }
  for (const match of text.matchAll(WAIT_FOR)) add(match, match[1] ?? '');
  return [...found.values()];
}

const OFFSET = /(?<![\w])T\s?([-–−+])\s?(\d{1,4}(?:\.\d{1,2})?)(?:[\s_-]?([a-z]{1,7}))?(?!\w)/gi;

/** `T-2 hours` is 7,200 s before; a bare number counts only where it is 0. */
export function offsets(text: string): Found[] {
  return [...text.matchAll(OFFSET)].flatMap((match) => {
    const [written, sign = '', number = '', unit = ''] = match;
    const length = toSeconds(number, unit);
    if (Number(number) !== 0 && length < 1) return [];
    const seconds = sign === '+' || length === 0 ? length : -length;
    const named =
      Number(number) === 0 && toSeconds('1', unit) === 0
        ? written.slice(0, written.length - unit.length)
        : written;
    return [{ seconds, at: match.index, text: named.trim() }];
  });
}

const UNIT_SOURCE = '(?:seconds?|secs?|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?)';
const SPAN = new RegExp(
  String.raw`(?<![\w.:-])(?:T\s?\+\s?)?(\d{1,4})[\s_]?(${UNIT_SOURCE})?\s*(?:-|–|—|to)\s*(?:T\s?\+\s?)?(\d{1,4})[\s_-]?(${UNIT_SOURCE})(?![\w])`,
  'giu',
);
const OPEN = new RegExp(
  String.raw`(?<![\w.:-])(\d{1,4})[\s_]?(?:\+[\s_]?(${UNIT_SOURCE})|(${UNIT_SOURCE})\s?\+)(?!\w)`,
  'giu',
);

/** A stretch of time from one moment to another, in seconds. */
export interface Span {
  readonly start: number;
  /** Null for `30+ minutes`. */
  readonly end: number | null;
  readonly at: number;
  readonly text: string;
}

/** `0-5 minutes`, `30 minutes - 2 hours`, `30+ min`. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  if (!/\d/.test(text)) return found;
  for (const match of text.matchAll(SPAN)) {
    const [written, from = '', own, to = '', unit = ''] = match;
    const [start, end] = [toSeconds(from, own ?? unit), toSeconds(to, unit)];
    if (start < end) found.push({ start, end, at: match.index, text: written });
  }
  for (const match of text.matchAll(OPEN)) {
    const start = toSeconds(match[1] ?? '', match[2] ?? match[3] ?? '');
    if (start > 0) found.push({ start, end: null, at: match.index, text: match[0] });
  }
  return found.sort((a, b) => a.at - b.at);
}

const CRON =
  /^[ \t]*(\*|\*\/\d{1,2}|\d{1,2})[ \t]+(\*|\*\/\d{1,2}|\d{1,2})[ \t]+(\*|\d{1,2})[ \t]+(\*|\*\/\d{1,2})[ \t]+(\*|\d|[a-z]{3})(?=[ \t]|$)/i;
const CRON_WORD = /^[ \t]*@(hourly|daily|midnight|weekly|monthly|yearly|annually)\b/;

/** Seconds of a plain crontab line (one minute, one hour, one weekday); null for anything that is less regular. */
export function cronSeconds(line: string): number | null {
  const word = CRON_WORD.exec(line)?.[1];
  if (word !== undefined) return frequency(word === 'midnight' ? 'daily' : word);
  const [, minute = '', hour = '', day = '', month = '', weekday = ''] = CRON.exec(line) ?? [];
  if (minute === '') return null;
  const every = (field: string) => (field.startsWith('*/') ? Number(field.slice(2)) : null);
  if (weekday !== '*') return day === '*' && month === '*' && /^\d+$/.test(minute + hour) ? 604_800 : null;
  if (month !== '*') {
    const months = every(month);
    if (months === null || !/^\d+$/.test(minute + hour + day)) return null;
    return months === 3 ? 7_776_000 : months * 2_592_000;
  }
  if (day !== '*') return /^\d+$/.test(minute + hour) ? 2_592_000 : null;
  if (hour === '*') return minute === '*' ? 60 : every(minute) === null ? 3600 : (every(minute) ?? 1) * 60;
  if (!/^\d+$/.test(minute)) return null;
  return every(hour) === null ? 86_400 : (every(hour) ?? 1) * 3600;
}
