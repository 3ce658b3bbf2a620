import { failsOver, jsonHas, named, optionWord, zero } from './awsOptions.ts';
import { destroy, mutate, type Outcome } from './table.ts';

/** `stop-instances/start-instances`: each takes the other back. The first of a pair takes out of service, or away. */
function pairs(service: string, list: string, first: string): Record<string, Outcome> {
  return Object.fromEntries(
    list.split(' ').flatMap((pair) => {
      const [away = '', back = ''] = pair.split('/');
      const inverse = (operation: string) => `aws ${service} ${operation} with the same words`;
      return [
        [
          `${service} ${away}`,
          destroy({
            resources: named,
            captureFirst: first,
            inverse: inverse(back),
            why: `aws ${service} ${away} takes it away or out of service`,
          }),
        ],
        [`${service} ${back}`, mutate({ resources: named, inverse: inverse(away) })],
      ];
    }),
  );
}

/** Operations that another takes back. */
export const PAIRS: Readonly<Record<string, Outcome>> = {
  ...pairs(
    'ec2',
    'stop-instances/start-instances detach-volume/attach-volume disassociate-address/associate-address',
    'aws ec2 describe-instances: addresses, volumes and devices',
  ),
  ...pairs(
    'ec2',
    'revoke-security-group-ingress/authorize-security-group-ingress revoke-security-group-egress/authorize-security-group-egress',
    'aws ec2 describe-security-groups with the same group',
  ),
  ...pairs(
    'rds',
    'stop-db-instance/start-db-instance stop-db-cluster/start-db-cluster',
    'aws rds describe-db-instances or describe-db-clusters',
  ),
  ...pairs(
    'elbv2',
    'deregister-targets/register-targets',
    'aws elbv2 describe-target-health with the same ARN',
  ),
  ...pairs('events', 'disable-rule/enable-rule', 'aws events describe-rule with the same name'),
  ...pairs('cloudwatch', 'disable-alarm-actions/enable-alarm-actions', 'aws cloudwatch describe-alarms'),
  ...pairs(
    'autoscaling',
    'detach-instances/attach-instances',
    'aws autoscaling describe-auto-scaling-groups',
  ),
  ...pairs(
    'iam',
    'detach-role-policy/attach-role-policy detach-user-policy/attach-user-policy detach-group-policy/attach-group-policy remove-user-from-group/add-user-to-group',
    'aws iam list-attached-role-policies, list-attached-user-policies or list-groups-for-user',
  ),
  ...pairs('kms', 'disable-key/enable-key', 'aws kms describe-key with the same id'),
  'autoscaling suspend-processes': mutate({ resources: named, inverse: 'aws autoscaling resume-processes' }),
  'autoscaling resume-processes': mutate({ resources: named, inverse: 'aws autoscaling suspend-processes' }),
};

const DATABASE = 'aws rds describe-db-instances with the same identifier';
const SERVICE = 'aws ecs describe-services with the same cluster and service: task definition and count';
const GROUP =
  'aws autoscaling describe-auto-scaling-groups with the same name: minimum, maximum and capacity';

