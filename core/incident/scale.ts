/** Severity: the scale that stands in where neither runbook nor workspace has one, and finding a level in a scale. */

import { IncidentError } from './errors.ts';
import { oneLine } from './log/clean.ts';
import type { IncidentSeverity } from './types.ts';

const level = (
  id: string,
  name: string,
  definition: string,
  text: string,
  seconds: number | null,
): IncidentSeverity => ({
  id,
  name,
  definition,
  response: { text, seconds, kind: seconds === null ? 'calendar' : 'fixed' },
});

/** Most severe first: the ids, names and times that most runbooks use, in our wording. A runbook's own scale always comes before it. */
export const DEFAULT_SCALE: readonly IncidentSeverity[] = [
  level(
    'P0',
    'Critical',
    'The service is down for most users, or data is being lost or exposed.',
    '15 minutes',
    900,
  ),
  level('P1', 'High', 'A main function fails for many users, and there is no way around it.', '1 hour', 3600),
  level(
    'P2',
    'Medium',
    'Some users are affected, or a main function is slow; there is a way around it.',
    '4 hours',
    14400,
  ),
  level(
    'P3',
    'Low',
    'Little or nothing is noticed by users; it can wait for working hours.',
    'Next business day',
    null,
  ),
];

/**
 * The level that a person means: by id, by name, or by both as written, in any case.
 *
 * @throws IncidentError `unknown-severity`, with the levels that there are.
 */
export function findSeverity(scale: readonly IncidentSeverity[], wanted: string): IncidentSeverity {
  const key = fold(wanted);
  const found =
    scale.find((one) => fold(one.id) === key) ??
    scale.find((one) => one.name !== null && fold(one.name) === key) ??
    scale.find((one) => one.name !== null && fold(`${one.id}${one.name}`) === key);
  if (found !== undefined) return found;
  throw new IncidentError(
    'unknown-severity',
    `"${oneLine(wanted, 60)}" is not a severity of this incident's scale. It has: ${scale.map(severityLabel).join(', ')}.`,
  );
}

/** `P1 (High)`, or `P1` where the level has no name. */
export function severityLabel(severity: IncidentSeverity): string {
  return severity.name === null ? severity.id : `${severity.id} (${severity.name})`;
}

/** `SEV-1`, `sev 1` and `SEV1` are one name. */
function fold(text: string): string {
  return text.toLowerCase().replace(/[\s_:–—-]+/g, '');
}
