/** Cassandra and ScyllaDB. From documentation: Apache Cassandra 5, ScyllaDB 6. */
import { hasFlag } from '../words.ts';
import { names } from './common.ts';
import { client } from './sqlClient.ts';
import { type Call, destroy, each, local, mutate, read, type Tool } from './table.ts';

const CASSANDRA = 'from documentation: Apache Cassandra 5';

/** `clearsnapshot -t nightly shop`, `stop COMPACTION`. */
const named = (call: Call) => names(call);

/** What takes a part of the node out of service, and what puts it back. */
const SWITCHED: Readonly<Record<string, string>> = {
  disablebinary: 'enablebinary',
  disablegossip: 'enablegossip',
  disablehandoff: 'enablehandoff',
  disablebackup: 'enablebackup',
  disableautocompaction: 'enableautocompaction',
  disableauditlog: 'enableauditlog',
  disablefullquerylog: 'enablefullquerylog',
  pausehandoff: 'resumehandoff',
};

export const cassandra: readonly Tool[] = [
  client({
    names: 'cqlsh',
    source: CASSANDRA,
    text: '-e --execute',
    file: '-f --file',
    values:
      '-p --password --request-timeout --connect-timeout --encoding --cqlversion --cqlshrc --protocol-version --browser',
    switches: '--ssl --debug --no-color --tty -C',
    targets: { user: '-u --username', keyspace: '-k --keyspace' },
    ambient: { host: "cqlsh -e 'SHOW HOST'" },
    first: 'host',
    prints: '--version',
  }),
  {
    names: 'nodetool',
    source: CASSANDRA,
    values:
      '-p --port -u --username -pw --password -pwf -t --tag -kt -cf --column-family --keyspace -st -et -j --jobs --table -hosts -dc -seq -F --format -i -s -k -a --since -tt -sst',
    switches: '-pr --partitioner-range -full --full -r --resolve-ip -H --human-readable --all -f --force',
    targets: { host: '-h --host' },
    network: true,
    ambient: { host: 'nodetool info' },
    commands: {
      ...each(
        read(),
        `status, info, ring, tpstats, tablestats, cfstats, compactionstats, compactionhistory, netstats, gossipinfo, describecluster, describering, proxyhistograms, tablehistograms, cfhistograms, listsnapshots, version, gcstats, getendpoints, getcompactionthroughput, getstreamthroughput, getinterdcstreamthroughput, getlogginglevels, statusbinary,
        statusgossip, statushandoff, statusbackup, statusautocompaction, toppartitions, profileload, help, getconcurrentcompactors, getconcurrentviewbuilders, getconcurrency, failuredetector, viewbuildstatus, getsstables, getseeds, rangekeysample, gettimeout, clientstats, repair_admin, repair_admin list, bootstrap_status, datapaths, getcompactionthreshold, gettraceprobability, getmaxhintwindow, listpendinghints, getfullquerylog, getauditlog, tablesnapshots, checktokenmetadata, getauthcacheconfig, getcolumnindexsize, getsnapshotthrottle, gethintedhandoffthrottlekb, getbatchlogreplaythrottle, gcstats`,
      ),
      ...each(
        mutate(),
        'repair, flush, compact, cleanup, rebuild, refresh, upgradesstables, scrub, setcompactionthroughput, setstreamthroughput, setinterdcstreamthroughput, setlogginglevel, enableautocompaction, enablebinary, enablegossip, enablehandoff, enablebackup, garbagecollect, setconcurrentcompactors, setconcurrentviewbuilders, settimeout, reloadseeds, reloadssl, verify, relocatesstables, recompress_sstables, rebuild_index, bootstrap, import, settraceprobability, resumehandoff, setcachecapacity, setcachekeystosave, setcompactionthreshold, setmaxhintwindow, setsnapshotthrottle, setauthcacheconfig, setcolumnindexsize, sethintedhandoffthrottlekb, setbatchlogreplaythrottle, setconcurrency, invalidatekeycache, invalidaterowcache, invalidatecountercache, invalidatecredentialscache, invalidatepermissionscache, invalidaterolescache, invalidatenetworkpermissionscache, invalidatejmxpermissionscache, reloadtriggers, reloadlocalschema, bootstrap resume, replaybatchlog, enableauditlog, enablefullquerylog, repair_admin cancel, forcecompact, sjk',
      ),
      snapshot: mutate({ inverse: 'nodetool clearsnapshot -t with its tag' }),
      ...Object.fromEntries(
        Object.entries(SWITCHED).map(([off, on]) => [off, destroy({ inverse: `nodetool ${on}` })]),
      ),
      drain: destroy({ why: 'the node stops taking writes and reads', inverse: 'restart the node' }),
      decommission: destroy({ why: 'the node leaves the cluster for good', scope: 'all' }),
      ...each(destroy({ resources: named }), 'removenode, assassinate, move, removetoken'),
      'removenode status': read(),
      clearsnapshot: destroy({
        resources: named,
        decide: (call) => (hasFlag(call.parsed, '--all') ? { scope: 'all' } : undefined),
      }),
      ...each(
        destroy(),
        'stop, stopdaemon, truncatehints, resetlocalschema, resetfullquerylog, abortbootstrap, abortdecommission',
      ),
      rebuild: mutate(),
    },
  },
  {
    names: 'sstabledump sstablemetadata sstableexpiredblockers sstablepartitions sstableverify sstableutil',
    source: CASSANDRA,
    values: '-k -x',
    bare: read(),
  },
  {
    names:
      'sstableloader sstablescrub sstableupgrade sstablesplit sstablelevelreset sstableofflinerelevel sstablerepairedset',
    source: CASSANDRA,
    values: '-d --nodes -u --username -pw --password -f --conf-path -ts',
    bare: mutate({
      decide: (call) => {
        if (call.name === 'sstableloader')
          return { why: 'sstableloader streams rows into the cluster', network: true };
        return { effect: 'destroy', why: `${call.name} rewrites the files of a table, with the node down` };
      },
    }),
  },
  {
    names: 'medusa',
    source: 'from documentation: cassandra-medusa 0.22',
    network: true,
    values:
      '--backup-name --name --mode --config-file --temp-dir --seed-target --host-list --keyspace --table --fqdn',
    commands: {
      ...each(
        read(),
        'list-backups, status, report-last-backup, get-last-complete-backup, verify, fetch-tokenmap',
      ),
      ...each(mutate(), 'backup, backup-node, backup-cluster, build-index'),
      download: local(),
      ...each(destroy({ why: 'replaces the data of the node' }), 'restore-node, restore-cluster'),
      ...each(destroy(), 'purge, delete-backup, purge-decommissioned'),
    },
  },
];
