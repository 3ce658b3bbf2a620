/**
 * Output on its way to a terminal of ours: colours and line editing stay, everything that could reach beyond the text is
 * dropped (titles, links, clipboard writes, shell-integration marks, private modes). Works across chunk borders.
 */

/** CSI endings that only colour, erase or move within the screen. */
const harmless = new Set('mKJABCDEFGHdf');
const esc = 0x1b;
/** A control sequence longer than this is no control sequence. */
const longest = 64;

export interface TerminalText {
  /** The part of a chunk that may be shown, with CR LF line ends. */
  push(chunk: string): string;
}

export function createTerminalText(): TerminalText {
  let mode: 'text' | 'escape' | 'csi' | 'string' | 'string-escape' = 'text';
  let csi = '';

  /** One character outside plain text; what it completes, or nothing. */
  const control = (code: number, char: string): string => {
    switch (mode) {
      case 'escape':
        if (char === '[') {
          mode = 'csi';
          csi = '';
        } else if (char === ']' || char === 'P' || char === 'X' || char === '^' || char === '_') {
          mode = 'string';
        } else if (code !== esc) {
          mode = 'text';
        }
        return '';
      case 'csi':
        if (code === esc) mode = 'escape';
        else if (code >= 0x40 && code <= 0x7e) {
          mode = 'text';
          return harmless.has(char) && /^[\d;:]*$/.test(csi) ? `\x1b[${csi}${char}` : '';
        } else if (csi.length >= longest) mode = 'text';
        else csi += char;
        return '';
      case 'string':
        if (code === 0x07 || code === 0x9c) mode = 'text';
        else if (code === esc) mode = 'string-escape';
        return '';
      default:
        // ESC inside a string: only ESC \ ends it; another escape begins anew.
        mode = char === '\\' ? 'text' : code === esc ? 'string-escape' : 'string';
        return '';
    }
  };

  return {
    push(chunk) {
      let out = '';
      let plainFrom = 0;
      for (let i = 0; i < chunk.length; i++) {
        const code = chunk.charCodeAt(i);
        if (mode === 'text' && code >= 0x20 && (code < 0x7f || code > 0x9f)) continue;
        const char = chunk.charAt(i);
        if (mode !== 'text') {
          out += control(code, char);
        } else {
          out += chunk.slice(plainFrom, i);
          if (code === esc) mode = 'escape';
          else if (char === '\n') out += '\r\n';
          else if (char === '\r' || char === '\t' || char === '\b') out += char;
        }
        plainFrom = i + 1;
      }
      return mode === 'text' ? out + chunk.slice(plainFrom) : out;
    },
  };
}
