import type { BlockText } from '../../runbook/types.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Placeholders in blocks that can be run: one finding for each distinct one. */
export const unfilled: Rule = {
  id: 'placeholder/unfilled',
  title: 'A runnable block has a placeholder',
  severity: 'warning',
  docs: {
    what: 'Reports each distinct placeholder (`<task-id>`, `YOUR_APP_ID`, `{{cluster}}`, `[REASON]`) in a block that can be run.',
    why: 'Whoever copies the block in a hurry runs it with the placeholder in it. Runline asks for the value first; a terminal does not.',
    wrong: '```bash\naws amplify list-branches --app-id YOUR_APP_ID\n```',
    right: '```bash\naws amplify list-branches --app-id "$APP_ID"\n```',
    source:
      'A count over 9,257 shell blocks of 93 repositories: in one block of five a placeholder is what keeps it from running.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    for (const [first, count] of distinct(block.placeholders)) {
      const places = count > 1 ? ` (${count} places in this block)` : '';
      yield {
        at: first,
        message: `\`${first.text}\` is a placeholder${places}: it needs a value before this block can run.`,
      };
    }
  },
};

type Found = BlockText['placeholders'][number];

function distinct(placeholders: readonly Found[]): Iterable<readonly [Found, number]> {
  const byText = new Map<string, [Found, number]>();
  for (const placeholder of placeholders) {
    const known = byText.get(placeholder.text);
    if (known) known[1]++;
    else byText.set(placeholder.text, [placeholder, 1]);
  }
  return byText.values();
}
