/**
 * Lists of conditions with what they decide: the line above a list, its heading or a key of YAML says so.
 *
 *     Rollback immediately if:          **Scale Up Conditions**:        ### When to escalate
 *     - Error rate > 5%                 - CPU usage > 70%               - Nobody answers
 *
 * A list of what to do "if needed" is none: its items are orders.
 */
import type { Range } from '../../text.ts';
import type { Criteria } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';
import { plansOf } from './yamlPlan.ts';

const WORDS =
  /\b(?:criteria|criterion|conditions?|triggers?|thresholds?|go\s*\/?\s*no-?go|definition of done)\b/i;
/** The introduction ends with its condition: "Rollback immediately if:", "Roll back when any of these is true:". */
const OPEN_IF =
  /\b(?:if|when|whenever|unless|only if|in case)(?:\s+(?:and only if|any|one|all|either|at least one|some)\b)?(?:\s+of)?(?:\s+(?:the following|these|those|them))?(?:\s+(?:conditions?|criteria|statements?|things|events?|happens?|occurs?|apply|applies|is|are|exists?|true|met|observed|holds?|below)\b)*\s*:?\s*$/i;
const WHEN_TO =
  /^(?:(?:\W|\d+[.)])*)when\b.{0,60}\b(?:needed|required|necessary|to (?:use|run|escalate|roll ?back|scale|page|call|trigger|perform|apply|abort|stop|rotate|restart|fail ?over|revert|declare|invoke|activate|page|rebuild|restore))\b.{0,40}$/i;
const COULD =
  /\b(?:conditions?|criteria|triggers?)\b.{0,60}\b(?:that|which|for|to|under which|when)\b|\b(?:under|one of|any of(?: these| those)?|these are the|the following) (?:the )?(?:following )?conditions?\b/i;
/** Titles with these words that are about something else. */
const OTHER =
  /\btrigger(?:ed|ing|s)? (?:(?:the|a|an)\s+)?(?:manually|deploy\w*|builds?|workflows?|pipelines?|jobs?|sync|run)\b|race conditions?|terms and conditions|pod conditions?|node conditions?|status conditions?|database trigger|\bterms\b|search criteria|selection criteria|github actions|workflow trigger/i;
const KINDS: readonly (readonly [Criteria['kind'], RegExp])[] = [
  ['rollback', /roll(?:ing)?[ _-]?back|revert|back[ _-]?out|abort|undo/i],
  ['escalation', /escalat|\bpage\b|\bnotify\b|\bcall\b|\bwake\b/i],
  ['scaling', /\bscal(?:e|ing)|auto-?scal|capacity|\bscale[_-]/i],
  [
    'acceptance',
    /accept|success|\bexit\b|complet|\bdone\b|go\s*\/?\s*no-?go|\bgo-live\b|readiness|sign-?off|resolution criteria|pass\b|closure|resolved/i,
  ],
];
/** Orders: a list of these says what to do, whatever stands above it. */
const ORDER =
  /^(?:\[[ x]\]\s+)?(?:check|verify|run|restart|stop|start|open|notify|post|create|update|contact|escalate|review|deploy|roll back|rollback|scale|freeze|prioriti[sz]e|conduct|disable|enable|delete|remove|add|execute|apply|monitor|use|set|wait|inform|call|page|follow|ensure|go to|click|select|navigate|try|see|refer|increase|decrease|drain|cordon|kill|fix|investigate|identify|collect|gather|install|configure)\b/i;

type Found = Omit<Criteria, 'steps'>;

/** Criteria in document order. */
export function readCriteria(facts: Facts): Criteria[] {
  const stepsAround = stepsOf(facts);
  return [...fromLists(facts), ...fromYaml(facts)]
    .sort((a, b) => a.range.start.offset - b.range.start.offset)
    .map((found) => ({ ...found, steps: stepsAround(found.section) }));
}

/** The runnable blocks below a section's heading; where it has none, below the heading around it, but not the title's. */
function stepsOf({ sections, steps }: Facts): (section: number | null) => readonly string[] {
  const blocks = steps.filter((step) => step.kind === 'block' && step.runnable);
  return (section) => {
    for (let at = section; at !== null; at = sections[at]?.parent ?? null) {
      const { range, level } = sections[at] ?? {};
      if (range === undefined || level === 1) break;
      const inside = blocks.filter(
        (step) => step.range.start.offset >= range.start.offset && step.range.end.offset <= range.end.offset,
      );
      if (inside.length > 0) return inside.map(({ id }) => id);
    }
    return [];
  };
}

