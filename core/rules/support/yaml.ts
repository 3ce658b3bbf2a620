/** What is wrong with a YAML text, in words. */
import type { YAMLParseError } from 'yaml';

/** Where a reader should look: an open quote is noticed at the end of the text only, and lies where the last quote is. */
function placeOf(error: YAMLParseError, text: string): number {
  const quote = /closing (["'])/.exec(error.message)?.[1];
  if (quote === undefined) return error.pos[0];
  return Math.max(0, text.lastIndexOf(quote, error.pos[0]));
}

/**
 * The line that a fault is about, without its indent and the blanks at its end.
 *
 * @param read What the parser was given, where that is not the content itself; of the same length.
 */
export function faultLine(
  error: YAMLParseError,
  content: string,
  read: string = content,
): { start: number; end: number } {
  const offset = placeOf(error, read);
  // A blank line has nothing to underline: take the last one before it that has.
  const at = Math.max(0, Math.min(offset, content.slice(0, offset + 1).trimEnd().length - 1));
  const lineStart = content.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = content.indexOf('\n', at);
  const line = content.slice(lineStart, lineEnd < 0 ? content.length : lineEnd);
  const start = lineStart + (line.length - line.trimStart().length);
  return { start, end: Math.max(start, lineStart + line.trimEnd().length) };
}

/** A fault in words, with the way out where it is a common one; ends with a full stop. */
export function explainYaml(error: YAMLParseError, line: string): string {
  if (error.code === 'DUPLICATE_KEY')
    return 'a key stands twice in one mapping, and only one of the two would count.';
  if (error.code === 'TAB_AS_INDENT') return 'a tab is used as indentation. Use spaces.';
  if (/closing ["']/.test(error.message)) return 'a quote is opened here and never closed.';
  if (/:\s+[>|]/.test(line))
    return 'a value that begins with `>` or `|` starts a block. Put the value in quotes.';
  if (/:\s+[`@%]/.test(line))
    return 'a value cannot begin with `@`, `%` or a back quote. Put the value in quotes.';
  if (/:\s+\S.*:\s/.test(line) && !/["']/.test(line))
    return 'the value holds `: `, which starts another mapping. Put the value in quotes.';
  if (
    !/:(?:\s|$)|^-\s|^[\]}]/.test(line) &&
    /UNEXPECTED_TOKEN|MISSING_CHAR|MULTILINE_IMPLICIT_KEY/.test(error.code)
  )
    return 'this line is neither `key: value` nor `- item`. Is it really YAML?';
  const text = error.message.replace(/\s+at line \d+.*$/s, '').replace(/[.:\s]+$/, '');
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}.`;
}
