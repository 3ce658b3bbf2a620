/** What several tables of one machine's programs share. */
import { withDetails } from '../verdict.ts';
import type { Call, Outcome } from './table.ts';

/** The source of most of them, whose options were compared with what the programs say (test/fixtures/help). */
export const DEBIAN = 'help text or man page (Debian 12)';
/** The source of the others. */
export const DEBIAN_PAGES = 'from documentation: the man pages of Debian 12';

/** Operands from `skip` on that the words give, those behind `--` too: what a command acts on by name. */
export function names(call: Call, skip = 0): readonly string[] {
  return [...call.parsed.operands, ...(call.parsed.rest ?? [])]
    .slice(skip)
    .filter((arg) => !arg.dynamic && arg.value !== '')
    .map((arg) => arg.value);
}

/** The last operand: where `cp` and `ln` write to. */
export function lastName(call: Call): readonly string[] {
  return names(call, Math.max(1, call.parsed.operands.length + (call.parsed.rest?.length ?? 0) - 1));
}

/** All operands from `skip` on, for `resources`. */
export function namesFrom(skip: number): (call: Call) => readonly string[] {
  return (call) => names(call, skip);
}

/** The value of every option among some, for `resources`. */
export function valuesOf(options: string): (call: Call) => readonly string[] {
  const wanted = options.split(' ');
  return ({ parsed }) =>
    parsed.flags.flatMap(({ name, value }) =>
      wanted.includes(name) && value && !value.dynamic ? [value.value] : [],
    );
}

/** Numbers among the operands: `vmstat 5 3` has two. */
export function numbers(call: Call): number {
  return call.parsed.operands.filter((arg) => /^\d+(\.\d+)?$/.test(arg.value)).length;
}

/** A command behind options that end at the first operand, judged besides the outcome. */
export function inner(skip = 0): NonNullable<Outcome['runs']> {
  return (call) => {
    const words = (call.parsed.rest ?? call.parsed.operands).slice(skip);
    return words.length > 0 ? call.judge.words(words, call.stdin) : undefined;
  };
}

/** What a service runs on its own later, so that nothing waits for it. */
export function later(text: string, call: Call) {
  return withDetails(call.judge.script(text), { mode: 'capture' });
}
