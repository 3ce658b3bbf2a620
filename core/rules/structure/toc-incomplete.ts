import { says } from '../../runbook/facts/words.ts';
import type { Link, Runbook, Section } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { localTarget } from '../support/links.ts';
import type { Fix, Report, Rule, TextEdit } from '../types.ts';

/** A table of contents that leaves out a section. */
export const tocIncomplete: Rule = {
  id: 'structure/toc-incomplete',
  title: 'The table of contents leaves out a section',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a table of contents that links nearly all sections of one level and leaves out at most a third of them. Sections above the table, and what stands behind a runbook (references, related documents), are not asked for. A table that lists only some of the sections is fine. Only in documents that are plainly runbooks.',
    why: 'In an incident the table is searched, not the text. What it leaves out is taken for something that the runbook has not.',
    wrong:
      '## Contents\n\n- [Symptoms](#symptoms)\n- [Diagnosis](#diagnosis)\n- [Restart](#restart)\n\n## Symptoms\n\nSlow.\n\n## Diagnosis\n\nLook.\n\n## Restart\n\nDo.\n\n## Roll back\n\nUndo.',
    right:
      '## Contents\n\n- [Symptoms](#symptoms)\n- [Diagnosis](#diagnosis)\n- [Restart](#restart)\n- [Roll back](#roll-back)\n\n## Symptoms\n\nSlow.\n\n## Diagnosis\n\nLook.\n\n## Restart\n\nDo.\n\n## Roll back\n\nUndo.',
  },
  *check({ runbook }): Iterable<Report> {
    const { sections } = runbook;
    const index = sections.findIndex(({ title }) => CONTENTS.test(title.slice(0, 80)));
    const contents = sections[index];
    if (contents === undefined) return;
    const entries = entriesOf(runbook, contents);
    if (entries.length < MIN_ENTRIES) return;
    // A table in one part of a document is about that part.
    const last =
      (contents.parent === null ? undefined : sections[contents.parent])?.range.end.line ??
      runbook.source.lineCount;
    const anchors = new Set(entries.map(({ anchor }) => anchor));
    const words = new Set(entries.map(({ link }) => bare(link.text)));
    // Dead links into the document are another rule's: an entry with the words of a heading means it.
    const isListed = ({ slug, title }: Section) => anchors.has(slug) || words.has(bare(title));
    for (const level of [contents.level, contents.level + 1]) {
      const asked = sections.filter(
        (section, at) =>
          at > index &&
          section.level === level &&
          section.title !== '' &&
          section.parent !== index &&
          section.range.start.line <= last,
      );
      const missing = asked.filter((section) => !isListed(section) && !says(section.title, BACK_MATTER));
      const listed = asked.length - missing.length;
      if (missing.length === 0 || listed < MIN_ENTRIES || missing.length * 3 > asked.length) continue;
      yield {
        range: contents.headingRange,
        message: `The table of contents leaves out ${listing(missing)}. Add ${missing.length === 1 ? 'it' : 'them'}.`,
        fixes: added(runbook, asked, missing, entries),
      };
      return;
    }
  },
};

const CONTENTS = /^\W*(?:table of contents|contents|toc)\W*$/i;
/** What stands behind the runbook itself, and is left out on purpose as often as not. */
const BACK_MATTER =
  /^(?:related\b.*|references?|resources|additional resources|see also|further reading|links|useful links|getting (?:more )?help|support|change ?log|licen[cs]e|revision history|version history|document (?:history|control|information)|acknowledge?ments|feedback|notes|next steps)$/i;
const MIN_ENTRIES = 3;

interface Entry {
  readonly link: Link;
  readonly anchor: string;
}

/** The links into the document below the heading. */
function entriesOf(runbook: Runbook, contents: Section): Entry[] {
  return runbook.links.flatMap((link) => {
    const { line } = link.range.start;
    if (line <= contents.headingRange.end.line || line > contents.range.end.line) return [];
    const target = localTarget(link);
    return target !== null && target.path === '' && target.anchor !== null
      ? [{ link, anchor: target.anchor }]
      : [];
  });
}

function bare(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^\d+/, '')
    .toLowerCase();
}

function listing(sections: readonly Section[]): string {
  const names = sections.slice(0, 3).map(({ title }) => `“${excerpt(title, 40)}”`);
  const more = sections.length - names.length;
  if (more > 0) return `${names.join(', ')} and ${more} more`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Lines in the form of the entry before, where that is a plain item of a list; the numbers behind it count on. */
function added(
  { source }: Runbook,
  asked: readonly Section[],
  missing: readonly Section[],
  entries: readonly Entry[],
): Fix[] {
  const end = source.text.includes('\r\n') ? '\r\n' : '\n';
  const places = new Map(entries.map(({ anchor, link }) => [anchor, link.range.start.line]));
  const unlisted = new Set(missing);
  const inserts = new Map<number, string>();
  const edits: TextEdit[] = [];
  let before: Item | null = null;
  let more = 0;
  for (const section of asked) {
    const place = places.get(section.slug);
    if (place !== undefined) {
      const item = itemAt(place);
      if (item === null || (before !== null && (item.line <= before.line || item.ordered !== before.ordered)))
        return [];
      if (item.ordered && item.number !== (before?.number ?? 0) + 1) return [];
      if (item.ordered && more > 0) {
        const start = source.lineStart(item.line) + item.indent.length;
        const range = source.range(start, start + String(item.number).length);
        edits.push({ range, newText: String(item.number + more) });
      }
      before = item;
    } else if (unlisted.has(section)) {
      if (before === null) return [];
      more++;
      const at = source.lineEnd(lastOf(before));
      const mark = before.ordered ? `${before.number + more}${before.mark}` : before.mark;
      const title = section.title.replace(/[[\]]/g, '');
      inserts.set(at, `${inserts.get(at) ?? ''}${end}${before.indent}${mark}[${title}](#${section.slug})`);
    }
  }
  for (const [at, newText] of inserts) edits.push({ range: source.range(at, at), newText });
  return [{ title: 'Add what is missing', edits, preferred: true }];

  function itemAt(line: number): Item | null {
    const match = /^([ \t]*)(?:([-*+] +)|(\d{1,4})([.)] +))\[/.exec(source.line(line).slice(0, 200));
    if (match === null) return null;
    const [, indent = '', bullet, number, mark = ''] = match;
    return { line, indent, ordered: bullet === undefined, number: Number(number ?? 0), mark: bullet ?? mark };
  }

  /** Entries that are indented below one belong to it. */
  function lastOf({ line, indent }: Item): number {
    let last = line;
    for (; last + 1 < source.lineCount; last++) {
      const text = source.line(last + 1).slice(0, 200);
      if (text.trim() === '' || text.length - text.trimStart().length <= indent.length) break;
    }
    return last;
  }
}

interface Item {
  readonly line: number;
  readonly indent: string;
  readonly ordered: boolean;
  readonly number: number;
  /** What stands behind the number, or the bullet. */
  readonly mark: string;
}
