/** What makes, copies, moves and removes files, and changes who may use them. */

import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, lastName, names, namesFrom } from './common.ts';
import { DEVICE } from './devices.ts';
import { type Call, destroy, local, type Outcome, read, type Tool, terminal } from './table.ts';

/** Permissions that let everybody write, or nobody read. */
const OPEN = /^(0?[0-7]?(777|666)|0?000|([ugo]*[ao][ugoa]*)?[+=][rwxXst]*w[rwxXst]*)$/;

const ACL = {
  captureFirst: 'getfacl -R with the same paths, into a file',
  inverse: 'setfacl --restore of that file',
};

function onDevices(call: Call): { effect: 'destroy'; why: string } | undefined {
  const device = call.parsed.operands.at(-1);
  return device && DEVICE.test(device.value) && !/^\/dev\/(shm|fd|pts)\//.test(device.value)
    ? { effect: 'destroy', why: `${call.name} writes over the device ${device.value}` }
    : undefined;
}

/** `-i` asks about each file, from the terminal; a later `-f` takes that back. */
function asksEach(call: Call): { mode: 'terminal' } | undefined {
  let asks = false;
  for (const { name, value } of call.parsed.flags) {
    if (name === '-i' || name === '-I' || name === '--interactive')
      asks = !/^(never|no)$/.test(value?.value ?? '');
    else if (name === '-f' || name === '--force') asks = false;
  }
  return asks && call.stdin.kind === 'inherited' ? { mode: 'terminal' } : undefined;
}

function copying(call: Call): Partial<Outcome> | undefined {
  const asks = asksEach(call);
  const device = onDevices(call) ?? empties(call);
  return asks || device ? { ...asks, ...device } : undefined;
}

/** `cp /dev/null file` leaves nothing of it. */
function empties(call: Call): Partial<Outcome> | undefined {
  const [from, to] = call.parsed.operands;
  return call.name !== 'mv' && from?.value === '/dev/null' && to
    ? { effect: 'destroy', why: `${call.name} /dev/null empties ${to.text}` }
    : undefined;
}

function removes(call: Call): Partial<Outcome> | undefined {
  const words = [...call.parsed.operands, ...(call.parsed.rest ?? [])].map((arg) => arg.value);
  const asks = asksEach(call) ?? {};
  if (words.some((word) => /^(\/|\/\*|~|~\/|\.|\.\.|\*|\$\w+\/?\*?|\$\{\w+\}\/?\*?)$/.test(word)))
    return { scope: 'all', ...asks };
  const many =
    words.length > 1 || words.some((word) => /[*?]/.test(word)) || hasFlag(call.parsed, '-r -R --recursive');
  return many ? { scope: 'many', ...asks } : asks;
}

/** `-f` says that what is there may go. */
function moves(call: Call): Partial<Outcome> | undefined {
  const base = copying(call);
  return hasFlag(call.parsed, '-f --force') && !hasFlag(call.parsed, '-n --no-clobber -b --backup')
    ? { ...base, effect: 'destroy', why: 'mv -f overwrites what stands there' }
    : base;
}

/** `-s +10M` only adds. */
function grows(call: Call): Verdict | undefined {
  return /^[+>%]/.test(flagValue(call.parsed, '-s --size')?.value ?? '')
    ? verdict('local-write', 'truncate makes files longer', { inverse: 'truncate to the size from before' })
    : undefined;
}

