/** The page around the panel: nothing is allowed but our own script, by nonce, and our own style sheet. */
import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

export function panelHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(18).toString('base64url');
  const file = (name: string): string =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${file('incidentPanel.css')}" />
    <title>Incident</title>
  </head>
  <body>
    <main id="root"></main>
    <div id="live" class="hidden" aria-live="polite"></div>
    <script nonce="${nonce}" src="${file('incidentPanel.js')}"></script>
  </body>
</html>`;
}
