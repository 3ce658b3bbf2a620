/**
 * What kind of document it is. Rules about structure apply only where this is known, so in doubt it is `lenient`.
 *
 * - `alert`: one alert: Meaning, Impact, Diagnosis, Mitigation.
 * - `procedure`: one task: Purpose, Prerequisites, Steps, Verification, Rollback; or a plan by the clock.
 * - `incident`: Symptoms, Severity, Diagnosis, Resolution, Escalation, Post-incident, of one incident or of all.
 * - `service`: an operations manual over many topics: deployment, backup, monitoring, capacity.
 *
 * First what front matter says (`profile`, `runbook.profile`), then the path, then the headings. Synonyms of headings are
 * those of public runbooks and of the templates of Prometheus' operator, OpenShift, GitLab, PagerDuty and Skelton Thatcher.
 * Emoji and numbers in headings do not count.
 */
import picomatch from 'picomatch';
import type { FrontMatter, Profile } from '../types.ts';
import type { Facts } from './facts.ts';
import { alertName, headingWords } from './words.ts';

type Name = Profile['name'];

const NAMES: readonly Name[] = ['alert', 'procedure', 'incident', 'service', 'lenient'];

/** Paths that tell by themselves. An index of a folder is of no kind, and so is a template. */
const PATHS: readonly { readonly name: Name; readonly globs: readonly string[] }[] = [
  { name: 'lenient', globs: ['**/{readme,index,_index}.md', '**/*template*.md'] },
  {
    name: 'incident',
    globs: [
      '**/*incident{-,_,}{response,management,runbook}*.md',
      '**/*emergency{-,_,}{procedures,response}*.md',
      '**/on{-,_,}call{-,_,}{handbook,guide,runbook}*.md',
    ],
  },
  { name: 'procedure', globs: ['**/{sop,sops,procedures}/**/*.md', '**/*{-,_}sop.md'] },
];

/** Folders in which a file named as its alert is one: `alerts/storage-operator/CephNearFull.md`. */
const ALERT_FOLDER = picomatch('**/{*alerts*,*runbooks*}/**/*.md', { nocase: true, dot: true });

const matchers = PATHS.map(({ name, globs }) => ({
  name,
  matches: picomatch([...globs], { nocase: true, dot: true }),
}));

/** The kind, and what tells it. */
export function readProfile(
  facts: Facts,
  frontMatter: FrontMatter | null,
  path: string | undefined,
): Profile {
  const declared = fromFrontMatter(frontMatter);
  if (declared !== null) return { name: declared, basis: 'front-matter' };
  const titles = facts.sections.map(({ title, level }) => ({ level, words: headingWords(title), title }));
  const byPath = path === undefined ? null : fromPath(path, titles[0]?.title ?? '');
  // A readme may still be the whole manual: its path only tells where its headings do not.
  if (byPath !== null && byPath !== 'lenient') return { name: byPath, basis: 'path' };
  const byHeadings = fromHeadings(titles, boldKeys(facts));
  if (byHeadings !== null) return { name: byHeadings, basis: 'headings' };
  return { name: 'lenient', basis: byPath === null ? 'none' : 'path' };
}

/** `profile: alert`, `runbook: {profile: alert}`, `runbook.profile: alert`. */
function fromFrontMatter(frontMatter: FrontMatter | null): Name | null {
  if (frontMatter === null) return null;
  const { data } = frontMatter;
  const nested = data.runbook;
  const written = [
    typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>).profile : undefined,
    data['runbook.profile'],
    data.profile,
  ].find((value) => typeof value === 'string');
  const name = typeof written === 'string' ? written.trim().toLowerCase() : '';
  return NAMES.find((known) => known === name) ?? null;
}

function fromPath(path: string, title: string): Name | null {
  const file = path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.md$/i, '');
  if (ALERT_FOLDER(file) && alertName(name, 2) !== null && sameName(title, name)) return 'alert';
  return matchers.find(({ matches }) => matches(file))?.name ?? null;
}

/** `CPU Throttling High` is `CPUThrottlingHigh`, and so is `CpuThrottlingHigh [Deprecated]`. */
function sameName(title: string, name: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/[[(][^\])]*[\])]/g, '')
      .replace(/[^A-Za-z0-9]/g, '')
      .toLowerCase();
  return title.length <= 200 && bare(title) === bare(name);
}

interface Heading {
  readonly level: number;
  readonly title: string;
  readonly words: readonly string[];
}

