/**
 * The Runbook: what one document says, with the place of every fact.
 * Nothing in it is ever written back; positions refer to the untouched source.
 */
import type { Classification, Risk, RunMode, ShellCommand, ShellError } from '../shell/types.ts';
import type { Range, SourceText } from '../text.ts';

/** A parsed runbook. All lists are in document order. */
export interface Runbook {
  readonly source: SourceText;
  readonly format: 'markdown' | 'yaml';
  /** First level-1 heading, else front matter `title`, else null. Plain text, Markdown marks removed. */
  readonly title: string | null;
  readonly frontMatter: FrontMatter | null;
  /** All headings, flat. */
  readonly sections: readonly Section[];
  /** Fenced blocks, checklist items and ordered instructions, in document order. */
  readonly steps: readonly Step[];
  readonly tables: readonly Table[];
  readonly severityScales: readonly SeverityScale[];
  readonly escalation: readonly EscalationEntry[];
  readonly contacts: readonly Contact[];
  readonly templates: readonly Template[];
  readonly alerts: readonly Alert[];
  readonly links: readonly Link[];
  readonly profile: Profile;
  /** What the document says about itself: owner, dates, version. */
  readonly metadata: readonly MetadataEntry[];
  /** Other runbooks and documents that an index lists, and ids of runbooks that the text mentions. */
  readonly references: readonly RunbookReference[];
  /** Rows of tables that list scripts. */
  readonly scripts: readonly ScriptReference[];
  readonly times: readonly TimedFact[];
  /** Teams and roles of an incident with what they do; whom to call is in `contacts`. */
  readonly roles: readonly Role[];
  readonly changeWindows: readonly ChangeWindow[];
  readonly criteria: readonly Criteria[];
  readonly objectives: readonly Objective[];
  readonly cautions: readonly Caution[];
  readonly entryPoints: readonly EntryPoint[];
  /** What must be filled in before blocks and inline commands can run: one entry a name. */
  readonly inputs: readonly Input[];
  /** Every variable that shell blocks set or read, with its places. */
  readonly variables: readonly VariableUse[];
  /** Values of `id` and `name` attributes in HTML outside code; link targets beside the headings' slugs. */
  readonly anchors: readonly string[];
  /** Whether it says that it is a runbook: front matter `runbook:`, or `runbook: 1` at the root of YAML. */
  readonly declared: boolean;
}

/** The YAML mapping at the top of a Markdown document. */
export interface FrontMatter {
  /** Including both delimiter lines. */
  readonly range: Range;
  /** The parsed mapping; empty where it is not valid. */
  readonly data: Readonly<Record<string, unknown>>;
  /** A fault of its YAML, else null. */
  readonly error: { readonly message: string; readonly range: Range } | null;
}

/** A heading, and what stands below it. */
export interface Section {
  /** Plain text of the heading: Markdown marks, not emoji, removed. */
  readonly title: string;
  readonly level: number;
  /** GitHub's anchor, unique in the document. */
  readonly slug: string;
  /** The heading's own lines. */
  readonly headingRange: Range;
  /** From the heading to the line before the next heading of its level or higher. */
  readonly range: Range;
  /** Index into `Runbook.sections`, or null at the top. */
  readonly parent: number | null;
}

interface StepBase {
  /** Stable name: see `core/runbook/ids.ts`. */
  readonly id: string;
  /** A block's fence, opening to closing line; an item's own lines. */
  readonly range: Range;
  /** Index into `Runbook.sections`, null before the first heading. */
  readonly section: number | null;
  /** Titles from the outermost heading to the nearest. */
  readonly sectionPath: readonly string[];
}

/** What somebody does: a block to run, an item to tick, a numbered instruction. */
export type Step = BlockStep | ChecklistStep | InstructionStep;

/** An item of a list that says what to do. */
interface ItemStep extends StepBase {
  /** Plain text of the item. */
  readonly text: string;
  /** Commands in its inline code: ``Verify: `./check-all.sh` ``. */
  readonly inlineCommands: readonly InlineCommand[];
  /** The fenced Markdown block that it stands in, by the step's index in `Runbook.steps`; null outside of fences. */
  readonly within: number | null;
}

/** A command in inline code. */
export interface InlineCommand {
  readonly text: string;
  readonly range: Range;
  readonly classification: Classification;
  readonly tool: string | null;
  readonly placeholders: readonly Placeholder[];
}

/** `- [ ] Page the database team`. */
export interface ChecklistStep extends ItemStep {
  readonly kind: 'checklist';
  readonly checked: boolean;
}

