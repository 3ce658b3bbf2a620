import type { Fix, Report, Rule } from '../types.ts';

/** Front matter in a language that some Markdown tools run. */
export const executableFrontMatter: Rule = {
  id: 'metadata/front-matter-executable',
  title: 'Front matter that is run as a program',
  severity: 'error',
  safety: true,
  docs: {
    what: 'Reports a document that begins with `---js`, `---javascript`, `---coffee` or another programming language behind the dashes. Runline never runs it, and reads no metadata from it.',
    why: 'Some tools that turn Markdown into pages or PDFs run such front matter as soon as they open the file, with the rights of whoever opened it. A runbook has no need of it.',
    wrong: '---js\n{ title: require("child_process").execSync("id").toString() }\n---\n\n# Restore',
    right: '---\ntitle: Restore\n---\n\n# Restore',
    source:
      'CVE-2025-65108 (md-to-pdf): code in JavaScript front matter is run, as gray-matter does by default.',
  },
  *check({ runbook: { source, format } }): Iterable<Report> {
    if (format !== 'markdown') return;
    const first = source.line(0).slice(0, 200);
    const language = PROGRAM.exec(first)?.[1];
    if (language === undefined) return;
    yield {
      range: source.range(/^\ufeff/.test(first) ? 1 : 0, source.lineEnd(0)),
      message: `Front matter in ${language} is run as a program by tools that read it. Delete it, or write plain YAML between lines of \`---\`.`,
      fixes: removal(),
    };

    function removal(): Fix[] {
      for (let line = 1; line < Math.min(source.lineCount, MAX_LINES); line++)
        if (/^---[ \t]*$/.test(source.line(line)))
          return [
            {
              title: 'Delete this front matter',
              edits: [{ range: source.range(0, source.lineStart(line + 1)), newText: '' }],
              preferred: false,
            },
          ];
      return [];
    }
  },
};

/** Behind the dashes, as gray-matter and its kin take it: a language that is run, not YAML, TOML or JSON, which are read. */
const PROGRAM =
  /^\ufeff?---[ \t]*(jsx?|javascript|node|ts|typescript|coffee|coffeescript|cs|eval|lua|python|py|ruby|rb|php|perl|sh|bash)[ \t]*$/i;
const MAX_LINES = 2_000;
