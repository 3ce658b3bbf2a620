/** A step that needs a person at the keyboard: the process of a real terminal, recorded all the same. */
import { ThemeIcon, window } from 'vscode';
import { type RunHandle, type StepRequest, terminalStep } from '../../core/execution/index.ts';

/** Opens the terminal, takes the focus there, and returns at once. Closing the terminal ends the step. */
export async function openStepTerminal(
  request: StepRequest,
  title: string,
  deps: Parameters<typeof terminalStep>[1],
): Promise<RunHandle> {
  const step = await terminalStep(request, deps);
  const terminal = window.createTerminal({
    name: title,
    iconPath: new ThemeIcon('play'),
    shellPath: step.shellPath,
    shellArgs: [...step.shellArgs],
    env: { ...step.env },
    cwd: step.cwd,
    isTransient: true,
  });
  const closing = window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    closing.dispose();
    step.closed();
  });
  terminal.show();
  return step.handle;
}
