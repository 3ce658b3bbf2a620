import { hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import { showsSecrets } from './secretFiles.ts';
import { type Call, local, type Outcome, read, type Tool, terminal } from './table.ts';

/** A pager in a pipe that is not the last prints; `-o` keeps what it shows. */
function pages(call: Call): Partial<Outcome> | undefined {
  const shown = showsSecrets(call);
  return call.name.endsWith('less') && hasFlag(call.parsed, '-o -O')
    ? { ...shown, effect: 'local-write', why: 'less -o writes what it shows to a file' }
    : shown;
}

/** A script of commands can edit without a screen, and run anything by `!`. */
function edits(call: Call): Partial<Outcome> | undefined {
  const { parsed, name, stdin } = call;
  const commands = call.args.filter((arg) => /^\+./.test(arg.value)).map((arg) => arg.value.slice(1));
  for (const flag of parsed.flags)
    if (/^(-c|--cmd)$/.test(flag.name) && flag.value) commands.push(flag.value.value);
  const quiet =
    hasFlag(parsed, '-E') ||
    /^(ed|ex)$/.test(name) ||
    (/vim?$/.test(name) && call.args.some((arg) => /^-[eE]s$/.test(arg.value)));
  const runs =
    commands.some((text) => /(^|\W)(!|call\s+system|lua|py3?|terminal|make)/.test(text)) ||
    (name === 'emacs' && hasFlag(parsed, '--batch --script -l --eval'));
  const mode =
    quiet && stdin.kind !== 'inherited'
      ? { mode: 'capture' as const }
      : name === 'emacs' && hasFlag(parsed, '--batch')
        ? { mode: 'capture' as const }
        : {};
  return runs ? { effect: 'unknown', why: `unknown: ${name} runs commands`, ...mode } : mode;
}

export const viewers: readonly Tool[] = [
  {
    names: 'bat batcat glow mdcat',
    source: 'help text or man page (Debian 12), and documentation: bat 0.24',
    values:
      '-l --language -r --line-range --style --theme --paging -p -H --highlight-line --tabs --wrap -m --map-syntax -w',
    switches: '-p -P -A -n',
    bare: read({ decide: (call) => showsSecrets(call) }),
  },
  {
    names: 'multitail lnav',
    source: 'help text or man page (Debian 12), and documentation',
    bare: read({
      ...terminal,
      decide: (call) =>
        hasFlag(call.parsed, '-n') && call.name === 'lnav' ? { mode: 'capture' } : undefined,
    }),
  },
  {
    names: 'less more most pg view zless zmore bzless xzless',
    source: DEBIAN,
    values: '-o -O -p -P -t -T -x -y -b -h -j -k -z',
    bare: read({ mode: 'terminal', decide: pages }),
  },
  {
    names: 'ranger nnn lf fzf dialog whiptail gum lazydocker lazygit tig ncdu vifm broot yazi',
    source: 'help text or man page (Debian 12), and documentation',
    values: '-o -f -e',
    bare: read({
      ...terminal,
      decide: (call) =>
        call.name === 'ncdu' && hasFlag(call.parsed, '-o')
          ? { effect: 'local-write', mode: 'capture' }
          : call.name === 'fzf' && call.args.some((arg) => /^(-f|--filter)/.test(arg.value))
            ? { mode: 'capture' }
            : undefined,
    }),
  },
  {
    names: 'diff colordiff diff3 sdiff dyff vimdiff icdiff delta zdiff zcmp bzdiff xzdiff',
    source: DEBIAN,
    values:
      '--width --show-function-line --tabsize --exclude-from -S --starting-file --from-file --to-file --ignore-matching-lines -D --ifdef --GTYPE-group-format --line-format --LTYPE-line-format --horizon-lines --palette -U -C -x -I --exclude -X -L --label -F -W',
    bare: read({
      decide: (call) =>
        call.name === 'vimdiff' || (call.name === 'sdiff' && hasFlag(call.parsed, '-o --output'))
          ? { effect: 'local-write', mode: 'terminal' }
          : showsSecrets(call),
    }),
  },
  {
    names: 'open xdg-open',
    source: 'help text or man page (Debian 12), and documentation',
    bare: read({ why: 'opens it in another program' }),
  },
  {
    names: 'pbcopy pbpaste xclip xsel wl-copy wl-paste',
    source: 'help text or man page (Debian 12), and documentation',
    bare: read(),
  },
  {
    names: 'vi vim nvim nano emacs pico joe micro ed ex mcedit hx helix vipw vigr sudoedit kak ne jed zile',
    source: DEBIAN,
    values: '-c --cmd -u -S -s -p',
    bare: local({ mode: 'terminal', why: 'opens an editor', decide: edits, resources: names }),
  },
  { names: 'code subl codium zed', source: 'from documentation', bare: local({ why: 'opens an editor' }) },
];
