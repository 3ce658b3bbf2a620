/** How far a document's steps go. */
import type { BlockCommand, Runbook } from '../../runbook/types.ts';

/**
 * The first command that destroys something that matters to others, and for which no way back is known; null where there is
 * none. Processes and files of the own machine are left to whoever sits at it.
 */
export function beyondRecall({ steps }: Runbook): BlockCommand | null {
  for (const step of steps) {
    if (step.kind !== 'block' || step.risk !== 'destructive' || !step.runnable) continue;
    const command = step.commands.find(
      ({ classification: { risk, inverse, network } }) =>
        risk === 'destructive' && inverse === null && network,
    );
    if (command !== undefined) return command;
  }
  return null;
}
