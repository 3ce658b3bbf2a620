import { alertName } from '../../runbook/facts/words.ts';
import type { Runbook, Section } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { namedParts } from '../support/sectionParts.ts';
import type { Report, Rule } from '../types.ts';

/** A heading with nothing below it. */
export const emptySection: Rule = {
  id: 'structure/empty-section',
  title: 'A section is empty',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a heading below which nothing stands before the next heading of its level or a higher one, and one below which nothing stands but a note that something is still to be written. Headings that say all by themselves are fine: numbered steps, sentences, links. Only in documents that are plainly runbooks.',
    why: 'Somebody finds the heading in the outline, goes there, and learns that nobody knows. If there is nothing to do, saying so is worth a line.',
    wrong: '## Roll back\n\n## Verify\n\nThe page loads.',
    right: '## Roll back\n\nThere is no way back: restore from the backup.\n\n## Verify\n\nThe page loads.',
    source: 'The published runbook template of Prometheus’ operator ships stubs that stay in many copies.',
  },
  *check({ runbook }): Iterable<Report> {
    // A form is there to be filled in.
    if (/\b(?:example|sample|template)\b/i.test(runbook.title ?? '')) return;
    for (const [index, section] of runbook.sections.entries()) {
      // The title alone is a document that was not begun.
      if (section.level === 1 || section.title === '') continue;
      if (saysAll(runbook, section) || isSubtitle(runbook, index)) continue;
      const next = runbook.sections[index + 1];
      if (next !== undefined && next.level > section.level) continue;
      const content = contentOf(runbook, section);
      // A line about the document may be set as a heading.
      const { line } = section.headingRange.start;
      if (content === null || runbook.metadata.some(({ range }) => range.start.line === line)) continue;
      yield {
        range: section.headingRange,
        message:
          content === ''
            ? `Nothing stands below “${excerpt(section.title, 50)}”. Write it, or take the heading out.`
            : `Below “${excerpt(section.title, 50)}” stands only “${excerpt(content, 40)}”. Write it, or take the heading out.`,
      };
    }
  },
};

/** A heading may be the step itself, a sentence, a link, or one of several alerts that share a text. */
function saysAll({ source }: Runbook, { title, headingRange }: Section): boolean {
  return (
    /^(?:step |phase )?\d+[.:)]|[.!?:]$/i.test(title) ||
    title.split(/\s+/, 10).length > 8 ||
    alertName(title, 2) !== null ||
    /\]\(|https?:/.test(source.slice(headingRange))
  );
}

/** Right below the title, with nothing between, and no name of a part. */
function isSubtitle({ sections, source }: Runbook, index: number): boolean {
  const [title, section] = sections;
  if (index !== 1 || title?.level !== 1 || section === undefined) return false;
  const between = source.text.slice(title.headingRange.end.offset, section.headingRange.start.offset);
  return /^[\s>]*$/.test(between) && namedParts(section.title).length === 0;
}

/** Empty, or the words that say that it is unwritten; null where there is something. */
function contentOf({ source }: Runbook, { headingRange, range }: Section): string | null {
  let found = '';
  for (let line = headingRange.end.line + 1; line <= range.end.line; line++) {
    const text = source
      .line(line)
      .slice(0, 200)
      .replace(/^[\s>]+/, '')
      .trim();
    if (text === '' || /^(?:[-*_][ \t]*){3,}$/.test(text) || /^<!--.*-->$/.test(text)) continue;
    if (found !== '' || !UNWRITTEN.test(text)) return null;
    found = text;
  }
  return found;
}

const UNWRITTEN =
  /^(?:[-*+] (?:\[ \] )?)?[*_`([<]{0,3}(?:to-?do|tbd|tba|fixme|to be (?:done|written|defined|determined|added|documented|completed|filled in)|coming soon|work in progress|wip|add (?:content|details|text|description) here|(?:please )?fill (?:this )?in|lorem ipsum.*|insert (?:site[- ]specific|your|the|text|content|description)\b.*|…|\.{3})[.:!…]*[*_`)\]>]{0,3}[.:!…]*$/i;
