/** Variables of a document: every name that its shell blocks set or read, with the commands that do. */
import type { Range } from '../text.ts';
import type { BlockStep, Step, VariableUse } from './types.ts';

/** Names in order of first use. A place is the range of the command. */
export function readVariables(steps: readonly Step[]): VariableUse[] {
  const uses = new Map<string, { name: string; set: Range[]; used: Range[] }>();
  const useOf = (name: string) => {
    const known = uses.get(name);
    if (known !== undefined) return known;
    const use = { name, set: [], used: [] };
    uses.set(name, use);
    return use;
  };
  for (const step of steps) {
    if (step.kind !== 'block' || !step.runnable) continue;
    for (const command of (step as BlockStep).commands) {
      for (const name of command.reads) useOf(name).used.push(command.range);
      for (const name of command.sets) useOf(name).set.push(command.range);
    }
  }
  return [...uses.values()];
}
