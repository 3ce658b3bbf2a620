/** However a command is wrapped, quoted, split or joined, its risk never becomes lower. */
import fc from 'fast-check';
import { parse } from 'unbash';
import { describe, expect, test } from 'vitest';
import { explainCommand, quote } from '../../../core/shell/index.ts';
import { LABELLED, rankOf } from './labelled.ts';

const bash = LABELLED.filter((row) => row.language === undefined).map((row) => row.command);

/** One program with its words, that a prefix can stand in front of: no assignment, compound or heredoc. */
const plain = bash.filter((command) => {
  const { commands, errors } = parse(command);
  const only = commands[0]?.command;
  return (
    commands.length === 1 &&
    !errors?.length &&
    only?.type === 'Command' &&
    only.name !== undefined &&
    only.prefix.length === 0 &&
    /^[a-z]/.test(command) &&
    !command.includes('\n')
  );
});
const oneLine = bash.filter((command) => !command.includes('\n'));

type Rewrite = (command: string) => string;

const PREFIXES: Readonly<Record<string, Rewrite>> = {
  sudo: (command) => `sudo ${command}`,
  'sudo -u': (command) => `sudo -n -u deploy -- ${command}`,
  env: (command) => `env X=1 ${command}`,
  assignment: (command) => `X=1 ${command}`,
  timeout: (command) => `timeout -k 1 5 ${command}`,
  nohup: (command) => `nohup ${command}`,
  nice: (command) => `nice -n 5 ${command}`,
  time: (command) => `time ${command}`,
  command: (command) => `command ${command}`,
  setsid: (command) => `setsid ${command}`,
  stdbuf: (command) => `stdbuf -oL ${command}`,
};

const SCRIPTS: Readonly<Record<string, Rewrite>> = {
  'sh -c': (command) => `sh -c ${quote(command, 'bash')}`,
  'bash -ec': (command) => `bash -e -c ${quote(command, 'bash')}`,
  'bash heredoc': (command) => `bash <<'RUNLINE'\n${command}\nRUNLINE`,
  'here-string': (command) => `bash <<< ${quote(command, 'bash')}`,
  eval: (command) => `eval ${quote(command, 'bash')}`,
  ssh: (command) => `ssh web-1 ${quote(command, 'bash')}`,
  'ssh heredoc': (command) => `ssh web-1 bash -s <<'RUNLINE'\n${command}\nRUNLINE`,
  exec: (command) => `kubectl exec -i app-0 -- sh -c ${quote(command, 'bash')}`,
  'sudo sh -c': (command) => `sudo -E sh -c ${quote(command, 'bash')}`,
  'su -c': (command) => `su - deploy -c ${quote(command, 'bash')}`,
  subshell: (command) => `(\n${command}\n)`,
  group: (command) => `{\n${command}\n}`,
  condition: (command) => `if true; then\n${command}\nfi`,
  loop: (command) => `for i in 1 2; do\n${command}\ndone`,
  substitution: (command) => `echo "$(\n${command}\n)"`,
  function: (command) => `step() {\n${command}\n}\nstep`,
  watch: (command) => `watch -n 5 ${quote(command, 'bash')}`,
  xargs: (command) => `ls | xargs -I% sh -c ${quote(command, 'bash')}`,
};

/** The first word, which these need to be a plain one. */
const firstWord = /^[a-z][\w.-]*/;
const WORDS: Readonly<Record<string, Rewrite>> = {
  'empty quotes': (command) => `${command[0]}''${command.slice(1)}`,
  backslash: (command) => `\\${command}`,
  'double quotes': (command) => command.replace(firstWord, '"$&"'),
  'single quotes': (command) => command.replace(firstWord, "'$&'"),
  'ANSI quotes': (command) => command.replace(firstWord, (word) => `$'${word}'`),
  'half quoted': (command) => `"${command[0]}"${command.slice(1)}`,
  'a folder in front': (command) => `/usr/bin/${command}`,
  'wide spaces': (command) => command.replace(firstWord, '$&  \t '),
  continuation: (command) => command.replace(firstWord, '$& \\\n  '),
  'leading continuation': (command) => `\\\n${command}`,
};

const TRAILERS: Readonly<Record<string, Rewrite>> = {
  comment: (command) =>
    `${command}${command.includes('\n') ? '\n' : ' '}# only looks, --dry-run=client --help`,
  'comment above': (command) => `# safe\n${command}`,
  'blank lines': (command) => `\n\n${command}\n\n`,
  background: (command) => `${command}\nwait`,
};

