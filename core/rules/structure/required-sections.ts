import { headingWords } from '../../runbook/facts/words.ts';
import type { Runbook } from '../../runbook/types.ts';
import { blocksOf } from '../support/blocks.ts';
import { documentPlace } from '../support/metadata.ts';
import { namedParts, PARTS, type PartName, touchedParts } from '../support/sectionParts.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A part that runbooks of this kind have, and this one has not. */
export const requiredSections: Rule = {
  id: 'structure/required-sections',
  title: 'A part of the runbook is missing',
  severity: 'info',
  severityIn: { lenient: 'off', service: 'off' },
  docs: {
    what: 'Reports the runbook of an alert that has two of the headings Meaning, Impact, Diagnosis and Mitigation and nothing like the others. Where the front matter says which kind of runbook it is, the parts of that kind are asked for as well: of a procedure, prerequisites, steps, verification and rollback; of an incident, diagnosis, mitigation and escalation. Other words for a part count.',
    why: 'Somebody who was woken by the alert looks for what it means, whom it hurts, how to tell the cause and what to do, in that order. The part that is missing has to be found out while the clock runs.',
    wrong:
      '---\nrunbook:\n  profile: alert\n---\n\n# QueueStuck\n\n## Meaning\n\nNo message was taken.\n\n## Impact\n\nOrders wait.\n\n## Mitigation\n\nRestart the worker.',
    right:
      '---\nrunbook:\n  profile: alert\n---\n\n# QueueStuck\n\n## Meaning\n\nNo message was taken.\n\n## Impact\n\nOrders wait.\n\n## Diagnosis\n\nLook at the log.\n\n## Mitigation\n\nRestart the worker.',
    source:
      'Of 272 alert runbooks of OpenShift, 250 have all four parts; so have 105 of 117 of Prometheus’ operator.',
  },
  *check({ runbook }): Iterable<Report> {
    const { profile, sections } = runbook;
    const parts = PARTS[profile.name];
    if (parts.length === 0) return;
    const declared = profile.basis === 'front-matter' && sections.length > 1;
    if (!declared && (profile.name !== 'alert' || templateHeadings(runbook) < 2)) return;
    // A fence that never closes has swallowed the headings below it.
    if (blocksOf(runbook).some(({ closed }) => !closed)) return;
    if (/\bdeprecated\b|\bobsolete\b/i.test(runbook.title ?? '')) return;
    const touched = new Set(sections.flatMap(({ title }) => touchedParts(title)));
    const absent = parts.filter((part) => !touched.has(part));
    const bold = new Set(absent.length === 0 ? [] : boldWords(runbook).flatMap(touchedParts));
    const missing = absent.filter((part) => !bold.has(part));
    const range = documentPlace(runbook);
    if (missing.length === 0 || range === null) return;
    yield {
      range,
      message: `This ${NAMES[profile.name]} has no ${listed(missing)}. Add ${missing.length === 1 ? 'the section' : 'the sections'}, or say why there is nothing to write.`,
      fixes: missing.flatMap((part) => heading(runbook, parts, part)),
    };
  },
};

/** How many of an alert's four headings it has in the words of the common template: another form may have other parts. */
function templateHeadings({ sections }: Runbook): number {
  return new Set(
    sections.flatMap(({ title }) =>
      headingWords(title).flatMap(
        (words) => /^(?:meaning|impact|diagnosis|mitigation)$/i.exec(words)?.[0].toLowerCase() ?? [],
      ),
    ),
  ).size;
}

const NAMES: Readonly<Record<Runbook['profile']['name'], string>> = {
  alert: 'runbook of an alert',
  procedure: 'procedure',
  incident: 'incident runbook',
  service: 'manual',
  lenient: 'document',
};

function listed(parts: readonly PartName[]): string {
  const names = parts.map((part) => `“${part}”`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Parts may be set off in bold instead: `**Impact**: orders wait`. */
function boldWords({ source: { text } }: Runbook): string[] {
  const found: string[] = [];
  for (const mark of ['**', '__'])
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 2)) {
      const line = text.slice(Math.max(0, at - 40, text.lastIndexOf('\n', at) + 1), at);
      const words = text.slice(at + 2, at + 62).split(mark, 1)[0] ?? '';
      if (/^[\s>]*(?:[-*+] |\d+[.)] )?$/.test(line)) found.push(words);
    }
  return found;
}

/** The heading at its place among the parts that are there. */
function heading({ sections, source }: Runbook, parts: readonly PartName[], part: PartName): Fix[] {
  const later = parts.slice(parts.indexOf(part) + 1);
  const among = (wanted: readonly PartName[]) =>
    sections.find(({ title }) => namedParts(title).some((other) => wanted.includes(other)));
  const next = among(later);
  const level = among(parts)?.level;
  if (level === undefined) return [];
  const end = source.text.includes('\r\n') ? '\r\n' : '\n';
  const mark = `${'#'.repeat(level)} ${part}${end}`;
  const title = `Add a heading “${part}”`;
  if (next !== undefined) {
    const at = source.lineStart(next.headingRange.start.line);
    if (/^[ \t]*>/.test(source.line(next.headingRange.start.line))) return [];
    return [{ title, edits: [{ range: source.range(at, at), newText: mark + end }], preferred: false }];
  }
  const at = source.text.length;
  const before = source.text.endsWith('\n') ? end : end + end;
  return [{ title, edits: [{ range: source.range(at, at), newText: before + mark }], preferred: false }];
}
