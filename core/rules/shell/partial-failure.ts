import type { BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';
import { excerpt, isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockFix, BlockReport, Rule } from '../types.ts';

/** A command that must not run when an earlier one of its block failed, and does. */
export const partialFailure: Rule = {
  id: 'shell/partial-failure',
  title: 'A later command runs although an earlier one failed',
  severity: 'warning',
  docs: {
    what: 'Reports, once a block, a command that relies on one before it and runs without it: deleting after `cd` or after a backup, deploying after tests, a migration or an image build, deleting what was copied. With `set -e`, `&&`, `||` or a look at `$?` nothing is said.',
    why: 'A shell goes on after a failure. `cd /srv/old` fails, and `rm -rf *` empties the folder you are in; the dump fails, and the database is dropped all the same.',
    wrong: '```bash\ncd /srv/ledger/cache\nrm -rf *\n```',
    right: '```bash\ncd /srv/ledger/cache &&\nrm -rf *\n```',
    source: 'ShellCheck SC2164.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    const { commands, content } = block;
    if (!block.runnable || commands.length < 2 || block.alternatives.length > 0) return;
    // At a prompt each line is typed by itself, and its failure is seen.
    if (!isPosixShell(block.effectiveLanguage) || block.effectiveLanguage === 'console') return;
    if (/\bset\s+-\w*e|\berrexit\b|^#!.*\s-\w*e|\btrap\b|\$\?|\bPIPESTATUS\b/m.test(content)) return;
    const steps = commands.map((command) => ({ command, words: plainWords(block, command) }));
    let earlier: Earlier | null = null;
    for (const [index, { command, words }] of steps.entries()) {
      if (earlier !== null && words !== null && earlier.relies.on(command, words)) {
        const next = commands[index - 1] === earlier.command;
        yield {
          at: { start: command.start, end: command.end },
          message: `${shown(command)} also runs when ${shown(earlier.command)} fails${earlier.relies.result}. Join ${next ? 'them' : 'what stands from there to here'} with \`&&\`.`,
          fixes: next ? joined(earlier, command, content) : [],
        };
        return;
      }
      // What holds the terminal until somebody ends it is a pause, at which a failure is seen.
      if (command.classification.mode !== 'capture' || BLOCKS.test(command.text)) earlier = null;
      if (words === null) {
        // `[ -s dump ] || exit 1` looks whether it worked.
        if (/\b(?:exit|return)\b/.test(command.text)) earlier = null;
        continue;
      }
      const relies = reliance(words, command.text);
      if (relies !== null) earlier = { command, relies };
    }
  },
};

interface Earlier {
  readonly command: ShellCommand;
  readonly relies: Reliance;
}

interface Reliance {
  /** What becomes of it then: `, and then in another folder`. */
  readonly result: string;
  /** Whether joining the two can only make it safer, and nobody could mean otherwise. */
  readonly certain: boolean;
  /** Whether a later command must not run without it. */
  on(command: ShellCommand, words: readonly ShellWord[]): boolean;
}

/** The words of a statement that is one plain command; null for pipelines, lists, branches and functions. */
function plainWords(block: BlockText, command: ShellCommand): readonly ShellWord[] | null {
  if (/^(?:if|for|while|until|case|function|\{|\()|\|\||&&|&$/.test(command.text)) return null;
  const all = simpleCommands(block, command);
  return all.length === 1 && all[0] !== undefined ? peeled(all[0].words).words : null;
}

function reliance(words: readonly ShellWord[], source: string): Reliance | null {
  const values = words.map(({ value }) => value);
  const text = values.join(' ');
  if (/^(?:cd|pushd)$/.test(values[0] ?? '')) {
    if (!/^[\w/~$]/.test(values[1] ?? '') || values[1] === '~' || values[1] === '$HOME') return null;
    return { result: ', and then in another folder', certain: true, on: (_, later) => worksHere(later) };
  }
  if (BACKUP.test(text))
    return {
      result: ', and then there is no backup',
      certain: false,
      on: (command, later) =>
        command.classification.risk === 'destructive' &&
        !STOPS.test(joinedValues(later)) &&
        !tidiesUp(later, source),
    };
  if (TEST.test(text) || BUILD.test(text))
    return { result: '', certain: false, on: (_, later) => DEPLOY.test(joinedValues(later)) };
  if (MIGRATION.test(text))
    return {
      result: ', and then the new version meets the old schema',
      certain: false,
      on: (_, later) => DEPLOY.test(joinedValues(later)),
    };
  const image = builtImage(values);
  if (image !== null)
    return {
      result: ', and then with the image of before',
      certain: false,
      on: (_, later) => DEPLOY.test(joinedValues(later)) && joinedValues(later).includes(image),
    };
  const copied = copiedFrom(values);
  if (copied !== null)
    return {
      result: ', and then the only copy is gone',
      certain: true,
      on: (_, later) => {
        const all = later.map(({ value }) => value);
        return all[0] === 'rm' && all.slice(1).some((value) => trimmed(value) === copied);
      },
    };
  return null;
}

const BACKUP =
  /^(?:pg_dump(?:all)?|mysqldump|mariadb-dump|mongodump|pg_basebackup|etcdctl (?:\S+ )*snapshot save|velero backup create|aws rds create-db-(?:cluster-)?snapshot|gcloud sql backups create|restic backup|borg create|(?:docker|kubectl|oc) exec .*\b(?:pg_dump(?:all)?|mysqldump|mongodump)\b)(?: |$)/;
/** What is only stopped is still there, and a pod comes back. */
const STOPS = /\b(?:stop|down|scale|cordon|drain|kill|restart|delete (?:pods?|po|jobs?))\b/;
const TEST =
  /^(?:pytest|(?:npm|pnpm|yarn)(?: run)? test|(?:npx|pnpm) (?:jest|vitest|playwright test)|go test|cargo test|mvn (?:test|verify)|(?:\.\/)?gradlew? (?:test|check)|make (?:test|check)|bundle exec rspec|phpunit)\b/;
/** What makes the version that is put into use next. */
const BUILD =
  /^(?:(?:npm|pnpm|yarn)(?: run)? build\S*|(?:npx )?(?:next|vite|tsc) build|cargo build|go build|mvn (?:package|install)|(?:\.\/)?gradlew? (?:build|assemble)|make build)(?: |$)/;
const MIGRATION =
  /^(?:alembic upgrade|(?:npx |pnpm |yarn )?prisma migrate deploy|flyway migrate|liquibase update|(?:bundle exec )?(?:rails|rake) db:migrate|python3? manage\.py migrate|(?:npm|pnpm|yarn) run (?:db:)?migrate\S*|npx knex migrate:latest|php artisan migrate)\b/;
/** Servers that run in the foreground until they are stopped. */
const BLOCKS =
  /^(?:(?:npm|pnpm|yarn)(?: run)? (?:start|dev|serve|preview)|(?:npx )?(?:next|vite) (?:start|dev|preview)|flask run|uvicorn|gunicorn|rails s(?:erver)?|python3? (?:-m http\.server|manage\.py runserver)|kubectl port-forward)\b(?!.*&$)/;
/** What puts a version into use. */
const DEPLOY =
  /^(?:docker push|docker stack deploy|kubectl (?:apply|set image|rollout restart|replace)|oc (?:apply|set image|rollout)|helm (?:upgrade|install)|pm2 (?:restart|reload|start)|systemctl (?:restart|reload|start)|railway (?:up|deploy)|vercel (?:--prod|deploy)|fly(?:ctl)? deploy|gcloud (?:run|app|functions) deploy|aws (?:ecs update-service|lambda update-function-code|s3 sync|deploy create-deployment)|npm publish|cf push|eb deploy|cap \w+ deploy|git push (?:heroku|origin (?:main|master|production)))(?: |$)/;

function joinedValues(words: readonly ShellWord[]): string {
  return words.map(({ value }) => value).join(' ');
}

/** Whether a command deletes, or changes a whole system, by where it stands. */
function worksHere(words: readonly ShellWord[]): boolean {
  const [program = '', ...rest] = words.map(({ value }) => value);
  const operands = rest.filter((value) => !value.startsWith('-'));
  const relative = operands.some((value) => /^(?:[\w.*?]|\{)/.test(value));
  if (program === 'rm' || program === 'shred') return relative;
  if (program === 'find') return /^(?:[\w.]|-)/.test(rest[0] ?? '') && rest.includes('-delete');
  if (program === 'chown' || program === 'chmod')
    return rest.some((value) => /^-\w*R/.test(value)) && operands.slice(1).some((v) => /^[\w.*]/.test(v));
  if (/^(?:terraform|tofu|terragrunt|pulumi)$/.test(program) && !rest.some((v) => v.startsWith('-chdir')))
    return /^(?:apply|destroy|up)$/.test(rest[0] ?? '') && /--?(?:auto-approve|yes)/.test(rest.join(' '));
  if (program === 'git') return /^(?:reset --hard|clean -\w*f|checkout (?:-- )?\.$)/.test(rest.join(' '));
  if (program === 'docker-compose' || (program === 'docker' && rest[0] === 'compose'))
    return rest.includes('down') && !rest.some((value) => /^(?:-f|--file|-p|--project)/.test(value));
  return false;
}

/** Clearing away a scratch file, or the file of the backup itself, is no loss that the backup was for. */
function tidiesUp(words: readonly ShellWord[], backup: string): boolean {
  const [program = '', ...rest] = words.map(({ value }) => value);
  return (
    program === 'rm' &&
    rest
      .filter((value) => !value.startsWith('-'))
      .every((value) => /^(?:\/tmp\/|\$\{?(?:TMP|tmp))/.test(value) || backup.includes(trimmed(value)))
  );
}

/** The name that `docker build -t NAME .` gives, where an older image may have it too; null otherwise. */
function builtImage(values: readonly string[]): string | null {
  if (!/^(?:docker|podman|nerdctl)$/.test(values[0] ?? '')) return null;
  const at = values[1] === 'build' ? 1 : values[1] === 'buildx' && values[2] === 'build' ? 2 : -1;
  if (at < 0 || values.includes('--push')) return null;
  const tag = values.findIndex((value) => value === '-t' || value === '--tag');
  const name = tag < 0 ? undefined : values[tag + 1];
  // A tag that is given anew for each version names no older image.
  return name !== undefined && !/:(?!(?:latest|stable|prod|production|staging|green|blue)$)[^/]*$/.test(name)
    ? name
    : null;
}

/** What `cp -a A B`, `rsync -a A B`, `scp A host:`, `aws s3 sync A B` and `tar cf B A` read; null for other commands. */
function copiedFrom(values: readonly string[]): string | null {
  const aws = values[0] === 'aws' && values[1] === 's3' && /^(?:cp|sync)$/.test(values[2] ?? '');
  const operands = values.slice(aws ? 3 : 1).filter((value) => !value.startsWith('-'));
  if (aws || /^(?:cp|rsync|scp)$/.test(values[0] ?? ''))
    return operands.length === 2 ? trimmed(operands[0] ?? '') : null;
  if (values[0] !== 'tar' || !/^-?\w*c\w*f$/.test(values[1] ?? '')) return null;
  // `tar czf OUT -C DIR NAME` reads `DIR/NAME`.
  if (values[3] === '-C')
    return values.length === 6 ? `${trimmed(values[4] ?? '')}/${trimmed(values[5] ?? '')}` : null;
  return values.length === 4 ? trimmed(values[3] ?? '') : null;
}

function trimmed(path: string): string {
  return path.replace(/\/+\*?$/, '');
}

function shown({ text }: ShellCommand): string {
  return `\`${excerpt(text, 45)}\``;
}

/** Writes `&&` between two neighbours, where nothing but a `;`, blanks and comments stands there. */
function joined({ command, relies }: Earlier, { start }: ShellCommand, content: string): BlockFix[] {
  const between = /^[ \t]*(;?)(?:\s|#[^\n]*(?=\n))*$/.exec(content.slice(command.end, start));
  // Behind a here-document a line of its own would have to begin.
  if (between === null || command.text.includes('<<')) return [];
  const end = between[1] === ';' ? content.indexOf(';', command.end) + 1 : command.end;
  return [
    {
      title: 'Join the two commands with `&&`',
      edits: [{ start: command.end, end, newText: ' &&' }],
      preferred: relies.certain,
    },
  ];
}
