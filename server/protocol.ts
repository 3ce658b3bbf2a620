/**
 * Our own requests, beside those of the language server protocol. The client and the server share this file;
 * it holds plain JSON shapes and method names alone, so that it can be bundled into both.
 */
import type { Classification } from '../core/shell/types.ts';

/** LSP's range: lines and characters 0-based. */
export interface WireRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface RunbookParams {
  readonly textDocument: { readonly uri: string };
}

/** What the client needs of a runbook: everything but prose. */
export interface WireRunbook {
  readonly uri: string;
  /** The document version that this was parsed from. */
  readonly version: number;
  readonly title: string | null;
  readonly steps: readonly WireStep[];
  readonly severityScales: readonly WireScale[];
  readonly templates: readonly {
    readonly kind: string;
    readonly range: WireRange;
    readonly content: string;
  }[];
}

export interface WireStep {
  readonly id: string;
  readonly kind: 'block' | 'checklist' | 'instruction';
  readonly range: WireRange;
  readonly sectionPath: readonly string[];
  /** Blocks only; absent on the others. */
  readonly block?: WireBlock;
}

export interface WireBlock {
  /** What a person would call it. */
  readonly title: string;
  readonly language: string | null;
  readonly effectiveLanguage: string;
  /** Exactly what would run, before substitution: prompts and shown output are blanked, offsets stay. */
  readonly content: string;
  readonly contentRange: WireRange;
  readonly runnable: boolean;
  readonly classification: Classification;
  readonly commands: readonly WireCommand[];
  readonly placeholders: readonly {
    readonly name: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
  }[];
  /** Names that the block reads and does not set itself: asked for where neither environment nor session has them. */
  readonly variables: readonly string[];
  readonly alternatives: readonly { readonly label: string; readonly commands: readonly number[] }[];
}

export interface WireCommand {
  /** `ID.2`. */
  readonly id: string;
  readonly range: WireRange;
  /** Offsets into the block's content. */
  readonly start: number;
  readonly end: number;
  readonly tool: string | null;
  readonly classification: Classification;
}

export interface WireScale {
  readonly levels: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly definition: string;
    readonly response: {
      readonly text: string;
      readonly seconds: number | null;
      readonly kind: 'fixed' | 'calendar' | 'unreadable';
    } | null;
    readonly examples: readonly string[];
  }[];
}

/** Method names. `trustGranted` tells the server that the workspace is trusted from now on. `treatAsRunbook` adds a document that discovery does not find; `looksLikeRunbook` says whether to offer that. */
export const Methods = {
  runbook: 'runline/runbook',
  treatAsRunbook: 'runline/treatAsRunbook',
  looksLikeRunbook: 'runline/looksLikeRunbook',
  trustGranted: 'runline/trustGranted',
} as const;
