/**
 * Lenses whose click always arrives. VS Code keeps the arguments of a lens only until it has asked for new lenses, and the
 * old ones stay under the pointer for a moment longer: a click in between ends in "Actual command not found". So each
 * lens calls a command of its own that needs no arguments; the same lens always gets the same one.
 */
import { type CodeLens, type Command, commands, Disposable } from 'vscode';

export interface LensCommands extends Disposable {
  /** The lens with a command that needs no arguments. */
  settle(lens: CodeLens): CodeLens;
}

export function createLensCommands(): LensCommands {
  const ids = new Map<string, string>();
  const registrations: Disposable[] = [];

  const idFor = ({ command, arguments: args = [] }: Command): string => {
    const key = JSON.stringify([command, ...args]);
    let id = ids.get(key);
    if (id === undefined) {
      id = `runline.lens.${ids.size + 1}`;
      ids.set(key, id);
      registrations.push(commands.registerCommand(id, () => commands.executeCommand(command, ...args)));
    }
    return id;
  };

  return {
    settle(lens) {
      if (lens.command === undefined || lens.command.command === '') return lens;
      const { title, tooltip } = lens.command;
      lens.command = { title, command: idFor(lens.command), ...(tooltip === undefined ? {} : { tooltip }) };
      return lens;
    },
    dispose: () => Disposable.from(...registrations).dispose(),
  };
}
