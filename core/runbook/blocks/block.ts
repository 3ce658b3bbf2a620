/** A block step: the facts of a fence set in its place. */
import type { Range, SourceText } from '../../text.ts';
import type { OffsetMap } from '../markdown/place.ts';
import type { BlockCommand, BlockStep, Placeholder } from '../types.ts';
import type { BlockFacts } from './blockFacts.ts';
import { roleInPlace } from './roles.ts';
import { leadOf } from './stepTitle.ts';

/** Where a block stands. */
export interface BlockPlace extends Pick<BlockStep, 'range' | 'content' | 'closed' | 'listDepth' | 'quoted'> {
  readonly source: SourceText;
  readonly toSource: OffsetMap;
  /** Offset at which the content would begin; tells where an empty block's content is. */
  readonly contentStart: number;
  readonly empty: boolean;
  /** The name that the document itself gives the step, in YAML; in Markdown the words above the fence name it. */
  readonly name?: string | null;
}

/**
 * Places of commands and placeholders are worked out when somebody asks, since most edits ask for few. A class, because a
 * literal with as many accessors costs a third of the whole parse.
 */
export class Block implements BlockStep {
  readonly kind = 'block';
  readonly id: string;
  readonly range: Range;
  readonly section: number | null;
  readonly sectionPath: readonly string[];
  readonly language: string | null;
  readonly effectiveLanguage: string;
  readonly languageBasis: BlockStep['languageBasis'];
  readonly content: string;
  readonly script: string;
  readonly runnable: boolean;
  readonly closed: boolean;
  readonly listDepth: number;
  readonly quoted: boolean;
  readonly toSource: OffsetMap;
  readonly #facts: BlockFacts;
  readonly #place: BlockPlace;
  readonly #outside: () => readonly string[];
  #commands: readonly BlockCommand[] | undefined;
  #placeholders: readonly Placeholder[] | undefined;
  #title: string | undefined;
  #role: BlockStep['role'] | undefined;

  constructor(
    id: string,
    section: number | null,
    sectionPath: readonly string[],
    facts: BlockFacts,
    place: BlockPlace,
    /** Names of the variables that must come from outside. */
    outside: () => readonly string[],
  ) {
    this.id = id;
    this.section = section;
    this.sectionPath = sectionPath;
    this.range = place.range;
    this.language = facts.info.language;
    this.effectiveLanguage = facts.effectiveLanguage;
    this.languageBasis = facts.languageBasis;
    this.content = place.content;
    this.script = facts.script;
    this.runnable = facts.runnable;
    this.closed = place.closed;
    this.listDepth = place.listDepth;
    this.quoted = place.quoted;
    this.toSource = place.toSource;
    this.#facts = facts;
    this.#place = place;
    this.#outside = outside;
  }

  get key(): object {
    return this.#facts;
  }

  get languageConfidence(): number {
    return this.#facts.languageConfidence;
  }

  get role(): BlockStep['role'] {
    const { role, effectiveLanguage } = this.#facts;
    this.#role ??=
      role === 'run' || role === 'manual'
        ? role
        : roleInPlace(role, effectiveLanguage, this.content, this.title, this.sectionPath);
    return this.#role;
  }

  get expectedOutput(): BlockStep['expectedOutput'] {
    return this.#facts.expectedOutput;
  }

  get shownLinks(): BlockStep['shownLinks'] {
    return this.#facts.shownLinks.map(({ start, end, ...link }) => ({
      ...link,
      range: this.#rangeOf(start, end),
    }));
  }

  get attributes(): BlockStep['attributes'] {
    return this.#facts.info.attributes;
  }

  get classification(): BlockStep['classification'] {
    return this.#facts.classification;
  }

  get risk(): BlockStep['risk'] {
    return this.#facts.classification.risk;
  }

  get mode(): BlockStep['mode'] {
    return this.#facts.classification.mode;
  }

  get syntaxError(): BlockStep['syntaxError'] {
    return this.#facts.shell?.error ?? null;
  }

  get alternatives(): BlockStep['alternatives'] {
    return this.#facts.alternatives;
  }

  get title(): string {
    const { source, name } = this.#place;
    const own = name === undefined ? leadOf(source, this.range.start.line) : name;
    this.#title ??= own ?? this.sectionPath.at(-1) ?? this.id;
    return this.#title;
  }

  get unsetVariables(): readonly string[] {
    return this.#facts.runnable ? (this.#facts.shell?.unsetVariables ?? []) : [];
  }

  get variables(): readonly string[] {
    return this.#outside();
  }

  get contentRange(): Range {
    const { empty, contentStart, source } = this.#place;
    return empty ? source.range(contentStart, contentStart) : this.#rangeOf(0, this.content.length);
  }

  get commands(): readonly BlockCommand[] {
    this.#commands ??= (this.#facts.shell?.commands ?? []).map((command) => ({
      ...command,
      range: this.#rangeOf(command.start, command.end),
    }));
    return this.#commands;
  }

  get placeholders(): readonly Placeholder[] {
    this.#placeholders ??= this.#facts.placeholders.map((found) => ({
      ...found,
      range: this.#rangeOf(found.start, found.end),
    }));
    return this.#placeholders;
  }

  #rangeOf(start: number, end: number): Range {
    return this.#place.source.range(this.toSource(start), this.toSource(end));
  }
}
