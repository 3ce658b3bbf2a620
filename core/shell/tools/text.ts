/** grep, awk, sed, jq and other filters. From the man pages of Debian 12 and the manuals of jq and yq. */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque } from '../words.ts';
import { isSecretFile } from './coreutils.ts';
import { type Call, read, type Tool, terminal } from './table.ts';

const SOURCE = 'from the man pages of Debian 12';

function secrets(call: Call): { readsSecrets: true; why: string } | undefined {
  const file = call.parsed.operands.slice(1).find((arg) => isSecretFile(arg.value));
  return file ? { readsSecrets: true, why: `${call.name} shows ${file.value}` } : undefined;
}

export const text: readonly Tool[] = [
  {
    names: 'grep egrep fgrep ggrep zgrep rg ag ack ripgrep pcregrep',
    source: SOURCE,
    values:
      '-e -f -A -B -C -m --max-count --include --exclude --exclude-dir -g --glob -t --type -d -D --color --context',
    bare: read({
      when: { '--pre --hostname-bin': { effect: 'unknown', why: 'unknown: it runs a program on each file' } },
      decide: secrets,
    }),
  },
  {
    names: 'sort gsort',
    source: SOURCE,
    values: '-k --key -t --field-separator -o --output -S -T --parallel --compress-program',
    bare: read({
      when: {
        '-o --output': { effect: 'local-write', why: 'sort -o writes a file' },
        '--compress-program': { effect: 'unknown', why: 'unknown: sort runs a program' },
      },
    }),
  },
  {
    names: 'uniq',
    source: SOURCE,
    values: '-f -s -w',
    bare: read({
      decide: (call) => (call.parsed.operands.length > 1 ? { effect: 'local-write' } : undefined),
    }),
  },
  {
    names:
      'cut tr join look spell aspell iconv jsonlint xmllint csvlook csvcut mlr q textql gron jo htmlq pup envsubst',
    source: SOURCE,
    style: 'long',
    noHelp: true,
    bare: read(),
  },
  { names: 'dos2unix unix2dos', source: SOURCE, bare: { effect: 'local-write' } },
  {
    names: 'awk gawk mawk nawk',
    source: SOURCE,
    noHelp: true,
    values: '-F -v -f --file --field-separator --assign -i --include -e --source',
    bare: read({ decide: awk }),
  },
  { names: 'sed gsed', source: SOURCE, values: '-e --expression -f --file -l', bare: read({ decide: sed }) },
  {
    names: 'jq gojq jaq',
    source: 'from documentation: jq manual 1.7',
    style: 'long',
    values: '--indent -f --from-file -L',
    bare: read({ decide: secrets }),
  },
  {
    names: 'yq',
    source: 'from documentation: yq 4',
    values: '-o -p --output-format --indent -I --from-file',
    switches: '-i',
    bare: read({
      when: { '-i --inplace --in-place': { effect: 'local-write', why: 'yq -i rewrites the file' } },
      decide: secrets,
    }),
  },
  { names: 'fx visidata vd', source: 'from documentation', bare: read(terminal) },
];

/** An awk program writes or runs things by `system()`, pipes and redirections. */
function awk(call: Call): Verdict | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-f --file')) return unknown('awk runs a program file');
  const includes = flagValue(parsed, '-i --include')?.value;
  const program = flagValue(parsed, '-e --source') ?? parsed.operands[0];
  if (!program) return undefined;
  if (isOpaque(program)) return unknown('the awk program is a variable');
  const code = stripAwk(program.value);
  if (/\bsystem\s*\(/.test(code)) return unknown('awk runs commands by system()');
  if (/(^|[^|])\|(?!\|)&?/.test(code)) return unknown('awk runs a command behind a pipe');
  if (/@load|@include/.test(code)) return unknown('awk loads code');
  if (/\bprintf?\b[^;}\n]*>/.test(code.replace(/\([^()]*\)/g, '')))
    return verdict('local-write', 'awk writes a file');
  if (includes === 'inplace') return verdict('local-write', 'awk rewrites its files');
  return undefined;
}

/** An awk program without the contents of strings and regular expressions. */
function stripAwk(program: string): string {
  let result = '';
  let previous = '';
  for (let i = 0; i < program.length; i++) {
    const char = program[i] as string;
    const division = /[\w)\]$]/.test(previous);
    if (char === '"' || (char === '/' && !division)) {
      let end = i + 1;
      while (end < program.length && program[end] !== char && program[end] !== '\n')
        end += program[end] === '\\' ? 2 : 1;
      result += '""';
      i = end;
      previous = '"';
      continue;
    }
    if (char === '#') {
      const end = program.indexOf('\n', i);
      if (end < 0) return result;
      i = end;
    }
    result += program[i];
    if (!/\s/.test(char)) previous = char;
  }
  return result;
}

/** `-i` rewrites; `w` writes a file; `e` runs a command. */
function sed(call: Call): Verdict | undefined {
  const { parsed } = call;
  const inPlace = call.args.some((arg) => /^(-[nErsuz]*i|--in-place)/.test(arg.value));
  const scripts = parsed.flags
    .filter((flag) => /^(-e|--expression)$/.test(flag.name))
    .map((flag) => flag.value);
  if (scripts.length === 0 && !hasFlag(parsed, '-f --file')) {
    // BSD's `-i ''` puts the suffix in front of the script.
    scripts.push(parsed.operands.find((arg) => arg.value !== ''));
  }
  for (const script of scripts) {
    if (!script) continue;
    if (isOpaque(script)) return unknown('the sed script is a variable');
    const commands = sedCommands(script.value);
    if (commands.includes('e')) return unknown('sed runs commands by e');
    if (commands.includes('w') && !inPlace) return verdict('local-write', 'sed writes a file by w');
  }
  if (hasFlag(parsed, '-f --file')) return unknown('sed runs a script file');
  return inPlace ? verdict('local-write', 'sed -i rewrites its files') : undefined;
}

/** The command letters of a sed script, and `e` and `w` where flags of `s` ask for them. */
function sedCommands(script: string): string {
  let letters = '';
  let i = 0;
  const delimited = (delimiter: string): void => {
    while (i < script.length && script[i] !== delimiter) i += script[i] === '\\' ? 2 : 1;
    i++;
  };
  while (i < script.length) {
    const char = script[i] as string;
    if (char === '/' || char === '\\') {
      const delimiter = char === '/' ? '/' : (script[++i] ?? '');
      i++;
      delimited(delimiter);
      continue;
    }
    i++;
    if (!/[a-zA-Z]/.test(char)) continue;
    // `I` and `M` behind an address are its flags.
    if (char === 'I' || char === 'M') continue;
    letters += char;
    if (char === 's' || char === 'y') {
      const delimiter = script[i++] ?? '';
      delimited(delimiter);
      delimited(delimiter);
      while (i < script.length && /[a-zA-Z0-9]/.test(script[i] as string)) {
        const flag = script[i++] as string;
        if (flag === 'e' || flag === 'w' || flag === 'W') letters += flag.toLowerCase();
        if (flag === 'w') i = lineEnd(script, i);
      }
    } else if (/[aicrwReWbtTl]/.test(char)) {
      if (char === 'W') letters += 'w';
      const end = lineEnd(script, i);
      const semicolon = script.indexOf(';', i);
      i = /[btTl]/.test(char) && semicolon >= 0 ? Math.min(end, semicolon) : end;
    }
  }
  return letters;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}
