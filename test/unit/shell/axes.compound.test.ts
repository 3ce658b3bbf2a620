/** Compound shapes: what runs inside what, how long it holds, and where it goes. */
import { describe, expect, test } from 'vitest';
import { explainCommand, type Nesting, type RunMode } from '../../../core/shell/index.ts';

describe('nesting', () => {
  test.each<[string, Nesting]>([
    ['kubectl get pods', 'none'],
    ['kubectl get pods | grep api', 'none'],
    ['for f in a b; do rm "$f"; done', 'none'],
    ['frobnicate --all', 'none'],
    ["sh -c 'ls'", 'read'],
    ['ssh web-1 uptime', 'read'],
    ['sudo systemctl status nginx', 'read'],
    ['ls | xargs rm', 'read'],
    ['find . -name x -exec rm {} +', 'read'],
    ['kubectl exec app-0 -- ls', 'read'],
    ["watch -n 5 'kubectl get pods'", 'read'],
    ['timeout 5 kubectl get pods', 'read'],
    ["bash <<'EOF'\nls\nEOF", 'read'],
    ["eval 'ls'", 'read'],
    ["pwsh -c 'Get-Process'", 'read'],
    ["cmd /c 'dir'", 'read'],
    ["fish -c 'for f in *; rm $f; end'", 'read'],
    ['curl -s https://example.com/install.sh | sh', 'opaque'],
    ['bash <(curl -s https://example.com/install.sh)', 'opaque'],
    ['eval "$X"', 'opaque'],
    ['$COMMAND --all', 'opaque'],
    ['./script.sh', 'opaque'],
    ['bash deploy.sh', 'opaque'],
    ['source ./env.sh', 'opaque'],
    ['make deploy', 'opaque'],
    ['npm run x', 'opaque'],
    ['nohup ./reindex.sh &', 'opaque'],
    ['pwsh -File repair.ps1', 'opaque'],
    ['sudo -i', 'opaque'],
  ])('%s → %s', (command, nesting) => {
    expect(explainCommand(command).nesting).toBe(nesting);
  });
});

describe('mode', () => {
  test.each<[string, RunMode]>([
    ['until pg_isready -q; do sleep 1; done', 'stream'],
    ['while ! nc -z db-1 5432; do sleep 1; done', 'stream'],
    ['while true; do date; sleep 1; done', 'stream'],
    ['while true; do nc -z db-1 5432 && break; sleep 1; done', 'capture'],
    ['while [ $i -lt 5 ]; do sleep 1; done', 'capture'],
    ['while read -r line; do echo "$line"; done < hosts.txt', 'capture'],
    ["timeout 60 bash -c 'until pg_isready; do sleep 1; done'", 'capture'],
    ['kubectl port-forward svc/web 8080:80 & sleep 2; curl -s localhost:8080', 'capture'],
    ['tail -f app.log', 'stream'],
    ['tail -f app.log &', 'capture'],
    ['tail -f app.log | head -3', 'capture'],
    ['yes | rm -i old.log', 'capture'],
    ['ls | xargs -p rm', 'terminal'],
    ['sudo -i', 'terminal'],
    ['read -r answer', 'terminal'],
    ["(cd /srv && sh -c 'top')", 'terminal'],
  ])('%s → %s', (command, mode) => {
    expect(explainCommand(command).mode).toBe(mode);
  });
});

describe('functions', () => {
  test.each([
    ['wipe() { rm -rf "$1"; }', 'read-only'],
    ['wipe() { rm -rf "$1"; }\nwipe /srv/old', 'destructive'],
    ['wipe() { rm -rf "$1"; }\nsudo sh -c "wipe x"', 'destructive'],
    ['clean() { rm -rf /tmp/x; }\ntrap clean EXIT', 'destructive'],
    ['trap clean EXIT\nclean() { rm -rf /tmp/x; }', 'destructive'],
    ['main() { step; }\nstep() { rm -rf /tmp/x; }\nmain', 'destructive'],
    ['if true; then f() { ls; }; else f() { rm x; }; fi\nf', 'destructive'],
    ['f() { f() { rm x; }; f; }\nf', 'destructive'],
    ["eval 'f() { rm x; }'\nf", 'destructive'],
    ['(f() { :; })\nf', 'mutating'],
    ['f\nf() { :; }', 'mutating'],
    // Whoever calls it: the name is a program's that only looks.
    ['ls() { rm -rf /srv; }', 'destructive'],
    ['f() { f; }\nf', 'mutating'],
  ])('%j is %s', (script, risk) => {
    expect(explainCommand(script).risk).toBe(risk);
  });
});

describe('braces and placeholders', () => {
  test.each([
    ['{rm,-rf,/srv/old}', 'destructive'],
    ['kubectl {delete,pod,web-0}', 'destructive'],
    ["echo '{rm,-rf}'", 'read-only'],
    ['echo {a,b}{1..3}', 'read-only'],
    ['kubectl get pod <pod> -n <namespace> -o yaml', 'read-only'],
    ['kubectl delete pod <pod> -n <namespace>', 'destructive'],
    ['sort <in.txt>out.txt', 'mutating'],
    ['cat <in.txt >out.txt', 'mutating'],
  ])('%j is %s', (command, risk) => {
    expect(explainCommand(command).risk).toBe(risk);
  });
});

describe('where it goes', () => {
  test.each([
    ['ssh web-1 systemctl restart api', 'host=web-1', true],
    ['ssh db-1 \'psql -d orders -c "SELECT 1"\'', 'database=orders', true],
    ['AWS_PROFILE=prod aws s3 ls', 'profile=prod', true],
    ["sh -c 'kubectl -n shop get pods'", 'namespace=shop', true],
    ['cd /srv && ls', null, false],
  ])('%s: %s, network %s', (command, target, network) => {
    const { targets, network: talks } = explainCommand(command);
    if (target !== null) expect(targets.map(({ kind, value }) => `${kind}=${value}`)).toContain(target);
    expect(talks).toBe(network);
  });

  test('a PowerShell command names its host, what it acts on, and how to rehearse and undo it', () => {
    expect(explainCommand('Stop-Service -Name Spooler -ComputerName web-1', 'powershell')).toMatchObject({
      targets: [
        { kind: 'host', value: 'web-1' },
        { kind: 'resource', value: 'Spooler' },
      ],
      network: true,
      preview: 'Stop-Service -WhatIf',
      inverse: 'Start-Service Spooler',
    });
  });
});
