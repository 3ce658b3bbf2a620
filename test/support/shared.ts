/** Where the real runbooks lie: `RUNLINE_SHARED`, else beside the checkout. Tests over them are skipped by name where they are absent. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Absolute. */
export const SHARED = resolve(import.meta.dirname, '../..', process.env.RUNLINE_SHARED ?? '../shared');

export const hasShared = existsSync(join(SHARED, 'seeds'));
