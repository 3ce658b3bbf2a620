// npm test: sets up, then runs every check and every test; the last line is the sum.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/test.ts');
