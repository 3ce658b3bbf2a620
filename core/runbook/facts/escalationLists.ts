/** Escalation in lists: conditions below "Escalate to X if:", an order of people, times with who is told, single orders. */

import { perText } from '../lazy.ts';
import type { EscalationEntry, SeverityScale } from '../types.ts';
import { leadingDuration } from './duration.ts';
import {
  elapsed,
  isAboutEscalation,
  OUTSIDE,
  readAfter,
  SOMEBODY,
  severityOf,
  TELLS,
  timeIn,
} from './escalationWords.ts';
import type { FactLine, Facts } from './facts.ts';
import { spans } from './timeWords.ts';

/** "Escalate to the lead if", "When to escalate", "Escalation criteria"; what follows are conditions. */
const INTRODUCES =
  /\b(?:escalat\w*|page|notify|call|contact|wake)\b.{0,80}\b(?:if|when|whenever|criteria|triggers?|conditions?)\s*(?:any(?: of(?: the following)?)?|one of|:|$)|\bwhen(?: to|ever you should)?\s+(?:escalate|page|call)\b|\bescalat\w+\b.{0,30}\b(?:criteria|triggers?|conditions?)\b|^(?:criteria|triggers?|conditions?) (?:for|to) escalat/i;
/** "Escalate if needed:" above a list of problems with whom each goes to. */
const ROUTES = /\bescalat\w*\b[^:]{0,60}:?\s*$/i;
const CHAIN =
  /\bescalation (?:path|chain|order|contacts?|matrix|levels?|tiers?|sequence|procedure|process|list|ladder|policy)s?\b|^escalations?$|\b(?:contact|call|notification|phone) (?:chain|tree|order)\b|\bchain of command\b|\bwhom? to (?:call|notify|contact|escalate)/i;
/** Orders at the start of an item: a list with them says what to do, not whom to tell. */
const DOES =
  /^(?:check|verify|confirm|open|run|restart|post|create|update|assess|acknowledge|review|document|gather|collect|identify|investigate|determine|follow|join|start|use|if|when|provide|include|send|log|try|attempt|ensure|look|wait|resolve|close|schedule|declare|set)\b/i;

const isOutside = perText((text) => OUTSIDE.test(text));
const namesChain = perText((text) => CHAIN.test(text));

export function fromItems(facts: Facts, scales: readonly SeverityScale[]): EscalationEntry[] {
  const entries: EscalationEntry[] = [];
  const lists = groupLists(facts.lines);
  const parents = parentsOf(facts.lines);
  for (const lines of lists.values()) {
    const [first] = lines;
    if (first === undefined || scales.some(({ range, source }) => source === 'list' && holds(range, first)))
      continue;
    const above = parents.get(first.list ?? -1) ?? null;
    entries.push(
      ...(fromConditions(lines, above, facts) ??
        fromRoutes(lines, facts) ??
        fromOrder(lines, facts) ??
        fromTimes(lines, facts)),
    );
  }
  const taken = new Set(entries.map(({ range }) => range.start.line));
  for (const line of facts.lines) {
    if (taken.has(line.range.start.line)) continue;
    if (!tells(line.text)) continue;
    const entry = fromSentence(line) ?? fromOrderedCall(line, facts);
    entries.push(...(entry !== null ? [entry] : fromChain(line)));
  }
  return entries;
}

/** Whether a line may be an entry by itself; the readers look closer. */
const tells = perText((text) => SENTENCE.test(text) || CALLS.test(text) || CHAIN_KEY.test(text));

function holds(range: EscalationEntry['range'], line: FactLine): boolean {
  return range.start.offset <= line.range.start.offset && line.range.end.offset <= range.end.offset;
}

function groupLists(lines: readonly FactLine[]): Map<number, FactLine[]> {
  const lists = new Map<number, FactLine[]>();
  for (const line of lines) {
    if (line.list === null) continue;
    const known = lists.get(line.list);
    if (known === undefined) lists.set(line.list, [line]);
    else known.push(line);
  }
  return lists;
}

/** The item that a nested list stands below: the one before its first, where that ends in a colon. */
function parentsOf(lines: readonly FactLine[]): Map<number, FactLine> {
  const parents = new Map<number, FactLine>();
  const seen = new Set<number>();
  let last: FactLine | null = null;
  for (const line of lines) {
    if (line.list !== null && !seen.has(line.list)) {
      seen.add(line.list);
      if (last !== null && last.list !== null && /:\s*$/.test(last.text)) parents.set(line.list, last);
    }
    last = line;
  }
  return parents;
}

function fromConditions(
  lines: readonly FactLine[],
  above: FactLine | null,
  facts: Facts,
): EscalationEntry[] | null {
  const [first] = lines;
  if (first === undefined) return null;
  if (above !== null && ROUTES.test(above.text)) {
    const routed = lines.filter((line) => /^[^:]{2,80}:\s+\S/.test(line.text));
    return routed.length === lines.length ? lines.map((line) => condition(line, line.text)) : null;
  }
  const heading = facts.titles(first.section)[0] ?? '';
  // A label further up than the list belongs to another one: only the nearest counts, and where there is none the heading.
  const introduced = above?.text ?? first.label ?? heading;
  if (!INTRODUCES.test(introduced) || introduced.length > 160) return null;
  const who = introduced.replace(/\s*\b(?:immediately )?(?:if|when)\b[^:]{0,40}:?\s*$/i, '').trim();
  return lines.map((line) => condition(line, `${who}: ${line.text}`));
}

function condition(line: FactLine, action: string): EscalationEntry {
  return {
    kind: 'condition',
    severity: severityOf(line.text),
    after: elapsed(line.text),
    action,
    range: line.range,
  };
}

