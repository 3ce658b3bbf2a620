import { needlessTty } from '../support/tty.ts';
import type { BlockReport, Rule } from '../types.ts';

/** A terminal for a command that ends by itself. */
export const needlessTerminal: Rule = {
  id: 'command/needless-tty',
  title: 'A terminal is asked for without need',
  severity: 'info',
  docs: {
    what: 'Reports `kubectl exec -it … -- command`, and the same with `oc`, `docker`, `podman` and `nerdctl`, where the command is known to answer and end. Shells and prompts are fine.',
    why: 'Without a terminal such a command fails or complains (“the input device is not a TTY”), so it cannot be captured or run from a script; and a terminal puts carriage returns into what is piped on.',
    wrong: '```bash\nkubectl exec -it deployment/web --namespace shop -- df -h\n```',
    right: '```bash\nkubectl exec deployment/web --namespace shop -- df -h\n```',
    source: 'Of 235 such commands in 93 repositories, 182 ended by themselves.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    for (const statement of block.commands)
      for (const { tool, inner, option } of needlessTty(block, statement)) {
        const gap =
          /^\s*\\?\n?[ \t]*/.exec(block.content.slice(option.end, option.end + 200))?.[0].length ?? 0;
        const keepsInput = option.keepsInput;
        yield {
          at: option,
          message: `\`${inner}\` answers and ends, so \`${tool} exec\` needs no terminal for it. Leave out \`${option.text}\`${keepsInput ? ', but keep `-i`' : ''}.`,
          fixes: [
            {
              title: keepsInput ? 'Write `-i`' : `Leave out \`${option.text}\``,
              edits: [
                keepsInput
                  ? { start: option.start, end: option.end, newText: '-i' }
                  : { start: option.start, end: option.end + gap, newText: '' },
              ],
              preferred: true,
            },
          ],
        };
      }
  },
};
