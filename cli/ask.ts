/** Questions to a person at a terminal. Prompts go to standard error, so that results stay clean. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type Io, UsageError } from './io.ts';

/** Asks for one line; a hidden answer is not echoed. */
export async function ask(io: Io, prompt: string, hidden = false): Promise<string> {
  let muted = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!muted) io.err(chunk.toString());
      done();
    },
  });
  const readline = createInterface({ input: io.stdin, output, terminal: true });
  try {
    const answer = readline.question(prompt);
    muted = hidden;
    const text = await answer;
    if (hidden) io.err('\n');
    return text;
  } catch (error) {
    // Ctrl+C and Ctrl+D.
    if ((error as Error).name !== 'AbortError') throw error;
    io.err('\n');
    throw new UsageError('No answer was given, so nothing more was run.');
  } finally {
    readline.close();
  }
}
