/** Commands that hide what they do. None may be called read-only; those that can be read through are destructive. */
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';
import { rankOf } from './labelled.ts';

const quoting = [
  String.raw`\rm -rf x`,
  "r''m -rf x",
  'r""m -rf x',
  '"rm" -rf x',
  "'rm' -rf x",
  String.raw`$'\x72m' -rf x`,
  String.raw`r\m -rf x`,
  'rm${IFS}-rf${IFS}x',
  '{rm,-rf,x}',
  'rm -rf \\\n x',
  '  rm   -rf x',
  '/bin/rm -rf x',
  '/???/rm x',
  'r[m] x',
];

const wrappers = [
  'command rm -rf x',
  'builtin command rm -rf x',
  'exec rm -rf x',
  'env X=1 rm -rf x',
  'env -i rm -rf x',
  "env -S 'rm -rf x'",
  'X=1 rm -rf x',
  'sudo -u app rm -rf x',
  'sudo -E -- rm -rf x',
  'doas rm -rf x',
  'nice -n 5 rm -rf x',
  'ionice -c2 rm -rf x',
  'time rm -rf x',
  'timeout 5 rm -rf x',
  'timeout -k 1 5s rm -rf x',
  'nohup rm -rf x &',
  'setsid rm -rf x',
  'stdbuf -oL rm -rf x',
  'chroot /srv rm -rf x',
  'flock /tmp/l rm -rf x',
  "flock /tmp/l -c 'rm -rf x'",
  "su app -c 'rm -rf x'",
  "script -c 'rm -rf x'",
  'ls | xargs rm',
  'ls | xargs -I{} sh -c "rm {}"',
  'parallel rm ::: a b',
  "find . -name '*.tmp' -exec rm {} +",
  'find . -execdir rm {} \\;',
  'find . -ok rm {} \\;',
  'find . -delete',
  'fd -x rm',
  "sh -c 'rm -rf x'",
  "bash -ec 'rm -rf x'",
  'bash -c "bash -c \'rm -rf x\'"',
  "bash <<< 'rm -rf x'",
  "bash <<'EOF'\nrm -rf x\nEOF",
  "cat <<'EOF' | bash\nrm -rf x\nEOF",
  "echo 'rm -rf x' | sh",
  "printf 'rm -rf x' | sh",
  "eval 'rm -rf x'",
  'eval rm -rf x',
  'alias ll="rm -rf x"; ll',
  'ls() { rm -rf x; }; ls',
  'function go { rm -rf x; }\ngo',
  "trap 'rm -rf x' EXIT",
  'coproc rm -rf x',
  'if true; then rm -rf x; fi',
  'case a in a) rm -rf x;; esac',
  'for i in 1; do rm -rf x; done',
  'while rm x; do :; done',
  '(rm -rf x)',
  '{ rm -rf x; }',
  '! rm -rf x',
  'true && rm -rf x',
  'true || rm -rf x',
  'ls & rm -rf x',
  'ls\nrm -rf x',
  "ssh h 'rm -rf x'",
  'ssh h rm -rf x',
  "ssh h <<'EOF'\nrm -rf x\nEOF",
  'kubectl exec p -- rm -rf x',
  'kubectl exec -it p -c app -- sh -c "rm -rf x"',
  'docker exec c rm -rf x',
  'docker run --rm -v /:/h alpine ls /h',
  'docker compose exec web rm -rf x',
  'watch rm x',
  "tmux send-keys 'rm -rf x' C-m",
  "screen -X stuff 'rm -rf x\\n'",
  'systemd-run rm -rf x',
  'ip netns exec blue rm -rf x',
  "ansible all -m shell -a 'rm -rf x'",
  "gcloud compute ssh web --command 'rm -rf x'",
  "salt '*' cmd.run 'rm -rf x'",
  'op run -- rm -rf x',
  'consul lock k rm -rf x',
  "sops exec-env s.yaml 'rm -rf x'",
  'echo $(rm -rf x)',
  'echo `rm -rf x`',
  'ls $(rm -rf x)',
  'diff <(rm -rf x) y',
  'ls > >(rm -rf x)',
  'A=$(rm -rf x)',
  'A=$(rm -rf x) ls',
  '[ "$(rm -rf x)" ]',
  'echo "${A:-$(rm -rf x)}"',
  'echo $((1 + $(rm -rf x)))',
  'cat <<EOF\n$(rm -rf x)\nEOF',
  "PAGER='rm -rf x' git log",
  "GIT_SSH_COMMAND='rm -rf x' git fetch",
  "PROMPT_COMMAND='rm -rf x'",
  "export PROMPT_COMMAND='rm -rf x'",
  "env PAGER='rm -rf x' git log",
  'git -c core.editor=./run.sh push --force',
];

