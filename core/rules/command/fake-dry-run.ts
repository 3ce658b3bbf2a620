import { isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** A rehearsal that is none. */
export const fakeDryRun: Rule = {
  id: 'command/fake-dry-run',
  title: 'A dry run is none',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports `--dry-run=none` and `--dry-run=false` of `kubectl`, `oc` and `helm`, which do the real thing, and `--dry-run` of `aws s3`, which does not know it (an error).',
    why: 'A reader sees “dry run” and presses Enter. With `none` or `false`, everything happens.',
    wrong: '```bash\nkubectl delete pvc --all --namespace shop --dry-run=none\n```',
    right: '```bash\nkubectl delete pvc --all --namespace shop --dry-run=server\n```',
    source:
      'kubectl 1.32: `--dry-run=false` “is deprecated and can be replaced with --dry-run=none”. AWS CLI: `--dryrun`.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage)) return;
    for (const statement of block.commands) {
      if (!statement.text.includes('--dry-run')) continue;
      for (const command of simpleCommands(block, statement)) {
        const { words } = peeled(command.words);
        const tool = words[0]?.value ?? '';
        const option = ownOptions(words).find(({ value }) => /^--dry-run(?:=|$)/.test(value));
        if (option === undefined) continue;
        const at = { start: option.start, end: option.end };
        if (/^(?:kubectl|oc|helm)$/.test(tool) && /=(?:none|false)$/i.test(option.value))
          yield {
            at,
            message: `\`${option.value}\` is no rehearsal: \`${tool}\` does it for real. Write \`--dry-run=server\` to rehearse, or leave it out.`,
            fixes: [
              {
                title: 'Rehearse: write `--dry-run=server`',
                edits: [{ ...at, newText: '--dry-run=server' }],
                preferred: false,
              },
              {
                title: 'Do it: leave the option out',
                edits: [
                  {
                    start: gapBefore(block.content, option.start),
                    end: option.end,
                    newText: '',
                  },
                ],
                preferred: false,
              },
            ],
          };
        else if (tool === 'aws' && option.value === '--dry-run' && isS3(words))
          yield {
            at,
            severity: 'error',
            message: '`aws s3` has no `--dry-run` and refuses the command. It is written `--dryrun` there.',
            fixes: [{ title: 'Write `--dryrun`', edits: [{ ...at, newText: '--dryrun' }], preferred: true }],
          };
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
