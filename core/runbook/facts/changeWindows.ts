/**
 * When changes may be made and when not: lists, tables and YAML under a title about windows or freezes.
 *
 *     ### Maintenance Windows             windows: [Tuesday 2-4 AM PST]
 *     - **Weekly**: Sunday 02:00-04:00    blackout_dates: [Black Friday week]
 *     **Change freeze:** December 20-31
 *
 * Beside these, sentences that allow or forbid changes and say when: `No deploys on Fridays after 14:00`.
 */
import type { ChangeWindow } from '../types.ts';
import type { Facts } from './facts.ts';
import { plansOf } from './yamlPlan.ts';

const WINDOW =
  /\b(?:maintenance|change|deploy(?:ment)?|release|patch(?:ing)?|upgrade|service|update|backup|outage|downtime|scheduled)\s+(?:windows?|hours|slots?)\b|\b(?:allowed|approved|preferred|permitted)\s+(?:deployment |change )?(?:windows?|times?)\b|^windows?$/i;
const BLACKOUT =
  /\b(?:black-?outs?(?: (?:dates?|periods?|windows?|days?))?|(?:change|code|deploy(?:ment)?|release|holiday|production) freezes?|freeze (?:periods?|windows?|dates?)|(?:no|non)-?(?:deploy(?:ment)?|change|release)s? (?:windows?|days?|periods?|dates?|times?|zones?)|moratoriums?|do not deploy(?: on| during)?|embargo(?:es)?)\b/i;
const DAY =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thurs?|fri|sat|sun|weekdays?|weekends?|holidays?|daily|weekly|monthly|quarterly|every|first|last|second|third|nightly)\b/i;
const CLOCK =
  /\b\d{1,2}(?::\d{2})?\s*(?:am|pm)\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\s*[-–]\s*\d{1,2}\s*(?:am|pm|utc|[a-z]{3,4}t\b)|\b24\/7\b/i;
const DATE =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\s+\d|\b\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|\b\d{4}-\d{2}|\bblack friday\b|\bcyber monday\b|\bchristmas\b|\bthanksgiving\b|\bnew year|\beaster\b|\bholidays?\b|\bend of (?:the )?(?:month|quarter|year)\b|\b(?:month|quarter|year)[- ]end\b|\bq[1-4]\b|\bpeak\b/i;
const NOTICE =
  /\bas (?:needed|required)\b|\b(?:advance )?notice\b|\bin advance\b|\bon demand\b|\bany ?time\b/i;

/** Windows in document order. */
export function readChangeWindows(facts: Facts): ChangeWindow[] {
  const windows = [...fromLines(facts), ...fromTables(facts), ...fromYaml(facts)];
  return windows.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function kindOf(text: string): ChangeWindow['kind'] | null {
  if (text.length > 120) return null;
  return BLACKOUT.test(text) ? 'blackout' : WINDOW.test(text) ? 'window' : null;
}

/** Whether a text names a time of the calendar. */
function isTime(text: string): boolean {
  return CLOCK.test(text) || DAY.test(text) || DATE.test(text);
}

function fromLines(facts: Facts): ChangeWindow[] {
  const windows: ChangeWindow[] = [];
  for (const line of facts.lines) {
    if (line.text.length > 240) continue;
    const own = fromPair(line.text) ?? fromSentence(line.text);
    if (own !== null) {
      windows.push({ kind: own, text: line.text, range: line.range });
      continue;
    }
    if (line.list === null || /^\[[ x]\]/i.test(line.text)) continue;
    const label = line.label === null ? null : kindOf(line.label);
    const kind = label ?? (line.label === null ? kindOf(facts.titles(line.section)[0] ?? '') : null);
    if (kind === null) continue;
    const value = /^[^:]{2,40}:\s+(.+)$/s.exec(line.text)?.[1] ?? line.text;
    const said = isTime(value) || (kind === 'window' && value !== line.text && NOTICE.test(value));
    // Steps of a maintenance have clock times in them as well, but no days; a window has both, or stands behind its name.
    if (said && value.length <= 120 && !STEP.test(line.text))
      windows.push({
        kind: BLACKOUT.test(line.text) ? 'blackout' : kind,
        text: line.text,
        range: line.range,
      });
  }
  return windows;
}

const STEP =
  /^(?:check|verify|run|notify|stop|start|take|perform|update|send|post|announce|schedule|create|enable|disable|monitor|deploy|apply|ensure|confirm|test|wait|review|communicate|coordinate|plan|restart|set|open|close|use|avoid running)\b/i;

/** `**Maintenance window:** Sundays 02:00-04:00 UTC`. */
function fromPair(text: string): ChangeWindow['kind'] | null {
  const [, key, value] = /^([^:]{4,50}?)\s*(?::|\s[–—-]\s)\s*(\S.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined || value.length > 160) return null;
  const kind = kindOf(key);
  if (kind === null || key.split(/\s+/).length > 5 || STEP.test(key)) return null;
  return kind === 'window'
    ? CLOCK.test(value) || (DAY.test(value) && /day|week|night/i.test(value))
      ? kind
      : null
    : isTime(value)
      ? kind
      : null;
}

const CHANGES =
  '(?:(?:production|prod|code|schema|risky|major|manual) )?(?:deploy(?:ment)?s?|deploying|releases?|releasing|changes)';
const FORBIDDEN = new RegExp(
  `^(?:[\\w -]{1,30}: )?(?:(?:no|never|avoid|do not|don['’]t) (?:any )?${CHANGES}\\b|${CHANGES} (?:are|is) (?:not (?:allowed|permitted)|forbidden|frozen|prohibited)\\b)`,
  'i',
);
const ALLOWED = new RegExp(
  `^${CHANGES} (?:are |is )?only (?:allowed |permitted )?|^${CHANGES} (?:are|is) (?:allowed|permitted)\\b`,
  'i',
);
/** A day of the week, a date or a clock time behind a word that places it. */
const PLACED =
  /\b(?:on|after|before|during|between|from|over|outside(?: of)?|at|until|only|allowed|permitted)\s+(?:the\s+)?(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?|weekends?|(?:public |bank )?holidays?|business hours|office hours|peak(?: hours)?)\b|\d{1,2}(?::\d{2}|\s?[ap]m\b))/i;

