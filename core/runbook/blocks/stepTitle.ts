/** What a person would call a block: the words right above it say more than the heading that several blocks share. */
import type { SourceText } from '../../text.ts';
import { plainText } from '../markdown/inline.ts';

/** A longer lead is prose, not a name. */
const LONGEST = 80;
/** A list marker, and the rest of its line. */
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$/;
/** A line that begins with bold words. */
const BOLD = /^\s*(?:\*\*|__)(.+?)(?:\*\*|__)/;

/**
 * The bold words, or the list item, that lead up to a fence: `1. **Restart the service.** Takes a second.` → `Restart the
 * service`. Null where the paragraph above is plain prose, a heading or another block; then the heading has to do.
 *
 * @param fenceLine 0-based line of the opening fence.
 */
export function leadOf(source: SourceText, fenceLine: number): string | null {
  let line = fenceLine - 1;
  while (line >= 0 && source.line(line).trim() === '') line--;
  // A paragraph is short where it names a step; far more than that is looked at by nobody.
  for (let steps = 0; line >= 0 && steps < 6; line--, steps++) {
    const text = source.line(line);
    if (text.trim() === '' || /^\s*(```|~~~|#{1,6}\s|\||>)/.test(text)) return null;
    const item = ITEM.exec(text)?.[1];
    const lead = BOLD.exec(item ?? text)?.[1] ?? (item === undefined ? undefined : firstSentence(item));
    if (lead !== undefined) return tidy(lead);
  }
  return null;
}

/** A plain line that ends in a colon right above a fence: `The output looks like this:`. Null where there is none. */
export function labelAbove(source: SourceText, fenceLine: number): string | null {
  let line = fenceLine - 1;
  if (line >= 0 && source.line(line).trim() === '') line--;
  const text = line < 0 ? '' : source.line(line).trim();
  if (!text.endsWith(':') || text.length > LONGEST * 2 || /^(?:`{3}|~{3}|#{1,6}\s|\||>)/.test(text))
    return null;
  return tidy(text);
}

function firstSentence(text: string): string {
  return /^(.*?[^\d\s])[.:](?:\s|$)/.exec(text)?.[1] ?? text;
}

function tidy(lead: string): string | null {
  const text = plainText(lead)
    .replace(/[\s.:]+$/, '')
    .trim();
  return text === '' || text.length > LONGEST ? null : text;
}
