import { excerpt, isPosixShell } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Rule } from '../types.ts';

/** A process that outlives its block. */
export const background: Rule = {
  id: 'shell/background',
  title: 'A command is left running in the background',
  severity: 'info',
  docs: {
    what: 'Reports, once a block, a command that it starts with `&` and neither waits for nor ends. Where the block uses `wait`, `kill`, `$!` or `jobs`, nothing is said.',
    why: 'When the block ends, it goes on: a port stays taken, what it prints is lost or mixed into the next output, and nobody notices when it fails. During an incident somebody has to look for it.',
    wrong:
      '```bash\nkubectl port-forward service/ledger 8080:80 &\ncurl -f http://localhost:8080/health\n```',
    right:
      '```bash\nkubectl port-forward service/ledger 8080:80 &\nforward=$!\ncurl -f http://localhost:8080/health\nkill "$forward"\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const { content } = block;
    if (!block.runnable || !isPosixShell(block.effectiveLanguage) || !content.includes('&')) return;
    if (/\$!|\$\{!\}|\b(?:wait|jobs|fg|p?kill(?:all)?|trap)\b|--cleanup\b/.test(content)) return;
    const found = block.commands.flatMap(({ start, text }) => {
      const at =
        !text.includes('&') || isFunction(text) ? -1 : startsBackground(text, content[start + text.length]);
      return at < 0 ? [] : [{ start, text, at }];
    });
    for (const { start, text, at } of found.slice(0, 1)) {
      const started = text.slice(0, at).trim();
      const others = found.length > 1 ? ` (and ${found.length - 1} more here)` : '';
      const name = excerpt(started.slice(started.lastIndexOf('\n') + 1), 50);
      yield {
        at: { start, end: start + at + 1 },
        message: /\bport-forward\b|\bssh\b.*\s-\w*[LRD]|\bproxy\b/.test(started)
          ? `\`${name}\`${others} goes on when this block has ended, and keeps its port. Keep its number (\`pid=$!\`) and end it with \`kill "$pid"\`, or run it in a terminal of its own.`
          : `\`${name}\`${others} goes on when this block has ended: nothing here ends it, and nobody sees it fail. Say how it is stopped and where its output goes, or run it in a terminal of its own.`,
      };
    }
  },
};

/** What is only defined starts nothing yet. */
function isFunction(text: string): boolean {
  return /^(?:function\s|[\w:-]+\s*\(\s*\))/.test(text);
}

/** The offset of the first `&` that sends a command to the background, or -1; `after` is the character behind the text. */
function startsBackground(text: string, after = ''): number {
  const bare = bareCharacters(text);
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '&' || bare[i] !== 1) continue;
    if (text[i + 1] === '&') i++;
    // `2>&1`, `&>`, `|&`; and an address with a bare `&` in it (`?page=2&size=9`) starts something else than it says.
    else if (/[<>|&]/.test(text[i - 1] ?? '') || text[i + 1] === '>' || /[\w=%]/.test(text[i + 1] ?? after))
      continue;
    else return i;
  }
  return -1;
}
