/** PowerShell, cmd and fish: their blocks, quotes, substitutions and what only looks like a command. */
import { describe, expect, test } from 'vitest';
import { explainCommand, readScript } from '../../../core/shell/index.ts';

describe('PowerShell', () => {
  test.each([
    ['<#\nRemove-Item x\n#>\nGet-Date', 'read-only'],
    ["$note = @'\nRemove-Item x\n'@", 'read-only'],
    ['"at $(Remove-Item x)"', 'destructive'],
    ["'at $(Remove-Item x)'", 'read-only'],
    ['Write-Host "Remove-Item x"', 'read-only'],
    ['function Clear-Old { Remove-Item x }', 'read-only'],
    ['function Clear-Old { Remove-Item x }\nClear-Old', 'destructive'],
    ['$x=Remove-Item y', 'destructive'],
    ['if(Test-Path x){Remove-Item x}else{ls}', 'destructive'],
    ["switch ($env) { 'prod' { Stop-Service x } default { ls } }", 'destructive'],
    ['@{ Name = (Remove-Item x) }', 'destructive'],
    ["@{ Name = 'Remove-Item x' }", 'read-only'],
    ['Get-Item x | ForEach-Object { Remove-Item $_ }', 'destructive'],
    ['Get-Item x | % Delete', 'destructive'],
    ["& 'C:\\Program Files\\PostgreSQL\\16\\bin\\psql.exe' -c 'DROP TABLE t'", 'destructive'],
    ['Invoke-Command web-1 { Get-Service x }', 'read-only'],
    ['Invoke-Command web-1 -FilePath fix.ps1', 'mutating'],
    ['Remove-Item x -WhatIf', 'read-only'],
    ['Remove-Item x -WhatIf:$false', 'destructive'],
    ["Remove-Item '-WhatIf'", 'destructive'],
    ['Remove-Item Env:TOKEN', 'read-only'],
    ['if ($x) { Get-Item y', 'mutating'],
    ['Get-Date }; Remove-Item x', 'destructive'],
    ["powershell -Command 'Remove-Item x'", 'destructive'],
    ["Start-Process cmd -ArgumentList '/c del x'", 'destructive'],
  ])('%j is %s', (script, risk) => {
    const { risk: found, reasons } = explainCommand(script, 'powershell');
    expect(found, reasons.join('; ')).toBe(risk);
  });

  test.each([
    ['while ($true) { Get-Date; Start-Sleep 1 }', 'stream'],
    ['while ($true) { Get-Date; break }', 'capture'],
    ['do { Start-Sleep 1 } until ($s.Status -eq "Running")', 'stream'],
    ['Get-Content app.log -Wait', 'stream'],
    ['Get-Content app.log -Wait | Select-Object -First 3', 'capture'],
    ['Remove-AzResourceGroup -Name x', 'terminal'],
    ['Remove-AzResourceGroup -Name x -Force', 'capture'],
    ['Stop-Service x -Confirm', 'terminal'],
  ])('%j runs as %s', (script, mode) => {
    expect(explainCommand(script, 'powershell').mode).toBe(mode);
  });

  test('a block is one command, with its place', () => {
    const script = 'Get-Date\nif ($x) {\n  Get-Item y\n}\nGet-Item z; ls';
    const { commands } = readScript(script, { dialect: 'powershell' });
    expect(commands.map(({ text }) => text)).toEqual([
      'Get-Date',
      'if ($x) {\n  Get-Item y\n}',
      'Get-Item z',
      'ls',
    ]);
    for (const { start, end, text } of commands) expect(script.slice(start, end)).toBe(text);
  });
});

describe('cmd', () => {
  test.each([
    ['if exist x (del x) else (echo none)', 'destructive'],
    ['if exist x (\n  dir\n) else (\n  del x\n)', 'destructive'],
    ['if "%1"=="prod" net stop api', 'destructive'],
    ['for %h in (a b) do ping -n 1 %h', 'read-only'],
    ["for /f %i in ('del x') do echo %i", 'destructive'],
    ['for /d %d in (*) do rd /s /q "%d"', 'destructive'],
    ['echo (a & del x)', 'destructive'],
    ['echo "a & del x"', 'read-only'],
    ['echo a ^& del x', 'read-only'],
    ['d^el x', 'destructive'],
    ['(dir & del x)', 'destructive'],
    ['REM del x', 'read-only'],
    ['robocopy a b /MIR /L', 'read-only'],
    ['sc \\\\web-2 stop api', 'destructive'],
    ['cmd /c "del x"', 'destructive'],
    ['powershell -Command "Remove-Item x"', 'destructive'],
    ['start "" del.exe', 'destructive'],
    ['call fix.bat', 'mutating'],
    ['dir > list.txt', 'mutating'],
    ['dir 2>nul', 'read-only'],
  ])('%j is %s', (script, risk) => {
    const { risk: found, reasons } = explainCommand(script, 'cmd');
    expect(found, reasons.join('; ')).toBe(risk);
  });

  test('an unconditional jump back never ends', () => {
    expect(explainCommand(':again\nping -n 2 x\ngoto again', 'cmd').mode).toBe('stream');
    expect(explainCommand('goto end\n:end', 'cmd').mode).toBe('capture');
  });
});

describe('fish', () => {
  test.each([
    ['for f in *; rm $f; end', 'destructive'],
    ['for n in a b; kubectl get pods -n $n; end', 'read-only'],
    ['test -d x; and rm -rf x; or echo none', 'destructive'],
    ['not rm x', 'destructive'],
    ['begin; systemctl stop api; end 2>&1', 'destructive'],
    ['begin; date; end > out.txt', 'mutating'],
    ['function wipe; rm -rf $argv; end; functions wipe', 'read-only'],
    ['function sweep; rm -rf $argv; end; sweep x', 'destructive'],
    ['function ls; rm -rf x; end', 'destructive'],
    ['switch $x; case a; rm x; end', 'destructive'],
    ['if true; ls; else; rm x; end', 'destructive'],
    ['echo (rm x)', 'destructive'],
    ['echo "(rm x)"', 'read-only'],
    ['echo "$(rm x)"', 'destructive'],
    ["echo 'it\\'s (rm x)'", 'read-only'],
    ['diff (sort a | psub) (sort b | psub)', 'read-only'],
    ['ls | while read f; rm $f; end', 'destructive'],
    ['eval "rm x"', 'destructive'],
    ['eval $x', 'mutating'],
    ['for f in *; ls', 'mutating'],
    ['string join , a > list.txt', 'mutating'],
  ])('%j is %s', (script, risk) => {
    const { risk: found, reasons } = explainCommand(script, 'fish');
    expect(found, reasons.join('; ')).toBe(risk);
  });

  test.each([
    ['while true; date; sleep 1; end', 'stream'],
    ['while read -l x; echo $x; end < hosts.txt', 'capture'],
    ['tail -f app.log &', 'capture'],
  ])('%j runs as %s', (script, mode) => {
    expect(explainCommand(script, 'fish').mode).toBe(mode);
  });

  test('a block is one command, with its place', () => {
    const script = '# first\nfor f in *\n  ls $f\nend\ndate; ls';
    const { commands } = readScript(script, { dialect: 'fish' });
    expect(commands.map(({ text }) => text)).toEqual(['for f in *\n  ls $f\nend', 'date', 'ls']);
    for (const { start, end, text } of commands) expect(script.slice(start, end)).toBe(text);
  });
});
