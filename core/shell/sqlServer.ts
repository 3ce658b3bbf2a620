/** What is SQL Server's own: procedures, DBCC. From documentation: Transact-SQL reference, SQL Server 2022. */
import { label } from './sqlNames.ts';
import type { SqlToken } from './sqlTokens.ts';
import { unknown, type Verdict, verdict } from './verdict.ts';

const READING_PROCEDURES =
  /^(SP_(WHO2?|WHOISACTIVE|HELP\w*|LOCK|SPACEUSED|COLUMNS|TABLES|DATABASES|READERRORLOG|ENUMERRORLOGS|STORED_PROCEDURES|STATISTICS|PKEYS|FKEYS|DEPENDS|MONITOR|SERVER_INFO|DATATYPE_INFO|DESCRIBE_\w+|BLITZ\w*)|XP_(READERRORLOG|FIXEDDRIVES|MSVER|LOGININFO|ENUMGROUPS))$/;
const DESTROYING_PROCEDURES =
  /^(SP_(DROP\w*|DELETE\w*|REMOVE\w*|DETACH_DB|PURGE\w*|CYCLE_ERRORLOG|REVOKE\w*|RENAME|STOP_JOB)|XP_CMDSHELL|XP_DELETE_FILE)$/;
const CHANGING_PROCEDURES =
  /^(SP_(CONFIGURE|START_JOB|ADD\w*|UPDATE\w*|CHANGE\w*|ATTACH\w*|RECOMPILE|REFRESH\w*|GRANT\w*|SEND_DBMAIL|SET\w*|TABLEOPTION|DBOPTION|PASSWORD|DEFAULTDB))$/;

/** `EXEC sp_who2`, `EXEC master.dbo.xp_cmdshell '…'`; `other` judges what is no procedure of the server. */
export function judgeProcedure(
  tokens: readonly SqlToken[],
  other: (tokens: readonly SqlToken[]) => Verdict,
): Verdict {
  let at = 1;
  while (tokens[at + 1]?.value === '.') at += tokens[at + 2]?.value === '.' ? 3 : 2;
  const name = tokens[at]?.kind === 'string' ? '' : (tokens[at]?.value.toUpperCase() ?? '');
  if (READING_PROCEDURES.test(name)) return verdict('read', `SQL ${name.toLowerCase()} reads`);
  if (DESTROYING_PROCEDURES.test(name))
    return verdict('destroy', `SQL ${name.toLowerCase()} destroys, stops or runs a program`);
  // Without a value `sp_configure` shows what is set.
  if (name === 'SP_CONFIGURE' && !tokens.some((token) => token.value === ','))
    return verdict('read', 'SQL sp_configure shows settings');
  if (CHANGING_PROCEDURES.test(name))
    return verdict('mutate', `SQL ${name.toLowerCase()} changes the server`);
  return other(tokens);
}

/** `DBCC CHECKDB` looks, with a repair it may throw data away. */
export function judgeDbcc(tokens: readonly SqlToken[]): Verdict {
  const name = tokens[1]?.value ?? '';
  const words = tokens.filter((token) => token.kind === 'word').map((token) => token.value);
  if (words.some((word) => /^REPAIR_/.test(word)))
    return verdict('destroy', `SQL ${label(tokens)} with a repair may lose data`);
  if (
    /^(CHECK\w+|SHOW\w*|OPENTRAN|SQLPERF|INPUTBUFFER|OUTPUTBUFFER|PROCCACHE|LOGINFO|USEROPTIONS|HELP|TRACESTATUS|MEMORYSTATUS|PAGE)$/.test(
      name,
    )
  )
    return verdict('read', `SQL ${label(tokens)} reads`);
  if (
    /^(SHRINK\w+|FREE\w+|DROPCLEANBUFFERS|TRACEON|TRACEOFF|INDEXDEFRAG|DBREINDEX|UPDATEUSAGE|CLEANTABLE|CLONEDATABASE)$/.test(
      name,
    )
  )
    return verdict('mutate', `SQL ${label(tokens)} changes the server`);
  return unknown(`SQL ${label(tokens)} is in no table`);
}
