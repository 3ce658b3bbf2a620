import type { Report, Rule } from '../types.ts';

/** Runbooks that the list beside them forgets. */
export const orphan: Rule = {
  id: 'link/orphan',
  title: 'The index does not list this runbook',
  severity: 'hint',
  docs: {
    what: 'Reports a runbook that no index beside it, or one folder above, links to (`README.md`, `index.md` and the like), where one of them links to most of the other documents of the folder.',
    why: 'People go by the list. What is not on it was never written.',
    wrong: 'A `README.md` that links to four of the five runbooks of its folder.',
    right: 'A `README.md` that links to all five.',
  },
  *check({ runbook, files }): Iterable<Report> {
    const indexes = files.indexes?.() ?? [];
    if (indexes.some(({ names }) => names)) return;
    // Where few are listed, the list is a choice and not a register.
    const [best] = indexes
      .filter(({ listed, others }) => listed >= 3 && listed >= others * 0.7)
      .sort((a, b) => b.listed - a.listed);
    if (best === undefined) return;
    const { sections, source } = runbook;
    const title = sections.find(({ level }) => level === 1) ?? sections[0];
    const range = title?.headingRange ?? source.range(0, source.lineEnd(0));
    if (range.start.offset === range.end.offset) return;
    yield {
      range,
      message: `\`${best.path}\` links to ${best.listed} of the ${best.others} other documents of this folder, but not to this one. Add it to the list.`,
    };
  },
};
