/** What stands under the pointer: a placeholder, a command and what it would do, or a severity's response time. */
import { type Hover, MarkupKind, type Position } from 'vscode-languageserver';
import type { BlockCommand, BlockStep, Duration, Runbook } from '../../core/runbook/index.ts';
import { type Classification, explained } from '../../core/shell/index.ts';
import type { Range } from '../../core/text.ts';
import { contains, toLspRange } from '../convert.ts';
import type { OpenRunbook } from '../runbooks.ts';

export function hover(open: OpenRunbook, position: Position): Hover | null {
  const { runbook } = open;
  const block = runbook.steps.find(
    (step): step is BlockStep => step.kind === 'block' && contains(step.range, position),
  );
  if (block !== undefined) return placeholderHover(block, position) ?? commandHover(block, position);
  return severityHover(runbook, position);
}

function placeholderHover(block: BlockStep, position: Position): Hover | null {
  const placeholder = block.placeholders.find((candidate) => contains(candidate.range, position));
  if (placeholder === undefined) return null;
  return answer(placeholder.range, [
    `**Placeholder** ${code(placeholder.text)}`,
    'Asked for before the block runs, and put in quoted for the shell.',
  ]);
}

function commandHover(block: BlockStep, position: Position): Hover | null {
  const command = block.commands.find((candidate) => contains(candidate.range, position));
  if (command !== undefined) return answer(command.range, describe(command.classification, command));
  if (block.runnable && position.line === block.range.start.line) {
    return answer({ start: block.range.start, end: block.range.start }, describe(block.classification, null));
  }
  return null;
}

function describe(verdict: Classification, command: BlockCommand | null): string[] {
  const [what, ...rest] = explained(verdict);
  const lines = [
    `**${verdict.risk}** · ${plain(what?.text ?? '')}`,
    ...rest.map(({ label, text }) => `${label}: ${plain(text)}`),
  ];
  if (verdict.mode === 'terminal') lines.push('Runs in a terminal: it needs a TTY.');
  if (verdict.mode === 'stream') lines.push('Never ends by itself: its output is shown live, with a stop.');
  if (command !== null && command.reads.length > 0)
    lines.push(`Reads ${command.reads.map((name) => code(`$${name}`)).join(', ')}`);
  return lines;
}

function severityHover(runbook: Runbook, position: Position): Hover | null {
  for (const scale of runbook.severityScales) {
    for (const level of scale.levels) {
      if (!contains(level.range, position)) continue;
      const name = level.name === null ? level.id : `${level.id} · ${level.name}`;
      const lines = [`**${plain(name)}**`];
      if (level.definition !== '') lines.push(plain(level.definition));
      if (level.response !== null)
        lines.push(`Response: ${plain(level.response.text)}${inSeconds(level.response)}`);
      return answer(level.range, lines);
    }
  }
  return null;
}

function inSeconds(duration: Duration): string {
  if (duration.seconds !== null) return ` (${duration.seconds.toLocaleString('en')} s)`;
  return duration.kind === 'calendar'
    ? ' (no fixed length, so no countdown)'
    : ' (not understood, so no countdown)';
}

function answer(range: Range, lines: readonly string[]): Hover {
  return { contents: { kind: MarkupKind.Markdown, value: lines.join('\n\n') }, range: toLspRange(range) };
}

/** Document text must never become Markdown of its own: no link, image or HTML of it is live. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${flat} ${fence}` : `${fence}${flat}${fence}`;
}
