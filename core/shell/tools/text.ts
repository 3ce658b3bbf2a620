/** grep, awk, sed, jq and other filters. */
import { sessionOpened, unknown, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { awk } from './awk.ts';
import { DEBIAN, names } from './common.ts';
import { showsSecrets } from './secretFiles.ts';
import { sed, sedFiles } from './sed.ts';
import { type Call, local, type Outcome, read, type Tool, terminal } from './table.ts';

/** A pattern given by an option leaves the first operand to be a file; counts and names show nothing of it. */
function grep(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '-c --count -l --files-with-matches -L --files-without-match -q --quiet --silent'))
    return undefined;
  return showsSecrets(call, hasFlag(call.parsed, '-e --regexp -f --file --files') ? 0 : 1);
}

/** jq's `env` and `$ENV` show the environment. */
function jq(call: Call): Partial<Outcome> | undefined {
  const fromFile = hasFlag(call.parsed, '-f --from-file');
  const filter = fromFile ? '' : (call.parsed.operands[0]?.value ?? '').replace(/"(\\.|[^"\\])*"/g, '""');
  if (/(^|[^.\w$])(env|\$ENV)(?![\w.])(?!\s*:)/.test(filter) || /\$ENV\b(?!\.)/.test(filter))
    return { readsSecrets: true, why: `${call.name} reads the environment` };
  return showsSecrets(call, fromFile ? 0 : 1);
}

/** Files to rewrite stand behind the pattern and its replacement. */
function replaces(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '-p --preview')) return undefined;
  return call.parsed.operands.length > 2
    ? { effect: 'local-write', why: 'sd rewrites its files' }
    : undefined;
}

