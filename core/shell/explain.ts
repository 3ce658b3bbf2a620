/** What one command, or a whole block, of any language would do. */
import { dialectOf } from './dialect.ts';
import type { Mask } from './parse.ts';
import { readScript } from './script.ts';
import { classifySql } from './sql.ts';
import type { Classification } from './types.ts';
import { toClassification, unknown } from './verdict.ts';

/**
 * @param language As a fence names it; default `bash`. A language that is neither a shell nor SQL is code that no table
 * can see into: unknown, and so mutating.
 */
export function explainCommand(command: string, language = 'bash'): Classification {
  if (/^(sql|psql|postgres(ql)?|mysql|sqlite)$/i.test(language.trim())) return classifySql(command);
  const dialect = dialectOf(language);
  if (dialect !== null) return readScript(command, { dialect, masks: placeholders(command) }).classification;
  return toClassification(unknown(`code in ${language} runs as it stands`));
}

/** `<pod>` where a word stands: no redirection is written so, and nothing runs before it is filled in. */
const ANGLE = /(?<![<>&$\d])<[A-Za-z][\w-]*(?: [a-z]+)*>(?![\w>&(|])/g;

const NONE: readonly Mask[] = [];

function placeholders(command: string): readonly Mask[] {
  if (!command.includes('<')) return NONE;
  return [...command.matchAll(ANGLE)].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
  }));
}
