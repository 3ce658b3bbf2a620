import { isPosixShell } from '../support/blocks.ts';
import { bareCharacters } from '../support/quoting.ts';
import type { BlockReport, Rule } from '../types.ts';

/** `{{x}}` without quotes, in a command that changes something. */
export const unquotedPlaceholder: Rule = {
  id: 'placeholder/unquoted',
  title: 'A template’s value would be read as shell',
  severity: 'info',
  docs: {
    what: 'Reports `{{value}}` outside of quotes in a command that changes or destroys something.',
    why: 'Whatever fills the template in puts the text there as it is. A blank in it makes two arguments, a `*` matches files, and what stands behind a `;` is run.',
    wrong: '```bash\nrm -r /srv/tides/{{harbour}}/old\n```',
    right: '```bash\nrm -r /srv/tides/"{{harbour}}"/old\n```',
    source: 'CWE-78, OS Command Injection; POSIX.1-2024, Shell Command Language, 2.6.5 Field Splitting.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    if (!block.runnable || !isPosixShell(block.effectiveLanguage)) return;
    const templates = block.placeholders.filter(({ style }) => style === 'mustache');
    if (templates.length === 0) return;
    const bare = bareCharacters(block.content);
    for (const { start, end, text } of templates) {
      if (bare[start] !== 1) continue;
      const command = block.commands.find((candidate) => candidate.start < start && end <= candidate.end);
      if (command === undefined || command.classification.risk === 'read-only') continue;
      yield {
        at: { start, end },
        message: `\`${text}\` stands outside of quotes: a blank, a \`*\` or a \`;\` in its value is read by the shell. Quote it.`,
        // Several words may be meant, so somebody has to choose.
        fixes: [
          {
            title: `Quote \`${text}\``,
            edits: [{ start, end, newText: `"${text}"` }],
            preferred: false,
          },
        ],
      };
    }
  },
};