/** `1. **Platform On-Call**: PagerDuty 2. **Platform Lead**: Escalation within 15 minutes`, `- **Level 2** (15 min): …`. */
function fromOrder(lines: readonly FactLine[], facts: Facts): EscalationEntry[] | null {
  const [first] = lines;
  if (first === undefined || lines.length < 2) return null;
  const title = facts.titles(first.section)[0] ?? '';
  if (!namesChain(title) && !namesChain(first.label ?? '')) return null;
  const levelled = lines.every((line) => /^(?:level|tier|l|stage|line)\s?-?\d\b/i.test(line.text));
  if (!first.ordered && !levelled) return null;
  const names = lines.map((line) => line.text.split(/[:(–—]|\s-{1,2}\s/)[0]?.trim() ?? '');
  const people = lines.filter((line, index) => {
    const name = names[index] ?? '';
    return name.length <= 50 && !DOES.test(name) && SOMEBODY.test(line.text.slice(0, 60));
  }).length;
  if (!levelled && people * 2 <= lines.length) return null;
  if (lines.some((line) => leadingDuration(line.text) !== null)) return null;
  return lines.map((line) => ({
    kind: 'order',
    severity: null,
    after: orderTime(line.text),
    action: line.text,
    range: line.range,
  }));
}

const ARROW = /\s*(?:→|⇒|➔|➜|-{1,2}>|=>)\s*/;

/** `1. Restore fails → On-call → Database team` under a title about escalation: what happens, and who is told then. */
function fromRoutes(lines: readonly FactLine[], facts: Facts): EscalationEntry[] | null {
  const [first] = lines;
  if (first === undefined || lines.length < 2 || lines.some((line) => line.text.length > 300)) return null;
  if (!namesChain(facts.titles(first.section)[0] ?? '') && !namesChain(first.label ?? '')) return null;
  const parts = lines.map((line) => line.text.split(ARROW));
  const routed = parts.every(
    ([what = '', ...told]) => told.length > 0 && /^\S+(?: \S+)+$/.test(what) && !SOMEBODY.test(what),
  );
  const people = parts.filter((part) => part.slice(1).some((who) => SOMEBODY.test(who))).length;
  if (!routed || people * 2 <= lines.length) return null;
  return lines.map((line) => condition(line, line.text));
}

const CALLS =
  /^(?:if|when|after|unless|once)\b.{3,200}?[,:]\s*(?:then |immediately |also )?(?:page|call|notify|wake|contact|alert|inform|involve|bring in|loop in)\s+(.{3,80})/i;

/** `After 15 minutes without progress, page the database on-call`, an item under a title about escalation. */
function fromOrderedCall(line: FactLine, facts: Facts): EscalationEntry | null {
  if (line.list === null || line.text.length > 300) return null;
  const told = CALLS.exec(line.text)?.[1];
  if (told === undefined || !SOMEBODY.test(told) || OUTSIDE.test(told)) return null;
  return /escalat|paging/i.test(facts.titles(line.section)[0] ?? '') ? condition(line, line.text) : null;
}

const CHAIN_KEY = /^escalation(?: (?:path|chain|order|sequence|ladder|policy))?\s*:\s+(\S.*)$/is;

/** `Escalation path: primary → secondary (10 min) → manager`: one entry for each who is told. */
function fromChain(line: FactLine): EscalationEntry[] {
  const told = line.text.length > 400 ? undefined : CHAIN_KEY.exec(line.text)?.[1];
  const people = told === undefined ? [] : told.replace(/\.$/, '').split(ARROW);
  if (people.length < 2 || people.filter((who) => SOMEBODY.test(who)).length * 2 <= people.length) return [];
  return people.map((who) => ({
    kind: 'order',
    severity: null,
    after: orderTime(who),
    action: who,
    range: line.range,
  }));
}

/** Of `(15-30 min)` the start: that is when this one is called. */
function orderTime(text: string) {
  const [span] = spans(text);
  if (span !== undefined) return { text: span.text, seconds: span.start, kind: 'fixed' as const };
  const after = timeIn(text) ?? readAfter(/:\s*([^:]+)$/.exec(text)?.[1] ?? '');
  return after?.kind === 'fixed' ? after : null;
}

/** `1. **15 minutes**: Management notification` under a heading about escalation or communication. */
function fromTimes(lines: readonly FactLine[], facts: Facts): EscalationEntry[] {
  return lines.flatMap((line): EscalationEntry[] => {
    const [title = '', ...around] = facts.titles(line.section);
    if (isOutside(title) || ![title, ...around].some(isAboutEscalation)) return [];
    const timed = leadingDuration(line.text);
    if (timed === null || OUTSIDE.test(timed.rest)) return [];
    if (!TELLS.test(timed.rest) && !SOMEBODY.test(timed.rest)) return [];
    return [
      {
        kind: 'time',
        severity: severityOf(timed.rest),
        after: timed.after,
        action: timed.rest,
        range: line.range,
      },
    ];
  });
}

const SENTENCE = /\bescalate\s+(?:[a-z]+\s+){0,4}?to\s+\S/i;
const WHEN = /\b(?:if|when|unless|after|once|in case)\b/i;

/** "When the oven stays cold for 20 minutes, escalate to the head baker." */
function fromSentence(line: FactLine): EscalationEntry | null {
  // What ends in a colon introduces conditions, which are entries of their own.
  if (line.text.length > 400 || /:\s*$/.test(line.text) || !SENTENCE.test(line.text) || !WHEN.test(line.text))
    return null;
  return {
    kind: 'condition',
    severity: severityOf(line.text),
    after: elapsed(line.text),
    action: line.text,
    range: line.range,
  };
}
