/** Loops: which never end by themselves, and which only wait for something. */
import type { Command, Statement, SyntaxNode } from 'unbash';
import { forEachChild } from 'unbash';
import { argsOf } from './parse.ts';

/** Whether a `while` or `until` may go on for ever: `while true`, `while sleep 5`, `until pg_isready`. */
export function isEndless(
  kind: 'while' | 'until',
  clause: readonly Statement[],
  body: readonly Statement[],
): boolean {
  const last = clause.at(-1)?.command;
  if (last === undefined) return false;
  if (last.type === 'ArithmeticCommand') return kind === 'while' && /^\s*[1-9]\d*\s*$/.test(last.body);
  if (last.type === 'Command' && last.name) {
    const words = argsOf(last).map((arg) => arg.value);
    const name = words[0] ?? '';
    if (kind === 'until' && name === 'false') return true;
    if (kind === 'while' && (name === 'true' || name === ':' || name === 'sleep')) return true;
    if (name === '[' || name === 'test') {
      if (kind === 'while' && (words[1] === '1' || words[1] === 'true')) return true;
      // A test of a counter ends; one that asks another program waits for its answer.
      if (!words.some((word) => /\$\(|`/.test(word))) return false;
    }
    if (name === 'read') return false;
  }
  if (last.type === 'TestCommand' && !asks(last)) return false;
  // It waits until something answers as wished: nobody knows when.
  return kind === 'until' || sleeps(body);
}

/** Whether something in a node is the output of another program. */
function asks(node: SyntaxNode): boolean {
  let found = false;
  forEachChild(node, (child) => {
    if (!found) found = child.type === 'CommandExpansion' || (child.type !== 'Script' && asks(child));
  });
  return found;
}

function sleeps(body: readonly Statement[]): boolean {
  return body.some(
    ({ command }) => command.type === 'Command' && /^(sleep|usleep)$/.test(command.name?.value ?? ''),
  );
}

/** Whether a loop's body can leave it. */
export function leaves(body: SyntaxNode): boolean {
  let found = false;
  forEachChild(body, (child) => {
    if (found) return;
    if (child.type === 'Command') found = /^(break|exit|return)$/.test(child.name?.value ?? '');
    else found = leaves(child);
  });
  return found;
}

/** Ends its input early, and with it an endless writer. */
export function takesSome(node: SyntaxNode): boolean {
  if (node.type !== 'Command') return false;
  const args = argsOf(node);
  const name = args[0]?.value;
  const first = args[1]?.value ?? '';
  if (name === 'head') return !args.some((arg) => /^(-n|-c|--lines=|--bytes=)-/.test(arg.value));
  if (name === 'grep')
    return args.some((arg) => /^(-[a-zA-Z]*[qm]\d*|--quiet|--silent|--max-count(=.*)?)$/.test(arg.value));
  return name === 'sed' && /^\d*q$/.test(first);
}

/** Writes the same for as long as somebody reads it: what reads it decides how long that is. */
export function onlyFeeds(node: SyntaxNode): boolean {
  return node.type === 'Command' && (node as Command).name?.value === 'yes';
}
