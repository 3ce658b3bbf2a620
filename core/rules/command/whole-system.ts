import { excerpt } from '../support/blocks.ts';
import { type Program, programs } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Deleting, moving or opening up a root. */
export const wholeSystem: Rule = {
  id: 'command/whole-system',
  title: 'A command takes a whole system or home folder',
  severity: 'error',
  safety: true,
  docs: {
    what: 'Reports `rm -r`, `mv`, `find -delete`, `chmod -R` and `chown -R` whose path is `/`, a top folder of the system such as `/etc` or `/usr`, or the home folder itself, also with `/*` behind it.',
    why: 'There is nothing left to go on with, and no tool asks twice. Mostly a blank in the path, or a folder that was left out.',
    wrong: '```bash\nrm -rf / srv/ledger/cache\n```',
    right: '```bash\nrm -rf /srv/ledger/cache\n```',
    source:
      'GNU coreutils manual, “Treating / specially”: `--preserve-root` looks at `/` alone, not at `/*`.',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, ['rm', 'mv', 'find', 'chmod', 'chown', 'chgrp'])) {
      const word = reached(program).find(({ value }) => ROOT.test(value));
      if (word === undefined) continue;
      yield {
        at: word,
        message: `\`${program.name}\` takes all of \`${excerpt(word.text, 30)}\` with everything below. Name the folder that is meant.`,
      };
    }
  },
};

/** Not `/tmp/*` and `/var/tmp/*`, which people do empty. */
const ROOT =
  /^(?:\/+\*?|(?:~|\$HOME|\$\{HOME\})\/?\*?|\/(?:bin|boot|dev|etc|home|lib|lib64|proc|root|sbin|sys|usr|var)\/?\*?)$/;

/** The operands that go, or whose rights change, with everything below. */
function reached({ name, words }: Program): readonly ShellWord[] {
  const rest = words.slice(1);
  const operands = rest.filter(({ value }) => !value.startsWith('-'));
  const has = (form: RegExp): boolean => rest.some(({ value }) => form.test(value));
  switch (name) {
    case 'rm':
      return has(/^-[a-zA-Z]*[rR]|^--recursive$/) ? operands : [];
    case 'mv':
      return operands.slice(0, -1);
    case 'chmod':
    case 'chown':
    case 'chgrp':
      // The home folder may well be its owner's.
      return has(/^-[a-zA-Z]*R|^--recursive$/)
        ? operands.slice(1).filter(({ value }) => value.startsWith('/'))
        : [];
    case 'find': {
      const narrowed = has(
        /^-(?:i?name|i?path|i?regex|user|group|type|[acm](?:time|min)|newer\w*|size|empty|perm|maxdepth)$/,
      );
      const end = rest.findIndex(({ value }) => value.startsWith('-'));
      return has(/^-delete$/) && !narrowed ? rest.slice(0, Math.max(0, end)) : [];
    }
    default:
      return [];
  }
}
