/** The timeline in the style of a template: its bullets, its marks around the time, its columns. */
import { oneLine } from '../log/clean.ts';
import { text } from '../read.ts';
import type { IncidentState, TimelineEntry } from '../types.ts';
import { cell, code, inert, trace } from './markdown.ts';

/** How a bullet of a timeline is written: `before` time `zone` `after` words. */
export interface BulletStyle {
  /** Indent, list marker and space. */
  readonly marker: string;
  readonly before: string;
  readonly seconds: boolean;
  readonly dated: boolean;
  /** ` UTC`, or empty. */
  readonly zone: string;
  readonly after: string;
}

export const PLAIN_BULLET: BulletStyle = {
  marker: '- ',
  before: '',
  seconds: false,
  dated: false,
  zone: '',
  after: ' - ',
};

/** A time as samples and placeholders write it, near the start of an item. */
const TIME =
  /^([\s*_`[(~]*)((?:\d{4}-\d\d-\d\d|YYYY-MM-DD|\[?date\]?)[ T,]+)?(\d{1,2}[:h.]\d\d(?::\d\d)?|[HhXx]{2}:[MmXx]{2}(?::[SsXx]{2})?|\[time\]|<time>|\{\{time\}\})((?:\s*[AaPp]\.?[Mm]\b\.?)?(?:\s*\(?(?:UTC|GMT|[A-Z]{1,3}T|Z)\b\)?)?)/i;

/** The style of a timeline bullet, or null where the item does not begin with a time. */
export function bulletStyle(marker: string, item: string): BulletStyle | null {
  const match = TIME.exec(item);
  if (match === null) return null;
  const [whole, before = '', date, time = '', zone = ''] = match;
  const after = /^[\s*_`\])~:;,.|>–—→-]*/.exec(item.slice(whole.length))?.[0] ?? '';
  return {
    marker,
    before: before.replace(/[[(]$/, (mark) => (/^[\])]/.test(after) ? mark : '')),
    seconds: /:..:../.test(time),
    dated: date !== undefined,
    zone: zone.trim() === '' ? '' : ' UTC',
    after: after.trim() === '' ? ' - ' : after,
  };
}

/** Lines of a bullet timeline. */
export function bulletTimeline(state: IncidentState, style: BulletStyle): string[] {
  const entries = shownEntries(state);
  const dated = style.dated || spansDays(entries);
  const several = new Set(entries.map((entry) => entry.actor)).size > 1;
  return entries.map((entry) => {
    const who = several && entry.actor !== '' ? ` (${inert(entry.actor)})` : '';
    const time = clock(entry, style.seconds, dated);
    return `${style.marker}${style.before}${time}${style.zone}${style.after}${sentence(entry)}${who}${trace([entry.eventId])}`;
  });
}

/**
 * Rows of a table timeline under a header of any columns. Columns that the log knows nothing for stay empty.
 *
 * @param header The column names as plain text.
 * @param zoned Whether the column or its heading already says UTC.
 */
export function tableTimeline(state: IncidentState, header: readonly string[], zoned: boolean): string[] {
  const entries = shownEntries(state);
  const roles = columnRoles(header);
  const dated = spansDays(entries) && !roles.includes('date');
  return entries.map((entry, index) => {
    const cells = roles.map((role) => {
      switch (role) {
        case 'time':
          return `${clock(entry, false, dated)}${zoned ? '' : ' UTC'}`;
        case 'date':
          return entry.time.slice(0, 10);
        case 'words':
          return sentence(entry);
        case 'action':
          return actionOf(entry);
        case 'actor':
          return inert(entry.actor);
        case 'link':
          return placeOf(entry);
        case 'result':
          return inert([entry.outcome ?? '', ...entry.facts].filter((part) => part !== '').join(', '));
        case 'index':
          return String(index + 1);
        default:
          return '';
      }
    });
    const last = cells.length - 1;
    cells[last] = `${cells[last] ?? ''}${trace([entry.eventId])}`.trimStart();
    return `| ${cells.map(cell).join(' | ')} |`;
  });
}

