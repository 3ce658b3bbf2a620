/** Rules: what a careful reviewer would say about a runbook. */
import type { BlockText, Profile, Runbook } from '../runbook/types.ts';
import type { Range } from '../text.ts';

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
  /** The fix that "fix all" may take. */
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
}

export interface RuleContext {
  readonly runbook: Runbook;
  readonly files: WorkspaceFiles;
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
  readonly docs: RuleDocs;
  /** What it says about the whole document, asked after each edit. */
  check?(context: RuleContext): Iterable<Report> | Promise<Iterable<Report>>;
  /**
   * What it says about a block whatever stands around it, asked once for each text: the answer is kept while the block stays as
   * it is. A rule has `check`, `checkBlock` or both.
   */
  checkBlock?(block: BlockText): Iterable<BlockReport>;
}