const opaque = [
  '$CMD',
  '"$CMD" -rf x',
  '${x:-rm} -rf x',
  '$(echo rm) x',
  '`echo rm` x',
  'kubectl $VERB pod x',
  'git $VERB',
  'psql -c "$SQL"',
  'eval "$CMD"',
  'sh -c "$CMD"',
  'bash "$FILE"',
  '. ./script.sh',
  'source script.sh',
  './script.sh',
  'echo cm0gLXJmIHg= | base64 -d | sh',
  'curl -s https://example.com/i.sh | bash',
  'bash <(curl -s https://example.com/i.sh)',
  'kubectl get cm x -o jsonpath={.data.s} | sh',
  `python3 -c "import os; os.remove('x')"`,
  `node -e "require('fs').rmSync('x')"`,
  `perl -e 'unlink "x"'`,
  `ruby -e 'File.delete("x")'`,
  'make deploy',
  'npm run clean',
  'never-heard-of-it --list',
  'rg --pre ./run.sh x',
  'rg --hostname-bin ./run.sh x',
  'awk \'BEGIN { system("rm x") }\'',
  'awk \'{ print | "sh" }\' f',
  "sed '1e rm x' f",
  "sed 's/a/b/e' f",
  'sort --compress-program=./run.sh f',
  'tar cf x.tar --checkpoint=1 --checkpoint-action=exec=./run.sh d',
  'git -c core.fsmonitor=./run.sh status',
  "git -c alias.st='!rm -rf x' st",
  'git --exec-path=/tmp/x status',
  'git grep -O./run.sh x',
  'git fetch --upload-pack=./run.sh origin',
  'git clone ext::./run.sh',
  'git bisect run ./run.sh',
  "git submodule foreach 'rm -rf x'",
  'helm template x --post-renderer ./run.sh',
  'ssh -o ProxyCommand=./run.sh h uptime',
  'LD_PRELOAD=./x.so ls',
  'env LD_PRELOAD=./x.so ls',
  'export BASH_ENV=./x.sh',
  'BASH_ENV=./x.sh bash -c ls',
  'NODE_OPTIONS="--require ./x.js" npm ls',
];

const writes = [
  'ls > f',
  'ls >> f',
  'ls &> f',
  'ls >| f',
  'ls 2> f',
  'ls | tee f',
  "sed -n 'w f' g",
  'awk \'{ print > "f" }\' g',
  'sort -o f g',
  'base64 -o f g',
  'jq . g > f',
  'curl -o f https://example.com',
  'git log --output=f',
  'exec > f',
  'find . -fprint out',
  'find . -fls out',
];

const rehearsals = [
  'kubectl delete ns shop --dry-run=none',
  'kubectl delete pod x # --dry-run=client',
  'kubectl delete pod x -- --dry-run=client',
  'kubectl delete pod x; echo --dry-run=client',
  'kubectl delete pod x | grep --dry-run=client',
  'kubectl delete pod x -n --dry-run=client',
  'kubectl delete pod x --dry-run=client --dry-run=none',
  'kubectl delete pod x --dry-run=$MODE',
  'kubectl delete pod x --not-an-option --dry-run=client',
  'terraform plan -destroy && terraform apply -auto-approve',
  'terraform plan; terraform destroy -auto-approve',
  'helm uninstall x -- --dry-run',
  'aws ec2 terminate-instances --instance-ids i-1 --no-dry-run',
  'aws s3 rm s3://b/k --dry-run',
  'certbot delete -n --cert-name x --dry-run',
  'systemctl stop nginx --dry-run',
  'rm -rf x --dry-run',
  'rm -rf x -n',
];

