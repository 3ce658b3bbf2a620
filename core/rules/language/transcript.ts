import type { BlockStep, Runbook } from '../../runbook/types.ts';
import { blocksOf, contentRange, excerpt, isScriptShell, openingFence } from '../support/blocks.ts';
import { firstPrompt, type WrittenLine, writtenLines } from '../support/typed.ts';
import type { Fix, Report, Rule } from '../types.ts';

/** Output among the commands of a block that is tagged as a script. */
export const transcript: Rule = {
  id: 'language/transcript',
  title: 'Output stands among the commands',
  severity: 'info',
  docs: {
    what: 'Reports a block tagged as a shell script that shows below a command what it printed. In a block tagged `console`, with a `$ ` before what is typed, this is as it should be.',
    why: 'Who copies the block hands the output to the shell as well. `NAME READY` is not found, but a `>` in it empties a file, and a line of it may be a command.',
    wrong: '```bash\nkubectl get pods\nNAME    READY   STATUS\nweb-0   1/1     Running\n```',
    right: '```console\n$ kubectl get pods\nNAME    READY   STATUS\nweb-0   1/1     Running\n```',
    source: 'GitHub Linguist: `bash` is a script, `console` a session of a shell.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (!isScriptShell(block.language) || !block.closed || block.script === block.content) continue;
      const [first] = block.expectedOutput;
      if (first === undefined) continue;
      const lines = writtenLines(block);
      const output = lines.find(({ kind, start }) => kind === 'answer' && start >= first.start);
      if (output === undefined) continue;
      const prompts = firstPrompt(block) !== null;
      // One line alone may also be a note: `alias: it`.
      if (!prompts && !first.text.trim().includes('\n')) continue;
      const shown = excerpt(block.content.slice(output.start, output.end), 40).replaceAll('`', "'");
      yield {
        range: contentRange(runbook, block, output.start, output.end),
        message: `\`${shown}\` is output, in a block tagged ${block.language}: who copies the block hands it to the shell too. ${
          prompts
            ? 'Tag the block as console.'
            : 'Move the output to a block of its own, or tag this one as console, with `$ ` before what is typed.'
        }`,
        fixes: asConsole(runbook, block, lines, prompts),
      };
    }
  },
};

/**
 * Tagged as console, with a prompt where none is. It is taken without asking where the prompts are there already and no
 * line begins with `#`, which is a comment in a script and may be root's prompt in a console.
 */
function asConsole(
  runbook: Runbook,
  block: BlockStep,
  lines: readonly WrittenLine[],
  prompts: boolean,
): Fix[] {
  const fence = openingFence(runbook, block);
  if (fence === null) return [];
  const tag = { range: fence.language, newText: 'console' };
  if (prompts) {
    const preferred = !/^[ \t]*#/m.test(block.content);
    return [{ title: 'Tag the block as console', edits: [tag], preferred }];
  }
  const places = typedPlaces(block, lines);
  if (places === null) return [];
  const marks = places.map((at) => ({ range: contentRange(runbook, block, at, at), newText: '$ ' }));
  const title = 'Tag the block as console, with `$ ` before what is typed';
  return [{ title, edits: [tag, ...marks], preferred: false }];
}

/** Where each command begins; null where one goes over several lines without saying so, or shares its line. */
function typedPlaces({ content, commands }: BlockStep, lines: readonly WrittenLine[]): number[] | null {
  const places: number[] = [];
  for (const { start, end } of commands) {
    const open = content
      .slice(start, end)
      .split('\n')
      .slice(0, -1)
      .some((line) => !line.endsWith('\\'));
    const line = lines.find((candidate) => candidate.start <= start && start <= candidate.end);
    if (open || line === undefined || content.slice(line.start, start).trim() !== '') return null;
    places.push(start);
  }
  return places;
}
