import { parseAllDocuments, type YAMLParseError } from 'yaml';
import { blocksOf, contentRange, perBlock } from '../support/blocks.ts';
import { elidedLine, maskTemplates, templateLine } from '../support/elision.ts';
import { explainYaml, faultLine } from '../support/yaml.ts';
import type { Report, Rule } from '../types.ts';

/** Faults of the YAML in fences; of the whole document in a YAML runbook. */
export const embeddedYaml: Rule = {
  id: 'embedded/yaml',
  title: 'A YAML block cannot be read',
  severity: 'warning',
  docs: {
    what: 'Reports YAML that no parser accepts, in a fence tagged `yaml` or in a YAML runbook. Parts left out (`...`, `…`, `<snip>`), templates (`{{ x }}`) and fragments that begin indented are fine.',
    why: 'The block is pasted into a cluster or a pipeline under pressure, and is refused there with a message that is harder to read.',
    wrong: '```yaml\nthreshold: >1000 connections\n```',
    right: '```yaml\nthreshold: ">1000 connections"\n```',
    source: 'YAML 1.2.2. Of 1,183 YAML fences looked at, 63 could not be read.',
  },
  *check({ runbook }): Iterable<Report> {
    if (runbook.format === 'yaml') {
      const fault = firstFault(runbook.source.text);
      if (fault) yield { range: runbook.source.range(fault.start, fault.end), message: fault.message };
      return;
    }
    for (const block of blocksOf(runbook)) {
      const { fault } = faultOf(block);
      if (fault !== null)
        yield { range: contentRange(runbook, block, fault.start, fault.end), message: fault.message };
    }
  },
};

const faultOf = perBlock(({ language, content }) => ({
  fault: /^ya?ml$/i.test(language ?? '') ? firstFault(content) : null,
}));

interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** The first fault that is not owed to something left out; later ones are mostly its consequences. */
function firstFault(content: string): Fault | null {
  if (/^[+-][^\s-]/m.test(content) && /^@@ |^(?:---|\+\+\+) [ab]\//m.test(content)) return null; // a diff
  const masked = mask(content);
  const documents = parseAllDocuments(masked, { prettyErrors: false, logLevel: 'silent', uniqueKeys: true });
  const errors = Array.isArray(documents) ? documents.flatMap(({ errors }) => errors) : [];
  const error = errors
    .filter((candidate) => !isTolerated(candidate, masked, content))
    .sort((a, b) => a.pos[0] - b.pos[0])[0];
  if (error === undefined) return null;
  const { start, end } = faultLine(error, content, masked);
  return {
    start,
    end,
    message: `This YAML cannot be read: ${explainYaml(error, content.slice(start, end))}`,
  };
}

/** Same length, same lines: what was left out becomes a comment, what a template fills in becomes a word. */
function mask(content: string): string {
  const lines = content.split('\n').map((line) => {
    // The three dots at the very start of a line end a YAML document; in an example they leave something out.
    if (elidedLine.test(line) || templateLine.test(line))
      return line.replace(/\S.*$/, (rest) => `#${rest.slice(1)}`);
    return line;
  });
  return maskTemplates(lines.join('\n'));
}

function isTolerated(error: YAMLParseError, masked: string, content: string): boolean {
  // Branches of a template may each set the same key.
  if (error.code === 'DUPLICATE_KEY') return masked !== content && /\{\{|\{%/.test(content);
  const excerpt = isFragment(masked) || content.split('\n').some((line) => elidedLine.test(line));
  return (
    excerpt &&
    /BAD_INDENT|UNEXPECTED_TOKEN|BAD_COLLECTION|MISSING_CHAR|MULTILINE_IMPLICIT_KEY/.test(error.code)
  );
}

/** An excerpt of a deeper structure: it begins indented, and comes back to the left later. */
function isFragment(masked: string): boolean {
  const lines = masked.split('\n').filter((line) => /^\s*[^\s#]/.test(line));
  const indent = (line: string) => line.length - line.trimStart().length;
  const first = indent(lines[0] ?? '');
  return first > 0 && lines.some((line) => indent(line) < first);
}
