/** Clouds name what a command does by one verb among its words; this finds and judges it. */
import type { Arg } from '../words.ts';
import { destroy, mutate, type Outcome, read } from './table.ts';

const READS =
  /^(list|show|describe|get|ls|exists|check|diagnose|history|query|search|validate|verify|wait|help|head|stat|count|explain|preview|export-schema|list-.+|get-.+|show-.+|check-.+|describe-.+|query-.+|test-.+|diagnose-.+|validate-.+|simulate-.+)$/;
const MUTATES =
  /^(create|update|set|add|enable|start|restart|deploy|import|resize|scale|assign|patch|apply|attach|register|activate|grant|upgrade|promote|invite|publish|submit|move|copy|rename|replace|configure|renew|rotate|failover|swap|sync|redeploy|resume|approve|regenerate|generate|append|upload|push|tag|label|export|backup|snapshot|clone|undelete|recover|reimage|reapply|extend|open-port|associate|link|train|execute|run|trigger|send|put|provision|rollback|join|migrate|convert|build|simulate|accept|cordon|uncordon|lock|unlock|geo-restore|perform-.+|set-.+|add-.+|update-.+|create-.+|enable-.+|start-.+|restart-.+|assign-.+|attach-.+|import-.+|upload-.+|regenerate-.+)$/;
const DESTROYS =
  /^(delete|remove|rm|purge|deallocate|stop|reset|destroy|disable|detach|terminate|cancel|revoke|deregister|unregister|unset|unlink|abandon|drain|shutdown|power-off|suspend|deactivate|decommission|undeploy|disassociate|dissociate|restore|reject|break|wipe|clear|flush|seek|delete-.+|remove-.+|stop-.+|reset-.+|disable-.+|purge-.+|detach-.+|clear-.+|revoke-.+|abandon-.+|restore-.+|cancel-.+|unset-.+|suspend-.+|destroy-.+|drain-.+|terminate-.+)$/;

/** Whether a word is a verb that some table knows. */
export function isVerb(word: string): boolean {
  return READS.test(word) || MUTATES.test(word) || DESTROYS.test(word);
}

/** What a verb does; undefined where nobody knows it. */
export function outcomeOf(verb: string): Outcome | undefined {
  if (DESTROYS.test(verb)) return destroy();
  if (MUTATES.test(verb)) return mutate();
  return READS.test(verb) ? read() : undefined;
}

/** The first words that name a command: up to the first option. Options in front of them are skipped. */
export function leadingWords(args: readonly Arg[], switches: ReadonlySet<string>): readonly Arg[] {
  let at = 0;
  while (at < args.length && args[at]?.value.startsWith('-')) {
    const value = args[at]?.value ?? '';
    at += value.includes('=') || switches.has(value) ? 1 : 2;
  }
  const end = args.findIndex((arg, i) => i >= at && arg.value.startsWith('-'));
  return args.slice(at, end < 0 ? args.length : end);
}
