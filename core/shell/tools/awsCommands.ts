/** What the AWS command line has of its own, and what runs text. From documentation: AWS CLI v2. */
import { isOpaque } from '../words.ts';
import { CHANGES, PAIRS } from './awsOperations.ts';
import { copies, ecsCommand, jsonHas, named, optionWord, sqlOf, ssmCommand } from './awsOptions.ts';
import { isSecretFile } from './secretFiles.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  terminal,
} from './table.ts';

/** Text that another program runs: SQL, commands, functions. */
const RUNS: Readonly<Record<string, Outcome>> = {
  'ssm start-session': opensSession('aws ssm start-session opens a shell', {
    mode: 'terminal',
    decide: (call) =>
      /PortForwarding/.test(optionWord(call, '--document-name') ?? '')
        ? { mode: 'stream', why: 'unknown: aws ssm start-session opens a port until it is stopped' }
        : undefined,
  }),
  'ssm send-command': read({ why: 'aws ssm send-command runs it on machines', decide: ssmCommand }),
  'ssm start-automation-execution': runs('aws ssm starts a runbook'),
  'ecs execute-command': read({
    why: 'aws ecs execute-command runs it in the container',
    decide: ecsCommand,
  }),
  'lambda invoke': runs('aws lambda invoke runs a function', {
    values: '--invocation-type',
    dryRun: '--invocation-type=DryRun',
  }),
  ...each(runs('it runs a workflow or a build'), 'stepfunctions start-execution, codebuild start-build'),
  'stepfunctions start-sync-execution': runs('it runs a workflow'),
  'dynamodb execute-statement': mutate({ decide: sqlOf('--statement') }),
  'dynamodb batch-execute-statement|execute-transaction': mutate({
    decide: sqlOf('--statements --transact-statements'),
  }),
  'dynamodb batch-write-item': mutate({
    decide: (call) =>
      jsonHas(optionWord(call, '--request-items'), 'DeleteRequest')
        ? { effect: 'destroy', scope: 'many', why: 'aws dynamodb batch-write-item deletes items' }
        : undefined,
  }),
  'dynamodb transact-write-items': mutate({
    decide: (call) =>
      jsonHas(optionWord(call, '--transact-items'), 'Delete')
        ? { effect: 'destroy', scope: 'many', why: 'aws dynamodb transact-write-items deletes items' }
        : undefined,
  }),
  'rds-data execute-statement|batch-execute-statement': mutate({ decide: sqlOf('--sql') }),
  'rds-data execute-sql': mutate({ decide: sqlOf('--sql-statements') }),
  'redshift-data execute-statement': mutate({ decide: sqlOf('--sql') }),
  'redshift-data batch-execute-statement': mutate({ decide: sqlOf('--sqls') }),
  'athena start-query-execution': mutate({ decide: sqlOf('--query-string') }),
  'timestream-query query': read({ decide: sqlOf('--query-string') }),
};

const AT_HOME = { network: false };

/** Commands that are the command line's own, and no operations of a service. */
const OWN: Readonly<Record<string, Outcome>> = {
  'logs start-query': read({ why: 'aws logs start-query asks, and costs by what it scans' }),
  'logs tail': read({ why: 'aws logs tail reads', when: { '--follow': stream } }),
  'logs start-live-tail': read(stream),
  'ssm get-parameter|get-parameters|get-parameters-by-path|get-parameter-history': read({
    why: 'aws ssm reads parameters',
    when: { '--with-decryption': { readsSecrets: true, why: 'aws ssm prints decrypted parameters' } },
  }),
  'apigateway get-api-key|get-api-keys': read({
    when: { '--include-value --include-values': { readsSecrets: true } },
  }),
  'configure list|list-profiles': read(AT_HOME),
  'configure get': read({
    ...AT_HOME,
    decide: (call) =>
      /(key|token|secret|password)/i.test(call.parsed.operands[0]?.value ?? '')
        ? { readsSecrets: true, why: 'aws configure get prints a credential' }
        : undefined,
  }),
  'configure export-credentials': read({ readsSecrets: true, why: 'prints credentials' }),
  'configure set|import|add-model': local({
    ...AT_HOME,
    why: 'aws configure changes the settings of this machine',
    captureFirst: 'aws configure list',
  }),
  'configure sso|sso-session|mfa-login': local({ ...terminal, leavesOpen: {} }),
  configure: local({ ...terminal, ...AT_HOME, why: 'aws configure asks for credentials' }),
  'sso login': local({ ...terminal, leavesOpen: {}, why: 'stores a login on this machine' }),
  'sso logout': local({ leavesOpen: {}, why: 'forgets the logins of this machine' }),
  login: local({ ...terminal, leavesOpen: {} }),
  logout: local({ leavesOpen: {} }),
  'history list|show': read(AT_HOME),
  'eks update-kubeconfig': local({
    why: 'aws eks update-kubeconfig changes the kubeconfig of this machine',
    captureFirst: 'kubectl config current-context',
    inverse: 'kubectl config use-context with the context from before',
  }),
  'codeartifact login': local({ why: 'stores a login on this machine' }),
  'ecr get-login': read({ readsSecrets: true }),
  'cloudtrail validate-logs': read(),
  'cloudformation package': mutate({ why: 'uploads what the template names' }),
  'ecs deploy': mutate({ resources: named }),
  'deploy push|register|deregister|install|uninstall': mutate(),
  'emr ssh': opensSession('aws emr ssh opens a session'),
  'emr socks': runs('aws emr socks opens a tunnel', stream),
  'emr put|get': mutate(),
  'ec2-instance-connect ssh': opensSession('aws ec2-instance-connect ssh opens a session'),
  'ec2-instance-connect open-tunnel': runs('it opens a tunnel until it is stopped', stream),
  'ddb select': read(),
  'ddb put': mutate(),
  'dynamodb wizard new-table': mutate(terminal),
};

