/**
 * Scripts that a table lists: `| Script | Purpose | Usage |`. A table of files counts where the files are scripts; one of
 * configuration files does not.
 */
import { inlineLinks } from '../markdown/inline.ts';
import type { ScriptReference, TableCell } from '../types.ts';
import type { Facts } from './facts.ts';
import { rowRange } from './words.ts';

const SCRIPT_COLUMN =
  /^(?:scripts?|script (?:name|path|file)|shell script|automation(?: script)?|tool script)$/i;
const FILE_COLUMN = /^(?:file ?(?:name|path)?|path|location|name|command|tool|helper|utility)$/i;
const PURPOSE_COLUMN =
  /^(?:purpose|description|what(?: it)? does|function|when(?: to use)?|use(?: case)?|details|summary|notes?|action)$/i;

/** Names of scripts: an extension of an interpreter. */
const SCRIPT =
  /^(?:[\w@.~$/{}\\:-]*\/)?[\w.-]+\.(?:sh|bash|zsh|ksh|fish|py|rb|pl|ps1|psm1|bat|cmd|js|mjs|cjs|ts|mts|php|lua|groovy|awk|sql)$/i;
/** In a column that says scripts, a path without an extension is one too: `bin/deploy`, `./backup`. */
const PATH = /^(?:\.{0,2}\/|~\/|[\w.-]+\/)[\w./-]*[\w-]$|^[\w-]+\.\w{1,5}$/;
const MAX_CELL = 200;

/** Rows in document order. */
export function readScripts(facts: Facts): ScriptReference[] {
  const scripts: ScriptReference[] = [];
  for (const table of facts.tables) {
    const said = table.header.findIndex((cell) => SCRIPT_COLUMN.test(cell.text));
    const at = said === -1 ? table.header.findIndex((cell) => FILE_COLUMN.test(cell.text)) : said;
    const purpose = table.header.findIndex((cell, index) => index !== at && PURPOSE_COLUMN.test(cell.text));
    if (at === -1 || (purpose === -1 && said === -1)) continue;
    for (const row of table.rows) {
      const path = pathIn(row[at], said !== -1);
      const range = rowRange(row);
      if (path !== null && range !== null) scripts.push({ path, purpose: row[purpose]?.text ?? '', range });
    }
  }
  return scripts;
}

/** The path that a cell is; where its text is a link to one, the link's target. */
function pathIn(cell: TableCell | undefined, said: boolean): string | null {
  if (cell === undefined || cell.raw.length > MAX_CELL) return null;
  const [link] = inlineLinks(cell.raw);
  const target = link !== undefined && !/^[a-z][\w+.-]*:/i.test(link.target) ? link.target : null;
  for (const written of [cell.text.trim(), target ?? '']) {
    if (SCRIPT.test(written) || (said && PATH.test(written))) return written;
  }
  return null;
}
