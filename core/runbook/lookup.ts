/** Looking things up in a runbook: steps by name, anchors. */
import type { BlockCommand, Runbook, Step } from './types.ts';

/** A step, or one command of a block. */
export interface FoundStep {
  readonly step: Step;
  readonly command?: BlockCommand;
}

/**
 * The step of an id, or for `ID.2` the second command of that block (1-based). The id has to be whole: a beginning of
 * it is not enough, since another step may be added that shares it. Undefined where there is none.
 */
export function findStep(runbook: Runbook, id: string): FoundStep | undefined {
  const whole = runbook.steps.find((step) => step.id === id);
  if (whole !== undefined) return { step: whole };
  const dotted = /^(.+)\.([1-9]\d{0,5})$/s.exec(id);
  if (dotted === null) return undefined;
  const step = runbook.steps.find((candidate) => candidate.id === dotted[1]);
  const command = step?.kind === 'block' ? step.commands[Number(dotted[2]) - 1] : undefined;
  return step === undefined || command === undefined ? undefined : { step, command };
}

/** Every fragment that a link into the document can name: GitHub's heading slugs, and `id` and `name` in its HTML. */
export function anchorsOf(runbook: Runbook): Set<string> {
  return new Set([...runbook.sections.map((section) => section.slug), ...runbook.anchors]);
}
