import type { BlockText } from '../../runbook/types.ts';
import { excerpt, isPosixShell } from '../support/blocks.ts';
import { peeled, type Redirect, type SimpleCommand, simpleCommands } from '../support/words.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** `sudo` in front of a redirection that it does not reach. */
export const sudoRedirect: Rule = {
  id: 'shell/sudo-redirect',
  title: 'sudo does not reach the redirection',
  severity: 'warning',
  docs: {
    what: 'Reports `sudo command > file` where the file belongs to the system: `/etc`, `/usr`, `/root`, `/sys` and the like.',
    why: 'The shell opens the file before `sudo` begins, with the rights of the person who types: “Permission denied”, and nothing is written.',
    wrong: '```bash\nsudo echo "vm.swappiness=1" > /etc/sysctl.d/60-ledger.conf\n```',
    right: '```bash\necho "vm.swappiness=1" | sudo tee /etc/sysctl.d/60-ledger.conf > /dev/null\n```',
    source: 'ShellCheck SC2024.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage)) return;
    for (const statement of block.commands) {
      if (!/\bsudo\b/.test(statement.text) || !statement.text.includes('>')) continue;
      for (const command of simpleCommands(block, statement)) {
        if (!peeled(command.words).sudo) continue;
        const redirect = command.redirects.find(
          ({ operator, target }) => /^1?>[>|]?$/.test(operator) && systemFile.test(target?.value ?? ''),
        );
        if (redirect === undefined) continue;
        yield {
          at: redirect,
          message: `\`sudo\` does not reach \`${excerpt(block.content.slice(redirect.start, redirect.end), 50)}\`: your own shell opens the file, without its rights. Write it with \`sudo tee\`.`,
          fixes: tee(block, command, redirect),
        };
      }
    }
  },
};

/** Where only root may write on an ordinary system. */
const systemFile =
  /^\/(?:etc|usr|root|sys|boot|lib|sbin|bin|proc\/sys|var\/lib|var\/spool|var\/log)\/[^\s$*]/;

/** `sudo echo x > /etc/y` → `echo x | sudo tee /etc/y > /dev/null`, where it is as plain as that. */
function tee(block: BlockText, command: SimpleCommand, redirect: Redirect): BlockFix[] {
  const [sudo, program, ...rest] = command.words;
  if (sudo?.value !== 'sudo' || program === undefined || redirect.target === null) return [];
  const append = redirect.operator.endsWith('>>') ? '-a ' : '';
  const file = block.content.slice(redirect.target.start, redirect.target.end);
  const write = `sudo tee ${append}${file} > /dev/null`;
  const last = rest.at(-1);
  if (
    /^(?:echo|printf)$/.test(program.value) &&
    command.redirects.length === 1 &&
    (last?.end ?? 0) < redirect.start
  )
    return [
      {
        title: 'Write the file with `sudo tee`',
        edits: [
          { start: sudo.start, end: program.start, newText: '' },
          { start: redirect.start, end: redirect.end, newText: `| ${write}` },
        ],
        preferred: true,
      },
    ];
  if (
    program.value === 'cat' &&
    rest.length === 0 &&
    command.redirects.length === 2 &&
    command.redirects[0] === redirect
  )
    return [
      {
        title: 'Write the file with `sudo tee`',
        edits: [{ start: sudo.start, end: redirect.end, newText: write }],
        preferred: true,
      },
    ];
  return [];
}
