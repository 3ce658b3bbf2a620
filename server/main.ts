/** The server as a process of its own: `--stdio`, `--node-ipc` and the other transports of vscode-languageserver. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all));
