/** `exec -it` around a command that ends by itself. */
import type { BlockText } from '../../runbook/types.ts';
import { readScript } from '../../shell/index.ts';
import type { ShellCommand } from '../../shell/types.ts';
import { peeled, type ShellWord, simpleCommands } from './words.ts';

export interface NeedlessTty {
  readonly tool: string;
  /** The program inside. */
  readonly inner: string;
  /** `-it`; whether something is piped into the command, which then needs `-i`. */
  readonly option: ShellWord & { readonly keepsInput: boolean };
}

const clients = /^(?:kubectl|oc|docker|podman|nerdctl)$/;
const terminalOption = /^-(?:it|ti)$/;
/** Options of `docker exec` with a value of their own. */
const dockerValue = /^-[euw]$|^--(?:env|env-file|user|workdir|detach-keys)$/;

/** Each of them in a statement. The inner command must be one that the tables know to read, or to act, without a terminal. */
export function needlessTty(block: BlockText, statement: ShellCommand): NeedlessTty[] {
  if (!/\bexec\b/.test(statement.text) || !/\s-(?:it|ti)\s/.test(statement.text)) return [];
  const found: NeedlessTty[] = [];
  for (const command of simpleCommands(block, statement)) {
    const { words } = peeled(command.words);
    const tool = words[0]?.value ?? '';
    if (!clients.test(tool)) continue;
    const exec = words.findIndex(({ value }) => value === 'exec');
    if (exec < 1) continue;
    const inner = innerWords(tool, words, exec);
    const first = inner[0];
    if (first === undefined) continue;
    const option = words.find(({ value, start }) => start < first.start && terminalOption.test(value));
    if (option === undefined || !endsByItself(inner)) continue;
    const keepsInput =
      command.before === '|' || command.redirects.some(({ operator }) => operator.includes('<'));
    found.push({ tool, inner: first.value, option: { ...option, keepsInput } });
  }
  return found;
}

function innerWords(tool: string, words: readonly ShellWord[], exec: number): readonly ShellWord[] {
  if (tool === 'kubectl' || tool === 'oc') {
    const dashes = words.findIndex(({ value }, index) => index > exec && value === '--');
    return dashes < 0 ? [] : words.slice(dashes + 1);
  }
  let at = exec + 1;
  while (at < words.length && words[at]?.value.startsWith('-'))
    at += dockerValue.test(words[at]?.value ?? '') ? 2 : 1;
  return words.slice(at + 1);
}

function endsByItself(inner: readonly ShellWord[]): boolean {
  const { classification } = readScript(inner.map(({ text }) => text).join(' '));
  return classification.mode === 'capture' && classification.effect !== 'unknown';
}
