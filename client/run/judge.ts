/** The verdict once more, on the text with its values: what is confirmed is what runs, `web` and not `<pod>`. Pure. */
import { dialectOf, maxRisk, readScript } from '../../core/shell/index.ts';
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
