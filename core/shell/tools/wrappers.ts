/** Programs that run another command, judged by what they run. From the man pages of Debian 12. */
import { atLeast, highest, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import {
  type Arg,
  type FlagSpec,
  hasFlag,
  joined,
  type Parsed,
  parseArgs,
  unknownWord,
  wordSet,
} from '../words.ts';
import { NO_INPUT, type Tool } from './table.ts';

type Context = Parameters<NonNullable<Tool['judge']>>[0];

const SOURCE = 'from the man page';

/** Reads options up to the first operand, then hands the operands on. */
function wrapper(
  names: string,
  values: string,
  judge: (words: readonly Arg[], parsed: Parsed, call: Context) => Verdict,
): Tool {
  const spec: FlagSpec = { values: wordSet(values), switches: new Set(), style: 'gnu', stopAtOperand: true };
  return {
    names,
    source: SOURCE,
    judge: (call) => {
      const parsed = parseArgs(call.args, spec);
      const words = parsed.rest ?? parsed.operands;
      const inner = judge(words, parsed, call);
      return inner.tool === null ? { ...inner, tool: call.name } : inner;
    },
  };
}

/** A wrapper whose operands are the command. */
function plainWrapper(names: string, values: string, skip = 0): Tool {
  return wrapper(names, values, (words, _, call) =>
    words.length > skip
      ? call.judge.words(words.slice(skip), call.stdin)
      : verdict('read', `${call.name} runs nothing`),
  );
}

function session(what: string): Verdict {
  return unknown(`${what} opens a shell`, { mode: 'terminal' });
}

/** Standard input given as arguments: each word may be anything. */
const FROM_INPUT = unknownWord('$input');

function many(inner: Verdict): Verdict {
  return inner.risk === 'read-only' || inner.scope !== 'one' ? inner : withDetails(inner, { scope: 'many' });
}

export const wrappers: readonly Tool[] = [
  wrapper(
    'sudo',
    '-u --user -g --group -h --host -p --prompt -C --close-from -r --role -t --type -U --other-user -T -D --chdir -R --chroot',
    (words, parsed, call) => {
      if (hasFlag(parsed, '-l --list -v --validate -k --reset-timestamp -K -V'))
        return verdict('read', 'sudo tells about itself');
      if (hasFlag(parsed, '-e --edit'))
        return verdict('local-write', 'sudo -e edits a file', { mode: 'terminal' });
      if (words.length === 0) return session('sudo');
      return call.judge.words(words, call.stdin);
    },
  ),
  wrapper('doas', '-u -C', (words, _, call) =>
    words.length === 0 ? session('doas') : call.judge.words(words, call.stdin),
  ),
  wrapper('env', '-u --unset -C --chdir -S --split-string', (words, parsed, call) => {
    const split = parsed.flags.find((flag) => flag.name === '-S' || flag.name === '--split-string')?.value;
    if (split) return call.judge.script(`${split.value} ${joined(words)}`);
    let at = 0;
    while (/^[A-Za-z_]\w*=/.test(words[at]?.value ?? '')) at++;
    if (at === words.length) return verdict('read', 'env prints the environment', { readsSecrets: true });
    return call.judge.words(words, call.stdin);
  }),
  wrapper('command', '', (words, parsed, call) => {
    if (hasFlag(parsed, '-v -V') || words.length === 0)
      return verdict('read', 'command -v looks a program up', { tool: 'command' });
    return call.judge.words(words, call.stdin);
  }),
  plainWrapper(
    'builtin nohup setsid catchsegv fakeroot winpty rlwrap chronic unbuffer eatmydata torsocks proxychains proxychains4',
    '',
  ),
  wrapper('exec', '-a', (words, _, call) =>
    words.length === 0
      ? verdict('session', 'exec changes where output goes')
      : call.judge.words(words, call.stdin),
  ),
  plainWrapper('nice', '-n --adjustment'),
  plainWrapper('ionice', '-c --class -n --classdata -p --pid -P -u'),
  plainWrapper('time', '-f --format -o --output'),
  plainWrapper('stdbuf', '-i --input -o --output -e --error'),
  plainWrapper('chrt taskset', '', 1),
  plainWrapper('caffeinate', '-t -w'),
  wrapper('timeout gtimeout', '-s --signal -k --kill-after', (words, _, call) => {
    if (words.length < 2) return verdict('read', 'timeout runs nothing');
    const inner = call.judge.words(words.slice(1), call.stdin);
    return inner.mode === 'stream' ? withDetails(inner, { mode: 'capture' }) : inner;
  }),
  wrapper('watch', '-n --interval -s --shotsdir', (words, parsed, call) => {
    if (words.length === 0) return verdict('read', 'watch runs nothing', { mode: 'terminal' });
    const inner = hasFlag(parsed, '-x --exec')
      ? call.judge.words(words, NO_INPUT)
      : call.judge.script(joined(words));
    return withDetails(inner, { mode: 'terminal' });
  }),
  wrapper('viddy hwatch', '-n --interval', (words, _, call) =>
    withDetails(call.judge.script(joined(words)), { mode: 'terminal' }),
  ),
  wrapper(
    'xargs gxargs',
    '-a --arg-file -d --delimiter -E -I --replace -L --max-lines -n --max-args -P --max-procs -s --max-chars',
    (words, parsed, call) => {
      const from = call.stdin.kind === 'text' && call.stdin.text.trim() === '' ? [] : [FROM_INPUT];
      if (words.length === 0) return verdict('read', 'xargs echoes its input');
      const replace = parsed.flags.find((flag) => /^(-I|--replace|-i)$/.test(flag.name));
      const mark = replace ? (replace.value?.value ?? '{}') : null;
      const filled = mark === null ? [...words, ...from] : words.map((word) => replaced(word, mark));
      return many(call.judge.words(filled, NO_INPUT));
    },
  ),
  wrapper(
    'parallel',
    '-j --jobs -a --arg-file --colsep -d --delimiter -n --max-args --timeout --delay --retries --joblog --results -S --sshlogin -I',
    (words, _, call) => {
      const separator = words.findIndex((word) => /^::::?\+?$/.test(word.value));
      const command = separator < 0 ? words : words.slice(0, separator);
      const inputs = separator < 0 ? [] : words.slice(separator + 1);
      if (command.length === 0) {
        let result: Verdict =
          call.stdin.kind === 'text'
            ? call.judge.script(call.stdin.text)
            : unknown('parallel runs its input as commands');
        for (const input of inputs) result = highest(result, call.judge.script(input.value));
        return many(result);
      }
      return many(call.judge.script(`${joined(command.map((word) => replaced(word, '{}')))} $input`));
    },
  ),
  wrapper('flock', '-w --wait --timeout -E --conflict-exit-code', (words, parsed, call) => {
    const text = parsed.flags.find((flag) => flag.name === '-c' || flag.name === '--command');
    const command = words.slice(1);
    if (text?.value) return call.judge.script(text.value.value);
    if (/^(-c|--command)$/.test(command[0]?.value ?? '') && command[1])
      return call.judge.script(command[1].value);
    return command.length === 0
      ? verdict('read', 'flock takes a lock')
      : call.judge.words(command, call.stdin);
  }),
  wrapper(
    'su runuser',
    '-s --shell -g --group -G --supp-group -w --whitelist-environment',
    (words, _, call) => {
      // `su - user -c 'command'`: options stand behind the user too.
      const parsed = parseArgs(call.args, {
        values: wordSet('-c --command -s --shell -g --group -u --user'),
        switches: new Set(),
        style: 'gnu',
      });
      const text = parsed.flags.find((flag) => /^(-c|--command|--session-command)$/.test(flag.name))?.value;
      if (text) return call.judge.script(text.value);
      if (call.name === 'runuser' && parsed.rest) return call.judge.words(parsed.rest, call.stdin);
      if (call.name === 'runuser' && hasFlag(parsed, '-u --user') && words.length > 1)
        return call.judge.words(parsed.operands, call.stdin);
      if (call.stdin.kind === 'text') return call.judge.script(call.stdin.text);
      return session(call.name);
    },
  ),
  plainWrapper('gosu su-exec', '', 1),
  wrapper('chroot', '--userspec --groups', (words, _, call) =>
    words.length < 2 ? session('chroot') : call.judge.words(words.slice(1), call.stdin),
  ),
  wrapper('unshare nsenter', '-t --target -S --setuid -G --setgid -r --root -w --wd', (words, _, call) =>
    words.length === 0 ? session(call.name) : call.judge.words(words, call.stdin),
  ),
  wrapper(
    'script',
    '-c --command -I --log-in -O --log-out -B --log-io -T --log-timing -E --echo',
    (_, parsed, call) => {
      const text = parsed.flags.find((flag) => /^(-c|--command)$/.test(flag.name))?.value;
      return text
        ? atLeast(call.judge.script(text.value), 'local-write', 'script records to a file')
        : session('script');
    },
  ),
  wrapper('strace ltrace', '-e -o -p -s -u -E -a -O -S -P', (words, parsed, call) => {
    if (words.length > 0) return call.judge.words(words, call.stdin);
    return verdict('read', `${call.name} follows a process`, hasFlag(parsed, '-p') ? { mode: 'stream' } : {});
  }),
  // Runners that put an environment, a secret store or a tool chain around a command.
  plainWrapper('dotenv dotenvx', '-f --file -e'),
  keyword('poetry', 'run'),
  keyword('pipenv', 'run'),
  keyword('pdm', 'run'),
  keyword('hatch', 'run'),
  keyword('rye', 'run'),
  keyword('bundle', 'exec'),
  keyword('direnv', 'exec', 1),
  keyword('mise', 'exec'),
  keyword('asdf', 'exec'),
  keyword('rbenv', 'exec'),
  keyword('pyenv', 'exec'),
  {
    names: 'wait-for-it wait-for dockerize',
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === '--');
      return at < 0
        ? verdict('read', `${call.name} waits`)
        : call.judge.words(call.args.slice(at + 1), call.stdin);
    },
  },
  {
    names: 'retry',
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === '--');
      return at < 0
        ? unknown('retry runs a command that is not recognised')
        : call.judge.words(call.args.slice(at + 1), call.stdin);
    },
  },
];

