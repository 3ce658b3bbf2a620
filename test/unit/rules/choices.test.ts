/** Fixes that a person chooses: what they make of a document. Those that "fix all" takes are in the fixtures' golden files. */
import { describe, expect, it } from 'vitest';
import { applyEdits, checkRunbook, type Finding, type WorkspaceFiles } from '../../../core/rules/index.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';
import { TODAY } from './harness.ts';

const files: WorkspaceFiles = {
  exists: () => undefined,
  anchors: () => undefined,
  own: { name: 'LedgerQueueStuck.md', path: 'LedgerQueueStuck.md', owners: () => [] },
};

async function findingsOf(text: string, rule: string): Promise<Finding[]> {
  const found = await checkRunbook(parseRunbook(text, { path: 'queue-sop.md' }), files, { today: TODAY });
  return found.filter((finding) => finding.rule === rule);
}

async function chosen(text: string, rule: string, title: string): Promise<string> {
  const fixes = (await findingsOf(text, rule)).flatMap((finding) => finding.fixes);
  const fix = fixes.find((candidate) => candidate.title === title);
  if (fix === undefined)
    throw new Error(`${rule} offers ${fixes.map((each) => each.title).join(', ') || 'nothing'}`);
  expect(fix.preferred).toBe(false);
  return applyEdits(text, fix.edits);
}

const drop = '```bash\npsql "$LEDGER_URL" -c "DROP TABLE entries;"\n```\n';
const alert = '---\nrunbook:\n  profile: alert\n---\n\n';

describe.each([
  {
    rule: 'metadata/owner',
    title: 'Add a line for the owner',
    before: `---\nversion: 2\n---\n\n# Drop it\n\n${drop}`,
    after: `---\nversion: 2\nowner: \n---\n\n# Drop it\n\n${drop}`,
    // Empty as it is, it names nobody.
    left: 1,
  },
  {
    rule: 'metadata/owner',
    title: 'Add a line for the owner',
    before: `# Drop it\n\n${drop}`,
    after: `# Drop it\n\n**Owner**: \n\n${drop}`,
    left: 1,
  },
  {
    rule: 'metadata/review-missing',
    title: 'I have reviewed it: add the date of today',
    before: `# Drop it\n\n**Version**: 2\n\n${drop}`,
    after: `# Drop it\n\n**Last reviewed**: 2026-06-01\n\n**Version**: 2\n\n${drop}`,
  },
  {
    rule: 'metadata/review-overdue',
    title: 'I have reviewed it: set the date to today',
    before: '# Drop it\n\n**Last updated**: on 2024-05-01, by Imke\n',
    after: '# Drop it\n\n**Last updated**: on 2026-06-01, by Imke\n',
  },
  {
    rule: 'metadata/review-invalid',
    title: 'Write 2026-03-04',
    before:
      '# Drop it\n\n| Key | Value |\n| --- | --- |\n| Last reviewed | 03/04/2026 |\n| Document owner | Imke |\n',
    after:
      '# Drop it\n\n| Key | Value |\n| --- | --- |\n| Last reviewed | 2026-03-04 |\n| Document owner | Imke |\n',
  },
  {
    rule: 'metadata/front-matter',
    title: 'Change it to `next_review`',
    before: '---\nnext_reviev: 2027-01-31\n---\n\n# Drop it\n',
    after: '---\nnext_review: 2027-01-31\n---\n\n# Drop it\n',
  },
  {
    rule: 'metadata/front-matter-executable',
    title: 'Delete this front matter',
    before: '---js\n{}\n---\n\n# Drop it\n',
    after: '\n# Drop it\n',
  },
  {
    rule: 'structure/title-matches-alert',
    title: 'Change the title to LedgerQueueStuck',
    before: `${alert}# LedgerDown [Deprecated]\n`,
    after: `${alert}# LedgerQueueStuck [Deprecated]\n`,
  },
  {
    rule: 'structure/required-sections',
    title: 'Add a heading “Diagnosis”',
    before: `${alert}# LedgerQueueStuck\n\n## Meaning\n\nStuck.\n\n## Impact\n\nLate.\n\n## Mitigation\n\nRestart it.\n`,
    after: `${alert}# LedgerQueueStuck\n\n## Meaning\n\nStuck.\n\n## Impact\n\nLate.\n\n## Diagnosis\n\n## Mitigation\n\nRestart it.\n`,
  },
  {
    rule: 'structure/required-sections',
    title: 'Add a heading “Mitigation”',
    before: `${alert}# LedgerQueueStuck\n\n## Meaning\n\nStuck.\n\n## Impact\n\nLate.\n\n## Diagnosis\n\nLook.`,
    after: `${alert}# LedgerQueueStuck\n\n## Meaning\n\nStuck.\n\n## Impact\n\nLate.\n\n## Diagnosis\n\nLook.\n\n## Mitigation\n`,
  },
  {
    rule: 'structure/broken-numbering',
    title: 'Number the steps anew',
    before: '# Drop it\n\n9. Look\n9. Drop\n10. Tell\n',
    after: '# Drop it\n\n9. Look\n10. Drop\n11. Tell\n',
  },
])('$rule: $title', ({ rule, title, before, after, left = 0 }) => {
  it('makes this of it', async () => {
    expect(await chosen(before, rule, title)).toBe(after);
    const again = await findingsOf(after, rule);
    expect(again).toHaveLength(left);
    expect(again.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  it('keeps the line ends of Windows', async () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(await chosen(windows(before), rule, title)).toBe(windows(after));
  });
});
