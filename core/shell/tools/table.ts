/** What a tool's table is made of. A table is data; only what no data can say is a function. */
import type { Effect, Nesting, RunMode, Scope, TargetWord } from '../types.ts';
import type { Verdict } from '../verdict.ts';
import { type Arg, type Parsed, parseArgs, wordSet } from '../words.ts';

/** What a command finds on its standard input. */
export type Stdin =
  /** Whatever the caller has: a terminal where there is one. */
  | { readonly kind: 'inherited' }
  /** Text that stands in the script: a heredoc, a here-string, a literal `echo … |`. */
  | { readonly kind: 'text'; readonly text: string; readonly opaque: boolean }
  /** Bytes that are only known when it runs. `from` names the program or file. */
  | { readonly kind: 'piped'; readonly from: string };

/** Judges what a command runs in its turn. Handed in, so that tables import no grammar. */
export interface Judge {
  /** Words run as a command of their own. */
  words(args: readonly Arg[], stdin?: Stdin): Verdict;
  /** Text run by a shell, which reads the standard input of the command that runs it unless another is given. */
  script(text: string, stdin?: Stdin): Verdict;
  /** Text run by a shell of another grammar. */
  foreign(text: string, dialect: 'powershell' | 'cmd' | 'fish'): Verdict;
  /** Text run by the shell that reads the script (`eval`, `trap`): what it defines stays. */
  here(text: string): Verdict;
  /** Files that commands before in the script wrote and whose content decides what a later one does: why that destroys, by name. */
  readonly saved: Map<string, string>;
}

/** A command whose options have been read. */
export interface Call {
  /** The tool's name as looked up. */
  readonly name: string;
  /** Sub-command words that matched. */
  readonly path: string;
  /** All words after the name. */
  readonly args: readonly Arg[];
  /** All words after the sub-command's. */
  readonly after: readonly Arg[];
  /** Options and operands; the sub-command's words are not among the operands. */
  readonly parsed: Parsed;
  readonly stdin: Stdin;
  readonly judge: Judge;
}

/** What a sub-command does. */
export interface Outcome {
  readonly effect: Effect;
  /** Says what happens, in a clause; the default is made from the tool, the sub-command and the effect. */
  readonly why?: string;
  readonly mode?: RunMode;
  readonly scope?: Scope;
  readonly readsSecrets?: boolean;
  /** Where it runs what nobody can read, and is known all the same. */
  readonly nesting?: Nesting;
  /** Whether it talks over a network; the default is the tool's. */
  readonly network?: boolean;
  readonly inverse?: string;
  /** What to note down first, so that it can be undone. */
  readonly captureFirst?: string;
  /** A rehearsal by other words than an option in `dryRun`: `terraform plan`. */
  readonly preview?: string;
  /** In place of the tool's `ambient`, where this sub-command leaves other targets open. */
  readonly leavesOpen?: Readonly<Record<string, string>>;
  /** What it acts on by name: all operands, the first one, or what only code can tell. */
  readonly resources?: 'all' | 'first' | ((call: Call) => readonly string[]);
  /** Options of this sub-command that take a value, and ones known to take none. */
  readonly values?: string;
  readonly switches?: string;
  /**
   * Options that change the answer. The key lists options separated by spaces; one with `=a|b` asks for a value.
   * A change never lowers the effect.
   */
  readonly when?: Readonly<Record<string, Partial<Outcome>>>;
  /** Options that make it a rehearsal (same form as keys of `when`): with one of them, it reads. */
  readonly dryRun?: string;
  /**
   * It asks before it goes on, and reads the answer from its input: options (same form) that answer in advance. Without one it needs
   * a terminal, unless something is piped in. `''`: no option answers.
   */
  readonly asks?: string;
  /** What only code can decide. A verdict replaces the outcome, a partial one is laid over it. */
  readonly decide?: (call: Call) => Partial<Outcome> | Verdict | undefined;
  /** What it runs in its turn; judged besides the outcome. */
  readonly runs?: (call: Call) => Verdict | undefined;
}

