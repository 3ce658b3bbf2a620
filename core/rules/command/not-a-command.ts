import type { BlockText } from '../../runbook/types.ts';
import { blocksOf, contentRange, excerpt, isPosixShell, perBlock } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { Report, Rule, Stretch } from '../types.ts';

/** An address where a program's name should stand. */
export const notACommand: Rule = {
  id: 'command/not-a-command',
  title: 'An address stands where a command should',
  severity: 'warning',
  docs: {
    what: 'Reports a line of a shell block that is nothing but a URL or a mail address. Where the block has nothing to run, it is only worth a note.',
    why: 'A shell takes the first word for a program: “No such file or directory”. What was meant, to open it or to ask it, stands nowhere.',
    wrong: '```bash\n# Check the health endpoint\nhttps://api.example.net/health\n```',
    right: '```bash\n# Check the health endpoint\ncurl -fsS https://api.example.net/health\n```',
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const found = addresses(block);
      if (found.length === 0 || (block.role !== 'run' && block.role !== 'manual')) continue;
      for (const { start, end, kind } of found)
        yield {
          range: contentRange(runbook, block, start, end),
          severity: block.role === 'run' ? 'warning' : 'info',
          message: `\`${excerpt(block.content.slice(start, end), 50)}\` is an address and no command, so a shell cannot run it. ${advice[kind]}`,
        };
    }
  },
};

interface Address extends Stretch {
  readonly kind: Kind;
}

/** Lines of a shell block that are nothing but an address. */
const addresses = perBlock((block): readonly Address[] => {
  if (!isPosixShell(block.language?.toLowerCase() ?? null) || !/:\/\/|@/.test(block.content)) return [];
  // The script has blanks where addresses stand; the content says what was written, transcripts' answers too.
  const script = withoutAnswers(block);
  const bare = bareCharacters(script);
  const found: Address[] = [];
  let at = 0;
  let depth = 0;
  let continued = false;
  for (const line of script.split('\n')) {
    const start = at + line.length - line.trimStart().length;
    const text = line.trim();
    const kind = addressKind(text);
    if (kind !== null && depth === 0 && !continued && bare[start] === 1)
      found.push({ start, end: start + text.length, kind });
    for (let i = at; i < at + line.length; i++) {
      if (bare[i] !== 1) continue;
      if (script[i] === '(') depth++;
      else if (script[i] === ')' && depth > 0) depth--;
    }
    continued = /(?:\\|\||&&)$/.test(text);
    at += line.length + 1;
  }
  return found;
});

/** The content with what a transcript shows below its commands blanked. */
function withoutAnswers(block: BlockText): string {
  let text = '';
  let at = 0;
  for (const { start, end } of block.expectedOutput) {
    if (start < at) continue;
    text += block.content.slice(at, start) + block.content.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return text + block.content.slice(at);
}

type Kind = 'web' | 'socket' | 'other' | 'mail';

const advice: Readonly<Record<Kind, string>> = {
  web: 'Ask it with `curl -fsS`, or make it a link in the text.',
  socket: 'Ask it with a client such as `websocat`, or put it into the text.',
  other: 'Hand it to a client, or put it into the text.',
  mail: 'Put it into the text, or say what to send.',
};

function addressKind(text: string): Kind | null {
  const scheme = /^([a-z][a-z0-9+]{1,20}):\/\/\S+$/.exec(text)?.[1];
  if (scheme !== undefined)
    return /^https?$/.test(scheme) ? 'web' : /^wss?$/.test(scheme) ? 'socket' : 'other';
  return /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}$/.test(text) ? 'mail' : null;
}
