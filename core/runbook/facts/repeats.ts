/**
 * How often somebody does something: `### Weekly Tasks`, `**Monthly**: Full review`, `Post updates every 10 minutes`, a
 * column "Frequency". A machine's intervals ("scraped every 15 s") and names of things ("the weekly report") are not meant.
 */
import type { Table, TimedFact } from '../types.ts';
import type { Facts } from './facts.ts';
import type { Passage } from './passages.ts';
import { EVERY_SOURCE, type Found, frequencies, frequency, OFTEN_SOURCE } from './timeWords.ts';

/** What is done again and again. */
const CHORE =
  '(?:(?:\\w+[- ]){0,3}?(?:tasks?|maintenance|tests?|testing|reviews?|checks?|checklists?|assessments?|activities|procedures?|routines?|operations|ops|backups?|snapshots?|drills?|audits?|scans?|clean-?ups?|patching|exercises?|verifications?|validations?|restores?|rotations?|inspections?|rituals?|duties|health checks?|housekeeping|restarts?|syncs?|updates?|walkthroughs?|sweeps?|game days?|chaos days?)\\b)';
const TROUBLE =
  /\b(?:fail\w*|miss\w*|error\w*|stuck|stale|down|alert\w*|broken|spike\w*|overdue|not|late|template|example|price|limit\w*|quota|shift\w*|on-?call|handoff|handover|retention)\b/i;
const OFTEN = `(?:${OFTEN_SOURCE})`;
const LEADING = new RegExp(
  String.raw`^(?:\W|\d+[.)]\s)*(?:(?:automated|automatic|regular|scheduled|routine|recurring|run)\s+)?(${OFTEN}|${EVERY_SOURCE})(?![\w-])\s*(?:\([^()]{0,60}\)\s*)?(.*)$`,
  'isu',
);
const NOTED = new RegExp(String.raw`\(\s*(?:\w+\s)?(${OFTEN}|${EVERY_SOURCE})(?![\w-])[^()]{0,60}\)`, 'iu');
const TAILING = new RegExp(String.raw`[:–—-]\s*(${OFTEN}|${EVERY_SOURCE})\s*$`, 'iu');

/** Verbs of orders that may be given again and again. */
const ORDER =
  /(?:^|[.;:!?]\s+|[–—]\s|\b(?:and|then)\s+|,\s+)(?:(?:please|always|also)\s+)?(?:post|update|send|provide|give|share|publish|refresh|review|check|monitor|run|rerun|re-run|perform|conduct|do|execute|schedule|hold|rotate|test|verify|validate|back up|backup|audit|clean|prune|purge|patch|repeat|report|communicate|continue|keep|log|record|notify|inform|sync|take|create|restart|vacuum|inspect|scan|watch|poll|retry|re-?check|meet|re-?assess|rehearse|practi[cs]e|drill|exercise|renew|revisit|revise|export|archive|compact|copy|confirm|restore|analy[sz]e|rebuild|reindex|track|tune|deploy|apply|write|re-?evaluate)\b/i;
const ROTATING =
  /\bon-?call|(?!^)\brotates?\b|(?<!(?:key|secret|credential|certificate|cert|password|token|log)s? )\brotation\b|\bshifts?\b|\bcoverage|hand-?off|handover|retention|expir|alert(?:s|ing)? (?:fires?|repeats?)/i;
/** Lines about the document, and about windows, have readers of their own. */
const OTHER_KEYS =
  /^(?:review (?:cycle|frequency|schedule|cadence|period)|next review|last (?:review|update)\w*|rotation|schedule|retention|shift|coverage|hours|support hours|update frequency)\s*:/i;
const OTHER_SECTION = /\bwindows?\b|on-?call|rotation|shifts?\b|cost|pricing|budget/i;

/** Repeats that a passage names. */
export function readRepeats(passage: Passage, facts: Facts): TimedFact[] {
  return foundIn(passage, facts).map((found) => ({
    kind: 'repeat',
    start: null,
    end: null,
    every: found.seconds,
    from: null,
    text: found.text,
    section: passage.section,
    range: passage.place(found.at),
  }));
}

function foundIn(passage: Passage, facts: Facts): Found[] {
  const { kind, text } = passage;
  const all = frequencies(text);
  if (all.length === 0) return [];
  if (kind === 'cell') return fromCell(passage, facts, all);
  if (kind === 'heading' || kind === 'label') return fromTitle(text.split(' / ').at(-1) ?? text, all);
  if (OTHER_KEYS.test(text)) return [];
  const leading = OTHER_SECTION.test(facts.titles(passage.section)[0] ?? '') ? [] : fromLead(passage, all);
  return leading.length > 0 ? leading : fromOrder(text, all);
}

function fromTitle(text: string, all: readonly Found[]): Found[] {
  const [first] = all;
  if (first === undefined || TROUBLE.test(text)) return [];
  const [, , rest = ''] = LEADING.exec(text) ?? [];
  const leads =
    LEADING.test(text) &&
    (rest.trim().replace(/\W/g, '') === '' || new RegExp(`^\\W*${CHORE}`, 'i').test(rest));
  if (leads) return [first];
  const noted = NOTED.exec(text) ?? TAILING.exec(text);
  const chore = new RegExp(`\\b${CHORE}`, 'i').test(text);
  return noted?.[1] !== undefined && (chore || /^(?:every|each)/i.test(noted[1])) ? [first] : [];
}

