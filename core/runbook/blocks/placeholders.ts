/**
 * Placeholders: text that a person must replace before a block can run. Found by form alone, so each form has its traps,
 * and a form that is more often something real than a placeholder is left alone.
 */

import type { Placeholder } from '../types.ts';
import { CODE, COMMENT, SINGLE_QUOTED, shellContexts } from './shellText.ts';

/** A placeholder by offsets into the block's content. */
export interface FoundPlaceholder {
  readonly name: string;
  readonly text: string;
  readonly style: Placeholder['style'];
  readonly start: number;
  readonly end: number;
}

type Kind = 'shell' | 'sql' | 'prose';

/** Languages whose blocks hold placeholders, and how to read them. In data and program code `<x>` means other things. */
function kindOf(language: string): Kind | null {
  if (/^(?:bash|sh|zsh|fish|console|powershell|cmd|http|promql|logql)$/.test(language)) return 'shell';
  if (language === 'sql') return 'sql';
  return language === 'text' || language === 'markdown' ? 'prose' : null;
}

/** Finds the placeholders of a block, in order, without overlaps. Comments hold none. */
export function findPlaceholders(content: string, language: string): FoundPlaceholder[] {
  const kind = kindOf(language);
  if (
    kind === null ||
    !/[<[{]|your|xxx|\.x{1,3}\b|[A-Z]_[A-Z]|NAMESPACE|HOSTNAME|CHANGEME|YYYY|:\/\/|["'](?:new|old|actual|previous|desired|correct|specific|list)[_-]/i.test(
      content,
    )
  )
    return [];
  const contexts = kind === 'shell' ? shellContexts(content) : null;
  const comments = kind === 'sql' ? sqlComments(content) : [];
  const inComment = (at: number): boolean =>
    contexts !== null ? contexts[at] === COMMENT : comments.some(([from, to]) => at >= from && at < to);
  const candidates: FoundPlaceholder[] = [
    ...angles(content, kind),
    ...mustaches(content),
    ...brackets(content, kind, contexts),
    ...yours(content),
    ...replaceMes(content),
  ];
  if (kind !== 'prose')
    candidates.push(...dummies(content), ...quoted(content), ...braces(content, contexts), ...dates(content));
  if (contexts !== null) candidates.push(...caps(content, contexts));
  candidates.sort((a, b) => a.start - b.start || b.end - a.end);
  const found: FoundPlaceholder[] = [];
  let end = 0;
  for (const candidate of candidates) {
    if (candidate.start < end || inComment(candidate.start)) continue;
    found.push(candidate);
    end = candidate.end;
  }
  return found;
}

function sqlComments(content: string): [number, number][] {
  return [...content.matchAll(/--.*$|\/\*[^*]*\*\//gm)].map((m) => [m.index, m.index + m[0].length]);
}

/** The line up to an offset, or the last 400 characters of it. */
function lineBefore(content: string, at: number): string {
  const from = Math.max(0, at - 400);
  const text = content.slice(from, at);
  return text.slice(text.lastIndexOf('\n') + 1);
}

function* matches(
  content: string,
  pattern: RegExp,
  style: Placeholder['style'],
  accept: (name: string, at: number, text: string) => boolean,
): Generator<FoundPlaceholder> {
  for (const match of content.matchAll(pattern)) {
    const name = (match[1] ?? match[0]).trim();
    if (!accept(name, match.index, match[0])) continue;
    yield { name, text: match[0], style, start: match.index, end: match.index + match[0].length };
  }
}

/** What stands in angle brackets and is output, elision or markup. */
const NO_ANGLE =
  /^(?:snip|none|null|nil|unknown|unset|missing|omitted|redacted|pending|invalid|eof|eot|br|hr)$/i;

function angles(content: string, kind: Kind): Iterable<FoundPlaceholder> {
  const closed = new Set([...content.matchAll(/<\/([^<>\s]{1,80})>/g)].map((match) => match[1] ?? ''));
  return matches(
    content,
    /<([\p{L}\d_](?:[^<>\n|&;$`"\\]{0,78}[^<>\s|&;$`"\\=])?)>/gu,
    'angle',
    (name, at, text) => {
      if (NO_ANGLE.test(name)) return false;
      const before = content[at - 1] ?? '';
      const after = content[at + text.length] ?? '';
      // `<<EOF>file`, `=<x>` in a comparison, `->`, `List<String>`.
      if (before === '<' || after === '>' || (/\d/.test(name[0] ?? '') && /^\d+$/.test(name))) return false;
      if (closed.has(name.split(/\s/)[0] ?? name) || /\s\w+=/.test(name)) return false;
      // `<mail@host.tld>` is an address; `<in.sql>out.log` is two redirections; `https://…` an autolink.
      if (/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(name) || /^[a-z]+:\/\//i.test(name)) return false;
      if (/\.[a-z]{2,4}$/i.test(name) && /[\w./]/.test(after)) return false;
      return kind !== 'sql' || !/\s(?:and|or)\s/i.test(name);
    },
  );
}

/** Words that open an action of a Go template; a leading dot or dollar is one too. */
const GO_ACTION =
  /^(?:range|end|if|else|with|define|template|block|break|continue|printf?|println|json|index|len|join|split|upper|lower|title|slice|table|resolve:)\b/;

function mustaches(content: string): Iterable<FoundPlaceholder> {
  return matches(content, /\{\{-?\s*([A-Za-z_][\w .:-]{0,78}?)\s*-?\}\}/g, 'mustache', (name, at) => {
    return content[at - 1] !== '$' && !GO_ACTION.test(name);
  });
}

const NO_BRACKET =
  /^(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL|CRITICAL|NOTICE|OK|FAIL|FAILED|PASS|PASSED|SKIP|NOTE|TODO|DONE|YES|NO|ALERT|EMERG|TRUE|FALSE|NULL|PENDING|RUNNING|UP|DOWN|SUCCESS|UTC|TIP|IMPORTANT|CAUTION|OPTIONS?|ARGS|ARGUMENTS|FLAGS?|COMMAND|SUBCOMMAND)$/;

/** The time at the start of a line of a log. */
const LOGGED = /^\s*\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d/;

function brackets(content: string, kind: Kind, contexts: Uint8Array | null): Iterable<FoundPlaceholder> {
  const pattern =
    kind === 'prose'
      ? /\[([\p{L}][^[\]\n]{1,78})\]/gu
      : /\[([A-Z][A-Z0-9]+(?:[_ -][A-Z0-9]+)*|[a-z][a-z0-9]+(?:[-_][a-z0-9]+)+|[Yy]our [\w -]{1,40})\]/g;
  return matches(content, pattern, 'bracket', (name, at, text) => {
    if (NO_BRACKET.test(name)) return false;
    const before = content[at - 1] ?? '\n';
    const after = content[at + text.length] ?? '\n';
    // A log names its threads and its files in brackets: nobody fills them in.
    if (kind === 'prose' && LOGGED.test(lineBefore(content, at))) return false;
    if (kind === 'prose') return after !== '(' && after !== '[' && before !== ']' && before !== '\\';
    // A whole word or path segment alone: `${LIST[KEY]}`, `[[ … ]]`, `[A-Z]*` and JSON paths are not asked for.
    if (!/[\s/:="'@,-]/.test(before) || !/[\s/:"'@,.-]/.test(after)) return false;
    if (contexts !== null && contexts[at] !== CODE) {
      if (/\b(?:e?grep|rg|sed|awk|jq|tr|perl)\b/.test(lineBefore(content, at))) return false;
    }
    return kind !== 'sql' || /_/.test(name);
  });
}

const YOUR =
  /\b(?:\w*YOUR[_-]\w+(?:-[A-Z0-9]\w*)*|[Yy]our[_-][A-Za-z0-9]\w*(?:-[A-Za-z0-9]\w*)*|your(?:domain|company|org|organi[sz]ation|app|project|username|password|cluster|bucket|registry|namespace|host|server|email|token|key|account|site|repo|region|service|team|name)\b)/g;

function yours(content: string): Iterable<FoundPlaceholder> {
  return matches(content, YOUR, 'your', (name, at) => {
    const before = content[at - 1] ?? '';
    // `$YOUR_KEY` is a variable, `YOUR_KEY=` sets one.
    if (before === '$' || (before === '{' && content[at - 2] === '$')) return false;
    const after = content[at + name.length] ?? '';
    return !(after === '=' && /^[\s;&|(]?$/.test(before));
  });
}

function replaceMes(content: string): Iterable<FoundPlaceholder> {
  return matches(
    content,
    /\b(?:CHANGE_?ME|REPLACE_?ME|FILL_?ME_?IN|(?:REPLACE|INSERT)_(?:WITH_|BY_)?[A-Z0-9_]+|[A-Z][A-Z0-9_]*_(?:GOES_)?HERE)\b/g,
    'caps',
    (name, at) => !/[$\w{]/.test(content[at - 1] ?? '') && content[at + name.length] !== '=',
  );
}

/** `10.0.x.x`, `x.x.x.x`: an address of which parts are left out. */
const DUMMY_ADDRESS =
  /(?<![\w.-])\d{1,3}\.(?:(?:x{1,3}|\d{1,3})\.){2}(?:x{1,3}|\d{1,3})(?![\w.-])|(?<![\w.-])x{1,3}(?:\.x{1,3}){3}(?![\w.-])/gi;

/** Identifiers of x alone: `sg-xxxxxxxxx`, `xxx-xxx`. Templates of `mktemp` look the same and are not meant. */
function* dummies(content: string): Generator<FoundPlaceholder> {
  yield* matches(content, DUMMY_ADDRESS, 'dummy', (name) => /x/i.test(name));
  yield* matches(
    content,
    /(?<![\w$-])[A-Za-z0-9_-]*(?<![A-Za-z0-9])[xX]{3,}(?![A-Za-z0-9])[A-Za-z0-9_-]*/g,
    'dummy',
    (_, at) => {
      return !/\bmktemp\b/.test(lineBefore(content, at));
    },
  );
}

/** A whole value in quotes that says what should stand there: `'list-of-affected-ids'`, `"value":"new_database_url"`. */
function quoted(content: string): Iterable<FoundPlaceholder> {
  return matches(
    content,
    /(?<=["'])(?:list[-_]of[-_][a-z0-9_-]{2,40}|(?:new|old|actual|previous|desired|correct|specific)[-_](?:[a-z0-9]+[-_]){0,3}(?:urls?|uri|password|secret|token|key|ids?|host|hostname|value|version|endpoint|hash|sha|commit|tag|revision))(?=["'])/g,
    'dummy',
    // A key of JSON or of a call names a field.
    (name, at) =>
      content[at - 1] === content[at + name.length] &&
      !/^["']\s*(?::|=>?|\])/.test(content.slice(at + name.length, at + name.length + 6)),
  );
}

/** Tools to which `{x}` means something. */
const READS_BRACES =
  /(?:^|[\s|;&(])(?:g?awk|jq|sed|xargs|find|fd|perl|rg|parallel|yq|envsubst|python3?|node|ruby|php)\s|--?(?:format|template|output|o|w|jsonpath)[\s=]/;

/** `curl https://host/videos/{video_id}`: one name in braces, as paths of an interface are written. */
function* braces(content: string, contexts: Uint8Array | null): Generator<FoundPlaceholder> {
  for (const match of content.matchAll(
    /(?<=[\s/=:"'.-])\{([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)\}(?=[\s/:"'.?&,)-]|$)/gim,
  )) {
    const name = match[1] ?? '';
    const at = match.index;
    if (contexts !== null && contexts[at] === SINGLE_QUOTED) continue;
    if (
      !/[-_]|^(?:id|name|namespace|host|pod|node|user|env|region|table|reason|version|tag|token|date|uuid|slug|service)$/i.test(
        name,
      )
    )
      continue;
    if (READS_BRACES.test(lineBefore(content, at))) continue;
    yield { name, text: match[0], style: 'mustache', start: at, end: at + match[0].length };
  }
}

/** `backups/YYYY-MM-DD_HH-MM-SS`: a date to write out. Formats of dates look the same and are not meant. */
function dates(content: string): Iterable<FoundPlaceholder> {
  return matches(
    content,
    /(?<![A-Za-z%+])YYYY[-_/]?MM[-_/]?DD(?:[T_ -]?HH[-_:]?MM(?:[-_:]?SS)?)?(?![A-Za-z])/g,
    'caps',
    (_, at) =>
      !/\b(?:to_char|to_date|to_timestamp|date_format|format|strftime|moment|pattern)\b/i.test(
        lineBefore(content, at),
      ),
  );
}

/** What an all-caps operand must end in to be taken for a name that stands for a value. */
const CAPS_NOUN =
  /_(?:NAME|ID|IDS|DATE|HOST|HOSTNAME|URL|URI|TOKEN|FILE|FILENAME|PATH|DIR|VERSION|TAG|ARN|REGION|BUCKET|INSTANCE|NUMBER|POD|NAMESPACE|ADDRESS|IP|PORT|USER|USERNAME|HASH|SHA|COMMIT|BRANCH|TIMESTAMP|REVISION|CLUSTER|CONTAINER|IMAGE|DEPLOYMENT|SERVICE|NODE|DOMAIN|EMAIL|ACCOUNT|PROJECT|SLUG|UUID)$/;
const CAPS_WORD =
  /^(?:NAMESPACE|HOSTNAME|USERNAME|PODNAME|DEPLOYMENT|CONTAINER|CLUSTER|REVISION|FILENAME|BUCKET)$/;
/** Parts of `postgres://USER:PASSWORD@HOST:5432/DB`. */
const CAPS_IN_URL = /^(?:USER|USERNAME|PASSWORD|PASS|HOST|PORT|DATABASE|DBNAME|DB|PROJECT|ACCOUNT)$/;

function isInUrl(before: string): boolean {
  return /[a-z]:\/\/[^\s"']*$/.test(before.slice(-200));
}

/** Commands whose operands are names of variables, patterns or messages. */
const NAMES_VARIABLES =
  /(?:^|[\s|;&(])(?:e?grep|rg|ag|sed|awk|jq|echo|printf|export|unset|declare|typeset|local|readonly|read|printenv|set|env|getent|secret|secrets|variable|variables|config:get|config:set|vars)(?=\s)/;

/** Bare all-caps operands (`resolve --rolled-back MIGRATION_NAME`): whole unquoted words, first words and options left out. */
function* caps(content: string, contexts: Uint8Array): Generator<FoundPlaceholder> {
  for (const match of content.matchAll(
    /(?<=[\s/:=@-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?=[\s/:@,.;)"'?]|-[a-z]|$)/gm,
  )) {
    const name = match[0];
    const at = match.index;
    const before = lineBefore(content, at);
    if (
      CAPS_IN_URL.test(name) &&
      isInUrl(before) &&
      contexts[at] !== COMMENT &&
      contexts[at] !== SINGLE_QUOTED
    ) {
      yield { name, text: name, style: 'caps', start: at, end: at + name.length };
      continue;
    }
    // Elsewhere a quote ends text, and only a name of several words is one in front of `-compute`.
    if (/["'?]/.test(content[at + name.length] ?? '')) continue;
    if (content[at + name.length] === '-' && !name.includes('_')) continue;
    if (contexts[at] !== CODE || !(CAPS_NOUN.test(name) || CAPS_WORD.test(name))) continue;
    const lineStart = at - before.length;
    const continues = lineStart > 1 && (content[lineStart - 1] !== '\n' || content[lineStart - 2] === '\\');
    const statement = before.slice(
      Math.max(before.lastIndexOf('|'), before.lastIndexOf(';'), before.lastIndexOf('&')) + 1,
    );
    if (statement.trim() === '' && !continues) continue;
    // `--set-secrets=A=A:latest` and `for NAME in` name variables too.
    if (/--[\w-]*(?:secret|env|var)[\w-]*=\S*$|(?:^|\s)(?:for|select)\s+$/.test(before)) continue;
    if (
      NAMES_VARIABLES.test(statement) ||
      /(?:^|\s)(?:-e|--env|--from-env|-v|--build-arg|--metric-name|--set)[\s=]+$/.test(before)
    )
      continue;
    yield { name, text: name, style: 'caps', start: at, end: at + name.length };
  }
}
