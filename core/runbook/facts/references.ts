/**
 * Other runbooks and documents: rows and items of an index with title, id and target, and ids that the text mentions
 * (`Follow SEC-001 runbook`). Shapes: `| Runbook | Description | Location |`, `| [Failover](failover.md) | … |`, items that
 * begin with a link below "Related documentation", `- RUN-003: Clear the cache`, headings `## RB-004: Restart`.
 *
 * A table of contents is no index: its links begin with `#`. Ids of other things look alike (`ADR-004`, `CVE-2024-1`,
 * `AES-256`, tickets), so an id needs a prefix that is a runbook's, a place in an index, or the word beside it.
 */
import { inlineLinks } from '../markdown/inline.ts';
import type { RunbookReference, Table } from '../types.ts';
import type { FactLine, Facts } from './facts.ts';
import { headingWords, rowRange, says } from './words.ts';

const ID = '[A-Z][A-Z0-9]{1,9}(?:-[A-Z]{1,8})?-\\d{1,5}';
const WHOLE_ID = new RegExp(`^${ID}$`);
const LEADING_ID = new RegExp(`^\\[?(${ID})\\]?(?![\\w-])\\s*(?:[:.)|–—-]\\s*)?(.*)$`, 's');
/** Prefixes of runbooks; any other needs an index or the word. */
const OWN_PREFIX = /^(?:RUN|RB|RBK|RNBK|RUNBOOK|PB|PBK|PLAYBOOK|SOP|PROC|MOP)-/;
/** Prefixes that are never a runbook's. */
const FOREIGN =
  /^(?:ADR|RFC|CVE|CWE|CIS|ISO|IEC|NIST|PCI|SOC|SHA|AES|RSA|UTF|TLS|HTTP|IPV|SEV|AZ|EC|KB|RHSA|RHBA|MS|GH|PR|BUG|ISSUE|TICKET|JIRA|US|FR|NFR|ERR|ORA)-/;
const NOUN = '(?:runbooks?|playbooks?|procedures?|SOPs?)';
const MENTION = new RegExp(
  `(?<![\\w-])(?:(${ID})(?![\\w-])(?:\\s+${NOUN}\\b)|${NOUN}:?\\s+(${ID})(?![\\w-])|((?:RUN|RB|RBK|RNBK|RUNBOOK|PB|PBK|PLAYBOOK|SOP)-\\d{1,5})(?![\\w-]))`,
  'gi',
);
/** Longer lines are data. */
const MAX_LINE = 2_000;

const INDEX_TITLE =
  /^(?:(?:runbooks?|playbooks?|procedures?) (?:index|list|catalogu?e?|directory|references?|links|library)|(?:index|list) of (?:runbooks|playbooks|procedures)|(?:related|other|available|additional|associated|linked|supporting|further) (?:runbooks?|playbooks?|procedures?|documentation|documents?|docs?|guides?|links|reading|resources|information|pages|articles)|related|related runbooks? (?:and|&) .*|runbooks|playbooks|references?(?: (?:and|&) .*)?|see also|further (?:reading|info(?:rmation)?)|documentation(?: (?:index|links|references))?|document index|more (?:information|documentation)|learn more|useful (?:links|resources)|resources|links)$/i;
/** Below these, links to the web count too. */
const RUNBOOK_TITLE = /\b(?:runbooks?|playbooks?)\b/i;

/** References in document order. */
export function readReferences(facts: Facts): RunbookReference[] {
  const references: RunbookReference[] = [];
  const places = indexPlaces(facts);
  for (const table of facts.tables) references.push(...fromTable(table, places));
  for (const line of facts.lines) {
    const listed = line.list === null ? null : fromItem(line, places);
    if (listed !== null) references.push(listed);
  }
  for (const [index, section] of facts.sections.entries()) {
    const match = LEADING_ID.exec(headingWords(section.title)[0] ?? '');
    if (match?.[1] === undefined || !OWN_PREFIX.test(match[1]) || (match[2] ?? '') === '') continue;
    const target = `#${facts.sections[index]?.slug ?? ''}`;
    references.push({
      kind: 'index',
      id: match[1],
      title: match[2] ?? null,
      target,
      range: section.headingRange,
    });
  }
  references.push(...mentions(facts, references));
  return references.sort((a, b) => a.range.start.offset - b.range.start.offset);
}

