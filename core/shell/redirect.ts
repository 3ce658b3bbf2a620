/** What redirections write, and what they put on standard input. */
import type { Command, CommandNode, Redirection } from 'unbash';
import { argsOf, toArg } from './parse.ts';
import type { Stdin } from './tools/table.ts';
import { highest, NOTHING, type Verdict, verdict } from './verdict.ts';
import { type Arg, isOpaque, joined, wordSet } from './words.ts';

/** Devices that swallow or show, and keep nothing. */
const HARMLESS = /^\/dev\/(null|zero|stdin|stdout|stderr|tty|pts\/\d+|fd\/\d+)$/;
const DISK = /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk|md\d|dm-|mapper\/|disk\/|loop|rdisk|mem|kmem|port)/;

/** What the output redirections write. `empties` says that the command prints nothing, so that `>` only truncates. */
export function judgeRedirects(redirects: readonly Redirection[], empties: boolean): Verdict {
  let result = NOTHING;
  for (const redirect of redirects) {
    if (redirect.type !== 'Redirect' || !redirect.target) continue;
    result = highest(result, judgeWrite(redirect.operator, toArg(redirect.target), empties));
  }
  return result;
}

function judgeWrite(operator: string, target: Arg, empties: boolean): Verdict {
  if (operator === '<' || operator === '<&') return NOTHING;
  const path = target.value;
  if (operator === '>&' && /^(\d+-?|-)$/.test(path)) return NOTHING;
  // `> >(command)`: what the substitution does is judged where it stands.
  if (target.text.startsWith('>(') || HARMLESS.test(path)) return NOTHING;
  if (operator === '>&' && target.dynamic) return NOTHING;
  return judgeFile(path, operator === '>>' || operator === '&>>' || operator === '<>', empties);
}

/** What writing to a path does. */
export function judgeFile(path: string, append: boolean, empties: boolean): Verdict {
  if (HARMLESS.test(path)) return NOTHING;
  if (DISK.test(path)) return verdict('destroy', `writes over the device ${path}`);
  if (path === '/proc/sysrq-trigger') return verdict('destroy', 'triggers the kernel through sysrq');
  if (/^\/(proc|sys)\//.test(path)) return verdict('mutate', `changes the kernel setting ${path}`);
  if (/^\/dev\/(tcp|udp)\//.test(path)) return verdict('mutate', `sends to ${path}`);
  if (append) return verdict('local-write', `appends to ${path}`);
  if (empties) return verdict('destroy', `empties ${path}`);
  if (/^\/(etc|boot)\//.test(path)) return verdict('destroy', `replaces the system file ${path}`);
  return verdict('local-write', `writes ${path}`);
}

/** Standard input as the last redirection leaves it. */
export function stdinOf(redirects: readonly Redirection[], before: Stdin): Stdin {
  let stdin = before;
  for (const redirect of redirects) {
    const descriptor = redirect.descriptor;
    if (descriptor && !(descriptor.type === 'FileDescriptor' && descriptor.value === 0)) continue;
    if (redirect.type === 'HereDoc') {
      stdin = { kind: 'text', text: redirect.body.text, opaque: false };
    } else if (redirect.type === 'HereString' && redirect.target) {
      const arg = toArg(redirect.target);
      stdin = { kind: 'text', text: arg.value, opaque: isOpaque(arg) };
    } else if (
      redirect.type === 'Redirect' &&
      redirect.target &&
      (redirect.operator === '<' || redirect.operator === '<>')
    ) {
      const path = redirect.target.value;
      if (path === '/dev/tty') stdin = { kind: 'inherited' };
      else if (path === '/dev/null') stdin = { kind: 'text', text: '', opaque: false };
      else stdin = { kind: 'piped', from: path };
    }
  }
  return stdin;
}

/** What a member of a pipeline hands to the next one. */
export function outputOf(node: CommandNode, input: Stdin): Stdin {
  if (node.type !== 'Command' || !node.name) return { kind: 'piped', from: 'a compound command' };
  const args = argsOf(node);
  const name = node.name.value;
  if (name === 'echo' || name === 'printf') {
    const words = args.slice(1).filter((arg, i) => i > 0 || !/^-[neE]+$/.test(arg.value));
    const text = joined(words).replace(/\\n/g, '\n');
    const opaque = words.some((arg) => arg.dynamic && /^\$|^`/.test(arg.value)) || /\\[0x]/.test(text);
    return { kind: 'text', text: name === 'printf' ? text.replace(/%s/g, ' ') : text, opaque };
  }
  if (name === 'cat' && args.every((arg, i) => i === 0 || arg.value === '-'))
    return stdinOf(node.redirects, input);
  return { kind: 'piped', from: name };
}

/** Programs behind which the one that prints may stand. */
const PASSES_ON = wordSet(
  'sudo doas pkexec env command builtin exec nohup setsid nice ionice time timeout stdbuf chronic chroot flock ip unshare nsenter chrt taskset setpriv numactl busybox',
);

/** The command prints nothing (`:`, `true`, `cat /dev/null`), so that a redirection only empties its file. */
export function printsNothing(node: Command): boolean {
  if (!node.name) return true;
  const words = argsOf(node).map((arg) => arg.value.replace(/^(\/usr)?\/bin\//, ''));
  if (!PASSES_ON.has(words[0] ?? '')) return printsNoWord(words);
  return (
    words.every((word) => PASSES_ON.has(word)) || words.some((_, i) => i > 0 && printsNoWord(words.slice(i)))
  );
}

function printsNoWord([name, ...words]: readonly string[]): boolean {
  switch (name) {
    case ':':
    case 'true':
    case 'false':
      return true;
    case 'exec':
      return words.length === 0;
    case 'cat':
    case 'cp':
      return words.length > 0 && words.every((word) => word === '/dev/null');
    case 'printf':
      return words.length === 1 && words[0] === '';
    case 'echo':
      return words.some((w) => w === '-n' || w === '') && words.every((w) => w === '-n' || w === '');
    default:
      return false;
  }
}

const COUNTERS = wordSet('wc cksum md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum');

/** What it reads does not come out again: a password for a login, a manifest to apply, something to count. */
export function swallows(node: CommandNode): boolean {
  if (node.type !== 'Command') return false;
  const [name, ...args] = argsOf(node).map((arg) => arg.value);
  if (name === undefined) return false;
  if (COUNTERS.has(name) || args.includes('--password-stdin')) return true;
  const from = args.findIndex((arg) => arg === '-f' || arg === '--filename');
  return (
    from >= 0 &&
    /^(?:kubectl|oc)$/.test(name) &&
    args[from + 1] === '-' &&
    !args.some((arg) => /^(?:-o|--output)/.test(arg))
  );
}
