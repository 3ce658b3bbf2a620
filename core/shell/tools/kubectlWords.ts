/** What kubectl's words name, what saves it first, and what options make of a command. From documentation: the kubectl reference 1.31. */
import { quote } from '../quote.ts';
import { type Verdict, verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag } from '../words.ts';
import { type Call, commandAfter, NO_INPUT, type Outcome, opensSession } from './table.ts';

/** Options that name manifests. */
export const FILES = '-f --filename -k --kustomize';

/** `KEY=VALUE`, `KEY=VALUE:EFFECT` and `KEY-` say what to set on an object, and name none. */
const SETTING = /[=:]|.-$/;

/** The objects that the words name, as `KIND/NAME`; else the manifests. */
export function objects(call: Call): readonly string[] {
  const [first, ...rest] = call.parsed.operands.filter((arg) => !SETTING.test(arg.value));
  if (!first) return manifests(call).map((arg) => arg.value);
  if (first.value.includes('/')) return known([first, ...rest]).filter((name) => name.includes('/'));
  if (first.dynamic) return [];
  return first.value.split(',').flatMap((kind) => known(rest).map((name) => `${kind}/${name}`));
}

/** As `objects`, where the last word is a value and no name (`set serviceaccount`). */
export function objectsButLast(call: Call): readonly string[] {
  const operands = call.parsed.operands.slice(0, -1);
  return objects({ ...call, parsed: { ...call.parsed, operands } });
}

/** Kinds of `create` whose next word is a kind of that kind. */
const SUBKINDS: Readonly<Record<string, RegExp>> = {
  secret: /^(generic|tls|docker-registry)$/,
  service: /^(clusterip|nodeport|loadbalancer|externalname)$/,
  route: /^(edge|passthrough|reencrypt)$/,
};

/** What `create` makes. */
export function created(call: Call): readonly string[] {
  const [kind, ...rest] = call.parsed.operands;
  if (!kind) return manifests(call).map((arg) => arg.value);
  const name = SUBKINDS[kind.value]?.test(rest[0]?.value ?? '') ? rest[1] : rest[0];
  return known(name ? [name] : []).map((word) => `${kind.value}/${word}`);
}

/** Plain names of one kind. */
export function namesOf(kind: string): (call: Call) => readonly string[] {
  return (call) =>
    known(call.parsed.operands)
      .filter((name) => !SETTING.test(name))
      .map((name) => (name.includes('/') ? name : `${kind}/${name}`));
}

function known(args: readonly Arg[]): string[] {
  return args.filter((arg) => !arg.dynamic && arg.value !== '').map((arg) => arg.value);
}

function manifests(call: Call): readonly Arg[] {
  return call.parsed.flags.flatMap(({ name, value }) =>
    FILES.split(' ').includes(name) && value && !value.dynamic && value.value !== '-' ? [value] : [],
  );
}

/** Options that `get` takes too, and that say where or which. */
const PLACE = new Set(
  '-n --namespace --context --cluster --kubeconfig -s --server -A --all-namespaces -l --selector --field-selector'.split(
    ' ',
  ),
);

function place(call: Call): string {
  return call.parsed.flags
    .filter((flag) => PLACE.has(flag.name))
    .map((flag) => (flag.value ? ` ${flag.name} ${inQuotes(flag.value)}` : ` ${flag.name}`))
    .join('');
}

function inQuotes(arg: Arg): string {
  if (arg.dynamic) return /^[\w$@{}./:-]+$/.test(arg.value) ? `"${arg.value}"` : arg.text;
  return arg.value.includes('\0') ? arg.text : quote(arg.value, 'bash');
}

/** The words that stand for the same objects behind another sub-command; undefined where they come by standard input. */
function subject(call: Call): string | undefined {
  const words = call.parsed.operands.filter((arg) => !SETTING.test(arg.value)).map((arg) => arg.text);
  const from = call.parsed.flags
    .filter((flag) => FILES.split(' ').includes(flag.name) && flag.value && flag.value.value !== '-')
    .map((flag) => `${flag.name} ${inQuotes(flag.value as Arg)}`);
  const all = [...words, ...from].join(' ');
  return all === '' || all.includes('\n') ? undefined : `${all}${place(call)}`;
}

/** Lays what to note first over a decision: a sub-command on the same objects. */
export function noting(
  outcome: Outcome,
  make: (call: Call, same: string) => string | undefined = (call, same) => `${call.name} get ${same} -o yaml`,
): Outcome {
  const { decide } = outcome;
  return {
    ...outcome,
    decide: (call) => {
      const decided = decide?.(call);
      if (decided && 'risk' in decided) return decided;
      const same = subject(call);
      const captureFirst = same === undefined ? undefined : make(call, same);
      return captureFirst === undefined ? decided : { captureFirst, ...decided };
    },
  };
}

