/**
 * Where a shell block sets and reads its variables, by offsets into its script. Which names a command sets and reads, the
 * command model says; the places are found in its text: `NAME=`, `$NAME`, `${NAME…}`. A name whose place is not found
 * (`read NAME`, `$((NAME + 1))`) stands where it is written, else at its command.
 */
import type { ShellCommand } from '../../shell/types.ts';
import { CODE, COMMENT, SINGLE_QUOTED, shellContexts } from './shellText.ts';

/** Where a name is set or read. */
export interface VariablePlace {
  readonly name: string;
  readonly kind: 'set' | 'used';
  readonly exported: boolean;
  readonly start: number;
  readonly end: number;
}

/** A positional parameter that gets a name: `RESTORE_POINT=$1`. */
export interface Positional {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const USE = /\$(?:\{[#!]?)?([A-Za-z_]\w*)\}?|\$env:([A-Za-z_]\w*)|%([A-Za-z_]\w*)%/g;
const SET = /(?<![\w$./:-])(?:\$env:|\$)?([A-Za-z_]\w*)(?:\[[^\]\n]{0,60}\])?(?:\+?=|\s=\s)(?!=)/g;
const EXPORT = /\b(?:export|(?:declare|typeset)\s+-\w*x\w*)(?:\s+-\w+)*[ \t]+(?=[A-Za-z_])/g;
/** One word of `export A=1 B="x y" C`: a name, and its value where it is written out. */
const EXPORTED =
  /([A-Za-z_]\w*)(?:=(?:"(?:[^"`$]|\$(?!\())*"|'[^']*'|[^\s"'`;&|()]*)|(?=[ \t\n;&|]|$))?(?:(?=[\n;&|]|$)|[ \t]+)?/y;
/** What may stand before an assignment on its line; another assignment may too. */
const POSITION =
  /(?:^|[;&|({`]|\b(?:export|local|declare|readonly|typeset|then|do|else|elif|if|while|until|time)(?:\s+-\w+)*)\s*$/;
const ASSIGNED = /(?:^|\s)[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"']*)\s+$/;
const LOOP =
  /\b(?:for|select|foreach)\s+(?:\(\(\s*)?([A-Za-z_]\w*)(?:\s|;|=)|\bforeach\s*\(\s*\$([A-Za-z_]\w*)/g;
const READ_LOOP = /\bwhile\s+(?:[A-Z]+=\S*\s+)?read\s+((?:-\w+\s+)*)([A-Za-z_][\w \t]*)/g;

/** Names that loops give a value on each round. */
export function loopVariables(script: string): Set<string> {
  const names = new Set<string>();
  for (const match of script.matchAll(LOOP)) names.add(match[1] ?? match[2] ?? '');
  for (const match of script.matchAll(READ_LOOP))
    for (const name of (match[2] ?? '').split(/\s+/)) names.add(name);
  return names;
}

/** Places in order. Those of single-quoted text and comments are none. */
export function variablePlaces(script: string, commands: readonly ShellCommand[]): VariablePlace[] {
  if (!/[$=%]|\bread\b/.test(script)) return [];
  const contexts = shellContexts(script);
  const hidden = (at: number): boolean => contexts[at] === COMMENT || contexts[at] === SINGLE_QUOTED;
  const places: VariablePlace[] = [];
  for (const { start, end, reads, sets } of commands) {
    const text = script.slice(start, end);
    const exported = exportedIn(text);
    const add = (kind: VariablePlace['kind'], name: string, at: number, length: number) =>
      places.push({
        name,
        kind,
        exported: kind === 'set' && exported.has(name),
        start: at,
        end: at + length,
      });
    const found = { used: new Set<string>(), set: new Set<string>() };
    for (const match of text.matchAll(USE)) {
      const name = match[1] ?? match[2] ?? match[3] ?? '';
      const at = start + match.index;
      if (!reads.includes(name) || hidden(at) || script[at - 1] === '\\') continue;
      found.used.add(name);
      add('used', name, at, match[0].length);
    }
    for (const match of text.matchAll(SET)) {
      const name = match[1] ?? '';
      const at = start + match.index;
      // A word with `=` is an operand, unless it stands where a command begins or the command model says that it sets something.
      const spaced = match[0].includes(' ');
      const own = !spaced && contexts[at] === CODE && isAssignment(script, at);
      if (!own && (hidden(at) || !sets.includes(name) || (!spaced && contexts[at] === CODE))) continue;
      found.set.add(name);
      add('set', name, at, match[0].trimEnd().length - 1);
    }
    for (const name of sets) if (!found.set.has(name)) add('set', name, ...placeOf(name, text, start));
    for (const name of reads) if (!found.used.has(name)) add('used', name, ...placeOf(name, text, start));
    for (const name of exported)
      if (!found.set.has(name) && !sets.includes(name)) {
        const [at, length] = placeOf(name, text, start);
        places.push({ name, kind: 'used', exported: true, start: at, end: at + length });
      }
  }
  return places.sort((a, b) => a.start - b.start);
}

function isAssignment(script: string, at: number): boolean {
  const from = Math.max(0, at - 200);
  let before = script.slice(from, at);
  before = before.slice(before.lastIndexOf('\n') + 1);
  for (let steps = 0; steps < 20; steps++) {
    if (POSITION.test(before)) return true;
    const other = ASSIGNED.exec(before);
    if (other === null) return false;
    before = before.slice(0, other.index + (/^\s/.test(other[0]) ? 1 : 0));
  }
  return false;
}

function exportedIn(text: string): Set<string> {
  const names = new Set<string>();
  if (!/\b(?:export|declare|typeset)\b|\$env:/.test(text)) return names;
  for (const match of text.matchAll(EXPORT)) {
    EXPORTED.lastIndex = match.index + match[0].length;
    for (let word = EXPORTED.exec(text); word !== null; word = EXPORTED.exec(text)) {
      names.add(word[1] ?? '');
      // A value that is worked out (`A="$(date)"`) ends what can be read here.
      if (!/[ \t]$/.test(word[0])) break;
    }
  }
  for (const match of text.matchAll(/\$env:([A-Za-z_]\w*)\s*=/g)) names.add(match[1] ?? '');
  return names;
}

function placeOf(name: string, text: string, start: number): [number, number] {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + name.length] ?? ''))
      return [start + at, name.length];
  }
  return [start, text.length];
}

const POSITIONAL =
  /(?:^|[;\n]|\b(?:export|readonly|then|do|else)\s)[ \t]*([A-Za-z_]\w*)=["']?\$(?:[1-9]\b|\{[1-9]\d?(?=[}:?+-]))/g;

/** Positional parameters that a script names, outside of its functions. */
export function positionals(script: string, commands: readonly ShellCommand[]): Positional[] {
  if (!/=["']?\$\{?[1-9]/.test(script)) return [];
  const contexts = shellContexts(script);
  const found: Positional[] = [];
  for (const { start, text } of commands) {
    if (/^(?:function\s+[\w:-]+|[\w:-]+\s*\(\s*\))/.test(text)) continue;
    for (const match of text.matchAll(POSITIONAL)) {
      const name = match[1] ?? '';
      const at = start + match.index + match[0].lastIndexOf(`${name}=`);
      if (contexts[at] === COMMENT || contexts[at] === SINGLE_QUOTED) continue;
      const brace = match[0].includes('${') ? script.indexOf('}', at) + 1 : 0;
      const end = brace > 0 ? brace : start + match.index + match[0].length;
      found.push({ name, start: at, end });
    }
  }
  return found;
}
