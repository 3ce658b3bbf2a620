/** Terragrunt: Terraform's words, alone or for every module of a folder. From documentation: Terragrunt 0.78. */
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag, plain } from '../words.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  type Outcome,
  read,
  type Tool,
  terminal,
} from './table.ts';
import { APPROVED, commandsOf, helps, SWITCHES, VALUES } from './terraformCommands.ts';

const AT_HOME = { network: false };

/** `--all` on a command of Terraform: it goes ahead in every module. */
function forAll(key: string, outcome: Outcome): Outcome {
  if (key === 'apply')
    return destroy({
      scope: 'all',
      why: 'apply on all modules applies every plan at once',
      asks: APPROVED,
      preview: 'terragrunt run --all plan',
    });
  return { ...outcome, scope: outcome.effect === 'read' ? 'one' : 'all' };
}

/** `run -- destroy`: the words behind `--` are Terraform's; `--all` takes them to every module. */
function handedOn(call: Call): Verdict | undefined {
  const words = call.parsed.rest ?? [];
  if (words.length === 0) return undefined;
  const all = hasFlag(call.parsed, '--all -a') ? [plain('run-all')] : [];
  const before = call.after.slice(
    0,
    call.after.findIndex((arg) => arg.value === '--'),
  );
  const options = before.filter((arg) => !/^(--all|-a)$/.test(arg.value));
  return call.judge.words([plain('terragrunt'), ...all, ...words, ...options], call.stdin);
}

const TERRAGRUNT_VALUES = `${VALUES} --terragrunt-config --terragrunt-working-dir --working-dir --terragrunt-iam-role --terragrunt-include-dir
  --terragrunt-exclude-dir --terragrunt-source --terragrunt-parallelism --config --queue-include-dir --queue-exclude-dir --parallelism
  --iam-assume-role --source --source-map --log-level --log-format --tf-path --download-dir --out-dir --json-out-dir --filter --feature
  --report-file --provider-cache-dir`;

const everywhere = Object.fromEntries(
  Object.entries(commandsOf('terragrunt')).flatMap(([key, outcome]) => {
    const all = forAll(key, outcome);
    const either: Outcome = {
      ...outcome,
      decide: (call) => {
        const own = outcome.decide?.(call);
        if (!hasFlag(call.parsed, '--all -a') || outcome.effect === 'read') return own;
        const asks = hasFlag(call.parsed, APPROVED) || call.stdin.kind !== 'inherited' ? {} : terminal;
        return { ...own, ...asks, effect: all.effect, scope: 'all', why: all.why ?? `${key} on all modules` };
      },
    };
    return [
      [key, either],
      [`run-all ${key}`, all],
      [`run ${key}`, either],
    ];
  }),
);

export const terragrunt: Tool = {
  names: 'terragrunt tg',
  source: 'from documentation: Terragrunt 0.78',
  style: 'long',
  values: TERRAGRUNT_VALUES,
  switches: `${SWITCHES} --all -a --terragrunt-non-interactive --non-interactive --terragrunt-ignore-dependency-errors --queue-ignore-errors --no-color`,
  targets: { folder: '--terragrunt-working-dir --working-dir' },
  network: true,
  ambient: { workspace: 'terragrunt workspace show' },
  judge: helps(TERRAGRUNT_VALUES),
  commands: {
    ...everywhere,
    run: { effect: 'read', why: 'terragrunt run hands the words on', runs: handedOn, decide: withoutWords },
    ...each(
      read(AT_HOME),
      'graph-dependencies, terragrunt-info, render-json, render, output-module-groups, hclvalidate, hcl validate, dag graph, find, list, info print, info strict, validate-inputs',
    ),
    ...each(read(), 'plan-all, validate-all'),
    'output-all': read({ readsSecrets: true }),
    ...each(local({ ...AT_HOME, dryRun: '--terragrunt-check --check' }), 'hclfmt, hcl fmt'),
    ...each(local(), 'scaffold, catalog, stack generate, stack clean'),
    'stack output': read({ readsSecrets: true }),
    'stack run': {
      effect: 'read',
      why: 'terragrunt stack run hands the words on',
      runs: stackRun,
      decide: withoutWords,
    },
    'backend bootstrap': { effect: 'mutate', why: 'makes the place for the state' },
    'backend migrate': destroy({
      asks: APPROVED,
      why: 'moves the state',
      captureFirst: 'terragrunt state pull, into a file',
    }),
    'backend delete': destroy({
      asks: APPROVED,
      why: 'deletes the state',
      captureFirst: 'terragrunt state pull, into a file',
    }),
    exec: {
      effect: 'read',
      why: 'terragrunt exec gives the command its variables',
      runs: (call) => call.judge.words(commandAfter(call, TERRAGRUNT_VALUES, 0), call.stdin),
    },
    ...each(
      destroy({ scope: 'all', asks: APPROVED, preview: 'terragrunt run --all plan' }),
      'apply-all, destroy-all',
    ),
  },
};

function stackRun(call: Call): Verdict | undefined {
  const words = call.parsed.rest ?? call.parsed.operands;
  return words.length === 0
    ? undefined
    : call.judge.words([plain('terragrunt'), plain('run-all'), ...words], call.stdin);
}

/** A word that Terraform does not have. */
function withoutWords(call: Call): Verdict | undefined {
  const [word] = call.parsed.rest ?? call.parsed.operands;
  if (word && (call.parsed.rest || call.path === 'stack run')) return undefined;
  return verdict('unknown', `unknown: ${call.name} ${call.path} ${word?.text ?? ''} is in no table`);
}
