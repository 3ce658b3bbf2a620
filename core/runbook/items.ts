/** Steps outside of fences: checklist items and ordered instructions. Texts and commands are worked out when somebody asks. */
import type { Range, SourceText } from '../text.ts';
import { findInlineCommands } from './blocks/inlineCommands.ts';
import { plainText } from './markdown/inline.ts';
import { inlineMap } from './markdown/place.ts';
import type { ItemBlock, Structure } from './markdown/structure.ts';
import type { ChecklistStep, InlineCommand, InstructionStep } from './types.ts';

const TASK = /^\[([ xX])\](?:\s+|$)/;
/** A table of contents is a list of links into the document: nothing to do. */
const CONTENTS_ENTRY = /^\[[^\]]*\]\(#[^)]*\)\s*$/;

/** Headings whose numbered lists name things instead of saying what to do. */
const NAMES_THINGS =
  /\b(?:factors|structure|objectives|goals|principles|values|references|resources|benefits|features|glossary|definitions|assumptions|causes|lessons(?: learned)?|contents|further reading|related (?:documents?|documentation|runbooks|links))\s*$/i;

/** Where an item stands. */
export interface ItemPlace {
  readonly source: SourceText;
  readonly env: Structure['env'];
  /** Its first line in the document; not that of its block where it stands in a fence. */
  readonly firstLine: number;
  readonly section: number | null;
  readonly within: number | null;
}

/**
 * Which kind of step an item is, or null where it is none.
 *
 * @param title Of the nearest heading, or an empty text.
 */
export function kindOfItem(block: ItemBlock, title: string): 'checklist' | 'instruction' | null {
  if (TASK.test(block.content)) return 'checklist';
  if (NAMES_THINGS.test(title)) return null;
  return block.number === null || block.content === '' || CONTENTS_ENTRY.test(block.content)
    ? null
    : 'instruction';
}

class Item {
  readonly id: string;
  readonly sectionPath: readonly string[];
  readonly range: Range;
  readonly section: number | null;
  readonly within: number | null;
  protected readonly block: ItemBlock;
  readonly #place: ItemPlace;
  #inlineCommands: readonly InlineCommand[] | undefined;

  constructor(id: string, sectionPath: readonly string[], block: ItemBlock, place: ItemPlace) {
    const { source, firstLine } = place;
    this.id = id;
    this.sectionPath = sectionPath;
    this.range = source.lineRange(firstLine, firstLine + block.end - 1 - block.first);
    this.section = place.section;
    this.within = place.within;
    this.block = block;
    this.#place = place;
  }

  get text(): string {
    return plainText(this.block.content.replace(TASK, ''), this.#place.env);
  }

  get inlineCommands(): readonly InlineCommand[] {
    this.#inlineCommands ??= this.#placed();
    return this.#inlineCommands;
  }

  #placed(): InlineCommand[] {
    const found = findInlineCommands(this.block.content);
    if (found.length === 0) return [];
    const { source, firstLine } = this.#place;
    const toSource = inlineMap(source, this.block.content, firstLine);
    const rangeOf = (start: number, end: number): Range => {
      const from = toSource(start);
      return source.range(from, from + end - start);
    };
    return found.map(({ text, start, end, tool, classification, placeholders }) => ({
      text,
      tool,
      classification,
      range: rangeOf(start, end),
      placeholders: placeholders.map((placeholder) => ({
        ...placeholder,
        range: rangeOf(start + placeholder.start, start + placeholder.end),
      })),
    }));
  }
}

/** `- [ ] Page the database team`. */
export class ChecklistItem extends Item implements ChecklistStep {
  readonly kind = 'checklist';

  get checked(): boolean {
    return TASK.exec(this.block.content)?.[1] !== ' ';
  }
}

/** `1. Page the database team`. */
export class InstructionItem extends Item implements InstructionStep {
  readonly kind = 'instruction';

  get number(): number {
    return this.block.number ?? 0;
  }
}
