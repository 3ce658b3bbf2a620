/** Builtins of the shell that run no other program. From the Bash manual 5.2. */
import { opaque, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { isSecretVariable } from './secretFiles.ts';
import { type Call, mutate, read, session, type Tool } from './table.ts';

const SOURCE = 'from documentation: the Bash manual 5.2';
/** Of those that are programs too. */
const CHECKED = 'help text or man page (Debian 12), and documentation: the Bash manual 5.2';
const open = { source: SOURCE, noHelp: true } as const;

export const builtins: readonly Tool[] = [
  {
    ...open,
    source: CHECKED,
    names: 'echo printf',
    bare: read({ decide: echoes }),
  },
  {
    ...open,
    source: CHECKED,
    names: `pwd test [ [[ true false : type hash times dirs caller compgen getopts help suspend logout jobs wait let shift
      return exit break continue sleep usleep tty`,
    bare: read(),
  },
  {
    ...open,
    names: 'export declare typeset set readonly local',
    bare: session({ decide: listsVariables }),
  },
  {
    ...open,
    names: 'history',
    bare: session({
      when: {
        '-c -d': { effect: 'destroy', why: 'history -c forgets the commands of the session' },
        '-w -a': { effect: 'local-write', why: 'history -w writes the history file' },
      },
      values: '-d -s -p',
    }),
  },
  {
    ...open,
    names: `cd pushd popd unset alias unalias shopt setopt unsetopt umask ulimit bind complete
      compopt enable disown bg fg mapfile readarray autoload zmodload compinit bindkey emulate prompt`,
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
      if (text.dynamic && text.value.startsWith('$')) return opaque('trap runs a variable');
      const inner = call.judge.here(text.value);
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
        return opaque('eval runs text that is only known when it runs');
      return call.judge.here(text);
    },
  },
  {
    ...open,
    names: 'source .',
    judge: (call) => {
      const file = call.args[0]?.value ?? '';
      // Whatever its name, it is code that nobody has read: `.env` may hold a command as well as `KEY=value`.
      return opaque(`${call.name} runs ${file || 'a file'}`);
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
  { ...open, source: CHECKED, names: 'sync', bare: mutate({ why: 'sync flushes file systems' }) },
];

/** `echo "$DB_PASSWORD"` shows what it holds. */
function echoes(call: Call): { readsSecrets: true; why: string } | undefined {
  for (const arg of call.args) {
    if (!arg.dynamic) continue;
    for (const [, name = ''] of arg.value.matchAll(/\$\{?([A-Za-z_]\w*)(?=$|[^\w])(?!:?\+)/g)) {
      if (isSecretVariable(name)) return { readsSecrets: true, why: `${call.name} shows $${name}` };
    }
  }
  return undefined;
}

/** Without a name (`export -p`, `set`) they list the variables of the session, and what is secret among them. */
function listsVariables(call: Call): { readsSecrets: true; why: string } | undefined {
  const words = call.args.map((arg) => arg.value);
  const operands = words.filter((word) => !/^[-+]/.test(word));
  const lists =
    call.name === 'set' || call.name === 'local'
      ? words.length === 0 && call.name === 'set'
      : operands.length === 0;
  // `declare -f` and `-F` list functions.
  if (!lists || words.some((word) => /^[-+]\w*[fF]/.test(word))) return undefined;
  return { readsSecrets: true, why: `${call.name} lists the variables of the session` };
}
