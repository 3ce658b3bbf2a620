/** Where the commands of a script stand, what it reads and sets, and where it stops being understood. */
import { describe, expect, test } from 'vitest';
import { readScript, type ShellDialect } from '../../../core/shell/index.ts';

/** Texts of the commands; each must stand where the script says. */
function commandsOf(script: string, dialect?: ShellDialect): string[] {
  const found = readScript(script, dialect ? { dialect } : {});
  for (const command of found.commands) expect(script.slice(command.start, command.end)).toBe(command.text);
  for (const [i, command] of found.commands.entries())
    expect(command.start).toBeGreaterThanOrEqual(found.commands[i - 1]?.end ?? 0);
  return found.commands.map((command) => command.text);
}

describe('positions', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['nothing', '', []],
    ['a comment', '# nothing here\n', []],
    ['one line', 'ls -l', ['ls -l']],
    ['blank lines and comments between', '\n# first\nls\n\n  # second\n  df -h\n', ['ls', 'df -h']],
    ['a comment behind', 'ls # all of it\ndf', ['ls', 'df']],
    ['semicolons', 'cd /srv; ls', ['cd /srv', 'ls']],
    ['a list is one command', 'cd /srv && ls || true', ['cd /srv && ls || true']],
    ['a pipeline is one command', 'ls |\n  wc -l\ndf', ['ls |\n  wc -l', 'df']],
    ['continuation', 'kubectl get pods \\\n  -n shop\ndf', ['kubectl get pods \\\n  -n shop', 'df']],
    ['quotes over lines', "psql -c '\nSELECT 1;\n'\ndf", ["psql -c '\nSELECT 1;\n'", 'df']],
    ['a heredoc', 'cat <<EOF\na\nb\nEOF\ndf', ['cat <<EOF\na\nb\nEOF', 'df']],
    ['an indented heredoc', 'cat <<-EOF\n\ta\n\tEOF\ndf', ['cat <<-EOF\n\ta\n\tEOF', 'df']],
    ['a quoted heredoc', "cat <<'END OF IT'\n$x\nEND OF IT\ndf", ["cat <<'END OF IT'\n$x\nEND OF IT", 'df']],
    ['two heredocs', 'cat <<A <<B\na\nA\nb\nB\ndf', ['cat <<A <<B\na\nA\nb\nB', 'df']],
    ['a command behind a heredoc', 'cat <<A; ls\na\nA\ndf', ['cat <<A; ls\na\nA', 'df']],
    ['a heredoc in a pipeline', 'cat <<A | wc -l\na\nA\ndf', ['cat <<A | wc -l\na\nA', 'df']],
    ['a loop', 'for i in 1 2; do\n  ls $i\ndone\ndf', ['for i in 1 2; do\n  ls $i\ndone', 'df']],
    ['a condition', 'if true; then ls; fi\ndf', ['if true; then ls; fi', 'df']],
    ['a function', 'go() {\n  ls\n}\ngo', ['go() {\n  ls\n}', 'go']],
    ['in the background', 'ls &\ndf', ['ls &', 'df']],
    ['CRLF', 'ls\r\ndf\r\n', ['ls', 'df']],
    ['beyond the first plane', 'echo 🚨\nls', ['echo 🚨', 'ls']],
  ];
  test.each(table)('%s', (_, script, expected) => {
    expect(commandsOf(script).map((text) => text.replace(/[ &\r]+$/, ''))).toEqual(
      expected.map((text) => text.replace(/[ &]+$/, '')),
    );
  });

  test('PowerShell, cmd and fish have commands too', () => {
    expect(commandsOf('Get-Service `\n  -Name x\n# note\nGet-Date', 'powershell')).toEqual([
      'Get-Service `\n  -Name x',
      'Get-Date',
    ]);
    expect(commandsOf('dir ^\n  /s\nrem note\ncd x', 'cmd')).toEqual(['dir ^\n  /s', 'cd x']);
    expect(commandsOf('set -x A b\n# note\nls | \\\n  wc', 'fish')).toEqual(['set -x A b', 'ls | \\\n  wc']);
  });
});

