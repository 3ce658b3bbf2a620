/** Terraform and its kin. From documentation: Terraform 1.9, OpenTofu 1.8, Terragrunt 0.66, Pulumi 3, Packer 1.11. */
import { unknown, type Verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** Asks for a `yes`, unless told not to. */
function asks(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-auto-approve --auto-approve --terragrunt-non-interactive --non-interactive')
    ? undefined
    : terminal;
}

/** A saved plan is applied without a question; everything else asks. */
function apply(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '-destroy'))
    return { effect: 'destroy', why: 'apply -destroy destroys all resources', scope: 'all', ...asks(call) };
  if (hasFlag(call.parsed, '-replace'))
    return { effect: 'destroy', why: 'apply -replace destroys and creates anew', ...asks(call) };
  if (hasFlag(call.parsed, '-auto-approve --auto-approve'))
    return {
      effect: 'destroy',
      why: 'apply -auto-approve applies whatever the plan turns out to be, with its deletions',
      scope: 'many',
    };
  return call.parsed.operands.length > 0 ? { why: 'apply carries out a saved plan' } : asks(call);
}

const commands: Readonly<Record<string, Outcome>> = {
  ...each(
    read(),
    'validate, show, providers, providers schema, version, graph, workspace list|show, state list, metadata functions, modules, help',
  ),
  plan: read({
    why: 'plan only compares (it runs the providers and their data sources, and takes the lock of the state)',
  }),
  fmt: local({
    switches: '-check -diff -recursive -list',
    dryRun: '-check -write=false',
  }),
  ...each(read({ readsSecrets: true, why: 'the state may hold secret values' }), 'output, state show|pull'),
  ...each(local(), 'init, get, workspace select|new, providers lock|mirror, logout, force-copy'),
  login: local(terminal),
  console: runs('console evaluates expressions', terminal),
  test: mutate({ why: 'test creates resources and destroys them again' }),
  apply: mutate({ decide: apply, why: 'apply changes the infrastructure' }),
  refresh: mutate({ why: 'refresh rewrites the state' }),
  import: mutate({ inverse: 'terraform state rm of the same address' }),
  untaint: mutate({ inverse: 'terraform taint' }),
  destroy: destroy({
    scope: 'all',
    decide: asks,
    why: 'destroy removes every resource of the configuration',
  }),
  taint: destroy({
    why: 'taint has the resource destroyed and created anew by the next apply',
    inverse: 'terraform untaint',
  }),
  'state rm|push|replace-provider': destroy({ why: 'changes the state, and so what the next apply does' }),
  'state mv': destroy({ why: 'renames in the state', inverse: 'terraform state mv back' }),
  'force-unlock': destroy({
    why: 'force-unlock breaks the lock that someone else may hold',
    decide: (call) => (hasFlag(call.parsed, '-force') ? undefined : terminal),
  }),
  'workspace delete': destroy({ why: 'deletes a workspace and its state' }),
};

const VALUES = `-chdir -var -var-file -target -out -state -state-out -backup -lock-timeout -parallelism -backend-config -replace -from-module -plugin-dir
  -generate-config-out -module-depth -input -lock -refresh -write`;
const SWITCHES =
  '-no-color -json -raw -detailed-exitcode -destroy -refresh-only -auto-approve -reconfigure -upgrade -migrate-state -force-copy -force -check -recursive -diff -allow-missing-config -ignore-remote-version';

/** Terragrunt: the same words, alone or behind `run-all` and `run --all`. */
const everywhere: Readonly<Record<string, Outcome>> = Object.fromEntries(
  Object.entries(commands).flatMap(([key, outcome]) => {
    const all: Outcome = { ...outcome, scope: outcome.effect === 'read' ? 'one' : 'all' };
    const raised: Outcome =
      key === 'apply'
        ? destroy({ scope: 'all', why: 'run-all apply applies every module at once', decide: asks })
        : all;
    return [
      [`run-all ${key}`, raised],
      [`run ${key}`, key === 'apply' ? outcome : all],
    ];
  }),
);

function preview(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '-y --yes -f --skip-preview') ? undefined : terminal;
}

function showsSecrets(call: Call): Partial<Outcome> | undefined {
  return hasFlag(call.parsed, '--show-secrets') ? { readsSecrets: true } : undefined;
}

const PULUMI_SWITCHES =
  '-y --yes -f --skip-preview --show-secrets --preview-only --diff -r --refresh --json -j -v --expect-no-changes --remove --force --secret --plaintext --non-interactive';
