/** Which variables a script reads and sets, in the order of its text. */
import type { Assignment, Command, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';

/** Set by the shell, or present in any environment: never asked for. */
const SPECIAL =
  /^(\d+|[?!#$*@_-]|HOME|PATH|USER|LOGNAME|PWD|OLDPWD|SHELL|RANDOM|SRANDOM|HOSTNAME|HOSTTYPE|MACHTYPE|OSTYPE|UID|EUID|PPID|GROUPS|TERM|LANG|LC_\w+|IFS|SECONDS|LINENO|EPOCHSECONDS|EPOCHREALTIME|REPLY|OPTARG|OPTIND|OPTERR|PIPESTATUS|FUNCNAME|DIRSTACK|SHLVL|COLUMNS|LINES|TMPDIR|EDITOR|PS[0-4]|PROMPT_COMMAND|COMP_\w+|BASH|BASH_\w+|BASHPID|BASHOPTS|SHELLOPTS|MAPFILE|COPROC|HISTFILE|HISTSIZE|SUDO_USER|SSH_\w+)$/;

/** One pass over statements; collects what each reads and sets. */
export interface VariableUse {
  readonly reads: Set<string>;
  readonly sets: Set<string>;
  /** Read before anything set them. */
  readonly unset: Set<string>;
}

/** What has been set so far. `open` once a sourced file may have set anything. */
export interface Environment {
  readonly set: Set<string>;
  open: boolean;
}

/** Reads one statement, in text order. */
export function variablesOf(statement: Statement, environment: Environment, source: string): VariableUse {
  const use: VariableUse = { reads: new Set(), sets: new Set(), unset: new Set() };
  if (
    /[$=(]|\b(read|for|select|source|unset|getopts|export|local|declare|typeset|readonly|mapfile|readarray|printf|coproc|let)\b|\.\s/.test(
      source,
    )
  )
    visit(statement, use, environment);
  return use;
}

function visit(node: SyntaxNode, use: VariableUse, environment: Environment): void {
  switch (node.type) {
    case 'SimpleExpansion':
      recordRead(node.text.replace(/^\$/, ''), use, environment, true);
      return;
    case 'ParameterExpansion': {
      const operator = node.operation?.type === 'Default' ? node.operation.operator : '';
      const guarded = /^:?[-=+]$/.test(operator);
      if (!(node.prefix === '!' && node.operation?.type === 'Names')) {
        recordRead(node.parameter, use, environment, !guarded);
      }
      children(node, use, environment);
      if (operator.endsWith('=')) recordSet(node.parameter, use, environment);
      return;
    }
    case 'ArithmeticWord':
      for (const [name] of node.value.matchAll(/[A-Za-z_]\w*/g)) recordRead(name, use, environment, false);
      children(node, use, environment);
      return;
    case 'For':
    case 'Select':
      for (const word of node.wordlist ?? []) visit(word, use, environment);
      recordSet(node.name.value, use, environment);
      visit(node.body, use, environment);
      return;
    case 'ArithmeticFor':
      if (node.initialize) visit(node.initialize, use, environment);
      children(node, use, environment);
      return;
    case 'ArithmeticBinary':
      children(node, use, environment);
      if (
        /=$/.test(node.operator) &&
        !/^[=!<>]=$/.test(node.operator) &&
        node.left.type === 'ArithmeticWord'
      ) {
        recordSet(node.left.value, use, environment);
      }
      return;
    case 'Coproc':
      if (node.name) recordSet(node.name.value, use, environment);
      children(node, use, environment);
      return;
    case 'Command':
      visitCommand(node, use, environment);
      return;
    default:
      children(node, use, environment);
  }
}

function children(node: SyntaxNode, use: VariableUse, environment: Environment): void {
  forEachChild(node, (child) => visit(child, use, environment));
}

function visitCommand(node: Command, use: VariableUse, environment: Environment): void {
  children(node, use, environment);
  if (!node.name) {
    // Assignments in front of a command belong to that command alone; without one, to the shell.
    for (const part of node.prefix) if (part.type === 'Assignment') recordSet(part.name, use, environment);
    return;
  }
  const words = node.suffix.filter((part) => part.type === 'Word').map((word) => word.value);
  const assigned = node.suffix.filter((part): part is Assignment => part.type === 'Assignment');
  switch (node.name.value) {
    case 'export':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      for (const part of assigned) recordSet(part.name, use, environment);
      for (const word of words) {
        const name = /^([A-Za-z_]\w*)(=|$)/.exec(word);
        // `export A` passes on what is there; `local A` and `declare A` make it.
        if (name?.[1] && (name[2] === '=' || node.name.value !== 'export'))
          recordSet(name[1], use, environment);
      }
      return;
    case 'read':
    case 'mapfile':
    case 'readarray':
      for (const name of readNames(node.name.value, words)) recordSet(name, use, environment);
      return;
    case 'getopts':
      if (words[1]) recordSet(words[1], use, environment);
      return;
    case 'printf':
      if (words[0] === '-v' && words[1]) recordSet(words[1], use, environment);
      return;
    case 'let':
      for (const word of words) {
        const name = /^([A-Za-z_]\w*)\s*[-+*/%]?=/.exec(word);
        if (name?.[1]) recordSet(name[1], use, environment);
      }
      return;
    case 'unset':
      for (const word of words) environment.set.delete(word);
      return;
    case 'source':
    case '.':
    case 'eval':
      environment.open = true;
      return;
  }
}

/** `read -r -p "Name: " a b` → a, b. */
function readNames(builtin: string, words: readonly string[]): string[] {
  // Options whose value is the next word; `-t` is a timeout for `read`, and a switch for `mapfile`.
  const takesValue = builtin === 'read' ? /^-[a-zA-Z]*[adinNptu]$/ : /^-[a-zA-Z]*[dnOsuCc]$/;
  const names: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (takesValue.test(word)) {
      const value = words[++i];
      if (/a$/.test(word) && value) names.push(value);
    } else if (/^[A-Za-z_]\w*$/.test(word)) names.push(word);
  }
  return names;
}

function recordRead(name: string, use: VariableUse, environment: Environment, needed: boolean): void {
  if (!/^[A-Za-z_]\w*$/.test(name) || SPECIAL.test(name)) return;
  use.reads.add(name);
  if (needed && !environment.open && !environment.set.has(name)) use.unset.add(name);
}

function recordSet(name: string, use: VariableUse, environment: Environment): void {
  const plain = /^[A-Za-z_]\w*/.exec(name)?.[0];
  if (!plain) return;
  use.sets.add(plain);
  environment.set.add(plain);
}
