/** Links that a block only names: `echo "Dashboard: https://grafana.example.org/d/api"`, nothing else on the line. */
import type { ShellCommand } from '../../shell/types.ts';

/** An address that a line names. */
export interface ShownLink {
  readonly target: string;
  /** The words of the line without the address: `Dashboard`; the address itself where there are none. */
  readonly text: string;
  /** The address, by offsets into the content. */
  readonly start: number;
  readonly end: number;
}

const ADDRESS = /https?:\/\/[^\s"'`<>\\;|&()]+(?:[&(][^\s"'`<>\\;|()]+\)?)*/g;

/** Links of the commands that do nothing but `echo` or `printf` words to the terminal. */
export function findShownLinks(commands: readonly ShellCommand[]): ShownLink[] {
  const links: ShownLink[] = [];
  for (const { tool, text, start, classification } of commands) {
    if ((tool !== 'echo' && tool !== 'printf') || classification.effect !== 'read' || classification.network)
      continue;
    if (
      text.length > 2000 ||
      !/^\s*(?:echo|printf)\s/.test(text) ||
      /[|;&]\s|\$\(|`|>/.test(text.replace(/"[^"]*"|'[^']*'/g, ''))
    )
      continue;
    for (const match of text.matchAll(ADDRESS)) {
      const target = match[0].replace(/[.,:;!?)]+$/, '');
      const words = text
        .replace(/^\s*(?:echo|printf)\s+(?:-[neE]+\s+)?/, '')
        .replace(match[0], ' ')
        .replace(/["']|\\n/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(/[\s:→-]+$/, '')
        .trim();
      const at = start + match.index;
      links.push({ target, text: words === '' ? target : words, start: at, end: at + target.length });
    }
  }
  return links;
}