describe('masks', () => {
  test('stand for words, and the text stays as written', () => {
    const script = 'kubectl delete pod <pod-name> -n <namespace>\nls';
    const masks = [...script.matchAll(/<[\w-]+>/g)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    const found = readScript(script, { masks });
    expect(found.error).toBeNull();
    expect(found.commands.map((command) => command.text)).toEqual(script.split('\n'));
    expect(found.commands[0]?.classification.risk).toBe('destructive');
  });

  test('may overlap, touch the ends and lie outside', () => {
    const masks = [
      { start: -5, end: 2 },
      { start: 1, end: 4 },
      { start: 90, end: 99 },
    ];
    expect(readScript('<a>b ls', { masks }).commands[0]?.text).toBe('<a>b ls');
  });

  test('a placeholder that is not masked never makes a command safer', () => {
    expect(readScript('kubectl delete pod <pod-name>').classification.risk).toBe('destructive');
    expect(readScript('kubectl delete pod <pod> -n <namespace>').classification.risk).toBe('destructive');
    expect(readScript('kubectl get pods\nrm -rf <folder>').classification.risk).toBe('destructive');
  });
});

describe('variables', () => {
  test.each<[string, readonly string[]]>([
    ['echo $A', ['A']],
    ['echo "${A}" $B $A', ['A', 'B']],
    ['A=1\necho $A', []],
    ['echo $A\nA=1', ['A']],
    ['A=$B', ['B']],
    ['A=1 sh -c x; echo $A', ['A']],
    ['export A=1 B; echo $A $B', ['B']],
    ['for f in *; do echo $f; done', []],
    ['read -r A B; echo $A $B', []],
    ['read -p "x" A <<< y; echo $A', []],
    ['while read -r line; do echo $line; done < f', []],
    ['mapfile -t lines < f; echo ${lines[0]}', []],
    ['printf -v A %s x; echo $A', []],
    ['echo ${A:-none} ${B:=x} $B', []],
    ['echo ${A:?missing}', ['A']],
    ['echo ${#A}', ['A']],
    ['echo $HOME $PATH $? $1 $@ $RANDOM', []],
    ["echo '$A' \\$B", []],
    ['cat <<EOF\n$A\nEOF', ['A']],
    ["cat <<'EOF'\n$A\nEOF", []],
    ['echo $(echo $A)', ['A']],
    ['(( i = 1 )); echo $i', []],
    ['for (( i = 0; i < 3; i++ )); do echo $i; done', []],
    ['local A=1; echo $A', []],
    ['getopts ab: opt; echo $opt', []],
    ['. ./env.sh; echo $A', []],
    ['source .env\necho $A', []],
    ['psql "$DATABASE_URL" -c "SELECT 1"', ['DATABASE_URL']],
    ["awk '{print $NF}' f", []],
    ['echo $B $A', ['B', 'A']],
  ])('%j leaves %j unset', (script, expected) => {
    expect(readScript(script).unsetVariables).toEqual(expected);
  });

  test('each command tells what it reads and sets', () => {
    const [first, second] = readScript('A=$B\nexport C="$A"').commands;
    expect(first).toMatchObject({ reads: ['B'], sets: ['A'] });
    expect(second).toMatchObject({ reads: ['A'], sets: ['C'] });
  });
});

describe('faults', () => {
  test.each<[string, number]>([
    ['ls (', 3],
    ['ls (\nrm -rf x', 3],
    ['ls\nfi', 3],
    ['echo "open\nls', 5],
    ["ls\necho 'open", 8],
    ['if true; then ls', 16],
    ['ls | | wc', 4],
    ['echo $(ls', 5],
  ])('%j at %i', (script, offset) => {
    const found = readScript(script);
    expect(found.error?.offset).toBe(offset);
    expect(found.error?.message).toMatch(/\S/);
    expect(found.classification.risk).not.toBe('read-only');
  });

  test('what stands in front is still known', () => {
    const found = readScript('ls\ndf -h\necho (');
    expect(found.commands.slice(0, 2).map((command) => command.classification.risk)).toEqual([
      'read-only',
      'read-only',
    ]);
  });

  test.each(['ls (\nrm -rf x', 'sudo for f in a; do rm $f; done', 'SELECT count(*) FROM t;\nrm -rf x'])(
    'what stands in %j behind the fault still counts',
    (script) => {
      expect(readScript(script).classification.risk).toBe('destructive');
    },
  );

  test('NUL, a byte order mark and a lone surrogate are text', () => {
    for (const script of ['\0', 'ls \0', '\ufeffls', '\ud800'])
      expect(readScript(script).classification.risk).toBeDefined();
  });

  test('a script that is too long is not understood, at once', () => {
    const found = readScript('x'.repeat(1_000_001));
    expect(found.error?.message).toContain('longer');
    expect(found.classification.risk).toBe('mutating');
  });
});

describe('the program that decides', () => {
  test.each([
    ['sudo env X=1 kubectl get pods', 'kubectl'],
    ['cd /srv && terraform plan', 'terraform'],
    ['kubectl get pods | grep api', 'kubectl'],
    ['for p in a b; do kubectl delete pod $p; done', 'kubectl'],
    ['timeout 5 ./run.sh', './run.sh'],
    ['A=1', null],
  ])('%s → %s', (script, tool) => {
    expect(readScript(script).commands[0]?.tool).toBe(tool);
  });

  test.each([
    ['kubectl -n shop --context prod get pods', ['namespace=shop', 'context=prod']],
    ['psql -h db1 -d orders -c "SELECT 1"', ['host=db1', 'database=orders']],
    ['AWS_PROFILE=prod aws s3 ls', ['profile=prod']],
    ['ssh web-1 systemctl restart api', ['host=web-1']],
    ['gcloud --project acme compute instances list', ['project=acme']],
    ['az vm list -g prod', ['resource-group=prod']],
    ['terraform -chdir=prod plan', ['folder=prod']],
    ['vault kv get -address=https://v1 secret/x', ['host=https://v1']],
    ['rabbitmqctl -n rabbit@mq2 status', ['node=rabbit@mq2']],
  ])('%s goes to %j', (script, expected) => {
    const { targets } = readScript(script).classification;
    expect(targets.map((target) => `${target.kind}=${target.value}`)).toEqual(
      expect.arrayContaining(expected as string[]),
    );
  });

  test.each([
    ['kubectl scale deploy api --replicas=3', /scale back/],
    ['kubectl cordon node-1', /uncordon/],
    ['systemctl stop nginx', /systemctl start/],
    ['helm upgrade api ./chart', /rollback/],
    ['ceph osd set noout', /unset/],
    ['iptables -F', /iptables-restore/],
    ['vault kv delete secret/x', /undelete/],
  ])('%s is undone by %s', (script, expected) => {
    expect(readScript(script).classification.inverse).toMatch(expected);
  });

  test.each(['rm -rf x', 'terraform destroy -auto-approve', 'psql -c "DROP TABLE t"'])(
    '%s has no undo',
    (script) => {
      expect(readScript(script).classification.inverse).toBeNull();
    },
  );
});
