/** Files and text of GNU coreutils and friends. From the man pages of Debian 12. */
import { judgeFile } from '../redirect.ts';
import { highest, NOTHING, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { type Call, destroy, local, mutate, read, stream, type Tool, terminal } from './table.ts';

const SOURCE = 'from the man pages of Debian 12';
const DEVICE = /^\/dev\/(?!null|stdout|stderr|zero|u?random|tty)/;

/** Files whose content is a credential. */
const SECRET_FILE =
  /(^|\/)(\.env(\.[\w-]+)?|\.netrc|\.pgpass|\.my\.cnf|id_(rsa|dsa|ecdsa|ed25519)|shadow|gshadow|kubeconfig|admin\.conf|credentials(\.json)?|secrets?\.(ya?ml|json|env|txt)|\.htpasswd|\.git-credentials|\.vault-token)$|\.(pem|key|p12|pfx|jks|env)$|(^|\/)(\.aws\/credentials|\.kube\/config|\.docker\/config\.json|run\/secrets\/.+)$|^\/proc\/[^/]+\/environ$/;
const TEMPLATE = /\.(example|sample|template|dist)$/;

/** Whether reading a file shows a credential. */
export function isSecretFile(path: string): boolean {
  return SECRET_FILE.test(path) && !TEMPLATE.test(path) && !/\.pub$/.test(path);
}

function reading(call: Call): { readsSecrets: true; why: string } | undefined {
  const file = call.parsed.operands.find((arg) => isSecretFile(arg.value));
  return file ? { readsSecrets: true, why: `${call.name} shows ${file.value}` } : undefined;
}

/** Without a file, and with the keyboard on standard input, it waits for what is typed. */
function waitsForKeys(call: Call, operands = 0): { mode: 'terminal' } | undefined {
  return call.parsed.operands.length <= operands && call.stdin.kind === 'inherited'
    ? { mode: 'terminal' }
    : undefined;
}

function onDevices(call: Call): { effect: 'destroy'; why: string } | undefined {
  const device = call.parsed.operands.at(-1);
  return device && DEVICE.test(device.value) && !/^\/dev\/(shm|fd|pts)\//.test(device.value)
    ? { effect: 'destroy', why: `${call.name} writes over the device ${device.value}` }
    : undefined;
}

function removes(call: Call): { scope: 'many' | 'all' } | undefined {
  const words = call.parsed.operands.map((arg) => arg.value);
  if (words.some((word) => /^(\/|\/\*|~|~\/|\.|\.\.|\*|\$\w+\/?\*?|\$\{\w+\}\/?\*?)$/.test(word)))
    return { scope: 'all' };
  return words.length > 1 ||
    words.some((word) => /[*?]/.test(word)) ||
    hasFlag(call.parsed, '-r -R --recursive')
    ? { scope: 'many' }
    : undefined;
}

function tee(call: Call): Verdict {
  let result = NOTHING;
  const append = hasFlag(call.parsed, '-a --append');
  for (const file of call.parsed.operands) result = highest(result, judgeFile(file.value, append, false));
  return result === NOTHING ? verdict('read', 'tee passes its input on') : result;
}

export const coreutils: readonly Tool[] = [
  {
    names: `ls ll la dir vdir stat file wc du df tree exa eza lsd realpath readlink basename dirname which whereis whatis apropos uname arch nproc
      hostname uptime date cal whoami id groups who w users last lastb lastlog logname factor seq expr bc dc numfmt getconf locale
      md5sum sha1sum sha256sum sha512sum b2sum cksum sum md5 shasum cmp comm fold fmt pr nl od xxd hexdump strings column
      expand unexpand paste rev tac shuf jot free lscpu lsmem lspci lsusb lsmod modinfo pgrep pidof pstree pmap
      tput clear reset man info ncal sw_vers lsb_release ldd nm objdump readelf size
      zcat bzcat xzcat zstdcat lz4cat exiftool identify ffprobe cloc tokei figlet cowsay lolcat dmidecode sensors numactl`,
    source: SOURCE,
    style: 'long',
    noHelp: true,
    bare: read({
      decide: (call) => {
        if (call.name === 'date' && call.args.some((arg) => /^(-s|--set)/.test(arg.value)))
          return { effect: 'mutate', why: 'date sets the clock' };
        if (call.name === 'hostname' && call.parsed.operands.length > 0)
          return { effect: 'mutate', why: 'hostname renames the machine' };
        if (call.name === 'man') return call.stdin.kind === 'inherited' ? { mode: 'terminal' } : undefined;
        if (/^(strings|xxd|od|hexdump|tac|nl|rev|paste|zcat)$/.test(call.name)) return reading(call);
        return undefined;
      },
    }),
  },
  {
    names: 'printenv',
    source: SOURCE,
    bare: read({
      decide: (call) =>
        call.parsed.operands.length === 0 ||
        call.parsed.operands.some((a) => /KEY|SECRET|TOKEN|PASS|CREDENTIAL|URL/i.test(a.value))
          ? { readsSecrets: true, why: 'printenv prints the environment' }
          : undefined,
    }),
  },
  { names: 'yes', source: SOURCE, bare: read(stream) },
  { names: 'stty', source: SOURCE, bare: local() },
  { names: 'cat', source: SOURCE, bare: read({ decide: (call) => reading(call) ?? waitsForKeys(call) }) },
  {
    names: 'bat batcat',
    source: SOURCE,
    values: '-l --language -r --line-range --style --theme --paging -p',
    bare: read({ decide: reading }),
  },
  { names: 'head', source: SOURCE, values: '-n --lines -c --bytes', bare: read({ decide: reading }) },
  {
    names: 'tail gtail',
    source: SOURCE,
    values: '-n --lines -c --bytes --pid -s --sleep-interval --max-unchanged-stats',
    bare: read({ when: { '-f -F --follow --follow=name|descriptor --retry': stream }, decide: reading }),
  },
  { names: 'multitail lnav', source: 'from documentation', bare: read(terminal) },
  { names: 'less more most pg view', source: SOURCE, bare: read({ mode: 'terminal', decide: reading }) },
  { names: 'zless zmore', source: SOURCE, bare: read(terminal) },
  {
    names: 'vi vim nvim nano emacs pico joe micro ed mcedit hx helix vipw vigr sudoedit crontab-ui',
    source: SOURCE,
    values: '-c -u',
    bare: local({ mode: 'terminal', why: 'opens an editor' }),
  },
  { names: 'code subl', source: 'from documentation', bare: local({ why: 'opens an editor' }) },
  {
    names: 'mc ranger nnn lf fzf dialog whiptail gum lazydocker lazygit tig ncdu',
    source: SOURCE,
    bare: read(terminal),
  },
  { names: 'mkdir mkfifo mknod ln mktemp install split csplit', source: SOURCE, bare: local() },
  {
    names: 'cp gcp',
    source: SOURCE,
    values: '-t --target-directory -S --suffix',
    bare: local({ decide: onDevices, why: 'cp writes files' }),
  },
  {
    names: 'mv rename',
    source: SOURCE,
    values: '-t --target-directory -S --suffix',
    bare: local({
      decide: onDevices,
      why: 'mv moves files',
      inverse: 'mv the file back (what it overwrote is gone)',
    }),
  },
  {
    names: 'chmod',
    source: SOURCE,
    values: '--reference',
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-R --recursive') &&
        /^(0?777|0?666|000)$/.test(call.parsed.operands[0]?.value ?? '')
          ? { effect: 'destroy', why: 'chmod -R replaces the permissions of everything below', scope: 'many' }
          : undefined,
      why: 'chmod changes permissions',
    }),
  },
  {
    names: 'chown chgrp',
    source: SOURCE,
    values: '--reference --from',
    bare: local({
      when: {
        '-R --recursive': {
          effect: 'destroy',
          why: 'chown -R replaces the owner of everything below',
          scope: 'many',
        },
      },
      why: 'changes owners',
    }),
  },
  { names: 'chattr setfacl setfattr restorecon chcon setcap', source: SOURCE, bare: local() },
  { names: 'getfacl lsattr getfattr getcap namei', source: SOURCE, bare: read() },
  { names: 'tee gtee', source: SOURCE, bare: read({ decide: tee }) },
  { names: 'sponge', source: SOURCE, bare: local() },
  { names: 'rm grm unlink', source: SOURCE, bare: destroy({ why: 'rm removes files', decide: removes }) },
  { names: 'rmdir', source: SOURCE, bare: destroy({ why: 'rmdir removes folders' }) },
  {
    names: 'shred srm wipe',
    source: SOURCE,
    values: '-n --iterations -s --size',
    bare: destroy({ why: 'shreds files' }),
  },
  {
    names: 'truncate',
    source: SOURCE,
    values: '-s --size -r --reference',
    bare: destroy({ why: 'truncate cuts files' }),
  },
  { names: 'trash trash-put', source: 'from documentation', bare: local() },
  { names: 'dd gdd', source: SOURCE, style: 'long', noHelp: true, bare: read({ decide: dd }) },
  {
    names: 'fallocate',
    source: SOURCE,
    values: '-l --length -o --offset',
    bare: local({
      when: { '-p -d -c -z --punch-hole --collapse-range --zero-range': { effect: 'destroy' } },
    }),
  },
  {
    names: 'gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd pigz lz4 compress uncompress',
    source: SOURCE,
    bare: local({ why: 'replaces the file by its compressed or expanded form' }),
  },
  {
    names: 'tar gtar bsdtar',
    source: SOURCE,
    noHelp: true,
    judge: (call) => {
      const first = call.args[0]?.value ?? '';
      const words = call.args.map((arg) => arg.value);
      const letters = words
        .filter((w, i) => (i === 0 && /^[a-zA-Z]+$/.test(w)) || /^-[a-zA-Z]+$/.test(w))
        .join('');
      if (
        words.some((w) =>
          /^--(checkpoint-action|to-command|use-compress-program|rsh-command|new-volume-script|info-script)/.test(
            w,
          ),
        )
      ) {
        return { ...verdict('unknown', 'unknown: tar runs a program for its members') };
      }
      if (words.includes('--remove-files'))
        return verdict('destroy', 'tar --remove-files removes what it packed');
      if (words.includes('--delete')) return verdict('destroy', 'tar --delete removes members');
      if (/t/.test(letters) || words.includes('--list')) return verdict('read', 'tar -t lists');
      if (/x/.test(letters) || words.some((w) => /^--(extract|get)$/.test(w)))
        return verdict('local-write', /O/.test(letters) ? 'tar -xO prints' : 'tar -x writes files');
      return verdict('local-write', first === '' ? 'tar writes an archive' : 'tar writes an archive');
    },
  },
  {
    names: 'zip 7z 7za rar cpio ar',
    source: SOURCE,
    style: 'long',
    bare: local({ when: { '-m --move': { effect: 'destroy', why: 'moves files into the archive' } } }),
  },
  {
    names: 'unzip',
    source: SOURCE,
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-l -t -v -p -Z') ? verdict('read', 'unzip -l lists') : undefined,
    }),
  },
  {
    names: 'base64 base32 gbase64',
    source: SOURCE,
    values: '-w --wrap -o --output',
    bare: read({
      when: { '-o --output': { effect: 'local-write' } },
      decide: (call) => reading(call) ?? waitsForKeys(call),
    }),
  },
  { names: 'ts pv', source: SOURCE, values: '-L -s -i', bare: read() },
  {
    names: 'patch',
    source: SOURCE,
    values: '-p -i --input -d',
    switches: '--dry-run',
    bare: local({ dryRun: '--dry-run' }),
  },
  {
    names: 'diff colordiff diff3 sdiff dyff vimdiff icdiff delta',
    source: SOURCE,
    values: '-U -C -x -I --exclude',
    bare: read({
      decide: (call) =>
        call.name === 'vimdiff' ? { effect: 'local-write', mode: 'terminal' } : reading(call),
    }),
  },
  {
    names: 'open xdg-open',
    source: 'from documentation',
    bare: read({ why: 'opens it in another program' }),
  },
  { names: 'pbcopy pbpaste xclip xsel', source: 'from documentation', bare: read() },
  {
    names: 'logger wall write mail mailx sendmail mutt notify-send',
    source: SOURCE,
    bare: mutate({ why: 'sends a message' }),
  },
];

/** Operands are `key=value`. */
function dd(call: Call): Verdict {
  const output = call.args.find((arg) => arg.value.startsWith('of='))?.value.slice(3);
  if (output === undefined) return verdict('read', 'dd reads');
  const written = judgeFile(output, false, false);
  if (DEVICE.test(output)) return verdict('destroy', `dd writes over the device ${output}`);
  if (written === NOTHING) return verdict('read', 'dd reads');
  return highest(written, verdict('local-write', `dd writes ${output}`));
}
