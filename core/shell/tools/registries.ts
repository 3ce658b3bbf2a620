/** What copies, shows and signs images in registries. From documentation: skopeo 1.16, crane 0.20, oras 1.2, regctl 0.7, cosign 2.4, dive 0.12. */
import { flagValue, hasFlag } from '../words.ts';
import { logsIn } from './containerCommands.ts';
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

const here: Partial<Outcome> = { network: false };

/** What is written last is the destination. */
const destination = (call: Call) =>
  call.parsed.operands
    .slice(-1)
    .filter((arg) => !arg.dynamic)
    .map((arg) => arg.value);

const login = local({
  values: '-u --username -p --password',
  resources: 'first',
  why: 'stores a login on this machine',
  decide: (call) =>
    hasFlag(call.parsed, '--get-login') || flagValue(call.parsed, '--identity-token')
      ? undefined
      : logsIn(call),
});
const logout = local({ ...here, resources: 'first' });
const push = mutate({ resources: destination });
const removes = destroy({
  resources: 'all',
  switches: '-f --force',
  captureFirst: 'the digest of the image, and a copy of it',
  inverse: 'a push of the copy',
});

export const registries: readonly Tool[] = [
  {
    names: 'skopeo',
    source: 'help text or man page (Debian 12), and documentation: skopeo 1.16',
    values:
      '--creds --src-creds --dest-creds --authfile --src-authfile --dest-authfile --cert-dir --src-cert-dir --dest-cert-dir --format -f --override-arch --override-os --override-variant --policy --registries.d --command-timeout --digestfile --sign-by --src --dest -s -d --retry-times --multi-arch --username -u --password -p --src-username --src-password --dest-username --dest-password --registry-token --tmpdir --config',
    switches:
      '--raw --config --no-tags -n --all -a --debug --insecure-policy --preserve-digests --dry-run --scoped --keep-going',
    network: true,
    commands: {
      ...each(read({ switches: '--config --raw --no-tags -n' }), 'inspect, list-tags, layers'),
      ...each(read(here), 'manifest-digest, standalone-verify, help, completion'),
      login: login,
      logout,
      ...each(local(here), 'generate-sigstore-key, standalone-sign'),
      copy: mutate({
        resources: destination,
        captureFirst: 'skopeo inspect of the destination',
        inverse: 'skopeo copy of the image from before',
      }),
      sync: mutate({ resources: destination, dryRun: '--dry-run', scope: 'many' }),
      'experimental-image-proxy': read(stream),
      delete: removes,
    },
  },
  {
    names: 'crane gcrane',
    source: 'from documentation: crane 0.20',
    values:
      '--platform -o --output -f --new_layer -t --new_tag --base --rebased --original --old_base --new_base -l --label -e --env --entrypoint --cmd -u --user -w --workdir --exposed-ports -a --annotation -j --jobs --format --repo -p --password --username --address --tag',
    network: true,
    commands: {
      ...each(read(), 'catalog, config, digest, ls, manifest, blob, version, gc'),
      validate: read(),
      'auth get': read({ ...here, readsSecrets: true }),
      'auth token': read({ readsSecrets: true }),
      'auth login': login,
      'auth logout': logout,
      ...each(local(), 'pull, export'),
      ...each(push, 'push, append, copy, cp, mutate, rebase, flatten, edit, index, index append|filter'),
      tag: mutate({
        resources: 'first',
        captureFirst: 'crane digest of the tag',
        inverse: 'crane tag of the digest from before',
      }),
      'registry serve': mutate({ ...here, ...stream }),
      delete: removes,
      gc: read(),
    },
  },
  {
    names: 'oras',
    source: 'from documentation: oras 1.2',
    values:
      '-o --output -u --username -p --password --artifact-type -a --annotation --config --format --platform --registry-config --from --to --last --identity-token',
    network: true,
    commands: {
      ...each(
        read(),
        'version, discover, resolve, repo ls|tags, repository ls, manifest fetch|fetch-config, blob fetch',
      ),
      login,
      logout,
      ...each(local(), 'pull, backup'),
      ...each(
        push,
        'push, attach, copy, cp, tag, restore, manifest push, blob push, manifest index create|update',
      ),
      ...each({ ...removes, asks: '-f --force' }, 'manifest delete, blob delete'),
    },
  },
  {
    names: 'regctl',
    source: 'from documentation: regctl 0.7',
    values: '--format --platform --host -u --user -p --pass --logopt -v --verbosity --limit --last',
    network: true,
    commands: {
      ...each(
        read(),
        'version, image|digest inspect|manifest|digest|ratelimit|check-base, image digest, manifest get|head|diff|digest, tag ls|list, repo ls|list, blob get|head|diff-layer|get-file, artifact get|list|tree, ref, registry config, index list',
      ),
      'registry login': login,
      'registry logout|set': logout,
      ...each(local(), 'image export|get-file, artifact get'),
      ...each(
        push,
        'image copy|create|import|mod, index create|add, manifest put, blob put|copy, artifact put, repo copy',
      ),
      ...each(
        removes,
        'image delete|rm|remove, tag delete|rm|remove, manifest delete|rm|remove, blob delete|rm|remove, index delete',
      ),
    },
  },
  {
    names: 'cosign',
    source: 'from documentation: cosign 2.4',
    values:
      '--key -k --output-signature --output-certificate --certificate-identity --certificate-identity-regexp --certificate-oidc-issuer --certificate-oidc-issuer-regexp --certificate --signature --bundle --rekor-url --fulcio-url --predicate --type -a --annotations --dir --output -o --kms --attachment --policy --type --platform',
    network: true,
    commands: {
      ...each(
        read(),
        'verify, verify-attestation, verify-blob, verify-blob-attestation, tree, triangulate, version, env, manifest verify, dockerfile verify, download sbom|signature|attestation, public-key, generate, trusted-root create',
      ),
      ...each(read(here), 'completion, version, env'),
      ...each(
        local({ ...here, mode: 'terminal', why: 'writes a key pair, and asks for its password' }),
        'generate-key-pair, import-key-pair',
      ),
      ...each(local(), 'initialize, save, bundle create'),
      login,
      ...each(
        mutate({ resources: destination, asks: '-y --yes', why: 'signs, and writes that into a public log' }),
        'sign, sign-blob, attest, attest-blob',
      ),
      ...each(push, 'attach sbom|signature|attestation, copy, load, upload blob|wasm'),
      clean: destroy({
        resources: 'all',
        asks: '-f --force -y --yes',
        why: 'cosign clean removes signatures',
        inverse: 'cosign sign',
      }),
    },
  },
  {
    names: 'dive',
    source: 'from documentation: dive 0.12',
    values:
      '--source -j --json --ci-config --highestUserWastedPercent --highestWastedBytes --lowestEfficiency',
    commands: { ...each(read(), 'version, help'), build: local(terminal) },
    otherwise: (call) =>
      flagValue(call.parsed, '-j --json') ? local() : read(hasFlag(call.parsed, '--ci') ? {} : terminal),
    bare: read(),
  },
];
