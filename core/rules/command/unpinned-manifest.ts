import { ownWords, type Program, programs } from '../support/programs.ts';
import type { ShellWord } from '../support/words.ts';
import type { BlockReport, Rule } from '../types.ts';

/** Manifests from an address at which there is something else tomorrow. */
export const unpinnedManifest: Rule = {
  id: 'command/unpinned-manifest',
  title: 'A manifest from the network is not pinned',
  severity: 'warning',
  safety: true,
  docs: {
    what: 'Reports `kubectl apply`, `create` and `replace` of an address that names a branch or “latest” (`…/main/install.yaml`, `…/releases/latest/download/…`, `?ref=master`), and not a version.',
    why: 'During a recovery, the cluster gets whatever was published this morning, with other versions and rights than the ones that ran before.',
    wrong: '```bash\nkubectl apply -f https://raw.githubusercontent.com/bakery/oven/main/install.yaml\n```',
    right: '```bash\nkubectl apply -f https://raw.githubusercontent.com/bakery/oven/v2.4.1/install.yaml\n```',
  },
  *checkBlock(block): Iterable<BlockReport> {
    for (const program of programs(block, ['://'])) {
      const word = manifest(program);
      const branch = word === undefined ? undefined : moving(word.value);
      if (word === undefined || branch === undefined) continue;
      yield {
        at: word,
        message: `\`${branch}\` is whatever was published last: what is applied changes without anybody here knowing. Name a version, or keep a copy of the file.`,
      };
    }
  },
};

function manifest(program: Program): ShellWord | undefined {
  if (!/^(?:kubectl|oc)$/.test(program.name)) return undefined;
  const words = ownWords(program);
  if (!words.some(({ value }) => /^(?:apply|create|replace)$/.test(value))) return undefined;
  return words.find(({ value }) => /^(?:-[fk]=?|--(?:filename|kustomize)=)?https?:\/\//.test(value));
}

/** The part of an address that names no version; undefined where none does, or where a version or commit stands beside it. */
function moving(url: string): string | undefined {
  const found =
    /[?&]ref=(?:main|master|HEAD|latest)\b/.exec(url)?.[0].slice(1) ??
    /\/(?:releases\/latest|refs\/heads\/[^/]+)(?=\/)/.exec(url)?.[0].slice(1) ??
    /\/(main|master|HEAD|stable|latest|develop)(?=\/)/.exec(url)?.[1];
  return found === undefined ||
    /\/v?\d+\.\d+|@v?\d|\/[0-9a-f]{40}\//.test(url.replace(/^https?:\/\/[^/]+/, ''))
    ? undefined
    : found;
}
