/** Ways of writing a command differently that cannot make it safer. */
import { parse } from 'unbash';
import { quote } from '../../../core/shell/index.ts';

export type Rewrite = (command: string) => string;
export type Rewrites = Readonly<Record<string, Rewrite>>;

/** In front of one program with its words. */
export const PREFIXES: Rewrites = {
  sudo: (command) => `sudo ${command}`,
  'sudo -u': (command) => `sudo -n -u deploy -- ${command}`,
  env: (command) => `env X=1 ${command}`,
  'env -i': (command) => `env -i -u HOME PATH=/bin ${command}`,
  assignment: (command) => `X=1 ${command}`,
  timeout: (command) => `timeout -k 1 5 ${command}`,
  nohup: (command) => `nohup ${command}`,
  nice: (command) => `nice -n 5 ${command}`,
  ionice: (command) => `ionice -c 3 ${command}`,
  time: (command) => `time ${command}`,
  command: (command) => `command ${command}`,
  setsid: (command) => `setsid -w ${command}`,
  stdbuf: (command) => `stdbuf -oL ${command}`,
  flock: (command) => `flock -n /tmp/lock ${command}`,
  chroot: (command) => `chroot /mnt ${command}`,
  'ip netns': (command) => `ip netns exec blue ${command}`,
};

/** Text handed to a shell, or a block around it. */
export const SCRIPTS: Rewrites = {
  'sh -c': (command) => `sh -c ${quote(command, 'bash')}`,
  'bash -ec': (command) => `bash -e -c ${quote(command, 'bash')}`,
  'bash heredoc': (command) => `bash <<'RUNLINE'\n${command}\nRUNLINE`,
  'here-string': (command) => `bash <<< ${quote(command, 'bash')}`,
  eval: (command) => `eval ${quote(command, 'bash')}`,
  ssh: (command) => `ssh web-1 ${quote(command, 'bash')}`,
  'ssh heredoc': (command) => `ssh web-1 bash -s <<'RUNLINE'\n${command}\nRUNLINE`,
  exec: (command) => `kubectl exec -i app-0 -- sh -c ${quote(command, 'bash')}`,
  'sudo sh -c': (command) => `sudo -E sh -c ${quote(command, 'bash')}`,
  'su -c': (command) => `su - deploy -c ${quote(command, 'bash')}`,
  subshell: (command) => `(\n${command}\n)`,
  group: (command) => `{\n${command}\n}`,
  condition: (command) => `if true; then\n${command}\nfi`,
  loop: (command) => `for i in 1 2; do\n${command}\ndone`,
  case: (command) => `case x in\n*)\n${command}\n;;\nesac`,
  substitution: (command) => `echo "$(\n${command}\n)"`,
  'process substitution': (command) => `cat <(\n${command}\n)`,
  function: (command) => `step() {\n${command}\n}\nstep`,
  trap: (command) => `trap ${quote(command, 'bash')} EXIT`,
  watch: (command) => `watch -n 5 ${quote(command, 'bash')}`,
  xargs: (command) => `ls | xargs -I% sh -c ${quote(command, 'bash')}`,
};

/** The first word, which these need to be a plain one. */
const firstWord = /^[a-z][\w.-]*/;

/** The same words, quoted or spaced differently. */
export const WORDS: Rewrites = {
  'empty quotes': (command) => `${command[0]}''${command.slice(1)}`,
  backslash: (command) => `\\${command}`,
  'double quotes': (command) => command.replace(firstWord, '"$&"'),
  'single quotes': (command) => command.replace(firstWord, "'$&'"),
  'ANSI quotes': (command) => command.replace(firstWord, (word) => `$'${word}'`),
  'half quoted': (command) => `"${command[0]}"${command.slice(1)}`,
  'a folder in front': (command) => `/usr/bin/${command}`,
  'wide spaces': (command) => command.replace(firstWord, '$&  \t '),
  continuation: (command) => command.replace(firstWord, '$& \\\n  '),
  'leading continuation': (command) => `\\\n${command}`,
  'every word in double quotes': (command) => eachWord(command, (word) => `"${word}"`),
  'every word in single quotes': (command) => eachWord(command, (word) => `'${word}'`),
  'every word with empty quotes': (command) => eachWord(command, (word) => `${word}""`),
  'every word with a backslash': (command) => eachWord(command, (word) => `\\${word}`),
  'every word on a line of its own': (command) => betweenWords(command, ' \\\n  '),
};

export const TRAILERS: Rewrites = {
  comment: (command) =>
    `${command}${command.includes('\n') ? '\n' : ' '}# only looks, --dry-run=client --help`,
  'comment above': (command) => `# safe\n${command}`,
  'blank lines': (command) => `\n\n${command}\n\n`,
  background: (command) => `${command}\nwait`,
};

