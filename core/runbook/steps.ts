/** Steps of a Markdown runbook: fences, checklist items and ordered instructions, in document order. */
import type { SourceText } from '../text.ts';
import { Block, type BlockPlace } from './blocks/block.ts';
import { type BlockFacts, blockFacts } from './blocks/blockFacts.ts';
import { nameSteps, type Unnamed } from './ids.ts';
import { lazy } from './lazy.ts';
import { plainText } from './markdown/inline.ts';
import { contentMap } from './markdown/place.ts';
import { sectionPaths } from './markdown/sections.ts';
import type { FenceBlock, ItemBlock, Structure } from './markdown/structure.ts';
import type { Section, Step } from './types.ts';

const TASK = /^\[([ xX])\](?:\s+|$)/;
/** A table of contents is a list of links into the document: nothing to do. */
const CONTENTS_ENTRY = /^\[[^\]]*\]\(#[^)]*\)\s*$/;

/** A step whose name and outside variables are not known yet. */
export interface Draft {
  readonly unnamed: Unnamed;
  readonly section: number | null;
  readonly build: (id: string, sectionPath: readonly string[], variables: () => readonly string[]) => Step;
  readonly facts: BlockFacts | null;
}

export function readSteps(source: SourceText, structure: Structure, sections: readonly Section[]): Step[] {
  const drafts: Draft[] = [];
  let section: number | null = null;
  for (const block of structure.blocks) {
    if (block.type === 'heading') section = section === null ? 0 : section + 1;
    else if (block.type === 'fence') drafts.push(fenceDraft(source, block, section, sections));
    else if (block.type === 'item') {
      const draft = itemDraft(source, block, section, sections, structure.env);
      if (draft !== null) drafts.push(draft);
    }
  }
  return finishSteps(drafts, sections);
}

/** Names the drafts and works out which variables each block needs from outside. */
export function finishSteps(drafts: readonly Draft[], sections: readonly Section[]): Step[] {
  const names = nameSteps(drafts.map((draft) => draft.unnamed));
  const pathOf = sectionPaths(sections);
  const outside = lazy(() => outsideVariables(drafts));
  return drafts.map((draft, index) =>
    draft.build(names[index] ?? '', pathOf(draft.section), () => outside()[index] ?? []),
  );
}

/** For each draft the names that its script reads and nothing before it in the document sets. */
function outsideVariables(drafts: readonly Draft[]): (readonly string[])[] {
  const set = new Set<string>();
  return drafts.map(({ facts }) => {
    if (facts?.shell == null || !facts.runnable) return [];
    const missing = facts.shell.unsetVariables.filter((name) => !set.has(name));
    for (const command of facts.shell.commands) for (const name of command.sets) set.add(name);
    return missing;
  });
}

function fenceDraft(
  source: SourceText,
  block: FenceBlock,
  section: number | null,
  sections: readonly Section[],
): Draft {
  const { content } = block;
  const facts = blockFacts(block.info, content);
  const given = facts.info.attributes.id ?? facts.info.attributes.name;
  const place: BlockPlace = {
    source,
    content,
    range: source.lineRange(block.first, Math.max(block.first, block.end - 1)),
    contentStart: source.lineStart(Math.min(block.first + 1, source.lineCount - 1)),
    toSource: contentMap(source, content, block.first + 1),
    empty: block.empty,
    closed: block.closed,
    listDepth: block.listDepth,
    quoted: block.quoted,
  };
  return {
    unnamed: {
      kind: 'block',
      slug: section === null ? null : (sections[section]?.slug ?? null),
      given: typeof given === 'string' && given.trim() !== '' ? given.trim() : null,
    },
    section,
    facts,
    build: (id, sectionPath, variables) => new Block(id, section, sectionPath, facts, place, variables),
  };
}

function itemDraft(
  source: SourceText,
  block: ItemBlock,
  section: number | null,
  sections: readonly Section[],
  env: Structure['env'],
): Draft | null {
  const task = TASK.exec(block.content);
  if (task === null && (block.number === null || block.content === '' || CONTENTS_ENTRY.test(block.content)))
    return null;
  const range = source.lineRange(block.first, block.end - 1);
  const text = plainText(task === null ? block.content : block.content.slice(task[0].length), env);
  const slug = section === null ? null : (sections[section]?.slug ?? null);
  const kind = task === null ? 'instruction' : 'checklist';
  return {
    unnamed: { kind, slug, given: null },
    section,
    facts: null,
    build: (id, sectionPath) =>
      task === null
        ? { kind: 'instruction', id, range, section, sectionPath, number: block.number ?? 0, text }
        : { kind: 'checklist', id, range, section, sectionPath, checked: task[1] !== ' ', text },
  };
}
