/** Rules: what a careful reviewer would say about a runbook. */
import type { BlockText, Profile, Runbook } from '../runbook/types.ts';
import type { Range } from '../text.ts';
import type { ShellCheckAnswers } from './support/shellcheck.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One edit of the source; an empty range inserts. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A fix that is certain enough to offer by one click. */
export interface Fix {
  /** An imperative, as the editor's menu shows it: "Tag the block as bash". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The fix that "fix all" may take: it is safe to apply unseen. */
  readonly preferred: boolean;
}

/** What a rule reports. */
export interface Report {
  readonly range: Range;
  /** One sentence or two: what is wrong, and what to do. No trailing line breaks. */
  readonly message: string;
  readonly fixes?: readonly Fix[];
  /** Overrides the rule's default for this one place. */
  readonly severity?: Severity;
}

/** A stretch of a block: offsets into its `content`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What a rule says about a block by its text alone; places are the block's own. */
export interface BlockReport {
  /** `fence` is the opening line: where remarks about the whole block stand. */
  readonly at: Stretch | 'fence';
  readonly message: string;
  readonly fixes?: readonly BlockFix[];
  readonly severity?: Severity;
}

/** A `Fix` inside a block. */
export interface BlockFix extends Pick<Fix, 'title' | 'preferred'> {
  readonly edits: readonly (Stretch & { readonly newText: string })[];
}

/** A report with its rule. */
export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
  readonly fixes: readonly Fix[];
}

/** Files that a rule may ask about. It never reads outside the workspace, and never runs anything. */
export interface WorkspaceFiles {
  /** Whether a path relative to the runbook's folder exists; undefined where that cannot be known (no workspace, virtual). */
  exists(relativePath: string): boolean | undefined;
  /** Anchors of a Markdown file at a path relative to the runbook's folder; undefined where it cannot be read. */
  anchors(relativePath: string): ReadonlySet<string> | undefined;
  /** The runbook's own file; absent where the text lies in none. */
  readonly own?: OwnFile;
  /** Whether this machine's PATH has a program; undefined, or absent, where that must not be looked up. */
  onPath?(program: string): boolean | undefined;
  /** The alert rules of the workspace's Prometheus rule files; undefined where there are too many files to know all. */
  alertRules?(): Promise<readonly AlertRule[] | undefined>;
  /** Documents beside the runbook, or one folder above, that link to other Markdown files of its folder. */
  indexes?(): readonly FolderIndex[];
}

/** One alert of a rule file. */
export interface AlertRule {
  readonly name: string;
  /** From the workspace's root, with `/`. */
  readonly file: string;
  /** Its annotation `runbook_url` or `runbook` as written; null without one, and where a template makes it. */
  readonly runbookUrl: string | null;
}

/** A document that lists the runbooks of a folder. */
export interface FolderIndex {
  /** Relative to the runbook's folder: `README.md`, `../index.md`. */
  readonly path: string;
  /** Whether it links to the runbook itself. */
  readonly names: boolean;
  /** How many of the other Markdown files of the folder it links to, and how many there are; index files do not count. */
  readonly listed: number;
  readonly others: number;
}

/** What is known of the file that a runbook lies in. */
export interface OwnFile {
  /** Without its folder: `QueueStuck.md`. */
  readonly name: string;
  /** From the workspace's root, with `/`: `docs/alerts/QueueStuck.md`. */
  readonly path: string;
  /** By CODEOWNERS or OWNERS, as written there; empty where neither names anybody. */
  owners(): readonly string[];
}

export interface RuleContext {
  readonly runbook: Runbook;
  readonly files: WorkspaceFiles;
  /** The day, as `2026-01-31`: what is overdue is so by this, never by a clock that a rule reads itself. */
  readonly today: string;
  /** What ShellCheck said about blocks; absent where nobody may ask it. */
  readonly shellCheck?: ShellCheckAnswers;
}

export interface RuleDocs {
  /** What it reports, in one or two sentences. */
  readonly what: string;
  /** Why it matters at 03:00. */
  readonly why: string;
  /** Markdown that is reported, and Markdown that is not. */
  readonly wrong: string;
  readonly right: string;
  /** Where the reason came from. */
  readonly source?: string;
}

export interface Rule {
  /** `group/name`. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Where it is another one for documents of a kind; `off` keeps it silent there. */
  readonly severityIn?: Readonly<Partial<Record<Profile['name'], Severity | 'off'>>>;
  /** Its findings warn of harm that the writer of a document could want to hide. Nothing of an untrusted workspace weakens it. */
  readonly safety?: true;
  readonly docs: RuleDocs;
  /** What it says about the whole document, asked after each edit. */
  check?(context: RuleContext): Iterable<Report> | Promise<Iterable<Report>>;
  /**
   * What it says about a block whatever stands around it, asked once for each text: the answer is kept while the block stays as
   * it is. A rule has `check`, `checkBlock` or both.
   */
  checkBlock?(block: BlockText): Iterable<BlockReport>;
}
