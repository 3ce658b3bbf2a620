/** What the words of a git command mean, where a table cannot say it. */
import { highest, unknown, type Verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, plain } from '../words.ts';
import { type Call, NO_INPUT, type Outcome, terminal } from './table.ts';

/** Words of `git push`: a remote, then what goes there. */
function pushed(call: Call): readonly Arg[] {
  return [...call.parsed.operands, ...(call.parsed.rest ?? [])].slice(1);
}

/** Refs that overwrite or delete; options are in the table. */
export function push(call: Call): Partial<Outcome> | undefined {
  const refs = pushed(call).map((arg) => arg.value);
  if (refs.some((ref) => ref.startsWith('+') || ref.startsWith(':')))
    return { effect: 'destroy', why: 'git push overwrites or deletes the remote branch' };
  return undefined;
}

/** `HEAD:main` and `+main` go to `main`. */
export function pushedNames(call: Call): readonly string[] {
  return pushed(call)
    .filter((arg) => !arg.dynamic)
    .map((arg) =>
      arg.value
        .replace(/^\+/, '')
        .replace(/^[^:]*:/, '')
        .replace(/^refs\/(heads|tags)\//, ''),
    )
    .filter((name) => name !== '' && name !== 'HEAD' && name !== '@');
}

/** The remote that the words name, and for a push its branch. */
export function remotes(call: Call) {
  if (!/^(push|fetch|pull|ls-remote|clone|remote update|remote prune|remote show)$/.test(call.path))
    return [];
  const [first] = call.parsed.operands;
  const everything = hasFlag(call.parsed, '--all --multiple') && call.path === 'fetch';
  if (!first || first.dynamic || everything) return [];
  const branches = /^(push|pull)$/.test(call.path) && pushed(call).length > 0 ? pushedNames(call) : [];
  return [
    { kind: call.path === 'clone' ? 'repository' : 'remote', value: first.value },
    ...branches.map((value) => ({ kind: 'branch', value })),
  ];
}

/** What a command leaves to the current remote, or the current branch. */
export const REMOTE_OPEN = { 'remote|repository': 'git remote -v' };
export const BRANCH_OPEN = { 'branch|tag': 'git branch --show-current' };
/** It talks to the remote. */
export const away: Partial<Outcome> = { network: true, leavesOpen: REMOTE_OPEN };

/** What to note before a commit is moved away from, and the way back to it. */
export const SHA = 'git rev-parse HEAD';
export const BACK = { captureFirst: SHA, inverse: 'git reset --keep to that commit' };
const BRANCH_SHA = {
  captureFirst: 'git rev-parse of the branch',
  inverse: 'git branch of the same name at that commit',
};
/** Changes that no commit holds. */
export const UNCOMMITTED = { captureFirst: 'git stash create, or git diff into a file' };

/** `-p` and `-i` ask about each piece. */
export const PIECES = { '-p --patch -i --interactive': terminal };

/** `git branch`: by its options. */
export function branch(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-D -d --delete'))
    return { effect: 'destroy', why: 'git branch -d deletes a branch', ...BRANCH_SHA };
  if (hasFlag(parsed, '--edit-description')) return { effect: 'local-write', ...terminal };
  if (
    hasFlag(
      parsed,
      '-a -r -v -vv -l --list --all --remotes --show-current --contains --no-contains --merged --no-merged --points-at --format',
    ) &&
    !hasFlag(parsed, '-m -M -c -C -f --force')
  )
    return undefined;
  if (hasFlag(parsed, '-f --force -M -C'))
    return {
      effect: 'destroy',
      why: 'git branch -f moves a branch, whose commits nothing may hold any more',
      ...BRANCH_SHA,
    };
  if (hasFlag(parsed, '-m --move')) return { effect: 'local-write', inverse: 'git branch -m back' };
  return parsed.operands.length > 0 || hasFlag(parsed, '-c -u --set-upstream-to --copy --unset-upstream')
    ? { effect: 'local-write', inverse: 'git branch -d of the new branch' }
    : undefined;
}

/** `git checkout FILE` cannot be told from a branch, except where a word says so. */
export function checkout(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  const makes = hasFlag(parsed, '-b -B -c -C --create --force-create --orphan');
  const discards =
    parsed.rest?.length ||
    parsed.operands.some((arg) => /^(\.|\.\/.*|:\/.*)$/.test(arg.value)) ||
    (call.path === 'checkout' && !makes && parsed.operands.length > 1) ||
    hasFlag(parsed, '-f --force --discard-changes --ours --theirs -p --patch --pathspec-from-file');
  const asks = hasFlag(parsed, '-p --patch') ? terminal : {};
  if (discards)
    return { effect: 'destroy', why: `git ${call.path} throws local changes away`, ...UNCOMMITTED, ...asks };
  return hasFlag(parsed, '-B -C --force-create')
    ? {
        effect: 'destroy',
        why: `git ${call.path} -B moves a branch, whose commits nothing may hold any more`,
        ...BRANCH_SHA,
      }
    : undefined;
}

/** `git tag`: by its options. */
export function tag(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-d --delete'))
    return {
      effect: 'destroy',
      why: 'git tag -d deletes a tag',
      captureFirst: 'git rev-parse of the tag',
      inverse: 'git tag of the same name at that commit',
    };
  if (hasFlag(parsed, '-l --list -n --contains --no-contains --points-at --merged -v --verify'))
    return undefined;
  if (parsed.operands.length === 0) return undefined;
  const editor =
    hasFlag(parsed, '-a -s --annotate --sign -u --local-user -e --edit') &&
    !hasFlag(parsed, '-m --message -F --file');
  return {
    effect: hasFlag(parsed, '-f --force') ? 'destroy' : 'local-write',
    ...(hasFlag(parsed, '-f --force')
      ? { why: 'git tag -f moves a tag', captureFirst: 'git rev-parse of the tag' }
      : {}),
    inverse: 'git tag -d of the same name',
    ...(editor || hasFlag(parsed, '-e --edit') ? terminal : {}),
  };
}

/** `git config`: whether it reads or sets. */
export function config(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  const [word] = parsed.operands;
  if (
    hasFlag(parsed, '--get --get-all --get-regexp --get-urlmatch -l --list --get-color --get-colorbool') ||
    /^(list|get)$/.test(word?.value ?? '')
  )
    return undefined;
  if (hasFlag(parsed, '-e --edit') || word?.value === 'edit') return { effect: 'local-write', ...terminal };
  const changes =
    parsed.operands.length > 1 ||
    hasFlag(parsed, '--unset --unset-all --add --replace-all --remove-section --rename-section') ||
    /^(set|unset|remove-section|rename-section)$/.test(word?.value ?? '');
  return changes
    ? {
        effect: 'local-write',
        captureFirst: 'git config --get of the same name',
        inverse: 'git config with the value from before',
      }
    : undefined;
}

/** Whether a commit opens the editor. */
export function commit(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-p --patch --interactive')) return terminal;
  if (hasFlag(parsed, '-e --edit')) return terminal;
  if (hasFlag(parsed, '-m --message -F --file --no-edit -C --reuse-message --fixup')) {
    const fixup = flagValue(parsed, '--fixup')?.value ?? '';
    return /^(amend|reword):/.test(fixup) && !hasFlag(parsed, '-m --message') ? terminal : undefined;
  }
  return terminal;
}

/** Sub-commands that open the editor unless told not to. */
export function edits(call: Call): Partial<Outcome> | undefined {
  const { parsed, path } = call;
  if (hasFlag(parsed, '--abort --quit --skip')) return undefined;
  if (path === 'revert')
    return hasFlag(parsed, '--no-edit -n --no-commit') || call.stdin.kind !== 'inherited'
      ? undefined
      : terminal;
  if (path === 'merge')
    return hasFlag(parsed, '-e --edit') && !hasFlag(parsed, '--no-edit') ? terminal : undefined;
  return hasFlag(parsed, '-e --edit -i --interactive --edit-todo') ? terminal : undefined;
}

/** `git bisect run`: the command behind it. */
export function bisect(call: Call): Verdict | undefined {
  return call.after.length === 0 ? undefined : call.judge.words(call.after, call.stdin);
}

/** Each module runs it as a line of a shell. */
export function foreach(call: Call): Verdict | undefined {
  const words = call.after.filter((arg, i) => i > 0 || !/^(--recursive|-q|--quiet)$/.test(arg.value));
  const rest = words.filter((arg, i) => i > 0 || !/^(--recursive|-q|--quiet)$/.test(arg.value));
  if (rest.length === 0) return undefined;
  return rest.length === 1 && rest[0] && !rest[0].dynamic
    ? call.judge.script(rest[0].value, NO_INPUT)
    : call.judge.words(rest, NO_INPUT);
}

/** The listing half of a command that makes something when it is given more words. */
export const listing =
  (write: Partial<Outcome>) =>
  (call: Call): Partial<Outcome> | undefined =>
    call.parsed.operands.length > 0 ? write : undefined;

/** Options that make git itself run a program: settings, its own folder of programs, a pager, an external diff. */
const PROGRAM_SETTING =
  /^(core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass|gitproxy|alternaterefscommand)|alias\.|pager\.|diff\.[^=]*(external|command|textconv)|difftool\.|mergetool\.|merge\.[^=]*driver|filter\.|credential\.|gpg\.|protocol\.|sequence\.editor|uploadpack\.|remote\.[^=]*(uploadpack|receivepack|vcs)|interactive\.difffilter)/i;
const PROGRAM_OPTION =
  /^(--exec-path=|--config-env=|--upload-pack(=|$)|-O.|--open-files-in-pager=|--ext-diff$)/;

/** The rest is judged as if the option were not there, and never counts for less than unknown. */
export function runsProgram(call: Pick<Call, 'args' | 'stdin' | 'judge'>): Verdict | undefined {
  const rest: Arg[] = [];
  let found = false;
  for (let i = 0; i < call.args.length; i++) {
    const arg = call.args[i] as Arg;
    if (arg.value === '--') {
      rest.push(...call.args.slice(i));
      break;
    }
    const setting = arg.value === '-c' ? call.args[i + 1] : undefined;
    if (
      setting &&
      PROGRAM_SETTING.test(setting.value) &&
      !/=(cat|less|false|true|0|1)?$/.test(setting.value)
    ) {
      found = true;
      i++;
    } else if (PROGRAM_OPTION.test(arg.value) || /^ext::/.test(arg.value)) found = true;
    else rest.push(arg);
  }
  if (!found) return undefined;
  return highest(
    call.judge.words([plain('git'), ...rest], call.stdin),
    unknown('git runs a program that the command names', { tool: 'git' }),
  );
}