/** `1. Page the database team`. */
export interface InstructionStep extends ItemStep {
  readonly kind: 'instruction';
  /** The number as written. */
  readonly number: number;
}

/** A fenced block, wherever it sits. */
export interface BlockStep extends StepBase {
  readonly kind: 'block';
  /** What a person would call it: the item or bold words right above it, else the nearest heading, else its id. */
  readonly title: string;
  /** The first word of the info string as written, null where there is none. */
  readonly language: string | null;
  /** Lower case, aliases folded (`shell` → `sh`), inferred where none or a wrong one is written; `text` if nothing fits. */
  readonly effectiveLanguage: string;
  /** Where `effectiveLanguage` came from. */
  readonly languageBasis: 'written' | 'inferred' | 'corrected';
  /** How sure `effectiveLanguage` is, 0 to 1; 1 where it is written and nothing speaks against it. */
  readonly languageConfidence: number;
  readonly role: BlockRole;
  /** What a transcript shows below each of its commands: offsets into `content`, empty where the block is no transcript. */
  readonly expectedOutput: readonly ExpectedOutput[];
  /** URLs that `echo` lines only name. */
  readonly shownLinks: readonly Link[];
  /** The info string after the language: `{name=x}`, `{"name":"x"}` or `name=x`. */
  readonly attributes: Readonly<Record<string, string | boolean>>;
  /** Dedented content, LF line ends, no trailing line break: what a runner would get. */
  readonly content: string;
  /**
   * What an interpreter may be given: `content` at the same length, with prompts, answers and another language's comments
   * blanked (`$ kubectl get pods` and its output → spaces and `kubectl get pods`). Offsets of commands fit both.
   */
  readonly script: string;
  /** The content's place in the source, first content line to last; empty blocks have an empty range. */
  readonly contentRange: Range;
  /** Maps an offset of `content` to an offset of the source. */
  readonly toSource: (contentOffset: number) => number;
  /** False for a fence that never closes. */
  readonly closed: boolean;
  /** Whether it can be run: a shell or interpreter language with something in it to run. */
  readonly runnable: boolean;
  /** Over all commands: the highest. */
  readonly classification: Classification;
  readonly risk: Risk;
  readonly mode: RunMode;
  /** Top-level commands of a shell block; empty for other languages. Offsets are into `content`. */
  readonly commands: readonly BlockCommand[];
  readonly syntaxError: ShellError | null;
  readonly placeholders: readonly Placeholder[];
  /** Names of variables that must come from outside: read here and not set before in the document. */
  readonly variables: readonly string[];
  /** Names of variables that the block reads and does not set itself, whatever earlier blocks do: what a run must know. */
  readonly unsetVariables: readonly string[];
  /** Commands that are alternatives of each other, by index into `commands`; empty where the block is a script. */
  readonly alternatives: readonly Alternative[];
  /** Depth of list nesting (0: none) and whether it sits in a block quote. */
  readonly listDepth: number;
  readonly quoted: boolean;
  /** The same object for the same info string and content, wherever they stand: what is derived from these alone is kept by it. */
  readonly key: object;
}

/** A block without its place: what follows from its info string and content alone. */
export interface BlockText
  extends Pick<
    BlockStep,
    | 'language'
    | 'effectiveLanguage'
    | 'languageBasis'
    | 'languageConfidence'
    | 'attributes'
    | 'content'
    | 'script'
    | 'runnable'
    | 'classification'
    | 'risk'
    | 'mode'
    | 'syntaxError'
    | 'alternatives'
    | 'expectedOutput'
    | 'unsetVariables'
    | 'key'
  > {
  readonly commands: readonly ShellCommand[];
  readonly placeholders: readonly Omit<Placeholder, 'range'>[];
}

/**
 * What a block is there for: `run` it; `manual`, only comments that say what to do; `listing`, the content of a file;
 * `output` of a program; `prose` for people; `template` to fill in; `diagram`; `data`, facts in YAML or JSON.
 */
export type BlockRole = 'run' | 'manual' | 'listing' | 'output' | 'prose' | 'template' | 'diagram' | 'data';

/** What a command printed when the runbook was written. */
export interface ExpectedOutput {
  /** Index into `commands`. */
  readonly command: number;
  readonly start: number;
  readonly end: number;
  /** Without the last line break. */
  readonly text: string;
}

