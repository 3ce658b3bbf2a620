import { describe, expect, test } from 'vitest';
import { readDate } from '../../../core/runbook/facts/dates.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

describe('dates', () => {
  test.each([
    ['2025-07-01', '2025-07-01'],
    ['2025/7/1', '2025-07-01'],
    ['2025-07', '2025-07'],
    ['2026-02-19 02:30 UTC', '2026-02-19'],
    ['2025-07-01T10:00:00Z', '2025-07-01'],
    ['July 2025', '2025-07'],
    ['July 1, 2025', '2025-07-01'],
    ['Jul 1st, 2025', '2025-07-01'],
    ['Sept. 9, 2025', '2025-09-09'],
    ['1 July 2025', '2025-07-01'],
    ['1st of July 2025', '2025-07-01'],
    ['01-Jul-2025', '2025-07-01'],
    ['Tuesday, 1 July 2025', '2025-07-01'],
    ['1. Juli 2025', '2025-07-01'],
    ['1 de julio de 2025', '2025-07-01'],
    ['15/07/2025', '2025-07-15'],
    ['07/15/2025', '2025-07-15'],
    ['03/03/2025', '2025-03-03'],
    ['1.7.2025', '2025-07-01'],
    ['07/2025', '2025-07'],
    ['2025-07-01 by Ada', '2025-07-01'],
    ['v2 (2025-07-01)', '2025-07-01'],
  ])('%s', (text, date) => expect(readDate(text)).toBe(date));
  test.each([
    '03/04/2025',
    'YYYY-MM-DD',
    '[date]',
    '2025',
    '2025-02-30',
    '31 February 2025',
    '2025-13-01',
    'Q3 2025',
    'version 1.2.2025.4',
    'last sprint',
    '10.20.30.40',
    '',
  ])('%s is none', (text) => expect(readDate(text)).toBeNull());
});

const found = (text: string) =>
  parseRunbook(text).metadata.map(({ range, key, value, date }) => [range.start.line + 1, key, value, date]);

