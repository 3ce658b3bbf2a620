/** git. What runs on a remote is marked with `network`; a remote and a branch that are not named are whatever is current. */
import { verdict } from '../verdict.ts';
import { hasFlag, plain } from '../words.ts';
import { names, namesFrom } from './common.ts';
import {
  away,
  BACK,
  BRANCH_OPEN,
  bisect,
  branch,
  checkout,
  commit,
  config,
  edits,
  foreach,
  listing,
  PIECES,
  push,
  pushedNames,
  REMOTE_OPEN,
  remotes,
  runsProgram,
  SHA,
  tag,
  UNCOMMITTED,
} from './gitWords.ts';
import { destroy, each, local, mutate, read, stream, type Tool, terminal } from './table.ts';

const SOURCE = 'help text or man page (Debian 12), and the man pages of git 2.39';

export const git: readonly Tool[] = [
  {
    names: 'git',
    source: SOURCE,
    values:
      '-C -c --git-dir --work-tree --namespace --super-prefix --config-env -m --message --max-count --since --until --after --before --author --committer --grep --format --pretty -o --output -S -G -L --date --diff-filter --sort --depth --branch --reference',
    switches:
      '--no-pager -P -p --paginate --bare --no-replace-objects --literal-pathspecs --no-optional-locks --oneline --graph --stat --all -q --quiet -v --verbose',
    targets: { folder: '-C' },
    findTargets: remotes,
    commands: {
      ...each(
        read({
          values: '-n -U',
          when: { '--output': { effect: 'local-write', why: 'git writes its output to a file' } },
        }),
        'log, diff, show, blame, rev-list, shortlog, grep, whatchanged, cherry, range-diff, diff-tree, diff-index, diff-files, annotate',
      ),
      ...each(
        read(),
        'status, rev-parse, ls-files, ls-tree, cat-file, describe, merge-base, name-rev, for-each-ref, show-ref, show-branch, count-objects, fsck, var, version, help, check-ignore, check-attr, check-ref-format, verify-commit, verify-tag, verify-pack, fast-export, merge-tree, get-tar-commit-id, patch-id, diagnose, show-index, stripspace, interpret-trailers, column, check-mailmap, for-each-repo',
      ),
      archive: read({
        values: '-o --output --prefix --format --remote',
        when: {
          '-o --output': { effect: 'local-write', why: 'git archive writes a file' },
          '--remote': { network: true },
        },
      }),
      'ls-remote': read(away),
      ...each(
        read(),
        'reflog, reflog show|exists, stash list|show, bisect log|view|visualize|terms, worktree list, submodule status|summary, notes list|show|get-ref, lfs ls-files|env|status|logs, remote get-url, bundle verify|list-heads, sparse-checkout list|check-rules, commit-graph verify, multi-pack-index verify, maintenance is-needed',
      ),
      'interpret-trailers': read({ when: { '--in-place': { effect: 'local-write' } } }),
      'for-each-repo': { effect: 'unknown', why: 'unknown: git for-each-repo runs a command' },
      remote: read(),
      'remote show': read({ ...away, when: { '-n': { network: false } } }),
      'remote add': local({ inverse: 'git remote remove of the same name', resources: 'first' }),
      'remote rename': local({ inverse: 'git remote rename back', resources: 'first' }),
      'remote set-url': local({
        resources: 'first',
        captureFirst: 'git remote get-url --all of the remote',
        inverse: 'git remote set-url with the address from before',
      }),
      'remote remove|rm': local({
        resources: 'first',
        captureFirst: 'git remote -v',
        inverse: 'git remote add with the address from before',
      }),
      'remote set-head|set-branches': local(),
      ...each(local(away), 'remote update'),
      'remote prune': local({
        ...away,
        switches: '-n --dry-run',
        dryRun: '-n --dry-run',
        why: 'git remote prune forgets branches that the remote no longer has',
      }),
      branch: read({
        decide: branch,
        values: '--contains --no-contains --merged --no-merged -u --set-upstream-to --points-at --format',
        switches: '-m -M -d -D -f -a -r -v -vv -q',
        resources: (call) =>
          hasFlag(call.parsed, '-D -d --delete -f --force -m -M -c -C')
            ? names(call)
            : names(call).slice(0, 1),
      }),
      tag: read({
        decide: tag,
        values:
          '--cleanup --contains --no-contains --merged --no-merged -F --file -u --local-user --points-at',
        switches: '-l -a -s -f -d -n -v',
        resources: (call) => (hasFlag(call.parsed, '-d --delete') ? names(call) : names(call).slice(0, 1)),
      }),
      config: read({ decide: config, values: '-f --file --blob --type --default' }),
      ...each(
        local(),
        'init, mv, format-patch, stash create|store|branch, submodule init|add|sync|absorbgitdirs|set-branch|set-url, lfs install|track|migrate|untrack, update-index, pack-refs, rerere, repack, read-tree, write-tree, commit-tree, hash-object, mktag, mktree, unpack-objects, index-pack, pack-objects, commit-graph write, multi-pack-index write, maintenance start|stop|register|unregister|run, bugreport, credential approve|reject, fast-import, hook, backfill, refs verify, request-pull',
      ),
      'credential fill': read({ readsSecrets: true }),
      'lfs fetch': local(away),
      'lfs pull': local(away),
      'lfs push': mutate(away),
      'lfs lock': mutate(away),
      'lfs unlock': mutate(away),
      'lfs prune': destroy({ switches: '--dry-run -d', dryRun: '--dry-run -d' }),
      add: local({
        values: '--pathspec-from-file --chmod',
        resources: names,
        inverse: 'git restore --staged of the same paths',
        switches: '-n --dry-run -A -u -f -p -i -e -N',
        dryRun: '-n --dry-run',
        when: { ...PIECES, '-e --edit': terminal },
      }),
      merge: local({
        ...BACK,
        resources: names,
        values: '--cleanup -s --strategy -X --strategy-option -F --file --into-name',
        inverse: 'git merge --abort while it stands, else git reset --keep ORIG_HEAD',
        decide: edits,
        when: { '--abort': { effect: 'destroy', why: 'git merge --abort throws the merge away' } },
      }),
      'cherry-pick': local({
        ...BACK,
        resources: names,
        values: '--cleanup --strategy-option --strategy -X -m --mainline',
        decide: edits,
        when: {
          '--abort': { effect: 'destroy', why: 'git cherry-pick --abort throws the state of now away' },
        },
      }),
      revert: local({
        switches: '--reference',
        ...BACK,
        resources: names,
        values: '--cleanup --strategy-option --strategy -X -m --mainline',
        decide: (call) => (hasFlag(call.parsed, '-e --edit') ? terminal : undefined),
        when: { '--abort': { effect: 'destroy', why: 'git revert --abort throws the state of now away' } },
      }),
      am: local({
        ...BACK,
        when: {
          '-i --interactive': terminal,
          '--abort': { effect: 'destroy', why: 'git am --abort throws the state of now away' },
        },
      }),
      apply: local({
        inverse: 'git apply -R of the same patch',
        preview: 'git apply --check',
        dryRun: '--check --stat --numstat --summary',
        switches: '--check --stat --numstat --summary --apply -R --reverse -3 --3way --index --cached',
        values: '-p -C --directory --include --exclude --whitespace',
      }),
      fetch: local({
        values:
          '--upload-pack -j --jobs --shallow-since --shallow-exclude --deepen --refmap --server-option --negotiation-tip --filter',
        ...away,
        switches: '-m --dry-run --all -p --prune --tags -t -f -n',
        dryRun: '--dry-run',
        why: 'git fetch takes new commits from the remote',
      }),
      pull: local({
        network: true,
        leavesOpen: { ...REMOTE_OPEN, ...BRANCH_OPEN },
        ...BACK,
        values: '-s --strategy -X --depth',
        switches: '--dry-run',
        dryRun: '--dry-run',
        why: 'git pull takes new commits from the remote, and merges them',
      }),
      clone: local({
        network: true,
        values:
          '--reference-if-able --upload-pack --shallow-exclude --config --server-option --bundle-uri -b --branch -o --origin -u --reference --separate-git-dir -j --jobs --filter --template --shallow-since',
        leavesOpen: {},
        resources: (call) => names(call, 1),
        inverse: 'rm -r of the new folder',
      }),
      'submodule update': local(away),
      'submodule foreach': read({ why: 'runs in each module', runs: foreach }),
      'submodule deinit': destroy({ resources: names, inverse: 'git submodule update --init' }),
      ...each(local({ inverse: 'git stash pop' }), 'stash push|save'),
      stash: local({ inverse: 'git stash pop', when: PIECES }),
      'stash push': local({
        switches: '-S',
        values: '--pathspec-from-file',
        inverse: 'git stash pop',
        when: PIECES,
        resources: namesFrom(0),
      }),
      ...each(local(), 'stash apply|pop'),
      'stash drop': destroy({
        captureFirst: 'git rev-parse of the stash',
        inverse: 'git stash store of that commit',
        resources: names,
      }),
      'stash clear': destroy({
        captureFirst: 'git log --walk-reflogs --format=%H refs/stash, into a file',
        scope: 'all',
        why: 'git stash clear drops every stash',
      }),
      commit: local({
        values:
          '--pathspec-from-file -F --file -C -c --fixup --squash --author --date -t --template --cleanup --reuse-message --reedit-message --trailer',
        switches: '-o --branch -n --no-verify --no-edit --amend -a --all -s -S --dry-run -p -e --allow-empty',
        dryRun: '--short --porcelain --dry-run',
        captureFirst: SHA,
        inverse: 'git reset --soft HEAD~1, or to the commit from before where it amends',
        decide: commit,
      }),
      ...each(
        local({
          decide: checkout,
          values: '-b -B -c -C --create --force-create --orphan --conflict --pathspec-from-file',
          switches: '-f -q -m -p -t -l -d --detach',
          inverse: 'git switch -',
          resources: names,
        }),
        'checkout, switch',
      ),
      'checkout-index': destroy({ why: 'git checkout-index writes over files' }),
      rebase: local({
        switches: '-m',
        values: '--whitespace --strategy-option --onto -s --strategy -X -x --exec',
        captureFirst: SHA,
        inverse: 'git rebase --abort while it stands, else git reset --hard ORIG_HEAD',
        when: {
          '-i --interactive --edit-todo': terminal,
          '-x --exec': { effect: 'unknown', why: 'unknown: git rebase --exec runs a command' },
          '--abort': { effect: 'destroy', why: 'git rebase --abort throws the state of now away' },
        },
      }),
      restore: destroy({
        why: 'git restore throws local changes away',
        values: '-s --source --conflict --pathspec-from-file',
        switches: '-m -S --staged -W --worktree -p --patch -q',
        resources: names,
        ...UNCOMMITTED,
        when: PIECES,
        decide: (call) =>
          hasFlag(call.parsed, '-S --staged') && !hasFlag(call.parsed, '-W --worktree')
            ? verdict('local-write', 'git restore --staged unstages', {
                inverse: 'git add of the same paths',
                ...(hasFlag(call.parsed, '-p --patch') ? { mode: 'terminal' } : {}),
              })
            : undefined,
      }),
      reset: local({
        values: '--pathspec-from-file',
        ...BACK,
        resources: names,
        inverse: 'git reset of the same kind to that commit',
        when: {
          ...PIECES,
          '--hard --merge --keep': {
            effect: 'destroy',
            why: 'git reset --hard throws commits or local changes away',
            captureFirst: `${SHA}, and git stash for what is not committed`,
            inverse: 'git reset --hard to that commit, and git stash pop',
          },
        },
      }),
      push: mutate({
        network: true,
        leavesOpen: { ...REMOTE_OPEN, ...BRANCH_OPEN },
        resources: pushedNames,
        values: '-o --push-option --repo --receive-pack --exec --recurse-submodules',
        switches:
          '--tags --all -u --set-upstream --force-with-lease --no-verify -n --dry-run -f --force --mirror -d --delete --follow-tags --atomic',
        dryRun: '-n --dry-run',
        decide: push,
        captureFirst: 'git ls-remote of the remote and the branch',
        inverse: 'git revert and push, or push of the old commit with --force-with-lease',
        when: {
          '-f --force --mirror': {
            effect: 'destroy',
            why: 'git push --force replaces the history of the remote',
          },
          '--mirror': { scope: 'all' },
          '-d --delete --prune': { effect: 'destroy', why: 'git push --delete removes a remote branch' },
          '--receive-pack --exec': {
            effect: 'unknown',
            why: 'unknown: git push runs a program on the remote',
          },
        },
      }),
      clean: destroy({
        why: 'git clean removes untracked files',
        scope: 'many',
        switches: '-n --dry-run -d -x -X -f -q -i --interactive',
        values: '-e --exclude',
        dryRun: '-n --dry-run',
        when: { '-i --interactive': terminal },
        resources: names,
      }),
      rm: destroy({
        values: '--pathspec-from-file',
        switches: '-n --dry-run -r -f --cached -q',
        dryRun: '-n --dry-run',
        why: 'git rm removes files',
        resources: names,
        inverse: 'git restore --staged --worktree of the same paths, for what was committed',
      }),
      ...each(destroy({ scope: 'all', why: 'rewrites the history' }), 'filter-branch, filter-repo'),
      gc: local({
        when: {
          '--prune=now|all': {
            effect: 'destroy',
            why: 'git gc --prune=now removes commits that nothing holds',
          },
        },
      }),
      prune: destroy({
        switches: '-n --dry-run',
        dryRun: '-n --dry-run',
        why: 'git prune removes commits that nothing holds',
      }),
      'prune-packed': local({ switches: '-n --dry-run', dryRun: '-n --dry-run' }),
      ...each(
        destroy({
          switches: '-n --dry-run',
          dryRun: '-n --dry-run',
          why: 'forgets where branches were, so that commits can be lost',
        }),
        'reflog expire|delete',
      ),
      'update-ref': destroy({
        why: 'git update-ref moves or deletes a ref',
        resources: 'first',
        captureFirst: 'git rev-parse of the ref',
        inverse: 'git update-ref to that commit',
      }),
      'worktree add': local({ resources: 'first', inverse: 'git worktree remove of the same path' }),
      'worktree move|lock|unlock|repair': local(),
      'worktree remove': destroy({ resources: names, inverse: 'git worktree add of the same path' }),
      'worktree prune': destroy({ switches: '-n --dry-run', dryRun: '-n --dry-run' }),
      replace: destroy(),
      'symbolic-ref': read({
        decide: (call) =>
          call.parsed.operands.length > 1 || hasFlag(call.parsed, '-d --delete')
            ? { effect: 'destroy', why: 'git symbolic-ref points HEAD elsewhere' }
            : undefined,
      }),
      notes: read({ decide: listing({}) }),
      'notes add': local({
        decide: (call) => (hasFlag(call.parsed, '-m --message -F --file -C') ? undefined : terminal),
      }),
      'notes append|copy|merge': local(),
      'notes edit': local(terminal),
      'notes remove|prune': destroy({ switches: '-n', dryRun: '-n' }),
      'bisect start|good|bad|old|new|skip|reset|replay': local({ inverse: 'git bisect reset' }),
      'bisect run': {
        effect: 'unknown',
        why: 'unknown: git bisect run runs a program at each commit',
        runs: bisect,
      },
      'bundle create': local({ resources: 'first' }),
      'bundle unbundle': local(),
      'sparse-checkout set|add|init|reapply|disable': local(),
      ...each(local(terminal), 'difftool, mergetool, gui, citool, gitk'),
      daemon: read(stream),
      'send-email': mutate({
        network: true,
        dryRun: '--dry-run',
        switches: '--dry-run',
        decide: (call) => (hasFlag(call.parsed, '--confirm --dry-run --force') ? undefined : terminal),
      }),
      'svn dcommit': mutate({ network: true }),
      'svn fetch|rebase|clone|info|log': local({ network: true }),
      'http-backend': mutate(),
      instaweb: mutate(),
    },
    when: { '--upload-pack': { effect: 'unknown', why: 'unknown: git runs another program' } },
    judge: (call) => runsProgram(call),
  },
  {
    names: 'git-lfs',
    source: 'from documentation: Git LFS 3',
    judge: (call) => call.judge.words([plain('git'), plain('lfs'), ...call.args], call.stdin),
  },
  {
    names: 'svn hg',
    source: 'help text or man page (Debian 12), and documentation: Subversion 1.14, Mercurial 6',
    values: '-m --message -r --revision --username --password -F -R --repository',
    network: true,
    bare: local({
      resources: (call) => names(call, 1),
      decide: (call) => {
        const word = call.parsed.operands[0]?.value ?? '';
        if (
          /^(status|st|log|info|diff|di|ls|list|cat|blame|annotate|praise|heads|tip|branches|tags|bookmarks|summary|manifest|incoming|outgoing|in|out|identify|id|help|version|root|parents|grep|proplist|propget|files|paths)$/.test(
            word,
          )
        )
          return verdict('read', `${call.name} ${word} reads`);
        if (/^(delete|remove|rm|del|revert|strip|purge|rollback|propdel|cleanup)$/.test(word))
          return { effect: 'destroy', why: `${call.name} ${word} removes files or changes` };
        return /^(push|commit|ci|import|copy|mkdir|lock|unlock)$/.test(word)
          ? {
              effect: 'mutate',
              ...(/^(commit|ci)$/.test(word) && !hasFlag(call.parsed, '-m --message -F -l') ? terminal : {}),
            }
          : undefined;
      },
    }),
  },
];
