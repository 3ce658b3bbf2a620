import type { Alert, Runbook } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { gravityWords, type LevelCode, levelCodes } from '../support/levels.ts';
import type { Report, Rule } from '../types.ts';

/** A level that no scale of the document defines. */
export const undefinedLevel: Rule = {
  id: 'severity/undefined-level',
  title: 'A level that no scale defines',
  severity: 'warning',
  docs: {
    what: 'Reports an alert or a heading that names a severity level which no scale of the document defines: `(P5)` beside a scale from P0 to P4. Documents without a scale are left alone, and so are alerts that give their own response time.',
    why: 'The level tells how fast to react and whom to wake. One that is defined nowhere tells neither.',
    wrong:
      '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | 1 hour |\n\n## Queue is long (P3)',
    right:
      '| Severity | Response time |\n|---|---|\n| P1 | 15 minutes |\n| P2 | 1 hour |\n\n## Queue is long (P2)',
  },
  *check({ runbook }): Iterable<Report> {
    if (runbook.severityScales.length === 0) return;
    const known = definedLevels(runbook);
    if (known.open) return;
    const told = new Set<number>();
    for (const alert of runbook.alerts) {
      const level = undefinedIn(alert, known);
      if (level === null) continue;
      told.add(alert.range.start.offset);
      yield {
        range: alert.range,
        message: `No scale of this document defines ${level}, which “${excerpt(alert.name, 40)}” names. Defined are ${listed(known)}.`,
      };
    }
    for (const section of runbook.sections) {
      if (told.has(section.headingRange.start.offset)) continue;
      const codes = bracketed(section.title).filter((code) => isPlain(code, known));
      const code = codes.find(({ key }) => !known.keys.has(key));
      // Of several, one that is defined is enough; another scheme of letters may mean something else.
      if (code === undefined || codes.some(({ key }) => known.keys.has(key))) continue;
      if (!known.families.has(code.family)) continue;
      yield {
        range: section.headingRange,
        message: `No scale of this document defines ${code.text}, which this heading names. Defined are ${listed(known)}.`,
      };
    }
  },
};

interface Known {
  readonly keys: ReadonlySet<string>;
  readonly families: ReadonlySet<LevelCode['family']>;
  readonly words: ReadonlySet<string>;
  readonly ids: readonly string[];
  /** `P3+`, `P4 and below`: nobody can say what is left out. */
  readonly open: boolean;
}

/** Every code and word of severity inside the scales: more than the levels' ids, since a definition may name another. */
function definedLevels(runbook: Runbook): Known {
  const keys = new Set<string>();
  const families = new Set<LevelCode['family']>();
  const words = new Set<string>();
  let open = false;
  for (const scale of runbook.severityScales) {
    const text = runbook.source.slice(scale.range);
    // `P3-P5`, `P3+` and `P4 and below`.
    if (
      /\d\s*\+|\b(?:and|or)\s+(?:below|lower|above|higher)\b|\d\s*(?:-|–|—|to|\.\.)\s*(?:P|S|SEV)?-?\d\s*\|/i.test(
        text,
      )
    )
      open = true;
    for (const { key } of levelCodes(text)) keys.add(key);
    for (const { id, name } of scale.levels) {
      for (const { key, family } of levelCodes(id)) {
        keys.add(key);
        families.add(family);
      }
      for (const word of gravityWords(`${id} ${name ?? ''}`)) words.add(word);
    }
  }
  // `P1/P2` is a level with two names.
  const ids = runbook.severityScales.flatMap(({ levels }) =>
    levels.flatMap(({ id, name }) => [id, ...levelCodes(name ?? '').map(({ text }) => text)]),
  );
  return { keys, families, words, ids: [...new Set(ids)], open };
}

/** The level that an alert names and nobody defines, or null. */
function undefinedIn(alert: Alert, known: Known): string | null {
  if (alert.severity === null || alert.response !== null) return null;
  const codes = levelCodes(alert.severity).filter((code) => isPlain(code, known));
  const words = gravityWords(alert.severity);
  if (codes.some(({ key }) => known.keys.has(key)) || words.some((word) => known.words.has(word)))
    return null;
  const [code] = codes;
  if (code !== undefined) return known.families.size > 0 ? code.text : null;
  // Beside P0 to P4 without names, "Critical" is the label of the monitoring, which is another thing.
  return words[0] !== undefined && known.words.size > 1 ? excerpt(alert.severity, 30) : null;
}

/** Whether a code can only mean a level: S3 is a store and L2 a cache as often, unless the scale writes its levels so. */
function isPlain({ family, text }: LevelCode, known: Known): boolean {
  if (family === 'level' || family === 'tier') return known.families.has(family);
  return !/^s\d$/i.test(text) || known.ids.some((id) => /^s\d$/i.test(id));
}

/** Codes in brackets, or before a colon or dash at the start: `Outage (P1)`, `[P2] Slow`, `P3 - Small`. */
function bracketed(title: string): LevelCode[] {
  return levelCodes(title).filter(({ index, text }) => {
    const before = title.slice(0, index).trimEnd();
    const after = title.slice(index + text.length).trimStart();
    if (/[([/,]$/.test(before)) return /^[)\]/,]/.test(after);
    return before === '' && /^[:–—-](?!\d)/.test(after);
  });
}

function listed({ ids }: Known): string {
  const shown = ids.slice(0, 6);
  const last = shown.at(-1) ?? '';
  if (ids.length > shown.length) return `${shown.join(', ')} and others`;
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
