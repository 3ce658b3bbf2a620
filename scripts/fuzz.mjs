// npm run fuzz: sets up, then runs the fuzz test of the model on 100,000 documents, without a limit of time.
import { goOn } from './lib/setup.mjs';

goOn('scripts/lib/fuzz.ts');
