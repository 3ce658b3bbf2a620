/**
 * YAML runbooks: `runbook: 1` at the root, `name`, and `steps` with `run` or `manual`. Severities and contacts are read
 * wherever they stand. Any other YAML is an empty Runbook with those facts alone: it belongs to another tool.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, Scalar } from 'yaml';
import type { SourceText } from '../text.ts';
import { Block } from './blocks/block.ts';
import { blockFacts } from './blocks/blockFacts.ts';
import { readContacts } from './facts/contacts.ts';
import { readEscalation } from './facts/escalation.ts';
import type { Facts } from './facts/facts.ts';
import { readSeverityScales } from './facts/severity.ts';
import { readYamlFacts } from './facts/yamlFacts.ts';
import { lazy } from './lazy.ts';
import { type Draft, finishSteps } from './steps.ts';
import type { Runbook } from './types.ts';
import { readInputs, readVariables } from './variables.ts';

type YamlMap = Node & { items: Pair[] };

/** Reads a YAML document as a runbook; its strings under known keys are its steps. */
export function parseYamlRunbook(source: SourceText): Runbook {
  const root = readRoot(source.text);
  const version = root === null ? undefined : get(root, 'runbook');
  const declared = isScalar(version) && version.value === 1;
  const steps = lazy(() => (root === null || !declared ? [] : finishSteps(stepDrafts(source, root), [])));
  const facts = lazy((): Facts => {
    const found = readYamlFacts(source.text);
    const range = (start: number, end: number) => source.range(start, end);
    return {
      source,
      sections: [],
      tables: [],
      steps: steps(),
      lines: [],
      yaml: found === null ? [] : [{ facts: found, section: null, range }],
      titles: () => [],
    };
  });
  const severityScales = lazy(() => readSeverityScales(facts()));
  const escalation = lazy(() => readEscalation(facts(), severityScales()));
  const contacts = lazy(() => readContacts(facts()));
  const variables = lazy(() => readVariables(source, steps()));
  const inputs = lazy(() => readInputs(source, steps()));
  const title = root === null || !declared ? null : (text(get(root, 'name')) ?? text(get(root, 'title')));
  return {
    source,
    format: 'yaml',
    title,
    frontMatter: null,
    sections: [],
    get steps() {
      return steps();
    },
    tables: [],
    get severityScales() {
      return severityScales();
    },
    get escalation() {
      return escalation();
    },
    get contacts() {
      return contacts();
    },
    templates: [],
    alerts: [],
    profile: { name: 'lenient', basis: 'none' },
    metadata: [],
    references: [],
    scripts: [],
    times: [],
    roles: [],
    changeWindows: [],
    criteria: [],
    objectives: [],
    cautions: [],
    entryPoints: [],
    get inputs() {
      return inputs();
    },
    links: [],
    get variables() {
      return variables();
    },
    anchors: [],
    declared,
  };
}

/** The root mapping; null where there is none. Custom tags are not resolved and aliases are not followed. */
function readRoot(source: string): YamlMap | null {
  try {
    const document = parseDocument(source, {
      prettyErrors: false,
      logLevel: 'silent',
      uniqueKeys: false,
      lineCounter: new LineCounter(),
    });
    return isMap(document.contents) ? (document.contents as YamlMap) : null;
  } catch {
    return null;
  }
}

function get(map: YamlMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

function text(node: unknown): string | null {
  return isScalar(node) && typeof node.value === 'string' && node.value.trim() !== ''
    ? node.value.trim()
    : null;
}

function stepDrafts(source: SourceText, root: YamlMap): Draft[] {
  const steps = get(root, 'steps');
  if (!isSeq(steps)) return [];
  const shell = defaultShell(root);
  const drafts: Draft[] = [];
  for (const item of steps.items) {
    if (!isMap(item)) continue;
    const draft = stepDraft(source, item as YamlMap, shell, drafts.length + 1);
    if (draft !== null) drafts.push(draft);
  }
  return drafts;
}

function defaultShell(root: YamlMap): string {
  const defaults = get(root, 'defaults');
  const run = isMap(defaults) ? get(defaults as YamlMap, 'run') : undefined;
  return (isMap(run) ? text(get(run as YamlMap, 'shell')) : null) ?? 'bash';
}

function stepDraft(source: SourceText, map: YamlMap, shell: string, number: number): Draft | null {
  const given = text(get(map, 'id'));
  const name = text(get(map, 'name'));
  const run = get(map, 'run');
  const manual = text(get(map, 'manual'));
  const [start] = map.range ?? [0, 0];
  const range = source.range(start, endOf(map));
  const sectionPath = name === null ? [] : [name];
  if (isScalar(run) && typeof run.value === 'string') {
    const content = run.value.replace(/\n+$/, '');
    const toSource = scalarMap(source, run as Scalar<string>, content);
    const facts = blockFacts(text(get(map, 'shell')) ?? shell, content);
    const place = {
      source,
      content,
      range,
      toSource,
      contentStart: toSource(0),
      empty: content === '',
      closed: true,
      listDepth: 0,
      quoted: false,
      name,
    };
    return {
      unnamed: { kind: 'block', slug: 'step', given },
      section: null,
      facts,
      build: (id, _, variables) => new Block(id, null, sectionPath, facts, place, variables),
    };
  }
  if (manual === null) return null;
  return {
    unnamed: { kind: 'instruction', slug: 'step', given },
    section: null,
    facts: null,
    build: (id) => ({
      kind: 'instruction',
      id,
      range,
      section: null,
      sectionPath,
      text: manual,
      number,
      inlineCommands: [],
      within: null,
    }),
  };
}

function endOf(map: YamlMap): number {
  const last: Pair | undefined = map.items[map.items.length - 1];
  const value = (last?.value as Node | null | undefined)?.range?.[1];
  const key = (last?.key as Node | null | undefined)?.range?.[1];
  return value ?? key ?? map.range?.[1] ?? 0;
}

/**
 * Maps a scalar's value to the source. A literal block keeps its lines, so each is found in order below its header; plain
 * and quoted scalars are searched for line by line too. Where folding or an escape changed a line, its start is given.
 */
function scalarMap(source: SourceText, scalar: Scalar<string>, content: string): (offset: number) => number {
  const [start, end] = scalar.range ?? [0, 0];
  const block = scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED;
  const lines = content.split('\n');
  const places: { content: number; source: number; exact: boolean }[] = [];
  let at = block ? source.lineStart(source.positionAt(start).line + 1) : start;
  let offset = 0;
  for (const line of lines) {
    const found = line === '' ? at : source.text.indexOf(line, at);
    const exact = found !== -1 && found + line.length <= Math.max(end, start);
    places.push({ content: offset, source: exact ? found : at, exact });
    if (exact) {
      const lineEnd = source.lineEnd(source.positionAt(found + line.length).line);
      const next = source.lineStart(source.positionAt(lineEnd).line + 1);
      at = block ? Math.min(next, end) : found + line.length;
    }
    offset += line.length + 1;
  }
  return (value) => {
    const clamped = Math.max(0, Math.min(value, content.length));
    const index = places.findLastIndex((place) => place.content <= clamped);
    const place = places[Math.max(0, index)];
    if (place === undefined) return start;
    return place.exact ? place.source + clamped - place.content : place.source;
  };
}
