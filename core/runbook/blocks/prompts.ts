/**
 * Transcripts: blocks in which a prompt marks what was typed and the rest is what the program answered. Only typed text
 * is a command. `# ` is a comment, except in a console fence whose lines begin with `# ` and a known program.
 */
import { dialectOf } from '../../shell/index.ts';
import { type Answer, changes } from './answers.ts';
import { SHELL_LINE } from './shellText.ts';

const DOLLAR =
  /^\s*(?:\([\w.-]{1,30}\) ?)?(?:\[[^\]\n]{1,60}\]|[\w.-]{1,40}@[\w.-]{1,60}(?::\S{0,60}?)?|[\w.-]{1,20}(?=\$))?\s?\$ +(?=\S)/;
const NAMED_ROOT =
  /^\s*(?:\[[^\]\n]{1,60}\]|[\w.-]{1,40}@[\w.-]{1,60}(?::\S{0,60}?)?|(?:ba|z)?sh-[\d.]+)\s?[#%] +(?=\S)/;
const POWERSHELL = /^\s*PS(?: [^>\n]{0,80})?> ?(?=\S)/;
const ROOT = /^\s*# +(?=\S)/;
const OPENS_SESSION = /\b(?:debug|rsh|exec|ssh|attach|su|chroot|toolbox|shell|bash|sh)\b/;
const CONTINUATION = /^\s*> ?/;

const ARROW = /^\s*❯ +(?=\S)/;

/** A transcript: what was typed, and which lines are answers. */
export interface Transcript {
  /** As long as the content: prompts and answers are blanked. */
  readonly script: string;
  readonly answers: readonly Answer[];
}

/** The transcript that a block holds; null where no prompt says what was typed. */
export function readTranscript(content: string, language: string): Transcript | null {
  const lines = content.split('\n');
  const prompts = promptsOf(lines, language);
  if (prompts === null) return null;
  const typed: string[] = [];
  const answers: Answer[] = [];
  let open = false;
  let until: string | null = null;
  /** Whether the last prompt of the shell opened a session, in which `# ` is root's. */
  let inside = false;
  for (const line of lines) {
    const written = prompts.map((pattern) => pattern.exec(line)).find((match) => match !== null);
    const prompt = open || until !== null ? null : (written ?? (inside ? rootPrompt(line) : null));
    if (prompt !== null) typed.push(blank(prompt[0]) + line.slice(prompt[0].length));
    else if (open || until !== null) {
      const lead = CONTINUATION.exec(line)?.[0] ?? '';
      typed.push(blank(lead) + line.slice(lead.length));
      if (until !== null && line.slice(lead.length).trim() === until) until = null;
    } else {
      const kept = language === 'console' ? false : line.trimStart().startsWith('#');
      // Somebody forgot a prompt: a command that changes something is not taken for an answer.
      const command =
        SHELL_LINE.test(line) &&
        !/^\s*\w+=/.test(line) &&
        changes(line.trim(), dialectOf(language) ?? 'bash');
      typed.push(kept || command ? line : blank(line));
      answers.push(kept || command || line.trim() === '' ? null : 'output');
      continue;
    }
    answers.push(null);
    const text = typed.at(-1) ?? '';
    // A blank behind the backslash is a slip: the next line is meant to go on.
    open = until === null && /\\[ \t]*$/.test(text);
    if (written !== undefined && prompt !== null) inside = language === 'console' && OPENS_SESSION.test(text);
    if (until === null && prompt !== null)
      until = /(?<!<)<<-?\s*(['"]?)([A-Za-z_]\w*)\1/.exec(text)?.[2] ?? null;
  }
  return { script: typed.join('\n'), answers };
}

/** `# chroot /host` below `$ oc debug node/x`: what root types there. With anything but a known program it is a comment. */
function rootPrompt(line: string): RegExpExecArray | null {
  const prompt = ROOT.exec(line);
  return prompt !== null && SHELL_LINE.test(line.slice(prompt[0].length)) ? prompt : null;
}

function promptsOf(lines: readonly string[], language: string): RegExp[] | null {
  const any = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
  if (language === 'powershell' || language === 'cmd') return any(POWERSHELL) ? [POWERSHELL] : null;
  if (language === 'console') {
    const prompts = [DOLLAR, NAMED_ROOT, POWERSHELL, ARROW].filter(any);
    if (prompts.length > 0) return prompts;
    return lines.some((line) => ROOT.test(line) && SHELL_LINE.test(line.replace(ROOT, ''))) ? [ROOT] : null;
  }
  // Elsewhere only where the first line that is not a comment has a prompt: `$ ` may begin an answer or a heredoc line.
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const prompts = [DOLLAR, NAMED_ROOT, ARROW];
  return first !== undefined && prompts.some((prompt) => prompt.test(first)) ? prompts : null;
}

/** The same text with every character but line breaks replaced by a blank. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
