/** What runs now, in the status bar, and how it is cancelled. */
import { commands, type Disposable, StatusBarAlignment, window } from 'vscode';
import type { RunHandle } from '../../core/execution/index.ts';
import { formatDuration } from '../../core/incident/index.ts';

export interface ActiveRun {
  /** The document and the step or command: one of them runs once at a time. */
  readonly key: string;
  readonly title: string;
  readonly handle: RunHandle;
  readonly startedAt: number;
}

export interface ActiveRuns extends Disposable {
  add(run: ActiveRun): void;
  isRunning(key: string): boolean;
  list(): readonly ActiveRun[];
}

export function createActiveRuns(): ActiveRuns {
  const runs = new Set<ActiveRun>();
  const item = window.createStatusBarItem('runline.running', StatusBarAlignment.Left, 999);
  item.name = 'Runline: Running Steps';
  item.command = 'runline.cancel';

  const draw = (): void => {
    const [first] = runs;
    void commands.executeCommand('setContext', 'runline.isRunning', first !== undefined);
    if (first === undefined) {
      item.hide();
      return;
    }
    if (runs.size > 1) {
      item.text = `$(loading~spin) ${runs.size} steps`;
      item.tooltip = `${[...runs].map((run) => run.title).join('\n')}\nClick to cancel one of them.`;
    } else {
      const seconds = Math.floor((Date.now() - first.startedAt) / 1000);
      item.text = `$(loading~spin) ${first.title}${seconds < 1 ? '' : ` ${formatDuration(seconds * 1000)}`}`;
      item.tooltip = `${first.title} is running. Click to cancel it.`;
    }
    item.show();
  };
  const timer = setInterval(() => {
    if (runs.size > 0) draw();
  }, 1000);

  return {
    add(run) {
      runs.add(run);
      draw();
      void run.handle.finished
        .catch(() => undefined)
        .then(() => {
          runs.delete(run);
          draw();
        });
    },
    isRunning: (key) => [...runs].some((run) => run.key === key),
    list: () => [...runs],
    dispose() {
      clearInterval(timer);
      item.dispose();
    },
  };
}
