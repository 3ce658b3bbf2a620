/** Hadoop: its file system, its name nodes, its jobs. From documentation: Hadoop 3.4. */
import { type Verdict, verdict } from '../verdict.ts';
import { type Arg, wordSet } from '../words.ts';
import { each, local, mutate, read, runs, stream, type Tool } from './table.ts';

const FS_READS = wordSet(
  '-ls -lsr -cat -text -tail -head -du -dus -df -count -stat -test -find -checksum -getfacl -getfattr -help -usage',
);
const FS_LOCAL = wordSet('-get -copyToLocal -getmerge -moveToLocal');
const FS_DESTROYS = wordSet('-rm -rmr -rmdir -expunge -truncate -deleteSnapshot -moveFromLocal -moveToLocal');
const ADMIN_READS =
  /^-(report|list\w*|get\w*|check\w*|help|metrics|printTopology|status|describe|queue|lsSnapshot\w*|showprogress|history|counter|events)$/;
const ADMIN_DESTROYS =
  /^-(kill(Task)?|fail(Task|Applications)?|failover|transitionTo\w+|format|rollback|finalizeUpgrade|shutdownDatanode|evictWriters|delete\w*|remove\w*|clear\w*|destroy|stop|disallowSnapshot|clrQuota|clrSpaceQuota|disablePolicy|updateNodeResource|decommission|force|initializeSharedEdits|recover|importCheckpoint)$/;

/** `hdfs dfs -rm`: the word with the dash says what is done. */
function fileSystem(words: readonly Arg[]): Verdict | undefined {
  const given = words.map((arg) => arg.value);
  const action = given.find((word) => /^-[a-z]{2}/i.test(word));
  if (action === undefined || words.find((arg) => arg.value === action)?.dynamic) return undefined;
  if (FS_READS.has(action)) return verdict('read', `the file system's ${action} reads`, follows(given));
  if (FS_DESTROYS.has(action)) {
    const all = given.includes('-r') || given.includes('-R') || action === '-expunge';
    return verdict('destroy', `the file system's ${action} removes`, { scope: all ? 'many' : 'one' });
  }
  if (action === '-chmod' || action === '-chown' || action === '-chgrp')
    return given.includes('-R') && action !== '-chmod'
      ? verdict('destroy', `${action} -R replaces owners, and nobody knows the old ones`, { scope: 'many' })
      : verdict('mutate', `${action} changes who may use it`);
  if (FS_LOCAL.has(action)) return verdict('local-write', `${action} writes on this machine`);
  return /^-(put|copyFromLocal|cp|mv|mkdir|touchz?|appendToFile|setrep|setfacl|setfattr|createSnapshot|renameSnapshot|concat)$/.test(
    action,
  )
    ? verdict('mutate', `the file system's ${action} writes`)
    : undefined;
}

function follows(given: readonly string[]) {
  return given[0] === '-tail' && given.includes('-f') ? stream : {};
}

/** `yarn application -kill`, `hdfs haadmin -failover`. */
function administer(words: readonly Arg[]): Verdict | undefined {
  const actions = words.map((arg) => arg.value).filter((word) => /^-[a-z]{2}/i.test(word));
  if (words.some((arg) => arg.dynamic && /^\$/.test(arg.text) && actions.length === 0)) return undefined;
  const worst = actions.find((word) => ADMIN_DESTROYS.test(word));
  if (worst) return verdict('destroy', `${worst} takes away data or service`);
  const first = actions[0];
  if (first === undefined) return undefined;
  if (ADMIN_READS.test(first)) return verdict('read', `${first} reads`);
  return verdict('mutate', `${first} changes the cluster`);
}

const fs = mutate({ decide: (call) => fileSystem(call.after) ?? runs('a command of the file system') });
const admin = mutate({ decide: (call) => administer(call.after) ?? runs('a command for administrators') });

export const hadoop: readonly Tool[] = [
  {
    names: 'hdfs hadoop mapred',
    source: 'from documentation: Hadoop 3.4',
    values: '--config --loglevel -conf -fs -jt -D',
    style: 'long',
    network: true,
    commands: {
      'dfs|fs': fs,
      ...each(admin, 'dfsadmin, haadmin, cacheadmin, crypto, ec, storagepolicies, job, queue, application'),
      ...each(
        read(),
        'getconf, version, classpath, envvars, groups, lsSnapshottableDir, snapshotDiff, checknative, oev, oiv, debug',
      ),
      fsck: read({
        when: { '-delete -move': { effect: 'destroy', why: 'fsck removes or moves damaged files' } },
      }),
      namenode: mutate({
        ...stream,
        why: 'starts a name node',
        decide: (call) => {
          const result = administer(call.after);
          if (result?.risk !== 'destructive') return undefined;
          const answered = call.args.some((arg) => /^-(force|nonInteractive)$/i.test(arg.value));
          return {
            ...result,
            scope: 'all',
            mode: answered || call.stdin.kind !== 'inherited' ? 'capture' : 'terminal',
          };
        },
      }),
      ...each(mutate(stream), 'datanode, journalnode, zkfc, secondarynamenode, httpfs, nfs3, portmap'),
      'balancer|mover|diskbalancer': mutate(),
      distcp: mutate({
        when: {
          '-delete': { effect: 'destroy', why: 'distcp -delete removes what the source has not' },
          '-overwrite': { effect: 'destroy', why: 'distcp -overwrite replaces files' },
        },
      }),
      jar: runs('it submits a program'),
      credential: local(),
    },
  },
];
