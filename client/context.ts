/** The one object that commands and views are given. Everything in it is made once, in `extension.ts`. */
import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Config } from './config.ts';
import type { IncidentService } from './incident/service.ts';
import type { IncidentPanel } from './incidentPanel/panel.ts';
import type { ActiveRuns } from './run/active.ts';
import type { OutputTerminals } from './run/output.ts';
import type { Previews } from './run/preview.ts';
import type { Results } from './run/results.ts';
import type { Runbooks } from './runbooks.ts';
import type { RunbookServer } from './server.ts';
import type { State } from './state.ts';

export interface Runline {
  readonly extension: ExtensionContext;
  /** The output channel "Runline". */
  readonly log: LogOutputChannel;
  readonly config: Config;
  readonly state: State;
  readonly server: RunbookServer;
  readonly runbooks: Runbooks;
  readonly previews: Previews;
  readonly output: OutputTerminals;
  readonly runs: ActiveRuns;
  readonly results: Results;
  readonly incidents: IncidentService;
  readonly panel: IncidentPanel;
}
