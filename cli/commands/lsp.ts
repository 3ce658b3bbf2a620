/** `runline lsp --stdio`: the language server for any editor. */
import { type Command, UsageError } from '../io.ts';

export const lsp: Command = async (args) => {
  const unknown = args.filter(
    (arg) => !/^--(stdio|node-ipc|pipe=.+|socket=\d+|clientProcessId=\d+)$/.test(arg),
  );
  if (unknown.length > 0)
    throw new UsageError(`runline lsp does not know ${unknown.join(' ')}. Use runline lsp --stdio.`);
  if (args.length === 0) throw new UsageError('runline lsp needs a transport. Use runline lsp --stdio.');
  // The transport is read from process.argv by the connection, so the server starts only here.
  await import('../../server/main.ts');
  return new Promise<number>(() => {});
};
