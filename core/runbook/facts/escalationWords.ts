/** Words of escalation: who is told, times and severities inside of conditions and actions. */
import { perText } from '../lazy.ts';
import type { Duration } from '../types.ts';
import { leadingDuration, parseDuration } from './duration.ts';
import { splitSeverity } from './severity.ts';

/** Titles of sections about escalation and communication in an incident. */
const HEADING =
  /escalat|communicat|notif|on-?call|paging|(?:who|whom) to (?:call|tell|contact)|call (?:tree|chain)|contact (?:chain|order|tree)|chain of command|stakeholder|update|phone tree/i;

export const isAboutEscalation = perText((title) => HEADING.test(title));

/** Somebody of the house: a role, a team. */
export const SOMEBODY =
  /\b(?:on-?call|engineers?|engineering|leads?|leaders?|leadership|managers?|management|directors?|heads? of|teams?|c[tieo]o|ciso|cfo|coo|vps?|svp|evp|ops|sre|dbas?|security|support|commander|officers?|admin(?:istrator)?s?|owners?|executives?|execs?|stakeholders?|legal|board|president|founders?|responders?|supervisor|coordinator|developers?|devops|platform|primary|secondary|tertiary|backup|vendors?|noc|soc|staff|duty|architects?|manager)\b/i;

/** What goes to people outside is communication, no escalation. */
export const OUTSIDE =
  /\b(?:customers?|clients?|users?|public|press|media|external|status ?page|publication|report|newsletter|tweet|blog)\b/i;

/** Verbs that tell somebody. */
export const TELLS =
  /\b(?:escalat\w*|notify|notif(?:ies|ied)|tell|inform|page[sd]?|call|contact|alert|brief|activate|engage|involve|summon|wake|loop in|bring in|hand (?:over|off) to|add)\b/i;

/** `P0 - Critical`: a severity as one text, however it was written. */
export function label(severity: string): string {
  const { id, name } = splitSeverity(severity);
  return name === null ? id : `${id} - ${name}`;
}

/** A time after which somebody is told: `15 min`, `> 1 hour`, `T+30 min`; null where there is none. */
export function readAfter(text: string): Duration | null {
  const after = parseDuration(text.replace(/^(?:T\s*\+|\+|after|>=?|≥|at)\s*/i, ''));
  return after.kind === 'unreadable' ? null : { ...after, text: text.trim() };
}

/** A cell that is a time, begins with one, or names one after "after" or "within"; "Immediate escalation" is at once. */
export function timeIn(text: string): Duration | null {
  const whole = parseDuration(text);
  if (whole.kind !== 'unreadable') return whole;
  const now = /^(?:page |call |notify )?immediate(?:ly)?\b/i.exec(text)?.[0];
  if (now !== undefined) return { text: now, seconds: 0, kind: 'fixed' };
  const inside = /\b(?:after|within|in|at|if unresolved for)\s+(\d[^,;.()]{0,20})/i.exec(text)?.[1];
  return leadingDuration(text)?.after ?? (inside === undefined ? noted(text) : readAfter(inside));
}

/** `Team Lead (15 min)`, `Lead (after 30 minutes)`. */
function noted(text: string): Duration | null {
  for (const [, inner = ''] of text.matchAll(/\(([^()]{1,40})\)/g)) {
    const after = readAfter(inner);
    if (after?.kind === 'fixed') return after;
  }
  return null;
}

const ELAPSED =
  /(?:>=?|≥|\bafter|\blonger than|\bmore than|\bover|\bbeyond|\blast(?:s|ing|ed)?(?: for)?|\bexceed(?:s|ing)?|\bpersists? (?:for|beyond)|\b(?:down|unavailable|unresolved|unacknowledged|open|ongoing|degraded) (?:for|after)|(?:\bun|\bnot |n['’]t |\bno |\bnobody |\bno one )\w{0,14} ?(?:in|for|within|after)|\bwithout \w{1,14} (?:for|in|within|after))\s*(?:more than\s+|over\s+)?(\d+(?:[.,]\d+)?\s*\+?\s*(?:minutes?|mins?|m|hours?|hrs?|h|days?)\b)/i;

/** How long a condition says that an incident lasts. Rates and budgets with times in them are not meant. */
export function elapsed(text: string): Duration | null {
  if (/\b(?:rate|latency|usage|budget|cpu|memory|queue|p9\d|response time|utili[sz]ation)\b/i.test(text))
    return null;
  const time = ELAPSED.exec(text.slice(0, 400))?.[1];
  return time === undefined ? null : parseDuration(time);
}

/** A severity that a condition or an action is about, where it begins with it: `P1 lasting > 1 hour`, `P0: Notify …`. */
export function severityOf(text: string): string | null {
  return (
    /^(?:if\s+)?(?:an?\s+)?((?:P|SEV[ -]?|S(?=\d\b))\d)\b(?!\s*(?:[/,+-]|or|and)\s*(?:P|SEV[ -]?|S)?\d)/i.exec(
      text,
    )?.[1] ?? null
  );
}