/** Parts that a document of a kind has; each counts once, however often it comes. */
const PART = {
  meaning:
    /^(?:meaning|what (?:does )?(?:this|the) alert means?|alert (?:meaning|details|description|overview))$/i,
  about: /^(?:overview|summary|description)$/i,
  impact:
    /^(?:(?:potential |possible )?(?:customer |user |business )?impact|who is affected|blast radius|severity)$/i,
  diagnosis:
    /^(?:diagnos(?:is|e|tics?)|diagnostic (?:steps|procedures?)|troubleshooting(?: steps)?|investigat(?:ion|e)(?: steps)?|triage|possible checks|pre-?checks|debug(?:ging)?)$/i,
  mitigation:
    /^(?:mitigations?|resolutions?|remediat(?:ion|e)|fix(?:es)?|solutions?|recover(?:y)?|possible resolutions?|what to do|execution|procedure|steps)(?: steps| procedures?| actions)?$/i,
  symptoms: /^(?:symptoms?|common symptoms|signs|symptom\s*:.*)$/i,
  severities:
    /^(?:(?:incident |alert )?severit(?:y|ies)(?: levels?| classification| definitions?| matrix)?|incident (?:classification|severit\w+|levels?|priorit\w+))$/i,
  escalation:
    /^(?:escalations?(?: (?:path|procedure|matrix|policy|process|contacts|criteria|principles))?s?|(?:emergency )?contacts?(?: chain| list| information)?|who to call|support)$/i,
  afterwards: /^(?:post-?(?:incident|mortem).*|follow-?up(?: actions)?|prevention|lessons(?: learned)?)$/i,
  communication:
    /^(?:(?:incident |crisis )?communications?(?: (?:plan|channels|templates?))?|communicate|status updates?)$/i,
  onCall: /^on-?call\b.*/i,
  containment: /^(?:contain(?:ment)?|eradicat(?:e|ion)|remediate|recover|investigate|communicate)$/i,
  prerequisites:
    /^(?:prerequisites?|requirements|required (?:access|tools|permissions)|access|before you (?:start|begin)|pre-?(?:[a-z]+)?[- ]?(?:checks?|checklist|validation)|preparation|preconditions)$/i,
  steps:
    /^(?:(?:step[- ]by[- ]step )?(?:procedures?|instructions?|steps)|execution(?: steps)?|(?:step|phase) \d.*|(?:activation|manual|execution|deployment|rollback|migration|upgrade|failover|restore) (?:procedure|process|steps))\b.*$/i,
  verification:
    /^(?:verif(?:ication|y)|validat(?:ion|e)|confirm(?:ation)?|post-?(?:[a-z]+)?[- ]?(?:checks?|checklist|validation|verification)|expected results?|(?:health )?verification|success criteria|smoke tests?)\b.*$/i,
  rollback: /^(?:roll-?back|revert|undo|back-?out)\b.*$/i,
  clock:
    /^(?:t ?[-+−] ?\d+\b.*|\d{1,2}(?::\d\d)? ?(?:am|pm)\b.*|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*|day [-+]?\d+\b.*|hour \d+\b.*)$/i,
} as const;

/** Topics of an operations manual. */
const TOPICS: readonly RegExp[] = [
  /\bdeploy|\breleases?\b/i,
  /\bback-?ups?\b|\brestor(?:e|ing|ation)\b/i,
  /\bdisaster|\bbusiness continuity|\bfail-?over\b/i,
  /\bmonitor|\balert(?:s|ing)\b|\bobservab|\bmetrics\b|\bdashboards?\b/i,
  /\btroubleshoot|\bcommon (?:issues|problems)\b/i,
  /\bmaintenance\b|\broutine\b|\bhousekeeping\b|\b(?:daily|weekly|monthly) (?:operations|tasks|checks)\b/i,
  /\bcapacity\b|\bscal(?:e|ing)\b/i,
  /\bsecurity\b|\bsecrets?\b|\bcompliance\b|\baccess (?:control|management)\b/i,
  /\bincident|\bemergency\b|\bon-?call\b/i,
  /\barchitecture\b|\bsystem overview\b|\btopology\b|\bcomponents\b|\bservice (?:map|mesh|catalog)/i,
  /\bconfiguration\b|\benvironments?\b|\bsetup\b|\binstallation\b/i,
  /\blogs?\b|\blogging\b/i,
  /\bperformance\b/i,
  /\bdatabase (?:operations|maintenance|management|administration)\b|\bmigrations\b/i,
  /\bchange management\b|\bconfiguration management\b/i,
  /\brollback\b/i,
  /\bstart(?:ing)?(?:-?up)?\b.*\bstop|\bstart-?up\b|\bshutdown\b|\bservice (?:management|operations)\b/i,
  /\bcosts?\b/i,
  /\bgitops\b|\bterraform\b|\bkubernetes\b/i,
];
const MANUAL = 5;
/** Those of a service that runs: backup, recovery, monitoring, maintenance, capacity, incidents. */
const RUNNING = [1, 2, 3, 5, 6, 8].flatMap((index) => TOPICS[index] ?? []);

