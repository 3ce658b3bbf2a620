/** Archives and compression: tar, gzip and its like, zip, 7z, cpio, ar. */
import { unknown, type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag, wordSet } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, names } from './common.ts';
import { isSecretFile, secretInput } from './secretFiles.ts';
import { type Call, destroy, local, type Outcome, read, type Tool } from './table.ts';

type TarCall = Pick<Call, 'args'>;

/** Programs that only compress: naming one runs nothing else. */
const COMPRESSOR =
  /^(\/usr)?(\/bin\/)?(un)?(gzip|pigz|bzip2|pbzip2|lbzip2|xz|pxz|zstd|zstdmt|lz4|lzip|plzip|lzop|brotli|compress)(\s|$)/;

/** As `tar --help` has it. */
const TAR_VALUES =
  '-g --listed-incremental --hole-detection --level --sparse-version --add-file -C --directory --exclude --exclude-ignore --exclude-ignore-recursive --exclude-tag --exclude-tag-all --exclude-tag-under -T --files-from -X --exclude-from --to-command --group --group-map --mode --mtime --owner --owner-map --sort --xattrs-exclude --xattrs-include -f --file -F --info-script --new-volume-script -L --tape-length --rmt-command --rsh-command --volno-file -b --blocking-factor --record-size -H --format --pax-option -V --label -I --use-compress-program -K --starting-file --newer-mtime -N --newer --after-date --suffix --strip-components --transform --xform --checkpoint-action --index-file --no-quote-chars --quote-chars --quoting-style --warning';
const TAKES_VALUE = wordSet(TAR_VALUES);

interface TarWords {
  readonly letters: string;
  /** Null where no word names one: standard input or output. */
  readonly archive: string | null;
  readonly long: readonly string[];
}

/** tar's letters may stand in one word without a dash, their values in the order behind. */
function tarWords({ args }: TarCall): TarWords {
  let letters = '';
  let archive: string | null = null;
  const long: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i]?.value ?? '';
    if (word === '--') break;
    if (word.startsWith('--')) {
      long.push(word);
      if (word.startsWith('--file=')) archive = word.slice(7);
      else if (word === '--file') archive = args[++i]?.value ?? null;
      else if (TAKES_VALUE.has(word)) {
        const value = args[++i]?.value ?? '';
        long[long.length - 1] = `${word}=${value}`;
      }
      continue;
    }
    const bundle = i === 0 && /^[a-zA-Z]+$/.test(word);
    if (!bundle && !/^-[a-zA-Z]/.test(word)) continue;
    const from = bundle ? 0 : 1;
    for (let at = from; at < word.length; at++) {
      const letter = word[at] as string;
      if (!/[a-zA-Z]/.test(letter)) break;
      letters += letter;
      if (!/[fCTXbgIFHKLNV]/.test(letter)) continue;
      const attached = bundle ? '' : word.slice(at + 1);
      const value = attached !== '' ? attached : (args[++i]?.value ?? '');
      if (letter === 'f') archive = value;
      if (letter === 'I') long.push(`--use-compress-program=${value}`);
      if (letter === 'F') long.push(`--info-script=${value}`);
      if (attached !== '') break;
    }
  }
  return { letters, archive, long };
}

const RUNS = /^--(to-command|rsh-command|new-volume-script|info-script|checkpoint-action=exec)/;

