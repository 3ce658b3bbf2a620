/** Alerts: what a heading ("Service Outage (P1)") or bold lines (Alert, Severity, Response Time) bind to the steps below. */

import type { Alert, Duration } from '../types.ts';
import { parseDuration } from './duration.ts';
import type { FactLine, Facts } from './facts.ts';

const HEADING = /^(.{2,100}?)\s*[([](P[0-9]|SEV(?:ERITY)?[ -]?[0-9]|S[0-9])[)\]]\s*$/i;
const PAIR =
  /^(alert(?: name)?|alertname|severity|priority|response(?: time)?|respond within|sla)\s*:\s*(\S.*)$/i;

/** Alerts in document order. */
export function readAlerts(facts: Facts): Alert[] {
  const alerts: Alert[] = [];
  for (const [index, section] of facts.sections.entries()) {
    const match = HEADING.exec(section.title);
    if (match?.[1] === undefined) continue;
    alerts.push({
      name: match[1].replace(/[\s:–—-]+$/, ''),
      severity: match[2] ?? null,
      response: null,
      section: index,
      range: section.headingRange,
    });
  }
  alerts.push(...fromLines(facts));
  return alerts.sort((a, b) => a.range.start.offset - b.range.start.offset);
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
    const marked = line.list !== null || /^(?:\*\*|__)/.test(line.raw.trim());
    const pair = marked ? PAIR.exec(line.text) : null;
    if (
      open !== null &&
      (line.section !== open.line.section || line.range.start.line - open.line.range.start.line > 6)
    )
      flush();
    if (pair?.[1] === undefined || pair[2] === undefined) continue;
    const key = pair[1].toLowerCase();
    if (key.startsWith('alert')) {
      flush();
      open = { line, name: pair[2].trim(), severity: null, response: null };
    } else if (open !== null && (key === 'severity' || key === 'priority')) open.severity ??= pair[2].trim();
    else if (open !== null) open.response ??= parseDuration(pair[2]);
  }
  flush();
  return alerts;
}
