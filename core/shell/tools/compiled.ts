/** Tables made ready for use: a tree of sub-commands, and how options are told from operands. */
import { type FlagSpec, wordSet } from '../words.ts';
import { hasHelp, withHelp } from './helpSpec.ts';
import type { Outcome, Tool } from './table.ts';

/** A word of a sub-command, and what may follow it. */
export interface Node {
  readonly children: Map<string, Node>;
  outcome: Outcome | undefined;
}

/** A table for one program of those that it serves. */
export interface Compiled {
  readonly root: Node;
  readonly spec: FlagSpec;
  readonly targets: readonly (readonly [string, ReadonlySet<string>])[];
  readonly specs: Map<string, FlagSpec>;
}

/** By the program's name too: programs that share a table may differ in options. */
const compiled = new WeakMap<Tool, Map<string, Compiled>>();

/** A table, made ready once for each program's name. */
export function compile(tool: Tool, name: string): Compiled {
  let byName = compiled.get(tool);
  if (!byName) {
    byName = new Map();
    compiled.set(tool, byName);
  }
  let result = byName.get(name);
  if (result) return result;
  const targets = Object.entries(tool.targets ?? {}).map(([kind, names]) => [kind, wordSet(names)] as const);
  const values = new Set(wordSet(tool.values));
  for (const [, names] of targets) for (const name of names) values.add(name);
  const spec = withHelp(name, {
    values,
    switches: wordSet(tool.switches),
    style: tool.style ?? 'gnu',
    ...(tool.stopAtOperand ? { stopAtOperand: true } : {}),
  });
  const [first] = byName.values();
  result = { root: first?.root ?? treeOf(tool), spec, targets, specs: new Map() };
  byName.set(name, result);
  return result;
}

/** Sub-commands by their words. */
function treeOf(tool: Tool): Node {
  const root: Node = { children: new Map(), outcome: tool.bare };
  for (const [key, outcome] of Object.entries(tool.commands ?? {})) {
    let nodes = [root];
    for (const word of key.split(' ')) {
      nodes = word.split('|').flatMap((alternative) =>
        nodes.map((node) => {
          let child = node.children.get(alternative);
          if (!child) {
            child = { children: new Map(), outcome: undefined };
            node.children.set(alternative, child);
          }
          return child;
        }),
      );
    }
    for (const node of nodes) node.outcome = outcome;
  }
  return root;
}

/**
 * How the options of a program, or of the words of its sub-command, are told from operands: its table and its help text together.
 *
 * @param path Words of the sub-command, with single blanks between them; empty for the program itself.
 */
export function optionSpec(tool: Tool, name: string, path: string): FlagSpec {
  const table = compile(tool, name);
  let node: Node | undefined = table.root;
  for (const word of path === '' ? [] : path.split(' ')) node = node?.children.get(word);
  return (node?.outcome && specOf(table, node.outcome, name, path)) ?? table.spec;
}

/** The options of a sub-command; undefined where they are the tool's. */
export function specOf(table: Compiled, outcome: Outcome, name: string, path: string): FlagSpec | undefined {
  const command = path === '' ? name : `${name} ${path}`;
  const helped = path !== '' && hasHelp(command);
  if (!outcome.values && !outcome.switches && !helped) return undefined;
  const known = table.specs.get(path);
  if (known) return known;
  // A switch of the sub-command wins over a value option of the same letter elsewhere.
  const switches = wordSet(outcome.switches);
  const values = new Set([...table.spec.values].filter((option) => !switches.has(option)));
  const given = wordSet(outcome.values);
  for (const option of given) values.add(option);
  const none = [...table.spec.switches, ...switches].filter((option) => !given.has(option));
  const own = { ...table.spec, values, switches: new Set(none) };
  const spec = helped || path === '' ? withHelp(command, own) : own;
  table.specs.set(path, spec);
  return spec;
}
