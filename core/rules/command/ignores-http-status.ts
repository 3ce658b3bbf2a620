import { excerpt } from '../support/blocks.ts';
import { type Program, programs } from '../support/programs.ts';
import type { BlockReport, Rule } from '../types.ts';

/** `curl` whose exit status decides something, though it is 0 for an error page as well. */
export const ignoresHttpStatus: Rule = {
  id: 'command/ignores-http-status',
  title: 'A check takes an error page for success',
  severity: 'warning',
  docs: {
    what: 'Reports `curl` without `--fail` where its exit status decides what happens next (`if curl …`, `until curl …`, `curl … && …`, `curl … || exit 1`), and where its answer is thrown away.',
    why: 'To `curl`, an answer with the status 500 is an answer: it exits with 0, and the check says that all is well.',
    wrong: '```bash\nuntil curl -s https://shop.example/health; do sleep 5; done\n```',
    right: '```bash\nuntil curl -fsS https://shop.example/health; do sleep 5; done\n```',
    source: 'curl manual, `-f, --fail`.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, ['curl'])) {
      if (program.name !== 'curl' || seesStatus(program)) continue;
      const how =
        decides(block.script, program) ?? (thrownAway(program) ? 'its answer is thrown away' : undefined);
      if (how === undefined) continue;
      const [curl] = program.words;
      yield {
        at: { start: curl.start, end: program.simple.end },
        message: `\`${excerpt(block.content.slice(curl.start, program.simple.end), 50)}\` succeeds for an error page too, and ${how}. With \`--fail\` a status of 400 or more is a failure.`,
        fixes: [
          {
            title: 'Add `--fail`',
            edits: [{ start: curl.end, end: curl.end, newText: ' --fail' }],
            preferred: true,
          },
        ],
      };
    }
  },
};

/** With `--fail`, or where the status itself or the headers are shown or written. */
function seesStatus({ words }: Program): boolean {
  return words.some(
    ({ value }) =>
      // Other protocols have no status.
      /^(?:telnet|ftps?|sftp|scp|smtps?|ldaps?|file|tftp|dict):/i.test(value) ||
      /^--(?:fail|fail-with-body|fail-early|write-out|head|include|verbose|version|help)(?:=|$)/.test(
        value,
      ) ||
      /^-[A-Za-z]*[fwIivVh]/.test(value),
  );
}

/** What its exit status decides. */
function decides(script: string, { simple, words: [curl] }: Program): string | undefined {
  // Of a pipe, the last program's status counts.
  const after = script.slice(simple.end).trimStart();
  if (after.startsWith('|') && !after.startsWith('||')) return undefined;
  // `&& echo` only ends the line of the answer.
  if (/^&&\s*echo\s*(?:""|'')?\s*(?:$|[;\n])/.test(after)) return undefined;
  if (after.startsWith('&&')) return 'what stands behind `&&` runs all the same';
  // `|| true` decides nothing.
  if (after.startsWith('||'))
    return /^\|\|\s*(?:true|:)(?:\s|;|$)/.test(after) ? undefined : 'what stands behind `||` never runs';
  const line = script.slice(script.lastIndexOf('\n', curl.start - 1) + 1, curl.start);
  const keyword = /(?:^|[;\s])(if|elif|while|until)\s+(?:!\s+)?(?:\w+=\S*\s+)*$/.exec(line)?.[1];
  return keyword === undefined || !/^(?:;|\n|then|do)/.test(script.slice(simple.end).replace(/^[ \t]+/, ''))
    ? undefined
    : `\`${keyword}\` goes by that`;
}

/** An address that is there to be checked. */
const CHECKS = /health|ready|readyz|livez|alive|liveness|status|ping|check/i;

/** The answer to a plain question that goes to `/dev/null`, without anything said about its status. */
function thrownAway({ words, simple, statement }: Program): boolean {
  // Else it may measure the time, fill a cache or make traffic.
  if (!CHECKS.test(statement.text) || /^(?:time|for|while)\b/.test(statement.text)) return false;
  const values = words.map(({ value }) => value);
  const sends = values.some((value) =>
    /^(?:-X|--request|-d|--data.*|-F|--form|-T|-X\w+|--json)$/.test(value),
  );
  const out = values.findIndex((value) => /^(?:-o|--output|-[a-zA-Z]*o)$/.test(value));
  return (
    !sends &&
    ((out > 0 && values[out + 1] === '/dev/null') ||
      simple.redirects.some(
        ({ operator, target }) => /^(?:1?>|&>)$/.test(operator) && target?.value === '/dev/null',
      ))
  );
}