const unattended = {
  '-y --yes -f --skip-preview': {
    effect: 'destroy' as const,
    why: 'carries out whatever the preview turns out to be',
  },
};

export const terraform: readonly Tool[] = [
  {
    names: 'terraform tofu tf',
    source: 'from documentation: Terraform 1.9',
    style: 'long',
    values: VALUES,
    switches: SWITCHES,
    targets: { folder: '-chdir', resource: '-target' },
    bare: read(),
    commands,
  },
  {
    names: 'terragrunt tg',
    source: 'from documentation: Terragrunt 0.66',
    style: 'long',
    values: `${VALUES} --terragrunt-config --terragrunt-working-dir --working-dir --terragrunt-iam-role --terragrunt-include-dir --terragrunt-exclude-dir --terragrunt-source --terragrunt-parallelism`,
    switches: `${SWITCHES} --all --terragrunt-non-interactive --non-interactive --terragrunt-ignore-dependency-errors`,
    targets: { folder: '--terragrunt-working-dir --working-dir', resource: '-target' },
    commands: {
      ...commands,
      ...everywhere,
      ...each(
        read(),
        'plan-all, validate-all, graph-dependencies, terragrunt-info, render-json, output-module-groups, hclvalidate',
      ),
      'output-all': read({ readsSecrets: true }),
      hclfmt: local({ dryRun: '--terragrunt-check --check' }),
      ...each(destroy({ scope: 'all', decide: asks }), 'apply-all, destroy-all'),
    },
  },
  {
    names: 'pulumi',
    source: 'from documentation: Pulumi 3',
    values:
      '-C --cwd -t --target -p --parallel -m --message -c --config --config-file --color --replace --policy-pack --profiling --tracing --output-file --file',
    switches: PULUMI_SWITCHES,
    targets: { stack: '-s --stack', folder: '-C --cwd' },
    commands: {
      ...each(
        read(),
        'preview, pre, about, whoami, version, org get-default, plugin ls, stack, stack ls|graph|history|tag, policy ls, env ls, history, console, schema, package get-schema',
      ),
      ...each(read({ decide: showsSecrets }), 'stack output'),
      ...each(read({ readsSecrets: true }), 'config, config get, stack export, env get|open'),
      logs: read({ switches: '-f', when: { '-f --follow': stream } }),
      ...each(
        local(),
        'logout, install, plugin install|rm, stack select|init|rename|unselect, config set|set-all|rm|refresh|cp, convert, org set-default, policy new',
      ),
      login: local(),
      new: local(terminal),
      ...each(mutate({ decide: preview, when: unattended }), 'up, update'),
      refresh: mutate({ decide: preview, dryRun: '--preview-only', when: unattended }),
      ...each(mutate({ decide: preview }), 'import'),
      ...each(
        mutate(),
        'stack import, stack change-secrets-provider, state rename|repair|upgrade, env init|edit, policy publish|enable',
      ),
      watch: mutate(stream),
      destroy: destroy({ scope: 'all', decide: preview, dryRun: '--preview-only' }),
      ...each(destroy({ decide: preview }), 'stack rm, cancel, state delete'),
      ...each(destroy(), 'state unprotect|move|protect, policy disable|rm, env rm'),
    },
  },
  {
    names: 'packer',
    source: 'from documentation: Packer 1.11',
    style: 'long',
    values: '-var -var-file -only -except -on-error -parallel-builds',
    commands: {
      ...each(read(), 'validate, inspect, version, plugins installed|required'),
      fmt: local({ dryRun: '-check -write=false' }),
      ...each(local(), 'init, fix, hcl2_upgrade, plugins install|remove'),
      build: mutate({
        why: 'packer build creates machines and images',
        when: {
          '-force': { effect: 'destroy', why: 'packer build -force deletes the artifact from before' },
        },
      }),
      console: runs('packer console evaluates expressions', terminal),
    },
  },
  {
    names: 'infracost terraform-docs terraformer driftctl tfsec terrascan tfswitch tfenv',
    source: 'from documentation',
    otherwise: (call) => {
      if (/^(terraform-docs|infracost|driftctl|tfsec|terrascan)$/.test(call.name)) return read();
      const word = call.parsed.operands[0]?.value ?? '';
      if (/^(list|version|version-name|list-remote|trace|render|validate|pin)$/.test(word)) return read();
      return /^(tfswitch|tfenv|terraformer)$/.test(call.name) ? local() : inTable(call);
    },
    bare: read(),
    commands: { version: read() },
  },
];

function inTable(call: Call): Verdict {
  return unknown(`${call.name} ${call.parsed.operands[0]?.value ?? ''} is in no table`);
}