function isIntroduction(text: string): boolean {
  if (text.length > 200 || OTHER.test(text)) return false;
  if (OPEN_IF.test(text)) return true;
  if (WHEN_TO.test(text)) return true;
  if (COULD.test(text) && /:\s*$|conditions?\s*$/i.test(text)) return true;
  const words = text.trim().split(/\s+/).length;
  // A title with the word: "Emergency Rollback Criteria", "Scale Up Conditions", "Scaling Triggers".
  return (
    words <= 8 &&
    WORDS.test(text) &&
    (kindOf(text) !== 'other' ||
      /\bcriteria\b|^(?:trigger|activation|failover|decision|entry|alert) (?:conditions?|triggers?)\b/i.test(
        text,
      ))
  );
}

function kindOf(text: string): Criteria['kind'] {
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

function fromLists(facts: Facts): Found[] {
  const criteria: Found[] = [];
  const { lines } = facts;
  const seen = new Set<number>();
  let above: FactLine | null = null;
  for (const [at, line] of lines.entries()) {
    if (line.list === null) {
      above = line;
      continue;
    }
    if (seen.has(line.list)) continue;
    seen.add(line.list);
    const title = introductionOf(lines, at, above, facts);
    if (title === null) continue;
    const items = itemsOf(lines, at);
    if (items.filter(({ text }) => ORDER.test(text)).length * 2 > items.length) continue;
    criteria.push({
      kind: kindOfList(title.text, line, facts),
      title: title.text.replace(/\s*:\s*$/, ''),
      items: items.map(({ text, range }) => ({ text, range })),
      section: line.section,
      range: title.range,
    });
  }
  return criteria;
}

/** What introduces the list whose first item stands at an index: an item around it, the line above, or the heading. */
function introductionOf(
  lines: readonly FactLine[],
  at: number,
  above: FactLine | null,
  facts: Facts,
): { text: string; range: Range } | null {
  const line = lines[at];
  const before = lines[at - 1];
  if (line === undefined) return null;
  const inSection = before?.section === line.section ? before : undefined;
  if (inSection === undefined) {
    const section = line.section === null ? undefined : facts.sections[line.section];
    return section !== undefined && isIntroduction(section.title)
      ? { text: section.title, range: section.headingRange }
      : null;
  }
  if (inSection.list !== null) {
    const around = inSection.list < (line.list ?? 0) && /:\s*$/.test(inSection.text);
    return around && isIntroduction(inSection.text) && !/\bif (?:needed|necessary)/i.test(inSection.text)
      ? inSection
      : null;
  }
  const close = above !== null && line.range.start.line - above.range.end.line <= 3;
  return close && isIntroduction(above.text) ? above : null;
}

/** What the introduction decides, else what the heading around it does: "Conditions:" below "Rollback". */
function kindOfList(text: string, line: FactLine, facts: Facts): Criteria['kind'] {
  const own = kindOf(text);
  if (own !== 'other') return own;
  const title = facts.titles(line.section)[0] ?? '';
  return title !== text &&
    /^(?:any of|one of|if|when|the following|conditions?|criteria|triggers?)\b/i.test(text)
    ? kindOf(title)
    : 'other';
}

/** The items of the list that begins at an index, those of lists in it left out. */
function itemsOf(lines: readonly FactLine[], at: number): FactLine[] {
  const first = lines[at];
  const own: FactLine[] = [];
  for (let next = at; next < lines.length; next++) {
    const line = lines[next];
    if (line === undefined || line.section !== first?.section) break;
    if (line.list === first?.list) own.push(line);
    // A list that began earlier goes on: this one is over.
    else if (line.list !== null && line.list < (first?.list ?? 0)) break;
  }
  return own;
}

const KEY =
  /^(?:(?:auto(?:matic)?|manual|rollback|scal(?:e|ing)(?:_(?:up|down|out|in))?|escalat(?:e|ion)|acceptance|success|exit|failover|activation|abort|completion)_?)*(?:criteria|conditions?|triggers?|when|if)$/i;

/** `rollback: {automatic_triggers: [...]}`. */
function fromYaml(facts: Facts): Found[] {
  const criteria: Found[] = [];
  for (const { entries, section, range } of plansOf(facts)) {
    for (const entry of entries) {
      if (entry.items.length === 0 || !KEY.test(entry.key)) continue;
      const words = [entry.key, ...entry.path.slice(-2).reverse()].map((key) => key.replace(/_/g, ' '));
      criteria.push({
        kind: words.map(kindOf).find((kind) => kind !== 'other') ?? 'other',
        title: entry.key,
        items: entry.items.map(({ text, start, end }) => ({ text, range: range(start, end) })),
        section,
        range: range(entry.start, entry.end),
      });
    }
  }
  return criteria;
}
