/** Clouds and infrastructure: what a person relies on before they confirm: the names, where it goes, how to rehearse and undo it. */
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';

const targetsOf = (command: string, kind: string) =>
  explainCommand(command)
    .targets.filter((target) => target.kind === kind)
    .map((target) => target.value);

describe('what it acts on', () => {
  test.each<[string, string[]]>([
    ['aws rds delete-db-instance --db-instance-identifier orders --skip-final-snapshot', ['orders']],
    ['aws ec2 terminate-instances --instance-ids i-1 i-2 --region eu-west-1', ['i-1', 'i-2']],
    ['aws dynamodb delete-table --table-name carts-old', ['carts-old']],
    ['aws ecs update-service --cluster shop --service checkout --desired-count 0', ['checkout']],
    ['aws iam delete-access-key --user-name ci-bot --access-key-id AKIAEXAMPLE', ['AKIAEXAMPLE']],
    ['aws s3 rm s3://acme-tmp/exports/ --recursive', ['s3://acme-tmp/exports/']],
    ['aws elbv2 delete-load-balancer --load-balancer-arn "$LB"', []],
    ['gcloud compute instances delete web-1 web-2 --zone z -q', ['web-1', 'web-2']],
    ['gcloud beta container clusters delete review --zone z', ['review']],
    ['gcloud secrets versions destroy 3 --secret db-password', ['db-password/3']],
    ['gcloud projects set-iam-policy acme policy.json', ['acme']],
    ['bq rm -f -t acme:events.old', ['acme:events.old']],
    ['az group delete -n rg-review --yes', ['rg-review']],
    ['az keyvault secret delete --vault-name kv-shop --name db-password', ['db-password']],
    ['az role assignment delete --assignee kim@acme.example', ['kim@acme.example']],
    ['terraform destroy -target=module.review', ['module.review']],
    ['terraform state rm aws_instance.web', ['aws_instance.web']],
    ['pulumi destroy --yes --stack acme/review', ['acme/review']],
    ['vault kv delete -mount=secret prod/flags', ['secret/prod/flags']],
    ['ceph osd purge 12 --yes-i-really-mean-it', ['12']],
    ['openstack server delete --wait web-1 web-2', ['web-1', 'web-2']],
    ['fly apps destroy checkout --yes', ['checkout']],
    ['heroku addons:destroy redis-round --confirm checkout', ['redis-round']],
    ['cf delete checkout -f', ['checkout']],
    ['nomad job stop -yes web', ['web']],
  ])('%s → %j', (command, names) => {
    expect(targetsOf(command, 'resource')).toEqual(names);
  });
});

describe('what the words leave open', () => {
  test.each<[string, string[]]>([
    ['aws ec2 stop-instances --instance-ids i-1', ['profile', 'region']],
    ['aws ec2 stop-instances --instance-ids i-1 --profile prod --region eu-west-1', []],
    ['AWS_PROFILE=prod AWS_REGION=eu-west-1 aws ec2 describe-instances', []],
    // The same in every region.
    ['aws iam delete-user --user-name kim', ['profile']],
    ['aws s3 rm s3://acme-tmp/x', ['profile']],
    ['aws configure list', []],
    ['gcloud compute instances list', ['project', 'account']],
    ['gcloud --project acme --account kim@acme.example compute instances list', []],
    ['az vm list', ['subscription']],
    ['az vm list --subscription acme', []],
    ['terraform plan', ['workspace']],
    ['terraform validate', []],
    ['TF_WORKSPACE=prod terraform plan', []],
    ['pulumi preview', ['stack']],
    ['ansible web -m ping', ['inventory']],
    ['railway up --detach', ['project', 'environment', 'service']],
    ['fly deploy', ['app']],
    ['fly deploy -a checkout', []],
    ['heroku ps', ['app']],
    ['vault status', ['host']],
    ['ceph -s', ['cluster']],
    ['cf apps', ['organization', 'space']],
  ])('%s → %j', (command, kinds) => {
    expect(explainCommand(command).ambient.map(({ kind }) => kind)).toEqual(kinds);
  });

  test('each with a command that only reads and says which', () => {
    const commands = [
      'aws s3 ls',
      'gcloud projects list',
      'az vm list',
      'tofu plan',
      'railway status',
      'cf apps',
    ];
    for (const { ambient } of commands.map((command) => explainCommand(command)))
      for (const { ask } of ambient) expect(explainCommand(ask ?? '').risk, ask ?? '').toBe('read-only');
  });
});

describe('what talks over a network', () => {
  test.each<[string, boolean]>([
    ['aws s3 ls', true],
    ['aws configure list', false],
    ['gcloud config list', false],
    ['gcloud run services list', true],
    ['az account show', true],
    ['terraform fmt -check', false],
    ['terraform plan', true],
    ['ansible-vault encrypt --vault-password-file p vars.yml', false],
    ['ansible web -m ping', true],
    ['sops -d secrets.yaml', false],
    ['vault kv get secret/x', true],
  ])('%s: %s', (command, network) => {
    expect(explainCommand(command).network).toBe(network);
  });
});

