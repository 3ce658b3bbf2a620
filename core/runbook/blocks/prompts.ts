/**
 * Transcripts: blocks in which a prompt marks what was typed and the rest is what the program answered. Only typed text
 * is a command. `# ` is a comment, except in a console fence whose lines begin with `# ` and a known program.
 */
import { commandLines, SHELL_LINE } from './shellText.ts';

const DOLLAR =
  /^\s*(?:\([\w.-]{1,30}\) ?)?(?:\[[^\]\n]{1,60}\]|[\w.-]{1,40}@[\w.-]{1,60}(?::\S{0,60}?)?|[\w.-]{1,20}(?=\$))?\s?\$ +(?=\S)/;
const NAMED_ROOT =
  /^\s*(?:\[[^\]\n]{1,60}\]|[\w.-]{1,40}@[\w.-]{1,60}(?::\S{0,60}?)?|(?:ba|z)?sh-[\d.]+)\s?[#%] +(?=\S)/;
const POWERSHELL = /^\s*PS(?: [^>\n]{0,80})?> ?(?=\S)/;
const ROOT = /^\s*# +(?=\S)/;
const CONTINUATION = /^\s*> ?/;

/**
 * The text that a shell would get: `content` with prompts and answers blanked, so that offsets stay. Null where the block
 * is no transcript.
 */
export function typedText(content: string, language: string): string | null {
  const lines = content.split('\n');
  const prompts = promptsOf(lines, language);
  if (prompts === null) {
    // A console fence without prompts is a list of commands, or output alone.
    const first = language === 'console' ? commandLines(content)[0] : undefined;
    return first === undefined || SHELL_LINE.test(first) ? null : blank(content);
  }
  const typed: string[] = [];
  let open = false;
  let until: string | null = null;
  for (const line of lines) {
    const prompt =
      open || until !== null ? null : (prompts.map((p) => p.exec(line)).find((m) => m !== null) ?? null);
    if (prompt !== null) typed.push(blank(prompt[0]) + line.slice(prompt[0].length));
    else if (open || until !== null) {
      const lead = CONTINUATION.exec(line)?.[0] ?? '';
      typed.push(blank(lead) + line.slice(lead.length));
      if (until !== null && line.slice(lead.length).trim() === until) until = null;
    } else {
      typed.push(language === 'console' || !line.trimStart().startsWith('#') ? blank(line) : line);
      continue;
    }
    const text = typed.at(-1) ?? '';
    open = until === null && text.endsWith('\\');
    if (until === null && prompt !== null) until = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.exec(text)?.[2] ?? null;
  }
  return typed.join('\n');
}

function promptsOf(lines: readonly string[], language: string): RegExp[] | null {
  const any = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
  if (language === 'powershell' || language === 'cmd') return any(POWERSHELL) ? [POWERSHELL] : null;
  if (language === 'console') {
    const prompts = [DOLLAR, NAMED_ROOT, POWERSHELL].filter(any);
    if (prompts.length > 0) return prompts;
    return lines.some((line) => ROOT.test(line) && SHELL_LINE.test(line.replace(ROOT, ''))) ? [ROOT] : null;
  }
  // Elsewhere only where the first line that is not a comment has a prompt: `$ ` may begin an answer or a heredoc line.
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return first !== undefined && DOLLAR.test(first) ? [DOLLAR] : null;
}

/** The same text with every character but line breaks replaced by a blank. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
