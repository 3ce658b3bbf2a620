import type { Section } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { namedParts, type PartName } from '../support/sectionParts.ts';
import type { Report, Rule } from '../types.ts';

/** A part that stands behind another which needs it first. */
export const sectionOrder: Rule = {
  id: 'structure/section-order',
  title: 'A section stands too late',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a section that is needed before another one and stands behind it, where both stand side by side and are called so: the meaning or the impact of an alert below its mitigation, a diagnosis below the mitigation, prerequisites below the steps, a verification above the steps that it verifies. Only in documents that are plainly runbooks.',
    why: 'A runbook is followed from the top. Who reads the prerequisites after the steps has begun without them.',
    wrong: '# Rotate the certificate\n\n## Steps\n\nReplace it.\n\n## Prerequisites\n\nAccess to the vault.',
    right: '# Rotate the certificate\n\n## Prerequisites\n\nAccess to the vault.\n\n## Steps\n\nReplace it.',
    source: 'The templates of Prometheus’ operator, OpenShift and GitLab have one order.',
  },
  *check({ runbook }): Iterable<Report> {
    /** By the section around them and the part: of several of a kind, nobody can say which belong together. */
    const groups = new Map<number | null, Map<PartName, Section[]>>();
    for (const section of runbook.sections)
      for (const part of namedParts(section.title)) {
        const group = groups.get(section.parent) ?? new Map<PartName, Section[]>();
        groups.set(section.parent, group.set(part, [...(group.get(part) ?? []), section].slice(0, 2)));
      }
    for (const group of groups.values())
      for (const [first, second] of ORDER) {
        const [a, another] = group.get(first) ?? [];
        const [b, other] = group.get(second) ?? [];
        if (a === undefined || b === undefined || another !== undefined || other !== undefined) continue;
        if (a.headingRange.start.line <= b.headingRange.start.line) continue;
        yield {
          range: a.headingRange,
          message: `“${excerpt(a.title, 40)}” is needed before “${excerpt(b.title, 40)}” on line ${b.headingRange.start.line + 1}. Move the section above it.`,
        };
        break;
      }
  },
};

/** What comes first, and what needs it. */
const ORDER: readonly (readonly [PartName, PartName])[] = [
  ['Prerequisites', 'Steps'],
  ['Diagnosis', 'Mitigation'],
  ['Meaning', 'Mitigation'],
  ['Impact', 'Mitigation'],
  ['Meaning', 'Diagnosis'],
  ['Steps', 'Verification'],
];