type Role = 'time' | 'date' | 'words' | 'action' | 'actor' | 'link' | 'result' | 'index' | 'none';

const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/^(#|no\.?|nr\.?)$/, 'index'],
  [/^date$/, 'date'],
  [/time|when|^at$|utc|gmt|^hour/, 'time'],
  [/action|command|response/, 'action'],
  [/person|who|owner|^by$|actor|responder|author|^name|user|source/, 'actor'],
  [/link|evidence|reference|^data|log/, 'link'],
  [/result|outcome|status/, 'result'],
  [/event|what|description|update|note|detail|activit|happen|summary|entry|comment|milestone/, 'words'],
];

function columnRoles(header: readonly string[]): Role[] {
  const roles = header.map((name): Role => {
    const key = name.toLowerCase().trim();
    return ROLES.find(([pattern]) => pattern.test(key))?.[1] ?? 'none';
  });
  const ensure = (role: Role) => {
    if (roles.includes(role)) return;
    const free = roles.findIndex((other) => other === 'none' || (role === 'words' && other === 'action'));
    if (free !== -1) roles[free] = role;
  };
  if (!roles.includes('time') && roles.includes('date')) roles[roles.indexOf('date')] = 'time';
  ensure('time');
  ensure('words');
  // Each role once: a second "time" column (start, end) is not ours to fill.
  return roles.map((role, index) => (roles.indexOf(role) === index ? role : 'none'));
}

/** Whether a table with these columns can be a timeline. */
export function isTimelineHeader(header: readonly string[]): boolean {
  const roles = columnRoles(header);
  return (
    /time|when|utc/i.test(header[0] ?? '') &&
    roles.includes('words') &&
    !header.some((name) => /due|deadline/i.test(name))
  );
}

/** What happened, in one line of inert Markdown. */
export function sentence(entry: TimelineEntry): string {
  switch (entry.kind) {
    case 'step': {
      if (entry.outcome === 'running') return `${inert(entry.summary)}: started, no end recorded`;
      const facts = [entry.outcome ?? '', ...entry.facts.filter((fact) => fact !== entry.outcome)];
      const said = entry.outcome === 'failed' && entry.evidence !== null ? `: ${code(entry.evidence)}` : '';
      return `${inert(entry.summary)}: ${inert(facts.join(', '))}${said}`;
    }
    case 'note':
      return inert(text(entry.event.data, 'text') ?? entry.summary);
    case 'severity':
    case 'status':
    case 'skipped':
      return entry.evidence === null
        ? inert(entry.summary)
        : `${inert(entry.summary)} (${inert(entry.evidence)})`;
    default:
      return inert(entry.summary);
  }
}

function actionOf(entry: TimelineEntry): string {
  if (entry.kind === 'skipped') return 'Skipped';
  if (entry.kind !== 'step') return '';
  const place = placeOf(entry);
  return place === '' ? 'Ran a step' : `Ran ${place}`;
}

/** `docs/runbook.md:41`, as code. */
export function placeOf(entry: TimelineEntry): string {
  return entry.link === null ? '' : code(`${entry.link.path}:${entry.link.line}`);
}

/** What belongs in a post-mortem: everything but what says of itself that it is for debugging. */
export function shownEntries(state: IncidentState): TimelineEntry[] {
  return state.timeline.filter((entry) => text(entry.event.data, 'visibility') !== 'debug');
}

export function spansDays(entries: readonly TimelineEntry[]): boolean {
  const first = entries[0]?.time.slice(0, 10);
  return entries.some((entry) => entry.time.slice(0, 10) !== first);
}

/** `14:02`, `14:02:07`, `2026-01-31 14:02`; always UTC. */
export function clock(entry: TimelineEntry, seconds: boolean, dated: boolean): string {
  const time = entry.time.slice(11, seconds ? 19 : 16);
  return oneLine(dated ? `${entry.time.slice(0, 10)} ${time}` : time);
}
