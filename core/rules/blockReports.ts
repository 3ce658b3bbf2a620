/** What rules say about blocks by their text alone: asked once for each text, set into each place where it stands. */
import type { BlockStep, BlockText, Runbook } from '../runbook/types.ts';
import { contentRange, fenceLine } from './support/blocks.ts';
import type { BlockReport, Report, Rule } from './types.ts';

/** A remark that is still without its place in a document. */
export interface BlockRemark {
  readonly rule: Rule;
  readonly report: BlockReport;
}

export type BlockAsker = (
  block: BlockText,
  onError?: (rule: string, error: unknown) => void,
) => readonly BlockRemark[];

/** Asks all rules that have a `checkBlock`. A rule that throws says nothing about this text, and `onError` is told once. */
export function blockAsker(rules: readonly Rule[]): BlockAsker {
  // As long as the model keeps the block's facts; then both go.
  const known = new WeakMap<object, readonly BlockRemark[]>();
  return (block, onError) => {
    let remarks = known.get(block.key);
    if (remarks === undefined) {
      remarks = ask(rules, block, onError);
      known.set(block.key, remarks);
    }
    return remarks;
  };
}

function ask(
  rules: readonly Rule[],
  block: BlockText,
  onError: ((rule: string, error: unknown) => void) | undefined,
): BlockRemark[] {
  const remarks: BlockRemark[] = [];
  for (const rule of rules) {
    if (rule.checkBlock === undefined) continue;
    try {
      for (const report of rule.checkBlock(block)) remarks.push({ rule, report });
    } catch (error) {
      onError?.(rule.id, error);
    }
  }
  return remarks;
}

/** The report at the place where this block stands. */
export function placed(runbook: Runbook, block: BlockStep, { at, fixes, ...rest }: BlockReport): Report {
  const range = at === 'fence' ? fenceLine(runbook, block) : contentRange(runbook, block, at.start, at.end);
  return {
    ...rest,
    range,
    ...(fixes !== undefined && {
      fixes: fixes.map(({ edits, ...fix }) => ({
        ...fix,
        edits: edits.map(({ start, end, newText }) => ({
          range: contentRange(runbook, block, start, end),
          newText,
        })),
      })),
    }),
  };
}
