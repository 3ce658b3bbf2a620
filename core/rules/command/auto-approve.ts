import { excerpt } from '../support/blocks.ts';
import { operands, option, type Program, programs, withGap } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Options that answer yes to the one question which stands before harm. */
export const autoApprove: Rule = {
  id: 'command/auto-approve',
  title: 'A last question is answered in advance',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports options that skip the confirmation of a command which destroys or changes a whole environment (`terraform apply -auto-approve`, `az group delete --yes`, `docker volume prune --force`), and `--skip-final-snapshot`, which gives up the last backup of a database.',
    why: 'The tool shows what it is about to do, and waits. In a hurry, that list is the only review there is.',
    wrong: '```bash\nterraform apply -auto-approve\n```',
    right:
      '```bash\nterraform plan -out=tfplan\n```\n\nRead the plan, then:\n\n```bash\nterraform apply tfplan\n```',
    source: 'The tools’ own help texts.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, hints)) {
      const found = skipped(program, program.statement.classification.risk === 'destructive');
      if (found === undefined) continue;
      const { word, why } = found;
      yield {
        at: word,
        message: why,
        fixes: [
          {
            title: `Take out \`${excerpt(word.value, 40)}\``,
            edits: [{ start: withGap(block.content, word), end: word.end, newText: '' }],
            // Without it the command waits for an answer: right where a person looks on, not in a script.
            preferred: false,
          },
        ],
      };
    }
  },
};

/** What one of the options has in its text. */
const hints = [
  'auto-approve',
  'non-interactive',
  '-y',
  '--force',
  '-f',
  '-q',
  'skip-',
  'prune',
  '--accept-data',
];

/** Programs that ask before they destroy, with the options that answer. */
const destroyers: readonly { readonly name: RegExp; readonly option: RegExp; readonly sub?: RegExp }[] = [
  { name: /^az$/, option: /^(?:-y|--yes)$/ },
  { name: /^gcloud$/, option: /^(?:-q|--quiet)$/ },
  {
    name: /^(?:fly|flyctl|railway|vercel|argocd|gh|heroku|doctl|pulumi)$/,
    option: /^(?:-y|--yes|--force)$/,
    sub: /\b(?:destroy|delete|remove|rm|down)\b|:destroy\b/,
  },
  {
    name: /^(?:docker|podman)$/,
    option: /^(?:-[a]*f[a]*|--force)$/,
    sub: /^(?:system|volume) prune\b/,
  },
  { name: /^prisma$/, option: /^(?:-f|--force|--accept-data-loss)$/, sub: /^(?:migrate reset|db push)\b/ },
];

function skipped(program: Program, destructive: boolean): { word: ShellWord; why: string } | undefined {
  const { name } = program;
  const [, tool] = program.words;
  // `npx prisma migrate reset --force`
  const inner = /^(?:npx|pnpm|yarn|bunx)$/.test(name) && tool !== undefined && !tool.value.startsWith('-');
  const called = inner ? tool.value : name;
  const words = operands(program).map(({ value }) => value);
  const path = words.slice(inner ? 1 : 0).join(' ');

  if (/^(?:terraform|tofu|terragrunt)$/.test(called)) {
    const word = option(
      program,
      /^--?(?:terragrunt-non-interactive|auto-approve|non-interactive)(?:=true)?$/,
    );
    if (word === undefined) return undefined;
    const destroys = /\bdestroy\b/.test(path) || option(program, /^--?destroy$/) !== undefined;
    // A saved plan was read before, and is applied without a question anyway. `-var a=b` is none.
    const plan = words.filter((value) => !value.includes('=')).length > 1;
    if (!destroys && (!/\bapply\b/.test(path) || (!/\ball\b/.test(path) && plan))) return undefined;
    return {
      word,
      why: destroys
        ? `\`${word.value}\` destroys without showing first what: nobody is asked. Leave it out, or apply a plan that was read: \`${called} plan -destroy -out=FILE\`.`
        : `\`${word.value}\` applies whatever the plan turns out to be: nobody is asked. Save the plan with \`${called} plan -out=FILE\`, read it, and apply that file.`,
    };
  }
  if (called === 'pulumi' && /^up(?:date)?\b/.test(path)) {
    const word = option(program, /^(?:-y|--yes|-f|--skip-preview)$/);
    return (
      word && {
        word,
        why: `\`${word.value}\` updates the stack without asking. Look at \`pulumi preview\` first, and leave the option out.`,
      }
    );
  }
  if (called === 'aws') {
    const word = option(program, /^--skip-final(?:-cluster)?-snapshot$/);
    // What a drill restored is thrown away again, and of a replica no snapshot can be taken.
    if (
      word === undefined ||
      /drill|te?mp|test|restore|verif|sandbox|clone|replica|reader/i.test(program.statement.text)
    )
      return undefined;
    const name = word.value.includes('cluster') ? 'cluster' : 'db';
    return {
      word,
      why: `\`${word.value}\` deletes the database without a last backup of it. Name one with \`--final-${name}-snapshot-identifier\`, unless nobody needs the data.`,
    };
  }
  if (!destructive) return undefined;
  const form = destroyers.find(({ name: names, sub }) => names.test(called) && (sub?.test(path) ?? true));
  const word = form && option(program, form.option);
  if (word === undefined) return undefined;
  return {
    word,
    why: `\`${word.value}\` answers the last question before \`${excerpt([called, path].join(' '), 50)}\` destroys. Leave it out, so that somebody reads what goes.`,
  };
}
