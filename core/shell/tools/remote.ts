/** Other machines: ssh and what copies to them. */
import { highest, sessionOpened, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque, joined, parseArgs, wordSet } from '../words.ts';
import { DEBIAN, names, valuesOf } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  type Tool,
  terminal,
} from './table.ts';

const SSH = 'help text or man page (Debian 12), and the man pages of OpenSSH 9.2';
/** `ssh` reads its words by itself. */
const SSH_PAGES = 'from documentation: the man pages of OpenSSH 9.2';
const SSH_VALUES = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w';
const SSH_SWITCHES = '-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y';
/** Settings whose value is a command of this machine. */
const SSH_PROGRAM =
  /^(proxycommand|localcommand|knownhostscommand|pkcs11provider|securitykeyprovider|remotecommand)\b(?!\s*=?\s*none)/i;

function ssh(call: Omit<Call, 'parsed' | 'path' | 'after'>): Verdict {
  const parsed = parseArgs(call.args, {
    values: wordSet(call.name === 'autossh' ? `${SSH_VALUES} -M` : SSH_VALUES),
    switches: wordSet(SSH_SWITCHES),
    style: 'gnu',
    stopAtOperand: true,
  });
  const [host, ...early] = parsed.rest ?? parsed.operands;
  // Options may stand behind the host too.
  const rest = parseArgs(early, {
    values: wordSet(SSH_VALUES),
    switches: wordSet(SSH_SWITCHES),
    style: 'gnu',
    stopAtOperand: true,
  });
  const flags = [...parsed.flags, ...rest.flags];
  const both = { ...parsed, flags };
  const jumps = flags.flatMap(({ name, value }) => (name === '-J' && value ? [value.value] : []));
  const targets = [
    ...(host === undefined ? [] : [{ kind: 'host', value: host.value }]),
    ...jumps.map((value) => ({ kind: 'jump host', value })),
  ];
  const far = { targets, tool: 'ssh', network: true };
  if (
    flags.some(
      ({ name, value }) =>
        (name === '-o' && SSH_PROGRAM.test(value?.value.trim() ?? '')) ||
        (name === '-F' && value?.value !== 'none' && value?.value !== '/dev/null'),
    )
  )
    return unknown('ssh runs a local command for the connection', far);
  if (hasFlag(both, '-V -G -Q')) return verdict('read', 'ssh prints about itself', { tool: 'ssh' });
  const control = flagValue(both, '-O')?.value;
  if (control !== undefined)
    return control === 'check' || control === 'proxy'
      ? verdict('read', 'ssh -O check asks about a connection', far)
      : verdict('mutate', `ssh -O ${control} changes a connection that is kept open`, far);
  if (hasFlag(both, '-N -W'))
    return verdict('mutate', 'ssh keeps a tunnel open', {
      ...far,
      mode: hasFlag(both, '-f') ? 'capture' : 'stream',
    });
  // A terminal that is asked for is one that the command may ask questions on.
  const terminalAsked = hasFlag(both, '-t') ? { mode: 'terminal' as const } : {};
  const words = rest.rest ?? rest.operands;
  const there = (inner: Verdict): Verdict => ({
    ...withDetails(inner, { network: true, targets: [...targets, ...inner.targets], ...terminalAsked }),
    tool: inner.tool ?? 'ssh',
  });
  if (words.length > 0) {
    if (words.length === 1 && words[0] !== undefined && isOpaque(words[0]))
      return unknown('ssh runs a command that is a variable', { ...far, ...terminalAsked });
    return there(highest(call.judge.script(joined(words)), verdict('read', 'on another machine')));
  }
  if (call.stdin.kind === 'text') {
    if (call.stdin.opaque) return unknown('ssh runs text that is only known when it runs', far);
    return there(call.judge.script(call.stdin.text));
  }
  if (call.stdin.kind === 'piped') return unknown(`ssh runs what ${call.stdin.from} gives it`, far);
  return sessionOpened('ssh opens a shell on another machine', { ...far, mode: 'terminal' });
}

/** `host:path`, `user@host:path`, `rsync://host/…`; a path that begins with `/` or `.` is none. */
const REMOTE = /^(?:rsync|sftp|scp):\/\/|^[^/.:][^/:]*:|^\[[^\]]+\]:/;

