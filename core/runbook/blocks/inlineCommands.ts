/** Commands in inline code of checklist items and instructions: ``1. Verify: `./check-all.sh [region]` ``. */
import { readScript } from '../../shell/index.ts';
import type { Classification } from '../../shell/types.ts';
import { boundedCache } from '../lazy.ts';
import { type FoundPlaceholder, findPlaceholders } from './placeholders.ts';
import { SHELL_LINE } from './shellText.ts';

/** By offsets into the item's inline source. */
export interface FoundCommand {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tool: string | null;
  readonly classification: Classification;
  readonly placeholders: readonly FoundPlaceholder[];
}

const cache = boundedCache<readonly FoundCommand[]>(20_000, 2_000_000);
const SPAN = /(?<!`)(`{1,3})(?!`)([^\n]{2,400}?)(?<!`)\1(?!`)/g;
/** A script by its path, with or without arguments. */
const SCRIPT = /^(?:\.{1,2}\/|~?\/)(?:[\w.-]+\/)*[\w.-]+\.(?:sh|bash|py|rb|js|ts|pl)(?:\s|$)/;
/** Words that are talked about more often than run, and what only sets or names something. */
const TALK =
  /^(?:cd|exit|return|true|false|test|set|unset|export|source|date|declare|read|time|type|id|go|host|make|node|watch|which|service)(?:\s+(?:\d+|[A-Z_]+(?:=\S*)?|\w+\.\w+))?$|^[A-Za-z_]\w*=\S*$|^\.{0,2}\/\S*$/;
/** Programs for the control of one service: `rabbitmqctl status`, `ferrumctl health`. */
const CONTROL = /^[a-z][\w-]*ctl\s+[a-z-]/;

/** The commands in an item's inline source, in order. */
export function findInlineCommands(content: string): readonly FoundCommand[] {
  return content.includes('`') ? cache.get(content, find) : [];
}

function find(content: string): FoundCommand[] {
  const found: FoundCommand[] = [];
  for (const match of content.matchAll(SPAN)) {
    const inner = match[2] ?? '';
    const text = inner.trim();
    if (!isCommand(text)) continue;
    const start = match.index + (match[1]?.length ?? 1) + inner.indexOf(text);
    const placeholders = findPlaceholders(text, 'bash');
    const { commands, classification } = readScript(text, { dialect: 'bash', masks: placeholders });
    found.push({
      text,
      start,
      end: start + text.length,
      tool: commands[0]?.tool ?? null,
      classification,
      placeholders,
    });
  }
  return found;
}

/** A known program with arguments, or a script by its path; a program's name alone is being talked about. */
function isCommand(text: string): boolean {
  if (SCRIPT.test(text)) return true;
  if (!/\s/.test(text) || TALK.test(text)) return false;
  return SHELL_LINE.test(text) || CONTROL.test(text);
}
