import { blocksOf, contentRange, isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { Report, Rule } from '../types.ts';

/** A rehearsal that is none. */
export const fakeDryRun: Rule = {
  id: 'command/fake-dry-run',
  title: 'A dry run is none',
  severity: 'warning',
  docs: {
    what: 'Reports `--dry-run=none` and `--dry-run=false` of `kubectl`, `oc` and `helm`, which do the real thing, and `--dry-run` of `aws s3`, which does not know it (an error).',
    why: 'A reader sees “dry run” and presses Enter. With `none` or `false`, everything happens.',
    wrong: '```bash\nkubectl delete pvc --all --namespace shop --dry-run=none\n```',
    right: '```bash\nkubectl delete pvc --all --namespace shop --dry-run=server\n```',
    source:
      'kubectl 1.32: `--dry-run=false` “is deprecated and can be replaced with --dry-run=none”. AWS CLI: `--dryrun`.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      if (!isPosixShell(block.effectiveLanguage)) continue;
      for (const statement of block.commands) {
        if (!statement.text.includes('--dry-run')) continue;
        for (const command of simpleCommands(block, statement)) {
          const { words } = peeled(command.words);
          const tool = words[0]?.value ?? '';
          const option = ownOptions(words).find(({ value }) => /^--dry-run(?:=|$)/.test(value));
          if (option === undefined) continue;
          const range = contentRange(runbook, block, option.start, option.end);
          if (/^(?:kubectl|oc|helm)$/.test(tool) && /=(?:none|false)$/i.test(option.value))
            yield {
              range,
              message: `\`${option.value}\` is no rehearsal: \`${tool}\` does it for real. Write \`--dry-run=server\` to rehearse, or leave it out.`,
              fixes: [
                {
                  title: 'Rehearse: write `--dry-run=server`',
                  edits: [{ range, newText: '--dry-run=server' }],
                  preferred: false,
                },
                {
                  title: 'Do it: leave the option out',
                  edits: [
                    {
                      range: contentRange(runbook, block, gapBefore(block.content, option.start), option.end),
                      newText: '',
                    },
                  ],
                  preferred: false,
                },
              ],
            };
          else if (tool === 'aws' && option.value === '--dry-run' && isS3(words))
            yield {
              range,
              severity: 'error',
              message: '`aws s3` has no `--dry-run` and refuses the command. It is written `--dryrun` there.',
              fixes: [
                { title: 'Write `--dryrun`', edits: [{ range, newText: '--dryrun' }], preferred: true },
              ],
            };
        }
      }
    }
  },
};

/** Words before `--`, after which another command's begin. */
function ownOptions(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.findIndex(({ value }) => value === '--');
  return end < 0 ? words : words.slice(0, end);
}

/** The commands of `aws s3` that rehearse. */
function isS3(words: readonly ShellWord[]): boolean {
  const at = words.findIndex(({ value }) => value === 's3');
  return at > 0 && /^(?:cp|mv|rm|sync)$/.test(words[at + 1]?.value ?? '');
}

/** The blanks before an option on its line. */
function gapBefore(content: string, start: number): number {
  let at = start;
  while (at > 0 && /[ \t]/.test(content[at - 1] ?? '')) at--;
  return at > 0 && content[at - 1] !== '\n' ? at : start;
}
