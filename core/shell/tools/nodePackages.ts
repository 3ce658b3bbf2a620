/** Package managers of JavaScript: npm, pnpm, Yarn, Bun, and what starts a package's program. */
import { highest, type Verdict, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import {
  type Call,
  commandAfter,
  destroy,
  each,
  local,
  mutate,
  type Outcome,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

const DEV = /^(dev|serve|watch|start|start:.*|dev:.*|serve:.*|watch:.*|storybook|preview)$/;

/** A script of the project: unknown, and endless where its name says so. */
function script(call: Call): Partial<Outcome> | undefined {
  const name = call.parsed.operands[0]?.value ?? '';
  // Without a name npm lists the scripts.
  if (name === '' && call.name !== 'bun') return { why: `unknown: ${call.name} run without a script` };
  return DEV.test(name) ? stream : undefined;
}

const nested = (call: Call) => {
  const words = commandAfter(
    call,
    '-p --package -c --call --filter',
    0,
    '-y --yes -q --quiet --no-install --silent',
  );
  return words.length === 0 ? undefined : call.judge.words(words, call.stdin);
};

const SCRIPTS = 'it installs packages, whose own scripts run';
const LOCK = {
  captureFirst: 'git status of package.json and the lock file',
  inverse: 'git restore of both, and the install again',
};
const PUBLISHED = {
  why: 'publishes a version, which can hardly be taken back',
  inverse: 'npm unpublish within 72 hours, else npm deprecate',
};
const REGISTRY = { registry: 'npm config get registry' };

/** A tool of the family; only npm rehearses more than publishing. */
function manager(name: string, source: string, dryRun: string | undefined): Tool {
  const dry = dryRun === undefined ? {} : { dryRun };
  return {
    names: name,
    source: `from documentation: ${source}`,
    values:
      '--prefix -C --dir -w --workspace --filter -F --registry --tag --omit --include --loglevel --cwd --otp --access --userconfig --cache --depth --audit-level --before',
    switches:
      '-g --global -D --save-dev -E --save-exact -f --force --json --silent -s -P --production --no-save --frozen-lockfile --if-present -y --yes --ignore-scripts --dry-run -r --recursive --immutable --offline -L --legacy-peer-deps --no-audit --no-fund',
    targets: { folder: '--prefix -C --dir --cwd', workspace: '-w --workspace', registry: '--registry' },
    commands: {
      ...each(
        read(),
        'ls, list, ll, la, why, explain, config get|list|ls, get, root, prefix, bin, help, help-search,  licenses, licenses list, query, sbom, find-dupes, cache ls, cache dir|list, workspaces info|list, workspaces, store path|status, pkg get, explore,  constraints, licenses ls',
      ),
      ...each(
        read({ network: true }),
        'outdated, audit, view, info, show, v, doctor, ping, whoami, search, fund, docs, repo, bugs, owner ls, dist-tag ls, dist-tags ls, access list, access get, team ls, org ls, profile get, token list, npm whoami, npm info, npm audit, npm tag list, stars, diff, token ls, audit signatures',
      ),
      'audit fix': local({
        ...dry,
        ...LOCK,
        network: true,
        when: {
          '--force': { effect: 'destroy', why: `${name} audit fix --force installs breaking versions` },
        },
      }),
      pack: local(dry),
      version: local({
        why: 'writes a new version, commits and tags it',
        inverse: 'git tag -d of the tag, and git reset --soft HEAD~1',
      }),
      ...each(
        local({ ...dry, ...LOCK, why: SCRIPTS, network: true, resources: names }),
        'install, i, add, in, update, up, upgrade, dedupe, link, ln, install-test, it, upgrade-interactive, up-interactive',
      ),
      ...each(
        local({ ...dry, why: SCRIPTS, network: true }),
        'ci, clean-install, rebuild, import, prune, fetch, deploy,  install-ci-test, workspaces focus',
      ),
      ...each(
        local(),
        'shrinkwrap, cache add|verify, patch, patch-commit, env use|add, set version, plugin import, approve-builds, setup, pkg set|fix, policies set-version, unplug, self-update, config delete|unset',
      ),
      'config set': local({
        resources: 'first',
        captureFirst: 'npm config get of the same name',
        inverse: 'npm config set with the value from before',
      }),
      set: local(),
      'config edit': local(terminal),
      edit: local(terminal),
      ...each(
        local({ network: true, decide: (call) => (hasFlag(call.parsed, '-y --yes') ? undefined : terminal) }),
        'init, create, innit',
      ),
      ...each(local({ network: true, ...terminal }), 'login, adduser, add-user, npm login'),
      ...each(local({ network: true }), 'logout, npm logout'),
      ...each(runs('it runs a script of the project', { decide: script }), 'run, run-script, rum, urn'),
      ...each(runs('it runs a script of the project'), 'test, t, tst, stop, restart, build, rushx'),
      ...each(runs('it runs a script of the project', stream), 'start, dev, serve'),
      ...each(
        runs('it runs a program of a package', {
          decide: (call) => ({ why: `unknown: ${call.name} ${call.path} runs a program of a package` }),
          runs: nested,
        }),
        'exec, x, dlx',
      ),
      ...each(
        runs('it runs a command in each workspace'),
        'workspaces foreach, workspaces run, workspace, m, multi, recursive',
      ),
      // What a registry keeps for everybody.
      ...each(
        destroy({
          ...PUBLISHED,
          network: true,
          leavesOpen: REGISTRY,
          switches: '--dry-run',
          dryRun: '--dry-run',
        }),
        name === 'yarn' ? 'npm publish' : 'publish',
      ),
      ...(name === 'yarn' ? { publish: destroy({ ...PUBLISHED, network: true, leavesOpen: REGISTRY }) } : {}),
      unpublish: destroy({
        network: true,
        leavesOpen: REGISTRY,
        resources: names,
        why: 'takes a version away from everybody who uses it',
        ...dry,
      }),
      ...each(
        mutate({
          network: true,
          leavesOpen: REGISTRY,
          resources: 'first',
          captureFirst: 'npm dist-tag ls of the package',
          inverse: 'npm dist-tag add of the version from before',
        }),
        'dist-tag add|set, dist-tags add|set, npm tag add',
      ),
      deprecate: mutate({
        network: true,
        leavesOpen: REGISTRY,
        resources: 'first',
        inverse: 'npm deprecate with an empty message',
      }),
      undeprecate: mutate({ network: true, leavesOpen: REGISTRY, resources: 'first' }),
      ...each(
        mutate({ network: true, leavesOpen: REGISTRY }),
        'access set|grant, owner add, team create|add, org set, profile set, star, hook add, token create',
      ),
      'token create': mutate({ network: true, readsSecrets: true, ...terminal }),
      ...each(
        destroy({ network: true, leavesOpen: REGISTRY, resources: 'first' }),
        'dist-tag rm|del|remove, dist-tags rm, owner rm, team rm|destroy, token revoke|rm|delete, access revoke, hook rm, org rm, npm tag remove',
      ),
      ...each(
        destroy({
          ...dry,
          resources: names,
          why: 'removes packages',
          captureFirst: `${name} ls of the packages`,
          inverse: `${name} install of the same packages in the versions from before`,
        }),
        'uninstall, remove, rm, r, un, unlink',
      ),
      ...each(destroy({ why: 'empties a cache', scope: 'all' }), 'cache clean|clear|delete, store prune'),
      ...each(destroy({ resources: 'first' }), 'cache rm, env remove, pkg delete, plugin remove'),
    },
    bare: name === 'yarn' ? local({ why: SCRIPTS, network: true }) : read(),
    otherwise: (call) => {
      const word = call.parsed.operands[0];
      // yarn and pnpm take a word that is no command of theirs for a script, else for a program of a package.
      if (name !== 'npm' && word !== undefined) {
        const inside = call.judge.words(call.args.slice(call.args.indexOf(word)), call.stdin);
        if (inside.effect !== 'unknown') return inside;
      }
      const text = word?.value ?? '';
      return runs(`${name} ${text} may be a script of the project`, DEV.test(text) ? stream : {});
    },
  };
}

/** Words behind the options of `npx`. */
function npx(call: Pick<Call, 'args' | 'judge' | 'stdin'>): Verdict | undefined {
  let at = 0;
  while (call.args[at]?.value.startsWith('-')) {
    const word = call.args[at]?.value ?? '';
    const text = call.args[at + 1];
    if (/^(-c|--call)$/.test(word) && text && !text.dynamic)
      return highest(
        call.judge.script(text.value),
        verdict('unknown', 'unknown: npx -c runs text with the programs of packages'),
      );
    at += /^(-p|--package)$/.test(word) ? 2 : 1;
  }
  const words = call.args.slice(at);
  if (words.length === 0) return undefined;
  // `npx tool@1.2` is that tool.
  const [first, ...rest] = words;
  const name = first?.value.replace(/^(@?[^@]+)@.*$/, '$1') ?? '';
  const judged = call.judge.words(
    first && name !== first.value ? [{ ...first, value: name, text: name }, ...rest] : words,
    call.stdin,
  );
  return judged.effect === 'unknown' ? undefined : judged;
}

export const nodePackages: readonly Tool[] = [
  manager('npm', 'npm 10', '--dry-run'),
  manager('pnpm', 'pnpm 9', undefined),
  manager('yarn', 'Yarn 4', undefined),
  {
    names: 'npx bunx pnpx',
    source: 'from documentation: npm 10',
    values: '-p --package -c --call',
    switches: '-y --yes -q --quiet --no-install --no',
    stopAtOperand: true,
    network: true,
    judge: npx,
    bare: runs('npx runs a program of a package, fetching it where it is missing'),
  },
  {
    names: 'bun',
    source: 'from documentation: Bun 1.1',
    values: '--cwd --config -c --filter --registry --env-file -e --eval --preload -r',
    switches:
      '-g -d --dev -y -f --force --dry-run --frozen-lockfile -p --production --watch --hot -v --version --revision',
    commands: {
      ...each(read(), 'pm ls|bin|hash|cache|whoami|version, outdated, audit, why, info'),
      'pm cache rm': destroy(),
      ...each(
        local({ why: SCRIPTS, network: true, dryRun: '--dry-run', resources: names }),
        'install, i, add, a, update, link, ci, patch, pm trust|migrate|pkg',
      ),
      ...each(local(), 'create, c, init, build, upgrade, pm pack, completions'),
      ...each(destroy({ resources: names, dryRun: '--dry-run', why: 'removes packages' }), 'remove, rm'),
      unlink: local(),
      publish: destroy({ ...PUBLISHED, network: true, dryRun: '--dry-run' }),
      ...each(runs('it runs a script of the project', { decide: script }), 'run'),
      test: runs('it runs the tests of the project', { when: { '--watch': stream } }),
      ...each(runs('it runs a program of a package', { runs: nested }), 'x, exec'),
      repl: opensSession('it opens a prompt'),
    },
    bare: runs('bun runs code that no table can see into', {
      decide: (call) =>
        hasFlag(call.parsed, '-v --version --revision')
          ? verdict('read', 'bun tells its version')
          : call.stdin.kind === 'inherited' && !hasFlag(call.parsed, '-e --eval')
            ? terminal
            : undefined,
    }),
    otherwise: (call) =>
      runs(
        'bun runs code that no table can see into',
        hasFlag(call.parsed, '--watch --hot') || DEV.test(call.parsed.operands[0]?.value ?? '') ? stream : {},
      ),
  },
  {
    names: 'corepack',
    source: 'from documentation: Corepack 0.29',
    commands: {
      ...each(local({ network: true }), 'enable, disable, install, prepare, use, up, pack, hydrate'),
      cache: destroy(),
    },
  },
  {
    names: 'lerna nx turbo rush changeset semantic-release standard-version release-it',
    source: 'from documentation',
    values: '--scope --filter --projects -t --target',
    bare: runs('it runs scripts of the project, or publishes'),
    commands: {
      ...each(read(), 'list, ls, ll, changed, status'),
      publish: destroy({ ...PUBLISHED, network: true }),
      ...each(
        runs('it runs scripts of the project'),
        'run, build, test, exec, version, affected, run-many, daemon',
      ),
    },
    otherwise: () => runs('it runs scripts of the project'),
  },
];
