/** A template cut into the parts that are filled one by one. Line by line, so that what is kept is kept as written. */

export type Block =
  | { readonly kind: 'blank' }
  | { readonly kind: 'rule'; readonly raw: string }
  | {
      readonly kind: 'heading';
      /** Up to the text: `## `; empty for a heading that is underlined. */
      readonly open: string;
      readonly text: string;
      /** `===` or `---` under the text, else null. */
      readonly underline: string | null;
    }
  | {
      readonly kind: 'item';
      readonly indent: number;
      /** Indent, marker, space and check box: `  - [ ] `. */
      readonly marker: string;
      readonly checkbox: boolean;
      /** The item's first line and what continues it, on one line. */
      readonly text: string;
    }
  | {
      readonly kind: 'table';
      /** Header and delimiter row as written. */
      readonly head: readonly string[];
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly rawRows: readonly string[];
    }
  | {
      /** Prose, a quotation, a fence or a comment: `text` on one line. */
      readonly kind: 'prose';
      readonly text: string;
      readonly indent: number;
    }
  /** `key: value` of a front matter. */
  | { readonly kind: 'meta'; readonly key: string; readonly value: string }
  | { readonly kind: 'metaRule' };

const ITEM = /^(\s*)([-*+•]|\d{1,9}[.)])(\s+|$)(\[[ xX]?\]\s+|[☐☑□]\s*)?(.*)$/;
const FENCE = /^\s*(`{3,}|~{3,})/;
const RULE = /^ {0,3}([-*_])\s*(?:\1\s*){2,}$/;

/** Cuts a template into blocks. Linear in its length; anything unknown is prose. */
export function blocksOf(template: string): Block[] {
  const lines = template.split(/\r\n?|\n/);
  const blocks: Block[] = [];
  let at = frontMatter(lines, blocks);
  while (at < lines.length) at = take(lines, at, blocks);
  return blocks;
}

function frontMatter(lines: readonly string[], blocks: Block[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end <= 1 || !lines.slice(1, end).every((line) => /^\s*$|^\s*#|^\s+|^- |^[\w .-]+:/.test(line)))
    return 0;
  blocks.push({ kind: 'metaRule' });
  for (const line of lines.slice(1, end)) {
    const match = /^([\w .-]+):\s*(.*)$/.exec(line);
    if (match !== null) blocks.push({ kind: 'meta', key: match[1] ?? '', value: match[2] ?? '' });
  }
  blocks.push({ kind: 'metaRule' });
  return end + 1;
}

/** Reads one block that begins at line `at`; returns the line after it. */
function take(lines: readonly string[], at: number, blocks: Block[]): number {
  const line = lines[at] ?? '';
  if (line.trim() === '') {
    blocks.push({ kind: 'blank' });
    return at + 1;
  }
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) {
    let end = at + 1;
    while (end < lines.length && !(lines[end] ?? '').trim().startsWith(fence)) end++;
    return prose(lines, at + 1, end, end + 1, line, blocks);
  }
  if (line.trimStart().startsWith('<!--')) {
    let end = at;
    while (end < lines.length - 1 && !(lines[end] ?? '').includes('-->')) end++;
    const text = lines
      .slice(at, end + 1)
      .join(' ')
      .replace('<!--', '')
      .replace('-->', '')
      .replace(/\s+/g, ' ')
      .trim();
    blocks.push({ kind: 'prose', text, indent: 0 });
    return end + 1;
  }
  const hashes = /^ {0,3}#{1,6}(?=\s)/.exec(line)?.[0];
  if (hashes !== undefined) {
    const text = line.slice(hashes.length).trim();
    // Closing hashes are decoration: `## Summary ##`.
    const closed = text.endsWith('#') ? text.slice(0, lastNot(text, '#') + 1) : text;
    const kept = closed === '' || /\s$/.test(closed) ? closed.trimEnd() : text;
    blocks.push({ kind: 'heading', open: `${hashes} `, text: kept, underline: null });
    return at + 1;
  }
  if (RULE.test(line)) {
    blocks.push({ kind: 'rule', raw: line });
    return at + 1;
  }
  const next = lines[at + 1];
  if (next !== undefined && line.includes('|') && isDelimiter(next)) return table(lines, at, blocks);
  const item = ITEM.exec(line);
  if (item !== null) return listItem(lines, at, item, blocks);
  if (next !== undefined && /^ {0,3}(=+|-{2,})\s*$/.test(next)) {
    blocks.push({ kind: 'heading', open: '', text: line.trim(), underline: next });
    return at + 2;
  }
  let end = at + 1;
  // Fields stand one a line and are looked at one by one; other prose is one paragraph.
  while (!isFieldLike(line) && end < lines.length && !isFieldLike(lines[end] ?? '') && continues(lines, end))
    end++;
  return prose(lines, at, end, end, line, blocks);
}

function prose(
  lines: readonly string[],
  from: number,
  to: number,
  next: number,
  first: string,
  blocks: Block[],
): number {
  const text = lines
    .slice(from, to)
    .map((line) => line.replace(/^\s*>\s?/, '').trim())
    .filter((line) => line !== '')
    .join(' ');
  blocks.push({ kind: 'prose', text, indent: first.length - first.trimStart().length });
  return next;
}

function listItem(lines: readonly string[], at: number, match: RegExpExecArray, blocks: Block[]): number {
  const [, indent = '', marker = '', space = '', checkbox = '', text = ''] = match;
  const parts = [text.trim()];
  let end = at + 1;
  while (end < lines.length && continues(lines, end)) {
    parts.push((lines[end] ?? '').trim());
    end++;
  }
  blocks.push({
    kind: 'item',
    indent: indent.length,
    marker: `${indent}${marker}${space === '' ? ' ' : space}${checkbox === '' ? '' : checkbox.replace(/[xX☑]/, (mark) => (mark === '☑' ? '☐' : ' '))}`,
    checkbox: checkbox !== '',
    text: parts.join(' '),
  });
  return end;
}

/** Whether a line goes on with the paragraph above it. */
function continues(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.trim() === '' || FENCE.test(line) || RULE.test(line) || ITEM.test(line)) return false;
  if (/^ {0,3}#{1,6}\s/.test(line) || line.trimStart().startsWith('<!--')) return false;
  const next = lines[at + 1] ?? '';
  return !(line.includes('|') && isDelimiter(next));
}

function isFieldLike(line: string): boolean {
  return /^\s*(\*\*|__)[^*_]+(\*\*|__)|^\s*[A-Z][\w '()/&-]{0,40}:(\s|$)/.test(line);
}

function table(lines: readonly string[], at: number, blocks: Block[]): number {
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && (lines[end] ?? '').includes('|')) end++;
  const rawRows = lines.slice(at + 2, end);
  blocks.push({
    kind: 'table',
    head: lines.slice(at, at + 2),
    header: cellsOf(lines[at] ?? '').map(plainText),
    rows: rawRows.map(cellsOf),
    rawRows,
  });
  return end;
}

/** `| --- | :-: |`, as CommonMark's table extension writes it. */
function isDelimiter(line: string): boolean {
  return line.includes('-') && cellsOf(line).every((text) => /^:?-+:?$/.test(text));
}

/** Index of the last character that is not `char`, or -1. */
function lastNot(text: string, char: string): number {
  let at = text.length - 1;
  while (at >= 0 && text[at] === char) at--;
  return at;
}

/** The cells of a table row, as written. */
export function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((text) => text.trim());
}

/** Text without the marks of emphasis and code. */
export function plainText(text: string): string {
  return text.replace(/\*\*|__|[*`]/g, '').trim();
}
