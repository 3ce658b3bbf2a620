import type { Runbook } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { addEntry, documentPlace } from '../support/metadata.ts';
import { beyondRecall } from '../support/risk.ts';
import { touchedParts } from '../support/sectionParts.ts';
import type { Report, Rule } from '../types.ts';

/** A dangerous runbook that belongs to nobody. */
export const missingOwner: Rule = {
  id: 'metadata/owner',
  title: 'Nobody owns the runbook',
  severity: 'hint',
  severityIn: { lenient: 'off', alert: 'off' },
  docs: {
    what: 'Reports a runbook that destroys something without a known way back and names nobody: no owner or maintainer in its front matter or text, no line of CODEOWNERS or OWNERS, no contact and nobody to escalate to. Runbooks of single alerts, which belong to whoever keeps the alert, are left alone; so is a text that lies in no file.',
    why: 'Whoever stands before a step that has no known way back, and doubts it, needs somebody to ask. And a text without an owner is not kept up.',
    wrong:
      '---\nrunbook:\n  profile: procedure\n---\n\n# Drop the old ledger\n\n```bash\nterraform destroy -target module.old_ledger\n```',
    right:
      '---\nowner: ledger-team\nrunbook:\n  profile: procedure\n---\n\n# Drop the old ledger\n\n```bash\nterraform destroy -target module.old_ledger\n```',
    source: 'OpenShift’s runbooks keep an OWNERS file beside them; GitLab’s template names the owning team.',
  },
  *check({ runbook, files }): Iterable<Report> {
    if (files.own === undefined) return;
    const command = beyondRecall(runbook);
    if (command === null || namesSomebody(runbook) || files.own.owners().length > 0) return;
    const range = documentPlace(runbook);
    if (range === null) return;
    yield {
      range,
      message: `\`${excerpt(command.text, 50)}\` on line ${command.range.start.line + 1} has no known way back, and neither this runbook nor CODEOWNERS says whose it is. Name the team that answers for it.`,
      fixes: addEntry(runbook, 'owner', 'Owner', '', 'Add a line for the owner'),
    };
  },
};

function namesSomebody({ metadata, contacts, escalation, roles, sections }: Runbook): boolean {
  return (
    metadata.some(({ key }) => key === 'owner' || key === 'maintained-by' || key === 'contact') ||
    contacts.some(({ empty }) => !empty) ||
    escalation.length > 0 ||
    sections.some(({ title }) => touchedParts(title).includes('Escalation')) ||
    roles.some(({ holder }) => holder !== null)
  );
}
