/**
 * The block structure of a Markdown document, by markdown-it without its inline pass: headings, fences, list items,
 * paragraphs, tables and HTML blocks, each with its source lines. Inline text is read on demand.
 */
import MarkdownIt from 'markdown-it';
import { type Definition, leadingDefinitions } from './definitions.ts';

/** Lines are 0-based; `end` is exclusive. */
interface Lines {
  readonly first: number;
  readonly end: number;
}

export interface HeadingBlock extends Lines {
  readonly type: 'heading';
  readonly level: number;
  readonly content: string;
}

export interface FenceBlock extends Lines {
  readonly type: 'fence';
  readonly info: string;
  /** Dedented, LF line ends, as markdown-it hands it out: with a line break after the last line. */
  readonly content: string;
  readonly closed: boolean;
  readonly listDepth: number;
  readonly quoted: boolean;
}

export interface ItemBlock extends Lines {
  readonly type: 'item';
  /** The number as written, null for a bullet. */
  readonly number: number | null;
  /** Source of its own first paragraph; empty where it has none. */
  readonly content: string;
  /** One number a list, so that neighbours can be told. */
  readonly list: number;
}

export interface ParagraphBlock extends Lines {
  readonly type: 'paragraph';
  readonly content: string;
  /** Link definitions at its start, and where its own text begins. */
  readonly definitions: readonly Definition[];
  readonly rest: number;
}

export interface TableBlock extends Lines {
  readonly type: 'table';
  /** Header first; the delimiter row left out. */
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly line: number;
  /** Length of the row from its first character to the end of the line. */
  readonly length: number;
  /** Number of cells that GFM gives it: that of the header. */
  readonly cells: number;
}

export interface HtmlBlock extends Lines {
  readonly type: 'html';
  readonly content: string;
}

export type Block = HeadingBlock | FenceBlock | ItemBlock | ParagraphBlock | TableBlock | HtmlBlock;

type Ruler = InstanceType<typeof MarkdownIt>['block']['ruler'];
type BlockRule = ReturnType<Ruler['getRules']>[number];

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

/** Reads the block structure. `text` may have any of the three line ends; line numbers follow them. */
export function readStructure(text: string): Structure {
  const references: Record<string, { title: string; href: string }> = Object.create(null);
  let defined = false;
  const define = (content: string) => {
    const read = leadingDefinitions(content);
    for (const { label, target } of read.definitions) {
      references[label] ??= { title: '', href: target };
      defined = true;
    }
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
        if (token.markup !== '#' && content.startsWith('[')) content = content.slice(define(content).rest);
        // Under nothing but definitions a line of dashes is text.
        if (content !== '' || token.markup.startsWith('#')) {
          blocks.push({ type: 'heading', level: Number(token.tag.slice(1)), content, first, end });
        }
        break;
      }
      case 'fence':
        blocks.push({
          type: 'fence',
          info: token.info,
          content: token.content,
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
        blocks.push({ type: 'paragraph', content, definitions, rest, first, end });
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
  return { blocks, env: defined ? { references } : {} };
}

/** A fence of `lines` source lines is closed if one of them is neither the opening line nor content. */
function isClosed(content: string, lines: number): boolean {
  let contentLines = content.length > 0 && !content.endsWith('\n') ? 1 : 0;
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) contentLines++;
  return lines === contentLines + 2;
}
