/** gh, glab and their like: what people do to repositories, pull requests and pipelines on a server. */
import { judgeHttp } from '../http.ts';
import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag, plain } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  session,
  stream,
  type Tool,
  terminal,
} from './table.ts';

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

/** Asks on the terminal for what no option gives. */
function wants(options: string): (call: Call) => Partial<Outcome> | undefined {
  return (call) => (hasFlag(call.parsed, options) || call.stdin.kind !== 'inherited' ? undefined : terminal);
}

const OPEN = { 'repository|folder': 'gh repo view --json nameWithOwner' };

export const github: readonly Tool[] = [
  {
    names: 'gh',
    source: 'help text or man page (Debian 12), and documentation: gh 2',
    values: `-q --jq -t --template --json -L --limit -H --header -X --method -f --field -F --raw-field --input -b --body --title -l --label -a --assignee -s --state
      -w --workflow --branch --ref --search --body-file -e --env -o --org --visibility --notes --notes-file --target --log-failed-job -B --base --hostname --commit --event --user --job -m --milestone -p --project -r --reviewer -c --comment --reason --interval`,
    switches:
      '-y --yes -d --draft --web -w --log --log-failed --verbose -v --watch --exit-status --failed --cleanup-tag',
    targets: { repository: '-R --repo' },
    network: true,
    ambient: OPEN,
    commands: {
      ...each(
        read({ network: false }),
        'version, help, alias list, config get|list, extension list, completion, repo set-default',
      ),
      ...each(
        read({ switches: '-w --web --comments' }),
        `status, pr list|view|status|checks|diff, issue list|view|status, repo view, run list|view, workflow list|view,
        release list|view|verify, label list, secret list, variable list|get, cache list, ruleset list|view|check, project list|view|field-list|item-list, browse, repo autolink list|view, repo deploy-key list, attestation verify, pr verify`,
      ),
      // These belong to the account, and to no repository.
      ...each(
        read({ leavesOpen: {} }),
        'auth status, search, search repos|issues|prs|code|commits, repo list, gist list|view, org list, extension search|browse, ssh-key list, gpg-key list, codespace list|view|ports',
      ),
      'run watch': read(stream),
      'pr checks': read({ when: { '--watch': stream } }),
      'agent-task list|view': read(),
      'auth token': read({ readsSecrets: true, network: false }),
      'auth status': read({ leavesOpen: {}, when: { '-t --show-token': { readsSecrets: true } } }),
      api: read({ decide: api, leavesOpen: {} }),
      'pr create': mutate({
        inverse: 'gh pr close',
        decide: wants('-f --fill --fill-first --fill-verbose -b --body -F --body-file --web --dry-run'),
        switches: '-f --fill -d --web --dry-run',
        dryRun: '--dry-run',
      }),
      'pr merge': mutate({
        resources: names,
        why: 'gh pr merge merges into the base branch',
        inverse: 'gh pr revert, or git revert of the merge and push',
        switches: '-m --merge -r --rebase -s --squash -d --delete-branch --auto --admin',
        decide: wants('-m --merge -r --rebase -s --squash --auto --disable-auto'),
      }),
      'pr review': mutate({
        resources: names,
        switches: '-a --approve -c --comment -r --request-changes',
        decide: wants('-a --approve -c --comment -r --request-changes'),
      }),
      ...each(
        mutate({ resources: names }),
        'pr edit|comment|ready|reopen|update-branch|lock|unlock|revert, issue edit|comment|reopen|transfer|pin|unpin|develop|lock|unlock',
      ),
      'issue create': mutate({ inverse: 'gh issue close', decide: wants('-t --title --web') }),
      'issue close': mutate({ resources: names, inverse: 'gh issue reopen' }),
      'pr close': mutate({
        resources: names,
        inverse: 'gh pr reopen',
        when: { '-d --delete-branch': { effect: 'destroy', why: 'gh pr close -d deletes the branch' } },
      }),
      'release create': mutate({
        resources: 'first',
        inverse: 'gh release delete of the same tag',
        switches: '-d --draft -p --prerelease --latest --generate-notes',
      }),
      ...each(mutate({ resources: 'first' }), 'release edit|upload'),
      'release upload': mutate({
        resources: 'first',
        when: { '--clobber': { effect: 'destroy', why: 'replaces files of the release' } },
      }),
      ...each(mutate({ resources: 'first', inverse: 'gh run cancel of the run' }), 'run rerun, workflow run'),
      'workflow enable': mutate({ resources: 'first', inverse: 'gh workflow disable of the same' }),
      'workflow disable': destroy({ resources: 'first', inverse: 'gh workflow enable of the same' }),
      ...each(
        mutate({ resources: 'first' }),
        'label create|edit|clone, repo autolink create, repo deploy-key add, project create|edit|item-add|item-edit|item-create|copy|link|field-create|close',
      ),
      ...each(
        mutate({ leavesOpen: {}, resources: 'first' }),
        'repo create, gist create|edit|rename, ssh-key add, gpg-key add, codespace create|edit|rebuild|stop',
      ),
      ...each(mutate({ resources: 'first' }), 'repo edit|fork|sync'),
      'repo sync': mutate({
        resources: 'first',
        when: { '--force': { effect: 'destroy', why: 'gh repo sync --force overwrites the branch' } },
      }),
      'repo edit': mutate({
        resources: 'first',
        when: {
          '--visibility --accept-visibility-change-consequences': {
            why: 'gh repo edit changes who can see it',
          },
        },
      }),
      'repo rename': mutate({ resources: 'first', inverse: 'gh repo rename back', asks: '-y --yes' }),
      'repo unarchive': mutate({ resources: 'first', inverse: 'gh repo archive', asks: '-y --yes' }),
      'secret set': mutate({
        resources: 'first',
        why: 'gh secret set replaces the value, which nobody can read back',
        decide: wants('-b --body -f --env-file'),
        values: '-b --body -e --env -o --org -u --user -r --repos -v --visibility -f --env-file -a --app',
      }),
      'variable set': mutate({
        resources: 'first',
        captureFirst: 'gh variable get of the same name',
        inverse: 'gh variable set with the value from before',
        decide: wants('-b --body -f --env-file'),
        values: '-b --body -e --env -o --org -f --env-file',
      }),
      'variable delete': destroy({
        resources: names,
        captureFirst: 'gh variable get of the same name',
        inverse: 'gh variable set with that value',
      }),
      'repo archive': destroy({ resources: names, inverse: 'gh repo unarchive', asks: '-y --yes' }),
      'repo delete': destroy({ resources: names, asks: '--yes', switches: '--yes' }),
      ...each(
        destroy({ resources: names, asks: '-y --yes' }),
        'issue delete, release delete|delete-asset, label delete, gist delete, ssh-key delete, gpg-key delete, codespace delete',
      ),
      ...each(
        destroy({ resources: names }),
        'run cancel|delete, secret delete|remove, cache delete, project delete|item-delete|item-archive|field-delete|unlink, repo autolink delete, repo deploy-key delete, extension remove',
      ),
      'run cancel': destroy({ resources: names, inverse: 'gh run rerun of the same run' }),
      'cache delete': destroy({ resources: names, when: { '-a --all': { scope: 'all' } } }),
      ...each(
        local({ leavesOpen: {} }),
        'repo clone, gist clone, extension install|upgrade|create, auth setup-git',
      ),
      ...each(local(), 'pr checkout, release download, run download, attestation download'),
      ...each(local({ network: false }), 'config set|clear-cache, alias set|import|delete'),
      'auth login|refresh': local({
        leavesOpen: {},
        decide: (call) => (hasFlag(call.parsed, '--with-token') ? undefined : terminal),
      }),
      'auth switch': session({ network: false }),
      'auth logout': local({ network: false }),
      'codespace ssh': opensSession('it opens a session'),
      'codespace logs': read({ leavesOpen: {}, switches: '-f', when: { '-f --follow': stream } }),
      'extension exec': { effect: 'unknown', why: 'unknown: gh runs an extension' },
      'copilot suggest|explain': opensSession('gh copilot opens a prompt'),
    },
  },
  {
    names: 'glab',
    source: 'from documentation: glab 1',
    targets: { repository: '-R --repo' },
    network: true,
    ambient: { 'repository|folder': 'glab repo view' },
    values:
      '-F --output -P --per-page -p --page -b --branch -m --message -t --title -d --description -X --method -f --field',
    commands: {
      ...each(
        read(),
        'mr list|view|diff|approvers|issues, issue list|view, ci list|status|get|lint, pipeline list|status, repo view|list|search|contributors, release list|view, label list, auth status, schedule list, snippet list, incident list|view, milestone list, token list, user events, runner list, config get, check-update, deploy-key list, ssh-key list',
      ),
      version: read({ network: false }),
      'ci view': read(terminal),
      ...each(read({ readsSecrets: true }), 'variable list|get|export'),
      'ci trace': read(stream),
      'ci status': read({ when: { '-l --live': stream } }),
      api: read({ decide: api }),
      ...each(
        mutate({ resources: names }),
        'mr create|merge|update|approve|revoke|note|rebase|reopen|subscribe|unsubscribe|todo|for, issue create|update|note|reopen, ci run|retry|trigger, release create|upload, variable set|update, label create',
      ),
      ...each(
        destroy({ resources: names }),
        'mr delete, issue delete, ci delete|cancel, release delete, variable delete, label delete, schedule delete, token revoke, deploy-key delete, ssh-key delete, runner delete',
      ),
      'repo delete': destroy({ resources: names, asks: '-y --yes' }),
      'mr close': mutate({ resources: names, inverse: 'glab mr reopen' }),
      'issue close': mutate({ resources: names, inverse: 'glab issue reopen' }),
      ...each(
        local(),
        'mr checkout, repo clone, repo archive, release download, ci artifact, job artifact, config set, alias set|delete',
      ),
      'auth login': local({
        decide: (call) => (hasFlag(call.parsed, '-t --token --stdin -j --job-token') ? undefined : terminal),
      }),
    },
  },
  {
    names: 'hub lab tea jj',
    source: 'from documentation',
    network: true,
    bare: { effect: 'unknown' },
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      return /^(version|help|log|status|show|diff|issues?|pulls?|releases?)$/.test(word) &&
        call.parsed.operands.length === 1
        ? read()
        : undefined;
    },
    commands: { version: read({ network: false }) },
  },
];
