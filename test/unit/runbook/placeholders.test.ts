import { describe, expect, test } from 'vitest';
import { findPlaceholders } from '../../../core/runbook/blocks/placeholders.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

const found = (content: string, language = 'bash') =>
  findPlaceholders(content, language).map(({ style, text, name }) => `${style} ${text} = ${name}`);

describe('placeholders in shell', () => {
  test.each([
    ['aws ecs stop-task --task <task-id>', ['angle <task-id> = task-id']],
    ['psql -h <db host> -c "x"', ['angle <db host> = db host']],
    ['git checkout -b fix/<ticket>-<n>', ['angle <ticket> = ticket', 'angle <n> = n']],
    ['curl -u sk_live_YOUR_KEY:', ['your sk_live_YOUR_KEY = sk_live_YOUR_KEY']],
    ['app --id YOUR_APP_ID', ['your YOUR_APP_ID = YOUR_APP_ID']],
    ['curl https://green.your-domain.example.org/health', ['your your-domain = your-domain']],
    ['echo "Commander: @your-name"', ['your your-name = your-name']],
    ['ssh yourserver', ['your yourserver = yourserver']],
    ['helm upgrade {{ release_name }} .', ['mustache {{ release_name }} = release_name']],
    ['kill [PROCESS_ID]', ['bracket [PROCESS_ID] = PROCESS_ID']],
    ['echo "Reason: [REASON]"', ['bracket [REASON] = REASON']],
    ['./restore.sh [backup-file]', ['bracket [backup-file] = backup-file']],
    ['prisma migrate resolve --rolled-back MIGRATION_NAME', ['caps MIGRATION_NAME = MIGRATION_NAME']],
    ['aws ec2 reboot --ids INSTANCE_ID', ['caps INSTANCE_ID = INSTANCE_ID']],
    ['kubectl -n NAMESPACE get pods', ['caps NAMESPACE = NAMESPACE']],
    ['export TOKEN=CHANGEME', ['caps CHANGEME = CHANGEME']],
    ['git clone REPLACE_WITH_REPO_URL', ['caps REPLACE_WITH_REPO_URL = REPLACE_WITH_REPO_URL']],
    ['aws x --ids sg-xxxxxxxxx', ['dummy sg-xxxxxxxxx = sg-xxxxxxxxx']],
    ['unlock xxxxxxxx-xxxx-xxxx', ['dummy xxxxxxxx-xxxx-xxxx = xxxxxxxx-xxxx-xxxx']],
    ['cat <<EOF\nhost: <host>\nEOF', ['angle <host> = host']],
    [
      'psql "postgres://USER:PASSWORD@HOST:5432/DB"',
      ['caps USER = USER', 'caps PASSWORD = PASSWORD', 'caps HOST = HOST', 'caps DB = DB'],
    ],
    ['ssh ada@x.x.x.x', ['dummy x.x.x.x = x.x.x.x']],
    ['ping 10.0.x.x', ['dummy 10.0.x.x = 10.0.x.x']],
    ['run --as=PROJECT_NUMBER-bakers@example.org', ['caps PROJECT_NUMBER = PROJECT_NUMBER']],
  ])('%j', (content, expected) => expect(found(content)).toEqual(expected));
});