export const text: readonly Tool[] = [
  {
    names: 'grep egrep fgrep ggrep zgrep zegrep zfgrep bzgrep xzgrep zstdgrep ugrep pcregrep pcre2grep agrep',
    source: DEBIAN,
    values:
      '-e --regexp -f --file -A -B -C -m --max-count --include --exclude --exclude-dir --exclude-from -d --directories -D --devices --color --context --after-context --before-context --label --binary-files --group-separator',
    bare: read({
      decide: grep,
    }),
  },
  {
    names: 'rg ag ack ripgrep sift',
    source: 'help text or man page (Debian 12), and documentation: ripgrep 14',
    values:
      '-e --regexp -f --file -A -B -C -m --max-count -g --glob --iglob -t --type -T --type-not -r --replace -M --max-columns -j --threads --sort --sortr -E --encoding -d --max-depth --color --colors --context --pre --pre-glob --hostname-bin --path-separator --ignore-file --type-add -G --file-search-regex --ignore --pager',
    bare: read({
      when: {
        '--pre --hostname-bin --pager': { effect: 'unknown', why: 'unknown: it runs a program on each file' },
      },
      decide: grep,
    }),
  },
  {
    names: 'sort gsort',
    source: DEBIAN,
    values:
      '-k --key -t --field-separator -o --output -S --buffer-size -T --temporary-directory --parallel --compress-program --files0-from --random-source --sort --batch-size',
    bare: read({
      resources: (call) => {
        const file = flagValue(call.parsed, '-o --output');
        return file && !file.dynamic ? [file.value] : [];
      },
      decide: (call) => showsSecrets(call),
      when: {
        '-o --output': { effect: 'local-write', why: 'sort -o writes a file' },
        '--compress-program': { effect: 'unknown', why: 'unknown: sort runs a program' },
      },
    }),
  },
  {
    names: 'uniq',
    source: DEBIAN,
    values: '-f --skip-fields -s --skip-chars -w --check-chars',
    bare: read({
      decide: (call) =>
        call.parsed.operands.length > 1
          ? { effect: 'local-write', why: 'uniq writes its second file' }
          : undefined,
    }),
  },
  {
    names: 'cut',
    source: DEBIAN,
    values: '-b --bytes -c --characters -d --delimiter -f --fields --output-delimiter',
    noHelp: true,
    bare: read({ decide: (call) => showsSecrets(call) }),
  },
  {
    names:
      'tr join look spell jsonlint csvlook csvcut csvgrep csvstat csvjson q textql gron jo jc yj htmlq pup envsubst xq pcregrep2 sqlformat',
    source: DEBIAN,
    style: 'long',
    noHelp: true,
    bare: read({ decide: (call) => (call.name === 'envsubst' ? undefined : showsSecrets(call)) }),
  },
  {
    names: 'iconv',
    source: DEBIAN,
    values: '-f -t --from-code --to-code -o --output',
    bare: read({ when: { '-o --output': { effect: 'local-write', why: 'iconv -o writes a file' } } }),
  },
  {
    names: 'aspell hunspell',
    source: DEBIAN,
    bare: read({
      decide: (call) =>
        call.args.some((arg) => /^(-c|check|--check)$/.test(arg.value))
          ? { effect: 'local-write', ...terminal }
          : undefined,
    }),
  },
  {
    names: 'xmllint xsltproc pandoc',
    source: DEBIAN,
    style: 'long',
    values: '--xpath --output -o --schema --dtdvalid --pattern --stringparam -f -t --from --to',
    bare: read({
      when: {
        '--output -o': { effect: 'local-write', why: 'it writes a file' },
        '--shell': terminal,
        '--filter -F --lua-filter --pdf-engine': { effect: 'unknown', why: 'unknown: pandoc runs a program' },
      },
    }),
  },
  {
    names: 'xmlstarlet',
    source: 'help text or man page (Debian 12), and documentation: XMLStarlet 1.6',
    bare: read({
      when: { '-L --inplace': { effect: 'local-write', why: 'xmlstarlet ed -L rewrites the file' } },
    }),
  },
  { names: 'dos2unix unix2dos', source: DEBIAN, bare: local({ resources: names }) },
  {
    names: 'mlr',
    source: 'help text or man page (Debian 12), and documentation: Miller 6',
    style: 'long',
    noHelp: true,
    bare: read({
      decide: (call) =>
        call.args.some((arg) => arg.value === '-I')
          ? { effect: 'local-write', why: 'mlr -I rewrites its files' }
          : call.args.some((arg) => /\b(system|exec)\s*\(|\b(tee|emit|print|dump)\b[^;]*>/.test(arg.value))
            ? { effect: 'unknown', why: 'unknown: mlr runs commands or writes files' }
            : call.args.some((arg) => arg.value === 'split' || arg.value === 'tee')
              ? { effect: 'local-write' }
              : undefined,
    }),
  },
  {
    names: 'crudini',
    source: 'help text or man page (Debian 12), and documentation: crudini 0.9',
    bare: read({
      when: {
        '--set --merge': {
          effect: 'local-write',
          captureFirst: 'crudini --get of the same words',
          inverse: 'crudini --set with the value from before',
        },
        '--del': { effect: 'destroy', why: 'crudini --del removes settings' },
      },
      decide: (call) => (hasFlag(call.parsed, '--get') ? showsSecrets(call) : undefined),
    }),
  },
  {
    names: 'awk gawk mawk nawk goawk',
    source: 'help text or man page (Debian 12), and documentation: the gawk manual 5.2',
    noHelp: true,
    values: '-F -v -f --file --field-separator --assign -i --include -e --source -l --load',
    bare: read({ decide: awk }),
  },
  {
    names: 'sed gsed ssed',
    source: 'help text or man page (Debian 12), and documentation: the manual of GNU sed 4.9',
    values: '-e --expression -f --file -l --line-length',
    bare: read({ decide: sed, resources: sedFiles }),
  },
  {
    names: 'sd',
    source: 'from documentation: sd 1',
    values: '-f --flags -n --max-replacements',
    switches: '-p --preview -F -s --fixed-strings',
    bare: read({ decide: replaces, resources: (call) => names(call, 2) }),
  },
  {
    names: 'jq gojq jaq',
    source: 'help text or man page (Debian 12), and documentation: jq manual 1.7',
    style: 'long',
    values: '--indent -f --from-file -L',
    bare: read({ decide: jq }),
  },
  {
    names: 'yq dasel',
    source: 'from documentation: yq 4, dasel 2',
    values: '-o -p --output-format --indent -I --from-file -s --split-exp --expression',
    switches: '-i',
    bare: read({
      when: {
        '-i --inplace --in-place': {
          effect: 'local-write',
          why: 'yq -i rewrites the file',
          captureFirst: 'cp -p of the file',
          inverse: 'mv of the copy back',
        },
      },
      decide: (call) => {
        if (call.name === 'yq' && hasFlag(call.parsed, '-s --split-exp'))
          return { effect: 'local-write', why: 'yq -s writes files' };
        const word = call.parsed.operands[0]?.value;
        if (call.name === 'dasel' && (word === 'put' || word === 'delete'))
          return verdict('local-write', `dasel ${word} rewrites the file`);
        return jq(call);
      },
    }),
  },
  {
    names: 'augtool',
    source: 'help text or man page (Debian 12), and documentation: Augeas 1.14',
    values: '-r -I -f -L',
    bare: read({
      decide: (call) => {
        const [word] = call.parsed.operands;
        if (hasFlag(call.parsed, '-f --file') || call.stdin.kind === 'piped')
          return unknown('augtool runs commands from a file');
        if (!word)
          return call.stdin.kind === 'text'
            ? unknown('augtool runs commands')
            : sessionOpened('augtool opens a prompt');
        if (/^(print|ls|match|get|dump-xml|errors|count|span)$/.test(word.value)) return undefined;
        return {
          effect:
            /^(rm|clear|mv)$/.test(word.value) && hasFlag(call.parsed, '-s --autosave')
              ? 'destroy'
              : 'local-write',
        };
      },
    }),
  },
  { names: 'fx visidata vd jless', source: 'from documentation', bare: read(terminal) },
];
