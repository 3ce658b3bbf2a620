/** What a command talks to, and how it fails. Handed in, so that tests need no process. */

export interface Io {
  /** For results alone. */
  out(text: string): void;
  /** For messages. */
  err(text: string): void;
  readonly stdin: NodeJS.ReadStream;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Whether a person can be asked: standard input and error are both a terminal. */
  readonly interactive: boolean;
  /** Whether results are read by a person who sees colour. */
  readonly colour: boolean;
}

/** Exit status 2: bad usage, unreadable input, or a question that nobody is there to answer. */
export class UsageError extends Error {}

/** A command: answers its exit status. */
export type Command = (args: string[], io: Io) => Promise<number>;

/** One of a fixed set of values for an option. */
export function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new UsageError(`--${option} takes ${allowed.join(', ')}; it was given "${value}".`);
  return found;
}

/**
 * What a terminal would obey, and what hides or reorders text: C0 (but tab and line feed), C1, bidirectional controls, zero-width
 * space, line and paragraph separators.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** Text from a document or a log as a person at a terminal may see it: what would not show is spelled out, `\u{1b}`. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'green' | 'cyan';
const CODES: Readonly<Record<Style, [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  blue: [34, 39],
  green: [32, 39],
  cyan: [36, 39],
};

/** Text in a style, where colour is wanted; made visible. */
export function paint(io: Io, style: Style, text: string): string {
  const [on, off] = CODES[style];
  const seen = visible(text);
  return io.colour ? `\x1b[${on}m${seen}\x1b[${off}m` : seen;
}
