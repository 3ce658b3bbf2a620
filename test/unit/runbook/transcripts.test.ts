/** What was typed and what was printed: blocks with prompts, and blocks that show output without any. */
import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

function block(info: string, content: string) {
  const runbook = parseRunbook(`# Pump house\n\n\`\`\`${info}\n${content}\n\`\`\`\n`);
  const step = runbook.steps[0];
  if (step?.kind !== 'block') throw new Error('no block');
  return step;
}
const typed = (info: string, content: string) =>
  block(info, content)
    .script.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const shown = (info: string, content: string) =>
  block(info, content).expectedOutput.map(({ command, text }) => [command, text]);

describe('expected output', () => {
  test.each([
    [
      'console',
      '$ ls\na.txt\n$ cat a.txt\nhello',
      [
        [0, 'a.txt'],
        [1, 'hello'],
      ],
    ],
    ['bash', '$ kubectl get pods\n\nNAME\npump-0\n\n', [[0, 'NAME\npump-0']]],
    ['bash', '$ ls\na\n\nb', [[0, 'a\n\nb']]],
    ['bash', '$ a\nx\n# then\n$ b', [[0, 'x']]],
    ['console', 'x\n$ a', []],
    ['bash', '$ a', []],
    ['powershell', 'PS C:\\> Get-Item x\nx', [[0, 'x']]],
    [
      'bash',
      'kubectl get pods\n\nNAME     READY\npump-0   1/1\npump-1   0/1',
      [[0, 'NAME     READY\npump-0   1/1\npump-1   0/1']],
    ],
    [
      'bash',
      'ceph status\n  cluster:\n    id: 7\n    health: HEALTH_WARN\n            2 full osd(s)',
      [[0, '  cluster:\n    id: 7\n    health: HEALTH_WARN\n            2 full osd(s)']],
    ],
    ['bash', 'curl -s http://host/health\n{\n  "status": "ok"\n}', [[0, '{\n  "status": "ok"\n}']]],
    ['console', 'kubectl edit cm pump\n...\nbind: 0.0.0.0:9\n...', [[0, '...\nbind: 0.0.0.0:9\n...']]],
    [
      'bash',
      'kubectl drain pump-0\nnode/pump-0 cordoned\nevicting pod default/web-x2x9k\npod "web-x2x9k" deleted\nnode/pump-0 drained',
      [
        [
          0,
          'node/pump-0 cordoned\nevicting pod default/web-x2x9k\npod "web-x2x9k" deleted\nnode/pump-0 drained',
        ],
      ],
    ],
    ['bash', 'kubectl apply -f .\ndeployment.apps/pump configured', [[0, 'deployment.apps/pump configured']]],
    ['bash', 'kubectl get pods\nbin/pump restart', []],
    ['bash', 'curl -I http://pump\nHTTP/1.1 200 OK', [[0, 'HTTP/1.1 200 OK']]],
    [
      'bash',
      'ls -l\ntotal 4\n-rw-r--r-- 1 ada ada 220 Apr 1 a',
      [[0, 'total 4\n-rw-r--r-- 1 ada ada 220 Apr 1 a']],
    ],
    [
      'bash',
      'df -h\nFilesystem Size Used Avail Use% Mounted on\n/dev/sda1  50G  48G  2G  96% /',
      [[0, 'Filesystem Size Used Avail Use% Mounted on\n/dev/sda1  50G  48G  2G  96% /']],
    ],
    ['bash', 'systemctl restart pumps\nMake sure that the gauge moves again.', []],
  ])('%s %j', (info, content, expected) => {
    expect(shown(info, content)).toEqual(expected);
    for (const { start, end, text } of block(info, content).expectedOutput)
      expect(content.slice(start, end)).toBe(text);
  });
});

test('what is typed in another program is nothing for a shell', () => {
  const session = 'psql -d pumps\npumps=> SELECT 1;\n ?column? \n----------\n        1\n(1 row)';
  expect(typed('bash', session)).toEqual(['psql -d pumps']);
  expect(typed('bash', 'mysql pumps\nmysql> SHOW TABLES;')).toEqual(['mysql pumps']);
  expect(typed('bash', 'drain > log\nA=1 drain >> log')).toEqual(['drain > log', 'A=1 drain >> log']);
});

