/** Pulumi. From documentation: Pulumi 3. */
import { valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const AT_HOME = { network: false };
/** Answered in advance; without a terminal it fails rather than ask. */
const YES = '-y --yes -f --skip-preview --non-interactive';
const SHOWS = { '--show-secrets': { readsSecrets: true, why: 'prints secret values' } };
const UNATTENDED: Outcome['when'] = {
  '-y --yes -f --skip-preview': {
    effect: 'destroy',
    scope: 'many',
    why: 'carries out whatever the preview turns out to be',
  },
};
const STACK = {
  captureFirst: 'pulumi stack export --file FILE',
  inverse: 'pulumi stack import --file of that file, while nobody else has written',
};
const stack = valuesOf('-s --stack');
const urns = valuesOf('-t --target --replace -s --stack');
/** The stack that is named, or the one in `-s`. */
const named = (call: Call): readonly string[] => {
  const operands = call.parsed.operands.filter((arg) => !arg.dynamic).map((arg) => arg.value);
  return operands.length > 0 ? operands : stack(call);
};

export const pulumi: Tool = {
  names: 'pulumi',
  source: 'from documentation: Pulumi 3',
  values:
    '-C --cwd -t --target -p --parallel -m --message -c --config --config-file --color --replace --policy-pack --profiling --tracing --output-file --file --path --secrets-provider --version --shell --target-replace --exclude',
  switches:
    '-y --yes -f --skip-preview --show-secrets --preview-only --diff -r --refresh --json -j -v --expect-no-changes --remove --force --secret --plaintext --non-interactive --target-dependents --preserve-config --run-program --suppress-outputs --verbose --exclude-protected --disable-protection',
  targets: { stack: '-s --stack', folder: '-C --cwd' },
  network: true,
  ambient: { stack: 'pulumi stack --show-name' },
  commands: {
    ...each(
      read(),
      'preview, pre, whoami, stack, stack ls, stack graph, stack history, stack tag get, stack tag ls, policy ls, policy group ls, env ls, env version, history, about, org get-default, deployment settings pull, org search',
    ),
    ...each(
      read(AT_HOME),
      'version, plugin ls, schema, package get-schema, package info, console, help, gen-completion, about env',
    ),
    preview: read({ when: { '--save-plan --import-file': { effect: 'local-write' } } }),
    ...each(read({ when: SHOWS }), 'stack output, config'),
    ...each(
      read({ readsSecrets: true, why: 'prints values that may be secret' }),
      'config get, env get, env open',
    ),
    'stack export': read({
      readsSecrets: true,
      why: 'the state may hold secret values',
      when: { '--file': { effect: 'local-write' } },
    }),
    logs: read({ switches: '-f', when: { '-f --follow': stream } }),
    ...each(
      local(AT_HOME),
      'logout, install, plugin install, plugin rm, convert, org set-default, policy new, package add, package gen-sdk',
    ),
    ...each(
      local({
        captureFirst: 'pulumi stack --show-name',
        inverse: 'pulumi stack select with the stack from before',
      }),
      'stack select, stack unselect',
    ),
    ...each(local(), 'stack init, stack rename, stack tag set, stack tag rm'),
    ...each(
      local({
        ...AT_HOME,
        captureFirst: 'pulumi config',
        inverse: 'pulumi config set with the value from before',
      }),
      'config set, config set-all, config rm, config rm-all, config refresh, config cp, config env',
    ),
    login: local(),
    new: local(terminal),
    ...each(
      mutate({
        asks: YES,
        when: UNATTENDED,
        resources: urns,
        preview: 'pulumi preview --diff',
        captureFirst: STACK.captureFirst,
        inverse: 'pulumi up of the program from before',
      }),
      'up, update',
    ),
    refresh: mutate({ asks: YES, dryRun: '--preview-only', when: UNATTENDED, resources: urns, ...STACK }),
    import: mutate({ asks: YES, resources: 'all', preview: 'pulumi preview' }),
    ...each(
      mutate(),
      'stack change-secrets-provider, state repair, env init, env edit, env set, policy publish, policy enable, deployment run, deployment settings push, deployment settings configure, package publish',
    ),
    'env edit': mutate(terminal),
    ...each(mutate({ asks: YES, ...STACK }), 'state rename, state upgrade'),
    'state edit': mutate({ ...terminal, ...STACK }),
    'stack import': destroy({
      ...STACK,
      resources: stack,
      why: 'replaces the state, and so what the next update does',
    }),
    'env run': read({
      why: 'pulumi env run gives the command its variables',
      runs: (call) => (call.parsed.rest?.length ? call.judge.words(call.parsed.rest, call.stdin) : undefined),
    }),
    watch: mutate(stream),
    destroy: destroy({
      scope: 'all',
      asks: YES,
      dryRun: '--preview-only',
      resources: urns,
      why: 'pulumi destroy deletes every resource of the stack',
      preview: 'pulumi destroy --preview-only',
      captureFirst: STACK.captureFirst,
    }),
    ...each(
      destroy({
        asks: YES,
        resources: named,
        captureFirst: STACK.captureFirst,
        why: 'deletes the stack and its state',
      }),
      'stack rm',
    ),
    cancel: destroy({
      asks: YES,
      resources: named,
      why: 'ends an update of someone else, and leaves the stack as it is',
    }),
    'state delete': destroy({
      asks: YES,
      resources: 'first',
      ...STACK,
      why: 'forgets the resource, so that nobody manages it',
    }),
    ...each(destroy({ asks: YES, resources: 'all', ...STACK }), 'state unprotect, state move, state protect'),
    ...each(destroy({ resources: 'all' }), 'policy disable, policy rm, env rm, org member remove'),
    'env rm': destroy({ asks: YES, resources: 'all' }),
    'policy rm': destroy({ asks: YES, resources: 'all' }),
  },
};
