/**
 * Times that a runbook names for what somebody does, from headings, bold lines, items, sentences, cells, comments and YAML:
 *
 *     #### 1. Assess (0-5 minutes)             phase
 *     - **Within 24 hours**: draft the review  deadline
 *     **Before (T-2 hours):**                  offset
 *     Post updates every 10 minutes            repeat
 *     # Watch the logs for 15 minutes          observation
 *
 * Times of a scale, of escalation and of objectives have readers of their own. What a machine does in its time (`expires
 * within 30 days`, `pods restart every 5 minutes`) and conditions (`if it is not back within 10 minutes`) are no orders, so
 * a sentence counts only where it begins like one.
 */
import type { Range } from '../../text.ts';
import type { EscalationEntry, SeverityScale, TimedFact } from '../types.ts';
import type { Facts } from './facts.ts';
import { type Passage, readPassages } from './passages.ts';
import { readRepeats } from './repeats.ts';
import { cronSeconds, observations, offsets, type Span, spans, withins } from './timeWords.ts';
import { readYamlTimes } from './yamlTimes.ts';

/** Times in document order. */
export function readTimes(
  facts: Facts,
  scales: readonly SeverityScale[] = [],
  escalation: readonly EscalationEntry[] = [],
): TimedFact[] {
  const passages = readPassages(facts).filter(
    ({ text }) =>
      text.length <= MAX_LENGTH &&
      /\d|ly\b|every|each|annual|once|first|hour|minute|\bdays?\b|week|month/i.test(text),
  );
  const times: TimedFact[] = [...readPhases(passages, facts), ...readYamlTimes(facts), ...fromCron(facts)];
  const deadlines: TimedFact[] = [];
  for (const passage of passages) {
    deadlines.push(...readDeadlines(passage, facts));
    if (passage.kind !== 'heading') times.push(...readObservations(passage));
    times.push(...readOffsets(passage, passages, facts), ...readRepeats(passage, facts));
  }
  const taken = new Set(escalation.map(({ range }) => range.start.line));
  times.push(...deadlines.filter(({ range }) => !taken.has(range.start.line)));
  return times
    .filter(({ range }) => !scales.some((scale) => isInside(range, scale.range)))
    .sort((a, b) => a.range.start.offset - b.range.start.offset);
}

/** Longer text is no instruction. */
const MAX_LENGTH = 4000;

const NO_TIMES = { start: null, end: null, every: null, from: null } as const;

function isInside(inner: Range, outer: Range): boolean {
  return inner.start.offset >= outer.start.offset && inner.end.offset <= outer.end.offset;
}

/** Where the sentence or the part of it begins in which an offset stands. */
function clauseStart(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 300), at);
  const cut = /^[\s\S]*(?:[.!?]\s|;\s|:\s|\s--\s|\s[–—]\s|,\s(?:then|and)\s)/.exec(before);
  return Math.max(0, at - 300) + (cut?.[0].length ?? 0);
}

/** Verbs that tell somebody to do something. */
const ORDER =
  /^(?:(?:please|always|also|then|immediately|promptly|if possible,?|\[[ x]\])\s+)*(?:acknowledge|ack|respond|reply|answer|notify|inform|tell|alert|page|call|contact|e-?mail|escalate|post|publish|send|share|provide|give|update|report|announce|communicate|schedule|hold|conduct|run|perform|execute|do|complete|finish|submit|file|create|open|draft|write|document|record|log|review|assess|triage|investigate|mitigate|contain|resolve|restore|recover|rotate|revoke|replace|renew|patch|apply|deploy|roll|verify|validate|confirm|check|join|begin|start|initiate|declare|assign|identify|implement|close|follow|ping|take|make|add|ensure|delete|remove|disable|convene|establish|activate|engage|preserve|collect|capture|isolate|deliver|present|return|get|issue|prepare|set up|able to)\b/i;
const DUTY =
  /\b(?:must|shall|ha(?:s|ve) to|needs? to|(?:is|are) (?:expected|required) to|required to|able to)\s+(?:always\s+|also\s+)?(?:be\s+)?(?:acknowledge|respond|repl|answer|notif|inform|escalat|post|publish|sent|send|share|provid|updat|report|announc|communicat|schedul|held|hold|conduct|perform|execut|complet|finish|submit|filed|create|open|draft|writ|document|record|review|assess|triag|investigat|mitigat|contain|resolv|restor|rotat|revok|patch|fix|remediat|join|start|clos|assign|approv|deliver|present)\w*|\brequires?\b|\b(?:acknowledged|notified|informed|processed|completed|fixed|patched|remediated|assigned|published|sent|reviewed|responded to|addressed|scheduled|conducted)\s*$/i;
const CONDITION =
  /\b(?:if|when(?:ever)?|unless|until|in case|where|while|whether|not|never|cannot|can't|doesn't|isn't|hasn't|won't|fails?|failed|without|expir\w+|exhausted)\b|n['’]t\b/i;
