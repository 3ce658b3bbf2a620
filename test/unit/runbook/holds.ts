/** What holds for the model of any text at all. */
import { expect } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

/** Asserts what holds for the model of any text: it is kept as it is, names are unique, every place is inside it. */
export function everything(text: string, format: 'markdown' | 'yaml'): void {
  const runbook = parseRunbook(text, { format });
  expect(runbook.source.text).toBe(text);
  const ids = runbook.steps.map((step) => step.id);
  expect(new Set(ids).size).toBe(ids.length);
  const inside = (range: { start: { offset: number }; end: { offset: number } }) => {
    expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
    expect(range.end.offset).toBeLessThanOrEqual(text.length);
  };
  for (const step of runbook.steps) {
    inside(step.range);
    if (step.kind !== 'block') {
      for (const command of step.inlineCommands) {
        expect(runbook.source.slice(command.range).replaceAll('\0', '\ufffd')).toBe(command.text);
      }
      void step.text;
      continue;
    }
    inside(step.contentRange);
    for (const { start, end } of step.expectedOutput) {
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(step.content.length);
    }
    for (const link of step.shownLinks) inside(link.range);
    expect(step.script).toHaveLength(step.content.length);
    for (const command of step.commands) inside(command.range);
    for (const placeholder of step.placeholders) inside(placeholder.range);
    void [step.variables, step.alternatives];
  }
  for (const link of runbook.links) {
    inside(link.range);
    // What stands before a target: `(x`, `<x`, `: x`, `="x`.
    expect(text[link.range.start.offset - 1]).toMatch(/[(<"':\s]/);
    expect(link.target).not.toBe('');
  }
  for (const cell of runbook.tables.flatMap((table) => [table.header, ...table.rows]).flat()) {
    expect(runbook.source.slice(cell.range)).toBe(cell.raw);
  }
  for (const scale of runbook.severityScales) for (const level of scale.levels) inside(level.range);
  for (const list of [
    runbook.escalation,
    runbook.contacts,
    runbook.templates,
    runbook.alerts,
    runbook.metadata,
    runbook.references,
    runbook.scripts,
    runbook.times,
    runbook.roles,
    runbook.changeWindows,
    runbook.criteria,
    runbook.objectives,
    runbook.cautions,
    runbook.entryPoints,
  ]) {
    for (const entry of list) inside(entry.range);
  }
  for (const range of runbook.criteria.flatMap(({ items }) => items.map((item) => item.range))) inside(range);
  for (const range of runbook.templates.flatMap(({ samples }) => samples)) inside(range);
  for (const range of runbook.inputs.flatMap(({ ranges }) => ranges)) inside(range);
  void [runbook.variables, runbook.anchors, runbook.profile];
}