/** Titles that hold many of a manual's topics without being one end in these. */
const TITLE = {
  none: /\btemplates?\b|\bpost-?mortems?\b|\bretrospective\b|\bguidelines\b|\bglossary\b|\bchange ?log\b|\brelease notes\b|\broadmap\b|\badr\b|\b(?:summary|status|report|changes|architecture|indicators|module|policy|story|best practices)\s*(?:[-–—:✅].*)?$/i,
  response:
    /\bincident (?:response|management|runbook|playbook|handling)\b|\bon-?call (?:handbook|guide|runbook|playbook)\b|\bemergency (?:procedures|response)\b/i,
  incident: /\bincidents?\b|\bemergency\b|\bon-?call\b|\boutage\b|\btroubleshooting\b|\bplaybook\b/i,
  procedure:
    /\b(?:rotation|replacement|migration|upgrade|restore|restoration|rollback|failover|failback|deployment|provisioning|decommission(?:ing)?|launch|release|cut-?over|recovery|renewal|rebuild|scaling|patching|maintenance window)\b/i,
  manual:
    /\boperations?\b|\boperational\b|\brunbooks?\b|\bhandbook\b|\bmanual\b|\bservice\b|\binfrastructure\b|\badministrat|\bsre\b/i,
};
const INDEX =
  /^(?:runbooks?|playbooks?|documentation|document|procedures?) (?:index|list|catalogu?e?|directory)$|^(?:index|list) of (?:runbooks|playbooks|procedures)$/i;

function fromHeadings(headings: readonly Heading[], bold: readonly string[]): Name | null {
  const [first] = headings;
  if (first === undefined) return null;
  const has = counter(headings);
  const title = first.level <= 2 ? first.words.join(' ') : '';
  if (TITLE.none.test(title) || isIndex(headings)) return null;
  if (isAlert(first, has)) return 'alert';
  if (TITLE.response.test(title)) return 'incident';
  const incident = TITLE.incident.test(title);
  if (!incident && isManual(title, headings)) return 'service';
  if (isIncident(title, has, bold)) return 'incident';
  if (has('clock') >= 3) return 'procedure';
  const parts = (['prerequisites', 'steps', 'verification', 'rollback'] as const).filter(
    (part) => has(part) > 0,
  );
  if (parts.length >= 3 || (parts.length >= 1 && TITLE.procedure.test(title))) return 'procedure';
  return null;
}

/** Keys of bold lines: `**Symptoms**: …`, `**Solution:**`. */
function boldKeys(facts: Facts): string[] {
  return facts.lines.flatMap(({ raw, text }) =>
    /^(?:\*\*|__)/.test(raw) ? [text.slice(0, 60).replace(/\s*:.*$/s, '')] : [],
  );
}

function counter(headings: readonly Heading[]): (part: keyof typeof PART) => number {
  return (part) => headings.filter(({ words }) => words.some((word) => PART[part].test(word))).length;
}

/** A list of runbooks right at the start; in an appendix it is one part of a manual. */
function isIndex(headings: readonly Heading[]): boolean {
  return headings.slice(0, 3).some(({ words }) => words.some((part) => INDEX.test(part)));
}

/** The four parts once, below the alert's name: a document with several of them tells of several incidents. */
function isAlert(first: Heading, has: (part: keyof typeof PART) => number): boolean {
  const count = ['impact', 'diagnosis', 'mitigation'].filter(
    (part) => has(part as keyof typeof PART) > 0,
  ).length;
  const meaning = has('meaning');
  if (meaning > 1 || has('impact') > 1) return false;
  if (meaning === 1) return count >= 2 || (count >= 1 && alertName(first.title, 2) !== null);
  const named = alertName(first.title, 3) !== null || /\balert\b/i.test(first.title);
  return named && count >= 2 && (has('about') === 1 || has('symptoms') === 1 || count === 3);
}

/** Where the title says it, one more part is enough, and bold lines count: a guide may have no headings for its parts. */
function isIncident(
  title: string,
  has: (part: keyof typeof PART) => number,
  bold: readonly string[],
): boolean {
  const parts = (
    [
      'symptoms',
      'severities',
      'diagnosis',
      'mitigation',
      'escalation',
      'afterwards',
      'communication',
      'onCall',
    ] as const
  ).filter((part) => has(part) > 0).length;
  if (has('containment') >= 3 || has('symptoms') >= 2) return true;
  const count = (pattern: RegExp) => bold.filter((key) => pattern.test(key)).length;
  if (/\bdisaster\b/i.test(title) && count(PART.symptoms) >= 2) return true;
  if (TITLE.incident.test(title)) return parts >= 1 || count(PART.symptoms) + count(PART.mitigation) >= 2;
  return (has('symptoms') > 0 && parts >= 2) || (has('severities') > 0 && parts >= 3);
}

/**
 * Topics are counted over the headings of the two highest levels, without the title. Where the title does not say manual,
 * most of them have to be about running a service, which an article about its deployment has not.
 */
function isManual(title: string, headings: readonly Heading[]): boolean {
  const main = headings.slice(1).filter(({ level }) => level <= 2);
  const count = (topics: readonly RegExp[]) =>
    topics.filter((topic) => main.some(({ words }) => words.some((part) => topic.test(part)))).length;
  if (count(TOPICS) < MANUAL) return false;
  const titled = TITLE.manual.test(title) && (!TITLE.procedure.test(title) || /\boperations?\b/i.test(title));
  return titled || count(TOPICS.filter((topic) => RUNNING.includes(topic))) >= 4;
}
