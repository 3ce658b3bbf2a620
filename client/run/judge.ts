/** The verdict once more, on the text with its values: what is confirmed is what runs, `web` and not `<pod>`. Pure. */
import { destroyedBy } from '../../core/execution/index.ts';
import { dialectOf, maxRisk, readScript, type TargetWord, targetInWords } from '../../core/shell/index.ts';
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
  const before = selection.classification;
  const filled = readScript(script, { dialect }).classification;
  // Where the template was judged more severely, its reasons are the ones to read.
  const classification = maxRisk(filled.risk, before.risk) === filled.risk ? filled : before;
  const targets = filled.targets.length > 0 ? filled.targets : before.targets;
  return { ...titled, classification: { ...classification, targets } };
}

/** What the destructive commands of a step aim at, with the words for it. */
export interface DestroyedInWords {
  readonly targets: readonly TargetWord[];
  readonly text: string;
}

/** @param shown As it will run, with secret values masked. */
export function destroyedInWords(selection: Selection, shown: string): DestroyedInWords {
  const { targets, command } = destroyedBy(shown, selection.language, selection.classification.targets);
  return {
    targets,
    text: targets.length > 0 || command === null ? wordsOf(targets) : shortened(command, 40),
  };
}

const wordsOf = (targets: readonly TargetWord[]): string => targets.map(targetInWords).join(', ');
