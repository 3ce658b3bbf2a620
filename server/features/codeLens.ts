/**
 * One line of lenses above each block that can be run: run, its commands, its inputs, in this order and only what applies.
 * Complete without a resolve, so that they stand as soon as they are asked for.
 */
import type { CodeLens, Command } from 'vscode-languageserver';
import type { BlockStep } from '../../core/runbook/index.ts';
import { targetInWords } from '../../core/shell/index.ts';
import { toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';

export function codeLenses(open: OpenRunbook): CodeLens[] {
  const lenses: CodeLens[] = [];
  for (const step of open.runbook.steps) {
    if (step.kind !== 'block' || !step.runnable) continue;
    const range = toLspRange({ start: step.range.start, end: step.range.start });
    for (const command of lensCommands(open.uri, step)) lenses.push({ range, command });
  }
  return lenses;
}

function lensCommands(uri: string, step: BlockStep): Command[] {
  const commands: Command[] = [];
  // A branch that is done by hand has nothing to run.
  if (step.alternatives.some((alternative) => alternative.commands.length > 0)) {
    for (const [index, { label, commands: own }] of step.alternatives.entries()) {
      if (own.length === 0) continue;
      const title = commands.length === 0 ? `▷ Run: ${label}` : label;
      commands.push({ title, command: 'runline.runAlternative', arguments: [uri, step.id, index] });
    }
  } else {
    commands.push({ title: runTitle(step), command: 'runline.run', arguments: [uri, step.id] });
  }
  if (step.commands.length > 1)
    commands.push({
      title: `≡ ${step.commands.length} commands ▾`,
      command: 'runline.pickCommand',
      arguments: [uri, step.id],
    });
  const inputs = new Set([...step.placeholders.map((placeholder) => placeholder.name), ...step.variables])
    .size;
  if (inputs > 0)
    commands.push({
      title: `◇ ${inputs} ${inputs === 1 ? 'input' : 'inputs'}`,
      command: 'runline.inputs',
      arguments: [uri, step.id],
    });
  return commands;
}

/** The dots say that it asks first. */
function runTitle(step: BlockStep): string {
  if (step.risk === 'destructive') return `⚠ Run… destroys: ${whatItDestroys(step)}`;
  const where = step.mode === 'terminal' ? ' in terminal' : '';
  return step.risk === 'mutating' ? `▷ Run${where}… •` : `▷ Run${where}`;
}

/** The target that the first destructive command names, else the command's own first words. */
function whatItDestroys(step: BlockStep): string {
  const command = step.commands.find((candidate) => candidate.classification.risk === 'destructive');
  const target = (command?.classification ?? step.classification).targets[0];
  if (target !== undefined) return targetInWords(target);
  const text = (command?.text ?? step.content).replace(/\s+/g, ' ').trim();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
