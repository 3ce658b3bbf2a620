/** A hypervisor of VMware, by the words at the end of its long commands. From documentation: ESXi 8. */
import { destroy, mutate, type Outcome, read, type Tool } from './table.ts';

const DESTROYS =
  /^(remove|delete|shutdown|poweroff|reboot|kill|down|detach|unmap|uninstall|unload|abort|clear|format|rollback|disable)$/;
const READS =
  /^(list|get|stats|status|check|version|query|ps|ping|diff|validate|describe|show|probe|discover)$/;

/** `esxcli [OPTIONS] NAMESPACE … COMMAND`: the last word of the path is the verb. */
function byVerb(words: readonly string[]): Outcome | undefined {
  if (words.some((word) => DESTROYS.test(word))) return destroy();
  const last = words.at(-1);
  if (last === undefined) return read();
  if (READS.test(last)) return read();
  return /^(set|add|create|mount|unmount|update|install|up|load|start|rescan|refresh|reset|attach|restore|enable|reload|mark|import)$/.test(
    last,
  )
    ? mutate()
    : undefined;
}

/** `vim-cmd vmsvc/power.off 12`. */
function ofHost(path: string): Outcome | undefined {
  const action = path.slice(path.indexOf('/') + 1);
  if (
    /^(get|query|list|power\.getstate|device\.get|snapshot\.get|message$|hostsummary|hosthardware)/i.test(
      action,
    )
  )
    return read();
  if (/getall|getstate|info$|summary$/i.test(action)) return read();
  if (
    /^(power\.(off|shutdown|reset|suspend)|destroy|unregister|snapshot\.(remove|revert)|maintenance_mode_enter|.*(remove|delete|disable|destroy|stop))/i.test(
      action,
    )
  )
    return destroy();
  return /^(power\.(on|reboot)|register|snapshot\.create|maintenance_mode_exit|reload|tools\.|enable|start|autostart|.*(add|create|set|update|refresh|rescan|restart))/i.test(
    action,
  )
    ? mutate()
    : undefined;
}

export const esxi: readonly Tool[] = [
  {
    names: 'esxcli localcli',
    source: 'from documentation: ESXi 8',
    values:
      '-s --server -u --username -p --password --formatter -h --vihost -n --name -v --volume-name -d --device -i -w --world-id -t --type -l --label -r --reason',
    targets: { host: '-s --server' },
    commands: { version: read() },
    otherwise: (call) =>
      call.parsed.operands.some((arg) => arg.dynamic)
        ? undefined
        : byVerb(call.parsed.operands.map((arg) => arg.value)),
    bare: read(),
  },
  {
    names: 'vim-cmd',
    source: 'from documentation: ESXi 8',
    commands: { help: read() },
    otherwise: (call) => {
      const path = call.parsed.operands[0];
      return path && !path.dynamic && path.value.includes('/') ? ofHost(path.value) : undefined;
    },
    bare: read(),
  },
];
