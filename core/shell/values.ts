/** What the variables of a script are known to hold: it may only tell that a secret is read or something destroyed, never that something is safe. */
import type { Command } from 'unbash';
import { toArg } from './parse.ts';
import type { Arg } from './words.ts';

/** By the variable's name. */
export type Values = Map<string, string>;

/** Remembers `NAME=text`; forgets a name that gets something that is only known when it runs. */
export function rememberValues(node: Command, values: Values): void {
  for (const part of node.prefix) {
    if (part.type !== 'Assignment' || part.value.type !== 'Word') continue;
    const arg = toArg(part.value);
    if (arg.dynamic || part.append) values.delete(part.name);
    else values.set(part.name, arg.value);
  }
}

/** The words with known variables filled in (`DIR=/run/secrets; cat $DIR/token`); undefined where none is. */
export function filledIn(args: readonly Arg[], values: Values): readonly Arg[] | undefined {
  let changed = false;
  const filled = args.flatMap((arg) => {
    if (!arg.dynamic) return arg;
    const value = arg.value.replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare?: string, braced?: string) => {
      const known = values.get(bare ?? braced ?? '');
      if (known === undefined) return whole;
      changed = true;
      return known;
    });
    if (value === arg.value) return arg;
    const dynamic = /[$`]/.test(value);
    // A variable without quotes falls apart into words.
    return /^\$\{?\w+\}?$/.test(arg.text) && /\s/.test(value.trim())
      ? value
          .trim()
          .split(/\s+/)
          .map((word) => ({ text: word, value: word, dynamic: /[$`]/.test(word) }))
      : { ...arg, value, dynamic };
  });
  return changed ? filled : undefined;
}

const SECRET_NAME =
  /\$\{?!?\w*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?|DATABASE_URL)\w*(?![\w]*[:#%/])/i;

/** Whether `echo` or `printf` prints a variable that has the name of a secret. What is piped on is used, and not shown. */
export function printsSecret(args: readonly Arg[]): boolean {
  if (!/^(echo|printf|print)$/.test(args[0]?.value ?? '')) return false;
  return args.some(
    (arg) => arg.dynamic && SECRET_NAME.test(arg.value) && !/_(FILE|PATH|NAME|DIR|ID|ARN)\b/.test(arg.value),
  );
}
