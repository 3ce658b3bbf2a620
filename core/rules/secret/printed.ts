import { excerpt } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Commands that put a secret on the screen. */
export const printedSecret: Rule = {
  id: 'secret/printed',
  title: 'A command prints a secret',
  severity: 'info',
  safety: true,
  docs: {
    what: 'Reports commands that print what a secret holds: `echo "$DB_PASSWORD"`, `printenv API_TOKEN`, `env | grep KEY`, `kubectl get secret … | base64 -d`, and the secret stores of the clouds. What goes into a file, a variable or another program is fine, and so is a value that the block itself sets in clear. The first password of an installation has to be read once: that is a hint.',
    why: 'In an incident the screen is shared, and the output is kept and pasted. A secret in it has to be changed afterwards.',
    wrong: '```bash\necho "$DB_PASSWORD"\n```',
    right: '```bash\ntest -n "$DB_PASSWORD" && echo "DB_PASSWORD is set"\n```',
    source: 'CWE-532, Insertion of Sensitive Information into Log File.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    for (const command of block.commands) {
      if (!command.classification.readsSecrets) continue;
      for (const { start, end, stages } of pipelines(command.text)) {
        const shown = whatIsShown(stages);
        if (shown === null) continue;
        const at = { start: command.start + start, end: command.start + end };
        const text = command.text.slice(start, end);
        const variable = /^what `\$(\w+)/.exec(shown)?.[1];
        const origin = variable === undefined ? text : givenTo(variable, block.content);
        if (isNoSecret(variable, origin)) continue;
        if (INITIAL.test(origin)) {
          if (!CHANGED.test(block.content))
            yield {
              at,
              severity: 'hint',
              message: `\`${excerpt(text, 50)}\` shows the first password to everybody who sees the screen. Change it right after the first login.`,
            };
          continue;
        }
        yield {
          at,
          message: `\`${excerpt(text, 50)}\` prints ${shown}: it stays on the screen and in the output that is kept. ${shown.startsWith('what `$') ? 'To see that it is set, ask `test -n`.' : 'Hand it to the program that needs it, or ask only whether it is there.'}`,
        };
      }
    }
  },
};

/** What a block last gives a variable, as written; empty where it sets none. */
function givenTo(name: string, content: string): string {
  const at = Math.max(content.lastIndexOf(`\n${name}=`), content.lastIndexOf(` ${name}=`));
  const start = at >= 0 ? at + 1 : content.startsWith(`${name}=`) ? 0 : -1;
  return start < 0 ? '' : (content.slice(start + name.length + 1).split(/(?<!\\)\n/, 1)[0] ?? '');
}

