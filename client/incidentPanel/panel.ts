/** The incident panel's host: reads the log, sends what has changed, and carries out what the panel asks for. */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type IncidentService, workspaceOfDir } from '../incident/service.ts';
import { Refusal, showError } from '../messages.ts';
import type { CurrentIncident } from '../state.ts';
import { panelHtml } from './html.ts';
import { readPanelMessage } from './messages.ts';
import type { FromPanel, ToPanel } from './protocol.ts';
import { difference, type PanelContent, panelContent } from './snapshot.ts';

export interface IncidentPanel extends Disposable {
  /** Opens the panel beside the editor, or brings it to the front, and shows this incident. */
  show(incident: CurrentIncident): void;
}

const viewType = 'runline.incident';

/** What each button of the panel does. All of them ask in the editor's own dialogs. */
const actionCommands = {
  acknowledge: 'runline.acknowledge',
  severity: 'runline.setSeverity',
  status: 'runline.setStatus',
  note: 'runline.addNote',
  postmortem: 'runline.draftPostmortem',
  resolve: 'runline.resolve',
} as const;

/**
 * @param outputFile The raw output of a run, or null where this machine has none.
 */
export function createIncidentPanel(
  extension: ExtensionContext,
  incidents: IncidentService,
  log: LogOutputChannel,
  outputFile: (run: string) => string | null,
): IncidentPanel {
  let panel: WebviewPanel | undefined;
  let shown: CurrentIncident | undefined;
  let sent: PanelContent | undefined;
  let sequence = 0;
  let ready = false;
  let turn: Promise<void> = Promise.resolve();

  const post = (message: ToPanel): void => void panel?.webview.postMessage(message);

  const read = async (incident: CurrentIncident): Promise<PanelContent> => {
    const store = incidents.at(incident.dir);
    const [events, verdict] = await Promise.all([store.events(incident.id), store.verify(incident.id)]);
    const fault = verdict.ok
      ? null
      : (verdict.message ?? `line ${verdict.line ?? '?'} does not match its hash`);
    return panelContent(events, new Date(), fault, (run) => outputFile(run) !== null);
  };

  /** Sends a snapshot, or only what has changed since the last message. One at a time, in order. */
  const send = (whole: boolean): Promise<void> => {
    turn = turn.then(async () => {
      const incident = shown;
      if (panel === undefined || incident === undefined || !ready || !panel.visible) return;
      try {
        const content = await read(incident);
        if (incident !== shown) return;
        panel.title = `${content.header.severity.id} · ${content.header.title}`;
        const now = new Date().toISOString();
        if (whole || sent === undefined) {
          post({ type: 'snapshot', sequence: ++sequence, now, ...content });
        } else {
          const change = difference(sent.entries, content.entries);
          const same = JSON.stringify(sent.header) === JSON.stringify(content.header);
          if (same && change.entries.length === 0 && change.removed.length === 0) return;
          post({ type: 'delta', sequence: ++sequence, now, header: content.header, ...change });
        }
        sent = content;
      } catch (error) {
        log.warn(`${incident.id} cannot be shown.`, error);
        const reason = error instanceof Error ? error.message : String(error);
        post({ type: 'missing', message: `${incident.id} cannot be read. ${reason}` });
        sent = undefined;
      }
    });
    return turn;
  };

  const reveal = async (
    incident: CurrentIncident,
    link: { readonly path: string; readonly line: number },
  ): Promise<void> => {
    const uri = Uri.joinPath(workspaceOfDir(incident.dir), link.path);
    const target = link.path.startsWith('/') || /^[a-z]:/i.test(link.path) ? Uri.file(link.path) : uri;
    const line = Math.max(0, link.line - 1);
    const document = await Promise.resolve(workspace.openTextDocument(target)).catch((error) => {
      log.info(`${target.toString()} cannot be opened.`, error);
      throw new Refusal(
        `${link.path} cannot be opened: it was moved or deleted since. What ran is in the incident's log.`,
        [{ title: 'Go to File…', command: 'workbench.action.quickOpen' }],
      );
    });
    await window.showTextDocument(document, {
      viewColumn: panel?.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One,
      selection: new Range(line, 0, line, 0),
    });
  };

  const carryOut = async (message: FromPanel, incident: CurrentIncident): Promise<void> => {
    if (message.type === 'ready') {
      ready = true;
      return send(true);
    }
    if (message.type === 'action') {
      const { action } = message;
      if (action === 'openLog') {
        const file = Uri.file(incidents.at(incident.dir).logFile(incident.id));
        await window.showTextDocument(await workspace.openTextDocument(file), {
          viewColumn: ViewColumn.Beside,
        });
      } else if (action === 'openRunbook') {
        const { runbook } = await incidents.at(incident.dir).get(incident.id);
        if (runbook !== null) await reveal(incident, { path: runbook, line: 1 });
        else void window.showInformationMessage(`${incident.id} was declared without a runbook.`);
      } else {
        await commands.executeCommand(actionCommands[action], incident);
      }
      return;
    }
    // What is opened comes from what we sent, never from the message.
    const entry = sent?.entries.find((candidate) => candidate.id === message.entryId);
    if (entry === undefined) return;
    if (message.type === 'reveal') {
      if (entry.link !== null) await reveal(incident, entry.link);
    } else {
      const file = outputFile(entry.id);
      if (file === null) return;
      const document = await workspace.openTextDocument(Uri.file(file));
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
    }
  };

  const receive = (raw: unknown): void => {
    const message = readPanelMessage(raw);
    if (message === undefined || shown === undefined) {
      log.warn('The incident panel sent something that is none of its messages; it was ignored.');
      return;
    }
    carryOut(message, shown).catch((error) => showError(log, 'do that', error));
  };

  const options = {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension.extensionUri, 'dist', 'webview')],
  };

  const open = (): WebviewPanel =>
    prepare(
      window.createWebviewPanel(
        viewType,
        'Incident',
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        options,
      ),
    );

  const prepare = (made: WebviewPanel): WebviewPanel => {
    made.webview.options = options;
    made.iconPath = Uri.joinPath(extension.extensionUri, 'images', 'icon.png');
    made.webview.onDidReceiveMessage(receive);
    // A hidden webview is unloaded and asks anew by itself; messages to it would be lost.
    made.onDidChangeViewState(() => {
      if (!made.visible) ready = false;
    });
    made.onDidDispose(() => {
      panel = undefined;
      sent = undefined;
      ready = false;
    });
    made.webview.html = panelHtml(made.webview, extension.extensionUri);
    return made;
  };

  const changes = incidents.onDidChange(() => void send(false));
  // After a reload of the window the panel comes back with the incident that is current then.
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(restored) {
      const current = incidents.current() ?? incidents.all()[0];
      if (current === undefined || panel !== undefined) {
        restored.dispose();
        return;
      }
      shown = { dir: current.dir, id: current.id };
      panel = prepare(restored);
    },
  });

  return {
    show(incident) {
      const other = shown?.id !== incident.id || shown.dir !== incident.dir;
      shown = { dir: incident.dir, id: incident.id };
      if (panel === undefined) {
        sent = undefined;
        panel = open();
        return;
      }
      panel.reveal(undefined, true);
      if (other) void send(true);
    },
    dispose() {
      changes.dispose();
      serializer.dispose();
      panel?.dispose();
    },
  };
}
