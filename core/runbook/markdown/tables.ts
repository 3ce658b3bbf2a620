/** GFM tables with the place of every cell. */
import type { Range, SourceText } from '../../text.ts';
import type { Section, Table, TableCell } from '../types.ts';
import { plainText } from './inline.ts';
import type { Structure, TableBlock, TableRow } from './structure.ts';

/** Tables in document order. */
export function readTables(source: SourceText, structure: Structure, sections: readonly Section[]): Table[] {
  const tables: Table[] = [];
  let section: number | null = null;
  for (const block of structure.blocks) {
    if (block.type === 'heading') section = section === null ? 0 : Math.min(section + 1, sections.length - 1);
    else if (block.type === 'table') tables.push(new PlacedTable(source, block, section, structure.env));
  }
  return tables;
}

/** A class, as the cells are: a literal with accessors costs a hidden class each. */
class PlacedTable implements Table {
  readonly range: Range;
  readonly section: number | null;
  readonly header: readonly TableCell[];
  readonly #source: SourceText;
  readonly #block: TableBlock;
  readonly #env: Structure['env'];
  #rows: Table['rows'] | undefined;

  constructor(source: SourceText, block: TableBlock, section: number | null, env: Structure['env']) {
    const [head] = block.rows;
    this.range = source.lineRange(block.first, block.end - 1);
    this.section = section;
    this.header = head === undefined ? [] : readRow(source, head, env);
    this.#source = source;
    this.#block = block;
    this.#env = env;
  }

  /** Most tables are told by their header alone. */
  get rows(): Table['rows'] {
    this.#rows ??= this.#block.rows.slice(1).map((row) => readRow(this.#source, row, this.#env));
    return this.#rows;
  }
}

class PlacedCell implements TableCell {
  readonly raw: string;
  readonly #source: SourceText;
  readonly #start: number;
  readonly #env: Structure['env'];
  #text: string | undefined;

  constructor(source: SourceText, raw: string, start: number, env: Structure['env']) {
    this.raw = raw;
    this.#source = source;
    this.#start = start;
    this.#env = env;
  }

  get text(): string {
    this.#text ??= plainText(this.raw.replaceAll('\\|', '|'), this.#env);
    return this.#text;
  }

  get range(): Range {
    return this.#source.range(this.#start, this.#start + this.raw.length);
  }
}

/** Splits a row at the pipes that are not escaped, as GFM does (also inside code spans); missing cells are empty. */
function readRow(source: SourceText, row: TableRow, env: Structure['env']): TableCell[] {
  const line = source.line(row.line);
  const from = Math.max(0, line.length - row.length);
  const base = source.lineStart(row.line);
  const end = line.trimEnd().length;
  const bounds: [number, number][] = [];
  let start = line[from] === '|' ? from + 1 : from;
  for (let i = start; i < end; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '|') {
      bounds.push([start, i]);
      start = i + 1;
    }
  }
  if (start < end) bounds.push([start, end]);
  const cells: TableCell[] = [];
  for (let i = 0; i < row.cells; i++) {
    const [cellStart, cellEnd] = bounds[i] ?? [end, end];
    const written = line.slice(cellStart, cellEnd);
    const lead = written.length - written.trimStart().length;
    const raw = written.trim();
    const at = base + (raw === '' ? cellStart : cellStart + lead);
    cells.push(new PlacedCell(source, raw, at, env));
  }
  return cells;
}
