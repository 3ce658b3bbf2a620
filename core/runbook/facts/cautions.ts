/**
 * The author's own warnings, bound to the commands that they stand beside: comments in a block, headings and list items above
 * one, and paragraphs that begin with a word of warning or are a GitHub alert (`> [!CAUTION]`).
 */
import type { SourceText } from '../../text.ts';
import { perText } from '../lazy.ts';
import type { BlockStep, Caution } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';

type Kind = Caution['kind'];
type Bound = Caution['commands'];

const CONDITIONAL =
  /\bif\b[^.:;]{0,50}\b(?:needed|necessary|required)\b|\(if using\)|\b(?:use|run|do (?:this|so)) only (?:when|if)\b|\bonly (?:if|when) (?:absolutely|really|strictly) /i;
const LAST_RESORT = /\blast resort\b/i;
/** In capitals these words warn; in small letters they are mostly about metrics and logs. */
const SHOUTED = /\b(?:CAUTION|WARNING|DANGER(?:OUS)?|DESTRUCTIVE|DO NOT|IRREVERSIBLE)\b/;
const SAID =
  /\b(?:be (?:very |extra )?careful|careful(?=!)|careful execution|with (?:extreme |great )?(?:care|caution)|irreversible|cannot be undone|can't be undone|(?:will|may|can) (?:permanently )?(?:delete|destroy|erase|lose) (?:\w+ ){0,3}data)\b/i;
/** A paragraph or item that begins with a word of warning and goes on in words: `Warning: > 80 %` is a limit. */
const LABEL =
  /^\W{0,6}(?:(?:\*\*|__)\W{0,4}(?:warning|caution|danger|attention)\b|(?:WARNING|CAUTION|DANGER|Warning|Caution)\s*[:!])(?=(?:[^a-z]{0,40}[a-z]{2,}){4})/i;
/** In a heading it warns where it stands in brackets. */
const BRACKETED = /\((?:EXTREME |USE WITH )?(?:CAUTION|DANGER(?:OUS)?|DESTRUCTIVE)\W{0,2}\)/i;
const ALERT = /^\[!(WARNING|CAUTION|IMPORTANT)\]/i;
const ADVICE_AGAINST = /^(?:\*\*|__)[^*_]{0,40}\b(?:do not|don't|never) recommend\b/i;
const GRAVE =
  /\b(?:delet|destroy|data loss|lose data|irreversibl|permanent|outage|downtime|cannot be undone)/i;

const COMMENT: Readonly<Record<string, RegExp>> = { sql: /^\s*(?:--|#)\s?(.*)$/ };
const SHELL_COMMENT = /^\s*#+(?!!)\s?(.*)$/;

/** One of these is in every caution: most blocks and lines hold none, and are asked once. */
const WORDS =
  /\b(?:if|only|last resort|care|careful(?:ly)?|caution|warning|danger(?:ous)?|destructive|irreversible|undone|do not|delete|destroy|erase|lose|attention|important|recommend)\b/i;
const mayWarn = perText((text) => WORDS.test(text));

/** Cautions in document order; one line can be of two kinds. */
export function readCautions(facts: Facts): Caution[] {
  const cautions: Caution[] = [];
  const blocks = facts.steps.filter((step): step is BlockStep => step.kind === 'block' && step.runnable);
  for (const block of blocks) cautions.push(...fromBlock(block, facts));
  for (const [index, section] of facts.sections.entries()) {
    const kinds = ofTitle(section.title);
    if (kinds.length === 0) continue;
    const commands = blocks.filter((block) => block.section === index).flatMap(commandsOf);
    add(cautions, kinds, section.title, section.headingRange, commands);
  }
  for (const [index, line] of facts.lines.entries()) {
    if (!mayWarn(line.raw)) continue;
    const kinds = kindsOfLine(line, facts.lines.slice(index + 1, index + 4));
    if (kinds.length === 0) continue;
    const text = ALERT.test(line.raw.trim()) ? (facts.lines[index + 1]?.text ?? line.text) : line.text;
    add(cautions, kinds, text, line.range, commandsBelow(line, facts, blocks));
  }
  return cautions.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

/** A condition without a command beside it is advice, not a warning. */
function add(
  to: Caution[],
  kinds: readonly Kind[],
  text: string,
  range: Caution['range'],
  commands: Bound,
): void {
  for (const kind of kinds) {
    if (kind === 'conditional' && commands.length === 0) continue;
    to.push({ kind, text, commands, range });
  }
}

const ofComment = perText((text) => kindsIn(text, true));
const ofTitle = perText((text) => kindsIn(text, false));

function kindsIn(text: string, comment: boolean): readonly Kind[] {
  const kinds: Kind[] = [];
  if (text.length > 300) return kinds;
  if (CONDITIONAL.test(text)) kinds.push('conditional');
  if (LAST_RESORT.test(text)) kinds.push('last-resort');
  if (comment ? SHOUTED.test(text) || SAID.test(text) : BRACKETED.test(text)) kinds.push('caution');
  return kinds;
}

/** `next`: the lines that follow, since the words of an alert stand below its mark. */
function kindsOfLine(line: FactLine, next: readonly FactLine[]): Kind[] {
  const raw = line.raw.trim();
  const alert = ALERT.exec(raw)?.[1]?.toLowerCase();
  if (alert !== undefined && (alert !== 'important' || next.some(({ text }) => GRAVE.test(text))))
    return ['caution'];
  if (LABEL.test(raw) || ADVICE_AGAINST.test(raw)) return ['caution'];
  const kinds: Kind[] = [];
  if (line.text.length <= 160) {
    if (LAST_RESORT.test(line.text)) kinds.push('last-resort');
    if (CONDITIONAL.test(line.text)) kinds.push('conditional');
  }
  return kinds;
}

function commandsOf(block: BlockStep): Bound[number][] {
  return block.commands.map((command, index) => ({ step: block.id, index, range: command.range }));
}

/** The commands of a fence below a line: inside the item, or right below a paragraph that leads to it. */
function commandsBelow(line: FactLine, facts: Facts, blocks: readonly BlockStep[]): Bound {
  const after = line.range.end.line;
  const indent = (at: FactLine) => facts.source.line(at.range.start.line).search(/\S/);
  const own = indent(line);
  const next = facts.lines.find((other) => other.range.start.line > after && indent(other) <= own);
  const until = next?.range.start.line ?? Number.POSITIVE_INFINITY;
  const inside = blocks.filter(
    (block) =>
      block.section === line.section &&
      block.range.start.line > after &&
      block.range.start.line < until &&
      (line.list !== null || block.range.start.line - after <= 2),
  );
  return inside.flatMap(commandsOf);
}

/** Comments of a block: what stands right below one is meant; a warning with nothing right below it is about all that follows. */
function fromBlock(block: BlockStep, facts: Facts): Caution[] {
  if (!mayWarn(block.content)) return [];
  const pattern = COMMENT[block.effectiveLanguage] ?? SHELL_COMMENT;
  if (block.effectiveLanguage !== 'sql' && block.commands.length === 0) return [];
  const cautions: Caution[] = [];
  const first = block.contentRange.start.line;
  const lines = block.content.split('\n');
  for (const [index, text] of lines.entries()) {
    const comment = pattern.exec(text)?.[1];
    const at = first + index;
    if (comment !== undefined) {
      const kinds = ofComment(comment);
      if (kinds.length === 0) continue;
      const beside = rightBelow(block, lines, index, pattern, facts.source);
      const all = kinds.includes('conditional') || beside.length > 0 ? beside : following(block, at);
      add(cautions, kinds, comment.trim(), facts.source.lineRange(at, at), all);
      continue;
    }
    const trailing = /\s#\s*(\S.*)$/.exec(text)?.[1];
    if (trailing === undefined || block.effectiveLanguage === 'sql') continue;
    const kinds = ofComment(trailing).filter((kind) => kind !== 'conditional');
    const own = commandsOf(block).filter(({ range }) => range.start.line <= at && at <= range.end.line);
    if (own.length > 0) add(cautions, kinds, trailing, facts.source.lineRange(at, at), own);
  }
  return cautions;
}

/** Commands from the line below a comment up to the next comment or blank line between commands. */
function rightBelow(
  block: BlockStep,
  lines: readonly string[],
  index: number,
  comment: RegExp,
  source: SourceText,
): Bound {
  const first = block.contentRange.start.line;
  let end = index + 1;
  const starts = new Map(commandsOf(block).map((command) => [command.range.start.line, command]));
  const found: Bound[number][] = [];
  while (end < lines.length) {
    const command = starts.get(first + end);
    if (command === undefined) break;
    found.push(command);
    end = command.range.end.line - first + 1;
  }
  const text = lines[end];
  if (found.length > 0 || text === undefined || text.trim() === '' || comment.test(text)) return found;
  // A statement that is no command of the block: SQL, or text that the grammar gave up on.
  const offset = lines.slice(0, end).reduce((sum, line) => sum + line.length + 1, 0);
  const range = source.range(block.toSource(offset), block.toSource(offset + text.length));
  return [{ step: block.id, index: null, range }];
}

function following(block: BlockStep, line: number): Bound {
  return commandsOf(block).filter(({ range }) => range.start.line > line);
}
