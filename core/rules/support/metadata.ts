/** What several rules ask about what a document says of itself, and how they add to it. */
import type { MetadataEntry, Runbook } from '../../runbook/types.ts';
import type { Range } from '../../text.ts';
import type { Fix } from '../types.ts';

/** Where a remark about the whole document stands: its first heading, else its first line with something on it. */
export function documentPlace({ source, sections, frontMatter }: Runbook): Range | null {
  const heading = sections.find(({ level }) => level === 1) ?? sections[0];
  if (heading !== undefined) return heading.headingRange;
  const from = frontMatter === null ? 0 : frontMatter.range.end.line + 1;
  for (let line = from; line < source.lineCount; line++)
    if (source.line(line).trim() !== '') return source.lineRange(line, line);
  return frontMatter === null ? null : source.lineRange(0, 0);
}

/** Writes another day over the ISO date of an entry; nothing where the date is written in another way. */
export function dateFix({ source }: Runbook, entry: MetadataEntry, day: string, title: string): Fix[] {
  const written = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/.exec(source.slice(entry.range));
  if (written === null) return [];
  const start = entry.range.start.offset + written.index;
  return [{ title, edits: [{ range: source.range(start, start + 10), newText: day }], preferred: false }];
}

/** Adds a line to the front matter, or below the title in bold; nothing where there is no title to stand below. */
export function addEntry(runbook: Runbook, key: string, words: string, value: string, title: string): Fix[] {
  const { source, frontMatter } = runbook;
  const line = source.text.includes('\r\n') ? '\r\n' : '\n';
  const insert = (at: number, newText: string): Fix[] => [
    { title, edits: [{ range: source.range(at, at), newText }], preferred: false },
  ];
  // A line that waits to be filled in is enough.
  if (source.text.includes(`**${words}**:`) || (frontMatter !== null && key in frontMatter.data)) return [];
  if (frontMatter !== null && frontMatter.error === null)
    return insert(source.lineStart(frontMatter.range.end.line), `${key}: ${value}${line}`);
  const heading = runbook.sections.find(({ level }) => level === 1);
  if (heading === undefined || /^[ \t]*>/.test(source.line(heading.headingRange.start.line))) return [];
  return insert(heading.headingRange.end.offset, `${line}${line}**${words}**: ${value}`);
}
