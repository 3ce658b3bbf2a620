/** What `runline run` was told to run, and with what. */
import { type BlockCommand, type BlockStep, findStep, type Runbook } from '../core/runbook/index.ts';
import { type Classification, dialectOf, highest, readScript } from '../core/shell/index.ts';
import { type Io, UsageError, visible } from './io.ts';

/** A block, or one command of it, ready to be asked about. */
export interface Chosen {
  readonly id: string;
  readonly step: BlockStep;
  readonly command: BlockCommand | null;
}

/** What is known of the whole block, or of the one command. */
export const verdict = (one: Chosen) => one.command?.classification ?? one.step.classification;

/** The verdict once more, on the text with its values: what is confirmed is what runs. It is never lower than before. */
export function filledVerdict(one: Chosen, script: string): Classification {
  const dialect = dialectOf(one.step.effectiveLanguage);
  if (dialect === null || inside(one).length === 0) return verdict(one);
  return highest(readScript(script, { dialect }).classification, verdict(one));
}

/** What would run, before substitution. */
export const scriptOf = ({ step, command }: Chosen): string =>
  command === null ? step.script : step.script.slice(command.start, command.end);

/** The variables that it reads and does not set itself. */
export function variablesOf(one: Chosen): readonly string[] {
  const dialect = dialectOf(one.step.effectiveLanguage);
  if (one.command === null || dialect === null) return one.step.unsetVariables;
  return readScript(scriptOf(one), { dialect, masks: inside(one) }).unsetVariables;
}

/** The block or command that an id names; anything else is a usage error. */
export function choose(runbook: Runbook, id: string, file: string): Chosen {
  const found = findStep(runbook, id);
  if (found === undefined) {
    const near = runbook.steps
      .filter((step) => step.kind === 'block' && step.runnable)
      .map((step) => step.id);
    throw new UsageError(
      near.length === 0
        ? `${file} has no step "${id}", nor any other that can be run.`
        : `${file} has no step "${id}". It has: ${near.slice(0, 20).join(', ')}${near.length > 20 ? ', …' : ''}.`,
    );
  }
  if (found.step.kind !== 'block')
    throw new UsageError(
      `${id} is ${found.step.kind === 'checklist' ? 'a checklist item' : 'an instruction'}: a person does it, nothing runs.`,
    );
  if (!found.step.runnable)
    throw new UsageError(`${id} cannot be run: it is ${found.step.effectiveLanguage} with no command in it.`);
  return { id, step: found.step, command: found.command ?? null };
}

/** The placeholders that stand in what would run, each once. */
export function placeholdersOf(one: Chosen): string[] {
  return [...new Set(inside(one).map((placeholder) => placeholder.name))];
}

/** Every placeholder in what would run, with offsets in it. */
export function inside(one: Chosen): { name: string; text: string; start: number; end: number }[] {
  const { command, step } = one;
  const from = command?.start ?? 0;
  const to = command?.end ?? step.script.length;
  return step.placeholders
    .filter((placeholder) => placeholder.start >= from && placeholder.end <= to)
    .map(({ name, text, start, end }) => ({ name, text, start: start - from, end: end - from }));
}

/** What `--set` gave, by name in lower case; `variable` is the name to set where it fills no placeholder. */
export type Given = ReadonlyMap<string, { readonly value: string; readonly variable: string | null }>;

/** Of a name that is given twice the last counts. */
export function readSet(pairs: readonly string[], chosen: readonly Chosen[], io: Io): Given {
  const placeholders = new Set(chosen.flatMap(placeholdersOf).map((name) => name.toLowerCase()));
  const read = new Map(chosen.flatMap(namesRead).map((name) => [name.toLowerCase(), name]));
  const given = new Map<string, { value: string; variable: string | null }>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--set takes NAME=VALUE; it was given "${pair}".`);
    const name = pair.slice(0, at);
    const key = name.toLowerCase();
    const isName = /^[A-Za-z_]\w*$/.test(name);
    if (!isName && !placeholders.has(key))
      io.err(`--set ${visible(name)} fills nothing: no placeholder of these steps has that name.\n`);
    // What a program reads by itself (`os.environ`, a script that is called) is seen by nobody: the name stands as it was given.
    const variable = read.get(key) ?? (isName && !placeholders.has(key) ? name : null);
    given.set(key, { value: pair.slice(at + 1), variable });
  }
  return given;
}

export const lookUp = (given: Given, name: string): string | undefined =>
  given.get(name.toLowerCase())?.value;

/** The variables that a step reads, those with a default too. */
export function namesRead(one: Chosen): string[] {
  const inScript = [...scriptOf(one).matchAll(/\$(?:\{[#!]?)?([A-Za-z_]\w*)/g)].map(
    (match) => match[1] ?? '',
  );
  return [...inScript, ...variablesOf(one)];
}
