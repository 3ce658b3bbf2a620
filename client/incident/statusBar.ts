/** The status-bar item that counts the response time down. */
import { Disposable, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { clockText } from './clockText.ts';
import type { IncidentService } from './service.ts';

export function createIncidentStatusBar(incidents: IncidentService): Disposable {
  const item = window.createStatusBarItem('runline.incident', StatusBarAlignment.Left, 1000);
  item.name = 'Runline: Incident';
  item.command = 'runline.showIncident';

  const draw = (): void => {
    const current = incidents.current();
    const open = incidents.open().length;
    if (current === undefined) {
      if (open === 0) {
        item.hide();
        return;
      }
      item.text = `$(flame) ${open} incidents open`;
      item.tooltip = 'Choose the incident that steps are recorded in.';
      item.backgroundColor = undefined;
      item.show();
      return;
    }
    const { text, tone, tooltip } = clockText(current.state, new Date());
    // Setting the same text again would still be sent to the window each second.
    if (item.text !== text) item.text = text;
    if (item.tooltip !== tooltip) item.tooltip = tooltip;
    const background = tone === 'plain' ? undefined : `statusBarItem.${tone}Background`;
    if ((item.backgroundColor as ThemeColor | undefined)?.id !== background) {
      item.backgroundColor = background === undefined ? undefined : new ThemeColor(background);
    }
    item.accessibilityInformation = {
      label: `${text.replace('$(flame)', 'Incident')}. ${tooltip}`,
      role: 'button',
    };
    item.show();
  };

  const timer = setInterval(draw, 1000);
  draw();
  return Disposable.from(item, incidents.onDidChange(draw), new Disposable(() => clearInterval(timer)));
}
