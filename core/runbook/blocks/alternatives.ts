/**
 * Alternatives: blocks that are menus. Written as a comment that says "or" between two groups of commands, as comments
 * "For X" or "Via X" above several groups, as "Option 1", "Option 2", or as trailing comments "for X" on neighbouring lines. An
 * ordinary commented sequence ("Backup", "Upload", "Verify") is none, so nothing is taken without one of these words.
 * A branch without a command ("Option 3: Call the provider" above a comment) is one all the same: somebody does it by hand.
 */
import type { ShellCommand } from '../../shell/types.ts';
import { lineEnd } from '../../text.ts';
import type { Alternative } from '../types.ts';

interface Group {
  /** The comment lines above, without `#`. */
  readonly comments: readonly string[];
  readonly commands: readonly number[];
}

const OR = /^or\b(?!\s+more\b)[\s:,–—-]*(.*)$/i;
const OPTION = /^(?:option|alternative|variant|method|approach)\s+(?:\d+|[A-D])\b\s*[:.)–—-]?\s*(.*)$/i;
const FOR = /^(?:(?:if|when)\s+(?:using|running|on|you use)|for|using|with|via|on)\s+(.{2,60})$/i;

/** Finds the alternatives among the commands of a script; empty where there are fewer than two. */
export function findAlternatives(script: string, commands: readonly ShellCommand[]): Alternative[] {
  if (!/#/.test(script)) return [];
  const groups = groupsOf(script, commands);
  return (
    byTrailing(script, commands) ??
    byOption(groups) ??
    (commands.length < 2 ? null : (byOr(groups) ?? byFor(groups))) ??
    byCase(groups) ??
    []
  );
}

/** Commands with the paragraph of comments above them; a paragraph that another one follows has no commands. */
function groupsOf(script: string, commands: readonly ShellCommand[]): Group[] {
  const groups: { comments: readonly string[]; commands: number[] }[] = [];
  let at = 0;
  for (const [index, command] of commands.entries()) {
    for (const comments of paragraphsIn(script.slice(at, command.start), index > 0))
      groups.push({ comments, commands: [] });
    if (groups.length === 0) groups.push({ comments: [], commands: [] });
    groups.at(-1)?.commands.push(index);
    at = command.end;
  }
  for (const comments of paragraphsIn(script.slice(at), commands.length > 0))
    groups.push({ comments, commands: [] });
  return groups;
}

/** Runs of comment lines; a blank line ends one. The rest of a command's own line is no part of what follows it. */
function paragraphsIn(gap: string, afterCommand: boolean): string[][] {
  const paragraphs: string[][] = [];
  let open: string[] | null = null;
  for (const line of gap.split('\n').slice(afterCommand ? 1 : 0)) {
    const text = /^\s*#+(?!!)\s?(.*)$/.exec(line)?.[1]?.trim();
    if (text === undefined || text === '') open = null;
    else if (open !== null) open.push(text);
    else {
      open = [text];
      paragraphs.push(open);
    }
  }
  return paragraphs;
}

/**
 * The commands of a branch: those right below its words. Where the words stand alone above paragraphs of their own
 * ("# Option 1", "# Get the revision", "# Roll back"), all up to the next branch; the last branch has no end, and none.
 */
function commandsOf(groups: readonly Group[], index: number, next: number | undefined): readonly number[] {
  const own = groups[index];
  if (own === undefined) return [];
  if (own.commands.length > 0 || own.comments.length > 1 || next === undefined) return own.commands;
  return groups.slice(index, next).flatMap((group) => group.commands);
}

/** Branches that a pattern marks in the comments of their groups, each with its label. */
function marked(
  groups: readonly Group[],
  labelIn: (comment: string) => string | null,
): { label: string; commands: readonly number[] }[] {
  const places: { index: number; label: string }[] = [];
  for (const [index, group] of groups.entries()) {
    // The last one above a command is the one that it belongs to; those before it have no commands.
    const labels = group.comments.map(labelIn).filter((label) => label !== null);
    for (const label of labels.slice(0, -1)) places.push({ index: -1, label });
    const last = labels.at(-1);
    if (last !== undefined) places.push({ index, label: last });
  }
  return places.map(({ index, label }, place) => ({
    label,
    commands: index < 0 ? [] : commandsOf(groups, index, places[place + 1]?.index),
  }));
}

function labelled(groups: readonly { label: string; commands: readonly number[] }[]): Alternative[] | null {
  return groups.length < 2 ? null : groups.map(({ label, commands }) => ({ label, commands }));
}

function byTrailing(script: string, commands: readonly ShellCommand[]): Alternative[] | null {
  const found: { label: string; commands: number[] }[] = [];
  for (const [index, command] of commands.entries()) {
    const rest = script.slice(command.end, lineEnd(script, command.end));
    const comment = /^[ \t]+#\s*(.+)$/.exec(rest)?.[1]?.trim() ?? '';
    const label = /^(?:for|if using|on|using|with)\s+(.{2,60})$/i.exec(comment)?.[1];
    if (label !== undefined) found.push({ label: tidy(label), commands: [index] });
  }
  const neighbours = found.every(
    (entry, i) => i === 0 || (entry.commands[0] ?? 0) - (found[i - 1]?.commands[0] ?? 0) === 1,
  );
  return neighbours ? labelled(found) : null;
}

function byOption(groups: readonly Group[]): Alternative[] | null {
  return labelled(
    marked(groups, (comment) => {
      const option = OPTION.exec(comment);
      return option === null ? null : tidy(option[1] || comment);
    }),
  );
}

/** "# If legitimate traffic:" and "# If attack:", each with its steps. "# If needed" and a single condition are none. */
function byCase(groups: readonly Group[]): Alternative[] | null {
  return labelled(
    marked(groups, (comment) => {
      const condition = /^(?:if|when|in case of)\s+(.{2,60}):$/i.exec(comment)?.[1];
      return condition === undefined || /\bneed(?:ed)?\b|\bnecessary\b/i.test(condition)
        ? null
        : tidy(condition);
    }),
  );
}

function byOr(groups: readonly Group[]): Alternative[] | null {
  const found: { label: string; commands: readonly number[] }[] = [];
  let last: Group | undefined;
  for (const [index, group] of groups.entries()) {
    const before = last;
    if (group.commands.length > 0) last = group;
    const place = group.comments.findIndex((comment) => OR.test(comment));
    if (place === -1 || before === undefined) continue;
    // "# OR" alone, and what is meant in the paragraph below.
    const branch = group.commands.length > 0 ? group : groups[index + 1];
    if (branch === undefined || branch.commands.length === 0) continue;
    const rest = OR.exec(group.comments[place] ?? '')?.[1] ?? '';
    const below = group.comments[place + 1] ?? (branch === group ? undefined : branch.comments[0]);
    if (found.length === 0)
      found.push({ label: firstLabel(before.comments.at(-1) ?? 'First', rest), commands: before.commands });
    found.push({ label: tidy(rest || below || 'Otherwise'), commands: branch.commands });
  }
  return labelled(found);
}

/** "Deploy via Railway" beside "Or via Docker" is `Railway`: what the second says after the same word. */
function firstLabel(comment: string, other: string): string {
  const word = /^(via|using|with|on|for|from|through)\s/i.exec(other)?.[1];
  if (word !== undefined) {
    const at = comment.toLowerCase().lastIndexOf(` ${word.toLowerCase()} `);
    if (at !== -1) return tidy(comment.slice(at + word.length + 2));
  }
  return tidy(comment);
}

function byFor(groups: readonly Group[]): Alternative[] | null {
  const found: { index: number; label: string; commands: readonly number[] }[] = [];
  for (const [index, group] of groups.filter(({ commands }) => commands.length > 0).entries()) {
    const label =
      group.comments.length === 1
        ? /^(?:for|via)\s+(.{2,60})$/i.exec(group.comments[0] ?? '')?.[1]
        : undefined;
    if (label !== undefined && !/\d|\b(?:each|every|all|more|now|now on|debugging|minutes?)\b/i.test(label)) {
      found.push({ index, label: tidy(label), commands: group.commands });
    }
  }
  const neighbours = found.every((entry, i) => i === 0 || entry.index - (found[i - 1]?.index ?? 0) === 1);
  return neighbours ? labelled(found) : null;
}

function tidy(label: string): string {
  const inner = FOR.exec(label)?.[1] ?? label;
  return inner.replace(/[\s:.;,]+$/, '').trim();
}
