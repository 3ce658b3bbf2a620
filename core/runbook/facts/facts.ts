/**
 * The ground on which severity scales, escalation, contacts, alerts and templates are read: list items and paragraph lines
 * as plain text, each with its section and the bold line that introduces it.
 */
import type { Range, SourceText } from '../../text.ts';
import { plainText } from '../markdown/inline.ts';
import { titlesAround } from '../markdown/sections.ts';
import type { Structure } from '../markdown/structure.ts';
import type { Section, Step, Table } from '../types.ts';
import { readYamlFacts, type YamlFacts } from './yamlFacts.ts';

/** A list item's own text, or one line of a paragraph. */
export interface FactLine {
  readonly text: string;
  /** Inline source. */
  readonly raw: string;
  readonly range: Range;
  readonly section: number | null;
  /** The list it is an item of, null for a paragraph line. */
  readonly list: number | null;
  readonly ordered: boolean;
  /** The nearest paragraph line above in its section that introduces something: whole in bold, or ending in a colon. */
  readonly label: string | null;
}

/** YAML in a fence or a document, with a map from its offsets to the source. */
export interface PlacedYaml {
  readonly facts: YamlFacts;
  readonly section: number | null;
  readonly range: (start: number, end: number) => Range;
}

/** What every reader of facts is given. */
export interface Facts {
  readonly source: SourceText;
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  readonly steps: readonly Step[];
  readonly lines: readonly FactLine[];
  readonly yaml: readonly PlacedYaml[];
  /** The titles of a section and of those around it, nearest first. */
  readonly titles: (section: number | null) => readonly string[];
}

/** Lays the ground; what nobody reads is not worked out. */
export function readFacts(
  source: SourceText,
  structure: Structure,
  sections: readonly Section[],
  tables: readonly Table[],
  steps: readonly Step[],
): Facts {
  return {
    source,
    sections,
    tables,
    steps,
    lines: readLines(source, structure),
    yaml: readYaml(source, steps),
    titles: (section) => titlesAround(sections, section),
  };
}

interface LinePlace {
  readonly source: SourceText;
  readonly first: number;
  readonly last: number;
}

/** Its place is worked out when somebody asks: most lines are no fact. */
class Line implements FactLine {
  readonly text: string;
  readonly raw: string;
  readonly section: number | null;
  readonly list: number | null;
  readonly ordered: boolean;
  readonly label: string | null;
  readonly #place: LinePlace;
  #range: Range | undefined;

  constructor(
    text: string,
    raw: string,
    section: number | null,
    list: number | null,
    ordered: boolean,
    label: string | null,
    place: LinePlace,
  ) {
    this.text = text;
    this.raw = raw;
    this.section = section;
    this.list = list;
    this.ordered = ordered;
    this.label = label;
    this.#place = place;
  }

  get range(): Range {
    this.#range ??= this.#place.source.lineRange(this.#place.first, this.#place.last);
    return this.#range;
  }
}

function readLines(source: SourceText, structure: Structure): FactLine[] {
  const lines: FactLine[] = [];
  let section: number | null = null;
  let label: string | null = null;
  let itemLine = -1;
  for (const block of structure.blocks) {
    if (block.type === 'heading') {
      section = section === null ? 0 : section + 1;
      label = null;
    } else if (block.type === 'item') {
      itemLine = block.first;
      if (block.content === '') continue;
      const place = { source, first: block.first, last: block.end - 1 };
      const text = plainText(block.content, structure.env);
      lines.push(new Line(text, block.content, section, block.list, block.number !== null, label, place));
    } else if (block.type === 'paragraph' && block.first !== itemLine) {
      for (const [index, raw] of block.contentLines.entries()) {
        const text = plainText(raw, structure.env);
        const place = { source, first: block.first + index, last: block.first + index };
        lines.push(new Line(text, raw, section, null, false, label, place));
        if (/^(?:\*\*|__).+(?:\*\*|__):?\s*$/.test(raw.trim()) || text.endsWith(':'))
          label = text.replace(/:\s*$/, '');
      }
    }
  }
  return lines;
}

function readYaml(source: SourceText, steps: readonly Step[]): PlacedYaml[] {
  const placed: PlacedYaml[] = [];
  for (const step of steps) {
    if (step.kind !== 'block' || step.effectiveLanguage !== 'yaml') continue;
    const facts = readYamlFacts(step.content);
    if (facts === null) continue;
    placed.push({
      facts,
      section: step.section,
      range: (start, end) => source.range(step.toSource(start), step.toSource(end)),
    });
  }
  return placed;
}
