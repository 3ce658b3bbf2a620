/**
 * Escalation: after which time, on which condition or in which order who is told. Shapes that runbooks use:
 *
 *     | Time | Action |                      `time`, also `1. **15 minutes**: Tell the manager`
 *     | Role | Primary | Escalation |        `role`
 *     **Escalate to the lead if:** - …       `condition`, also `| Condition | Escalate To |`
 *     1. **On-call** 2. **Lead**: in 15 min  `order`
 *     | Severity | … | Escalation |          `severity`, also `P1: {response_time, escalation}` in YAML
 */

import type { EscalationEntry, SeverityScale } from '../types.ts';
import { fromItems } from './escalationLists.ts';
import { fromTable } from './escalationTables.ts';
import { label, readAfter } from './escalationWords.ts';
import type { Facts } from './facts.ts';
import { splitSeverity } from './severity.ts';

/** Entries in document order. */
export function readEscalation(facts: Facts, scales: readonly SeverityScale[]): EscalationEntry[] {
  const entries: EscalationEntry[] = [];
  for (const table of facts.tables) {
    const scaled = scales.some((scale) => scale.range.start.offset === table.range.start.offset);
    entries.push(...fromTable(table, scaled, facts));
  }
  entries.push(...fromItems(facts, scales));
  for (const { facts: yaml, range } of facts.yaml) {
    for (const level of yaml.scales.flatMap((scale) => scale.levels)) {
      if (level.escalation === null) continue;
      entries.push({
        kind: 'severity',
        after: readAfter(level.escalation.text),
        severity: splitSeverity(level.key).id,
        action: `Escalate ${label(level.key)}`,
        range: range(level.escalation.start, level.escalation.end),
      });
    }
  }
  return entries.sort((a, b) => a.range.start.offset - b.range.start.offset);
}
