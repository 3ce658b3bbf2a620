/** What a command of one machine would act on, what is left open, and how to rehearse and undo it. */
import { describe, expect, test } from 'vitest';
import { explainCommand } from '../../../core/shell/index.ts';

const words = (command: string) =>
  explainCommand(command).targets.map((target) => `${target.kind}=${target.value}`);
const open = (command: string) => explainCommand(command).ambient.map((target) => target.kind);

describe('what a command acts on', () => {
  test.each([
    ['sudo systemctl stop nginx checkout', ['resource=nginx', 'resource=checkout']],
    ['systemctl -H root@web-1 stop nginx', ['resource=nginx', 'host=root@web-1']],
    ['service nginx stop', ['resource=nginx']],
    // What is only known when it runs is lost too, so the one name would mislead.
    ['rm -rf -- /srv/cache "$OLD"', []],
    ['rm -rf "$OLD"', []],
    // Where it looks is not what it removes.
    ['find /srv/tmp -name "*.tmp" -mtime +3 -delete', []],
    ['truncate -s 0 /var/log/app.log', ['resource=/var/log/app.log']],
    ['dd if=image.raw of=/dev/sdb bs=4M', ['resource=/dev/sdb']],
    ['mkfs.xfs -L data -f /dev/sdd', ['resource=/dev/sdd']],
    ['lvremove -f vg0/old', ['resource=vg0/old']],
    ['zfs destroy -r tank/old', ['resource=tank/old']],
    ['umount -l /mnt/nfs', ['resource=/mnt/nfs']],
    ['userdel -r intern', ['resource=intern']],
    ['crontab -u deploy -r', ['user=deploy']],
    ['kill -9 4242', ['resource=4242']],
    ['pkill -9 -u deploy -f celery', ['user=deploy', 'resource=celery']],
    ['iptables -D INPUT 3', ['resource=INPUT']],
    ['ip link set dev eth1 down', ['resource=eth1']],
    [
      'ssh -J bastion web-1 "sudo systemctl stop nginx"',
      ['host=web-1', 'jump host=bastion', 'resource=nginx'],
    ],
    ['rsync -a --delete src/ web-1:/srv/app/', ['resource=web-1:/srv/app/', 'host=web-1']],
    ['git push --force origin HEAD:main', ['resource=main', 'remote=origin', 'branch=main']],
    ['git push origin :refs/tags/v1', ['resource=v1', 'remote=origin', 'branch=v1']],
    ['git -C /srv/app branch -D old', ['resource=old', 'folder=/srv/app']],
    ['gh -R acme/app run cancel 12', ['resource=12', 'repository=acme/app']],
    ['apt-get purge -y nginx redis', ['resource=nginx', 'resource=redis']],
    ['npm uninstall lodash', ['resource=lodash']],
    ['pm2 delete checkout', ['resource=checkout']],
    [
      'certbot delete -n --cert-name old.example.com',
      ['resource=old.example.com', 'certificate=old.example.com'],
    ],
  ])('%s', (command, targets) => {
    expect(words(command)).toEqual(targets);
  });
});

describe('what the words leave to whatever is current, and whether it goes over a network', () => {
  test.each([
    ['git push', true, ['remote', 'branch']],
    ['git push origin', true, ['branch']],
    ['git push origin main', true, []],
    ['git fetch', true, ['remote']],
    ['git clone https://git.example.com/a/b.git', true, []],
    ['git status', false, []],
    ['git commit -m x', false, []],
    ['gh pr merge 42 --squash', true, ['repository']],
    ['gh -R acme/app pr merge 42 --squash', true, []],
    ['gh repo list acme', true, []],
    ['gh auth token', false, []],
    ['npm publish', true, ['registry']],
    ['npm publish --registry https://npm.example.com', true, []],
    ['npm ls', false, []],
    ['systemctl restart nginx', false, []],
    ['systemctl -H web-1 restart nginx', true, []],
    ['rsync -a a/ b/', false, []],
    ['rsync -a a/ web-1:b/', true, []],
    ['ssh web-1 uptime', true, []],
    ['restic snapshots', true, ['repository']],
  ] as const)('%s', (command, network, kinds) => {
    expect(explainCommand(command).network).toBe(network);
    expect(open(command)).toEqual(kinds);
  });
});

