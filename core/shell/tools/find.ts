/** find, fd, and what waits for files to change. */
import { judgeFile } from '../redirect.ts';
import { highest, NOTHING, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type Arg, hasFlag, unknownWord, wordSet } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES } from './common.ts';
import { isSecretFile } from './secretFiles.ts';
import { NO_INPUT, read, stream, type Tool } from './table.ts';

/** Tests and actions whose next word is their value, so that no name among them is taken for an action. */
const VALUED = wordSet(
  `-amin -anewer -atime -cmin -cnewer -context -ctime -D -files0-from -fprint -fprint0 -fls -fstype -gid -group -ilname -iname -inum
  -ipath -iregex -iwholename -links -lname -maxdepth -mindepth -mmin -mtime -name -newer -path -perm -printf -regex -regextype -samefile
  -size -type -uid -used -user -wholename -xtype -f -mnewer -Bmin -Btime -Bnewer -flags`,
);

export const find: readonly Tool[] = [
  {
    names: 'find gfind bfs',
    source: 'from documentation: the man page of findutils 4.9',
    noHelp: true,
    judge: (call) => {
      let result: Verdict = verdict('read', 'find looks for files', { tool: 'find' });
      const { args } = call;
      for (let i = 0; i < args.length; i++) {
        const word = args[i]?.value ?? '';
        if (word === '-delete')
          result = highest(
            verdict('destroy', 'find -delete removes files', {
              scope: 'many',
              tool: 'find',
              preview: 'find with the same words and -print in place of -delete',
            }),
            result,
          );
        else if (/^-(fprint|fprint0|fprintf|fls)$/.test(word)) {
          const written = judgeFile(args[i + 1]?.value ?? 'a file', false, false);
          result = highest(
            result,
            written === NOTHING
              ? NOTHING
              : highest(written, verdict('local-write', `find ${word} writes a file`)),
          );
          i += word === '-fprintf' ? 2 : 1;
        } else if (/^-(exec|execdir|ok|okdir)$/.test(word)) {
          const end = args.findIndex(
            (arg, at) => at > i && (arg.value === ';' || (arg.value === '+' && args[at - 1]?.value === '{}')),
          );
          const stop = end < 0 ? args.length : end;
          const judged = call.judge.words(args.slice(i + 1, stop).map(found), NO_INPUT);
          const asks = word.startsWith('-ok') ? { mode: 'terminal' as const } : {};
          const changes = judged.risk !== 'read-only';
          result = highest(
            result,
            withDetails(judged, {
              ...asks,
              scope: changes ? 'many' : judged.scope,
              ...(changes ? { preview: `find with the same words and -print in place of ${word}` } : {}),
              ...(printsSecrets(args, i, judged.tool) ? { readsSecrets: true } : {}),
            }),
          );
          i = stop;
        } else if (/^-newer[aBcmt][aBcmt]$/.test(word) || VALUED.has(word)) i++;
      }
      return result;
    },
  },
  {
    names: 'fd fdfind',
    source: 'from documentation: fd 9',
    judge: (call) => {
      const at = call.args.findIndex((arg) => /^(-x|-X|--exec|--exec-batch)$/.test(arg.value));
      const run = at < 0 ? NOTHING : call.judge.words(call.args.slice(at + 1).map(found), NO_INPUT);
      return highest(
        verdict('read', 'fd looks for files', { tool: 'fd' }),
        run.risk === 'read-only' ? run : withDetails(run, { scope: 'many' }),
      );
    },
  },
  { names: 'locate mlocate plocate', source: DEBIAN, bare: { effect: 'read' } },
  { names: 'updatedb', source: DEBIAN_PAGES, bare: { effect: 'local-write' } },
  {
    names: 'inotifywait inotifywatch fswatch fatrace',
    source: 'help text or man page (Debian 12), and documentation: inotify-tools 3.22, fswatch 1.17',
    values:
      '-e --event -t --timeout --exclude --include --format --timefmt -o --outfile --fromfile -c -w -s -f',
    switches: '-m --monitor -r --recursive -q --quiet -d --daemon -1 --one-event',
    bare: read({
      decide: (call) => {
        const { name, parsed } = call;
        const written =
          name.startsWith('inotify') && hasFlag(parsed, '-o --outfile -d --daemon')
            ? { effect: 'local-write' as const }
            : {};
        const endless =
          name === 'inotifywait'
            ? hasFlag(parsed, '-m --monitor')
            : !hasFlag(parsed, '-t --timeout -1 --one-event -s');
        return endless ? { ...stream, ...written } : written;
      },
    }),
  },
];

/** `-name .env -exec cat {} \;`: what it prints is named by a test. */
function printsSecrets(args: readonly Arg[], upTo: number, tool: string | null): boolean {
  if (!/^(cat|head|tail|less|more|grep|strings|base64|xxd|tac|nl)$/.test(tool ?? '')) return false;
  return args
    .slice(0, upTo)
    .some(
      (arg, i) =>
        /^-i?(name|path|wholename)$/.test(args[i - 1]?.value ?? '') &&
        isSecretFile(arg.value.replace(/\*$/, '')),
    );
}

/** `{}` stands for names that are only known when it runs. */
function found(word: Arg): Arg {
  return word.value.includes('{}') ? unknownWord(word.value.replaceAll('{}', '$found')) : word;
}