/** `**Weekly**: Review …`, `Ongoing: Hourly updates`, `Frequency: daily`, `- Daily backups at 02:00`. */
function fromLead(passage: Passage, all: readonly Found[]): Found[] {
  const { text, kind } = passage;
  if (TROUBLE.test(text.slice(0, 80)) || ROTATING.test(text.slice(0, 60))) return [];
  const [first] = all;
  if (first === undefined) return [];
  const lead = LEADING.exec(text);
  const rest = lead?.[2] ?? '';
  if (lead !== null && /^\s*(?::|[–—]|--?\s)\s*\S/.test(rest) && kind !== 'paragraph') return [first];
  if (lead !== null && kind === 'paragraph' && /^:\s*\S/.test(rest)) return [first];
  if (lead !== null && kind !== 'paragraph' && new RegExp(`^${CHORE}`, 'i').test(rest)) return [first];
  if (lead !== null && kind === 'comment' && /^(?:to|at|on|via|by)\b/i.test(rest)) return [first];
  // "Clean the chimney (quarterly)"
  const noted = kind === 'item' && text.length < 120 ? NOTED.exec(text) : null;
  if (
    noted !== null &&
    (ORDER.test(text.slice(0, noted.index)) ||
      new RegExp(`\\b${CHORE}\\s*$`, 'i').test(text.slice(0, noted.index)))
  )
    return [first];
  const keyed = /^([^:]{2,40}):\s+/.exec(text);
  const key = keyed?.[1] ?? '';
  if (keyed === null || (kind === 'paragraph' && !/\bupdates$/i.test(key))) return [];
  const value = LEADING.exec(text.slice(keyed[0].length));
  if (
    value === null ||
    !/^(?:ongoing|after(?:wards)?|then|frequency|cadence|how often|updates?|.*\b(?:updates|review|frequency|cadence|backups?|checks?|tests?|testing|drills?|audits?|scans?))$/i.test(
      key,
    )
  )
    return [];
  return [first];
}

/** An order with how often at its verb or at its end. */
function fromOrder(text: string, all: readonly Found[]): Found[] {
  return all.filter((found) => {
    const from = Math.max(0, found.at - 200);
    const before = text.slice(from, found.at);
    const sentence = before.slice(Math.max(0, before.search(/[^.;!?]*$/)));
    if (
      ROTATING.test(sentence) ||
      /\b(?:if|when|unless|that|which|who|already|automatically)\b/i.test(sentence)
    )
      return false;
    const adverb = /^(?:every|each)/i.test(found.text);
    const after = text.slice(found.at + found.text.length, found.at + found.text.length + 40);
    // `(cron every 5 min)` says how often a job runs that the line describes.
    if (/\(\s*(?:cron|runs?)\s*$/i.test(before)) return true;
    if (!ORDER.test(sentence)) return false;
    if (adverb)
      return found.seconds >= 30 &&
        !/^(?:every|each)\s+(?:single\s+)?(?:second|minute|hour|day|week|month|year)\b/i.test(found.text)
        ? true
        : adverb && /^\s*(?:$|[.,;:)]|(?:until|during|while|for|at|to|and|by)\b)/i.test(after);
    if (/^\s*(?:$|[.,;:)]|(?:until|during|while|at|to|and|by|on|using|via|for|from|with|per)\b)/i.test(after))
      return true;
    // Adjectives: "Continue daily tweets" is an order to do it daily, "Review the weekly report" is none.
    return /(?:continue|hold|run|perform|conduct|do|execute|schedule|send|post|publish|provide|give|take|keep)(?:\s+(?:up|out|a|with))?\s*$/i.test(
      sentence,
    );
  });
}

const FREQUENCY_HEADER = /\b(?:frequency|cadence|how often|recurrence|periodicity)\b|^(?:schedule|every)$/i;

/** A cell below "Frequency"; one below anything else counts where it is an order by itself. */
function fromCell(passage: Passage, facts: Facts, all: readonly Found[]): Found[] {
  const [first] = all;
  const header = passage.header ?? '';
  if (first === undefined) return [];
  if (!FREQUENCY_HEADER.test(header))
    return fromOrder(passage.text, all).filter(
      ({ text }) => frequency(text) !== null && /^every/i.test(text),
    );
  const table = tableOf(passage, facts);
  const scaled =
    table?.header.some((cell) => /\b(?:severity|priority|response|level)\b/i.test(cell.text)) ?? false;
  return scaled || ROTATING.test(passage.text) || /update|refresh/i.test(header) ? [] : [first];
}

function tableOf(passage: Passage, facts: Facts): Table | undefined {
  const { offset } = passage.place(0).start;
  return facts.tables.find(({ range }) => range.start.offset <= offset && offset <= range.end.offset);
}
