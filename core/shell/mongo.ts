/** What JavaScript for MongoDB's shell would do, by the methods that it calls. Written from the reference of mongosh. */
import { type Details, highest, unknown, type Verdict, verdict } from './verdict.ts';
import { wordSet } from './words.ts';

/** Judges the text of `mongosh --eval`, of a heredoc into `mongosh`, or of a script. Linear in its length. */
export function judgeMongo(script: string): Verdict {
  const { code, strings } = strip(script);
  let result = verdict('read', 'the MongoDB script reads');
  // `use shop` and `show dbs` are commands of the shell, one a line.
  const lines = code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(use [\w-]+|show [\w ]+|it|help|exit|quit|db|cls);?$/.test(line));
  const text = lines.join('\n');
  if (/\]\s*\(|\bnew\s+Function\b|`/.test(text))
    result = highest(result, unknown('the script calls a method that is only known when it runs'));
  for (const call of text.matchAll(/([\w$]+)\s*\(/g))
    result = highest(result, judgeCall(call[1] ?? '', text, call.index + call[0].length, strings));
  for (const word of text.matchAll(/\.([\w$]+)\b(?!\s*\()/g)) {
    // A method handed on (`forEach(db.orders.drop)`) is called by someone else.
    if (DESTROYS.has(word[1] ?? ''))
      result = highest(result, verdict('destroy', `MongoDB ${word[1]} is handed on`));
  }
  if (/\$out\b/.test(script)) result = highest(result, verdict('destroy', '$out replaces a collection'));
  if (/\$merge\b/.test(script))
    result = highest(result, verdict('mutate', '$merge writes into a collection'));
  if (/\$where\b|\$function\b/.test(script)) result = highest(result, unknown('the query runs code'));
  return result;
}

const READS = wordSet(
  `find findOne count countDocuments estimatedDocumentCount aggregate distinct explain getIndexes getIndices getIndexKeys indexes stats serverStatus status currentOp hello
  isMaster version serverBuildInfo buildInfo hostInfo limit sort skip pretty forEach map toArray hint batchSize projection hasNext next size itcount maxTimeMS comment
  allowDiskUse collation readPref readConcern tailable objsLeftInBatch getSiblingDB getSisterDB getCollection getCollectionNames getCollectionInfos getMongo setReadPref
  getDB getDBs getDBNames getName conf config printReplicationInfo printSecondaryReplicationInfo printSlaveReplicationInfo secondaryOk slaveOk setSecondaryOk setSlaveOk getReplicationInfo
  getRoles getRole getProfilingStatus getProfilingLevel latencyStats dataSize storageSize totalIndexSize totalSize isCapped getShardDistribution getShardVersion getLogComponents
  printShardingStatus printCollectionStats getBalancerState isBalancerRunning connectionStatus listCommands getFreeMonitoringStatus getSearchIndexes getPlanCache list executionStats
  getLastError findUser isClosed isExhausted tryNext readableStream sum avg hashCode getHostnameAndPort countIndexes listDatabases getDBNamesForRole getShardedDataDistribution getBalancerWindow shardedDataDistribution getCollectionStats getTableNames fieldNames getKeyVault getOplogSize printSlaveReplication isWritablePrimary listSearchIndexes queryFramework catalogData sample match returnKey showRecordId min max addOption
  print printjson tojson EJSON JSON stringify parse log error keys values entries filter reduce join push includes indexOf split toString toISOString Date ISODate ObjectId NumberLong
  NumberInt NumberDecimal Timestamp UUID BinData RegExp Math round floor ceil abs parseInt parseFloat Number String Boolean Array Object isArray sleep quit exit getTime toFixed
  slice concat some every flat flatMap fromEntries assign replace startsWith endsWith test trim toUpperCase toLowerCase padEnd padStart repeat has get getTimestamp valueOf now
  Long Decimal128 Double Int32 connect localeCompare substring substr charAt length tojsononeline getFullYear getMonth getDate getHours setDate setHours setMinutes setDay
  if for while switch catch function return typeof do else in of async await top getParameter help`,
);

const MUTATES = wordSet(
  `insert insertOne insertMany updateOne replaceOne save bulkWrite findOneAndUpdate findOneAndReplace createIndex createIndexes ensureIndex createCollection createView createUser
  updateUser changeUserPassword createRole updateRole grantRolesToUser grantRolesToRole grantPrivilegesToRole renameCollection reconfig initiate add addArb stepDown freeze
  syncFrom setProfilingLevel setLogLevel setFeatureCompatibilityVersion fsyncUnlock enableSharding shardCollection addShard addShardTag addTagRange updateZoneKeyRange startBalancer
  stopBalancer setBalancerState enableBalancing disableBalancing moveChunk splitAt splitFind enableAutoSplit disableAutoSplit reIndex hideIndex unhideIndex
  initializeOrderedBulkOp initializeUnorderedBulkOp execute upsert auth logout setDefaultRWConcern rotateLog collMod cloneCollection copyDatabase enableFreeMonitoring reshardCollection
  rename moveCollection unshardCollection movePrimary setDefaultReadConcern disableSharding createDataKey updateLookup setSecondary replSetSyncFrom refreshSessions setWriteConcern abortReshardCollection commitReshardCollection configureCollectionBalancing startAutoMerger stopAutoMerger enableAutoMerger disableAutoMerger mergeChunks insertData updateOneAndUpsert configureQueryAnalyzer createEncryptedCollection runOnPrimary upsertOne balancerCollectionStatus startTransaction commitTransaction abortTransaction startSession createSearchIndex createSearchIndexes updateSearchIndex validate`,
);

const DESTROYS = wordSet(
  `drop dropDatabase dropIndex dropIndexes deleteMany deleteOne remove removeOne findOneAndDelete delete killOp killSessions shutdownServer fsyncLock compact dropUser dropAllUsers dropRole dropAllRoles
  removeUser revokeRolesFromUser revokeRolesFromRole revokePrivilegesFromRole removeShard removeShardTag removeRangeFromZone removeShardFromZone convertToCapped
  disableFreeMonitoring dropSearchIndex clearPlanCache clear resetError repairDatabase truncate`,
);

/** First key of `runCommand` and `adminCommand`. */
const COMMAND_READS = wordSet(
  `ping serverStatus replSetGetStatus replSetGetConfig dbStats collStats connectionStatus getParameter listDatabases currentOp hello isMaster ismaster buildInfo buildinfo find count
  distinct explain top getCmdLineOpts getLog hostInfo connPoolStats listCollections listIndexes usersInfo rolesInfo features whatsmyuri balancerStatus listShards shardingState
  lockInfo dbHash dataSize getShardMap getDefaultRWConcern listCommands dbstats collstats serverstatus getClusterParameter shardConnPoolStats aggregate planCacheListPlans`,
);
const COMMAND_DESTROYS = wordSet(
  'drop dropDatabase dropIndexes delete shutdown fsync killOp killAllSessions killSessions killCursors compact removeShard dropUser dropRole dropAllUsersFromDatabase convertToCapped planCacheClear replSetResizeOplog cleanupOrphaned',
);
const COMMAND_MUTATES = wordSet(
  'insert update findAndModify create createIndexes collMod setParameter replSetStepDown replSetReconfig replSetFreeze replSetInitiate replSetMaintenance replSetSyncFrom setFeatureCompatibilityVersion logRotate createUser updateUser grantRolesToUser enableSharding shardCollection addShard moveChunk moveCollection movePrimary split balancerStart balancerStop renameCollection reIndex validate profile setDefaultRWConcern setClusterParameter flushRouterConfig setIndexCommitQuorum applyOps fsyncUnlock',
);

function judgeCall(name: string, text: string, from: number, strings: readonly string[]): Verdict {
  if (/^(runCommand|adminCommand|runReadCommand)$/.test(name))
    return judgeDatabaseCommand(text, from, strings);
  const on = collectionOf(text, from, strings);
  if (/^(updateMany|update)$/.test(name)) {
    return /^\s*\{\s*\}\s*,/.test(text.slice(from, from + 40))
      ? verdict('destroy', `${name} with an empty filter changes every document`, {
          scope: 'all',
          ...undoOf(name, on),
        })
      : verdict('mutate', `${name} changes documents`, { scope: 'many', ...undoOf(name, on) });
  }
  if (/^(findAndModify|mapReduce)$/.test(name)) {
    const call = argumentsAt(text, from);
    if (name === 'mapReduce')
      return /\binline\b/.test(call)
        ? unknown('mapReduce runs code')
        : verdict('destroy', 'mapReduce replaces or writes a collection', undoOf(name, on));
    return /\bremove\b/.test(call)
      ? verdict('destroy', 'findAndModify removes a document', undoOf(name, on))
      : verdict('mutate', 'findAndModify changes a document', undoOf(name, on));
  }
  if (DESTROYS.has(name)) {
    const all = /^\s*\(?\s*\{\s*\}/.test(text.slice(from, from + 20)) || /^drop(Database|All\w+)$/.test(name);
    return verdict('destroy', `MongoDB ${name}() destroys`, {
      scope: all ? 'all' : 'one',
      ...undoOf(name, on),
    });
  }
  if (MUTATES.has(name)) return verdict('mutate', `MongoDB ${name}() changes state`, undoOf(name, on));
  if (READS.has(name)) return verdict('read', '');
  if (/^(getUser|getUsers)$/.test(name))
    return verdict('read', '', { readsSecrets: /showCredentials/.test(argumentsAt(text, from)) });
  if (name === 'load') return unknown('load() runs a file');
  if (/^(watch|tailable)$/.test(name))
    return verdict('read', `${name}() never ends`, { mode: name === 'watch' ? 'stream' : 'capture' });
  if (name === 'passwordPrompt') return verdict('read', 'passwordPrompt() asks', { mode: 'terminal' });
  return unknown(`the MongoDB method ${name}() is in no table`);
}

/** The text of a call's arguments, up to the parenthesis that closes it. */
function argumentsAt(text: string, from: number): string {
  let depth = 1;
  for (let i = from; i < text.length && i < from + 2000; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return text.slice(from, i);
  }
  return text.slice(from, from + 2000);
}

/** `db.orders.drop(` → `orders`; `db.getCollection("0").drop(` → what string 0 holds. */
function collectionOf(text: string, from: number, strings: readonly string[]): string | undefined {
  const before = text.slice(Math.max(0, from - 160), from);
  const found =
    /\.getCollection\(\s*"(\d+)"\s*\)\.\w+\s*\($/.exec(before) ??
    /(?:\bdb|\))\.()([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*?)\.\w+\s*\($/.exec(before);
  if (!found) return undefined;
  return found[1] ? strings[Number(found[1])] : found[2];
}

/** What a call acts on, what to note first, and the way back. */
function undoOf(name: string, collection: string | undefined): Details {
  const on = collection === undefined || /[$`{]/.test(collection) ? undefined : collection;
  const targets = on === undefined ? [] : [{ kind: 'resource', value: on }];
  const option = on === undefined ? '' : ` -c ${on}`;
  if (
    /^(drop|deleteMany|deleteOne|remove|updateMany|updateOne|update|findOneAnd\w+|findAndModify|replaceOne|bulkWrite|mapReduce)$/.test(
      name,
    )
  )
    return {
      targets,
      captureFirst: `mongodump${option}`,
      inverse: `mongorestore ${name === 'drop' ? '' : '--drop '}from that dump`,
      ...(/^(delete|update|remove)/.test(name) ? { preview: 'countDocuments() with the same filter' } : {}),
    };
  if (name === 'dropDatabase') return { captureFirst: 'mongodump', inverse: 'mongorestore from that dump' };
  if (/^dropIndex(es)?$/.test(name))
    return {
      targets,
      captureFirst: `db.${on ?? 'collection'}.getIndexes()`,
      inverse: 'createIndex with the keys from before',
    };
  if (/^createIndex(es)?$/.test(name)) return { targets, inverse: 'dropIndex' };
  if (name === 'reconfig')
    return { captureFirst: 'rs.conf()', inverse: 'rs.reconfig() with the configuration from before' };
  if (name === 'setProfilingLevel')
    return {
      captureFirst: 'db.getProfilingStatus()',
      inverse: 'setProfilingLevel with the level from before',
    };
  if (/^stopBalancer$|^disableBalancing$/.test(name)) return { inverse: 'sh.startBalancer()' };
  if (name === 'fsyncLock') return { inverse: 'db.fsyncUnlock()' };
  if (name === 'hideIndex') return { targets, inverse: 'unhideIndex' };
  return { targets };
}

/** `{ping: 1}`, `{"ping": 1}` or `"ping"`: strings stand as their number in the stripped text. */
function judgeDatabaseCommand(text: string, from: number, strings: readonly string[]): Verdict {
  const match = /^\s*\{?\s*(?:"(\d+)"|([\w$]+))/.exec(text.slice(from, from + 200));
  const name = match?.[1] !== undefined ? (strings[Number(match[1])] ?? '') : (match?.[2] ?? '');
  if (COMMAND_DESTROYS.has(name)) return verdict('destroy', `the MongoDB command ${name} destroys`);
  if (COMMAND_MUTATES.has(name)) return verdict('mutate', `the MongoDB command ${name} changes state`);
  return COMMAND_READS.has(name)
    ? verdict('read', '')
    : unknown(`the MongoDB command ${name} is in no table`);
}

/** The code with comments gone and each string replaced by `"` its number `"`. */
function strip(script: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  let code = '';
  let i = 0;
  while (i < script.length) {
    const char = script[i] as string;
    if (char === '"' || char === "'") {
      let end = i + 1;
      while (end < script.length && script[end] !== char && script[end] !== '\n')
        end += script[end] === '\\' ? 2 : 1;
      code += `"${strings.length}"`;
      strings.push(script.slice(i + 1, end));
      i = end + 1;
    } else if (
      char === '/' &&
      script[i + 1] !== '/' &&
      script[i + 1] !== '*' &&
      /(^|[(,=:[!&|?{};])\s*$/.test(code.slice(-8))
    ) {
      // A regular expression may hold quotes.
      let end = i + 1;
      while (end < script.length && script[end] !== '/' && script[end] !== '\n')
        end += script[end] === '\\' ? 2 : 1;
      code += '""';
      i = end + 1;
    } else if (char === '/' && script[i + 1] === '/') {
      const end = script.indexOf('\n', i);
      i = end < 0 ? script.length : end;
    } else if (char === '/' && script[i + 1] === '*') {
      const end = script.indexOf('*/', i + 2);
      i = end < 0 ? script.length : end + 2;
    } else {
      code += char;
      i++;
    }
  }
  return { code, strings };
}
