/** git, gh and glab. From the man pages of git 2.39, and documentation of gh 2 and glab 1. */
import { judgeHttp } from '../http.ts';
import { highest, unknown, type Verdict, verdict } from '../verdict.ts';
import { type Arg, flagValue, hasFlag, plain } from '../words.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  read,
  stream,
  type Tool,
  terminal,
} from './table.ts';

function push(call: Call): Partial<Outcome> | undefined {
  const refs = call.parsed.operands.slice(1).map((arg) => arg.value);
  if (refs.some((ref) => ref.startsWith('+') || ref.startsWith(':'))) {
    return { effect: 'destroy', why: 'git push overwrites or deletes the remote branch' };
  }
  return undefined;
}

function branch(call: Call): Partial<Outcome> | undefined {
  const { parsed } = call;
  if (hasFlag(parsed, '-D -d --delete')) return { effect: 'destroy', why: 'git branch -d deletes a branch' };
  if (
    hasFlag(parsed, '-a -r -v -vv -l --list --all --remotes --show-current --contains --merged --no-merged')
  )
    return undefined;
  return parsed.operands.length > 0 || hasFlag(parsed, '-m -M -c -C -u --set-upstream-to --move --copy')
    ? { effect: 'local-write' }
    : undefined;
}

function checkout(call: Call): Partial<Outcome> | undefined {
  const discards =
    call.parsed.rest?.length ||
    call.parsed.operands.some((arg) => arg.value === '.') ||
    hasFlag(call.parsed, '-f --force');
  return discards ? { effect: 'destroy', why: `git ${call.path} throws local changes away` } : undefined;
}

function tag(call: Call): Partial<Outcome> | undefined {
  if (hasFlag(call.parsed, '-d --delete')) return { effect: 'destroy', why: 'git tag -d deletes a tag' };
  if (hasFlag(call.parsed, '-l --list -n --contains --points-at')) return undefined;
  return call.parsed.operands.length > 0 ? { effect: 'local-write' } : undefined;
}

function config(call: Call): Partial<Outcome> | undefined {
  if (
    hasFlag(call.parsed, '--get --get-all --get-regexp -l --list --show-origin') ||
    /^(list|get)$/.test(call.parsed.operands[0]?.value ?? '')
  )
    return undefined;
  return call.parsed.operands.length > 1 ||
    hasFlag(call.parsed, '--unset --unset-all --add --edit -e --remove-section')
    ? { effect: 'local-write' }
    : undefined;
}

function listing(write: Partial<Outcome>): (call: Call) => Partial<Outcome> | undefined {
  return (call) => (call.parsed.operands.length > 0 ? write : undefined);
}

function api(call: Call): Verdict {
  const { parsed } = call;
  const url = parsed.operands[0]?.value ?? '';
  const fields = hasFlag(parsed, '-f --field -F --raw-field --input');
  const method = flagValue(parsed, '-X --method') ?? plain(fields ? 'POST' : 'GET');
  if (url === 'graphql') {
    const query = parsed.flags
      .map((flag) => flag.value?.value ?? '')
      .find((value) => value.startsWith('query='));
    const asks = query !== undefined && !/\bmutation\b|^query=[@$]/.test(query);
    return asks ? verdict('read', 'a GraphQL query reads') : verdict('mutate', 'GraphQL may change state');
  }
  const judged = judgeHttp({ method, url: `/${url}` });
  return { ...judged, targets: [] };
}

/** Options that make git itself run a program: settings, its own folder of programs, a pager, an external diff. */
const PROGRAM_SETTING =
  /^(core\.(pager|editor|sshcommand|fsmonitor|hookspath|askpass|gitproxy|alternaterefscommand)|alias\.|pager\.|diff\.[^=]*(external|command|textconv)|difftool\.|mergetool\.|merge\.[^=]*driver|filter\.|credential\.|gpg\.|protocol\.|sequence\.editor|uploadpack\.|remote\.[^=]*(uploadpack|receivepack|vcs)|interactive\.difffilter)/i;
