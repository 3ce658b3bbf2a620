/** The fences of a document by the reference implementation of CommonMark, and by ours. */
import { Parser } from 'commonmark';
import { parseRunbook } from '../../../core/runbook/index.ts';

/** Opening line, closing line (1-based) and literal of each fence, by the reference parser. */
export function referenceFences(text: string): [number, number, string][] {
  const fences: [number, number, string][] = [];
  const walker = new Parser().parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const node = event.node;
    if (!event.entering || node.type !== 'code_block' || node.info === null) continue;
    // `info` is also an empty string for indented code; only a fence keeps its opening line.
    if (!(node as unknown as { _isFenced: boolean })._isFenced) continue;
    fences.push([node.sourcepos[0][0], node.sourcepos[1][0], node.literal ?? '']);
  }
  return fences;
}

/** The same by our model. */
export function ourFences(text: string): [number, number, string][] {
  const fences: [number, number, string][] = [];
  for (const step of parseRunbook(text).steps) {
    if (step.kind !== 'block') continue;
    const empty = step.contentRange.start.offset === step.contentRange.end.offset && step.content === '';
    fences.push([
      step.range.start.line + 1,
      step.range.end.line + 1,
      empty && step.range.end.line - step.range.start.line < 2 ? '' : `${step.content}\n`,
    ]);
  }
  return fences;
}

/** Opening lines and contents alone, blank lines emptied: in these the two differ by rights where a document is odd. */
export function plainFences(fences: readonly [number, number, string][]): [number, string][] {
  return fences.map(([first, , content]) => [
    first,
    content.trim() === '' ? '' : content.replace(/^[ \t]+$/gm, ''),
  ]);
}
