/** tmux and screen: windows that outlive the terminal, and what is typed into them. */
import { unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque, joined } from '../words.ts';
import { valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  mutate,
  type Outcome,
  opensSession,
  read,
  session,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** Keys, as a command line where they end with Enter. */
function typed(call: Call): Verdict | undefined {
  const keys = call.parsed.operands;
  const words = keys.filter((arg) => !/^(Enter|C-m|KPEnter|C-j)$/.test(arg.value));
  if (words.length === 0) return undefined;
  if (words.every((arg) => /^(C-[cdzlu]|Escape|q|Up|Down|Left|Right|Space|BSpace)$/.test(arg.value)))
    return verdict('mutate', 'types keys into a window');
  if (words.some(isOpaque)) return unknown('types what is only known when it runs');
  // The command runs in the other window, and nothing here waits for it.
  return withDetails(call.judge.script(joined(words)), { mode: 'capture' });
}

/** The command that a new window runs. */
function started(call: Call): Verdict | undefined {
  const words = [...call.parsed.operands, ...(call.parsed.rest ?? [])];
  if (words.length === 0) return undefined;
  const inner =
    words.length === 1 && words[0] && !isOpaque(words[0])
      ? call.judge.script(words[0].value)
      : call.judge.words(words);
  return hasFlag(call.parsed, '-d') ? withDetails(inner, { mode: 'capture' }) : inner;
}

const opens: Outcome = {
  ...session({ why: 'opens a window', runs: started }),
  values: '-s -n -c -x -y -e -F -t -l -p',
  decide: (call) => {
    if (hasFlag(call.parsed, '-d')) return undefined;
    const command = call.parsed.operands.length > 0 || call.parsed.rest?.length;
    return command ? terminal : opensSession('tmux opens a shell');
  },
};

function screen(call: Call): Partial<Outcome> | Verdict {
  const { parsed } = call;
  if (call.args.some((arg) => /^-(ls|list|v)$/.test(arg.value)))
    return verdict('read', 'screen -ls lists sessions');
  if (call.args.some((arg) => arg.value === '-wipe')) return { effect: 'mutate' };
  const at = call.args.findIndex((arg) => arg.value === '-X');
  if (at >= 0) {
    const [command, ...words] = call.args.slice(at + 1);
    if (/^(quit|kill|remove)$/.test(command?.value ?? ''))
      return {
        effect: 'destroy',
        why: 'ends a session and what runs in it',
        captureFirst: 'screen -X hardcopy of it, into a file',
      };
    if (command?.value === 'stuff') {
      const text = joined(words).replace(/\\n|\^M|\\r|\\015/g, '\n');
      return words.some(isOpaque)
        ? unknown('screen types what is only known when it runs')
        : withDetails(call.judge.script(text), { mode: 'capture', tool: 'screen' });
    }
    return { effect: 'mutate' };
  }
  if (call.args.some((arg) => /^-(d?[rRx]+|[dD]?[rR]+|x)$/.test(arg.value)))
    return { effect: 'session', why: 'attaches to a session', ...terminal };
  const detached =
    call.args.some((arg) => /^-[dDmS]*[dD]m[dDmSL]*$|^-dm/.test(arg.value)) ||
    (hasFlag(parsed, '-d -D') && hasFlag(parsed, '-m'));
  if (parsed.operands.length === 0)
    return hasFlag(parsed, '-d -D') ? { effect: 'session' } : opensSession('screen opens a shell');
  const inner = call.judge.words(parsed.operands);
  return { ...(detached ? withDetails(inner, { mode: 'capture' }) : inner), tool: inner.tool ?? 'screen' };
}

export const sessions: readonly Tool[] = [
  {
    names: 'tmux',
    source: 'help text or man page (Debian 12), and the man page of tmux 3.3',
    values: '-L -S -f -T',
    switches: '-2 -C -u -v -l -d -A -D',
    targets: { session: '-t' },
    bare: opensSession('tmux opens a shell'),
    commands: {
      ...each(
        read(),
        'ls, list-sessions, list-windows, lsw, list-panes, lsp, list-clients, lsc, list-keys, list-commands, capture-pane, capturep, display-message, display, show-options, show, show-buffer, has-session, has, info, show-environment, showenv, list-buffers',
      ),
      ...each(
        session({ ...terminal, why: 'attaches to a session' }),
        'attach, attach-session, a, at, switch-client, choose-tree',
      ),
      ...each(opens, 'new, new-session, new-window, neww, split-window, splitw'),
      ...each(mutate({ values: '-t -N', runs: typed, why: 'types into a window' }), 'send-keys, send'),
      ...each(
        mutate({ runs: started, values: '-t', why: 'runs in a window' }),
        'respawn-pane, respawn-window',
      ),
      ...each(
        { effect: 'unknown', why: 'unknown: runs a command', runs: started },
        'run-shell, run, if-shell, pipe-pane, pipep, popup, display-popup, source-file, source',
      ),
      ...each(
        session(),
        'select-window, selectw, select-pane, selectp, rename-session, rename, rename-window, resize-pane, resizep, detach, detach-client, set-option, set, set-window-option, setw, bind-key, bind, swap-pane, swap-window, move-window, set-environment, setenv, load-buffer, paste-buffer, select-layout, last-window, next-window, join-pane, break-pane, clock-mode, start-server, start',
      ),
      'wait-for': read(stream),
      'save-buffer': { effect: 'local-write' },
      ...each(
        destroy({
          why: 'ends a window and what runs in it',
          resources: valuesOf('-t'),
          captureFirst: 'tmux capture-pane -p of it, into a file',
        }),
        'kill-session, kill-server, kill-window, killw, kill-pane, killp, clear-history, clearhist, delete-buffer',
      ),
    },
  },
  {
    names: 'screen',
    source: 'help text or man page (Debian 12), and the man page of screen 4.9',
    values: '-S -c -e -h -p -s -t -T',
    stopAtOperand: true,
    bare: { effect: 'read', decide: screen },
  },
  {
    names: 'byobu zellij dtach abduco',
    source: 'help text or man page (Debian 12), and documentation',
    bare: {
      effect: 'unknown',
      why: 'unknown: opens a shell',
      ...terminal,
      decide: (call) =>
        /^(ls|list-sessions)$/.test(call.args[0]?.value ?? '')
          ? verdict('read', 'lists sessions')
          : flagValue(call.parsed, '-n')
            ? { mode: 'capture' }
            : undefined,
    },
  },
];
