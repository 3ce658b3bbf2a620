/** Runs npm without a standard input. Throws with npm's own message if npm is not there or fails. */
export function npm(args: readonly string[], cwd: string): void;
