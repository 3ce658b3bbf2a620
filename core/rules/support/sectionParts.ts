/** The parts that runbooks of a kind have, told by the words of their headings. */
import { headingWords } from '../../runbook/facts/words.ts';
import { boundedCache } from '../../runbook/lazy.ts';
import type { Profile } from '../../runbook/types.ts';

export type PartName =
  | 'Meaning'
  | 'Impact'
  | 'Prerequisites'
  | 'Steps'
  | 'Diagnosis'
  | 'Mitigation'
  | 'Verification'
  | 'Rollback'
  | 'Escalation';

/** What a heading calls the part when it calls it nothing else. */
const STRICT: Readonly<Record<PartName, RegExp>> = {
  Meaning:
    /^(?:meaning|symptoms?|what (?:does )?(?:this|the) alert means?|alert (?:meaning|details|description|overview))$/i,
  Impact: /^(?:(?:potential |possible )?(?:customer |user |business )?impact|who is affected|blast radius)$/i,
  Prerequisites:
    /^(?:prerequisites?|requirements|before you (?:start|begin)|preconditions|required (?:access|tools|permissions))$/i,
  Steps: /^(?:(?:step[- ]by[- ]step )?(?:procedure|instructions|steps)|execution(?: steps)?)$/i,
  Diagnosis: /^(?:diagnos(?:is|e|tics)|diagnostic steps|investigation(?: steps)?|triage|possible checks)$/i,
  Mitigation: /^(?:mitigations?|resolutions?|remediation|possible resolutions?)(?: steps)?$/i,
  Verification: /^(?:verif(?:ication|y)|validation|post-?(?:checks?|validation|verification))$/i,
  Rollback: /^(?:roll-?back|back-?out)(?: (?:plan|procedure|steps))?$/i,
  Escalation: /^escalations?(?: (?:path|procedure|policy|contacts))?$/i,
};

/** Words that a heading has where it is about the part in any way: `Impact and diagnosis`, `How to fix it`. */
const LOOSE: Readonly<Record<PartName, RegExp>> = {
  Meaning:
    /\b(?:meaning|overview|summary|description|purpose|what|about|symptoms?|context|background|trigger\w*|when)\b/i,
  Impact: /\b(?:impact|affected|blast|severit\w+|consequences?)\b/i,
  Prerequisites:
    /\b(?:prerequisites?|requirements?|required|before|preconditions?|pre-?\w*[- ]?check\w*|preparation|access|tools|permissions)\b/i,
  Steps: /\b(?:procedures?|instructions?|steps?|execution|phase|process|how to|tasks?|actions?)\b|^\d+\./i,
  Diagnosis:
    /\b(?:diagnos\w*|troubleshoot\w*|investigat\w*|triage|checks?|checking|debug\w*|verif\w*|identif\w*|analysis|analy[sz]e|causes?)\b/i,
  Mitigation:
    /\b(?:mitigat\w*|resol\w*|remed\w*|fix\w*|solutions?|recover\w*|restor\w*|what to do|execution|procedures?|steps|actions?|workarounds?|contain\w*)\b/i,
  Verification: /\b(?:verif\w*|validat\w*|confirm\w*|check\w*|tests?|testing|expected|success|post-?\w*)\b/i,
  Rollback: /\b(?:roll-?(?:ing )?back|revert\w*|undo|back-?out|restor\w*|fall-?back|abort\w*|recover\w*)\b/i,
  Escalation: /\b(?:escalat\w*|contacts?|support|on-?call|who|communicat\w*|help|roles?|responsib\w*)\b/i,
};

/** The parts of each kind, in the order in which they are used. A service's manual has no fixed ones. */
export const PARTS: Readonly<Record<Profile['name'], readonly PartName[]>> = {
  alert: ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'],
  procedure: ['Prerequisites', 'Steps', 'Verification', 'Rollback'],
  incident: ['Diagnosis', 'Mitigation', 'Escalation'],
  service: [],
  lenient: [],
};

/** The parts that a heading names, and nothing else. */
export function namedParts(title: string): readonly PartName[] {
  return named.get(title.slice(0, 200), () => {
    const words = headingWords(title);
    return NAMES.filter((part) => words.some((each) => STRICT[part].test(each)));
  });
}

/** The parts that a heading may be about. */
export function touchedParts(title: string): readonly PartName[] {
  const words = title.slice(0, 200);
  return touched.get(words, () => NAMES.filter((part) => LOOSE[part].test(words)));
}

const NAMES = Object.keys(STRICT) as PartName[];
const named = boundedCache<readonly PartName[]>(20_000, 2_000_000);
const touched = boundedCache<readonly PartName[]>(20_000, 2_000_000);