export const fileChanges: readonly Tool[] = [
  {
    names: 'mkdir mkfifo mknod',
    source: DEBIAN,
    values: '-m --mode',
    bare: local({ resources: names, inverse: 'rm or rmdir of what it made' }),
  },
  {
    names: 'touch',
    source: DEBIAN,
    values: '-t -d --date -r --reference --time',
    bare: local({ resources: names, inverse: 'rm of what it made' }),
  },
  {
    names: 'mktemp',
    source: DEBIAN,
    values: '-p --tmpdir --suffix',
    switches: '-d -u -q -t --dry-run',
    bare: local({ dryRun: '-u --dry-run' }),
  },
  {
    names: 'ln link',
    source: DEBIAN,
    values: '-t --target-directory -S --suffix',
    bare: local({
      decide: asksEach,
      resources: lastName,
      captureFirst: 'readlink of the link, where it is there already',
      inverse: 'ln -sfn to where it pointed before, or rm of the link',
    }),
  },
  {
    names: 'install ginstall',
    source: DEBIAN,
    values: '-m --mode -o --owner -g --group -t --target-directory -S --suffix',
    bare: local({ decide: onDevices, resources: lastName }),
  },
  {
    names: 'split csplit',
    source: DEBIAN,
    values:
      '-l --lines -b --bytes -C --line-bytes -n --number -a --suffix-length -f --additional-suffix -t --separator --filter',
    bare: local({
      when: { '--filter': { effect: 'unknown', why: 'unknown: split runs a program for each part' } },
    }),
  },
  {
    names: 'cp gcp',
    source: DEBIAN,
    values: '-t --target-directory -S --suffix --no-preserve --sparse',
    bare: local({
      decide: copying,
      why: 'cp writes files',
      resources: lastName,
      inverse: 'rm of the copy (what it overwrote is gone, unless -b kept it)',
    }),
  },
  {
    names: 'mv gmv',
    source: DEBIAN,
    values: '-t --target-directory -S --suffix',
    bare: local({
      decide: (call) => moves(call),
      why: 'mv moves files',
      resources: names,
      inverse: 'mv the file back (what it overwrote is gone)',
    }),
  },
  {
    names: 'rename prename file-rename mmv rnm detox convmv',
    source: DEBIAN,
    switches: '-n --no-act --nono -v -f --dry-run',
    bare: local({
      dryRun: '-n --no-act --nono --dry-run',
      why: 'renames files',
      decide: asksEach,
      scope: 'many',
    }),
  },
  {
    names: 'chmod',
    source: DEBIAN,
    values: '--reference',
    bare: local({
      decide: (call) =>
        hasFlag(call.parsed, '-R --recursive') && OPEN.test(call.parsed.operands[0]?.value ?? '')
          ? { effect: 'destroy', why: 'chmod -R replaces the permissions of everything below', scope: 'many' }
          : hasFlag(call.parsed, '-R --recursive')
            ? { scope: 'many' }
            : undefined,
      why: 'chmod changes permissions',
      resources: (call) => names(call, hasFlag(call.parsed, '--reference') ? 0 : 1),
      ...ACL,
    }),
  },
  {
    names: 'chown chgrp',
    source: DEBIAN,
    values: '--reference --from',
    bare: local({
      when: {
        '-R --recursive': {
          effect: 'destroy',
          why: 'chown -R replaces the owner of everything below',
          scope: 'many',
        },
      },
      why: 'changes owners',
      resources: (call) => names(call, hasFlag(call.parsed, '--reference') ? 0 : 1),
      ...ACL,
    }),
  },
  {
    names: 'setfacl',
    source: DEBIAN,
    values: '-m --modify -x --remove -M -X --set --set-file --restore',
    bare: local({
      resources: names,
      ...ACL,
      switches: '--test -R --recursive -b --remove-all -k --remove-default',
      dryRun: '--test',
      decide: (call) =>
        hasFlag(call.parsed, '-R --recursive') && hasFlag(call.parsed, '-b --remove-all -k --remove-default')
          ? { effect: 'destroy', why: 'setfacl removes every list of rights under the folder' }
          : undefined,
    }),
  },
  {
    names: 'chattr',
    source: DEBIAN,
    bare: local({
      resources: namesFrom(1),
      captureFirst: 'lsattr of the file',
      inverse: 'chattr with - in place of +, or + in place of -',
    }),
  },
  { names: 'setfattr setcap', source: DEBIAN, values: '-n -v -x', bare: local() },
  {
    names: 'restorecon chcon fixfiles',
    source: DEBIAN,
    values: '-t --type -u --user -r --role -l --range --reference -e -f -T',
    bare: local({
      switches: '-n -v -R -F',
      dryRun: '-n',
      resources: names,
      decide: (call) => {
        if (call.name !== 'fixfiles') return undefined;
        const word = call.parsed.operands[0]?.value;
        return word === 'check' || word === 'verify'
          ? verdict('read', 'fixfiles check reads')
          : { effect: 'mutate' };
      },
    }),
  },
  { names: 'getfacl lsattr getfattr getcap getpcaps namei matchpathcon', source: DEBIAN, bare: read() },
  {
    names: 'rm grm unlink',
    source: DEBIAN,
    bare: destroy({ why: 'rm removes files', decide: removes, resources: names }),
  },
  {
    names: 'rmdir',
    source: DEBIAN,
    bare: destroy({ why: 'rmdir removes folders', resources: names, inverse: 'mkdir' }),
  },
  {
    names: 'shred srm wipe',
    source: DEBIAN,
    values: '-n --iterations -s --size',
    bare: destroy({ why: 'shreds files', resources: names }),
  },
  {
    names: 'truncate',
    source: DEBIAN,
    values: '-s --size -r --reference',
    bare: destroy({ why: 'truncate cuts files', resources: names, decide: grows }),
  },
  {
    names: 'trash trash-put',
    source: 'from documentation',
    bare: local({ resources: names, inverse: 'trash-restore' }),
  },
  {
    names: 'trash-empty trash-rm',
    source: 'help text or man page (Debian 12), and documentation: trash-cli',
    bare: destroy({ switches: '--dry-run -f', dryRun: '--dry-run' }),
  },
  {
    names: 'trash-list',
    source: 'help text or man page (Debian 12), and documentation: trash-cli',
    bare: read(),
  },
  {
    names: 'fallocate',
    source: DEBIAN,
    values: '-l --length -o --offset',
    bare: local({
      resources: names,
      when: { '-p -d -c -z --punch-hole --collapse-range --zero-range': { effect: 'destroy' } },
    }),
  },
  {
    names: 'patch',
    source: DEBIAN,
    values:
      '--quoting-style --reject-format --read-only -p -i --input -d --directory -o --output -r --reject-file -F --fuzz -D --ifdef -z --suffix -B --prefix -Y --basename-prefix -V --version-control -g --get --strip',
    switches: '--dry-run -R -N -b -f -t -s',
    bare: local({ dryRun: '--dry-run', inverse: 'patch -R with the same words' }),
  },
  {
    names: 'jdupes hardlink',
    source: DEBIAN,
    switches: '-n --dry-run -r -d -N',
    bare: local({
      dryRun: '-n --dry-run',
      decide: (call) =>
        call.name === 'jdupes'
          ? hasFlag(call.parsed, '-d --delete')
            ? { effect: 'destroy', ...(hasFlag(call.parsed, '-N --no-prompt --noprompt') ? {} : terminal) }
            : hasFlag(call.parsed, '-L --linkhard -l --linksoft -B --dedupe')
              ? undefined
              : verdict('read', 'jdupes lists duplicates')
          : undefined,
    }),
  },
];
