import type { SeverityLevel, SeverityScale } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { codeOf, gravity } from '../support/levels.ts';
import type { Report, Rule } from '../types.ts';

/** Response times that get shorter as incidents get less grave. */
export const severityOutOfOrder: Rule = {
  id: 'severity/out-of-order',
  title: 'A lesser level is answered sooner',
  severity: 'warning',
  docs: {
    what: 'Reports a level of a severity scale that has a shorter response time than the graver level before it. Times without a fixed length (`Next business day`) are not compared, and a scale that runs the other way as a whole is taken at its word.',
    why: 'The response time is what a page is sent by. Where two of them are swapped, the graver incident waits longer, and nobody notices before it does.',
    wrong: '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | 4 hours |\n| P3 | 1 hour |',
    right: '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | 1 hour |\n| P3 | 4 hours |',
  },
  *check({ runbook }): Iterable<Report> {
    for (const scale of runbook.severityScales) {
      for (const [graver, lesser] of misordered(scale))
        yield {
          range: lesser.responseRange ?? lesser.range,
          message: `${lesser.id} is answered in “${excerpt(lesser.response?.text ?? '', 30)}”, sooner than the graver ${graver.id} (“${excerpt(graver.response?.text ?? '', 30)}”). Check which of the two times is meant.`,
        };
    }
  },
};

interface Timed {
  readonly level: SeverityLevel;
  readonly rank: number;
  readonly seconds: number;
}

function misordered(scale: SeverityScale): [SeverityLevel, SeverityLevel][] {
  const codes = scale.levels.map(({ id }) => codeOf(id));
  const coded = codes.every((code) => code !== null && code.family === codes[0]?.family);
  const ranks = coded ? codes.map((code) => code?.number ?? null) : scale.levels.map(({ id }) => gravity(id));
  // A level that cannot be ranked leaves the order of all open.
  if (ranks.some((rank) => rank === null) || new Set(ranks).size !== ranks.length) return [];
  const timed: Timed[] = [];
  for (const [index, level] of scale.levels.entries()) {
    const { response } = level;
    if (response?.kind === 'fixed' && response.seconds !== null)
      timed.push({ level, rank: ranks[index] ?? 0, seconds: response.seconds });
  }
  timed.sort((a, b) => a.rank - b.rank);
  const pairs = timed.slice(1).map((lesser, index) => [timed[index] ?? lesser, lesser] as const);
  const wrong = pairs.filter(([graver, lesser]) => lesser.seconds < graver.seconds);
  // Some count upwards: level 5 is the worst. Names that say so settle it.
  if (coded && timed.length > 2 && wrong.length === pairs.length) return [];
  if (coded && runsUpwards(scale)) return [];
  return wrong.map(([graver, lesser]) => [graver.level, lesser.level]);
}

/** Whether the levels' own words get graver as the numbers rise: `1 - Low`, `2 - High`; or the numbers may go either way. */
function runsUpwards(scale: SeverityScale): boolean {
  const [first] = scale.levels;
  const family = first === undefined ? undefined : codeOf(first.id)?.family;
  const words = scale.levels.flatMap(({ id, name }) => {
    const word = gravity(/^\p{L}+/u.exec(name ?? '')?.[0] ?? '');
    const number = codeOf(id)?.number;
    return word === null || number === undefined ? [] : [{ word, number }];
  });
  words.sort((a, b) => a.number - b.number);
  if (words.length < 2) return family === 'level' || family === 'tier';
  return (words[0]?.word ?? 0) > (words.at(-1)?.word ?? 0);
}
