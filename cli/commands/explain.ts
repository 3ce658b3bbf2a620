/** `runline explain`: what a command would do, before it does it. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { explainCommand, sentenceOf } from '../../core/shell/index.ts';
import { type Command, oneOf, paint, UsageError, visible } from '../io.ts';

export const explain: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'pretty' }, jsonl: { type: 'boolean', default: false } },
  });
  const format = oneOf('format', values.format, ['pretty', 'json']);
  if (values.jsonl) {
    if (positionals.length > 0)
      throw new UsageError('runline explain --jsonl reads commands from standard input alone.');
    for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== '') io.out(`${JSON.stringify(answer(readLine(line)))}\n`);
    }
    return 0;
  }
  const [command, ...rest] = positionals;
  if (command === undefined || rest.length > 0)
    throw new UsageError('runline explain takes one command; put it in quotes.');
  const verdict = explainCommand(command);
  if (format === 'json') {
    io.out(`${JSON.stringify({ command, ...verdict, sentence: sentenceOf(verdict) })}\n`);
    return 0;
  }
  const style = { 'read-only': 'green', mutating: 'yellow', destructive: 'red' } as const;
  io.out(
    `${paint(io, style[verdict.risk], verdict.risk)} · ${verdict.mode}${verdict.readsSecrets ? ' · reads secrets' : ''}${verdict.network ? ' · network' : ''}\n`,
  );
  io.out(`  ${visible(sentenceOf(verdict))}\n`);
  return 0;
};

interface Question {
  readonly command: string;
  readonly language?: string;
}

function answer({ command, language }: Question): object {
  const { risk, mode, readsSecrets, reasons } = explainCommand(command, language);
  return { command, risk, mode, readsSecrets, reasons };
}

function readLine(line: string): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError(`This line is not JSON: ${line.slice(0, 80)}`);
  }
  const { command, language } = (value ?? {}) as Record<string, unknown>;
  if (typeof command !== 'string' || (language !== undefined && typeof language !== 'string'))
    throw new UsageError(`A line must be {"command": "…", "language"?: "…"}: ${line.slice(0, 80)}`);
  return language === undefined ? { command } : { command, language };
}
