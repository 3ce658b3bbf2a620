/**
 * What a service promises and where its metrics' limits are: RTO and RPO, service level objectives, thresholds.
 *
 *     | Service | RTO | RPO |              one of each a row
 *     **RTO:** 30 minutes                   also in a title: `Activation (RTO: 30 minutes)`, and both on one line
 *     | Tier | RTO | Availability |         beside recovery times, the availability is an `slo`
 *     SLO: 99.9% of requests                `slo`
 *     | Metric | Target | Window |          `slo` in a section about objectives
 *     | Metric | Warning | Critical |       `threshold`, also `- **Error Rate**: < 0.1%`
 *     condition: cpu_usage > 80%            in YAML; `max_downtime: 15 minutes` is a recovery time
 */
import type { Objective, Table, TableCell } from '../types.ts';
import { amount, parseDuration } from './duration.ts';
import type { FactLine, Facts } from './facts.ts';
import { type PlanEntry, plansOf } from './yamlPlan.ts';

const RTO = /\brto\b|\brecovery time objectives?\b|\bmax(?:imum)?\.? (?:tolerable )?downtime\b/i;
const RPO = /\brpo\b|\brecovery point objectives?\b|\bmax(?:imum)?\.? data loss\b/i;
const NOTHING = /^(?:|[-–—]+|n\/?a|tbd|none|not applicable|\?)$/i;
const SUBJECT =
  /^(?:metric|service|component|system|name|resource|indicator|sli|kpi|slo|objective|item|check|tier|area|signal|parameter|alert|scenario|data|application|endpoint|category|type)s?\b/i;

/** A promise in percent beside recovery times. */
const PROMISED = /^(?:availability|uptime|slo|sla)(?: (?:slo|sla|target|objective))?(?: \(%\))?$/i;
const PERCENT = /^[<>≥≤~]?=?\s*\d{1,3}(?:\.\d+)?\s*%/;
/** The key of a line that is one promise. */
const ONE_PROMISE =
  /^(?:(?:availability|uptime) )?slo(?: target)?$|^service[- ]level objective(?: \(slo\))?$|^target (?:availability|uptime)$|^(?:availability|uptime) (?:target|objective)$/i;

/** Objectives in document order. */
export function readObjectives(facts: Facts): Objective[] {
  const objectives: Objective[] = [];
  for (const table of facts.tables) objectives.push(...fromTable(table, facts));
  for (const section of facts.sections) {
    const [, before = '', inner = ''] =
      /^(.*?)\s*\(([^()]{3,80})\)\s*$/.exec(section.title.slice(0, 300)) ?? [];
    for (const { kind, value } of recoveryTimes(inner)) {
      const subject = tidy(before);
      if (subject !== '') objectives.push(recovery(kind, subject, value, section.headingRange));
    }
  }
  for (const line of facts.lines) objectives.push(...fromLine(line, facts));
  for (const { entries, range } of plansOf(facts)) {
    for (const entry of entries) {
      const found = fromYaml(entry);
      if (found !== null) objectives.push({ ...found, range: range(entry.start, entry.end) });
    }
  }
  return objectives.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

/** `1. Recover from failure` → `Recover from failure`; emoji gone. */
function tidy(title: string): string {
  return title
    .replace(/^[^\p{L}\d]+/u, '')
    .replace(/^(?:step\s+)?\d+(?:\.\d+)*[.):]?\s+/i, '')
    .trim();
}

function recovery(kind: 'rto' | 'rpo', subject: string, text: string, range: Objective['range']): Objective {
  return { kind, subject, text, seconds: timeOf(text), range };
}

