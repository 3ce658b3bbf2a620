/** The programs that a shell block runs: what rules about single tools ask. */
import type { BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';
import { isPosixShell } from './blocks.ts';
import { peeled, type ShellWord, type SimpleCommand, simpleCommands } from './words.ts';

/** One program with its words; offsets into the block's content. */
export interface Program {
  /** Without its folder: `/usr/bin/psql` → `psql`. */
  readonly name: string;
  /** The program's own word and all behind it; wrappers such as `sudo` are taken off. */
  readonly words: readonly [ShellWord, ...ShellWord[]];
  readonly simple: SimpleCommand;
  /** The statement that it stands in. */
  readonly statement: ShellCommand;
}

/** Every program of a POSIX shell block, where its statement mentions one of the texts. What nested quotes run is not taken apart. */
export function* programs(block: BlockText, mentions: readonly string[]): Generator<Program> {
  if (!isPosixShell(block.effectiveLanguage)) return;
  for (const statement of block.commands) {
    if (!mentions.some((text) => statement.text.includes(text))) continue;
    for (const simple of simpleCommands(block, statement)) {
      const [first, ...rest] = peeled(simple.words).words;
      if (first === undefined) continue;
      yield { name: first.value.replace(/^.*\//, ''), words: [first, ...rest], simple, statement };
    }
  }
}

/** The words of a program up to `--`, without its name. */
export function ownWords({ words }: Program): readonly ShellWord[] {
  const end = words.findIndex(({ value }) => value === '--');
  return words.slice(1, end < 0 ? undefined : end);
}

/** The words that are no options, in order. A value behind an option counts as one, since only the tool knows. */
export function operands(program: Program): readonly ShellWord[] {
  return ownWords(program).filter(({ value }) => !value.startsWith('-'));
}

/** The first option of the form; `form` matches the whole word. */
export function option(program: Program, form: RegExp): ShellWord | undefined {
  return ownWords(program).find(({ value }) => value.startsWith('-') && form.test(value));
}

/** Where an option begins with the blanks before it, so that taking it out leaves none behind. */
export function withGap(content: string, { start }: ShellWord): number {
  let at = start;
  while (at > 0 && /[ \t]/.test(content[at - 1] ?? '')) at--;
  return at > 0 && content[at - 1] !== '\n' ? at : start;
}
