/**
 * The block structure of a Markdown document, by markdown-it without its inline pass: headings, fences, list items,
 * paragraphs, tables and HTML blocks, each with its source lines. Inline text is read on demand.
 */
import MarkdownIt from 'markdown-it';
import { boundedCache } from '../lazy.ts';
import { type Definition, leadingDefinitions } from './definitions.ts';

/** Lines are 0-based; `end` is exclusive. */
interface Lines {
  readonly first: number;
  readonly end: number;
}

/** `content` is inline source. */
export interface HeadingBlock extends Lines {
  readonly type: 'heading';
  readonly level: number;
  readonly content: string;
}

/** A fenced block. */
export interface FenceBlock extends Lines {
  readonly type: 'fence';
  readonly info: string;
  /** Dedented, LF line ends, without the last line break. */
  readonly content: string;
  /** It has no line at all; one empty line is a line. */
  readonly empty: boolean;
  readonly closed: boolean;
  readonly listDepth: number;
  readonly quoted: boolean;
}

/** A list item, without what is nested in it. */
export interface ItemBlock extends Lines {
  readonly type: 'item';
  /** The number as written, null for a bullet. */
  readonly number: number | null;
  /** Source of its own first paragraph; empty where it has none. */
  readonly content: string;
  /** One number a list, so that neighbours can be told. */
  readonly list: number;
}

/** `content` is inline source. */
export interface ParagraphBlock extends Lines {
  readonly type: 'paragraph';
  readonly content: string;
  /** The same, line by line. */
  readonly contentLines: readonly string[];
  /** Link definitions at its start, and where its own text begins. */
  readonly definitions: readonly Definition[];
  readonly rest: number;
}

/** A table of GFM. */
export interface TableBlock extends Lines {
  readonly type: 'table';
  /** Header first; the delimiter row left out. */
  readonly rows: readonly TableRow[];
}

/** A row by its place; its cells are read in tables.ts. */
export interface TableRow {
  readonly line: number;
  /** Length of the row from its first character to the end of the line. */
  readonly length: number;
  /** Number of cells that GFM gives it: that of the header. */
  readonly cells: number;
}

/** HTML as written. */
export interface HtmlBlock extends Lines {
  readonly type: 'html';
  readonly content: string;
}

/** Whatever a reader of the structure may meet. */
export type Block = HeadingBlock | FenceBlock | ItemBlock | ParagraphBlock | TableBlock | HtmlBlock;

type Token = ReturnType<InstanceType<typeof MarkdownIt>['parse']>[number];
type Ruler = InstanceType<typeof MarkdownIt>['block']['ruler'];
type BlockRule = ReturnType<Ruler['getRules']>[number];

/** The blocks of a document. */
export interface Structure {
  /** In document order. */
  readonly blocks: readonly Block[];
  /** The table of link definitions in markdown-it's form, for reading reference links; left out where there are none. */
  readonly env: { readonly references?: object };
}

const NO_DEFINITIONS: { definitions: readonly Definition[]; rest: number } = { definitions: [], rest: 0 };

/** 300 levels are 100 nested lists and more; the parser recurses, so there is an end to it. */
const md = new MarkdownIt({ html: true, linkify: false, typographer: false, maxNesting: 300 });
md.core.ruler.enableOnly(['normalize', 'block']);
// Definitions are read from whole paragraphs: see definitions.ts.
md.block.ruler.disable('reference');
markTables(md.block.ruler);

/** Puts a function of ours around the rule for tables, which says where each row begins in its line. */
function markTables(ruler: Ruler): void {
  const all = ruler.getRules('');
  ruler.disable('table');
  const others = new Set(ruler.getRules(''));
  const terminators = ruler.getRules('paragraph');
  ruler.enable('table');
  const rule = all.find((candidate) => !others.has(candidate));
  if (rule === undefined)
    throw new Error('markdown-it has no block rule for tables; its version has changed.');
  const marked: BlockRule = (state, first, end, silent) => {
    if (!rule(state, first, end, true)) return false;
    // The rule comes before all others, but a header is a line of a paragraph: what begins another block is none.
    if (terminators.some((other) => other(state, first, end, true))) return false;
    if (silent) return true;
    const at = state.tokens.length;
    rule(state, first, end, false);
    const lengths: number[] = [];
    for (let line = first; line < state.line; line++) {
      lengths.push((state.eMarks[line] ?? 0) - (state.bMarks[line] ?? 0) - (state.tShift[line] ?? 0));
    }
    const open = state.tokens[at];
    if (open !== undefined) open.meta = { lengths };
    return true;
  };
  ruler.at('table', marked, { alt: ['paragraph', 'reference'] });
}

