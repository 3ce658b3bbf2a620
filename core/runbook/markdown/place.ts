/** Places: from offsets in the parser's dedented text to offsets in the untouched source. */
import type { SourceText } from '../../text.ts';

/** Maps offsets of one text to another. */
export type OffsetMap = (offset: number) => number;

/**
 * Maps a fence's content to its source. The parser strips indentation and quote marks from the start of each line and
 * nothing from its end, so a line's column is the difference of the lengths. Where a tab was split into spaces the content
 * line can be longer than its source; those spaces map to where the line's text begins.
 */
export function contentMap(source: SourceText, content: string, firstLine: number): OffsetMap {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(content);
    const clamped = Math.max(0, Math.min(offset, content.length));
    const index = lineIndex(starts, clamped);
    const start = starts[index] ?? 0;
    const end = (starts[index + 1] ?? content.length + 1) - 1;
    const sourceStart = source.lineStart(firstLine + index);
    const stripped = source.lineEnd(firstLine + index) - sourceStart - (end - start);
    return sourceStart + Math.max(0, stripped + clamped - start);
  };
}

/** Maps the inline source of a paragraph or heading to the document: a line of it is found in its source line. */
export function inlineMap(source: SourceText, content: string, firstLine: number): OffsetMap {
  const starts = lineStarts(content);
  return (offset) => {
    const index = lineIndex(starts, offset);
    const start = starts[index] ?? 0;
    const text = content.slice(start, (starts[index + 1] ?? content.length + 1) - 1);
    // The parser splits tabs into spaces at the start of a line and replaces NUL.
    const found = text.trimStart();
    const line = source.line(firstLine + index).replaceAll('\0', '\ufffd');
    const column = line.lastIndexOf(found) - (text.length - found.length);
    return source.lineStart(firstLine + index) + Math.max(0, column + offset - start);
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