describe('metadata', () => {
  test.each<[string, string, (string | number | null)[][]]>([
    [
      'front matter',
      '---\ntitle: X\nowner: storage-team\nlast_reviewed_on: 2025-01-31\nreview_in: 6 months\nlastUpdated: "1 May 2025"\nmaintainers: [a, b]\nconstructor: x\n---\n# X\n',
      [
        [3, 'owner', 'storage-team', null],
        [4, 'last-updated', '2025-01-31', '2025-01-31'],
        [5, 'review-cycle', '6 months', null],
        [6, 'last-updated', '1 May 2025', '2025-05-01'],
        [7, 'maintained-by', 'a, b', null],
      ],
    ],
    [
      'bold lines below the title, quoted too',
      '# X\n\n> **Version:** 2.0\n> **Last Updated:** May 2025\n\n**Owner**: Blue\n',
      [
        [3, 'version', '2.0', null],
        [4, 'last-updated', 'May 2025', '2025-05'],
        [6, 'owner', 'Blue', null],
      ],
    ],
    [
      'a list below the title, and several in a line',
      '# X\n- Owner: Blue\n- **Status** — draft\n\n**Runbook ID**: RB-7 | **Created**: 2025-01-02\n',
      [
        [2, 'owner', 'Blue', null],
        [3, 'status', 'draft', null],
        [5, 'id', 'RB-7', null],
        [5, 'created', '2025-01-02', '2025-01-02'],
      ],
    ],
    [
      'the end',
      '# X\n## Steps\nText\n\n---\n\n**Owner**: [Your name]\n**Next Review**: soon\n*Last updated: 2025-01-02*\n',
      [
        [7, 'owner', '[Your name]', null],
        [8, 'next-review', 'soon', null],
        [9, 'last-updated', '2025-01-02', '2025-01-02'],
      ],
    ],
    [
      'what is certain, anywhere',
      '# X\n## Steps\n**Last Reviewed**: 2025-01-02\n\nReview cycle: quarterly\n## Y\nText\n',
      [
        [3, 'last-updated', '2025-01-02', '2025-01-02'],
        [5, 'review-cycle', 'quarterly', null],
      ],
    ],
    [
      'headings of a title page',
      '# Manual\n## Shop\n### Version 1.0.0\n### Last Updated: July 2025\n---\n## Releases\nx\n### Version 2.0.0\n',
      [
        [3, 'version', '1.0.0', null],
        [4, 'last-updated', 'July 2025', '2025-07'],
      ],
    ],
    [
      'a section about the document',
      '# X\n## Steps\nx\n## Document information\n- **Owner**: Blue\n- Version: 3\n',
      [
        [5, 'owner', 'Blue', null],
        [6, 'version', '3', null],
      ],
    ],
    [
      'a table of pairs',
      '# X\n\n| Field | Value |\n|---|---|\n| **Owner** | Blue |\n| Last updated | 2025-01-02 |\n| Colour | red |\n',
      [
        [5, 'owner', 'Blue', null],
        [6, 'last-updated', '2025-01-02', '2025-01-02'],
      ],
    ],
    [
      'a table of one row',
      '# X\n\n| Version | Owner | Last Updated |\n|---|---|---|\n| 2 | Blue | 1 May 2025 |\n',
      [
        [5, 'version', '2', null],
        [5, 'owner', 'Blue', null],
        [5, 'last-updated', '1 May 2025', '2025-05-01'],
      ],
    ],
    [
      "a change log's newest row",
      '# X\n## 9. Change Log\n\n| Date | Change | Author |\n|---|---|---|\n| 2025-01-01 | a | x |\n| 2025-06-01 | b | y |\n| 2025-03-01 | c | z |\n',
      [[7, 'last-updated', '2025-06-01', '2025-06-01']],
    ],
    [
      'a change log by its columns, and as a list',
      '# X\n## Annex\n| Rev | Date | Author | Summary |\n|---|---|---|---|\n| 1 | 2025-01-01 | x | y |\n## Revision history\n- 2025-02-01: first\n- 2025-03-01: second\n',
      [
        [5, 'last-updated', '2025-01-01', '2025-01-01'],
        [8, 'last-updated', '2025-03-01: second', '2025-03-01'],
      ],
    ],
    [
      'a change log below a line, plain',
      '# X\n## Y\nText\n\n---\n\nLast Updated: 2026-03-22\n\nChangelog:\n\n- 2026-03-22: b\n- 2026-02-13: a\n',
      [
        [7, 'last-updated', '2026-03-22', '2026-03-22'],
        [11, 'last-updated', '2026-03-22: b', '2026-03-22'],
      ],
    ],
    [
      'sentences',
      '# X\n## Y\nThis runbook is owned by the storage team.\n\nLast reviewed on 2 May 2025\n\n*For corrections, please contact ops@example.org*\n\nQuestions about this document: ask #storage-ops.\n',
      [
        [3, 'owner', 'storage team', null],
        [5, 'last-updated', '2 May 2025', '2025-05-02'],
        [7, 'contact', 'ops@example.org', null],
        [9, 'contact', '#storage-ops', null],
      ],
    ],
  ])('%s', (_, text, entries) => expect(found(text)).toEqual(entries));

  test.each([
    [
      'a status of something else',
      '# X\n## Check\n- **Status**: Running\n- **Version**: 1.2\n- **Owner**: root\n',
    ],
    [
      'an incident',
      '# X\n## Incident\n\n| Field | Value |\n|---|---|\n| Status | Resolved |\n| Owner | Ada |\n| Severity | P1 |\n',
    ],
    [
      'a schedule of drills',
      '# X\n## Drills\n| Drill | Frequency | Last Test | Next Test |\n|---|---|---|---|\n| a | Monthly | 2025-01-01 | 2025-02-01 |\n',
    ],
    ['whose file it is', '# X\n## Y\nOwned by the `baker` account, mode `0640`.\n'],
    ['advice to ask', '# X\n## Y\nFor questions about bread, contact the head baker.\n'],
    ['a fence', '# X\n```yaml\nowner: Blue\nlast_updated: 2025-01-01\n```\n'],
    ['a key without a value', '# X\n**Created:**\n- a\n'],
    ['a template of front matter', '---\ntitle: x\ndate: {{ .Date }}\n---\n'],
    [
      'a log of incidents',
      '# X\n## Incidents\n| Date | Incident | Summary |\n|---|---|---|\n| 2025-01-01 | a | b |\n',
    ],
    ['release notes', '# X\nText\n## Version 1.0.0\nText\n'],
  ])('%s is none', (_, text) => expect(found(text)).toEqual([]));

  test('places are exact, with any line end', () => {
    const runbook = parseRunbook('# X\r\n\r\n**Owner**: Blue\r\n**Version**: 2\r\n');
    expect(runbook.metadata.map(({ range }) => runbook.source.slice(range))).toEqual([
      '**Owner**: Blue',
      '**Version**: 2',
    ]);
  });
});
