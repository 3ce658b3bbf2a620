import type { BlockText } from '../../runbook/types.ts';
import { excerpt } from '../support/blocks.ts';
import { operands, option, type Program, programs } from '../support/programs.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Commands that take everything where a part was meant. */
export const wideScope: Rule = {
  id: 'command/wide-scope',
  title: 'A command takes more than it should have to',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports commands that change or destroy everything of a kind: `kubectl … --all` and `--all-namespaces` without a selector, `DELETE` and `UPDATE` without `WHERE`, `FLUSHALL`, all containers of a machine, and ports other than those of a web server that are opened to the whole internet.',
    why: 'The one broken pod and all pods are a word apart. What else lives there is not in the runbook, and its owners are not in the call.',
    wrong: '```bash\nkubectl delete pods --all --namespace shop\n```',
    right: '```bash\nkubectl delete pods --selector app=checkout --namespace shop\n```',
    source: 'kubectl, Redis and AWS documentation of the options.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    yield* rowless(block);
    for (const program of programs(block, hints)) {
      const found = kubectl(program) ?? redis(program) ?? containers(program) ?? internet(program);
      if (found !== undefined) yield found;
    }
  },
};

const hints = ['--all', '-A', 'FLUSHALL', 'flushall', ' ps -', ' ls -', '0.0.0.0/0', '::/0'];

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

function kubectl(program: Program): BlockReport | undefined {
  if (!/^(?:kubectl|oc)$/.test(program.name)) return undefined;
  const word = option(program, /^(?:--all|-A|--all-namespaces)(?:=true)?$/);
  if (word === undefined || option(program, /^(?:-l|-l.+|--(?:field-)?selector(?:=.*)?|--dry-run(?:=.*)?)$/))
    return undefined;
  const words = operands(program).map(({ value }) => value);
  const verb = words.find((value) => Object.hasOwn(verbs, value));
  if (verb === undefined) return undefined;
  const all = /^--all\b/.test(word.value);
  // A namespace for trying things out is put to sleep as a whole.
  if (
    verb === 'scale' &&
    all &&
    /(?:^|[-_])(?:dev|test|staging|sandbox|preview)\d*$/i.test(namespaceOf(program))
  )
    return undefined;
  const where = all ? 'of the namespace' : 'in every namespace';
  const lost = verb === 'scale' ? ' The numbers of replicas that they had are gone afterwards.' : '';
  return {
    at: word,
    message: `\`${word.value}\` ${verbs[verb]} all ${kindIn(words, verb)} ${where}, whoever they belong to.${lost} Name them, or give a selector that \`${program.name} get\` was tried with.`,
  };
}

/** What it does, in words. */
const verbs: Readonly<Record<string, string>> = { delete: 'deletes', scale: 'scales' };

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
