import type { BlockText } from '../../runbook/types.ts';
import { placed } from '../blockReports.ts';
import { blocksOf, excerpt, perBlock } from '../support/blocks.ts';
import { operands, option, type Program, programs } from '../support/programs.ts';
import type { BlockReport, Report, Rule } from '../types.ts';

/** Commands that take everything where a part was meant. */
export const wideScope: Rule = {
  id: 'command/wide-scope',
  title: 'A command takes more than it should have to',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports commands that change or destroy everything of a kind: `kubectl … --all` and `--all-namespaces` without a selector, `DELETE` and `UPDATE` without `WHERE`, `FLUSHALL`, all containers of a machine, and ports other than those of a web server that are opened to the whole internet. Where the heading or a comment says that everything is meant (`Emergency abort`, `stop all jobs`), `--all` is a remark only. `kubectl delete` of a kind with `-A` alone is refused, and that is said instead.',
    why: 'The one broken pod and all pods are a word apart. What else lives there is not in the runbook, and its owners are not in the call.',
    wrong: '```bash\nkubectl delete pods --all --namespace shop\n```',
    right: '```bash\nkubectl delete pods --selector app=checkout --namespace shop\n```',
    source: 'kubectl, Redis and AWS documentation of the options.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    yield* rowless(block);
    for (const program of programs(block, hints)) {
      const found = redis(program) ?? containers(program) ?? internet(program);
      if (found !== undefined) yield found;
    }
  },
  *check({ runbook }): Iterable<Report> {
    for (const block of blocksOf(runbook)) {
      const { found, meant } = ofClusters(block);
      for (const { report, asWritten } of found) {
        const soft = asWritten && (meant || block.sectionPath.some((title) => EVERYTHING.test(title)));
        yield { ...placed(runbook, block, report), ...(soft && { severity: 'info' as const }) };
      }
    }
  },
};

