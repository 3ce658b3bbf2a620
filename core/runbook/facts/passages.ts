/**
 * Text that may name a time, one passage a heading, item, paragraph, cell or comment of a shell block, with the line that
 * each of its words stands on: lines of a paragraph belong together, a time may be broken between two of them.
 */
import type { Range, SourceText } from '../../text.ts';
import { plainText } from '../markdown/inline.ts';
import type { BlockStep } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';

/** One piece of text that is read by itself. */
export interface Passage {
  readonly kind: 'heading' | 'label' | 'item' | 'paragraph' | 'cell' | 'comment';
  readonly text: string;
  readonly section: number | null;
  /** The line above that introduces it, null for headings. */
  readonly label: string | null;
  /** The list it is an item of. */
  readonly list: number | null;
  /** Its column's header, for a cell. */
  readonly header: string | null;
  /** The line on which an offset of the text stands. */
  readonly place: (offset: number) => Range;
}

/** Passages in document order within each kind; cells of a table row by row. */
export function readPassages(facts: Facts): Passage[] {
  const passages: Passage[] = [];
  for (const [index, section] of facts.sections.entries()) {
    passages.push({
      ...simple('heading', section.title, section.headingRange),
      section: index,
    });
  }
  passages.push(...fromLines(facts), ...fromTables(facts));
  for (const step of facts.steps)
    if (step.kind === 'block') passages.push(...fromComments(step, facts.source));
  return passages;
}

function simple(kind: Passage['kind'], text: string, range: Range): Passage {
  return { kind, text, section: null, label: null, list: null, header: null, place: () => range };
}

/** A whole line in bold, or one that ends in a colon and is short, introduces what is below. */
function isLabel(line: FactLine): boolean {
  if (line.list !== null) return false;
  return /^(?:\*\*|__)[^*_]{1,120}(?:\*\*|__):?\s*$/.test(line.raw.trim());
}

function fromLines(facts: Facts): Passage[] {
  const passages: Passage[] = [];
  let open: FactLine[] = [];
  const flush = () => {
    const [first] = open;
    if (first !== undefined) passages.push(paragraph(open, first));
    open = [];
  };
  for (const line of facts.lines) {
    const last = open.at(-1);
    const follows =
      last !== undefined &&
      last.section === line.section &&
      last.range.end.line + 1 === line.range.start.line &&
      // `**Owner:** …` below `**Status:** …` is a line of its own.
      !/^(?:\*\*|__)/.test(line.raw.trim());
    if (line.list !== null || isLabel(line)) {
      flush();
      const kind = line.list === null ? 'label' : 'item';
      const text = line.text.replace(/^\[[ xX]\]\s+/, '');
      passages.push({ ...simple(kind, text, line.range), ...placed(line), place: placeIn(line, facts) });
    } else {
      if (!follows) flush();
      open.push(line);
    }
  }
  flush();
  return passages;
}

function placed({ section, label, list }: FactLine): Pick<Passage, 'section' | 'label' | 'list'> {
  return { section, label, list };
}

function paragraph(lines: readonly FactLine[], first: FactLine): Passage {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += line.text;
  }
  return {
    ...simple('paragraph', text, first.range),
    ...placed(first),
    place: (offset) =>
      lines[
        Math.max(
          0,
          starts.findLastIndex((start) => start <= offset),
        )
      ]?.range ?? first.range,
  };
}

/** An item may run over several lines; each keeps its length without marks, near enough. */
function placeIn(line: FactLine, facts: Facts): Passage['place'] {
  const first = line.range.start.line;
  return (offset) => {
    if (!line.raw.includes('\n')) return line.range;
    let at = 0;
    let row = 0;
    for (const raw of line.raw.split('\n')) {
      at += plainText(raw).length + 1;
      if (offset < at) break;
      row++;
    }
    const place = Math.min(first + row, line.range.end.line);
    return facts.source.lineRange(place, place);
  };
}

function fromTables(facts: Facts): Passage[] {
  return facts.tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      row.map((cell, index) => ({
        ...simple('cell', cell.text, cell.range),
        section: table.section,
        header: table.header[index]?.text ?? '',
      })),
    ),
  );
}

const COMMENT = /^[ \t]*(?:#|--|\/\/)[ \t]*(?:[-*•][ \t]+|\d{1,2}[.)][ \t]+)?(\S.*)$/;

/** Comments of shell and SQL blocks that stand on lines of their own. */
function fromComments(step: BlockStep, source: SourceText): Passage[] {
  if (!/^(?:sh|bash|zsh|fish|console|powershell|sql)$/.test(step.effectiveLanguage)) return [];
  const passages: Passage[] = [];
  let start = 0;
  for (const line of step.content.split('\n')) {
    const text = line.length > 300 ? undefined : COMMENT.exec(line)?.[1];
    if (text !== undefined && !text.startsWith('!')) {
      const offset = start;
      const range = source.range(step.toSource(offset), step.toSource(offset + line.length));
      passages.push({ ...simple('comment', text.trim(), range), section: step.section });
    }
    start += line.length + 1;
  }
  return passages;
}
