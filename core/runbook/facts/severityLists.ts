/**
 * Severity scales that are no tables:
 *
 *     - **P1 (Critical)**: All is down. Response: 15 minutes      items, also with details in a list below each
 *     ### SEV-1: Outage                                           headings, also bold lines, with what is below
 *     **Response time:** 15 minutes
 *
 * A level is named once, and there are at least two. Lists of incidents and of tasks name severities too: without a title
 * that says so, levels count only where most of them give a response time.
 */
import type { Range } from '../../text.ts';
import { boundedCache } from '../lazy.ts';
import type { Duration, SeverityLevel, SeverityScale } from '../types.ts';
import { parseDuration } from './duration.ts';
import type { FactLine, Facts } from './facts.ts';
import { isSeverityName, responseOf, splitExamples, splitSeverity } from './severity.ts';

/** A level while its lines are read. */
interface Draft {
  readonly title: string;
  /** Null where it is a heading or a bold line. */
  readonly list: number | null;
  readonly section: number | null;
  readonly range: Range;
  readonly details: FactLine[];
  readonly rest: string;
}

const TITLE =
  /severit|priorit|classification|incident levels?|alert levels?|response (?:times?|targets?|slas?)|\bslas?\b|urgency|gravedad/i;
const NAME_PART =
  /^((?:P|S|L|SEV(?:ERITY)?[ _-]?|LEVEL[ _-]?|PRIORITY[ _-]?)\d\b|critical|high|medium|low|major|minor|emergency|urgent|normal|warning|info(?:rmational)?|moderate)/i;
const RESPONSE =
  /(?:^|[\s(,;|–—.-])(?:(?:initial |max(?:imum)? |target )?respon(?:se|d)(?: time| sla| target| within| in)?|sla|acknowledge(?:ment)?(?: within| in| time)?|ack(?: within| in)?|reaction time)\s*(?::|=|–|—|-|within|in|is)?\s*(?:within\s+)?((?:<|≤|>)?\s*(?:\d|immediate|next|same|best|within|half|an? )[^,;.()|]{0,40})/i;
const NOTED = /\(([^()]{2,40})\)/g;

/** Scales in items and headings; none in a section of which a scale is `taken` already. */
export function fromLists(facts: Facts, taken: readonly SeverityScale[]): SeverityScale[] {
  const groups = [...itemGroups(facts), ...titleGroups(facts)];
  const scales: SeverityScale[] = [];
  for (const drafts of groups) {
    const scale = toScale(drafts, facts);
    if (scale === null) continue;
    // Notes below a table name its levels again.
    if (taken.some((other) => other.section === scale.section)) continue;
    scales.push(scale);
  }
  return scales;
}

interface Named {
  readonly name: string;
  readonly rest: string;
}

/** By the line's source: nearly all lines of a document name no level, and are asked at every edit. */
const namedLines = boundedCache<{ readonly found: Named | null }>(20_000, 2_000_000);

/** The part of a line that names it, without marks: `**P1 (Critical)**: All is down` → `P1 (Critical)`, `All is down`. */
function split(line: FactLine): Named | null {
  return namedLines.get(line.raw, (raw) => ({ found: read(raw, line.text) })).found;
}

function read(raw: string, plain: string): Named | null {
  const text = plain.replace(/^\[[ xX]\]\s+/, '').replace(/^[^\p{L}\d]+/u, '');
  if (!NAME_PART.test(text)) return null;
  const bold = /^(?:[^\p{L}\d*_]*)(?:\*\*|__)([^*_]{1,60})(?:\*\*|__)/u.exec(raw.trim())?.[1];
  const cut = /^(.{1,60}?)(?:\s*:\s+|\s+[–—]\s+|\s+--?\s+|\s*:?$)(.*)$/s.exec(text);
  const name = (bold ?? cut?.[1] ?? '').replace(/[:\s]+$/, '').trim();
  if (name === '' || !isSeverityName(name) || name.split(/\s+/).length > 6) return null;
  const at = text.indexOf(name.replace(/^[^\p{L}\d]+/u, ''));
  const after = at === -1 ? (cut?.[2] ?? '') : text.slice(at + name.replace(/^[^\p{L}\d]+/u, '').length);
  return { name, rest: after.replace(/^[\s:–—-]+/, '') };
}

/** Items of one list that each name a level, with the lists below them. */
function itemGroups(facts: Facts): Draft[][] {
  const groups = new Map<number, Draft[]>();
  const strange = new Set<number>();
  let current: Draft | null = null;
  for (const line of facts.lines) {
    if (line.list === null) continue;
    // A list that began inside of a level's item belongs to it.
    if (
      current !== null &&
      line.list > (current.list ?? 0) &&
      line.section === current.section &&
      !strange.has(line.list) &&
      !groups.has(line.list)
    ) {
      if (
        line.range.start.line - (current.details.at(-1) ?? current).range.end.line <= 1 &&
        indent(line.range, facts) > indent(current.range, facts)
      ) {
        current.details.push(line);
        continue;
      }
    }
    const named = split(line);
    if (named === null) {
      strange.add(line.list);
      current = null;
      continue;
    }
    current = {
      title: named.name,
      rest: named.rest,
      list: line.list,
      section: line.section,
      range: line.range,
      details: [],
    };
    const known = groups.get(line.list);
    if (known === undefined) groups.set(line.list, [current]);
    else known.push(current);
  }
  return [...groups].filter(([list]) => !strange.has(list)).map(([, drafts]) => drafts);
}

function indent(range: Range, facts: Facts): number {
  const text = facts.source.line(range.start.line);
  return text.length - text.trimStart().length;
}

/** Headings of one level below the same one, or bold lines of one section, that each name a level. */
function titleGroups(facts: Facts): Draft[][] {
  const groups = new Map<string, Draft[]>();
  const add = (key: string, draft: Draft) => {
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [draft]);
    else known.push(draft);
  };
  for (const [index, section] of facts.sections.entries()) {
    const named = split({ ...NO_LINE, text: section.title, raw: section.title, range: section.headingRange });
    if (named === null) continue;
    const details = facts.lines.filter((line) => line.section === index);
    const key = `heading ${section.parent}`;
    const title = named.rest === '' ? named.name : `${named.name}: ${named.rest}`;
    add(key, { title, rest: '', list: null, section: section.parent, range: section.headingRange, details });
  }
  let current: Draft | null = null;
  for (const line of facts.lines) {
    const label = line.list === null && /^(?:\*\*|__)/.test(line.raw.trim());
    const named = label ? split(line) : null;
    if (named !== null) {
      current = {
        title: named.name,
        rest: named.rest,
        list: null,
        section: line.section,
        range: line.range,
        details: [],
      };
      const key = `label ${line.section}`;
      add(key, current);
    } else if (
      current !== null &&
      current.section === line.section &&
      !(label && /^(?:\*\*|__)[^*_]+(?:\*\*|__):?$/.test(line.raw.trim()))
    )
      current.details.push(line);
    else current = null;
  }
  return [...groups.values()];
}

