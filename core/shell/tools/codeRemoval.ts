/** Code handed to an interpreter that removes files or ends processes by its own functions. From the languages' manuals. */
import type { Call, Outcome } from './table.ts';

const REMOVES: Readonly<Record<string, RegExp>> = {
  python:
    /\b(rmtree|removedirs|(os\.)(remove|unlink|rmdir|truncate|kill|killpg))\s*\(|\.(unlink|rmdir)\s*\(|\.truncate\s*\(/,
  perl: /\b(unlink|rmdir|rmtree|remove_tree|truncate|kill)\b/,
  ruby: /\b(FileUtils\.(rm\w*|remove\w*)|(File|Dir|IO)\.(delete|unlink|rmdir|truncate)|Process\.kill|rm_rf?|delete_all|destroy_all)\b/,
  node: /\b(rmSync|rmdirSync|unlinkSync|truncateSync|rimraf|process\.kill)\b|\b(fs|promises|fsp)\.(rm|rmdir|unlink|truncate)\s*\(|\.(deleteMany|dropDatabase)\s*\(/,
  php: /\b(unlink|rmdir|posix_kill|ftruncate)\s*\(/,
  lua: /\bos\.remove\b/,
};
const LANGUAGE: Readonly<Record<string, string>> = {
  python2: 'python',
  python3: 'python',
  pypy3: 'python',
  nodejs: 'node',
  deno: 'node',
};

/** Raises code that removes something; what else it does nobody has read. Strings and comments are no code. */
export function removal(options: string): (call: Call) => Partial<Outcome> | undefined {
  const wanted = options.split(' ');
  return (call) => {
    const pattern = REMOVES[LANGUAGE[call.name] ?? call.name];
    if (!pattern) return undefined;
    const codes = call.parsed.flags.flatMap(({ name, value }) =>
      wanted.includes(name) && value ? [value.value] : [],
    );
    // Perl's `-ne` is a cluster, whose code is the next word.
    if (call.stdin.kind === 'text' && call.parsed.operands.length === 0) codes.push(call.stdin.text);
    return codes.some((code) => pattern.test(bare(code)))
      ? { effect: 'destroy', why: `the code that ${call.name} runs removes files or ends processes` }
      : undefined;
  };
}

function bare(code: string): string {
  return code.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""').replace(/(^|\s)(#|\/\/).*$/gm, '$1');
}