/** `poetry run CMD`: only that sub-command wraps; what else it does is in its own few words. */
function keyword(name: string, word: string, skip = 0): Tool {
  return {
    names: name,
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === word);
      const before = call.args.slice(0, Math.max(0, at));
      if (at < 0 || before.some((arg) => !arg.value.startsWith('-'))) return otherWords(name, call);
      const dashes = call.args.findIndex((arg, i) => i > at && arg.value === '--');
      const rest =
        dashes >= 0
          ? call.args.slice(dashes + 1)
          : parseArgs(call.args.slice(at + 1), RUN_OPTIONS).operands.slice(skip);
      if (rest.length === 0) return session(`${name} ${word}`);
      const inner = call.judge.words(rest, call.stdin);
      return skip > 0 && call.args[at + 1]
        ? withDetails(inner, { targets: [{ kind: 'profile', value: call.args[at + 1]?.value ?? '' }] })
        : inner;
    },
  };
}

const RUN_OPTIONS: FlagSpec = {
  values: wordSet('-p --project -c --config --env-file -e --env --environment --duration -d'),
  switches: new Set(),
  style: 'gnu',
  stopAtOperand: true,
};

function otherWords(name: string, call: Context): Verdict {
  const first = call.args.find((arg) => !arg.value.startsWith('-'))?.value ?? '';
  if (
    /^(show|list|ls|check|env|info|version|versions|outdated|whoami|me|status|config|which|where|current|search)$/.test(
      first,
    )
  ) {
    return verdict('read', `${name} ${first} reads`, {
      readsSecrets: /^(op|doppler|infisical|chamber)$/.test(name) && first !== 'version',
    });
  }
  if (/^(secrets|read|get|item|export|document)$/.test(first)) {
    const writes = call.args.some((arg) => /^(set|create|edit|upload|update)$/.test(arg.value));
    const removes = call.args.some((arg) => /^(delete|rm|remove)$/.test(arg.value));
    if (removes) return verdict('destroy', `${name} removes secrets`);
    return verdict(writes ? 'mutate' : 'read', `${name} ${first} handles secrets`, { readsSecrets: true });
  }
  if (
    /^(install|add|update|lock|sync|init|new|use|local|global|shell|login|setup|remove|build|shim|allow|reload|plugin)$/.test(
      first,
    )
  ) {
    return verdict(
      'local-write',
      `${name} ${first} writes on this machine`,
      first === 'shell' || first === 'login' ? { mode: 'terminal' } : {},
    );
  }
  return unknown(`${name} ${first} is in no table`);
}

function replaced(word: Arg, mark: string): Arg {
  if (!word.value.includes(mark)) return word;
  const value = word.value.split(mark).join('$input');
  return { text: word.text, value, dynamic: true };
}
