import { isSentence } from '../../runbook/blocks/answers.ts';
import type { BlockStep, BlockText, Runbook } from '../../runbook/types.ts';
import {
  blocksOf,
  contentRange,
  excerpt,
  fenceLine,
  isScriptShell,
  openingFence,
} from '../support/blocks.ts';
import { firstPrompt, writtenLines } from '../support/typed.ts';
import type { Fix, Report, Rule, Stretch } from '../types.ts';

/** Words for people where a shell expects commands. */
export const proseInShell: Rule = {
  id: 'language/prose-in-shell',
  title: 'Words for people in a shell block',
  severity: 'warning',
  docs: {
    what: 'Reports sentences and messages that stand as commands in a block tagged as a shell script. Where the whole block is text, it is a note at its tag.',
    why: 'A shell takes the first word of the sentence for a program: “Make: command not found”. What should be done by a person is neither done nor seen.',
    wrong: '```bash\nkubectl get pods -n web\nMake sure that no pod of the ledger restarts again.\n```',
    right: '```bash\nkubectl get pods -n web\n# Make sure that no pod of the ledger restarts again.\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      // A fence that nothing closes takes in what follows it, and `structure/unclosed-fence` says so.
      if (!isScriptShell(block.language) || !block.closed) continue;
      if (block.languageBasis === 'corrected') {
        if (block.effectiveLanguage !== 'text' || !/^(?:prose|template)$/.test(block.role)) continue;
        yield {
          range: openingFence(runbook, block)?.language ?? fenceLine(runbook, block),
          severity: 'info',
          message: `This block is text for people (“${excerpt(block.content, 40)}”), but tagged ${block.language}: nothing in it can run. Tag it as text.`,
          fixes: asText(runbook, block),
        };
        continue;
      }
      const [first, ...more] = proseOf(block);
      if (first === undefined) continue;
      const shown = excerpt(block.content.slice(first.start, first.end), 50);
      const others =
        more.length === 0
          ? ''
          : `, as ${more.length === 1 ? 'one more line is' : `${more.length} more lines are`}`;
      yield {
        range: contentRange(runbook, block, first.start, first.end),
        message: `“${shown}” is for people to read${others}: a shell takes it for a command. Make it a comment, or put it into the text.`,
        fixes: [commented(runbook, block, [first, ...more])],
      };
    }
  },
};

/** The lines that are words for people. */
function proseOf(block: BlockText): readonly Stretch[] {
  let found = known.get(block.key);
  if (found === undefined) {
    found = readProse(block);
    known.set(block.key, found);
  }
  return found;
}

const known = new WeakMap<object, readonly Stretch[]>();

function readProse(block: BlockText): Stretch[] {
  const { content, script, commands, expectedOutput } = block;
  const found: Stretch[] = [];
  // In a transcript everything without a prompt is an answer, whatever it says; `language/transcript` speaks of it.
  if (script !== content && expectedOutput.length === 0 && firstPrompt(block) === null)
    for (const { kind, start, end } of writtenLines(block)) {
      if (kind !== 'answer') continue;
      const stretch = trimmed(content, start, end);
      // Addresses are what `command/not-a-command` speaks of; `psql=> SELECT 1;` is typed elsewhere.
      if (!/:\/\/|^\S{0,40}[=-]?>/.test(content.slice(stretch.start, stretch.end))) found.push(stretch);
    }
  for (const { start, end, classification } of commands) {
    if (classification.effect !== 'unknown') continue;
    const text = content.slice(start, end);
    if (text.length < 300 && (isSentence(text) || ORDER.test(text))) found.push({ start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** An order to a person: a capital, words alone, and one among them that no command has. */
const ORDER =
  /^[A-Z][a-z]+(?: [A-Za-z][\w,-]*){0,6} (?:the|an?|your|that|all|and|if|any|each|every|this|these)(?: [A-Za-z][\w,-]*){1,12}[.:!]?$/;

function trimmed(content: string, start: number, end: number): Stretch {
  const line = content.slice(start, end);
  return {
    start: start + line.length - line.trimStart().length,
    end: end - (line.length - line.trimEnd().length),
  };
}

/** Nothing runs that did not before: what was taken for a command is none any more. */
function commented(runbook: Runbook, block: BlockStep, lines: readonly Stretch[]): Fix {
  const starts = lines.flatMap(({ start, end }) =>
    [...block.content.slice(start, end).matchAll(/^/gm)].map((match) => start + match.index),
  );
  return {
    title: lines.length === 1 ? 'Make it a comment' : 'Make them comments',
    edits: starts.map((at) => ({ range: contentRange(runbook, block, at, at), newText: '# ' })),
    preferred: true,
  };
}

function asText(runbook: Runbook, block: BlockStep): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  return [
    {
      title: 'Tag the block as text',
      edits: [{ range: fence.language, newText: 'text' }],
      preferred: true,
    },
  ];
}
