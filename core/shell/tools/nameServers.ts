/** Name servers: BIND, Unbound, PowerDNS, Knot, dnsmasq, and updates of zones. */
import { unknown, verdict } from '../verdict.ts';
import { hasFlag } from '../words.ts';
import { DEBIAN, DEBIAN_PAGES } from './common.ts';
import {
  destroy,
  each,
  local,
  mutate,
  opensSession,
  read,
  runs,
  stream,
  type Tool,
  terminal,
} from './table.ts';

export const nameServers: readonly Tool[] = [
  {
    names: 'rndc',
    source: 'help text or man page (Debian 12), and documentation: BIND 9.18',
    values: '-c -k -p -s -y -b',
    targets: { host: '-s' },
    commands: {
      ...each(read(), 'status, recursing, zonestatus, showzone, null, managed-keys'),
      ...each(
        mutate({ resources: 'first' }),
        'reload, reconfig, flush, flushname, flushtree, refresh, retransfer, notify, sync, querylog, stats, dumpdb, trace, notrace, sign, loadkeys, addzone, modzone, nta, serve-stale, signing, dnssec, secroots, validation, scan, tcp-timeouts',
      ),
      thaw: mutate({ resources: 'first', inverse: 'rndc freeze of the same zone' }),
      freeze: destroy({ resources: 'first', inverse: 'rndc thaw of the same zone' }),
      ...each(
        destroy({ why: 'takes the name server out of service', inverse: 'systemctl start named' }),
        'stop, halt',
      ),
      delzone: destroy({
        resources: 'first',
        captureFirst: 'rndc showzone of the zone',
        inverse: 'rndc addzone with that text',
      }),
    },
  },
  {
    names:
      'named-checkconf named-checkzone unbound-checkconf kzonecheck named-compilezone dnssec-verify nsd-checkconf nsd-checkzone unbound-host',
    source: DEBIAN,
    values: '-o -f -F -t -w',
    bare: read({ when: { '-o': { effect: 'local-write' } } }),
  },
  {
    names: 'nsupdate knsupdate',
    source: 'help text or man page (Debian 12), and documentation: BIND 9.18',
    values: '-k -y -t -u -r -p -R',
    network: true,
    bare: runs('nsupdate changes records as it is told', {
      decide: (call) => {
        const { stdin } = call;
        if (call.parsed.operands.length > 0 || stdin.kind === 'piped') return undefined;
        if (stdin.kind === 'inherited') return terminal;
        if (stdin.opaque) return undefined;
        const lines = stdin.text.split('\n').map((line) => line.trim().toLowerCase());
        if (lines.some((line) => /^(update\s+)?del(ete)?\s/.test(line)))
          return {
            effect: 'destroy',
            why: 'nsupdate deletes records',
            captureFirst: 'dig of the records',
            inverse: 'nsupdate add of what dig told',
          };
        return lines.some((line) => /^(update\s+)?add\s/.test(line))
          ? verdict('mutate', 'nsupdate adds records', { inverse: 'nsupdate delete of the same records' })
          : undefined;
      },
    }),
  },
  {
    names: 'unbound-control nsd-control',
    source: 'help text or man page (Debian 12), and documentation: Unbound 1.17',
    values: '-c -s',
    targets: { host: '-s' },
    commands: {
      ...each(
        read(),
        'status, stats, stats_noreset, stats_shm, dump_cache, lookup, list_stubs, list_forwards, list_insecure, list_local_zones, list_local_data, list_auth_zones, get_option, dump_requestlist, dump_infra, ratelimit_list, ip_ratelimit_list, zonestatus, view_list_local_zones, view_list_local_data, serverpid',
      ),
      ...each(read({ readsSecrets: true }), 'print_tsig, print_cookie_secrets'),
      ...each(
        mutate(),
        'start, reload, reload_keep_cache, fast_reload, verbosity, log_reopen, load_cache, flush, flush_type, flush_zone, flush_bogus, flush_negative, flush_stats, flush_infra, flush_requestlist, local_zone, local_data, local_zones, local_datas, forward, forward_add, stub_add, insecure_add, set_option, auth_zone_reload, auth_zone_transfer, notify, transfer, force_transfer, addzone, reconfig, addzones, changezone, write, repattern, update_tsig, add_tsig, assoc_tsig, add_cookie_secret, activate_cookie_secret',
      ),
      ...each(
        destroy(),
        'stop, local_zone_remove, local_data_remove, forward_remove, stub_remove, insecure_remove, delzone, local_zones_remove, local_datas_remove, delzones, del_tsig, drop_cookie_secret',
      ),
    },
  },
  {
    names: 'pdnsutil pdns_control rec_control',
    source: 'help text or man page (Debian 12), and documentation: PowerDNS 4.8',
    values: '--config-name --config-dir --socket-dir',
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (
        /^(delete|remove|clear|unset|disable|deactivate|quit|drop|clear-|wipe)/.test(word) &&
        word !== 'wipe-cache'
      )
        return destroy();
      if (/^(edit-zone)$/.test(word)) return mutate(terminal);
      if (
        /^(show-zone|list|check|get|export|show|hash|test|rping|ping|status|uptime|version|ccounts|qtypelist|respsizes|zones|help|current-queries|top|dump|counts)/.test(
          word,
        )
      )
        return read(/^(export-zone-key|list-tsig-keys|export-tsig)/.test(word) ? { readsSecrets: true } : {});
      return mutate();
    },
    commands: { help: read() },
  },
  {
    names: 'knotc',
    source: 'help text or man page (Debian 12), and documentation: Knot DNS 3.2',
    switches: '-f --force -b --blocking -e -x',
    values: '-c -C -s -t',
    bare: opensSession('knotc opens a prompt'),
    otherwise: (call) => {
      const word = call.parsed.operands[0]?.value ?? '';
      if (word === 'stop' || /-(unset|purge|abort|remove)$/.test(word) || word === 'zone-freeze')
        return destroy();
      return /^(status|stats)$|-(status|check|read|get|diff|list|stats|export|memstats)$|^zone-(read|get)/.test(
        word,
      )
        ? read()
        : mutate();
    },
    commands: { status: read() },
  },
  {
    names: 'dnsmasq named unbound pdns_server knotd nsd coredns',
    source: DEBIAN,
    values: '-C --conf-file -c -u -p -conf',
    style: 'long',
    bare: mutate({
      why: 'starts a name server',
      decide: (call) =>
        call.args.some((arg) => /^(--test|-v|-V|--version|-plugins)$/.test(arg.value))
          ? verdict('read', `${call.name} checks its configuration`)
          : call.args.some((arg) => /^(-d|-k|-g|-f|--no-daemon|--keep-in-foreground|-conf)$/.test(arg.value))
            ? stream
            : undefined,
    }),
  },
  {
    names: 'dnssec-keygen dnssec-signzone dnssec-dsfromkey tsig-keygen rndc-confgen',
    source: 'help text or man page (Debian 12), and documentation: BIND 9.18',
    bare: local({
      decide: (call) =>
        /^(tsig-keygen|rndc-confgen)$/.test(call.name) && !hasFlag(call.parsed, '-a')
          ? verdict('read', `${call.name} prints a key`, { readsSecrets: true })
          : call.name === 'dnssec-dsfromkey'
            ? verdict('read', 'dnssec-dsfromkey prints')
            : undefined,
    }),
  },
  {
    names: 'resolvconf',
    source: DEBIAN_PAGES,
    bare: mutate({
      when: { '-d': { effect: 'destroy' } },
      decide: (call) =>
        call.args.some((arg) => arg.value === '-l')
          ? verdict('read', 'resolvconf -l lists')
          : call.args.length === 0
            ? unknown('resolvconf without an option')
            : undefined,
    }),
  },
];
