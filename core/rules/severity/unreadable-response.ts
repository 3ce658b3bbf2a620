import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** Response times that no clock can count. */
export const unreadableResponse: Rule = {
  id: 'severity/unreadable-response',
  title: 'A response time cannot be read',
  severity: 'warning',
  docs: {
    what: 'Reports a response time in a severity scale that is neither a length of time (`15 minutes`, `<5 min`, `1 hour`) nor a known form without one (`Next business day`, `Best effort`).',
    why: 'When an incident is declared, its response time is counted down. A time that nobody can read is a promise that nobody can keep.',
    wrong: '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | quick-ish |',
    right: '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | 4 hours |',
  },
  *check({ runbook }): Iterable<Report> {
    for (const scale of runbook.severityScales)
      for (const level of scale.levels) {
        if (level.response?.kind !== 'unreadable' || level.response.text.trim() === '') continue;
        yield {
          range: level.responseRange ?? level.range,
          message: `“${excerpt(level.response.text, 40)}” is not a time that can be counted down for ${level.id}. Write it like “15 minutes”, “1 hour” or “Next business day”.`,
        };
      }
  },
};
