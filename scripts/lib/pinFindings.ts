/** Writes test/fixtures/corpus-findings.json anew, and says what changed. Needs the folder of real runbooks. */
import { existsSync, writeFileSync } from 'node:fs';
import {
  byRule,
  differences,
  findInReal,
  PINS,
  pinsText,
  readPins,
} from '../../test/support/corpusFindings.ts';
import { hasShared, SHARED } from '../../test/support/shared.ts';

if (!hasShared) {
  console.error(`There are no real runbooks in ${SHARED}. Set RUNLINE_SHARED to their folder.`);
  process.exitCode = 1;
} else {
  const found = byRule(await findInReal());
  const changes = differences(existsSync(PINS) ? readPins() : {}, found);
  writeFileSync(PINS, pinsText(found));
  console.log(
    changes.length === 0
      ? 'Nothing changed.'
      : `${changes.join('\n')}\n\nLook at each of these. Then: npm run docs, which counts them in docs/rules/precision.md.`,
  );
}
