/** Where a help text must not be believed. */

/** Programs of Debian that are others than the ones whose tables bear these names. */
export const OTHER_PROGRAMS: ReadonlySet<string> = new Set(
  'acme agrep ash atlas ava caffeinate fast fd gcp gsort loki mc medusa migrate q rman rush sd step task tea tg tsp vite wsl yarn yoyo yq'.split(
    ' ',
  ),
);

/** Programs of many options none of which takes a value, as their help says. */
export const TERSE: ReadonlySet<string> = new Set(
  `id who w uname uptime users md5sum sha1sum sha224sum sha256sum sha384sum sha512sum cksum b2sum sum shasum readlink realpath which
  basename dirname lsmod modinfo lsb_release pinky dircolors locale cat zcat bzcat lzcat xzcat modprobe rmmod shutdown reboot poweroff halt
  killall5 setenforce setsebool unattended-upgrade tr free nproc groups whoami logname jq ldd tzselect`.split(
    /\s+/,
  ),
);

/**
 * Options of which a help text says otherwise than the program does, or than the table wants to read them, by program; `*`: all of
 * them. They hold for its sub-commands too.
 */
export const MISLEADING: Readonly<Record<string, string>> = {
  // In front of a sub-command they take a value; some sub-commands have switches of these names.
  git: '-C -c --git-dir',
  buildah: '-v',
  zypper: '-t',
  // Shown without the value that they take.
  'ansible-galaxy': '--roles-path',
  'ansible-vault': '--name --vault-id --vault-password-file -n',
  barman: '--jobs -j',
  dkms: '-a',
  pg_repack: '--exclude-extension -C',
  'qemu-img': '-F -f -l -m -n -s',
  'radosgw-admin': '--max-objects --max-size --quota-scope',
  semodule: '-p -s',
  tune2fs: '-I -i',
  supervisorctl: '--configuration --password --username -c -p -u',
  virsh: '--length',
  'redis-cli': '-X',
  ss: '-N',
  // Shown with a value that need not be there.
  kubectl: '--dry-run --validate --cascade',
  restic: '-v --verbose',
  rake: '-t --trace',
  // A description that looks like a value.
  inotifywatch: '-d',
  pipx: '-v',
  psql: '-1 --single-transaction',
  rclone: '--interactive',
  rsnapshot: '*',
  // What stands behind them is what they act on, and the table reads it as an operand.
  ...of('iptables-legacy iptables-nft ip6tables-legacy ip6tables-nft', '--append --new -A -N --check -C'),
  nft: '-f --file',
  dpkg: '--configure --contents --install --list --listfiles --print-avail --purge --record-avail --remove --search --status --unpack --add-architecture --remove-architecture --triggers-only -A -L -P -S -c -i -l -p -r -s',
  'update-alternatives': '--auto --config --display --list --query --remove-all',
  'dpkg-deb': '--show -W',
  'dpkg-divert': '--remove',
  'dpkg-statoverride': '--remove',
  rpm: '--erase --freshen --upgrade --reinstall --restore -F -U -e',
  losetup: '--detach --set-capacity -c -d',
  pacman: '--search --owns -o',
  ipvsadm: '--start-daemon',
  screen: '-d',
  auditctl: '-W',
  apf: '-u',
  gpgconf: '--change-options',
  tripwire: '*',
  // Their values are attached and never a word of their own.
  ...of('7z 7za 7zr 7zz rar unrar', '*'),
  sfdisk: '--dump --json -J -d',
};

function of(names: string, options: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, options]));
}
