// Reads the help texts of the programs that have tables into test/fixtures/help/, and from these writes
// core/shell/tools/helpOptions.ts. Needs Debian 12, bubblewrap and the packages; only what is installed is read anew.
//   node scripts/help-facts.mjs [--root DIR] [--texts DIR]   reads help texts; DIR: another root, a folder that keeps the texts
//   node scripts/help-facts.mjs --options                    writes helpOptions.ts alone, after a table or a fixture changed
import { writeOptions } from './lib/helpOptions.ts';

const optionOf = (name) => process.argv[process.argv.indexOf(name) + 1];
if (!process.argv.includes('--options')) {
  const { readHelp } = await import('./lib/helpFacts.ts');
  await readHelp({
    root: process.argv.includes('--root') ? optionOf('--root') : '/',
    texts: process.argv.includes('--texts') ? optionOf('--texts') : undefined,
  });
}
writeOptions();
