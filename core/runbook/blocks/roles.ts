/**
 * What a block is there for. Its own text decides first; where that says little (plain text, Markdown, JSON), the words
 * above it do: "Expected output", "Communication Templates". What a shell would run keeps its role whatever stands above.
 */
import type { BlockRole } from '../types.ts';
import { isSentence, isTableHead } from './answers.ts';
import { isDrawn } from './languages.ts';
import { showsConfiguration } from './listing.ts';

/** Languages whose whole content is a drawing. */
const DIAGRAMS = /^(?:mermaid|plantuml|puml|dot|graphviz|ditaa|d2|svgbob|ascii|vega|vega-lite)$/;
/** Languages that somebody sends by hand: to a database, a monitoring system, a server. */
const QUERIES =
  /^(?:sql|promql|logql|kql|kusto|http|graphql|cypher|mongo|mongodb|redis|spl|esql|lucene|influxql|flux)$/;
/** Facts or configuration, whichever their keys say. */
const DATA = /^(?:yaml|json|json5|jsonc|toml|csv|tsv|xml)$/;

/** The role of a block that no interpreter is given. */
export function roleOfText(language: string, content: string): BlockRole {
  if (DIAGRAMS.test(language)) return 'diagram';
  if (QUERIES.test(language)) return 'run';
  if (DATA.test(language)) return showsConfiguration(language, content) ? 'listing' : 'data';
  if (language === 'markdown') return asksToFillIn(content) ? 'template' : 'prose';
  if (language !== 'text') return 'listing';
  if (isDiagram(content)) return 'diagram';
  if (isEnvironment(content)) return 'listing';
  if (isOutput(content)) return 'output';
  return asksToFillIn(content) ? 'template' : 'prose';
}

const OUTPUT_TITLE =
  /\b(?:outputs?|response|results?|log(?:s| (?:lines?|output|message))?|symptoms?|stack ?trace|error message)\b/i;
const OUTPUT_LEAD =
  /\b(?:expected|sample|example|typical|progress)\s+(?:\w+\s+)?(?:outputs?|response|results?|logs?)\b|^outputs?$|^response\s*(?:\(|:|$)/i;
const TEMPLATE_TITLE =
  /templates?\b|post[ -]?mortem|communicat|notification|announce|status (?:page|update)|\b(?:customer|stakeholder|slack|e-?mail) (?:message|email|update|notice)|(?:incident|pir) report\b|incident log/i;

/**
 * The role in its place.
 *
 * @param own What the text says by itself.
 * @param title The words right above the block, or its heading.
 * @param sections Titles from the outermost heading to the nearest.
 */
export function roleInPlace(
  own: BlockRole,
  language: string,
  content: string,
  title: string,
  sections: readonly string[],
): BlockRole {
  const data = own === 'data' || (own === 'listing' && language === 'json');
  if (data) return OUTPUT_LEAD.test(title) || isRecord(content, language) ? 'output' : own;
  if (language !== 'text' && language !== 'markdown') return own;
  const near = [title, ...sections.slice(-2)];
  if (language === 'text' && OUTPUT_LEAD.test(title)) return 'output';
  if (own === 'diagram' || own === 'listing')
    return language === 'text' && /^outputs?$/i.test(title) ? 'output' : own;
  if (near.some((words) => TEMPLATE_TITLE.test(words)) && isMessage(content) && own !== 'output')
    return 'template';
  if (language === 'text' && own === 'prose' && OUTPUT_TITLE.test(title) && !isChat(content)) return 'output';
  return own;
}

/** An object of a log: one line, with a time, a level or a message. */
function isRecord(content: string, language: string): boolean {
  return (
    language === 'json' && /"(?:level|lastTransitionTime|lastHeartbeatTime)"\s*:/.test(content.slice(0, 2000))
  );
}

const FILL_IN =
  /\[[A-Za-z][^[\]\n(]{0,80}\](?![([])|<[A-Za-z][^<>\n]{1,60}>|\bYYYY\b|\bHH:MM\b|\{\{?[A-Za-z_][\w .]{0,40}\}\}?|_{3,}|\bX (?:hours?|minutes?)\b|\bTBD\b/;

/** Whether places are left open: names with nothing or with a placeholder behind the colon, brackets, boxes to tick. */
function asksToFillIn(content: string): boolean {
  const lines = content.split('\n').slice(0, 200);
  const open = lines.filter(
    (line) =>
      /^\s*(?:[-*]\s+)?(?:\*\*)?[\p{L}][\p{L}\d /#()-]{1,40}:?(?:\*\*)?:?\s*$/u.test(line) &&
      line.includes(':'),
  );
  const filled = lines.filter((line) => FILL_IN.test(line));
  const boxes = lines.filter((line) => /^\s*(?:[-*]\s+)?\[[ xX]?\]\s/.test(line));
  return (
    boxes.length >= 3 || filled.length >= 2 || (filled.length >= 1 && open.length >= 1) || open.length >= 4
  );
}

/** Words for people: no drawing, no table of values. */
function isMessage(content: string): boolean {
  if (isDrawn(content) || /-->|==>/.test(content)) return false;
  const letters = content.match(/\p{L}/gu)?.length ?? 0;
  return letters * 2 > content.replace(/\s/g, '').length && /\p{L} \p{L}/u.test(content);
}

/** What somebody types to a person or a bot. */
function isChat(content: string): boolean {
  return /^\s*[@/][a-z][\w-]*(?:\s|$)/.test(content) || /\?\s*$/.test(content);
}

const ARROW = /→|↓|↑|←|⇒|►|▶|â†’|â†“|-{1,3}>|=>|<-{1,3}/;

/** Boxes and lines, a tree of files, or steps with arrows between them. */
function isDiagram(content: string): boolean {
  if (isDrawn(content) && !/^[\s━─═-]+$/m.test(content.split('\n')[0] ?? '')) return true;
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  if (lines.some((line) => /^\s*(?:[|v↓▼│]\s*)+$/.test(line)) && lines.length > 2) return true;
  const arrows = lines.filter((line) => ARROW.test(line));
  if (lines.every((line) => /^\s*\d+[.)]/.test(line))) return false;
  return arrows.length >= 2 || (arrows[0]?.split(/→|-{1,3}>|=>/).length ?? 0) > 2;
}

/** Settings of an environment file alone. */
function isEnvironment(content: string): boolean {
  const lines = content.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return lines.length > 0 && lines.every((line) => /^(?:export\s+)?[A-Z][A-Z0-9_]*=/.test(line.trim()));
}

const LOG =
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:|^\[?\d\d:\d\d:\d\d|^[IWEF]\d{4} \d\d:|^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|^\[?(?:INFO|WARN(?:ING)?|ERROR|DEBUG|FATAL)\b|^\S{1,40}\.go:\d+\]|^\{"(?:level|ts|time|timestamp|component|msg)"|^(?:Warning|Normal)\s{2,}|^\d+ \w+\.go:\d+\]/;

/** What a program printed: a table, a log, an error, marks of success. */
function isOutput(content: string): boolean {
  const lines = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.some(
    (line, index) =>
      (index < 3 && (isTableHead(line) || /^[-+=|]{3}[-+=| ]+$/.test(line))) ||
      LOG.test(line) ||
      /^(?:Error|ERROR|error|Fatal|panic|Traceback)\b[^.]{0,40}:/.test(line) ||
      (/^[✓✔✅❌✗]|^\[(?:ok|OK|FAIL|✓|✗|PASS)\]/.test(line) && !/:\s*\[/.test(line) && !isSentence(line)) ||
      /^- \w+ = \S/.test(line),
  );
}
