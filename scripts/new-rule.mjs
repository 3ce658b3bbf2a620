// npm run new-rule GROUP/NAME: sets up, then makes the files of a rule and says what to do next.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/newRule.ts');