describe('how to rehearse it', () => {
  test.each<[string, string]>([
    ['terraform apply', 'terraform plan -out=FILE'],
    ['tofu destroy', 'tofu plan -destroy'],
    ['terragrunt run-all apply', 'terragrunt run --all plan'],
    ['pulumi up', 'pulumi preview'],
    ['aws ec2 terminate-instances --instance-ids i-1', '--dry-run'],
    ['aws s3 rm s3://b/x', 'aws s3 rm --dryrun'],
    ['aws cloudformation update-stack --stack-name shop', 'create-change-set'],
    ['az deployment group create -g rg -f main.bicep', 'az deployment group what-if'],
    ['ansible-playbook site.yml', '--check --diff'],
    ['supabase db push --yes', 'supabase db push --dry-run'],
    ['nomad job run web.nomad.hcl', 'nomad job plan'],
  ])('%s → %s', (command, words) => {
    expect(explainCommand(command).preview).toContain(words);
  });
});

describe('how to undo it, and what to note first', () => {
  test.each<[string, string, string]>([
    ['aws ec2 stop-instances --instance-ids i-1', 'start-instances', 'describe-instances'],
    [
      'aws ecs update-service --cluster c --service s --desired-count 2',
      'count from before',
      'describe-services',
    ],
    [
      'aws ec2 revoke-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 0.0.0.0/0',
      'authorize-security-group-ingress',
      'describe-security-groups',
    ],
    ['gcloud projects set-iam-policy acme policy.json', 'policy from before', 'get-iam-policy'],
    ['gcloud run deploy checkout --image i --region r', 'update-traffic', 'status.traffic'],
    ['az account set --subscription acme', 'from before', 'az account show'],
    ['terraform state rm module.old', 'terraform state push', 'terraform state pull'],
    ['tofu state rm module.old', 'tofu state push', 'tofu state pull'],
    ['heroku config:set LOG_LEVEL=debug', 'heroku config:set', 'heroku config'],
    ['vault kv put secret/x a=b', 'vault kv rollback', 'vault kv metadata get'],
    ['ceph config set osd osd_max_backfills 1', 'value from before', 'ceph config get'],
    ['fly scale count 3 -a checkout --yes', 'fly scale count', 'fly scale show'],
  ])('%s: %s, %s', (command, inverse, first) => {
    const found = explainCommand(command);
    expect(found.inverse).toContain(inverse);
    expect(found.captureFirst).toContain(first);
  });
});

describe('what asks before it goes on', () => {
  test.each([
    ['gcloud sql instances delete orders', 'gcloud sql instances delete orders -q'],
    [
      'gcloud container clusters resize c --num-nodes 3',
      'gcloud --quiet container clusters resize c --num-nodes 3',
    ],
    ['az storage account delete -n st -g rg', 'az storage account delete -n st -g rg -y'],
    ['az sql db delete -g rg -s s -n old', 'echo y | az sql db delete -g rg -s s -n old'],
    ['terraform destroy', 'terraform destroy -auto-approve'],
    ['pulumi stack rm acme/old', 'pulumi stack rm acme/old --yes'],
    ['heroku apps:destroy -a old', 'heroku apps:destroy -a old --confirm=old'],
    ['cf delete-space review', 'cf delete-space review -f'],
    ['railway down', 'railway down -y'],
    ['bq rm -t acme:events.old', 'bq rm -f -t acme:events.old'],
    ['nomad job stop web', 'nomad job stop -yes web'],
  ])('%s; %s does not', (asks, answered) => {
    expect(explainCommand(asks)).toMatchObject({ mode: 'terminal' });
    expect(explainCommand(answered).mode).toBe('capture');
  });

  test.each([
    'gcloud dns record-sets delete old. --type=A --zone=z',
    'az aks nodepool delete -g rg --cluster-name c -n old',
  ])('%s goes ahead', (command) => {
    expect(explainCommand(command).mode).toBe('capture');
  });
});

describe('text that others run is judged', () => {
  test.each([
    [
      'aws ssm send-command --document-name AWS-RunShellScript --parameters \'commands=["df -h"]\'',
      'read-only',
    ],
    [
      'aws ssm send-command --document-name AWS-RunShellScript --parameters \'commands=["rm -rf /srv"]\'',
      'destructive',
    ],
    ['aws ssm send-command --document-name Acme-Rotate', 'mutating'],
    ["aws rds-data execute-statement --sql 'SELECT 1'", 'read-only'],
    ["aws rds-data execute-statement --sql 'DELETE FROM carts WHERE id = 1'", 'destructive'],
    ['gcloud compute ssh web-1 --command "systemctl stop nginx"', 'destructive'],
    [
      'az vm run-command invoke -g rg -n web-1 --command-id RunPowerShellScript --scripts "Stop-Service W3SVC"',
      'destructive',
    ],
    ['fly ssh console -a checkout -C "df -h"', 'read-only'],
    ['heroku pg:psql -c "DROP TABLE x"', 'destructive'],
    ['terragrunt run --all -- destroy', 'destructive'],
    ['ansible web -m uri -a "url=http://localhost/x method=DELETE"', 'destructive'],
    // Near misses.
    ['aws ec2 describe-instances --filters Name=tag:Name,Values=delete-me', 'read-only'],
    ['aws ec2 terminate-instances help', 'read-only'],
    ['aws s3 rm s3://b/x --dry-run', 'destructive'],
    ['aws frobnicate describe-things', 'mutating'],
    ['az shopops list', 'mutating'],
    ['gcloud frobs widgets list', 'mutating'],
  ])('%s: %s', (command, risk) => {
    expect(explainCommand(command).risk).toBe(risk);
  });
});
