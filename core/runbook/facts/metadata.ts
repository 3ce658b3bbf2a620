/**
 * What a document says about itself: owner, dates, version. Shapes: front matter (`owner: x`); bold or italic lines below the
 * title and at the end (`**Last Updated**: 2025-11-03`); tables of them; headings (`### Version 1.0.0`); change logs, whose
 * newest row is the last update; a sentence that says whom to write to. The words are the keys that public runbooks use.
 *
 * The trap is that every incident, service and listing in a runbook has a status, an owner and a version too. So words that
 * can only be about a document count anywhere, the others only in its head, at its end, and in sections about it.
 */
import { perText } from '../lazy.ts';
import type { FrontMatter, MetadataEntry, Table } from '../types.ts';
import { readDate } from './dates.ts';
import type { FactLine, Facts } from './facts.ts';
import { frontMatterEntries } from './frontMatterFacts.ts';
import { type MetadataKey, metadataKey } from './metadataKeys.ts';
import { headingWords, type Pair, readPairs, rowRange, says } from './words.ts';

const MAX_VALUE = 200;
/** The end of a document: what follows the last rule in so many lines. */
const TAIL_LINES = 30;

const ABOUT_DOCUMENT =
  /^(?:(?:document|doc|runbook|page|playbook|guide)(?:ation)?\s+(?:metadata|info(?:rmation)?|control|details|ownership|maintenance|properties|management|header|reviews?|updates?|status)\b.*|metadata|ownership|about this (?:document|runbook|page|guide|playbook))$/i;
const CHANGE_LOG =
  /^(?:change ?log|changes|(?:(?:document|doc|runbook|change|review|version|update) )?(?:revision|version|change|document|review|update) (?:history|log|record|table)|revisions|history|amendments)$/i;