/** A value that the block sets in clear is shown by the document already; what is made for a test protects nothing. */
function isNoSecret(variable: string | undefined, origin: string): boolean {
  return variable === undefined
    ? /\bsecrets?\s+(?:test|demo|example|sample|dummy)[-_]/.test(origin)
    : /^["']?[\w!@#%.-]+["']?\s*(?:#|$)/.test(origin);
}

/** The password that an installer makes for the first login. */
const INITIAL = /\binitial-\w+-(?:secret|password)\b|\b(?:bootstrap|initial)[-_]?(?:admin[-_]?)?password\b/i;
const CHANGED = /\bupdate-password\b|\bpasswd\b/;

interface Pipeline {
  readonly start: number;
  readonly end: number;
  /** The commands between the bars; one that writes to a file is marked. */
  readonly stages: readonly { readonly text: string; readonly toFile: boolean }[];
}

/** The pipelines of a command, split at bare `;`, `&`, `||` and line ends. */
function pipelines(text: string): Pipeline[] {
  const bare = bareCharacters(text);
  const found: Pipeline[] = [];
  let stages: { text: string; toFile: boolean }[] = [];
  let pipelineStart = 0;
  let stageStart = 0;
  let depth = 0;
  let toFile = false;
  const finish = (at: number, whole: boolean): void => {
    stages.push({ text: text.slice(stageStart, at).trim(), toFile });
    toFile = false;
    if (!whole) return;
    const part = text.slice(pipelineStart, at);
    const start = pipelineStart + (part.length - part.trimStart().length);
    if (part.trim() !== '') found.push({ start, end: start + part.trim().length, stages });
    stages = [];
  };
  for (let i = 0; i < text.length; i++) {
    if (bare[i] !== 1) continue;
    const char = text[i] as string;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (depth > 0) continue;
    else if (char === '>' && text[i + 1] !== '&' && text[i - 1] !== '2') toFile = true;
    else if (char === '|' && text[i + 1] !== '|' && text[i - 1] !== '|') {
      finish(i, false);
      stageStart = i + 1;
      // After a bar the command goes on, also on the next line.
      while (/\s/.test(text[stageStart] ?? '')) stageStart++;
      i = stageStart - 1;
    } else if (
      char === ';' ||
      char === '\n' ||
      char === '|' ||
      (char === '&' && !/[<>]/.test(text[i - 1] ?? '') && text[i + 1] !== '>')
    ) {
      finish(i, true);
      pipelineStart = i + 1;
      stageStart = i + 1;
    }
  }
  finish(text.length, true);
  return found;
}

/** Names of variables that hold nothing but a secret. */
const secretName =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|(?<!NEXT_?|PAGE_?|CONTINUE_?|CONTINUATION_?|START_?)TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY|CREDENTIALS?)$/i;
const secretWord = /PASS|PWD|SECRET|TOKEN|KEY|CREDENTIAL|DSN|(?:DATABASE|DB|REDIS|MONGO\w*)_UR[IL]/i;
/** Programs that pass on what they read, to the screen. */
const passes =
  /^(?:grep(?!.*\s-\w*[cqlL])|egrep|base64\s|jq\s|head$|head\s+-n|tail|sort|cat$|less|more|tr\s|tee\s|xxd)/;

function whatIsShown(stages: Pipeline['stages']): string | null {
  const [first, ...rest] = stages;
  if (first === undefined || stages.some(({ toFile }) => toFile)) return null;
  if (!rest.every(({ text }) => passes.test(text))) return null;
  const text = first.text.replace(/\\\n/g, ' ').replace(/^sudo\s+/, '');
  if (/^(?:echo|printf|print)\s/.test(text)) {
    if (text.includes('::add-mask::')) return null;
    // `${#TOKEN}`, `${TOKEN:+set}` and `${TOKEN:0:4}` do not show all of it.
    for (const [, bare, braced] of text.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?=\}|:?[-?]))/g))
      if (secretName.test(bare ?? braced ?? '')) return `what \`$${bare ?? braced}\` holds`;
    return null;
  }
  const named = /^printenv\s+(\w+)$/.exec(text)?.[1];
  if (named !== undefined) return secretName.test(named) ? `what \`$${named}\` holds` : null;
  if (
    /^(?:(?:docker|kubectl|oc|podman|docker-compose|docker\s+compose)\s.{0,300}\s)?(?:env|printenv)$/s.test(
      text,
    )
  ) {
    const filter = rest.find(({ text: stage }) => /^e?grep\s/.test(stage) && !/\s-\w*v/.test(stage));
    return filter !== undefined && secretWord.test(filter.text) ? 'secrets from the environment' : null;
  }
  if (/^(?:kubectl|oc)\s(?:[^|]{0,200}\s)?get\s+secrets?\b/.test(text))
    return /\s(?:-o|--output)[ =]?(?:yaml|json|go-template)\b|\s(?:-o|--output)[ =]?["']?jsonpath/.test(
      text,
    ) && !/\.crt|\.metadata\b/.test(text)
      ? 'a secret'
      : null;
  if (
    /^(?:gcloud\s+secrets\s+versions\s+access|az\s+keyvault\s+secret\s+show|aws\s+secretsmanager\s+get-secret-value|vault\s+kv\s+get|aws\s+ssm\s+get-parameters?\s(?=.*--with-decryption))\b/s.test(
      text,
    )
  )
    return 'a secret';
  return null;
}
