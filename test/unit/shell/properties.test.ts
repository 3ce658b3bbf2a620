/** However a command is wrapped, quoted, split or joined, its risk never becomes lower. */
import fc from 'fast-check';
import { parse } from 'unbash';
import { describe, expect, test } from 'vitest';
import { explainCommand, quote } from '../../../core/shell/index.ts';
import { LABELLED, rankOf } from './labelled.ts';
import { PREFIXES, type Rewrites, SCRIPTS, TRAILERS, WORDS, withGlobals } from './rewrites.ts';

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
    /^[a-z][\w.-]*(\s|$)/.test(command) &&
    !command.includes('\n')
  );
});
/** No comment at its end would swallow what is joined to it. */
const oneLine = bash.filter((command) => !command.includes('\n') && !/(^|\s)#/.test(command));

const before = new Map(bash.map((command) => [command, rankOf(command)]));
const was = (command: string): number => before.get(command) ?? 0;
const risk = (command: string): string => explainCommand(command).risk;

function never(rewrites: Rewrites, commands: readonly string[]): void {
  describe.each(Object.entries(rewrites))('%s', (_, rewrite) => {
    test('never lowers a risk', () => {
      const lowered = commands
        .filter((command) => was(command) > 0 && rankOf(rewrite(command)) < was(command))
        .map((command) => `${rewrite(command)} → ${risk(rewrite(command))}, was ${risk(command)}`);
      expect(lowered).toEqual([]);
    });
  });
}

describe('the labelled files feed every property', () => {
  test('thousands of commands', () => {
    expect(plain.length).toBeGreaterThan(2500);
    expect(oneLine.length).toBeGreaterThan(3500);
  });
});

describe('prefixes', () => never(PREFIXES, plain));
describe('scripts', () => never(SCRIPTS, bash));
describe('words', () => never(WORDS, plain));
describe('comments and blank lines', () => never(TRAILERS, bash));

describe('global flags', () => {
  test('at any legal place never lower a risk', () => {
    const lowered: string[] = [];
    let tried = 0;
    for (const command of plain) {
      for (const changed of withGlobals(command)) {
        tried++;
        if (rankOf(changed) < was(command))
          lowered.push(`${changed} → ${risk(changed)}, was ${risk(command)}`);
      }
    }
    expect(lowered).toEqual([]);
    expect(tried).toBeGreaterThan(5000);
  });
});

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
          return rankOf(wrapped) >= was(command);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const opensPrompt = (command: string): boolean =>
  explainCommand(command).reasons.some((reason) => reason.endsWith('what is typed there decides'));

describe('joining', () => {
  test.each([';', '&&', '||', '|', '&', '\n'])('by %j gives at least the highest', (joint) => {
    fc.assert(
      fc.property(fc.constantFrom(...oneLine), fc.constantFrom(...oneLine), (first, second) => {
        // What opens a prompt for a person reads the lines of a pipe instead: `echo 'SELECT 1' | psql` only reads.
        fc.pre(joint !== '|' || !opensPrompt(second));
        // `sleep 1 & && ls` is no shell text: nothing of it would run.
        fc.pre(joint === '\n' || !/&\s*$/.test(first));
        const joined = `${first} ${joint} ${second}`;
        return rankOf(joined) >= Math.max(was(first), was(second));
      }),
      { numRuns: 1500 },
    );
  });

  test('by lines gives at least the highest, heredocs too', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bash), { minLength: 2, maxLength: 6 }), (commands) => {
        return rankOf(commands.join('\n')) >= Math.max(...commands.map(was));
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
    ['open braces', `echo ${'{'.repeat(20_000)}{a,b}`],
    ['braces in braces', `echo ${'{a,'.repeat(20_000)}b}`],
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
  test('SQL deeper than the stack is not called safe', () => {
    expect(explainCommand('\\'.repeat(20_000), 'sql').risk).toBe('mutating');
  });
});