/** One way of several; `commands` by index, empty where somebody does it by hand. */
export interface Alternative {
  /** What tells it apart: `local development`, `Kubernetes`. */
  readonly label: string;
  readonly commands: readonly number[];
}

/** One statement of a block. */
export interface BlockCommand extends ShellCommand {
  /** In the source document. */
  readonly range: Range;
}

/** Something a person must fill in before a block can run. */
export interface Placeholder {
  /** Text without delimiters, as written: `<task-id>` → `task-id`, `{{x}}` → `x`, `YOUR_APP_ID` stays. */
  readonly name: string;
  /** The text as written, with delimiters. */
  readonly text: string;
  readonly style: 'angle' | 'mustache' | 'bracket' | 'your' | 'caps' | 'dummy';
  /** In the source document. */
  readonly range: Range;
  /** Offsets into the block's `content`. */
  readonly start: number;
  readonly end: number;
}

/** Something to fill in, by its name over the whole document. */
export interface Input {
  /** A placeholder's name as written, or what a positional parameter is assigned to. */
  readonly name: string;
  readonly kind: 'placeholder' | 'positional';
  readonly ranges: readonly Range[];
}

/** A variable of the shell, with every place where blocks set or read it. */
export interface VariableUse {
  readonly name: string;
  readonly exported: boolean;
  readonly set: readonly Range[];
  readonly used: readonly Range[];
}

