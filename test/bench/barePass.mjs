/**
 * What `check.bench.mjs` compares with: the same files read by the bare parsers alone, as a whole process.
 * Usage: node barePass.mjs FOLDER
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { parse } from 'unbash';
import { parseAllDocuments } from 'yaml';

const SHELL = /^(?:bash|sh|shell|console|zsh|shellscript|shell-session)$/i;
const YAML = /^ya?ml$/i;

const markdown = new MarkdownIt({ html: true });
const [folder] = process.argv.slice(2);
const count = { files: 0, shell: 0, yaml: 0 };

/** Faults in a script or document are no matter here: both parsers go on. */
function yaml(text) {
  count.yaml++;
  parseAllDocuments(text, { logLevel: 'silent', strict: false });
}

for (const name of readdirSync(folder, { recursive: true }).sort()) {
  if (!/\.(?:md|markdown|ya?ml)$/i.test(name)) continue;
  const text = readFileSync(join(folder, name), 'utf8');
  count.files++;
  if (/\.ya?ml$/i.test(name)) {
    yaml(text);
    continue;
  }
  for (const { type, info, content } of markdown.parse(text, {})) {
    if (type !== 'fence') continue;
    const language = info.trim().split(/\s/)[0];
    if (SHELL.test(language)) {
      count.shell++;
      parse(content);
    } else if (YAML.test(language)) yaml(content);
  }
}
console.log(JSON.stringify(count));
