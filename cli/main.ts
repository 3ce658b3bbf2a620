/** The command line: `runline check | list | explain | run | incident | postmortem | lsp`. */
import { check } from './commands/check.ts';
import { explain } from './commands/explain.ts';
import { incident } from './commands/incident.ts';
import { list } from './commands/list.ts';
import { lsp } from './commands/lsp.ts';
import { postmortem } from './commands/postmortem.ts';
import { run } from './commands/run.ts';
import { reason } from './files.ts';
import { type Command, type Io, UsageError, visible } from './io.ts';

const COMMANDS: Readonly<Record<string, Command>> = { check, list, explain, run, incident, postmortem, lsp };

const HELP = `runline: operational runbooks from the command line

  runline check [PATH…] [--all] [--format pretty|json|sarif|github] [--fail-on error|warning|info|hint]
                [--fix | --fix-dry-run] [--no-config] [--shellcheck]
  runline list FILE [--format pretty|json]
  runline explain COMMAND [--format pretty|json]     or  runline explain --jsonl  (reads standard input)
  runline run FILE STEP… [--set NAME=VALUE] [--incident ID] [--dry-run] [--yes] [--format pretty|json]
  runline incident open --severity LEVEL --title TEXT [--runbook FILE]
  runline incident list | show ID | severity ID LEVEL | status ID STATUS | note ID TEXT | resolve ID | verify ID
  runline postmortem ID [--out FILE]
  runline lsp --stdio

run, incident and postmortem take --dir DIR (default: the workspace's .runline) and --format pretty|json.
Exit status: 0 fine, 1 findings or a failed step, 2 bad usage or unreadable input.
`;

/** Runs one command; answers the exit status and never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  if (
    name === undefined ||
    name === '--help' ||
    name === '-h' ||
    name === 'help' ||
    args.slice(0, endOfOptions(args)).includes('--help')
  ) {
    io.out(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (command === undefined) throw new UsageError(`"${name}" is not a command. See runline --help.`);
    return await command(args, io);
  } catch (error) {
    io.err(`runline: ${visible(messageOf(error))}\n`);
    if (io.env.RUNLINE_DEBUG && error instanceof Error) io.err(`${error.stack}\n`);
    return 2;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? `${path ?? 'A file operation failed'}: ${reason(error)}`
    : error.message;
}

function endOfOptions(args: readonly string[]): number {
  const at = args.indexOf('--');
  return at === -1 ? args.length : at;
}

/** Commands that only answer: where nobody reads on, there is nothing left to do. */
const READERS: readonly (string | undefined)[] = ['check', 'list', 'explain'];

/** Whether results could not be written: then nothing else decides the exit status. */
let outputLost = false;

/** The process's own streams. */
function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that goes away (`runline list … | head`) is no fault, and a step that runs is still to be recorded.
    if (error.code === 'EPIPE') {
      if (READERS.includes(process.argv[2])) process.exit(0);
      return;
    }
    if (outputLost) return;
    outputLost = true;
    process.exitCode = 2;
    process.stderr.write(`runline: standard output cannot be written: ${error.message}\n`);
  });
  process.stderr.on('error', () => undefined);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  };
}

void main(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = outputLost ? 2 : status;
});
