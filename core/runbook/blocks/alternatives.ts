/**
 * Alternatives: blocks that are menus. Written as a comment that says "or" between two groups of commands, as comments
 * "For X" above several groups, as "Option 1", "Option 2", or as trailing comments "for X" on neighbouring lines. An
 * ordinary commented sequence ("Backup", "Upload", "Verify") is none, so nothing is taken without one of these words.
 */
import type { ShellCommand } from '../../shell/types.ts';
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
  if (commands.length < 2 || !/#/.test(script)) return [];
  const groups = groupsOf(script, commands);
  return byTrailing(script, commands) ?? byOption(groups) ?? byOr(groups) ?? byFor(groups) ?? [];
}

/** Commands with the comments above them. A comment opens a group where commands stand before it. */
function groupsOf(script: string, commands: readonly ShellCommand[]): Group[] {
  const groups: { comments: string[]; commands: number[] }[] = [];
  let at = 0;
  for (const [index, command] of commands.entries()) {
    const comments = commentsAbove(script.slice(at, command.start), index > 0);
    if (comments.length > 0 || groups.length === 0) groups.push({ comments, commands: [index] });
    else groups.at(-1)?.commands.push(index);
    at = command.end;
  }
  return groups;
}

/** The last run of comment lines before a command; those above a blank line stand for steps without commands. */
function commentsAbove(gap: string, afterCommand: boolean): string[] {
  let comments: string[] = [];
  let ended = false;
  for (const line of gap.split('\n').slice(afterCommand ? 1 : 0)) {
    const text = /^\s*#+(?!!)\s?(.*)$/.exec(line)?.[1]?.trim();
    if (text === undefined || text === '') ended = true;
    else {
      if (ended) comments = [];
      ended = false;
      comments.push(text);
    }
  }
  return comments;
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
  const found: { label: string; commands: readonly number[] }[] = [];
  for (const group of groups) {
    // The last option above a command is the one that it belongs to; those before it have no commands.
    const marked = group.comments.findLastIndex((comment) => OPTION.test(comment));
    if (marked === -1) continue;
    const comment = group.comments[marked] ?? '';
    found.push({ label: tidy(OPTION.exec(comment)?.[1] || comment), commands: group.commands });
  }
  return labelled(found);
}

function byOr(groups: readonly Group[]): Alternative[] | null {
  const found: { label: string; commands: readonly number[] }[] = [];
  for (const [index, group] of groups.entries()) {
    const marked = group.comments.findIndex((comment) => OR.test(comment));
    const before = groups[index - 1];
    if (marked === -1 || before === undefined) continue;
    if (found.length === 0)
      found.push({ label: tidy(before.comments.at(-1) ?? 'First'), commands: before.commands });
    const rest = OR.exec(group.comments[marked] ?? '')?.[1] ?? '';
    found.push({
      label: tidy(rest || (group.comments[marked + 1] ?? 'Otherwise')),
      commands: group.commands,
    });
  }
  return labelled(found);
}

function byFor(groups: readonly Group[]): Alternative[] | null {
  const found: { index: number; label: string; commands: readonly number[] }[] = [];
  for (const [index, group] of groups.entries()) {
    const label =
      group.comments.length === 1 ? /^for\s+(.{2,60})$/i.exec(group.comments[0] ?? '')?.[1] : undefined;
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

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
