/** Clusters of machines that stand in for each other: Pacemaker, Corosync, DRBD, keepalived. */
import { hasFlag } from '../words.ts';
import { DEBIAN, names } from './common.ts';
import { destroy, each, mutate, opensSession, read, stream, type Tool, terminal } from './table.ts';

const STATE = 'pcs status --full, and pcs cluster cib into a file';
const BACK = { captureFirst: STATE, inverse: 'pcs cluster cib-push of that file' };

export const cluster: readonly Tool[] = [
  {
    names: 'pcs',
    source: 'help text or man page (Debian 12), and documentation: pcs 0.11',
    values: '-f -u -p --name --request-timeout',
    switches: '--force --full --debug --wait --skip-offline --all',
    commands: {
      ...each(
        read(),
        'status, status resources|cluster|corosync|quorum|nodes|pcsd|xml|booth, config, config show, resource, resource show|config|list|describe|failcount|status|agents|providers|relations|defaults|op, resource failcount show, stonith, stonith show|config|list|describe|status|history, constraint, constraint show|config|ref|list|location|order|colocation, property, property show|list|config, quorum status|config, cluster status|cib|verify|config|pcsd-status|corosync|report, node attribute|utilization, alert, alert show|config, qdevice status, acl show, tag, tag config, ticket config, host',
      ),
      ...each(
        mutate(BACK),
        'resource create|update|group|clone|promotable|meta|utilization|manage|restart|refresh|op, stonith create|update|level|confirm, constraint location|order|colocation|ticket, property set, quorum update, cluster setup|auth|sync|node|cib-push|edit|link, alert create|update, acl create, tag create|update, host auth, node attribute, config import|restore',
      ),
      'resource cleanup': mutate({
        resources: names,
        why: 'forgets failures, so that the cluster tries again',
      }),
      'resource enable': mutate({ resources: names, inverse: 'pcs resource disable of the same' }),
      'cluster start': mutate({ inverse: 'pcs cluster stop' }),
      'cluster enable': mutate({ inverse: 'pcs cluster disable' }),
      'node unstandby': mutate({ resources: names, inverse: 'pcs node standby of the same' }),
      'node unmaintenance': mutate({ resources: names, inverse: 'pcs node maintenance of the same' }),
      'node maintenance': mutate({ resources: names, inverse: 'pcs node unmaintenance of the same' }),
      ...each(
        destroy({ resources: names, ...BACK }),
        'resource delete|remove|ungroup|unclone|unmanage, stonith delete|remove, constraint delete|remove, property unset, alert remove|delete, acl delete, tag remove|delete, quorum device, host deauth',
      ),
      'resource disable': destroy({
        resources: names,
        why: 'takes the resource out of service',
        inverse: 'pcs resource enable of the same',
      }),
      ...each(
        mutate({
          resources: 'first',
          why: 'moves a resource, which stops and starts it',
          captureFirst: STATE,
          inverse: 'pcs resource clear of the same',
        }),
        'resource move|ban|move-with-constraint|relocate',
      ),
      'resource clear': mutate({ resources: 'first' }),
      'node standby': destroy({
        resources: names,
        why: 'moves everything off the node',
        inverse: 'pcs node unstandby of the same',
      }),
      'stonith fence': destroy({ resources: names, why: 'cuts the power of the node' }),
      'cluster stop': destroy({
        resources: names,
        why: 'takes the cluster out of service',
        inverse: 'pcs cluster start',
      }),
      'cluster disable': destroy({ inverse: 'pcs cluster enable' }),
      ...each(
        destroy({ scope: 'all' }),
        'cluster destroy|kill, cluster node remove|remove-guest|remove-remote|clear',
      ),
    },
  },
  {
    names: 'crm',
    source: 'help text or man page (Debian 12), and documentation: crmsh 4.4',
    switches: '-F --force -w --wait',
    bare: opensSession('crm opens a prompt'),
    otherwise: (call) => {
      const text = names(call).join(' ');
      if (
        /^(status|cluster (status|health)|configure (show|verify|graph)|resource (status|show|list|constraints|scores|locate)|node (show|status|list|attribute \S+ show)|history|ra|site ticket show|verify|report|corosync (show|status|get|diff)|help|op_status)\b/.test(
          text,
        )
      )
        return read();
      if (
        /\b(stop|delete|demote|standby|fence|remove|unmanage|erase|clearstate|ban|unset|disable|leave|refuse)\b/.test(
          text,
        )
      )
        return destroy({
          resources: (inside) => names(inside).slice(-1),
          captureFirst: 'crm configure show, into a file',
        });
      return /\b(edit)\b/.test(text)
        ? mutate(terminal)
        : mutate({ captureFirst: 'crm configure show, into a file' });
    },
    commands: { status: read() },
  },
  {
    names: 'crm_mon',
    source: 'help text or man page (Debian 12), and documentation: Pacemaker 2.1',
    values: '-i --interval -E',
    bare: read({
      decide: (call) =>
        hasFlag(call.parsed, '-1 --one-shot --output-as -s --simple-status -X --as-xml')
          ? undefined
          : hasFlag(call.parsed, '-d --daemonize')
            ? { effect: 'mutate' }
            : terminal,
    }),
  },
  {
    names:
      'crm_resource crm_node crm_attribute crm_standby crm_failcount crm_verify crm_simulate cibadmin stonith_admin crm_diff attrd_updater crm_report',
    source: 'help text or man page (Debian 12), and documentation: Pacemaker 2.1',
    values:
      '-r --resource -N --node -n --name -v --update -t --type -x --xml-file -p --parameter -d -f -g -m -l --lifetime -F --fence -B --reboot -U --unfence -s -O',
    style: 'long',
    bare: read({
      when: {
        '-M --move -B --ban -U --clear -C --cleanup --refresh -v --update --set-parameter --restart -P --reprobe --modify -M --create -o --patch --apply-patch -u':
          {
            effect: 'mutate',
            captureFirst: 'cibadmin -Q, into a file',
            inverse: 'cibadmin --replace of that file',
          },
        '-D --delete -E --erase --delete-attr --delete-parameter -F --fail --force-stop --force-demote --fence -R --remove --replace -d --delete-all':
          {
            effect: 'destroy',
            captureFirst: 'cibadmin -Q, into a file',
            inverse: 'cibadmin --replace of that file',
          },
      },
    }),
  },
  {
    names: 'corosync-cfgtool corosync-quorumtool corosync-cmapctl',
    source: 'help text or man page (Debian 12), and documentation: Corosync 3',
    values: '-k -g -d -D -t',
    bare: read({
      when: {
        '-R -r': { effect: 'mutate' },
        '-H -k': { effect: 'destroy', why: 'takes a node of the cluster out of service' },
      },
    }),
  },
  {
    names: 'drbdadm drbdsetup drbdmon',
    source: 'help text or man page (Debian 12), and documentation: DRBD 9',
    values: '-c -d -t -P -S',
    switches: '--dry-run -d --force --overwrite-data-of-peer --discard-my-data',
    commands: {
      ...each(
        read(),
        'status, dump, role, dstate, cstate, show, show-gi, get-gi, sh-resources, help, version',
      ),
      events2: read(stream),
      ...each(
        mutate({ resources: names, dryRun: '-d --dry-run' }),
        'up, adjust, connect, attach, resize, resume-sync, pause-sync, resume-io, syncer, new-peer, verify, wait-connect, new-current-uuid, primary, secondary',
      ),
      primary: mutate({
        resources: names,
        inverse: 'drbdadm secondary of the same',
        when: {
          '--force --overwrite-data-of-peer': {
            effect: 'destroy',
            why: 'drbdadm primary --force throws the data of the other side away',
          },
        },
      }),
      secondary: mutate({ resources: names, inverse: 'drbdadm primary of the same' }),
      ...each(
        destroy({ resources: names, dryRun: '-d --dry-run', inverse: 'drbdadm up of the same' }),
        'down, disconnect, detach, suspend-io, outdate',
      ),
      ...each(
        destroy({ resources: names, dryRun: '-d --dry-run' }),
        'create-md, wipe-md, invalidate, invalidate-remote, del-peer, apply-al, forget-peer',
      ),
    },
    bare: read(terminal),
  },
  {
    names: 'keepalived',
    source: DEBIAN,
    values: '-f -p -r -c',
    bare: mutate({
      why: 'starts the server',
      when: { '-n --dont-fork': stream, '-t --config-test': {} },
      dryRun: '-t --config-test',
    }),
  },
];
