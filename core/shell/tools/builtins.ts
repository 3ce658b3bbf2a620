/** Builtins of the shell that run no other program. From the Bash manual 5.2. */
import { unknown, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { local, mutate, read, session, type Tool } from './table.ts';

const SOURCE = 'from the Bash manual 5.2';
const open = { source: SOURCE, noHelp: true } as const;

export const builtins: readonly Tool[] = [
  {
    ...open,
    names: `echo printf pwd test [ [[ true false : type hash times dirs caller compgen getopts help suspend logout jobs wait let shift
      return exit break continue sleep usleep tty`,
    bare: read(),
  },
  {
    ...open,
    names: `cd pushd popd export set unset alias unalias local declare typeset readonly shopt setopt unsetopt umask ulimit bind complete
      compopt enable disown bg fg mapfile readarray history autoload zmodload compinit bindkey emulate prompt`,
    bare: session(),
  },
  {
    ...open,
    names: 'read',
    values: '-p -t -n -N -d -u -i -a',
    bare: session({
      decide: (call) =>
        call.stdin.kind === 'inherited' && !hasFlag(call.parsed, '-u') ? { mode: 'terminal' } : undefined,
    }),
  },
  {
    ...open,
    names: 'trap',
    judge: (call) => {
      const [text, ...signals] = call.args;
      if (!text || /^-[lp]?$/.test(text.value) || signals.length === 0)
        return verdict('session', 'trap sets what a signal does');
      if (text.dynamic && text.value.startsWith('$')) return unknown('trap runs a variable');
      const inner = call.judge.script(text.value);
      return { ...inner, mode: 'capture' };
    },
  },
  {
    ...open,
    names: 'eval',
    judge: (call) => {
      const first = call.args[0];
      if (!first) return verdict('read', 'eval runs nothing');
      const text = call.args.map((arg) => arg.value).join(' ');
      if (first.dynamic && /^[$`]/.test(first.value))
        return unknown('eval runs text that is only known when it runs');
      return call.judge.script(text);
    },
  },
  {
    ...open,
    names: 'source .',
    judge: (call) => {
      const file = call.args[0]?.value ?? '';
      if (
        /(^|\/)(activate|activate\.fish)$|(^|\/)\.(bashrc|bash_profile|profile|zshrc|zprofile)$|(^|\/)nvm\.sh$/.test(
          file,
        )
      ) {
        return verdict('session', `${call.name} ${file} sets up the session`);
      }
      // A file of assignments, by its name; anything else may run anything.
      if (/(^|\/)\.env(\.[\w-]+)?$|\.env$/.test(file))
        return verdict('session', `${call.name} ${file} sets variables`);
      return unknown(`${call.name} runs ${file || 'a file'}`);
    },
  },
  {
    ...open,
    names: 'nvm fnm',
    judge: (call) =>
      /^(install|uninstall|alias)$/.test(call.args[0]?.value ?? '')
        ? verdict('local-write', 'nvm changes the installed versions')
        : verdict('session', 'nvm changes the version of the session'),
  },
  {
    ...open,
    names: 'kill',
    judge: (call) =>
      call.args.some((arg) => /^(-l|-L|-0)$/.test(arg.value))
        ? verdict('read', 'kill tells about signals')
        : signal(call.args.map((arg) => arg.value)),
  },
  {
    ...open,
    names: 'pkill killall',
    judge: (call) => {
      const signals = call.args.filter((arg) => /^-/.test(arg.value)).map((arg) => arg.value);
      return { ...signal(signals), scope: 'many' };
    },
  },
  {
    ...open,
    names: 'fuser',
    bare: read({ when: { '-k --kill': { effect: 'destroy', why: 'fuser -k ends processes' } } }),
  },
  { ...open, names: 'sync', bare: mutate({ why: 'sync flushes file systems' }) },
  { ...open, names: 'touch', bare: local() },
];

/** Ending a process takes it out of service; HUP and USR tell it something. */
function signal(words: readonly string[]) {
  const text = words.join(' ').toUpperCase();
  if (/-(S )?(SIG)?(HUP|USR1|USR2|WINCH|CONT|QUIT)\b|-1\b|-3\b/.test(text))
    return verdict('mutate', 'sends a signal that a service expects');
  return verdict('destroy', 'ends a process');
}