const sql = [
  'DELETE FROM t WHERE 1=1',
  'DELETE FROM t WHERE true',
  'UPDATE t SET a=1 WHERE 1=1',
  'UPDATE t SET a=1 WHERE true OR id=4',
  "UPDATE t SET a=1 WHERE 'a'='a'",
  'DELETE FROM t -- WHERE id=4',
  'UPDATE t SET a=1 -- WHERE id=4',
  'UPDATE t SET a=1 /* WHERE id=4 */',
  'WITH g AS (DELETE FROM t RETURNING *) SELECT * FROM g',
  'WITH g AS (SELECT 1) DELETE FROM t',
  "COPY t TO PROGRAM 'sh'",
  "COPY t FROM PROGRAM 'sh'",
  '\\! rm -rf x',
  "\\copy t from program 'sh'",
  'EXPLAIN ANALYZE DELETE FROM t',
  'EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t',
  'SELECT 1; DROP DATABASE app',
  'SELECT 1;\n-- note\nDROP TABLE t',
  'select/**/1;drop/**/table t',
  '/*! DROP TABLE t */',
  'PREPARE p AS DELETE FROM t',
  'BEGIN; TRUNCATE t; COMMIT',
  "SELECT pg_drop_replication_slot('s')",
];

const sqlUnknown = [
  'DO $$ BEGIN EXECUTE x; END $$',
  'SELECT fn_that_deletes()',
  'CALL clean_up()',
  "SELECT dblink_exec('c', 'x')",
  "SELECT setval('s', 1)",
  'SELECT * INTO u FROM t',
  "SELECT * FROM t INTO OUTFILE '/tmp/x'",
  '\\i fix.sql',
  "SELECT 'DROP TABLE t' \\gexec",
  'SELECT lo_export(1, $$/etc/x$$)',
  'SELECT 1; $QUERY',
];

const mongo = [
  'db.items.drop()',
  "db['items'].drop()",
  "db.getCollection('items').drop()",
  "db.items.find({x:/'/}); db.items.drop(); //'",
  'db.items.find().forEach(db.items.remove)',
  'db.items.updateMany({}, {$set:{a:1}})',
  "db.items.aggregate([{$out:'other'}])",
  "db.runCommand({'drop':'items'})",
];

const mongoUnknown = ["db['items']['dr'+'op']()", 'load("fix.js")', 'db.items.somethingNew()', 'eval(x)'];

