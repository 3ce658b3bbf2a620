/** `script(1)`: a terminal between us and a program, and a record of what passed through it. */
import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { quote } from '../shell/quote.ts';
import { findProgram } from './interpreters.ts';

/** Which `script` it is: they differ in how a command is given and in how they flush. */
export type ScriptFlavour = 'util-linux' | 'busybox' | 'bsd';

export interface ScriptTool {
  readonly program: string;
  readonly flavour: ScriptFlavour;
}

/** The machine's `script`, or null. */
export function findScriptTool(
  path: string,
  platform: NodeJS.Platform = process.platform,
): ScriptTool | null {
  if (platform === 'win32') return null;
  const program = findProgram('script', path);
  if (program === null) return null;
  if (platform !== 'linux') return { program, flavour: 'bsd' };
  let real = program;
  try {
    real = realpathSync(program);
  } catch {
    // The name as found decides.
  }
  return { program, flavour: basename(real) === 'busybox' ? 'busybox' : 'util-linux' };
}

/**
 * The words that run `sh FILE` under `script`, recorded in `transcript` and flushed at once.
 * Its exit code is not to be trusted: BusyBox has none to give, and a killed `script` says nothing of the program.
 * Sources: script(1) of util-linux 2.38, BusyBox 1.36, FreeBSD 14 and macOS 14.
 */
export function scriptArguments(flavour: ScriptFlavour, shFile: string, transcript: string): string[] {
  // `-c` goes through the user's own $SHELL; a quoted path is read alike by all of them.
  const command = `exec /bin/sh ${quote(shFile, 'sh')}`;
  switch (flavour) {
    case 'util-linux':
      return ['-q', '-e', '-f', '-c', command, transcript];
    case 'busybox':
      return ['-q', '-f', '-c', command, transcript];
    case 'bsd':
      return ['-q', '-F', transcript, '/bin/sh', shFile];
  }
}

/** A transcript without the lines that `script` itself adds at its beginning and end. */
export function stripScriptLines(text: string): string {
  return text.replace(/^Script started on [^\n]*\n/, '').replace(/\r?\n?Script done on [^\n]*\n?$/, '');
}
