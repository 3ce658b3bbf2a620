/** Reads a command by its tool's table. */
import type { AmbientTarget, Effect, TargetWord } from '../types.ts';
import { highest, maxEffect, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, type Parsed, parseArgs } from '../words.ts';
import { type Compiled, compile, type Node, specOf } from './compiled.ts';
import type { Call, Judge, Outcome, Stdin, Tool } from './table.ts';

/** What `args` (without the tool's name) would do. */
export function applyTool(
  tool: Tool,
  name: string,
  args: readonly Arg[],
  stdin: Stdin,
  judge: Judge,
): Verdict {
  if (args.length === 1 && /^--(version|help)$/.test(args[0]?.value ?? '')) {
    return verdict('read', `${name} ${args[0]?.value} prints about itself`, { tool: name });
  }
  const early = tool.judge?.({ name, args, stdin, judge });
  if (early)
    return withAmbient(tool, {
      ...early,
      tool: early.tool ?? name,
      network: early.network || (tool.network ?? false),
    });
  const table = compile(tool, name);
  const usual = decide(tool, table, name, args, stdin, judge, false);
  if (!table.root.children.size || !ambiguous(tool, table, args)) return usual;
  // An unrecognised option in front of the sub-command may take the next word as its value: the worse reading counts.
  return highest(usual, decide(tool, table, name, args, stdin, judge, true));
}

/** Adds the targets that are left to whatever is current. */
function withAmbient(
  tool: Tool,
  base: Verdict,
  given?: Parsed,
  open = tool.ambient,
  own = base.targets,
): Verdict {
  if (open === undefined || !base.network) return base;
  const found: AmbientTarget[] = [];
  for (const [kinds, ask] of Object.entries(open)) {
    const all = kinds.split('|');
    const kind = all[0] ?? '';
    // A host that the command inside names (`kubectl exec … -- psql -h db`) says nothing of the context.
    if (own.some((target) => all.includes(target.kind))) continue;
    const everywhere = tool.everywhere?.[kind];
    if (given && everywhere !== undefined && matches(given, everywhere, false)) continue;
    found.push({ kind, ask: ask === '' ? null : ask });
  }
  return found.length === 0 ? base : { ...base, ambient: found };
}

function ambiguous(tool: Tool, table: Compiled, args: readonly Arg[]): boolean {
  const first = parseArgs(args, table.spec);
  const at = first.operandIndexes[0];
  if (at === undefined || tool.stopAtOperand) return false;
  return first.flags.some(
    (flag) =>
      flag.index < at &&
      flag.value === undefined &&
      !table.spec.switches.has(flag.name) &&
      flag.name !== '--help' &&
      !args[flag.index + 1]?.value.startsWith('-'),
  );
}

function decide(
  tool: Tool,
  table: Compiled,
  name: string,
  args: readonly Arg[],
  stdin: Stdin,
  judge: Judge,
  greedy: boolean,
): Verdict {
  const first = parseArgs(args, greedy ? { ...table.spec, greedy } : table.spec);
  const found = descend(table.root, first.operands);
  const outcome = found.outcome;
  const path = first.operands
    .slice(0, found.depth)
    .map((arg) => arg.value)
    .join(' ');
  const own = outcome && specOf(table, outcome, name, path);
  const parsed = drop(own ? parseArgs(args, own) : first, found.depth);
  const before = found.depth === 0 ? -1 : (first.operandIndexes[found.depth - 1] ?? -1);
  const call: Call = { name, path, args, after: args.slice(before + 1), parsed, stdin, judge };
  const targets = [
    ...resourcesOf(outcome, call),
    ...targetsOf(table, first, parsed),
    ...(tool.findTargets?.(call) ?? []),
  ];
  const placed = (base: Verdict, open = outcome?.leavesOpen): Verdict =>
    withAmbient(tool, withTargets(base, targets), parsed, open, targets);
  const label = path === '' ? name : `${name} ${path}`;
  if (!tool.noHelp && asksForHelp(parsed, outcome))
    return verdict('read', `${label} --help prints help`, { tool: name });
  if (!outcome) {
    const other = tool.otherwise?.(call);
    if (other)
      return placed(
        'tool' in other
          ? { ...other, tool: other.tool ?? name, network: other.network || (tool.network ?? false) }
          : withTargets(fill(tool, other, call, label), resourcesOf(other, call)),
        'tool' in other ? undefined : other.leavesOpen,
      );
  }
  if (!outcome) {
    const next = first.operands[found.depth];
    const what =
      next === undefined ? `${label} without a sub-command` : `${label} ${next.text} is in no table`;
    return placed(
      unknown(next?.dynamic ? `${label} has a sub-command that is a variable` : what, {
        tool: name,
        network: tool.network,
      }),
    );
  }
  let result = fill(tool, outcome, call, label);
  // With the options of the sub-command known, that word may turn out to be a value of one.
  if (found.dynamic && parsed.operands[0]?.dynamic)
    result = highest(result, unknown(`${label} has a sub-command that is a variable`, { tool: name }));
  return placed(result);
}