/** Longer lists are of incidents. */
const MAX_LEVELS = 10;

const NO_LINE = { section: null, list: null, ordered: false, label: null } as const;

function toScale(drafts: readonly Draft[], facts: Facts): SeverityScale | null {
  const [first] = drafts;
  const last = drafts.at(-1);
  if (first === undefined || last === undefined || drafts.length < 2 || drafts.length > MAX_LEVELS)
    return null;
  const levels = drafts.map(toLevel);
  const ids = new Set(levels.map(({ id }) => id.toLowerCase()));
  if (ids.size !== levels.length) return null;
  const answered = levels.filter(
    ({ response }) => response !== null && response.kind !== 'unreadable',
  ).length;
  const label = facts.lines.find((line) => line.range.start.line === first.range.start.line)?.label ?? '';
  const titled =
    TITLE.test(label) ||
    facts
      .titles(first.section)
      .slice(0, 2)
      .some((title) => TITLE.test(title));
  if (answered * 2 <= levels.length && !(titled && levels.every(({ definition }) => definition !== '')))
    return null;
  // Words alone (High, Low) say how grave something is in many lists, and levels may be those of support.
  const coded = levels.every(({ id }) => /^(?:p|s|sev)/i.test(id) && /\d/.test(id));
  // "Warning" and "Critical" alone are the two limits of an alert.
  if (!coded && (!titled || (answered === 0 && levels.length < 3))) return null;
  const end = last.details.at(-1)?.range.end ?? last.range.end;
  return { source: 'list', range: { start: first.range.start, end }, section: first.section, levels };
}

function toLevel(draft: Draft): SeverityLevel {
  const texts = [draft.rest, ...draft.details.map(({ text }) => text)].filter((text) => text !== '');
  const [response, place] = responseIn(draft);
  const detail = (pattern: RegExp) =>
    texts
      .find((text) => pattern.test(text))
      ?.replace(pattern, '')
      .trim();
  const examples =
    detail(/^(?:examples?|e\.g\.)\s*:?\s*/i) ??
    /[.;,(–—-]\s*(?:examples?\s*:|e\.g\.,?)\s*([^()]{3,300}?)[.)]*$/i.exec(draft.rest.slice(0, 600))?.[1];
  const definition =
    detail(/^(?:definition|description|criteria|meaning|impact)\s*:\s*/i) ??
    (draft.rest !== ''
      ? draft.rest
      : (texts.find((text) => !RESPONSE.test(` ${text}`) && !/^examples?\b/i.test(text)) ?? ''));
  return {
    ...splitSeverity(draft.title),
    definition,
    response,
    examples: examples === undefined ? [] : splitExamples(examples),
    range: draft.range,
    responseRange: place,
  };
}

function responseIn(draft: Draft): [Duration | null, Range | null] {
  const lines: readonly (readonly [string, Range])[] = [
    [`${draft.title} ${draft.rest}`, draft.range],
    ...draft.details.map(({ text, range }) => [text, range] as const),
  ];
  for (const [text, range] of lines) {
    const named = RESPONSE.exec(` ${text.slice(0, 600)}`)?.[1];
    const read = named === undefined ? null : responseOf(trimmed(named));
    if (read !== null && read.kind !== 'unreadable') return [read, range];
  }
  // `P1 (15 min): …` and `P1: 15 minutes`.
  for (const [, inner = ''] of `${draft.title} ${draft.rest.slice(0, 300)}`.matchAll(NOTED)) {
    const read = parseDuration(inner.replace(/\s*response$/i, ''));
    if (read.kind !== 'unreadable') return [read, draft.range];
  }
  const whole = responseOf(draft.rest.slice(0, 100));
  return whole !== null && whole.kind !== 'unreadable' ? [whole, draft.range] : [null, null];
}

/** The time at the start of a text that may go on: `15 minutes and all hands`. */
function trimmed(text: string): string {
  const short = /^(.*?)(?:\s+(?:and|then|by|via|with|from|for|to|after|during)\b.*)?$/i.exec(text.trim());
  return short?.[1] ?? text;
}
