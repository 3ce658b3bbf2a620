// npm run pin-findings: sets up, then writes down anew what the rules find in the real runbooks.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/pinFindings.ts');
