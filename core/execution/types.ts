/** Running a step: request → process → events. The log that keeps the events is handed in. */
import type { Risk, RunMode, TargetWord } from '../shell/types.ts';

/** Where in a runbook a step stands; what every step event carries. Lines are 1-based. */
export interface StepSource {
  /** Path relative to the workspace, with `/`; absolute only where it lies outside. */
  readonly path: string;
  /** SHA-256 of the document's text, hex. */
  readonly sha256: string;
  readonly stepId: string;
  /** The nearest heading, for people. */
  readonly title: string;
  readonly line: number;
  readonly endLine: number;
}

/** Everything that decides what runs. `script` is exact: after substitution, with LF line ends. */
export interface StepRequest {
  /** ULID of this run. */
  readonly run: string;
  readonly source: StepSource;
  /** `bash`, `sh`, `zsh`, `python`, … */
  readonly language: string;
  readonly script: string;
  readonly mode: RunMode;
  readonly risk: Risk;
  readonly targets: readonly TargetWord[];
  /** Absolute. Where the session begins; later steps start where the last one ended. */
  readonly cwd: string;
  /** What was filled in, by name; values of secret inputs are replaced before they reach any event. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Input names whose values must never be shown or stored. */
  readonly secretInputs: readonly string[];
  /**
   * Names of the inputs that are variables: set and exported before the script, and remembered by the session unless secret.
   * Absent: the inputs that the script reads as `$NAME` or `${NAME…`.
   */
  readonly variables?: readonly string[];
  /** The session whose state is carried: one per runbook and incident. */
  readonly session: string;
  /** How consent was given. */
  readonly consent: 'none-needed' | 'confirmed' | 'typed' | 'yes-flag';
}

/** An event before the log gives it an id, a sequence number and its hashes. */
export interface EventDraft {
  /** `dev.runline.step.started` and the like. */
  readonly type: string;
  /** RFC 3339 in UTC with milliseconds: when it happened. Default: now. */
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as it stands in the log: CloudEvents 1.0, JSON. */
export interface LogEvent {
  readonly specversion: '1.0';
  /** ULID. */
  readonly id: string;
  readonly source: string;
  readonly type: string;
  /** The incident's id, or the session's for a private log. */
  readonly subject: string;
  readonly time: string;
  readonly recordedtime: string;
  /** 1 for the first event of a log file, then one more each. */
  readonly sequence: number;
  /** `sha256:` and hex; the first event's is 64 zeros. */
  readonly prevhash: string;
  readonly hash: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where events go. `append` resolves once the event is durable (fsynced), and rejects if it is not. */
export interface EventSink {
  append(draft: EventDraft): Promise<LogEvent>;
}

/** How a step ended. */
export type StepOutcome = 'succeeded' | 'failed' | 'cancelled' | 'unknown';

/** Head and tail of the output: redacted, control characters removed, at most 4 KiB each. */
export interface OutputExcerpt {
  /** Bytes that the step wrote, whole. */
  readonly bytes: number;
  /** Whether head and tail together are less than the whole. */
  readonly truncated: boolean;
  readonly head: string;
  /** Empty where `head` already holds everything. */
  readonly tail: string;
}

/** `data` of `dev.runline.step.started`. */
export interface StepStartedData {
  readonly run: string;
  readonly step: StepSource;
  readonly summary: string;
  readonly language: string;
  /** The script as it runs, redacted. */
  readonly command: string;
  /** SHA-256 of the script before redaction, hex. */
  readonly commandSha256: string;
  readonly mode: RunMode;
  readonly risk: Risk;
  readonly targets: readonly TargetWord[];
  readonly cwd: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly consent: StepRequest['consent'];
}

/** `data` of `dev.runline.step.finished`; every started step has exactly one. */
export interface StepFinishedData {
  readonly run: string;
  readonly step: StepSource;
  readonly summary: string;
  readonly outcome: StepOutcome;
  /** Null if unknown, or ended by a signal. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** From a monotonic clock. */
  readonly durationMs: number;
  /** Filled once blocks are marked command by command; lines are 1-based in the document. */
  readonly commands: readonly {
    readonly line: number;
    readonly exitCode: number | null;
    readonly durationMs: number;
  }[];
  readonly output: OutputExcerpt;
  /** Plain sentences about what a reader must know: "The session state was not saved: the step replaced its own EXIT trap." */
  readonly notes: readonly string[];
}

/** What the caller gets back at once. */
export interface RunHandle {
  readonly run: string;
  /** The raw output, growing; private to the machine (0600). */
  readonly outputFile: string;
  /** Interrupt, then terminate, then kill the whole process group. */
  cancel(): void;
  /** Settles when `step.finished` is durable. Rejects only if the log cannot be written. */
  readonly finished: Promise<LogEvent>;
}
