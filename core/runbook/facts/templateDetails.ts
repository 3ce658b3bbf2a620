/** What a template asks for: its fields, its tables' columns, how its timeline is written, and which lines hold samples. */
import type { Range } from '../../text.ts';
import { plainText } from '../markdown/inline.ts';
import { readStructure, type TableBlock } from '../markdown/structure.ts';
import type { Template, TemplateField } from '../types.ts';

type Details = Pick<Template, 'fields' | 'columns' | 'listStyle' | 'samples'>;

/** `**Severity**: P1`, `- **Severity:** P1`, `1. **Summary**: …`; a time in bold is an entry of a timeline. */
const FIELD =
  /^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:\[[ xX]\]\s+)?(?:\*\*|__)([^*_\n:]{1,60}?)(?::(?:\*\*|__)|(?:\*\*|__)\s*:)[ \t]*(.*)$/;
const ROW_FIELD = /^\s*\|\s*(?:\*\*|__)([^*_|\n]{1,60}?):?(?:\*\*|__)\s*\|\s*([^|\n]*?)\s*(?:\||$)/;
const BULLET_PAIR = /^\s*[-*+]\s+[A-Z][\w /-]{1,40}:[ \t]+(\S.*)$/;
const TIME = /^\W{0,4}(?:\d{1,2}|HH|hh|XX|T[+-]?\d*):(?:\d{2}|MM|mm|XX)/;

/** Something to fill in, or a value that stands there as an example. */
const SAMPLE =
  /\[(?![ xX]?\])[^\]\n]{1,200}\](?!\()|<(?!br\b|!--|\/|details|summary|https?:)[A-Za-z][^<>\n]{0,120}>|YYYY|\b(?:HH:MM|hh:mm|DD\/MM|MM\/DD)\b|\|\s*X+\s*(?=\|)|\b\d{1,2}:\d{2}\b|\b\d{4}-\d{2}-\d{2}\b|(?<![\w-])[$£€~]?X+(?:%|\s+(?:hours?|minutes?|min|hrs?|days?|users?|%))|[$£€]\s?(?:X|\d)|(?:^|[\s(~])\d[\d.,]*\s?(?:%|hours?|minutes?|users?|requests?|customers?|transactions?)|\(#\d+\)|\bINC-\d|(?:^|\s)@\w+|Â£X/;
/** `P0/P1/P2`, `Draft / In Review / Complete`: a choice, not a sample. */
const CHOICE = /^[\w .-]{1,30}(?:\s*[/|]\s*[\w .-]{1,30})+$/;
const TIMELINE = /\b(?:timeline|chronolog|sequence of events|event log)/i;
const ENTRIES =
  /\b(?:timeline|chronolog|events?|action|follow-?up|corrective|preventi|remediation|next steps|to-?do)/i;

/**
 * Reads a template's text.
 *
 * @param content Dedented, LF line ends.
 * @param rangeOf The place in the document of a 0-based line of it.
 */
export function templateDetails(content: string, rangeOf: (line: number) => Range): Details {
  const fields: TemplateField[] = [];
  const samples: Range[] = [];
  for (const [index, text] of content.split('\n').entries()) {
    const range = rangeOf(index);
    const field = FIELD.exec(text) ?? ROW_FIELD.exec(text);
    const name = field?.[1]?.trim() ?? '';
    const isField = name !== '' && !/^\d/.test(name) && !TIME.test(name);
    if (isField) fields.push({ name, sample: field?.[2]?.trim() ?? '', range });
    const value = (isField ? field?.[2] : BULLET_PAIR.exec(text)?.[1])?.trim() ?? '';
    const isValue = value !== '' && !CHOICE.test(value) && !/[?…]$/.test(value);
    if (SAMPLE.test(text) || (isValue && !/^\s*\d+[.)]/.test(text))) samples.push(range);
  }
  return { fields, samples, ...shapeOf(content) };
}

function shapeOf(content: string): Pick<Details, 'columns' | 'listStyle'> {
  const lines = content.split('\n');
  const columns: string[][] = [];
  const styles = new Set<Details['listStyle']>();
  let heading = '';
  for (const block of readStructure(content).blocks) {
    if (block.type === 'heading') heading = plainText(block.content);
    else if (block.type === 'table' && ENTRIES.test(heading)) {
      columns.push(headersOf(block, lines));
      if (TIMELINE.test(heading)) styles.add('table');
    } else if (block.type === 'item' && TIMELINE.test(heading)) {
      styles.add(/^(?:\*\*|__)/.test(block.content) ? 'bold-bullets' : 'bullets');
    }
  }
  const [only = 'none'] = styles;
  return { columns, listStyle: styles.size > 1 ? 'mixed' : only };
}

function headersOf(table: TableBlock, lines: readonly string[]): string[] {
  const row = (lines[table.first] ?? '').trim().replace(/^\||\|$/g, '');
  return row.split(/(?<!\\)\|/).map((cell) => plainText(cell.trim()));
}
