import type { BlockText } from '../../runbook/types.ts';
import { excerpt, isScriptShell } from '../support/blocks.ts';
import { firstPrompt, type WrittenLine, writtenLines } from '../support/typed.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** Prompts in front of commands that are meant to be copied. */
export const prompt: Rule = {
  id: 'language/prompt',
  title: 'Prompts stand in front of the commands',
  severity: 'hint',
  docs: {
    what: 'Reports a block tagged as a shell script whose commands have a prompt (`$ `, `[root@host]# `) and show no output. A block with output is a transcript, which `language/transcript` reports.',
    why: 'Who copies the line copies the prompt, and the shell answers “$: command not found”. Without output below the commands the prompt tells nothing.',
    wrong: '```bash\n$ kubectl get pods -n web\n$ kubectl describe pod web-0 -n web\n```',
    right: '```bash\nkubectl get pods -n web\nkubectl describe pod web-0 -n web\n```',
    source: 'markdownlint MD014: dollar signs before commands without their output.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isScriptShell(block.language) || block.script === block.content) return;
    const first = firstPrompt(block);
    if (first === null) return;
    const lines = writtenLines(block);
    if (lines.some(({ kind }) => kind === 'answer')) return;
    const prompts = lines.filter((line) => hasPrompt(block, line));
    const plain = prompts.every(({ start, typedAt }) => PLAIN.test(block.content.slice(start, typedAt)));
    const more = prompts.length === 1 ? '' : `, here and on ${others(prompts.length - 1)}`;
    yield {
      at: { start: first.start, end: first.end },
      message: `The prompt \`${excerpt(first.text, 30)}\` is copied with the command, and a shell does not know it. Leave it out${more}${
        plain ? '' : ', and say in the text where the command is typed'
      }.`,
      fixes: [strip(block, prompts, plain)],
    };
  },
};

/** A prompt that says nothing; others tell on which machine or as whom something is typed. */
const PLAIN = /^\s*[$❯%>]\s*$/;

function hasPrompt({ content }: BlockText, { kind, start, typedAt }: WrittenLine): boolean {
  return kind === 'typed' && content.slice(start, typedAt).trim() !== '';
}

function others(count: number): string {
  return count === 1 ? 'one more line' : `${count} more lines`;
}

/** The prompts go, indents before them stay: what a run is given is the same with and without them. */
function strip({ content }: BlockText, lines: readonly WrittenLine[], preferred: boolean): BlockFix {
  return {
    title: lines.length === 1 ? 'Take out the prompt' : 'Take out the prompts',
    edits: lines.map(({ start, typedAt }) => {
      const lead = content.slice(start, typedAt);
      return { start: start + lead.length - lead.trimStart().length, end: typedAt, newText: '' };
    }),
    preferred,
  };
}
