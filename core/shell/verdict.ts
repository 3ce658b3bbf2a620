/** Verdicts: how they are made, and how several become one. Destructive beats safe; unknown is mutating. */
import type {
  AmbientTarget,
  Classification,
  Effect,
  Nesting,
  Risk,
  RunMode,
  Scope,
  TargetWord,
} from './types.ts';

/** A classification with the program that decided it. */
export interface Verdict extends Classification {
  readonly tool: string | null;
}

/** What a table or a judge may say beyond the effect. */
export interface Details {
  readonly scope?: Scope | undefined;
  readonly mode?: RunMode | undefined;
  readonly readsSecrets?: boolean | undefined;
  readonly network?: boolean | undefined;
  readonly nesting?: Nesting | undefined;
  readonly targets?: readonly TargetWord[] | undefined;
  readonly ambient?: readonly AmbientTarget[] | undefined;
  readonly preview?: string | null | undefined;
  readonly inverse?: string | null | undefined;
  readonly captureFirst?: string | null | undefined;
  readonly tool?: string | null | undefined;
}

const EFFECT_RANK: Readonly<Record<Effect, number>> = {
  read: 0,
  session: 1,
  'local-write': 2,
  mutate: 3,
  unknown: 4,
  destroy: 5,
};
const RISK_RANK: Readonly<Record<Risk, number>> = { 'read-only': 0, mutating: 1, destructive: 2 };
const MODE_RANK: Readonly<Record<RunMode, number>> = { capture: 0, stream: 1, terminal: 2 };
const NESTING_RANK: Readonly<Record<Nesting, number>> = { none: 0, read: 1, opaque: 2 };
const SCOPE_RANK: Readonly<Record<Scope, number>> = { one: 0, many: 1, all: 2 };
/** More clauses than this help nobody; the most important come first. */
const MAX_REASONS = 12;

/** The classification of what is no command at all: empty, or comments only. */
export const READ_ONLY: Classification = Object.freeze({
  risk: 'read-only',
  effect: 'read',
  scope: 'one',
  mode: 'capture',
  readsSecrets: false,
  network: false,
  nesting: 'none',
  reasons: Object.freeze([]),
  targets: Object.freeze([]),
  ambient: Object.freeze([]),
  preview: null,
  inverse: null,
  captureFirst: null,
});

/** The same as a verdict; the neutral element of `highest`. */
export const NOTHING: Verdict = Object.freeze({ ...READ_ONLY, tool: null });

/** The label that people see for an effect. */
function riskOf(effect: Effect): Risk {
  if (effect === 'destroy') return 'destructive';
  return effect === 'read' || effect === 'session' ? 'read-only' : 'mutating';
}

/** The higher of two risks. */
export function maxRisk(a: Risk, b: Risk): Risk {
  return RISK_RANK[a] >= RISK_RANK[b] ? a : b;
}

/** Makes a verdict. `reason` is one short clause; an empty one is left out. */
export function verdict(effect: Effect, reason: string, details: Details = {}): Verdict {
  return {
    risk: riskOf(effect),
    effect,
    scope: details.scope ?? 'one',
    mode: details.mode ?? 'capture',
    readsSecrets: details.readsSecrets ?? false,
    network: details.network ?? false,
    nesting: details.nesting ?? 'none',
    reasons: reason === '' ? [] : [reason],
    targets: details.targets ?? [],
    ambient: details.ambient ?? [],
    preview: details.preview ?? null,
    inverse: details.inverse ?? null,
    captureFirst: details.captureFirst ?? null,
    tool: details.tool ?? null,
  };
}

/** The verdict where no table decides. `what` says what is not known. */
export function unknown(what: string, details: Details = {}): Verdict {
  return verdict('unknown', `unknown: ${what}`, details);
}

/** The verdict over code that is run, and that nobody can read before it runs. */
export function opaque(what: string, details: Details = {}): Verdict {
  return unknown(what, { ...details, nesting: 'opaque' });
}

/** A prompt or shell for a person: it is known for what it is, and what is typed there may change anything. */
export function sessionOpened(what: string, details: Details = {}): Verdict {
  return verdict('mutate', `${what}; what is typed there decides`, {
    mode: 'terminal',
    nesting: 'opaque',
    ...details,
  });
}

/** Whichever of two effects weighs more. */
export function maxEffect(a: Effect, b: Effect): Effect {
  return EFFECT_RANK[a] >= EFFECT_RANK[b] ? a : b;
}

