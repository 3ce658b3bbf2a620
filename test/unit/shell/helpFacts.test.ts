/**
 * The tables against test/fixtures/help: what the help texts and man pages of Debian 12 say of every option, for all programs with
 * a table that it ships. `scripts/help-facts.mjs` reads them; nothing needs to be installed here.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';
import { optionSpec } from '../../../core/shell/tools/compiled.ts';
import { HELP_OPTIONS } from '../../../core/shell/tools/helpOptions.ts';
import { findTool, TOOLS } from '../../../core/shell/tools/index.ts';
import { MISLEADING } from '../../../scripts/lib/helpCorrections.ts';
import { hasOptions } from '../../../scripts/lib/helpFacts.ts';
import {
  commandOf,
  helpFixtures,
  OPTIONS_FILE,
  optionsFile,
  readable,
  readsOperands,
} from '../../../scripts/lib/helpOptions.ts';
import { commandsIn, optionsOf } from '../../../scripts/lib/helpText.ts';

const fixtures = helpFixtures();
const checked = new Set(
  fixtures.flatMap(({ programs }) => Object.keys(programs).map((key) => key.split(' ')[0])),
);

describe.each(fixtures.map((fixture) => ({ label: `${fixture.package} ${fixture.version}`, fixture })))(
  '$label',
  ({ fixture }) => {
    test.each(Object.entries(fixture.programs))(
      '%s takes values where its help says so',
      (command, facts) => {
        const [program = '', ...path] = command.split(' ');
        const tool = findTool(program)?.tool;
        if (!tool) throw new Error(`${program} has no table: take it out of the fixture`);
        if (!hasOptions(tool)) return;
        const { values, switches } = optionSpec(tool, program, path.join(' '));
        const matters = readsOperands(tool, path.length === 0 ? tool.bare : commandOf(tool, path));
        const faults: string[] = [];
        for (const option of facts.nothing.split(' '))
          if (values.has(option)) faults.push(`${option} takes no value`);
        for (const option of facts.value.split(' ').filter((name) => name !== '' && readable(tool, name))) {
          if (switches.has(option)) faults.push(`${option} takes a value`);
          else if (matters && !values.has(option)) faults.push(`${option} takes a value, which is not known`);
        }
        expect(faults).toEqual([]);
      },
    );
  },
);

describe('what the tables take from help texts', () => {
  test('helpOptions.ts is what the fixtures and the tables say (else: node scripts/help-facts.mjs --options)', () => {
    expect(readFileSync(OPTIONS_FILE, 'utf8')).toBe(optionsFile());
  });

  test('every program in it, and every one whose help is called misleading, has a table', () => {
    const names = [...Object.keys(HELP_OPTIONS), ...Object.keys(MISLEADING)].map(
      (key) => key.split(' ')[0] ?? '',
    );
    expect(names.filter((name) => findTool(name) === undefined)).toEqual([]);
  });

  test('a source that speaks of help texts has a check, and one with a check does not speak of documentation alone', () => {
    const faults: string[] = [];
    for (const { names, source } of TOOLS) {
      const some = names.split(/\s+/).some((name) => checked.has(name));
      if (some && source.startsWith('from documentation')) faults.push(`${names}: its help is checked`);
      if (!some && /help text/.test(source)) faults.push(`${names}: no help is checked`);
    }
    expect(faults).toEqual([]);
  });
});

/**
 * Sub-commands that their help lists and no table has: rare ones. They are unknown, and so count as changes. What they share a table
 * with, or what prints about itself, is left out as well.
 */
const UNLISTED: Readonly<Record<string, string>> = {
  'cloud-init': 'dhclient-hook',
  adcli: 'create-msa show-computer',
  celery: 'amqp graph logtool',
  ctr: 'oci pprof shim',
  drbdadm: 'adjust-with-progress del-path disk-options dump-md dump-xml hidden-commands',
  lxd: 'activateifneeded import',
  ostree: 'checksum create-usb export find-remotes gpg-sign sign',
  pcs: 'booth client dr pcsd',
  pipx: 'completions runpip',
  rclone: 'completion gendocs test',
  rndc: 'tsig-list',
  shorewall:
    'blacklist close enable iptrace logdrop logreject noiptrace open reenable remote-getcaps remote-getrc remote-reload remote-restart remote-start reset run safe-start savesets update',
  virsh:
    'cd connect dom-fd-associate domblkthreshold domsetlaunchsecstate exit guest-agent-timeout migrate-compcache migrate-setmaxdowntime nodedev-autostart nodedev-reset nodesevinfo qemu-monitor-event quit update-memory-device',
  zypper: 'shell source-download subcommand',
};

test.each(
  fixtures.flatMap(({ programs }) =>
    Object.entries(programs).flatMap(([name, { commands }]) => (commands ? [[name, commands] as const] : [])),
  ),
)('%s has the sub-commands that its help lists', (name, commands) => {
  const table = Object.keys(findTool(name)?.tool.commands ?? {});
  const known = new Set(table.flatMap((key) => (key.split(' ')[0] ?? '').split('|')));
  const missing = commands.split(' ').filter((command) => command !== 'help' && !known.has(command));
  expect(missing.join(' ')).toBe(UNLISTED[name] ?? '');
});

