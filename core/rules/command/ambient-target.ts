import type { BlockStep, BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';
import { blocksOf, contentRange, excerpt } from '../support/blocks.ts';
import { operands, option, type Program, programs } from '../support/programs.ts';
import type { Report, Rule } from '../types.ts';

/** Commands that change whatever happens to be current, in a runbook that names it elsewhere. */
export const ambientTarget: Rule = {
  id: 'command/ambient-target',
  title: 'A command changes whatever is current',
  severity: 'info',
  docs: {
    what: 'Reports commands that change something and name no namespace, cluster, profile or environment, where other commands of the same runbook do. Where one destroys and the others agree on the name, it is a warning. It stays silent where an earlier step makes one of them current or looks at the same object in the same way, and where most commands leave it open; it tells of one place only where several are alike. Where no command names a cluster or namespace, but the text has a production and a staging, it tells of the first that destroys.',
    why: 'The namespace of the last incident may still be the current one. A reader who has seen `--namespace` in all other commands does not expect that.',
    wrong:
      '```bash\nkubectl get pods --namespace shop\nkubectl describe pod cart-0 --namespace shop\nkubectl delete pod cart-0\n```',
    right: '```bash\nkubectl delete pod cart-0 --namespace shop\n```',
    source: 'Of the kubectl and helm commands in 93 repositories, 14 % leave the namespace open.',
  },
  *check({ runbook }): Iterable<Report> {
    const blocks = blocksOf(runbook).filter((block) => block.runnable);
    const named = new Map<string, string[]>();
    const open = new Map<string, Place[]>();
    /** How many commands leave each target open, whatever they do; and what they looked at. */
    const left = new Map<string, number>();
    const seen = new Set<string>();
    // What an earlier step made current is meant.
    const settled = new Set<string>();
    for (const block of blocks) {
      const facts = factsOf(block);
      for (const { key, value } of facts.named) listed(named, key).push(value);
      for (const kind of facts.settled) settled.add(kind);
      for (const place of facts.open) {
        if (settled.has(place.kind)) continue;
        left.set(place.key, (left.get(place.key) ?? 0) + 1);
        const what = `${place.key} ${place.subject}`;
        if (!place.changes) seen.add(what);
        else if (place.subject === null || !seen.has(what))
          listed(open, `${place.key} ${place.destroys}`).push({ block, place });
      }
    }
    const lost = nowhere(named, open);
    if (lost !== undefined && ENVIRONMENTS.every((form) => form.test(runbook.source.text)))
      yield {
        range: contentRange(runbook, lost.block, lost.place.command.start, lost.place.command.end),
        message: `\`${excerpt(lost.place.command.text, 50)}\` destroys in whichever cluster and namespace are current. This runbook speaks of production and of staging: say which with \`--context\` and \`--namespace\`.`,
      };
    for (const places of open.values()) {
      const [first] = places;
      if (first === undefined) continue;
      const { block, place } = first;
      const others = named.get(place.key) ?? [];
      // One that names it may be the exception; where most do, this one is.
      const enough =
        place.kind === 'environment' ||
        (others.length >= (place.destroys ? 2 : 2 * places.length) &&
          others.length > (left.get(place.key) ?? 0));
      if (others.length === 0 || !enough) continue;
      yield {
        range: contentRange(runbook, block, place.command.start, place.command.end),
        severity: isLoud(place, others) ? 'warning' : 'info',
        message: message(place, others, places.length - 1),
      };
    }
  },
};

interface Place {
  readonly block: BlockStep;
  readonly place: Open;
}

/** The first command that destroys in a cluster, where no command of the document says which or where in it. */
function nowhere(named: ReadonlyMap<string, unknown>, open: ReadonlyMap<string, Place[]>): Place | undefined {
  if (named.has('kubectl namespace') || named.has('kubectl context')) return undefined;
  const anyCluster = new Set((open.get('kubectl context true') ?? []).map(({ place }) => place.command));
  return open.get('kubectl namespace true')?.find(({ place }) => anyCluster.has(place.command));
}

/** The words of a runbook that has more than one environment. */
const ENVIRONMENTS = [/\bproduction\b|[-_/]prod\b|\bprod[-_]/i, /\bstaging\b/i];

/** What is asked of each kind of target: options that name it, and commands that make one current. */
const kinds: Readonly<Record<string, { readonly words: string; readonly settles: RegExp }>> = {
  namespace: {
    words: 'in whichever namespace is current',
    settles: /\bset-context\b[^\n]{0,200}--namespace|\bkubens\b|\boc\s+project\s+\S|\boc\s+new-project\b/,
  },
  context: {
    words: 'on whichever cluster is current',
    settles:
      /\buse-context\b|\bkubectx\b|\bKUBECONFIG=|\bget-credentials\b|\bupdate-kubeconfig\b|\boc\s+login\b/,
  },
  profile: { words: 'with whichever profile is current', settles: /\bAWS_(?:DEFAULT_)?PROFILE\b|\bassume\b/ },
  environment: {
    words: 'on whichever environment is linked',
    settles: /\brailway\s+(?:environment|link)\b|\b(?:vercel|supabase)\s+link\b/,
  },
};

/** A command that leaves a target open. */
interface Open {
  readonly key: string;
  readonly kind: string;
  readonly command: ShellCommand;
  readonly changes: boolean;
  readonly destroys: boolean;
  /** The object that a command of kubectl names: `pod oven-0`; null where that is open too. */
  readonly subject: string | null;
}

interface Facts {
  readonly named: readonly { readonly key: string; readonly value: string }[];
  readonly open: readonly Open[];
  /** Kinds that the block makes current. */
  readonly settled: readonly string[];
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

const known = new WeakMap<object, Facts>();

/** By the block's text, so that an edit elsewhere costs nothing here. */
function factsOf(block: BlockText): Facts {
  let facts = known.get(block.key);
  if (facts === undefined) {
    facts = read(block);
    known.set(block.key, facts);
  }
  return facts;
}

function read(block: BlockText): Facts {
  const named: { key: string; value: string }[] = [];
  const open: Open[] = [];
  let programsHere: ReadonlyMap<ShellCommand, readonly Program[]> | undefined;
  const clients = () => (programsHere ??= clientsOf(block));
  for (const command of block.commands) {
    const { classification, tool } = command;
    if (tool === null) continue;
    const family = /^(?:kubectl|oc|helm)$/.test(tool) ? 'kubectl' : tool;
    for (const { kind, value } of classification.targets)
      if (Object.hasOwn(kinds, kind)) named.push({ key: `${family} ${kind}`, value });
    const { effect, ambient, risk } = classification;
    const changes = effect === 'mutate' || effect === 'destroy';
    if ((!changes && effect !== 'read') || namesEnvironment.test(command.text)) continue;
    for (const { kind } of ambient) {
      if (!Object.hasOwn(kinds, kind)) continue;
      const object = kind === 'namespace' ? namespaced(block.content, clients().get(command) ?? []) : null;
      if (kind === 'namespace' && object === null) continue;
      const subject = object === null || !object.includes(' ') ? null : object;
      open.push({
        key: `${family} ${kind}`,
        kind,
        command,
        changes,
        destroys: risk === 'destructive',
        subject,
      });
    }
  }
  const settled = Object.keys(kinds).filter((kind) => kinds[kind]?.settles.test(block.content));
  return { named, open, settled };
}

/** `railway environment delete blue`: the environment is what it acts on. */
const namesEnvironment = /\benv(?:ironment)?s? (?:create|delete|list|new|remove|rm)\b/;

/** The clients of clusters that a block runs, by the statement that they stand in. */
function clientsOf(block: BlockText): ReadonlyMap<ShellCommand, Program[]> {
  const clients = new Map<ShellCommand, Program[]>();
  for (const program of programs(block, ['kubectl', 'oc', 'helm'])) {
    const those = clients.get(program.statement) ?? [];
    clients.set(program.statement, those);
    those.push(program);
  }
  return clients;
}

/** What a statement's commands act on that lives in a namespace for sure, with its name if there is one; null for others. Custom kinds may be of the cluster, files name their own. */
function namespaced(content: string, clients: readonly Program[]): string | null {
  for (const program of clients) {
    // One of a pipe may name it, and another not.
    if (option(program, /^(?:-n|-n.+|--namespace(?:=.*)?|-A|--dry-run.*)$/)) continue;
    const words = operands(program).map(({ value }) => value);
    if (program.name === 'helm') {
      if (/^(?:upgrade|rollback|uninstall|install)$/.test(words[0] ?? '')) return 'release';
    } else if (/^(?:kubectl|oc)$/.test(program.name)) {
      const at = words.findIndex((word) =>
        /^(?:get|describe|wait|status|delete|scale|patch|edit|image|env|resources|restart|undo|pause|resume|autoscale|expose|annotate|label|create)$/.test(
          word,
        ),
      );
      const kind = at < 0 ? '' : (words[at + 1] ?? '');
      const name = kind.split('/')[1] ?? words[at + 2];
      // What the block itself started in the current namespace is ended there.
      if (namespacedKind.test(kind) && !content.includes(`run ${name}`))
        return name === undefined || /^x+$/.test(name) ? 'object' : `${kind.split('/')[0]} ${name}`;
    }
  }
  return null;
}

const namespacedKind =
  /^(?:po|pods?|deploy|deployments?|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|svc|services?|cm|configmaps?|secrets?|pvc|persistentvolumeclaims?|jobs?|cronjobs?|ing|ingress(?:es)?|hpa|sa|serviceaccounts?|pdb)(?:\/|$)/i;

function message({ kind, command }: Open, others: readonly string[], more: number): string {
  const example = agreed(others);
  const count =
    others.length === 1
      ? 'another command of this runbook names it'
      : `${others.length} other commands of this runbook name it`;
  const shown = example === null ? '' : ` (\`${excerpt(example, 30)}\`)`;
  const rest = more === 0 ? '' : more === 1 ? ' One more is like it.' : ` ${more} more are like it.`;
  return `\`${excerpt(command.text, 50)}\` acts ${kinds[kind]?.words}, while ${count}${shown}. ${example === null ? `Name its ${kind} here` : 'Name it here too'}.${rest}`;
}

/** One that destroys is a warning where there is no doubt which name is missing; an environment is always a choice of its own. */
function isLoud({ kind, destroys }: Open, others: readonly string[]): boolean {
  return destroys && (kind === 'environment' || agreed(others) !== null);
}

/** The one name that all of them give; null where they differ, or it has to be filled in. */
function agreed(names: readonly string[]): string | null {
  const [first] = names;
  return first === undefined || /^x+$/.test(first) || names.some((name) => name !== first) ? null : first;
}