/** A table of GFM; `section` is an index into `Runbook.sections`. */
export interface Table {
  readonly range: Range;
  readonly section: number | null;
  readonly header: readonly TableCell[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** One cell; missing ones of a row are empty. */
export interface TableCell {
  /** Plain text: Markdown marks removed. */
  readonly text: string;
  readonly raw: string;
  readonly range: Range;
}

/** A time as the runbook writes it. */
export interface Duration {
  readonly text: string;
  /** Null where the text names no fixed length ("Next business day"). */
  readonly seconds: number | null;
  /** `fixed` has seconds; `calendar` is a known form without ("Next business day", "Best effort"); `unreadable` is neither. */
  readonly kind: 'fixed' | 'calendar' | 'unreadable';
}

/** One level of a scale. */
export interface SeverityLevel {
  /** What people say: `P0`, `SEV-1`, `Critical`. */
  readonly id: string;
  /** The rest (`**P0 - Critical**` → `Critical`), or null. */
  readonly name: string | null;
  readonly definition: string;
  readonly response: Duration | null;
  readonly examples: readonly string[];
  readonly range: Range;
  /** Where the response time stands, for findings. */
  readonly responseRange: Range | null;
}

/** A severity scale, in the order in which its levels are written. */
export interface SeverityScale {
  readonly source: 'table' | 'yaml' | 'list';
  readonly range: Range;
  readonly section: number | null;
  readonly levels: readonly SeverityLevel[];
}

/** One line of an escalation policy: whom to tell, and when. */
export interface EscalationEntry {
  /**
   * `time` after which somebody is told; `role` to escalate to; `condition` on which; `order` in which people are told;
   * `severity`, what a level of a scale says.
   */
  readonly kind: 'time' | 'role' | 'condition' | 'order' | 'severity';
  /** Null where the entry names no time. */
  readonly after: Duration | null;
  /** The level's id, where the entry belongs to one. */
  readonly severity: string | null;
  readonly action: string;
  readonly range: Range;
}

/** Somebody to reach. */
export interface Contact {
  readonly role: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly channel: string | null;
  /** Nothing to reach anyone by: all of the above are missing or dead (`+44-xxx-xxx-xxxx`). */
  readonly empty: boolean;
  readonly range: Range;
}

/** A form that people fill in. */
export interface Template {
  readonly kind: 'postmortem' | 'incident-log' | 'communication' | 'checklist';
  /** The whole fence. */
  readonly range: Range;
  /** The template's own text, dedented. */
  readonly content: string;
  readonly section: number | null;
  readonly title: string | null;
  /** Names in bold before a colon (`**Severity**: …`), in order. */
  readonly fields: readonly TemplateField[];
  /** Headers of its tables, a list each. */
  readonly columns: readonly (readonly string[])[];
  /** How its timeline is written; `none` where it has none. */
  readonly listStyle: 'bullets' | 'bold-bullets' | 'table' | 'mixed' | 'none';
  /** Lines on which values stand that are examples, in the source document. */
  readonly samples: readonly Range[];
}

/** One field of a form. */
export interface TemplateField {
  readonly name: string;
  /** What stands behind the colon: a sample or a placeholder; empty where nothing does. */
  readonly sample: string;
  readonly range: Range;
}

/** What kind of document it is: see `core/runbook/facts/profile.ts`. */
export interface Profile {
  readonly name: 'alert' | 'procedure' | 'incident' | 'service' | 'lenient';
  readonly basis: 'front-matter' | 'path' | 'headings' | 'none';
}

/** One thing that a document says about itself. */
export interface MetadataEntry {
  readonly key:
    | 'owner'
    | 'maintained-by'
    | 'last-updated'
    | 'next-review'
    | 'review-cycle'
    | 'version'
    | 'status'
    | 'created'
    | 'contact'
    | 'id';
  /** Plain text as written. */
  readonly value: string;
  /** ISO 8601 at the precision that is written (`2025-07-01`, `2025-07`); null where the key is no date or it is unreadable. */
  readonly date: string | null;
  readonly range: Range;
}

/** Another runbook or document that is named. */
export interface RunbookReference {
  /** `index`: listed with its title; `mentioned`: an id in the text (`Follow SEC-001 runbook`). */
  readonly kind: 'index' | 'mentioned';
  /** `RUN-001`, or null. */
  readonly id: string | null;
  readonly title: string | null;
  /** Path or address, or null. */
  readonly target: string | null;
  readonly range: Range;
}

/** A script that a table lists. */
export interface ScriptReference {
  readonly path: string;
  readonly purpose: string;
  readonly range: Range;
}

/** A time that the text names for an action. All in seconds. */
export interface TimedFact {
  /**
   * `phase` from `start` to `end`; `deadline` at `end`; `offset`, a moment at `start`, negative before; `repeat` each `every`;
   * `observation` that lasts `end`.
   */
  readonly kind: 'phase' | 'deadline' | 'offset' | 'repeat' | 'observation';
  readonly start: number | null;
  readonly end: number | null;
  readonly every: number | null;
  /** What it counts from: the incident's or procedure's start, a planned start, the resolution. */
  readonly from: 'start' | 'planned' | 'resolved' | null;
  /** The words that name it. */
  readonly text: string;
  readonly section: number | null;
  readonly range: Range;
}

/** A role of an incident, or a team on call. */
export interface Role {
  readonly name: string;
  /** Who has it; null where nobody is named. */
  readonly holder: string | null;
  readonly duty: string;
  readonly range: Range;
}

/** When changes may be made (`window`), or must not (`blackout`). */
export interface ChangeWindow {
  readonly kind: 'window' | 'blackout';
  readonly text: string;
  readonly range: Range;
}

/** A list of conditions, with what it decides. */
export interface Criteria {
  readonly kind: 'rollback' | 'escalation' | 'scaling' | 'acceptance' | 'other';
  /** The words that introduce it. */
  readonly title: string;
  readonly items: readonly { readonly text: string; readonly range: Range }[];
  /** Ids of the runnable blocks that they decide about: those of their section, else of the sections around it. */
  readonly steps: readonly string[];
  readonly section: number | null;
  /** The introducing line. */
  readonly range: Range;
}

/** What a service promises, or the limit of a metric. */
export interface Objective {
  readonly kind: 'rto' | 'rpo' | 'slo' | 'threshold';
  readonly subject: string;
  /** As written. */
  readonly text: string;
  /** Null where it is no time. */
  readonly seconds: number | null;
  readonly range: Range;
}

/** An author's own warning. */
export interface Caution {
  /** `caution`: be careful; `last-resort`; `conditional`: only if needed. */
  readonly kind: 'caution' | 'last-resort' | 'conditional';
  readonly text: string;
  /** The commands that it stands beside, by the step's id and the command's index; null in languages whose statements are not taken apart. */
  readonly commands: readonly {
    readonly step: string;
    readonly index: number | null;
    readonly range: Range;
  }[];
  readonly range: Range;
}

/** Where a person who sees something wrong would enter the document. */
export interface EntryPoint {
  readonly kind: 'symptom' | 'alert' | 'error';
  readonly text: string;
  readonly section: number | null;
  readonly range: Range;
}

/** An alert, severity and response time that a heading or bold lines bind to the blocks below. */
export interface Alert {
  readonly name: string;
  readonly severity: string | null;
  readonly response: Duration | null;
  readonly section: number | null;
  readonly range: Range;
}

/** A link, an image or an address. */
export interface Link {
  /** As written. */
  readonly target: string;
  readonly text: string;
  /** The target's own place. */
  readonly range: Range;
}
