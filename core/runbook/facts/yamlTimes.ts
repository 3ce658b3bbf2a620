/** Times in YAML plans: `frequency: daily`, `t+15_minutes: [...]`, `schedule: {full_failover: quarterly}`, `soak_time: 1h`. */
import type { TimedFact } from '../types.ts';
import { parseDuration } from './duration.ts';
import type { Facts } from './facts.ts';
import { cronSeconds, frequency, offsets, spans } from './timeWords.ts';
import { type PlanEntry, plansOf } from './yamlPlan.ts';

/** Keys whose values look like times of an action and are none. */
const NO_ACTION =
  /retention|rotation|interval|storage|time_?out|ttl|refresh|expir|polling|scrape|window|granularity|resolution|period$|hours|duration|aggregation/i;
const CHORES = /frequency|cadence|how_often|schedule$|^every$|recurrence/i;

/** Times that plans in YAML name. */
export function readYamlTimes(facts: Facts): TimedFact[] {
  const times: TimedFact[] = [];
  for (const { entries, section, range } of plansOf(facts)) {
    const dated = entries.map((entry) => offsetOf(entry.key));
    const planned = dated.some((seconds) => seconds !== null && seconds < 0);
    let reached = 0;
    for (const [index, entry] of entries.entries()) {
      const add = (fact: Pick<TimedFact, 'kind'> & Partial<TimedFact>) =>
        times.push({
          start: null,
          end: null,
          every: null,
          from: null,
          text: entry.value === null ? entry.key : `${entry.key}: ${entry.value}`,
          section,
          range: range(entry.start, entry.end),
          ...fact,
        });
      const offset = dated[index] ?? null;
      const span = spanOf(entry);
      const every = everyOf(entry);
      if (offset !== null) add({ kind: 'offset', start: offset, from: planned ? 'planned' : 'start' });
      else if (span !== null && (span.start === 0 || span.start === reached)) {
        reached = span.end ?? reached;
        add({ kind: 'phase', start: span.start, end: span.end, from: 'start' });
      } else if (every !== null) add({ kind: 'repeat', every });
      else {
        const length = lengthOf(entry);
        if (length !== null) add(length);
      }
    }
  }
  return times;
}

/** `t+15_minutes`, `T-2h`, `t_minus_2_hours`, `t0`. */
function offsetOf(key: string): number | null {
  const written = key.replace(/^t_?(?:plus)_?/i, 'T+').replace(/^t_?(?:minus)_?/i, 'T-');
  if (!/^t\s?[-–+]\s?\d/i.test(written)) return null;
  const [found] = offsets(written.replace(/_/g, ' '));
  return found !== undefined && found.at === 0 ? found.seconds : null;
}

function spanOf({ key }: PlanEntry) {
  if (!/\d/.test(key)) return null;
  const words = key
    .replace(
      /^(?:minutes?|hours?)_(\d+(?:_to_|_|-)\d+)$/i,
      (all, span: string) => `${span}_${all.split('_')[0]}`,
    )
    .replace(/_/g, ' ');
  const [span] = spans(words);
  return span !== undefined && span.at === 0 && span.text.length === words.length ? span : null;
}

function everyOf({ key, value, items, keys, path }: PlanEntry): number | null {
  if (NO_ACTION.test(key) && !CHORES.test(key)) return null;
  if (value === null) {
    // `monthly: [New feature training, …]`; a configuration of log files has no list there.
    return items.length + keys > 0 && !NO_ACTION.test(path.at(-1) ?? '')
      ? frequency(key.replace(/_/g, ' '))
      : null;
  }
  const every = frequency(value);
  if (every !== null) return every;
  if (!CHORES.test(key)) return null;
  return cronSeconds(`${value} x`) ?? frequency(/^\w+/.exec(value)?.[0] ?? '');
}

function lengthOf({ key, value }: PlanEntry): (Pick<TimedFact, 'kind'> & Partial<TimedFact>) | null {
  if (value === null) return null;
  const observed =
    /^(?:wait|wait_?(?:for|time)|soak(?:_time|_period)?|bake(?:_time|_period)?|observ(?:e|ation)(?:_for|_time|_period)?|monitor_for|watch_for|stabili[sz]ation_period)$/i.test(
      key,
    );
  const due = /^(?:deadline|due(?:_in|_within)?|time_limit|complete_within|notify_within|within)$/i.test(key);
  if (!observed && !due) return null;
  const { seconds } = parseDuration(value);
  if (seconds === null || seconds <= 0) return null;
  return observed ? { kind: 'observation', end: seconds } : { kind: 'deadline', end: seconds };
}
