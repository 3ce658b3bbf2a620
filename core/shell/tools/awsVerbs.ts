/** What an operation of the AWS API does, by the verb that begins its name. From the service models of botocore 1.43. */
import { wordSet } from '../words.ts';
import { destroy, each, mutate, type Outcome, read } from './table.ts';

const READS =
  wordSet(`describe list get head search lookup scan query select estimate validate simulate test detect preview check filter view
  compare discover wait contains decode decrypt encrypt re-encrypt derive classify analyze infer predict calculate geocode suggest
  autocomplete snap is rerank rescore retrieve render resolve probe evaluate forecast assume help`);
const DESTROYS =
  wordSet(`delete terminate remove deregister destroy purge revoke disable detach disassociate dissociate stop cancel reset release
  deactivate deprovision abort leave untag promote shutdown drop reject unsubscribe disconnect decrease close clear deauthorize deny
  decline deprecate discard dismiss dispose drain end evict expire forget pause redact retire return ungroup unassign unlink unlock
  unpeer unregister unshare undeploy unlabel withdraw backtrack recall revert`);
const MUTATES =
  wordSet(`create put update modify set add attach associate tag enable start run register import copy restore authorize reboot failover
  change allocate apply assign send publish invoke execute upload complete replace request rotate resume retry accept activate extend
  increase export initiate issue merge migrate monitor move notify post provision receive record refresh rebuild reactivate redrive swap
  switch switchover sync transfer upgrade confirm continue count deploy install submit subscribe suspend push acknowledge advertise allow
  approve archive build bundle clone commit compose configure connect converse convert define deliver distribute enter exit exchange
  finalize flush generate grant group index ingest initialize insert instantiate invalidate invite join label launch lock manage mark
  open opt override poll prepare purchase reimport reload rename renew reorder replicate resend reserve resize respond restart resync
  rollback save schedule setup share sign signal skip split synchronize synthesize transact translate unarchive undeprecate unmonitor
  verify vote write batch bulk meter report`);

/** Operations that their verb does not tell about. */
const OTHERWISE: Readonly<Record<string, Outcome>> = {
  ...each(
    mutate(),
    `elasticache test-failover, elasticache test-migration, apigateway test-invoke-method, apigateway test-invoke-authorizer,
    iotwireless test-wireless-device, codecommit test-repository-triggers, lightsail test-alarm, license-manager check-in-license,
    support resolve-case, storagegateway retrieve-tape-archive, storagegateway retrieve-tape-recovery-point, cognito-identity get-id`,
  ),
  ...each(
    read(),
    `kms verify, kms verify-mac, kms sign, route53 test-dns-answer, lightsail download-default-key-pair, rds download-db-log-file-portion,
    pinpoint phone-number-validate, sdb domain-metadata, dynamodb transact-get-items, geo-places reverse-geocode, kms generate-mac, acm export-certificate,
    kms generate-data-key, kms generate-data-key-pair, kms generate-data-key-without-plaintext, kms generate-random,
    rds generate-db-auth-token, dsql generate-db-connect-auth-token, dsql generate-db-connect-admin-auth-token,
    deploy batch-get-deployments, comprehend batch-detect-entities, comprehend batch-detect-sentiment`,
  ),
  ...each(
    destroy(),
    `autoscaling enter-standby, cognito-idp global-sign-out, cognito-idp admin-user-global-sign-out, rds failover-global-cluster,
    kms schedule-key-deletion, elbv2 deregister-targets`,
  ),
};

