/**
 * The AWS command line: by the verb that begins an operation's name, with the exceptions that the verb does not tell.
 * From documentation: AWS CLI v2 command reference.
 */

import { judgeSql } from '../sql.ts';
import { type Verdict, verdict } from '../verdict.ts';
import { hasFlag, plain } from '../words.ts';
import {
  type Call,
  destroy,
  local,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const READ =
  /^(describe|list|get|head|batch-get|search|lookup|scan|query|select|estimate|validate|simulate|test|detect|preview|check|filter|view|verify|compare|discover|generate-cli-skeleton|wait|help)(-|$)/;
const DESTROY =
  /^(delete|terminate|remove|deregister|destroy|purge|revoke|disable|detach|disassociate|stop|cancel|reset|release|batch-delete|deactivate|deprovision|abort|leave|untag|schedule-key-deletion|promote|failover-global|shutdown|drop|reject|unsubscribe|disconnect)(-|$)/;
const MUTATE =
  /^(create|put|update|modify|set|add|attach|associate|tag|enable|start|run|register|import|copy|restore|authorize|reboot|failover|change|allocate|apply|assign|send|publish|invoke|execute|upload|complete|replace|request|rotate|resume|retry|accept|admin|batch|activate|extend|increase|decrease|assume|export|initiate|issue|merge|migrate|monitor|move|notify|post|provision|receive|record|refresh|rebuild|reactivate|redrive|swap|switch|switchover|sync|transfer|upgrade|confirm|continue|count|deploy|exec|install|submit|subscribe|suspend|push)(-|$)/;

/** Operations whose output is a secret. */
const SECRETS =
  /^(secretsmanager (get-secret-value|batch-get-secret-value)|sts (get-session-token|assume-role.*|get-federation-token)|iam create-access-key|ecr get-login(-password)?|ecr-public get-login-password|rds generate-db-auth-token|kms (decrypt|generate-data-key.*)|ec2 get-password-data|lambda get-function(-configuration)?|redshift get-cluster-credentials|codeartifact get-authorization-token|eks get-token|cognito-idp admin-get-user|configure (export-credentials|get)|ssm get-parameters?(-by-path)?)$/;

/** What the verb does not tell, by service and operation. */
const EXCEPTIONS: Readonly<Record<string, Outcome>> = {
  'sqs receive-message': mutate({ why: 'aws sqs receive-message hides the messages it returns from others' }),
  'sqs purge-queue': destroy({ scope: 'all', why: 'aws sqs purge-queue deletes every message of the queue' }),
  'ssm get-parameter': read({ when: { '--with-decryption': { readsSecrets: true } } }),
  'ssm start-session': runs('aws ssm start-session opens a shell', terminal),
  'ssm send-command': runs('aws ssm send-command runs commands on machines'),
  'ecs execute-command': runs('aws ecs execute-command runs a command in a container', {
    decide: (call) =>
      hasFlag(call.parsed, '--interactive') && /^(.*\/)?(ba|z|da)?sh$/.test(optionValue(call, '--command'))
        ? terminal
        : undefined,
  }),
  'lambda invoke': runs('aws lambda invoke runs a function'),
  'stepfunctions start-execution': runs('aws stepfunctions start-execution runs a workflow'),
  'codebuild start-build': runs('aws codebuild start-build runs a build'),
  'events test-event-pattern': read(),
  'logs start-query': read({ why: 'aws logs start-query asks, and costs by what it scans' }),
  'logs get-query-results': read(),
  'logs tail': read({ why: 'aws logs tail reads', when: { '--follow': stream } }),
  'logs start-live-tail': read(stream),
  'configure list|list-profiles': read(),
  'configure set': local({ why: 'aws configure set changes the settings of this machine' }),
  'configure import': local(),
  'configure sso': local(terminal),
  'sso login': local(terminal),
  'sso logout': local(),
  'eks update-kubeconfig': local({ why: 'aws eks update-kubeconfig changes the kubeconfig of this machine' }),
  'cloudformation create-change-set': mutate({
    why: 'aws cloudformation create-change-set prepares a change and applies nothing',
  }),
  'cloudformation update-stack': destroy({ why: 'aws cloudformation update-stack may replace resources' }),
  'cloudformation deploy': mutate(),
  'cloudformation package': mutate(),
  'cloudfront create-invalidation': mutate(),
  'route53 change-resource-record-sets': mutate({
    why: 'aws route53 change-resource-record-sets changes DNS',
    decide: (call) =>
      /"?Action"?\s*[:=]\s*"?DELETE/.test(optionValue(call, '--change-batch'))
        ? { effect: 'destroy', why: 'aws route53 deletes DNS records' }
        : undefined,
    inverse: 'the change set back (save it first: aws route53 list-resource-record-sets)',
  }),
  'rds promote-read-replica': destroy({
    why: 'aws rds promote-read-replica splits the replica off for good',
  }),
  'ecs update-service': mutate({
    inverse: 'aws ecs update-service with the task definition and count from before',
    decide: (call) =>
      optionValue(call, '--desired-count') === '0'
        ? { effect: 'destroy', why: 'aws ecs update-service --desired-count 0 stops every task' }
        : undefined,
  }),
  'autoscaling set-desired-capacity': mutate({
    decide: zero('--desired-capacity', 'stops every instance of the group'),
  }),
  'autoscaling update-auto-scaling-group': mutate({
    decide: zero('--desired-capacity', 'stops every instance of the group'),
  }),
  'lambda put-function-concurrency': mutate({
    decide: zero('--reserved-concurrent-executions', 'stops the function'),
  }),
  'elbv2 modify-rule': mutate({
    inverse: 'aws elbv2 modify-rule with the rule from before (save it first: aws elbv2 describe-rules)',
  }),
  's3api put-bucket-policy': mutate({ why: 'aws s3api put-bucket-policy changes who can read the bucket' }),
  's3api put-bucket-lifecycle-configuration': destroy({ why: 'a lifecycle rule may delete objects later' }),
  's3api put-bucket-lifecycle': destroy({ why: 'a lifecycle rule may delete objects later' }),
  'dynamodb execute-statement': mutate({ decide: (call) => sql(call, '--statement') }),
  'rds-data execute-statement': mutate({ decide: (call) => sql(call, '--sql') }),
  'athena start-query-execution': mutate({ decide: (call) => sql(call, '--query-string') }),
  'redshift-data execute-statement': mutate({ decide: (call) => sql(call, '--sql') }),
  'amplify start-deployment': mutate(),
  'iam create-access-key': mutate({ readsSecrets: true }),
  'kms schedule-key-deletion': destroy({
    why: 'aws kms schedule-key-deletion deletes the key after its waiting time',
    inverse: 'aws kms cancel-key-deletion within the waiting time',
  }),
};

/** The commands of `aws s3`, which are no API operations. */
const S3: Readonly<Record<string, Outcome>> = {
  's3 ls': read(),
  's3 presign': read({ readsSecrets: true, why: 'aws s3 presign prints an address that grants access' }),
  's3 cp': local({ dryRun: '--dryrun', decide: upload }),
  's3 sync': local({
    dryRun: '--dryrun',
    decide: upload,
    when: {
      '--delete': { effect: 'destroy', why: 'aws s3 sync --delete removes what the source does not have' },
    },
  }),
  's3 mv': destroy({ dryRun: '--dryrun', why: 'aws s3 mv removes the source' }),
  's3 rm': destroy({
    dryRun: '--dryrun',
    why: 'aws s3 rm deletes objects',
    when: { '--recursive': { scope: 'many' } },
  }),
  's3 rb': destroy({ why: 'aws s3 rb deletes the bucket' }),
  's3 mb': mutate(),
  's3 website': mutate(),
};

function upload(call: Call): Partial<Outcome> {
  const last = call.parsed.operands.at(-1);
  return last === undefined || last.dynamic || last.value.startsWith('s3://')
    ? { effect: 'mutate', why: `aws ${call.path} writes to a bucket` }
    : { why: `aws ${call.path} writes files here` };
}

function zero(flag: string, what: string) {
  return (call: Call): Partial<Outcome> | undefined =>
    optionValue(call, flag) === '0' ? { effect: 'destroy', why: `aws ${call.path} to 0 ${what}` } : undefined;
}

function sql(call: Call, flag: string): Verdict | undefined {
  const text = call.parsed.flags.find((candidate) => candidate.name === flag)?.value;
  return text === undefined || (text.dynamic && /^\$/.test(text.value)) ? undefined : judgeSql(text.value);
}

function optionValue(call: Call, flag: string): string {
  return call.parsed.flags.findLast((candidate) => candidate.name === flag)?.value?.value ?? '';
}

/** Any operation that is not listed, by its verb. */
function byVerb(call: Call): Outcome | Verdict | undefined {
  // A service with listed operations has been matched already, so its name is in the path.
  const [service, operation] = [...call.path.split(' ').filter(Boolean).map(plain), ...call.parsed.operands];
  if (service === undefined || service.dynamic || operation === undefined || operation.dynamic)
    return undefined;
  if (service.value === 'help' || operation.value === 'help') return read();
  const name = `${service.value} ${operation.value}`;
  const label = `aws ${name}`;
  const secret = SECRETS.test(name) ? { readsSecrets: true } : {};
  const rehearses =
    hasFlag(call.parsed, '--dry-run') && !hasFlag(call.parsed, '--no-dry-run') && service.value === 'ec2';
  if (rehearses || hasFlag(call.parsed, '--generate-cli-skeleton'))
    return verdict('read', `${label} only rehearses (dry run)`, { tool: 'aws' });
  if (READ.test(operation.value)) return read({ why: `${label} reads`, ...secret });
  if (DESTROY.test(operation.value))
    return destroy({ why: `${label} destroys or takes out of service`, ...secret });
  if (MUTATE.test(operation.value)) return mutate({ why: `${label} changes state`, ...secret });
  return undefined;
}

export const aws: readonly Tool[] = [
  {
    names: 'aws awslocal',
    source: 'from documentation: AWS CLI v2',
    style: 'long',
    values:
      '--output --query --cli-input-json --cli-input-yaml --cli-read-timeout --cli-connect-timeout --ca-bundle --color --max-items --page-size --starting-token --filters --filter --command --change-batch --desired-count',
    switches:
      '--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --no-cli-auto-prompt --recursive --human-readable --summarize --follow --dryrun --delete --dry-run --no-dry-run --force --interactive --with-decryption --force-new-deployment --apply-immediately --force-failover --skip-final-snapshot --generate-cli-skeleton',
    targets: {
      profile: '--profile',
      region: '--region',
      endpoint: '--endpoint-url',
      cluster: '--cluster --cluster-name --cluster-identifier',
      instance: '--db-instance-identifier --instance-id --instance-ids',
      bucket: '--bucket',
      queue: '--queue-url',
      table: '--table-name',
      function: '--function-name',
      stack: '--stack-name',
    },
    commands: {
      ...EXCEPTIONS,
      ...S3,
      configure: local({ ...terminal, why: 'aws configure asks for credentials' }),
    },
    findTargets: (call) =>
      call.parsed.operands
        .filter((arg) => arg.value.startsWith('s3://'))
        .map((arg) => ({ kind: 'bucket', value: arg.value })),
    otherwise: byVerb,
  },
  {
    names: 'eksctl',
    source: 'from documentation',
    values: '-f --config-file --name -n',
    targets: { cluster: '--cluster --name', region: '-r --region', profile: '-p --profile' },
    commands: {
      'get|info|version': read(),
      'create|upgrade|scale|associate|enable|set|update|register': mutate(),
      'delete|drain|deregister|unset': destroy(),
      utils: mutate(),
    },
  },
  {
    names: 'sam cdk serverless sls copilot chalice',
    source: 'from documentation',
    values: '--stack-name --profile --region -s --stage -t --template',
    targets: { stack: '--stack-name', profile: '--profile', region: '--region' },
    commands: {
      'list|ls|diff|synth|validate|info|status|metadata|context|doctor|logs': read({
        when: { '--tail -t --follow': stream },
      }),
      'build|init|package|bootstrap': local(),
      'deploy|rollback|sync|invoke|import|svc': mutate(),
      'destroy|delete|remove': destroy(),
    },
  },
];
