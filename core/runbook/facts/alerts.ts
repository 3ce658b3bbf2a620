/**
 * Alerts: what a heading or bold lines bind to the steps below. Headings: `Service Outage (P1)`, `[P2] Slow pages`,
 * `Alert: QueueLong`, `High Error Rate Alert` below "Alert response", the alert's name itself (`# KubeNodeNotReady` above
 * Meaning and Diagnosis, `### ApiDown` below "Alerts"). Lines: `**Alert**`, `**Severity**`, `**Response Time**`.
 */

import { perText } from '../lazy.ts';
import type { Alert, Duration } from '../types.ts';
import { parseDuration } from './duration.ts';
import type { FactLine, Facts } from './facts.ts';
import { alertName, headingWords, says } from './words.ts';

const LEVEL = '(?:P[0-9]|SEV(?:ERITY)?[ -]?[0-9]|S[0-9])';
const HEADING = new RegExp(`^(.{2,100}?)\\s*[([](${LEVEL})[)\\]]\\s*$`, 'i');
const LEVEL_NAME =
  /^(?:(?:critical|urgent|major|high|medium|moderate|minor|low|priority|severity|level|issues?|incidents?|alerts?)\s*)+$/i;
const LEADING = new RegExp(`^\\[(${LEVEL})\\]\\s*(?:[:–—-]\\s*)?(\\S.{1,100})$`, 'i');
const SAID = /^alert(?:\s+name)?\s*:\s*(\S.{1,100})$/i;
/** `High Error Rate Alert`: the singular. */
const ENDING = /^[A-Z].{1,80}\s[Aa]lert$/;
/** `Test the Alert`, `Common alert`: an order to do something about one, or no name. */
const NO_NAME =
  /^(?:create|configure|set|test|add|silence|mute|enable|disable|verify|check|acknowledge|respond|about|the|this|an?|every|sample|example|common|new)\b/i;
const ALERTS_TITLE =
  /\balerts?\s+(?:response|handling|procedures?|runbooks?|playbooks?|reference|guide|catalogu?e?|descriptions?)\b|^(?:(?:critical|warning|common|known|prometheus|key|active|severity \d|p\d)\s+)*alerts$|\bresponding to alerts\b|\balert-specific\b/i;
const PARTS =
  /^(?:meaning|impact|diagnosis|mitigation|overview|symptoms|troubleshooting|possible causes|resolution|remediation)$/i;
const PAIR =
  /^(alert(?: name)?|alertname|severity|priority|response(?: time)?|respond within|sla)\s*:\s*(\S.*)$/i;

/** Alerts in document order. */
export function readAlerts(facts: Facts): Alert[] {
  const alerts = [...fromHeadings(facts), ...fromLines(facts)];
  return alerts.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function fromHeadings(facts: Facts): Alert[] {
  const alerts: Alert[] = [];
  const parts = partsBelow(facts);
  const told = toldBelow(facts);
  for (const [index, section] of facts.sections.entries()) {
    const found = named(facts, index, parts);
    if (found === null) continue;
    const { severity = null, response = null } = told.get(index) ?? {};
    alerts.push({
      name: found.name,
      severity: found.severity ?? severity,
      response,
      section: index,
      range: section.headingRange,
    });
  }
  return alerts;
}

/** Severity and response time in bold lines right below each heading, by section. */
function toldBelow(facts: Facts): Map<number, { severity?: string; response?: Duration }> {
  const told = new Map<number, { severity?: string; response?: Duration }>();
  for (const line of facts.lines) {
    const pair = pairOf(line);
    const heading = facts.sections[line.section ?? -1]?.headingRange;
    if (pair === null || line.section === null || heading === undefined) continue;
    if (line.range.start.line - heading.end.line > REACH || pair.key.startsWith('alert')) continue;
    const known = told.get(line.section) ?? {};
    if (!told.has(line.section)) told.set(line.section, known);
    if (pair.key === 'severity' || pair.key === 'priority') known.severity ??= pair.value;
    else known.response ??= parseDuration(pair.value);
  }
  return told;
}

/** How many lines below its name an alert's severity and response time may stand. */
const REACH = 6;

function pairOf(line: FactLine): { key: string; value: string } | null {
  const pair = pairIn(line.text);
  return pair !== null && (line.list !== null || /^(?:\*\*|__)/.test(line.raw.trim())) ? pair : null;
}

const pairIn = perText((text) => {
  const [, key, value] = PAIR.exec(text) ?? [];
  return key === undefined || value === undefined ? null : { key: key.toLowerCase(), value: value.trim() };
});

const isPart = perText((title) => says(title, PARTS));

/** How many of an alert's parts stand right below each heading. */
function partsBelow(facts: Facts): Map<number, number> {
  const parts = new Map<number, number>();
  for (const { parent, title } of facts.sections) {
    if (parent !== null && isPart(title)) parts.set(parent, (parts.get(parent) ?? 0) + 1);
  }
  return parts;
}

const holdsAlerts = perText((title) => says(title, ALERTS_TITLE));

/** What a title says by itself: an alert's name with its level, or words that may be one where they stand. */
const namedBy = perText((title) => {
  const [words = ''] = headingWords(title);
  const ending = ENDING.test(words) && !NO_NAME.test(words);
  const found = (name: string, severity: string | null) => ({ own: { name, severity }, words, ending });
  const trailing = HEADING.exec(title);
  // `Critical (P0)` names a level, and `Priority (P1)` too.
  if (trailing?.[1] !== undefined && !LEVEL_NAME.test(trailing[1]))
    return found(trailing[1].replace(/[\s:–—-]+$/, ''), trailing[2] ?? null);
  const leading = LEADING.exec(words);
  if (leading?.[2] !== undefined) return found(leading[2], leading[1] ?? null);
  const said = SAID.exec(words)?.[1];
  return said === undefined ? { own: null, words, ending } : found(said, null);
});

function named(
  facts: Facts,
  index: number,
  parts: ReadonlyMap<number, number>,
): { name: string; severity: string | null } | null {
  const title = (facts.sections[index]?.title ?? '').slice(0, 200);
  const { own: said, words, ending } = namedBy(title);
  if (said !== null) return said;
  const around = facts.titles(index).slice(1);
  const below = around.slice(0, 2).some(holdsAlerts);
  if (below && ending) return { name: words, severity: null };
  const own = parts.get(index) ?? 0;
  const name = alertName(words, own >= 2 ? 1 : 2);
  return name !== null && (own >= 2 || below) ? { name, severity: null } : null;
}

/** A line "Alert: X" opens an alert; "Severity" and "Response Time" within the next few lines of the section are its own. */
function fromLines(facts: Facts): Alert[] {
  const alerts: Alert[] = [];
  let open: { line: FactLine; name: string; severity: string | null; response: Duration | null } | null =
    null;
  const flush = () => {
    if (open === null) return;
    const { line, ...rest } = open;
    alerts.push({ ...rest, section: line.section, range: line.range });
    open = null;
  };
  for (const line of facts.lines) {
    const pair = pairOf(line);
    if (
      open !== null &&
      (line.section !== open.line.section || line.range.start.line - open.line.range.start.line > REACH)
    )
      flush();
    if (pair === null) continue;
    const { key, value } = pair;
    if (key.startsWith('alert')) {
      flush();
      open = { line, name: value, severity: null, response: null };
    } else if (open !== null && (key === 'severity' || key === 'priority')) open.severity ??= value;
    else if (open !== null) open.response ??= parseDuration(value);
  }
  flush();
  return alerts;
}