/** Both happen: the higher of each axis, reasons of the weightier first. */
export function highest<T extends Classification>(a: T, b: T): T {
  if (b === (NOTHING as Classification) || b === READ_ONLY) return a;
  if (a === (NOTHING as Classification) || a === READ_ONLY) return b;
  const [first, second] = weighs(b) > weighs(a) ? [b, a] : [a, b];
  return {
    ...first,
    scope: SCOPE_RANK[a.scope] >= SCOPE_RANK[b.scope] ? a.scope : b.scope,
    mode: maxMode(a.mode, b.mode),
    readsSecrets: a.readsSecrets || b.readsSecrets,
    network: a.network || b.network,
    nesting: maxNesting(a.nesting, b.nesting),
    reasons: union(first.reasons, second.reasons, (reason) => reason).slice(0, MAX_REASONS),
    targets: union(a.targets, b.targets, (target) => `${target.kind}\0${target.value}`),
    ambient: union(a.ambient, b.ambient, (target) => target.kind),
    preview: ofAll(a, b, a.preview, b.preview, '; '),
    // Two changes are undone in reverse order.
    inverse: ofAll(b, a, b.inverse, a.inverse, '; then '),
    captureFirst: joinTexts(a.captureFirst, b.captureFirst),
  };
}

/** Whichever mode is more demanding: terminal, then stream, then capture. */
function maxMode(a: RunMode, b: RunMode): RunMode {
  return MODE_RANK[a] >= MODE_RANK[b] ? a : b;
}

/** Whichever nesting is harder to see into. */
export function maxNesting(a: Nesting, b: Nesting): Nesting {
  return NESTING_RANK[a] >= NESTING_RANK[b] ? a : b;
}

/** The verdict over what another program runs: that it was read, or that nobody could read it. */
export function asNested(inner: Verdict): Verdict {
  return { ...inner, nesting: maxNesting(inner.nesting, inner.effect === 'unknown' ? 'opaque' : 'read') };
}

/** The verdict with some axes replaced. */
export function withDetails(base: Verdict, details: Details & { reason?: string }): Verdict {
  return {
    ...base,
    scope: details.scope ?? base.scope,
    mode: details.mode ?? base.mode,
    readsSecrets: details.readsSecrets ?? base.readsSecrets,
    network: details.network ?? base.network,
    nesting: details.nesting ?? base.nesting,
    targets: details.targets
      ? union(details.targets, base.targets, (t) => `${t.kind}\0${t.value}`)
      : base.targets,
    ambient: details.ambient ?? base.ambient,
    preview: details.preview === undefined ? base.preview : details.preview,
    inverse: details.inverse === undefined ? base.inverse : details.inverse,
    captureFirst: details.captureFirst === undefined ? base.captureFirst : details.captureFirst,
    tool: details.tool === undefined ? base.tool : details.tool,
    reasons: details.reason ? [details.reason, ...base.reasons] : base.reasons,
  };
}

/** The verdict raised to at least an effect; unchanged where it already weighs as much. */
export function atLeast(base: Verdict, effect: Effect, reason: string): Verdict {
  return highest(base, verdict(effect, reason, { tool: base.tool }));
}

/** Programs that seldom decide what a statement is about: of equals, the other one names it. */
const BACKGROUND = new Set(
  'cd echo export set true : test [ [[ sleep printf source . local declare let read pushd popd alias'.split(
    ' ',
  ),
);

function weighs(a: Classification): number {
  const tool = (a as Partial<Verdict>).tool;
  const names = tool !== undefined && tool !== null && !BACKGROUND.has(tool) ? 1 : 0;
  return RISK_RANK[a.risk] * 100 + (a.risk === 'read-only' ? 0 : EFFECT_RANK[a.effect] * 10) + names;
}

function union<T>(a: readonly T[], b: readonly T[], key: (item: T) => string): readonly T[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const seen = new Set(a.map(key));
  const added = b.filter((item) => !seen.has(key(item)));
  return added.length === 0 ? a : [...a, ...added];
}

/** What is said of two commands together: of the one that changes something; of both only where both have it. */
function ofAll(
  first: Classification,
  second: Classification,
  ofFirst: string | null,
  ofSecond: string | null,
  joint: string,
): string | null {
  if (first.risk === 'read-only') return ofSecond;
  if (second.risk === 'read-only') return ofFirst;
  if (ofFirst === null || ofSecond === null) return null;
  return ofFirst === ofSecond ? ofFirst : `${ofFirst}${joint}${ofSecond}`;
}

function joinTexts(a: string | null, b: string | null): string | null {
  if (a === null || b === null || a === b) return a ?? b;
  return `${a}; ${b}`;
}

/** A verdict without the program that decided it. */
export function toClassification(base: Verdict): Classification {
  // Written out: this runs once for every command, and leaving a key out by rest is slow.
  return {
    risk: base.risk,
    effect: base.effect,
    scope: base.scope,
    mode: base.mode,
    readsSecrets: base.readsSecrets,
    network: base.network,
    nesting: base.nesting,
    reasons: base.reasons,
    targets: base.targets,
    ambient: base.ambient,
    preview: base.preview,
    inverse: base.inverse,
    captureFirst: base.captureFirst,
  };
}
