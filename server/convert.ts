/** From core's positions to the protocol's. Both count UTF-16 code units from 0, so only the offset is dropped. */
import type { Range as LspRange } from 'vscode-languageserver';
import type { Range } from '../core/text.ts';

export function toLspRange(range: Range): LspRange {
  return {
    start: { line: range.start.line, character: range.start.character },
    end: { line: range.end.line, character: range.end.character },
  };
}

/** Whether a range holds a position; its end counts, as a cursor may stand there. */
export function contains(range: Range, position: { line: number; character: number }): boolean {
  const { start, end } = range;
  if (position.line < start.line || position.line > end.line) return false;
  if (position.line === start.line && position.character < start.character) return false;
  return !(position.line === end.line && position.character > end.character);
}
