/** What a help text or a man page says of a program's options: whether each takes a value. */

export type Takes = 'value' | 'optional' | 'nothing';

/** Options of one program or sub-command, by name with its dashes. */
export type Options = ReadonlyMap<string, Takes>;

/** A name, with what may stand behind it for a value: `-n`, `--name=X`, `-n[X]`, `--name[=X]`, `--[no-]name`. */
const NAME = /^(?<name>-{1,2}(?:\[no-?\])?[A-Za-z0-9@?][\w.@?-]*?)(?<attached>\[?[=:]?[[<{"'].*|=.*|:.*)?$/;
/** Types that Go programs show behind an option. */
const GO_TYPE =
  /^(?:string|strings|int|int32|int64|uint|uint32|uint64|float|float64|bytes|duration|list|stringArray|stringSlice|stringToString|command|ulimit|mount|network|filter|gpu-request|decimal|pem|credential-spec|ip|ipSlice|count|value|path|file)$/;
/** Words that are more likely a description: `-v verbose`. */
const DESCRIPTION =
  /^(?:verbose|quiet|help|version|all|raw|silent|debug|force|recursive|no|none|default|auto|usage)$/;
/** A word for a value that stands alone behind an option: `FILE`, `<file>`, `{a,b}`, `"text"`, `file|device`, `[FILE]`. */
const VALUE = /^(?:[A-Z][\w.:/|,=#+*()<>[\]-]*|[<{"'[(].*|[\w.:/|,-]*[|:/][\w.:/|,-]*)$/;

/**
 * Reads a help text. Options that it shows in two ways, and lines that may be read in two ways, are left out: what is there is
 * what the text says.
 *
 * @param doubtSilence A text of many options that shows hardly a value says nothing of those that it shows without one.
 */
export function optionsOf(text: string, doubtSilence = true): Options {
  const found = new Map<string, Takes>();
  const doubtful = new Set<string>();
  const lines = text
    .replace(/.\x08/g, '')
    .replace(/\x1b\[[\d;]*m/g, '')
    .replaceAll('\t', '        ')
    .split(/\r?\n/);
  for (const line of lines) {
    const shown = optionsIn(line);
    if (shown === null) continue;
    for (const [name, takes] of shown) {
      if (takes === null || (found.has(name) && found.get(name) !== takes)) doubtful.add(name);
      else found.set(name, takes);
    }
  }
  for (const name of doubtful) found.delete(name);
  if (!doubtSilence || found.size < 8) return found;
  const values = [...found.values()].filter((takes) => takes !== 'nothing').length;
  if (values < found.size / 16)
    for (const [name, takes] of found) if (takes === 'nothing') found.delete(name);
  return found;
}

/** What one line says of the options that it begins with; null where it begins with none. */
function optionsIn(line: string): (readonly [string, Takes | null])[] | null {
  const indented = /^\s{0,20}(?:\*\s+|·\s+)?(?=-{1,2}[\w@?[])(?<rest>.*)$/.exec(line)?.groups?.rest;
  if (indented === undefined) return null;
  // kubectl: `--watch=false: …`, and without the colon in its man pages, is a switch, `--output='':` and `--filename=[]:` take a value.
  const kubectl = /^(?<names>(?:-\w, )?--[\w-]+)=(?<default>[^:\s]*)(?::(?:\s|$)|\s{2,}|$)/.exec(
    indented,
  )?.groups;
  if (kubectl && /^(?:true|false|'.*'|\[.*\]|\d+\w*|)$/.test(kubectl.default ?? '')) {
    const takes = /^(?:true|false)$/.test(kubectl.default ?? '') ? 'nothing' : 'value';
    return (kubectl.names ?? '').split(', ').map((name) => [name, takes]);
  }
  const { items, complete } = itemsOf(indented);
  let takes: Takes | null = 'nothing';
  const names: string[] = [];
  for (const item of items) {
    const read = readItem(item);
    if (read === null) {
      takes = null;
      continue;
    }
    names.push(...read.names);
    if (takes !== null && read.takes !== 'nothing')
      takes = takes === 'nothing' || takes === read.takes ? read.takes : null;
    if (read.takes === null) takes = null;
  }
  if (!complete) takes = null;
  return names.map((name) => [name, takes]);
}

/** The parts of an option's head: `-n NAME, --name=NAME`, `-n | --name`; the description behind two blanks is cut off. */
function itemsOf(rest: string): { items: string[]; complete: boolean } {
  const items: string[] = [];
  let text = rest;
  for (;;) {
    const match =
      /^(?<item>-{1,2}[^\s,]*(?:\s(?![\s|-])(?:\{[^}]*\}|[^\s,]+)(?=\s{2,}|$|,\s|\s*\||\s:\s)|\s{2,}<[^>]+>)?)(?<after>.*)$/.exec(
        text,
      )?.groups;
    if (!match) return { items, complete: false };
    items.push((match.item ?? '').replace(/[:;]$/, ''));
    const after = match.after ?? '';
    const next = /^(?:\s*,\s*|\s*\|\s*|\s*\/\s*|\s+or\s+|\s{1,12})(?=-{1,2}[A-Za-z0-9[?])(?<more>.*)$/.exec(
      after,
    )?.groups?.more;
    if (next === undefined) return { items, complete: /^(?:\s{2,}|\s*$|\s+[–—-]\s)/.test(after) };
    text = next;
  }
}

function readItem(item: string): { names: string[]; takes: Takes | null } | null {
  const [head = '', value] = item.split(/\s+(.*)/s);
  const groups = NAME.exec(head)?.groups;
  if (!groups?.name) return null;
  const names = groups.name.includes('[')
    ? [groups.name.replace(/\[.*\]/, ''), groups.name.replace(/[[\]]/g, '')]
    : [groups.name];
  const { attached } = groups;
  if (attached !== undefined) {
    if (/^:?$/.test(attached)) return { names, takes: 'nothing' };
    return { names, takes: /^\[/.test(attached) ? 'optional' : 'value' };
  }
  if (value === undefined) return { names, takes: 'nothing' };
  if (/^\(boolean\)$/.test(value)) return { names, takes: 'nothing' };
  if (/^\[/.test(value)) return { names, takes: 'optional' };
  if (DESCRIPTION.test(value)) return { names, takes: null };
  if (GO_TYPE.test(value) || VALUE.test(value) || /^[a-z][\w.-]*$/.test(value))
    return { names, takes: 'value' };
  return { names, takes: null };
}

/** Names of sub-commands: first words of lines below a heading that speaks of commands. */
export function commandsIn(text: string): string[] {
  const found: string[] = [];
  let below = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s{0,3}\S.*:\s*$/.test(line)) below = /command/i.test(line);
    else if (/^\S/.test(line)) below = /commands?\b/i.test(line) && line.length < 60;
    else if (below) {
      const name = /^\s{1,8}(?<name>[a-z][\w-]*)(?:, [a-z][\w-]*)?\*?(?:\s{2,}\S|\s*$|\s+[A-Z<[])/.exec(line)
        ?.groups?.name;
      if (name !== undefined) found.push(name);
    }
  }
  return found;
}
