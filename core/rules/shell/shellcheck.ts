import { blocksOf, contentRange } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** What ShellCheck says, where it was asked. */
export const shellCheck: Rule = {
  id: 'shell/shellcheck',
  title: 'ShellCheck has a remark',
  severity: 'warning',
  docs: {
    what: 'Passes on what [ShellCheck](https://www.shellcheck.net) says about a shell block, with its code. It is asked where it is installed: by the editor in trusted workspaces (`runline.shellcheck.enabled`), by the command line with `--shellcheck`. Warnings and errors alone; what is a matter of style, and what other rules say already, is left out. Placeholders count as filled in.',
    why: 'It knows some four hundred ways in which a shell does something else than was meant.',
    wrong: '```bash\nkubectl get pods --namespace ledger \\\n\n  --no-headers\n```',
    right: '```bash\nkubectl get pods --namespace ledger \\\n  --no-headers\n```',
    source: 'ShellCheck. Each code has a page: https://www.shellcheck.net/wiki/SC2215',
  },
  *check({ runbook, shellCheck: answers }): Iterable<Report> {
    if (answers === undefined) return;
    for (const block of blocksOf(runbook))
      for (const { code, start, end, severity, message } of answers(block))
        yield {
          range: contentRange(runbook, block, start, Math.min(end, block.content.length)),
          severity,
          message: `${sentence(message)} (ShellCheck SC${code}).`,
        };
  },
};

/** On one line, and without the full stop that the code takes. */
function sentence(message: string): string {
  return message.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