/** Lays options, decisions and nested commands over an outcome. */
function fill(tool: Tool, base: Outcome, call: Call, label: string): Verdict {
  let outcome = base;
  for (const changes of [tool.when, base.when]) {
    if (!changes) continue;
    for (const [spec, change] of Object.entries(changes)) {
      if (matches(call.parsed, spec, false)) outcome = raise(outcome, change);
    }
  }
  const decided = base.decide?.(call);
  if (decided && 'risk' in decided)
    return {
      ...decided,
      tool: decided.tool ?? call.name,
      network: decided.network || (base.network ?? tool.network ?? false),
    };
  if (decided) outcome = raise(outcome, decided);
  let rehearsal = '';
  if (base.dryRun && matches(call.parsed, base.dryRun, true)) rehearsal = `${label} only rehearses (dry run)`;
  const asks =
    outcome.asks !== undefined &&
    !rehearsal &&
    call.stdin.kind === 'inherited' &&
    !(outcome.asks !== '' && matches(call.parsed, outcome.asks, false));
  const own = verdict(
    rehearsal ? 'read' : outcome.effect,
    rehearsal || (outcome.why ?? sentence(label, outcome.effect)),
    {
      scope: outcome.scope,
      mode: asks ? 'terminal' : outcome.mode,
      readsSecrets: outcome.readsSecrets,
      network: outcome.network ?? tool.network,
      nesting: outcome.nesting ?? (outcome.effect === 'unknown' ? 'opaque' : 'none'),
      preview: rehearsal ? null : (outcome.preview ?? previewOf(label, base.dryRun)),
      inverse: rehearsal ? null : outcome.inverse,
      captureFirst: rehearsal ? null : outcome.captureFirst,
      tool: call.name,
    },
  );
  const nested = base.runs?.(call);
  if (!nested) return own;
  const both = highest(nested, own);
  return nested.tool && own.risk === 'read-only' ? { ...both, tool: nested.tool } : both;
}

/** `--dry-run --dry-run=client|server` → `kubectl delete --dry-run=server`: the most thorough accepted value. */
function previewOf(label: string, dryRun: string | undefined): string | null {
  const option = dryRun?.split(' ').at(-1);
  if (option === undefined) return null;
  const [name = '', values] = option.split('=');
  const value = values?.split('|').at(-1);
  return `${label} ${value === undefined ? name : `${name}=${value}`}`;
}

function raise(outcome: Outcome, change: Partial<Outcome>): Outcome {
  const effect = change.effect ? maxEffect(outcome.effect, change.effect) : outcome.effect;
  const why = change.why ?? (effect === outcome.effect ? outcome.why : undefined);
  const { why: _, ...rest } = { ...outcome, ...change, effect };
  return why === undefined ? rest : { ...rest, why };
}

function sentence(label: string, effect: Effect): string {
  switch (effect) {
    case 'read':
      return `${label} reads`;
    case 'session':
      return `${label} changes only the session`;
    case 'local-write':
      return `${label} writes on this machine`;
    case 'mutate':
      return `${label} changes state`;
    case 'destroy':
      return `${label} destroys or takes out of service`;
    default:
      return `unknown: ${label}`;
  }
}

interface Wanted {
  readonly name: string;
  /** Values that count; null where any does. */
  readonly accepted: readonly string[] | null;
}
const SPECS = new Map<string, readonly Wanted[]>();

