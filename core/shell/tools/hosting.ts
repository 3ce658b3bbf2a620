/** Hosting platforms' command lines: each in its own file. */
import { cloudFoundry } from './cloudFoundry.ts';
import { fly } from './fly.ts';
import { heroku } from './heroku.ts';
import { otherClouds } from './otherClouds.ts';
import { railway } from './railway.ts';
import { supabase } from './supabase.ts';
import type { Tool } from './table.ts';
import { netlify, vercel } from './vercel.ts';
import { wrangler } from './wrangler.ts';

export const hosting: readonly Tool[] = [
  cloudFoundry,
  fly,
  heroku,
  netlify,
  ...otherClouds,
  railway,
  supabase,
  vercel,
  wrangler,
];
