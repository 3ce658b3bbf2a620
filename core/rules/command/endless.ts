import { excerpt } from '../support/blocks.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Commands that never end by themselves. */
export const endless: Rule = {
  id: 'command/endless',
  title: 'A command never ends by itself',
  severity: 'info',
  docs: {
    what: 'Reports a command that runs until somebody stops it: `tail -f`, `kubectl logs -f`, `--follow`, `--watch`, `ping` without a count. An info where commands stand behind it, else a hint: to watch may be what it is there for.',
    why: 'What stands after it in the block is never reached. With a bound it answers and the next command runs.',
    wrong: '```bash\ntail -f /var/log/web/error.log\ngrep -c timeout /var/log/web/error.log\n```',
    right: '```bash\ntail -n 200 /var/log/web/error.log\ngrep -c timeout /var/log/web/error.log\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable) return;
    for (const [index, command] of block.commands.entries()) {
      // `… &` goes on in the background, and the block goes on without it.
      if (command.classification.mode !== 'stream' || /[^&]&\s*$/.test(command.text)) continue;
      const behind = block.commands.length - 1 - index;
      // To watch may be what it is there for; one of several ways is run by itself.
      const alone = behind === 0 || block.alternatives.length > 0;
      const cost = alone
        ? ''
        : ` ${behind === 1 ? 'The command after it is' : `The ${behind} commands after it are`} not reached.`;
      yield {
        at: command,
        ...(alone && { severity: 'hint' as const }),
        message: `\`${excerpt(command.text, 50)}\` never ends by itself.${cost} ${bound(command.tool, command.text)}`,
      };
    }
  },
};

/** The tool's own bound where there is one, else `timeout`. */
function bound(tool: string | null, text: string): string {
  if (tool === 'tail') return 'For a look back, `tail -n 100` ends.';
  if (tool === 'ping' || tool === 'ping6') return 'Give it a count: `ping -c 4`.';
  if (tool === 'journalctl') return 'For a look back, put `-n 100 --no-pager` in the place of `-f`.';
  if (tool === 'tcpdump') return 'With `-c 100` it ends after as many packets.';
  if (tool === 'railway') return 'For a look back, `--lines 100` ends.';
  if (/\bport-forward\b|\bproxy\b/.test(text)) return 'With `&` at its end, the block goes on while it runs.';
  if (/\bdocker stats\b/.test(text)) return '`docker stats --no-stream` prints once and ends.';
  const flag = /\s(--follow|--watch|-Wait|-f|-w)\b/.exec(text)?.[1];
  if (flag !== undefined && containerTools.test(tool ?? '')) {
    if (/\slogs?\s/.test(text)) return `For a look back, use \`--tail=100\` without \`${flag}\`.`;
    if (/\sget\s/.test(text)) return `Without \`${flag}\` it prints once and ends.`;
  }
  if (tool === 'aws' && flag !== undefined) return 'For a look back, use `--since 10m` without `--follow`.';
  if (flag === '-Wait') return 'Without `-Wait` it ends.';
  if (containerTools.test(tool ?? '') && /\s(?:run|up)\b/.test(text))
    return 'With `-d` it starts in the background.';
  if (tool !== null && SERVERS.test(`${tool} ${text}`))
    return 'Start it as a service, or in a terminal of its own.';
  return 'To bound it, put `timeout 60` before it; to go on while it runs, end it with `&`.';
}

/** What serves rather than shows: to cut it off after a minute is no use. */
const SERVERS = /\b(?:streamlit|uvicorn|gunicorn|flask|serve|server|start|dev)\b/;

const containerTools = /^(?:kubectl|oc|docker|docker-compose|podman|podman-compose|nerdctl)$/;
