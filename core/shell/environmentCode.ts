/** Variables whose value other programs run. From the manuals of bash, git, less, ld.so and Node.js. */
import type { Judge } from './tools/table.ts';
import { NOTHING, unknown, type Verdict } from './verdict.ts';

/** Their value is a command line. */
const COMMANDS =
  /^(PAGER|MANPAGER|SYSTEMD_PAGER|EDITOR|VISUAL|FCEDIT|BROWSER|PROMPT_COMMAND|SSH_ASKPASS|SUDO_ASKPASS|GIT_(PAGER|EDITOR|SEQUENCE_EDITOR|SSH|SSH_COMMAND|ASKPASS|EXTERNAL_DIFF|PROXY_COMMAND)|KUBE_EDITOR|LESSOPEN|LESSCLOSE|RSYNC_RSH|PS[04])$/;
/** Their value names code that is loaded into any program, or any program of a kind. */
const LOADS =
  /^(LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|BASH_ENV|PERL5OPT|RUBYOPT|JAVA_TOOL_OPTIONS|GIT_EXEC_PATH|GCONV_PATH)$/;

/** What setting a variable may run; nothing for an ordinary one. */
export function codeIn(name: string, value: string, judge: Judge): Verdict {
  if (value === '') return NOTHING;
  // `ENV=prod` is an ordinary name; only a path is what sh would load.
  if (LOADS.test(name) || (name === 'ENV' && value.includes('/'))) return unknown(`${name} loads ${value}`);
  if (
    name === 'NODE_OPTIONS' &&
    /(^|\s)(-r|--require|--import|--loader|--experimental-loader|-e|--eval)\b/.test(value)
  )
    return unknown(`NODE_OPTIONS loads code`);
  if (!COMMANDS.test(name)) return NOTHING;
  const text = name.startsWith('PS') ? substitutions(value) : value.replace(/^\|/, '');
  if (text === '' || /^["']?\$\w+["']?$/.test(text)) return NOTHING;
  const inner = judge.script(text);
  // An editor or pager named for later is no change by itself.
  if (inner.mode === 'terminal' && inner.effect !== 'unknown' && inner.effect !== 'destroy') return NOTHING;
  return { ...inner, tool: null, mode: 'capture' };
}

/** A prompt is text; only its substitutions run. */
function substitutions(prompt: string): string {
  return /\$\(|`/.test(prompt) ? `: "${prompt.replaceAll('"', '')}"` : '';
}
