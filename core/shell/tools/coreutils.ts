/** Files and what lists, shows, copies and removes them: GNU coreutils and friends. */
import { judgeFile } from '../redirect.ts';
import { highest, NOTHING, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, inner, names } from './common.ts';
import { DEVICE } from './devices.ts';
import { isSecretVariable, showsSecrets } from './secretFiles.ts';
import { type Call, local, mutate, type Outcome, read, stream, type Tool } from './table.ts';

/** Without a file, and with the keyboard on standard input, it waits for what is typed. */
function waitsForKeys(call: Call, operands = 0): { mode: 'terminal' } | undefined {
  return call.parsed.operands.length <= operands && call.stdin.kind === 'inherited'
    ? { mode: 'terminal' }
    : undefined;
}

function tee(call: Call): Partial<Outcome> | Verdict {
  let result = NOTHING;
  const append = hasFlag(call.parsed, '-a --append');
  for (const file of call.parsed.operands) result = highest(result, judgeFile(file.value, append, false));
  if (result === NOTHING)
    return verdict('read', 'tee passes its input on', showsSecrets(call) ? { readsSecrets: true } : {});
  return result;
}

const READS = read({
  decide: (call) => {
    const { args, name, parsed } = call;
    switch (name) {
      case 'date':
        return args.some((arg) => /^(-s|--set)/.test(arg.value)) ||
          args.every(
            (arg) => /^(-u|\d{8,12}(\.\d\d)?)$/.test(arg.value) && args.some((a) => /^\d/.test(a.value)),
          )
          ? args.length > 0
            ? {
                effect: 'mutate',
                why: 'date sets the clock',
                inverse: 'a synchronisation of the clock (chronyc makestep)',
              }
            : undefined
          : undefined;
      case 'hostname':
      case 'domainname':
        return parsed.operands.length > 0 || args.some((arg) => /^(-F|--file|-b|--boot)$/.test(arg.value))
          ? {
              effect: 'mutate',
              why: `${name} renames the machine`,
              captureFirst: name,
              inverse: `${name} with the name from before`,
            }
          : undefined;
      case 'man':
      case 'info':
        return call.stdin.kind === 'inherited' &&
          !args.some((arg) => /^(-[kfwWK]|--(where|path|apropos|whatis|output.*))$/.test(arg.value))
          ? { mode: 'terminal' }
          : undefined;
      case 'tree':
      case 'shuf':
      case 'iconv':
        return args.some((arg) => /^(-o.*|--output(=.*)?)$/.test(arg.value))
          ? { effect: 'local-write', why: `${name} -o writes a file` }
          : undefined;
      case 'xxd':
        return parsed.operands.length > 1 ? { effect: 'local-write' } : showsSecrets(call);
      case 'exiftool':
        return args.some((arg) =>
          /^-(\w[\w:]*[-+<]?=|overwrite_original|delete_original|restore_original|o$|w$)/.test(arg.value),
        )
          ? { effect: 'local-write', why: 'exiftool rewrites its files' }
          : undefined;
      case 'dmidecode':
        return args.some((arg) => arg.value === '--dump-bin') ? { effect: 'local-write' } : undefined;
      case 'sensors':
        return args.some((arg) => /^(-s|--set)$/.test(arg.value)) ? { effect: 'mutate' } : undefined;
      case 'vmtouch':
        return args.some((arg) => /^-[a-zA-Z]*[tedlL]/.test(arg.value)) ? { effect: 'mutate' } : undefined;
      case 'mesg':
        return parsed.operands.length > 0 ? { effect: 'session' } : undefined;
      default:
        return /^(strings|xxd|od|hexdump|hexyl|tac|nl|rev|paste|fold|fmt|pr|zcat|bzcat|xzcat|zstdcat|gzcat|column|expand|cut|tr|cmp|comm|join|basenc|shuf)$/.test(
          name,
        )
          ? showsSecrets(call)
          : undefined;
    }
  },
});