const risk = (command: string): string => explainCommand(command).risk;

function never(rewrites: Readonly<Record<string, Rewrite>>, commands: readonly string[]): void {
  describe.each(Object.entries(rewrites))('%s', (_, rewrite) => {
    test('never lowers a risk', () => {
      const lowered = commands
        .filter((command) => rankOf(rewrite(command)) < rankOf(command))
        .map((command) => `${rewrite(command)} → ${risk(rewrite(command))}, was ${risk(command)}`);
      expect(lowered).toEqual([]);
    });
  });
}

describe('the labelled file feeds every property', () => {
  test('hundreds of plain commands', () => {
    expect(plain.length).toBeGreaterThan(500);
    expect(oneLine.length).toBeGreaterThan(700);
  });
});

describe('prefixes', () => never(PREFIXES, plain));
describe('scripts', () => never(SCRIPTS, bash));
describe('words', () => never(WORDS, plain));
describe('comments and blank lines', () => never(TRAILERS, bash));

describe('stacks', () => {
  test('any stack of wrappers never lowers a risk', () => {
    const script = fc.constantFrom(...Object.values(SCRIPTS));
    const prefix = fc.constantFrom(...Object.values(PREFIXES), ...Object.values(WORDS));
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.array(prefix, { maxLength: 1 }),
        fc.array(script, { minLength: 1, maxLength: 3 }),
        (command, prefixes, scripts) => {
          const wrapped = [...prefixes, ...scripts].reduce((text, rewrite) => rewrite(text), command);
          return rankOf(wrapped) >= rankOf(command);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('joining', () => {
  test.each([';', '&&', '||', '|', '&', '\n'])('by %j gives at least the highest', (joint) => {
    fc.assert(
      fc.property(fc.constantFrom(...oneLine), fc.constantFrom(...oneLine), (first, second) => {
        const joined = `${first} ${joint} ${second}`;
        return rankOf(joined) >= Math.max(rankOf(first), rankOf(second));
      }),
      { numRuns: 1500 },
    );
  });

  test('by lines gives at least the highest, heredocs too', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bash), { minLength: 2, maxLength: 6 }), (commands) => {
        return rankOf(commands.join('\n')) >= Math.max(...commands.map((command) => rankOf(command)));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('any text', () => {
  test('gets an answer, never an exception', () => {
    const word = fc.constantFrom(
      ...'rm kubectl get delete ; & && | || > < >> << ( ) { } $( ) ` " \' \\ # = if then fi for do done while case esac function [[ ]] $X ${ <( \n - -- * ~'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 30 }), (words) => {
        const text = words.join(' ');
        for (const language of ['bash', 'powershell', 'cmd', 'fish', 'sql', 'python'])
          expect(explainCommand(text, language).risk).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['nested substitutions', '$('.repeat(2000)],
    ['nested groups', '{ '.repeat(2000)],
    ['nested parentheses', '('.repeat(5000)],
    ['nested shells', [1, 2, 3, 4, 5, 6, 7].reduce((text) => `sh -c ${quote(text, 'bash')}`, 'ls')],
    ['nested evals', `${'eval '.repeat(5000)}ls`],
    ['nested wrappers', `${'sudo '.repeat(5000)}ls`],
    ['a long pipeline', Array.from({ length: 5000 }, () => 'cat').join(' | ')],
    ['many statements', 'ls\n'.repeat(20_000)],
    ['a long word', 'a'.repeat(500_000)],
    ['many quotes', `'"`.repeat(50_000)],
    ['functions that call each other', 'a() { b; b; }; b() { a; a; }; a'],
    [
      'functions that double',
      Array.from({ length: 40 }, (_, i) => `f${i + 1}() { f${i}; f${i}; }`).join('\n'),
    ],
    [
      'aliases that double',
      `${Array.from({ length: 40 }, (_, i) => `alias f${i + 1}='f${i}; f${i}'`).join('\n')}\nf40`,
    ],
    ['a fork bomb', ':(){ :|:& };:'],
  ])('%s takes no time', (_, text) => {
    const from = performance.now();
    explainCommand(text);
    expect(performance.now() - from).toBeLessThan(3000);
  });
});
