/** Text that a script writes into a file and then runs: it may only tell that something is destroyed, never that something is safe. */
import type { Command } from 'unbash';
import { argsOf, toArg } from './parse.ts';
import type { Stdin } from './tools/table.ts';
import type { Arg } from './words.ts';

/** By `text PATH`; longer texts are cut off, so that no input takes more than linear time. */
type Saved = Map<string, string>;
const MAX_LENGTH = 10_000;

/** Remembers what goes into a file: by a redirection (`output`), or through `tee` (`input`). */
export function rememberText(node: Command, input: Stdin, output: () => Stdin, saved: Saved): void {
  const words = input.kind === 'text' && node.name ? argsOf(node) : [];
  const tee = words.findIndex((arg) => arg.value === 'tee');
  if (tee >= 0 && input.kind === 'text')
    for (const arg of words.slice(tee + 1)) if (!arg.value.startsWith('-')) add(arg.value, input.text, saved);
  for (const redirect of node.redirects) {
    if (redirect.type !== 'Redirect' || !redirect.target || !/^(&?>>?|>\|)$/.test(redirect.operator))
      continue;
    const text = output();
    if (text.kind === 'text') add(toArg(redirect.target).value, text.text, saved);
  }
}

function add(path: string, text: string, saved: Saved): void {
  const key = keyOf(path);
  // What stood there before may still be run by another branch.
  const before = saved.get(key) ?? '';
  if (!before.includes(text)) saved.set(key, `${before}${text}\n`.slice(0, MAX_LENGTH));
}

function keyOf(path: string): string {
  return `text ${path.replace(/^(\.\/)+/, '')}`;
}

/** The key of a file written before among what a command is given, where nobody can read what that command runs. */
export function savedAmong(args: readonly Arg[], stdin: Stdin, saved: Saved): string | undefined {
  if (saved.size === 0) return undefined;
  const paths = args.map((arg) => arg.value.replace(/^--?[\w-]+=/, ''));
  if (stdin.kind === 'piped') paths.push(stdin.from);
  return paths.map(keyOf).find((key) => saved.has(key));
}