const PROGRAM_OPTION =
  /^(--exec-path=|--config-env=|--upload-pack(=|$)|-O.|--open-files-in-pager=|--ext-diff$)/;

/** The rest is judged as if the option were not there, and never counts for less than unknown. */
function runsProgram(call: Pick<Call, 'args' | 'stdin' | 'judge'>): Verdict | undefined {
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

export const git: readonly Tool[] = [
  {
    names: 'git',
    source: 'from the man pages of git 2.39',
    values:
      '-C -c --git-dir --work-tree --namespace --super-prefix -m --message -n --max-count --since --until --author --grep --format --pretty -o --output',
    switches:
      '--no-pager -p --paginate --bare --no-replace-objects --literal-pathspecs --oneline --graph --stat --all',
    targets: { folder: '-C' },
    commands: {
      ...each(
        read({ when: { '--output': { effect: 'local-write', why: 'git writes its output to a file' } } }),
        'status, log, diff, show, blame, rev-parse, rev-list, ls-files, ls-remote, ls-tree, cat-file, describe, shortlog, grep, whatchanged, cherry, merge-base, name-rev, for-each-ref, show-ref, count-objects, fsck, var, version, help, check-ignore, verify-commit, verify-tag, range-diff, diff-tree, annotate, fast-export, archive',
      ),
      ...each(
        read(),
        'reflog, reflog show, stash list|show, bisect log|view, worktree list, submodule status|summary, notes list|show, lfs ls-files|env|status, remote show|get-url, maintenance, bundle verify|list-heads',
      ),
      remote: read(),
      'remote add|remove|rm|rename|set-url|set-head|update|prune': local(),
      branch: read({ decide: branch }),
      tag: read({ decide: tag }),
      config: read({ decide: config, when: { '-l --list': { readsSecrets: false } } }),
      ...each(
        local(),
        'fetch, pull, clone, add, merge, cherry-pick, revert, init, worktree add|move|lock|unlock|repair, mv, apply, am, format-patch, stash apply|push|save|create|store|branch, submodule init|update|add|sync, bisect start|good|bad|reset|skip, notes add, lfs install|pull|fetch|track, sparse-checkout, update-index, pack-refs, rerere, bundle create, gc, repack',
      ),
      stash: local(),
      commit: local({
        values: '-F --file -C -c',
        decide: (call) =>
          hasFlag(call.parsed, '-m --message -F --file -C --no-edit --amend') &&
          !(hasFlag(call.parsed, '--amend') && !hasFlag(call.parsed, '-m --message --no-edit'))
            ? undefined
            : terminal,
      }),
      ...each(local({ decide: checkout, values: '-b -B' }), 'checkout, switch'),
      rebase: local({ when: { '-i --interactive': terminal } }),
      restore: destroy({
        why: 'git restore throws local changes away',
        decide: (call) =>
          hasFlag(call.parsed, '-S --staged') && !hasFlag(call.parsed, '-W --worktree')
            ? verdict('local-write', 'git restore --staged unstages')
            : undefined,
      }),
      reset: local({
        when: {
          '--hard --merge --keep': {
            effect: 'destroy',
            why: 'git reset --hard throws commits or local changes away',
          },
        },
      }),
      push: mutate({
        values: '-o --push-option --repo --receive-pack --exec',
        switches: '--tags --all -u --set-upstream --force-with-lease --no-verify -n --dry-run',
        dryRun: '-n --dry-run',
        decide: push,
        inverse: 'git revert and push, or push the old commit with --force-with-lease',
        when: {
          '-f --force --mirror': {
            effect: 'destroy',
            why: 'git push --force replaces the history of the remote',
          },
          '-d --delete --prune': { effect: 'destroy', why: 'git push --delete removes a remote branch' },
          '--receive-pack --exec': {
            effect: 'unknown',
            why: 'unknown: git push runs a program on the remote',
          },
        },
      }),
      clean: destroy({
        why: 'git clean removes untracked files',
        switches: '-n --dry-run -d -x -X -f',
        dryRun: '-n --dry-run',
      }),
      ...each(
        destroy(),
        'rm, stash drop|clear|pop, filter-branch, filter-repo, reflog expire|delete, update-ref, worktree remove|prune, submodule deinit, prune, replace, symbolic-ref',
      ),
      'stash pop': local(),
      'symbolic-ref': read({ decide: listing({}) }),
      'bisect run': { effect: 'unknown', why: 'unknown: git bisect run runs a program' },
      'submodule foreach': { effect: 'unknown', why: 'unknown: git submodule foreach runs a command' },
      ...each(local(terminal), 'difftool, mergetool, gui, citool'),
      daemon: read(stream),
    },
    when: { '--upload-pack': { effect: 'unknown', why: 'unknown: git runs another program' } },
    judge: (call) => runsProgram(call),
  },
  {
    names: 'gh',
    source: 'from documentation: gh 2',
    values: `-q --jq -t --template --json -L --limit -H --header -X --method -f --field -F --raw-field --input -b --body --title -l --label -a --assignee -s --state
      -w --workflow --branch --ref --search --body-file -e --env -o --org --visibility --notes --log-failed -B --base --hostname --commit --event --user --job`,
    targets: { repository: '-R --repo' },
    commands: {
      ...each(
        read(),
        `status, version, auth status, help, search, search repos|issues|prs|code|commits, pr list|view|status|checks|diff, issue list|view|status, repo list|view, run list|view, workflow list|view,
        release list|view, gist list|view, label list, secret list, variable list|get, cache list, ruleset list|view|check, org list, project list|view, extension list|search, ssh-key list, codespace list, alias list, config get|list, browse`,
      ),
      'run watch': read(stream),
      'pr checks': read({ when: { '--watch': stream } }),
      'auth token': read({ readsSecrets: true }),
      api: read({ decide: api }),
      ...each(
        mutate(),
        `pr create|merge|edit|comment|review|ready|reopen|update-branch|lock, issue create|edit|comment|reopen|transfer|pin|develop, release create|edit|upload, run rerun, workflow run|enable, repo create|edit|rename|fork|sync|unarchive, label create|edit|clone,
        secret set, variable set, gist create|edit, project create|edit|item-add, ssh-key add, codespace create`,
      ),
      ...each(
        destroy(),
        'pr close, issue close|delete, repo delete|archive, release delete|delete-asset, run cancel|delete, workflow disable, label delete, secret delete|remove, variable delete, gist delete, cache delete, project delete, ssh-key delete, codespace delete',
      ),
      'issue close': mutate({ inverse: 'gh issue reopen' }),
      'pr close': mutate({ inverse: 'gh pr reopen' }),
      ...each(
        local(),
        'repo clone, pr checkout, release download, run download, config set, alias set, extension install, auth setup-git, gist clone, repo set-default',
      ),
      'auth login|refresh': local(terminal),
      'auth logout': local(),
    },
  },
  {
    names: 'glab',
    source: 'from documentation: glab 1',
    targets: { repository: '-R --repo' },
    values:
      '-F --output -P --per-page -p --page -b --branch -m --message -t --title -d --description -X --method -f --field',
    commands: {
      ...each(
        read(),
        'mr list|view|diff|approvers, issue list|view, ci list|view|status|get|lint, pipeline list|status, repo view|list|search, release list|view, variable list|get, label list, version, auth status',
      ),
      'ci trace': read(stream),
      api: read({ decide: api }),
      ...each(
        mutate(),
        'mr create|merge|update|approve|note|rebase|reopen, issue create|update|note|reopen, ci run|retry|trigger, release create|upload, variable set|update, label create',
      ),
      ...each(
        destroy(),
        'mr delete|close, issue delete|close, ci delete|cancel, release delete, variable delete, repo delete|archive',
      ),
    },
  },
  { names: 'git-lfs', source: 'from documentation', bare: local() },
  {
    names: 'svn hg',
    source: 'from documentation',
    bare: local({
      decide: (call) =>
        /^(status|st|log|info|diff|ls|list|cat|blame)$/.test(call.parsed.operands[0]?.value ?? '')
          ? verdict('read', `${call.name} reads`)
          : undefined,
    }),
  },
];
