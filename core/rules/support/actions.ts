/** What a runbook's blocks do, command by command, and the words that stand around them. */
import type { BlockCommand, BlockStep, Runbook } from '../../runbook/types.ts';
import type { Classification } from '../../shell/types.ts';
import type { Range } from '../../text.ts';
import { blocksOf, fenceLine } from './blocks.ts';

/** A command of a runnable block; a block of another language than a shell counts as one. */
export interface Action {
  readonly block: BlockStep;
  readonly command: BlockCommand | null;
  readonly classification: Classification;
}

/** Every action in document order: asked by several rules, worked out once a runbook. */
export function actionsOf(runbook: Runbook): readonly Action[] {
  let actions = known.get(runbook);
  if (actions === undefined) {
    actions = blocksOf(runbook)
      .filter(({ runnable }) => runnable)
      .flatMap(actionsIn);
    known.set(runbook, actions);
  }
  return actions;
}

const known = new WeakMap<Runbook, readonly Action[]>();

function actionsIn(block: BlockStep): Action[] {
  const { commands, classification } = block;
  return commands.length === 0
    ? [{ block, command: null, classification }]
    : commands.map((command) => ({ block, command, classification: command.classification }));
}

/** The actions of blocks that lie within a range, in document order. */
export function actionsWithin(runbook: Runbook, { start, end }: Range): Action[] {
  const actions = actionsOf(runbook);
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((actions[middle]?.block.range.start.offset ?? 0) < start.offset) low = middle + 1;
    else high = middle;
  }
  const within: Action[] = [];
  for (let at = low; at < actions.length; at++) {
    const action = actions[at];
    if (action === undefined || action.block.range.end.offset > end.offset) break;
    within.push(action);
  }
  return within;
}

/** Whether it is known to change a system, or to destroy something. */
export function changesSystem({ classification: { effect } }: Action): boolean {
  return effect === 'mutate' || effect === 'destroy';
}

/** Where a finding about it stands: its first line. */
export function placeOf(runbook: Runbook, { block, command }: Action): Range {
  if (command === null) return fenceLine(runbook, block);
  const { start, end } = command.range;
  return runbook.source.range(start.offset, Math.min(end.offset, runbook.source.lineEnd(start.line)));
}

/** Its words, for messages. */
export function textOf({ block, command }: Action): string {
  return command?.text ?? block.content;
}

/** The innermost section of a level at most that holds a section; the whole document where none does. */
export function sectionRange(runbook: Runbook, section: number | null, level: number): Range {
  for (let at = section; at !== null; at = runbook.sections[at]?.parent ?? null) {
    const found = runbook.sections[at];
    if (found !== undefined && found.level <= level) return found.range;
  }
  return runbook.source.range(0, runbook.source.text.length);
}
