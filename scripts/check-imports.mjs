// Holds the directions in which imports may run (ARCHITECTURE.md). Node built-ins alone; exits 1 with every fault.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What each place may import from our own tree, itself aside. */
const allowed = {
  'core/text.ts': [],
  'core/secrets': ['core/text.ts'],
  'core/shell': ['core/text.ts'],
  'core/runbook': ['core/text.ts', 'core/shell'],
  'core/rules': ['core/text.ts', 'core/secrets', 'core/shell', 'core/runbook'],
  'core/execution': ['core/text.ts', 'core/secrets', 'core/shell', 'core/runbook'],
  'core/incident': ['core/text.ts', 'core/secrets', 'core/shell', 'core/runbook', 'core/execution'],
  server: ['core'],
  cli: ['core', 'server'],
  // The client speaks to the server through its protocol file alone.
  client: ['core', 'server/protocol.ts'],
};

/** Packages that only some places may import. */
const packages = [
  { pattern: /^vscode$/, only: ['client'] },
  { pattern: /^vscode-languageclient/, only: ['client'] },
  { pattern: /^vscode-languageserver/, only: ['server'] },
  { pattern: /^(lit|@vscode-elements)(\/|$)/, only: ['client'] },
];

const faults = [];
const places = Object.keys(allowed).sort((a, b) => b.length - a.length);
const placeOf = (file) => places.find((place) => file === place || file.startsWith(`${place}/`));

function* sources(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.isDirectory()) yield* sources(`${folder}/${entry.name}`);
    else if (/\.(ts|mts|mjs)$/.test(entry.name)) yield `${folder}/${entry.name}`;
  }
}

for (const top of ['core', 'server', 'client', 'cli']) {
  for (const file of sources(top)) {
    const place = placeOf(file);
    if (place === undefined) {
      faults.push(`${file}: lies in no place that ARCHITECTURE.md names`);
      continue;
    }
    const text = readFileSync(join(root, file), 'utf8');
    for (const match of text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)) {
      const target = match[1];
      if (target.startsWith('.')) {
        const path = relative(root, resolve(root, dirname(file), target))
          .split(sep)
          .join('/');
        const other = placeOf(path) ?? path;
        const fine = other === place || allowed[place].some((p) => path === p || path.startsWith(`${p}/`));
        if (!fine)
          faults.push(
            `${file}: imports ${path}; ${place} may import ${allowed[place].join(', ') || 'nothing of ours'}`,
          );
      } else {
        for (const { pattern, only } of packages) {
          if (pattern.test(target) && !only.some((p) => file.startsWith(`${p}/`)))
            faults.push(`${file}: imports ${target}; only ${only.join(', ')} may`);
        }
      }
    }
  }
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else {
  console.log('import directions: fine');
}
