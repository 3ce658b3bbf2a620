import type { BlockText } from '../../runbook/types.ts';
import { placed } from '../blockReports.ts';
import { sectionRange } from '../support/actions.ts';
import { blocksOf, excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Report, Rule } from '../types.ts';

/** A process that outlives its block. */
export const background: Rule = {
  id: 'shell/background',
  title: 'A command is left running in the background',
  severity: 'info',
  docs: {
    what: 'Reports, once a block, a command that it starts with `&` and neither waits for nor ends. Where the block uses `wait`, `kill`, `$!` or `jobs`, nothing is said; nor where a `pkill` or `kill` in the same section names it, or what follows there asks for its health.',
    why: 'When the block ends, it goes on: a port stays taken, what it prints is lost or mixed into the next output, and nobody notices when it fails. During an incident somebody has to look for it.',
    wrong:
      '```bash\nkubectl port-forward service/ledger 8080:80 &\ncurl -f http://localhost:8080/health\n```',
    right:
      '```bash\nkubectl port-forward service/ledger 8080:80 &\nforward=$!\ncurl -f http://localhost:8080/health\nkill "$forward"\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const { left } = leftRunning(block);
      if (left === null) continue;
      const around = sectionRange(runbook, block.section, 3);
      const { text } = runbook.source;
      const from = Math.max(around.start.offset, block.range.start.offset - NEAR);
      const to = Math.min(around.end.offset, block.range.end.offset + NEAR);
      if (isEnded(left.name, text.slice(from, to))) continue;
      if (!left.forwards && HEALTH.test(text.slice(block.range.end.offset, to))) continue;
      yield placed(runbook, block, left.report);
    }
  },
};

/** So far from the block a word about its end is looked for, in characters. */
const NEAR = 20_000;

interface Left {
  /** What a line that ends it would call it: the program's file. */
  readonly name: string;
  /** It only holds a port open for others. */
  readonly forwards: boolean;
  readonly report: BlockReport;
}

/** How somebody sees that a server runs. */
const HEALTH = /\b(?:curl|wget)\b[^\n]*\/(?:health|ready|live|status|ping)|\bpgrep\b|\bps (?:aux|-ef)\b/;

/** Whether a line ends processes of that name. */
function isEnded(name: string, text: string): boolean {
  return (
    name !== '' && text.split('\n').some((line) => line.includes(name) && /(?:kill|killall)\s/.test(line))
  );
}

const leftRunning = perBlock((block) => ({ left: startedHere(block) }));

/** The first command of a block that goes on when the block has ended; null where none does. */
function startedHere(block: BlockText): Left | null {
  const { content } = block;
  if (!block.runnable || !isPosixShell(block.effectiveLanguage) || !content.includes('&')) return null;
  if (/\$!|\$\{!\}|\b(?:wait|jobs|fg|p?kill(?:all)?|trap)\b|--cleanup\b/.test(content)) return null;
  const found = block.commands.flatMap(({ start, text }) => {
    const at =
      !text.includes('&') || isFunction(text) ? -1 : startsBackground(text, content[start + text.length]);
    return at < 0 ? [] : [{ start, text, at }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const { start, text, at } = first;
  const started = text.slice(0, at).trim();
  const shown = `\`${excerpt(started.slice(started.lastIndexOf('\n') + 1), 50)}\`${found.length > 1 ? ` (and ${found.length - 1} more here)` : ''}`;
  const [forward] = /\bport-forward\b|\bssh\b(?=.*\s-\w*[LRD])|\bproxy\b/.exec(started) ?? [];
  const message =
    forward === undefined
      ? `${shown} goes on when this block has ended: nothing here ends it, and nobody sees it fail. Say how it is stopped and where its output goes, or run it in a terminal of its own.`
      : `${shown} goes on when this block has ended, and keeps its port. Keep its number (\`pid=$!\`) and end it with \`kill "$pid"\`, or run it in a terminal of its own.`;
  return {
    name: forward ?? program(started),
    forwards: forward !== undefined,
    report: { at: { start, end: start + at + 1 }, message },
  };
}

/** The file that runs, without its folder; of `python server.py` the script. */
function program(started: string): string {
  const words = started.slice(started.lastIndexOf('\n') + 1).split(/\s+/);
  const named = words.filter(
    (word) => !/^(?:sudo|nohup|env|exec|python\d?|node|bash|sh|java|ruby|-.*|\w+=.*)$/.test(word),
  );
  return (named[0] ?? '').replace(/^.*\//, '').replace(/['"]/g, '');
}

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