/** Seconds of `15 min`, `0 (stateless)`, `15 minutes for critical services`; null where it is no time. */
function timeOf(text: string): number | null {
  const plain = text.trim().replace(/^(?:<=?|≤|~|≈|up to|within|less than|under|max(?:imum)?)\s*/i, '');
  if (
    /^(?:0|zero|near[- ]zero|none|no data loss)(?=$|[\s(,;])(?!\s*[.\d])/i.test(plain) &&
    !/^0\s*[-–]/.test(plain)
  ) {
    const read = amount(plain);
    return read?.seconds ?? 0;
  }
  const whole = parseDuration(text);
  if (whole.kind !== 'unreadable') return whole.seconds;
  return amount(plain)?.seconds ?? null;
}

function recoveryTimes(text: string): { kind: 'rto' | 'rpo'; value: string }[] {
  return [...text.matchAll(/\b(rto|rpo)\s*(?:target\s*)?(?::|=|<|≤|of)\s*([^,;/|]{1,60})/gi)].flatMap(
    ([, kind = '', value = '']) =>
      NOTHING.test(value.trim()) ? [] : [{ kind: kind.toLowerCase() as 'rto' | 'rpo', value: value.trim() }],
  );
}

function fromTable(table: Table, facts: Facts): Objective[] {
  const header = table.header.map((cell) => cell.text);
  const titles = facts.titles(table.section);
  const recovered = header.map((text) => (RTO.test(text) ? 'rto' : RPO.test(text) ? 'rpo' : null));
  if (recovered.some((kind) => kind !== null)) {
    const columns = recovered.map((kind, at) => kind ?? (PROMISED.test(header[at] ?? '') ? 'slo' : null));
    // A measured value beside its target is no objective.
    return table.rows.flatMap((row) =>
      columns.flatMap((kind, index): Objective[] => {
        const cell = row[index];
        const subject = row.find((other, at) => columns[at] === null && other.text !== '')?.text ?? '';
        if (kind === null || cell === undefined || NOTHING.test(cell.text) || subject === '') return [];
        if (/actual|achieved|measured|current|last|result/i.test(header[index] ?? '')) return [];
        if (kind !== 'slo') return [recovery(kind, tidy(subject), cell.text, cell.range)];
        if (!PERCENT.test(cell.text)) return [];
        return [{ kind, subject: tidy(subject), text: cell.text, seconds: null, range: cell.range }];
      }),
    );
  }
  return fromTargets(table, header, titles) ?? fromLimits(table, header) ?? [];
}

const SLO_TITLE =
  /\bslos?\b|\bslas?\b|\bslis?\b|service[- ]level|reliability targets?|availability targets?/i;
const TARGET = /^(?:target|objective|goal|slo|slo target|sla|sla target|commitment|target \(slo\))s?\b/i;

/** `| Service | SLI | Target | Window |` in a section about service levels. */
function fromTargets(table: Table, header: readonly string[], titles: readonly string[]): Objective[] | null {
  const target = header.findIndex((text) => TARGET.test(text));
  const subject = header.findIndex((text, index) => index !== target && SUBJECT.test(text));
  if (target === -1 || subject === -1) return null;
  const named =
    titles.slice(0, 2).some((title) => SLO_TITLE.test(title)) ||
    header.some((text) => /^(?:sl[io]s?|slo target)$/i.test(text));
  if (!named || header.some((text) => /severity|priority|response/i.test(text))) return null;
  return rowsOf(table, subject).flatMap(({ name, row }): Objective[] => {
    const cell = row[target];
    if (cell === undefined || !/\d/.test(cell.text)) return [];
    return [
      { kind: 'slo', subject: name, text: cell.text, seconds: metricTime(cell.text), range: cell.range },
    ];
  });
}

function rowsOf(table: Table, subject: number): { name: string; row: readonly TableCell[] }[] {
  return table.rows.flatMap((row) => {
    const name = tidy(row[subject]?.text ?? '');
    return name === '' ? [] : [{ name, row }];
  });
}

const LIMIT =
  /\b(?:threshold|warning|warn|critical|crit|normal(?: range)?|alert(?: (?:when|if|at|level|threshold))?|healthy|acceptable|baseline|limit|red|yellow|green|degraded|target|expected)\b/i;
const NO_LIMIT = /severity|priority|status|owner|action|current|months?|year|description|response time/i;
const METRIC =
  /^(?:metric|indicator|kpi|signal|resource|parameter|measure|check|component|service|sli)s?(?: name)?$/i;
const COMPARED =
  /(?:[<>≤≥]=?|≥|≤)\s*\d|\b(?:below|above|under|over|less than|more than|at least|at most|exceeds?|should be)\s+[<>≤≥]?\s*\d/i;
const UNIT =
  /\d\s*(?:%|ms\b|s\b|sec|min|req|rps|qps|connections?|mb\b|gb\b|tb\b|available|messages?|errors?|per\b|\/)/i;

/** `| Metric | Normal Range | Warning | Critical |`; rows in which nothing is compared have no limit. */
function fromLimits(table: Table, header: readonly string[]): Objective[] | null {
  const subject = header.findIndex((text) => METRIC.test(text));
  if (subject === -1) return null;
  const limits = header.flatMap((text, index) =>
    index !== subject && LIMIT.test(text) && !NO_LIMIT.test(text) ? [index] : [],
  );
  // A target alone is what people aim at; a limit has a normal or an alarming value, too.
  const strict = limits.some((index) => !/target|expected|baseline/i.test(header[index] ?? ''));
  const loose =
    limits.length === 0 &&
    METRIC.test(header[subject] ?? '') &&
    header.length === 2 &&
    /metric/i.test(header[subject] ?? '');
  if (!strict && !loose) return null;
  return rowsOf(table, subject).flatMap(({ name, row }): Objective[] => {
    const cells = (strict ? limits : [1 - subject]).flatMap((index) => row[index] ?? []);
    const limiting = cells.filter(({ text }) =>
      strict
        ? COMPARED.test(text) || UNIT.test(text)
        : /\bshould (?:be|stay|remain)\b/i.test(text) && COMPARED.test(text),
    );
    const [first] = limiting;
    if (first === undefined) return [];
    const text = limiting.map((cell) => cell.text).join(', ');
    return [{ kind: 'threshold', subject: name, text, seconds: metricTime(first.text), range: first.range }];
  });
}

/** Seconds of `<500ms` or `> 5 seconds`; null for rates and counts. */
function metricTime(text: string): number | null {
  const plain = text
    .trim()
    .replace(
      /^(?:p\d{2,3}\s*)?(?:[<>≤≥]=?|~|(?:below|above|under|over|(?:less|more) than|at (?:least|most)))?\s*/i,
      '',
    );
  const read = amount(plain);
  return read !== null && /^\s*$|^\s*[(,]/.test(plain.slice(read.length)) ? read.seconds : null;
}

const KEYED = /^([^:]{2,60}?)\s*(?::|\s[–—]\s)\s*(\S.*)$/s;
const LIMITED =
  /^(?:(?:p\d{2,3}|avg|average|mean|max|min|normal|should (?:be|stay|remain)|keep|target|alert (?:if|when|at))\s*:?\s*)?(?:[<>≤≥]=?|≤|≥|below\b|above\b|under\b|over\b|less than\b|more than\b|at least\b|at most\b)\s*\d/i;
const METRIC_NAME =
  /\b(?:rates?|usage|use|utili[sz]ation|space|connections?|depth|latency|time|lag|load|memory|cpu|disk|iops|throughput|count|errors?|queue|ratio|percentage|size|uptime|availability|temperature|pods?|restarts?|requests?|sessions?|threads?|age|backlog|hit|loss|duration|success|failures?)\b/i;
const SLO_NAME = /\b(?:availability|uptime|durability|error budget)\b/i;
/** Lists of when something is done name limits as conditions. */
const CONDITIONS = /\b(?:if|when|trigger|condition|criteria|escalat|rollback|alert rules?)\b/i;

function fromLine(line: FactLine, facts: Facts): Objective[] {
  if (line.text.length > 300) return [];
  const keyed = KEYED.exec(line.text);
  if (keyed?.[1] === undefined || keyed[2] === undefined) return [];
  const key = tidy(keyed[1]);
  const value = keyed[2];
  // "Monitor the rate (target: 1 %)"
  if (/\([^)]*$/.test(key)) return [];
  const kinds = [RTO.test(key) ? ('rto' as const) : null, RPO.test(key) ? ('rpo' as const) : null].filter(
    (kind) => kind !== null,
  );
  const title = tidy((facts.titles(line.section)[0] ?? '').replace(/\s*\([^()]*\)\s*$/, ''));
  const both = bothTimes(line.text);
  if (both !== null && both.subject.split(/\s+/).length <= 6)
    return both.times.map(({ kind, value }) =>
      recovery(kind, both.subject === '' ? title : both.subject, value, line.range),
    );
  if (kinds.length === 1 && kinds[0] !== undefined && key.split(/\s+/).length <= 6) {
    if (NOTHING.test(value)) return [];
    const named = /\bfor\s+(?:the\s+|all\s+)?([^,;.()]{2,50})$/i.exec(value)?.[1];
    const own = key
      .replace(/\(?\b(?:rto|rpo)\b\)?|recovery (?:time|point) objectives?|targets?|[():]/gi, '')
      .trim();
    const subject =
      named?.trim() ??
      (own === '' ? (line.label !== null && !RTO.test(line.label) ? line.label : title) : own);
    return [recovery(kinds[0], subject, value, line.range)];
  }
  if (kinds.length > 0) return [];
  if (ONE_PROMISE.test(key) && PERCENT.test(value)) {
    // `SLO` alone is no name.
    const subject = title !== '' && /^s(?:lo|ervice)\b/i.test(key) ? title : key;
    return [{ kind: 'slo', subject, text: value, seconds: null, range: line.range }];
  }
  const titles = facts.titles(line.section).slice(0, 2).join(' ');
  const promised = SLO_TITLE.test(titles) || /\bobjectives?\b/i.test(titles);
  if (
    line.list !== null &&
    SLO_NAME.test(key) &&
    promised &&
    /^[<>≥≤]?=?\s*\d{1,3}(?:\.\d+)?\s*%/.test(value)
  )
    return [{ kind: 'slo', subject: key, text: value, seconds: null, range: line.range }];
  if (line.list === null || !LIMITED.test(value) || !METRIC_NAME.test(key)) return [];
  if (/^(?:size|time|count|age|duration|length)$/i.test(key)) return [];
  if (
    CONDITIONS.test(line.label ?? '') ||
    (line.label === null && CONDITIONS.test(facts.titles(line.section)[0] ?? ''))
  )
    return [];
  return [
    {
      kind: SLO_TITLE.test(titles) ? 'slo' : 'threshold',
      subject: key,
      text: value,
      seconds: metricTime(value),
      range: line.range,
    },
  ];
}

/** `RTO: 30 minutes. RPO: 5 minutes.`, `Gold: RTO 15 min, RPO 1 min`; null where a line has not one of each. */
function bothTimes(
  text: string,
): { subject: string; times: { kind: 'rto' | 'rpo'; value: string }[] } | null {
  const pair =
    /^(?:([^:,;]{2,60}?)\s*(?::|\s[–—-])\s+)?(rto)\s*[:=]?\s+([^,;/|]{1,60}?)(?:\s*[,;/|]|\.)\s*(?:and\s+)?(rpo)\s*[:=]?\s+([^,;/|]{1,60}?)\.?$/i;
  const [, subject = '', , rto, , rpo] = pair.exec(text) ?? [];
  if (rto === undefined || rpo === undefined || timeOf(rto) === null || timeOf(rpo) === null) return null;
  return {
    subject: tidy(subject),
    times: [
      { kind: 'rto', value: rto.trim() },
      { kind: 'rpo', value: rpo.trim() },
    ],
  };
}

/** `max_downtime: 15 minutes`, `rto: 1h`, `condition: cpu_usage > 80%`, `threshold: 50ms`. */
function fromYaml({ key, path, value }: PlanEntry): Omit<Objective, 'range'> | null {
  if (value === null) return null;
  const subject = path.at(-1) ?? key;
  const words = key.replace(/_/g, ' ');
  if (RTO.test(words) || RPO.test(words)) {
    if (NOTHING.test(value) || /actual|achieved/i.test(key)) return null;
    return { kind: RTO.test(words) ? 'rto' : 'rpo', subject, text: value, seconds: timeOf(value) };
  }
  if (/^(?:condition|when|alert_if)$/i.test(key)) {
    const [, metric, limit] = /^([a-z][\w.]{1,60})\s*[<>]=?\s*(\d\S*(?:\s+\w+)?)$/i.exec(value) ?? [];
    return metric === undefined || limit === undefined
      ? null
      : { kind: 'threshold', subject: metric, text: value, seconds: metricTime(limit) };
  }
  if (/^(?:threshold|slo|slo_target|availability_target)$/i.test(key) && /^[<>]?=?\s*\d/.test(value))
    return {
      kind: key === 'threshold' ? 'threshold' : 'slo',
      subject,
      text: value,
      seconds: metricTime(value),
    };
  return null;
}
