import type { BlockStep } from '../../runbook/types.ts';
import { blocksOf, fenceLine } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** The same name in two info strings. */
export const duplicateId: Rule = {
  id: 'step/duplicate-id',
  title: 'Two steps with one name',
  severity: 'warning',
  docs: {
    what: 'Reports a block whose info string gives it an `id` or `name` that an earlier block has already.',
    why: 'The log of an incident and the command line call a step by its name. The second of two is called `name~2`, and the wrong one is run or looked up.',
    wrong:
      '```bash {name=restart}\nsystemctl restart web\n```\n\n```bash {name=restart}\nsystemctl restart db\n```',
    right:
      '```bash {name=restart-web}\nsystemctl restart web\n```\n\n```bash {name=restart-db}\nsystemctl restart db\n```',
  },
  *check({ runbook }): Iterable<Report> {
    if (runbook.format !== 'markdown') return;
    const known = new Map<string, BlockStep>();
    for (const block of blocksOf(runbook)) {
      const name = nameOf(block);
      if (name === null) continue;
      const first = known.get(name);
      if (first === undefined) known.set(name, block);
      else
        yield {
          range: fenceLine(runbook, block),
          message: `The block on line ${first.range.start.line + 1} is called “${name}” already, so this one is called “${block.id}”. Give it a name of its own.`,
        };
    }
  },
};

/** What the info string says, as `core/runbook/ids.ts` takes it. */
function nameOf({ attributes }: BlockStep): string | null {
  const given = attributes.id ?? attributes.name;
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : null;
}
