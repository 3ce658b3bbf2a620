/** "Fix all": the preferred fixes that can be applied together, and again until none is left. */
import type { Finding, Fix, TextEdit } from './types.ts';

export interface FixAll {
  /** Edits that do not touch each other, in document order. */
  readonly edits: readonly TextEdit[];
  /** The fixes that they are, each with its finding. */
  readonly applied: readonly AppliedFix[];
}

export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * The preferred fix of each finding, the first one that it has. A fix is taken as a whole or, where it would touch one
 * that is taken already, not at all: it is found again in the text that results. Two findings may have the very same fix.
 */
export function fixAll(findings: readonly Finding[]): FixAll {
  const edits: TextEdit[] = [];
  const applied: AppliedFix[] = [];
  const taken = new Map<string, readonly TextEdit[]>();
  for (const finding of findings) {
    const fix = finding.fixes.find(({ preferred }) => preferred);
    if (fix === undefined || fix.edits.length === 0) continue;
    const own = [...fix.edits].sort(byPlace);
    const key = own
      .map(({ range, newText }) => JSON.stringify([range.start.offset, range.end.offset, newText]))
      .join();
    if (!taken.has(key)) {
      if (own.some((edit, index) => index > 0 && touches(own[index - 1] as TextEdit, edit))) continue;
      if (own.some((edit) => edits.some((other) => touches(edit, other)))) continue;
      taken.set(key, own);
      edits.push(...own);
    }
    applied.push({ finding, fix });
  }
  return { edits: edits.sort(byPlace), applied };
}

/** A fix may make room for another one; more rounds than these have never been needed. */
const ROUNDS = 5;

/**
 * A text after "fix all" until there is nothing left to fix, and what was applied, in order; places in a later fix are
 * those of the text that the earlier ones left.
 */
export async function fixText(
  text: string,
  findingsOf: (text: string) => Promise<readonly Finding[]>,
): Promise<{ readonly text: string; readonly applied: readonly AppliedFix[] }> {
  const all: AppliedFix[] = [];
  let current = text;
  for (let round = 0; round < ROUNDS; round++) {
    const { edits, applied } = fixAll(await findingsOf(current));
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
    all.push(...applied);
  }
  return { text: current, applied: all };
}

/** The text after edits that do not touch each other. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { range, newText } of [...edits].sort(byPlace)) {
    result += text.slice(at, range.start.offset) + newText;
    at = range.end.offset;
  }
  return result + text.slice(at);
}

/** Edits that share a character, or of which one inserts where the other begins or ends: then their order would decide. */
function touches(a: TextEdit, b: TextEdit): boolean {
  const [aStart, aEnd, bStart, bEnd] = [
    a.range.start.offset,
    a.range.end.offset,
    b.range.start.offset,
    b.range.end.offset,
  ];
  if (aStart === aEnd || bStart === bEnd) return aStart <= bEnd && bStart <= aEnd;
  return aStart < bEnd && bStart < aEnd;
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.range.start.offset - b.range.start.offset || a.range.end.offset - b.range.end.offset;
}