/** `No deploys on Fridays after 14:00`, `Deploys are allowed Monday to Thursday`: who may change something, and when. */
function fromSentence(text: string): ChangeWindow['kind'] | null {
  if (text.length > 160 || !PLACED.test(text)) return null;
  return FORBIDDEN.test(text) ? 'blackout' : ALLOWED.test(text) ? 'window' : null;
}

function fromTables(facts: Facts): ChangeWindow[] {
  return facts.tables.flatMap((table) => {
    const title = kindOf(facts.titles(table.section)[0] ?? '');
    const column = table.header.findIndex((cell) =>
      /\bwindows?\b|^(?:when|time|day|schedule|dates?|period|hours)\b/i.test(cell.text),
    );
    const named = table.header.some((cell) => WINDOW.test(cell.text) || BLACKOUT.test(cell.text));
    if (column === -1 || (title === null && !named)) return [];
    return table.rows.flatMap((row): ChangeWindow[] => {
      const texts = row.map((cell) => cell.text);
      const first = row[0]?.range.start;
      const last = row.at(-1)?.range.end;
      if (
        first === undefined ||
        last === undefined ||
        !texts.some((text) => CLOCK.test(text) || DATE.test(text) || /day\b/i.test(text))
      )
        return [];
      const kind = texts.some((text) => BLACKOUT.test(text)) || title === 'blackout' ? 'blackout' : 'window';
      return [
        { kind, text: texts.filter((text) => text !== '').join(' | '), range: { start: first, end: last } },
      ];
    });
  });
}

const KEY_BLACKOUT = /black_?-?outs?|freeze|moratorium|embargo|no_?deploy/i;
const KEY_WINDOW =
  /^(?:(?:maintenance|change|deploy(?:ment)?|release|patch(?:ing)?|approved|allowed|preferred)_?)?windows?$/i;

function fromYaml(facts: Facts): ChangeWindow[] {
  return plansOf(facts).flatMap(({ entries, range }) =>
    entries.flatMap((entry): ChangeWindow[] => {
      const kind = KEY_BLACKOUT.test(entry.key) ? 'blackout' : KEY_WINDOW.test(entry.key) ? 'window' : null;
      if (kind === null) return [];
      if (entry.value !== null)
        return isTime(entry.value) ? [{ kind, text: entry.value, range: range(entry.start, entry.end) }] : [];
      return entry.items
        .filter(({ text }) => kind === 'blackout' || isTime(text))
        .map(({ text, start, end }) => ({ kind, text, range: range(start, end) }));
    }),
  );
}