/** Programs that only look, but for what `READS` says. */
const LOOKING = `
  ls ll la dir vdir stat file wc du df tree exa eza lsd realpath readlink basename dirname which whereis whatis apropos uname arch nproc
  hostname domainname nisdomainname ypdomainname uptime date cal whoami id groups who w users last lastb lastlog logname factor seq expr bc dc numfmt
  md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum b3sum xxhsum cksum sum md5 shasum cmp comm fold fmt pr nl od xxd hexdump hexyl strings column
  expand unexpand paste rev tac shuf tsort ptx jot lscpu lsmem lspci lsusb lsmod modinfo pgrep pidof pstree pmap mimetype col colrm ul basenc
  tput clear reset man info ncal sw_vers lsb_release ldd nm objdump readelf size addr2line hostid pinky pathchk dircolors mesg getconf locale
  zcat bzcat xzcat zstdcat lz4cat lzcat gzcat exiftool identify ffprobe cloc tokei scc figlet cowsay lolcat dmidecode sensors vmtouch
  dust duf procs erd tldr cheat fdupes rdfind recode uconv isutf8 units vnstat`;

/** Options of these that take a value, where the man page has any that stand in front of an operand. */
const VALUES: Readonly<Record<string, string>> = {
  ls: '--block-size --format --hide --indicator-style -I --ignore --quoting-style --sort --time --time-style -T --tabsize -w --width',
  df: '-B --block-size -t --type -x --exclude-type',
  du: '-B --block-size -d --max-depth --files0-from -t --threshold --time-style -X --exclude-from --exclude',
  wc: '--files0-from',
  stat: '--cached -c --format --printf',
  date: '-d --date -f --file --rfc-3339 -r --reference -s --set',
  shuf: '-i --input-range -n --head-count -o --output --random-source',
  nl: '-b --body-numbering -d --section-delimiter -f --footer-numbering -h --header-numbering -i --line-increment -l --join-blank-lines -n --number-format -s --number-separator -v --starting-line-number -w --number-width',
  comm: '--output-delimiter',
  fold: '-w --width',
  fmt: '-w --width -g --goal -p --prefix',
  paste: '-d --delimiters',
  tac: '-s --separator',
  od: '-A --address-radix -j --skip-bytes -N --read-bytes -S --strings -t --format -w --width',
  xxd: '-c -cols -g -groupsize -l -len -n -name -o -R -s -seek',
  strings: '-n --bytes -t --radix -e --encoding -T --target',
  column: '-s --separator -o --output-separator -c --output-width -N --table-columns',
  tree: '-L -P -I -o -H -T --filelimit --timefmt --sort --charset',
  pgrep:
    '-d -u -U -g -G -P -s -t -F -r --signal --ns --cgroup --older --delimiter --pgroup --group -O --parent --session --terminal --euid --uid --pidfile --runstates',
  last: '-n -f -s -t -p --since --until --limit --time-format',
};

/** Those that Debian does not ship, or whose help shows no options. */
const FROM_PAGES = new Set(
  `ll la eza which bc md5 jot lsmod modinfo sw_vers lzcat gzcat exiftool identify ffprobe tokei scc figlet cowsay lolcat dust procs erd
  cheat isutf8`.split(/\s+/),
);

function looking(name: string): Tool {
  const values = VALUES[name];
  return {
    names: name,
    source: FROM_PAGES.has(name) ? DEBIAN_PAGES : DEBIAN,
    style: values === undefined ? 'long' : 'gnu',
    ...(values === undefined ? {} : { values }),
    noHelp: true,
    bare: READS,
  };
}

