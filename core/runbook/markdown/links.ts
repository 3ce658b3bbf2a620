/** Links of a document: inline links, images, link definitions, autolinks and HTML, with the place of each target. */
import type { SourceText } from '../../text.ts';
import type { Link, Table } from '../types.ts';
import { htmlTargets, type InlineLink, inlineLinks } from './inline.ts';
import { inlineMap } from './place.ts';
import type { Structure } from './structure.ts';

/** All links in document order. Code, inline and fenced, holds none. */
export function readLinks(source: SourceText, structure: Structure, tables: readonly Table[]): Link[] {
  const links: Link[] = [];
  for (const block of structure.blocks) {
    if (block.type === 'heading' || block.type === 'paragraph') {
      const rest = block.type === 'paragraph' ? block.rest : 0;
      const defined = block.type === 'paragraph' ? block.definitions : [];
      const found = [...defined, ...inlineLinks(block.content, rest)];
      if (found.length === 0) continue;
      const toSource = inlineMap(source, block.content, block.first);
      for (const link of found) links.push(place(source, link, toSource));
    } else if (block.type === 'html') {
      const found: InlineLink[] = [];
      for (const tag of block.content.matchAll(/<(?:a|img)\s[^<>]*>/gi))
        htmlTargets(tag[0], tag.index, found);
      if (found.length === 0) continue;
      const toSource = inlineMap(source, block.content.replace(/\n$/, ''), block.first);
      for (const link of found) links.push(place(source, link, toSource));
    }
  }
  for (const table of tables) {
    for (const cell of [table.header, ...table.rows].flat()) {
      for (const link of inlineLinks(cell.raw)) {
        links.push(place(source, link, (offset) => cell.range.start.offset + offset));
      }
    }
  }
  return links.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

function place(source: SourceText, link: InlineLink, toSource: (offset: number) => number): Link {
  const range = source.range(toSource(link.start), toSource(link.start) + link.end - link.start);
  return { target: source.slice(range), text: link.text, range };
}
