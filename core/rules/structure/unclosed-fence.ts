import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { blocksOf, contentRange, fenceLine, openingFence } from '../support/blocks.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** A fence that takes in what does not belong to it. */
export const unclosedFence: Rule = {
  id: 'structure/unclosed-fence',
  title: 'A fence is not closed',
  severity: 'error',
  docs: {
    what: 'Reports a block whose fence is never closed, so that all that follows is taken for its content, and one that is still open where the next fence begins. It is a warning where nothing follows but what the block may well hold.',
    why: 'What is swallowed is no longer read as text: headings and steps disappear from the page, and prose is run as commands.',
    wrong: '```bash\nsystemctl restart web\n\n## Verify\n\nThe page loads again.',
    right: '```bash\nsystemctl restart web\n```\n\n## Verify\n\nThe page loads again.',
    source:
      'CommonMark 0.31, 4.5: a fence without a closing one ends with the document, list item or quote around it.',
  },
  *check({ runbook }): Iterable<Report> {
    if (runbook.format !== 'markdown') return;
    /** Lines of closing fences that stand too far to the left, and open a block of their own. */
    const stray = new Set<number>();
    for (const block of blocksOf(runbook)) {
      if (stray.has(block.range.start.line)) continue;
      // Most blocks are closed and have no marks of a fence in them.
      if (block.closed && !block.content.includes('```') && !block.content.includes('~~~')) continue;
      const marks = marksOf(runbook, block);
      if (marks === null) continue;
      const report = block.closed
        ? stillOpen(runbook, block, marks)
        : neverClosed(runbook, block, marks, stray);
      if (report !== null) yield report;
    }
  },
};

/** The backticks or tildes of the opening fence. */
function marksOf(runbook: Runbook, block: BlockStep): string | null {
  const fence = openingFence(runbook, block);
  if (fence === null) return null;
  const { source } = runbook;
  const before = source.text.slice(source.lineStart(block.range.start.line), fence.afterMarks);
  return before.slice(before.search(/(?:`|~)+$/));
}

function neverClosed(runbook: Runbook, block: BlockStep, marks: string, stray: Set<number>): Report {
  const { source } = runbook;
  const range = fenceLine(runbook, block);
  const last = block.range.end.line;
  const next = last + 1 < source.lineCount ? source.line(last + 1) : '';
  const content = block.content.trimEnd();
  const column = indentOf(source.line(block.range.start.line));
  if (content !== '' && block.listDepth > 0 && next.trim() === marks && indentOf(next) < column) {
    stray.add(last + 1);
    const start = source.lineStart(last + 1);
    return {
      range,
      message: `The closing fence on line ${last + 2} stands left of the list item that this block belongs to, so it opens another block. Indent it as far as this line.`,
      fixes: fixOf('Indent the closing fence', start, start, ' '.repeat(column - indentOf(next)), runbook),
    };
  }
  const short = shortClosing(block, marks);
  if (short !== null) {
    const place = contentRange(runbook, block, short.start, short.end);
    return {
      range,
      message: `This fence is not closed on line ${place.start.line + 1}: ${marks} is needed there, as here. All down to line ${lastLine(runbook, block)} is taken for its content.`,
      fixes: fixOf('Complete the closing fence', place.start.offset, place.end.offset, marks, runbook),
    };
  }
  if (!takesIn(block, content))
    return {
      range,
      severity: 'warning',
      message: `This fence is never closed. Put ${marks} on a line of its own below the block.`,
    };
  return {
    range,
    message: `This fence is never closed, so all down to line ${lastLine(runbook, block)} is taken for its content. Put ${marks} on a line of its own where the block ends.`,
  };
}

/** Whether Markdown or prose stands below a blank line of the content: what a program would hardly have. */
function takesIn({ language }: BlockStep, content: string): boolean {
  const blank = /\n[ \t]*\n/.exec(content);
  if (blank === null) return false;
  const plain = language === null || /^(?:te?xt|plain(?:text)?|markdown|md)$/i.test(language);
  return content
    .slice(blank.index)
    .split('\n')
    .some(
      (line) => MARKDOWN.test(line.slice(0, 2000)) || (!plain && PROSE.test(line.slice(0, 400).trimEnd())),
    );
}

/** A heading below the title, a fence, a row of a table, a line in bold, a link at the start. */
const MARKDOWN = /^[ ]{0,3}(?:#{2,6} \S|(?:```|~~~)|\|.*\|[ \t]*$|\*\*[^*\s]|\[[^\][]+\]\([^()\s]+\))/;
/** A sentence: `The page loads again.`, `2. Look at the log.` */
const PROSE = /^[ ]{0,3}(?:\d+\. |[-*] )?[A-Z][\w’'-]*(?:,? [\w’'`/-]+){2,}[.:?]$/;

/** The last line, counted from 1, on which something stands. */
function lastLine(runbook: Runbook, block: BlockStep): number {
  const { length } = block.content.trimEnd();
  return length === 0
    ? block.range.start.line + 1
    : contentRange(runbook, block, length - 1, length).start.line + 1;
}

/** The one line with marks of the same kind, but too few of them: offsets into the content. Two may be a fence inside. */
function shortClosing(block: BlockStep, marks: string): { start: number; end: number } | null {
  let found: { start: number; end: number } | null = null;
  let at = 0;
  for (const line of block.content.split('\n')) {
    const text = line.trim();
    const start = at + line.length - line.trimStart().length;
    if (text !== '' && text.length < marks.length && marks.startsWith(text)) {
      if (found !== null) return null;
      found = { start, end: start + text.length };
    } else if (found === null && text.startsWith(marks.slice(0, 3))) return null;
    at += line.length + 1;
  }
  return found;
}

/** A closed block in which another fence begins with at least as many marks: it was closed by that one's end. */
function stillOpen(runbook: Runbook, block: BlockStep, marks: string): Report | null {
  if (!block.content.includes(marks)) return null;
  let at = 0;
  for (const line of block.content.split('\n')) {
    const text = line.trimStart();
    const start = at + line.length - text.length;
    if (line.length - text.length < 4 && text.startsWith(marks) && /^[`~]+[ \t]*[\w{][^`]*$/.test(text)) {
      const inner = contentRange(runbook, block, start, start + 1).start.line + 1;
      return {
        range: fenceLine(runbook, block),
        message: `This fence is still open where another begins on line ${inner}. Close it before that line; if one is meant to stand in the other, give the outer one more marks.`,
      };
    }
    at += line.length + 1;
  }
  return null;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function fixOf(title: string, start: number, end: number, newText: string, { source }: Runbook): Fix[] {
  return [{ title, edits: [{ range: source.range(start, end), newText }], preferred: true }];
}