/** Copying to a remote path changes that machine, from one only this. */
function copies(call: Call): Partial<Outcome> | undefined {
  const operands = call.parsed.operands.map((arg) => arg.value);
  const last = operands.at(-1) ?? '';
  const network = operands.some((word) => REMOTE.test(word) || word.startsWith('$'));
  return REMOTE.test(last) || /^\$/.test(last)
    ? { effect: 'mutate', why: `${call.name} writes on another machine`, network }
    : { network };
}

const hostOf = (call: Call) =>
  call.parsed.operands
    .filter((arg) => !arg.value.startsWith('$'))
    .map((arg) => /^(?:(?:rsync|sftp|scp):\/\/([^/:]+)|([^/.:][^/:]*):)/.exec(arg.value))
    .flatMap((match) => (match ? [{ kind: 'host', value: match[1] ?? match[2] ?? '' }] : []));

const target = (call: Call): readonly string[] => names(call).slice(-1);

/** Lists, prints or checks a key, or makes one: its letters exclude each other. */
function keygen(call: Call): Partial<Outcome> | Verdict {
  const { parsed, stdin } = call;
  const has = (list: string) => hasFlag(parsed, list);
  if (
    has('-l -F -B -L -y -Q') ||
    (has('-Y') &&
      /^(verify|check-novalidate|find-principals|match-principals)$/.test(
        flagValue(parsed, '-Y')?.value ?? '',
      ))
  )
    return verdict('read', 'ssh-keygen shows a key or its print', { tool: 'ssh-keygen' });
  if (has('-e') && !has('-f')) return verdict('read', 'ssh-keygen -e prints a public key');
  if (has('-R'))
    return {
      effect: 'local-write',
      why: 'ssh-keygen -R forgets the key of a host',
      inverse: 'mv known_hosts.old back',
    };
  if (has('-p -c')) return { effect: 'local-write', ...(has('-P -N') ? {} : terminal) };
  if (has('-A')) return { why: 'ssh-keygen -A makes the keys of this host that are missing' };
  if (has('-s -H -Y -k -r -e -i')) return {};
  // Without a pass phrase and a file it asks for both, and before it overwrites.
  return stdin.kind === 'inherited' && !(has('-N') && has('-f'))
    ? { ...terminal, why: 'ssh-keygen makes a key' }
    : { why: 'ssh-keygen makes a key' };
}

/** A batch of sftp: everything it does stands in a file or on its input. */
function sftp(call: Call): Partial<Outcome> | undefined {
  const file = flagValue(call.parsed, '-b');
  const lines = call.stdin.kind === 'text' && !call.stdin.opaque ? call.stdin.text.split('\n') : null;
  if (file && file.value !== '-')
    return { effect: 'unknown', why: 'unknown: sftp -b runs the commands of a file' };
  if (!lines)
    return call.stdin.kind === 'inherited'
      ? { effect: 'unknown', why: 'unknown: it opens a connection that a person drives', ...terminal }
      : { effect: 'unknown', why: 'unknown: sftp runs its input' };
  const words = lines
    .map(
      (line) =>
        line
          .trim()
          .replace(/^[-@]+/, '')
          .split(/\s+/)[0]
          ?.toLowerCase() ?? '',
    )
    .filter((word) => word !== '');
  if (words.some((word) => /^(rm|rmdir|rename)$/.test(word)))
    return { effect: 'destroy', why: 'sftp removes or renames files' };
  if (words.some((word) => /^(put|mput|reput|mkdir|chmod|chown|chgrp|ln|symlink|copy|cp)$/.test(word)))
    return { effect: 'mutate', why: 'sftp writes on the other machine' };
  if (words.some((word) => /^(get|mget|reget|lmkdir)$/.test(word)))
    return { effect: 'local-write', why: 'sftp fetches files' };
  return words.every((word) =>
    /^(ls|dir|pwd|cd|lcd|lls|lpwd|df|stat|bye|exit|quit|help|version|progress)$/.test(word),
  )
    ? {}
    : { effect: 'unknown', why: 'unknown: sftp runs commands' };
}

const DELETES =
  '--delete --del --delete-after --delete-before --delete-during --delete-excluded --delete-delay --delete-missing-args';

