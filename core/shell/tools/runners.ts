/** Programs that put an environment, secrets or a tool chain around a command. From documentation. */
import { unknown, type Verdict, verdict, withDetails } from '../verdict.ts';
import { type FlagSpec, parseArgs, wordSet } from '../words.ts';
import type { Tool } from './table.ts';
import { type Context, plainWrapper, session, wrapper } from './wrappers.ts';

export const runners: readonly Tool[] = [
  plainWrapper('dotenv dotenvx', '-f --file -e'),
  keyword('poetry', 'run'),
  keyword('pipenv', 'run'),
  keyword('pdm', 'run'),
  keyword('hatch', 'run'),
  keyword('rye', 'run'),
  keyword('bundle', 'exec'),
  keyword('direnv', 'exec', 1),
  keyword('mise', 'exec'),
  keyword('asdf', 'exec'),
  keyword('rbenv', 'exec'),
  keyword('pyenv', 'exec'),
  {
    names: 'wait-for-it wait-for dockerize',
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === '--');
      return at < 0
        ? verdict('read', `${call.name} waits`)
        : call.judge.words(call.args.slice(at + 1), call.stdin);
    },
  },
  {
    names: 'retry',
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === '--');
      return at < 0
        ? unknown('retry runs a command that is not recognised')
        : call.judge.words(call.args.slice(at + 1), call.stdin);
    },
  },
  wrapper('nix-shell nix', '-p --packages -A --attr -I --argstr --arg', (_, __, call) => {
    const at = call.args.findIndex((arg) => /^(--run|--command|-c)$/.test(arg.value));
    const text = call.args[at + 1];
    if (at < 0 || !text)
      return call.name === 'nix' ? unknown('nix builds or runs what a flake defines') : session('nix-shell');
    return call.name === 'nix'
      ? call.judge.words(call.args.slice(at + 1), call.stdin)
      : call.judge.script(text.value);
  }),
  {
    names: 'limactl',
    source: 'from documentation',
    judge: (call) => {
      const [word, ...rest] = call.args;
      switch (word?.value) {
        case 'exec':
        case 'shell': {
          const words =
            rest[0]?.value === '--'
              ? rest.slice(1)
              : rest.slice(1).filter((arg, i) => i > 0 || arg.value !== '--');
          return words.length === 0
            ? session(`${call.name} ${word.value}`)
            : call.judge.words(words, call.stdin);
        }
        case 'list':
        case 'ls':
        case 'info':
        case 'version':
        case 'find':
        case 'networks':
        case 'get':
        case 'help':
          return verdict('read', `${call.name} ${word.value} reads`);
        case 'stop':
        case 'delete':
        case 'rm':
        case 'purge':
        case 'suspend':
        case 'factory-reset':
          return verdict('destroy', `${call.name} ${word.value} takes a machine out of service`);
        default:
          return verdict('mutate', `${call.name} ${word?.value ?? ''} changes a machine`);
      }
    },
  },
];

/** `poetry run CMD`: only that sub-command wraps; what else it does is in its own few words. */
function keyword(name: string, word: string, skip = 0): Tool {
  return {
    names: name,
    source: 'from documentation',
    judge: (call) => {
      const at = call.args.findIndex((arg) => arg.value === word);
      const before = call.args.slice(0, Math.max(0, at));
      if (at < 0 || before.some((arg) => !arg.value.startsWith('-'))) return otherWords(name, call);
      const dashes = call.args.findIndex((arg, i) => i > at && arg.value === '--');
      const rest =
        dashes >= 0
          ? call.args.slice(dashes + 1)
          : parseArgs(call.args.slice(at + 1), RUN_OPTIONS).operands.slice(skip);
      if (rest.length === 0) return session(`${name} ${word}`);
      const inner = call.judge.words(rest, call.stdin);
      return skip > 0 && call.args[at + 1]
        ? withDetails(inner, { targets: [{ kind: 'profile', value: call.args[at + 1]?.value ?? '' }] })
        : inner;
    },
  };
}

const RUN_OPTIONS: FlagSpec = {
  values: wordSet('-p --project -c --config --env-file -e --env --environment --duration -d'),
  switches: new Set(),
  style: 'gnu',
  stopAtOperand: true,
};

function otherWords(name: string, call: Context): Verdict {
  const first = call.args.find((arg) => !arg.value.startsWith('-'))?.value ?? '';
  if (
    /^(show|list|ls|check|env|info|version|versions|outdated|whoami|me|status|config|which|where|current|search)$/.test(
      first,
    )
  ) {
    return verdict('read', `${name} ${first} reads`, {
      readsSecrets: /^(op|doppler|infisical|chamber)$/.test(name) && first !== 'version',
    });
  }
  if (/^(secrets|read|get|item|export|document)$/.test(first)) {
    const writes = call.args.some((arg) => /^(set|create|edit|upload|update)$/.test(arg.value));
    const removes = call.args.some((arg) => /^(delete|rm|remove)$/.test(arg.value));
    if (removes) return verdict('destroy', `${name} removes secrets`);
    return verdict(writes ? 'mutate' : 'read', `${name} ${first} handles secrets`, { readsSecrets: true });
  }
  if (
    /^(install|add|update|lock|sync|init|new|use|local|global|shell|login|setup|remove|build|shim|allow|reload|plugin)$/.test(
      first,
    )
  ) {
    return verdict(
      'local-write',
      `${name} ${first} writes on this machine`,
      first === 'shell' || first === 'login' ? { mode: 'terminal' } : {},
    );
  }
  return unknown(`${name} ${first} is in no table`);
}
