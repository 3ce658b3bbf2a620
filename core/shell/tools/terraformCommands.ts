/** The commands of Terraform and OpenTofu, most of which Terragrunt hands on. From documentation: Terraform 1.9, OpenTofu 1.8. */
import { type Verdict, verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, wordSet } from '../words.ts';
import { valuesOf } from './common.ts';
import { type Call, destroy, each, local, mutate, type Outcome, read, runs, terminal } from './table.ts';

export const APPROVED = '-auto-approve --auto-approve --terragrunt-non-interactive --non-interactive';
const AT_HOME = { network: false };
const STATE = {
  captureFirst: 'terraform state pull, into a file',
  inverse: 'terraform state push of that file, while nobody else has written',
};

/** A saved plan is applied without a question; everything else asks. */
function apply(call: Call): Partial<Outcome> | undefined {
  const approved = hasFlag(call.parsed, '-auto-approve --auto-approve');
  const asks = hasFlag(call.parsed, APPROVED) || call.stdin.kind !== 'inherited' ? {} : terminal;
  if (hasFlag(call.parsed, '-refresh-only'))
    return {
      ...asks,
      why: 'apply -refresh-only writes into the state what it finds',
      preview: `${call.name} plan -refresh-only`,
      inverse: STATE.inverse.replace('terraform', call.name),
    };
  if (hasFlag(call.parsed, '-destroy'))
    return {
      ...asks,
      effect: 'destroy',
      scope: 'all',
      why: 'apply -destroy destroys all resources',
      preview: `${call.name} plan -destroy`,
      inverse: `${call.name} apply makes them anew, without what they held`,
    };
  if (hasFlag(call.parsed, '-replace'))
    return { ...asks, effect: 'destroy', why: 'apply -replace destroys and creates anew' };
  if (approved)
    return {
      effect: 'destroy',
      why: 'apply -auto-approve applies whatever the plan turns out to be, with its deletions',
      scope: 'many',
    };
  const saved = call.parsed.operands[0];
  if (!saved) return asks;
  const preview = `${call.name} show ${saved.value}`;
  const destroys = call.judge.saved.get(planKey(saved));
  return destroys === undefined
    ? { why: 'apply carries out a saved plan', preview }
    : { effect: 'destroy', scope: 'many', why: `apply carries out a saved plan: ${destroys}`, preview };
}

/** A plan by the name of its file, wherever the folder is seen from. */
function planKey(file: Arg): string {
  return `plan ${file.value.replace(/\$\{(\w+)\}/g, '$$$1').replace(/^.*\//s, '')}`;
}

/** A plan reads; what it saves may destroy when it is applied. Once it may, it stays so: a later plan need not have been made. */
function plan(call: Call): undefined {
  const file = flagValue(call.parsed, '-out --out');
  const option = ['-destroy', '-replace'].find((name) => hasFlag(call.parsed, `${name} -${name}`));
  if (file && option) call.judge.saved.set(planKey(file), `plan ${option} made it`);
  return undefined;
}

/** Only the value of one output, or the whole as JSON, shows what is marked as sensitive. */
function output(call: Call): Partial<Outcome> | undefined {
  const name = call.parsed.operands[0];
  if (!name) return hasFlag(call.parsed, '-json') ? undefined : { readsSecrets: false };
  return !name.dynamic &&
    /(^|_)(ids?|arns?|names?|ips?|endpoints?|hosts?|dns|region|zones?|count|version)$/.test(name.value)
    ? { readsSecrets: false }
    : undefined;
}

const RESOURCE = valuesOf('-target -replace');