/** What `kubectl` takes in a block, and whether a comment there says that everything is meant. */
const ofClusters = perBlock((block) => {
  const found: Taken[] = [];
  if (block.content.includes('--all') || block.content.includes('-A'))
    for (const program of programs(block, ['--all', '-A'])) {
      const taken = kubectl(program);
      if (taken !== undefined) found.push(taken);
    }
  const comments = found.length === 0 ? [] : (block.content.match(/#[^\n]*/g) ?? []);
  return { found, meant: comments.some((comment) => STOPS_ALL.test(comment)) };
});

/** The heading of a step that is meant to stop or clear everything. */
const EVERYTHING =
  /\babort|\b(?:shut(?:ting)?|tear(?:ing)?)[ -]?down\b|\bdecommission|\b(?:stop|halt|kill|delete|remove|clear|wipe)(?:s|ping|ing)?\s+(?:all|every\w*)\b/i;

/** A comment that says so; that all are deleted, one says of any such command. */
const STOPS_ALL = /\b(?:stop|halt|abort|end|shut down)\s+(?:all|every\w*)\b/i;

const hints = ['FLUSHALL', 'flushall', ' ps -', ' ls -', '0.0.0.0/0', '::/0'];

/** `DELETE FROM t` and `UPDATE t SET …` as SQL, or handed to a client. */
function* rowless(block: BlockText): Iterable<BlockReport> {
  const say = (reasons: readonly string[]): string | undefined => {
    const [, verb] = reasons.map((reason) => /^SQL (DELETE|UPDATE) without/.exec(reason)).find(Boolean) ?? [];
    return verb === undefined
      ? undefined
      : `${verb} has no WHERE that leaves any row out: it ${verb === 'DELETE' ? 'deletes' : 'changes'} every row of the table. Name the rows, and count them with a SELECT before.`;
  };
  if (!block.runnable) return;
  for (const { start, end, classification } of block.commands) {
    const message = say(classification.reasons);
    if (message !== undefined) yield { at: { start, end }, message };
  }
  const message = block.commands.length === 0 ? say(block.classification.reasons) : undefined;
  if (message !== undefined) yield { at: 'fence', message };
}

interface Taken {
  readonly report: BlockReport;
  /** That it takes everything is all that is wrong: nothing, where the step is for that. */
  readonly asWritten: boolean;
}

function kubectl(program: Program): Taken | undefined {
  if (!/^(?:kubectl|oc)$/.test(program.name)) return undefined;
  const word = option(program, /^(?:--all|-A|--all-namespaces)(?:=true)?$/);
  if (word === undefined || option(program, /^(?:-l|-l.+|--(?:field-)?selector(?:=.*)?|--dry-run(?:=.*)?)$/))
    return undefined;
  const words = operands(program).map(({ value }) => value);
  const verb = words.find((value) => value === 'delete' || value === 'scale');
  if (verb === undefined) return undefined;
  const kind = kindIn(words, verb);
  const taken = (asWritten: boolean, message: string) => ({ report: { at: word, message }, asWritten });
  if (option(program, /^--all(?:=true)?$/) === undefined) {
    // A file names what it deletes; only `delete` knows the option.
    if (verb !== 'delete' || option(program, /^(?:-[fk]|--filename|--kustomize)/) !== undefined)
      return undefined;
    return taken(
      false,
      `\`${program.name} delete\` refuses \`${word.value}\` without a selector or \`--all\`, and nothing is deleted. Name the ${kind} and their namespace, or give a selector that \`${program.name} get\` was tried with.`,
    );
  }
  const all = /^--all(?:=|$)/.test(word.value);
  // A namespace for trying things out is put to sleep as a whole.
  if (
    verb === 'scale' &&
    all &&
    /(?:^|[-_])(?:dev|test|staging|sandbox|preview)\d*$/i.test(namespaceOf(program))
  )
    return undefined;
  const where = all ? 'of the namespace' : 'in every namespace';
  if (verb === 'scale')
    return taken(
      false,
      `How many replicas the ${kind} ${where} had is known to nobody afterwards: \`${word.value}\` scales them all. Note the numbers before, name those that are meant, or give a selector.`,
    );
  return taken(
    true,
    `\`${word.value}\` deletes all ${kind} ${where}, whoever they belong to. Name them, or give a selector that \`${program.name} get\` was tried with.`,
  );
}

function namespaceOf(program: Program): string {
  const words = program.words.map(({ value }) => value);
  const at = words.findIndex((value) => /^(?:-n|--namespace)$/.test(value));
  return (
    (at < 0 ? undefined : words[at + 1]) ??
    words.find((value) => value.startsWith('--namespace='))?.slice(12) ??
    ''
  );
}

function kindIn(words: readonly string[], verb: string): string {
  const after = words[words.indexOf(verb) + 1];
  return after === undefined || after === 'all' || !/^[\w.,-]+$/.test(after)
    ? 'objects'
    : `\`${excerpt(after, 30)}\``;
}

function redis(program: Program): BlockReport | undefined {
  if (!/^(?:redis-cli|valkey-cli|keydb-cli)$/.test(program.name)) return undefined;
  const word = operands(program).find(({ value }) => /^FLUSHALL\b/i.test(value));
  return (
    word && {
      at: word,
      message:
        '`FLUSHALL` empties every database of the server: sessions, queues and locks go with the cache. `FLUSHDB` with `-n` empties one; keys of one prefix can be found with `--scan --pattern` and unlinked.',
    }
  );
}

/** `docker rm -f $(docker ps -aq)` */
function containers(program: Program): BlockReport | undefined {
  if (!/^(?:docker|podman)$/.test(program.name)) return undefined;
  const words = operands(program);
  const verb = words.find(({ value }) => value !== 'container')?.value ?? '';
  if (!/^(?:rm|stop|kill|restart)$/.test(verb)) return undefined;
  const list = program.words.find(({ value }) =>
    /^(?:\$\(|`)\s*(?:docker|podman) (?:container )?(?:ps|ls) -[aq]+\s*(?:\)|`)$/.test(value),
  );
  return (
    list && {
      at: list,
      message: `This is every container of the machine, not only those of this service: \`${program.name} ${verb}\` takes them all. Narrow the list with \`--filter\`, or use \`${program.name} compose\`.`,
    }
  );
}

/** A port that is opened to everybody. */
function internet(program: Program): BlockReport | undefined {
  const { name, words } = program;
  const text = words.map(({ value }) => value).join(' ');
  const opens =
    (name === 'aws' && /\bauthorize-security-group-ingress\b/.test(text)) ||
    (name === 'gcloud' && /\bfirewall-rules (?:create|update)\b/.test(text)) ||
    (name === 'az' && /\bnsg rule (?:create|update)\b/.test(text) && !/\b(?:Deny|Outbound)\b/i.test(text));
  const word = words.find(({ value }) => /(?:^|[=,"'])(?:0\.0\.0\.0\/0|::\/0)(?:$|[,"'])/.test(value));
  // Web servers are meant to be reached by everybody; their ports alone are fine.
  if (
    !opens ||
    word === undefined ||
    /(?:--port[= ]|--ports?-?\w*[= ]|tcp:|destination-port-ranges? |FromPort"?[:=] ?)(?:80|443)\b/.test(text)
  )
    return undefined;
  return {
    at: word,
    message: `\`${excerpt(word.value, 40)}\` lets the whole internet in. Name the addresses that need it.`,
  };
}
