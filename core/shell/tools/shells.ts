/** Shells as programs: what they are given to run. From the man pages of bash, dash and zsh. */
import { unknown, verdict } from '../verdict.ts';
import { isOpaque, parseArgs, wordSet } from '../words.ts';
import type { Tool } from './table.ts';

export const shells: readonly Tool[] = [
  {
    names: 'sh bash dash zsh ash ksh fish rbash busybox',
    source: 'from the man pages',
    judge: (call) => {
      let args = call.args;
      if (call.name === 'busybox')
        return args.length === 0
          ? verdict('read', 'busybox lists its programs')
          : call.judge.words(args, call.stdin);
      // `-c` takes the first operand, with other options between: `bash -c -e '…'`.
      const parsed = parseArgs(args, {
        values: wordSet('-o +o -O --rcfile --init-file'),
        switches: new Set(),
        style: 'gnu',
        stopAtOperand: true,
      });
      const words = parsed.rest ?? parsed.operands;
      if (parsed.flags.some((flag) => flag.name === '-c')) {
        const text = words[0];
        if (!text) return unknown(`${call.name} -c without text`);
        if (isOpaque(text)) return unknown(`${call.name} -c runs text that is only known when it runs`);
        return { ...call.judge.script(text.value) };
      }
      const reads = parsed.flags.some((flag) => flag.name === '-n') && words.length > 0;
      if (reads) return verdict('read', `${call.name} -n only checks the grammar`);
      args = words;
      if (args.length > 0 && !parsed.flags.some((flag) => flag.name === '-s')) {
        return unknown(`${call.name} runs the script ${args[0]?.text}`);
      }
      switch (call.stdin.kind) {
        case 'text':
          return call.stdin.opaque
            ? unknown(`${call.name} runs text that is only known when it runs`)
            : call.judge.script(call.stdin.text);
        case 'piped':
          return unknown(`${call.name} runs what ${call.stdin.from} gives it`);
        default:
          return unknown(`${call.name} opens a shell`, { mode: 'terminal' });
      }
    },
  },
  {
    names: 'pwsh powershell cmd',
    source: 'from documentation',
    judge: (call) =>
      call.args.length === 0
        ? unknown(`${call.name} opens a shell`, { mode: 'terminal' })
        : unknown(`${call.name} runs text of another shell`),
  },
];