/** What Terraform and OpenTofu have; Terragrunt hands most of it on. */
const COMMANDS: Readonly<Record<string, Outcome>> = {
  ...each(
    read(AT_HOME),
    'validate, show, providers, providers schema, version, graph, workspace show, metadata functions, modules, help',
  ),
  ...each(read(), 'workspace list, state list'),
  plan: read({
    why: 'plan only compares (it runs the providers and their data sources, and takes the lock of the state)',
    decide: plan,
    when: {
      '-generate-config-out': { effect: 'local-write', why: 'writes configuration for what it imports' },
    },
  }),
  query: read({ why: 'asks the providers' }),
  fmt: local({
    ...AT_HOME,
    switches: '-check -diff -recursive -list',
    dryRun: '-write=false -check',
  }),
  output: read({ readsSecrets: true, why: 'output may print secret values', decide: output }),
  ...each(read({ readsSecrets: true, why: 'the state may hold secret values' }), 'state show, state pull'),
  init: local({
    when: {
      '-migrate-state': { effect: 'mutate', why: 'init -migrate-state copies the state to another place' },
    },
    decide: (call) =>
      hasFlag(call.parsed, '-migrate-state') && !hasFlag(call.parsed, '-force-copy -input')
        ? terminal
        : undefined,
  }),
  ...each(local(), 'get, providers lock, providers mirror, workspace new'),
  'workspace select': local({
    why: 'workspace select changes the workspace of this folder',
    captureFirst: 'terraform workspace show',
    inverse: 'terraform workspace select with the workspace from before',
  }),
  logout: local(AT_HOME),
  login: local(terminal),
  console: runs('console evaluates expressions', {
    decide: (call) => (call.stdin.kind === 'inherited' ? terminal : undefined),
  }),
  test: mutate({ why: 'test creates resources and destroys them again' }),
  apply: mutate({
    decide: apply,
    resources: RESOURCE,
    why: 'apply changes the infrastructure',
    preview: 'terraform plan -out=FILE, and terraform apply FILE',
    captureFirst: STATE.captureFirst,
    inverse: 'terraform apply of the configuration from before',
  }),
  refresh: mutate({ why: 'refresh rewrites the state', preview: 'terraform plan -refresh-only', ...STATE }),
  import: mutate({
    resources: 'first',
    inverse: 'terraform state rm of the same address',
    preview: 'terraform plan',
  }),
  untaint: mutate({ resources: 'first', inverse: 'terraform taint' }),
  destroy: destroy({
    scope: 'all',
    resources: RESOURCE,
    asks: APPROVED,
    when: { '-target': { scope: 'many', why: 'destroy removes the resource, and what depends on it' } },
    why: 'destroy removes every resource of the configuration',
    preview: 'terraform plan -destroy',
    captureFirst: STATE.captureFirst,
  }),
  taint: destroy({
    resources: 'first',
    why: 'taint has the resource destroyed and created anew by the next apply',
    inverse: 'terraform untaint',
  }),
  'state rm|remove': destroy({
    ...STATE,
    resources: 'all',
    dryRun: '-dry-run',
    why: 'state rm forgets the resource, so that nobody manages it',
  }),
  'state push': destroy({ ...STATE, why: 'state push replaces the state, and so what the next apply does' }),
  'state replace-provider': destroy({
    ...STATE,
    asks: '-auto-approve',
    why: 'changes the provider in the state',
  }),
  'state mv|move': destroy({
    resources: 'first',
    dryRun: '-dry-run',
    why: 'renames in the state',
    captureFirst: STATE.captureFirst,
    inverse: 'terraform state mv back',
  }),
  'force-unlock': destroy({
    resources: 'first',
    why: 'force-unlock breaks the lock that someone else may hold',
    asks: '-force',
  }),
  'workspace delete': destroy({
    resources: 'first',
    why: 'deletes a workspace and its state',
    captureFirst: STATE.captureFirst,
  }),
};

/** The same under another program's name. */
export function commandsOf(name: string): Readonly<Record<string, Outcome>> {
  const called = (text: string | undefined) => text?.replace(/\bterraform\b/g, name);
  return Object.fromEntries(
    Object.entries(COMMANDS).map(([key, { inverse, preview, captureFirst, ...outcome }]) => [
      key,
      {
        ...outcome,
        ...(inverse === undefined ? {} : { inverse: called(inverse) as string }),
        ...(preview === undefined ? {} : { preview: called(preview) as string }),
        ...(captureFirst === undefined ? {} : { captureFirst: called(captureFirst) as string }),
      },
    ]),
  );
}

export const VALUES = `-chdir -var -var-file -target -out -state -state-out -backup -lock-timeout -parallelism -backend-config -replace -from-module -plugin-dir
  -generate-config-out -module-depth -input -lock -refresh -write -filter -junit-xml -test-directory`;
export const SWITCHES =
  '-no-color -json -raw -detailed-exitcode -destroy -refresh-only -auto-approve -reconfigure -upgrade -migrate-state -force-copy -force -check -recursive -diff -allow-missing-config -ignore-remote-version -compact-warnings -concise -allow-missing -or-create';

/** `-help` and `-h`, where they are no option's value. */
export function helps(
  values: string,
): (call: { readonly name: string; readonly args: readonly Arg[] }) => Verdict | undefined {
  const taken = wordSet(values);
  return ({ name, args }) => {
    const end = args.findIndex((arg) => arg.value === '--');
    const at = args.findIndex((arg) => /^(-h|-help)$/.test(arg.value));
    if (at < 0 || (end >= 0 && end < at) || taken.has(args[at - 1]?.value ?? '')) return undefined;
    return verdict('read', `${name} -help prints help`, { tool: name });
  };
}
