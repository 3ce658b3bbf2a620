import type { InstructionStep, Runbook } from '../../runbook/types.ts';
import type { Fix, Report, Rule, TextEdit } from '../types.ts';

/** Numbers of steps that are not what a reader sees, or leave a step out. */
export const brokenNumbering: Rule = {
  id: 'structure/broken-numbering',
  title: 'The numbers of the steps are broken',
  severity: 'info',
  severityIn: { lenient: 'off' },
  docs: {
    what: 'Reports a numbered list in which a number stands twice or one is left out, and steps that are all written `1.` while a block that is not indented as far as their text parts them, so that each of them is shown as 1. A list that begins anew, or goes on behind a block with the right number, or counts down, is fine. Only in documents that are plainly runbooks.',
    why: 'People say “I am at step 4” to each other. A page shows other numbers than the text has, or nobody can say whether a step was lost.',
    wrong: '1. Drain the node\n2. Stop the service\n2. Start it again\n3. Let the node back in',
    right: '1. Drain the node\n2. Stop the service\n3. Start it again\n4. Let the node back in',
    source:
      'CommonMark 0.31, 5.3: only the first number of a list counts, and a block that is not indented ends the list. markdownlint MD029.',
  },
  *check({ runbook }): Iterable<Report> {
    for (const list of lists(runbook)) {
      const report = fault(runbook, list);
      if (report !== null) yield report;
    }
  },
};

interface Item {
  readonly step: InstructionStep;
  /** Where its number stands. */
  readonly at: { readonly start: number; readonly end: number };
  readonly column: number;
  /** How far a block has to be indented to belong to it. */
  readonly content: number;
  /** Whether a block that is not indented stands between it and the one before. */
  parted: boolean;
}

/** Numbered items of one column that follow each other with nothing but their own text and blocks in between. */
function lists(runbook: Runbook): Item[][] {
  const found: Item[][] = [];
  let open: Item[][] = [];
  let section: number | null = null;
  for (const step of runbook.steps) {
    if (step.kind !== 'instruction' || step.within !== null) continue;
    const item = itemOf(runbook, step);
    if (item === null) continue;
    if (step.section !== section) open = [];
    section = step.section;
    open = open.filter((list) => (list[0]?.column ?? 0) <= item.column);
    const list = open.find((candidate) => candidate[0]?.column === item.column);
    const last = list?.at(-1);
    const one = item.step.number === 1 && last?.step.number !== 1;
    // A number that is right needs no look at what stands before it.
    const follows = last !== undefined && item.step.number === last.step.number + 1;
    const between =
      last === undefined || one ? 'other' : follows ? 'own' : whatIsBetween(runbook, last, item);
    if (list === undefined || between === 'other') {
      const begun = [item];
      found.push(begun);
      open = [...open.filter((candidate) => candidate !== list), begun];
    } else {
      item.parted = between === 'block';
      list.push(item);
    }
  }
  return found;
}

function itemOf({ source }: Runbook, step: InstructionStep): Item | null {
  const { line } = step.range.start;
  const start = source.lineStart(line);
  const match = /^([\s>]*(?:[-*+] +)?)(\d{1,9})[.)]( {0,4})/.exec(
    source.text.slice(start, Math.min(source.lineEnd(line), start + 200)),
  );
  if (match === null) return null;
  const column = match[1]?.length ?? 0;
  const at = { start: start + column, end: start + column + (match[2]?.length ?? 0) };
  const content = at.end - start + 1 + Math.max(1, match[3]?.length ?? 1);
  return { step, at, column, content, parted: false };
}

/** Between two items: nothing but indented lines, a block at the left margin, or something else that ends the list. */
function whatIsBetween(runbook: Runbook, before: Item, item: Item): 'own' | 'block' | 'other' {
  const { source } = runbook;
  const last = item.step.range.start.line;
  let found: 'own' | 'block' = 'own';
  let fence: string | null = null;
  let blank = false;
  for (let line = before.step.range.start.line + 1; line < last; line++) {
    const text = source.text.slice(
      source.lineStart(line),
      Math.min(source.lineEnd(line), source.lineStart(line) + 300),
    );
    const bare = text.replace(/^[\s>]+/, '');
    const indent = text.length - bare.length;
    const marks = /^(?:`{3,}|~{3,})/.exec(bare)?.[0];
    if (fence !== null) {
      if (marks?.startsWith(fence) === true && bare.trim() === marks) fence = null;
    } else if (marks !== undefined) {
      fence = marks;
      if (indent < before.content) found = 'block';
      blank = true;
      // A comment that silences this very rule is nothing that parts.
    } else if (bare.trim() === '' || bare.startsWith('<!-- runline-')) blank = true;
    else if (indent <= item.column) {
      // Another item of the list is no step (a link, an empty line); anything else ends it, but for a paragraph that goes on.
      if (/^\d{1,9}[.)]\s/.test(bare) || blank || /^(?:[-*+#|]|<)/.test(bare)) return 'other';
    }
  }
  return found;
}

function fault(runbook: Runbook, list: readonly Item[]): Report | null {
  const [first, second] = list;
  if (first === undefined || second === undefined) return null;
  const numbers = list.map(({ step }) => step.number);
  const { source } = runbook;
  const right = list.map((_, index) => first.step.number + index);
  // All alike: the page counts, unless something parts the items.
  if (numbers.every((number) => number === first.step.number)) {
    const parted = list.filter(({ parted }) => parted).length;
    if (parted === 0) return null;
    return {
      range: source.range(second.at.start, second.at.end),
      message: `This step is shown as ${first.step.number}, like the one before: the block between them is not indented, and ends the list. Number the steps, or indent the block as far as their text.`,
      fixes: renumber(runbook, list, right, true),
    };
  }
  if (numbers.every((number, at) => number === first.step.number - at)) return null;
  const index = numbers.findIndex((number, at) => number !== right[at]);
  const wrong = list[index];
  if (wrong === undefined) return null;
  const before = numbers[index - 1] ?? 0;
  const number = numbers[index] ?? 0;
  // `2026. a new ledger was bought` is a sentence.
  if (number > before + 9) return null;
  const message =
    number === before
      ? `Step ${number} stands here for the second time. Count on from ${before}.`
      : number > before
        ? `Step ${number} follows step ${before}: ${number === before + 2 ? `step ${before + 1} is` : `the steps between are`} missing. Put it in, or count on.`
        : `Step ${number} follows step ${before}. Count on, or begin a new list.`;
  return {
    range: source.range(wrong.at.start, wrong.at.end),
    message,
    fixes: renumber(runbook, list, right, false),
  };
}

function renumber(
  { source }: Runbook,
  list: readonly Item[],
  right: readonly number[],
  preferred: boolean,
): Fix[] {
  const edits = list.flatMap(({ at, step }, index): TextEdit[] =>
    step.number === right[index]
      ? []
      : [{ range: source.range(at.start, at.end), newText: String(right[index]) }],
  );
  return [{ title: 'Number the steps anew', edits, preferred }];
}
