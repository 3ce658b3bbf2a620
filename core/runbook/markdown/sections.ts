/** Sections: the headings of a document with what belongs to each. */
import { slug } from 'github-slugger';
import type { SourceText } from '../../text.ts';
import { boundedCache } from '../lazy.ts';
import type { Section } from '../types.ts';
import { plainText } from './inline.ts';
import type { Structure } from './structure.ts';

const slugs = boundedCache<string>(20_000, 2_000_000);

/** GitHub's slugs: of equal ones the second gets `-1`, the third `-2`, and none is given twice. */
function slugger(): (title: string) => string {
  const given = new Map<string, number>();
  return (title) => {
    const base = slugs.get(title, slug);
    let number = given.get(base);
    if (number === undefined) {
      given.set(base, 0);
      return base;
    }
    let next: string;
    do {
      number++;
      next = `${base}-${number}`;
    } while (given.has(next));
    given.set(base, number);
    given.set(next, 0);
    return next;
  };
}

/** Headings in document order. A section ends before the next heading of its level or a higher one. */
export function readSections(source: SourceText, structure: Structure): Section[] {
  const headings = structure.blocks.filter((block) => block.type === 'heading');
  const slugOf = slugger();
  const lastLine = source.lineCount - 1;
  const ends = new Array<number>(headings.length).fill(lastLine);
  const parents = new Array<number | null>(headings.length).fill(null);
  const open: number[] = [];
  for (const [index, heading] of headings.entries()) {
    while (open.length > 0) {
      const top = open[open.length - 1] ?? 0;
      if ((headings[top]?.level ?? 0) < heading.level) break;
      ends[top] = Math.max(headings[top]?.first ?? 0, heading.first - 1);
      open.pop();
    }
    parents[index] = open.at(-1) ?? null;
    open.push(index);
  }
  return headings.map((heading, index) => {
    const title = plainText(heading.content, structure.env);
    return {
      title,
      level: heading.level,
      slug: slugOf(title),
      headingRange: source.lineRange(heading.first, heading.end - 1),
      range: source.lineRange(heading.first, ends[index] ?? lastLine),
      parent: parents[index] ?? null,
    };
  });
}

/** The titles of a section and of those around it, nearest first; empty before the first. */
export function titlesAround(sections: readonly Section[], section: number | null): string[] {
  const titles: string[] = [];
  for (let at = section; at !== null; at = sections[at]?.parent ?? null)
    titles.push(sections[at]?.title ?? '');
  return titles;
}

/** Titles from the outermost heading to a section; empty before the first. Shared between the steps of a section. */
export function sectionPaths(sections: readonly Section[]): (section: number | null) => readonly string[] {
  const none: readonly string[] = [];
  const paths: (readonly string[])[] = [];
  for (const section of sections) {
    paths.push([...(section.parent === null ? none : (paths[section.parent] ?? none)), section.title]);
  }
  return (section) => (section === null ? none : (paths[section] ?? none));
}
