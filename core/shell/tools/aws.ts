/**
 * The AWS command line: by the verb that begins an operation's name, with the exceptions that the verb does not tell.
 * From documentation: AWS CLI v2 command reference.
 */
import { type Verdict, verdict } from '../verdict.ts';
import { type Arg, wordSet } from '../words.ts';
import { OPERATIONS } from './awsCommands.ts';
import { named } from './awsOptions.ts';
import { SERVICES } from './awsServices.ts';
import { outcomeOfOperation } from './awsVerbs.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const VALUES = `--output --query --cli-input-json --cli-input-yaml --cli-read-timeout --cli-connect-timeout --ca-bundle --color --cli-binary-format
  --max-items --page-size --starting-token --filters --filter --cli-error-format --cli-auto-prompt-mode`;
const SWITCHES = `--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --cli-auto-prompt --recursive
  --human-readable --summarize --follow --dryrun --delete --dry-run --no-dry-run --force --interactive --with-decryption
  --force-new-deployment --apply-immediately --force-failover --skip-final-snapshot --delete-automated-backups`;
const GLOBAL_VALUES = wordSet(`${VALUES} --profile --region --endpoint-url`);

/** `aws help`, `aws ec2 help`, `aws ec2 stop-instances help`: the word behind the command, and nothing behind it. */
function asksHelp(args: readonly Arg[]): boolean {
  let at = 0;
  while (args[at]?.value.startsWith('-')) {
    const value = args[at]?.value ?? '';
    at += !value.includes('=') && GLOBAL_VALUES.has(value) ? 2 : 1;
  }
  const words = args.slice(at);
  return (
    words.length <= 3 &&
    words.length > 0 &&
    words.at(-1)?.value === 'help' &&
    words.every((arg) => !arg.value.startsWith('-'))
  );
}

function judge(args: readonly Arg[]): Verdict | undefined {
  if (asksHelp(args)) return { ...verdict('read', 'aws help prints help', { tool: 'aws' }) };
  const skeleton = args.some((arg) => /^--generate-cli-skeleton(=|$)/.test(arg.value));
  return skeleton ? verdict('read', 'aws --generate-cli-skeleton prints a form', { tool: 'aws' }) : undefined;
}

/** Any operation that is not listed, by its verb. */
function byVerb(call: Call): Outcome | undefined {
  // A service with listed operations has been matched already, so its name is in the path.
  const before = call.path.split(' ').filter(Boolean);
  const [service, operation] = [
    ...before,
    ...call.parsed.operands.map((arg) => (arg.dynamic ? '' : arg.value)),
  ];
  if (!service || !operation || !SERVICES.has(service)) return undefined;
  const outcome = outcomeOfOperation(service, operation);
  if (!outcome) return undefined;
  if (
    outcome.effect === 'local-write' &&
    /^\/dev\/(stdout|stderr|null)$/.test(call.parsed.operands.at(-1)?.value ?? '')
  )
    return { ...outcome, effect: 'read', why: `aws ${service} ${operation} prints it` };
  const open = GLOBAL.test(service) ? { leavesOpen: EVERYWHERE } : {};
  if (outcome.effect === 'read') return { ...outcome, ...open };
  return { resources: named, ...outcome, ...rehearsable(service, operation), ...open };
}

/** The EC2 family rehearses; elsewhere the option does not exist, or means something else. */
function rehearsable(service: string, operation: string): Partial<Outcome> {
  return service === 'ec2'
    ? { dryRun: '--dry-run', preview: `aws ec2 ${operation} --dry-run with the same words` }
    : {};
}

/** Services that are the same in every region; a bucket's name says where it is. */
const GLOBAL =
  /^(s3|s3api|iam|organizations|route53|route53domains|cloudfront|sts|account|budgets|ce|globalaccelerator|support|shield|artifact)$/;
const ACCOUNT = 'aws sts get-caller-identity';
const EVERYWHERE = { 'profile|account|endpoint': ACCOUNT };

const operations = Object.fromEntries(
  Object.entries(OPERATIONS).map(([key, outcome]) => {
    const [service = '', operation = ''] = key.split(' ');
    const open = GLOBAL.test(service) ? { leavesOpen: EVERYWHERE } : {};
    return [
      key,
      outcome.effect === 'read'
        ? { ...open, ...outcome }
        : { ...rehearsable(service, operation), ...open, ...outcome },
    ];
  }),
);

const REGION = 'aws configure get region';
export const aws: readonly Tool[] = [
  {
    names: 'aws awslocal',
    source:
      'help text or man page (Debian 12), and documentation: AWS CLI v2, and the service models of botocore 1.43',
    style: 'long',
    values: VALUES,
    switches: SWITCHES,
    targets: {
      profile: '--profile',
      region: '--region',
      endpoint: '--endpoint-url',
      cluster: '--cluster --cluster-name',
    },
    network: true,
    ambient: { 'profile|account|endpoint': ACCOUNT, 'region|endpoint': REGION },
    commands: operations,
    judge: (call) => judge(call.args),
    findTargets: (call) =>
      /^s3 (cp|sync)/.test(call.path)
        ? call.parsed.operands
            .filter((arg) => arg.value.startsWith('s3://'))
            .map((arg) => ({ kind: 'bucket', value: arg.value }))
        : [],
    otherwise: byVerb,
  },
  {
    names: 'eksctl',
    source: 'from documentation: eksctl 0.190',
    values:
      '-f --config-file --name -n --nodes -N --nodes-min --nodes-max -m -M -v --verbose -o --output --timeout --arn --username',
    switches: '--wait -w --approve --all --force --disable-nodegroup-eviction',
    targets: { cluster: '--cluster', region: '-r --region', profile: '-p --profile' },
    network: true,
    ambient: { 'profile|account': ACCOUNT, region: REGION },
    commands: {
      ...each(read(), 'get, info, utils describe-stacks|describe-addon-versions|schema|nodegroup-health'),
      ...each(read({ network: false }), 'version, completion, help'),
      ...each(mutate(), 'create, associate, enable, set, update, register, utils'),
      ...each(mutate({ network: false }), 'anywhere'),
      scale: mutate({
        decide: (call) =>
          /^0$/.test(
            call.parsed.flags.findLast((flag) => /^(-N|--nodes)$/.test(flag.name))?.value?.value ?? '',
          )
            ? { effect: 'destroy', why: 'eksctl scale to 0 takes the node group out of service' }
            : undefined,
        captureFirst: 'eksctl get nodegroup with the same cluster',
        inverse: 'eksctl scale with the numbers from before',
      }),
      // Without --approve they only say what they would do.
      ...each(
        mutate(),
        'upgrade, utils update-cluster-logging|update-cluster-vpc-config|update-cluster-endpoints',
      ),
      'utils write-kubeconfig': local(),
      ...each(
        destroy({
          resources: (call) =>
            call.parsed.flags
              .filter(
                (flag) => /^(--name|--cluster|-n)$/.test(flag.name) && flag.value && !flag.value.dynamic,
              )
              .map((flag) => flag.value?.value ?? '')
              .slice(-1),
        }),
        'delete, drain, deregister, unset, disassociate',
      ),
    },
  },
  {
    names: 'sam',
    source: 'from documentation: AWS SAM CLI 1.120',
    values:
      '--stack-name --config-env --config-file --s3-bucket --parameter-overrides --capabilities -t --template --template-file -n --name --event -e',
    switches:
      '--guided -g --no-confirm-changeset --confirm-changeset --no-prompts --no-execute-changeset --tail --cached',
    targets: { stack: '--stack-name', profile: '--profile', region: '--region' },
    network: true,
    ambient: { 'profile|account': ACCOUNT, region: REGION },
    commands: {
      ...each(read(), 'list, validate, remote test-event list'),
      logs: read({ when: { '--tail -t': stream } }),
      traces: read({ when: { '--tail': stream } }),
      ...each(local({ network: false }), 'build, init, docs, pipeline init, local generate-event'),
      ...each(local(), 'package, publish, pipeline bootstrap'),
      'local invoke': {
        effect: 'unknown',
        why: 'unknown: sam local invoke runs the function',
        network: false,
      },
      'local start-api|start-lambda': {
        effect: 'unknown',
        why: 'unknown: runs the functions',
        ...stream,
        network: false,
      },
      'remote invoke': { effect: 'unknown', why: 'unknown: sam remote invoke runs a function' },
      deploy: mutate({
        preview: 'sam deploy --no-execute-changeset',
        when: { '-g --guided --confirm-changeset': terminal },
      }),
      sync: mutate({ when: { '--watch': stream }, asks: '--no-dependency-layer --watch --code' }),
      delete: destroy({
        asks: '--no-prompts',
        why: 'sam delete deletes the stack and what was uploaded for it',
        resources: (call) =>
          call.parsed.flags
            .filter((flag) => flag.name === '--stack-name' && flag.value)
            .map((flag) => flag.value?.value ?? ''),
      }),
    },
  },
  {
    names: 'cdk',
    source: 'from documentation: AWS CDK 2',
    values:
      '-c --context -a --app -o --output --require-approval --role-arn -r --toolkit-stack-name -t --tags --parameters --plugin --method',
    switches:
      '-f --force --all --exclusively -e --hotswap --no-rollback --no-execute --verbose -v --ci --json -j --strict',
    targets: { profile: '--profile', region: '--region' },
    network: true,
    ambient: { 'profile|account': ACCOUNT },
    commands: {
      // They run the project's own program.
      ...each(
        read({ why: 'the project says what it would make, by its own program', preview: 'cdk diff' }),
        'list, ls, diff, synth, synthesize, metadata, doctor, notices, drift',
      ),
      ...each(read({ network: false }), 'docs, doc, version, acknowledge, ack'),
      ...each(local({ network: false }), 'init, context, migrate'),
      ...each(mutate({ scope: 'many' }), 'bootstrap, import, rollback, refactor'),
      deploy: mutate({
        scope: 'many',
        preview: 'cdk diff',
        resources: 'all',
        asks: '--require-approval=never --no-execute',
        why: 'cdk deploy changes the stack; it asks where permissions widen',
      }),
      watch: mutate(stream),
      destroy: destroy({
        scope: 'many',
        resources: 'all',
        asks: '-f --force',
        captureFirst: 'aws cloudformation list-stack-resources',
      }),
      gc: destroy({ asks: '--confirm=false' }),
    },
  },
  {
    names: 'serverless sls copilot chalice',
    source: 'from documentation: Serverless 4, AWS Copilot 1.34, Chalice 1',
    values:
      '--stack-name -s --stage -t --template -a --app -n --name -e --env -f --function -d --data -p --path --param',
    switches: '--yes --verbose --force',
    targets: { profile: '--profile --aws-profile', region: '--region -r' },
    network: true,
    ambient: { 'profile|account': ACCOUNT },
    commands: {
      ...each(
        read({ when: { '--tail -t --follow': stream } }),
        'list, ls, info, status, logs, metrics, print, svc ls|show|status|logs, app ls|show, env ls|show, job ls|logs, job show, pipeline ls|show|status, task logs, deploy list, url, rollback list',
      ),
      ...each(read({ network: false }), 'validate, version, help, doctor, plugin list'),
      ...each(
        local({ network: false }),
        'build, init, package, plugin install|uninstall, create, new-project, config',
      ),
      ...each(
        mutate(),
        'deploy, rollback, sync, invoke, import, svc deploy|init, env deploy, env init, job deploy|run|init, app init|upgrade, pipeline init|deploy, task run, secret init',
      ),
      ...each(opensSession('opens a session'), 'svc exec, task exec'),
      ...each(destroy(), 'remove, delete, svc pause'),
      ...each(
        destroy({ asks: '--yes' }),
        'svc delete, app delete, env delete, job delete, pipeline delete, task delete',
      ),
    },
  },
];