describe('what only looks like a placeholder', () => {
  test.each([
    ['docker ps --format "{{.Names}}"'],
    ["kubectl get pods -o go-template='{{range .items}}{{.metadata.name}}{{end}}'"],
    ["docker inspect -f '{{json .State}}' x"],
    ["awk '{print $1}' x"],
    ['psql -c "SELECT 1 WHERE a LIKE \'%like%\'"'],
    ['aws s3 cp a b --storage-class STANDARD_IA --sse AES256'],
    ['echo "CREATE_RESTORE_POINT:$DATE" >> log'],
    ['openssl ciphers TLS_AES_256_GCM_SHA384'],
    ['psql <<EOF\nSELECT 1;\nEOF'],
    ['diff <(a) <(b)'],
    ['psql "$URL" < latest.sql'],
    ['psql <in.sql>out.log'],
    ['if [ $? -eq 2 ]; then exit 1; fi'],
    ['[[ -f x && $A == [a-z]* ]]'],
    ['grep -E "5[0-9]{2}" [A-Z]*.log'],
    ["jq '.[0].items[] | .name'"],
    ['grep "[ERROR]" app.log'],
    ['curl -H "X-Request-ID: 1" https://host/'],
    ['echo "${ROWS[INDEX]}"'],
    ['env | grep DATABASE_URL'],
    ['docker run -e DATABASE_URL app'],
    ['kubectl set env deploy/x LOG_LEVEL=debug'],
    ['railway env set SECRET_KEY=abc'],
    ['export DATABASE_URL'],
    ['echo $YOUR_KEY ${YOUR_KEY}'],
    ['for POD_NAME in a b; do :; done'],
    ['gcloud run deploy --set-secrets=DATABASE_URL=DATABASE_URL:latest'],
    ['mktemp /tmp/x.XXXXXX'],
    ['echo <none>'],
    ['git commit --author "A <a@example.org>"'],
    ['echo "<b>bold</b>"'],
    ['${{ github.sha }}'],
    ['tool [OPTIONS]'],
    ['# aws ecs stop-task --task <task-id>'],
    ['true  # then <id> and YOUR_ID'],
    ['run "ANY_NAME" POD-a'],
    ['ping 10.0.0.4; install 1.2.x'],
  ])('%j', (content) => expect(found(content)).toEqual([]));

  test('data and program code hold none', () => {
    for (const language of ['yaml', 'json', 'javascript', 'python', 'go']) {
      expect(found('x: <name> YOUR_KEY {{ y }}', language)).toEqual([]);
    }
  });
});

describe('placeholders elsewhere', () => {
  test('a log names its threads in brackets', () => {
    expect(found('[2025-04-01 10:00:00,123] WARN [OvenManager oven=1] hot', 'text')).toEqual([]);
    expect(found('09:14:02 [oven-thread] hot', 'text')).toEqual([]);
    expect(found('10:02 [what happened]', 'text')).toEqual(['bracket [what happened] = what happened']);
  });
  test('SQL, without its comments and comparisons', () => {
    expect(found('-- for <x>\nDELETE FROM jobs WHERE id = <job_id> AND a <b and c> d;', 'sql')).toEqual([
      'angle <job_id> = job_id',
    ]);
  });
  test('text of a message', () => {
    expect(found('Started: [TIMESTAMP]\nSee [docs](x) and [ ] and [x]', 'text')).toEqual([
      'bracket [TIMESTAMP] = TIMESTAMP',
    ]);
  });
  test('do not overlap, and come in order', () => {
    const all = findPlaceholders('a <your-id> YOUR_A-b {{ your_c }} <d>', 'bash');
    expect(all.map((p) => p.text)).toEqual(['<your-id>', 'YOUR_A', '{{ your_c }}', '<d>']);
  });
  test('stand where the source has them', () => {
    const runbook = parseRunbook('1. x\n   ```bash\n   run <a> \\\n     --to <b>\n   ```\n');
    const step = runbook.steps.find((s) => s.kind === 'block');
    expect(step?.placeholders.map((p) => runbook.source.slice(p.range))).toEqual(['<a>', '<b>']);
  });
  test('take linear time', () => {
    const started = performance.now();
    for (const part of [
      '<a ',
      '<a> ',
      'x NODE_ID ',
      'x [A_B] ',
      'x xxx ',
      '[A',
      '{{a ',
      'your-',
      'A_',
      'x-',
      'xxx-',
      '<a-',
      "'",
      '<<A\n',
      'YOUR_',
    ]) {
      findPlaceholders(part.repeat(40_000), 'bash');
    }
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
