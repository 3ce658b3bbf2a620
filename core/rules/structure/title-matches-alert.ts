import { alertName } from '../../runbook/facts/words.ts';
import type { Section } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A runbook of an alert under another name. */
export const titleMatchesAlert: Rule = {
  id: 'structure/title-matches-alert',
  title: 'The title is not the name of the alert',
  severity: 'info',
  severityIn: { procedure: 'off', incident: 'off', service: 'off', lenient: 'off' },
  docs: {
    what: 'Reports the runbook of an alert whose file is named after one alert (`QueueStuck.md`) and whose title is the name of another. It is a hint where the title is in plain words.',
    why: 'The page that an alert opens has to say at a glance that it is the right one. A title that was copied along with the text says that it is the wrong one.',
    wrong:
      '---\nrunbook:\n  profile: alert\n---\n\n# LedgerDown\n\n## Meaning\n\nNo message was taken from the queue for five minutes.',
    right:
      '---\nrunbook:\n  profile: alert\n---\n\n# QueueStuck\n\n## Meaning\n\nNo message was taken from the queue for five minutes.',
    source: 'Prometheus’ operator and OpenShift name the file and its title after the alert.',
  },
  *check({ runbook, files }): Iterable<Report> {
    const file = files.own?.name.replace(/\.(?:md|markdown)$/i, '');
    const name = file === undefined ? null : alertName(file, 2);
    const title = runbook.sections.find(({ level }) => level === 1);
    if (name === null || title === undefined || bare(title.title) === '') return;
    const titles = runbook.sections.filter(({ level }) => level === 1);
    if (titles.some((section) => holds(section.title, name))) return;
    const other = alertName(title.title, 2);
    yield other === null
      ? {
          range: title.headingRange,
          severity: 'hint',
          message: `The file is named after the alert ${name}, and the title “${excerpt(title.title, 50)}” does not say so. Name the alert in the title.`,
          fixes: [],
        }
      : {
          range: title.headingRange,
          message: `The file is named after the alert ${name}, and the title says ${other}. One of the two is wrong.`,
          fixes: renamed(title),
        };

    function renamed({ headingRange }: Section): Fix[] {
      const { source } = runbook;
      const at = source.slice(headingRange).indexOf(other ?? '');
      if (at < 0) return [];
      const start = headingRange.start.offset + at;
      const range = source.range(start, start + (other ?? '').length);
      return [
        { title: `Change the title to ${name}`, edits: [{ range, newText: name ?? '' }], preferred: false },
      ];
    }
  },
};

/** Letters and figures alone: `CPU Throttling High` is `CPUThrottlingHigh`. */
function bare(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function holds(title: string, name: string): boolean {
  return bare(title).includes(bare(name));
}
