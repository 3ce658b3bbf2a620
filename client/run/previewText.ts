/** The document that shows what would run: a head of comments, then the script as it stands. Pure. */
import { explained, targetInWords } from '../../core/shell/index.ts';
import type { Preview, PreviewLanguage } from './preview.ts';
import type { Selection } from './selection.ts';

/** How a language writes a comment line, and which of our language ids colours it. */
const languages: Readonly<Record<string, readonly [comment: string, id: PreviewLanguage]>> = {
  bash: ['#', 'runline-preview-shell'],
  sh: ['#', 'runline-preview-shell'],
  zsh: ['#', 'runline-preview-shell'],
  fish: ['#', 'runline-preview-shell'],
  powershell: ['#', 'runline-preview'],
  cmd: ['REM', 'runline-preview'],
  sql: ['--', 'runline-preview-sql'],
  javascript: ['//', 'runline-preview'],
  typescript: ['//', 'runline-preview'],
};

/** A question opens over the top of the window: nothing that matters may lie below it. */
const room = '\n'.repeat(4);

/** What is shown before it runs. */
export interface Shown {
  /** As it will run, secret values masked. */
  readonly script: string;
  /** Where the session begins, absolute. */
  readonly cwd: string;
  /** What is known of the variables that the script reads, secret values masked. */
  readonly variables: Readonly<Record<string, string>>;
}

export function previewText(selection: Selection, { script, cwd, variables }: Shown): Preview {
  const [comment, language] = languages[selection.language] ?? ['#', 'runline-preview'];
  const lines = script.split('\n').length;
  const head = [
    selection.title,
    `${selection.language}, in ${cwd}`,
    ...explained(selection.classification).map(({ label, text }) =>
      label === null ? text : `${label}: ${text}`,
    ),
    ...Object.entries(variables).map(([name, value]) => `With ${name}=${value}`),
    `What follows is the exact text, ${lines} ${lines === 1 ? 'line' : 'lines'}:`,
  ];
  // A heading can hold anything: what would start a new line must not end the comment.
  const comments = head.map((line) => `${comment} ${line.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')}`);
  return { title: selection.title, text: `${room}${comments.join('\n')}\n\n${script}\n`, language };
}

/** `: namespace prod, context live`, or nothing where no target is named. */
export function targetText(selection: Selection): string {
  const { targets } = selection.classification;
  if (targets.length === 0) return '';
  return `: ${targets.map(targetInWords).join(', ')}`;
}

/** Names that a script reads as `$NAME` or `${NAME…}`, each once, in order. */
export function variablesRead(script: string): string[] {
  const names = [...script.matchAll(/\$(?:\{[#!]?)?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
  return [...new Set(names)];
}

/** The line around an offset, cut to 120 characters where it is longer; what stands at the offset is always among them. */
export function excerptAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? undefined : end);
  const most = 120;
  if (line.trim().length <= most) return line.trim();
  const from = Math.max(0, Math.min(offset - start - most / 2, line.length - most));
  const cut = line.slice(from, from + most).trim();
  return `${from > 0 ? '…' : ''}${cut}${from + most < line.length ? '…' : ''}`;
}
