import { lazy } from '../../runbook/lazy.ts';
import type { BlockStep, Caution, Runbook } from '../../runbook/types.ts';
import { blocksOf, excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** “If needed”, before something that changes a system; “the appropriate team”. */
export const vague: Rule = {
  id: 'step/vague',
  title: 'A step leaves open when, or whom',
  severity: 'hint',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a command that changes or destroys something under an “if needed” without a condition, and a step that sends somebody to “the appropriate team”, “relevant stakeholders” or the like without a name.',
    why: 'Whoever reads it at 03:00 does not know when it is needed: that is why they read it. Two people under pressure will decide differently, and one of them purges the queue.',
    wrong: '```bash\n# Purge the queue if needed\nredis-cli DEL jobs\n```',
    right: '```bash\n# Purge the queue if its oldest job is older than a day\nredis-cli DEL jobs\n```',
    source: 'GitLab, alert playbooks: complete enough to be run without further knowledge.',
  },
  *check({ runbook }): Iterable<Report> {
    const headings = new Set(runbook.sections.map(({ headingRange }) => headingRange.start.line));
    const blocks = lazy(() => new Map(blocksOf(runbook).map((block) => [block.id, block])));
    for (const caution of runbook.cautions) {
      if (caution.kind !== 'conditional' || !NEEDED.test(caution.text)) continue;
      // A heading that calls its whole section optional says enough: who has no migration skips it.
      if (headings.has(caution.range.start.line) || saysWhen(caution.text)) continue;
      const effect = gravest(runbook, caution, blocks);
      if (effect === null) continue;
      yield {
        range: caution.range,
        message: `“${excerpt(bare(caution.text), 50)}” does not say when, and the command below it ${effect}. Name what decides: a number, a state, an error.`,
      };
    }
    for (const step of runbook.steps) {
      if (step.kind === 'block') continue;
      const whom = WHOM.exec(step.text)?.[0];
      if (whom === undefined || NAMED.test(step.text)) continue;
      yield {
        range: runbook.source.lineRange(step.range.start.line, step.range.start.line),
        message: `“${excerpt(whom, 50)}” does not say who that is. Name the team, the person or the channel.`,
      };
    }
  },
};

const NEEDED =
  /\b(?:if|when|where|as) (?:needed|necessary|required|appropriate|applicable)\b|\bonly if (?:needed|necessary|required)\b/i;

/** What is left of it without its “if needed”; empty where that stands in the middle, beside something to look at first. */
function action(text: string): string {
  const trimmed = bare(text);
  return OPEN.test(trimmed) ? trimmed.replace(OPEN, '').trim() : '';
}

/** At the end, perhaps with a remark in brackets behind it, or in front. */
const OPEN =
  /^(?:however, |only )?(?:if|when|where|as) (?:needed|necessary|required|appropriate|applicable)[,:]? |[,(]? ?\(?(?:only )?(?:if|when|where|as) (?:needed|necessary|required|appropriate|applicable)\)?[.!]?(?: \([^()]{0,40}\))?$/i;

/** A condition besides: “if the disk is full”, “above 80 %”; a look that comes first; too little to be an action. */
function saysWhen(text: string): boolean {
  const rest = action(text);
  return (
    /\b(?:if|when|whenever|once|unless|until|after|in case|because|for)\b|\d ?%|[<>]|\b(?:above|below)\b/i.test(
      rest,
    ) ||
    /\b(?:check|inspect|review|verify|identify|investigate|status)\b/i.test(rest) ||
    rest.length > 90 ||
    !/\w\w/.test(rest.replace(/^however,?$/i, ''))
  );
}

/** What the gravest of its commands does; null where none changes anything, or a condition stands above them. */
function gravest(
  runbook: Runbook,
  caution: Caution,
  blocks: () => ReadonlyMap<string, BlockStep>,
): string | null {
  let found: string | null = null;
  for (const { step, index } of caution.commands) {
    const block = blocks().get(step);
    if (block === undefined || !block.runnable || saysWhenAbove(runbook, block)) continue;
    const effect = (index === null ? block : (block.commands[index] ?? block)).classification.effect;
    if (effect === 'destroy') return 'destroys something or takes it out of service';
    if (effect === 'mutate') found = 'changes a system';
  }
  return found;
}

/** The line above a block may be the condition: “If the migration fails:”. */
function saysWhenAbove({ source }: Runbook, block: BlockStep): boolean {
  let line = block.range.start.line - 1;
  while (line >= 0 && /^[\s>]*$/.test(source.line(line))) line--;
  return CONDITION.test(source.line(line).replace(NEEDED, ''));
}

const CONDITION = /^[\s>#]*(?:[-*+]\s+|\d+[.)]\s+)?\**(?:if|when|once|in case)\b/i;

function bare(text: string): string {
  return text.replace(/^[\s#>*-]+/, '').replace(/[\s:]+$/, '');
}

const WHOM =
  /\b(?:the )?(?:appropriate|relevant|responsible|respective|proper|right|concerned) (?:\w+ )?(?:teams?|persons?|people|stakeholders?|part(?:y|ies)|channels?|owners?|engineers?|contacts?|personnel)\b/i;

/** A name stands beside it: a channel, an address, a link, a list in brackets. */
const NAMED = /[#@]\w|https?:|\(|:\s*\S|\be\.g\.|\bsuch as\b|\bsee\b|\blisted\b|\btable\b/i;