/** Operations whose output is a credential. */
const SECRETS =
  wordSet(`secretsmanager:get-secret-value secretsmanager:batch-get-secret-value secretsmanager:get-random-password
  sts:get-session-token sts:assume-role sts:assume-role-with-saml sts:assume-role-with-web-identity sts:assume-root
  sts:get-federation-token sts:get-delegated-access-token iam:create-access-key iam:create-service-specific-credential
  iam:reset-service-specific-credential ecr:get-login ecr:get-login-password ecr:get-authorization-token ecr-public:get-login-password
  ecr-public:get-authorization-token rds:generate-db-auth-token dsql:generate-db-connect-auth-token
  dsql:generate-db-connect-admin-auth-token kms:decrypt kms:generate-data-key kms:generate-data-key-pair kms:generate-random
  kms:derive-shared-secret ec2:get-password-data ec2:create-key-pair lightsail:create-key-pair lightsail:download-default-key-pair
  lightsail:get-relational-database-master-user-password lightsail:get-instance-access-details lightsail:get-bucket-access-keys
  lightsail:create-bucket-access-key lambda:get-function lambda:get-function-configuration redshift:get-cluster-credentials
  redshift:get-cluster-credentials-with-iam redshift-serverless:get-credentials codeartifact:get-authorization-token eks:get-token
  emr-containers:get-managed-endpoint-session-credentials emr:get-cluster-session-credentials cognito-identity:get-credentials-for-identity
  cognito-identity:get-open-id-token cognito-idp:describe-user-pool-client cognito-idp:create-user-pool-client
  cognito-idp:list-user-pool-client-secrets cognito-idp:initiate-auth cognito-idp:admin-initiate-auth
  cognito-idp:respond-to-auth-challenge cognito-idp:get-tokens-from-refresh-token sso:get-role-credentials sso-oidc:create-token
  sso-oidc:create-token-with-iam sso-oidc:register-client iot:create-keys-and-certificate iot:create-provisioning-claim
  acm:export-certificate amplifyuibuilder:exchange-code-for-token appsync:create-api-key appsync:list-api-keys
  codecatalyst:create-access-token storagegateway:describe-chap-credentials s3control:get-data-access s3api:create-session
  gamelift:get-instance-access gamelift:get-compute-auth-token grafana:create-workspace-api-key mwaa:create-cli-token
  mwaa:create-web-login-token connect:get-federation-token quicksight:get-dashboard-embed-url wafv2:create-api-key wafv2:list-api-keys
  directconnect:describe-router-configuration datazone:get-environment-credentials ssm:get-access-token signin:create-o-auth2-token
  iotsecuretunneling:open-tunnel iotsecuretunneling:rotate-tunnel-access-token route53domains:retrieve-domain-auth-code
  workspaces-web:get-identity-provider finspace-data:get-programmatic-access-credentials`);

/** Operations that write what they get into a file, named as their last operand. */
const TO_FILES =
  wordSet(`apigateway:get-export apigateway:get-sdk apigatewayv2:export-api appconfig:get-configuration
  appconfig:get-hosted-configuration-version appconfigdata:get-latest-configuration appsync:get-introspection-schema
  cloudfront:get-function codeartifact:get-package-version-asset ebs:get-snapshot-block glacier:get-job-output
  iot-data:get-thing-shadow kinesis-video-archived-media:get-clip kinesis-video-media:get-media location:get-map-tile
  mediastore-data:get-object medical-imaging:get-image-frame omics:get-read-set omics:get-reference polly:synthesize-speech
  s3api:get-object s3api:get-object-torrent schemas:get-code-binding-source workmailmessageflow:get-raw-message-content`);

/** Policies and access lists that are replaced whole: what they allowed before is gone, or anybody may read. */
const EXPOSES =
  /^(iam put-(role|user|group)-policy|s3api put-(bucket|object)-acl|s3api put-bucket-policy|kms put-key-policy)$/;

/** What an operation does; undefined where nobody knows its verb. */
export function outcomeOfOperation(service: string, operation: string): Outcome | undefined {
  const name = `${service} ${operation}`;
  const known = OTHERWISE[name] ?? byVerb(operation);
  if (!known) return undefined;
  const label = `aws ${name}`;
  const secret = SECRETS.has(`${service}:${operation}`) ? { readsSecrets: true } : {};
  if (EXPOSES.test(name))
    return destroy({ ...secret, why: `${label} replaces who may do what`, captureFirst: policyOf(name) });
  if (service === 'organizations' && known.effect === 'mutate')
    return destroy({ ...secret, why: `${label} changes the organization of every account` });
  if (TO_FILES.has(`${service}:${operation}`))
    return { ...known, ...secret, effect: 'local-write', why: `${label} writes a file here` };
  return { ...known, ...secret, why: known.why ?? sentence(label, known.effect) };
}

function byVerb(operation: string): Outcome | undefined {
  // `batch-delete-image`, `admin-disable-user`: the verb is the second word.
  const words = operation.split('-');
  const [first = '', second = ''] = words;
  const verb =
    /^(batch|bulk|admin|re)$/.test(first) && second !== ''
      ? first === 're'
        ? `re-${second}`
        : second
      : first;
  if (DESTROYS.has(verb)) return destroy();
  if (READS.has(verb)) return read();
  return MUTATES.has(verb) || MUTATES.has(first) || first === 'admin' ? mutate() : undefined;
}

function sentence(label: string, effect: Outcome['effect']): string {
  if (effect === 'read') return `${label} reads`;
  return effect === 'destroy' ? `${label} destroys or takes out of service` : `${label} changes state`;
}

function policyOf(name: string): string {
  const [service = '', operation = ''] = name.split(' ');
  return `aws ${service} ${operation.replace(/^put-/, 'get-')} with the same names`;
}