/** Whether a section, or the line that introduces a list, says index; `web`, whether it says runbooks. */
type Places = (section: number | null, label: string | null) => { readonly web: boolean } | null;

function indexPlaces(facts: Facts): Places {
  const verdicts = new Map<number, { web: boolean } | null>();
  const ofTitle = (title: string) => (says(title, INDEX_TITLE) ? { web: RUNBOOK_TITLE.test(title) } : null);
  return (section, label) => {
    const named = label === null ? null : ofTitle(label);
    if (named !== null || section === null) return named;
    let verdict = verdicts.get(section);
    if (verdict === undefined) {
      // An index may have parts of its own: "For operators" below "Documentation index".
      verdict =
        facts
          .titles(section)
          .slice(0, 2)
          .map(ofTitle)
          .find((found) => found !== null) ?? null;
      verdicts.set(section, verdict);
    }
    return verdict;
  };
}

/** A target that is a document: not a place in this one, no image, no mail, no code. */
function isDocument(target: string, web: boolean): boolean {
  if (target === '' || target.startsWith('#') || target.length > 1_000) return false;
  if (/^[a-z][\w+.-]*:/i.test(target)) return web && /^https?:/i.test(target);
  const path = target.replace(/[?#].*$/s, '');
  return /\.(?:md|mdx|markdown|rst|adoc|html?|pdf|txt|docx?)$/i.test(path) || /(?:^|\/)[^./]+\/?$/.test(path);
}

/** A path to a document as text: `/runbooks/failover.md`, `docs/DEPLOY.md`. */
const PATH =
  /^(?:\.{0,2}\/)?(?:[\w@.-]+\/)*[\w@.-]+\.(?:md|mdx|rst|adoc)(?:#[\w-]*)?$|^\/(?:[\w.-]+\/)+[\w.-]+$/i;

const DOCUMENT_COLUMN =
  /^(?:runbooks?|playbooks?|procedures?|documents?|docs?|documentation|guides?|files?|sops?|pages?|articles?)(?: (?:name|title|id))?$/i;
const RUNBOOK_COLUMN = /^(?:runbooks?|playbooks?|procedures?|sops?)(?: (?:name|title|link|url))?$/i;
const ID_COLUMN = /^(?:id|runbook id|#|no\.?|number|code)$/i;
const TITLE_COLUMN = /^(?:title|name|description|runbook(?: name| title)?|purpose|procedure|topic)$/i;
const TARGET_COLUMN = /^(?:location|path|links?|url|file(?: ?name)?|where|document|reference|target)$/i;

function fromTable(table: Table, places: Places): RunbookReference[] {
  const place = places(table.section, null);
  const has = (pattern: RegExp, not = -1) =>
    table.header.findIndex((cell, index) => index !== not && pattern.test(cell.text));
  // A column of documentation behind the first is about what stands there: a tool, a service.
  const document = DOCUMENT_COLUMN.test(table.header[0]?.text ?? '') ? 0 : has(RUNBOOK_COLUMN);
  if (document === -1 && place === null) return [];
  const titles = table.header.flatMap((cell, index) => (TITLE_COLUMN.test(cell.text) ? [index] : []));
  const target = has(TARGET_COLUMN, document);
  const ids = has(ID_COLUMN);
  const found = table.rows.flatMap((row): RunbookReference[] => {
    const range = rowRange(row);
    if (range === null || row.some((cell) => cell.raw.length > MAX_LINE)) return [];
    const web = place?.web ?? RUNBOOK_TITLE.test(table.header[document]?.text ?? '');
    const main = row[document === -1 ? 0 : document];
    const idCell = [row[ids], main].find((cell) => cell !== undefined && WHOLE_ID.test(cell.text));
    const id = idCell !== undefined && !FOREIGN.test(idCell.text) ? idCell.text : null;
    const link = [main, row[target], ...row]
      .flatMap((cell) => (cell === undefined ? [] : inlineLinks(cell.raw)))
      .find((candidate) => isDocument(candidate.target, web));
    const written = [row[target], main].map((cell) => cell?.text ?? '').find((text) => PATH.test(text));
    const path = link?.target ?? written ?? null;
    if (id === null && path === null) return [];
    // Without a document's column only a row that begins with its link is an entry.
    if (document === -1 && id === null && link !== inlineLinks(main?.raw ?? '')[0]) return [];
    const named = titles
      .map((index) => row[index])
      .find((cell) => cell !== undefined && cell !== idCell && cell.text !== '');
    const title = id === null ? (main?.text ?? '') : (named?.text ?? link?.text ?? '');
    return [{ kind: 'index', id, title: title === '' ? null : title, target: path, range }];
  });
  // A column "File" or "Document" is also that of code and of paperwork: most rows have to be documents.
  return found.length * 2 > table.rows.length ? found : [];
}

/** What may stand before the link that an item begins with: emoji, bold, a label, a verb. */
const LEAD = /^(?:[^A-Za-z0-9[\]`]{0,12})$/;

function fromItem(line: FactLine, places: Places): RunbookReference | null {
  const place = places(line.section, line.label);
  if (place === null || line.raw.length > MAX_LINE) return null;
  const match = LEADING_ID.exec(line.text.replace(/^[^A-Za-z0-9[]+/, ''));
  const id = match?.[1] !== undefined && !FOREIGN.test(match[1]) ? match[1] : null;
  const [link] = inlineLinks(line.raw);
  const opens = link !== undefined && LEAD.test(line.raw.slice(0, line.raw.indexOf('[')));
  if (opens && isDocument(link.target, place.web)) {
    const own = LEADING_ID.exec(link.text);
    const listed = own?.[1] !== undefined && !FOREIGN.test(own[1]) ? own : null;
    // Without a title behind it, the id is the title.
    const title = listed === null || listed[2] === '' ? link.text : (listed[2] ?? null);
    return { kind: 'index', id: listed?.[1] ?? id, title, target: link.target, range: line.range };
  }
  if (id !== null && (OWN_PREFIX.test(id) || place.web)) {
    const title = (match?.[2] ?? '').trim();
    const target = link !== undefined && isDocument(link.target, true) ? link.target : null;
    return { kind: 'index', id, title: title === '' ? null : title, target, range: line.range };
  }
  const code = /^[^A-Za-z0-9`]{0,12}`([^`]{1,300})`(?:\*\*|__)?\s*(?:[:–—-]\s*(.*))?$/s.exec(line.raw)?.[1];
  if (code !== undefined && PATH.test(code) && /\.\w+(?:#|$)/.test(code))
    return { kind: 'index', id: null, title: code, target: code, range: line.range };
  return null;
}

/** Ids in lines, cells and fenced text; those that an index or a heading lists are no mentions there. */
function mentions(facts: Facts, listed: readonly RunbookReference[]): RunbookReference[] {
  const { source } = facts;
  if (!new RegExp(`(?:${NOUN}|(?:RUN|RB|RBK|RNBK|RUNBOOK|PB|PBK|PLAYBOOK|SOP)-\\d)`, 'i').test(source.text))
    return [];
  const taken = new Set(listed.filter(({ id }) => id !== null).map(({ range }) => range.start.line));
  const found: RunbookReference[] = [];
  for (let at = 0; at < source.lineCount; at++) {
    if (taken.has(at)) continue;
    const start = source.lineStart(at);
    const text = source.text.slice(start, Math.min(source.lineEnd(at), start + MAX_LINE));
    if (!/-\d/.test(text)) continue;
    const seen = new Set<string>();
    for (const match of text.matchAll(MENTION)) {
      const id = match[1] ?? match[2] ?? match[3] ?? '';
      // The expression ignores case for its words; an id is written in capitals.
      if (!WHOLE_ID.test(id) || FOREIGN.test(id) || seen.has(id)) continue;
      seen.add(id);
      const offset = start + match.index + match[0].indexOf(id);
      found.push({
        kind: 'mentioned',
        id,
        title: null,
        target: null,
        range: source.range(offset, offset + id.length),
      });
    }
  }
  return found;
}
