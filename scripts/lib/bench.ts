import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode } from './processes.ts';

const folder = join(root, 'test/bench');
const benchmarks = readdirSync(folder).filter((file) => file.endsWith('.bench.mjs'));
if (benchmarks.length === 0) console.log('There is no *.bench.mjs in test/bench.');
for (const file of benchmarks.sort()) {
  console.log(`\n${file}`);
  const { code } = await runNode([join(folder, file), ...process.argv.slice(2)], { show: true });
  if (code !== 0) process.exitCode = 1;
}
