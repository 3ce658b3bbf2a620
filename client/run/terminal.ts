/** A step that needs a person at the keyboard: the process of a real terminal, recorded all the same. */
import { ThemeIcon, window } from 'vscode';
import { type RunHandle, type StepRequest, terminalStep } from '../../core/execution/index.ts';

/**
 * Runs its arguments and keeps the terminal open afterwards: VS Code closes it, output and all, when its process ends. The
 * interrupt key is for the step, not for this.
 */
const hold = `trap : INT
"$@"
printf '\\n%s' 'The step has ended. Press Enter to close this terminal. '
read -r _`;

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
    shellPath: '/bin/sh',
    shellArgs: ['-c', hold, 'sh', step.shellPath, ...step.shellArgs],
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