export const remote: readonly Tool[] = [
  { names: 'ssh mosh autossh et', source: SSH_PAGES, network: true, judge: ssh },
  {
    names: 'scp',
    source: SSH,
    values: '-c -D -F -i -J -l -o -P -S -X',
    switches: '-r -p -q -C -v -3 -O -R -B -T',
    bare: local({ decide: copies, why: 'scp writes files here', resources: target }),
    findTargets: hostOf,
  },
  {
    names: 'sftp',
    source: SSH,
    values: '-b -B -c -D -F -i -J -l -o -P -R -S -s -X',
    network: true,
    findTargets: (call) =>
      call.parsed.operands.slice(0, 1).map((arg) => ({ kind: 'host', value: arg.value.replace(/:.*/, '') })),
    bare: read({ decide: sftp }),
  },
  {
    names: 'ssh-copy-id',
    source: SSH,
    values: '-i -p -o -F -t',
    switches: '-n -f -s -x',
    network: true,
    findTargets: (call) =>
      call.parsed.operands.slice(0, 1).map((arg) => ({ kind: 'host', value: arg.value })),
    bare: mutate({
      why: 'ssh-copy-id lets a key log in there',
      dryRun: '-n',
      inverse: 'removing the key from authorized_keys there',
    }),
  },
  {
    names: 'ssh-add',
    source: SSH,
    values: '-t -s -e -h -H -E -S -T',
    bare: local({
      why: 'ssh-add changes the keys of the agent',
      decide: (call) =>
        hasFlag(call.parsed, '-l -L -T')
          ? verdict('read', 'ssh-add -l lists keys')
          : hasFlag(call.parsed, '-D -d')
            ? { inverse: 'ssh-add of the same keys' }
            : call.stdin.kind === 'inherited' || hasFlag(call.parsed, '-x -X')
              ? terminal
              : undefined,
    }),
  },
  {
    names: 'ssh-keygen',
    source: SSH,
    values: '-f -t -b -C -N -P -R -F -I -n -V -z -s -D -a -E -m -r -w -Y -O -M -Z -W',
    switches: '-l -B -y -e -i -H -h -L -q -v -A -k -Q -p -c -g -u',
    bare: local({ decide: keygen, resources: valuesOf('-f -R') }),
  },
  { names: 'ssh-keyscan', source: SSH, values: '-f -p -t -T -O', network: true, bare: read() },
  {
    names: 'sshfs',
    source: SSH,
    values: '-p -o -F',
    network: true,
    findTargets: hostOf,
    bare: mutate({
      why: 'sshfs mounts a folder of another machine',
      resources: target,
      inverse: 'fusermount -u of the same path',
      when: { '-f -d': { mode: 'stream' } },
    }),
  },
  {
    names: 'sshd',
    source: SSH,
    values: '-f -p -o -C -c -E -g -h -u',
    bare: mutate({
      why: 'starts a server',
      when: { '-D -d': { mode: 'stream' } },
      decide: (call) =>
        hasFlag(call.parsed, '-t -T -V -G') ? verdict('read', 'sshd -t checks its configuration') : undefined,
    }),
  },
  {
    names: 'rsync',
    source: 'help text or man page (Debian 12), and documentation: rsync 3.2',
    values:
      '-e --rsh -f --filter --exclude --include --exclude-from --include-from --files-from --bwlimit --chmod --chown --backup-dir --suffix --password-file --rsync-path --debug --stderr --confine-root --checksum-choice --block-size --max-alloc --usermap --groupmap --contimeout --modify-window --copy-dest --compress-choice --compress-level --compress-threads --skip-compress --address --sockopts --outbuf --remote-option --log-file-format --early-input --stop-after --stop-at --write-batch --only-write-batch --read-batch --protocol --iconv --checksum-seed -B --timeout --port --log-file --partial-dir --link-dest --compare-dest --max-size --min-size -M --info --out-format -T --temp-dir --max-delete',
    switches:
      '-a -v -z -r -n --dry-run -P --progress --partial -u -h -H -x -c -i --stats --delete --delete-after --delete-before --delete-during --delete-excluded --remove-source-files --list-only -R -q -l -p -t -g -o -D -A -X -S -W -0 -b -m -I -O -J',
    findTargets: hostOf,
    bare: local({
      why: 'rsync writes files here',
      resources: target,
      decide: (call) => {
        const shell = flagValue(call.parsed, '-e --rsh')?.value ?? '';
        const program =
          (shell !== '' && (!/^(ssh|rsh)(\s|$)/.test(shell) || /proxycommand|localcommand/i.test(shell))) ||
          (hasFlag(call.parsed, '--rsync-path') &&
            !/^(sudo )?(\/usr\/bin\/)?rsync$/.test(flagValue(call.parsed, '--rsync-path')?.value ?? ''));
        if (program)
          return {
            effect: 'unknown',
            why: 'unknown: rsync runs another program for the connection',
            network: true,
          };
        if (call.args.some((arg) => arg.value === '--daemon'))
          return { effect: 'mutate', why: 'starts a server' };
        // With a source alone it lists.
        return call.parsed.operands.length === 1 &&
          call.parsed.rest === null &&
          !hasFlag(call.parsed, '--remove-source-files')
          ? verdict('read', 'rsync lists', { network: true })
          : copies(call);
      },
      dryRun: '-n --list-only --dry-run',
      when: {
        [DELETES]: { effect: 'destroy', why: 'rsync --delete removes what the source does not have' },
        '--remove-source-files': { effect: 'destroy', why: 'rsync removes the source files' },
      },
    }),
  },
  {
    names: 'rclone',
    source: 'help text or man page (Debian 12), and documentation: rclone 1.67',
    values:
      '--config --transfers --checkers --bwlimit --exclude --include --filter --filter-from --max-age --min-age --max-size --min-size --log-file --log-level --backup-dir --suffix -f',
    switches: '-n --dry-run -i --interactive -P --progress -v -q --fast-list',
    network: true,
    commands: {
      ...each(
        read(),
        'ls, lsl, lsd, lsf, lsjson, size, check, cryptcheck, checksum, about, version, listremotes, cat, tree, md5sum, sha1sum, hashsum, cryptdecode, backend features',
      ),
      ...each(
        mutate({ dryRun: '-n --dry-run', resources: target }),
        'copy, copyto, mkdir, touch, rcat, copyurl, settier, bisync',
      ),
      ...each(
        destroy({ dryRun: '-n --dry-run', resources: target }),
        'sync, delete, purge, move, moveto, deletefile, rmdir, rmdirs, cleanup, dedupe',
      ),
      sync: destroy({
        dryRun: '-n --dry-run',
        resources: target,
        why: 'rclone sync removes what the source does not have',
        preview: 'rclone sync --dry-run',
      }),
      link: mutate({ why: 'rclone link makes a public link' }),
      ...each(read({ network: false }), 'config file|paths|redacted, config providers'),
      ...each(read({ network: false, readsSecrets: true }), 'config show|dump'),
      ...each(
        local({ network: false }),
        'config create|update|password|touch, obscure, selfupdate, genautocomplete',
      ),
      'config delete': destroy({ network: false }),
      config: local(terminal),
      authorize: local(terminal),
      ncdu: read(terminal),
      mount: mutate({ mode: 'stream', when: { '--daemon': { mode: 'capture' } } }),
      ...each(mutate({ mode: 'stream' }), 'serve, rcd, nfsmount'),
      rc: mutate(),
    },
  },
  {
    names: 'lftp',
    source: DEBIAN,
    values: '-e -c -f -u -p -s',
    network: true,
    bare: runs('lftp takes commands', {
      decide: (call) => {
        const text = flagValue(call.parsed, '-c -e')?.value;
        if (text === undefined)
          return call.stdin.kind === 'inherited' && !hasFlag(call.parsed, '-f') ? terminal : undefined;
        return /(^|[;\s&])(rm|mrm|rmdir|mv)\s|--delete|-e\b.*mirror|mirror\b.*(\s-e\b|--Remove)/.test(text)
          ? { effect: 'destroy', why: 'lftp removes files' }
          : undefined;
      },
    }),
  },
  {
    names: 'vagrant',
    source: 'help text or man page (Debian 12), and documentation: Vagrant 2.4',
    values: '-c --command',
    commands: {
      ...each(
        read(),
        'status, global-status, version, validate, port, ssh-config, box list|outdated, plugin list, snapshot list',
      ),
      ...each(
        mutate(),
        'up, resume, reload, provision, box add|update, plugin install, snapshot save|push, package, init',
      ),
      ...each(destroy({ inverse: 'vagrant up' }), 'halt, suspend'),
      destroy: destroy({ asks: '-f --force' }),
      ...each(destroy(), 'box remove|prune, snapshot delete|restore|pop, plugin uninstall'),
      ssh: read({
        why: 'runs in the virtual machine',
        decide: (call) =>
          hasFlag(call.parsed, '-c --command') ? undefined : opensSession('vagrant opens a shell'),
        runs: (call) => {
          const text = flagValue(call.parsed, '-c --command');
          return text
            ? isOpaque(text)
              ? unknown('vagrant runs a command that is a variable')
              : call.judge.script(text.value)
            : undefined;
        },
      }),
    },
  },
];
