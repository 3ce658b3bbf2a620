/** What runs later: cron, at, logrotate. */
import { type Verdict, verdict } from '../verdict.ts';
import { flagValue, hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES, inner, names } from './common.ts';
import {
  type Call,
  destroy,
  mutate,
  type Outcome,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

/** `at` and `batch` run later what they are given now. */
function later(call: Call): Partial<Outcome> | Verdict {
  if (hasFlag(call.parsed, '-d -r')) return destroy({ why: 'removes jobs' });
  if (hasFlag(call.parsed, '-l -c -V') || call.name === 'atq') return verdict('read', `${call.name} reads`);
  if (call.name === 'atrm') return destroy({ why: 'removes jobs' });
  if (hasFlag(call.parsed, '-f'))
    return { effect: 'unknown', why: `unknown: ${call.name} runs a file later` };
  if (call.stdin.kind === 'text' && !call.stdin.opaque) return {};
  return call.stdin.kind === 'piped' || call.stdin.kind === 'text'
    ? { effect: 'unknown', why: `unknown: ${call.name} runs its input later` }
    : { effect: 'unknown', why: `unknown: ${call.name} runs what is typed later`, ...terminal };
}

const SAVED = { captureFirst: 'crontab -l, into a file', inverse: 'crontab of that file' };

function crontab(call: Call): Verdict {
  const { parsed } = call;
  const user = flagValue(parsed, '-u');
  const saved =
    user && !user.dynamic
      ? {
          captureFirst: `crontab -u ${user.value} -l, into a file`,
          inverse: `crontab -u ${user.value} of that file`,
        }
      : SAVED;
  if (hasFlag(parsed, '-r'))
    return verdict('destroy', 'crontab -r removes all jobs of the user', {
      scope: 'all',
      ...saved,
      ...(hasFlag(parsed, '-i') && call.stdin.kind === 'inherited' ? terminal : {}),
    });
  if (hasFlag(parsed, '-e'))
    return verdict('local-write', 'crontab -e opens an editor', { mode: 'terminal', ...saved });
  if (hasFlag(parsed, '-l -V -T')) return verdict('read', 'crontab -l reads');
  if (parsed.operands.length > 0 || call.stdin.kind !== 'inherited')
    return verdict('mutate', 'crontab replaces all jobs of the user', { scope: 'all', ...saved });
  return verdict('unknown', 'unknown: crontab reads what is typed', { mode: 'terminal' });
}

export const schedule: readonly Tool[] = [
  {
    names: 'crontab fcrontab',
    source: DEBIAN,
    targets: { user: '-u' },
    switches: '-l -r -e -i -V',
    bare: { effect: 'read', decide: crontab },
  },
  {
    names: 'at batch atq atrm',
    source: DEBIAN,
    values: '-f -q -t',
    bare: mutate({
      why: 'plans a job',
      inverse: 'atrm of the number that it prints',
      decide: later,
      resources: (call) => (call.name === 'atrm' || hasFlag(call.parsed, '-d -r') ? names(call) : []),
      runs: (call) =>
        call.stdin.kind === 'text' && !call.stdin.opaque ? call.judge.script(call.stdin.text) : undefined,
    }),
  },
  {
    names: 'logrotate',
    source: DEBIAN,
    values: '-s --state -l --log -m --mail',
    switches: '-d --debug -f --force -v --verbose',
    bare: mutate({
      dryRun: '-d --debug',
      resources: names,
      when: {
        '-f --force': { effect: 'destroy', why: 'logrotate -f rotates at once and drops the oldest logs' },
      },
    }),
  },
  {
    names: 'anacron cron crond atd',
    source: DEBIAN,
    values: '-t -S -L',
    bare: runs('it runs the jobs that are planned', {
      decide: (call) =>
        call.name === 'anacron' && hasFlag(call.parsed, '-T')
          ? verdict('read', 'anacron -T checks its table')
          : hasFlag(call.parsed, '-f')
            ? stream
            : undefined,
    }),
  },
  {
    names: 'run-one run-this-one cronic cronlock',
    source: DEBIAN_PAGES,
    stopAtOperand: true,
    bare: read({ why: 'runs a command', runs: inner() }),
  },
  {
    names: 'logwatch logcheck',
    source: DEBIAN,
    bare: read({ when: { '--filename': { effect: 'local-write' }, '--mailto': { effect: 'mutate' } } }),
  },
];
