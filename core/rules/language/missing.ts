import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { blocksOf, fenceLine, openingFence } from '../support/blocks.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** Fences without a language. */
export const missingLanguage: Rule = {
  id: 'language/missing',
  title: 'A fenced block has no language',
  severity: 'info',
  docs: {
    what: 'Reports a fence without a language. Where the content shows what it is, the fix writes it; where it is plain text, the report is a hint.',
    why: 'A reader cannot tell a command from its output, and no tool can colour, check or run the block with certainty.',
    wrong: '```\nkubectl get pods -n web\n```',
    right: '```bash\nkubectl get pods -n web\n```',
    source:
      'CommonMark 0.31.2, 4.5 Fenced code blocks: the first word of the info string names the language.',
  },
  *check({ runbook }): Iterable<Report> {
    let templates: ReadonlySet<number> | undefined;
    for (const block of blocksOf(runbook)) {
      if (block.language !== null || block.content.trim() === '') continue;
      templates ??= new Set(runbook.templates.map((template) => template.range.start.offset));
      if (templates.has(block.range.start.offset)) continue;
      const language = block.languageBasis === 'inferred' ? block.effectiveLanguage : 'text';
      const range = fenceLine(runbook, block);
      if (language === 'text')
        yield {
          range,
          severity: 'hint',
          message: 'This block has no language. Tag it as `text`, or as what it is.',
          fixes: tag(runbook, block, 'text', false),
        };
      else
        yield {
          range,
          message: `This block has no language; it reads like ${language}.`,
          fixes: tag(runbook, block, language, true),
        };
    }
  },
};

function tag(runbook: Runbook, block: BlockStep, language: string, preferred: boolean): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  const range = runbook.source.range(fence.afterMarks, fence.afterMarks);
  return [{ title: `Tag the block as ${language}`, edits: [{ range, newText: language }], preferred }];
}