export const coreutils: readonly Tool[] = [
  ...LOOKING.trim().split(/\s+/).map(looking),
  {
    names: 'printenv',
    source: DEBIAN,
    bare: read({
      decide: (call) =>
        call.parsed.operands.length === 0 || call.parsed.operands.some((arg) => isSecretVariable(arg.value))
          ? { readsSecrets: true, why: 'printenv prints the environment' }
          : undefined,
    }),
  },
  { names: 'yes', source: DEBIAN, bare: read(stream) },
  {
    names: 'stty',
    source: DEBIAN,
    values: '-F --file',
    bare: read({
      decide: (call) =>
        call.parsed.operands.some((arg) => arg.value !== 'size' && arg.value !== 'speed')
          ? { effect: 'session', why: 'stty sets up the terminal' }
          : undefined,
    }),
  },
  {
    names: 'cat',
    source: DEBIAN,
    bare: read({ decide: (call) => showsSecrets(call) ?? waitsForKeys(call) }),
  },
  {
    names: 'head ghead',
    source: DEBIAN,
    values: '-n --lines -c --bytes',
    bare: read({ decide: showsSecretsOf }),
  },
  {
    names: 'tail gtail',
    source: DEBIAN,
    values: '-n --lines -c --bytes --pid -s --sleep-interval --max-unchanged-stats',
    bare: read({
      when: { '-f -F --follow --follow=name|descriptor': stream },
      decide: (call) => ({
        ...showsSecrets(call),
        // `--pid` ends it with that process; without a file there is nothing to retry.
        ...(hasFlag(call.parsed, '--pid') ? { mode: 'capture' as const } : {}),
      }),
    }),
  },
  { names: 'tee gtee', source: DEBIAN, bare: read({ decide: tee, resources: names }) },
  { names: 'sponge', source: 'from documentation: moreutils', bare: local({ resources: names }) },
  {
    names: 'dd gdd',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read({ decide: dd, resources: ddOutput }),
  },
  {
    names: 'ddrescue',
    source: 'help text or man page (Debian 12), and documentation: GNU ddrescue 1.27',
    values: '-b -c -i -m -o -r -s',
    bare: local({
      decide: (call) =>
        DEVICE.test(call.parsed.operands[1]?.value ?? '') ? { effect: 'destroy' } : undefined,
    }),
  },
  {
    names: 'base64 base32 gbase64',
    source: DEBIAN,
    values: '-w --wrap -o --output',
    bare: read({
      when: { '-o --output': { effect: 'local-write' } },
      decide: (call) => showsSecrets(call) ?? waitsForKeys(call),
    }),
  },
  {
    names: 'ts pv',
    source: 'help text or man page (Debian 12), and documentation: moreutils, pv 1.6',
    values: '-L -s -i -d -B -N',
    bare: read({ decide: showsSecretsOf }),
  },
  {
    names: 'run-parts',
    source: DEBIAN,
    values: '-a --arg -u --umask --regex',
    bare: {
      effect: 'unknown',
      why: 'unknown: run-parts runs the programs of a folder',
      dryRun: '--test --list',
    },
  },
  {
    names: 'numactl runcon setpriv prlimit',
    source: DEBIAN,
    values:
      '-N -C -m -i -p --cpunodebind --physcpubind --membind --interleave --preferred -t -u -r -l --reuid --regid --groups --pid -n',
    stopAtOperand: true,
    bare: read({
      runs: inner(),
      decide: (call) =>
        call.name === 'prlimit' && call.args.some((arg) => /=/.test(arg.value))
          ? { effect: 'mutate' }
          : undefined,
    }),
  },
  {
    names: 'wall write talk notify-send',
    source: DEBIAN,
    bare: mutate({
      why: 'sends a message',
      decide: (call) => waitsForKeys(call, call.name === 'write' ? 2 : 0),
    }),
  },
  {
    names: 'logger systemd-notify',
    source: DEBIAN,
    values: '-t --tag -p --priority -f --file -n --server -P --port -i --id --pid --status',
    bare: mutate({ why: 'writes a message to the log' }),
  },
];

/** Prints what its operands or its input hold. */
function showsSecretsOf(call: Call) {
  return showsSecrets(call);
}

/** Operands are `key=value`. */
function dd(call: Call): Verdict {
  const output = call.args.find((arg) => arg.value.startsWith('of='))?.value.slice(3);
  const input = call.args.find((arg) => arg.value.startsWith('if='))?.value.slice(3) ?? '';
  if (output === undefined) return verdict('read', 'dd reads');
  const written = judgeFile(output, false, false);
  if (DEVICE.test(output)) return verdict('destroy', `dd writes over the device ${output}`);
  if (written === NOTHING) return verdict('read', 'dd reads');
  return highest(written, verdict('local-write', `dd writes ${output} from ${input || 'its input'}`));
}

function ddOutput(call: Call): readonly string[] {
  const output = call.args.find((arg) => arg.value.startsWith('of='));
  return output && !output.dynamic ? [output.value.slice(3)] : [];
}