/**
 * Reads the block structure. `text` may have any of the three line ends; line numbers follow them.
 *
 * The text is read in chunks that begin at headings, and each chunk is kept by its text: an edit reads one of them anew.
 */
export function readStructure(text: string): Structure {
  const references: Record<string, { title: string; href: string }> = Object.create(null);
  let defined = false;
  const blocks: Block[] = [];
  let line = 0;
  let lists = 0;
  for (const chunk of chunksOf(text)) {
    for (const block of chunk.blocks) blocks.push(moved(block, line, lists));
    for (const { label, target } of chunk.definitions) {
      references[label] ??= { title: '', href: target };
      defined = true;
    }
    line += chunk.lines;
    lists += chunk.lists;
  }
  return { blocks, env: defined ? { references } : {} };
}

/** A part of a document that begins at its start or at a heading, with lines counted from its own first. */
export interface Chunk {
  readonly blocks: readonly Block[];
  readonly definitions: readonly Definition[];
  readonly lines: number;
  readonly lists: number;
  /** No block of it goes on where it ends: whatever follows can be read by itself. */
  readonly whole: boolean;
  readonly text: string;
  /** What came behind it when it was last read in a document: a guess, which saves the search for its end. */
  next?: Chunk;
}

const chunks = boundedCache<Chunk>(20_000, 8_000_000);

/** An opening fence, or a heading that is nobody's content because it begins its line. */
const MARKS = /^(?: {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)$|#{1,6}(?=[ \t\r\n]))/gm;

/** The same heading, at the start of a text. */
const HEADING = /^#{1,6}(?=[ \t\r\n])/;

/**
 * Cuts where a heading begins a line. Such a line ends every list, quote, paragraph and table; only a fence or HTML that is
 * still open takes it as content, and then the chunk says that it is not whole and goes on to the next cut. So the scan may
 * be wrong about what is a fence: it only saves attempts.
 */
function* chunksOf(text: string): Generator<Chunk> {
  let start = 0;
  let before: Chunk | undefined;
  while (start < text.length) {
    const guess = before?.next;
    const chunk = guess !== undefined && stands(guess, text, start) ? guess : chunkAt(text, start);
    if (before !== undefined && chunk !== guess) before.next = chunk;
    yield chunk;
    start += chunk.text.length;
    before = chunk;
  }
}

/** Whether a chunk's text stands here and ends where a chunk may: to compare is far cheaper than to look for its end. */
function stands({ text: part, whole }: Chunk, text: string, start: number): boolean {
  const end = start + part.length;
  const cut =
    end === text.length || (whole && beginsLine(text, end) && HEADING.test(text.slice(end, end + 7)));
  return cut && text.slice(start, end) === part;
}

/** By the line ends of CommonMark: `^` of an expression takes U+2028 for one too. */
function beginsLine(text: string, at: number): boolean {
  const before = text[at - 1];
  return before === undefined || before === '\n' || before === '\r';
}

/** The chunk that begins here, from the cache or read now. */
function chunkAt(text: string, start: number): Chunk {
  for (const cut of cutsOf(text, start)) {
    if (cut === start) continue;
    const chunk = chunks.get(text.slice(start, cut), readChunk);
    if (chunk.whole || cut === text.length) return chunk;
  }
  // The end of the text is a cut, so there was one; only an empty text has no chunk.
  throw new Error('A chunk was asked for behind the end of a text.');
}

function* cutsOf(text: string, start: number): Generator<number> {
  const marks = new RegExp(MARKS);
  marks.lastIndex = start;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const fence = mark[1] ?? mark[2];
    if (fence === undefined) {
      if (beginsLine(text, mark.index)) yield mark.index;
    } else {
      const close = closingLine(fence);
      close.lastIndex = marks.lastIndex;
      if (close.test(text)) marks.lastIndex = close.lastIndex;
    }
  }
  yield text.length;
}

const closingLines = new Map<string, RegExp>();

