import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { blocksOf, fenceLine, isScriptShell, openingFence } from '../support/blocks.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** Blocks that show a file and look like something to run. */
export const listing: Rule = {
  id: 'block/listing',
  title: 'A block shows a file, and looks like something to run',
  severity: 'hint',
  docs: {
    what: 'Reports a block tagged as a shell script that is the content of a file: a script that names its own path, settings under the name of their file, or nothing but functions.',
    why: 'Whoever pastes it runs what was only meant to be read, or sets variables of a shell that the service never sees. The copy in the runbook also ages apart from the file.',
    wrong: '```bash\n# In .env\nLEDGER_CACHE=true\n```',
    right: 'Set in `.env`:\n\n```ini\nLEDGER_CACHE=true\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (!isScriptShell(block.language) || block.content.length === 0 || block.role !== 'listing') continue;
      if (block.languageBasis === 'corrected') continue;
      const path = ownPath(block.content);
      const settings = path !== null && !/\.(?:ba|z|k)?sh$/.test(path);
      yield {
        range: fenceLine(runbook, block),
        message: settings
          ? `These settings belong into \`${path}\`: in a shell they would set variables that the program never sees. Tag the block as what the file is.`
          : path !== null
            ? `This block is the content of \`${path}\`, but reads like a step to run. Keep the script in its file, and show the call here.`
            : 'This block only defines functions, so that running it does nothing to be seen. Say which file it belongs into, or call what it defines.',
        fixes: settings ? retag(runbook, block) : [],
      };
    }
  },
};

/** A comment near the top that is a path, perhaps after “in” or “file:”. */
const PATH =
  /^\s*(?:#|\/\/)\s*(?:(?:file(?:name)?\s*:|in|save as|contents of)\s*)?[`"']?((?:~?\/|\.{1,2}\/)?(?:[\w.-]+\/)*[\w.-]*\.[A-Za-z]\w{0,9})[`"']?\s*:?\s*$/i;

function ownPath(content: string): string | null {
  for (const line of content.split('\n', 6)) {
    const path = PATH.exec(line)?.[1];
    if (path !== undefined) return path;
  }
  return null;
}

function retag(runbook: Runbook, block: BlockStep): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  return [
    {
      title: 'Tag the block as ini',
      edits: [{ range: fence.language, newText: 'ini' }],
      preferred: false,
    },
  ];
}
