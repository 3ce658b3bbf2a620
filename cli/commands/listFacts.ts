/** The facts beside steps, in the JSON of `runline list`: a contract, see docs/cli.md. Lines are 1-based. */
import type { Runbook } from '../../core/runbook/index.ts';
import type { Range } from '../../core/text.ts';

const line = (range: Range): number => range.start.line + 1;

/** What the document says beside its steps, scales, escalation, contacts, templates and alerts. */
export function describeFacts(runbook: Runbook): object {
  return {
    profile: runbook.profile,
    metadata: runbook.metadata.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    references: runbook.references.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    scripts: runbook.scripts.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    times: runbook.times.map(({ range, section: _, ...entry }) => ({ line: line(range), ...entry })),
    roles: runbook.roles.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    changeWindows: runbook.changeWindows.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    criteria: runbook.criteria.map(({ range, kind, title, items, steps }) => ({
      line: line(range),
      kind,
      title,
      items: items.map((item) => ({ line: line(item.range), text: item.text })),
      steps,
    })),
    objectives: runbook.objectives.map(({ range, ...entry }) => ({ line: line(range), ...entry })),
    cautions: runbook.cautions.map(({ range, kind, text, commands }) => ({
      line: line(range),
      kind,
      text,
      commands: commands.map((command) => ({
        // `ID.2`, as a command is named everywhere; the step alone where its statements are not taken apart.
        id: command.index === null ? command.step : `${command.step}.${command.index + 1}`,
        line: line(command.range),
      })),
    })),
    entryPoints: runbook.entryPoints.map(({ range, section: _, ...entry }) => ({
      line: line(range),
      ...entry,
    })),
  };
}
