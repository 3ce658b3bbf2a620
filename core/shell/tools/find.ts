/** find and fd. From the man page of findutils 4.9 and fd's documentation. */
import { highest, NOTHING, verdict, withDetails } from '../verdict.ts';
import { type Arg, unknownWord } from '../words.ts';
import { NO_INPUT, type Tool } from './table.ts';

export const find: readonly Tool[] = [
  {
    names: 'find gfind',
    source: 'from the man page of findutils 4.9',
    noHelp: true,
    judge: (call) => {
      let result = verdict('read', 'find looks for files', { tool: 'find' });
      const { args } = call;
      for (let i = 0; i < args.length; i++) {
        const word = args[i]?.value ?? '';
        if (word === '-delete')
          result = highest(
            verdict('destroy', 'find -delete removes files', { scope: 'many', tool: 'find' }),
            result,
          );
        else if (/^-(fprint|fprint0|fprintf|fls)$/.test(word))
          result = highest(result, verdict('local-write', `find ${word} writes a file`));
        else if (/^-(exec|execdir|ok|okdir)$/.test(word)) {
          const end = args.findIndex(
            (arg, at) => at > i && (arg.value === ';' || (arg.value === '+' && args[at - 1]?.value === '{}')),
          );
          const stop = end < 0 ? args.length : end;
          const inner = call.judge.words(args.slice(i + 1, stop).map(found), NO_INPUT);
          const asks = word.startsWith('-ok') ? { mode: 'terminal' as const } : {};
          result = highest(
            result,
            withDetails(inner, { ...asks, scope: inner.risk === 'read-only' ? inner.scope : 'many' }),
          );
          i = stop;
        }
      }
      return result;
    },
  },
  {
    names: 'fd fdfind',
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => /^(-x|-X|--exec|--exec-batch)$/.test(arg.value));
      const inner = at < 0 ? NOTHING : call.judge.words(call.args.slice(at + 1).map(found), NO_INPUT);
      return highest(verdict('read', 'fd looks for files', { tool: 'fd' }), inner);
    },
  },
  { names: 'locate mlocate plocate', source: 'from the man page', bare: { effect: 'read' } },
  { names: 'updatedb', source: 'from the man page', bare: { effect: 'local-write' } },
];

/** `{}` stands for names that are only known when it runs. */
function found(word: Arg): Arg {
  return word.value.includes('{}') ? unknownWord(word.value.replaceAll('{}', '$found')) : word;
}
