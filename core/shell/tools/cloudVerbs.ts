/** Clouds name what a command does by one verb among its words; this finds and judges it. From the command trees of az and gcloud. */
import { type Arg, plain, wordSet } from '../words.ts';
import type { Call, Outcome } from './table.ts';
import { destroy, local, mutate, read, stream } from './table.ts';

const READS =
  wordSet(`list show describe get ls du hash exists check diagnose diff history query search validate verify wait help head stat
  count explain preview lookup analyze evaluate summarize peek what-if read predict browse open-console ping troubleshoot simulate
  mac-verify is-upgradeable install-status resolve test classify-text recognize scan inspect discover extract group vet
  lint-condition direct-predict direct-raw-predict raw-predict is-member render recognize-long-running`);
/** Words that only az has as the last of a command, and that name a group elsewhere. */
const NOUNS =
  wordSet(`stats status usage url version versions info result log logs random name-exists outbound-endpoints
  available-region list_by_score volumes repo functions`);
const SETTINGS = /^(config(-.+)?|credentials)$/;
const MUTATES =
  wordSet(`create update set add enable start restart deploy import resize scale assign patch apply attach register activate grant
  upgrade promote invite publish submit move copy rename replace configure renew rotate failover swap sync redeploy resume approve
  regenerate generate append upload push tag label export backup snapshot clone undelete recover reimage reapply extend open-port
  associate link train execute run trigger send put provision rollback join migrate convert build accept cordon uncordon lock unlock
  geo-restore georestore acquire bind change claim complete cutover edit finalize initialize insert install invoke load merge
  migrate on re-initialize re-register reactivate reboot reconnect relocate rerun rewrite save setup standby up upsert acknowledge
  advance allow authorize buffer commit compose deidentify deprecate enforce enroll instantiate kickoff mute switchover switch seed
  repair replicate reorder release transfer sign add-on encrypt decrypt star unstar mark reencrypt
  manual-failover fail-over force-reboot apply-artifacts auto-scale backup-now reverse scp demote pool-change create_or_update
  upsert_scope ack asymmetric-sign mac-sign raw-encrypt connect accept-spoke accept-spoke-update acquire-ssrs-lease
  release-ssrs-lease bulk-mute bulk-export change-quorum database-failover extend-schema ignore-job invalidate-cache
  invalidate-cdn-cache lease load-vex mutate-deployed-index patch-partner-metadata release-lease report report-host-as-faulty
  resize-disk replay-recent-access os-upgrade inherit enforce-all failover-priority-change prepare-publish prepare-deploy
  revert-relocation simulate-maintenance-event`);
const DESTROYS =
  wordSet(`delete remove rm purge deallocate stop reset destroy disable detach terminate cancel revoke deregister unregister unset
  unlink abandon drain shutdown power-off suspend deactivate decommission undeploy disassociate dissociate restore reject break wipe
  clear flush seek abort unbind untag off pause revert deny dismiss kill drop unenroll uninstall deauthorize unauthorize disconnect
  bulk-delete cleanup inject-fault invalidate break-pair close-handle recreate-instances demote-destination delete_scope unmount-rp
  unsubscribe replace-all initiate-push-transfer ack-up-to clean-up request-delete`);
/** Verbs that take an object behind a hyphen: `list-keys`, `add-metadata`, `stop-replication`. */
const READS_WHAT =
  wordSet(`list get show check describe query test diagnose validate simulate search analyze detect fetch wait retrieve
  find evaluate predict stream lookup summarize suggest print translate transcribe sanitize`);
const MUTATES_WHAT =
  wordSet(`set add update create enable start restart assign attach import upload regenerate perform rotate renew invoke
  install edit grant generate resume subscribe trigger send apply export run sync clone alter establish modify reschedule
  auto mark migrate move copy retry complete upsert deploy submit sign finalize use undelete expand`);
const DESTROYS_WHAT =
  wordSet(`delete remove stop reset disable purge detach clear revoke abandon restore cancel unset suspend destroy drain
  terminate unsubscribe disconnect undeploy reject deny unassign`);
/** Words that begin like a verb and name a group of commands. */
const GROUPS =
  /^(restore-(point|channel|plan)s?|restore-.+-bindings|deploy-policies|import-(export|jobs)|migrate-config|run-command)$/;

type Kind = 'read' | 'mutate' | 'destroy';

function kindOf(word: string): Kind | undefined {
  if (DESTROYS.has(word)) return 'destroy';
  if (MUTATES.has(word)) return 'mutate';
  if (READS.has(word)) return 'read';
  const hyphen = word.indexOf('-');
  if (hyphen < 0 || GROUPS.test(word)) return undefined;
  const verb = word.slice(0, hyphen);
  if (DESTROYS_WHAT.has(verb)) return 'destroy';
  if (MUTATES_WHAT.has(verb)) return 'mutate';
  return READS_WHAT.has(verb) ? 'read' : undefined;
}

/** Whether a word is a verb that some table knows. */
export function isVerb(word: string): boolean {
  return kindOf(word) !== undefined || /^(download|tail|login)(-|$)/.test(word);
}

/** What a verb does, or, at the end of a command of az, a noun; undefined where nobody knows it. */
export function outcomeOf(verb: string, nouns = false): Outcome | undefined {
  if (nouns && NOUNS.has(verb)) return read();
  if (nouns && SETTINGS.test(verb)) return mutate();
  if (/^(tail|stream)(-|$)/.test(verb)) return read(stream);
  if (/^download(-|$)/.test(verb)) return local();
  switch (kindOf(verb)) {
    case 'destroy':
      return destroy();
    case 'mutate':
      return mutate();
    case 'read':
      return read();
    default:
      return undefined;
  }
}

/** The words that name a command: operands up to the first option whose value nobody knows to be one. */
export function leadingWords(call: Call, known: ReadonlySet<string>): readonly Arg[] {
  const end = firstUnknown(call, known);
  const { operands, operandIndexes } = call.parsed;
  const words = operands.filter((_, i) => (operandIndexes[i] ?? 0) < end);
  return [...call.path.split(' ').filter(Boolean).map(plain), ...words];
}

/** What stands behind the words of a command, before the first unknown option: names. */
export function names(call: Call, known: ReadonlySet<string>): readonly string[] {
  const end = firstUnknown(call, known);
  const { operands, operandIndexes } = call.parsed;
  return operands
    .filter((arg, i) => (operandIndexes[i] ?? 0) < end && !arg.dynamic && arg.value !== '')
    .map((arg) => arg.value);
}

function firstUnknown(call: Call, known: ReadonlySet<string>): number {
  const first = call.parsed.operandIndexes[0] ?? 0;
  const flag = call.parsed.flags.find(
    (candidate) => candidate.value === undefined && !known.has(candidate.name) && candidate.index > first,
  );
  return flag?.index ?? Number.POSITIVE_INFINITY;
}
