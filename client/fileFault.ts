/** A failed file operation in words: what the system says of it (`EROFS: read-only file system, mkdir …`) leaves out what now. Pure. */

const said: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user. Allow it, or work in a folder that you may write.',
  EPERM: 'may not be written by this user. Allow it, or work in a folder that you may write.',
  EROFS: 'is on a file system that is read-only. Work in a folder that can be written.',
  ENOTDIR: 'cannot be made, because a file stands where a folder is needed. Move that file away.',
  ENOSPC: 'cannot be written, because the disk is full. Make room, then try again.',
  EDQUOT: 'cannot be written, because your quota is used up. Make room, then try again.',
};

/** What happened, to what, what now; undefined where the error is no such failure, or one that people cannot mend. */
export function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, path } = error as NodeJS.ErrnoException;
  const words = code === undefined || !Object.hasOwn(said, code) ? undefined : said[code];
  return words === undefined ? undefined : `${path ?? 'A file'} ${words}`;
}