describe('what was typed', () => {
  test.each([
    ['bash', 'sh-5.1# chroot /host', ['chroot /host']],
    ['bash', '[root@pump-0 ~]# systemctl status pumps\nactive', ['systemctl status pumps']],
    ['bash', '❯ ocm describe cluster x\nName:  x', ['ocm describe cluster x']],
    ['bash', '$ oc delete pod \\ \n  pump-0', ['oc delete pod \\', 'pump-0']],
    [
      'console',
      '$ oc debug node/pump-0\n# chroot /host\n# systemctl restart pumps\n# only a remark',
      ['oc debug node/pump-0', 'chroot /host', 'systemctl restart pumps'],
    ],
    ['console', '$ ls\n# chroot /host', ['ls']],
    // A prompt was forgotten: what changes something is no answer.
    [
      'bash',
      '$ kubectl get pods\nkubectl delete pod pump-0',
      ['kubectl get pods', 'kubectl delete pod pump-0'],
    ],
    ['bash', 'kubectl get pods\nNAME     READY\npump-0   1/1', ['kubectl get pods']],
    ['bash', 'az login\nName      State\n--------  -------\nPumps     Enabled', ['az login']],
    ['bash', 'pumpctl post\n"Pumps are down,\nwe look into it"', ['pumpctl post']],
    [
      'bash',
      'oc patch pump a --patch\n\'[{ "op": "replace" }]\'',
      ['oc patch pump a --patch', '\'[{ "op": "replace" }]\''],
    ],
    ['bash', '# See\nhttps://pumps.example.org/a\nls', ['# See', 'ls']],
    ['bash', 'cat <<EOF\nname: pump\nEOF', ['cat <<EOF', 'name: pump', 'EOF']],
    ['bash', 'cat <<< word\nls', ['cat <<< word', 'ls']],
    ['bash', 'kubectl apply -f - \\\n  x\nls', ['kubectl apply -f - \\', 'x', 'ls']],
    ['bash', "psql -c '\nName: x\n'", ["psql -c '", 'Name: x', "'"]],
  ])('%s %j', (info, content, expected) => {
    expect(typed(info, content)).toEqual(expected);
    expect(block(info, content).script).toHaveLength(content.length);
  });

  test.each([
    'pumpctl drain --all',
    'kubectl get pods\nNAME     READY\npump-0   1/1\npumpctl drain --all',
    'kubectl get pods\nNAME     READY\npump-0   1/1\n\npumpctl drain',
    'ceph status\n  health: bad\n\npumpctl drain',
    'NAME  READY\nrm   -rf  /var/pumps',
    'Now: rm -rf /var/pumps',
    'Linux:\nrm -rf /var/pumps',
    '{\n  rm -rf /var/pumps\n}',
    '"$(rm -rf /var/pumps)"',
    '"./drain everything"; rm -rf /var/pumps',
  ])('%j keeps its last command', (content) => {
    const last = content.split('\n').findLast((line) => /rm |pumpctl/.test(line)) ?? '';
    expect(block('bash', content).script).toContain(last);
    expect(block('bash', content).runnable).toBe(true);
  });
});

describe('links that are only shown', () => {
  test('by echo alone, with their places', () => {
    const step = block(
      'bash',
      'echo "Gauges: https://pumps.example.org/d/a?x=1&y=2."\ncurl https://pumps.example.org/no\necho https://a.example.org | pbcopy\necho "-> http://b.example.org" > c\nprintf \'see https://c.example.org\\n\'',
    );
    expect(step.shownLinks.map(({ target, text, range }) => [target, text, range.start.line + 1])).toEqual([
      ['https://pumps.example.org/d/a?x=1&y=2', 'Gauges', 4],
      ['https://c.example.org', 'see', 8],
    ]);
  });
});
