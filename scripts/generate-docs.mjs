// Writes docs/rules/, the setting runline.rules in package.json and the schema of .runline.yaml from the rules, docs/commands.md
// from the tables of commands, and the marked regions of README.md from package.json and the rules.
// `--check` writes nothing and exits 1 where a file differs. Needs a Node that reads TypeScript (the pinned Node 24).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../core/rules/index.ts';
import { commandsPage } from './lib/commandsDoc.ts';
import { configSchema, ownSeverity, withRulesSetting } from './lib/ruleSchemas.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const checkOnly = process.argv.includes('--check');
const note = '<!-- Generated from core/rules by scripts/generate-docs.mjs. Edit the rule, not this file. -->';

/** Path from the root → wanted text. */
const wanted = new Map();
for (const rule of rules) wanted.set(`docs/rules/${rule.id}.md`, rulePage(rule));
wanted.set('docs/rules/README.md', `# Rules\n\n${note}\n\n${ruleTable('')}\n`);
const commandsPath = join(root, 'docs/commands.md');
wanted.set(
  'docs/commands.md',
  commandsPage(existsSync(commandsPath) ? readFileSync(commandsPath, 'utf8') : ''),
);
wanted.set('package.json', withRulesSetting(readFileSync(join(root, 'package.json'), 'utf8'), rules));
wanted.set('schemas/runline-config.schema.json', configSchema(rules));
if (existsSync(join(root, 'README.md'))) wanted.set('README.md', readme());

const different = [];
for (const [path, text] of wanted) {
  const full = join(root, path);
  if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
  different.push(path);
  if (checkOnly) continue;
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
for (const path of pagesOnDisk(join(root, 'docs/rules'))) {
  if (wanted.has(path)) continue;
  different.push(path);
  if (!checkOnly) rmSync(join(root, path));
}

if (checkOnly && different.length > 0) {
  console.error(
    `These files differ from what the rules and package.json say:\n  ${different.join('\n  ')}\nRun: node scripts/generate-docs.mjs`,
  );
  process.exitCode = 1;
} else
  console.log(
    different.length === 0 ? 'generated docs: up to date' : `generated docs: wrote ${different.join(', ')}`,
  );

function rulePage(rule) {
  const { id, title, severity, safety, docs } = rule;
  const kinds = ownSeverity(rule).slice(severity.length);
  const parts = [
    `# ${id}`,
    note,
    `${title}. Severity: **${severity}**${kinds}.${safety ? ' A safety rule: no file and no comment of an untrusted workspace weakens it.' : ''}`,
    `## What\n\n${docs.what}`,
    `## Why\n\n${docs.why}`,
    `## Wrong\n\n${example(docs.wrong)}`,
    `## Right\n\n${example(docs.right)}`,
  ];
  if (docs.source) parts.push(`## Source\n\n${docs.source}`);
  parts.push(
    `## Setting\n\nTo change the severity or to silence the rule, in \`.runline.yaml\`:\n\n${example(`rules:\n  ${id}: off`, 'yaml')}\n\nor in the settings of the editor:\n\n${example(JSON.stringify({ 'runline.rules': { [id]: 'off' } }, null, 2), 'json')}`,
  );
  return `${parts.join('\n\n')}\n`;
}

/** A fence longer than any inside it. */
function example(text, language = 'markdown') {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function ruleTable(base) {
  const rows = rules.map(
    ({ id, title, severity }) => `| [${id}](${base}${id}.md) | ${severity} | ${title} |`,
  );
  return ['| Rule | Severity | What it reports |', '|---|---|---|', ...rows].join('\n');
}

function readme() {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const { contributes = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tables = {
    rules: () => ruleTable('docs/rules/'),
    settings: () => settingsTable(contributes.configuration),
    commands: () => commandsTable(contributes.commands ?? []),
  };
  return text.replace(
    /(<!-- generated:([a-z]+) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
    (_whole, open, name, close) => {
      if (tables[name] === undefined)
        throw new Error(`README.md marks a region "${name}"; known are ${Object.keys(tables).join(', ')}.`);
      return `${open}\n${tables[name]()}\n\n${close}`;
    },
  );
}

function settingsTable(configuration = []) {
  const groups = Array.isArray(configuration) ? configuration : [configuration];
  const rows = groups.flatMap(({ properties = {} }) =>
    Object.entries(properties).map(([name, { default: value, markdownDescription, description, type }]) => {
      const shown = value === undefined ? '' : `\`${cut(JSON.stringify(value))}\``;
      return `| \`${name}\` | ${type === undefined ? '' : [type].flat().join(', ')} | ${cell(shown)} | ${cell(markdownDescription ?? description ?? '')} |`;
    }),
  );
  return ['| Setting | Type | Default | What it does |', '|---|---|---|---|', ...rows].join('\n');
}

function commandsTable(commands) {
  const rows = commands.map(
    ({ command, title, category }) =>
      `| ${cell(category ? `${category}: ${title}` : title)} | \`${command}\` |`,
  );
  return ['| Command | Id |', '|---|---|', ...rows].join('\n');
}

function cell(text) {
  return text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}

function cut(text) {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function* pagesOnDisk(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pagesOnDisk(path);
    else if (entry.name.endsWith('.md')) yield relative(root, path).split('\\').join('/');
  }
}
