/** The command line of Cloud Foundry. From documentation: cf CLI 8. */
import { judgeHttp } from '../http.ts';
import { sessionOpened, unknown, type Verdict, withDetails } from '../verdict.ts';
import { flagValue, hasFlag, isOpaque, plain } from '../words.ts';
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

const AT_HOME = { network: false };
const FORCE = '-f';

const LIVE = {
  captureFirst: 'cf revisions with the same name',
  inverse: 'cf rollback --version with the revision from before',
};

/** One instance left is a smaller app; none is an outage. Without options it only shows. */
function scale(call: Call): Partial<Outcome> | Verdict | undefined {
  const { parsed } = call;
  if (flagValue(parsed, '-i')?.value === '0')
    return { effect: 'destroy', why: 'cf scale -i 0 takes the app out of service' };
  if (!hasFlag(parsed, '-i -m -k -l')) return { effect: 'read', why: 'cf scale without a number only shows' };
  const restarts = hasFlag(parsed, '-m -k -l') && !hasFlag(parsed, '-f');
  return {
    effect: 'mutate',
    why: 'cf scale changes the app',
    ...(restarts && call.stdin.kind === 'inherited' ? terminal : {}),
  };
}

function ssh(call: Call): Verdict {
  const text = flagValue(call.parsed, '-c --command');
  if (hasFlag(call.parsed, '-N --skip-remote-execution'))
    return unknown('cf ssh opens a tunnel until it is stopped', { mode: 'stream' });
  if (!text || isOpaque(text)) return sessionOpened('cf ssh opens a session', text ? {} : terminal);
  const mode = hasFlag(call.parsed, '-t --request-pseudo-tty --tty') ? 'terminal' : 'capture';
  return withDetails(call.judge.script(text.value), { mode, reason: 'cf ssh runs it in the app' });
}

function curl(call: Call): Verdict {
  const given = flagValue(call.parsed, '-X');
  const body = flagValue(call.parsed, '-d')?.value;
  const method = given ?? plain(hasFlag(call.parsed, '-d') ? 'POST' : 'GET');
  const judged = judgeHttp({
    method,
    url: call.parsed.operands[0]?.value ?? '',
    ...(body === undefined ? {} : { body }),
  });
  const secret = /\/env$|\/credentials$|\/details$/.test(call.parsed.operands[0]?.value ?? '');
  return { ...judged, targets: [], readsSecrets: secret, tool: 'cf' };
}

/** `cf target` shows; with an option it changes where everything else goes. */
const target = (call: Call): Partial<Outcome> | undefined =>
  hasFlag(call.parsed, '-o -s')
    ? {
        effect: 'local-write',
        why: 'cf target changes the target of this machine',
        captureFirst: 'cf target',
      }
    : undefined;

const login = (call: Call): Partial<Outcome> | undefined =>
  hasFlag(call.parsed, '-p') && !hasFlag(call.parsed, '--sso') ? undefined : terminal;