/** What a deletion loses: a namespace takes all in it along, and a claim its data. */
export function deletion(call: Call): Partial<Outcome> | undefined {
  const kind = call.parsed.operands[0]?.value.toLowerCase() ?? '';
  const [bare = ''] = kind.split('/');
  const asks = hasFlag(call.parsed, '-i --interactive') && call.stdin.kind === 'inherited';
  const more: Partial<Outcome> = {
    why: `${call.name} delete removes objects from the cluster`,
    ...(asks ? { mode: 'terminal' } : {}),
  };
  if (/^(ns|namespaces?|projects?)$/.test(bare)) {
    const [name] = objects(call).map((object) => object.split('/')[1]);
    return {
      ...more,
      scope: 'all',
      why: `${call.name} delete ${bare} removes everything in it`,
      inverse: 'kubectl apply of the saved manifests, and a restored backup of the data',
      ...(name === undefined
        ? {}
        : { captureFirst: `${call.name} get all,configmaps,ingresses,pvc -n ${name} -o yaml` }),
    };
  }
  if (/^(?:leases?(?:\..*)?|endpoints|endpointslices?|replicasets?|rs)$/.test(bare))
    return { ...more, inverse: 'its controller makes another' };
  const others = call.parsed.operands.slice(1).map(({ value }) => value.toLowerCase());
  const forced = hasFlag(call.parsed, '--force --grace-period');
  if (/^(?:po|pods?)$/.test(bare) && !forced && others.every((word) => /^(?:po|pods?)\/|^[^/]*$/.test(word)))
    return { ...more, inverse: 'its controller makes another; a pod without one is gone' };
  if (/^(pvc?|persistentvolume(claim)?s?)$/.test(bare))
    return {
      ...more,
      why: `${call.name} delete ${bare} may delete the data of the volume`,
      inverse: 'a restored backup or snapshot of the volume; the manifest alone brings no data back',
    };
  if (/^(crds?|customresourcedefinitions?(\..*)?)$/.test(bare))
    return { ...more, scope: 'all', why: `${call.name} delete ${bare} removes every object of that kind` };
  return more;
}

/** Whether a format of `-o` shows more than names and kinds. */
function showsData(format: string): boolean {
  if (/^(|name|wide)$/.test(format)) return false;
  if (!/^(jsonpath(-as-json)?|custom-columns|go-template|template)=/.test(format)) return true;
  // Whole objects, and anything under `data`; `.metadata` and `.type` are no secret.
  return /(^|[^a-z])(data|stringdata)|\{\{?\s*[.@$]?\s*\}|items(\[[^\]]*\])?\s*\}|range|with|json/i.test(
    format.slice(format.indexOf('=') + 1),
  );
}

