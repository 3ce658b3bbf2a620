/** Whether this machine has a program: looked up by name, never run. */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The executable file of that name in the first folder of a search path that has one. Relative folders are passed over: what
 * is there depends on where somebody stands.
 *
 * @param searchPath As in `PATH`.
 */
export function findOnPath(program: string, searchPath: string): string | undefined {
  if (program === '' || /[/\\]/.test(program)) return undefined;
  const { PATHEXT = '.EXE;.CMD;.BAT' } = process.env;
  const endings = process.platform === 'win32' ? PATHEXT.split(';') : [''];
  return searchPath
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .flatMap((folder) => endings.map((ending) => join(folder, program + ending)))
    .find(isProgram);
}

/** Whether the search path has a program of that name. */
export function onPath(program: string, searchPath: string): boolean {
  return findOnPath(program, searchPath) !== undefined;
}

/** Whether an executable file lies there. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
