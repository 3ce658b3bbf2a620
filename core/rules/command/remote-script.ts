import { isPosixShell } from '../support/blocks.ts';
import { peeled, type ShellWord, simpleCommands } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** A script that runs straight off the network. */
export const remoteScript: Rule = {
  id: 'command/remote-script',
  title: 'A script runs straight from the network',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports `curl … | sh` and its kin: `wget -O- … | sudo bash`, `bash <(curl …)`, `sh -c "$(curl …)"`, `curl … | python3`.',
    why: 'Whoever answers at that address decides what runs, with your rights, and nobody has read it. If the connection breaks off, half of it has run.',
    wrong: '```bash\ncurl -fsSL https://get.example.net/agent.sh | sudo bash\n```',
    right:
      '```bash\ncurl -fsSLo agent.sh https://get.example.net/agent.sh\nsha256sum -c agent.sh.sha256\nless agent.sh\nsudo bash agent.sh\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!isPosixShell(block.effectiveLanguage)) return;
    for (const statement of block.commands) {
      if (!/\b(?:curl|wget)\b/.test(statement.text)) continue;
      const commands = simpleCommands(block, statement);
      /** The first command of the pipeline. */
      let from = commands[0];
      for (const command of commands) {
        if (command.before !== '|') from = command;
        const { words } = peeled(command.words);
        if (!interpreter.test(words[0]?.value ?? '')) continue;
        // A filter may stand between: `curl … | tee x.sh | bash`.
        const piped =
          from !== undefined &&
          from !== command &&
          downloads(peeled(from.words).words) &&
          readsScript(words.map(({ value }) => value));
        const substituted = !piped && runsDownload(words);
        if (!piped && !substituted) continue;
        const start = piped && from !== undefined ? from.start : command.start;
        yield {
          at: { start, end: command.end },
          message: `\`${words[0]?.value}\` runs what comes over the network, unread. Download it, look at it or check its sum, then run the file.`,
        };
      }
    }
  },
};

const interpreter = /^(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|k)?sh|python3?|perl|ruby|node|php)$/;

function downloads(words: readonly ShellWord[]): boolean {
  return /^(?:curl|wget)$/.test(words[0]?.value ?? '');
}

/** Whether an interpreter with these arguments reads its script from standard input. */
function readsScript([name = '', ...args]: readonly string[]): boolean {
  const shell = name.endsWith('sh');
  for (const arg of args) {
    if (arg === '-' || arg === '--' || (shell && /^-[a-z]*s$/.test(arg))) return true;
    // `-c code`, `-e code`, `-m json.tool`, and a script of its own.
    if (
      (shell ? /^-[a-z]*c/ : /^-[a-zA-Z]*[cemnprR]/).test(arg) ||
      /^--(?:eval|print)/.test(arg) ||
      !arg.startsWith('-')
    )
      return false;
  }
  return true;
}

/** `<(curl …)` as the script, or `-c "$(curl …)"`. */
function runsDownload(words: readonly ShellWord[]): boolean {
  const code = words.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
  if (code > 0) return /^"?(?:\$\(|`)\s*(?:curl|wget)\s/.test(words[code + 1]?.text ?? '');
  const script = words.slice(1).find(({ value }) => !value.startsWith('-'));
  return script !== undefined && /^<\(\s*(?:curl|wget)\s/.test(script.text);
}
