/**
 * What a fence says by itself, by offsets into its own content: language, commands, risk, placeholders, alternatives.
 * It depends on the info string and the content alone, so it is kept between edits: typing elsewhere analyses nothing.
 */
import { classifySql, dialectOf, READ_ONLY, readScript } from '../../shell/index.ts';
import type { Classification, ShellScript } from '../../shell/types.ts';
import { boundedCache } from '../lazy.ts';
import type { Alternative } from '../types.ts';
import { findAlternatives } from './alternatives.ts';
import { type FenceInfo, parseInfo } from './info.ts';
import { effectiveLanguage, INTERPRETED_LANGUAGES, SHELL_LANGUAGES } from './languages.ts';
import { hasStatements, isListing } from './listing.ts';
import { type FoundPlaceholder, findPlaceholders } from './placeholders.ts';
import { blank, typedText } from './prompts.ts';
import { commandLines } from './shellText.ts';

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
}

/** By content, then by info string: the content is the parser's own string, so that its hash is worked out once. */
const cache = boundedCache<Map<string, BlockFacts>>(10_000, 8_000_000);

/** The facts of a fence, from the cache or analysed now. `content` has LF line ends. */
export function blockFacts(info: string, content: string): BlockFacts {
  const byInfo = cache.get(content, () => new Map());
  let facts = byInfo.get(info);
  if (facts === undefined) {
    facts = analyse(info, content);
    byInfo.set(info, facts);
  }
  return facts;
}

function analyse(infoString: string, content: string): BlockFacts {
  const info = parseInfo(infoString);
  const { language, basis } = effectiveLanguage(info.language, content);
  const script = scriptOf(content, language, basis);
  const placeholders = findPlaceholders(script, language);
  const shared = { info, effectiveLanguage: language, languageBasis: basis, script, placeholders };
  if (SHELL_LANGUAGES.has(language)) {
    const dialect = dialectOf(language) ?? 'bash';
    const shell = readScript(script, { dialect, masks: placeholders });
    const runnable = language === 'cmd' ? hasBatchLines(script) : commandLines(script).length > 0;
    const classification = runnable ? shell.classification : READ_ONLY;
    return {
      ...shared,
      runnable,
      classification,
      shell,
      alternatives: findAlternatives(script, shell.commands),
    };
  }
  const runnable =
    INTERPRETED_LANGUAGES.has(language) && hasStatements(language, script) && !isListing(language, script);
  const classification = !runnable ? READ_ONLY : language === 'sql' ? classifySql(script) : unread(language);
  return { ...shared, runnable, classification, shell: null, alternatives: [] };
}

function scriptOf(content: string, language: string, basis: BlockFacts['languageBasis']): string {
  if (SHELL_LANGUAGES.has(language)) {
    const script = basis === 'corrected' ? content.replace(/^[ \t]*--.*$/gm, blank) : content;
    return typedText(script, language) ?? script;
  }
  if (language === 'sql' && basis === 'corrected') return content.replace(/^[ \t]*#.*$/gm, blank);
  return content;
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
