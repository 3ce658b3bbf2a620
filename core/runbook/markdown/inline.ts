/** Inline Markdown, read on demand: plain text of a heading, an item or a cell, and the links in a paragraph. */
import MarkdownIt from 'markdown-it';
import { boundedCache } from '../lazy.ts';

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parseInline']>[number];

const md = new MarkdownIt({ html: true, linkify: false, typographer: false });
const plainTexts = boundedCache<string>(20_000, 2_000_000);

/** The text a reader sees: marks, tags and link targets gone, emoji and entities kept as characters. */
export function plainText(inline: string, env?: { readonly references?: object }): string {
  if (!/[*_`[\]<&\\~!\n]/.test(inline)) return inline.trim();
  // Only reference links need the document's definitions; everything else can be shared between documents.
  if (env?.references !== undefined && /\]\[|\[[^\]]+\](?!\()/.test(inline)) return render(inline, env);
  return plainTexts.get(inline, (inline) => render(inline, {}));
}

function render(inline: string, env: object): string {
  const tokens = md.parseInline(inline, { ...env })[0]?.children ?? [];
  return join(tokens).trim();
}

function join(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) {
    if (token.type === 'image') text += join(token.children ?? []);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += ' ';
    else if (token.type === 'html_inline') text += /^<br\b/i.test(token.content) ? ' ' : '';
    else text += token.content;
  }
  return text;
}

/** A link in inline source, by offsets into it. */
export interface InlineLink {
  readonly target: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const AUTOLINK = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>/iy;
const HTML_TAG = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?>/iy;
const HTML_TARGET = /\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;

/** Inline links, images, autolinks and the targets of `<a href>` and `<img src>` from an offset on, code spans left out. */
export function inlineLinks(inline: string, from = 0): InlineLink[] {
  if (!/\]\(|</.test(inline)) return [];
  const links: InlineLink[] = [];
  const open: number[] = [];
  const closers = backtickRuns(inline);
  for (let i = from; i < inline.length; i++) {
    const char = inline[i];
    if (char === '\\') i++;
    else if (char === '`') i = closers.skip(i) - 1;
    else if (char === '<') i = angle(inline, i, links) - 1;
    else if (char === '[') open.push(i);
    else if (char === ']') {
      const opener = open.pop();
      if (opener === undefined || inline[i + 1] !== '(') continue;
      const link = destination(inline, i + 2);
      if (link === null) continue;
      links.push({
        target: link.target,
        text: plainText(inline.slice(opener + 1, i)),
        start: link.start,
        end: link.end,
      });
      i = link.end - 1;
    }
  }
  return links.sort((a, b) => a.start - b.start);
}

/** Reads `(destination` up to, not including, a title. */
function destination(inline: string, from: number): { target: string; start: number; end: number } | null {
  let start = from;
  while (inline[start] === ' ' || inline[start] === '\n' || inline[start] === '\t') start++;
  const parsed = md.helpers.parseLinkDestination(inline, start, inline.length);
  if (!parsed.ok || parsed.pos === start) return null;
  const bracketed = inline[start] === '<';
  const begin = bracketed ? start + 1 : start;
  const end = bracketed ? parsed.pos - 1 : parsed.pos;
  let after = parsed.pos;
  while (inline[after] === ' ' || inline[after] === '\n' || inline[after] === '\t') after++;
  if (after < inline.length && !/["'()]/.test(inline[after] ?? '')) return null;
  return { target: inline.slice(begin, end), start: begin, end };
}

/** Handles what begins with `<`: returns the offset after it. */
function angle(inline: string, at: number, links: InlineLink[]): number {
  AUTOLINK.lastIndex = at;
  const auto = AUTOLINK.exec(inline);
  if (auto?.[1] !== undefined) {
    links.push({ target: auto[1], text: auto[1], start: at + 1, end: at + 1 + auto[1].length });
    return at + auto[0].length;
  }
  HTML_TAG.lastIndex = at;
  const tag = HTML_TAG.exec(inline);
  if (tag === null) return at + 1;
  if (/^<(?:a|img)\s/i.test(tag[0])) htmlTargets(tag[0], at, links);
  return at + tag[0].length;
}

/** The `href` and `src` values in HTML that stands at an offset. */
export function htmlTargets(html: string, at: number, links: InlineLink[]): void {
  for (const match of html.matchAll(HTML_TARGET)) {
    const target = match[1] ?? match[2] ?? '';
    if (target === '') continue;
    const start = at + match.index + match[0].length - 1 - target.length;
    links.push({ target, text: '', start, end: start + target.length });
  }
}

/** Finds the end of a code span in constant time a span: positions of backtick runs, by length. */
function backtickRuns(inline: string): { skip(at: number): number } {
  const runs = new Map<number, number[]>();
  for (const match of inline.matchAll(/`+/g)) {
    const list = runs.get(match[0].length);
    if (list === undefined) runs.set(match[0].length, [match.index]);
    else list.push(match.index);
  }
  const cursors = new Map<number, number>();
  return {
    skip(at) {
      let length = 0;
      while (inline[at + length] === '`') length++;
      const list = runs.get(length) ?? [];
      let cursor = cursors.get(length) ?? 0;
      while ((list[cursor] ?? Number.POSITIVE_INFINITY) <= at) cursor++;
      cursors.set(length, cursor);
      const close = list[cursor];
      return close === undefined ? at + length : close + length;
    },
  };
}
