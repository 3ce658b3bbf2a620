import type { SuiteOptions } from './harness/runSuite.ts';

/**
 * What the Mocha suites of `suite/` need of their VS Code, by file name without `.test.ts`. A suite that is not listed
 * gets an empty, trusted workspace.
 */
export const suites: Readonly<Record<string, SuiteOptions>> = {
  language: {
    workspace: {
      'docs/RUNBOOK.md': [
        '# Mailer',
        '',
        '## Diagnosis',
        '',
        '```bash',
        'mail-admin show <queue-id>',
        '```',
        '',
        '## Mitigation',
        '',
        '```bash',
        'kubectl delete pod mailer-0 -n shop',
        '```',
        '',
        '```',
        'kubectl get pods -n shop',
        '```',
        '',
      ].join('\n'),
      'notes/meeting.md': '# Meeting\n\n```bash\nuptime\n```\n',
    },
  },
};
