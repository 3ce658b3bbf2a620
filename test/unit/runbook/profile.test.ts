import { describe, expect, test } from 'vitest';
import { parseRunbook } from '../../../core/runbook/index.ts';

const profile = (text: string, path?: string) => {
  const { name, basis } = parseRunbook(text, path === undefined ? {} : { path }).profile;
  return `${name} ${basis}`;
};
const headings = (...titles: string[]) =>
  titles.map((title) => (title.startsWith('#') ? title : `## ${title}`)).join('\n\nText\n\n');

describe('profile', () => {
  test.each([
    ['profile: alert', 'alert front-matter'],
    ['runbook:\n  profile: Procedure', 'procedure front-matter'],
    ['runbook.profile: service', 'service front-matter'],
    ['profile: lenient', 'lenient front-matter'],
    ['profile: novel', 'lenient none'],
    ['runbook: true', 'lenient none'],
  ])('front matter %s', (yaml, expected) => expect(profile(`---\n${yaml}\n---\n# X\n`)).toBe(expected));

  test.each([
    ['alerts/storage/CacheNearlyFull.md', '# CacheNearlyFull', 'alert path'],
    ['content/runbooks/CacheNearlyFull.md', '# Cache Nearly Full [Deprecated]', 'alert path'],
    ['alerts/storage/CacheNearlyFull.md', '# How to reach the cache', 'lenient none'],
    ['alerts/helpers/gatherLogs.md', '# Gather logs', 'lenient none'],
    ['docs\\ops\\incident_response.md', '# X', 'incident path'],
    ['docs/on-call-handbook.md', '# X', 'incident path'],
    ['docs/sop/rotate.md', '# X', 'procedure path'],
    ['docs/README.md', '# X', 'lenient path'],
    ['docs/incident-template.md', '# X', 'lenient path'],
    ['docs/OpenShift.md', '# OpenShift', 'lenient none'],
  ])('path %s with %s', (path, text, expected) => expect(profile(text, path)).toBe(expected));

  test.each<[string, string[], string]>([
    ['an alert', ['# QueueTooLong', 'Meaning', 'Impact', 'Diagnosis', 'Mitigation'], 'alert'],
    [
      'an alert in other words',
      ['# QueueTooLong', '📋 Overview', '2. Impact', '3) Investigation', '🔧 Resolution'],
      'alert',
    ],
    ['an alert with emoji that broke', ['# QueueTooLong', 'ðŸ“Š Meaning', 'ðŸ”§ Mitigation'], 'alert'],
    ['a description of alerts', ['# Writing an alert', 'Meaning', 'Impact', 'Meaning', 'Impact'], 'lenient'],
    [
      'several incidents',
      [
        '# Runbooks',
        'A is down',
        '### Symptoms',
        '### Diagnosis',
        '### Resolution',
        'B is slow',
        '### Symptoms',
      ],
      'incident',
    ],
    ['an incident plan', ['# Incident management', 'Severity levels'], 'incident'],
    [
      'a playbook',
      ['# Playbook: Phishing', 'Investigate', 'Remediate', '### Contain', 'Communicate', 'Recover'],
      'incident',
    ],
    [
      'a procedure',
      ['# Changing the locks', 'Purpose', 'Prerequisites', 'Steps', 'Verification', 'Rollback'],
      'procedure',
    ],
    ['a procedure by its title', ['# Certificate rotation', 'When', 'Procedure'], 'procedure'],
    ['a plan by the clock', ['# Big day', 'T-7 days', 'T-1 hour', '9 AM - 12 PM', 'Friday'], 'procedure'],
    [
      'a manual',
      ['# Operations manual', 'Deployment', 'Backups', 'Monitoring', 'Capacity', 'Incident response'],
      'service',
    ],
    [
      'a manual in two languages',
      [
        '# Hướng dẫn / Operations guide',
        'Sao lưu / Backup',
        'Giám sát / Monitoring',
        'Scaling',
        'Security',
        'Deployment',
      ],
      'service',
    ],
    [
      'an article about deployment',
      ['# Deploying to the cloud', 'Deployment', 'Configuration', 'Security', 'Monitoring', 'Logs'],
      'lenient',
    ],
    [
      'a template',
      ['# Post-mortem template', 'Summary', 'Impact', 'Resolution', 'Lessons learned', 'Symptoms'],
      'lenient',
    ],
    [
      'an index',
      ['# Our runbooks', 'Runbook index', 'Severity levels', 'Escalation', 'On-call', 'Backup'],
      'lenient',
    ],
    [
      'an index in an appendix',
      [
        '# Operations',
        'Deployment',
        'Backups',
        'Monitoring',
        'Capacity',
        'Security',
        'Appendix B: Runbook index',
      ],
      'service',
    ],
    ['anything', ['# Notes', 'Ideas'], 'lenient'],
  ])('%s', (_, titles, expected) => expect(profile(headings(...titles)).split(' ')[0]).toBe(expected));

  test('bold lines count where the title says what they are', () => {
    const bold = '**Problem**: x\n\n**Symptom**: y\n\n**Solution**: z\n\n**Symptom**: w\n';
    expect(profile(`# Troubleshooting guide\n${bold}`)).toBe('incident headings');
    expect(profile(`# Guide\n${bold}`)).toBe('lenient none');
  });
  test('without headings', () => expect(profile('Text')).toBe('lenient none'));
});