/** Entries in document order. */
export function readMetadata(facts: Facts, frontMatter: FrontMatter | null): MetadataEntry[] {
  const places = placesOf(facts);
  const entries = frontMatter === null ? [] : frontMatterEntries(facts.source, frontMatter);
  for (const line of facts.lines) entries.push(...fromLine(line, places));
  for (const table of facts.tables) entries.push(...fromTable(table, facts, places));
  entries.push(...fromHeadings(facts, places), ...fromChangeLists(facts));
  return entries.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

/** Where a document speaks of itself. */
interface Places {
  /** Below the title, before anything else. */
  readonly head: (section: number | null) => boolean;
  /** Sections about the document. */
  readonly about: (section: number | null) => boolean;
  /** Lines after the last rule. */
  readonly tail: (line: number) => boolean;
  /** Headings that stand right below each other from the top: a title page. */
  readonly titlePage: number;
}

function placesOf(facts: Facts): Places {
  const { sections, source } = facts;
  let titlePage = sections.length > 0 ? 1 : 0;
  while (titlePage < sections.length && isBare(facts, titlePage - 1)) titlePage++;
  let rule = Number.POSITIVE_INFINITY;
  const lastHeading = sections.at(-1)?.headingRange.end.line ?? -1;
  for (let at = source.lineCount - 1; at > lastHeading && at >= source.lineCount - TAIL_LINES; at--) {
    if (/^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(source.line(at).slice(0, 200))) {
      rule = at;
      break;
    }
  }
  return {
    head: (section) =>
      section === null || (section === 0 && (sections[0]?.level === 1 || sections.length === 1)),
    about: (section) => section !== null && says(sections[section]?.title ?? '', ABOUT_DOCUMENT),
    tail: (line) => line > rule,
    titlePage,
  };
}

/** Whether nothing but rules stands between a heading and the next one. */
function isBare(facts: Facts, section: number): boolean {
  const from = facts.sections[section]?.headingRange.end.line ?? 0;
  const to = facts.sections[section + 1]?.headingRange.start.line ?? 0;
  for (let at = from + 1; at < to; at++) if (/[^\s*_-]/.test(facts.source.line(at))) return false;
  return true;
}

function entry(key: MetadataKey, value: string, range: MetadataEntry['range']): MetadataEntry {
  const dated = key === 'last-updated' || key === 'next-review' || key === 'created';
  return { key, value, date: dated ? readDate(value) : null, range };
}

function fromLine(line: FactLine, places: Places): MetadataEntry[] {
  if (line.text.length > 400) return [];
  // Most lines are no pair, and all lines are asked after each edit.
  const pairs = /:|\s[-–—]\s/.test(line.text) ? readPairs(line) : [];
  const entries = pairs.flatMap((pair) => {
    const key = keyOf(pair, line, places);
    return key === null ? [] : [entry(key, pair.value, line.range)];
  });
  if (entries.length > 0) return entries;
  const sentence = fromSentence(line.text);
  // "Owned by root" is about a file, unless it is set off or stands at the end.
  const own = /^[*_]/.test(line.raw) || /^this\b/i.test(line.text) || places.tail(line.range.start.line);
  if (sentence !== null && /^(?:owner|maintained-by)$/.test(sentence.key) && !own) return [];
  return sentence === null ? [] : [{ ...sentence, range: line.range }];
}

function keyOf(pair: Pair, line: FactLine, places: Places): MetadataKey | null {
  if (pair.value === '' || pair.value.length > MAX_VALUE) return null;
  const found = metadataKey(pair.key);
  if (found === null) return null;
  const here =
    places.head(line.section) ||
    places.about(line.section) ||
    (places.tail(line.range.start.line) && line.list === null);
  if (here)
    return pair.marked || line.list !== null || found.certain || places.tail(line.range.start.line)
      ? found.key
      : null;
  return found.certain && (pair.marked || line.list === null) ? found.key : null;
}

const TOLD =
  /^(?:this (?:document|runbook|page|guide|playbook) (?:is|was) )?(?:(owned|maintained) by (?:the )?|(last (?:updated|reviewed|modified|revised)) (?:on )?)(\S.{0,120}?)\.?$/i;
const ABOUT_IT =
  /\b(?:this (?:document|runbook|page|guide|playbook)|updates?|corrections?|feedback|suggestions?|improvements?)\b/i;
const ASK = /\b(?:contact|e-?mail|reach(?: out to)?|ping|ask|message|write to|get in touch with)\b/i;
const ADDRESS =
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?:^|[\s(])(?:#[a-z][\w-]{1,79}|@[a-z][\w-]{1,60}(?:\/[\w-]{1,60})?)/i;

/** `Maintained by the storage team.`, `Last reviewed on 2025-01-31`, `For corrections, please contact ops@example.org`. */
const fromSentence = perText((text): Omit<MetadataEntry, 'range'> | null => {
  const told = TOLD.exec(text);
  if (told?.[3] !== undefined) {
    const date = readDate(told[3]);
    if (told[2] !== undefined) return date === null ? null : { key: 'last-updated', value: told[3], date };
    return {
      key: told[1]?.toLowerCase() === 'owned' ? 'owner' : 'maintained-by',
      value: told[3],
      date: null,
    };
  }
  const address =
    ASK.test(text) && ABOUT_IT.test(text) ? ADDRESS.exec(text)?.[0].replace(/^[\s(]+/, '') : undefined;
  return address === undefined ? null : { key: 'contact', value: address.replace(/\.$/, ''), date: null };
});

function fromTable(table: Table, facts: Facts, places: Places): MetadataEntry[] {
  const title = table.section === null ? '' : (facts.sections[table.section]?.title ?? '');
  const headers = table.header.map((cell) => metadataKey(cell.text));
  const log = newestRow(table, says(title, CHANGE_LOG));
  if (log !== null) return [log];
  const about =
    places.head(table.section) || places.about(table.section) || places.tail(table.range.start.line);
  // One row below its headers: `| Version | Owner | Last updated |`.
  const [only] = table.rows;
  if (
    only !== undefined &&
    table.rows.length === 1 &&
    headers.filter((found) => found !== null).length >= 2
  ) {
    return headers.flatMap((found, index) => {
      const cell = only[index];
      if (found === null || cell === undefined || cell.text === '' || !(about || found.certain)) return [];
      return [entry(found.key, cell.text, cell.range)];
    });
  }
  if (table.header.length !== 2) return [];
  const rows = [table.header, ...table.rows].flatMap((row) => {
    const found = metadataKey(row[0]?.text ?? '');
    const range = rowRange(row);
    const value = row[1]?.text ?? '';
    return found === null || range === null || value === '' ? [] : [{ ...found, range, value }];
  });
  // A table of an incident or a service has a status and an owner too.
  const certain = rows.filter(({ certain }) => certain).length;
  if (!(certain >= 2 || (about && (rows.length >= 2 || certain >= 1)))) return [];
  return rows.map(({ key, value, range }) => entry(key, value, range));
}

const DATED = /^(?:date|updated|when|modified|(?:revision|change|update|effective) date)$/i;
const CHANGED =
  /^(?:changes?|change (?:description|summary|made)|descriptions?|summary|notes?|comments?|details|reason)$/i;
const VERSIONED = /^(?:version|ver\.?|rev(?:ision|\.)?|#)$/i;
const AUTHORED = /^(?:authors?|by|changed by|who|editor|approved by|reviewers?|reviewed by|name)$/i;

/** The newest row of a change log, by its heading or by its columns. */
function newestRow(table: Table, named: boolean): MetadataEntry | null {
  const has = (pattern: RegExp) => table.header.findIndex((cell) => pattern.test(cell.text));
  const date = has(DATED);
  if (date === -1) return null;
  const telling = [CHANGED, VERSIONED, AUTHORED].filter((pattern) => has(pattern) !== -1).length;
  if (!(named && telling >= 1) && !(has(VERSIONED) !== -1 && telling >= 2)) return null;
  let newest: MetadataEntry | null = null;
  for (const row of table.rows) {
    const value = row[date]?.text ?? '';
    const read = readDate(value);
    const range = rowRange(row);
    if (read === null || range === null || (newest?.date ?? '') >= read) continue;
    newest = { key: 'last-updated', value, date: read, range };
  }
  return newest;
}

/** `- 2025-11-03: first version` below a heading or a line that says change log; the newest one. */
function fromChangeLists(facts: Facts): MetadataEntry[] {
  const newest = new Map<number, MetadataEntry>();
  for (const line of facts.lines) {
    if (line.list === null || !/\d{4}/.test(line.text.slice(0, 40))) continue;
    const title = line.section === null ? '' : (facts.sections[line.section]?.title ?? '');
    if (![line.label ?? '', title].some((name) => says(name, CHANGE_LOG))) continue;
    const date = readDate(line.text.slice(0, 40));
    if (date === null || (newest.get(line.list)?.date ?? '') >= date) continue;
    const value = line.text.slice(0, MAX_VALUE);
    newest.set(line.list, { key: 'last-updated', value, date, range: line.range });
  }
  return [...newest.values()];
}

/** `### Version 1.0.0` and `### Last Updated: July 2025`, on the title page; what is certain, anywhere. */
function fromHeadings(facts: Facts, places: Places): MetadataEntry[] {
  const entries: MetadataEntry[] = [];
  for (const [index, section] of facts.sections.entries()) {
    const [words = ''] = headingWords(section.title);
    const version = /^(?:document )?version\s+(v?\d[\w.+-]{0,40})$/i.exec(words)?.[1];
    const pair = words.includes(':') ? /^([^:]{1,40}?)\s*:\s*(\S.{0,100})$/.exec(words) : null;
    const found = pair?.[1] === undefined ? null : metadataKey(pair[1]);
    if (version !== undefined && index < places.titlePage)
      entries.push(entry('version', version, section.headingRange));
    else if (found !== null && pair?.[2] !== undefined && (found.certain || index < places.titlePage))
      entries.push(entry(found.key, pair[2], section.headingRange));
  }
  return entries;
}