function tar(call: TarCall): Verdict {
  const { letters, archive, long } = tarWords(call);
  const has = (letter: string, ...words: string[]) =>
    letters.includes(letter) || long.some((word) => words.includes(word.split('=')[0] ?? ''));
  const program = long.find((word) => word.startsWith('--use-compress-program='))?.slice(23);
  if (long.some((word) => RUNS.test(word)) || (program !== undefined && !COMPRESSOR.test(program)))
    return unknown('tar runs a program for its members', { tool: 'tar' });
  const remote = archive !== null && /^[\w.@-]+:/.test(archive);
  const details = {
    network: remote,
    targets:
      archive === null || archive === '-' || /[$`]/.test(archive)
        ? []
        : [{ kind: 'resource', value: archive }],
  };
  if (long.includes('--remove-files'))
    return verdict('destroy', 'tar --remove-files removes what it packed', details);
  if (long.includes('--delete')) return verdict('destroy', 'tar --delete removes members', details);
  if (has('t', '--list', '--test-label')) return verdict('read', 'tar -t lists');
  if (has('d', '--diff', '--compare')) return verdict('read', 'tar -d compares');
  if (has('x', '--extract', '--get')) {
    return has('O', '--to-stdout')
      ? verdict('read', 'tar -xO prints')
      : verdict('local-write', 'tar -x writes files', {
          ...details,
          preview: 'tar -t with the same archive',
        });
  }
  const out = archive === null || archive === '-';
  if (has('c', '--create') && out && !has('g', '--listed-incremental'))
    return verdict('read', 'tar writes to its output');
  return verdict(remote ? 'mutate' : 'local-write', 'tar writes an archive', details);
}

/** Whether a compressor only prints: `-c`, `-t`, `-l`, or text that comes through its input. */
function compresses(call: Call): Partial<Outcome> | Verdict | undefined {
  const { name, parsed, stdin } = call;
  const through =
    (parsed.operands.length === 0 && stdin.kind !== 'inherited') ||
    (parsed.operands.length > 0 && parsed.operands.every((arg) => arg.value === '-'));
  const lists = name === 'lz4' || name === 'unlz4' ? '--list' : '-l --list';
  const prints =
    hasFlag(parsed, '-c --stdout --to-stdout -t --test -V --version -b') || hasFlag(parsed, lists);
  if ((prints || through) && !hasFlag(parsed, '-o --rm')) {
    const secret =
      parsed.operands.find((arg) => isSecretFile(arg.value.replace(/\.(gz|bz2|xz|zst)$/, '')))?.value ??
      secretInput(call);
    return verdict('read', `${name} prints or tests`, secret ? { readsSecrets: true } : {});
  }
  return hasFlag(parsed, '--rm') ? { why: `${name} --rm removes its input when it is done` } : undefined;
}

function zip(call: Call): Partial<Outcome> | Verdict | undefined {
  const { parsed, args } = call;
  if (args.some((arg) => /^-(T|sf|-test|-show-files|h2?|v|L)$/.test(arg.value)))
    return verdict('read', 'zip tests or lists');
  if (
    args.some((arg) => /^-([a-zA-Z]*m[a-zA-Z]*|-move)$/.test(arg.value) && !/^-(mm|sd?m|-\w)/.test(arg.value))
  )
    return { effect: 'destroy', why: 'zip -m moves files into the archive' };
  if (args.some((arg) => /^-(d|-delete)$/.test(arg.value)))
    return { effect: 'destroy', why: 'zip -d removes members' };
  if (args.some((arg) => /^-(TT|-unzip-command)/.test(arg.value))) return unknown('zip runs a program');
  return parsed.operands[0]?.value === '-' ? verdict('read', 'zip writes to its output') : undefined;
}

/** 7z and rar: a command is the first word. */
function sevenZip(call: Call): Outcome | undefined {
  const word = call.parsed.operands[0]?.value ?? '';
  const flags = call.args.map((arg) => arg.value);
  if (/^(l|t|i|b|h|v|vt|lt|lb|p|vb)$/.test(word)) return read();
  if (flags.some((flag) => /^-(sdel|df|dr|dw)$/.test(flag)) || word === 'd' || word === 'm')
    return destroy({ why: `${call.name} removes files` });
  if (/^(x|e)$/.test(word))
    return flags.includes('-so') ? read() : local({ why: `${call.name} writes files` });
  return /^(a|u|rn|f|c|r|s|k)$/.test(word) ? local({ why: `${call.name} writes an archive` }) : undefined;
}

function cpio(call: Call): Verdict {
  const { parsed } = call;
  if (hasFlag(parsed, '-t --list')) return verdict('read', 'cpio -t lists');
  const file = flagValue(parsed, '-F --file -O');
  if (hasFlag(parsed, '-o --create') && !file) return verdict('read', 'cpio writes to its output');
  return verdict('local-write', 'cpio writes files');
}

function ar(call: Call): Outcome {
  const word = call.args[0]?.value.replace(/^-/, '') ?? '';
  if (/^[a-zA-Z]*[tp]/.test(word)) return read();
  return word.startsWith('d') ? destroy({ why: 'ar d removes members' }) : local();
}

export const archives: readonly Tool[] = [
  { names: 'tar gtar bsdtar', source: DEBIAN, values: TAR_VALUES, noHelp: true, judge: tar },
  {
    names:
      'gzip gunzip bzip2 bunzip2 xz unxz lzma unlzma zstd unzstd zstdmt pigz unpigz pbzip2 lz4 unlz4 lzip plzip lzop brotli compress uncompress',
    source: DEBIAN,
    values: '-S --suffix -T --threads -D -o -p --processes -M --memlimit -Q --output',
    bare: local({
      why: 'replaces the file by its compressed or expanded form',
      decide: compresses,
      resources: names,
      inverse: 'the opposite program on the file that it made',
    }),
  },
  {
    names: 'zip',
    source: DEBIAN,
    style: 'long',
    values: '-i -x -P -n -s -b -t',
    bare: local({ decide: zip, resources: 'first' }),
  },
  {
    names: '7z 7za 7zz 7zr rar unrar unar',
    source: 'help text or man page (Debian 12), and documentation: 7-Zip 22, RAR 6',
    style: 'long',
    bare: {
      effect: 'read',
      decide: (call) => (call.name === 'unar' ? local() : (sevenZip(call) ?? { effect: 'unknown' })),
    },
  },
  { names: 'lsar', source: 'help text or man page (Debian 12), and documentation', bare: read() },
  {
    names: 'cpio pax',
    source: DEBIAN,
    values: '-F --file -O -I -H --format -D --directory -E -R',
    bare: local({ decide: (call) => (call.name === 'cpio' ? cpio(call) : undefined) }),
  },
  { names: 'ar', source: DEBIAN, style: 'long', bare: { effect: 'read', decide: ar } },
  {
    names: 'unzip',
    source: DEBIAN_PAGES,
    values: '-d -x -P',
    bare: local({
      why: 'unzip writes files',
      preview: 'unzip -l with the same archive',
      resources: 'first',
      decide: (call) =>
        hasFlag(call.parsed, '-l -t -v -p -Z -c -z') ? verdict('read', 'unzip -l lists') : undefined,
    }),
  },
  { names: 'zipinfo zipgrep', source: DEBIAN, bare: read() },
];
