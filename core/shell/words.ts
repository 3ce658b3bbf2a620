/** The words of a command, and how options are told from operands. */

/** One word, quotes removed. */
export interface Arg {
  /** The text as written (with quotes). */
  readonly text: string;
  /** Without quotes and escapes; expansions stay as their text (`a$X`). */
  readonly value: string;
  /** Whether any part of the value is only known when it runs: a variable, a substitution. */
  readonly dynamic: boolean;
}

/** A word from plain text. */
export function plain(value: string): Arg {
  return { text: value, value, dynamic: false };
}

/** A word that is only known when it runs. */
export function unknownWord(value: string): Arg {
  return { text: value, value, dynamic: true };
}

/** The whole word is an expansion, so nothing of it is known. */
export function isOpaque(arg: Arg): boolean {
  return arg.dynamic && /^(\$\{?[A-Za-z_0-9@*#?!]+[^}]*\}?|\$\(.*\)|`.*`)$/s.test(arg.value);
}

/** An option found among the words. */
export interface Flag {
  /** With its dashes: `-n`, `--namespace`. */
  readonly name: string;
  readonly value: Arg | undefined;
  /** It may be the value of an unrecognised option before it, so it must not lower a risk. */
  readonly doubtful: boolean;
  /** Where it stands among the words. */
  readonly index: number;
}

/** Words told apart. */
export interface Parsed {
  readonly flags: readonly Flag[];
  /** Words that are no options and no option's value, before `--`. */
  readonly operands: readonly Arg[];
  /** Index into the words of each operand. */
  readonly operandIndexes: readonly number[];
  /** Words after `--`; null where there is none. */
  readonly rest: readonly Arg[] | null;
}

/** How options and operands are told apart. Names of options have their dashes. */
export interface FlagSpec {
  /** Options that take a value: as the next word, or attached. */
  readonly values: ReadonlySet<string>;
  /** Options known to take none. */
  readonly switches: ReadonlySet<string>;
  /** `gnu` splits `-it`; `long` reads `-auto-approve` as one option. */
  readonly style: 'gnu' | 'long';
  /** Options end at the first operand, as for `sudo` and `ssh`. */
  readonly stopAtOperand?: boolean;
  /** Unrecognised options are taken to consume the next word. */
  readonly greedy?: boolean;
}

const EMPTY: ReadonlySet<string> = new Set();

/** Lists stand in tables and code, so there are only so many of them: each is split once. */
const SETS = new Map<string, ReadonlySet<string>>();

/** A set from words separated by spaces; the same one each time, so it must not be changed. */
export function wordSet(list: string | undefined): ReadonlySet<string> {
  if (!list) return EMPTY;
  let set = SETS.get(list);
  if (!set) {
    set = new Set(list.split(/\s+/).filter((word) => word !== ''));
    SETS.set(list, set);
  }
  return set;
}

/** Splits words into options and operands. */
export function parseArgs(args: readonly Arg[], spec: FlagSpec): Parsed {
  const flags: Flag[] = [];
  const operands: Arg[] = [];
  const operandIndexes: number[] = [];
  let doubtful = false;
  let i = 0;
  const take = (name: string, index: number, attached: Arg | undefined): void => {
    const known = spec.values.has(name);
    if (attached !== undefined) {
      flags.push({ name, value: attached, doubtful, index });
      doubtful = false;
      return;
    }
    const swallow = known || (spec.greedy === true && !spec.switches.has(name) && isOperand(args[i + 1]));
    if (swallow && i + 1 < args.length) i++;
    flags.push({ name, value: swallow ? args[i] : undefined, doubtful, index });
    doubtful = !known && !spec.switches.has(name);
  };
  for (; i < args.length; i++) {
    const arg = args[i] as Arg;
    const value = arg.value;
    if (value === '--') return { flags, operands, operandIndexes, rest: args.slice(i + 1) };
    if (value.length < 2 || value[0] !== '-' || (arg.dynamic && arg.text[0] === '$')) {
      if (spec.stopAtOperand)
        return { flags, operands: args.slice(i), operandIndexes: range(i, args.length), rest: null };
      operands.push(arg);
      operandIndexes.push(i);
      doubtful = false;
      continue;
    }
    const equals = value.indexOf('=');
    if (value[1] === '-' || spec.style === 'long') {
      if (equals > 0) take(value.slice(0, equals), i, tail(arg, equals + 1));
      else take(value, i, undefined);
      continue;
    }
    cluster(arg, i);
  }
  return { flags, operands, operandIndexes, rest: null };

  function cluster(arg: Arg, index: number): void {
    const value = arg.value;
    for (let at = 1; at < value.length; at++) {
      const name = `-${value[at]}`;
      if (spec.values.has(name) && at + 1 < value.length) {
        take(name, index, tail(arg, value[at + 1] === '=' ? at + 2 : at + 1));
        return;
      }
      if (value[at + 1] === '=') {
        take(name, index, tail(arg, at + 2));
        return;
      }
      if (at + 1 === value.length) take(name, index, undefined);
      else flags.push({ name, value: undefined, doubtful, index });
    }
  }
}

/** The last value of any of some options (names separated by spaces), else undefined. */
export function flagValue(parsed: Parsed, names: string): Arg | undefined {
  if (parsed.flags.length === 0) return undefined;
  const wanted = wordSet(names);
  let found: Arg | undefined;
  for (const flag of parsed.flags) if (flag.value && wanted.has(flag.name)) found = flag.value;
  return found;
}

/** Whether any of some options (names separated by spaces) is there. */
export function hasFlag(parsed: Parsed, names: string): boolean {
  if (parsed.flags.length === 0) return false;
  const wanted = wordSet(names);
  return parsed.flags.some((flag) => wanted.has(flag.name) && flag.value?.value !== 'false');
}

/** A word without its first characters. */
export function tail(arg: Arg, from: number): Arg {
  const value = arg.value.slice(from);
  return { text: value, value, dynamic: arg.dynamic && /[$`]/.test(value) };
}

/** Words joined by spaces, as `ssh`, `eval` and `watch` do. */
export function joined(args: readonly Arg[]): string {
  return args.map((arg) => arg.value).join(' ');
}

function isOperand(arg: Arg | undefined): boolean {
  return arg !== undefined && !arg.value.startsWith('-');
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
