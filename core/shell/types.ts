/** What a command would do, decided before it does it. */

/** The one label that people see; derived from `effect`. Unknown commands are `mutating`. */
export type Risk = 'read-only' | 'mutating' | 'destructive';

/** How a command must be run: `terminal` needs a TTY, `stream` never ends by itself, `capture` is the rest. */
export type RunMode = 'capture' | 'stream' | 'terminal';

/** What a command changes: nothing, only the shell session, files of this machine, a system, or beyond recovery. */
export type Effect = 'read' | 'session' | 'local-write' | 'mutate' | 'destroy' | 'unknown';

/** How much it reaches. */
export type Scope = 'one' | 'many' | 'all';

/** Where a command would act, from its own words (`-n prod`, `--context`, `-h`, `--profile`). */
export interface TargetWord {
  /** `namespace`, `context`, `profile`, `region`, `host`, `database`, `project`, … */
  readonly kind: string;
  readonly value: string;
}

/** A target that the words leave to whatever is current on the machine where it runs: a context, an account, a branch. */
export interface AmbientTarget {
  /** As in `TargetWord`. */
  readonly kind: string;
  /** A command that says which one that is and changes nothing; null where there is none. */
  readonly ask: string | null;
}

/** Whether it runs something else: nothing, commands that were read and judged, or code that nobody could read. */
export type Nesting = 'none' | 'read' | 'opaque';

/** The verdict over one command or a whole script. */
export interface Classification {
  readonly risk: Risk;
  readonly effect: Effect;
  readonly scope: Scope;
  readonly mode: RunMode;
  readonly readsSecrets: boolean;
  /** Whether it talks to another program over a network, as far as its words tell. */
  readonly network: boolean;
  readonly nesting: Nesting;
  /** One short clause each, most important first; begins `unknown:` where no table decided. */
  readonly reasons: readonly string[];
  readonly targets: readonly TargetWord[];
  readonly ambient: readonly AmbientTarget[];
  /** A rehearsal that changes nothing, as the option or command to use; null where the tool has none. */
  readonly preview: string | null;
  /** How to undo it, as a sentence or a command; null where nothing is known. */
  readonly inverse: string | null;
  /** What to note down before, without which it cannot be undone; null where nothing is known. */
  readonly captureFirst: string | null;
}

/** A command: one top-level statement of a script, with offsets into that script. */
export interface ShellCommand {
  readonly start: number;
  readonly end: number;
  /** The text as written, from `start` to `end`. */
  readonly text: string;
  /** The program that decides, wrappers peeled (`sudo env X=1 kubectl get pods` → `kubectl`); null if there is none. */
  readonly tool: string | null;
  readonly classification: Classification;
  /** Names of variables that it reads and sets, in order of first use. */
  readonly reads: readonly string[];
  readonly sets: readonly string[];
}

/** A fault of the grammar at an offset of the script. */
export interface ShellError {
  readonly offset: number;
  readonly message: string;
}

/** A script read by the grammar. Where `error` is set, nothing from `error.offset` on was understood. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly error: ShellError | null;
  /** Over all commands; `mutating` at least where the grammar gave up. */
  readonly classification: Classification;
  /** Variables read before they are set in this script (specials such as `$1`, `$?`, `$HOME` are left out). */
  readonly unsetVariables: readonly string[];
}

/** The dialects that get a reading of their own. */
export type ShellDialect = 'bash' | 'sh' | 'zsh' | 'fish' | 'powershell' | 'cmd';
