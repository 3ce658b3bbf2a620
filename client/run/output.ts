/** The output view: a read-only terminal a runbook, so that colours and progress lines look as they were meant. */

import { basename } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type Disposable, EventEmitter, type Terminal, ThemeIcon, type Uri, window } from 'vscode';
import { createTerminalText } from './terminalText.ts';
import { createThrottle } from './throttle.ts';

export interface StepOutput {
  /** Raw output, as it came. */
  write(chunk: Uint8Array | string): void;
  /** The last line: how it ended. */
  end(text: string, tone: 'good' | 'bad' | 'quiet', notes: readonly string[]): void;
}

export interface OutputTerminals extends Disposable {
  /**
   * Shows the terminal of a runbook without taking the focus, and begins a step in it. A second step that runs at the same
   * time gets a terminal of its own.
   *
   * @param interrupt Called on Ctrl+C in the terminal.
   */
  begin(runbook: Uri, title: string, outputFile: () => string, interrupt: () => void): StepOutput;
}

interface OpenTerminal {
  readonly runbook: string;
  readonly terminal: Terminal;
  readonly begin: (title: string, outputFile: () => string, interrupt: () => void) => StepOutput;
  readonly busy: () => boolean;
}

const bold = (text: string): string => `\x1b[1m${text}\x1b[0m`;
const dim = (text: string): string => `\x1b[2m${text}\x1b[0m`;
const coloured = (code: number, text: string): string => `\x1b[${code}m${text}\x1b[0m`;

/** ANSI colours: green, red, and the grey of what is dim. */
const tones = { good: 32, bad: 31, quiet: 90 } as const;

export function createOutputTerminals(): OutputTerminals {
  const open = new Set<OpenTerminal>();
  return {
    begin(runbook, title, outputFile, interrupt) {
      const key = runbook.toString();
      let found = [...open].find((candidate) => candidate.runbook === key && !candidate.busy());
      if (found === undefined) {
        const made = createOne(runbook, () => open.delete(made));
        open.add(made);
        found = made;
      }
      found.terminal.show(true);
      return found.begin(title, outputFile, interrupt);
    },
    dispose() {
      for (const { terminal } of open) terminal.dispose();
    },
  };
}

function createOne(runbook: Uri, closed: () => void): OpenTerminal {
  const written = new EventEmitter<string>();
  const renamed = new EventEmitter<string>();
  let view: 'opening' | 'open' | 'closed' = 'opening';
  let waiting = '';
  let name = basename(runbook.path);
  let onInterrupt: (() => void) | undefined;
  const show = (text: string): void => {
    if (view === 'open') written.fire(text);
    else if (view === 'opening') waiting += text;
  };
  const terminal = window.createTerminal({
    name,
    iconPath: new ThemeIcon('play'),
    isTransient: true,
    pty: {
      onDidWrite: written.event,
      onDidChangeName: renamed.event,
      open() {
        view = 'open';
        renamed.fire(name);
        written.fire(waiting);
        waiting = '';
      },
      close() {
        // The step goes on: closing a view loses nothing.
        view = 'closed';
        closed();
      },
      handleInput(data: string) {
        if (data === '\x03') onInterrupt?.();
      },
    },
  });
  return {
    runbook: runbook.toString(),
    terminal,
    busy: () => onInterrupt !== undefined,
    begin(title, outputFile, interrupt) {
      onInterrupt = interrupt;
      name = `${basename(runbook.path)}: ${title}`;
      renamed.fire(name);
      const decoder = new StringDecoder('utf8');
      const filter = createTerminalText();
      const throttle = createThrottle(show, (dropped) =>
        dim(`\r\n… ${dropped} not shown here. The whole output is in ${outputFile()} …\r\n`),
      );
      show(`${bold(`▷ ${title}`)} ${dim(`· ${new Date().toTimeString().slice(0, 8)}`)}\r\n`);
      let atLineStart = true;
      return {
        write(chunk) {
          const text = filter.push(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk)));
          if (text === '') return;
          atLineStart = text.endsWith('\n');
          throttle.push(text);
        },
        end(text, tone, notes) {
          const last = atLineStart ? '' : '\r\n';
          // Whatever colour the output left on is switched off first.
          throttle.push(`\x1b[0m${last}${coloured(tones[tone], text)}\r\n`);
          for (const note of notes) throttle.push(`${dim(note)}\r\n`);
          throttle.push('\r\n');
          throttle.end();
          onInterrupt = undefined;
        },
      };
    },
  };
}
