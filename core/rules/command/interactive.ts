import { excerpt } from '../support/blocks.ts';
import { needlessTty } from '../support/tty.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Commands that need a terminal. */
export const interactive: Rule = {
  id: 'command/interactive',
  title: 'A command needs a terminal',
  severity: 'info',
  docs: {
    what: 'Reports a command that waits for a person at a terminal: a database shell, an editor, a pager, `top`, `kubectl exec -it`, a password prompt.',
    why: 'Such a command opens in a terminal and waits there for somebody. Where one answer is wanted, a form that asks and ends is quicker.',
    wrong: '```bash\npsql "$DATABASE_URL"\n```',
    right: '```bash\npsql "$DATABASE_URL" -c "SELECT count(*) FROM pg_stat_activity"\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    for (const command of block.commands) {
      if (command.classification.mode !== 'terminal') continue;
      // `command/needless-tty` tells of those.
      if (needlessTty(block, command).length > 0) continue;
      const advice = adviceFor(command.tool, command.text);
      yield {
        at: command,
        message: `\`${excerpt(command.text, 50)}\` needs a terminal, and opens in one.${advice === null ? '' : ` ${advice}`}`,
      };
    }
  },
};

/** The form that asks and ends, where the tool has one. */
const oneShot: Readonly<Record<string, string>> = {
  psql: 'For one answer, `psql … -c "SELECT …"` ends by itself.',
  mysql: 'For one answer, `mysql … -e "SELECT …"` ends by itself.',
  mariadb: 'For one answer, `mariadb … -e "SELECT …"` ends by itself.',
  mongosh: 'For one answer, `mongosh … --eval "…"` ends by itself.',
  mongo: 'For one answer, `mongo … --eval "…"` ends by itself.',
  'redis-cli': 'For one answer, give the command: `redis-cli … INFO`.',
  sqlite3: 'For one answer, give the statement: `sqlite3 file "SELECT …"`.',
  top: '`top -b -n 1` prints once and ends.',
  htop: '`top -b -n 1` prints once and ends.',
  watch: 'To look once, run the command without `watch`.',
  less: 'To print without a pager, use `cat` or `tail -n 100`.',
  more: 'To print without a pager, use `cat` or `tail -n 100`.',
};

function adviceFor(tool: string | null, text: string): string | null {
  if (/^\s*(?:sudo\s+)?watch\s/.test(text)) return oneShot.watch ?? null;
  if (tool === null) return null;
  if (/^(?:kubectl|oc)$/.test(tool) && /\sedit\s/.test(text))
    return `\`${tool} patch\` changes one field without an editor.`;
  if (/^(?:kubectl|oc|docker|podman|docker-compose|nerdctl)$/.test(tool) && oneShotInside(text))
    return 'The inner command ends by itself: without `-t` it needs no terminal.';
  return Object.hasOwn(oneShot, tool) ? (oneShot[tool] ?? null) : null;
}

/** `run -it web -- ls /data`: a terminal is asked for, but the inner command is no shell. */
function oneShotInside(text: string): boolean {
  const inner = /\s--(?:\s|\\\n)+([^\s\\]+)/.exec(text)?.[1];
  return (
    inner !== undefined &&
    !/^(?:.*\/)?(?:ba|z|a|da)?sh$|psql|mysql|redis-cli|mongo|python|node|rails|irb|top|vi/.test(inner)
  );
}