/**
 * Programs that read their words with code of their own, so that there is no list of options to compare: the first word decides
 * (`bundle exec`), options are predicates (`find`), or what counts is a script or the rest of the line. Labelled commands and
 * bypass.test.ts hold them.
 */
const OWN_PARSING =
  `trap eval source . nvm fnm clickhouse find gfind bfs fd fdfind git-lfs podman podman-remote nerdctl kill pkill
  killall ssh mosh autossh et poetry pipenv pdm hatch rye bundle direnv mise asdf rbenv pyenv wait-for-it wait-for dockerize retry limactl
  sh bash dash zsh ash ksh mksh rbash busybox pwsh powershell cmd fish service`.split(/\s+/);

test('programs with parsing of their own are the ones listed here', () => {
  const found = TOOLS.filter((tool) => !hasOptions(tool)).flatMap((tool) =>
    tool.names.split(/\s+/).filter((name) => findTool(name)?.tool === tool),
  );
  expect(found).toEqual(OWN_PARSING);
});

/** Wrappers, with the words that they want in front of the command. */
const WRAPPERS: Readonly<Record<string, string>> = {
  sudo: '',
  nice: '',
  ionice: '',
  timeout: '5',
  stdbuf: '',
  chrt: '1',
  strace: '',
  unshare: '',
  nsenter: '',
  xargs: '',
  flock: '/tmp/lock',
  chroot: '/srv/root',
  setpriv: '',
  'systemd-run': '',
  env: '',
};
/** Options behind which there is no command, or another one: `sudo -l`, `sudo -e FILE`, `strace -p PID`, `env -S TEXT`. */
const NO_COMMAND =
  /^(?:-h|-V|--version|-l|--list|-v|--validate|-k|-K|--reset-timestamp|--remove-timestamp|-e|--edit|-p|--pid|--pgid|--uid|-P|-u|-m|--max|-a|--all-tasks|-c|--command|-S|--split-string|-s|--shell|-i|--login)$/;

describe.each(Object.entries(WRAPPERS))('%s in front of a command', (wrapper, words) => {
  const facts = fixtures.flatMap(({ programs }) => (programs[wrapper] ? [programs[wrapper]] : []))[0];
  const lines = [
    ...(facts?.value ?? '')
      .split(' ')
      .map((option) => [option, `${wrapper} ${option} 7 ${words} rm -rf /srv/data`] as const),
    ...(facts?.nothing ?? '')
      .split(' ')
      .map((option) => [option, `${wrapper} ${option} ${words} rm -rf /srv/data`] as const),
  ].filter(([option]) => /^(?:-\w|--.+)$/.test(option) && !NO_COMMAND.test(option));

  test.each(lines)('%s does not hide it', (_, line) => {
    expect(explainCommand(line).risk).toBe('destructive');
  });

  test('its help shows options', () => expect(lines.length).toBeGreaterThan(0));
});

describe('a help text is read as it is meant', () => {
  test.each<[string, string, string]>([
    ['  -b, --base-dir BASE_DIR       base folder', '-b', 'value'],
    ['  -b, --base-dir BASE_DIR       base folder', '--base-dir', 'value'],
    ['  -n, --lines=NUM   how many', '-n', 'value'],
    ['  -q, --quiet       say little', '-q', 'nothing'],
    ['      --color[=WHEN]   colours', '--color', 'optional'],
    ['  -c  <count>   stop after that many', '-c', 'value'],
    ['    -c | --connect=URI      where to', '-c', 'value'],
    ['      --tail int          lines', '--tail', 'value'],
    ["  -o, --output='': form", '--output', 'value'],
    ['      --watch=false: go on', '--watch', 'nothing'],
    ['      --all=false     everything', '--all', 'nothing'],
    ['  --debug (boolean)', '--debug', 'nothing'],
    ['  -i INPUT, --in-file INPUT', '--in-file', 'value'],
    ['  --mode {fast,safe}', '--mode', 'value'],
    ['       -o file|device', '-o', 'value'],
    ['  --[no-]progress   bar', '--no-progress', 'nothing'],
  ])('%s: %s', (line, option, takes) => {
    // A line alone is no measure of whether a text shows values at all.
    expect(optionsOf(`${line}\n  --other=X   else\n`).get(option)).toBe(takes);
  });

  test.each<[string, string]>([
    ['  -v verbose', 'a description, not a value'],
    ['  -v : says more', 'a text that shows values nowhere in this form'],
    ['  -v prints more than usual', 'several words'],
    ['  -v   says more\n  -v LEVEL   says as much', 'two ways'],
  ])('%s says nothing: %s', (text) => {
    expect(optionsOf(`${text}\n  --other=X   else\n`).has('-v')).toBe(false);
  });

  test('sub-commands are the first words below a heading of commands', () => {
    const text =
      'Usage: x COMMAND\n\nOptions:\n  -v   more\n\nCommands:\n  add, a   one\n  rm       none\n\nOther words:\n  no  thing\n';
    expect(commandsIn(text)).toEqual(['add', 'rm']);
  });
});