/** Sections in which a bare "Management within 2 hours" is an order. */
const TELLING = /notif|communicat|inform|report|deadline|timeline|time ?line|timeframe|sla\b|due/i;

function readDeadlines(passage: Passage, facts: Facts): TimedFact[] {
  if (/^(?:\W*)(?:rto|rpo|slo|sla|recovery (?:time|point))\b/i.test(passage.text)) return [];
  const found = withins(passage.text);
  let previous = false;
  return found.flatMap((within, index) => {
    const joined = index > 0 && !/^(?:within|in|no|not)\b/i.test(within.text) && previous;
    previous = joined || isOrder(passage, within.at, facts);
    if (!previous) return [];
    const lead = /^\W*$/.test(passage.text.slice(0, within.at));
    const titled = passage.kind === 'heading' || passage.kind === 'label';
    const from = isAfterwards(passage, within, facts)
      ? 'resolved'
      : titled || (lead && passage.kind === 'item')
        ? 'start'
        : null;
    return [
      {
        ...NO_TIMES,
        kind: 'deadline' as const,
        end: within.seconds,
        from,
        text: within.text,
        section: passage.section,
        range: passage.place(within.at),
      },
    ];
  });
}

function isOrder(passage: Passage, at: number, facts: Facts): boolean {
  const { text, kind } = passage;
  if (kind === 'heading' || kind === 'label') {
    const before = text.slice(0, at);
    return /^$|[([]\s*$|[:–—-]\s*$/.test(before) && !CONDITION.test(before);
  }
  if (kind === 'cell' && !/^within\b/i.test(text)) return ORDER.test(text) && isInstruction(text, at);
  if (kind === 'cell')
    return /^(?:deadline|due|when|time ?frame|time ?line|time limit|timing|target)/i.test(
      passage.header ?? '',
    );
  const start = clauseStart(text, at);
  const before = text.slice(start, at);
  if (/^\W*$/.test(before)) {
    const after = text.slice(at).replace(/^[^,:]{0,60}/, '');
    // "Within 24 hours, the cache expires" is no order; what a bold or listed lead introduces is one.
    return kind === 'item' || start > 0 || /^[,:]\s*(?:[a-z]+\s){0,2}?/i.test(after);
  }
  if (isInstruction(text, at)) return true;
  // "**Post-incident**: Blameless review within 48 hours", "- Management within 2 hours".
  const around = [passage.label ?? '', ...facts.titles(passage.section).slice(0, 1)].join(' ');
  return (
    kind === 'item' &&
    (start === 0 ? TELLING.test(around) : AFTERWARDS.test(text.slice(0, at))) &&
    !CONDITION.test(before) &&
    before.trim().split(/\s+/).length <= 4
  );
}

function isInstruction(text: string, at: number): boolean {
  const before = text.slice(clauseStart(text, at), at).replace(/^\W+/, '');
  // A condition before a comma is over: "If it is a breach, tell the lawyers within 1 hour".
  const own = before
    .replace(/^(?:if|when(?:ever)?|once|after|for)\b[^,]{0,200},\s*/i, '')
    .replace(/,?\s(?:and|or|then)?,?\s?\b(?:if|when)\b[^,]{0,200},/gi, ' and');
  // "Alert should clear within 5 minutes" begins with a noun.
  if (
    CONDITION.test(own) ||
    /^\w+\s+(?:should|will|can|may|is|are|was|fires)\b|\b(?:automatically|usually|typically)\b/i.test(own)
  )
    return false;
  return ORDER.test(own) || DUTY.test(own);
}

const AFTERWARDS =
  /post[- ]?(?:mortem|incident)|retrospective|\bPIR\b|\bRCA\b|lessons learned|blameless|\bafter (?:the )?(?:incident|resolution|recovery|closure)|\bof (?:the )?(?:incident(?:'s)? )?(?:resolution|closure|closing|recovery)|incident review/i;

/** Whether a deadline counts from the end of the incident. */
function isAfterwards(passage: Passage, within: { readonly end: number }, facts: Facts): boolean {
  const title = facts.titles(passage.section)[0] ?? '';
  const start = clauseStart(passage.text, within.end);
  // What the next sentence or part of it is about is not meant.
  const after = passage.text.slice(within.end, within.end + 60).split(/[.;!?]\s/)[0] ?? '';
  const own = passage.text.slice(Math.max(0, start - 60), within.end) + after;
  return [own, passage.label ?? '', passage.kind === 'heading' ? '' : title].some((text) =>
    AFTERWARDS.test(text),
  );
}

function readObservations(passage: Passage): TimedFact[] {
  return observations(passage.text).map((found) => ({
    ...NO_TIMES,
    kind: 'observation',
    end: found.seconds,
    text: found.text,
    section: passage.section,
    range: passage.place(found.at),
  }));
}

const PLANNED = /maintenance|launch|release|deploy|migrat|cut-?over|go-?live|upgrade|planned|window|freeze/i;

/** `T-2 hours` in a title, in parentheses, or before everything else. */
function readOffsets(passage: Passage, all: readonly Passage[], facts: Facts): TimedFact[] {
  if (!/T\s?[-–−+]\s?\d/i.test(passage.text)) return [];
  const [found] = offsets(passage.text);
  if (found === undefined) return [];
  const before = passage.text.slice(0, found.at);
  const titled = passage.kind === 'heading' || passage.kind === 'label';
  const placed =
    /^\W*$/.test(before) ||
    (titled && /[([:–—-]\s*$/.test(before)) ||
    (passage.kind === 'item' && /(?:\bat\s+|\()$/i.test(before));
  if (!placed) return [];
  const planned =
    PLANNED.test([passage.text, ...facts.titles(passage.section)].join(' ')) ||
    all.some(({ text }) => /\bT\s?[-–−]\s?\d/.test(text) && offsets(text).some(({ seconds }) => seconds < 0));
  return [
    {
      ...NO_TIMES,
      kind: 'offset',
      start: found.seconds,
      from: planned ? 'planned' : 'start',
      text: found.text,
      section: passage.section,
      range: passage.place(found.at),
    },
  ];
}

/**
 * Phases follow each other: a span counts where it begins at 0 or where another of the same list, table or level of
 * headings ends. Otherwise `(10-15 minutes)` says how long something takes.
 */
function readPhases(passages: readonly Passage[], facts: Facts): TimedFact[] {
  const ends = new Map<string, Set<number>>();
  const times: TimedFact[] = [];
  for (const passage of passages) {
    const span = spanOf(passage);
    if (span === undefined) continue;
    const group = groupOf(passage, facts);
    const reached = ends.get(group) ?? new Set([0]);
    if (!reached.has(span.start)) continue;
    if (span.end !== null) reached.add(span.end);
    ends.set(group, reached);
    times.push({
      ...NO_TIMES,
      kind: 'phase',
      start: span.start,
      end: span.end,
      from: 'start',
      text: span.text,
      section: passage.section,
      range: passage.place(span.at),
    });
  }
  return times;
}

function spanOf(passage: Passage): Span | undefined {
  const { text, kind } = passage;
  if (kind === 'paragraph' || kind === 'comment') return undefined;
  const first = /^(?:the\s+)?first\s+(\d{1,3})\s+(minutes?|mins?|hours?|hrs?)\b/i.exec(text);
  if (first?.[2] !== undefined && kind !== 'cell') {
    const [span] = spans(`0-${first[1]} ${first[2]}`);
    return span && { ...span, at: 0, text: first[0] };
  }
  const titled = kind === 'heading' || kind === 'label';
  return spans(text).find(({ at, text: words }) => {
    const before = text.slice(0, at);
    const after = text.slice(at + words.length);
    if (/^\W*(?:minutes?|hours?)?\W*$/i.test(before))
      return kind === 'cell' ? /^\W*$/.test(after) : /^\s*(?:$|[:)–—\]]|-{1,2}\s|\*)/.test(after);
    if (/[([]\s*(?:T\s?\+)?$/.test(before))
      return /^\s*[)\]]/.test(after) && (titled || (kind === 'item' && at < 60));
    return titled && /[:–—-]\s*$/.test(before) && /^\W*$/.test(after);
  });
}

function groupOf(passage: Passage, facts: Facts): string {
  if (passage.kind === 'heading') return `heading ${facts.sections[passage.section ?? 0]?.parent}`;
  if (passage.kind === 'item') return `list ${passage.list}`;
  return `${passage.kind} ${passage.section}`;
}

/** Lines of a crontab in a fence. */
function fromCron(facts: Facts): TimedFact[] {
  const times: TimedFact[] = [];
  for (const step of facts.steps) {
    if (step.kind !== 'block' || !/^(?:sh|bash|zsh|text|cron|crontab)$/.test(step.effectiveLanguage))
      continue;
    if (!/^[ \t]*(?:[*@]|\d{1,2}[ \t])/m.test(step.content)) continue;
    let start = 0;
    for (const line of step.content.split('\n')) {
      const every =
        line.length > 500 || !/^\s*\S+(?:\s+\S+){4}\s+\S|^\s*@\w+\s+\S/.test(line) ? null : cronSeconds(line);
      if (every !== null) {
        const range = facts.source.range(step.toSource(start), step.toSource(start + line.length));
        times.push({ ...NO_TIMES, kind: 'repeat', every, text: line.trim(), section: step.section, range });
      }
      start += line.length + 1;
    }
  }
  return times;
}
