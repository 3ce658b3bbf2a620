/**
 * YAML in fences as a flat list of its keys, each with its path, its value and the items of its list. Operations documents
 * write plans in YAML without a schema; what a key means is for each reader to say. Configuration of tools is left out: its
 * keys say what a machine does.
 */
import type { Range } from '../../text.ts';
import { boundedCache } from '../lazy.ts';
import type { Facts } from './facts.ts';
import { type YamlNode, yamlTree } from './yamlTree.ts';

/** A scalar with its place. */
export interface PlanText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A key of the plan. */
export interface PlanEntry {
  readonly key: string;
  /** Keys around it, outermost first; items of lists have no key of their own. */
  readonly path: readonly string[];
  /** A scalar value, else null. */
  readonly value: string | null;
  /** Scalars of a list, or of a map whose keys are numbers (`1: Stop`). */
  readonly items: readonly PlanText[];
  /** How many keys a map has; 0 where the value is no map. */
  readonly keys: number;
  /** From the key to the end of a scalar value; else the key alone. */
  readonly start: number;
  readonly end: number;
}

/** A plan in a fence, with a map from its offsets to the source. */
export interface PlacedPlan {
  readonly entries: readonly PlanEntry[];
  readonly section: number | null;
  readonly range: (start: number, end: number) => Range;
}

/** Keys at the root that only configuration has. */
const CONFIGURATION =
  /^(?:apiVersion|kind|metadata|AWSTemplateFormatVersion|Resources|services|image|jobs|on|groups|rules|alert|expr|record|route|receivers|inhibit_rules|global|scrape_configs|hosts|tasks|plugins|repos|stages|pipelines?|steps|spec|resources|outputs|provider|terraform|extends|swagger|openapi|dependencies|server|spring|logging|datasources|providers|helm|replicaCount|ingress|autoscaling|livenessProbe|readinessProbe|containers)$/;

/** Manifests and rules need not be parsed to be known, nor text without a word that a reader looks for. */
const MANIFEST = /^[ \t-]*(?:apiVersion|kind|alert|expr|uses|image):/m;
const WORTH =
  /frequency|cadence|schedule|every|hourly|daily|nightly|weekly|monthly|quarterly|annual|yearly|^\s*["']?t_?[-+pm\d]|deadline|due|wait|soak|bake|observ|monitor_for|within|time_limit|rto|rpo|downtime|data_loss|recovery|slo|condition|when|alert_if|threshold|target|criteria|trigger|\bif\b|window|freeze|black_?-?out|moratorium|no_?deploy|\d_?(?:m|h)/im;

const cache = boundedCache<readonly PlanEntry[]>(500, 2_000_000);

/** Keys of YAML text in document order; empty for configuration and where it cannot be read. Never throws. */
function planEntries(text: string): readonly PlanEntry[] {
  return cache.get(text, (text) => {
    const entries: PlanEntry[] = [];
    for (const root of yamlTree(text)) if (!isConfiguration(root)) visit(root, [], entries);
    return entries;
  });
}

/** The YAML fences of a document. */
export function plansOf(facts: Facts): PlacedPlan[] {
  const placed: PlacedPlan[] = [];
  for (const step of facts.steps) {
    if (step.kind !== 'block' || step.effectiveLanguage !== 'yaml') continue;
    if (MANIFEST.test(step.content) || !WORTH.test(step.content)) continue;
    const entries = planEntries(step.content);
    if (entries.length === 0) continue;
    placed.push({
      entries,
      section: step.section,
      range: (start, end) => facts.source.range(step.toSource(start), step.toSource(end)),
    });
  }
  return placed;
}

function isConfiguration(root: YamlNode): boolean {
  const maps = root.items.length > 0 ? root.items.slice(0, 3) : [root];
  return maps.some((map) => map.entries.some(({ key }) => CONFIGURATION.test(key ?? '')));
}

function visit(node: YamlNode, path: readonly string[], entries: PlanEntry[]): void {
  for (const item of node.items) visit(item, path, entries);
  for (const entry of node.entries) {
    const key = entry.key ?? '';
    entries.push({
      key,
      path,
      value: entry.text,
      items: scalarsOf(entry),
      keys: entry.entries.length,
      start: entry.start,
      end: entry.text === null ? entry.start + key.length : entry.end,
    });
    visit(entry, [...path, key], entries);
  }
}

function scalarsOf(node: YamlNode): PlanText[] {
  const numbered = node.entries.every(({ key }) => /^\d+$/.test(key ?? ''));
  return [...node.items, ...(numbered ? node.entries : [])].flatMap(({ text, start, end }) =>
    text === null ? [] : [{ text, start, end }],
  );
}