/** One program, or several that take the same words. */
export interface Tool {
  /** Names separated by spaces. */
  readonly names: string;
  /** Where the table came from. */
  readonly source: string;
  readonly style?: 'gnu' | 'long';
  /** Options that take a value, and ones known to take none, in front of or behind any sub-command. */
  readonly values?: string;
  readonly switches?: string;
  /** Options end at the first operand. */
  readonly stopAtOperand?: boolean;
  /** Options that name a target, by kind: `{ namespace: '-n --namespace' }`. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Whether its sub-commands talk over a network where they do not say. */
  readonly network?: boolean;
  /**
   * Targets that are whatever is current where no word names them, each with a command that says which: `{ 'context|cluster':
   * 'kubectl config current-context' }`. Any of the kinds in the key will do; the first is its name. `''`: no command says.
   */
  readonly ambient?: Readonly<Record<string, string>>;
  /** Options with which a kind of `ambient` does not matter: `{ namespace: '-A --all-namespaces' }`. */
  readonly everywhere?: Readonly<Record<string, string>>;
  /** Sub-commands by their words; `a|b c` lists alternatives of one word. */
  readonly commands?: Readonly<Record<string, Outcome>>;
  /** Without a sub-command; the only outcome of a tool without sub-commands. */
  readonly bare?: Outcome;
  /** Decides sub-commands that are not listed, from all operands. */
  readonly otherwise?: (call: Call) => Outcome | Verdict | undefined;
  /** Options that change any answer. */
  readonly when?: Readonly<Record<string, Partial<Outcome>>>;
  /** `--help` is not a help option here. */
  readonly noHelp?: boolean;
  /** More targets than options name. */
  readonly findTargets?: (call: Call) => readonly TargetWord[];
  /** Takes the whole command, before options are read; undefined goes on with the table. */
  readonly judge?: (call: Omit<Call, 'parsed' | 'path' | 'after'>) => Verdict | undefined;
}

/** A sub-command that changes nothing. */
export function read(more: Partial<Outcome> = {}): Outcome {
  return { effect: 'read', ...more };
}
/** A sub-command that changes only the shell session. */
export function session(more: Partial<Outcome> = {}): Outcome {
  return { effect: 'session', ...more };
}
/** A sub-command that writes files of this machine. */
export function local(more: Partial<Outcome> = {}): Outcome {
  return { effect: 'local-write', ...more };
}
/** A sub-command that changes a system. */
export function mutate(more: Partial<Outcome> = {}): Outcome {
  return { effect: 'mutate', ...more };
}
/** A sub-command whose change is beyond recovery, or takes something out of service. */
export function destroy(more: Partial<Outcome> = {}): Outcome {
  return { effect: 'destroy', ...more };
}
/** A sub-command that runs something no table can see. */
export function runs(why: string, more: Partial<Outcome> = {}): Outcome {
  return { effect: 'unknown', why: `unknown: ${why}`, ...more };
}

/** A sub-command that opens a prompt or a shell for a person. */
export function opensSession(what: string, more: Partial<Outcome> = {}): Outcome {
  return {
    effect: 'mutate',
    why: `${what}; what is typed there decides`,
    nesting: 'opaque',
    ...terminal,
    ...more,
  };
}

/** One outcome for several sub-commands; alternatives are separated by commas. */
export function each(outcome: Outcome, list: string): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(list.split(',').map((key) => [key.trim(), outcome]));
}

/** It never ends by itself. */
export const stream: Partial<Outcome> = { mode: 'stream' };
/** It needs a terminal. */
export const terminal: Partial<Outcome> = { mode: 'terminal' };

/** The words that a call runs: behind `--`, else behind `skip` operands, where options end at the first operand. */
export function commandAfter(call: Call, values: string, skip: number, switches = ''): readonly Arg[] {
  const parsed = parseArgs(call.after, {
    values: wordSet(values),
    switches: wordSet(switches),
    style: 'gnu',
    stopAtOperand: true,
  });
  if (parsed.rest) return parsed.rest;
  const words = parsed.operands.slice(skip);
  return words[0]?.value === '--' ? words.slice(1) : words;
}

/** Standard input that is empty at once. What reads it is still not called safe: the emptiness is the wrapper's doing. */
export const NO_INPUT: Stdin = { kind: 'piped', from: 'an empty input' };
