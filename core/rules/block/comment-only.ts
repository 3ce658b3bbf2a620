import { isPosixShell } from '../support/blocks.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Blocks of a runnable language with nothing in them to run. */
export const commentOnly: Rule = {
  id: 'block/comment-only',
  title: 'A block holds only comments',
  severity: 'info',
  docs: {
    what: 'Reports a block in a runnable language that holds nothing but comments, and says so in other words where they are a TODO.',
    why: 'It looks like a command, and running it succeeds at once without anything having been done. What it describes is a step for a person: as a list it can be ticked off.',
    wrong: '```bash\n# Open the dashboard\n# Compare memory with yesterday\n```',
    right: '- [ ] Open the dashboard\n- [ ] Compare memory with yesterday',
    source: 'Found in about 1 % of the shell blocks of 93 repositories.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const language = block.language === null ? '' : block.effectiveLanguage;
    // In a console transcript `# ` is the prompt of root.
    if (/^(?:console|shell-?session|terminal)$/i.test(block.language ?? '')) return;
    const comment = commentOf(language);
    if (comment === null) return;
    const lines = block.content.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0 || !lines.every((line) => comment.test(line))) return;
    yield {
      at: 'fence',
      message: lines.some((line) => UNWRITTEN.test(line))
        ? 'A command is missing here: the block holds only a remark that it has to be written. Write it, or say in words what to do.'
        : 'This block holds only comments, with nothing to run. Write a manual step as a list or a checklist, and a note as text.',
    };
  },
};

/** `# TODO: command needed` */
const UNWRITTEN = /^\s*(?:#+|--|\/\/)\s*(?:TODO|FIXME|TBD|XXX)\b/;

const hash = /^\s*#/;
const dashes = /^\s*--/;
const slashes = /^\s*\/\//;

function commentOf(language: string): RegExp | null {
  if (isPosixShell(language)) return hash;
  if (/^(?:fish|powershell|pwsh|python|ruby|perl)$/.test(language)) return hash;
  if (language === 'sql') return dashes;
  if (/^(?:javascript|typescript|node)$/.test(language)) return slashes;
  return null;
}
