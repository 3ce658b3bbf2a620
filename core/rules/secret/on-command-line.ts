import type { BlockText } from '../../runbook/types.ts';
import { excerpt, isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** A password among the arguments of a command. */
export const secretOnCommandLine: Rule = {
  id: 'secret/on-command-line',
  title: 'A secret is an argument of a command',
  severity: 'info',
  safety: true,
  docs: {
    what: 'Reports a password or token that a command gets as an argument, written out or from a variable: `mysql -p"$PW"`, `redis-cli -a "$PW"`, `docker login -p`, `sshpass -p`, `--password="$PW"`. Options without a value, files and environment variables are fine; a password that is written out behind `--password` is left to `secret/literal`.',
    why: 'While the command runs, everybody on that machine can read its arguments with `ps`; they also stand in audit logs and in the traces of a shell.',
    wrong: '```bash\nredis-cli -h cache-1 -a "$REDIS_PASSWORD" ping\n```',
    right: '```bash\nREDISCLI_AUTH="$REDIS_PASSWORD" redis-cli -h cache-1 ping\n```',
    source: 'CWE-214, Invocation of Process Using Visible Sensitive Information.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage)) return;
    if (!/\s-(?:[apPw]|pass|-pass|-token|-auth)/.test(block.content)) return;
    for (const statement of block.commands)
      for (const command of simpleCommands(block, statement)) {
        const found = secretArgument(peeled(command.words).words, block.content);
        if (found === null) continue;
        const { from, to, tool, instead, fix } = found;
        if (isLiteral(block, from, to)) continue;
        yield {
          at: { start: from.start, end: to.end },
          message: `\`${excerpt(optionOf(from.text), 30)}\` puts a secret among the arguments of \`${tool}\`, where \`ps\` shows it to everybody on that machine. ${instead}`,
          fixes: fix !== undefined && command.words[0] === fix.before ? fix.fixes : [],
        };
      }
  },
};

/** Whether `secret/literal` sees the value: an option that says what it is, and neither a variable nor something to be filled in. */
function isLiteral({ content, placeholders }: BlockText, from: ShellWord, to: ShellWord): boolean {
  return (
    /^(?:--[\w-]*passw(?:or)?d|-p.)/.test(from.value) &&
    !/[$`]/.test(content.slice(from.start, to.end)) &&
    !placeholders.some(({ start, end }) => start < to.end && end > from.start)
  );
}

interface Found {
  readonly from: ShellWord;
  readonly to: ShellWord;
  readonly tool: string;
  /** What to do, as a sentence. */
  readonly instead: string;
  /** Only where the program is the first word, behind which a variable can stand. */
  readonly fix?: { readonly before: ShellWord | undefined; readonly fixes: readonly BlockFix[] };
}

/** `--password=x` → `--password`, `-px` → `-p`: the value itself never enters a message. */
function optionOf(text: string): string {
  return /^--?[\w-]+(?==)/.exec(text)?.[0] ?? (/^--/.test(text) ? text : text.slice(0, 2));
}

const MYSQL = /^(?:mysql(?:dump|admin|import|check|show|pump)?|mariadb(?:-\w+)?)$/;
const MONGO = /^(?:mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|mongostat)$/;
/** Programs that run another one with the words behind. */
const CARRIER = /^(?:docker|podman|nerdctl|kubectl|oc|docker-compose|watch|timeout|xargs)$/;

/** The first secret among the words of a command, also of one that runs in a container. */
function secretArgument(words: readonly ShellWord[], content: string): Found | null {
  const first = baseName(words[0]);
  const at = CARRIER.test(first)
    ? words.findIndex(
        (word, i) =>
          i > 0 && (MYSQL.test(word.value) || MONGO.test(word.value) || word.value === 'redis-cli'),
      )
    : 0;
  const own = at > 0 ? words.slice(at) : words;
  const tool = baseName(own[0]);
  const rest = own.slice(1);
  if (MYSQL.test(tool)) {
    const word = rest.find(({ value }) => /^-p.+/.test(value) || /^--password=./.test(value));
    return word === undefined || !isSecret(valuePart(word))
      ? null
      : {
          from: word,
          to: word,
          tool,
          instead:
            'Keep it in an option file and name that with `--defaults-extra-file`, or let `-p` ask for it.',
        };
  }
  if (tool === 'redis-cli' || tool === 'valkey-cli') {
    const pair = pairOf(rest, /^(?:-a|--pass)$/);
    if (pair === null) return null;
    return {
      ...pair,
      tool,
      instead: 'Hand it over in the variable `REDISCLI_AUTH`.',
      fix: authFix(own, pair, content),
    };
  }
  if (MONGO.test(tool)) {
    const pair = pairOf(rest, /^(?:-p|--password)$/);
    return pair === null
      ? null
      : { ...pair, tool, instead: 'Leave the value out, and it asks; or keep it in a `--config` file.' };
  }
  if (tool === 'sshpass') {
    const word = rest.find(({ value }) => /^-p/.test(value));
    const to = word?.value === '-p' ? rest[rest.indexOf(word) + 1] : word;
    return word === undefined || to === undefined
      ? null
      : { from: word, to, tool, instead: 'Use a key; or `sshpass -e`, which reads the variable `SSHPASS`.' };
  }
  const login = rest.findIndex(({ value }) => value === 'login');
  if (
    /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|oc|cf|argocd|npm)$/.test(tool) &&
    login >= 0 &&
    login < 3
  ) {
    const pair = pairOf(rest.slice(login + 1), /^(?:-p|--password|--token)$/);
    if (pair === null) return null;
    const stdin = /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane)$/.test(tool);
    return {
      ...pair,
      tool,
      instead: stdin
        ? 'Give it on standard input: `--password-stdin`.'
        : 'Leave it out, and it asks; for scripts, use the login that the tool has for them.',
    };
  }
  if (tool === 'openssl') {
    const at = rest.findIndex(({ value }) => /^-pass(?:in|out)?$/.test(value));
    const word = rest[at + 1];
    return at < 0 || word === undefined || !/^pass:./.test(word.value)
      ? null
      : {
          from: rest[at] as ShellWord,
          to: word,
          tool,
          instead: 'Name where it is: `env:NAME`, `file:PATH` or `stdin`.',
        };
  }
  if (!/^[\w.-]+$/.test(tool) || SAFE.test(tool)) return null;
  const pair = pairOf(rest, /^--(?:db-|admin-|user-|root-)?(?:password|passwd)$/);
  return pair === null
    ? null
    : {
        ...pair,
        tool,
        instead: 'If it can read it from the environment, a file or standard input, hand it over that way.',
      };
}

/** Programs to which such an option means something else, or whose argument is the only way. */
const SAFE =
  /^(?:echo|printf|grep|rg|kubectl|git|psql|pg_dump|pg_restore|createuser|aws|gcloud|curl|wget|export|man)$/;

function baseName(word: ShellWord | undefined): string {
  return word?.value.replace(/^.*\//, '') ?? '';
}

function valuePart({ value }: ShellWord): string {
  return value.replace(/^(?:--[\w-]+=|-p)/, '');
}

/** `--password x` or `--password=x` with a secret in it. */
function pairOf(rest: readonly ShellWord[], option: RegExp): { from: ShellWord; to: ShellWord } | null {
  for (const [i, word] of rest.entries()) {
    const equals = word.value.indexOf('=');
    if (equals > 0 && option.test(word.value.slice(0, equals)))
      return isSecret(word.value.slice(equals + 1)) ? { from: word, to: word } : null;
    const next = rest[i + 1];
    if (option.test(word.value) && next !== undefined)
      return isSecret(next.value) && !next.value.startsWith('-') ? { from: word, to: next } : null;
  }
  return null;
}

/** Whether a value can be one: not nothing, not a path, not a switch. */
function isSecret(value: string): boolean {
  return value !== '' && !/^(?:true|false|none|null|file:|env:|@|\/|\.\/)/i.test(value);
}

/** `redis-cli -a X` → `REDISCLI_AUTH=X redis-cli`. */
function authFix(
  words: readonly ShellWord[],
  { from, to }: { from: ShellWord; to: ShellWord },
  content: string,
): Found['fix'] {
  const [program] = words;
  // A placeholder stands as another word here.
  if (program === undefined || from === to || content.slice(to.start, to.end) !== to.text)
    return { before: undefined, fixes: [] };
  const next = words[words.indexOf(to) + 1];
  return {
    before: program,
    fixes: [
      {
        title: 'Hand it over in the variable `REDISCLI_AUTH`',
        edits: [
          { start: program.start, end: program.start, newText: `REDISCLI_AUTH=${to.text} ` },
          ...(next === undefined
            ? [{ start: (words[words.indexOf(from) - 1] ?? program).end, end: to.end, newText: '' }]
            : [{ start: from.start, end: next.start, newText: '' }]),
        ],
        preferred: false,
      },
    ],
  };
}