interface Place {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where the words of a plain command stand. */
export function wordsOf(command: string): readonly Place[] {
  const only = parse(command).commands[0]?.command;
  if (only?.type !== 'Command' || !only.name) return [];
  const found: Place[] = [];
  for (const part of [only.name, ...only.suffix]) {
    if (part.type === 'Word' || part.type === 'Assignment')
      found.push({ start: part.pos, end: part.end, text: command.slice(part.pos, part.end) });
  }
  return found;
}

function eachWord(command: string, rewrite: (word: string) => string): string {
  let result = command;
  for (const { start, end, text } of [...wordsOf(command)].reverse())
    if (/^[\w./:@%+-]+$/.test(text)) result = result.slice(0, start) + rewrite(text) + result.slice(end);
  return result;
}

function betweenWords(command: string, space: string): string {
  let result = command;
  for (const { start } of [...wordsOf(command)].slice(1).reverse())
    result = result.slice(0, start).trimEnd() + space + result.slice(start);
  return result;
}

interface Global {
  /** Flags that change nothing of what a command does to data. */
  readonly flags: string;
  /** `front`: only right behind the program; `sub`: from the sub-command on; `any`: wherever an option may stand. */
  readonly where: 'front' | 'sub' | 'any';
}

/** Flags that programs take with every sub-command. From their --help. */
export const GLOBALS: Readonly<Record<string, Global>> = {
  kubectl: { flags: '--v=6|-v 6|-n x|--context=x|--request-timeout=5s', where: 'any' },
  oc: { flags: '-n x|--context x', where: 'any' },
  helm: { flags: '--debug|-n x|--kube-context=x', where: 'any' },
  aws: { flags: '--region x|--debug|--profile=x|--no-cli-pager|--output json', where: 'any' },
  gcloud: { flags: '--quiet|--project x|--verbosity=info|--format=json', where: 'any' },
  az: { flags: '--only-show-errors|--debug|--output json|--subscription x', where: 'sub' },
  git: { flags: '-C x|--no-pager|--git-dir=x|--no-optional-locks', where: 'front' },
  docker: { flags: '--context x|-l debug|-H tcp://x:2376|--log-level=warn', where: 'front' },
  podman: { flags: '--log-level=debug|--remote', where: 'front' },
  'docker-compose': { flags: '-p x|-f x.yml|--ansi never', where: 'front' },
  terraform: { flags: '-chdir=x', where: 'front' },
  tofu: { flags: '-chdir=x', where: 'front' },
  psql: { flags: '-X|-q|-h x|--no-psqlrc', where: 'any' },
  mysql: { flags: '--ssl-mode=REQUIRED|-h x|-N', where: 'any' },
  'redis-cli': { flags: '-h x|-n 1|--no-auth-warning', where: 'front' },
  mongosh: { flags: '--quiet|--norc', where: 'any' },
  systemctl: { flags: '--no-pager|-q|--host=x', where: 'any' },
  journalctl: { flags: '--no-pager|-q', where: 'any' },
  ansible: { flags: '-v|-i x', where: 'any' },
  'ansible-playbook': { flags: '-v|-i x', where: 'any' },
  argocd: { flags: '--grpc-web|--server x', where: 'any' },
  etcdctl: { flags: '--endpoints=x|--debug', where: 'any' },
  ceph: { flags: '--cluster x', where: 'front' },
  rabbitmqctl: { flags: '-q|-n x', where: 'front' },
  gh: { flags: '-R acme/x', where: 'sub' },
  curl: { flags: '-s|--max-time 5|-H X-A:b|-k', where: 'any' },
  rsync: { flags: '-v|--timeout=5', where: 'any' },
  ssh: { flags: '-v|-o ConnectTimeout=5|-p 22', where: 'front' },
  rm: { flags: '-v|--one-file-system', where: 'any' },
  cp: { flags: '-v', where: 'any' },
  mv: { flags: '-v', where: 'any' },
  'apt-get': { flags: '-q|-o Dpkg::Use-Pty=0', where: 'any' },
  npm: { flags: '--loglevel=error|--prefix x', where: 'any' },
  find: { flags: '-L', where: 'front' },
};

/** A plain command with each global flag of its program at each legal place. */
export function withGlobals(command: string): string[] {
  const words = wordsOf(command);
  const global = GLOBALS[words[0]?.text ?? ''];
  if (!global || words.some(({ text }) => text === 'rsh')) return [];
  const end = words.findIndex((word) => word.text === '--');
  const usable = end < 0 ? words : words.slice(0, end);
  // Behind the leading words: an option there cannot be another option's value.
  const firstOption = usable.findIndex((word, i) => i > 0 && !/^[a-z][\w:-]*$/.test(word.text));
  const leading = usable.slice(0, firstOption < 0 ? usable.length : firstOption);
  const places = new Set<number>();
  if (global.where !== 'sub') places.add(leading[0]?.end ?? 0);
  if (global.where === 'any') for (const word of leading) places.add(word.end);
  if (global.where === 'sub' && leading.length > 1) places.add(leading.at(-1)?.end ?? 0);
  if (global.where !== 'front' && end < 0 && usable.length > 1) places.add(usable.at(-1)?.end ?? 0);
  return [...places].flatMap((at) =>
    global.flags.split('|').map((flag) => `${command.slice(0, at)} ${flag}${command.slice(at)}`),
  );
}