export const cloudFoundry: Tool = {
  names: 'cf cf7 cf8',
  source: 'from documentation: cf CLI 8',
  values:
    '-b --buildpack -m -k -i -l --instances -n --hostname --path --port -a -p -u -c --command --name -t --tags --strategy --endpoint --timeout --process --var --vars-file --docker-image --docker-username --app-path --task --droplet --guid-only --max-in-flight --version -d -X -H --lifetime --binding-name --manifest --sso-passcode --origin -e --url --health-check-type --no-wait-time',
  switches:
    '-f --force -r --no-route --no-start --no-wait --random-route --recent --guid --sso --skip-ssl-validation -v --wait --destroy-dependencies --no-manifest --task-mode --unset --labels',
  targets: { organization: '-o --org --organization', space: '-s --space' },
  network: true,
  ambient: { organization: 'cf target', space: 'cf target' },
  commands: {
    ...each(
      read(),
      'app, apps, a, events, orgs, org, o, spaces, space, services, service, s, marketplace, m, routes, r, route, domains, domain-details, buildpacks, stacks, stack, quotas, org-quotas, org-quota, space-quotas, space-quota, security-groups, security-group, running-security-groups, staging-security-groups, env-groups, feature-flags, feature-flag, isolation-segments, service-keys, sk, service-brokers, service-access, network-policies, tasks, packages, droplets, revisions, revision, org-users, space-users, labels, lookup-route, check-route, get-health-check, shared-apps, router-groups, plugins, repo-plugins, list-plugin-repos, marketplace, app-logs, manifest, space-ssh-allowed, ssh-enabled, ssh-allowed, task, user-provided-services, route-services, service-plan-visibility, curl-info, passwords, route-destinations',
    ),
    target: read({ decide: target, switches: '', values: '-o -s' }),
    t: read({ decide: target, values: '-o -s' }),
    ...each(read(AT_HOME), 'help, h, version, config-show, api-show'),
    logs: read({ decide: (call) => (hasFlag(call.parsed, '--recent') ? undefined : stream) }),
    ...each(
      read({ readsSecrets: true, why: 'cf prints credentials' }),
      'env, e, service-key, oauth-token, ssh-code, running-environment-variable-group, revg, staging-environment-variable-group, sevg, rsevg',
    ),
    curl: read({ decide: curl, values: '-X -H -d --output', switches: '-f --fail -i' }),
    'create-app-manifest': local(),
    ...each(local({ decide: login, values: '-o -s -a -u -p --sso-passcode' }), 'login, l'),
    auth: local({ why: 'stores a login on this machine' }),
    ...each(
      local(),
      'logout, lo, api, config, install-plugin, uninstall-plugin, add-plugin-repo, remove-plugin-repo, download-droplet',
    ),
    passwd: mutate(terminal),
    ...each(
      mutate({ ...LIVE, resources: 'first' }),
      'push, p, restage, rg, rollback, copy-source, set-droplet, continue-deployment',
    ),
    ...each(
      mutate({ resources: 'first' }),
      'restart, rs, restart-app-instance, start, st, create-package, stage-package, stage, upload-package',
    ),
    start: mutate({ resources: 'first', inverse: 'cf stop with the same name' }),
    rollback: mutate({ ...LIVE, resources: 'first', asks: FORCE }),
    scale: read({
      decide: scale,
      values: '-i -k -m -l --process --instance',
      resources: 'first',
      captureFirst: 'cf app with the same name: instances and memory',
      inverse: 'cf scale with the numbers from before',
    }),
    ...each(
      mutate({
        resources: 'all',
        captureFirst: 'cf env with the same name (it shows secrets)',
        inverse: 'cf set-env with the value from before, or cf unset-env',
      }),
      'set-env, se',
    ),
    ...each(
      mutate({ resources: 'first' }),
      'run-task, rt, cancel-deployment, enable-ssh, allow-space-ssh, set-health-check, update-buildpack, rename, rename-service, rename-space, rename-org, rename-buildpack, set-label, unset-label, share-service, share-private-domain, update-service, update-user-provided-service, uups, upgrade-service, create-app, bind-security-group, bind-running-security-group, bind-staging-security-group, update-security-group, enable-feature-flag, enable-service-access, enable-org-isolation, set-space-role, set-org-role, set-quota, set-org-quota, set-space-quota, update-quota, update-org-quota, update-space-quota, update-service-broker, add-network-policy, apply-manifest, set-running-environment-variable-group, set-staging-environment-variable-group, set-space-isolation-segment, set-org-default-isolation-segment, move-route, update-destination, update-route, share-route',
    ),
    ...each(
      mutate({ resources: 'first' }),
      'create-service, cs, create-user-provided-service, cups, create-service-key, csk, create-route, create-domain, create-private-domain, create-shared-domain, create-space, csp, create-org, co, create-user, create-buildpack, create-quota, create-org-quota, create-space-quota, create-security-group, create-service-broker, create-isolation-segment, bind-route-service, brs',
    ),
    ...each(
      mutate({ resources: 'all', inverse: 'cf unbind-service with the same words' }),
      'bind-service, bs',
    ),
    ...each(mutate({ resources: 'all', inverse: 'cf unmap-route with the same words' }), 'map-route'),
    ...each(
      destroy({
        resources: 'first',
        inverse: 'cf start with the same name',
        why: 'cf stop takes the app out of service',
      }),
      'stop, sp',
    ),
    ...each(
      destroy({
        resources: 'all',
        inverse: 'the same words with map-route or bind-service',
        captureFirst: 'cf app, and cf services',
      }),
      'unmap-route, unbind-service, us',
    ),
    ...each(
      destroy({
        resources: 'all',
        captureFirst: 'cf env with the same name (it shows secrets)',
        inverse: 'cf set-env with the value from before',
      }),
      'unset-env, ue',
    ),
    ...each(
      destroy({ resources: 'first', asks: FORCE, captureFirst: 'cf create-app-manifest, and cf env' }),
      'delete, d',
    ),
    ...each(
      destroy({ resources: 'first', asks: FORCE, scope: 'many', why: 'deletes it with all that is in it' }),
      'delete-space, delete-org, purge-service-instance, purge-service-offering',
    ),
    ...each(
      destroy({ resources: 'all', asks: FORCE }),
      'delete-service, ds, delete-service-key, dsk, delete-route, delete-domain, delete-private-domain, delete-shared-domain, delete-user, delete-buildpack, delete-quota, delete-org-quota, delete-space-quota, delete-security-group, delete-service-broker, delete-isolation-segment, delete-orphaned-routes, unbind-route-service, urs, unshare-service, unshare-route',
    ),
    ...each(
      destroy({ resources: 'all' }),
      'terminate-task, disable-ssh, disallow-space-ssh, disable-feature-flag, disable-service-access, disable-org-isolation, unset-space-role, unset-org-role, unset-space-quota, remove-network-policy, unbind-security-group, unbind-running-security-group, unbind-staging-security-group, reset-space-isolation-segment, reset-org-default-isolation-segment, cleanup-outdated-service-bindings, unshare-private-domain',
    ),
    ...each(
      read({
        decide: ssh,
        values: '-c --command -L --app-instance-index -i --process',
        switches: '-N -t -T --tty -k',
      }),
      'ssh',
    ),
  },
};