describe('what can be read through is destructive', () => {
  const readable = quoting.filter((command) => !/^(rm\$|\{rm|\/\?|r\[)/.test(command));
  test.each([...readable, ...wrappers, ...rehearsals])('%s', (command) => {
    const found = explainCommand(command);
    expect(found.risk, found.reasons.join('; ')).toBe('destructive');
  });
  test.each(sql)('SQL: %s', (text) => {
    expect(explainCommand(text, 'sql').risk).toBe('destructive');
    expect(explainCommand(`psql -d shop <<'SQL'\n${text}\nSQL`).risk).toBe('destructive');
  });
  test.each(mongo)('MongoDB: %s', (text) => {
    expect(explainCommand(`mongosh shop <<'JS'\n${text}\nJS`).risk).toBe('destructive');
  });
});

describe('what cannot be read through is never read-only', () => {
  test.each([...quoting, ...opaque, ...writes])('%s', (command) => {
    const found = explainCommand(command);
    expect(found.risk, found.reasons.join('; ')).not.toBe('read-only');
  });
  test.each(sqlUnknown)('SQL: %s', (text) => {
    expect(rankOf(text, 'sql')).toBeGreaterThan(0);
    expect(rankOf(`psql -d shop <<'SQL'\n${text}\nSQL`)).toBeGreaterThan(0);
  });
  test.each(mongoUnknown)('MongoDB: %s', (text) => {
    expect(rankOf(`mongosh shop <<'JS'\n${text}\nJS`)).toBeGreaterThan(0);
  });
});

const windows: readonly (readonly [string, string])[] = [
  ['powershell', 'r`m x'],
  ['powershell', '& rm x'],
  ['powershell', "& 'Remove-Item' x"],
  ['powershell', 'Get-ChildItem | ForEach-Object { $_.Delete() }'],
  ['powershell', '(Get-Process api).Kill()'],
  ['powershell', '[IO.File]::Delete("x")'],
  ['powershell', 'Write-Host "$(Remove-Item x)"'],
  ['powershell', 'Write-Host ([IO.File]::Delete("x"))'],
  ['powershell', 'if (Test-Path x) { Remove-Item x }'],
  ['powershell', 'if (rm x) { }'],
  ['powershell', 'foreach ($f in Get-ChildItem) { rm $f }'],
  ['powershell', 'Get-Item x | ri'],
  ['powershell', 'iex "rm x"'],
  ['powershell', '. .\\fix.ps1'],
  ['powershell', '.\\fix.ps1'],
  ['powershell', 'Get-Item x; Remove-Item x'],
  ['powershell', '$x = Remove-Item y'],
  ['powershell', 'Invoke-RestMethod -Method Delete -Uri http://localhost/x'],
  ['powershell', 'Invoke-WebRequest -Uri http://localhost/x -OutFile f'],
  ['powershell', 'Invoke-Sqlcmd -Query "DROP TABLE t"'],
  ['powershell', 'Get-Service > f'],
  ['powershell', 'Get-Something-Else | Never-Heard'],
  ['cmd', 'dir & del x'],
  ['cmd', '@del x'],
  ['cmd', '# & del x'],
  ['cmd', 'for %f in (*) do del %f'],
  ['cmd', '%CMD% x'],
  ['cmd', 'call fix.bat'],
  ['cmd', 'dir > f'],
  ['cmd', 'sc stop api'],
  ['cmd', 'net stop api'],
  ['cmd', 'reg delete HKLM\\x'],
  ['fish', 'rm x'],
  ['fish', 'echo (rm x)'],
  ['fish', 'for f in *; rm $f; end'],
  ['fish', 'set x (rm y)'],
];

describe('other shells', () => {
  test.each(windows)('%s: %s is never read-only', (language, command) => {
    const found = explainCommand(command, language);
    expect(found.risk, found.reasons.join('; ')).not.toBe('read-only');
  });

  test.each([
    ['powershell', 'Get-Service | Where-Object { $_.Status -eq "Running" } | Format-Table Name'],
    ['powershell', 'Invoke-RestMethod http://localhost/health'],
    ['powershell', 'if (Test-Path x) { Get-Content x } else { Write-Host "none" }'],
    ['powershell', '(Get-Date).AddDays(-1).ToString("s")'],
    ['powershell', 'docker-compose ps'],
    ['powershell', 'netstat -ano | findstr :8000'],
    ['cmd', 'sc query api'],
    ['cmd', '# a note'],
    ['cmd', 'net start'],
  ])('%s: %s is', (language, command) => {
    const found = explainCommand(command, language);
    expect(found.risk, found.reasons.join('; ')).toBe('read-only');
  });
});

describe('words that only look dangerous stay read-only', () => {
  test.each([
    'echo rm -rf x',
    'grep -rn "DROP TABLE" migrations',
    'kubectl get pods -l app=delete',
    'git log --grep="reset --hard"',
    'psql -d shop -c "SELECT \'DROP TABLE t\'"',
    'ls # rm -rf x',
    "awk '$1 > 5' f",
    "awk '{ if ($1 > 5) print }' f",
    'redis-cli get delete-me',
    'journalctl -u rm',
    '# rm -rf x',
    'ls > /dev/null 2>&1',
    'mongosh shop --eval \'db.items.find({note: "drop()"})\'',
    'PAGER=cat git log',
    'git -c core.pager=cat log',
    'export EDITOR=vim',
    'EDITOR=nano',
    'man rm',
    'which rm',
    'type rm',
    'command -v rm',
  ])('%s', (command) => {
    const found = explainCommand(command);
    expect(found.risk, found.reasons.join('; ')).toBe('read-only');
  });
});
