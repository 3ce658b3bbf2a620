/** Programs that run another command, judged by what they run. From the man pages of Debian 12. */
import { judgeFile } from '../redirect.ts';
import { atLeast, highest, opaque, sessionOpened, type Verdict, verdict, withDetails } from '../verdict.ts';
import {
  type Arg,
  type FlagSpec,
  flagValue,
  hasFlag,
  joined,
  type Parsed,
  parseArgs,
  unknownWord,
  wordSet,
} from '../words.ts';
import { withHelp } from './helpSpec.ts';
import { isSecretFile, secretInput } from './secretFiles.ts';
import { NO_INPUT, type Tool } from './table.ts';

/** What `judge` of a table is given. */
export type Context = Parameters<NonNullable<Tool['judge']>>[0];

const SOURCE = 'from the man page';

/** Reads options up to the first operand, then hands the operands on. */
export function wrapper(
  names: string,
  values: string,
  judge: (words: readonly Arg[], parsed: Parsed, call: Context) => Verdict,
): Tool {
  const spec: FlagSpec = { values: wordSet(values), switches: new Set(), style: 'gnu', stopAtOperand: true };
  return {
    names,
    source: SOURCE,
    values,
    stopAtOperand: true,
    judge: (call) => {
      const parsed = parseArgs(call.args, withHelp(call.name, spec));
      const words = parsed.rest ?? parsed.operands;
      const inner = judge(words, parsed, call);
      return inner.tool === null ? { ...inner, tool: call.name } : inner;
    },
  };
}

/** A wrapper whose operands are the command. */
export function plainWrapper(names: string, values: string, skip = 0): Tool {
  return wrapper(names, values, (words, _, call) =>
    words.length > skip
      ? call.judge.words(words.slice(skip), call.stdin)
      : verdict('read', `${call.name} runs nothing`),
  );
}

