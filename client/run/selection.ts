/** What a click means: a whole block, one of its commands, or the commands of one alternative. Pure. */
import { type Classification, highest, READ_ONLY } from '../../core/shell/index.ts';
import type { WireBlock, WireCommand, WireRunbook, WireStep } from '../../server/protocol.ts';

export interface Selection {
  /** The step's id, or the command's (`ID.2`) where it is one command. */
  readonly id: string;
  readonly stepId: string;
  /** The nearest heading, for people; the runbook's title before the first. */
  readonly heading: string;
  /** What is run, in a few words: what stands above the block, or the command itself. */
  readonly title: string;
  /** Before substitution, LF line ends. */
  readonly content: string;
  readonly language: string;
  readonly classification: Classification;
  /** Offsets into `content`. */
  readonly placeholders: readonly {
    readonly name: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly variables: readonly string[];
  /** 1-based lines of the document. */
  readonly line: number;
  readonly endLine: number;
}

interface BlockStep extends WireStep {
  readonly block: WireBlock;
}

/** The step with a block of this id, or undefined. */
export function findBlock(runbook: WireRunbook, stepId: string): BlockStep | undefined {
  const step = runbook.steps.find((candidate) => candidate.id === stepId);
  return step?.block === undefined ? undefined : (step as BlockStep);
}

export function headingOf(runbook: WireRunbook, step: WireStep): string {
  return step.sectionPath.at(-1) ?? runbook.title ?? step.id;
}

export function selectBlock(runbook: WireRunbook, step: BlockStep): Selection {
  const { block } = step;
  const heading = headingOf(runbook, step);
  return {
    id: step.id,
    stepId: step.id,
    heading,
    title: block.title,
    content: block.content,
    language: block.effectiveLanguage,
    classification: block.classification,
    placeholders: block.placeholders,
    variables: block.variables,
    line: step.range.start.line + 1,
    endLine: step.range.end.line + 1,
  };
}

/** Some commands of a block, in their order. Undefined where none of the indices is a command. */
export function selectCommands(
  runbook: WireRunbook,
  step: BlockStep,
  indices: readonly number[],
  label?: string,
): Selection | undefined {
  const { block } = step;
  const commands = indices.map((index) => block.commands[index]).filter((command) => command !== undefined);
  const [first] = commands;
  const last = commands.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { content, placeholders } = cut(block, commands);
  const heading = headingOf(runbook, step);
  return {
    id: commands.length === 1 ? first.id : step.id,
    stepId: step.id,
    heading,
    title: label === undefined ? shortened(content) : `${block.title}: ${label}`,
    content,
    language: block.effectiveLanguage,
    classification: commands
      .map(({ classification }) => classification)
      .reduce((all, each) => highest(all, each), READ_ONLY),
    placeholders,
    variables: block.variables.filter((name) => reads(content, name)),
    line: first.range.start.line + 1,
    endLine: last.range.end.line + 1,
  };
}

/** The commands' own text, one after the other, with their placeholders where they now are. */
function cut(
  block: WireBlock,
  commands: readonly WireCommand[],
): Pick<Selection, 'content' | 'placeholders'> {
  const parts: string[] = [];
  const placeholders: Selection['placeholders'][number][] = [];
  let at = 0;
  for (const { start, end } of commands) {
    const text = block.content.slice(start, end);
    for (const placeholder of block.placeholders) {
      if (placeholder.start < start || placeholder.end > end) continue;
      placeholders.push({
        ...placeholder,
        start: placeholder.start - start + at,
        end: placeholder.end - start + at,
      });
    }
    parts.push(text);
    at += text.length + 1;
  }
  return { content: parts.join('\n'), placeholders };
}

/** What stands at a 0-based line: the block, and the command of it, where the line is not the fence itself. */
export function selectionAt(runbook: WireRunbook, line: number): Selection | undefined {
  const step = runbook.steps.find(
    ({ block, range }) => block !== undefined && range.start.line <= line && line <= range.end.line,
  );
  if (step?.block === undefined) return undefined;
  const block = step as BlockStep;
  const index = block.block.commands.findIndex(
    ({ range }) => range.start.line <= line && line <= range.end.line,
  );
  const inside = line > step.range.start.line && line < step.range.end.line;
  if (index >= 0) return selectCommands(runbook, block, [index]);
  // A comment or an empty line between commands is none of them; in a language without commands it is the block.
  return inside && block.block.commands.length > 0 ? undefined : selectBlock(runbook, block);
}

function reads(content: string, name: string): boolean {
  return new RegExp(`\\$\\{?[#!]?${name.replaceAll(/\W/g, '')}(?![A-Za-z0-9_])`).test(content);
}

export function shortened(text: string, limit = 60): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}