function wantedIn(spec: string): readonly Wanted[] {
  let wanted = SPECS.get(spec);
  if (!wanted) {
    wanted = spec.split(' ').map((one) => {
      const equals = one.indexOf('=');
      return equals < 0
        ? { name: one, accepted: null }
        : { name: one.slice(0, equals), accepted: one.slice(equals + 1).split('|') };
    });
    SPECS.set(spec, wanted);
  }
  return wanted;
}

/** Whether one of the options in `spec` is there, with an accepted value. */
function matches(parsed: Parsed, spec: string, lowers: boolean): boolean {
  if (parsed.flags.length === 0) return false;
  for (const { name, accepted } of wantedIn(spec)) {
    let last: boolean | undefined;
    for (const flag of parsed.flags) {
      if (flag.name !== name) continue;
      if (lowers && flag.doubtful) last = false;
      else if (accepted) last = accepted.includes(flag.value?.value ?? '');
      else
        last = lowers
          ? flag.value === undefined || flag.value.value === 'true'
          : flag.value?.value !== 'false';
    }
    // Where an option is repeated, the last one wins.
    if (last) return true;
  }
  return false;
}

function asksForHelp(parsed: Parsed, outcome: Outcome | undefined): boolean {
  // Behind the words of another command, `--help` is that command's.
  const end = outcome?.runs
    ? (parsed.operandIndexes[0] ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;
  return parsed.flags.some(
    (flag) => flag.name === '--help' && !flag.doubtful && flag.value === undefined && flag.index < end,
  );
}

interface Found {
  readonly outcome: Outcome | undefined;
  readonly depth: number;
  /** The word where the table ends is a variable. */
  readonly dynamic: boolean;
}

function descend(root: Node, operands: readonly Arg[]): Found {
  let node = root;
  let depth = 0;
  let best: { outcome: Outcome; depth: number } | undefined = root.outcome && {
    outcome: root.outcome,
    depth: 0,
  };
  for (;;) {
    const next = operands[depth];
    const child = next && !next.dynamic ? node.children.get(next.value) : undefined;
    if (!child) {
      const more = node.children.size > 0 && next !== undefined;
      const known = best?.depth === depth;
      // A tool without sub-commands takes any operand; one with them must know the word.
      if (node === root && root.children.size > 0 && next !== undefined) {
        return { outcome: undefined, depth, dynamic: next.dynamic };
      }
      return {
        outcome: known ? best?.outcome : undefined,
        depth,
        dynamic: more && next.dynamic && isWhole(next),
      };
    }
    node = child;
    depth++;
    if (node.outcome) best = { outcome: node.outcome, depth };
  }
}

function isWhole(arg: Arg): boolean {
  return arg.value.startsWith('$') || arg.value.startsWith('`');
}

function targetsOf(table: Compiled, first: Parsed, parsed: Parsed): TargetWord[] {
  const found: TargetWord[] = [];
  if (table.targets.length === 0) return found;
  for (const flag of (parsed.flags.length >= first.flags.length ? parsed : first).flags) {
    if (!flag.value) continue;
    for (const [kind, names] of table.targets) {
      if (names.has(flag.name)) found.push({ kind, value: flag.value.value });
    }
  }
  return found;
}

/** More names than this are a list, and no answer to «what does it act on». */
const MAX_RESOURCES = 5;

function resourcesOf(outcome: Outcome | undefined, call: Call): TargetWord[] {
  const { resources } = outcome ?? {};
  if (resources === undefined) return [];
  const { operands, rest } = call.parsed;
  // Where one of them is only known when it runs, the others alone would mislead.
  if ([...operands, ...(rest ?? [])].some((arg) => arg.dynamic)) return [];
  const given = operands.map((arg) => arg.value).filter((value) => value !== '');
  const names =
    typeof resources === 'function' ? resources(call) : resources === 'all' ? given : given.slice(0, 1);
  return names.slice(0, MAX_RESOURCES).map((value) => ({ kind: 'resource', value }));
}

function withTargets(base: Verdict, targets: readonly TargetWord[]): Verdict {
  if (targets.length === 0) return base;
  const seen = new Set<string>();
  const all = [...targets, ...base.targets].filter((target) => {
    const key = `${target.kind}\0${target.value}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { ...base, targets: all };
}

function drop(parsed: Parsed, count: number): Parsed {
  if (count <= 0) return parsed;
  return {
    ...parsed,
    operands: parsed.operands.slice(count),
    operandIndexes: parsed.operandIndexes.slice(count),
  };
}