/** Kept by the opening marks, since making an expression costs more than using it. */
function closingLine(fence: string): RegExp {
  let pattern = closingLines.get(fence);
  if (pattern === undefined) {
    pattern = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}[ \\t]*\\r?$`, 'gm');
    if (closingLines.size < 100) closingLines.set(fence, pattern);
  }
  return pattern;
}

function moved(block: Block, lines: number, lists: number): Block {
  if (lines === 0 && lists === 0) return block;
  const place = { first: block.first + lines, end: block.end + lines };
  if (block.type === 'item') return { ...block, ...place, list: block.list + lists };
  if (block.type === 'table')
    return { ...block, ...place, rows: block.rows.map((row) => ({ ...row, line: row.line + lines })) };
  return { ...block, ...place };
}

/** Reads a text in one piece. Exported for the test that compares the two ways. */
export function readChunk(text: string): Chunk {
  const definitions: Definition[] = [];
  const define = (content: string) => {
    const read = leadingDefinitions(content);
    definitions.push(...read.definitions);
    return read;
  };
  const tokens = md.parse(text, {});
  const blocks: Block[] = [];
  const lists: { id: number; ordered: boolean }[] = [];
  let listCount = 0;
  let quotes = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    const [first, end] = token.map ?? [0, 0];
    switch (token.type) {
      case 'heading_open': {
        let content = tokens[i + 1]?.content ?? '';
        let own = first;
        if (token.markup !== '#' && content.startsWith('[')) {
          const { rest } = define(content);
          own += countLines(content.slice(0, rest));
          content = content.slice(rest);
        }
        // Under nothing but definitions a line of dashes is text.
        if (content !== '' || token.markup.startsWith('#')) {
          blocks.push({ type: 'heading', level: Number(token.tag.slice(1)), content, first: own, end });
        }
        break;
      }
      case 'fence':
        blocks.push({
          type: 'fence',
          info: token.info,
          content: token.content.endsWith('\n') ? token.content.slice(0, -1) : token.content,
          empty: token.content === '',
          closed: isClosed(token.content, end - first),
          listDepth: lists.length,
          quoted: quotes > 0,
          first,
          end,
        });
        break;
      case 'bullet_list_open':
      case 'ordered_list_open':
        lists.push({ id: listCount++, ordered: token.type === 'ordered_list_open' });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const own = tokens[i + 1]?.type === 'paragraph_open' ? tokens[i + 1] : undefined;
        const [ownFirst, ownEnd] = own?.map ?? [first, first + 1];
        const list = lists.at(-1);
        blocks.push({
          type: 'item',
          number: list?.ordered ? Number(token.info) : null,
          content: own === undefined ? '' : (tokens[i + 2]?.content ?? ''),
          list: list?.id ?? 0,
          first: ownFirst,
          end: ownEnd,
        });
        break;
      }
      case 'paragraph_open': {
        const content = tokens[i + 1]?.content ?? '';
        const { definitions, rest } = content.startsWith('[') ? define(content) : NO_DEFINITIONS;
        blocks.push({
          type: 'paragraph',
          content,
          contentLines: content.split('\n'),
          definitions,
          rest,
          first,
          end,
        });
        break;
      }
      case 'blockquote_open':
        quotes++;
        break;
      case 'blockquote_close':
        quotes--;
        break;
      case 'html_block':
        blocks.push({ type: 'html', content: token.content, first, end });
        break;
      case 'table_open': {
        const lengths = (token.meta?.lengths ?? []) as number[];
        const rows: TableRow[] = [];
        let cells = 0;
        for (; i < tokens.length && tokens[i]?.type !== 'table_close'; i++) {
          const row = tokens[i];
          if (row?.type === 'th_open') cells++;
          if (row?.type !== 'tr_open' || row.map === null) continue;
          rows.push({ line: row.map[0], length: lengths[row.map[0] - first] ?? 0, cells: 0 });
        }
        blocks.push({ type: 'table', rows: rows.map((row) => ({ ...row, cells })), first, end });
        break;
      }
    }
  }
  const lines = countLines(text);
  return { blocks, definitions, lines, lists: listCount, whole: endsWhole(tokens.at(-1), lines), text };
}

/** Line breaks: a text that ends in one has no further line that could hold anything. */
function countLines(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

/** Whether the last block of a chunk ends with it. HTML that reaches the last line may go on; so does an open fence. */
function endsWhole(last: Token | undefined, lines: number): boolean {
  if (last === undefined || last.level > 0 || last.map === null) return true;
  const [first, end] = last.map;
  if (last.type === 'fence') return isClosed(last.content, end - first);
  return last.type !== 'html_block' || end < lines;
}

/** A fence of `lines` source lines is closed if one of them is neither the opening line nor content. */
function isClosed(content: string, lines: number): boolean {
  let contentLines = content.length > 0 && !content.endsWith('\n') ? 1 : 0;
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) contentLines++;
  return lines === contentLines + 2;
}
