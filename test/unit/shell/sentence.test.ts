/** What is said of a command before it runs: what happens to what, why, what to note first, and the way back. */
import { describe, expect, test } from 'vitest';
import { explainCommand, explained, sentenceOf } from '../../../core/shell/index.ts';

const say = (command: string) => sentenceOf(explainCommand(command));

describe('one sentence', () => {
  test('names what is destroyed, where, what is left open, and what to keep', () => {
    const sentence = say('kubectl -n shop delete pod api-0');
    expect(sentence).toMatch(
      /^Destroys pod\/api-0 \(namespace shop\): kubectl delete removes .*; not named, so whatever is current: context \(kubectl config current-context says which\)/,
    );
    expect(sentence).toMatch(
      /; note first: kubectl get .*; to undo: .*; rehearse: kubectl delete --dry-run=server\.$/,
    );
  });

  test.each([
    ['kubectl get pods -n shop', /^Only reads \(namespace shop\)/],
    ['cd /srv', /^Changes only the session/],
    ['date > now.txt', /^Writes on this machine/],
    ['systemctl restart nginx', /^Changes nginx/],
    ['curl -X POST https://api.example.org/jobs', /^Changes state/],
    ['frobnicate all', /^Not known, so it counts as a change: frobnicate is in no table\.$/],
    ['shred -u old.key', /^Destroys old\.key.*to undo: no way back is known/],
    ['kubectl get secret db -o yaml', /secrets: its output may hold some/],
  ])('%s', (command, pattern) => {
    expect(say(command)).toMatch(pattern);
  });

  test('of a change, what merely reads besides is no reason', () => {
    expect(say('kubectl get pods; rm -r /srv/cache')).not.toMatch(/kubectl get reads/);
  });
});

test('what only reads needs no way back', () => {
  expect(explained(explainCommand('ls -l')).map(({ label }) => label)).toEqual([null]);
});
