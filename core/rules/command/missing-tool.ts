import type { BlockText } from '../../runbook/types.ts';
import { blocksOf, contentRange } from '../support/blocks.ts';
import { programs } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { Report, Rule } from '../types.ts';

/** Clients that this machine has not. */
export const missingTool: Rule = {
  id: 'command/missing-tool',
  title: 'This machine does not have a program that is needed',
  severity: 'hint',
  docs: {
    what: 'Says at its first use that a client program which people run from their own machine (`kubectl`, `psql`, `aws`, `jq` and the like) is not on the PATH of the editor. Only in trusted workspaces, never on the command line; nothing is run to find out.',
    why: 'Whoever reads this before the shift can install it. During an outage it costs the first ten minutes.',
    wrong: '```bash\ngcloud sql instances list\n```',
    right: 'The same, on a machine that has `gcloud`.',
  },
  *check({ runbook, files }): Iterable<Report> {
    if (files.onPath === undefined) return;
    const told = new Set<string>();
    for (const block of blocksOf(runbook)) {
      if (!block.runnable) continue;
      for (const { name, word } of clientsOf(block)) {
        if (told.has(name)) continue;
        told.add(name);
        if (files.onPath(name) !== false) continue;
        yield {
          range: contentRange(runbook, block, word.start, word.end),
          message: `\`${name}\` is not on the PATH of this machine. Install it before it is needed, or run this where it is.`,
        };
      }
    }
  },
};

/** What is run against something far away, or on its answer; `systemctl` and its like belong to the machine that is ill. */
const CLIENTS: ReadonlySet<string> = new Set(
  `argocd aws az calicoctl cf consul curl doctl docker eksctl etcdctl flux flyctl gcloud gh git glab gsutil heroku helm
   istioctl jq k9s kubectl linkerd mc mongosh mysql nats nomad oc openssl podman psql pulumi railway redis-cli skopeo stern
   supabase terraform tofu terragrunt vault velero vercel wrangler yq`.split(/\s+/),
);

const known = new WeakMap<object, readonly { readonly name: string; readonly word: ShellWord }[]>();

function clientsOf(block: BlockText): readonly { readonly name: string; readonly word: ShellWord }[] {
  let found = known.get(block.key);
  if (found === undefined) {
    found = [...programs(block, [''])]
      // By its name alone: a path says where it is.
      .filter(({ words: [word] }) => CLIENTS.has(word.value))
      .map(({ name, words: [word] }) => ({ name, word }));
    known.set(block.key, found);
  }
  return found;
}
