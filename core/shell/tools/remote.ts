/** Other machines: ssh and what copies to them. From ssh, scp (OpenSSH 9.2) and rsync (3.2) --help. */
import { highest, unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { hasFlag, isOpaque, joined, parseArgs, wordSet } from '../words.ts';
import { type Call, destroy, local, mutate, type Outcome, runs, type Tool, terminal } from './table.ts';

const SSH_VALUES = '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -P -Q -R -S -W -w';

function ssh(call: Omit<Call, 'parsed' | 'path' | 'after'>): Verdict {
  const parsed = parseArgs(call.args, {
    values: wordSet(SSH_VALUES),
    switches: wordSet('-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y'),
    style: 'gnu',
    stopAtOperand: true,
  });
  const [host, ...early] = parsed.rest ?? parsed.operands;
  const targets = host === undefined ? [] : [{ kind: 'host', value: host.value }];
  if (
    parsed.flags.some(
      (flag) => /^(-o|-F)$/.test(flag.name) && /proxycommand|localcommand|^\//i.test(flag.value?.value ?? ''),
    )
  )
    return unknown('ssh runs a local command for the connection', { targets, tool: 'ssh' });
  if (hasFlag(parsed, '-V -G -Q')) return verdict('read', 'ssh prints about itself', { tool: 'ssh' });
  if (hasFlag(parsed, '-N'))
    return verdict('mutate', 'ssh keeps a tunnel open', { mode: 'stream', targets, tool: 'ssh' });
  // Options may stand behind the host too.
  const rest = parseArgs(early, {
    values: wordSet(SSH_VALUES),
    switches: wordSet('-t -T -n -q -v -A'),
    style: 'gnu',
    stopAtOperand: true,
  });
  const words = rest.rest ?? rest.operands;
  if (words.length > 0) {
    if (words.length === 1 && words[0] !== undefined && isOpaque(words[0]))
      return unknown('ssh runs a command that is a variable', { targets, tool: 'ssh' });
    const inner = call.judge.script(joined(words));
    return {
      ...withDetails(highest(inner, verdict('read', 'on another machine')), {
        targets: [...targets, ...inner.targets],
      }),
      tool: inner.tool ?? 'ssh',
    };
  }
  if (call.stdin.kind === 'text') {
    if (call.stdin.opaque)
      return unknown('ssh runs text that is only known when it runs', { targets, tool: 'ssh' });
    const inner = call.judge.script(call.stdin.text);
    return { ...withDetails(inner, { targets: [...targets, ...inner.targets] }), tool: inner.tool ?? 'ssh' };
  }
  if (call.stdin.kind === 'piped')
    return unknown(`ssh runs what ${call.stdin.from} gives it`, { targets, tool: 'ssh' });
  return unknown('ssh opens a shell on another machine', { mode: 'terminal', targets, tool: 'ssh' });
}

/** Copying to a remote path changes that machine, from one only this. */
function copies(call: Call): Partial<Outcome> | undefined {
  const last = call.parsed.operands.at(-1)?.value ?? '';
  return /^[^/.][^/]*:|^rsync:\/\/|^\$/.test(last)
    ? { effect: 'mutate', why: `${call.name} writes on another machine` }
    : undefined;
}

const hostOf = (call: Call) =>
  call.parsed.operands
    .map((arg) => /^([^/.][^/:]*):/.exec(arg.value)?.[1])
    .filter((host) => host !== undefined)
    .map((value) => ({ kind: 'host', value }));

export const remote: readonly Tool[] = [
  { names: 'ssh mosh autossh', source: 'ssh (OpenSSH 9.2)', judge: ssh },
  {
    names: 'scp',
    source: 'scp (OpenSSH 9.2)',
    values: '-c -D -F -i -J -l -o -P -S',
    switches: '-r -p -q -C -v -3',
    bare: local({ decide: copies, why: 'scp writes files here' }),
    findTargets: hostOf,
  },
  {
    names: 'rsync',
    source: 'rsync --help (3.2)',
    values:
      '-e --rsh -f --filter --exclude --include --exclude-from --include-from --bwlimit --chmod --backup-dir --password-file --rsync-path -B --timeout --port',
    switches:
      '-a -v -z -r -n --dry-run -P --progress --partial -u -h -H -x -c -i --stats --delete --delete-after --delete-before --delete-during --delete-excluded --remove-source-files --list-only -R -q',
    findTargets: hostOf,
    bare: local({
      why: 'rsync writes files here',
      decide: copies,
      dryRun: '-n --dry-run --list-only',
      when: {
        '--delete --del --delete-after --delete-before --delete-during --delete-excluded --delete-delay --delete-missing-args':
          { effect: 'destroy', why: 'rsync --delete removes what the source does not have' },
        '--remove-source-files': { effect: 'destroy', why: 'rsync removes the source files' },
      },
    }),
  },
  {
    names: 'rclone',
    source: 'from documentation',
    values: '--config --transfers',
    commands: {
      'ls|lsl|lsd|lsf|size|check|about|version|listremotes|cat|tree': { effect: 'read' },
      'copy|copyto|mkdir|touch|rcat': mutate(),
      'sync|delete|purge|move|moveto|deletefile|rmdir|rmdirs|cleanup|dedupe': destroy(),
      config: local(terminal),
      mount: mutate({ mode: 'stream' }),
      serve: mutate({ mode: 'stream' }),
    },
  },
  {
    names: 'vagrant',
    source: 'from documentation',
    commands: {
      'status|global-status|version': { effect: 'read' },
      'up|resume|reload|provision': mutate(),
      'halt|suspend|destroy': destroy(),
      ssh: runs('vagrant opens a shell', terminal),
    },
  },
];
