/**
 * Positions in a text. Core has its own so that it depends on no editor and no protocol.
 * Offsets and columns count UTF-16 code units, as JavaScript strings and the language server protocol do.
 */

/** A place in a text: `offset` from the start, `line` and `character` 0-based. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

/** A stretch of a text; `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where lines start in a text without CR: a search is much faster than a look at each character. */
function feedLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function anyLineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The offset of the next LF from an offset on; the length of the text where there is none. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A text with its line index. Lines end at LF, CRLF or a lone CR, as CommonMark defines them. */
export class SourceText {
  readonly text: string;
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#lineStarts = text.includes('\r') ? anyLineStarts(text) : feedLineStarts(text);
  }

  /** Number of lines; a trailing line break opens one more, empty line. */
  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** Offset at which a 0-based line starts; past the last line, the length of the text. */
  lineStart(line: number): number {
    if (line < 0) return 0;
    return this.#lineStarts[line] ?? this.text.length;
  }

  /** Offset at which a 0-based line ends, before its line break. */
  lineEnd(line: number): number {
    let end = this.lineStart(line + 1);
    if (line + 1 < this.lineCount) {
      end--;
      if (this.text.charCodeAt(end) === 10 && this.text.charCodeAt(end - 1) === 13) end--;
    }
    return end;
  }

  /** The text of a 0-based line without its line break. */
  line(line: number): string {
    return this.text.slice(this.lineStart(line), this.lineEnd(line));
  }

  /** The position of an offset; offsets outside the text are clamped. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { offset: clamped, line: low, character: clamped - (this.#lineStarts[low] ?? 0) };
  }

  /** The offset of a 0-based line and character; a character past the line's end is clamped to it. */
  offsetAt(line: number, character: number): number {
    return Math.min(this.lineStart(line) + Math.max(0, character), this.lineEnd(line));
  }

  /** The range between two offsets. */
  range(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** The range of whole lines, 0-based and inclusive, without the last line break. */
  lineRange(first: number, last: number): Range {
    const lines = this.lineCount;
    if (first < 0 || last >= lines || first > last)
      return this.range(this.lineStart(first), this.lineEnd(last));
    const end = this.lineEnd(last);
    return {
      start: { offset: this.lineStart(first), line: first, character: 0 },
      end: { offset: end, line: last, character: end - this.lineStart(last) },
    };
  }

  /** The text in a range. */
  slice(range: Range): string {
    return this.text.slice(range.start.offset, range.end.offset);
  }
}
