/** Output in one line: what someone would read out to a colleague. */
import type { OutputExcerpt } from '../execution/types.ts';
import { oneLine } from './log/clean.ts';

/** Words that begin or mark a complaint, as the common tools write it. */
const COMPLAINT =
  /\b(error|err!|fatal|fail(?:ed|ure|s)?|panic|exception|traceback|denied|refused|unreachable|unavailable|timed? ?out|timeout|not found|no such|cannot|can't|could not|couldn't|unable to|invalid|unauthori[sz]ed|forbidden|killed|segmentation fault|unhealthy)\b/i;

/** A line that says a count of none: `0 errors`, `no failures`. */
const NONE =
  /\b(0|no|zero) (errors?|failures?|failed|exceptions?)\b|\b(errors?|failures?|failed)\s*[:=]\s*0\b/i;

/** The longest line that is looked at; minified output is no sentence. */
const LONGEST = 2_000;

/**
 * The first telling line of an output: after a failure the first line that reads like a complaint, else the last line
 * with anything in it. Null where the output is blank.
 */
export function tellingLine(output: OutputExcerpt, failed: boolean): string | null {
  const lines = `${output.head}\n${output.tail}`
    .split('\n')
    .map((line) => oneLine(line.slice(0, LONGEST)))
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const complaint = failed ? lines.find((line) => COMPLAINT.test(line) && !NONE.test(line)) : undefined;
  return complaint ?? lines.at(-1) ?? null;
}
