import { excerpt } from '../support/blocks.ts';
import type { Report, Rule } from '../types.ts';

/** Links to whichever machine they are read on. */
export const bareLocalhost: Rule = {
  id: 'link/bare-localhost',
  title: 'A link leads to the reader’s own machine',
  severity: 'info',
  docs: {
    what: 'Reports links to `localhost` and `127.0.0.1` in a runbook that says nowhere how a reader’s machine comes to answer there: no port-forward, no tunnel, nothing that is started locally. Addresses in code are left alone.',
    why: 'On the machine of whoever wrote it, it works. On the telephone of whoever is on call, nothing answers.',
    wrong: 'Open the [dashboard](http://localhost:3000/d/orders).',
    right: 'Open the [dashboard](https://grafana.shop.example/d/orders).',
  },
  *check({ runbook }): Iterable<Report> {
    let explained: boolean | undefined;
    for (const link of runbook.links) {
      if (!/^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?:[:/]|$)/i.test(link.target)) continue;
      explained ??= forwards.test(runbook.source.text);
      if (explained) return;
      yield {
        range: link.range,
        message: `\`${excerpt(link.target, 50)}\` is the machine of whoever reads this. Give the address that everybody can open, or say what to start or forward first.`,
      };
    }
  },
};

/** What makes something answer on the reader's machine. */
const forwards =
  /port-?forward|\bssh\b[^\n]{0,200}\s-[a-zA-Z]*L|\btunnel|\bproxy\b|docker[- ]compose[^\n]{0,200}\bup\b|docker run\b|\b(?:npm|pnpm|yarn|bun) (?:run |start|dev)|\blocal(?:ly| development| environment| machine| setup| stack)\b|\bon the (?:host|server|node|machine)\b/i;
