/** Variables and inputs of a document: every name that its shell blocks set or read, and what must be filled in. */
import type { Range, SourceText } from '../text.ts';
import { loopVariables, positionals, variablePlaces } from './blocks/variablePlaces.ts';
import { boundedCache } from './lazy.ts';
import type { BlockStep, Input, Step, VariableUse } from './types.ts';

/**
 * Variables of runnable blocks, in order of first use. A place is the name where it is set (`REGION`), and `$REGION` or
 * `${REGION}` where it is read. Left out are positional parameters, and names that only loops set.
 */
export function readVariables(source: SourceText, steps: readonly Step[]): VariableUse[] {
  const uses = new Map<string, { name: string; exported: boolean; set: Range[]; used: Range[] }>();
  const loops = new Set<string>();
  for (const step of steps) {
    if (step.kind !== 'block' || !step.runnable) continue;
    const { inLoops, places } = placesIn(step);
    for (const { name, kind, exported, start, end } of places) {
      const range = rangeOf(source, step, start, end);
      const use = uses.get(name) ?? { name, exported: false, set: [], used: [] };
      uses.set(name, use);
      use.exported ||= exported;
      const looped = inLoops.has(name) && kind === 'set' && step.script[end] !== '=';
      if (looped) loops.add(name);
      else use[kind].push(range);
    }
  }
  return [...uses.values()].filter(({ name, set }) => !loops.has(name) || set.length > 0);
}

interface Places {
  readonly inLoops: ReadonlySet<string>;
  readonly places: ReturnType<typeof variablePlaces>;
}

/** By the script, of which the commands are a function: an edit elsewhere looks at nothing anew. */
const cache = boundedCache<Places>(5_000, 4_000_000);

function placesIn({ script, commands }: BlockStep): Places {
  return cache.get(script, () => ({
    inLoops: loopVariables(script),
    places: variablePlaces(script, commands),
  }));
}

/**
 * What must be filled in before blocks and inline commands can run: one entry a name, in order of first place.
 * Positional parameters of scripts that are only shown count too: whoever calls the script has to give them.
 */
export function readInputs(source: SourceText, steps: readonly Step[]): Input[] {
  const inputs = new Map<string, { name: string; kind: Input['kind']; ranges: Range[] }>();
  const add = (name: string, kind: Input['kind'], range: Range) => {
    const known = inputs.get(name);
    if (known === undefined) inputs.set(name, { name, kind, ranges: [range] });
    else known.ranges.push(range);
  };
  for (const step of steps) {
    if (step.kind !== 'block') {
      for (const command of step.inlineCommands)
        for (const { name, range } of command.placeholders) add(name, 'placeholder', range);
      continue;
    }
    if (step.runnable) for (const { name, range } of step.placeholders) add(name, 'placeholder', range);
    if (step.runnable || step.role === 'listing')
      for (const { name, start, end } of positionals(step.script, step.commands))
        add(name, 'positional', rangeOf(source, step, start, end));
  }
  return [...inputs.values()];
}

function rangeOf(source: SourceText, step: BlockStep, start: number, end: number): Range {
  return source.range(step.toSource(start), step.toSource(end));
}
