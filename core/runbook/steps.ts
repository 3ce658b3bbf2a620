/** Steps of a Markdown runbook: fences, checklist items and ordered instructions, in document order. */
import { slug } from 'github-slugger';
import type { SourceText } from '../text.ts';
import { Block, type BlockPlace } from './blocks/block.ts';
import { type BlockFacts, blockFacts } from './blocks/blockFacts.ts';
import { templateKind } from './facts/templates.ts';
import { nameSteps, type Unnamed } from './ids.ts';
import { ChecklistItem, InstructionItem, type ItemPlace, kindOfItem } from './items.ts';
import { lazy } from './lazy.ts';
import { plainText } from './markdown/inline.ts';
import { contentMap } from './markdown/place.ts';
import { sectionPaths, titlesAround } from './markdown/sections.ts';
import { type FenceBlock, type ItemBlock, readStructure, type Structure } from './markdown/structure.ts';
import type { Section, Step } from './types.ts';

/** A step whose name and outside variables are not known yet. */
export interface Draft {
  readonly unnamed: Unnamed;
  readonly section: number | null;
  readonly build: (id: string, sectionPath: readonly string[], variables: () => readonly string[]) => Step;
  readonly facts: BlockFacts | null;
}

/** Every step of a document, named; those in fenced Markdown stand behind their fence. */
export function readSteps(source: SourceText, structure: Structure, sections: readonly Section[]): Step[] {
  const drafts: Draft[] = [];
  let section: number | null = null;
  for (const block of structure.blocks) {
    if (block.type === 'heading') section = section === null ? 0 : section + 1;
    else if (block.type === 'fence') {
      drafts.push(fenceDraft(source, block, section, sections));
      drafts.push(...nestedDrafts(source, block, section, sections, drafts.length - 1));
    } else if (block.type === 'item') {
      const at = section === null ? undefined : sections[section];
      const place = { source, env: structure.env, firstLine: block.first, section, within: null };
      const draft = itemDraft(block, place, at?.slug ?? null, at?.title ?? '', []);
      if (draft !== null) drafts.push(draft);
    }
  }
  return finishSteps(drafts, sections);
}

/** Markdown in a fence is read once more: its checklists and numbered procedures are steps, unless it is a form to fill in. */
function nestedDrafts(
  source: SourceText,
  block: FenceBlock,
  section: number | null,
  sections: readonly Section[],
  within: number,
): Draft[] {
  const { effectiveLanguage } = blockFacts(block.info, block.content);
  if (effectiveLanguage !== 'markdown') return [];
  const kind = templateKind(
    block.content,
    block.info.trim() === '' ? null : block.info,
    titlesAround(sections, section),
  );
  if (kind !== null && kind !== 'checklist') return [];
  const drafts: Draft[] = [];
  const { blocks, env } = readStructure(block.content);
  const outer = section === null ? 'start' : (sections[section]?.slug ?? 'start');
  const path: { level: number; title: string }[] = [];
  for (const inner of blocks) {
    if (inner.type === 'heading') {
      while (path.length > 0 && (path.at(-1)?.level ?? 0) >= inner.level) path.pop();
      path.push({ level: inner.level, title: plainText(inner.content, env) });
    } else if (inner.type === 'item') {
      const place = { source, env, firstLine: block.first + 1 + inner.first, section, within };
      const titles = path.map(({ title }) => title);
      const draft = itemDraft(
        inner,
        place,
        [outer, slug(titles.at(-1) ?? '')].join('-').replace(/-$/, ''),
        titles.at(-1) ?? '',
        titles,
      );
      if (draft !== null) drafts.push(draft);
    }
  }
  return drafts;
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

/** `inner`: titles of headings inside the fence that the item stands in. */
function itemDraft(
  block: ItemBlock,
  place: ItemPlace,
  slug: string | null,
  title: string,
  inner: readonly string[],
): Draft | null {
  const kind = kindOfItem(block, title);
  if (kind === null) return null;
  const Class = kind === 'checklist' ? ChecklistItem : InstructionItem;
  return {
    unnamed: { kind, slug, given: null },
    section: place.section,
    facts: null,
    build: (id, sectionPath) =>
      new Class(id, inner.length === 0 ? sectionPath : [...sectionPath, ...inner], block, place),
  };
}
