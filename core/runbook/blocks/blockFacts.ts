/**
 * What a fence says by itself, by offsets into its own content: language, commands, risk, placeholders, alternatives.
 * It depends on the info string and the content alone, so it is kept between edits: typing elsewhere analyses nothing.
 */
import { classifySql, dialectOf, READ_ONLY, readScript } from '../../shell/index.ts';
import type { Classification, ShellScript } from '../../shell/types.ts';
import { boundedCache, detached } from '../lazy.ts';
import type { Alternative, BlockRole, ExpectedOutput } from '../types.ts';
import { findAlternatives } from './alternatives.ts';
import { type Answer, answersOf } from './answers.ts';
import { expectedOutput } from './expectedOutput.ts';
import { type FenceInfo, parseInfo } from './info.ts';
import { effectiveLanguage, INTERPRETED_LANGUAGES, SHELL_LANGUAGES } from './languages.ts';
import { hasStatements, isListing, isShellListing } from './listing.ts';
import { type FoundPlaceholder, findPlaceholders } from './placeholders.ts';
import { blank, readTranscript } from './prompts.ts';
import { roleOfText } from './roles.ts';
import { commandLines } from './shellText.ts';
import { findShownLinks, type ShownLink } from './shownLinks.ts';

/** The facts of one fence. */
export interface BlockFacts {
  readonly info: FenceInfo;
  readonly effectiveLanguage: string;
  readonly languageBasis: 'written' | 'inferred' | 'corrected';
  /** As long as the content: what is no input for the interpreter (prompts, answers, comments of another language) is blank. */
  readonly script: string;
  readonly runnable: boolean;
  readonly classification: Classification;
  /** Null for languages other than shells. */
  readonly shell: ShellScript | null;
  readonly placeholders: readonly FoundPlaceholder[];
  readonly alternatives: readonly Alternative[];
  readonly languageConfidence: number;
  /** By its own text; `Block.role` looks at its place too. */
  readonly role: BlockRole;
  readonly expectedOutput: readonly ExpectedOutput[];
  /** By offsets into the content. */
  readonly shownLinks: readonly ShownLink[];
}

/** By content, then by info string: the content is the parser's own string, so that its hash is worked out once. */
const cache = boundedCache<{ readonly text: string; readonly byInfo: Map<string, BlockFacts> }>(
  10_000,
  8_000_000,
);

/** The facts of a fence, from the cache or analysed now. `content` has LF line ends. */
export function blockFacts(info: string, content: string): BlockFacts {
  const { text, byInfo } = cache.get(content, (text) => ({ text, byInfo: new Map() }));
  let facts = byInfo.get(info);
  if (facts === undefined) {
    const kept = detached(info);
    facts = analyse(kept, text);
    byInfo.set(kept, facts);
  }
  return facts;
}

function analyse(infoString: string, content: string): BlockFacts {
  const info = parseInfo(infoString);
  const { language, basis, confidence } = effectiveLanguage(info.language, content);
  const { script, answers } = scriptOf(content, language, basis);
  const placeholders = findPlaceholders(script, language);
  const shared = { info, effectiveLanguage: language, languageBasis: basis, script, placeholders };
  const answered = answers.some((answer) => answer !== null);
  const languageConfidence =
    basis === 'written' && answered && language !== 'console' ? Math.min(confidence, 0.7) : confidence;
  if (!SHELL_LANGUAGES.has(language)) {
    const wronglyTagged = basis === 'corrected' && language === 'text';
    const role = wronglyTagged ? roleOfAnswers(content) : roleOfProgram(language, script);
    const runnable = role === 'run' && INTERPRETED_LANGUAGES.has(language) && script.trim() !== '';
    const classification = !runnable
      ? READ_ONLY
      : language === 'sql'
        ? classifySql(script)
        : unread(language);
    const none = { shell: null, alternatives: [], expectedOutput: [], shownLinks: [] };
    return { ...shared, ...none, languageConfidence: confidence, role, runnable, classification };
  }
  const shell = readScript(script, { dialect: dialectOf(language) ?? 'bash', masks: placeholders });
  const { commands } = shell;
  const begun = language === 'cmd' ? hasBatchLines(script) : commandLines(script).length > 0;
  const listing =
    begun &&
    isShellListing(
      script,
      commands.map((command) => command.text),
    );
  const role = begun ? (listing ? 'listing' : 'run') : roleWithoutCommand(content, answers);
  return {
    ...shared,
    languageConfidence,
    role,
    runnable: role === 'run',
    // What a file would do if somebody ran it is worth knowing too.
    classification: begun ? shell.classification : READ_ONLY,
    shell,
    alternatives: findAlternatives(script, commands),
    expectedOutput: expectedOutput(content, answers, commands),
    shownLinks: begun ? findShownLinks(commands) : [],
  };
}

/** What an interpreter other than a shell is given, or nobody. */
function roleOfProgram(language: string, script: string): BlockRole {
  if (!INTERPRETED_LANGUAGES.has(language)) return roleOfText(language, script);
  if (!hasStatements(language, script)) return 'manual';
  return isListing(language, script) ? 'listing' : 'run';
}

/** A transcript of answers alone, a step for a person, or nothing at all. */
function roleWithoutCommand(content: string, answers: readonly Answer[]): BlockRole {
  if (answers.includes('output')) return 'output';
  return content.trim() === '' || answers.includes('words') ? 'prose' : 'manual';
}

/** A block tagged as shell in which no line is a command. */
function roleOfAnswers(content: string): BlockRole {
  const role = roleOfText('text', content);
  if (role !== 'prose') return role;
  if (answersOf(content, 'bash').includes('output')) return 'output';
  // `# Verify the endpoint` and an address: a step for a person.
  return /^[ \t]*#/m.test(content) ? 'manual' : 'prose';
}

/** The script, and what each line is that is no input; empty where every line is one. */
function scriptOf(
  content: string,
  language: string,
  basis: BlockFacts['languageBasis'],
): { script: string; answers: readonly Answer[] } {
  if (language === 'sql' && basis === 'corrected')
    return { script: content.replace(/^[ \t]*#.*$/gm, blank), answers: [] };
  // Tagged as shell, and not one command in it: an interpreter is given nothing.
  if (language === 'text' && basis === 'corrected') return { script: blank(content), answers: [] };
  if (!SHELL_LANGUAGES.has(language)) return { script: content, answers: [] };
  const script = basis === 'corrected' ? content.replace(/^[ \t]*--.*$/gm, blank) : content;
  const transcript = readTranscript(script, language);
  if (transcript !== null) return transcript;
  const dialect = dialectOf(language) ?? 'bash';
  if (dialect === 'powershell' || dialect === 'cmd' || dialect === 'fish') return { script, answers: [] };
  const answers = answersOf(script, dialect);
  if (answers.length === 0) return { script, answers };
  const lines = script.split('\n').map((line, index) => (answers[index] === null ? line : blank(line)));
  return { script: lines.join('\n'), answers };
}

function hasBatchLines(script: string): boolean {
  return script.split('\n').some((line) => !/^\s*(?:$|rem\b|::|@echo off)/i.test(line));
}

/** Programs in languages that nothing here reads: nobody knows what they change. */
function unread(language: string): Classification {
  return {
    ...READ_ONLY,
    risk: 'mutating',
    effect: 'unknown',
    reasons: [`unknown: what a ${language} program does is not read`],
  };
}
