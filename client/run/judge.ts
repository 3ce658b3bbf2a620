/** The verdict once more, on the text with its values: what is confirmed is what runs, `web` and not `<pod>`. Pure. */
import { dialectOf, maxRisk, readScript, type TargetWord } from '../../core/shell/index.ts';
import { type Selection, shortened } from './selection.ts';

/**
 * The selection with the risk, reasons and targets of the filled-in script; the risk is never lower than it was.
 *
 * @param script As it will run.
 * @param shown The same with secret values masked, for the title.
 */
export function judgeFilled(selection: Selection, script: string, shown: string): Selection {
  const isCommand = selection.id !== selection.stepId;
  const titled = isCommand ? { ...selection, title: shortened(shown) } : selection;
  const dialect = dialectOf(selection.language);
  if (dialect === null || selection.placeholders.length === 0) return titled;
  const { risk, reasons, targets, inverse } = readScript(script, { dialect }).classification;
  const higher = maxRisk(risk, selection.risk);
  // Where the template was judged more severely, its reasons are the ones to read.
  if (higher !== risk) return { ...titled, targets: targets.length > 0 ? targets : selection.targets };
  return { ...titled, risk, reasons, targets: targets.length > 0 ? targets : selection.targets, inverse };
}

/** What a step destroys: what its destructive commands name, and in words where they name nothing. */
export interface Destroyed {
  readonly targets: readonly TargetWord[];
  readonly text: string;
}

/**
 * What the destructive commands among others aim at: a host that is only read is not what is lost.
 *
 * @param shown As it will run, with secret values masked.
 */
export function destroyedBy(selection: Selection, shown: string): Destroyed {
  const dialect = dialectOf(selection.language);
  const commands = dialect === null ? [] : readScript(shown, { dialect }).commands;
  const destructive = commands.filter(({ classification }) => classification.risk === 'destructive');
  const [first] = destructive;
  // Another language, or destructive only before it was filled in: all that is known of the whole.
  if (first === undefined) return { targets: selection.targets, text: wordsOf(selection.targets) };
  const byText = new Map(
    destructive
      .flatMap(({ classification }) => classification.targets)
      .map((target) => [wordsOf([target]), target]),
  );
  const targets = [...byText.values()];
  return {
    targets,
    text: targets.length > 0 ? wordsOf(targets) : shortened(shown.slice(first.start, first.end), 40),
  };
}

const wordsOf = (targets: readonly TargetWord[]): string =>
  targets.map(({ kind, value }) => `${kind} ${value}`).join(', ');
