/** Parts of an example that were left out or are filled in later. They are masked with text of the same length. */

/** A line that says only that something was left out: `...`, `…`, `<snip>`, `[...]`, with or without a comment mark or comma. */
export const elidedLine =
  /^[ \t]*(?:[-#*]|\/\/)?[ \t]*(?:\[?\(?(?:\.{3,}|…)[^"':]*|<(?:snip|snipped|omitted|truncated|redacted)>|\[?(?:snip|omitted|truncated)\]?)[ \t]*,?[ \t]*$/i;

/** A line of a template language that stands alone: `{{- if .Values.x }}`, `{% for x in y %}`. */
export const templateLine = /^[ \t]*(?:\{\{[^\n]*\}\}|\{%[^\n]*%\})[ \t]*$/;

/** Replaces each `{{ … }}` (which may hold quotes) and each `${{ … }}` by `x` of the same length. */
export function maskTemplates(text: string): string {
  return text.replace(/\$?\{\{[^\n{}]{0,400}\}\}/g, (match) => 'x'.repeat(match.length));
}
