/** A second, simpler reading of templates: which of their words are samples, and which of those a draft still states. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Samples of a template that stand in a draft outside a prompt. Headings, field names and column names are no samples. */
export function survivors(template: string, draft: string): string[] {
  const stated = draft
    .split('\n')
    // A cell's prompt ends with the cell, any other with the line.
    .map((line) =>
      line.startsWith('|')
        ? line.replace(/> TODO\(author\):.*?(?=(?<!\\)\||$)/g, '')
        : line.replace(/> TODO\(author\):.*/, ''),
    )
    .filter((line) => !line.startsWith('<!-- Drafted'))
    .map((line) => line.replace(/<!--.*?-->/g, ''));
  const headings = new Set(stated.filter((line) => line.startsWith('#')));
  return samplesOf(template).filter((sample) =>
    stated.some((line) => !headings.has(line) && line.includes(sample)),
  );
}

function samplesOf(template: string): string[] {
  const lines = template.split('\n');
  const samples: string[] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1] ?? '';
    if (/^\s*(#|```|~~~|---|$)/.test(line) || /^\s*[-=]+\s*$/.test(next)) return;
    if (line.trimStart().startsWith('|')) {
      if (/^\s*\|[\s:|-]+$/.test(line) || /^\s*\|[\s:|-]+$/.test(next)) return;
      samples.push(...line.split('|').slice(2));
      return;
    }
    const item = line.replace(/^\s*([-*]|\d+\.)?\s*(\[[ x]\]\s*)?/, '');
    samples.push(item.replace(/^(\*\*[^*]+\*\*:?|[A-Z][\w ]+:)/, ''));
    // Times, dates and amounts are what a reader would take for facts.
    samples.push(...(item.match(/\d[\d:,.-]+\d/g) ?? []));
  });
  return samples
    .map((sample) => sample.trim())
    .filter((sample) => sample.length > 3 && !/^[YMDHX:\- UTC]+$/.test(sample));
}

/** Markdown files below a folder, as paths. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(md|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
