/** Lays what a program's own help text says of its options over what its table says. */
import { type FlagSpec, wordSet } from '../words.ts';
import { HELP_OPTIONS } from './helpOptions.ts';

interface Said {
  readonly values: ReadonlySet<string>;
  readonly switches: ReadonlySet<string>;
}

const SAID = new Map<string, Said | null>();

/**
 * What a help text says otherwise than the table, or besides it.
 *
 * @param name A program, or a program and the words of its sub-command: `useradd`, `restic backup`.
 */
function saidOf(name: string): Said | null {
  let said = SAID.get(name);
  if (said === undefined) {
    const line = Object.hasOwn(HELP_OPTIONS, name) ? HELP_OPTIONS[name] : undefined;
    const [values, switches] = line?.split(';') ?? [];
    said = line === undefined ? null : { values: wordSet(values), switches: wordSet(switches) };
    SAID.set(name, said);
  }
  return said;
}

/** Whether a help text says something of a sub-command that its table does not. */
export function hasHelp(name: string): boolean {
  return saidOf(name) !== null;
}

/** Options as the table gives them, corrected by the help text of `name` where that was read. */
export function withHelp(name: string, spec: FlagSpec): FlagSpec {
  const said = saidOf(name);
  if (said === null) return spec;
  const values = new Set([...spec.values, ...said.values].filter((option) => !said.switches.has(option)));
  const switches = new Set([...spec.switches, ...said.switches].filter((option) => !said.values.has(option)));
  return { ...spec, values, switches };
}
