/** The outline: sections with their alerts and steps. A client that shows headings itself asks for the steps alone. */
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Step } from '../../core/runbook/index.ts';
import { toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';

export function documentSymbols(open: OpenRunbook, outline: 'full' | 'steps'): DocumentSymbol[] {
  const { runbook } = open;
  const leaves = new Map<number | null, DocumentSymbol[]>();
  const add = (section: number | null, symbol: DocumentSymbol) => {
    const list = leaves.get(section);
    if (list === undefined) leaves.set(section, [symbol]);
    else list.push(symbol);
  };
  for (const alert of runbook.alerts) {
    // A heading that is the alert's name alone stands in the outline already.
    if (alert.section !== null && runbook.sections[alert.section]?.title === alert.name) continue;
    const range = toLspRange(alert.range);
    const detail = [alert.severity, alert.response?.text].filter((part) => part != null).join(' · ');
    add(alert.section, {
      name: alert.name || 'Alert',
      detail,
      kind: SymbolKind.Event,
      range,
      selectionRange: range,
    });
  }
  for (const step of runbook.steps) {
    const range = toLspRange(step.range);
    add(step.section, {
      name: stepName(step),
      detail: stepDetail(step),
      kind: stepKind(step),
      range,
      selectionRange: range,
    });
  }
  if (outline === 'steps') return [...leaves.values()].flat().sort(byPlace);

  const top: DocumentSymbol[] = [...(leaves.get(null) ?? [])];
  const symbols: DocumentSymbol[] = [];
  runbook.sections.forEach((section, index) => {
    const symbol: DocumentSymbol = {
      name: section.title || '(untitled)',
      kind: SymbolKind.String,
      range: toLspRange(section.range),
      selectionRange: toLspRange(section.headingRange),
      children: leaves.get(index) ?? [],
    };
    symbols.push(symbol);
    const parent = section.parent === null ? undefined : symbols[section.parent];
    (parent?.children ?? top).push(symbol);
  });
  return top.sort(byPlace);
}

const byPlace = (a: DocumentSymbol, b: DocumentSymbol) =>
  a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;

function stepName(step: Step): string {
  if (step.kind !== 'block') return step.text.trim() || '(empty)';
  const firstCommand = step.commands[0]?.text.split('\n')[0]?.trim();
  return firstCommand || step.content.split('\n')[0]?.trim() || '(empty block)';
}

function stepDetail(step: Step): string {
  if (step.kind === 'checklist') return step.checked ? 'done' : 'open';
  if (step.kind === 'instruction') return `step ${step.number}`;
  if (!step.runnable) return step.effectiveLanguage;
  return step.risk === 'read-only' ? step.effectiveLanguage : `${step.effectiveLanguage} · ${step.risk}`;
}

function stepKind(step: Step): SymbolKind {
  if (step.kind === 'checklist') return SymbolKind.Boolean;
  if (step.kind === 'instruction') return SymbolKind.Number;
  return step.runnable ? SymbolKind.Function : SymbolKind.Object;
}
