import { describe, expect, it } from 'vitest';
import { findSecrets, findSecretsSync } from '../../../core/secrets/index.ts';

/** What was found, as text. */
async function found(text: string): Promise<string[]> {
  return (await findSecrets(text)).map(({ start, end }) => text.slice(start, end));
}

// Put together here, so that no scanner takes this file for a leak.
const aws = `AKIA${'J7Q2M4ZX9T3WP5KD'}`;
const stripe = `sk_live_${'4eC39HqLyjWDarjtT1zdp7dc'}`;
const github = `ghp_${'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'}`;
const jwt = `eyJ${'hbGciOiJIUzI1NiJ9'}.eyJ${'zdWIiOiIxMjM0NTY3ODkwIn0'}.dozjgNryP4J3jVmNHl0w5N`;
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA7n2m\n'.repeat(4)}-----END RSA PRIVATE KEY-----`;

describe('what is a secret', () => {
  it.each<[string, string[]]>([
    ['mongodb://shop:password@localhost:27017/shop', ['password']],
    ['postgres://u:p%40ss@h/db and redis://:hunter2@cache:6379', ['p%40ss', 'hunter2']],
    ['https://user:a:b@example.net/', ['a:b']],
    ['amqp://u:p/w?x@mq.example.net', ['p/w?x']],
    ['password=hunter2', ['hunter2']],
    ['PGPASSWORD=hunter2 psql -h db', ['hunter2']],
    ['DB_PASSWORD="correct horse"', ['correct horse']],
    ['"password": "s3cr3t!"', ['s3cr3t!']],
    ['-d \'{\\"password\\":\\"hunter2\\"}\'', ['hunter2']],
    ['password: hunter2\nuser: x', ['hunter2']],
    ['ADMIN_PASSWORD=changeme', ['changeme']],
    ['client_secret=9f3kq0z81mzz', ['9f3kq0z81mzz']],
    ['JWT_SECRET=supersecret123', ['supersecret123']],
    ['X-Api-Key: 9f3kq0z81mzz', ['9f3kq0z81mzz']],
    ['Authorization: Bearer 9f3kq0z81mzz20x7', ['9f3kq0z81mzz20x7']],
    ['Authorization: Basic dXNlcjpodW50ZXIy', ['dXNlcjpodW50ZXIy']],
    ['mysql -u root -phunter2 shop', ['hunter2']],
    ['sshpass -p hunter2 ssh ops@web', ['hunter2']],
    ['curl -u admin:hunter2 https://x.example', ['hunter2']],
    ['tool login --password hunter2', ['hunter2']],
    ["ALTER USER app WITH PASSWORD 'hunter2';", ['hunter2']],
    [aws, [aws]],
    [stripe, [stripe]],
    [github, [github]],
    [jwt, [jwt]],
    [pem, [pem]],
    [
      'https://hooks.slack.com/services/T00AB12CD/B00AB12CD/x9f3kq0z81mzz20x7abcd',
      ['hooks.slack.com/services/T00AB12CD/B00AB12CD/x9f3kq0z81mzz20x7abcd'],
    ],
  ])('%s', async (text, wanted) => {
    const secrets = await found(text);
    for (const secret of wanted) expect(secrets.some((s) => s.includes(secret))).toBe(true);
    expect(secrets).toHaveLength(wanted.length);
  });
});

describe('what is none', () => {
  it.each([
    'postgres://app:$PW@h/db postgres://app:${PW}@h/db postgres://app:${PW:-x}@h/db postgres://$(cat u):$(cat p)@h/db',
    'postgres://app:<password>@h/db postgres://app:xxx@h/db postgres://app:***@h/db postgres://app:YOUR_PASSWORD@h',
    'postgres://app:[pw]@h postgres://app:{{pw}}@h postgres://USER:PASSWORD@HOST/db postgres://app@h/db',
    'postgres://${USER:-app}@h https://example.net:8443/a@b ssh://git@example.net:22/x.git',
    'curl -u sk_live_YOUR_KEY: https://x.example',
    'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'password=$PASSWORD password="${PASSWORD}" password=$(op read op://x/y) password=`cat pw`',
    'password=<password> password=xxxxxx password=******** password=your-password password=...',
    'PASSWORD_FILE=/run/secrets/db password=/run/secrets/db password_policy=strict',
    'password: string\npassword: true\npassword: null\nPassword: see the vault',
    'if [ "$PASSWORD" == "x" ]; then',
    'kubectl get secret db-credentials; --set-secrets=DB_PASSWORD=db-password:latest --secret=DATABASE_URL',
    'token=$TOKEN token: my-service-token-2 secretName: web-tls max_tokens=4096',
    'Authorization: Bearer $TOKEN Authorization: Bearer <token> Authorization: Bearer YOUR_TOKEN',
    'ROOT_PASSWORD:-change-me',
    'connect(password=password, user=user)',
    'password = settings.database.password',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    'grep -r "BEGIN RSA PRIVATE KEY" .',
    'sk-... eyJhbGciOi...',
    '',
  ])('%s', async (text) => {
    expect(await found(text)).toEqual([]);
  });
});

it('gives the place of the value alone, sorted and without overlaps', async () => {
  const text = `token ${github} and postgres://u:${github}@h/db, password=hunter2`;
  const secrets = await findSecrets(text);
  expect(secrets.map(({ start, end, kind }) => [text.slice(start, end), kind])).toEqual([
    [github, 'GitHub token'],
    [github, 'GitHub token'],
    ['hunter2', 'password'],
  ]);
});

it('finds what secretlint knows and our patterns do not', async () => {
  const sendgrid = `SG.${'Q'.repeat(22)}.${'Ab1'.repeat(14)}z`;
  expect(findSecretsSync(sendgrid)).toEqual([]);
  expect(await found(sendgrid)).toEqual([sendgrid]);
  // A directive in the text cannot switch it off.
  expect(await found(`# secretlint-disable\n${sendgrid}`)).toEqual([sendgrid]);
});

it('takes a private key that was cut off', async () => {
  const cut = pem.slice(0, pem.indexOf('-----END'));
  expect(await found(cut)).toEqual([cut]);
});

describe('stays linear on hostile text', () => {
  it.each([
    ['password=', 40_000],
    ['a://', 80_000],
    ['a://b:c', 60_000],
    ['-----BEGIN PRIVATE KEY-----', 12_000],
    ['mysql ', 60_000],
    ['curl -u a:', 40_000],
    ['--a', 100_000],
    ['authorization: ', 25_000],
    ['identified by ', 25_000],
    ['eyJaaaaaaaaa.', 25_000],
    ['{{', 150_000],
    ['<', 300_000],
  ])('%s × %i', async (unit, times) => {
    const started = performance.now();
    await findSecrets(unit.repeat(times));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it('leaves nothing behind of the texts that it looked through', async () => {
  await findSecrets('the first call loads the rules');
  const marks = () => performance.getEntriesByType('mark').length;
  const before = marks();
  for (let i = 0; i < 10; i++) await findSecrets(`text ${i}`);
  expect(marks()).toBe(before);
});
