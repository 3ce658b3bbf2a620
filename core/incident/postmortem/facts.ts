/** What the log can say for a field of a post-mortem, by the field's name. */
import type { LogEvent } from '../../execution/types.ts';
import { EVENT } from '../events.ts';
import { effectiveEvents } from '../fold.ts';
import { lengthOf, metric, milestoneWords, startOf } from '../metrics.ts';
import { severityOf } from '../read.ts';
import { severityLabel } from '../scale.ts';
import type { IncidentState, Milestone } from '../types.ts';
import { code, inert } from './markdown.ts';

/** Finished Markdown on one line, and the events that say so (none for "not recorded"). */
export interface Fact {
  readonly text: string;
  readonly events: readonly string[];
}

export interface Facts {
  readonly state: IncidentState;
  readonly title: Fact;
  readonly date: Fact;
  readonly severity: Fact;
  /** The severity's id alone, for headings. */
  readonly severityId: Fact;
  readonly id: Fact;
  /** The fact for a field of that name, or null where a person must say. `sample` is the template's own value. */
  forField(name: string, sample: string): Fact | null;
}

const NOT_RECORDED: Fact = { text: 'not recorded', events: [] };

export function factsOf(state: IncidentState, events: readonly LogEvent[]): Facts {
  const declaredId = state.milestones.declared?.eventId;
  const base = declaredId === undefined ? [] : [declaredId];
  const changes = effectiveEvents(events);
  const lastOf = (type: string) => changes.findLast((event) => event.type === type)?.id;
  const since = (type: string) => [lastOf(type) ?? declaredId].filter((id) => id !== undefined);

  const at = (milestone: Milestone, note = ''): Fact => {
    const found = state.milestones[milestone];
    return found === undefined
      ? NOT_RECORDED
      : { text: `${minute(found.at)}${note}`, events: [found.eventId] };
  };
  const measure = (name: string, end: Milestone, start: Milestone): Fact => {
    const { text, formula, events: ends } = metric(state, name, end, start);
    return { text: `${text} (${formula})`, events: ends };
  };
  const begin = startOf(state);

  const id: Fact = { text: inert(state.id), events: base };
  const title: Fact = { text: inert(state.title), events: since(EVENT.titleChanged) };
  const date: Fact = { text: day(state.milestones[begin]?.at ?? state.declaredAt), events: at(begin).events };
  const severity = severityFact(state, changes, base);
  const severityId: Fact = { text: inert(state.severity.id), events: severity.events.slice(-1) };

  /** First match decides. */
  const fields: readonly (readonly [RegExp, (sample: string) => Fact | null])[] = [
    [/^(incident )?(id|number|no|ref|reference|key)$|^incident$/, () => id],
    [/^(incident )?(title|name)$/, () => title],
    [/^(date|incident date|date of( the)? incident|day)$/, () => date],
    [
      /^(date and time|date time|datetime)$|^(incident )?(start|started|began|begin)( at| time| date)?$|^incident began$/,
      () => at(begin, begin === 'impactStarted' ? '' : ` (${milestoneWords(begin)})`),
    ],
    [/^(impact start|impact started)( at| time)?$/, () => at('impactStarted')],
    [/^(impact end|impact ended)( at| time)?$/, () => at('impactEnded')],
    [/^(declared|reported|opened|created)( at| on| time)?$|^time declared$/, () => at('declared')],
    [/^(detected)( at| on| time)?$|^(detection time|time detected|time of detection)$/, () => at('detected')],
    [/^(acknowledged)( at| on| time)?$|^time acknowledged$/, () => at('acknowledged')],
    [/^(mitigated)( at| on| time)?$|^time mitigated$/, () => at('mitigated')],
    [
      /^(incident )?(end|ended|resolved|restored|resolution)( at| on| time| date)$|^(end|ended|resolved|restored|time resolved|service restored)$/,
      () => at('resolved'),
    ],
    [
      /^(incident |total |overall )?(duration|length)( of( the)? incident)?$|^how long did it last$/,
      () => lengthFact(state),
    ],
    [
      /^(duration of .*impact|impact duration|user facing duration)$/,
      () => measure('Impact', 'impactEnded', 'impactStarted'),
    ],
    [
      /^(ttd|mttd|(mean )?time to detect(ion)?)( mttd| ttd)?$|^how long .*detected$/,
      () => measure('Time to detect', 'detected', 'impactStarted'),
    ],
    [
      /^(tta|mtta|(mean )?time to ack(nowledge(ment)?)?)( mtta| tta)?$/,
      () =>
        measure(
          'Time to acknowledge',
          'acknowledged',
          state.milestones.detected === undefined ? 'declared' : 'detected',
        ),
    ],
    [
      /^(ttm|mttm|(mean )?time to mitigat(e|ion))( mttm| ttm)?$/,
      () => measure('Time to mitigate', 'mitigated', begin),
    ],
    [
      /^(ttr|mttr|(mean )?time to (resolve|resolution|recover|recovery|restore))( mttr| ttr)?$/,
      () => measure('Time to resolve', 'resolved', begin),
    ],
    [/^(severity|sev|priority)( level)?$|^incident (severity|priority)$/, () => severity],
    [
      /^(incident )?status$/,
      (sample) =>
        /draft|review|final|complete/i.test(sample)
          ? { text: 'Draft', events: [] }
          : { text: inert(state.status), events: since(EVENT.statusChanged) },
    ],
    [
      /^runbooks?( used| followed)?$/,
      () => (state.runbook === null ? null : { text: code(state.runbook), events: base }),
    ],
  ];

  return {
    state,
    title,
    date,
    severity,
    severityId,
    id,
    forField(name, sample) {
      const key = fieldKey(name);
      const found = fields.find(([pattern]) => pattern.test(key));
      return found === undefined ? null : found[1](sample);
    },
  };
}

/** `**Start Time (UTC)**` → `start time`. */
function fieldKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((utc|gmt|local|min|minutes|hours|if .*)\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function lengthFact(state: IncidentState): Fact {
  const { text, ms, start, events } = lengthOf(state);
  if (ms === null) return NOT_RECORDED;
  const times = `resolved ${minute(state.resolvedAt ?? '')} − ${milestoneWords(start)} ${minute(state.milestones[start]?.at ?? '')}`;
  return { text: `${text} (${times})`, events };
}

/** `P1 (High)`, and what it was before. */
function severityFact(state: IncidentState, events: readonly LogEvent[], base: readonly string[]): Fact {
  const before: string[] = [];
  const ids = [...base];
  for (const event of events) {
    if (event.type !== EVENT.severityChanged) continue;
    const from = severityOf(event.data.from);
    if (from !== null) before.push(`${inert(from.id)} until ${minute(event.time)}`);
    ids.push(event.id);
  }
  const now = inert(severityLabel(state.severity));
  return { text: before.length === 0 ? now : `${now}; ${before.join(', ')}`, events: ids };
}

/** `2026-01-31 14:02 UTC`. */
export function minute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** `2026-01-31`. */
export function day(time: string): string {
  return time.slice(0, 10);
}