/** A shell for a person. */
export function session(what: string): Verdict {
  return sessionOpened(`${what} opens a shell`);
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
  wrapper('pkexec', '--user', (words, _, call) =>
    words.length === 0 ? session('pkexec') : call.judge.words(words, call.stdin),
  ),
  wrapper('env', '-u --unset -C --chdir -S --split-string', (given, parsed, call) => {
    const words = given[0]?.value === '-' ? given.slice(1) : given;
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
    'builtin nohup setsid catchsegv fakeroot winpty rlwrap chronic unbuffer eatmydata torsocks proxychains proxychains4 nocache dbus-run-session linux32 linux64 valgrind firejail softlimit',
    '',
  ),
  plainWrapper('ssh-agent', '-a -t -P -O'),
  plainWrapper('xvfb-run', '-e -f -n -p -s -w'),
  plainWrapper('daemonize', '-c -e -E -l -o -p -u'),
  plainWrapper('tsp', '-L -D -N -S'),
  wrapper('exec', '-a', (words, _, call) =>
    words.length === 0
      ? verdict('session', 'exec changes where output goes')
      : call.judge.words(words, call.stdin),
  ),
  plainWrapper('nice', '-n --adjustment'),
  wrapper('ionice', '-c --class -n --classdata -p --pid -P -u', (words, parsed, call) =>
    hasFlag(parsed, '-p --pid -P --pgid -u --uid')
      ? hasFlag(parsed, '-c --class -n --classdata')
        ? verdict('mutate', 'ionice changes the priority of a running process')
        : verdict('read', 'ionice shows a priority')
      : call.judge.words(words, call.stdin),
  ),
  plainWrapper('time', '-f --format -o --output'),
  plainWrapper('stdbuf', '-i --input -o --output -e --error'),
  plainWrapper('chrt taskset setarch faketime envchain proot', '', 1),
  plainWrapper('cgexec', '-g'),
  plainWrapper('cpulimit', '-l --limit -e --exe -p --pid -P --path'),
  plainWrapper('sshpass', '-p -f -d -P'),
  wrapper('sg', '', (words, _, call) => {
    const text = words[1]?.value === '-c' ? words[2] : words[1];
    return text ? call.judge.script(text.value) : session('sg');
  }),
  wrapper('capsh', '', (_, __, call) => {
    const at = call.args.findIndex((arg) => arg.value === '--');
    if (at < 0) return verdict('read', 'capsh prints capabilities');
    const [option, text] = call.args.slice(at + 1);
    return option?.value === '-c' && text ? call.judge.script(text.value) : session('capsh');
  }),
  wrapper('wsl', '-d --distribution -u --user --cd', (words, parsed, call) => {
    if (hasFlag(parsed, '-l --list -v --status --version --help'))
      return verdict('read', 'wsl tells about itself');
    if (hasFlag(parsed, '--unregister --shutdown --terminate -t'))
      return verdict('destroy', 'wsl ends or removes a distribution');
    if (hasFlag(parsed, '--install --update --import --export --set-default -s --set-version'))
      return verdict('mutate', 'wsl changes the distributions');
    const rest = /^(-e|--exec)$/.test(words[0]?.value ?? '') ? words.slice(1) : words;
    return rest.length === 0 ? session('wsl') : call.judge.words(rest, call.stdin);
  }),
  // The same command on many machines.
  wrapper(
    'pdsh clush dsh pssh parallel-ssh mussh',
    '-w -g -l -f -u -t -x -X -h -H -i -o -e -p -m --hosts --hostfile -c --worker',
    (words, parsed, call) => {
      const text = call.name === 'mussh' ? parsed.flags.find((flag) => flag.name === '-c')?.value : undefined;
      const inner = text
        ? call.judge.script(text.value)
        : words.length > 0
          ? call.judge.script(joined(words))
          : session(call.name);
      return many(withDetails(inner, { network: true }));
    },
  ),
  // Each operand is a command line of its own.
  wrapper(
    'hyperfine',
    '-w --warmup -r --runs -m --min-runs -M --max-runs -p --prepare -c --cleanup -s --setup -P --parameter-scan -L --parameter-list -S --shell -n --command-name --export-json --export-csv --export-markdown',
    (_, __, call) => {
      const parsed = parseArgs(call.args, {
        values: wordSet(
          '-w --warmup -r --runs -m --min-runs -M --max-runs -p --prepare -c --cleanup -s --setup -P --parameter-scan -L --parameter-list -S --shell -n --command-name --export-json --export-csv --export-markdown',
        ),
        switches: new Set(),
        style: 'gnu',
      });
      const texts = [
        ...parsed.operands,
        ...parsed.flags.flatMap((flag) =>
          /^(-p|--prepare|-c|--cleanup|-s|--setup)$/.test(flag.name) && flag.value ? [flag.value] : [],
        ),
      ];
      let result = verdict('read', 'hyperfine measures');
      for (const text of texts) result = highest(result, call.judge.script(text.value));
      return many(result);
    },
  ),
  // Run the command each time a file changes.
  wrapper(
    'entr watchexec',
    '-w --watch -e --exts -i --ignore -f --filter -d --debounce -s --signal --shell',
    (words, parsed, call) => {
      const inner =
        words.length === 0
          ? opaque(`${call.name} runs a command that is not recognised`)
          : hasFlag(parsed, '-s') && call.name === 'entr'
            ? call.judge.script(joined(words))
            : call.judge.words(words);
      return withDetails(inner, { mode: inner.mode === 'terminal' ? 'terminal' : 'stream' });
    },
  ),
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
      if (words.length === 0) {
        const file = parsed.flags.find((flag) => /^(-a|--arg-file)$/.test(flag.name))?.value?.value;
        const secret = (file !== undefined && isSecretFile(file)) || secretInput(call) !== undefined;
        return verdict('read', 'xargs echoes its input', secret ? { readsSecrets: true } : {});
      }
      const replace = parsed.flags.find((flag) => /^(-I|--replace|-i)$/.test(flag.name));
      const mark = replace ? (replace.value?.value ?? '{}') : null;
      const filled = mark === null ? [...words, ...from] : words.map((word) => replaced(word, mark));
      const inner = many(call.judge.words(filled, NO_INPUT));
      // It asks on the terminal, whatever its input is.
      return hasFlag(parsed, '-p --interactive') ? withDetails(inner, { mode: 'terminal' }) : inner;
    },
  ),
  wrapper(
    'parallel',
    '-j --jobs -a --arg-file --colsep -d --delimiter -n --max-args --timeout --delay --retries --joblog --results -S --sshlogin -I',
    (words, parsed, call) => {
      if (hasFlag(parsed, '--dry-run --dryrun'))
        return verdict('read', 'parallel --dry-run only prints the commands');
      const separator = words.findIndex((word) => /^::::?\+?$/.test(word.value));
      const command = separator < 0 ? words : words.slice(0, separator);
      const inputs = separator < 0 ? [] : words.slice(separator + 1);
      if (command.length === 0) {
        let result: Verdict =
          call.stdin.kind === 'text'
            ? call.judge.script(call.stdin.text)
            : opaque('parallel runs its input as commands');
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
    (words, parsed, call) => {
      const text = parsed.flags.find((flag) => /^(-c|--command)$/.test(flag.name))?.value;
      if (!text) return session('script');
      const inner = call.judge.script(text.value);
      const records =
        words[0]?.value !== '/dev/null' || parsed.flags.some((flag) => /^(-[IOBT]|--log.*)$/.test(flag.name));
      return records ? atLeast(inner, 'local-write', 'script records to a file') : inner;
    },
  ),
  wrapper('strace ltrace', '-e -o -p -s -u -E -a -O -S -P', (words, parsed, call) => {
    const follows = hasFlag(parsed, '-p') ? ({ mode: 'stream' } as const) : {};
    const inner =
      words.length > 0
        ? call.judge.words(words, call.stdin)
        : verdict('read', `${call.name} follows a process`, follows);
    const log = flagValue(parsed, '-o --output')?.value;
    return log === undefined ? inner : highest(inner, judgeFile(log, false, false));
  }),
];

function replaced(word: Arg, mark: string): Arg {
  if (!word.value.includes(mark)) return word;
  const value = word.value.split(mark).join('$input');
  return { text: word.text, value, dynamic: true };
}