/** The commands of `aws s3`, which are no API operations. */
const S3_VALUES = `--acl --storage-class --exclude --include --sse --sse-c --sse-c-key --sse-c-copy-source --sse-c-copy-source-key
  --sse-kms-key-id --grants --website-redirect --content-type --cache-control --content-disposition --content-encoding
  --content-language --expires --source-region --metadata --metadata-directive --copy-props --expected-size --expires-in
  --checksum-mode --checksum-algorithm --index-document --error-document --page-size`;
const S3_SWITCHES = `--quiet --only-show-errors --no-progress --follow-symlinks --no-follow-symlinks --force-glacier-transfer
  --ignore-glacier-warnings --size-only --exact-timestamps --no-guess-mime-type --no-overwrite --request-payer`;

function s3(outcome: Outcome): Outcome {
  return { values: S3_VALUES, switches: S3_SWITCHES, dryRun: '--dryrun', ...outcome };
}

/** The place that is written to. */
const destination = (call: Call): readonly string[] =>
  call.parsed.operands
    .slice(1, 2)
    .filter((arg) => !arg.dynamic && arg.value !== '-')
    .map((arg) => arg.value);
const places = (call: Call): readonly string[] =>
  call.parsed.operands
    .filter((arg) => !isOpaque(arg) && arg.value.startsWith('s3://'))
    .map((arg) => arg.value);
const versions = 'the versions, where the bucket keeps them: aws s3api list-object-versions';

const S3: Readonly<Record<string, Outcome>> = {
  's3 ls': read({ values: S3_VALUES }),
  's3 presign': read({
    values: S3_VALUES,
    readsSecrets: true,
    why: 'aws s3 presign prints an address that grants access',
  }),
  's3 cp': s3(
    read({
      decide: (call) => {
        if (call.parsed.operands[1]?.value !== '-') return copies(call);
        const shown = isSecretFile(call.parsed.operands[0]?.value ?? '');
        return {
          effect: 'read',
          why: 'aws s3 cp prints the object',
          ...(shown ? { readsSecrets: true } : {}),
        };
      },
      resources: destination,
    }),
  ),
  's3 sync': s3(
    local({
      decide: copies,
      resources: destination,
      when: {
        '--delete': {
          effect: 'destroy',
          scope: 'many',
          why: 'aws s3 sync --delete removes what the source does not have',
          captureFirst: versions,
        },
      },
    }),
  ),
  's3 mv': s3(destroy({ why: 'aws s3 mv removes the source', resources: places })),
  's3 rm': s3(
    destroy({
      why: 'aws s3 rm deletes objects',
      when: { '--recursive': { scope: 'many' } },
      resources: places,
      captureFirst: versions,
    }),
  ),
  's3 rb': destroy({
    why: 'aws s3 rb deletes the bucket',
    resources: places,
    when: { '--force': { scope: 'all', why: 'aws s3 rb --force deletes the bucket with all that is in it' } },
  }),
  's3 mb': mutate({ resources: places, inverse: 'aws s3 rb' }),
  's3 website': mutate({ resources: places, values: S3_VALUES }),
};

/** All of them; `named` finds the names. */
export const OPERATIONS: Readonly<Record<string, Outcome>> = {
  ...PAIRS,
  ...CHANGES,
  ...RUNS,
  ...OWN,
  ...S3,
};
