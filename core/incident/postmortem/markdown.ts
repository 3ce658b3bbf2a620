/** Facts as Markdown that says just that: nothing in them can become a heading, a link, HTML or a mention. */
import { oneLine } from '../log/clean.ts';

/** Longest text of one fact; the whole stands in the log. */
const FACT_LENGTH = 600;

/**
 * Text as one line of inert Markdown. Marks are escaped with backslashes, `<` and `&` as entities, and a zero-width
 * space after `@` keeps forges from notifying whoever has that name.
 */
export function inert(text: string): string {
  return oneLine(text, FACT_LENGTH)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*[\]~]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/(^|[^\w])@(?=[\w-])/g, '$1@\u200b')
    .replace(/^(?:[-+>#=]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

/** Text as inline code, its line ends and unseen characters removed. Empty text stays empty. */
export function code(text: string): string {
  const line = oneLine(text, FACT_LENGTH);
  if (line === '') return '';
  const ticks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** Finished Markdown as the content of a table cell: pipes must be escaped even inside code. */
export function cell(markdown: string): string {
  return markdown.replace(/\\?\|/g, '\\|').replace(/\n/g, ' ');
}

/** Text in a fence that is longer than any in it. */
export function fence(text: string, language = 'text'): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text.replace(/\n+$/, '')}\n${ticks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}

/** ` <!-- event 01J… -->`, or nothing without events. */
export function trace(events: readonly string[]): string {
  const ids = [...new Set(events)].filter((id) => /^[0-9A-Z]{26}$/.test(id));
  return ids.length === 0 ? '' : ` <!-- event ${ids.join(', ')} -->`;
}

/**
 * What a person must write, as a visible prompt on one line. A sample from a template stands in it as inline code, so
 * that it reads as an example and as nothing else.
 */
export function prompt(question: string, sample: string | null): string {
  const shown = sample === null ? '' : code(sample);
  return `> TODO(author): ${question}${shown === '' ? '' : ` Example from the template: ${shown}`}`;
}
