/** What a session carries from step to step, as data. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder, replacePrivate } from '../stateFolder.ts';
import { toBytes, toText } from './words.ts';

/** A shell variable. Names and values are byte strings (one character a byte): see `words.ts`. */
export interface SessionVariable {
  readonly name: string;
  /** Attributes as `declare` takes them, in any order: `x` exported, `a` array, `A` map, `i` integer, `n` reference, … */
  readonly attributes: string;
  /** A plain value; null for arrays, and for a variable that is declared without a value. */
  readonly value: string | null;
  /** An array's or map's value as bash prints it, parentheses included; else null. */
  readonly array: string | null;
}

/** A shell function: its name and the text that defines it, as byte strings. */
export interface SessionFunction {
  readonly name: string;
  readonly text: string;
  readonly exported: boolean;
}

/** What the steps of a session changed, against the environment that each of them begins with. */
export interface SessionState {
  readonly version: 1;
  /** Logical path, symbolic links kept; null until a step has ended. */
  readonly cwd: string | null;
  readonly previousCwd: string | null;
  /** Octal digits. */
  readonly umask: string | null;
  readonly variables: readonly SessionVariable[];
  /** Names of the environment that a step has unset. */
  readonly unset: readonly string[];
  readonly functions: readonly SessionFunction[];
  /** `alias` commands as the shell printed them. */
  readonly aliases: string;
  /** Options of `shopt` that are on and usually are not. */
  readonly options: readonly string[];
}

export const EMPTY_STATE: SessionState = {
  version: 1,
  cwd: null,
  previousCwd: null,
  umask: null,
  variables: [],
  unset: [],
  functions: [],
  aliases: '',
  options: [],
};

/** The state of a session; a session that never ran, or whose file cannot be read, is empty. */
export async function loadState(folder: string, session: string): Promise<SessionState> {
  try {
    const parsed: unknown = JSON.parse(await readFile(stateFile(folder, session), 'utf8'));
    return isState(parsed) ? parsed : EMPTY_STATE;
  } catch {
    return EMPTY_STATE;
  }
}

/** Puts a session's state in place of the old one, whole or not at all. */
export async function saveState(folder: string, session: string, state: SessionState): Promise<void> {
  await privateFolder(join(folder, 'sessions'));
  await replacePrivate(stateFile(folder, session), JSON.stringify(state));
}

/** The plain exported variables of a session as text: what a program that is no shell can be given. */
export function exportedVariables(state: SessionState): Record<string, string> {
  return scalars(state, (variable) => variable.attributes.includes('x'));
}

/**
 * The variables that earlier steps of a session left behind, exported or not, by name.
 * Arrays are there with an empty value: they are set, and have no single one.
 */
export async function readSessionVariables(folder: string, session: string): Promise<Record<string, string>> {
  const state = await loadState(folder, session);
  const all = scalars(state, () => true);
  for (const variable of state.variables) if (variable.array !== null) all[toText(variable.name)] = '';
  return all;
}

function scalars(
  state: SessionState,
  wanted: (variable: SessionVariable) => boolean,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const variable of state.variables) {
    if (variable.value !== null && wanted(variable)) result[toText(variable.name)] = toText(variable.value);
  }
  return result;
}

/** State with variables set and exported: what a person filled in. Names and values are text. */
export function withVariables(state: SessionState, values: Readonly<Record<string, string>>): SessionState {
  const names = new Set(Object.keys(values).map(toBytes));
  if (names.size === 0) return state;
  return {
    ...state,
    variables: [
      ...state.variables.filter((variable) => !names.has(variable.name)),
      ...Object.entries(values).map(([name, value]) => ({
        name: toBytes(name),
        attributes: 'x',
        value: toBytes(value),
        array: null,
      })),
    ],
    unset: state.unset.filter((name) => !names.has(name)),
  };
}

function stateFile(folder: string, session: string): string {
  if (!/^[\w-]{1,128}$/.test(session)) throw new RangeError(`"${session}" is not a session's id.`);
  return join(folder, 'sessions', `${session}.json`);
}

function isState(value: unknown): value is SessionState {
  if (typeof value !== 'object' || value === null) return false;
  const state = value as Partial<Record<keyof SessionState, unknown>>;
  return (
    state.version === 1 &&
    Array.isArray(state.variables) &&
    Array.isArray(state.unset) &&
    Array.isArray(state.functions) &&
    Array.isArray(state.options) &&
    typeof state.aliases === 'string'
  );
}