/** `get secret -o yaml`, `get --raw …/secrets`. */
export function secretOutput(call: Call): Partial<Outcome> | undefined {
  const raw = flagValue(call.parsed, '--raw')?.value;
  if (raw !== undefined)
    return /\/secrets(\/|\?|$)/.test(raw)
      ? { readsSecrets: true, why: `${call.name} get --raw prints secret values` }
      : undefined;
  const [first, ...rest] = call.parsed.operands;
  if (!first || !showsData(flagValue(call.parsed, '-o --output --template')?.value ?? '')) return undefined;
  if (/^["']?[$`]/.test(first.text) && first.dynamic)
    return { readsSecrets: true, why: `${call.name} get may print secret values: the kind is a variable` };
  const named = rest.filter((arg) => arg.value.includes('/')).map((arg) => arg.value);
  const kinds = [first.value, ...named].join(',').toLowerCase();
  return /(^|,)secrets?(\.v1\.?)?(,|\/|$)/.test(kinds)
    ? { readsSecrets: true, why: `${call.name} get secret prints secret values` }
    : undefined;
}

/** `create secret -o yaml` prints what it makes. */
export function createdSecret(call: Call): Partial<Outcome> | undefined {
  const format = flagValue(call.parsed, '-o --output')?.value ?? '';
  if (call.parsed.operands[0]?.value === 'secret' && showsData(format))
    return { readsSecrets: true, why: `${call.name} create secret prints the secret` };
  return hasFlag(call.parsed, '--edit') ? { mode: 'terminal' } : remoteManifest(call);
}

/** A manifest that comes from an address may hold anything. */
export function remoteManifest(call: Call): Partial<Outcome> | undefined {
  const file = flagValue(call.parsed, FILES)?.value ?? '';
  return /^https?:/.test(file)
    ? { scope: 'many', why: `${call.name} ${call.path} takes its manifest from ${file}` }
    : undefined;
}

/** `--list` shows and changes nothing, unless a setting stands beside it. */
export function listed(call: Call): Partial<Outcome> | Verdict | undefined {
  if (!hasFlag(call.parsed, '--list') || call.parsed.operands.some((arg) => SETTING.test(arg.value)))
    return undefined;
  return verdict('read', `${call.name} ${call.path} --list shows them`, {
    readsSecrets: hasFlag(call.parsed, '--resolve'),
  });
}

/** To 0, nothing serves. */
export function scale(call: Call): Partial<Outcome> | undefined {
  return flagValue(call.parsed, '--replicas')?.value === '0'
    ? { effect: 'destroy', why: `${call.name} scale to 0 takes the workload out of service` }
    : undefined;
}

/** Without its finalizers an object is gone before anybody has cleaned up. */
export function patch(call: Call): Partial<Outcome> | undefined {
  const text = flagValue(call.parsed, '-p --patch')?.value ?? '';
  const steps =
    /"path"\s*:\s*"[^"]*\/finalizers[^"]*"/.test(text) && /"op"\s*:\s*"(remove|replace)"/.test(text);
  if (steps || /"?finalizers"?\s*:\s*(null|~|\[\s*\])/.test(text))
    return {
      effect: 'destroy',
      why: `${call.name} patch removes finalizers, so that deletion skips its clean-up`,
    };
  const toZero = /"path"\s*:\s*"[^"]*\/replicas"/.test(text) && /"value"\s*:\s*"?0\b/.test(text);
  if (toZero || /"?replicas"?\s*:\s*0\b/.test(text))
    return { effect: 'destroy', why: `${call.name} patch scales to 0` };
  return /"?\$patch"?\s*:\s*"?(delete|replace)\b/.test(text)
    ? { effect: 'destroy', why: `${call.name} patch deletes a part of the object` }
    : undefined;
}

/** `replace --raw …/finalize` ends a namespace whose clean-up is not done. */
export function replaced(call: Call): Partial<Outcome> | undefined {
  return /\/finalize$/.test(flagValue(call.parsed, '--raw')?.value ?? '')
    ? { effect: 'destroy', why: `${call.name} replace drops finalizers, so that deletion skips its clean-up` }
    : remoteManifest(call);
}

/** `POD:PATH` and `NS/POD:PATH`, and no drive of Windows. */
export function copy(call: Call): Partial<Outcome> | undefined {
  const to = call.parsed.operands[1]?.value ?? '';
  return to.includes(':') && !/^[A-Za-z]:[\\/]/.test(to)
    ? { effect: 'mutate', network: true, why: `${call.name} cp writes into the container` }
    : undefined;
}

/** `NoExecute` evicts. */
export function taint(call: Call): Partial<Outcome> | undefined {
  return call.parsed.operands.some((arg) => /:NoExecute$/.test(arg.value))
    ? { effect: 'destroy', why: `${call.name} ${call.path} NoExecute evicts the pods of the node` }
    : undefined;
}

const EXEC_VALUES =
  '-c --container -n --namespace -f --filename --context --kubeconfig --cluster -s --server --as --token --shell --timeout --pod-running-timeout';

/** The command behind `--`, in front of which kubectl's own options stand anywhere; else behind the pod. */
function executed(call: Call): readonly Arg[] {
  const dashes = call.path === 'exec' ? call.after.findIndex((arg) => arg.value === '--') : -1;
  return dashes >= 0 ? call.after.slice(dashes + 1) : commandAfter(call, EXEC_VALUES, 1);
}

/** Without a command it opens a session. Without `-i` it finds an empty input; `oc rsh` hands its own on. */
export function execute(call: Call): Verdict | undefined {
  const words = executed(call);
  if (words.length === 0) return undefined;
  const interactive =
    call.path === 'rsh' ||
    hasFlag(call.parsed, '-i --stdin') ||
    /^-[a-z]*i/.test(call.after.find((arg) => /^-[it]+$/.test(arg.value))?.value ?? '');
  return call.judge.words(words, interactive ? call.stdin : NO_INPUT);
}

/** A pod that is left alone, one that is watched, or one at a terminal. */
export function wantsTerminal(call: Call): Partial<Outcome> | undefined {
  const [stdin, tty] = [hasFlag(call.parsed, '-i --stdin'), hasFlag(call.parsed, '-t --tty')];
  if (stdin && tty) return { mode: 'terminal' };
  const command = podCommand(call).length > 0;
  if (stdin && !command && call.stdin.kind === 'inherited') return { mode: 'terminal' };
  return hasFlag(call.parsed, '--attach') && !command ? { mode: 'stream' } : undefined;
}

function podCommand(call: Call): readonly Arg[] {
  return call.parsed.rest ?? call.parsed.operands.slice(1);
}

/** What a new pod runs; nobody waits for it where it is not attached. */
export function podRuns(call: Call): Verdict | undefined {
  const words = podCommand(call);
  if (words.length === 0) return undefined;
  const stdin = hasFlag(call.parsed, '-i --stdin');
  const inner = call.judge.words(words, stdin ? call.stdin : NO_INPUT);
  const attached = stdin || call.name === 'oc' || hasFlag(call.parsed, '-t --tty --attach');
  return attached ? inner : { ...inner, mode: 'capture' };
}

/** `exec` without a command opens a session; `-it` wants a terminal. */
export function needsCommand(call: Call): Partial<Outcome> | undefined {
  if (executed(call).length > 0) {
    const asks =
      call.path === 'exec' && hasFlag(call.parsed, '-i --stdin') && hasFlag(call.parsed, '-t --tty');
    return asks
      ? { mode: 'terminal', why: `${call.name} exec -it runs in the container, in a terminal` }
      : undefined;
  }
  return opensSession(`${call.name} ${call.path} opens a session`);
}
