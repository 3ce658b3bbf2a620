/** What `runline list` says of blocks beside their commands, and of inputs and variables. A contract: see docs/cli.md. */
import type { BlockStep, Runbook } from '../../core/runbook/index.ts';

/** The keys of a block that say what it is for and what it shows. Lines and commands are 1-based. */
export function describeBlock(step: BlockStep, { source }: Runbook): object {
  const lineOf = (offset: number): number => source.positionAt(step.toSource(offset)).line + 1;
  return {
    languageConfidence: step.languageConfidence,
    role: step.role,
    alternatives: step.alternatives.map(({ label, commands }) => ({
      label,
      commands: commands.map((index) => index + 1),
    })),
    expectedOutput: step.expectedOutput.map(({ command, start, end }) => ({
      command: command + 1,
      line: lineOf(start),
      endLine: lineOf(end),
    })),
    links: step.shownLinks.map(({ target, text, range }) => ({ target, text, line: range.start.line + 1 })),
  };
}

/** What must be filled in, and the variables of shell blocks, over the whole document. */
export function describeNames({ inputs, variables }: Runbook): object {
  return {
    inputs: inputs.map(({ name, kind, ranges }) => ({
      name,
      kind,
      lines: [...new Set(ranges.map((range) => range.start.line + 1))],
    })),
    variables: variables.map(({ name, exported, set, used }) => ({
      name,
      exported,
      set: set.map((range) => range.start.line + 1),
      used: used.map((range) => range.start.line + 1),
    })),
  };
}
