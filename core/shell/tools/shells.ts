/** Shells as programs: what they are given to run. From the man pages of bash, dash and zsh. */
import { atLeast, highest, opaque, sessionOpened, type Verdict, verdict } from '../verdict.ts';
import { type Arg, hasFlag, isOpaque, joined, parseArgs, wordSet } from '../words.ts';
import type { Tool } from './table.ts';

export const shells: readonly Tool[] = [
  {
    names: 'sh bash dash zsh ash ksh mksh rbash busybox',
    source: 'from the man pages',
    judge: (call) => {
      const args = call.args;
      if (call.name === 'busybox')
        return args.length === 0
          ? verdict('read', 'busybox lists its programs')
          : call.judge.words(args, call.stdin);
      // `-c` takes the first operand, with other options between: `bash -c -e '…'`.
      const parsed = parseArgs(args, {
        values: wordSet('-o +o -O --rcfile --init-file'),
        switches: new Set(),
        style: 'gnu',
        stopAtOperand: true,
      });
      const words = parsed.rest ?? parsed.operands;
      if (parsed.flags.some((flag) => flag.name === '-c')) {
        const text = words[0];
        if (!text) return opaque(`${call.name} -c without text`);
        if (isOpaque(text)) return opaque(`${call.name} -c runs text that is only known when it runs`);
        return call.judge.script(text.value);
      }
      const reads = parsed.flags.some((flag) => flag.name === '-n') && words.length > 0;
      if (reads) return verdict('read', `${call.name} -n only checks the grammar`);
      const file = parsed.flags.some((flag) => flag.name === '-s') ? [] : words;
      return input(call.name, file, call, (text) => call.judge.script(text));
    },
  },
  { names: 'pwsh powershell', source: 'pwsh -Help (7.4)', judge: powershell },
  {
    names: 'cmd',
    source: 'from documentation: cmd',
    judge: (call) => {
      const at = call.args.findIndex((arg) => /^\/[ckr]$/i.test(arg.value));
      const words = call.args.slice(at + 1);
      if (at < 0)
        return call.stdin.kind === 'inherited'
          ? sessionOpened('cmd opens a shell')
          : opaque('cmd runs what it is given');
      if (words.length === 0 || words.some(isOpaque))
        return opaque('cmd runs text that is only known when it runs');
      return call.judge.foreign(joined(words), 'cmd');
    },
  },
  {
    names: 'fish',
    source: 'fish --help (3.6)',
    judge: (call) => {
      const parsed = parseArgs(call.args, {
        values: wordSet(
          '-c --command -C --init-command -d --debug -o --debug-output -f --features -p --profile',
        ),
        switches: wordSet(
          '-i --interactive -l --login -n --no-execute -N --no-config -P --private -v --version',
        ),
        style: 'gnu',
        stopAtOperand: true,
      });
      const texts = parsed.flags.filter((flag) => /^(-c|--command|-C|--init-command)$/.test(flag.name));
      if (hasFlag(parsed, '-n --no-execute')) return verdict('read', 'fish -n only checks the grammar');
      if (texts.length === 0)
        return input('fish', parsed.rest ?? parsed.operands, call, (text) =>
          call.judge.foreign(text, 'fish'),
        );
      let result: Verdict | undefined;
      for (const { value } of texts) {
        const one =
          !value || isOpaque(value)
            ? opaque('fish -c runs text that is only known when it runs')
            : call.judge.foreign(value.value, 'fish');
        result = result ? highest(result, one) : one;
      }
      return result;
    },
  },
];

/** `-Command text…` takes all that stands behind it; so does a word that is no option. */
function powershell(call: Context): Verdict {
  const { args, name } = call;
  for (let i = 0; i < args.length; i++) {
    const value = args[i]?.value ?? '';
    if (
      /^[-/](c|command|commandwithargs)$/i.test(value) ||
      (!/^[-/]/.test(value) && i === 0 && /[\s-]/.test(value))
    ) {
      const words = args.slice(/^[-/]/.test(value) ? i + 1 : i);
      const text = joined(words);
      if (words.length === 0 || words.some(isOpaque))
        return opaque(`${name} runs text that is only known when it runs`);
      if (text === '-') return input(name, [], call, (script) => call.judge.foreign(script, 'powershell'));
      return call.judge.foreign(text.replace(/^&?\s*\{([\s\S]*)\}$/, '$1'), 'powershell');
    }
    if (/^[-/](f|file)$/i.test(value)) return opaque(`${name} runs the script ${args[i + 1]?.value ?? ''}`);
    if (/^[-/](e|ec|enc|encodedcommand)$/i.test(value)) return encoded(args[i + 1]?.value ?? '', call);
    if (/^[-/](version|v|\?|help|h)$/i.test(value) && args.length === 1)
      return verdict('read', `${name} ${value} prints about itself`);
    if (
      /^[-/](ep|ex|exec|executionpolicy|w|windowstyle|wd|workingdirectory|o|outputformat|inputformat|configurationname|settingsfile|psconsolefile)$/i.test(
        value,
      )
    )
      i++;
    else if (!/^[-/]/.test(value)) return opaque(`${name} runs the script ${value}`);
  }
  return input(name, [], call, (script) => call.judge.foreign(script, 'powershell'));
}

/** `-EncodedCommand`: the text in UTF-16, in base64. What does not decode to plain text is not read. */
function encoded(text: string, call: Context): Verdict {
  const bytes = Buffer.from(text, 'base64');
  const decoded = bytes.toString('utf16le');
  if (bytes.length < 2 || !/^[\t\n\r -~]+$/.test(decoded)) return opaque(`${call.name} runs encoded text`);
  return atLeast(
    call.judge.foreign(decoded, 'powershell'),
    'unknown',
    `unknown: ${call.name} runs encoded text`,
  );
}

type Context = Parameters<NonNullable<Tool['judge']>>[0];

/** A script file, or what comes by standard input. */
function input(
  name: string,
  words: readonly Arg[],
  call: Context,
  judge: (text: string) => Verdict,
): Verdict {
  if (words.length > 0) return opaque(`${name} runs the script ${words[0]?.text}`);
  switch (call.stdin.kind) {
    case 'text':
      return call.stdin.opaque
        ? opaque(`${name} runs text that is only known when it runs`)
        : judge(call.stdin.text);
    case 'piped':
      return opaque(`${name} runs what ${call.stdin.from} gives it`);
    default:
      return sessionOpened(`${name} opens a shell`);
  }
}
