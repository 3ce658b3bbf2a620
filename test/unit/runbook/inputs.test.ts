/** What must be filled in, and the variables of a document, with their places. */
import { describe, expect, test } from 'vitest';
import { findPlaceholders } from '../../../core/runbook/blocks/placeholders.ts';
import { parseRunbook } from '../../../core/runbook/index.ts';

const found = (content: string, language = 'bash') =>
  findPlaceholders(content, language).map(({ text, name }) => (text === name ? text : `${text} = ${name}`));
const bash = (content: string) => parseRunbook(`\`\`\`bash\n${content}\n\`\`\`\n`);

describe('placeholders by what they say', () => {
  test.each([
    ['psql -c "DELETE FROM t WHERE id IN (\'list-of-pump-ids\')"', ['list-of-pump-ids']],
    ['kubectl patch x -p \'{"value":"new_pump_url"}\'', ['new_pump_url']],
    ['deploy --source "previous-commit-hash"', ['previous-commit-hash']],
    ['curl https://pumps.example.org/pumps/{pump_id}/drain', ['{pump_id} = pump_id']],
    ['ls backups/YYYY-MM-DD_HH-MM-SS/', ['YYYY-MM-DD_HH-MM-SS']],
    ['tar xf pumps-YYYYMMDD.tgz', ['YYYYMMDD']],
    ['psql postgres://USER:PASSWORD@db.example.org/pumps', ['USER', 'PASSWORD']],
  ])('%j', (content, expected) => expect(found(content)).toEqual(expected));

  test.each([
    'jq \'.["new_pump_url"]\' x',
    'curl -d \'{"new_password": "x"}\' host',
    "awk '{print}' x",
    'git stash show stash@{upstream}',
    'git show HEAD^{tree}',
    'curl -w "%{http_code}" host',
    'find . -name a -exec rm {} +',
    'xargs -I {name} echo {name}',
    'cp a.{txt,md} b',
    "kubectl get pods -o jsonpath='{.items}'",
    'kubectl get pods -o jsonpath={items}',
    'date +%Y-%m-%d',
    'psql -c "SELECT to_char(now(), \'YYYY-MM-DD\')"',
    'aws s3 cp a b --storage-class STANDARD_IA --sse AES256',
    'echo PASSWORD',
  ])('none in %j', (content) => expect(found(content)).toEqual([]));
});

describe('inputs', () => {
  test('one name is one input over blocks and inline commands, in order', () => {
    const runbook = parseRunbook(
      '# A\n\n1. Look: `kubectl logs <pod> -n <ns>`\n\n```bash\nkubectl describe pod <pod> \\\n  -n <ns>\n```\n\n```yaml\na: <pod>\n```\n\n```bash\n# <other>\nls <pod>\n```\n',
    );
    expect(
      runbook.inputs.map(({ name, kind, ranges }) => [name, kind, ranges.map((r) => r.start.line + 1)]),
    ).toEqual([
      ['pod', 'placeholder', [3, 6, 16]],
      ['ns', 'placeholder', [3, 7]],
    ]);
  });
  test('positional parameters by what they are assigned to', () => {
    const runbook = bash(
      '#!/bin/bash\n# /opt/pumps/restore.sh\nPOINT=$1\nexport FILE="${2:-last.gz}"\nN=$#\nf() { local X=$1; Y=$2; }\nawk \'{A=$1}\' x # B=$1\npg_restore "$FILE"',
    );
    expect(
      runbook.inputs.map(({ name, kind, ranges }) => [
        name,
        kind,
        ranges[0] && runbook.source.slice(ranges[0]),
      ]),
    ).toEqual([
      ['POINT', 'positional', 'POINT=$1'],
      ['FILE', 'positional', 'FILE="${2:-last.gz}'],
    ]);
  });
  test('what a program answered asks for nothing', () => {
    expect(
      parseRunbook('```console\n$ oc get <name>\n<none>  <other>\n```\n').inputs.map(({ name }) => name),
    ).toEqual(['name']);
  });
  test('of a YAML runbook', () => {
    const runbook = parseRunbook('runbook: 1\nname: x\nsteps:\n  - run: ls <dir> $HOST\n', {
      format: 'yaml',
    });
    expect([runbook.inputs[0]?.name, runbook.variables[0]?.name]).toEqual(['dir', 'HOST']);
  });
});

describe('variables', () => {
  const uses = (content: string) =>
    bash(content).variables.map(({ name, exported, set, used }) => [
      exported ? `${name}!` : name,
      set.map((range) => range.start.line).join(),
      used.map((range) => range.start.line).join(),
    ]);
  test.each([
    [
      'az aks show \\\n  -g $RG \\\n  -n "${NAME}"',
      [
        ['RG', '', '2'],
        ['NAME', '', '3'],
      ],
    ],
    [
      'A=1\nexport B=$A C=2\necho "$B"',
      [
        ['A', '1', '2'],
        ['B!', '2', '3'],
        ['C!', '2', ''],
      ],
    ],
    ['A=1\nexport A', [['A!', '1', '2']]],
    ['declare -x A=1\necho $A', [['A!', '1', '2']]],
    ['export NS="$(kubectl get pump -o name)"\necho $NS', [['NS!', '1', '2']]],
    ['FILTER=gzip queue a', [['FILTER', '1', '']]],
    ['if true; then\n  A=1\nfi\necho ${A:-2}', [['A', '2', '4']]],
    [
      'for pod in $PODS; do\n  X=$(kubectl get $pod)\n  echo "$X"\ndone',
      [
        ['PODS', '', '1'],
        ['X', '2', '3'],
      ],
    ],
    ['while read -r line; do echo "$line"; done < a', []],
    ['for i in {1..3}; do sleep $i; done', []],
    ['echo $1 "$@" $? ${2}', []],
    ["awk '{print $NF}' a # $HIDDEN\necho '$NOT'", []],
    ['aws x --dimensions Name=A,Value=B', []],
    ['docker run -e A=1 pump', []],
    ['railway env set A=$B', [['B', '', '1']]],
    ['N=1\necho $((N + 1))', [['N', '1', '2']]],
    ['read -r NAME\necho $NAME', [['NAME', '1', '2']]],
  ])('%j', (content, expected) => expect(uses(content)).toEqual(expected));

  test('only of what can be run, and their places', () => {
    const runbook = parseRunbook(
      '> ```bash\n> A=1; echo \\\n>   "$A ${B}"\n> ```\n\n```bash\n# /etc/pumps.env\nC=1\n```\n',
    );
    const texts = runbook.variables.map(({ name, set, used }) => [
      name,
      ...[...set, ...used].map((range) => `${range.start.line + 1} ${runbook.source.slice(range)}`),
    ]);
    expect(texts).toEqual([
      ['A', '2 A', '3 $A'],
      ['B', '3 ${B}'],
    ]);
  });
});
