/** Values in place of placeholders: whatever is typed arrives, and nothing of it runs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { StepRefused, substitute } from '../../../core/execution/index.ts';

/** Placeholders of a text: every `<x>`. */
function spans(text: string) {
  return [...text.matchAll(/<[a-z]+>/g)].map((match) => ({
    name: match[0].slice(1, -1),
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
const fill = (text: string, values: Record<string, string>, dialect = 'bash') =>
  substitute(text, spans(text), values, dialect);

describe('where a placeholder stands', () => {
  const table: [before: string, value: string, after: string][] = [
    ['kubectl get pod <x>', 'api-7f', 'kubectl get pod api-7f'],
    ['kubectl get pod <x>', '; rm -rf ~', "kubectl get pod '; rm -rf ~'"],
    ['deploy shop-api:<x>', 'v1 $(id)', "deploy shop-api:'v1 $(id)'"],
    ['echo "a <x> b"', '$(id) `id` "q" \\', 'echo "a \\$(id) \\`id\\` \\"q\\" \\\\ b"'],
    ["echo 'a <x> b'", "it's", "echo 'a it'\\''s b'"],
    ["echo $'a <x>'", "it's\\n", "echo $'a it\\'s\\\\n'"],
    ['echo "$(cat <x>)"', 'a b', 'echo "$(cat \'a b\')"'],
    ['echo "${A:-<x>}"', '}$A', 'echo "${A:-\\}\\$A}"'],
    ['echo ${A:-<x>}', "it's }", "echo ${A:-'it'\\''s }'}"],
    ['echo `cat <x>`', '$(id)', "echo `cat '\\$(id)'`"],
    ['ls # of <x>\ncat <x>', 'a\nb', "ls # of a b\ncat 'a\nb'"],
    ["cat <<EOF\nit's <x>\nEOF\necho <x>", '$(id)', "cat <<EOF\nit's \\$(id)\nEOF\necho '$(id)'"],
    ["cat <<'EOF'\n\"<x>\nEOF\necho '<x>'", '$(id)', "cat <<'EOF'\n\"$(id)\nEOF\necho '$(id)'"],
    ['case a in a) echo <x>;; esac; (echo <x>)', 'a b', "case a in a) echo 'a b';; esac; (echo 'a b')"],
    ['echo "$(case a in a) echo <x>;; esac)" <x>', '"', 'echo "$(case a in a) echo \'"\';; esac)" \'"\''],
    ['echo \\<x>', '$(id)', "echo '$(id)'"],
    ['echo "\\<x>"', '$(id)', 'echo "\\\\\\$(id)"'],
    ['kill <x>>/dev/null', '2', "kill '2'>/dev/null"],
    ['<x> --version', 'if', "'if' --version"],
    ['<x> --version', 'A=1', "'A=1' --version"],
    ['echo {<x>,b}', 'a,c', "echo {'a,c',b}"],
    ['sleep $((<x> * 60))', '15', 'sleep $((15 * 60))'],
    ['export A=<x>', '', "export A=''"],
    ['echo $(( (1 + 2) * 3 )) "<x>" <x>', 'a b', 'echo $(( (1 + 2) * 3 )) "a b" \'a b\''],
    ['echo a#<x>', 'a\nb', "echo a#'a\nb'"],
  ];
  test.each(table)('%j with %j', (before, value, after) => {
    expect(fill(before, { x: value })).toBe(after);
  });

  test.each([
    ['sleep $((<x>))', 'a[$(id)]', /only a whole number/],
    ['(( <x> > 1 ))', '$(id)', /only a whole number/],
    ['echo $<x>', '(id)', /only the name of a variable/],
    ['echo "${<x>}"', 'A:-$(id)', /only the name of a variable/],
    ['cat <<EOF\n<x>\nEOF', 'a\nEOF\nid', /a line break cannot stand in a here-document/],
    ['echo "${A:-<x>}"', "it's", /none of ' \( \) < > can stand in a \$\{…\}/],
    ['echo `echo \\<x>`', 'a', /a backslash stands before it/],
    ['echo <x>', 'a\0b', /no argument can hold a NUL/],
  ])('%j refuses %j', (before, value, message) => {
    expect(() => fill(before, { x: value })).toThrow(StepRefused);
    expect(() => fill(before, { x: value })).toThrow(message);
  });

  test('a placeholder without a value stays, and a value is never read again', () => {
    expect(fill('echo <a> <b> <a>', { a: '<b>' })).toBe("echo '<b>' <b> '<b>'");
  });
});

const folder = mkdtempSync(join(tmpdir(), 'runline-substitute-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Each prints the value, and then a NUL. `^` stands for what the place itself adds. */
const CONTEXTS = [
  "printf '%s\\0' <x>",
  "printf '%s\\0' ^<x>",
  'printf \'%s\\0\' "<x>"',
  "printf '%s\\0' '<x>'",
  'printf \'%s\\0\' "$(printf %s <x>; echo .)"',
  'printf \'%s\\0\' "$(printf %s "<x>"; echo .)"',
  'printf \'%s\\0\' "${UNSET_HERE:-<x>}"',
  "printf '%s\\0' ${UNSET_HERE:-<x>}",
  'A=<x>; printf \'%s\\0\' "$A"',
  'printf \'%s\\0\' "`printf %s <x>; echo .`"',
  "case <x> in a) ;; *) ;; esac; printf '%s\\0' <x> # <x>",
  'f() { printf \'%s\\0\' "$1"; }; f <x>',
  "(printf '%s\\0' <x>)",
  "if true; then printf '%s\\0' <x>; fi",
];
/** What a shell of POSIX does not have. */
const BASH_CONTEXTS = [
  "printf '%s\\0' $'<x>'",
  "printf '%s\\0' <<<ignored <x>",
  'B=(<x> 2); printf \'%s\\0\' "${B[0]}"',
];

describe.each([
  ['bash', [...CONTEXTS, ...BASH_CONTEXTS]],
  ['dash', CONTEXTS],
  ['zsh', [...CONTEXTS, ...BASH_CONTEXTS.slice(0, 1)]],
])('values arrive in %s', (shell, contexts) => {
  const present = spawnSync(shell, ['-c', 'true']).status === 0;
  test.skipIf(!present)(`bytes are the same (${shell})`, () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        ...'$`"\'\\!*?[]{}()<>|&;#~=% \t\n-abc123,.^:@/\u00e9\u{1f6a8}\u202e',
        '$(',
        '${',
        '\\\\',
        '$((',
        '<x>',
        'EOF',
      ),
      minLength: 1,
      maxLength: 24,
    });
    const value = fc.oneof(
      hostile,
      fc
        .string({ unit: 'binary', maxLength: 30 })
        .filter((s) => !s.includes('\0') && Buffer.from(s).toString() === s),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 60, maxLength: 60 }), (values) => {
        const cases = values.map((any, index) => {
          const context = contexts[index % contexts.length] as string;
          return { context, x: context.includes('"${UNSET') ? any.replace(/['()<>]/g, '') : any };
        });
        const script = cases.map(({ x, context }) => fill(context, { x }, shell)).join('\n');
        const file = join(folder, 'step');
        writeFileSync(file, script);
        const out = execFileSync(shell, [file], {
          cwd: folder,
          encoding: 'buffer',
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const expected = cases.map(({ x, context }) =>
          context.includes('^') ? `^${x}` : context.includes('echo .') ? `${x}.` : x,
        );
        expect(out.toString().split('\0').slice(0, -1)).toEqual(expected);
        expect(readdirSync(folder)).toEqual(['step']);
      }),
      { numRuns: Number(process.env.RUNLINE_RUNS ?? 25) },
    );
  });
});

describe('other languages', () => {
  const table: [dialect: string, before: string, value: string, after: string][] = [
    ['fish', 'echo <x>', "it's \\", "echo 'it\\'s \\\\'"],
    ['fish', 'echo "<x>"', '$a "b"', 'echo "\\$a \\"b\\""'],
    ['fish', "echo '<x>' # <x>", "it's\nb", "echo 'it\\'s\nb' # it's b"],
    ['powershell', 'Get-Pod <x>', "it's", "Get-Pod 'it''s'"],
    ['powershell', 'echo "<x>"', '$a "b" `c', 'echo "`$a `"b`" ``c"'],
    ['powershell', "echo '<x>'", '\u2019; calc', "echo '\u2019\u2019; calc'"],
    ['cmd', 'ping <x>', 'a b', 'ping "a b"'],
    ['sql', 'SELECT * FROM <t> WHERE id = <x>', '7', 'SELECT * FROM <t> WHERE id = 7'],
    ['sql', 'SELECT * FROM <x>', 'shop.orders', 'SELECT * FROM shop.orders'],
    ['sql', 'SELECT * FROM <x>', 'a; DROP TABLE b', "SELECT * FROM 'a; DROP TABLE b'"],
    ['sql', 'WHERE name = <x>', "O'Hara", "WHERE name = 'O''Hara'"],
    ['sql', "WHERE name LIKE '%<x>%'", "' OR 1=1 --", "WHERE name LIKE '%'' OR 1=1 --%'"],
    ['sql', 'SELECT "<x>" -- <x>', 'a"\nb', 'SELECT "a""\nb" -- a" b'],
  ];
  test.each(table)('%s: %j with %j', (dialect, before, value, after) => {
    expect(fill(before, { x: value }, dialect)).toBe(after);
  });

  test.each([
    ['powershell', "@'\n<x>\n'@", "a\n'@\ncalc", /here-string/],
    ['cmd', 'echo "<x>"', '%PATH%', /unchanged/],
    ['sql', "WHERE name = '<x>'", "\\'; DROP TABLE b; --", /backslash/],
    ['sql', "WHERE name = '<x>'", '\\', /backslash/],
    ['sql', 'DO $$ <x> $$', '$$; DROP', /dollar-quoted/],
  ])('%s: %j refuses %j', (dialect, before, value, message) => {
    expect(() => fill(before, { x: value }, dialect)).toThrow(message);
  });
});

test('a long script is read in one pass', () => {
  const text = 'echo "a $(date) `x` ${A:-b}" \'c\' <x> # d\n'.repeat(20_000);
  const begun = performance.now();
  fill(text, { x: 'a b' });
  expect(performance.now() - begun).toBeLessThan(2000);
});