/** What a person should note before, and what undoes it. */
export const CHANGES: Readonly<Record<string, Outcome>> = {
  'ec2 terminate-instances': destroy({
    why: 'aws ec2 terminate-instances ends instances for good, with the volumes that go with them',
    captureFirst:
      'aws ec2 describe-instances with the same ids, and aws ec2 create-snapshot of their volumes',
    resources: named,
  }),
  'rds delete-db-instance|delete-db-cluster': destroy({
    resources: named,
    why: 'deletes the database, with its automated backups unless they are kept',
    captureFirst: 'the name of a snapshot of today: aws rds create-db-snapshot',
    inverse: 'aws rds restore-db-instance-from-db-snapshot from that snapshot, under a new address',
    when: {
      '--skip-final-snapshot --delete-automated-backups': {
        why: 'deletes the database and keeps no snapshot or no backup',
      },
    },
  }),
  'rds modify-db-instance|modify-db-cluster': mutate({
    resources: named,
    captureFirst: DATABASE,
    inverse: 'the same command with the values from before',
    decide: zero(
      '--backup-retention-period',
      'aws rds with a backup retention of 0 deletes the automated backups',
    ),
  }),
  'rds promote-read-replica|promote-read-replica-db-cluster': destroy({
    resources: named,
    why: 'splits the replica off for good',
  }),
  'rds failover-global-cluster': mutate({ resources: named, decide: failsOver }),
  'ecs update-service': mutate({
    resources: named,
    captureFirst: SERVICE,
    inverse: 'aws ecs update-service with the task definition and count from before',
    decide: zero('--desired-count', 'aws ecs update-service --desired-count 0 stops every task'),
  }),
  'autoscaling set-desired-capacity|update-auto-scaling-group': mutate({
    resources: named,
    captureFirst: GROUP,
    inverse: 'the same command with the numbers from before',
    decide: zero('--desired-capacity --max-size', 'to 0 it stops every instance of the group'),
  }),
  'application-autoscaling register-scalable-target': mutate({
    resources: named,
    captureFirst: 'aws application-autoscaling describe-scalable-targets with the same ids',
    decide: zero('--max-capacity', 'a maximum of 0 takes the service out of service'),
  }),
  'eks update-nodegroup-config': mutate({
    resources: named,
    captureFirst: 'aws eks describe-nodegroup with the same names: scalingConfig',
    inverse: 'the same command with the numbers from before',
    decide: (call) =>
      /(^|[,{"])(desiredSize|maxSize)"?\s*[=:]\s*0\b/.test(optionWord(call, '--scaling-config') ?? '')
        ? { effect: 'destroy', why: 'aws eks scales the node group to 0' }
        : undefined,
  }),
  'lambda put-function-concurrency': mutate({
    resources: named,
    inverse: 'aws lambda delete-function-concurrency, or the number from before',
    captureFirst: 'aws lambda get-function-concurrency with the same name',
    decide: zero('--reserved-concurrent-executions', 'a concurrency of 0 stops the function'),
  }),
  'lambda update-function-code|update-alias|update-function-configuration': mutate({
    resources: named,
    captureFirst: 'aws lambda get-alias and get-function-configuration: the version and the settings',
    inverse: 'aws lambda update-alias back to the version from before',
  }),
  'lambda update-event-source-mapping': mutate({
    resources: named,
    inverse: 'the same command with --enabled',
    when: { '--no-enabled': { effect: 'destroy', why: 'aws lambda stops reading from the source' } },
  }),
  'elbv2 modify-rule': mutate({
    resources: named,
    captureFirst: 'aws elbv2 describe-rules with the same ARN',
    inverse: 'aws elbv2 modify-rule with the rule from before',
  }),
  'elbv2 modify-listener': mutate({
    resources: named,
    captureFirst: 'aws elbv2 describe-listeners with the same ARN',
    inverse: 'aws elbv2 modify-listener with the actions from before',
  }),
  'cloudformation update-stack': destroy({
    resources: named,
    why: 'aws cloudformation update-stack may replace resources',
    preview: 'aws cloudformation create-change-set, then describe-change-set',
    captureFirst: 'aws cloudformation get-template and describe-stacks: the template and its parameters',
    inverse: 'aws cloudformation update-stack with the template from before',
  }),
  'cloudformation delete-stack': destroy({
    resources: named,
    scope: 'many',
    why: 'aws cloudformation delete-stack deletes every resource of the stack',
    captureFirst: 'aws cloudformation list-stack-resources and get-template',
  }),
  'cloudformation deploy': mutate({
    resources: named,
    preview: 'aws cloudformation deploy --no-execute-changeset',
  }),
  'cloudformation create-change-set': mutate({
    why: 'aws cloudformation create-change-set prepares a change and applies nothing',
  }),
  'cloudformation execute-change-set': mutate({
    resources: named,
    preview: 'aws cloudformation describe-change-set',
  }),
  'route53 change-resource-record-sets': mutate({
    resources: named,
    why: 'aws route53 change-resource-record-sets changes DNS',
    captureFirst: 'aws route53 list-resource-record-sets with the same zone',
    inverse: 'the records set back as they were',
    decide: (call) =>
      jsonHas(optionWord(call, '--change-batch'), 'Action', 'DELETE')
        ? { effect: 'destroy', why: 'aws route53 deletes DNS records' }
        : undefined,
  }),
  's3api put-bucket-lifecycle-configuration|put-bucket-lifecycle': destroy({
    resources: named,
    why: 'a lifecycle rule may delete objects later',
    captureFirst: 'aws s3api get-bucket-lifecycle-configuration with the same bucket',
    inverse: 'the rules from before',
  }),
  'logs put-retention-policy': destroy({
    resources: named,
    why: 'a retention deletes older events',
    captureFirst: 'aws logs describe-log-groups: retentionInDays',
  }),
  'dynamodb update-time-to-live': mutate({
    resources: named,
    decide: (call) =>
      /enabled"?\s*[=:]\s*"?true/i.test(optionWord(call, '--time-to-live-specification') ?? '')
        ? { effect: 'destroy', why: 'a time to live deletes items later' }
        : undefined,
  }),
  'kms schedule-key-deletion': destroy({
    resources: named,
    why: 'aws kms schedule-key-deletion deletes the key after its waiting time',
    inverse: 'aws kms cancel-key-deletion within the waiting time',
  }),
  'kms cancel-key-deletion': mutate({ resources: named, inverse: 'aws kms schedule-key-deletion' }),
  'ecr put-lifecycle-policy': destroy({
    resources: named,
    why: 'a lifecycle policy deletes images later',
    preview: 'aws ecr start-lifecycle-policy-preview',
    captureFirst: 'aws ecr get-lifecycle-policy with the same repository',
  }),
  'elasticbeanstalk rebuild-environment': destroy({
    resources: named,
    why: 'deletes every resource of the environment and makes it anew',
  }),
  'secretsmanager delete-secret': destroy({
    resources: named,
    inverse: 'aws secretsmanager restore-secret within the waiting time',
    when: { '--force-delete-without-recovery': { why: 'deletes the secret at once, for good' } },
  }),
  'secretsmanager put-secret-value|update-secret': mutate({
    resources: named,
    inverse: 'aws secretsmanager update-secret-version-stage: AWSCURRENT back to the version from before',
    captureFirst: 'aws secretsmanager list-secret-version-ids',
  }),
  'ssm put-parameter': mutate({
    resources: named,
    captureFirst: 'aws ssm get-parameter with the same name',
    inverse: 'aws ssm put-parameter --overwrite with the value from before',
  }),
  'events put-rule': mutate({
    resources: named,
    when: { '--state=DISABLED': { effect: 'destroy', why: 'aws events disables the rule' } },
    values: '--state',
  }),
  'scheduler update-schedule': mutate({
    resources: named,
    when: { '--state=DISABLED': { effect: 'destroy', why: 'aws scheduler disables the schedule' } },
    values: '--state',
  }),
  'iam update-access-key': mutate({
    resources: named,
    values: '--status',
    inverse: 'the same command with --status Active',
    when: { '--status=Inactive': { effect: 'destroy', why: 'aws iam takes the key out of use' } },
  }),
  'sqs purge-queue': destroy({
    resources: named,
    scope: 'all',
    why: 'aws sqs purge-queue deletes every message of the queue',
  }),
  'sqs receive-message': mutate({ why: 'aws sqs receive-message hides the messages it returns from others' }),
  'ec2 create-replace-root-volume-task': destroy({
    resources: named,
    why: 'replaces the root volume, and what it holds',
  }),
};
