/** What redirections write, and what they put on standard input. */
import type { Redirection } from 'unbash';
import { toArg } from './parse.ts';
import type { Stdin } from './tools/table.ts';
import { highest, NOTHING, type Verdict, verdict } from './verdict.ts';
import { type Arg, isOpaque } from './words.ts';

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
