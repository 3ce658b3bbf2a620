/** GFM tables with the place of every cell. */
import type { SourceText } from '../../text.ts';
import type { Section, Table, TableCell } from '../types.ts';
import { plainText } from './inline.ts';
import type { Structure, TableBlock, TableRow } from './structure.ts';

/** Tables in document order. */
export function readTables(source: SourceText, structure: Structure, sections: readonly Section[]): Table[] {
  const tables: Table[] = [];
  let section: number | null = null;
  for (const block of structure.blocks) {
    if (block.type === 'heading') section = section === null ? 0 : Math.min(section + 1, sections.length - 1);
    else if (block.type === 'table') tables.push(readTable(source, block, section, structure.env));
  }
  return tables;
}

function readTable(
  source: SourceText,
  block: TableBlock,
  section: number | null,
  env: Structure['env'],
): Table {
  const [head, ...body] = block.rows;
  let rows: Table['rows'] | undefined;
  return {
    range: source.lineRange(block.first, block.end - 1),
    section,
    header: head === undefined ? [] : readRow(source, head, env),
    // Most tables are told by their header alone.
    get rows() {
      rows ??= body.map((row) => readRow(source, row, env));
      return rows;
    },
  };
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
    let text: string | undefined;
    cells.push({
      get text() {
        text ??= plainText(raw.replaceAll('\\|', '|'), env);
        return text;
      },
      raw,
      range: source.range(at, at + raw.length),
    });
  }
  return cells;
}
