/** What a destroying command leaves behind: nothing, something that is out of service, or what is made anew by itself. */
import type { BlockText } from '../../runbook/types.ts';
import type { ShellCommand } from '../../shell/types.ts';

/**
 * `destroys`: it is gone. `stops`: it is there and can be started again. `rebuilt`: something makes another. `cached`: a key,
 * which is `rebuilt` where it belongs to a cache. `unnamed`: no kind of object, so that the tool refuses. `undone`: the block
 * itself puts it back.
 */
export type Loss = 'destroys' | 'stops' | 'rebuilt' | 'cached' | 'unnamed' | 'undone';

/** Reasons of the tables for what is still there afterwards. */
const STOPS =
  /^(?!.*\bor takes\b).*\bout of service$|^(?:ends|stops) a process|\bevicts every pod\b|\bwhile it runs$|\bfor as long as it takes$|\bstop destroys or takes out of service$/;
/** Folders that a build or a program fills again. */
const REBUILT =
  /(?:^|\/)(?:\.?cache|tmp|node_modules|\.next|dist|build|target|__pycache__|\.terraform|\.pytest_cache)(?:\/|$)/;
/** Pods that a pipe finds. */
const PODS = /\bget\s+(?:po|pods?)\b[^;&]*\|\s*xargs\b[^|;&]*\bdelete\b(?![^|;&]*--force)/;
const UNNAMED = /\b(?:kubectl|oc)\s+(?:-n\s+\S+\s+)?delete\s+(?:-n\s+\S+\s+)?<[^<>]*>\s*$/;
/** How the tables begin the way back where a controller makes the thing anew. */
export const MADE_ANEW = 'its controller makes';

export function lossOf({ classification, text, end }: ShellCommand, { content }: BlockText): Loss {
  const { reasons, targets, inverse } = classification;
  const [why = ''] = reasons;
  if (STOPS.test(why) && reasons.length === 1) return 'stops';
  if (inverse?.startsWith(MADE_ANEW) === true || PODS.test(text)) return 'rebuilt';
  if (UNNAMED.test(text)) return 'unnamed';
  const removed = /\buninstall\s+(?:-\S+\s+)*([\w.-]+)/.exec(text)?.[1];
  const below = content.slice(end).split('\n');
  if (removed !== undefined && below.some((line) => /\binstall\b/.test(line) && line.includes(removed)))
    return 'undone';
  const things = targets.filter(({ kind }) => kind === 'resource').map(({ value }) => value);
  if (why === 'rm removes files' && things.length > 0 && things.every((path) => REBUILT.test(path)))
    return 'rebuilt';
  return /^redis (?:DEL|UNLINK) /.test(why) ? 'cached' : 'destroys';
}