describe('how to rehearse it, what to note first, how to undo it', () => {
  test.each([
    [
      'systemctl stop nginx',
      null,
      'systemctl is-active and systemctl is-enabled of the unit',
      'systemctl start of the same unit',
    ],
    ['crontab -u deploy -r', null, 'crontab -u deploy -l, into a file', 'crontab -u deploy of that file'],
    ['iptables -F', null, 'iptables-save, into a file', 'iptables-restore of that file'],
    ['ufw disable', 'ufw disable --dry-run', null, 'ufw enable'],
    ['sysctl -w vm.swappiness=10', null, 'sysctl vm.swappiness', 'sysctl -w with the value from before'],
    ['rsync -a --delete src/ web-1:/srv/', 'rsync --dry-run', null, null],
    ['find /srv -name x -delete', 'find with the same words and -print in place of -delete', null, null],
    ['pkill -f worker', 'pgrep -a with the same words', null, 'start it again'],
    [
      'sed -i s/a/b/ app.conf',
      'sed with the same script, without -i',
      'cp -p of each file',
      'mv of the copy back',
    ],
    [
      'sed -i.bak s/a/b/ app.conf',
      'sed with the same script, without -i',
      null,
      'mv of each copy that ends in .bak back',
    ],
    [
      'nginx -s reload',
      'nginx -t',
      'nginx -T, into a file',
      'the configuration from before, and nginx -s reload',
    ],
    [
      'git push origin main',
      'git push --dry-run',
      'git ls-remote of the remote and the branch',
      'git revert and push, or push of the old commit with --force-with-lease',
    ],
    ['git branch -D old', null, 'git rev-parse of the branch', 'git branch of the same name at that commit'],
    ['git clean -fdx', 'git clean --dry-run', null, null],
    [
      'apt-get remove -y nginx',
      'apt-get remove --simulate',
      'dpkg -l, into a file',
      'apt-get install of the same packages',
    ],
    ['zfs destroy tank/old', 'zfs destroy -n', null, null],
    ['passwd -l intern', null, null, 'passwd -u of the same account'],
    ['mount /dev/sdb1 /mnt', null, 'findmnt of the path', 'umount of the same path'],
  ] as const)('%s', (command, preview, captureFirst, inverse) => {
    expect(explainCommand(command)).toMatchObject({ preview, captureFirst, inverse });
  });
});

describe('words that look like others', () => {
  test.each([
    // A name among find's tests is no action.
    ['find . -name -delete', 'read-only', 'capture'],
    ['find . -name x -o -delete', 'destructive', 'capture'],
    // Behind the signal, `-1` is every process.
    ['kill -1 4242', 'mutating', 'capture'],
    ['kill -9 -1', 'destructive', 'capture'],
    // For FAT `-n` is the name of the volume; for ext4 it only rehearses.
    ['mkfs.vfat -n BOOT /dev/sdb1', 'destructive', 'capture'],
    ['mkfs.ext4 -n /dev/sdb1', 'read-only', 'capture'],
    // Only npm knows a rehearsal of an installation.
    ['npm install --dry-run', 'read-only', 'capture'],
    ['yarn install --dry-run', 'mutating', 'capture'],
    // What awk and code run is judged as far as it stands there.
    [`awk 'BEGIN { system("rm -rf /srv") }'`, 'destructive', 'capture'],
    [`awk '{ system("echo " $1) }' ids`, 'mutating', 'capture'],
    [`awk '{ print "rm -rf /" }' ids`, 'read-only', 'capture'],
    [`python3 -c "print('shutil.rmtree(1)')"`, 'mutating', 'capture'],
    // An answer in advance, or one that is piped in.
    ['apt-get remove nginx', 'destructive', 'terminal'],
    ['yes | apt-get remove nginx', 'destructive', 'capture'],
    ['rm -if x', 'destructive', 'capture'],
    ['tar czf - /srv', 'read-only', 'capture'],
    ['tar czf /backup/a.tgz /srv', 'mutating', 'capture'],
    ['tar -I "sh -c x" -cf - /srv', 'mutating', 'capture'],
  ] as const)('%s', (command, risk, mode) => {
    expect(explainCommand(command)).toMatchObject({ risk, mode });
  });
});
